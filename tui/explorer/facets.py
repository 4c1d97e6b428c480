"""The left pane: the values of the facet, with their totals."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.message import Message
from textual.reactive import var

from tui.dossier.dossier import ALL, Dossier, Value
from tui.explorer.lists import LineList, Piece, fit
from tui.text.glyphs import Signs

#: The facets by which the events can be grouped, and what a pane of each is called.
FACETS = {
    "region": "Regions",
    "type": "Types",
    "year": "Years",
    "actor": "Actors",
    "place": "Places",
    "tag": "Tags",
}
_CHUNK = 200


class FacetPane(LineList):
    """Lists the values of `facet`; the cursor is on `value`."""

    facet: var[str] = var("region", init=False)
    value: var[str] = var(ALL, init=False)

    class Chosen(Message):
        """The cursor came to rest on a value of the facet."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    class Opened(Message):
        """A value was chosen with the mouse, to see its events."""

    def __init__(self, dossier: Dossier, signs: Signs, *, id: str) -> None:  # noqa: A002
        super().__init__(signs, id=id)
        self.dossier = dossier
        self._count = 0
        self._chunks: dict[int, list[Value]] = {}

    def on_mount(self) -> None:
        self.watch_facet()

    def turn_to(self, dossier: Dossier) -> None:
        """List the values of another dossier."""
        self.dossier = dossier
        self.watch_facet()

    def watch_facet(self) -> None:
        self._chunks.clear()
        self._count = self.dossier.value_count(self.facet)
        self.set_title(FACETS[self.facet])
        self.refill(self.dossier.value_position(self.facet, self.value) or 0)

    def watch_value(self) -> None:
        position = self.dossier.value_position(self.facet, self.value) or 0
        if position != self.cursor:
            self.refill(position)

    def row_count(self) -> int:
        return self._count

    def at(self, row: int) -> Value:
        """The value in a row."""
        chunk, index = divmod(row, _CHUNK)
        if chunk not in self._chunks:
            start = chunk * _CHUNK
            self._chunks[chunk] = self.dossier.values(self.facet, start, start + _CHUNK)
        return self._chunks[chunk][index]

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        value = self.at(row)
        count = f"{value.total:,}" if value.total else self.signs.none
        label = fit(label_of(self.facet, value), width - len(count) - 1, self.signs)
        gap = " " * (width - cell_len(label) - len(count))
        return (label, ""), (gap, ""), (count, "count")

    def moved(self, row: int) -> None:
        self.post_message(self.Chosen(self.at(row).key))

    def entered(self, row: int) -> None:
        self.post_message(self.Opened())


def label_of(facet: str, value: Value) -> str:
    """What a value is called on screen."""
    return value.label.capitalize() if facet == "type" else value.label
