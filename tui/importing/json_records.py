"""Where the records of a JSON file are: in a list, by key, or one a line."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec

from tui.dossier import safe_text
from tui.importing.rows import Rows

Path = tuple[str, ...]
#: Records, and the key of each where they stand by key.
_Found = tuple[list[msgspec.Raw], list[str]]

_RAWS = msgspec.json.Decoder(list[msgspec.Raw])
_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
#: Records looked at first; how many names deep they may stand.
SAMPLE, _DEPTH = 200, 3
#: What ``records`` says where they stand by key at the top of the file.
_TOP = "."
#: Files of a record a line, whatever is on one.
_OF_LINES = (".jsonl", ".ndjson")
#: Values by key may be fields as well: they are taken for the records before a list only where
#: they are more than ten times as many. So many of them are looked at, to see if they are alike.
_LIST_WEIGHT, _ALIKE = 10, 20


class RecordFinder:
    """Finds the records in the bytes of a file, and notes where, if that was guessed."""

    def __init__(self, rows: Rows, data: bytes) -> None:
        self._rows, self._data = rows, data

    def find(self, where: str | None) -> _Found:
        """The records at the path `where`, or the most of one kind near the top."""
        try:
            return self._found_at(where) if where else self._found()
        except RecursionError:
            raise self._rows.error("nested too deeply") from None
        except (msgspec.MsgspecError, ValueError) as error:
            what = safe_text.clean_line(str(error)).replace("JSON is malformed: ", "")[:200]
            raise self._rows.error(f"broken JSON: {what}") from None

    def _found(self) -> _Found:
        first = self._data.lstrip()[:1]
        if first == b"[":
            return _RAWS.decode(self._data), []
        if first != b"{":
            start = safe_text.clean_line(self._data[:20].decode(errors="replace"))
            raise self._rows.error(f'not JSON with a list of records: it begins with "{start}"')
        try:
            _FIELDS.decode(self._data)
        except msgspec.DecodeError:
            if lines := _json_lines(self._data, sure=self._rows.shown.lower().endswith(_OF_LINES)):
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
        self._rows.guessed = {"records": where}
        self._rows.note(
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
                raise self._rows.error(
                    f'read.records: there is no "{shown}"; it has: {names}'
                ) from None
        if records := _records(found):
            return records
        raise self._rows.error(f'read.records: "{shown}" is no list')


def _start(raw: msgspec.Raw) -> bytes:
    """The first character of a value; white space may stand before it."""
    return bytes(memoryview(raw)[:4096]).lstrip()[:1]


def _json_lines(data: bytes, *, sure: bool) -> list[msgspec.Raw]:
    """The records of JSON Lines, broken ones as they are; empty for a file of another kind.

    More than half of its first lines are JSON on their own, unless it is `sure` of its kind.
    """
    lines = [line.strip() for line in data.splitlines() if line.strip()]
    good = 0
    for line in lines[:SAMPLE]:
        with suppress(msgspec.MsgspecError):
            good += bool(msgspec.json.decode(line, type=dict[str, msgspec.Raw]))
    is_of_lines = len(lines) > 1 and (sure or good * 2 > len(lines[:SAMPLE]))
    return list(map(msgspec.Raw, lines)) if is_of_lines else []


def given_twice(raw: msgspec.Raw) -> str:
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
