"""The mapping: a small TOML file that says which columns become what, read and checked."""

import os
import time
import tomllib
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct, field

from tui.dossier import dates, records, safe_text, vocabulary
from tui.dossier.store import fault_of
from tui.files import StoreError, read_bytes
from tui.importing.registry import WordMap, slug
from tui.importing.rows import RowError, parse_template
from tui.importing.written_dates import PRECISIONS, DateReader

_Known = TypeVar("_Known", bound=Struct)

#: What msgspec calls kinds of values, in plain words.
_KINDS = {
    "str": 'text in quotes ("…")', "int": "a number", "float": "a number", "bool": "true or false",
    "array": "a list ([…])", "object": "a table", "null": "nothing",
}  # fmt: skip

#: Subject and licence of a mapping that names none: the codes of ISO 3166 and SPDX for "not known".
_NO_COUNTRY, _NO_LICENCE = "ZZ", "NOASSERTION"


class DossierPart(Struct, frozen=True, forbid_unknown_fields=True):
    """``[dossier]``: what becomes ``meta``."""

    title: str
    subject: str = _NO_COUNTRY
    summary: str = ""
    as_of: str = ""
    language: str = "en"
    licence: str = _NO_LICENCE


class SourcePart(Struct, frozen=True, forbid_unknown_fields=True):
    """``[source]``: what every imported claim cites."""

    title: str
    date: str
    id: str = ""
    type: str = "dataset"
    language: str = ""
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    accessed: str | None = None
    country: str | None = None
    note: str | None = None


class ReadPart(Struct, frozen=True, forbid_unknown_fields=True):
    """``[read]``: how the file is read; what is left out is guessed. `skip` is in lines.

    `quote` is the sign around cells, "" for none. `columns` names the columns of a table that has
    no header: its first row is data. `sheet` is the name or the number, from 1, of a workbook's
    sheet. `sql` is a query to the database at the address `connect`, in the place of a file.
    """

    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] | None = None
    encoding: str | None = None
    records: str | None = None
    missing: tuple[str, ...] = ()
    date_format: str | tuple[str, ...] = ()
    quote: Annotated[str, Meta(max_length=1)] | None = None
    skip: Annotated[int, Meta(ge=0, le=1000)] = 0
    columns: tuple[str, ...] = ()
    sheet: str | int | None = None
    connect: str = ""
    sql: str = ""


class NamesPart(Struct, frozen=True, forbid_unknown_fields=True):
    """A template whose value holds several names, and what parts them."""

    name: str
    split: str = ""


class ParticipantPart(Struct, frozen=True, forbid_unknown_fields=True):
    """``[[event.participants]]``: who takes part; all are templates but `split`."""

    name: str
    split: str = ""
    role: str = ""
    type: str = "person"
    country: str = ""


class StepPart(Struct, frozen=True, forbid_unknown_fields=True):
    """``[[event.steps]]``: a step of an agreement; none where the action or the date is empty."""

    action: str
    date: str


