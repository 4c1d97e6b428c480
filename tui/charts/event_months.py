"""Events by month: the months that each one covers, lanes of events, and the strip of counts.

A month is one number, ``year * 12 + month - 1``. No chart shows anything finer.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from tui.dossier import dates
from tui.dossier.dossier import Dossier
from tui.dossier.event_queries import listed_months, month_of, types_and_dates

#: The last month of what has no end yet: later than every month of a dossier.
NEVER = 1 << 30
# The least months from the first to the last of a bar: two that are neighbours may be two days.
_SHORTEST_BAR = 2
# The forms of the strip from the finest on: the months of what is named, and of a cell.
_FORMS = ((12, 1), (12, 3), (120, 12))
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
    first, last = month_of(date.lo), month_of(date.hi)
    coarse = first != last or text[-1] in "~?%"
    return When(first, last, last + 1 if coarse else first, last)


class EventMonths:
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
    """The events of one value of a facet.

    `key` is the value, None for the events that have none; `label` is how it is called.
    """

    def __init__(
        self, key: str | None, label: str, events: Sequence[int], event_months: EventMonths
    ) -> None:
        self.key = key
        self.label = label
        self.events = events
        self._event_months = event_months
        self._totals: dict[int, frozenset[int]] = {}

    @cached_property
    def ordered(self) -> list[int]:
        """The numbers of the events, by the month that each is listed under."""
        return sorted(self.events, key=self._event_months.months.__getitem__)

    @cached_property
    def months(self) -> list[int]:
        """The month of each event in `ordered`."""
        return [self._event_months.months[n] for n in self.ordered]

    def between(self, first: int, last: int) -> list[int]:
        """Give the events listed from month `first` up to, not including, month `last`."""
        return self.ordered[bisect_left(self.months, first) : bisect_left(self.months, last)]

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
        spans = self._event_months.spans
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


class YearStrip(NamedTuple):
    """The strip: the names of years with their columns, the bars, and the months of a cell."""

    names: tuple[tuple[int, str], ...]
    bars: tuple[StripBar, ...]
    step: int


def set_strip(counts: dict[int, int], width: int, month: int) -> YearStrip:
    """Set the years with events side by side in `width` columns, as finely as they fit.

    A cell is a month, a quarter or, of decades, a year. Years without events are left out. Where
    not even the coarsest fits, a page of them is shown: the one that `month` is on; -1 stands for
    the last. `counts` has the number of events by month.
    """
    years = {found // 12 for found in counts}
    if not years or width < _AROUND:
        return YearStrip((), (), 1)
    for months, step in _FORMS:
        groups = sorted({found // months for found in counts})
        columns = _AROUND + months // step
        if len(groups) * columns - 1 <= width:
            return _strip(groups, counts, months, step)
        if step > 1 and len(groups) * columns <= 2 * width:
            break
    # Pages are counted from the end, so that the strip stands still while the cursor moves on one.
    room = max(1, (width + 1) // columns)
    at = groups.index(month // months) if month // months in groups else len(groups) - 1
    end = len(groups) - (len(groups) - at - 1) // room * room
    return _strip(groups[max(0, end - room) : end], counts, months, step)


def _strip(groups: Sequence[int], counts: dict[int, int], months: int, step: int) -> YearStrip:
    """Set out groups of so many `months`, years or decades, with a cell for every `step` months."""
    names, bars = [], []
    for i, group in enumerate(groups):
        at = i * (_AROUND + months // step)
        names.append((at, f"{group * months // 12:04}"))
        for cell in range(months // step):
            first = group * months + cell * step
            if total := sum(counts.get(first + k, 0) for k in range(step)):
                bars.append(StripBar(at + _NAME + cell, first, total))
    return YearStrip(tuple(names), tuple(bars), step)
