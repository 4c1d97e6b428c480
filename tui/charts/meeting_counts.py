"""Who met whom: the events that each actor took part in, by year or with another actor."""

from bisect import bisect_left, bisect_right
from functools import cache

from tui.dossier.dossier import Dossier, Value
from tui.dossier.event_queries import years_covered


class Meetings:
    """The events of actors; `actors` begin with who took part in most, `years` with the earliest.

    An event counts in each year that it may fall on, as for ``find actor:X on:YEAR``.
    """

    def __init__(self, dossier: Dossier) -> None:
        self.actors: list[Value] = dossier.values("actor")[1:]
        self.years = [int(value.key) for value in dossier.values("year")[1:]]
        self._covered = cache(lambda: years_covered(dossier))
        self._by_year = cache(self._spread)
        self._events = cache(
            lambda actor: frozenset(dossier.listing("actor", self.actors[actor].key).events)
        )

    def in_year(self, actor: int, year: int) -> list[int]:
        """Give the events of an actor in a year; both are positions in `actors` and `years`."""
        return self._by_year(actor)[year]

    def together(self, actor: int, other: int) -> list[int]:
        """Give the events that two actors, by their positions, both took part in."""
        return sorted(self._events(actor) & self._events(other))

    def count_together(self, actor: int, other: int) -> int:
        """Count the events that two actors both took part in."""
        return len(self._events(actor) & self._events(other))

    def _spread(self, actor: int) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.years]
        for n in sorted(self._events(actor)):
            first, last = self._covered()[n - 1]
            for year in range(bisect_left(self.years, first), bisect_right(self.years, last)):
                found[year].append(n)
        return found
