"""Dossier: all that the rest of the program asks of one, answered from its index."""

import sqlite3
from array import array
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.dossier import dates, safe_text
from tui.dossier.index_file import Progress, open_index
from tui.files import Stamp

if TYPE_CHECKING:
    import os

    from tui.dossier.records import Overview, Record, Source

ALL = ""
_REMEMBERED = 4096
#: So many steps of a path are told at most.
_DEEPEST = 8

_ROW = (
    "SELECT n, id, kind, type, title, date, lo, hi, parent, depth, last, regions, place, summary "
    "FROM record "
)


class Row(NamedTuple):
    """One record in a list: what is shown of it, without its claims.

    `date` is EDTF, `lo` and `hi` are the first and last day it may cover (yyyymmdd); all three
    are None but for events. `parent` is the number of the event it is part of, `last` the number
    of its last descendant.
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


class Value(NamedTuple):
    """One value of a facet with its total: `key` is the id or word, ALL for every event."""

    key: str
    label: str
    total: int


class Listing(NamedTuple):
    """The rows of a list: an event's number, or a year heading (the year, negated); depths."""

    rows: "array[int]"
    depths: bytes

    @property
    def events(self) -> list[int]:
        """The event numbers alone, in order."""
        return [n for n in self.rows if n > 0]


#: The listing of a value without events.
EMPTY = Listing(array("i"), b"")


class UnknownId(Exception):
    """No record has that id; the message says what is near."""


