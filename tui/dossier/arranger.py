"""The order of reading, and any events arranged as a list, the newest first.

Events are numbered from 1 in the order of reading: the oldest first, parts right after their whole.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from math import inf
from typing import NamedTuple, Protocol

from tui.dossier.dates import Date, month_of, parse, year
from tui.dossier.listings import PLANNED, Listing

#: Depths are kept in a byte; a stranger may nest without end.
_DEEPEST = 255
#: A part stands beneath its whole if it began within so many days of it (a month).
_NEAR = 31


class Placed(NamedTuple):
    """An event in the order of reading.

    `at` is its position among the events as they stand in the file, `parent` the number of the
    event it is part of (0 for none), `last` that of its last descendant, or its own.
    """

    at: int
    date: Date
    parent: int
    depth: int
    last: int


class Ordered(Protocol):
    """What tells where an event stands in the order of reading."""

    @property
    def id(self) -> str: ...
    @property
    def date(self) -> str: ...
    @property
    def part_of(self) -> str | None: ...


def reading_order(events: Sequence[Ordered]) -> list[Placed]:
    """Put events in the order of reading; loops of parts and wholes that are lost are cut."""
    read = {text: parse(text) for text in {event.date for event in events}}
    when = [read[event.date] for event in events]
    wholes = _wholes(events)
    children: dict[int, list[int]] = {}
    roots: list[int] = []
    for at in sorted(range(len(events)), key=lambda at: (when[at].sort_key, events[at].id)):
        whole = wholes[at]
        (roots if whole is None else children.setdefault(whole, [])).append(at)
    placed: list[Placed] = []
    todo = [(at, 0, 0) for at in reversed(roots)]
    while todo:
        at, parent, depth = todo.pop()
        n = len(placed) + 1
        placed.append(Placed(at, when[at], parent, depth, n))
        todo += [(child, n, depth + 1) for child in reversed(children.get(at, ()))]
    for n in range(len(placed), 0, -1):  # backwards: a part's end is known before its whole's
        part = placed[n - 1]
        if part.parent and placed[part.parent - 1].last < part.last:
            placed[part.parent - 1] = placed[part.parent - 1]._replace(last=part.last)
    return placed


def _wholes(events: Sequence[Ordered]) -> list[int | None]:
    """The position of each event's whole; None where it has none or is part of itself."""
    positions = {event.id: at for at, event in enumerate(events)}
    wholes = [positions.get(event.part_of) if event.part_of else None for event in events]
    walked = [0] * len(events)
    for start in range(len(events)):
        at: int | None = start
        while at is not None and not walked[at]:
            walked[at] = start + 1
            at = wholes[at]
        if at is not None and walked[at] == start + 1:  # this walk met itself: a loop, cut whole
            while (above := wholes[at]) is not None:
                wholes[at] = None
                at = above
    return wholes


class Arranger:
    """Arranges some events of a dossier as a list, the newest first.

    By the number of an event, `wholes` has the one that it stands beneath (0 for none: it is part
    of nothing, or began too far from it), `headings` its heading, `ranks` its place by date, and
    `months` the month that it is listed under (see `dates.month_of`).
    """

    def __init__(
        self,
        wholes: "array[int]",
        headings: "array[int]",
        ranks: "array[int]",
        months: "array[int]",
    ) -> None:
        self.wholes, self.headings, self.ranks, self.months = wholes, headings, ranks, months

    @property
    def stored(self) -> tuple[bytes, ...]:
        """What it knows, as the index keeps it."""
        known = self.wholes, self.headings, self.ranks, self.months
        return tuple(numbers.tobytes() for numbers in known)

    @classmethod
    def of(cls, placed: Sequence[Placed], last_day: int) -> "Arranger":
        """An arranger for all events of a dossier that speaks for the days until `last_day`."""
        wholes, headings, ranks = array("i", [0]), array("i", [0]), array("i", [0])
        order = {key: at for at, key in enumerate(sorted({one.date.sort_key for one in placed}))}
        for one in placed:
            near = one.parent and _days_apart(one.date, placed[one.parent - 1].date) <= _NEAR
            wholes.append(one.parent if near else 0)
            headings.append(PLANNED if one.date.lo > last_day else -year(one.date))
            ranks.append(order[one.date.sort_key])
        months = array("i", [0, *(month_of(one.date.at) for one in placed)])
        return cls(wholes, headings, ranks, months)

    def by_date(self, n: int) -> tuple[float, int]:
        """The key by which records are sorted, the oldest event first, other records last."""
        return self.ranks[n] if n < len(self.ranks) else inf, n

    def is_planned(self, n: int) -> bool:
        """Whether a record is an event that begins after the last day of the dossier."""
        return n < len(self.headings) and self.headings[n] == PLANNED

    def month_counts(self, numbers: Iterable[int]) -> "array[int]":
        """Each month followed by how many of these events are listed under it."""
        counts = Counter(map(self.months.__getitem__, numbers))
        return array("i", chain.from_iterable(counts.items()))

    def listing(self, numbers: Iterable[int]) -> Listing:
        """List events, given in the order of reading, under headings.

        A part stands beneath its whole where both are in the list, and else by its own date.
        """
        wholes = self.wholes
        depths: dict[int, int] = {}
        blocks: dict[int, list[int]] = {}  # by its first event, each whole with its parts
        first: dict[int, int] = {}
        for n in numbers:
            whole = wholes[n]
            while whole and whole not in depths:
                whole = wholes[whole]
            depths[n] = min(depths[whole] + 1, _DEEPEST) if whole else 0
            if whole:
                first[n] = first.get(whole, whole)
                blocks.setdefault(first[n], [first[n]]).append(n)
        tops = [n for n, depth in depths.items() if not depth]
        tops.sort(key=self.ranks.__getitem__, reverse=True)
        rows, levels, heading = array("i"), bytearray(), 1
        for top in tops:
            if self.headings[top] != heading:
                heading = self.headings[top]
                rows.append(heading)
                levels.append(0)
            block = blocks.get(top, (top,))
            rows.extend(block)
            levels += bytes(map(depths.__getitem__, block)) if len(block) > 1 else b"\0"
        return Listing(rows, bytes(levels))


def _days_apart(one: Date, other: Date) -> int:
    """How many days lie between the days under which two dates are listed."""
    return abs(_ordinal(one.at) - _ordinal(other.at))


def _ordinal(day: int) -> int:
    return date(day // 10000, day // 100 % 100, day % 100).toordinal()
