"""Events by month: the months that each one covers, lanes of events, and the strip of counts.

A month is one number, ``year * 12 + month - 1``. No chart shows anything finer.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from tui.dossier import dates
from tui.dossier.dossier import Dossier
from tui.dossier.event_queries import event_types, lasting_dates

#: The last month of what has no end yet: later than every month of a dossier.
NEVER = 1 << 30
# The least months from the first to the last of a bar: two that are neighbours may be two days.
_SHORTEST_BAR = 2
# The forms of the strip from the finest on: the months of what is named, and of a cell.
_FORMS = ((12, 1), (12, 3), (12, 6), (120, 12), (120, 24), (120, 60), (1200, 120))
# One event in so many may lie before the years that a chart opens with.
_OUTLIERS = 20
# The columns of a name with a blank after it, and with another one before the next name.
_NAME, _AROUND = 5, 6


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
    first, last = dates.month_of(date.lo), dates.month_of(date.hi)
    coarse = first != last or text[-1] in "~?%"
    return When(first, last, last + 1 if coarse else first, last)


class EventMonths:
    """The months and types of all events of a dossier, by their numbers from 1 on."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        #: The month that each event is listed under; at 0, where there is no event, a 0.
        self.months = dossier.arranger.months

    @cached_property
    def _types(self) -> tuple["array[int]", list[str]]:
        return event_types(self._dossier)

    @cached_property
    def spans(self) -> dict[int, When]:
        """The months of the events whose date is not simply one day."""
        read: dict[str, When] = {}  # many have the same date
        spans = {}
        for n, date in lasting_dates(self._dossier):
            spans[n] = read.get(date) or read.setdefault(date, when(date))
        return spans

    def type_of(self, n: int) -> str:
        """Give the type of event `n`."""
        places, names = self._types
        return names[places[n]]

    def types_of(self, events: Iterable[int]) -> dict[str, int]:
        """Count the types of these events."""
        places, names = self._types
        counts = Counter(map(places.__getitem__, events))
        return {names[place]: count for place, count in counts.items()}

    def when(self, n: int) -> When:
        """Give the months of event `n`."""
        month = self.months[n]
        return self.spans.get(n) or When(month, month, month, month)

    def count(self, events: Iterable[int]) -> dict[int, int]:
        """Count how many of these events are listed under each month."""
        return Counter(map(self.months.__getitem__, events))


