"""Who met whom: the events that each actor took part in, by year or with another actor."""

from bisect import bisect_left, bisect_right

from tui.dossier.dossier import Dossier, Value
from tui.dossier.event_queries import years_covered


class Meetings:
    """The events of actors; `actors` begin with who took part in most, `years` with the earliest.

    An event counts in each year that it may fall on, as for ``find actor:X on:YEAR``.
    """

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.actors: list[Value] = dossier.values("actor")[1:]
        self.years = [int(value.key) for value in dossier.values("year")[1:]]
        self._reach: list[tuple[int, int]] = []
        self._by_year: dict[int, list[list[int]]] = {}
        self._sets: dict[int, frozenset[int]] = {}

    def in_year(self, actor: int, year: int) -> list[int]:
        """Give the events of an actor in a year; both are positions in `actors` and `years`."""
        if actor not in self._by_year:
            self._by_year[actor] = self._spread(actor)
        return self._by_year[actor][year]

    def together(self, actor: int, other: int) -> list[int]:
        """Give the events that two actors, by their positions, both took part in."""
        return sorted(self._events(actor) & self._events(other))

    def count_together(self, actor: int, other: int) -> int:
        """Count the events that two actors both took part in."""
        return len(self._events(actor) & self._events(other))

    def _events(self, actor: int) -> frozenset[int]:
        if actor not in self._sets:
            listing = self.dossier.listing("actor", self.actors[actor].key)
            self._sets[actor] = frozenset(listing.events)
        return self._sets[actor]

    def _spread(self, actor: int) -> list[list[int]]:
        if not self._reach:
            self._reach = [(0, 0), *years_covered(self.dossier)]
        found: list[list[int]] = [[] for _ in self.years]
        for n in sorted(self._events(actor)):
            first, last = self._reach[n]
            for year in range(bisect_left(self.years, first), bisect_right(self.years, last)):
                found[year].append(n)
        return found
