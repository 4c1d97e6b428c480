"""The dossier as the rest of the program sees it: questions answered from its index."""

import sqlite3
from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from tui.dossier import dates
from tui.dossier.arranger import Arranger
from tui.dossier.index_file import Progress, open_index
from tui.dossier.listings import EMPTY, ROW_COLUMNS, Listing, Row, Value, facets_of, shown_date
from tui.dossier.safe_text import clean
from tui.dossier.short_ids import UnknownId, unknown
from tui.dossier.vocabulary import ALL, RECORD_KINDS
from tui.files import Stamp

if TYPE_CHECKING:
    import os

    from tui.dossier.records import Overview, Record, Source

__all__ = ["ALL", "EMPTY", "Dossier", "Listing", "Row", "UnknownId", "Value", "shown_date"]

#: So many records are remembered once they were asked for.
_REMEMBERED = 4096
#: SQLite takes more parameters than this, but older ones not many more.
_AT_ONCE = 500
#: So many steps of a path are told at most.
_DEEPEST = 8
#: Sorts after every character of an id.
_AFTER = "\x7f"

_ROW = f"SELECT {ROW_COLUMNS} FROM record "  # noqa: S608
_Key = TypeVar("_Key")
_Answer = TypeVar("_Answer")


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
        self._by_id: dict[str, Row | None] = {}
        self._by_number: dict[int, Row | None] = {}
        self._sources: dict[str, Source | None] = {}
        self._states: dict[str, Row | None] = {}
        self._values: dict[tuple[str, str], Value] = {}

    @classmethod
    def open(cls, path: "str | os.PathLike[str]", progress: Progress | None = None) -> "Dossier":
        """Open the dossier at `path`, compiling it first where needed; raises StoreError."""
        connection, kept, stamp = open_index(path, progress)
        return cls(connection, kept=kept, stamp=stamp)

    def close(self) -> None:
        """Let go of the index, as is done where nobody holds the dossier any more."""
        self.connection.close()

    __del__ = close

    @cached_property
    def overview(self) -> "Overview":
        """The table ``meta``: title, subject, summary and the day it stands at."""
        import msgspec

        from tui.dossier.records import Overview

        sql = "SELECT value FROM meta WHERE key = 'overview'"
        (body,) = self.connection.execute(sql).fetchone()
        return msgspec.json.decode(body, type=Overview)

    @cached_property
    def last_day(self) -> int:
        """The last day that the dossier speaks for (yyyymmdd); what begins later is planned."""
        return dates.bounds(self.overview.as_of)[1]

    @cached_property
    def total(self) -> int:
        """How many events there are."""
        sql = "SELECT count FROM listing WHERE facet = 'region' AND pos = 0"
        return int(self.connection.execute(sql).fetchone()[0])

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Every word that can be found, folded, and in how many records it stands."""
        return dict(self.connection.execute("SELECT term, records FROM vocabulary"))

    # -- drill-down

    def value_count(self, facet: str) -> int:
        """How many values `facet` has, with ALL."""
        sql = "SELECT count(*) FROM listing WHERE facet = ?"
        return int(self.connection.execute(sql, (facet,)).fetchone()[0])

    def values(self, facet: str, start: int = 0, stop: int = 1 << 31) -> list[Value]:
        """The values of `facet` at positions `start` to `stop`, ALL first."""
        sql = (
            "SELECT key, label, count FROM listing WHERE facet = ? AND pos >= ? AND pos < ? "
            "ORDER BY pos"
        )
        return [Value(*row) for row in self.connection.execute(sql, (facet, start, stop))]

    def known_value(self, facet: str, key: str) -> str:
        """The value of a facet with this key, ALL where there is none."""
        return key if self.value_position(facet, key) is not None else ALL

    def value_position(self, facet: str, key: str) -> int | None:
        """The position of the value `key` in `facet`, if it is one."""
        sql = "SELECT pos FROM listing WHERE facet = ? AND key = ?"
        row = self.connection.execute(sql, (facet, clean(key))).fetchone()
        return row[0] if row else None

    def value(self, facet: str, key: str) -> Value:
        """The value `key` of `facet`; ALL where it is none."""
        if (facet, key) not in self._values:
            sql = "SELECT key, label, count FROM listing WHERE facet = ? AND key IN (?, ?)"
            found = self.connection.execute(f"{sql} ORDER BY pos DESC", (facet, key, ALL))
            return _remember(self._values, (facet, key), Value(*found.fetchone()))
        return self._values[facet, key]

    def values_of(self, facet: str, n: int) -> list[str]:
        """The values of `facet` that event `n` stands under; none for other records."""
        from tui.dossier.records import Event

        row = self.row_at(n)
        event = self.record(row) if row else None
        if row is None or not isinstance(event, Event):
            return []
        found = facets_of(event, dates.parse(event.date), row.regions)
        return [value for name, value in found if name == facet]

    def listing(self, facet: str, key: str) -> Listing:
        """The events of one facet value, the newest first; empty where there are none."""
        sql = "SELECT rows, depths, months FROM listing WHERE facet = ? AND key = ?"
        found = self.connection.execute(sql, (facet, clean(key))).fetchone()
        rows, depths, months = found or (b"", b"", b"")
        return Listing(array("i", rows), depths, array("i", months))

    @cached_property
    def arranger(self) -> Arranger:
        """Arranges any of the events as a list."""
        sql = "SELECT wholes, headings, ranks, months FROM arrangement"
        (blobs,) = self.connection.execute(sql)
        return Arranger(*(array("i", blob) for blob in blobs))

    def events_of(self, row: Row) -> Listing:
        """The events a region, actor, place or source stands in."""
        return self.listing(row.kind, row.id)

    # -- one record

    def rows(self, numbers: Iterable[int]) -> list[Row]:
        """The records with these numbers, in the order asked."""
        wanted = list(numbers)
        found = {row[0]: Row.of(row) for row in self.select(_ROW, wanted)}
        return [found[n] for n in wanted if n in found]

    def row_at(self, n: int) -> Row | None:
        """The record with this number, or None."""
        if n not in self._by_number:
            return _remember(self._by_number, n, next(iter(self.rows([n])), None))
        return self._by_number[n]

    def row(self, id_: str) -> Row | None:
        """The record with this id, or None."""
        if id_ not in self._by_id:
            # Cleaned, as SQLite refuses half a surrogate pair, which a shell and JSON may name.
            found = self.connection.execute(_ROW + "WHERE id = ?", (clean(id_),)).fetchone()
            return _remember(self._by_id, id_, Row.of(found) if found else None)
        return self._by_id[id_]

    def record(self, row: Row) -> "Record":
        """The whole record behind a row."""
        import msgspec

        from tui.dossier.records import TABLES

        return msgspec.json.decode(self.body(row), type=TABLES[f"{row.kind}s"])

    def body(self, row: Row, *, raw: bool = False) -> bytes:
        """A record's JSON: cleaned, or with `raw` as it stands in the file."""
        sql = f"SELECT {'coalesce(raw, json)' if raw else 'json'} FROM body WHERE n = ?"  # noqa: S608
        return bytes(self.connection.execute(sql, (row.n,)).fetchone()[0])

    def fetch(self, ids: Iterable[str]) -> None:
        """Remember the records with these ids, and sources whole: one query in place of many."""
        import msgspec

        from tui.dossier.records import Source

        wanted = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._by_id]
        columns = f"{ROW_COLUMNS}, CASE kind WHEN 'source' THEN json END"
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            sql = f"SELECT {columns} FROM record JOIN body USING(n) WHERE id IN ({marks})"  # noqa: S608
            for *row, body in self.connection.execute(sql, some):
                found = Row.of(row)
                _remember(self._by_id, found.id, found)
                _remember(self._by_number, found.n, found)
                if body:
                    _remember(self._sources, found.id, msgspec.json.decode(body, type=Source))

    def label(self, id_: str) -> str:
        """The name or title of a record; the id itself where there is no such record."""
        row = self.row(id_)
        return row.title if row else id_

    def source(self, id_: str) -> "Source | None":
        """A source by its id."""
        if id_ not in self._sources:
            from tui.dossier.records import Source

            row = self.row(id_)
            found = self.record(row) if row and row.kind == "source" else None
            return _remember(self._sources, id_, found if isinstance(found, Source) else None)
        return self._sources[id_]

    def state(self, country: str) -> Row | None:
        """The one actor that is the state of this country code; None if there are none or more."""
        if country not in self._states:
            sql = "SELECT n FROM state WHERE country = ?"
            found = self.connection.execute(sql, (country,)).fetchone()
            return _remember(self._states, country, self.row_at(found[0]) if found else None)
        return self._states[country]

    # -- by the beginning of an id

    def ids(self, start: str, kind: str = "", most: int = 1 << 31) -> list[str]:
        """The first `most` ids that begin with `start`, in order; all kinds of record if ""."""
        start = clean(start)
        sql = "SELECT id FROM record WHERE id >= ? AND id < ? AND ? IN ('', kind) "
        found = self.connection.execute(
            sql + "ORDER BY id LIMIT ?", (start, start + _AFTER, kind, most)
        )
        return [id_ for (id_,) in found]

    def resolve(self, id_: str) -> Row:
        """The record that `id_`, possibly shortened, means; raises UnknownId."""
        begin = self.ids(id_, most=6) if id_ else []
        row = self.row(id_) or (self.row(begin[0]) if len(begin) == 1 else None)
        if row is None:
            known = (near for kind in RECORD_KINDS for near in self.ids("", kind))
            raise unknown("record", id_, begin, () if begin else known)
        return row

    # -- around a record

    def whole(self, row: Row) -> Row | None:
        """The event that this one is part of."""
        return self.row_at(row.parent) if row.parent else None

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
        return [Row.of(found) for found in self.connection.execute(sql, (row.n,))]

    def backlinks(self, row: Row, but: Container[int] = ()) -> list[tuple[Row, str]]:
        """The records that lead here in prose or by relation, and how, in the order of reading.

        Those with their numbers in `but` are left out.
        """
        sql = "SELECT source, how FROM link WHERE target = ? ORDER BY source"
        found = self.connection.execute(sql, (row.n,))
        links = [(n, how) for n, how in found if n not in but]
        return list(zip(self.rows(n for n, _ in links), (how for _, how in links), strict=True))

    def select(self, sql: str, numbers: Sequence[int]) -> Iterator[Sequence[Any]]:
        """Run a query on the records with these numbers; its rows come in no order."""
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            where = f"WHERE n IN ({','.join('?' * len(some))})"
            yield from self.connection.execute(sql + where, some)


def _remember(known: dict[_Key, _Answer], key: _Key, answer: _Answer) -> _Answer:
    """Keep an answer beside those known, which are forgotten when they are too many."""
    if len(known) >= _REMEMBERED:
        known.clear()
    known[key] = answer
    return answer
