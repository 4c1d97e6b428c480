"""The timeline: lanes of events with time across, walked with the arrows."""

from rich.cells import cell_len

from tui.charts.event_months import EventMonths
from tui.charts.timeline_lines import Drawing, cell_in_words, legend, stop_lines
from tui.charts.timeline_plan import UNITS, Chart, Plan, Stop, finest_plan
from tui.dossier import dates
from tui.dossier.dossier import Dossier
from tui.dossier.vocabulary import FACETS, counted
from tui.explorer.spots import Selection
from tui.explorer.views.chart_screen import ChartScreen, EventSelection
from tui.page import NO_EVENTS
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.layout import brief
from tui.text.wrapping import BLANK, TextLine

#: Lanes one a year would say the same twice.
_FACETS = [facet for facet in FACETS if facet != "year"]
#: From this height on there is air around the lanes, from the next on what the signs mean.
_AIRY, _ROOMY = 20, 28
_PAGE = 8


class TimelineScreen(ChartScreen):
    """Shows the events listed on the lanes of `facet`; begins at event `n`, lane `value`."""

    NAME = "timeline"

    def __init__(
        self,
        dossier: Dossier,
        signs: Signs,
        facet: str,
        value: str,
        n: int,
        listed: Selection | None = None,
    ) -> None:
        super().__init__(signs)
        self._listed = listed
        self.dossier = dossier
        self._months = EventMonths(dossier)
        self._chart = self._chart_of("region" if facet == "year" else facet)
        self._plan: Plan | None = None
        self._lane = self._chart.lane_of(value, n)
        self._cell = self._position = 0
        self._start = self._top = 0
        self._n = n
        self._drawn: dict[tuple[int, Stop | None], list[TextLine]] = {}
        self._drawing: Drawing | None = None

    def _chart_of(self, facet: str) -> Chart:
        only = self._listed.events if self._listed else None
        return Chart(self.dossier, facet, only, self._months)

    def resized(self) -> None:
        self._cell_kept(self._plan.unit if self._plan else "")

    # -- setting out

    def _room(self) -> tuple[int, int]:
        """Columns, and rows for the lanes."""
        height = self.window.height
        airy, roomy = height >= _AIRY, height >= _ROOMY
        # A title, two lines that name the present event, two of years and one of keys; what the
        # signs mean, and the blank lines around.
        taken = 6 + airy + 3 * roomy
        return self.width, max(1, height - taken)

    def _cell_kept(self, unit: str) -> None:
        """Set out anew in `unit` ("" for what suits best), with the cursor on the same event."""
        chart = self._chart
        columns, rows = self._room()
        if not unit:
            self._plan = plan = finest_plan(chart, columns, rows, self.signs, chart.near)
        else:
            self._plan = plan = Plan(chart, unit, columns, rows, self.signs)
        self._start = plan.last + 1 - plan.shown
        if chart.lanes:
            lane = chart.lanes[self._lane]
            if self._n not in lane.events:
                self._n = lane.ordered[0]
            self._cell, self._position = plan.stop_of(self._lane, self._n) or (plan.first, 0)
            if not self._bar_in_view():
                self._start = self._cell - plan.shown // 2
        self._drawing = None
        self._draw()

    def _bar_in_view(self) -> bool:
        """Whether the event under the cursor is a bar that reaches into the opening view."""
        assert self._plan is not None
        reach = self._chart.when(self._n).last // self._plan.size
        return self._cell >= self._start or (self._stop().bar and reach >= self._start)

    def _stop(self) -> Stop:
        assert self._plan is not None
        return self._plan.stops(self._lane, self._cell)[self._position]

    def _scroll(self) -> None:
        """Bring the cursor into view, with a cell beside it where there is one."""
        plan = self._plan
        assert plan is not None
        before = self._start
        if not (self._stop().bar and self._bar_in_view()):
            aside = 1 if plan.shown > 4 else 0
            self._start = min(self._start, self._cell - aside)
            self._start = max(self._start, self._cell + aside - plan.shown + 1)
        self._start = max(plan.first, min(self._start, plan.last + 1 - plan.shown))
        if self._drawing is None or before != self._start or self._drawing.start != self._start:
            self._drawing = Drawing(plan, self._start)
            self._drawn.clear()
        rows = self._room()[1]
        self._top = max(min(self._top, self._lane), self._lane - rows + 1)
        if len(self._chart.lanes) <= rows:
            self._top = 0

    # -- drawing

    def _head(self) -> list[TextLine]:
        signs, plan = self.signs, self._plan
        chart = self._chart
        dot = f" {signs.dot} "
        listed = [self._listed.name] if self._listed else []
        title = dot.join(["Timeline", FACETS[chart.facet], *listed])
        first, last = chart.first // 12, chart.last // 12
        years = f"{first:04}" if first == last else f"{first:04}–{last:04}"
        as_of = brief(dates.show(dates.parse(self.dossier.overview.as_of)))
        total = counted(chart.total)
        units = [f"by {plan.unit}"] if plan else []
        # Of what stands beside the title the total gives way last, after the title itself.
        rights = ([*units, total, years, f"as of {as_of}"], [*units, total, years], [total])
        remarks = [signs.plain(dot.join(parts)) for parts in rights]
        room = self.width - cell_len(title) - 2
        remark = next((one for one in remarks if cell_len(one) <= room), remarks[-1])
        height = self.window.height
        airy, roomy = [BLANK] * (height >= _AIRY), [BLANK] * (height >= _ROOMY)
        naming = [BLANK, BLANK]
        if plan and chart.lanes:
            naming = stop_lines(plan, self._lane, self._stop(), self.width)
        return [self.head(title, remark), *airy, *naming, *roomy]

    def _tail(self) -> list[TextLine]:
        if self.window.height < _ROOMY or self._plan is None:
            return []
        return [BLANK, legend(self._plan, self.width)]

    def _draw(self) -> None:
        """Draw what is to be seen now."""
        plan = self._plan
        assert plan is not None
        if not self._chart.lanes:
            self.show([*self._head(), TextLine((Span(NO_EVENTS, "muted"),))])
            return
        self._scroll()
        drawing = self._drawing
        assert drawing is not None
        rows = self._room()[1]
        stop = self._stop()
        lines: list[TextLine] = []
        for lane in range(self._top, len(self._chart.lanes)):
            if len(lines) >= rows:
                break
            key = (lane, stop if lane == self._lane else None)
            if key not in self._drawn:
                self._drawn[key] = drawing.lane(*key)
            lines += self._drawn[key]
        lines = [*lines[:rows], *[BLANK] * (rows - len(lines))]
        self.show([*self._head(), *drawing.axis(self._cell), *lines, *self._tail()])

    # -- moving

    def _go(self, cell: int, position: int) -> None:
        self._cell, self._position = cell, position
        self._n = self._stop().events[0]
        self._draw()

    def action_step(self, way: int) -> None:
        plan = self._plan
        if plan is None or not self._chart.lanes:
            return
        position = self._position + way
        if 0 <= position < len(plan.stops(self._lane, self._cell)):
            self._go(self._cell, position)
        elif (cell := plan.beside(self._lane, self._cell, way)) is not None:
            self._go(cell, 0 if way > 0 else len(plan.stops(self._lane, cell)) - 1)

    def action_edge(self, way: int) -> None:
        if self._plan and self._chart.lanes:
            plan, ordered = self._plan, self._chart.lanes[self._lane].ordered
            cell = plan.cell_of(ordered[0 if way < 0 else -1])
            self._go(cell, 0 if way < 0 else len(plan.stops(self._lane, cell)) - 1)

    def action_lane(self, step: int) -> None:
        """To another lane, at the cell nearest in time."""
        lane = max(0, min(self._lane + step, len(self._chart.lanes) - 1))
        if self._plan is None or lane == self._lane:
            return
        self._lane = lane
        after = self._plan.beside(lane, self._cell - 1, 1)
        before = self._plan.beside(lane, self._cell, -1)
        near = [cell for cell in (after, before) if cell is not None]
        self._go(min(near, key=lambda cell: abs(cell - self._cell)), 0)

    def action_zoom(self, way: int) -> None:
        units = list(UNITS)
        if self._plan:
            at = units.index(self._plan.unit) + way
            if 0 <= at < len(units):
                self._cell_kept(units[at])

    def action_fit(self) -> None:
        if self._plan:
            columns, rows = self._room()
            self._cell_kept(
                finest_plan(self._chart, columns, rows, self.signs, self._chart.first).unit
            )

    def action_group(self) -> None:
        at = _FACETS.index(self._chart.facet) + 1
        self._chart = self._chart_of(_FACETS[at % len(_FACETS)])
        self._lane, self._top = self._chart.lane_of(None, self._n), 0
        self._cell_kept("")

    # -- leaving

    async def action_open(self) -> None:
        if self._plan is None or not self._chart.lanes:
            return
        stop, lane = self._stop(), self._chart.lanes[self._lane]
        if not stop.crowded:
            await self.close(EventSelection(stop.events, "", self._chart.facet, lane.key or ""))
            return
        heading = f"{lane.label} {self.signs.dot} {cell_in_words(self._plan.unit, stop.cell)}"
        await self.close(EventSelection(stop.events, heading))

    async def action_commitments(self) -> None:
        from tui.explorer.views.commitments_screen import CommitmentsScreen

        async def answered(chosen: EventSelection | None) -> None:
            if chosen:
                await self.close(chosen)

        if self._plan and self._chart.lanes and not self._stop().crowded:
            chain = CommitmentsScreen(self.dossier, self.signs, self._n, self._listed)
            await self.shell.open(chain, answered)

    # -- the mouse

    def clicked(self, row: int, column: int) -> bool:
        plan, drawing = self._plan, self._drawing
        if plan is None or drawing is None:
            return False
        y = row - len(self._head()) - 2  # two lines of years
        cell = drawing.start + (column - plan.label_width - 1) // plan.cell_width
        lane = self._top
        while lane < len(self._chart.lanes) and y >= plan.height(lane) + plan.gap:
            y -= plan.height(lane) + plan.gap
            lane += 1
        if y < 0 or lane >= len(self._chart.lanes) or not drawing.start <= cell < drawing.stop:
            return False
        stops = plan.stops(lane, cell)
        if stops:
            x = (column - plan.label_width - 1) % plan.cell_width
            near = [abs(stop.row - y) * 100 + abs(stop.column - x) for stop in stops]
            self._lane = lane
            self._go(cell, near.index(min(near)))
        return bool(stops)

    def wheel(self, way: int) -> None:
        self.action_lane(way)
