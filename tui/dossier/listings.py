"""Rows and lists: records as lists show them, values of facets, events in order.

Events are numbered from 1 in the order of reading: the oldest first, parts right after their whole.
Lists have the newest first.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.dossier.dates import Date, parse, show, year
from tui.dossier.vocabulary import EVENT_TYPES

if TYPE_CHECKING:
    from tui.dossier.records import Event

_REMEMBERED = 4096
#: The heading of what begins after the dossier's last day; those of years are below zero, too.
PLANNED = -10_000
#: The heading of what is no event and stands after them.
_OTHERS = -10_001
#: Headings are numbers from this one, below zero, on.
HEADINGS = -_OTHERS
_WORDS = {PLANNED: "planned", _OTHERS: "people, states, places"}


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
    how many wholes in the list each row stands beneath, right after them. `months` has, for the
    list of a facet value, each month followed by how many of its events are listed under it.
    """

    __slots__ = ("depths", "months", "rows")

    def __init__(
        self, rows: "array[int]", depths: bytes, months: "array[int] | None" = None
    ) -> None:
        self.rows = rows
        self.depths = depths
        self.months = months

    @property
    def stored(self) -> tuple[bytes, bytes]:
        """The list as the index keeps it."""
        return self.rows.tobytes(), self.depths

    @classmethod
    def of(cls, events: Iterable[int]) -> "Listing":
        """List these events as they come, without headings."""
        rows = array("i", events)
        return cls(rows, bytes(len(rows)))

    @property
    def month_counts(self) -> dict[int, int] | None:
        """How many events each month has, where that is stored."""
        months = self.months
        return dict(zip(months[::2], months[1::2], strict=True)) if months else None

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
        if rows and rows[0] == PLANNED:
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
        for start, end in zip(starts, [*starts, len(self.rows)][1:], strict=True):
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
        return Listing(rows, bytes(depths), self.months)


#: The listing of a value without events.
EMPTY = Listing(array("i"), b"")


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


def in_order(facet: str, counts: dict[str, int], label: Callable[[str], str]) -> list[str]:
    """Put the values of a facet but regions in the order of its list; `counts` are their events."""
    if facet == "type":
        order = {type_: i for i, type_ in enumerate(EVENT_TYPES)}
        return sorted(counts, key=lambda key: (order.get(key, len(order)), key))
    if facet == "year":
        return sorted(counts, reverse=True)  # the newest first, as in lists
    return sorted(counts, key=lambda key: (-counts[key], label(key)))


def packed_types(
    listed: Mapping[tuple[str, str], Iterable[int]], total: int
) -> tuple[bytes, list[str]]:
    """The types of `total` events, packed: a number for each event, and the types by that number.

    `listed` has the numbers of the events by facet and value. Events are numbered from 1; at 0
    stands a 0.
    """
    types = [key for facet, key in listed if facet == "type"]
    places = array("i", [0]) * (total + 1)
    for place, type_ in enumerate(types):
        for n in listed["type", type_]:
            places[n] = place
    return places.tobytes(), types
