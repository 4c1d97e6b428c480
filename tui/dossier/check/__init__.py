"""Every problem of a dossier, each with the record, the field and how to mend it."""

import os
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from tui.dossier import records, store
from tui.dossier.check import (
    country_rules,
    evidence_rules,
    record_rules,
    structure_rules,
    text_rules,
    time_rules,
)
from tui.dossier.check.problem import Problem, unreadable_file
from tui.dossier.dates import parse
from tui.dossier.vocabulary import counted
from tui.files import StoreError, read_bytes

__all__ = ["Problem", "Survey", "check", "survey", "unreadable_file"]


class Survey(NamedTuple):
    """The problems of a dossier, errors before notes, and how much it holds."""

    problems: list[Problem]
    events: int
    sources: int

    @property
    def errors(self) -> int:
        """How many of the problems are more than notes."""
        return sum(not problem.is_note for problem in self.problems)

    def __str__(self) -> str:
        """In one line: ``clean: 120 events, 300 sources (45 notes)``."""
        held = f"{counted(self.events, 'event')}, {counted(self.sources, 'source')}"
        notes = counted(len(self.problems) - self.errors, "note")
        return f"{counted(self.errors, 'error') if self.errors else 'clean'}: {held} ({notes})"


def check(path: str) -> list[Problem]:
    """Every problem of the dossier at `path`; raises StoreError if it is none at all."""
    return survey(path).problems


def survey(path: str, words: str | os.PathLike[str] | None = None) -> Survey:
    """Look for every problem of the dossier at `path`.

    `words` is a list of loaded words instead of the shipped one. Raises StoreError if either
    cannot be read.
    """
    lines = None if words is None else text_rules.read_words(words)
    data = read_bytes(path)
    refused: list[store.Refused] = []
    contents, problems = _load(data, path, refused)
    tables = store.DossierStorage(data).read()
    problems += structure_rules.file_problems(data, tables)
    for one in refused:
        problems += structure_rules.refused_problems(one, tables[one.table])
    problems += _Rules(contents, refused, lines).problems()
    problems += text_rules.hidden_character_problems("meta", next(iter(tables["meta"].values())))
    problems.sort(key=lambda problem: problem.is_note)
    return Survey(problems, len(contents.tables["events"]), len(contents.tables["sources"]))


def _load(
    data: bytes, path: str, refused: list[store.Refused]
) -> tuple[store.LoadedDossier, list[Problem]]:
    """Load a dossier; the records that do not decode go to `refused`, faults of meta are returned.

    Raises StoreError where more is wrong than fields of meta.
    """
    try:
        return store.load_bytes(data, path, refused.append), []
    except StoreError:
        faults, data = structure_rules.meta_faults(data)
        if not faults:
            raise
    return store.load_bytes(data, path, refused.append), faults