class EventPart(Struct, frozen=True, forbid_unknown_fields=True):
    """``[event]``: templates over the columns of a row."""

    title: str
    date: str
    precision: str = ""
    id: str = ""
    type: str = ""
    region: str | NamesPart = ""
    place: str = ""
    text: str = ""
    at: str = ""
    tags: str = ""
    summary: str = ""
    instrument: str = ""
    part_of: str = ""
    aliases: str = ""
    participants: tuple[ParticipantPart, ...] = ()
    steps: tuple[StepPart, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


class PlacePart(Struct, frozen=True, forbid_unknown_fields=True):
    """``[place]``: templates for what a place record needs beside its name."""

    country: str
    lat: str
    lon: str


class Mapping(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole mapping; `types`, `instruments`, `actions` and `precisions` turn the file's words
    into ours.
    """

    dossier: DossierPart
    source: SourcePart
    event: EventPart
    read: ReadPart = ReadPart()
    types: dict[str, str] = field(default_factory=dict)
    instruments: dict[str, str] = field(default_factory=dict)
    actions: dict[str, str] = field(default_factory=dict)
    precisions: dict[str, str] = field(default_factory=dict)
    place: PlacePart | None = None

    @property
    def date_formats(self) -> tuple[str, ...]:
        """The forms of the file's dates, in the order they are tried."""
        form = self.read.date_format
        return (form,) if isinstance(form, str) else form


def load_mapping(path: str | os.PathLike[str]) -> Mapping:
    """Read the mapping at `path`; raises StoreError that names the table and the key."""
    data = read_bytes(path, "a mapping (a TOML file)")
    shown = safe_text.clean_line(os.fspath(path))
    try:
        return parse_mapping(data.decode(), shown)
    except UnicodeDecodeError:
        raise StoreError(f"{shown}: not valid UTF-8; save the mapping as UTF-8") from None


def parse_mapping(toml: str, shown: str) -> Mapping:
    """Read a mapping from its text; `shown` is its name in messages. Raises StoreError."""
    try:
        tables = msgspec.to_builtins(tomllib.loads(toml))  # TOML's own dates become text
    except (RecursionError, ValueError) as error:  # too deep, or an integer without end
        what = "TOML" if isinstance(error, tomllib.TOMLDecodeError) else "a mapping"
        said = safe_text.clean_line(str(error))[:200]
        raise StoreError(f"{shown}: not {what}: {said}") from None
    source = tables.get("source")
    if isinstance(source, dict) and source.get("accessed") == "today":
        source["accessed"] = time.strftime("%Y-%m-%d", time.gmtime())
    mapping = _convert(tables, Mapping, shown)
    # All is checked here, so that what is wrong is said before a long file is read.
    try:
        meta_of(mapping)
        source_of(mapping)
        _check_words(mapping)
        _check_templates(mapping)
        DateReader(mapping.date_formats, mapping.source.date)
    except StoreError as error:
        raise StoreError(f"{shown}: {error}") from None
    return mapping


def meta_of(mapping: Mapping) -> dict[str, Any]:
    """Make the document of ``meta``; raises StoreError."""
    made = {"format": records.FORMAT, **msgspec.structs.asdict(mapping.dossier)}
    made["as_of"] = made["as_of"] or mapping.source.accessed or mapping.source.date
    _convert(made, records.Overview, "[dossier]")
    _check_date("[dossier]: as_of", made["as_of"])
    return made


def source_of(mapping: Mapping) -> dict[str, Any]:
    """Make the record of the source that every imported claim cites; raises StoreError."""
    part = mapping.source
    fields = {"id": "", **msgspec.structs.asdict(part)}  # the id first
    made = {key: value for key, value in fields.items() if value is not None}
    made["id"] = part.id or slug(part.title, "source")
    made["language"] = part.language or mapping.dossier.language
    for field_, date in records.dates_of(_convert(made, records.Source, "[source]")):
        _check_date(f"[source]: {field_}", date)
    _check_word("[source]: type", part.type, vocabulary.SOURCE_TYPES)
    return made


# -- what is checked before a file is opened


def _check_words(mapping: Mapping) -> None:
    for table, value, known in (
        ("types", mapping.types, vocabulary.EVENT_TYPES),
        ("instruments", mapping.instruments, vocabulary.INSTRUMENTS),
        ("actions", mapping.actions, vocabulary.ACTIONS),
        ("precisions", mapping.precisions, PRECISIONS),
    ):
        for word in value.values():
            _check_word(table, word, known)


def _check_templates(mapping: Mapping) -> None:
    """Check every template, and the words that stand in place of one."""
    event = mapping.event
    named = {
        where: parse_template(template, where)[1]
        for part, at in ((event, "event"), (mapping.place, "place"))
        for where, template in templates(part, at)
    }
    if not event.date.strip():
        raise StoreError("event.date: no template; name the column of the date")
    for index, part in enumerate(event.participants):
        where = f"event.participants[{index}].type"
        if not named[where]:
            _check_word(where, part.type, vocabulary.ACTOR_TYPES)
    actions = WordMap(mapping.actions, vocabulary.ACTIONS, "actions", "")
    for index, step in enumerate(event.steps):
        where = f"event.steps[{index}].action"
        try:
            if not named[where]:
                actions[step.action]
        except RowError as error:
            known = ", ".join(vocabulary.ACTIONS)
            raise StoreError(f"{where}: {error}, or write one of {known}") from None


def templates(part: object, where: str) -> Iterator[tuple[str, str]]:
    """Every template in a part of the mapping, with the key it stands at."""
    if isinstance(part, str):
        yield where, part
    elif isinstance(part, tuple):
        for index, one in enumerate(part):
            yield from templates(one, f"{where}[{index}]")
    elif isinstance(part, dict | Struct):
        fields = part if isinstance(part, dict) else msgspec.structs.asdict(part)
        for key, value in fields.items():
            if key != "split" or isinstance(part, dict):
                yield from templates(value, f"{where}.{safe_text.clean_line(key)}")


def _check_word(where: str, word: str, known: tuple[str, ...]) -> None:
    if word not in known:
        shown = safe_text.clean_line(word)[:60]
        raise StoreError(f"{where}: {shown!r} is none of {', '.join(known)}")


def _check_date(where: str, date: str) -> None:
    try:
        dates.parse(date)
    except dates.DateError as error:
        raise StoreError(f"{where}: {error}") from None


def _convert(value: object, kind: type[_Known], shown: str) -> _Known:
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, RecursionError) as error:
        fault = fault_of(error)
        message = fault.message.replace("Object missing required field", "missing")
        message = message.replace("Object contains unknown field", "unknown key")
        if fault.got:
            wanted, got = (
                " or ".join(_KINDS.get(name, name) for name in names.split(" | "))
                for names in (fault.wanted, fault.got)
            )
            message = f"{wanted} is wanted here, not {got}"
        where = f"{fault.field}: " if fault.field else ""
        raise StoreError(f"{shown}: {where}{message[:200]}") from None
