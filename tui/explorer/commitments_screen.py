"""The commitments that hang together with an agreement, each with its steps over time."""

from textual.binding import Binding, BindingType
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize

from tui.charts.commitment_chain import Scale, chain_of
from tui.charts.commitment_chain import commitment_lines as said
from tui.charts.commitment_chain import title_line as heading
from tui.charts.commitment_chain import track_line as track
from tui.dossier import dates
from tui.dossier.dossier import Dossier
from tui.dossier.event_queries import month_of
from tui.explorer.board import Board
from tui.explorer.chosen import Chosen
from tui.explorer.picture_screen import PictureScreen
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.wrapping import BLANK, Laid, cut

#: From this height on there is air between the records.
_AIRY = 20

BINDINGS: list[BindingType] = [
    Binding("down,j", "move(1)", "next", id="commitments.down", tooltip="The next record"),
    Binding("up,k", "move(-1)", "previous", id="commitments.up", tooltip="The one before"),
    Binding("home,g", "edge(0)", "first", show=False, id="commitments.first", tooltip="The first"),
    Binding("end,G", "edge(-1)", "last", show=False, id="commitments.last", tooltip="The last"),
    Binding("enter,right,l", "open", "open", id="commitments.open",
            tooltip="Show it in the panes"),
    Binding("escape,T,left,h", "close", "back", id="commitments.close",
            tooltip="Back to where you were"),
]  # fmt: skip


class CommitmentsScreen(PictureScreen):
    """Shows the chain of the event numbered `n`."""

    PICTURE = "commitments"
    BINDINGS = BINDINGS
    AUTO_FOCUS = "#commitments"
    CSS = (
        "CommitmentsScreen { background: $background; } "
        "#commitments-foot { height: 1; padding: 0 1; }"
    )

    def __init__(self, dossier: Dossier, signs: Signs, n: int) -> None:
        super().__init__()
        self.signs = signs
        (self._row,) = dossier.rows([n])
        self._chain = chain_of(dossier, self._row)
        self._as_of = month_of(dates.parse(dossier.overview.as_of).hi)
        self._at = [one.row.n for one in self._chain.records].index(n)
        self._top = 0

    def on_resize(self, event: Resize) -> None:
        self._shown()

    @property
    def _each(self) -> int:
        """Lines of one record."""
        return 3 if self.size.height >= _AIRY else 2

    @property
    def _above(self) -> int:
        """Lines above the records."""
        return 6 if self.size.height >= _AIRY else 5

    def _shown(self) -> None:
        """Draw what is to be seen now."""
        signs, records = self.signs, self._chain.records
        width = max(8, self.size.width - 2)
        rows = max(1, (self.size.height - self._above - 1) // self._each)
        self._top = max(min(self._top, self._at), self._at - rows + 1)
        scale = Scale(self._chain, self._as_of, max(4, width - 2))
        count = f"{len(records):,} record{'s' * (len(records) != 1)}"
        if self._chain.more:
            count += f", {self._chain.more:,} further left out"
        title = cut(signs.plain(f"Commitments {signs.dot} {self._row.title}"), width, signs)
        gap = width - len(title) - len(count)
        remark = (Span(" " * gap), Span(count, "muted")) if gap > 1 else ()
        lines = [Laid((Span(title, "title"), *remark)), BLANK]
        lines += [*said(records[self._at], width, signs), *[BLANK] * (self._above - 5)]
        lines.append(scale.axis())
        for place in range(self._top, min(self._top + rows, len(records))):
            one, on = records[place], place == self._at
            lines.append(heading(one, self._row, width, signs, on=on))
            lines.append(track(one, scale, self._as_of, signs, on=on))
            lines += [BLANK] * (self._each - 2)
        self.query_one(Board).show(lines)

    def action_move(self, step: int) -> None:
        self._at = max(0, min(self._at + step, len(self._chain.records) - 1))
        self._shown()

    def action_edge(self, at: int) -> None:
        self._at = at % len(self._chain.records)
        self._shown()

    def action_open(self) -> None:
        self.dismiss(Chosen((self._chain.records[self._at].row.n,)))

    def action_close(self) -> None:
        self.dismiss(None)

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self.query_one(Board))
        if offset is None or offset.y < self._above:
            return
        place = self._top + (offset.y - self._above) // self._each
        if place < len(self._chain.records):
            self._at = place
            self._shown()
            if event.chain > 1:
                self.action_open()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self.action_move(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self.action_move(-1)