class _Rules:
    """The rules for records, with all that they must know of the other records.

    `lines` is the list of loaded words; None stands for the shipped one, which is English.
    """

    def __init__(
        self, contents: store.LoadedDossier, refused: list[store.Refused], lines: list[str] | None
    ) -> None:
        self.contents = contents
        self.refused = refused
        self.every = [entry.record for entries in contents.tables.values() for entry in entries]
        # What was refused is still there to refer to: its own problem is enough.
        known = {one.record: one.table for one in refused if one.record}
        for table, entries in contents.tables.items():
            known |= dict.fromkeys((entry.record.id for entry in entries), table)
        self.only_source = list(known.values()).count("sources") == 1
        self.references = record_rules.References(known)
        self.names = text_rules.RecordNames(self.every)
        self.is_english = contents.overview.language.lower().partition("-")[0] == "en"
        self.unread_words = lines is None and not self.is_english
        if lines is None:
            lines = text_rules.read_words(None) if self.is_english else []
        called = (name for record in self.every for name in records.names_of(record))
        self.loaded = text_rules.LoadedWords(lines, called)
        self.as_of = parse(contents.overview.as_of)
        sources = [record for record in self.every if isinstance(record, records.Source)]
        self.actors = [record for record in self.every if isinstance(record, records.Actor)]
        self.countries = {source.id: source.country for source in sources}
        self.homes = {actor.id: actor.country for actor in self.actors}
        self.published = {source.id: parse(source.date) for source in sources}
        self.datasets = {source.id for source in sources if source.type == "dataset"}

    def problems(self) -> Iterator[Problem]:
        """All that the rules find, in the order of the file."""
        yield from self._of_meta()
        for table, entries in self.contents.tables.items():
            for entry in entries:
                yield from self._of_a_record(table, entry)
        yield from self._of_records_together()

    def _of_meta(self) -> Iterator[Problem]:
        overview = self.contents.overview
        value = msgspec.json.decode(self.contents.overview_body)
        yield from structure_rules.unknown_field_problems("meta", value, records.Overview)
        yield from record_rules.meta_problems(overview)
        yield from country_rules.code_problems("meta", overview)
        is_data = self.published.keys() == self.datasets
        yield from time_rules.as_of_problems(self.as_of, self.published, is_data=is_data)
        yield from self.references.problems("meta", overview)
        yield from text_rules.text_problems("meta", "summary", overview.summary, self.loaded)
        if self.unread_words:
            language = overview.language[:40]
            what = f"{language}: the list of loaded words is English and was not used"
            mend = "give one of this language: --words FILE"
            yield Problem("meta", "language", what, mend, is_note=True)

    def _of_a_record(self, table: str, entry: store.StoredRecord) -> Iterator[Problem]:
        record, imported = entry.record, False
        value = msgspec.json.decode(entry.body)
        yield from structure_rules.unknown_field_problems(record.id, value, records.TABLES[table])
        match record:
            case records.Event():
                imported = record_rules.rests_on(record, self.datasets)
                yield from self._of_an_event(record, imported)
            case records.Source():
                yield from record_rules.source_problems(record)
                yield from evidence_rules.source_title_problems(record)
            case records.Place():
                yield from country_rules.place_problems(record)
            case records.Actor():
                yield from record_rules.actor_problems(record)
        yield from country_rules.code_problems(record.id, record)
        yield from self.references.problems(record.id, record)
        for problem in text_rules.prose_problems(record, self.names, self.loaded):
            # A row of a dataset stands as its makers wrote it: worth knowing, not ours to mend.
            yield problem._replace(is_note=problem.is_note or imported)
        if entry.raw is not None:
            yield from text_rules.hidden_character_problems(record.id, entry.raw)

    def _of_an_event(self, event: records.Event, imported: bool) -> Iterator[Problem]:
        yield from record_rules.event_problems(event, self.as_of)
        yield from time_rules.event_problems(
            event, self.as_of, self.published, is_data=imported, is_english=self.is_english
        )
        if not self.only_source:
            yield from evidence_rules.source_problems(event, self.countries)
            yield from evidence_rules.side_problems(event, self.countries, self.homes)
        yield from evidence_rules.disagreement_problems(event)

    def _of_records_together(self) -> Iterator[Problem]:
        for source in self.references.used & self.countries.keys() if self.only_source else ():
            what = f"all that is said rests on a single source, {source}"
            mend = "add others that say so too"
            yield Problem("dossier", "sources", what, mend, is_note=True)
        events = {r.id: r for r in self.every if isinstance(r, records.Event)}
        yield from record_rules.loop_problems(events)
        yield from record_rules.region_problems(events)
        yield from time_rules.office_problems(self.actors)
        for table, entries in self.contents.tables.items():
            inside = [entry.record for entry in entries]
            yield from record_rules.duplicate_problems(inside, self.datasets)
            for record in inside if not self.refused else ():  # who knows what those refer to
                yield from self.references.unused(record, table)
