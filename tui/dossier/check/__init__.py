"""Every problem of a dossier, each with the record, the field and how to mend it."""

import os
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from tui.dossier import records, store
from tui.dossier.check import field_rules, reference_rules, structure_rules, text_rules
from tui.dossier.check.problem import Problem, unreadable_file
from tui.dossier.dates import parse
from tui.files import StoreError, read_bytes

__all__ = ["Problem", "Survey", "check", "survey", "unreadable_file"]


class Survey(NamedTuple):
    """What was looked at, and what was found: errors first, then notes."""

    found: list[Problem]
    events: int
    sources: int

    @property
    def errors(self) -> int:
        """How many of the problems are more than notes."""
        return sum(not problem.is_note for problem in self.found)

    def __str__(self) -> str:
        """In one line: ``clean: 120 events, 300 sources (45 notes)``."""
        held = f"{_count(self.events, 'event')}, {_count(self.sources, 'source')}"
        notes = _count(len(self.found) - self.errors, "note")
        return f"{_count(self.errors, 'error') if self.errors else 'clean'}: {held} ({notes})"


def check(path: str) -> list[Problem]:
    """Every problem of the dossier at `path`; raises StoreError if it is none at all."""
    return survey(path).found


def survey(path: str, words: str | os.PathLike[str] | None = None) -> Survey:
    """Every problem of the dossier at `path`, with what it holds.

    `words` is a list of loaded words instead of the shipped one. Raises StoreError if either
    cannot be read.
    """
    lines = None if words is None else text_rules.read_words(words)
    refused: list[store.Refused] = []
    data = read_bytes(path)
    contents, faults = _contents(data, path, refused)
    tables = store.DossierStorage(data).read()
    found = [*faults, *structure_rules.of_the_file(data, tables)]
    for problem in refused:
        found += structure_rules.of_a_refused_record(problem, tables[problem.table])
    found += _of_the_contents(contents, refused, lines)
    found += text_rules.unseen("meta", next(iter(tables["meta"].values())))
    found.sort(key=lambda problem: problem.is_note)
    return Survey(found, len(contents.tables["events"]), len(contents.tables["sources"]))


def _contents(
    data: bytes, path: str, refused: list[store.Refused]
) -> tuple[store.Contents, list[Problem]]:
    """What the file holds, and the faults of its meta; records that do not decode to `refused`.

    Raises StoreError where more is wrong than fields of meta.
    """
    try:
        return store.load_bytes(data, path, refused.append), []
    except StoreError:
        faults, data = structure_rules.of_the_overview(data)
        if not faults:
            raise
    return store.load_bytes(data, path, refused.append), faults


def _of_the_contents(
    contents: store.Contents, refused: list[store.Refused], lines: list[str] | None
) -> Iterator[Problem]:
    every = [(table, entry) for table, entries in contents.tables.items() for entry in entries]
    # What was refused is still there to refer to: its own problem is enough.
    known = {problem.record: problem.table for problem in refused if problem.record}
    known |= {entry.record.id: table for table, entry in every}
    references = reference_rules.References(known)
    names = text_rules.Names(entry.record for _, entry in every)
    loaded = _loaded(contents, lines)
    overview = contents.overview
    value = msgspec.json.decode(contents.overview_body)
    yield from structure_rules.unknown_fields("meta", value, records.Overview)
    yield from field_rules.of_the_overview(overview)
    yield from references.of_the_overview("meta", overview)
    yield from text_rules.of_a_text("meta", "summary", overview.summary, loaded)
    if lines is None and not _is_english(overview.language):
        what = f"{overview.language[:40]}: the list of loaded words is English and was not used"
        mend = "give one of this language: --words FILE"
        yield Problem("meta", "language", what, mend, is_note=True)
    as_of = parse(overview.as_of)
    countries = {
        entry.record.id: entry.record.country
        for entry in contents.tables["sources"]
        if isinstance(entry.record, records.Source)
    }
    datasets = {
        entry.record.id
        for entry in contents.tables["sources"]
        if isinstance(entry.record, records.Source) and entry.record.type == "dataset"
    }
    lone = list(known.values()).count("sources") == 1
    for table, entry in every:
        record = entry.record
        value = msgspec.json.decode(entry.body)
        yield from structure_rules.unknown_fields(record.id, value, records.TABLES[table])
        match record:
            case records.Event():
                yield from field_rules.of_an_event(record, as_of, countries, lone=lone)
            case records.Source():
                yield from field_rules.of_a_source(record)
            case records.Actor():
                yield from field_rules.of_an_actor(record)
        yield from references.of(record)
        imported = isinstance(record, records.Event) and field_rules.cited_to(record, datasets)
        for found in text_rules.of_a_record(record, names, loaded):
            # A row of a dataset stands as its makers wrote it: worth knowing, not ours to mend.
            yield found._replace(is_note=found.is_note or imported)
        if entry.raw is not None:
            yield from text_rules.unseen(record.id, entry.raw)
    for source in countries if lone else ():
        if source in references.used:
            what = f"all that is said rests on a single source, {source}"
            mend = "add others that say so too"
            yield Problem("dossier", "sources", what, mend, is_note=True)
    yield from reference_rules.loops(contents.tables["events"])
    yield from reference_rules.without_region(contents.tables["events"])
    for table, entries in contents.tables.items():
        yield from reference_rules.duplicates(entries, datasets)
        for entry in entries if not refused else ():  # who knows what those refer to
            yield from references.unused(entry.record, table)


def _loaded(contents: store.Contents, lines: list[str] | None) -> text_rules.LoadedWords:
    """The list given, or else the shipped one where it is of the dossier's language."""
    if lines is None:
        lines = text_rules.read_words(None) if _is_english(contents.overview.language) else []
    names = (_names_of(entry.record) for entries in contents.tables.values() for entry in entries)
    return text_rules.LoadedWords(lines, (name for several in names for name in several))


def _names_of(record: records.Record) -> tuple[str, ...]:
    match record:
        case records.Source():
            return (record.title,)
        case records.Event():
            return record.title, *record.aliases
        case _:
            return record.name, *record.aliases


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _is_english(language: str) -> bool:
    return language.lower().partition("-")[0] == "en"
