"""Who met whom: how many events each actor took part in, by year, or with each other actor."""

from bisect import bisect_left, bisect_right

from tui.dossier.dossier import Dossier, Value


class Meetings:
    """Counts of events by actor. `actors` come in order of how often, `years` in order.

    An event counts in each year that it falls on, as ``find actor:X on:YEAR`` does.
    """

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.actors: list[Value] = dossier.values("actor")[1:]
        self.years = [int(value.key) for value in dossier.values("year")[1:]]
        self._reach: list[tuple[int, int]] = []
        self._by_year: dict[int, list[list[int]]] = {}
        self._sets: dict[int, frozenset[int]] = {}

    def in_year(self, actor: int, year: int) -> list[int]:
        """The events of an actor that fall on a year; both by their place in the lists."""
        if actor not in self._by_year:
            self._by_year[actor] = self._spread(actor)
        return self._by_year[actor][year]

    def together(self, actor: int, other: int) -> list[int]:
        """The events that two actors both took part in."""
        shared = self._events(actor) & self._events(other)
        return sorted(shared)

    def count_together(self, actor: int, other: int) -> int:
        """How many those are."""
        return len(self._events(actor) & self._events(other))

    def _events(self, actor: int) -> frozenset[int]:
        if actor not in self._sets:
            listing = self.dossier.listing("actor", self.actors[actor].key)
            self._sets[actor] = frozenset(listing.events)
        return self._sets[actor]

    def _spread(self, actor: int) -> list[list[int]]:
        if not self._reach:
            sql = "SELECT lo / 10000, hi / 10000 FROM record WHERE kind = 'event' ORDER BY n"
            self._reach = [(0, 0), *self.dossier.connection.execute(sql)]
        found: list[list[int]] = [[] for _ in self.years]
        for n in sorted(self._events(actor)):
            first, last = self._reach[n]
            for year in range(bisect_left(self.years, first), bisect_right(self.years, last)):
                found[year].append(n)
        return found
