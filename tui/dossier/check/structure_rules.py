"""The file itself: keys given twice, unknown tables and fields, records that do not decode."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

import msgspec
from msgspec import Struct

from tui.dossier import records, store
from tui.dossier.check.problem import Problem, field_path, likely, place, quoted, walk
from tui.dossier.dates import DateError, parse
from tui.dossier.safe_text import clean_line

Tables = Mapping[str, Mapping[str, msgspec.Raw]]
Shape = dict[str, "Shape | None"]

_DATES = frozenset({"date", "accessed", "as_of"})
_TYPES = {
    "str": "a text", "int": "a whole number", "float": "a number", "bool": "true or false",
    "array": "a list", "object": "an object", "null": "null",
}  # fmt: skip
_KEPT = "it is kept but not read"
# What is read in place of a faulty field of meta: it causes no problem of its own.
_STAND_INS = {
    "format": records.FORMAT, "title": "?", "subject": "ZZ", "summary": "", "as_of": "9999-12-31",
    "language": "en", "licence": "NOASSERTION",
}  # fmt: skip


def file_problems(data: bytes, tables: Tables) -> Iterator[Problem]:
    """Keys and document ids given twice, missing and unknown tables."""
    yield from _doubled_key_problems(data)
    for table, documents in tables.items():
        numbers: dict[str, str] = {}
        for key in documents:
            first = numbers.setdefault(key.lstrip("0") or "0", key)
            if first != key:
                what = f"the document ids {quoted(first)} and {quoted(key)} are one number"
                mend = "give this document a number of its own"
                yield Problem(place(table, key), "document id", what, mend)
        if table != "meta" and table not in records.TABLES and documents:
            near = likely(table, records.TABLES)
            hint = f"rename it to {near}, or leave it" if near else "leave it, or take it out"
            what = f"no such table in format {records.FORMAT}: {_KEPT}"
            yield Problem("dossier", clean_line(table[:80]), what, hint, is_note=True)
    if "events" not in tables:
        yield Problem("dossier", "events", "no such table", 'add "events": {}')


def meta_faults(data: bytes) -> tuple[list[Problem], bytes]:
    """Every fault of ``meta``, and the file with stand-ins for what is faulty in it.

    Without a fault that can be named, as where the file holds no ``meta``, it is as it was.
    """
    try:
        tables = store.DossierStorage(data).read()
        ((key, raw),) = tables["meta"].items()
        value = msgspec.json.decode(raw)
        fields = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except (*store.UNREADABLE, KeyError):
        return [], data
    if value.get("format") != records.FORMAT:
        return [], data
    found = [Problem("meta", *fault) for fault in _faults(value, records.Overview, "")]
    for problem in found:
        fields[problem.field] = msgspec.Raw(msgspec.json.encode(_STAND_INS[problem.field]))
    return found, msgspec.json.encode({**tables, "meta": {key: fields}}) if found else data


def refused_problems(
    problem: store.Refused, documents: Mapping[str, msgspec.Raw]
) -> Iterator[Problem]:
    """Every fault of a record that did not decode; `problem` is the first one."""
    where = problem.record or place(problem.table, problem.key)
    # Where the document id is what is wrong, the record may well be right.
    raw = documents.get(problem.key) if problem.key.isdigit() else None
    try:
        value = None if raw is None else msgspec.json.decode(raw)
    except store.UNREADABLE:
        value = None
    faults = [] if value is None else list(_faults(value, records.TABLES[problem.table], ""))
    if not faults:
        what, _, mend = problem.what.partition("; ")
        faults = [(problem.field or "record", what, mend or "mend it in the file")]
    for field, what, mend in faults:
        yield Problem(where, field, what, mend)


def unknown_field_problems(where: str, value: Any, kind: type[Struct]) -> Iterator[Problem]:
    """The fields of a decoded record that format 1 does not know, each name once."""
    seen: set[str] = set()
    for path, name, known in _unknown(value, _SHAPES[kind], ""):
        bare = re.sub(r"\[\d+\]", "[]", path)
        if bare in seen:
            continue
        seen.add(bare)
        near = likely(name, known)
        mend = f"rename it to {near}, or leave it" if near else "leave it, or take it out"
        yield Problem(where, clean_line(path[:120]), f"unknown field: {_KEPT}", mend, is_note=True)


# -- keys given twice


class _Doubled(dict[str, Any]):
    """An object of which some keys were given twice."""

    twice: list[str]


def _doubled_key_problems(data: bytes) -> Iterator[Problem]:
    text = data.decode("utf-8", "replace")
    found = False

    def look(pairs: list[tuple[str, Any]]) -> None:
        nonlocal found
        if len(pairs) > 1 and len(dict(pairs)) != len(pairs):
            found = True

    def keep(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = _Doubled(pairs)
        if len(value) == len(pairs):
            return dict(value)
        counts = Counter(key for key, _ in pairs)
        value.twice = [key for key, count in counts.items() if count > 1]
        return value

    try:
        # Most files have none: looked at first, and nothing of the file is kept.
        json.loads(text, object_pairs_hook=look)
        if found:
            top = json.loads(text, object_pairs_hook=keep)
            for steps, value in walk(top):
                for key in value.twice if isinstance(value, _Doubled) else ():
                    where, field = _where(top, steps, key)
                    what = f"the key {quoted(key)} is given twice and only the last is read"
                    yield Problem(where, field, what, "keep one of them, or rename one")
    except (RecursionError, ValueError):
        what = "nested too deeply, or a number too long, to look for keys given twice"
        yield Problem("dossier", "file", what, "take out what is so deep or long", is_note=True)


def _where(top: Any, steps: Sequence[str | int], key: str) -> tuple[str, str]:
    """The record and the field of a key, given the steps to the object that it stands in."""
    if not steps:  # a table
        return "dossier", clean_line(key[:80])
    table, *rest = map(str, steps[:2])
    if not rest:  # a document id
        return place(table, key), "record"
    record = top[steps[0]][steps[1]]
    id_ = record.get("id") if isinstance(record, dict) else None
    where = clean_line(id_[:80]) if isinstance(id_, str) else place(table, *rest)
    return where, field_path([*steps[2:], key])


# -- fields


def _part_of(hint: Any) -> type[Struct] | None:
    """The struct that a field of type ``tuple[Struct, ...]`` holds."""
    part = get_args(hint)[0] if get_args(hint) else None
    return part if isinstance(part, type) and issubclass(part, Struct) else None


def _shape(kind: type[Struct]) -> Shape:
    return {
        field.encode_name: _shape(part) if (part := _part_of(field.type)) else None
        for field in msgspec.structs.fields(kind)
    }


_SHAPES: dict[type[Struct], Shape] = {
    kind: _shape(kind) for kind in (records.Overview, *records.TABLES.values())
}


def _unknown(value: Any, shape: Shape, path: str) -> Iterator[tuple[str, str, Shape]]:
    if not isinstance(value, dict):
        return
    if not value.keys() <= shape.keys():
        for key in value.keys() - shape.keys():
            yield path + key, key, shape
    for key, part in shape.items():
        if part is not None:
            for position, item in enumerate(value.get(key, ())):
                yield from _unknown(item, part, f"{path}{key}[{position}].")


def _faults(value: Any, kind: type[Struct], path: str) -> Iterator[tuple[str, str, str]]:
    """The faults of the fields of `value`, a `kind` of record: path, fault, how to mend it."""
    if not isinstance(value, dict):
        yield path.rstrip(".") or "record", "not an object", "write it as { … }"
        return
    for field in msgspec.structs.fields(kind):
        name = field.encode_name
        if name not in value:
            if field.required:
                yield path + name, "missing", "add it"
            continue
        given, part = value[name], _part_of(field.type)
        if part is not None and isinstance(given, list):
            for position, item in enumerate(given):
                yield from _faults(item, part, f"{path}{name}[{position}].")
            continue
        try:
            msgspec.convert(given, field.type)
            if name in _DATES and isinstance(given, str):
                parse(given)
        except DateError as error:
            what, _, mend = str(error).partition(": ")
            yield path + name, what, mend
        except msgspec.ValidationError as error:
            at, what, mend = _said(error, name)
            yield path + name + at, what, mend


def _said(error: msgspec.ValidationError, name: str) -> tuple[str, str, str]:
    """Put a message of msgspec in plain words: the rest of the path, the fault, how to mend it."""
    at, message, wanted, got, limit = store.fault_of(error)
    if not wanted:
        return at, message[:200], "mend it in the file"
    wanted = " or ".join(_TYPES.get(one, one) for one in wanted.split(" | ") if one != "null")
    if "regex" in limit and "A-Z" in limit:
        return at, "not a country code", "write two capital letters (ISO 3166-1 alpha-2)"
    if "regex" in limit:
        return at, "not an id", "write lower-case letters, digits and hyphens, at most 80"
    if "length >= 1" in limit:
        return at, "empty", "write it" if name != "aliases" else "take it out"
    if limit:
        return at, "out of range", f"write {wanted} {limit}"
    return at, f"{_TYPES.get(got, got)} where {wanted} belongs", f"write {wanted}"
