"""The commitments that hang together with an agreement, each with its steps over time."""

from tui.charts.commitment_chain import Scale, chain_of, commitment_lines, title_line, track_line
from tui.dossier import dates
from tui.dossier.dossier import Dossier
from tui.dossier.vocabulary import counted
from tui.explorer.spots import Selection
from tui.explorer.views.chart_screen import ChartScreen, EventSelection
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.wrapping import BLANK, TextLine, fit

#: From this height on there is air between the records.
_AIRY = 20


class CommitmentsScreen(ChartScreen):
    """Shows the chain of the event numbered `n`, and how much of it is `listed` (None: all)."""

    NAME = "commitments"

    def __init__(
        self, dossier: Dossier, signs: Signs, n: int, listed: Selection | None = None
    ) -> None:
        super().__init__(signs)
        self._listed = listed
        (self._row,) = dossier.rows([n])
        self._chain = chain_of(dossier, self._row)
        self._as_of = dates.month_of(dates.parse(dossier.overview.as_of).hi)
        self._at = [one.row.n for one in self._chain.records].index(n)
        self._top = 0

    def resized(self) -> None:
        self._draw()

    @property
    def _each(self) -> int:
        """Lines of one record."""
        return 3 if self.window.height >= _AIRY else 2

    @property
    def _above(self) -> int:
        """Lines above the records."""
        return 6 if self.window.height >= _AIRY else 5

    def _draw(self) -> None:
        """Draw what is to be seen now."""
        signs, records = self.signs, self._chain.records
        width = self.width
        rows = max(1, (self.window.height - self._above - 1) // self._each)
        self._top = max(min(self._top, self._at), self._at - rows + 1)
        scale = Scale(self._chain, self._as_of, max(4, width - 2))
        count = counted(len(records), "record")
        if self._listed:
            within = sum(one.row.n in self._listed.events for one in records)
            count += f", {within:,} in {self._listed.name}"
        if self._chain.more:
            count += f", {self._chain.more:,} further left out"
        title = fit(f"Commitments {signs.dot} {self._row.title}", width, signs)
        gap = width - len(title) - len(count)
        remark = (Span(" " * gap), Span(count, "muted")) if gap > 1 else ()
        lines = [TextLine((Span(title, "title"), *remark)), BLANK]
        lines += [*commitment_lines(records[self._at], width, signs), *[BLANK] * (self._above - 5)]
        lines.append(scale.axis())
        for place in range(self._top, min(self._top + rows, len(records))):
            one, on = records[place], place == self._at
            lines.append(title_line(one, self._row, width, signs, on=on))
            lines.append(track_line(one, scale, self._as_of, signs, on=on))
            lines += [BLANK] * (self._each - 2)
        self.show(lines)

    def action_move(self, step: int) -> None:
        self._at = max(0, min(self._at + step, len(self._chain.records) - 1))
        self._draw()

    def action_edge(self, at: int) -> None:
        self._at = at % len(self._chain.records)
        self._draw()

    async def action_open(self) -> None:
        await self.close(EventSelection((self._chain.records[self._at].row.n,)))

    def clicked(self, row: int, column: int) -> bool:
        place = self._top + (row - self._above) // self._each
        if row < self._above or place >= len(self._chain.records):
            return False
        self._at = place
        self._draw()
        return True

    def wheel(self, way: int) -> None:
        self.action_move(way)
