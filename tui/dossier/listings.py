"""Rows and lists: records as lists show them, values of facets, events in order.

Events are numbered from 1 in the order of reading: the oldest first, parts right after their whole.
Lists have the newest first.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.dossier.dates import Date, parse, show, year

if TYPE_CHECKING:
    from tui.dossier.records import Event

#: Depths are kept in a byte; a stranger may nest without end.
_DEEPEST = 255
_REMEMBERED = 4096
#: A part stands beneath its whole if it began within so many days of it (a month).
_NEAR = 31
#: The heading of what begins after the dossier's last day; those of years are below zero, too.
_PLANNED = -10_000
#: The heading of what is no event and stands after them.
_OTHERS = -10_001
#: Headings are numbers from this one, below zero, on.
HEADINGS = -_OTHERS
_WORDS = {_PLANNED: "planned", _OTHERS: "people, states, places"}


class Row(NamedTuple):
    """One record in a list: what is shown of it, without its claims.

    `n` is its number in the index. `date` is EDTF, `lo` and `hi` are the first and last day it may
    cover (yyyymmdd); all three are None but for events. `parent` is the number of the event it is
    part of, `last` the number of its last descendant.
    """

    n: int
    id: str
    kind: str
    type: str
    title: str
    date: str | None
    lo: int | None
    hi: int | None
    parent: int | None
    depth: int
    last: int
    regions: tuple[str, ...]
    place: str | None
    summary: str

    @classmethod
    def of(cls, columns: Sequence[Any]) -> "Row":
        """A row from its columns in the index."""
        return cls._make((*columns[:11], _ids(columns[11]), *columns[12:]))


#: The columns of the index that a Row is made of.
ROW_COLUMNS = ", ".join(Row._fields)


@lru_cache(_REMEMBERED)
def _ids(words: str | None) -> tuple[str, ...]:
    """The ids of regions that stand in one column: few, and the same for many events."""
    return tuple((words or "").split())


def shown_date(row: Row) -> str:
    """A row's date in words, empty where it has none."""
    return _in_words(row.date) if row.date else ""


@lru_cache(_REMEMBERED)
def _in_words(date: str) -> str:
    return show(parse(date))


class Value(NamedTuple):
    """One value of a facet with its total: `key` is the id or word, ALL for every event."""

    key: str
    label: str
    total: int


class Listing:
    """The rows of a list: events by their numbers, and headings: a year, or that what follows is
    planned.

    `rows` and `depths` are how it is stored: the number of an event or, below zero, a heading; and
    how many wholes in the list each row stands beneath, right after them.
    """

    __slots__ = ("depths", "rows")

    def __init__(self, rows: "array[int]", depths: bytes) -> None:
        self.rows = rows
        self.depths = depths

    @classmethod
    def of(cls, events: Iterable[int]) -> "Listing":
        """List these events as they come, without headings."""
        rows = array("i", events)
        return cls(rows, bytes(len(rows)))

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Listing):
            return NotImplemented
        return self.rows == other.rows and self.depths == other.depths

    __hash__ = None  # type: ignore[assignment]

    def __contains__(self, n: int) -> bool:
        return n > 0 and n in self.rows

    @property
    def events(self) -> list[int]:
        """The numbers of the events alone, in order."""
        return [n for n in self.rows if n > 0]

    @property
    def first(self) -> int:
        """The number of the first event, 0 if there is none."""
        return next((n for n in self.rows if n > 0), 0)

    def event(self, row: int) -> int | None:
        """The number of the event in a row; None for a heading."""
        return n if (n := self.rows[row]) > 0 else None

    def heading(self, row: int) -> str | None:
        """What a heading says; None for an event."""
        n = self.rows[row]
        return None if n > 0 else _WORDS.get(n) or f"{-n}"

    def position(self, n: int) -> int | None:
        """The row of an event, if it is listed."""
        return self.rows.index(n) if n in self else None

    def opening(self) -> int:
        """The number of the event to begin at: the newest that is not planned; 0 if there is none.

        The listing is one with the newest first.
        """
        rows, first = self.rows, 0
        if rows and rows[0] == _PLANNED:
            first = next((row for row in range(1, len(rows)) if rows[row] < 0), 0)
        return next((n for n in rows[first:] if n > 0), 0)

    def with_others(self, numbers: Iterable[int]) -> "Listing":
        """The same list with records that are no events after it, under a heading of their own."""
        others = array("i", numbers)
        if not others:
            return self
        rows = self.rows + array("i", [_OTHERS]) + others
        return Listing(rows, self.depths + bytes(1 + len(others)))

    def turned(self) -> "Listing":
        """The same list with the oldest first; parts stay beneath their wholes as they are."""
        starts = [row for row, depth in enumerate(self.depths) if not depth]
        blocks, heading = [], 0
        for start, end in zip(starts, [*starts[1:], len(self.rows)], strict=True):
            if self.rows[start] < 0:
                heading = self.rows[start]
            else:
                blocks.append((heading, start, end))
        rows, depths, above = array("i"), bytearray(), 0
        for heading, start, end in reversed(blocks):
            if heading != above:
                above = heading
                rows.append(heading)
                depths.append(0)
            rows.extend(self.rows[start:end])
            depths += self.depths[start:end]
        return Listing(rows, bytes(depths))


