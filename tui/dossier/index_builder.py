"""Records → the index: numbers, listings and full text, written in one pass.

Events are numbered from 1 in the order they are read in: by date, parts right after their whole.
Other records follow. A *listing* is what a list shows for one facet value: event numbers with
year headings between them (a heading is the year, negated), and the depth of each row.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from tui.dossier import dates, folding, prose_links, records, store
from tui.dossier.query import token
from tui.dossier.vocabulary import EVENT_TYPES

FACETS = ("region", "type", "year", "actor", "place", "tag")
#: Like a facet, but of every record: what cites a source. Not offered as a grouping.
SOURCE = "source"
ALL = ""

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


class _Node(NamedTuple):
    """An event's place in the order of reading; `last` is the number of its last descendant."""

    entry: store.Entry
    event: records.Event
    date: dates.Date
    parent: int
    depth: int
    last: int


def build(
    connection: sqlite3.Connection,
    contents: store.Contents,
    mark: str,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the whole index of `contents` into an empty database.

    `progress` is called with events done and events in all; whatever it raises stops the making.
    """
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
    connection.execute("BEGIN")
    _Builder(connection, contents, progress).write()
    connection.executescript(_INDEXES)
    connection.executemany(
        "INSERT INTO meta VALUES(?, ?)",
        [("overview", contents.overview_body.decode()), ("mark", mark)],
    )
    connection.commit()


class _Builder:
    """Everything known while one index is being made."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        contents: store.Contents,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.connection = connection
        self.contents = contents
        self.progress = progress
        self.nodes = _in_order(contents.tables["events"])
        self.number = {node.event.id: n for n, node in enumerate(self.nodes, 1)}
        self.others = [
            (table, entry)
            for table in ("regions", "actors", "places", "sources")
            for entry in contents.tables[table]
        ]
        for n, (_, entry) in enumerate(self.others, len(self.nodes) + 1):
            self.number[entry.record.id] = n
        self.labels = {entry.record.id: _title(entry.record) for _, entry in self.others}
        self.regions: list[tuple[str, ...]] = []
        self.listings: dict[tuple[str, str], array[int]] = {}
        self.searched = {
            entry.record.id: folding.fold(" ".join([_title(entry.record), *_aliases(entry.record)]))
            for _, entry in self.others
        }
        self.fields: dict[tuple[str, str], str] = {}
        # By number, from 1: the year of each event, and its place among all by date alone.
        self.years = [0, *(dates.year(node.date) for node in self.nodes)]
        by_date = sorted(range(len(self.nodes)), key=lambda i: self.nodes[i].date.sort_key)
        self.ranks = [0] * (len(self.nodes) + 1)
        for rank, i in enumerate(by_date):
            self.ranks[i + 1] = rank

    def write(self) -> None:
        for node in self.nodes:
            own = node.event.regions
            self.regions.append(own or (self.regions[node.parent - 1] if node.parent else ()))
        total = len(self.nodes)
        for start in range(0, total, _BATCH):
            batch = range(start, min(start + _BATCH, total))
            self._write_events(batch)
            if self.progress:
                self.progress(batch.stop, total)
        self._write_others()
        self._write_states()
        self._write_listings()

    def _write_events(self, batch: range) -> None:
        rows, bodies, words, names, links = [], [], [], [], []
        for index in batch:
            node, regions, n = self.nodes[index], self.regions[index], index + 1
            event = node.event
            facets = list(_facets(node, regions))
            actors = " ".join(key for facet, key in facets if facet == "actor")
            for facet in facets:
                self.listings.setdefault(facet, array("i")).append(n)
            rows.append(
                (n, event.id, "event", event.type, event.title, event.date, node.date.lo,
                 node.date.hi, node.parent or None, node.depth, node.last, " ".join(regions),
                 event.place, event.summary, actors)
            )  # fmt: skip
            bodies.append((n, node.entry.body, node.entry.raw))
            words.append((n, *self._event_words(node, facets)))
            names += [(folding.fold(alias), n) for alias in (event.title, *event.aliases)]
            links += [
                (n, self.number[target], how)
                for target, how in _mentions(event)
                if target in self.number and target != event.id
            ]
        self._insert(rows, bodies, words, names)
        self.connection.executemany("INSERT INTO link VALUES(?, ?, ?)", links)

    def _write_others(self) -> None:
        rows, bodies, words, names, links = [], [], [], [], []
        for n, (table, entry) in enumerate(self.others, len(self.nodes) + 1):
            record, kind = entry.record, table.removesuffix("s")
            type_ = getattr(record, "type", kind)
            summary = getattr(record, "summary", "") or ""
            rows.append(
                (n, record.id, kind, type_, _title(record), None, None, None, None, 0, n, "",
                 None, summary, "")
            )  # fmt: skip
            bodies.append((n, entry.body, entry.raw))
            took_part = self.listings.get((kind, record.id), ())
            context = " ".join(self.nodes[m - 1].event.title for m in took_part)
            fields = f"kind={kind} type={type_}"
            words.append(
                (n, *map(folding.fold, (
                    _title(record), " ".join(_aliases(record)),
                    prose_links.plain(summary, self._label),
                    "", _described(record), "", "", context)), fields)
            )  # fmt: skip
            names += [(folding.fold(alias), n) for alias in (_title(record), *_aliases(record))]
            links += [
                (n, self.number[target], "mention")
                for target in prose_links.link_ids(summary)
                if target in self.number and target != record.id
            ]
        self._insert(rows, bodies, words, names)
        self.connection.executemany("INSERT INTO link VALUES(?, ?, ?)", links)

    def _write_states(self) -> None:
        """The state of each country; none where two records claim to be."""
        states: dict[str, list[int]] = {}
        for entry in self.contents.tables["actors"]:
            actor = entry.record
            if isinstance(actor, records.Actor) and actor.type == "state" and actor.country:
                states.setdefault(actor.country, []).append(self.number[actor.id])
        rows = [(country, *ns) for country, ns in states.items() if len(ns) == 1]
        self.connection.executemany("INSERT INTO state VALUES(?, ?)", rows)

    def _insert(
        self,
        rows: Iterable[tuple[object, ...]],
        bodies: Iterable[tuple[object, ...]],
        words: Iterable[tuple[object, ...]],
        names: Iterable[tuple[object, ...]],
    ) -> None:
        many = self.connection.executemany
        many(f"INSERT INTO record VALUES({'?, ' * 14}?)", rows)
        many("INSERT INTO body VALUES(?, ?, ?)", bodies)
        many(f"INSERT INTO words(rowid, title, aliases, summary, claims, names, tags, facts, "
             f"context, fields) VALUES({'?, ' * 9}?)", words)  # fmt: skip
        many("INSERT INTO name VALUES(?, ?)", names)

    def _event_words(self, node: _Node, facets: list[tuple[str, str]]) -> Iterator[str]:
        """The nine columns of full text, folded, for one event."""
        event, fold, searched = node.event, folding.fold, self.searched
        yield fold(event.title)
        yield fold(" ".join(event.aliases))
        yield fold(prose_links.plain(event.summary, self._label))
        yield fold(" ".join(prose_links.plain(claim.text, self._label) for claim in event.claims))
        ids = [participant.actor for participant in event.participants]
        ids += [event.place] if event.place else []
        yield " ".join(searched.get(id_) or fold(id_) for id_ in ids)
        yield fold(" ".join(event.tags))
        facts = [f"{label} {value}" for label, value in event.facts.items()]
        yield fold(" ".join([event.type, event.instrument or "", *facts]))
        context = [searched.get(key) or fold(key) for facet, key in facets if facet == "region"]
        above = node
        for _ in range(_ANCESTORS):
            if not above.parent:
                break
            above = self.nodes[above.parent - 1]
            context.append(fold(" ".join([above.event.title, *above.event.aliases])))
        yield " ".join(context)
        fields = ["kind=event"]
        if event.instrument:
            fields.append(f"instrument={token(event.instrument)}")
        fields += [self._field(facet) for facet in facets[1:]]
        yield " ".join(fields)

    def _field(self, facet: tuple[str, str]) -> str:
        """A facet value as a word of full text; made once, as there are few and many events."""
        if (word := self.fields.get(facet)) is None:
            word = self.fields[facet] = f"{facet[0]}={token(facet[1])}"
        return word

    def _label(self, id_: str) -> str:
        if label := self.labels.get(id_):
            return label
        n = self.number.get(id_)
        return self.nodes[n - 1].event.title if n else id_

    def _write_listings(self) -> None:
        found: dict[str, list[str]] = {facet: [] for facet in (*FACETS, SOURCE)}
        for facet, key in self.listings:
            if key != ALL:
                found[facet].append(key)
        known = [entry.record.id for entry in self.contents.tables["regions"]]
        empty = array("i")
        rows = []
        for facet, keys in found.items():
            if facet == "region":
                keys = list(dict.fromkeys([*known, *sorted(keys)]))
            elif facet == "type":
                order = {type_: i for i, type_ in enumerate(EVENT_TYPES)}
                keys.sort(key=lambda key: (order.get(key, len(order)), key))
            elif facet == "year":
                keys.sort()
            else:
                keys.sort(key=lambda key: (-len(self.listings[facet, key]), self._label(key)))
            for pos, key in enumerate([ALL, *keys]):
                ns = self.listings.get(("", ALL) if key == ALL else (facet, key), empty)
                shown, depths = self._arranged(ns)
                label = "All" if key == ALL else self._label(key)
                rows.append((facet, pos, key, label, len(ns), shown.tobytes(), bytes(depths)))
        self.connection.executemany(f"INSERT INTO listing VALUES({'?, ' * 6}?)", rows)

    def _arranged(self, ns: array[int]) -> tuple[array[int], bytearray]:
        """Put events (in the order of reading) under year headings, orphaned parts by date."""
        nodes, ranks = self.nodes, self.ranks
        starts: list[int] = []  # where in `ns` each block begins: an event and its parts after it
        depths = bytearray()
        open_: list[int] = []
        for place, n in enumerate(ns):
            while open_ and n > open_[-1]:
                open_.pop()
            if not open_:
                starts.append(place)
            depths.append(min(len(open_), 255))
            open_.append(nodes[n - 1].last)
        order = list(range(len(starts)))
        by_date = [ranks[ns[start]] for start in starts]
        if by_date != sorted(by_date):
            order.sort(key=by_date.__getitem__)
        starts.append(len(ns))
        rows, levels, heading = array("i"), bytearray(), 0
        for block in order:
            start, end = starts[block], starts[block + 1]
            if (year := self.years[ns[start]]) != heading:
                heading = year
                rows.append(-year)
                levels.append(0)
            rows.extend(ns[start:end])
            levels += depths[start:end]
        return rows, levels


def _in_order(entries: list[store.Entry]) -> list[_Node]:
    """Number the events: by date, parts after their whole, loops and lost wholes cut."""
    events = [entry.record for entry in entries if isinstance(entry.record, records.Event)]
    when = [dates.parse(event.date) for event in events]
    wholes = _wholes(events)
    children: dict[int, list[int]] = {}
    roots: list[int] = []
    for i in sorted(range(len(events)), key=lambda i: (when[i].sort_key, events[i].id)):
        whole = wholes[i]
        (roots if whole is None else children.setdefault(whole, [])).append(i)
    nodes: list[_Node] = []
    todo = [(i, 0, 0) for i in reversed(roots)]
    while todo:
        i, parent, depth = todo.pop()
        nodes.append(_Node(entries[i], events[i], when[i], parent, depth, len(nodes) + 1))
        n = len(nodes)
        todo += [(child, n, depth + 1) for child in reversed(children.get(i, ()))]
    for n in range(len(nodes), 0, -1):  # backwards: a part's end is known before its whole's
        node = nodes[n - 1]
        if node.parent and nodes[node.parent - 1].last < node.last:
            nodes[node.parent - 1] = nodes[node.parent - 1]._replace(last=node.last)
    return nodes


def _wholes(events: list[records.Event]) -> list[int | None]:
    """For each event the position of its whole; None where it has none or is part of itself."""
    by_id = {event.id: i for i, event in enumerate(events)}
    wholes = [by_id.get(event.part_of) if event.part_of else None for event in events]
    walked = [0] * len(events)
    for start in range(len(events)):
        i: int | None = start
        while i is not None and not walked[i]:
            walked[i] = start + 1
            i = wholes[i]
        if i is not None and walked[i] == start + 1:  # this walk met itself: a loop, cut whole
            while (above := wholes[i]) is not None:
                wholes[i] = None
                i = above
    return wholes


def _facets(node: _Node, regions: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every listing an event stands in, each once."""
    event = node.event
    yield "", ALL
    for region in dict.fromkeys(regions):
        yield "region", region
    yield "type", event.type
    yield "year", f"{dates.year(node.date):04d}"
    for actor in dict.fromkeys(participant.actor for participant in event.participants):
        yield "actor", actor
    if event.place:
        yield "place", event.place
    for tag in dict.fromkeys(event.tags):
        yield "tag", tag
    cited = [cite.source for claim in event.claims for cite in claim.cites]
    cited += [cite.source for step in event.steps for cite in step.cites]
    for source in dict.fromkeys(cited):
        yield SOURCE, source


def _mentions(event: records.Event) -> Iterator[tuple[str, str]]:
    """The records an event leads to in prose, by relation, or as the voice of a claim."""
    found = {relation.event: relation.kind or "related" for relation in event.related}
    for claim in event.claims:
        if claim.by:
            found.setdefault(claim.by, "voice")
    for prose in (event.summary, *(claim.text for claim in event.claims)):
        for id_ in prose_links.link_ids(prose):
            found.setdefault(id_, "mention")
    yield from found.items()


def _title(record: records.Record) -> str:
    return record.title if isinstance(record, records.Event | records.Source) else record.name


def _aliases(record: records.Record) -> tuple[str, ...]:
    return () if isinstance(record, records.Source) else record.aliases


def _described(record: records.Record) -> str:
    """The small print of a record that is worth finding it by."""
    if isinstance(record, records.Actor):
        return " ".join(role.title for role in record.roles)
    if isinstance(record, records.Source):
        return f"{record.publisher or ''} {record.author or ''}"
    return ""
