"""JSON and JSON Lines as rows: a column is a dotted path, ``start_date.year`` or ``names.0``."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from tui.dossier import safe_text
from tui.files import StoreError, read_bytes
from tui.importing.encoding import KEEP_ODD
from tui.importing.mapping import ReadPart
from tui.importing.paths import Path, has, leaves, spoken, value_at
from tui.importing.reading import Record, column_missing

_RAWS = msgspec.json.Decoder(list[msgspec.Raw])
_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ANY = msgspec.json.Decoder()
# An escape: of both halves of a character, of one alone (the group), or any other.
_SURROGATE = re.compile(
    rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u([dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_SAMPLE, _OFTEN, _DEPTH = 200, 2048, 3

#: What names the records where they stand at the top of a file, by their keys.
_TOP = "."
#: How the key of a record is called, as a column.
_KEY = "key"
#: How many times as long as a list values by key must be to be taken for the records.
_LIST = 10
_ALIKE = 20


class _Found(NamedTuple):
    """The records, and the key of each where they stand by key."""

    records: list[msgspec.Raw]
    keys: list[str]


class ObjectReader:
    """A JSON file, open for reading; see `reading.Reader`.

    Only its bytes are kept: each record is decoded when its turn comes. Of records that stand by
    key the key is a value like others, "key", unless they have one of that name.
    """

    unit = "record"
    kept = ("record", "json")

    def __init__(self, path: str | os.PathLike[str], how: ReadPart, encoding: str) -> None:
        self._shown = safe_text.clean_line(os.fspath(path))
        self.notes: list[str] = []
        self.guessed: dict[str, str] = {}
        self._data = _utf8(read_bytes(path, "a CSV, TSV or JSON file"), encoding)
        try:
            self._records, self._keys = self._find(how.records)
        except StoreError:
            # Half a character, as an escape, is no reason to refuse a whole file.
            mended = _SURROGATE.sub(_whole_characters, self._data)
            if mended == self._data:
                raise
            self._data = mended
            self._records, self._keys = self._find(how.records)
        self._paths: list[Path] = []
        self._bound: dict[str, int] = {}
        sample = [self._value(at) for at in range(min(_SAMPLE, len(self._records)))]
        self.columns = list(dict.fromkeys(name for one in sample for name in leaves(one)))
        if not self._records:
            raise StoreError(f"{self._shown}: there are no records in it")

    def bind(self, name: str) -> int:
        """The position of the value at a dotted path; raises StoreError where none has it."""
        if name not in self._bound:
            self._paths.append(self._path(name))
            self._bound[name] = len(self._paths) - 1
        return self._bound[name]

    def rows(self, progress: Callable[[int, int], None] | None = None) -> Iterator[Record]:
        """Every record as the values at the bound paths."""
        at, line, size = 0, 1, len(self._data)
        paths, empty = self._paths, [""] * len(self._paths)
        for count, raw in enumerate(self._records, 1):
            body = bytes(raw)
            start = self._data.find(body, at)
            line += self._data.count(b"\n", at, start)
            at = start
            value = self._value(count - 1)
            if isinstance(value, dict):
                yield Record(line, [spoken(value_at(value, path)) for path in paths])
            elif isinstance(value, _Unreadable):
                yield Record(line, empty, str(value))
            else:
                yield Record(line, empty, "not a record of named values ({…})")
            if progress and not count % _OFTEN:
                progress(at, size)
        if progress:
            progress(size, size)

    def rejected(self, number: int, record: Record) -> dict[str, str]:
        """The number of the record (from 1), and the record as it stands in the file."""
        body = bytes(self._records[number - 1]).decode(errors="backslashreplace")
        if self._keys:
            body = f"{msgspec.json.encode(self._keys[number - 1]).decode()}: {body}"
        return dict(zip(self.kept, (str(number), body), strict=True))

    def _path(self, name: str) -> Path:
        """The steps to a value: a name with dots in it goes before a path."""
        ways = ((name,), tuple(name.split(".")))
        last = len(self._records)
        for some in (range(min(_SAMPLE, last)), range(min(_SAMPLE, last), last)):
            for path in ways:
                if any(has(self._value(at), path) for at in some):
                    return path
        raise column_missing(self._shown, name, self.columns)

    def _value(self, at: int) -> Any:
        """The record at a position, decoded, with its key."""
        try:
            value = _ANY.decode(self._records[at])
        except UnicodeDecodeError as error:
            return _Unreadable(f"the byte {error.object[error.start]:02X} is not valid UTF-8")
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None  # no record, and refused as such
        return {_KEY: self._keys[at], **value} if self._keys and isinstance(value, dict) else value

    def _find(self, where: str | None) -> _Found:
        """The records: those named, or the most of a kind near the top."""
        try:
            top = msgspec.Raw(self._data)
            if where:
                return self._found_at(top, where)
            first = self._data.lstrip()[:1]
            if first == b"[":
                return _Found(_RAWS.decode(self._data), [])
            if first != b"{":
                raise StoreError(f"{self._shown}: not JSON with a list of records")
            try:
                _FIELDS.decode(self._data)
            except msgspec.DecodeError:
                if lines := _as_lines(self._data):
                    return _Found(lines, [])
                raise
            path, found = max(
                _several(top, (), _DEPTH),
                key=lambda one: len(one[1].records) * (1 if one[1].keys else _LIST),
                default=((), None),
            )
            if found is None:
                return _Found([top], [])
            self.guessed = {"records": ".".join(path) or _TOP}
            self.notes.append(
                f'{self._shown}: the records are read from "{self.guessed["records"]}"; if that '
                "is wrong, set records under [read]"
            )
        except RecursionError:
            raise StoreError(f"{self._shown}: nested too deeply") from None
        except (msgspec.MsgspecError, ValueError) as error:
            what = safe_text.clean_line(str(error)).replace("JSON is malformed: ", "")[:200]
            raise StoreError(f"{self._shown}: broken JSON: {what}") from None
        return found

    def _found_at(self, top: msgspec.Raw, where: str) -> _Found:
        found = top
        for step in where.split(".") if where != _TOP else ():
            try:
                if step.isdigit() and _start(found) == b"[":
                    found = _RAWS.decode(found)[int(step)]
                else:
                    found = _FIELDS.decode(found)[step]
            except (KeyError, IndexError, msgspec.ValidationError):
                raise StoreError(
                    f"{self._shown}: read.records: there is no "
                    f'"{safe_text.clean_line(where)[:80]}"; it has: {self._tops(top)}'
                ) from None
        if _start(found) == b"[":
            return _Found(_RAWS.decode(found), [])
        if _start(found) == b"{":
            return _by_key(_FIELDS.decode(found))
        raise StoreError(
            f'{self._shown}: read.records: "{safe_text.clean_line(where)[:80]}" is no list'
        )

    def _tops(self, top: msgspec.Raw) -> str:
        try:
            names = list(_FIELDS.decode(top))
        except msgspec.MsgspecError:
            return "a list at the top; leave records out"
        return safe_text.clean_line(", ".join(names[:40]))[:600]


def _whole_characters(found: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if found[1] else found[0]


def _start(raw: msgspec.Raw) -> bytes:
    """What a value begins with; white space may stand before it."""
    return bytes(memoryview(raw)[:4096]).lstrip()[:1]


def _utf8(data: bytes, encoding: str) -> bytes:
    if encoding in ("utf-8", "utf-8-sig"):
        return data.removeprefix(b"\xef\xbb\xbf")
    return data.decode(encoding, KEEP_ODD).encode("utf-8", "surrogateescape")


def _as_lines(data: bytes) -> list[msgspec.Raw]:
    """The records of JSON Lines; empty where a line is not JSON on its own."""
    lines = [line for line in data.splitlines() if line.strip()]
    try:
        return [msgspec.json.decode(line, type=msgspec.Raw) for line in lines] if lines[1:] else []
    except msgspec.MsgspecError:
        return []


def _several(value: msgspec.Raw, path: Path, depth: int) -> Iterator[tuple[Path, _Found]]:
    """The lists of objects within `depth` names of the top, and the objects alike by key."""
    start = _start(value)
    if start == b"[":
        found = _RAWS.decode(value)
        if found and _start(found[0]) == b"{":
            yield path, _Found(found, [])
    elif start == b"{" and depth:
        fields = _FIELDS.decode(value)
        if _alike(list(islice(fields.values(), _ALIKE))):
            yield path, _by_key(fields)
        else:
            for name, inner in fields.items():
                yield from _several(inner, (*path, name), depth - 1)


def _by_key(fields: dict[str, msgspec.Raw]) -> _Found:
    return _Found(list(fields.values()), list(fields))


def _alike(values: list[msgspec.Raw]) -> bool:
    """Whether values are records of one kind: several objects with a text or number in common."""
    if len(values) < 2 or any(_start(value) != b"{" for value in values):
        return False
    plain = Counter(
        name
        for value in values
        for name, inner in _FIELDS.decode(value).items()
        if _start(inner) not in (b"{", b"[")
    )
    return bool(plain) and max(plain.values()) * 10 >= len(values) * 8


class _Unreadable(str):
    """Why a record cannot be decoded."""
