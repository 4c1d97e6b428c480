"""The file of a dossier: TinyDB JSON, read once, read-only, and safely, into records.

A dossier may come from a stranger: it is opened without blocking, must be a regular file of a
bounded size, and every failure is one :class:`StoreError` that names the record and the field.
"""

import os
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage

from tui.dossier import records, safe_text
from tui.dossier.dates import DateError, parse
from tui.files import StoreError, read_bytes

_TABLES_TYPE = dict[str, dict[str, msgspec.Raw]]
_MULTILINE = frozenset({"text", "summary", "note"})
# DEL, or the escape of any character: only such a record, or one beyond ASCII, needs a closer look.
_ESCAPED = re.compile(rb"\x7f|\\[uUtrnbf]")
# Digits as 0, signs away: how a number is found that no reader of JSON takes, in any field.
_DIGITS = bytes.maketrans(b"123456789E", b"000000000e")
_HUGE = (b"0e000", b"0" * 300)
_BYTE = re.compile(r" \(byte (\d+)\)\Z")
_CUT_SHORT = "Input data was truncated"
_PATH = re.compile(r" - at `\$(.*)`\Z")
_EXPECTED = re.compile(r"Expected `([^`]+)`(?:, got `([^`]+)`| (.+))?")

#: What reading JSON raises that is broken, not UTF-8, nested too deeply, or of another shape.
UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)


class Refused(NamedTuple):
    """Something wrong with one record: table, document id, record id, field and what."""

    table: str
    key: str
    record: str
    field: str
    what: str

    def __str__(self) -> str:
        where = f"{self.table} {self.key}"
        if self.record:
            where += f" ({self.record})"
        return f"{where}: {self.field + ': ' if self.field else ''}{self.what}"


class Fault(NamedTuple):
    """A fault of a value, as msgspec names it.

    `path` is where in the value, such as ``.claims[2].by``; `wanted` and `got` are names of JSON
    types, `limit` says what else was wanted of it. All of them are "" where msgspec names none.
    """

    path: str
    message: str
    wanted: str = ""
    got: str = ""
    limit: str = ""

    @property
    def field(self) -> str:
        """The path as messages show it."""
        return self.path.replace("[...]", "").strip(".")[:120]


class StoredRecord:
    """A record as read: ``body`` is its cleaned JSON, ``raw`` the original where they differ.

    Its ``record`` is kept, or decoded from the body whenever it is asked for: a hundred thousand
    of them take several times the file.
    """

    __slots__ = ("_body", "_decoder", "_record", "key", "raw")

    def __init__(
        self,
        key: str,
        record: records.Record | None,
        body: bytes | msgspec.Raw,
        raw: bytes | None,
        decoder: msgspec.json.Decoder[Any],
    ) -> None:
        """Without `record` it is what `decoder` makes of `body`, and there is no `key`."""
        self.key, self._body, self.raw = key, body, raw
        self._record, self._decoder = record, decoder

    @property
    def record(self) -> records.Record:
        """The record, which `load` has found to be one."""
        found: records.Record = self._record or self._decoder.decode(self._body)
        return found

    @property
    def body(self) -> bytes:
        """The cleaned JSON."""
        return bytes(self._body)


class LoadedDossier(NamedTuple):
    """A whole dossier in memory: the overview, and the entries of each table in file order."""

    overview: records.Overview
    overview_body: bytes
    tables: dict[str, list[StoredRecord]]


class DossierStorage(Storage):
    """TinyDB storage over bytes already read: tables of undecoded records; never writes."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self) -> dict[str, dict[str, Any]]:
        """Return ``{table: {document id: msgspec.Raw}}``; raises msgspec or Unicode errors."""
        return msgspec.json.decode(self._data, type=_TABLES_TYPE)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Refuse: a dossier is only ever read."""
        raise StoreError("a dossier is opened read-only")


def load(path: str | os.PathLike[str], *, lean: bool = False) -> LoadedDossier:
    """Read, clean and validate the dossier at `path`; the first problem raises StoreError.

    With `lean` the events are decoded when they are asked for.
    """
    return load_bytes(read_bytes(path), os.fspath(path), lean=lean)


def load_bytes(
    data: bytes,
    name: str,
    report: Callable[[Refused], None] | None = None,
    *,
    lean: bool = False,
) -> LoadedDossier:
    """`load` for a dossier already in memory; `name` stands for its path in messages.

    With `report` every problem of a single record is handed to it, and the record left out. A file
    that is no dossier at all raises StoreError.
    """
    shown = safe_text.clean_line(name)
    tables = _tables(data, shown)
    overview, overview_body = _overview(tables.get("meta", {}), shown)
    ids: dict[str, dict[str, str]] = {}  # by table, the document of each id
    loaded: dict[str, list[StoredRecord]] = {}
    for table, kind in records.TABLES.items():
        decoder = msgspec.json.Decoder(kind)
        entries = loaded[table] = []
        for key, raw in tables.get(table, {}).items():
            found, id_ = _entry(table, key, raw, decoder, lean=lean and table == "events")
            if isinstance(found, StoredRecord):
                first = next((one for one, known in ids.items() if id_ in known), "")
                if not first:
                    ids.setdefault(table, {})[id_] = key
                    entries.append(found)
                    continue
                what = f"{id_!r} is already the id of {first} {ids[first][id_]}; ids are unique"
                found = Refused(table, key, id_, "id", what)
            if report is None:
                raise StoreError(f"{shown}: {found}; `summitry check` lists every problem")
            report(found)
    return LoadedDossier(overview, overview_body, loaded)


