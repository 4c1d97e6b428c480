"""JSON and JSON Lines as rows: a column is a dotted path, ``start_date.year`` or ``names.0``."""

import os
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from tui.dossier import safe_text
from tui.dossier.store import fault_of
from tui.files import StoreError
from tui.importing.json_records import SAMPLE, Path, RecordFinder, given_twice
from tui.importing.mapping import ReadPart
from tui.importing.rows import PART, FileRow, Rows

_ANY = msgspec.json.Decoder()
# An escape: of both halves of a character, of one alone (the group), or any other.
_SURROGATE = re.compile(
    rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u([dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
#: How many names deep a column may be.
_COLUMN_DEPTH = 5
#: A text, or what Python writes for a number that is none.
_NO_NUMBER = re.compile(rb'("(?:[^"\\]|\\.)*+")|-?\b(?:NaN|Infinity)\b')
#: The column of the key of such records.
_KEY = "key"


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
            self._records, self._keys = RecordFinder(self, self._data).find(how.records)
        except StoreError:
            # Half a character, as an escape, is no reason to refuse a whole file.
            self._data = _SURROGATE.sub(lambda found: rb"\ufffd" if found[1] else found[0], data)
            if self._data == data:
                raise
            self._records, self._keys = RecordFinder(self, self._data).find(how.records)
        self._paths: list[Path] = []
        self._bound: dict[str, int] = {}
        if not self._records:
            raise self.error("there are no records in it")
        sample = [self._value(at)[0] for at in range(min(SAMPLE, len(self._records)))]
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
            if twice := given_twice(raw):
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
        for some in (range(min(SAMPLE, last)), range(min(SAMPLE, last), last)):
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
