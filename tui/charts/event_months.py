"""Events by month: the months that each one covers, lanes of events, and the strip of counts.

A month is one number, ``year * 12 + month - 1``. No chart shows anything finer.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui.dossier import dates
from tui.dossier.dossier import Dossier
from tui.dossier.event_queries import listed_months, month_of, types_and_dates

#: The last month of what has no end yet: later than every month of a dossier.
NEVER = 1 << 30
# The least months from the first to the last of a bar: two that are neighbours may be two days.
_SHORTEST_BAR = 2
# The months of a cell of the strip, and the cells of a year, from the finest on.
_STEPS = ((1, 12), (3, 4))
# The columns of a year beside its cells: four digits, a blank after them, and one after the cells.
_AROUND = 6
# The columns of a decade: the same six and a cell for each of its years.
_DECADE = 16


class When(NamedTuple):
    """The months that an event may cover, and those that it is known to cover.

    `first` and `last` bound what may be; `last` is NEVER where the end is open, and `open_start`
    says that the event did not begin at `first`, but before. `sure_first` and `sure_last` bound
    what is known; where nothing is, `sure_first` is later than `sure_last`.
    """

    first: int
    last: int
    sure_first: int
    sure_last: int
    open_start: bool = False

    @property
    def open_end(self) -> bool:
        """Whether the event goes on."""
        return self.last == NEVER

    @property
    def sure(self) -> bool:
        """Whether every month is recorded and neither approximate nor uncertain."""
        return (self.sure_first, self.sure_last) == (self.first, self.last)


def when(date: str) -> When:
    """Give the months of an EDTF date.

    Raises:
        DateError: it is no date.
    """
    head, slash, tail = date.partition("/")
    if not slash or head == tail:
        return _single(head)
    if head in ("", ".."):
        return _single(tail)._replace(open_start=True)
    start = _single(head)
    begun = start.first if start.sure else start.last + 1
    if not tail:  # it has ended, but the end was not recorded
        return start._replace(sure_first=start.last + 1, sure_last=start.last)
    if tail == "..":
        return When(start.first, NEVER, begun, NEVER)
    end = _single(tail)
    return When(start.first, end.last, begun, end.last if end.sure else end.first - 1)


def _single(text: str) -> When:
    """Give the months of a date without a slash."""
    date = dates.parse(text)
    first, last = month_of(date.lo), month_of(date.hi)
    coarse = first != last or text[-1] in "~?%"
    return When(first, last, last + 1 if coarse else first, last)


class Moments:
    """The months and types of all events of a dossier, by their numbers from 1 on."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._months = array("i")
        self._types: list[str] = []
        self._spans: dict[int, When] = {}

    @property
    def months(self) -> "array[int]":
        """The month that each event is listed under; at 0, where there is no event, a 0."""
        if not self._months:
            self._months = array("i", [0, *listed_months(self.dossier)])
        return self._months

    @property
    def types(self) -> list[str]:
        """The type of each event; at 0, where there is no event, nothing."""
        if not self._types:
            self._load()
        return self._types

    @property
    def spans(self) -> dict[int, When]:
        """The months of the events whose date is not simply one day."""
        if not self._types:
            self._load()
        return self._spans

    def when(self, n: int) -> When:
        """Give the months of event `n`."""
        month = self.months[n]
        return self.spans.get(n) or When(month, month, month, month)

    def count(self, events: Iterable[int]) -> dict[int, int]:
        """Count how many of these events are listed under each month."""
        return Counter(map(self.months.__getitem__, events))

    def _load(self) -> None:
        names: dict[str, str] = {}  # so that each type is one string, however many events have it
        self._types.append("")
        for n, (type_, date) in enumerate(types_and_dates(self.dossier), 1):
            self._types.append(names.setdefault(type_, type_))
            if date:
                self._spans[n] = when(date)