def fault_of(error: Exception) -> Fault:
    """Read the message of one of the errors UNREADABLE; all of it is one safe line."""
    if isinstance(error, RecursionError):
        return Fault("", "nested too deeply")
    if isinstance(error, UnicodeError):
        return Fault("", "not valid UTF-8; save the file as UTF-8")
    message, path = safe_text.clean_line(str(error)), ""
    if found := _PATH.search(message):
        message, path = message[: found.start()], found[1]
    expected = _EXPECTED.fullmatch(message)
    message = message[:300].replace("JSON is malformed: ", "broken JSON: ")
    return Fault(path, message, *(expected.groups("") if expected else ()))


def _tables(data: bytes, shown: str) -> Mapping[str, Mapping[str, msgspec.Raw]]:
    if not data.strip():
        raise StoreError(f"{shown}: the file is empty; a dossier is a TinyDB JSON file")
    try:
        with TinyDB(data, storage=DossierStorage) as database:
            return database.storage.read() or {}
    except RecursionError:
        raise StoreError(f"{shown}: nested too deeply to be a dossier") from None
    except (msgspec.MsgspecError, ValueError) as error:
        raise StoreError(f"{shown}: not a dossier: {_located(error, data)}") from None


def _located(error: Exception, data: bytes) -> str:
    """The message for a whole file, with the line and column where they are known."""
    message = fault_of(error).message
    at = len(data)
    if found := _BYTE.search(message):
        message, at = message[: found.start()], int(found[1])
    elif message == _CUT_SHORT:
        message = "broken JSON: the file ends too early"
    else:
        return message
    before = data[:at]
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return f"line {before.count(10) + 1}, column {column}: {message}"


def _overview(documents: Mapping[str, msgspec.Raw], shown: str) -> tuple[records.Overview, bytes]:
    if not documents:
        raise StoreError(f"{shown}: not a dossier: no table `meta`; `summitry schema` shows one")
    if len(documents) > 1:
        raise StoreError(f"{shown}: the table `meta` holds one document, not {len(documents)}")
    key, raw = next(iter(documents.items()))
    where = f"{shown}: meta {safe_text.clean_line(key[:40])}"
    try:
        value = msgspec.json.decode(raw)
        found = value.get("format") if isinstance(value, dict) else None
        if isinstance(found, int) and not isinstance(found, bool) and found > records.FORMAT:
            raise StoreError(
                f"{shown}: written in format {str(found)[:40]}; this Summitry reads format "
                f"{records.FORMAT}: install a newer one"
            )
        if found != records.FORMAT:
            raise StoreError(f"{where}: format: not {records.FORMAT}")
        body = msgspec.json.encode(_cleaned(value))
        overview = msgspec.json.decode(body, type=records.Overview)
        parse(overview.as_of)
    except DateError as error:
        raise StoreError(f"{where}: as_of: {error}") from None
    except UNREADABLE as error:
        fault = fault_of(error)
        field = f"{fault.field}: " if fault.field else ""
        raise StoreError(f"{where}: {field}{fault.message}") from None
    return overview, body


def _entry(
    table: str,
    key: str,
    stored: msgspec.Raw,
    decoder: msgspec.json.Decoder[Any],
    *,
    lean: bool,
) -> tuple[StoredRecord | Refused, str]:
    """A record and its id, or what is wrong with it."""
    if not (key.isascii() and key.isdigit()):
        shown = safe_text.clean_line(key[:40])
        return Refused(table, shown, "", "", "document ids are whole numbers"), ""
    raw = bytes(stored)
    body, original = raw, None
    try:
        digits = raw.translate(_DIGITS, b"+")
        if not raw.isascii() or _ESCAPED.search(raw) or any(huge in digits for huge in _HUGE):
            value = msgspec.json.decode(raw)
            cleaned = _cleaned(value)
            if cleaned != value:
                body, original = msgspec.json.encode(cleaned), raw
        record: records.Record = decoder.decode(body)
    except UNREADABLE as error:
        fault = fault_of(error)
        return Refused(table, key, _id_of(body), fault.field, fault.message), ""
    for field, date in records.dates_of(record):
        try:
            parse(date)
        except DateError as error:
            return Refused(table, key, record.id, field, str(error)), ""
    if lean:  # the file itself has the body, unless it was cleaned
        return StoredRecord("", None, body if original else stored, original, decoder), record.id
    return StoredRecord(key, record, body, original, decoder), record.id


def _cleaned(value: Any, multiline: bool = False) -> Any:
    """Clean every string of decoded JSON, keys and values alike."""
    if isinstance(value, str):
        return safe_text.clean(value) if multiline else safe_text.clean_line(value)
    if isinstance(value, list):
        return [_cleaned(item, multiline) for item in value]
    if isinstance(value, dict):
        return {
            safe_text.clean_line(key): _cleaned(item, key in _MULTILINE)
            for key, item in value.items()
        }
    return value


def _id_of(body: bytes) -> str:
    """The id of a record that would not decode, if it has a readable one."""
    try:
        value = msgspec.json.decode(body)
    except UNREADABLE:
        return ""
    found = value.get("id") if isinstance(value, dict) else None
    return safe_text.clean_line(found[:80]) if isinstance(found, str) else ""