class Dossier:
    """A dossier open for reading. `kept` is False where its index could not be kept on disk.

    `stamp` tells the file it was read from, and which state of it; None for one that has no file.
    """

    def __init__(
        self, connection: sqlite3.Connection, *, kept: bool = True, stamp: Stamp | None = None
    ) -> None:
        self.connection = connection
        self.kept = kept
        self.stamp = stamp
        self._overview: Overview | None = None
        self._known: dict[str, Row | None] = {}
        self._states: dict[str, Row | None] = {}
        self._vocabulary: dict[str, int] | None = None

    @classmethod
    def open(cls, path: "str | os.PathLike[str]", progress: Progress | None = None) -> "Dossier":
        """Open the dossier at `path`, compiling it first where needed; raises StoreError."""
        connection, kept, stamp = open_index(path, progress)
        return cls(connection, kept=kept, stamp=stamp)

    def close(self) -> None:
        """Let go of the index."""
        self.connection.close()

    @property
    def overview(self) -> "Overview":
        """What the dossier is about: the table ``meta``."""
        if self._overview is None:
            import msgspec

            from tui.dossier.records import Overview

            sql = "SELECT value FROM meta WHERE key = 'overview'"
            (body,) = self.connection.execute(sql).fetchone()
            self._overview = msgspec.json.decode(body, type=Overview)
        return self._overview

    @property
    def total(self) -> int:
        """How many events there are."""
        sql = "SELECT count FROM listing WHERE facet = 'region' AND pos = 0"
        return int(self.connection.execute(sql).fetchone()[0])

    @property
    def vocabulary(self) -> dict[str, int]:
        """Every word that can be found, folded, and in how many records it stands."""
        if self._vocabulary is None:
            sql = "SELECT term, records FROM vocabulary"
            self._vocabulary = dict(self.connection.execute(sql))
        return self._vocabulary

    # -- drill-down

    def value_count(self, facet: str) -> int:
        """How many values `facet` has, with All."""
        sql = "SELECT count(*) FROM listing WHERE facet = ?"
        return int(self.connection.execute(sql, (facet,)).fetchone()[0])

    def values(self, facet: str, start: int = 0, stop: int = 1 << 31) -> list[Value]:
        """The values of `facet` at positions `start` to `stop`, All first."""
        sql = (
            "SELECT key, label, count FROM listing WHERE facet = ? AND pos >= ? AND pos < ? "
            "ORDER BY pos"
        )
        return [Value(*row) for row in self.connection.execute(sql, (facet, start, stop))]

    def value_position(self, facet: str, key: str) -> int | None:
        """Where in `facet` the value `key` stands."""
        sql = "SELECT pos FROM listing WHERE facet = ? AND key = ?"
        row = self.connection.execute(sql, (facet, key)).fetchone()
        return row[0] if row else None

    def values_of(self, facet: str, n: int) -> list[str]:
        """The values of `facet` that event `n` stands under; none for other records."""
        row = next(iter(self.rows([n])), None)
        if row is None or row.kind != "event":
            return []
        if facet == "region":
            return list(row.regions)
        if facet == "type":
            return [row.type]
        if facet == "year":
            return [f"{dates.year(dates.parse(row.date)):04d}"] if row.date else []
        if facet == "place":
            return [row.place] if row.place else []
        event = self.record(row)
        from tui.dossier.records import Event

        if not isinstance(event, Event):
            return []
        if facet == "tag":
            return list(event.tags)
        return [participant.actor for participant in event.participants]

    def listing(self, facet: str, key: str) -> Listing:
        """The events of one facet value; empty where there are none."""
        sql = "SELECT rows, depths FROM listing WHERE facet = ? AND key = ?"
        rows, depths = self.connection.execute(sql, (facet, key)).fetchone() or (b"", b"")
        return Listing(array("i", rows), depths)

    def rows(self, numbers: Iterable[int]) -> list[Row]:
        """The records with these numbers, in the order asked."""
        wanted = list(numbers)
        found: dict[int, Row] = {}
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            sql = _ROW + f"WHERE n IN ({','.join('?' * len(some))})"
            found |= {row[0]: _row(row) for row in self.connection.execute(sql, some)}
        return [found[n] for n in wanted if n in found]

    # -- one record

    def row(self, id_: str) -> Row | None:
        """The record with this id, or None."""
        if id_ not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            row = self.connection.execute(_ROW + "WHERE id = ?", (id_,)).fetchone()
            self._known[id_] = _row(row) if row else None
        return self._known[id_]

    def record(self, row: Row) -> "Record":
        """The whole record behind a row."""
        import msgspec

        from tui.dossier.records import TABLES

        return msgspec.json.decode(self.body(row), type=TABLES[f"{row.kind}s"])

    def body(self, row: Row, *, raw: bool = False) -> bytes:
        """A record's JSON: cleaned, or with `raw` as it stands in the file."""
        sql = f"SELECT {'coalesce(raw, json)' if raw else 'json'} FROM body WHERE n = ?"  # noqa: S608
        return bytes(self.connection.execute(sql, (row.n,)).fetchone()[0])

    def label(self, id_: str) -> str:
        """The name or title of a record; the id itself where there is no such record."""
        row = self.row(id_)
        return row.title if row else id_

    def resolve(self, id_: str) -> Row:
        """The record that `id_`, possibly shortened, means; raises UnknownId."""
        if row := self.row(id_):
            return row
        near = "\x7f"  # sorts after every character of an id
        sql = _ROW + "WHERE id >= ? AND id < ? ORDER BY id LIMIT 6"
        matches = [_row(row) for row in self.connection.execute(sql, (id_, id_ + near))]
        if len(matches) == 1 and id_:
            return matches[0]
        shown = safe_text.clean_line(id_)[:80]
        if matches and id_:
            names = ", ".join(row.id for row in matches[:5]) + ("…" if len(matches) > 5 else "")
            raise UnknownId(f"{shown}: more than one record begins so: {names}")
        nearest = self._nearest(id_)
        hint = f"; nearest: {', '.join(nearest)}" if nearest else ""
        raise UnknownId(f"{shown}: no such record{hint}")

    def resolve_tag(self, tag: str) -> str:
        """The tag that `tag`, in any case, possibly shortened, means; raises UnknownId."""
        tags = [value.key for value in self.values("tag")[1:]]
        wanted = tag.casefold()
        same = [found for found in tags if found.casefold() == wanted]
        begin = same or [found for found in tags if wanted and found.casefold().startswith(wanted)]
        if tag in tags or len(begin) == 1:
            return tag if tag in tags else begin[0]
        shown = safe_text.clean_line(tag)[:80]
        if begin:
            names = ", ".join(begin[:5]) + ("…" if len(begin) > 5 else "")
            raise UnknownId(f"tag:{shown}: more than one tag begins so: {names}")
        nearest = [f"tag:{found}" for found in _nearest(tag, tags)]
        hint = f"; nearest: {', '.join(nearest)}" if nearest else ""
        raise UnknownId(f"tag:{shown}: no such tag{hint}")

    def _nearest(self, id_: str) -> list[str]:
        return _nearest(id_, [row[0] for row in self.connection.execute("SELECT id FROM record")])

    # -- around a record

    def whole(self, row: Row) -> Row | None:
        """The event that this one is part of."""
        return next(iter(self.rows([row.parent])), None) if row.parent else None

    def path(self, row: Row | None) -> list[Row]:
        """A record after the events it is part of, the outermost first."""
        steps: list[Row] = []
        while row and len(steps) < _DEEPEST:
            steps.insert(0, row)
            row = self.whole(row)
        return steps

    def parts(self, row: Row) -> list[Row]:
        """The events that are part of this one, in date order."""
        sql = _ROW + "WHERE parent = ? ORDER BY n"
        return [_row(found) for found in self.connection.execute(sql, (row.n,))]

    def backlinks(self, row: Row, but: Container[int] = ()) -> list[tuple[Row, str]]:
        """The records that lead here in prose or by relation, and how, in the order of reading.

        Those with their numbers in `but` are left out.
        """
        sql = "SELECT source, how FROM link WHERE target = ? ORDER BY source"
        found = self.connection.execute(sql, (row.n,))
        links = [(n, how) for n, how in found if n not in but]
        return list(zip(self.rows(n for n, _ in links), (how for _, how in links), strict=True))

    def taking_part(self, events: Sequence[int]) -> dict[str, int]:
        """In how many of these events each actor took part; those who did in none are left out."""
        counts: dict[str, int] = {}
        for start in range(0, len(events), 500):
            some = events[start : start + 500]
            sql = f"SELECT actors FROM record WHERE n IN ({','.join('?' * len(some))})"  # noqa: S608
            for (actors,) in self.connection.execute(sql, some):
                for actor in actors.split():
                    counts[actor] = counts.get(actor, 0) + 1
        return counts

    def events_of(self, row: Row) -> Listing:
        """The events a region, actor, place or source stands in."""
        return self.listing(row.kind, row.id)

    def state(self, country: str) -> Row | None:
        """The one actor that is the state of this country code; None if there are none or more."""
        if country not in self._states:
            sql = "SELECT n FROM state WHERE country = ?"
            found = self.connection.execute(sql, (country,)).fetchone()
            self._states[country] = next(iter(self.rows(found)), None) if found else None
        return self._states[country]

    def source(self, id_: str) -> "Source | None":
        """A source by its id."""
        row = self.row(id_)
        if row is None or row.kind != "source":
            return None
        from tui.dossier.records import Source

        found = self.record(row)
        return found if isinstance(found, Source) else None


def _row(row: Sequence[Any]) -> Row:
    return Row._make((*row[:11], _ids(row[11]), *row[12:]))


@lru_cache(_REMEMBERED)
def _ids(words: str | None) -> tuple[str, ...]:
    """The ids of regions that stand in one column: few, and the same for many events."""
    return tuple((words or "").split())


def _nearest(name: str, names: list[str]) -> list[str]:
    from rapidfuzz import process

    return [found[0] for found in process.extract(name[:80], names, limit=3, score_cutoff=75)]


def shown_date(row: Row) -> str:
    """A row's date in words, empty where it has none."""
    return _in_words(row.date) if row.date else ""


@lru_cache(_REMEMBERED)
def _in_words(date: str) -> str:
    return dates.show(dates.parse(date))
