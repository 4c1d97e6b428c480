"""Makes the index: writes numbers, listings and full text of records into a database.

Events have the numbers of the order of reading (see `listings`), and other records those after.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from math import log2

from tui.dossier import records, store
from tui.dossier.arranger import Arranger, reading_order
from tui.dossier.dates import Date, bounds, show
from tui.dossier.folding import fold
from tui.dossier.listings import facets_of
from tui.dossier.prose_links import plain
from tui.dossier.query import token
from tui.dossier.vocabulary import ALL, EVENT_TYPES, FACETS
from tui.dossier.word_forms import spoken

#: Like a facet, but not offered as a grouping: what cites a source.
_SOURCE = "source"
#: Progress is told after so many events.
_BATCH = 500
#: How far up a part is found by the words of what it came out of; a stranger may nest without end.
_ANCESTORS = 8

#: So many years of what goes on without end are words to find it by.
_YEARS = 30
#: The columns of full text.
_COLUMNS = "title, aliases, summary, claims, names, tags, facts, context, fields"
_SCHEMA = f"""
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE record(n INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, type TEXT,
    title TEXT NOT NULL, date TEXT, lo INTEGER, hi INTEGER, parent INTEGER, depth INTEGER,
    last INTEGER, regions TEXT, place TEXT, summary TEXT, actors TEXT, ord INTEGER, weight REAL);
CREATE TABLE body(n INTEGER PRIMARY KEY, json BLOB NOT NULL, raw BLOB);
CREATE TABLE listing(facet TEXT NOT NULL, pos INTEGER NOT NULL, key TEXT NOT NULL,
    label TEXT NOT NULL, count INTEGER NOT NULL, rows BLOB NOT NULL, depths BLOB NOT NULL);
