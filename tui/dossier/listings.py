"""Rows and lists: records as lists show them, values of facets, events in order.

Events are numbered from 1 in the order they are read in: by date, with parts right after their
whole.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.dossier.dates import Date, parse, show, year

if TYPE_CHECKING:
    from tui.dossier.records import Event

#: Depths are kept in a byte; a stranger may nest without end.
_DEEPEST = 255
_REMEMBERED = 4096


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
    """The rows of a list: events by their numbers, and headings, each a year.

    `rows` and `depths` are how it is stored: the number of an event or, below zero, the year of a
    heading; and how many wholes in the list each row stands beneath.
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

    def event(self, row: int) -> int | None:
        """The number of the event in a row; None for a heading."""
        return n if (n := self.rows[row]) > 0 else None

    def heading(self, row: int) -> int | None:
        """The year that a heading says; None for an event."""
        return -n if (n := self.rows[row]) < 0 else None

    def position(self, n: int) -> int | None:
        """The row of an event, if it is listed."""
        return self.rows.index(n) if n in self else None


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
    """Arranges some events of a dossier as a list, given all of them in the order of reading."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        # By number: the end of each event's parts, its year, its place among all by date alone.
        self._last = [0, *(one.last for one in placed)]
        self._year = [0, *(year(one.date) for one in placed)]
        self._rank = [0] * (len(placed) + 1)
        by_date = sorted(range(len(placed)), key=lambda i: placed[i].date.sort_key)
        for rank, i in enumerate(by_date):
            self._rank[i + 1] = rank

    def listing(self, numbers: "array[int]") -> Listing:
        """List events, given in the order of reading, under headings of the year.

        Parts stay beneath their whole; a part whose whole is not in the list goes by its own date.
        """
        starts: list[int] = []  # where in `numbers` each block begins: an event and its parts
        depths = bytearray()
        ends: list[int] = []  # of the events that the present one is part of
        for place, n in enumerate(numbers):
            while ends and n > ends[-1]:
                ends.pop()
            if not ends:
                starts.append(place)
            depths.append(min(len(ends), _DEEPEST))
            ends.append(self._last[n])
        ranks = [self._rank[numbers[start]] for start in starts]
        order = list(range(len(starts)))
        if ranks != sorted(ranks):
            order.sort(key=ranks.__getitem__)
        starts.append(len(numbers))
        rows, levels, heading = array("i"), bytearray(), 0
        for block in order:
            start, end = starts[block], starts[block + 1]
            if (year_ := self._year[numbers[start]]) != heading:
                heading = year_
                rows.append(-year_)
                levels.append(0)
            rows.extend(numbers[start:end])
            levels += depths[start:end]
        return Listing(rows, bytes(levels))
