"""What opens over the panes: a choice, a question, the sources of a claim."""

from collections.abc import Callable, Sequence
from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key, Resize
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tui.dossier.dossier import Dossier
from tui.dossier.records import Event, Source
from tui.explorer.cited import claim_page, with_address
from tui.explorer.lists import LineList, Piece, fit
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.layout import lay_out

#: What every dialog looks like: a frame of class `frame` in the middle.
FRAME = """
    align: center middle;
    background: $background 60%;
    .frame {
        width: 76;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        padding: 1 2;
        border: round $accent;
        border-title-color: $text-accent;
        border-subtitle-color: $foreground 60%;
        background: $background;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-color: $foreground 20%;
    }
    &.-ascii .frame { border: ascii $accent; scrollbar-size-vertical: 0; }
"""
#: Rows and columns of a frame that are not its contents.
_AROUND = 4, 8
_WIDTH = 76


class _Choices(LineList):
    """The rows of a choice: what each is called, and a remark at its end."""

    def __init__(self, choices: Sequence[tuple[str, str]], signs: Signs) -> None:
        super().__init__(signs, id="choices")
        self.choices = choices

    def on_mount(self) -> None:
        self.refill(0)

    def row_count(self) -> int:
        return len(self.choices)

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        label, remark = self.choices[row]
        remark = fit(remark, width // 3, self.signs)
        label = fit(label, width - cell_len(remark) - 1, self.signs)
        gap = " " * (width - cell_len(label) - cell_len(remark))
        return (label, ""), (gap, ""), (remark, "muted")

    def moved(self, row: int) -> None:
        """The choice is read when it is made."""

    def entered(self, row: int) -> None:
        self.screen.dismiss(row)


class ChoiceScreen(ModalScreen[int | None]):
    """A list to choose from; dismissed with the position chosen, or None."""

    DEFAULT_CSS = f"ChoiceScreen {{ {FRAME} }}"
    BINDINGS = [
        Binding("escape,left,h,q", "dismiss(None)", "close", id="choice.close"),
        Binding("enter,right,l", "choose", "choose", id="choice.choose"),
    ]

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], signs: Signs) -> None:
        super().__init__(classes="-ascii" if signs.ascii else "")
        self._title = title
        self._choices = _Choices(choices, signs)

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="frame", can_focus=False) as frame:
            frame.border_title = Content(self._title)
            yield self._choices

    def on_mount(self) -> None:
        self._choices.focus()

    def on_resize(self, event: Resize) -> None:
        room = max(1, event.size.height - _AROUND[0])
        self._choices.styles.height = min(len(self._choices.choices), room)

    def action_choose(self) -> None:
        self.dismiss(self._choices.cursor)


def pick_address(
    screen: Screen[Any], sources: Sequence[Source], signs: Signs, picked: Callable[[str], object]
) -> None:
    """Hand on the address of one of `sources`, which all have one; asks which if there are more."""
    addresses = [source.url or "" for source in sources]
    if len(addresses) == 1:
        picked(addresses[0])
        return
    if not addresses:
        screen.notify("no web address to open", timeout=2)
        return

    def chosen(place: int | None) -> None:
        if place is not None:
            picked(addresses[place])

    rows = [(source.title, source.publisher or "") for source in sources]
    screen.app.push_screen(ChoiceScreen("The address of which source?", rows, signs), chosen)


class TakeScreen(ModalScreen[str | None]):
    """After `y`: what to take away, each by a letter."""

    DEFAULT_CSS = f"TakeScreen {{ {FRAME} }}"
    WHAT = {
        "t": "title",
        "s": "summary",
        "c": "citation, a Chicago note a source",
        "b": "BibTeX of the sources",
        "m": "Markdown, the whole page",
        "i": "id",
    }

    def __init__(self, signs: Signs) -> None:
        super().__init__(classes="-ascii" if signs.ascii else "")

    def compose(self) -> ComposeResult:
        rows = [Content.assemble((key, "bold"), f"  {what}") for key, what in self.WHAT.items()]
        with VerticalScroll(classes="frame") as frame:
            frame.border_title = "Take away"
            frame.border_subtitle = "any other key closes"
            yield Static(Content("\n").join(rows))

    def on_key(self, event: Key) -> None:
        event.stop()
        event.prevent_default()
        self.dismiss(event.character if event.character in self.WHAT else None)


