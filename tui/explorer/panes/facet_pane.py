"""The left pane: the values of the facet that events are grouped by, with their totals."""

from collections.abc import Awaitable, Callable, Sequence

from rich.cells import cell_len

from tui.dossier.dossier import ALL, Dossier, Value
from tui.dossier.vocabulary import FACETS
from tui.explorer.panes.line_list import LineList, Piece
from tui.explorer.state import label_of
from tui.text.glyphs import Signs
from tui.text.wrapping import fit

#: Values that are fetched at a time.
_CHUNK = 200
#: Columns in which no name is cut.
_BOUNDLESS = 1000


class FacetPane(LineList):
    """Lists the values of a facet; `chosen` is called with the value that the reader goes to."""

    def __init__(
        self,
        dossier: Dossier,
        signs: Signs,
        chosen: Callable[[str], object],
        opened: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(signs, id="facets", opened=opened)
        self._chosen = chosen
        self._dossier = dossier
        self._facet = ""
        self._value = ALL
        self._count = 0
        self._chunks: dict[int, list[Value]] = {}
        #: The columns of the longest of the first names with its count.
        self.longest = 0
        self._measured = ""

    def show(self, dossier: Dossier, facet: str, value: str) -> None:
        """List the values of `facet`, with the cursor on `value`."""
        if dossier is not self._dossier or facet != self._facet:
            self._dossier, self._facet = dossier, facet
            self._chunks.clear()
            self._count = dossier.value_count(facet)
            self.set_title(FACETS[facet])
            self.refill(dossier.value_position(facet, value) or 0)
        elif value != self._value:
            self.set_cursor(dossier.value_position(facet, value) or 0)
        self._value = value

    def refill(self, cursor: int) -> None:
        super().refill(cursor)
        if self.title != self._measured:
            self._measured, self.longest = self.title, 0
        rows = [self.pieces(row, _BOUNDLESS) for row in range(min(self.row_count(), _CHUNK))]
        # While a query narrows the values, the pane keeps the width that it had.
        needs = (cell_len(label) + 1 + len(count) for (label, _), _, (count, _) in rows)
        self.longest = max(self.longest, *needs, 0)

    def row_count(self) -> int:
        return self._count

    def at(self, row: int) -> Value:
        """The value in a row."""
        chunk, index = divmod(row, _CHUNK)
        if chunk not in self._chunks:
            start = chunk * _CHUNK
            self._chunks[chunk] = self._dossier.values(self._facet, start, start + _CHUNK)
        return self._chunks[chunk][index]

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        value = self.at(row)
        count = f"{value.total:,}" if value.total else self.signs.none
        label = fit(label_of(self._facet, value), width - len(count) - 1, self.signs)
        gap = " " * (width - cell_len(label) - len(count))
        return (label, ""), (gap, ""), (count, "count")

    def choose(self, row: int) -> None:
        self._chosen(self.at(row).key)