CREATE TABLE arrangement(wholes BLOB NOT NULL, headings BLOB NOT NULL, ranks BLOB NOT NULL);
CREATE TABLE link(source INTEGER NOT NULL, target INTEGER NOT NULL, how TEXT NOT NULL);
CREATE TABLE state(country TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE name(folded TEXT NOT NULL, n INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5({_COLUMNS}, content='', prefix='1',
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*' tokenchars '=-'");
CREATE VIRTUAL TABLE terms USING fts5vocab(words, row);
CREATE TABLE vocabulary(term TEXT NOT NULL, records INTEGER NOT NULL);
"""
_VOCABULARY = "INSERT INTO vocabulary SELECT term, doc FROM terms WHERE instr(term, '=') = 0"
_INDEXES = """
CREATE UNIQUE INDEX record_id ON record(id);
CREATE INDEX record_lo ON record(lo) WHERE lo = 0;
CREATE INDEX record_ord ON record(ord, n, kind, type, lo, hi, weight);
CREATE INDEX record_parent ON record(parent) WHERE parent IS NOT NULL;
CREATE UNIQUE INDEX listing_key ON listing(facet, key);
CREATE UNIQUE INDEX listing_pos ON listing(facet, pos);
CREATE INDEX link_target ON link(target);
CREATE INDEX name_folded ON name(folded);
CREATE INDEX name_n ON name(n);
DROP TABLE terms;
"""


def build(
    connection: sqlite3.Connection,
    contents: store.LoadedDossier,
    mark: str,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the whole index of `contents` into an empty database.

    `mark` says what it was made from. `progress` is called with events done and events in all;
    whatever it raises stops the making.
    """
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
    connection.execute("BEGIN")
    _Builder(contents).write(connection, progress)
    connection.executescript(_INDEXES)
    connection.executemany(
        "INSERT INTO meta VALUES(?, ?)",
        [("overview", contents.overview_body.decode()), ("mark", mark)],
    )
    connection.commit()


class _Builder:
    """All that is known while one index is made; records are numbered from 1."""

    def __init__(self, contents: store.LoadedDossier) -> None:
        self.contents = contents
        self.last_day = bounds(contents.overview.as_of)[1]
        entries = contents.tables["events"]
        self.placed = reading_order(_events(entries))
        self.entries = [("event", entries[one.at]) for one in self.placed]
        self.events = _events(entry for _, entry in self.entries)
        for table in ("regions", "actors", "places", "sources"):
            self.entries += [(table.removesuffix("s"), entry) for entry in contents.tables[table]]
        others = [entry.record for _, entry in self.entries[len(self.events) :]]
        self.number = {entry.record.id: n for n, (_, entry) in enumerate(self.entries, 1)}
        self.labels = {record.id: records.title_of(record) for record in others}
        # The names of other records, folded once, as there are few and many events.
        self.folded = {record.id: fold(" ".join(records.names_of(record))) for record in others}
        self.tokens: dict[tuple[str, str], str] = {}
        self.regions: list[tuple[str, ...]] = []
        for event, one in zip(self.events, self.placed, strict=True):
            whole = self.regions[one.parent - 1] if one.parent else ()
            self.regions.append(event.regions or whole)
        self.links = list(self._links())
        self.linked = Counter(target for _, target, _ in self.links)
        dated = ((-one.date.sort_int, n) for n, one in enumerate(self.placed, 1))
        #: The numbers of the events, the newest first: the order of the rows in full text.
        self.newest = [n for _, n in sorted(dated)]
        #: The words of dates, folded, made once.
        self.dates: dict[str, str] = {}
        #: The numbers of the events of each facet value.
        self.listed: dict[tuple[str, str], array[int]] = {}

    def write(
        self, connection: sqlite3.Connection, progress: Callable[[int, int], None] | None
    ) -> None:
        many = connection.executemany
        marks = "?, " * 9 + "?"
        words, rows = f"INSERT INTO words(rowid, {_COLUMNS}) VALUES({marks})", self._words(progress)
        sources = len(self.contents.tables["sources"])
        many(words, islice(rows, len(self.entries) - sources))
        # Nothing is corrected to a word of a source's title alone, as sources are rarely found.
        connection.execute(_VOCABULARY)
        many(words, rows)
        many(f"INSERT INTO record VALUES({'?, ' * 16}?)", self._records())
        numbered = [(n, entry) for n, (_, entry) in enumerate(self.entries, 1)]
        many("INSERT INTO body VALUES(?, ?, ?)", ((n, e.body, e.raw) for n, e in numbered))
        names = ((n, fold(name)) for n, e in numbered for name in records.names_of(e.record))
        many("INSERT INTO name VALUES(?, ?)", ((spoken(name), n) for n, name in names))
        many("INSERT INTO link VALUES(?, ?, ?)", self.links)
        many("INSERT INTO state VALUES(?, ?)", self._states())
        arranger = Arranger.of(self.placed, self.last_day)
        many("INSERT INTO arrangement VALUES(?, ?, ?)", [arranger.stored])
        many(f"INSERT INTO listing VALUES({'?, ' * 6}?)", self._listings(arranger))

    # -- a row a record

    def _words(self, progress: Callable[[int, int], None] | None) -> Iterator[tuple[object, ...]]:
        """Full text, folded, in the order of _COLUMNS; notes what stands in which listing."""
        total = len(self.events)
        for row, n in enumerate([*self.newest, *range(total + 1, len(self.entries) + 1)], 1):
            kind, entry = self.entries[n - 1]
            record = entry.record
            if isinstance(record, records.Event):
                yield row, *self._event_words(n, record)
                if progress and (row % _BATCH == 0 or row == total):
                    progress(row, total)
                continue
            title, *aliases = records.names_of(record)
            summary = plain(getattr(record, "summary", ""), self._label)
            events = self.listed.get((kind, record.id), ())
            titles = " ".join(self.events[m - 1].title for m in events)
            type_ = self._token("type", getattr(record, "type", kind))
            text = (title, " ".join(aliases), summary, "", _offices(record), "", "", titles)
            yield row, *map(fold, text), f"kind={kind} {type_}"

    def _event_words(self, n: int, event: records.Event) -> Iterator[str]:
        folded, regions = self.folded, self.regions[n - 1]
        values = list(facets_of(event, self.placed[n - 1].date, regions))
        sources = records.sources_of(event)
        values += [(_SOURCE, source) for source in sources]
        for value in values:
            self.listed.setdefault(value, array("i")).append(n)
        yield fold(event.title)
        yield fold(" ".join(event.aliases))
        yield fold(plain(event.summary, self._label))
        yield fold(" ".join(plain(claim.text, self._label) for claim in event.claims))
        ids = [participant.actor for participant in event.participants]
        ids += [event.place] if event.place else []
        yield " ".join(folded.get(id_) or fold(id_) for id_ in ids)
        where = [folded.get(id_) or fold(id_) for id_ in dict.fromkeys(regions)]
        yield " ".join([fold(" ".join(event.tags)), *where])
        facts = [f"{label} {value}" for label, value in event.facts.items()]
        facts += [event.type, event.instrument or "", *(step.action for step in event.steps)]
        yield f"{fold(' '.join(facts))} {self._when(self.placed[n - 1].date)}"
        context = []
        for _ in range(_ANCESTORS):
            n = self.placed[n - 1].parent
            if not n:
                break
            context.append(fold(" ".join(records.names_of(self.events[n - 1]))))
        yield " ".join(context)
        values += [("instrument", event.instrument)] if event.instrument else []
        values += [("is", "disputed")] if records.disputed_of(event.claims) else []
        values += [("is", "single-source")] if len(sources) == 1 else []
        yield " ".join(["kind=event", *(self._token(*value) for value in values)])

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

    def _when(self, date: Date) -> str:
        """The words of a date: as it is shown, remarks aside, and the years it was going on in."""
        if (words := self.dates.get(date.text)) is None:
            shown = show(date).partition(" (")[0].partition(",")[0]
            first, last = date.lo // 10000, min(date.hi, self.last_day) // 10000
            years = map(str, range(max(first, last - _YEARS) + 1, last + 1))
            words = self.dates[date.text] = fold(" ".join([shown, *years]))
        return words

    def _weight(self, n: int) -> float:
        """What a record weighs when it is looked for, however well it matches."""
        linked = 1 + 0.5 * log2(1 + self.linked[n])
        if n > len(self.events):
            return linked * (0.2 if self.entries[n - 1][0] == "place" else 0.3)
        one, event = self.placed[n - 1], self.events[n - 1]
        parts = 1 + 0.08 * min(one.last - n, 5)
        summit = 1.2 if event.type == "summit" else 1.0
        return linked * parts * summit / (1 + 0.1 * one.depth)

    def _records(self) -> Iterator[tuple[object, ...]]:
        rows = {n: row for row, n in enumerate(self.newest, 1)}
        for n, (kind, entry) in enumerate(self.entries, 1):
            record = entry.record
            if not isinstance(record, records.Event):
                type_, summary = getattr(record, "type", kind), getattr(record, "summary", "")
                yield (n, record.id, kind, type_, records.title_of(record), None, None, None, None,
                       0, n, "", None, summary, "", n, self._weight(n))  # fmt: skip
                continue
            one = self.placed[n - 1]
            actors = dict.fromkeys(participant.actor for participant in record.participants)
            yield (n, record.id, kind, record.type, record.title, record.date, one.date.lo,
                   one.date.hi, one.parent or None, one.depth, one.last,
                   " ".join(self.regions[n - 1]), record.place, record.summary,
                   " ".join(actors), rows[n], self._weight(n))  # fmt: skip

    def _links(self) -> Iterator[tuple[int, int, str]]:
        """The links from record to record; what leads nowhere is left out."""
        for n, (_, entry) in enumerate(self.entries, 1):
            for target, how in records.mentions_of(entry.record).items():
                if target in self.number and target != entry.record.id:
                    yield n, self.number[target], how

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

    # -- a row a facet value

    def _listings(self, arranger: Arranger) -> Iterator[tuple[object, ...]]:
        """Every value of every facet in order, ALL first, with its listing."""
        found: dict[str, list[str]] = {facet: [] for facet in (*FACETS, _SOURCE)}
        for facet, key in self.listed:
            if key != ALL:
                found[facet].append(key)
        every = arranger.listing(range(1, len(self.events) + 1)).stored
        for facet, keys in found.items():
            yield facet, 0, ALL, "All", len(self.events), *every
            for position, key in enumerate(self._sorted(facet, keys), 1):
                numbers = sorted(self.listed.get((facet, key), ()))
                rows, depths = arranger.listing(numbers).stored
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
            return sorted(keys, reverse=True)  # the newest first, as in lists
        return sorted(keys, key=lambda key: (-len(self.listed[facet, key]), self._label(key)))


def _events(entries: Iterable[store.StoredRecord]) -> list[records.Event]:
    return [entry.record for entry in entries if isinstance(entry.record, records.Event)]


def _offices(record: records.Record) -> str:
    """More words to find a record by: the offices of an actor, the makers of a source."""
    if isinstance(record, records.Actor):
        return " ".join(role.title for role in record.roles)
    if isinstance(record, records.Source):
        return f"{record.publisher or ''} {record.author or ''}"
    return ""
