"""Who met whom: the encounters that each actor took part in, or had with another, by year.

An encounter is a summit, a visit or a meeting. For two actors it counts once: not again as a part
of one that both took part in, unless that is a process, which is open or takes more than 31 days.
Its year is the one it began in; a process that may reach from one year into another has none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from itertools import chain
from typing import NamedTuple

from tui.dossier import dates
from tui.dossier.dossier import Dossier
from tui.dossier.event_queries import actor_names, encounters, wholes
from tui.dossier.folding import fold
from tui.dossier.vocabulary import counted

#: Who can be listed: the types of actors, and what they are called; "" for all of them.
KINDS = {"person": "people", "state": "states", "organisation": "organisations", "": "all"}
#: What stands in place of a year: for the names, for all years, and for encounters without one.
NAMES, TOTAL, NO_YEAR = -2, -1, 0
_PROCESS_DAYS = 31
#: Said where there are no rows.
NOBODY = "nobody is recorded here"

_Years = dict[int, list[int]]  # encounters by year, and all of them under TOTAL


class MeetingRow(NamedTuple):
    """An actor with the encounters that count, and those that took place within one that does."""

    key: str
    name: str
    type: str
    counted: _Years
    within: _Years

    def count(self, column: int) -> int:
        """Count the encounters that count for a year or, before the years, for all of them."""
        return len(self.counted.get(max(column, TOTAL), ()))

    def count_within(self, column: int) -> int:
        """Count those that took place within one that counts, likewise."""
        return len(self.within.get(max(column, TOTAL), ()))


class MeetingCounts:
    """The encounters among some events of a dossier; among all where `events` is None.

    `actors` are their names and types by id, `years` those with encounters, the latest first.
    """

    def __init__(self, dossier: Dossier, events: Collection[int] | None = None) -> None:
        self._total = dossier.total if events is None else len(events)
        self.actors = actor_names(dossier)
        self._wholes = wholes(dossier)
        self._encounters: dict[int, tuple[int, str]] = {}  # the year, and who took part
        self._processes: set[int] = set()
        self._planned: set[int] = set()
        inside = None if events is None else frozenset(events)
        by_actor = _by_actor()
        for n, lo, hi, actors in encounters(dossier):
            if inside is not None and n not in inside:
                continue
            year = lo // 10000
            if lo != hi and _is_process(lo, hi):
                self._processes.add(n)
                year = year if hi // 10000 == year else NO_YEAR
            if lo > dossier.last_day:
                self._planned.add(n)
            self._encounters[n] = year, actors
            for actor in actors.split():
                by_actor[actor][year].append(n)
        self._rows = {actor: self._row(actor, years, {}) for actor, years in by_actor.items()}
        self.years = sorted({year for year, _ in self._encounters.values()} - {NO_YEAR})[::-1]

    def rows(self, kind: str, subject: str = "") -> list[MeetingRow]:
        """Give the actors of a kind: who took part or, for a `subject`, who met it."""
        found = self._met(subject) if subject else self._rows.values()
        return [row for row in found if kind in ("", row.type)]

    def told(self, subject: str = "") -> list[str]:
        """Tell how many events are encounters, of an actor or of anybody, and of what kind."""
        every = set(self._of(subject) if subject else self._encounters)
        timeless = sum(self._encounters[n][0] == NO_YEAR for n in self._processes & every)
        told = {"without a year": timeless, "planned": len(self._planned & every)}
        some = [f"{count:,} {words}" for words, count in told.items() if count]
        return [f"{len(every):,} of {counted(self._total)}", *some]

    def name(self, actor: str) -> str:
        """Give the name of an actor; its id where there is none."""
        return self.actors.get(actor, (actor, ""))[0]

    def title(self, subject: str) -> str:
        """Say what the rows of a subject are, or for "" those of all."""
        return f"Whom {self.name(subject)} met" if subject else "Who met whom"

    def pair(self, subject: str, row: MeetingRow) -> str:
        """Say whose encounters are counted in a row."""
        return f"{self.name(subject)} with {row.name}" if subject else row.name

    def _of(self, actor: str) -> list[int]:
        return self._rows[actor].counted[TOTAL] if actor in self._rows else []

    def _row(self, actor: str, counted: _Years, within: _Years) -> MeetingRow:
        for years in (counted, within):
            years[TOTAL] = sorted(chain.from_iterable(years.values()))
        return MeetingRow(actor, *self.actors.get(actor, (actor, "")), counted, within)

    def _met(self, subject: str) -> Iterable[MeetingRow]:
        mine = self._of(subject)
        single = {*mine} - self._processes
        whole_of: dict[int, int] = {}  # by event the encounter of these that it is part of
        for part, whole in self._wholes:
            whole_of[part] = whole if whole in single else whole_of.get(whole, 0)
        met: dict[int, set[str]] = {0: {subject}}  # in an encounter and in all it is part of
        counted, within = _by_actor(), _by_actor()
        for n in mine:
            year, actors = self._encounters[n]
            present, before = {*actors.split()}, met[whole_of.get(n, 0)]
            met[n] = before | present
            for actor in present - {subject}:
                (within if actor in before else counted)[actor][year].append(n)
        return (self._row(actor, years, within[actor]) for actor, years in counted.items())


def in_order(rows: Iterable[MeetingRow], column: int) -> list[MeetingRow]:
    """Sort rows by a column: names by the alphabet, counts by size, the most first."""
    by_name = sorted(rows, key=lambda row: (fold(row.name), row.key))
    if column == NAMES:
        return by_name

    def most(row: MeetingRow) -> tuple[int, ...]:
        return -row.count(column), -row.count_within(column), -row.count(TOTAL)

    return sorted(by_name, key=most)


def _by_actor() -> dict[str, _Years]:
    return defaultdict(lambda: defaultdict(list))


def _is_process(lo: int, hi: int) -> bool:
    """Whether the time from day `lo` to day `hi`, ``yyyymmdd``, is open or long."""
    first, last = (date(day // 10000, day // 100 % 100, day % 100) for day in (lo or 10101, hi))
    return not lo or hi == dates.LAST or (last - first).days >= _PROCESS_DAYS
