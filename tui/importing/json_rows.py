"""JSON and JSON Lines as rows: a column is a dotted path, ``start_date.year`` or ``names.0``."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec

from tui.dossier import safe_text
from tui.dossier.store import fault_of
from tui.files import StoreError
from tui.importing.mapping import ReadPart
from tui.importing.rows import PART, FileRow, Rows

Path = tuple[str, ...]
#: Records, and the key of each where they stand by key.
_Found = tuple[list[msgspec.Raw], list[str]]

_RAWS = msgspec.json.Decoder(list[msgspec.Raw])
_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ANY = msgspec.json.Decoder()
# An escape: of both halves of a character, of one alone (the group), or any other.
_SURROGATE = re.compile(
    rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u([dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
#: Records looked at for the columns; how many names deep they may stand, and how deep a column.
_SAMPLE, _DEPTH, _COLUMN_DEPTH = 200, 3, 5
#: What ``records`` says where they stand by key at the top of the file.
_TOP = "."
#: Files of a record a line, whatever is on one.
_OF_LINES = (".jsonl", ".ndjson")
#: A text, or what Python writes for a number that is none.
_NO_NUMBER = re.compile(rb'("(?:[^"\\]|\\.)*+")|-?\b(?:NaN|Infinity)\b')
#: The column of the key of such records.
_KEY = "key"
#: Values by key may be fields as well: they are taken for the records before a list only where
#: they are more than ten times as many. So many of them are looked at, to see if they are alike.
_LIST_WEIGHT, _ALIKE = 10, 20


class JsonRows(Rows):
    """The records of a JSON file.

    Only the bytes of the file are kept: each record is decoded when its turn comes. Where records
    stand by key, the key is a column like others, "key", unless they have one of that name.
    """

    unit = "record"
    rejected_columns = ("record", "json")

    def __init__(self, path: str | os.PathLike[str], how: ReadPart, data: bytes) -> None:
        """Find the records in `data`, the file in UTF-8; raises StoreError."""
        super().__init__(path, how.missing)
        if any(number in data for number in (b"NaN", b"Infinity")):
            nothing = _NO_NUMBER.sub(lambda found: found[1] or b"null", data)
            if nothing != data:
                self.note("NaN and Infinity, which JSON does not have, are taken as nothing")
            data = nothing
        self._data, self._at, self.size = data, 0, len(data)
        try:
            self._records, self._keys = self._find(how.records)
        except StoreError:
            # Half a character, as an escape, is no reason to refuse a whole file.
            self._data = _SURROGATE.sub(lambda found: rb"\ufffd" if found[1] else found[0], data)
            if self._data == data:
                raise
            self._records, self._keys = self._find(how.records)
        self._paths: list[Path] = []
        self._bound: dict[str, int] = {}
        if not self._records:
            raise self.error("there are no records in it")
        sample = [self._value(at)[0] for at in range(min(_SAMPLE, len(self._records)))]
        self.columns = list(dict.fromkeys(name for one in sample for name in _leaves(one)))
        columns_first = self._keys and all(
            key.isdigit() for one in sample for key in one if key != _KEY
        )
        if not any(sample) or columns_first or {"columns", "data"} <= sample[0].keys() != {_KEY}:
            raise self.error(
                "its rows are no records of named values; write it as a list of such records "
                '(orient="records" in pandas), or as CSV'
            )
        for number, raw in enumerate(self._records[: len(sample)], 1):
            if twice := _given_twice(raw):
                shown = safe_text.clean_line(twice)[:40]
                self.note(f'"{shown}" is given twice, as in record {number}; the last one counts')
                break

    def bind(self, name: str) -> int:
        """Return the position of the value at a path; raises StoreError if no record has one."""
        if name not in self._bound:
            self._paths.append(self._path(name))
            self._bound[name] = len(self._paths) - 1
        return self._bound[name]

    def read(self) -> Iterator[FileRow]:
        """Read every record as the values at the bound paths."""
        self._at, line = 0, 1
        for number, raw in enumerate(self._records, 1):
            start = self._data.find(bytes(raw), self._at)
            line += self._data.count(b"\n", self._at, start)
            self._at = start
            value, problem = self._value(number - 1)
            cells = [as_cell(_value_at(value, path)) for path in self._paths]
            yield FileRow(number, line, cells, problem)

    def position(self) -> int:
        """Return where the record read last begins."""
        return self._at

    def rejected(self, row: FileRow) -> list[str]:
        """Return the number of the record and its JSON as it stands in the file."""
        at = row.number - 1
        body = bytes(self._records[at]).decode(errors="backslashreplace")
        if self._keys:
            body = f"{msgspec.json.encode(self._keys[at]).decode()}: {body}"
        return [str(row.number), body]

    def _path(self, name: str) -> Path:
        """The steps to a value: a name with dots in it goes before a path."""
        last = len(self._records)
        for some in (range(min(_SAMPLE, last)), range(min(_SAMPLE, last), last)):
            for path in ((name,), tuple(name.split("."))):
                if any(_has(self._value(at)[0], path) for at in some):
                    return path
        raise self.column_missing(name)

    def _value(self, at: int) -> tuple[dict[str, Any], str]:
        """The record at a position, decoded, with its key; or else why it cannot be used."""
        try:
            value = _ANY.decode(self._records[at])
        except UnicodeDecodeError as error:
            return {}, f"the byte {error.object[error.start]:02X} is not valid UTF-8"
        except (msgspec.MsgspecError, RecursionError) as error:
            return {}, f"not JSON that can be read: {fault_of(error).message}"
        if not isinstance(value, dict):
            return {}, "not a record of named values ({…})"
        return ({_KEY: self._keys[at], **value} if self._keys else value), ""

    def _find(self, where: str | None) -> _Found:
        """The records at the path `where`, or the most of one kind near the top."""
        try:
            return self._found_at(where) if where else self._found()
        except RecursionError:
            raise self.error("nested too deeply") from None
        except (msgspec.MsgspecError, ValueError) as error:
            what = safe_text.clean_line(str(error)).replace("JSON is malformed: ", "")[:200]
            raise self.error(f"broken JSON: {what}") from None

    def _found(self) -> _Found:
        first = self._data.lstrip()[:1]
        if first == b"[":
            return _RAWS.decode(self._data), []
        if first != b"{":
            start = safe_text.clean_line(self._data[:20].decode(errors="replace"))
            raise self.error(f'not JSON with a list of records: it begins with "{start}"')
        try:
            _FIELDS.decode(self._data)
        except msgspec.DecodeError:
            if lines := _json_lines(self._data, sure=self.shown.lower().endswith(_OF_LINES)):
                return lines, []
            raise
        top = msgspec.Raw(self._data)
        path, records = max(
            _candidates(top, (), _DEPTH),
            key=lambda found: len(found[1][0]) * (1 if found[1][1] else _LIST_WEIGHT),
            default=((), None),
        )
        if records is None:
            return [top], []
        where = ".".join(path) or _TOP
        self.guessed = {"records": where}
        self.note(
            f'the records are read from "{where}"; if that is wrong, set records under [read]'
        )
        return records

    def _found_at(self, where: str) -> _Found:
        found = top = msgspec.Raw(self._data)
        shown = safe_text.clean_line(where)[:80]
        for step in where.split(".") if where != _TOP else ():
            try:
                if step.isdigit() and _start(found) == b"[":
                    found = _RAWS.decode(found)[int(step)]
                else:
                    found = _FIELDS.decode(found)[step]
            except (KeyError, IndexError, msgspec.ValidationError):
                try:
                    names = ", ".join(list(_FIELDS.decode(top))[:40])
                except msgspec.MsgspecError:
                    names = "a list at the top; leave records out"
                names = safe_text.clean_line(names)[:600]
                raise self.error(f'read.records: there is no "{shown}"; it has: {names}') from None
        if records := _records(found):
            return records
        raise self.error(f'read.records: "{shown}" is no list')


# -- where the records are


def _start(raw: msgspec.Raw) -> bytes:
    """The first character of a value; white space may stand before it."""
    return bytes(memoryview(raw)[:4096]).lstrip()[:1]


def _json_lines(data: bytes, *, sure: bool) -> list[msgspec.Raw]:
    """The records of JSON Lines, broken ones as they are; empty for a file of another kind.

    More than half of its first lines are JSON on their own, unless it is `sure` of its kind.
    """
    lines = [line.strip() for line in data.splitlines() if line.strip()]
    good = 0
    for line in lines[:_SAMPLE]:
        with suppress(msgspec.MsgspecError):
            good += bool(msgspec.json.decode(line, type=dict[str, msgspec.Raw]))
    is_of_lines = len(lines) > 1 and (sure or good * 2 > len(lines[:_SAMPLE]))
    return list(map(msgspec.Raw, lines)) if is_of_lines else []


def _given_twice(raw: msgspec.Raw) -> str:
    """A name that a record has twice, "" for none."""
    twice = ""

    def look(pairs: list[tuple[str, Any]]) -> None:
        nonlocal twice
        names = Counter(name for name, _ in pairs)
        twice = twice or next((name for name, count in names.items() if count > 1), "")

    with suppress(ValueError, RecursionError):
        json.loads(bytes(raw), object_pairs_hook=look)
    return twice


def _records(value: msgspec.Raw) -> _Found | None:
    """The values of a list or an object; None for a value of another kind."""
    start = _start(value)
    if start == b"[":
        return _RAWS.decode(value), []
    fields = _FIELDS.decode(value) if start == b"{" else None
    return None if fields is None else (list(fields.values()), list(fields))


def _candidates(value: msgspec.Raw, path: Path, depth: int) -> Iterator[tuple[Path, _Found]]:
    """The lists of objects within `depth` names of the top, and the objects alike by key."""
    found = _records(value)
    if found is None or not found[0]:
        return
    records, keys = found
    if not keys:
        if _start(records[0]) == b"{":
            yield path, found
    elif depth and _are_alike(records[:_ALIKE]):
        yield path, found
    elif depth:
        for name, inner in zip(keys, records, strict=True):
            yield from _candidates(inner, (*path, name), depth - 1)


def _are_alike(values: list[msgspec.Raw]) -> bool:
    """Whether values are records of one kind: four in five have a text or number in common."""
    if len(values) < 2 or any(_start(value) != b"{" for value in values):
        return False
    plain = Counter(
        name
        for value in values
        for name, inner in _FIELDS.decode(value).items()
        if _start(inner) not in (b"{", b"[")
    )
    return bool(plain) and max(plain.values()) * 10 >= len(values) * 8


# -- the values of a record


def _leaves(value: object, path: str = "", depth: int = _COLUMN_DEPTH) -> Iterator[str]:
    """The dotted paths of a record's values; lists count as values."""
    if isinstance(value, dict) and depth:
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else name, depth - 1)
    elif path:
        yield safe_text.clean_line(path)


