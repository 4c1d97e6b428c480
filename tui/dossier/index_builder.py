"""Makes the index: writes numbers, listings and full text of records into a database.

Events have the numbers of the order of reading (see `listings`), and other records those after.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from math import log2
from typing import Any
from zlib import crc32

import msgspec
from msgspec import Struct

from tui.dossier import records, store
from tui.dossier.arranger import Arranger, reading_order
from tui.dossier.dates import Date, bounds, show
from tui.dossier.folding import fold
from tui.dossier.index_schema import COLUMNS, INDEXES, SCHEMA, VOCABULARY
from tui.dossier.listings import facets_of, in_order, packed_types
from tui.dossier.prose_links import plain
from tui.dossier.query import token
from tui.dossier.vocabulary import ALL, FACETS
from tui.dossier.word_forms import spoken

#: Like a facet, but not offered as a grouping: what cites a source.
_SOURCE = "source"
#: Progress is told after so many events.
_BATCH = 500
#: How far up a part is found by the words of what it came out of; a stranger may nest without end.
_ANCESTORS = 8
#: So many years of what goes on without end are words to find it by.
_YEARS = 30


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
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
    connection.execute("BEGIN")
    _Builder(contents).write(connection, progress)
    connection.executescript(INDEXES)
    connection.executemany(
        "INSERT INTO meta VALUES(?, ?)",
        [("overview", contents.overview_body.decode()), ("mark", mark)],
    )
    connection.commit()


class _Brief(Struct):
    """What is known of every event at once while an index is made."""

    id: str
    title: str
    date: str
    part_of: str | None = None
    regions: tuple[str, ...] = ()


class _Builder:
    """All that is known while one index is made; records are numbered from 1.

    Events are decoded as their turn comes, twice: all of them at once take several times the file.
    """

    def __init__(self, contents: store.LoadedDossier) -> None:
        self.contents = contents
        self.last_day = bounds(contents.overview.as_of)[1]
        entries = contents.tables["events"]
        shared: dict[object, Any] = {}  # dates and regions of many events are the same
        briefs = [*map(msgspec.json.Decoder(_Brief).decode, (entry.body for entry in entries))]
        for event in briefs:
            event.date = shared.setdefault(event.date, event.date)
            event.regions = shared.setdefault(event.regions, event.regions)
        self.placed = reading_order(briefs)
        self.entries = [entries[placed.at] for placed in self.placed]
        self.events = [briefs[placed.at] for placed in self.placed]
        self.kinds: list[str] = []
        for table in ("regions", "actors", "places", "sources"):
            self.entries += contents.tables[table]
            self.kinds += [table.removesuffix("s")] * len(contents.tables[table])
        others = [entry.record for entry in self.entries[len(self.events) :]]
        ids = chain((event.id for event in self.events), (record.id for record in others))
        self.number = {id_: n for n, id_ in enumerate(ids, 1)}
        self.labels = {record.id: records.title_of(record) for record in others}
        # The names of other records, folded once, as there are few and many events.
        self.folded = {record.id: fold(" ".join(records.names_of(record))) for record in others}
        self.tokens: dict[tuple[str, str], str] = {}
        self.regions: list[tuple[str, ...]] = []
        for event, one in zip(self.events, self.placed, strict=True):
            whole = self.regions[one.parent - 1] if one.parent else ()
            self.regions.append(event.regions or whole)
        #: The links: from which record, to which, and how, by the place of that in `hows`.
        self.links = array("i"), array("i"), array("i")
        self.hows: dict[str, int] = {}
        self.linked: Counter[int] = Counter()
        dates = array("q", [one.date.sort_int for one in self.placed])
        #: The numbers of the events, the newest first: the order of the rows in full text.
        self.newest = array("i", sorted(range(1, len(dates) + 1), key=lambda n: -dates[n - 1]))
        #: The words of dates, folded, made once.
        self.dates: dict[str, str] = {}
        #: The numbers of the events of each facet value.
        self.listed: dict[tuple[str, str], array[int]] = {}

    def write(
        self, connection: sqlite3.Connection, progress: Callable[[int, int], None] | None
    ) -> None:
        many = connection.executemany
        words = f"INSERT INTO words(rowid, {COLUMNS}) VALUES({'?, ' * 9}?)"
        rows, sources = self._words(progress), len(self.contents.tables["sources"])
        many(words, islice(rows, len(self.entries) - sources))
        # Nothing is corrected to a word of a source's title alone, as sources are rarely found.
        connection.execute(VOCABULARY)
        many(words, rows)
        self._write_records(connection)
        from_, to, hows = self.links
        hows_in_words = map([*self.hows].__getitem__, hows)
        many("INSERT INTO link VALUES(?, ?, ?)", zip(from_, to, hows_in_words, strict=True))
        many("INSERT INTO state VALUES(?, ?)", self._states())
        arranger = Arranger.of(self.placed, self.last_day)
        many("INSERT INTO arrangement VALUES(?, ?, ?, ?)", [arranger.stored])
        places, types = packed_types(self.listed, len(self.events))
        many("INSERT INTO types VALUES(?, ?)", [(places, msgspec.json.encode(types))])
        many(f"INSERT INTO listing VALUES({'?, ' * 7}?)", self._listings(arranger))

    # -- a row a record

    def _words(self, progress: Callable[[int, int], None] | None) -> Iterator[tuple[object, ...]]:
        """Full text, folded, in the order of COLUMNS; notes what stands in which listing."""
        total = len(self.events)
        for row, n in enumerate([*self.newest, *range(total + 1, len(self.entries) + 1)], 1):
            record = self.entries[n - 1].record
            self._take_links(n, record)
            if isinstance(record, records.Event):
                yield row, *self._event_words(n, record)
                if progress and (row % _BATCH == 0 or row == total):
                    progress(row, total)
                continue
            kind = self._kind(n)
            title, *aliases = records.names_of(record)
            summary = plain(getattr(record, "summary", ""), self._label)
            events = self.listed.get((kind, record.id), ())
            # One by one: the words of a hundred thousand at once take as much as the file.
            titles = " ".join(fold(self.events[m - 1].title) for m in events)
            type_ = self._token("type", getattr(record, "type", kind))
            text = (title, " ".join(aliases), summary, "", records.makers_of(record), "", "")
            yield row, *map(fold, text), titles, f"kind={kind} {type_}"

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
            if not (n := self.placed[n - 1].parent):
                break
            context.append(fold(" ".join(records.names_of(self.entries[n - 1].record))))
        yield " ".join(context)
        values += [("instrument", event.instrument)] if event.instrument else []
        values += [("step", action) for action in dict.fromkeys(s.action for s in event.steps)]
        values += [("is", "disputed")] if records.disputed_of(event.claims) else []
        values += [("is", "single-source")] if len(sources) == 1 else []
        yield " ".join(["kind=event", *(self._token(*value) for value in values)])

    def _token(self, facet: str, key: str) -> str:
        """A facet value as a word of full text; made once, as there are few and many events."""
        if (word := self.tokens.get((facet, key))) is None:
            word = self.tokens[facet, key] = f"{facet}={token(key)}"
        return word

    def _label(self, id_: str) -> str:
        n = self.number.get(id_)
        return self.labels.get(id_) or (self.events[n - 1].title if n else id_)

    def _when(self, date: Date) -> str:
        """The words of a date: as it is shown, remarks aside, and the years it was going on in."""
        if (words := self.dates.get(date.text)) is None:
            shown = show(date).partition(" (")[0].partition(",")[0]
            first, last = date.lo // 10000, min(date.hi, self.last_day) // 10000
            years = map(str, range(max(first, last - _YEARS) + 1, last + 1))
            words = self.dates[date.text] = fold(" ".join([shown, *years]))
        return words

    def _weight(self, n: int, type_: str) -> float:
        """What a record weighs when it is looked for, however well it matches."""
        linked = 1 + 0.5 * log2(1 + self.linked[n])
        if n > len(self.events):
            return linked * (0.2 if self._kind(n) == "place" else 0.3)
        one = self.placed[n - 1]
        parts = 1 + 0.08 * min(one.last - n, 5)
        return linked * parts * (1.2 if type_ == "summit" else 1) / (1 + 0.1 * one.depth)

    def _kind(self, n: int) -> str:
        return "event" if n <= len(self.events) else self.kinds[n - 1 - len(self.events)]

    def _write_records(self, connection: sqlite3.Connection) -> None:
        """Write what is listed of each record, its JSON and its names, some records at a time."""
        rows = array("i", [0]) * (len(self.events) + 1)
        for row, n in enumerate(self.newest, 1):
            rows[n] = row
        for start in range(0, len(self.entries), _BATCH):
            entries = self.entries[start : start + _BATCH]
            some = [(n, entry.record) for n, entry in enumerate(entries, start + 1)]
            connection.executemany(
                f"INSERT INTO record VALUES({'?, ' * 16}?)",
                [self._row(n, record, rows) for n, record in some],
            )
            connection.executemany(
                "INSERT INTO body VALUES(?, ?, ?, ?)",
                [(n, crc32(e.body), e.body, e.raw) for n, e in enumerate(entries, start + 1)],
            )
            names = ((n, fold(name)) for n, record in some for name in records.names_of(record))
            connection.executemany(
                "INSERT INTO name VALUES(?, ?)", [(spoken(name), n) for n, name in names]
            )

    def _row(self, n: int, record: records.Record, rows: Sequence[int]) -> tuple[object, ...]:
        """What is listed of a record; `rows` has the row in full text of each event."""
        if not isinstance(record, records.Event):
            kind = self._kind(n)
            type_, summary = getattr(record, "type", kind), getattr(record, "summary", "")
            return (n, record.id, kind, type_, records.title_of(record), None, None, None, None,
                    0, n, "", None, summary, "", n, self._weight(n, type_))  # fmt: skip
        one = self.placed[n - 1]
        actors = dict.fromkeys(participant.actor for participant in record.participants)
        return (n, record.id, "event", record.type, record.title, record.date, one.date.lo,
                one.date.hi, one.parent or None, one.depth, one.last,
                " ".join(self.regions[n - 1]), record.place, record.summary,
                " ".join(actors), rows[n], self._weight(n, record.type))  # fmt: skip

    def _take_links(self, n: int, record: records.Record) -> None:
        """Take the links from a record to others; what leads nowhere is left out."""
        for target, how in records.mentions_of(record).items():
            if (m := self.number.get(target)) and target != record.id:
                link = n, m, self.hows.setdefault(how, len(self.hows))
                for column, value in zip(self.links, link, strict=True):
                    column.append(value)
                self.linked[m] += 1

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
        numbers = range(1, len(self.events) + 1)
        every = *arranger.listing(numbers).stored, arranger.month_counts(numbers).tobytes()
        for facet, keys in found.items():
            yield facet, 0, ALL, "All", len(self.events), *every
            if facet == "region":  # those without events, too
                known = [entry.record.id for entry in self.contents.tables["regions"]]
                ordered = list(dict.fromkeys([*known, *sorted(keys)]))
            else:
                counts = {key: len(self.listed[facet, key]) for key in keys}
                ordered = in_order(facet, counts, self._label)
            for position, key in enumerate(ordered, 1):
                listed = sorted(self.listed.get((facet, key), ()))
                stored = *arranger.listing(listed).stored, arranger.month_counts(listed).tobytes()
                yield facet, position, key, self._label(key), len(listed), *stored
