"""Help: every key, from the same declarations that bind them."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.explorer.dialogs import FRAME
from tui.explorer.keys import rows
from tui.explorer.lists import LineList
from tui.explorer.page_pane import PagePane
from tui.output.marks import Signs


class HelpScreen(ModalScreen[None]):
    """Every key, grouped by where it works."""

    BINDINGS = [
        Binding("escape,question_mark,f1,q", "dismiss", "close", id="help.close"),
        Binding("j", "scroll(1)", show=False, id="help.down"),
        Binding("k", "scroll(-1)", show=False, id="help.up"),
    ]

    DEFAULT_CSS = f"HelpScreen {{ {FRAME} #help {{ width: 78; }} }}"

    def __init__(self, signs: Signs) -> None:
        super().__init__(classes="-ascii" if signs.ascii else "")
        self.signs = signs

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help", classes="frame") as scroll:
            scroll.border_title = "Keys"
            scroll.border_subtitle = "Esc closes"
            yield Static(Content("\n").join(self._lines()))

    def _lines(self) -> Iterator[Content]:
        explorer = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else self.screen
        places: list[tuple[str, list[BindingType]]] = [
            ("Anywhere", [*type(self.app).BINDINGS, *type(explorer).BINDINGS]),
            ("In the lists", LineList.BINDINGS),
            ("On the page", PagePane.BINDINGS),
        ]
        for place, bindings in places:
            yield Content.styled(place, "bold $accent")
            for keys, tooltip in rows(bindings, self.signs):
                yield Content.assemble((f"  {keys:<18}", "bold"), tooltip)
            yield Content("")
        yield Content.styled("Ctrl+P opens the palette: the same commands, found by name.", "dim")

    def action_scroll(self, lines: int) -> None:
        self.query_one("#help").scroll_relative(y=lines, animate=False)
