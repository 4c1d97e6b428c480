"""Where: the places of the events listed on a map, walked with the arrows."""

from tui.charts.place_map import ZOOM, MapLines, Mark, View, fitting, marks_of, nearest
from tui.dossier.dossier import Dossier, shown_date
from tui.dossier.vocabulary import counted
from tui.explorer.spots import Selection
from tui.explorer.views.chart_screen import ChartScreen, EventSelection
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.layout import brief
from tui.text.wrapping import TextLine, fit_line

#: Rows above the map: its title, the place chosen, the newest of its events.
_HEAD = 3


class MapScreen(ChartScreen):
    """Shows the places of the events `listed`, of all of the dossier where that is None.

    It begins at the place with the id `at`, else at the one with the most events.
    """

    NAME = "map"

    def __init__(
        self, dossier: Dossier, signs: Signs, at: str = "", listed: Selection | None = None
    ) -> None:
        super().__init__(signs)
        self._dossier, self._listed = dossier, listed
        self._marks = marks_of(dossier, listed.events if listed else None)
        start = next((mark for mark in self._marks if mark.key == at), None)
        self._mark = start or (self._marks[0] if self._marks else None)
        self._view: View | None = None
        self._map: MapLines | None = None

    def resized(self) -> None:
        columns, rows = self._room()
        self._show(self._view or fitting(self._marks, columns, rows))

    def _room(self) -> tuple[int, int]:
        """Columns and rows of the map."""
        return self.width, max(1, self.window.height - _HEAD - 1)

    def _show(self, view: View) -> None:
        """Show the map in a view that has the place chosen in it."""
        columns, rows = self._room()
        self._view = view
        self._map = MapLines(self._marks, view, columns, rows, self.signs)
        if self._mark and self._map.cell_of(self._mark) is None:
            self._view = view._replace(lat=self._mark.lat, lon=self._mark.lon)
            self._map = MapLines(self._marks, self._view, columns, rows, self.signs)
        self._draw()

    def _draw(self) -> None:
        assert self._map is not None
        self.show([*self._head(), *self._map.lines(self._mark)])

    def _head(self) -> list[TextLine]:
        """What is shown, the place chosen, and the newest of its events."""
        signs, width = self.signs, self.width
        dot = f" {signs.dot} "
        placed = sum(len(mark.events) for mark in self._marks)
        total = len(self._listed.events) if self._listed else self._dossier.total
        places = counted(len(self._marks), "place")
        title = f"Where{dot}{self._listed.name}" if self._listed else "Where"
        lines = [self.head(title, f"{placed:,} of {total:,} events at {places}")]
        if self._mark is None or self._map is None:
            return [*lines, TextLine((Span("no place is recorded here", "muted"),)), TextLine(())]
        beside = len(self._map.shown[self._map.cell_of(self._mark) or (0, 0)]) - 1
        near = f"{dot}{beside:,} more here, + parts them" if beside else ""
        words = f"{dot}{counted(len(self._mark.events))}{near}"
        chosen = (Span(signs.plain(self._mark.name), "when"), Span(signs.plain(words), "muted"))
        (newest,) = self._dossier.rows([self._mark.events[-1]])
        when = signs.plain(brief(shown_date(newest)))
        event = (Span(f"{when}  ", "muted"), Span(f"{signs.type(newest.type)} ", "muted"))
        return [
            *lines,
            fit_line(chosen, width, signs),
            fit_line((*event, Span(newest.title)), width, signs),
        ]

    # -- keys and mouse

    def _go(self, mark: Mark | None) -> None:
        if mark and self._view:
            self._mark = mark
            self._show(self._view)

    def action_step(self, right: int, down: int) -> None:
        """Go to the next place in a direction."""
        if self._mark and self._view:
            self._go(nearest(self._marks, self._mark, self._view, right, down))

    def action_next(self, way: int) -> None:
        """Go to the place that has the next fewer events, or the next more."""
        if self._mark:
            at = self._marks.index(self._mark) + way
            self._go(self._marks[at % len(self._marks)])

    def action_zoom(self, way: int) -> None:
        """Show the surroundings of the place chosen nearer (1) or wider (-1)."""
        if self._mark and self._view:
            widest = 180 / self._room()[1]
            scale = min(widest, max(0.001, self._view.scale / ZOOM**way))
            self._show(View(self._mark.lat, self._mark.lon, scale))

    def action_fit(self) -> None:
        """Show all places."""
        columns, rows = self._room()
        self._show(fitting(self._marks, columns, rows, outliers=0))

    async def action_open(self) -> None:
        if self._mark:
            await self.close(EventSelection(self._mark.events[::-1], self._mark.name))

    def clicked(self, row: int, column: int) -> bool:
        if self._map is None or not self._map.shown:
            return False
        at = column, row - _HEAD

        def far(cell: tuple[int, int]) -> int:
            return abs(cell[0] - at[0]) + 2 * abs(cell[1] - at[1])

        cell = min(self._map.shown, key=far)
        if row < _HEAD or far(cell) > 4:
            return False
        self._go(self._map.shown[cell][0])
        return True

    def wheel(self, way: int) -> None:
        self.action_zoom(-way)
