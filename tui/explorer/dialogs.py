"""What opens over the panes: a choice, a question, the sources of a claim."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key, Resize
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.blocks import Block, Heading, Page, Paragraph, Span, Table
from tui.dossier import dates
from tui.dossier.dossier import Dossier
from tui.dossier.records import Claim, Event
from tui.dossier.text import plain, safe_url
from tui.explorer.lists import LineList, Piece, fit
from tui.output.layout import lay_out
from tui.output.marks import Signs
from tui.page import NOT_RECORDED

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
        Binding("o", "address", "open the address", id="lens.open"),
    ]

    def __init__(
        self, dossier: Dossier, event: Event, claims: Sequence[int], first: int, signs: Signs
    ) -> None:
        super().__init__(classes="-ascii" if signs.ascii else "")
        self._dossier = dossier
        self._claims = [event.claims[position] for position in claims]
        self._at = claims.index(first)
        self._signs = signs

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="frame") as frame:
            frame.border_subtitle = "j k claims, o opens the address, Esc closes"
            yield Static(id="lens")

    def on_resize(self, event: Resize) -> None:
        self._set(event.size.width)

    def action_claim(self, step: int) -> None:
        self._at = max(0, min(self._at + step, len(self._claims) - 1))
        self._set(self.size.width)
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _set(self, columns: int) -> None:
        """Set the claim for a screen of this width."""
        claims, claim = self._claims, self._claims[self._at]
        title = f"Claim {self._at + 1} of {len(claims)}"
        self.query_one(VerticalScroll).border_title = Content(title)
        lines = lay_out(self._page(claim), min(_WIDTH, columns) - _AROUND[1], self._signs)
        shown = (Content.assemble(*map(_styled, line.spans)) for line in lines)
        self.query_one("#lens", Static).update(Content("\n").join(shown))

    def _page(self, claim: Claim) -> Page:
        """The claim and its sources as a page of their own."""
        by = f" by {self._dossier.label(claim.by)}" if claim.by else ""
        said = plain(claim.text, self._dossier.label)
        blocks: list[Block] = [Paragraph((Span(said),))]
        if claim.about and claim.value is not None:
            given = ((Span(claim.about, "label"),), (Span(str(claim.value)),))
            blocks.append(Table((given,)))
        for cite in claim.cites:
            source = self._dossier.source(cite.source)
            blocks.append(Heading(source.title if source else f"{cite.source}: no such source"))
            if source:
                rows = {
                    "publisher": source.publisher,
                    "country": source.country,
                    "date": dates.show(dates.parse(source.date)),
                    "where": cite.at,
                    "address": source.url,
                    "note": source.note,
                }
                blocks.append(
                    Table(
                        tuple(
                            ((Span(label, "label"),), (Span(value or NOT_RECORDED),))
                            for label, value in rows.items()
                        )
                    )
                )
        if not claim.cites:
            blocks.append(Paragraph((Span(f"source: {NOT_RECORDED}"),)))
        return Page("", "claim", f"{claim.kind.capitalize()}{by}", tuple(blocks))

    def action_address(self) -> None:
        sources = (self._dossier.source(cite.source) for cite in self._claims[self._at].cites)
        addresses = (source.url for source in sources if source and source.url)
        if address := next((url for url in addresses if safe_url(url)), None):
            self.dismiss(address)
        else:
            self.notify("no web address to open", timeout=2)


def _styled(span: Span) -> tuple[str, str]:
    """A span for Textual's Content: its text and its style."""
    bold, quiet = span.role in ("title", "heading"), span.role in ("label", "muted")
    return span.text, "bold" if bold else "$foreground 60%" if quiet else ""
