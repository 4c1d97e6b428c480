"""Records → the index: numbers, listings and full text, written in one pass.

Events have the numbers of the order of reading (see `listings`), and other records those after.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator

from tui.dossier import records, store
from tui.dossier.folding import fold
from tui.dossier.listings import Arranger, facets_of, reading_order
from tui.dossier.prose_links import link_ids, plain
from tui.dossier.query import token
from tui.dossier.vocabulary import ALL, EVENT_TYPES, FACETS

#: Like a facet, but not offered as a grouping: what cites a source.
_SOURCE = "source"
#: How many events are written at once; progress is told after each such batch.
_BATCH = 500
#: How far up a part is found by the words of what it came out of; a stranger may nest without end.
_ANCESTORS = 8

_SCHEMA = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE record(n INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, type TEXT,
    title TEXT NOT NULL, date TEXT, lo INTEGER, hi INTEGER, parent INTEGER, depth INTEGER,
    last INTEGER, regions TEXT, place TEXT, summary TEXT, actors TEXT);
CREATE TABLE body(n INTEGER PRIMARY KEY, json BLOB NOT NULL, raw BLOB);
CREATE TABLE listing(facet TEXT NOT NULL, pos INTEGER NOT NULL, key TEXT NOT NULL,
    label TEXT NOT NULL, count INTEGER NOT NULL, rows BLOB NOT NULL, depths BLOB NOT NULL);
CREATE TABLE link(source INTEGER NOT NULL, target INTEGER NOT NULL, how TEXT NOT NULL);
CREATE TABLE state(country TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE name(folded TEXT NOT NULL, n INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(title, aliases, summary, claims, names, tags, facts, context,
    fields, content='', prefix='1',
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*' tokenchars '=-'");
CREATE VIRTUAL TABLE terms USING fts5vocab(words, row);
CREATE TABLE vocabulary(term TEXT NOT NULL, records INTEGER NOT NULL);
"""
_INDEXES = """
CREATE UNIQUE INDEX record_id ON record(id);
CREATE INDEX record_lo ON record(lo) WHERE lo IS NOT NULL;
CREATE INDEX record_parent ON record(parent) WHERE parent IS NOT NULL;
CREATE UNIQUE INDEX listing_key ON listing(facet, key);
CREATE UNIQUE INDEX listing_pos ON listing(facet, pos);
CREATE INDEX link_target ON link(target);
CREATE INDEX name_folded ON name(folded);
CREATE INDEX name_n ON name(n);
INSERT INTO vocabulary SELECT term, doc FROM terms WHERE instr(term, '=') = 0;
DROP TABLE terms;
"""