class Lane:
    """The events of one value of a facet, in order of their months.

    `key` is the value, None for the events that have none; `label` is how it is called.
    """

    def __init__(
        self, key: str | None, label: str, events: Sequence[int], moments: Moments
    ) -> None:
        self.key = key
        self.label = label
        self.events = events
        self._moments = moments
        self._months: list[int] = []
        self._ordered: list[int] = []
        self._totals: dict[int, frozenset[int]] = {}

    @property
    def ordered(self) -> list[int]:
        """The numbers of the events, by the month that each is listed under."""
        if not self._ordered:
            self._ordered = sorted(self.events, key=self._moments.months.__getitem__)
            self._months = [*map(self._moments.months.__getitem__, self._ordered)]
        return self._ordered

    @property
    def months(self) -> list[int]:
        """The month of each event in `ordered`."""
        return self._months if self.ordered else []

    def between(self, first: int, last: int) -> list[int]:
        """Give the events listed from month `first` up to, not including, month `last`."""
        ordered = self.ordered
        return ordered[bisect_left(self._months, first) : bisect_left(self._months, last)]

    def most(self, size: int, limit: int | None = None) -> int:
        """Give the most events that a cell of `size` months holds.

        With a `limit` only the cells with at most so many events count.
        """
        if size not in self._totals:
            self._totals[size] = frozenset(Counter(m // size for m in self.months).values())
        totals = self._totals[size]
        return max((one for one in totals if limit is None or one <= limit), default=0)

    def lasting(self, size: int) -> list[int]:
        """Give the events that last longer than a cell of `size` months."""
        spans = self._moments.spans
        least = max(size, _SHORTEST_BAR)
        return [
            n
            for n in self.ordered
            if (span := spans.get(n)) and (span.open_start or span.last - span.first >= least)
        ]


class StripBar(NamedTuple):
    """One cell of the strip: its column, its first month, and how many events it holds."""

    column: int
    month: int
    total: int


class Years(NamedTuple):
    """The strip: the names of years with their columns, the bars, and the months of a cell."""

    names: tuple[tuple[int, str], ...]
    bars: tuple[StripBar, ...]
    step: int


def lay_out(counts: dict[int, int], width: int, month: int) -> Years:
    """Set the years side by side in `width` columns, as finely as they fit.

    A cell is a month, a quarter or a year. Years without events are left out. Where not even the
    coarsest fits, a page of years is shown: the one that `month` is on. `counts` has the number of
    events by month.
    """
    years = sorted({found // 12 for found in counts})
    if not years or width < _AROUND:
        return Years((), (), 1)
    for step, cells in _STEPS:
        if len(years) * (cells + _AROUND) - 1 <= width:
            return _by_parts(years, counts, step)
    step, cells = _STEPS[-1]
    if len(years) * (cells + _AROUND) > 2 * width:
        return _by_year(years, counts, width, month)
    return _by_parts(_page(years, month // 12, (width + 1) // (cells + _AROUND)), counts, step)


def _page(items: Sequence[int], current: int, room: int) -> Sequence[int]:
    """Give the page of `room` items that `current` is on; pages are counted from the end.

    So the strip stands still while the cursor moves within a page.
    """
    room = max(1, room)
    at = items.index(current) if current in items else len(items) - 1
    end = len(items) - (len(items) - at - 1) // room * room
    return items[max(0, end - room) : end]


def _by_parts(years: Sequence[int], counts: dict[int, int], step: int) -> Years:
    """Set out years with a cell for every `step` months."""
    names, bars, at = [], [], 0
    for year in years:
        names.append((at, f"{year:04}"))
        for cell in range(12 // step):
            first = year * 12 + cell * step
            if count := sum(counts.get(first + i, 0) for i in range(step)):
                bars.append(StripBar(at + 5 + cell, first, count))
        at += _AROUND + 12 // step
    return Years(tuple(names), tuple(bars), step)


def _by_year(years: Sequence[int], counts: dict[int, int], width: int, month: int) -> Years:
    """Set out decades with a cell for every year."""
    totals: Counter[int] = Counter()
    for found, count in counts.items():
        totals[found // 12] += count
    decades = sorted({year // 10 for year in years})
    names: list[tuple[int, str]] = []
    bars: list[StripBar] = []
    for i, decade in enumerate(_page(decades, month // 120, (width + 1) // _DECADE)):
        at = i * _DECADE
        names.append((at, f"{decade * 10:04}"))
        present = (year for year in range(decade * 10, decade * 10 + 10) if year in totals)
        bars += [StripBar(at + 5 + year % 10, year * 12, totals[year]) for year in present]
    return Years(tuple(names), tuple(bars), 12)
