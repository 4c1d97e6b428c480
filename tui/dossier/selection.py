"""The selection: events of a facet's value, narrowed by what was found, and what is among them."""

from array import array
from collections.abc import Callable, Iterable
from functools import cached_property

from tui.dossier.conditions import Kept
from tui.dossier.dossier import Dossier
from tui.dossier.folding import fold
from tui.dossier.listings import HEADINGS, Listing, Value
from tui.dossier.query import Query
from tui.dossier.search import search
from tui.dossier.vocabulary import ALL, BY_TOTAL

#: As a limit: all that match.
NO_LIMIT = -1
#: Values of a facet that are fetched at a time.
_CHUNK = 200


class FoundRecords:
    """What a query found in a dossier, or what was chosen in a chart, to narrow every list by.

    `numbers` are those of the records in order, the best first. `total` is how many there are, and
    `more` that it may be more; `words` are the folded words to mark, `notes` say what was changed.
    """

    def __init__(self, dossier: Dossier, numbers: Iterable[int], total: int = -1) -> None:
        self.dossier = dossier
        self.numbers = list(numbers)
        self.total = len(self.numbers) if total < 0 else total
        self.more = False
        #: Whether all of them are in `numbers`, not only those that are shown while typing.
        self.complete = True
        self.words: tuple[str, ...] = ()
        self.notes: tuple[str, ...] = ()
        self._asked: tuple[Query, int, bool, Kept] | None = None

    @classmethod
    def of(
        cls, dossier: Dossier, query: Query, limit: int, typing: bool, kept: Kept
    ) -> "FoundRecords":
        """Look up a query; the arguments are those of `search`."""
        answer = search(dossier, query, limit, typing=typing, kept=kept)
        found = cls(dossier, answer.numbers, answer.total)
        found.words, found.notes, found.more = answer.words, answer.notes, answer.more
        found.complete = limit == NO_LIMIT
        if found.complete:
            found.total, found.more = len(answer.numbers), False
        found._asked = query, limit, typing, kept
        return found

    def add(self, numbers: Iterable[int]) -> None:
        """Add records that were found elsewhere, at the end."""
        known = set(self.numbers)
        more = [n for n in numbers if n not in known]
        self.numbers += more
        self.total += len(more)
        if more:
            self.notes = ()  # something was found, after all

    def again(self, dossier: Dossier, renumber: Callable[[int], int]) -> "FoundRecords":
        """Look the same up in `dossier`, the file read again, where records have other numbers."""
        if self._asked:
            return self.of(dossier, *self._asked)
        return FoundRecords(dossier, filter(None, map(renumber, self.numbers)))

    @cached_property
    def events(self) -> bytearray:
        """By the number of an event, 1 if it was found; 0 by that of a heading, below zero."""
        total = self.dossier.total
        found = bytearray(total + 1 + HEADINGS)
        for n in self.numbers:
            if n <= total:
                found[n] = 1
        return found

    def narrowed(self, facet: str, value: str) -> list[int]:
        """The numbers of what was found that stands under a value, in the order found."""
        if value == ALL:
            return self.numbers
        under = set(self.dossier.listing(facet, value).rows)
        return [n for n in self.numbers if n in under]

    def listing(self, facet: str, value: str, order: str) -> Listing:
        """What was found that stands under a value, in one of the orders SORTS."""
        numbers = self.narrowed(facet, value)
        if order == "best":
            return Listing.of(numbers)
        total = self.dossier.total
        found = self.dossier.arranger.listing(sorted(n for n in numbers if n <= total))
        if order == "oldest":
            found = found.turned()
        return found.with_others(n for n in numbers if n > total)

    def opening(self, listing: Listing, order: str) -> int:
        """The number of the record to begin at in a listing in `order`; 0 if there is none.

        Where no words were asked for, the best are by date: then, too, that is the newest that is
        not planned, unless all are.
        """
        if order == "newest":
            return listing.opening()
        if order == "best" and not self.words:
            planned = self.dossier.arranger.is_planned
            return next((n for n in listing.events if not planned(n)), listing.first)
        return listing.first


class FacetValues:
    """The values of a facet: all of them or, with `found`, those that events found stand under.

    Where `narrow` has words, only those values whose names have all of them; ALL is always there.
    """

    def __init__(
        self, dossier: Dossier, facet: str, found: FoundRecords | None = None, narrow: str = ""
    ) -> None:
        self.dossier, self.facet = dossier, facet
        self._chunks: dict[int, list[Value]] = {}
        self._some = self._chosen(found, narrow) if found or narrow.strip() else None
        self._places = {value.key: i for i, value in enumerate(self._some or ())}
        self._count = dossier.value_count(facet) if self._some is None else len(self._some)

    def __len__(self) -> int:
        return self._count

    def at(self, position: int) -> Value:
        """The value at a position, from 0 on."""
        if self._some is not None:
            return self._some[position]
        chunk, index = divmod(position, _CHUNK)
        if chunk not in self._chunks:
            start = chunk * _CHUNK
            self._chunks[chunk] = self.dossier.values(self.facet, start, start + _CHUNK)
        return self._chunks[chunk][index]

    def position(self, key: str) -> int | None:
        """Where a value stands, if it is among them."""
        if self._some is not None:
            return self._places.get(key)
        return self.dossier.value_position(self.facet, key)

    def _chosen(self, found: FoundRecords | None, narrow: str) -> list[Value]:
        values = self.dossier.values(self.facet)
        if found:
            totals = {ALL: sum(found.events), **self._totals(found.events)}
            values = [v._replace(total=totals[v.key]) for v in values if v.key in totals]
            if self.facet in BY_TOTAL:
                values[1:] = sorted(values[1:], key=lambda value: -value.total)
        words = fold(narrow).split()
        names = ((value, fold(f"{value.label} {value.key}")) for value in values)
        return [
            value
            for value, name in names
            if value.key == ALL or all(word in name for word in words)
        ]

    def _totals(self, events: bytearray) -> dict[str, int]:
        """By value, how many of these events stand under it; those with none are left out."""
        sql = "SELECT key, rows FROM listing WHERE facet = ? AND pos > 0"
        totals = {}
        for key, rows in self.dossier.connection.execute(sql, (self.facet,)):
            if total := sum(map(events.__getitem__, array("i", rows))):
                totals[key] = total
        return totals
