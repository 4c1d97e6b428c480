"""Help: every key, from the same declarations that bind them."""

from collections.abc import Iterator, Mapping
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tui.dossier.safe_text import clean_line
from tui.explorer.dialogs import FRAME
from tui.explorer.keys import rows
from tui.explorer.lists import LineList
from tui.explorer.page_pane import PagePane
from tui.files import config_path
from tui.text.glyphs import Signs

#: Columns from which on there is room for the ids of bindings beside what they do.
_WIDE = 114
_TOOLTIP = 64


class HelpScreen(ModalScreen[None]):
    """Every key, grouped by where it works; `below` is the screen it opens over."""

    BINDINGS = [
        Binding("escape,question_mark,f1,q", "dismiss", "close", id="help.close"),
        Binding("j", "scroll(1)", show=False, id="help.down"),
        Binding("k", "scroll(-1)", show=False, id="help.up"),
    ]

    DEFAULT_CSS = (
        f"HelpScreen {{ {FRAME} #help {{ width: 78; }} &.-wide #help {{ width: {_WIDE}; }} }}"
    )

    def __init__(
        self, below: Screen[Any], signs: Signs, keymap: Mapping[str, str], columns: int
    ) -> None:
        super().__init__(classes="-ascii" if signs.ascii else "")
        self.signs = signs
        self._below = below
        self._keymap = keymap
        self.set_class(columns >= _WIDE, "-wide")

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help", classes="frame") as scroll:
            scroll.border_title = "Keys"
            scroll.border_subtitle = "Esc closes"
            yield Static(Content("\n").join(self._lines()))

    def _lines(self) -> Iterator[Content]:
        ids = self.has_class("-wide")
        places: list[tuple[str, list[BindingType]]] = [
            ("Anywhere", [*type(self.app).BINDINGS, *type(self._below).BINDINGS]),
            ("In the lists", LineList.BINDINGS),
            ("On the page", PagePane.BINDINGS),
        ]
        for place, bindings in places:
            yield Content.styled(place, "bold $accent")
            for keys, tooltip, id_ in rows(bindings, self.signs, self._keymap):
                name = (f"{tooltip:<{_TOOLTIP}}", id_) if ids else (tooltip, "")
                yield Content.assemble(
                    (f"  {keys:<16}", "bold"), name[0], (name[1], "$foreground 50%")
                )
            yield Content("")
        yield Content.styled("Ctrl+P opens the palette: the same commands, found by name.", "dim")
        if ids:
            yield Content.styled(f"{clean_line(config_path())} gives an id other keys.", "dim")

    def action_scroll(self, lines: int) -> None:
        self.query_one("#help").scroll_relative(y=lines, animate=False)
