"""JSON and JSON Lines as rows: a column is a dotted path, ``start_date.year`` or ``names.0``."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from tui.dossier import text
from tui.dossier.files import StoreError, read_bytes
from tui.importing.mapping import ReadPart
from tui.importing.reading import Record, column_missing

_RAWS = msgspec.json.Decoder(list[msgspec.Raw])
_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ANY = msgspec.json.Decoder()
# An escape: of both halves of a character, of one alone (the group), or any other.
_SURROGATE = re.compile(
    rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u([dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_SAMPLE, _OFTEN, _DEPTH = 200, 2048, 3

Path = tuple[str, ...]


class ObjectReader:
    """A JSON file, open for reading; see `reading.Reader`.

    Only its bytes are kept: each record is decoded when its turn comes. In a list of several
    values each stands beside the next with ``; `` between.
    """

    unit = "record"

    def __init__(self, path: str | os.PathLike[str], how: ReadPart, encoding: str) -> None:
        self._shown = text.clean_line(os.fspath(path))
        self.notes: list[str] = []
        self.guessed: dict[str, str] = {}
        self._data = _utf8(read_bytes(path, "a CSV, TSV or JSON file"), encoding, self._shown)
        try:
            self._records = self._find(how.records)
        except StoreError:
            # Half a character, as an escape, is no reason to refuse a whole file.
            mended = _SURROGATE.sub(_whole_characters, self._data)
            if mended == self._data:
                raise
            self._data = mended
            self._records = self._find(how.records)
        self._paths: list[Path] = []
        self._bound: dict[str, int] = {}
        sample = [self._decoded(raw) for raw in self._records[:_SAMPLE]]
        self.columns = list(dict.fromkeys(name for one in sample for name in _leaves(one)))
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
            value = self._decoded(raw)
            if isinstance(value, dict):
                yield Record(line, [_spoken(_value_at(value, path)) for path in paths])
            else:
                yield Record(line, empty, "not a record of named values ({…})")
            if progress and not count % _OFTEN:
                progress(at, size)
        if progress:
            progress(size, size)

    def rejected(self, number: int, record: Record) -> dict[str, str]:
        """The record with this number (from 1) as it stands in the file."""
        return {"record": bytes(self._records[number - 1]).decode(errors="replace")}

    def _path(self, name: str) -> Path:
        """The steps to a value: a name with dots in it goes before a path."""
        ways = ((name,), tuple(name.split(".")))
        for records in (self._records[:_SAMPLE], self._records[_SAMPLE:]):
            for path in ways:
                if any(_has(self._decoded(raw), path) for raw in records):
                    return path
        raise column_missing(self._shown, name, self.columns)

    def _decoded(self, raw: msgspec.Raw) -> Any:
        try:
            return _ANY.decode(raw)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None  # no record, and refused as such

    def _find(self, where: str | None) -> list[msgspec.Raw]:
        """The list of records: the one named, or the longest one near the top."""
        try:
            top = msgspec.Raw(self._data)
            if where:
                return self._list_at(top, where)
            first = self._data.lstrip()[:1]
            if first == b"[":
                return _RAWS.decode(self._data)
            if first != b"{":
                raise StoreError(f"{self._shown}: not JSON with a list of records")
            try:
                _FIELDS.decode(self._data)
            except msgspec.DecodeError:
                if lines := _as_lines(self._data):
                    return lines
                raise
            found = max(_lists(top, (), _DEPTH), key=lambda one: len(one[1]), default=None)
            if found is None:
                return [top]
            self.guessed = {"records": ".".join(found[0])}
            self.notes.append(
                f'{self._shown}: the records are read from "{".".join(found[0])}"; if that is '
                "wrong, set records under [read]"
            )
            return found[1]
        except RecursionError:
            raise StoreError(f"{self._shown}: nested too deeply") from None
        except (msgspec.MsgspecError, ValueError) as error:
            what = text.clean_line(str(error)).replace("JSON is malformed: ", "")[:200]
            raise StoreError(f"{self._shown}: broken JSON: {what}") from None

    def _list_at(self, top: msgspec.Raw, where: str) -> list[msgspec.Raw]:
        found = top
        for step in where.split("."):
            try:
                if step.isdigit() and _start(found) == b"[":
                    found = _RAWS.decode(found)[int(step)]
                else:
                    found = _FIELDS.decode(found)[step]
            except (KeyError, IndexError, msgspec.ValidationError):
                raise StoreError(
                    f"{self._shown}: read.records: there is no "
                    f'"{text.clean_line(where)[:80]}"; it has: {self._tops(top)}'
                ) from None
        if _start(found) == b"[":
            return _RAWS.decode(found)
        if _start(found) == b"{":
            return list(_FIELDS.decode(found).values())
        raise StoreError(f'{self._shown}: read.records: "{text.clean_line(where)[:80]}" is no list')

    def _tops(self, top: msgspec.Raw) -> str:
        try:
            names = list(_FIELDS.decode(top))
        except msgspec.MsgspecError:
            return "a list at the top; leave records out"
        return text.clean_line(", ".join(names[:40]))[:600]


def _whole_characters(found: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if found[1] else found[0]


def _start(raw: msgspec.Raw) -> bytes:
    """What a value begins with; white space may stand before it."""
    return bytes(memoryview(raw)[:4096]).lstrip()[:1]


def _utf8(data: bytes, encoding: str, shown: str) -> bytes:
    if encoding in ("utf-8", "utf-8-sig"):
        return data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode(encoding).encode()
    except UnicodeError:
        raise StoreError(f"{shown}: not valid {encoding}; save it as UTF-8") from None


def _as_lines(data: bytes) -> list[msgspec.Raw]:
    """The records of JSON Lines; empty where a line is not JSON on its own."""
    lines = [line for line in data.splitlines() if line.strip()]
    try:
        return [msgspec.json.decode(line, type=msgspec.Raw) for line in lines] if lines[1:] else []
    except msgspec.MsgspecError:
        return []


def _lists(value: msgspec.Raw, path: Path, depth: int) -> Iterator[tuple[Path, list[msgspec.Raw]]]:
    """The lists of objects within `depth` names of the top."""
    start = _start(value)
    if start == b"[":
        found = _RAWS.decode(value)
        if found and _start(found[0]) == b"{":
            yield path, found
    elif start == b"{" and depth:
        for name, inner in _FIELDS.decode(value).items():
            yield from _lists(inner, (*path, name), depth - 1)


def _leaves(value: object, path: str = "", depth: int = 5) -> Iterator[str]:
    """The dotted paths of a record's values; lists count as values."""
    if isinstance(value, dict) and depth:
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else name, depth - 1)
    elif path:
        yield text.clean_line(path)


def _value_at(value: Any, path: Path) -> Any:
    for position, step in enumerate(path):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            if step.isdigit():
                value = value[int(step[:9])] if int(step[:9]) < len(value) else None
            else:
                return [_value_at(one, path[position:]) for one in value]
        else:
            return None
    return value


def _has(value: Any, path: Path) -> bool:
    for position, step in enumerate(path):
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdigit() and int(step[:9]) < len(value):
            value = value[int(step[:9])]
        elif isinstance(value, list) and not step.isdigit():
            return any(_has(one, path[position:]) for one in value)
        else:
            return False
    return True


def _spoken(value: Any) -> str:
    """A JSON value as the text of a cell."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(filter(None, map(_spoken, value)))
    if isinstance(value, dict):
        return msgspec.json.encode(value).decode()
    return str(value)