class AskScreen(ModalScreen[bool]):
    """Shows a web address in full and asks whether to open it."""

    DEFAULT_CSS = f"AskScreen {{ {FRAME} }}"
    BINDINGS = [
        Binding("y,enter", "dismiss(True)", "open", id="ask.yes"),
        Binding("n,escape,q", "dismiss(False)", "leave", id="ask.no"),
    ]

    def __init__(self, address: str, signs: Signs) -> None:
        super().__init__(classes="-ascii" if signs.ascii else "")
        self._address = address

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="frame") as frame:
            frame.border_title = "Open in the browser?"
            frame.border_subtitle = "y opens, Esc leaves it"
            yield Static(Content(self._address))


class LensScreen(ModalScreen[str | None]):
    """The citation lens: a claim at a time, and who says so.

    `claims` are positions in the event in the order to read them, `first` the one to begin with.
    Dismissed with an address to open, or None.
    """

    DEFAULT_CSS = f"LensScreen {{ {FRAME} }}"
    BINDINGS = [
        Binding("escape,c,q,h,left", "dismiss(None)", "close", id="lens.close"),
        Binding("j,down,n", "claim(1)", "next claim", id="lens.next"),
        Binding("k,up,N", "claim(-1)", "previous claim", id="lens.previous"),
        Binding("pagedown,space", "page(1)", "page down", id="lens.page-down"),
        Binding("pageup,b", "page(-1)", "page up", id="lens.page-up"),
        Binding("o", "address", "open an address", id="lens.open"),
    ]
    #: The keys in so many words, and in fewer where the window is narrow.
    KEYS = (
        "j k claims, o opens an address, Esc closes",
        "j k claims, o opens, Esc closes",
        "Esc closes",
    )

    def __init__(
        self, dossier: Dossier, event: Event, claims: Sequence[int], first: int, signs: Signs
    ) -> None:
        super().__init__(classes="-ascii" if signs.ascii else "")
        self._dossier = dossier
        self._claims = [event.claims[position] for position in claims]
        self._at = claims.index(first)
        self._beyond = 0  # lines that there is no room for
        self._signs = signs

    def compose(self) -> ComposeResult:
        # It takes no keys of its own: `j` and Down are to do the same, however long the claim is.
        with VerticalScroll(classes="frame", can_focus=False):
            yield Static(id="lens")

    def on_mount(self) -> None:
        self.watch(self.query_one(VerticalScroll), "scroll_y", self._hint, init=False)

    def on_resize(self, event: Resize) -> None:
        self._set(event.size)

    def action_claim(self, step: int) -> None:
        self._at = max(0, min(self._at + step, len(self._claims) - 1))
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self._set(self.size)

    def action_page(self, way: int) -> None:
        frame = self.query_one(VerticalScroll)
        frame.scroll_relative(y=way * max(1, frame.size.height - 1), animate=False)

    def _set(self, size: Size) -> None:
        """Set the claim for a screen of this size."""
        claims, claim = self._claims, self._claims[self._at]
        title = f"Claim {self._at + 1} of {len(claims)}"
        self.query_one(VerticalScroll).border_title = Content(title)
        page = claim_page(self._dossier, claim)
        lines = lay_out(page, min(_WIDTH, size.width) - _AROUND[1], self._signs)
        shown = (Content.assemble(*map(_styled, line.spans)) for line in lines)
        self.query_one("#lens", Static).update(Content("\n").join(shown))
        self._beyond = max(0, len(lines) - max(1, size.height - _AROUND[0]))
        self._hint()

    def _hint(self) -> None:
        """Say which keys there are, in as many words as fit, and whether there is more below."""
        frame = self.query_one(VerticalScroll)
        more = "PgDn for more, " if frame.scroll_y < self._beyond else ""
        room = min(_WIDTH, self.size.width) - 6
        hints = [f"{more}{keys}" for keys in self.KEYS]
        least = more.rstrip(", ") or hints[-1]
        frame.border_subtitle = next((hint for hint in hints if len(hint) <= room), least)

    def action_address(self) -> None:
        sources = with_address(self._dossier, self._claims[self._at].cites)
        pick_address(self, sources, self._signs, self.dismiss)


def _styled(span: Span) -> tuple[str, str]:
    """A span for Textual's Content: its text and its style."""
    bold, quiet = span.role in ("title", "heading"), span.role in ("label", "muted")
    return span.text, "bold" if bold else "$foreground 60%" if quiet else ""
