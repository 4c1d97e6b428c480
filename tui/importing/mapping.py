"""The mapping: a small TOML file that says which columns become what."""

import os
import tomllib
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct, field

from tui.dossier import dates, records, text, words
from tui.dossier.files import StoreError, read_bytes
from tui.importing.names import slug

_Known = TypeVar("_Known", bound=Struct)

#: What `subject` and `licence` say where nobody did: codes that stand for "not known".
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
    """``[read]``: how the file is read; what is left out is guessed. `skip` is in lines."""

    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] | None = None
    encoding: str | None = None
    records: str | None = None
    missing: tuple[str, ...] = ()
    date_format: str | tuple[str, ...] = ()
    skip: Annotated[int, Meta(ge=0, le=1000)] = 0


class Several(Struct, frozen=True, forbid_unknown_fields=True):
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


class EventPart(Struct, frozen=True, forbid_unknown_fields=True):
    """``[event]``: templates over the columns of a row."""

    title: str
    date: str
    id: str = ""
    type: str = ""
    region: str | Several = ""
    place: str = ""
    text: str = ""
    at: str = ""
    tags: str = ""
    summary: str = ""
    instrument: str = ""
    part_of: str = ""
    aliases: str = ""
    participants: tuple[ParticipantPart, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


class PlacePart(Struct, frozen=True, forbid_unknown_fields=True):
    """``[place]``: templates for what a place record needs beside its name."""

    country: str
    lat: str
    lon: str


class Mapping(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole mapping. `types` and `instruments` turn the file's words into the dossier's."""

    dossier: DossierPart
    source: SourcePart
    event: EventPart
    read: ReadPart = ReadPart()
    types: dict[str, str] = field(default_factory=dict)
    instruments: dict[str, str] = field(default_factory=dict)
    place: PlacePart | None = None


def load(path: str | os.PathLike[str]) -> Mapping:
    """Read the mapping at `path`; raises StoreError that names the table and the key."""
    data = read_bytes(path, "a mapping (a TOML file)")
    shown = text.clean_line(os.fspath(path))
    try:
        return parse(data.decode(), shown)
    except UnicodeDecodeError:
        raise StoreError(f"{shown}: not valid UTF-8; save the mapping as UTF-8") from None


def parse(toml: str, shown: str) -> Mapping:
    """Read a mapping from its text; `shown` is its name in messages. Raises StoreError."""
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise StoreError(f"{shown}: not TOML: {text.clean_line(str(error))[:200]}") from None
    except (RecursionError, ValueError) as error:  # too deep, or an integer without end
        raise StoreError(f"{shown}: not a mapping: {text.clean_line(str(error))[:200]}") from None
    mapping = _convert(tables, Mapping, shown, "")
    for table, value, known in (
        ("types", mapping.types, words.EVENT_TYPES),
        ("instruments", mapping.instruments, words.INSTRUMENTS),
    ):
        for word in value.values():
            if word not in known:
                raise StoreError(
                    f"{shown}: {table}: {text.clean_line(word)[:60]!r} is none of "
                    f"{', '.join(known)}"
                )
    # Built once here, so that what is wrong with them is said before a long file is read.
    try:
        overview(mapping)
        source(mapping)
    except StoreError as error:
        raise StoreError(f"{shown}: {error}") from None
    return mapping


def overview(mapping: Mapping) -> dict[str, Any]:
    """The document of ``meta``; raises StoreError."""
    part = mapping.dossier
    made = {
        "format": records.FORMAT,
        "title": part.title,
        "subject": part.subject,
        "summary": part.summary,
        "as_of": part.as_of or mapping.source.accessed or mapping.source.date,
        "language": part.language,
        "licence": part.licence,
    }
    _convert(made, records.Overview, "[dossier]", "")
    _check_date("[dossier]: as_of", made["as_of"])
    return made


def source(mapping: Mapping) -> dict[str, Any]:
    """The source that every imported claim cites, as a record; raises StoreError."""
    part = mapping.source
    made = {key: value for key, value in msgspec.structs.asdict(part).items() if value is not None}
    made["id"] = part.id or slug(part.title, "source")
    made["language"] = part.language or mapping.dossier.language
    made = {"id": made.pop("id"), **made}
    _convert(made, records.Source, "[source]", "")
    _check_date("[source]: date", part.date)
    if part.accessed is not None:
        _check_date("[source]: accessed", part.accessed)
    if part.type not in words.SOURCE_TYPES:
        allowed = ", ".join(words.SOURCE_TYPES)
        raise StoreError(
            f"[source]: type: {text.clean_line(part.type)[:60]!r} is none of {allowed}"
        )
    return made


def _check_date(where: str, value: object) -> None:
    try:
        dates.parse(str(value))
    except dates.DateError as error:
        raise StoreError(f"{where}: {error}") from None


def _convert(value: object, kind: type[_Known], shown: str, table: str) -> _Known:
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, RecursionError) as error:
        message, _, path = text.clean_line(str(error)).partition(" - at `$")
        message = message.replace("Object missing required field", "missing")
        message = message.replace("Object contains unknown field", "unknown key")
        where = path.rstrip("`").strip(".") or table
        raise StoreError(f"{shown}: {where + ': ' if where else ''}{message[:200]}") from None