class Lane:
    """The events of one value of a facet.

    `key` is the value, None for the events that have none; `label` is how it is called. `events`
    are their numbers, in order; `counts` says how many each month has, where that is known.
    """

    def __init__(
        self,
        key: str | None,
        label: str,
        events: Sequence[int],
        event_months: EventMonths,
        counts: Mapping[int, int] | None = None,
    ) -> None:
        self.key = key
        self.label = label
        self.events = events
        self._event_months = event_months
        self._known_counts = counts
        self._totals: dict[int, frozenset[int]] = {}

    @cached_property
    def ordered(self) -> list[int]:
        """The numbers of the events, by the month that each is listed under."""
        return sorted(self.events, key=self._event_months.months.__getitem__)

    @cached_property
    def months(self) -> list[int]:
        """The month of each event in `ordered`."""
        return [*map(self._event_months.months.__getitem__, self.ordered)]

    @cached_property
    def _counts(self) -> Mapping[int, int]:
        """How many events each month has."""
        return self._known_counts or Counter(self.months)

    def between(self, first: int, last: int) -> list[int]:
        """Give the events listed from month `first` up to, not including, month `last`."""
        return self.ordered[bisect_left(self.months, first) : bisect_left(self.months, last)]

    def most(self, size: int, limit: int | None = None) -> int:
        """Give the most events that a cell of `size` months holds.

        With a `limit` only the cells with at most so many events count.
        """
        if size not in self._totals:
            totals: Counter[int] = Counter()
            for month, count in self._counts.items():
                totals[month // size] += count
            self._totals[size] = frozenset(totals.values())
        found = self._totals[size]
        return max((one for one in found if limit is None or one <= limit), default=0)

    @cached_property
    def _spans(self) -> list[tuple[int, When]]:
        """The events whose date is not simply one day, in the order of `ordered`."""
        events, months = self.events, self._event_months.months
        spans = [
            (n, span)
            for n, span in self._event_months.spans.items()
            if (at := bisect_left(events, n)) < len(events) and events[at] == n
        ]
        return sorted(spans, key=lambda item: months[item[0]])

    def lasting(self, size: int) -> list[int]:
        """Give the events that last longer than a cell of `size` months."""
        least = max(size, _SHORTEST_BAR)
        return [n for n, span in self._spans if span.open_start or span.last - span.first >= least]


class StripBar(NamedTuple):
    """One cell of the strip: its column, its first month, and how many events it holds."""

    column: int
    month: int
    total: int


class YearStrip(NamedTuple):
    """The strip: names of years and bars with their columns, and the months of a cell.

    `remark` stands at its beginning: how many events lie before the month `first`.
    """

    names: tuple[tuple[int, str], ...]
    bars: tuple[StripBar, ...]
    step: int
    remark: str = ""
    first: int = 0


def dense_from(counts: Mapping[int, int]) -> int:
    """Give the month from which on events are dense; `counts` has how many there are in each.

    It begins a year; before it lie a few outliers, if leaving them out at least halves the time
    that is to be shown. Otherwise it is the first month.
    """
    months = sorted(counts)
    before = accumulate(counts[month] for month in months)
    most = sum(counts.values()) // _OUTLIERS
    near = next(month for month, upto in zip(months, before, strict=True) if upto > most) // 12 * 12
    return near if 2 * (months[-1] - near) <= months[-1] - months[0] else months[0]


def set_strip(counts: dict[int, int], width: int, month: int) -> YearStrip:
    """Set the years with events side by side in `width` columns, as finely as they fit.

    A cell is a month, a quarter, half a year or, of decades, a year or more. Years without events
    are left out, and a few early outliers are only counted. Where not even the coarsest form fits,
    a part of it is shown: the one that `month` is in; -1 stands for the last. `counts` has the
    number of events by month.
    """
    if not counts or width < _AROUND:
        return YearStrip((), (), 1)
    first = dense_from(counts)
    earlier = sum(total for found, total in counts.items() if found < first)
    remark = f"{earlier:,} earlier  " if earlier else ""
    room = width - len(remark)
    for months, step in _FORMS:
        groups = sorted({found // months for found in counts if found >= first})
        columns = _AROUND + months // step
        if len(groups) * columns - 1 <= room:
            return _strip(groups, counts, months, step, remark, first)
    # Pages are counted from the end, so that the strip stands still while the cursor moves on one.
    groups = sorted({found // months for found in counts})
    most = max(1, (width + 1) // columns)
    at = groups.index(month // months) if month // months in groups else len(groups) - 1
    end = len(groups) - (len(groups) - at - 1) // most * most
    return _strip(groups[max(0, end - most) : end], counts, months, step)


def _strip(
    groups: Sequence[int],
    counts: dict[int, int],
    months: int,
    step: int,
    remark: str = "",
    start: int = 0,
) -> YearStrip:
    """Set out groups of so many `months`, years or decades, with a cell for every `step` months.

    What lies before the month `start` is in no cell.
    """
    names, bars = [], []
    for i, group in enumerate(groups):
        at = len(remark) + i * (_AROUND + months // step)
        names.append((at, f"{group * months // 12:04}"))
        for cell in range(months // step):
            first = group * months + cell * step
            cells = range(max(first, start), first + step)
            if total := sum(counts.get(found, 0) for found in cells):
                bars.append(StripBar(at + _NAME + cell, first, total))
    return YearStrip(tuple(names), tuple(bars), step, remark, start)