#: The listing of a value without events.
EMPTY = Listing(array("i"), b"")


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


def reading_order(events: Sequence["Event"]) -> list[Placed]:
    """Put events in the order of reading; loops of parts and wholes that are lost are cut."""
    when = [parse(event.date) for event in events]
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


def _wholes(events: Sequence["Event"]) -> list[int | None]:
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


def facets_of(event: "Event", date: Date, regions: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The facet values that an event stands under, each once, as ``(facet, value)``.

    `date` is its date, read; `regions` are its own or, where it names none, those of its whole.
    A facet is one of `vocabulary.FACETS`: what is added there is given values here.
    """
    yield from (("region", region) for region in dict.fromkeys(regions))
    yield "type", event.type
    yield "year", f"{year(date):04d}"
    actors = dict.fromkeys(participant.actor for participant in event.participants)
    yield from (("actor", actor) for actor in actors)
    if event.place:
        yield "place", event.place
    yield from (("tag", tag) for tag in dict.fromkeys(event.tags))


class Arranger:
    """Arranges some events of a dossier as a list, the newest first.

    By the number of an event, `wholes` has the one that it stands beneath (0 for none: it is part
    of nothing, or began too far from it), `headings` its heading, and `ranks` its place by date.
    """

    def __init__(self, wholes: "array[int]", headings: "array[int]", ranks: "array[int]") -> None:
        self.wholes, self.headings, self.ranks = wholes, headings, ranks

    @classmethod
    def of(cls, placed: Sequence[Placed], last_day: int) -> "Arranger":
        """An arranger for all events of a dossier that speaks for the days until `last_day`."""
        wholes, headings, ranks = array("i", [0]), array("i", [0]), array("i", [0])
        order = {key: at for at, key in enumerate(sorted({one.date.sort_key for one in placed}))}
        for one in placed:
            near = one.parent and _days_apart(one.date, placed[one.parent - 1].date) <= _NEAR
            wholes.append(one.parent if near else 0)
            headings.append(_PLANNED if one.date.lo > last_day else -year(one.date))
            ranks.append(order[one.date.sort_key])
        return cls(wholes, headings, ranks)

    def by_date(self, n: int) -> tuple[float, int]:
        """The key by which records are sorted, the oldest event first, other records last."""
        return self.ranks[n] if n < len(self.ranks) else inf, n

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
    from datetime import date

    return date(day // 10000, day // 100 % 100, day % 100).toordinal()
