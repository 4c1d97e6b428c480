"""When events happened, in months: what the strip and the timeline are drawn from.

A month is one number, ``year * 12 + month - 1``; nothing here is finer, as no cell drawn is.
"""

from array import array
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tui.dossier import dates
from tui.dossier.dossier import Dossier

#: An open end: later than every month of a dossier.
NEVER = 1 << 30


def month_of(day: int) -> int:
    """The month of a day ``yyyymmdd``."""
    return day // 10000 * 12 + day // 100 % 100 - 1


class When(NamedTuple):
    """The months an event may cover, `first` to `last`, and those of them that are sure.

    `sure_first` comes after `sure_last` where none is. `last` is NEVER where the end is open;
    `open_start` says that nothing begins at `first`.
    """

    first: int
    last: int
    sure_first: int
    sure_last: int
    open_start: bool = False

    @property
    def open_end(self) -> bool:
        """Whether it goes on."""
        return self.last == NEVER

    @property
    def sure(self) -> bool:
        """Whether all of it is recorded to the month, and nothing is approximate or uncertain."""
        return (self.sure_first, self.sure_last) == (self.first, self.last)


def when(date: str) -> When:
    """The months of an EDTF date; raises DateError."""
    head, slash, tail = date.partition("/")
    if not slash or head == tail:
        return _point(head)
    if head in ("", ".."):
        return _point(tail)._replace(open_start=True)
    start = _point(head)
    begun = start.first if start.sure else start.last + 1
    if not tail:  # it ended, but nobody recorded when
        return start._replace(sure_first=start.last + 1, sure_last=start.last)
    if tail == "..":
        return When(start.first, NEVER, begun, NEVER)
    end = _point(tail)
    return When(start.first, end.last, begun, end.last if end.sure else end.first - 1)


def _point(text: str) -> When:
    date = dates.parse(text)
    first, last = month_of(date.lo), month_of(date.hi)
    coarse = first != last or text[-1] in "~?%"
    return When(first, last, last + 1 if coarse else first, last)


class Moments:
    """The months of all events of a dossier, by their numbers (there is no event 0)."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._months = array("i")
        self._types: list[str] = []
        self._spans: dict[int, When] = {}

    @property
    def months(self) -> "array[int]":
        """The month each event is listed under."""
        if not self._months:
            sql = (
                "SELECT lo / 10000 * 12 + lo / 100 % 100 - 1 FROM record "
                "WHERE kind = 'event' ORDER BY n"
            )
            self._months = array("i", [0])
            self._months.extend(row[0] for row in self.dossier.connection.execute(sql))
            # Where the start is open, `lo` is no day; it is listed under its end.
            sql = "SELECT n, date FROM record WHERE lo = 0"
            for n, date in self.dossier.connection.execute(sql):
                self._months[n] = month_of(dates.parse(date).at)
        return self._months

    @property
    def types(self) -> list[str]:
        """The type of each event."""
        if not self._types:
            self._load()
        return self._types

    @property
    def spans(self) -> dict[int, When]:
        """The events whose date is more, or less, than one day."""
        if not self._types:
            self._load()
        return self._spans

    def when(self, n: int) -> When:
        """The months of one event."""
        month = self.months[n]
        return self.spans.get(n) or When(month, month, month, month)

    def count(self, events: Iterable[int]) -> dict[int, int]:
        """How many of these events are listed under each month."""
        return Counter(map(self.months.__getitem__, events))

    def _load(self) -> None:
        names: dict[str, str] = {}
        sql = (
            "SELECT n, type, CASE WHEN lo = hi AND length(date) = 10 THEN NULL ELSE date END "
            "FROM record WHERE kind = 'event' ORDER BY n"
        )
        self._types.append("")
        for n, type_, date in self.dossier.connection.execute(sql):
            self._types.append(names.setdefault(type_, type_))
            if date:
                self._spans[n] = when(date)