def build(
    connection: sqlite3.Connection,
    contents: store.Contents,
    mark: str,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the whole index of `contents` into an empty database.

    `mark` says what it was made from. `progress` is called with events done and events in all;
    whatever it raises stops the making.
    """
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
    connection.execute("BEGIN")
    _Builder(connection, contents).write(progress)
    connection.executescript(_INDEXES)
    connection.executemany(
        "INSERT INTO meta VALUES(?, ?)",
        [("overview", contents.overview_body.decode()), ("mark", mark)],
    )
    connection.commit()


class _Batch:
    """Rows that are written together, a list for each table."""

    def __init__(self) -> None:
        self.records: list[tuple[object, ...]] = []
        self.bodies: list[tuple[int, bytes, bytes | None]] = []
        self.words: list[tuple[object, ...]] = []
        self.names: list[tuple[str, int]] = []
        self.links: list[tuple[int, int, str]] = []

    def write(self, connection: sqlite3.Connection) -> None:
        many = connection.executemany
        many(f"INSERT INTO record VALUES({'?, ' * 14}?)", self.records)
        many("INSERT INTO body VALUES(?, ?, ?)", self.bodies)
        many(f"INSERT INTO words(rowid, title, aliases, summary, claims, names, tags, facts, "
             f"context, fields) VALUES({'?, ' * 9}?)", self.words)  # fmt: skip
        many("INSERT INTO name VALUES(?, ?)", self.names)
        many("INSERT INTO link VALUES(?, ?, ?)", self.links)


class _Builder:
    """All that is known while one index is made."""

    def __init__(self, connection: sqlite3.Connection, contents: store.Contents) -> None:
        self.connection = connection
        self.contents = contents
        entries = contents.tables["events"]
        placed = reading_order(_events(entries))
        self.placed = placed
        self.entries = [entries[one.at] for one in placed]
        self.events = _events(self.entries)
        self.arranger = Arranger(placed)
        self.others = [
            (table.removesuffix("s"), entry)
            for table in ("regions", "actors", "places", "sources")
            for entry in contents.tables[table]
        ]
        self.number = {event.id: n for n, event in enumerate(self.events, 1)}
        for n, (_, entry) in enumerate(self.others, len(self.events) + 1):
            self.number[entry.record.id] = n
        self.labels = {entry.record.id: records.title_of(entry.record) for _, entry in self.others}
        # The names of other records, folded once, as there are few and many events.
        self.folded = {
            entry.record.id: fold(" ".join(records.names_of(entry.record)))
            for _, entry in self.others
        }
        self.tokens: dict[tuple[str, str], str] = {}
        self.regions: list[tuple[str, ...]] = []
        for event, one in zip(self.events, placed, strict=True):
            whole = self.regions[one.parent - 1] if one.parent else ()
            self.regions.append(event.regions or whole)
        #: The numbers of the events of each facet value, or under ("", ALL) of all.
        self.listed: dict[tuple[str, str], array[int]] = {("", ALL): array("i")}

    def write(self, progress: Callable[[int, int], None] | None) -> None:
        total = len(self.events)
        for start in range(0, total, _BATCH):
            batch, stop = _Batch(), min(start + _BATCH, total)
            for n in range(start + 1, stop + 1):
                self._add_event(batch, n)
            batch.write(self.connection)
            if progress:
                progress(stop, total)
        batch = _Batch()
        for n, (kind, entry) in enumerate(self.others, total + 1):
            self._add_other(batch, n, kind, entry)
        batch.write(self.connection)
        self.connection.executemany("INSERT INTO state VALUES(?, ?)", self._states())
        self.connection.executemany(f"INSERT INTO listing VALUES({'?, ' * 6}?)", self._listings())

    def _add_event(self, batch: _Batch, n: int) -> None:
        event, entry, one, regions = (
            self.events[n - 1], self.entries[n - 1], self.placed[n - 1], self.regions[n - 1]
        )  # fmt: skip
        facets = list(facets_of(event, one.date, regions))
        cited = [(_SOURCE, source) for source in records.sources_of(event)]
        for value in (("", ALL), *facets, *cited):
            self.listed.setdefault(value, array("i")).append(n)
        actors = " ".join(key for facet, key in facets if facet == "actor")
        batch.records.append(
            (n, event.id, "event", event.type, event.title, event.date, one.date.lo, one.date.hi,
             one.parent or None, one.depth, one.last, " ".join(regions), event.place,
             event.summary, actors)
        )  # fmt: skip
        batch.bodies.append((n, entry.body, entry.raw))
        batch.words.append((n, *self._event_words(n), self._fields(event, [*facets, *cited])))
        batch.names += [(fold(name), n) for name in records.names_of(event)]
        batch.links += self._links(n, event.id, _mentions(event))

    def _add_other(self, batch: _Batch, n: int, kind: str, entry: store.Entry) -> None:
        record = entry.record
        title, *aliases = records.names_of(record)
        type_, summary = getattr(record, "type", kind), getattr(record, "summary", "")
        batch.records.append(
            (n, record.id, kind, type_, title, None, None, None, None, 0, n, "", None, summary, "")
        )
        batch.bodies.append((n, entry.body, entry.raw))
        events = " ".join(self.events[m - 1].title for m in self.listed.get((kind, record.id), ()))
        text = (title, " ".join(aliases), plain(summary, self._label), "", _offices(record), "", "")
        fields = f"kind={kind} {self._token('type', type_)}"
        batch.words.append((n, *map(fold, (*text, events)), fields))
        batch.names += [(fold(name), n) for name in (title, *aliases)]
        batch.links += self._links(n, record.id, ((id_, "mention") for id_ in link_ids(summary)))

    def _links(
        self, n: int, id_: str, mentions: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[int, int, str]]:
        """The links of record `n` to other records; what leads nowhere is left out."""
        for target, how in mentions:
            if target in self.number and target != id_:
                yield n, self.number[target], how

    def _event_words(self, n: int) -> Iterator[str]:
        """The columns of full text but the last, folded, for one event."""
        event, folded = self.events[n - 1], self.folded
        yield fold(event.title)
        yield fold(" ".join(event.aliases))
        yield fold(plain(event.summary, self._label))
        yield fold(" ".join(plain(claim.text, self._label) for claim in event.claims))
        ids = [participant.actor for participant in event.participants]
        ids += [event.place] if event.place else []
        yield " ".join(folded.get(id_) or fold(id_) for id_ in ids)
        yield fold(" ".join(event.tags))
        facts = [f"{label} {value}" for label, value in event.facts.items()]
        yield fold(" ".join([event.type, event.instrument or "", *facts]))
        regions = dict.fromkeys(self.regions[n - 1])
        context = [folded.get(id_) or fold(id_) for id_ in regions]
        for _ in range(_ANCESTORS):
            n = self.placed[n - 1].parent
            if not n:
                break
            context.append(fold(" ".join(records.names_of(self.events[n - 1]))))
        yield " ".join(context)

    def _fields(self, event: records.Event, values: Iterable[tuple[str, str]]) -> str:
        """The last column: what a query's fields are answered from."""
        kinds = ["kind=event"]
        if event.instrument:
            kinds.append(self._token("instrument", event.instrument))
        return " ".join([*kinds, *(self._token(*value) for value in values)])

    def _token(self, facet: str, key: str) -> str:
        """A facet value as a word of full text; made once, as there are few and many events."""
        if (word := self.tokens.get((facet, key))) is None:
            word = self.tokens[facet, key] = f"{facet}={token(key)}"
        return word

    def _label(self, id_: str) -> str:
        if label := self.labels.get(id_):
            return label
        n = self.number.get(id_)
        return self.events[n - 1].title if n else id_

    def _states(self) -> Iterator[tuple[str, int]]:
        """The state of each country; none where two records claim to be."""
        states: dict[str, list[str]] = {}
        for entry in self.contents.tables["actors"]:
            actor = entry.record
            if isinstance(actor, records.Actor) and actor.type == "state" and actor.country:
                states.setdefault(actor.country, []).append(actor.id)
        for country, ids in states.items():
            if len(ids) == 1:
                yield country, self.number[ids[0]]

    def _listings(self) -> Iterator[tuple[object, ...]]:
        """Every value of every facet in order, ALL first, with its listing."""
        found: dict[str, list[str]] = {facet: [] for facet in (*FACETS, _SOURCE)}
        for facet, key in self.listed:
            if key != ALL:
                found[facet].append(key)
        every = self.arranger.listing(self.listed["", ALL])
        total, every_row = len(self.events), every.rows.tobytes()
        for facet, keys in found.items():
            yield facet, 0, ALL, "All", total, every_row, every.depths
            for position, key in enumerate(self._sorted(facet, keys), 1):
                numbers = self.listed.get((facet, key), array("i"))
                listing = self.arranger.listing(numbers)
                rows, depths = listing.rows.tobytes(), listing.depths
                yield facet, position, key, self._label(key), len(numbers), rows, depths

    def _sorted(self, facet: str, keys: list[str]) -> list[str]:
        """The values of a facet in the order of its list; of a region also those without events."""
        if facet == "region":
            known = [entry.record.id for entry in self.contents.tables["regions"]]
            return list(dict.fromkeys([*known, *sorted(keys)]))
        if facet == "type":
            order = {type_: i for i, type_ in enumerate(EVENT_TYPES)}
            return sorted(keys, key=lambda key: (order.get(key, len(order)), key))
        if facet == "year":
            return sorted(keys)
        return sorted(keys, key=lambda key: (-len(self.listed[facet, key]), self._label(key)))


def _events(entries: Iterable[store.Entry]) -> list[records.Event]:
    return [entry.record for entry in entries if isinstance(entry.record, records.Event)]


def _mentions(event: records.Event) -> Iterator[tuple[str, str]]:
    """The records an event leads to, each once: by relation, as the voice of a claim, in prose."""
    found = {relation.event: relation.kind or "related" for relation in event.related}
    for claim in event.claims:
        if claim.by:
            found.setdefault(claim.by, "voice")
    for _, prose in records.prose_of(event):
        for id_ in link_ids(prose):
            found.setdefault(id_, "mention")
    yield from found.items()


def _offices(record: records.Record) -> str:
    """What else a record is found by: the offices of an actor, the makers of a source."""
    if isinstance(record, records.Actor):
        return " ".join(role.title for role in record.roles)
    if isinstance(record, records.Source):
        return f"{record.publisher or ''} {record.author or ''}"
    return ""
