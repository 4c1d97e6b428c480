"""How a timeline is set out in columns and rows: cells, lanes, and what stands where."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tui.charts.event_months import NEVER
from tui.charts.timeline_lanes import UNITS, Chart
from tui.text.glyphs import Signs

#: Columns of a cell where not all of them are in view anyway.
_USUAL = {"decade": 7, "year": 5, "quarter": 3, "month": 4}
#: How many parts the course of a crowded cell may be drawn in.
_PARTS = {"decade": (10, 5), "year": (12, 6, 4), "quarter": (3,), "month": ()}
_NARROWEST, _WIDEST = 2, 16
_MOST_ROWS = 3
#: More events than these in a cell are not told apart; they are counted.
_MOST_MARKS = 9
_LABEL = 26


class Stop(NamedTuple):
    """What the cursor can stand on: one event, or all those of a crowded cell.

    `row` and `column` are where it is drawn, from its lane's first row and its cell's first column;
    `bar` is set for what is drawn as a bar of its own.
    """

    events: tuple[int, ...]
    cell: int
    row: int = 0
    column: int = 0
    bar: bool = False

    @property
    def crowded(self) -> bool:
        """Whether it is a cell that shows a count."""
        return len(self.events) > 1


class Bar(NamedTuple):
    """An event that lasts: its cells, and the row of its lane, None where it lies behind marks."""

    n: int
    first: int
    last: int
    row: int | None


class _Rows(NamedTuple):
    """How many rows of a lane hold marks, and how many beneath them hold bars."""

    marks: int
    bars: int


class Plan:
    """One way to set out a chart: in cells of `unit`, `columns` wide.

    `rows` is how many lines there are for lanes; None takes as many as are of use.
    """

    def __init__(
        self, chart: Chart, unit: str, columns: int, rows: int | None, signs: Signs
    ) -> None:
        self.chart = chart
        self.unit = unit
        self.size = UNITS[unit]
        self.signs = signs
        self.first, self.last = chart.first // self.size, chart.last // self.size
        self.label_width = _label_width(chart, columns)
        self.body = max(_NARROWEST, columns - self.label_width - 2)
        self.cell_width = self._cell_width()
        self.shown = max(1, min(self.last - self.first + 1, self.body // self.cell_width))
        self._bars: dict[int, list[Bar]] = {}
        self._own_row: dict[int, frozenset[int]] = {}
        self._stops: dict[tuple[int, int], list[Stop]] = {}
        self._crowds: dict[int, int] = {}
        self._rows, self.gap = self._share(rows)

    def cell_of(self, n: int) -> int:
        """The cell an event is listed in."""
        return self.chart.moments.months[n] // self.size

    def height(self, lane: int) -> int:
        """The rows of a lane, without the gap below it."""
        rows = self._rows[lane]
        return rows.marks + rows.bars

    def mark_rows(self, lane: int) -> int:
        """The rows of a lane that hold marks; bars are beneath."""
        return self._rows[lane].marks

    def bars(self, lane: int) -> list[Bar]:
        """The bars of a lane, in order of their beginning."""
        if lane not in self._bars:
            self._bars[lane] = self._packed(lane, self._rows[lane].bars)
            self._own_row[lane] = frozenset(
                bar.n for bar in self._bars[lane] if bar.row is not None
            )
        return self._bars[lane]

    def stops(self, lane: int, cell: int) -> list[Stop]:
        """What the cursor can stand on in a cell, in order."""
        key = lane, cell
        if key not in self._stops:
            self._stops[key] = self._stops_of(lane, cell)
        return self._stops[key]

    def stop_of(self, lane: int, n: int) -> tuple[int, int] | None:
        """The cell of event `n` and the position of its stop there; None if it is on no such."""
        cell = self.cell_of(n)
        for position, stop in enumerate(self.stops(lane, cell)):
            if n in stop.events:
                return cell, position
        return None

    def beside(self, lane: int, cell: int, way: int) -> int | None:
        """The nearest cell of a lane with an event, after `cell` (1) or before it (-1)."""
        from bisect import bisect_left

        months = self.chart.lanes[lane].months
        at = bisect_left(months, (cell + (way > 0)) * self.size) - (way < 0)
        return months[at] // self.size if 0 <= at < len(months) else None

    def course(self, lane: int, cell: int, columns: int) -> list[float]:
        """How the events of a cell lie within it, in at most so many parts: 0 to 1 each."""
        parts = next((size for size in _PARTS[self.unit] if size <= columns), 0)
        if not parts:
            return []
        each = self.size // parts
        if each not in self._crowds:
            self._crowds[each] = max(one.crowd(each) for one in self.chart.lanes)
        months = range(cell * self.size, (cell + 1) * self.size, each)
        inside = self.chart.lanes[lane].between
        return [len(inside(month, month + each)) / self._crowds[each] for month in months]

    # -- how it is worked out

    def _cell_width(self) -> int:
        crowd = max((lane.crowd(self.size) for lane in self.chart.lanes), default=0)
        least = max(_NARROWEST, len(str(crowd)) + 1 if crowd > 1 else 0)
        near = self.chart.near // self.size
        for first in (self.first, near):  # all of it, or all but the far-off few
            if (wide := self.body // (self.last - first + 1)) >= least:
                return min(wide, _WIDEST)
        return min(self.body, max(least, _USUAL[self.unit]))

    def _share(self, rows: int | None) -> tuple[list[_Rows], int]:
        """Rows for each lane by its need, as far as there are rows; and the lines between lanes."""
        lanes = self.chart.lanes
        if rows is not None and len(lanes) > rows:
            return [_Rows(1, 0)] * len(lanes), 0
        spare = rows - len(lanes) if rows is not None else 1 << 30
        marks, bars = [1] * len(lanes), [0] * len(lanes)
        room = self._marks_a_row()
        lasting = [self._packed(i, _MOST_ROWS) for i in range(len(lanes))]
        wanted_bars = [max((bar.row + 1 for bar in found if bar.row is not None), default=0)
                       for found in lasting]  # fmt: skip
        most = min(_MOST_MARKS, room * _MOST_ROWS)
        crowds = [max(1, lane.fullest(self.size, most)) for lane in lanes]
        wanted_marks = [min(_MOST_ROWS, -(-crowd // room)) for crowd in crowds]
        for _ in range(_MOST_ROWS):
            for given, wanted in ((bars, wanted_bars), (marks, wanted_marks)):
                for i, want in enumerate(wanted):
                    if spare and given[i] < want:
                        given[i] += 1
                        spare -= 1
        gap = 1 if rows is not None and spare >= len(lanes) - 1 else 0
        return [_Rows(*pair) for pair in zip(marks, bars, strict=True)], gap

    def _marks_a_row(self) -> int:
        return max(1, min(self.cell_width - 1, _MOST_MARKS))

    def _packed(self, lane: int, rows: int) -> list[Bar]:
        """The bars of a lane, none over another, on so many rows; the rest lie behind the marks."""
        ends: list[int] = []
        packed = []
        for n in self.chart.lanes[lane].lasting(self.size):
            when = self.chart.when(n)
            first = self.first if when.open_start else when.first // self.size
            last = self.last if when.last == NEVER else when.last // self.size
            row = next((i for i, end in enumerate(ends) if end < first - 1), None)
            if row is None and len(ends) < rows:
                row = len(ends)
                ends.append(last)
            elif row is not None:
                ends[row] = last
            packed.append(Bar(n, first, last, row))
        return packed

    def _stops_of(self, lane: int, cell: int) -> list[Stop]:
        self.bars(lane)
        own = self._own_row[lane]
        inside = self.chart.lanes[lane].between(cell * self.size, (cell + 1) * self.size)
        stops = [Stop((n,), cell, bar=True) for n in inside if n in own]
        marks = [n for n in inside if n not in own]
        room = self._marks_a_row()
        if len(marks) > min(_MOST_MARKS, room * self.mark_rows(lane)):
            return [*stops, Stop(tuple(marks), cell)]
        return [*stops, *(Stop((n,), cell, i // room, i % room) for i, n in enumerate(marks))]


def finest(chart: Chart, columns: int, rows: int | None, signs: Signs, since: int) -> Plan:
    """The plan in the finest unit in which everything from month `since` on is in view."""
    for unit in reversed(UNITS):
        plan = Plan(chart, unit, columns, rows, signs)
        if plan.last - since // plan.size + 1 <= plan.shown:
            return plan
    return plan


def _label_width(chart: Chart, columns: int) -> int:
    """Columns for the lanes' names and totals, with a cursor before them."""
    widest = max((cell_len(lane.label) for lane in chart.lanes), default=0)
    totals = _digits([len(lane.events) for lane in chart.lanes])
    return max(4, min(widest + totals + 3, _LABEL, columns // 4 + 2))


def _digits(numbers: Sequence[int]) -> int:
    return max((len(f"{number:,}") for number in numbers), default=1)
