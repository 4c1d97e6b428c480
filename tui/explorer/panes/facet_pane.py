"""The left pane: the values of the facet that events are grouped by, with their totals."""

from collections.abc import Awaitable, Callable, Sequence

from rich.cells import cell_len

from tui.dossier.dossier import ALL, Dossier, Value
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
        self._measured: tuple[Dossier, str] | None = None

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
        values = self._values
        assert values is not None
        if (values.dossier, values.facet) != self._measured:
            # Of all values, as the pane keeps its width while a query narrows them.
            self._measured, self.longest = (values.dossier, values.facet), 0
            self._measure(FacetValues(*self._measured))
        self._measure(values)

    def _measure(self, values: FacetValues) -> None:
        """Widen the pane for the first of these values, if it has to be."""
        rows = [self._pieces(values, row, _BOUNDLESS) for row in range(min(len(values), _MEASURED))]
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
        return self._pieces(self._values, row, width)

    def _pieces(self, values: FacetValues, row: int, width: int) -> Sequence[Piece]:
        value = values.at(row)
        count = f"{value.total:,}" if value.total else self.signs.none
        label = fit(label_of(values.facet, value), width - len(count) - 1, self.signs)
        gap = " " * (width - cell_len(label) - len(count))
        return (label, ""), (gap, ""), (count, "count")

    def choose(self, row: int) -> None:
        self._chosen(self.at(row).key)
