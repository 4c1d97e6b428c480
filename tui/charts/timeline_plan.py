"""A timeline as data: its lanes of events, and the plan of the columns and rows that they take."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from rich.cells import cell_len

from tui.charts.event_months import NEVER, EventMonths, Lane, When, dense_from
from tui.dossier import dates
from tui.dossier.dossier import ALL, Dossier
from tui.text.glyphs import Signs

#: The units that a cell may be, and how many months each has; the widest first.
UNITS = {"decade": 120, "year": 12, "quarter": 3, "month": 1}
# Planned events are looked for among the last so many: they begin after all others.
_LAST_ONES = 200
# The columns of a cell where not all cells are in view: room for its name and a blank.
_USUAL = {"decade": 7, "year": 5, "quarter": 3, "month": 4}
# How many parts the cell of a crowd may be divided into, to show how its events are spread.
_PARTS = {"decade": (10, 5), "year": (12, 6, 4), "quarter": (3,), "month": ()}
# A cell is at least a mark and a blank; more than the second number would only be blank.
_NARROWEST, _WIDEST = 2, 16
# The most rows of marks, and of bars, that one lane takes.
_MOST_ROWS = 3
# Up to so many events of a cell have a mark each; more are shown as a count.
_MOST_MARKS = 9
# The widest label of a lane, in columns.
_LABEL = 26


class Chart:
    """The events of a dossier on lanes, one for each value of a facet.

    `shown` are the numbers of all events on it, `total` how many they are, and `kinds` their types.
    `first` and `last` are the months of the earliest and the latest; before month `near` lie only a
    few outliers. `as_of` is the last month that the dossier speaks for; `plans` says whether an
    event lies beyond it. Where `only` is given, all other events are left out.
    """

    def __init__(
        self,
        dossier: Dossier,
        facet: str,
        only: Collection[int] | None = None,
        event_months: EventMonths | None = None,
    ) -> None:
        self.dossier = dossier
        self.facet = facet
        self.event_months = event_months or EventMonths(dossier)
        shown: Sequence[int] = range(1, dossier.total + 1)
        if only is not None:
            shown = [n for n in sorted(only) if n in shown]
        inside = None if only is None else frozenset(shown)
        self.shown = shown
        self.total = len(shown)
        self.lanes = self._lanes(shown, inside)
        self.as_of = dates.month_of(dates.parse(dossier.overview.as_of).hi)
        known = dossier.listing(facet, ALL).month_counts if inside is None else None
        self._counts = known or self.event_months.count(shown)
        months = self._counts or {self.as_of: 1}
        spans = self.event_months.spans.items()
        ends = [span.last for n, span in spans if inside is None or n in inside]
        self.first, self.near = min(months), dense_from(months)
        self.last = max([max(months), *(end for end in ends if end != NEVER)])
        self.kinds = frozenset(
            (value.key for value in dossier.values("type")[1:])
            if inside is None
            else self.event_months.types_of(shown)
        )
        self.plans = any(self.is_planned(n) for n in shown[-_LAST_ONES:])

    def when(self, n: int) -> When:
        """Give the months of event `n`."""
        return self.event_months.when(n)

    def before(self, month: int) -> int:
        """Count the events listed before a month."""
        return sum(total for found, total in self._counts.items() if found < month)

    def is_planned(self, n: int) -> bool:
        """Whether event `n` begins after the last month that the dossier speaks for."""
        return self.when(n).first > self.as_of

    def lane_of(self, key: str | None, n: int) -> int:
        """Give the position of lane `key` if it holds event `n`, else of the first that does."""
        on = [i for i, lane in enumerate(self.lanes) if n in lane.events]
        return next((i for i in on if self.lanes[i].key == key), on[0] if on else 0)

    def _lanes(self, shown: Sequence[int], inside: frozenset[int] | None) -> list[Lane]:
        """The lanes of the events shown; `inside` are the same, None where they are all."""
        left = set(shown)
        lanes = []
        for value in self.dossier.values(self.facet)[1:]:
            listing = self.dossier.listing(self.facet, value.key)
            counts = listing.month_counts if inside is None else None
            found = listing.events if inside is None else inside.intersection(listing.rows)
            left.difference_update(found)
            if found:
                months = self.event_months
                lanes.append(Lane(value.key, value.label, sorted(found), months, counts))
        if left:
            lanes.append(Lane(None, f"no {self.facet} recorded", sorted(left), self.event_months))
        return lanes


class Stop(NamedTuple):
    """A place that the cursor can stand on: one event, or all events of a crowded cell.

    `row` and `column` are counted from the first row of the lane and the first column of the cell;
    `bar` says that the event is drawn as a bar on a row of its own.
    """

    events: tuple[int, ...]
    cell: int
    row: int = 0
    column: int = 0
    bar: bool = False

    @property
    def crowded(self) -> bool:
        """Whether it is shown as a count."""
        return len(self.events) > 1


class Bar(NamedTuple):
    """An event that lasts: its cells, and its row; -1 where it is drawn behind the marks."""

    n: int
    first: int
    last: int
    row: int

    @property
    def own(self) -> bool:
        """Whether it has a row of its own."""
        return self.row >= 0


class Plan:
    """The columns and rows of a chart in cells of one `unit`, within `columns` columns.

    `rows` is how many lines there are for the lanes; with None they take as many as are of use.
    `first` and `last` are the first and the last cell, `cell_width` the columns of one, and `shown`
    how many are in view at once.
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
        self._bars = cache(lambda lane: self._packed(lane, self._bar_rows[lane]))
        self._own = cache(lambda lane: frozenset(bar.n for bar in self._bars(lane) if bar.own))
        self._stops = cache(self._stops_of)
        self._most = cache(lambda months: max(lane.most(months) for lane in chart.lanes))
        self._mark_rows, self._bar_rows, self.gap = self._share(rows)

    def cell_of(self, n: int) -> int:
        """Give the cell that event `n` is listed in."""
        return self.chart.event_months.months[n] // self.size

    def height(self, lane: int) -> int:
        """Give the rows of a lane, without the gap below it."""
        return self._mark_rows[lane] + self._bar_rows[lane]

    def mark_rows(self, lane: int) -> int:
        """Give the rows of a lane that hold marks; the bars are below them."""
        return self._mark_rows[lane]

    def bars(self, lane: int) -> list[Bar]:
        """Give the bars of a lane, in order of their beginning."""
        return self._bars(lane)

    def stops(self, lane: int, cell: int) -> list[Stop]:
        """Give the places that the cursor can stand on in a cell, in order."""
        return self._stops(lane, cell)

    def stop_of(self, lane: int, n: int) -> tuple[int, int] | None:
        """Give the cell of event `n` and the position of its stop there; None if it has none."""
        cell = self.cell_of(n)
        for position, stop in enumerate(self.stops(lane, cell)):
            if n in stop.events:
                return cell, position
        return None

    def beside(self, lane: int, cell: int, way: int) -> int | None:
        """Give the nearest cell of a lane that has an event, after `cell` (1) or before it (-1)."""
        months = self.chart.lanes[lane].months
        at = bisect_left(months, (cell + (way > 0)) * self.size) - (way < 0)
        return months[at] // self.size if 0 <= at < len(months) else None

    def course(self, lane: int, cell: int, columns: int) -> list[float]:
        """Give how full each part of a cell is, in at most `columns` parts: from 0 to 1.

        1 stands for the fullest part of that size on any lane.
        """
        parts = next((size for size in _PARTS[self.unit] if size <= columns), 0)
        if not parts:
            return []
        each = self.size // parts
        months = range(cell * self.size, (cell + 1) * self.size, each)
        inside = self.chart.lanes[lane].between
        return [len(inside(month, month + each)) / self._most(each) for month in months]

    def _cell_width(self) -> int:
        crowd = max((lane.most(self.size) for lane in self.chart.lanes), default=0)
        least = max(_NARROWEST, len(str(crowd)) + 1 if crowd > 1 else 0)
        near = self.chart.near // self.size
        for first in (self.first, near):  # all of it, or all but the outliers
            if (wide := self.body // (self.last - first + 1)) >= least:
                return min(wide, _WIDEST)
        return min(self.body, max(least, _USUAL[self.unit]))

    def _share(self, rows: int | None) -> tuple[list[int], list[int], int]:
        """Give the rows of marks and of bars of each lane, and the blank lines between lanes.

        Each lane has a row of marks; the others are shared out by need, as far as they go.
        """
        lanes = self.chart.lanes
        marks, bars = [1] * len(lanes), [0] * len(lanes)
        if rows is not None and len(lanes) > rows:
            return marks, bars, 0
        spare = rows - len(lanes) if rows is not None else 1 << 30
        room = self._marks_a_row()
        wanted_bars = [
            max((bar.row + 1 for bar in self._packed(i, _MOST_ROWS) if bar.own), default=0)
            for i in range(len(lanes))
        ]
        most = min(_MOST_MARKS, room * _MOST_ROWS)
        crowds = [max(1, lane.most(self.size, limit=most)) for lane in lanes]
        wanted_marks = [min(_MOST_ROWS, -(-crowd // room)) for crowd in crowds]
        for _ in range(_MOST_ROWS):
            for given, wanted in ((bars, wanted_bars), (marks, wanted_marks)):
                for i, want in enumerate(wanted):
                    if spare and given[i] < want:
                        given[i] += 1
                        spare -= 1
        return marks, bars, 1 if rows is not None and spare >= len(lanes) - 1 else 0

    def _marks_a_row(self) -> int:
        return max(1, min(self.cell_width - 1, _MOST_MARKS))

    def _packed(self, lane: int, rows: int) -> list[Bar]:
        """Give the bars of a lane, apart from each other on `rows` rows; the rest get no row."""
        ends: list[int] = []
        packed = []
        for n in self.chart.lanes[lane].lasting(self.size):
            when = self.chart.when(n)
            first = self.first if when.open_start else when.first // self.size
            last = self.last if when.last == NEVER else when.last // self.size
            row = next((i for i, end in enumerate(ends) if end < first - 1), -1)
            if row < 0 and len(ends) < rows:
                row = len(ends)
                ends.append(last)
            elif row >= 0:
                ends[row] = last
            packed.append(Bar(n, first, last, row))
        return packed

    def _stops_of(self, lane: int, cell: int) -> list[Stop]:
        own = self._own(lane)
        inside = self.chart.lanes[lane].between(cell * self.size, (cell + 1) * self.size)
        stops = [Stop((n,), cell, bar=True) for n in inside if n in own]
        marks = [n for n in inside if n not in own]
        room = self._marks_a_row()
        if len(marks) > min(_MOST_MARKS, room * self.mark_rows(lane)):
            return [*stops, Stop(tuple(marks), cell)]
        return [*stops, *(Stop((n,), cell, i // room, i % room) for i, n in enumerate(marks))]


def finest_plan(chart: Chart, columns: int, rows: int | None, signs: Signs, since: int) -> Plan:
    """Choose the finest unit in which everything from month `since` on is in view."""
    for unit in reversed(UNITS):
        plan = Plan(chart, unit, columns, rows, signs)
        if plan.last - since // plan.size + 1 <= plan.shown:
            return plan
    return plan


def _label_width(chart: Chart, columns: int) -> int:
    """Give the columns for the names and totals of the lanes, with a cursor before them."""
    widest = max((cell_len(lane.label) for lane in chart.lanes), default=0)
    totals = max((len(f"{len(lane.events):,}") for lane in chart.lanes), default=1)
    return max(4, min(widest + totals + 3, _LABEL, columns // 4 + 2))