def _value_at(value: Any, path: Path) -> Any:
    """The value at a path, None for none; below a list those of all its values, as a list."""
    for position, step in enumerate(path):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            if not step.isdigit():
                return [_value_at(one, path[position:]) for one in value]
            value = value[int(step[:9])] if int(step[:9]) < len(value) else None
        else:
            return None
    return value


def _has(value: Any, path: Path) -> bool:
    """Whether there is a value at a path, be it null."""
    for position, step in enumerate(path):
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdigit() and int(step[:9]) < len(value):
            value = value[int(step[:9])]
        else:
            below = value if isinstance(value, list) and not step.isdigit() else ()
            return any(_has(one, path[position:]) for one in below)
    return True


def as_cell(value: Any) -> str:
    """Return a value of JSON, a sheet or a database as the text of a cell.

    The values of a list are separated by PART. Empty values keep their place, and a list of one
    value ends with PART: no `split` of the mapping cuts it again. A time of midnight is left out.
    """
    if isinstance(value, str):
        return value.replace(PART, " ") if PART in value else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        parts = list(_flat(value))
        joined = PART.join(parts) + ("" if parts[1:] else PART)
        return joined if any(parts) else ""
    if isinstance(value, dict | bytes):
        data = msgspec.json.encode(value) if isinstance(value, dict) else value
        return data.decode(errors="replace")
    if isinstance(value, float) and (value != value or value.is_integer()):
        return str(int(value)) if value == value else ""
    return str(value).removesuffix(" 00:00:00")


def _flat(value: list[Any]) -> Iterator[str]:
    for one in value:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield as_cell(one)
