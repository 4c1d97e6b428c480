"""The left pane: the values of the facet that events are grouped by, with their totals."""

from collections.abc import Awaitable, Callable, Sequence

from rich.cells import cell_len

from tui.dossier.dossier import ALL, Value
from tui.dossier.selection import FacetValues
from tui.dossier.vocabulary import FACETS
from tui.explorer.panes.line_list import LineList, Piece
from tui.explorer.state import label_of
from tui.text.glyphs import Signs
from tui.text.wrapping import fit

#: So many values are measured, in columns in which no name is cut.
_MEASURED, _BOUNDLESS = 200, 1000


class FacetPane(LineList):
    """Lists the values of a facet; `chosen` is called with the value that the reader goes to."""

    def __init__(
        self,
        signs: Signs,
        chosen: Callable[[str], object],
        opened: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(signs, id="facets", opened=opened)
        self._chosen = chosen
        self._values: FacetValues | None = None
        self._value = ALL
        #: The columns of the longest of the first names with its count.
        self.longest = 0
        self._measured = ""

    def show(self, values: FacetValues, value: str) -> None:
        """List the values of a facet, with the cursor on `value`."""
        if values is not self._values:
            self._values = values
            self.set_title(FACETS[values.facet])
            self.refill(values.position(value) or 0)
        elif value != self._value:
            self.set_cursor(values.position(value) or 0)
        self._value = value

    def refill(self, cursor: int) -> None:
        super().refill(cursor)
        if self.title != self._measured:
            self._measured, self.longest = self.title, 0
        rows = [self.pieces(row, _BOUNDLESS) for row in range(min(self.row_count(), _MEASURED))]
        # While a query narrows the values, the pane keeps the width that it had.
        needs = (cell_len(label) + 1 + len(count) for (label, _), _, (count, _) in rows)
        self.longest = max(self.longest, *needs, 0)

    def row_count(self) -> int:
        return len(self._values or ())

    def at(self, row: int) -> Value:
        """The value in a row."""
        assert self._values is not None
        return self._values.at(row)

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        assert self._values is not None
        value = self._values.at(row)
        count = f"{value.total:,}" if value.total else self.signs.none
        label = fit(label_of(self._values.facet, value), width - len(count) - 1, self.signs)
        gap = " " * (width - cell_len(label) - len(count))
        return (label, ""), (gap, ""), (count, "count")

    def choose(self, row: int) -> None:
        self._chosen(self.at(row).key)
