"""JSON: a dossier of format 1 with what was chosen and all that it refers to, as it stands.

An excerpt is the smallest set of records that is closed: it holds the records chosen and every
record that one of its records (or ``meta``) names in a field or links to in prose, the whole that
an event is part of among them. So nothing in it dangles that did not dangle before, and exporting
it again gives the same bytes. Without a query it is the whole dossier.

It may be far larger than what was chosen, for text links text, and yet no smaller one will do. A
record stands whole, as in the file, so it brings every link of its prose; to stop at some distance
would leave links to records that are not there, which `check` calls errors, and to cut the prose
of the outermost records would make them say what nobody wrote. How many came along is said.

The text is the file's own, not the cleaned one: records keep their unknown fields, the spelling of
their numbers, their document ids and their order. Whatever is not ASCII is written as an escape.
"""

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

from tui.dossier import prose_links, safe_text
from tui.dossier.dossier import Dossier
from tui.dossier.records import TABLES, Actor, Event, Record, Region
from tui.dossier.store import DossierStorage
from tui.export import Chosen
from tui.files import StoreError, read_bytes

# DEL too: it is the one control character that JSON lets stand.
_NOT_PLAIN = re.compile(r"[^\x00-\x7e]")


class _Named(msgspec.Struct):
    id: str = ""


def excerpt(chosen: Chosen, say: Callable[[str], None]) -> Iterator[str]:
    """The dossier in one piece; raises StoreError where the file has changed meanwhile."""
    kept = None if chosen.everything else closed(chosen.dossier, (row.id for row in chosen.rows))
    if kept is not None and len(kept) > len(chosen.rows):
        more = len(kept) - len(chosen.rows)
        say(f"{len(chosen.rows):,} found; {more:,} more records, as these refer to them")
    try:
        tables = DossierStorage(read_bytes(chosen.path)).read()
        body = msgspec.json.format(b"".join(_joined(tables, kept)), indent=2).decode()
    except (msgspec.MsgspecError, ValueError, RecursionError):
        shown = safe_text.clean_line(chosen.path)
        raise StoreError(f"{shown}: changed while it was exported; try again") from None
    yield _NOT_PLAIN.sub(_escaped, body) + "\n"


def closed(dossier: Dossier, ids: Iterable[str]) -> set[str]:
    """The ids of the smallest closed set of records that holds these."""
    todo = [*ids, *prose_links.link_ids(dossier.overview.summary)]
    kept: set[str] = set()
    while todo:
        id_ = todo.pop()
        if id_ in kept or (row := dossier.row(id_)) is None:
            continue
        kept.add(id_)
        todo += references(dossier.record(row))
    return kept


def references(record: Record) -> Iterator[str]:
    """The ids that a record refers to; some may have no record."""
    prose = [record.summary] if isinstance(record, Region | Actor | Event) else []
    if isinstance(record, Event):
        yield from record.regions
        yield from (taking.actor for taking in record.participants)
        yield from (relation.event for relation in record.related)
        yield from (id_ for id_ in (record.place, record.part_of) if id_)
        for step in record.steps:
            yield from (cite.source for cite in step.cites)
        for claim in record.claims:
            yield from (cite.source for cite in claim.cites)
            if claim.by:
                yield claim.by
            prose.append(claim.text)
    for piece in prose:
        yield from prose_links.link_ids(piece)


def _joined(tables: dict[str, dict[str, msgspec.Raw]], kept: set[str] | None) -> Iterator[bytes]:
    """The JSON of the tables, with the records of these ids; None keeps everything."""
    id_of = msgspec.json.Decoder(_Named)
    for place, (name, documents) in enumerate(tables.items()):
        yield (b"," if place else b"{") + msgspec.json.encode(name) + b":{"
        comma = b""
        for key, raw in documents.items():
            if kept is not None and name in TABLES and id_of.decode(raw).id not in kept:
                continue
            yield comma + msgspec.json.encode(key) + b":" + bytes(raw)
            comma = b","
        yield b"}"
    yield b"}"


def _escaped(found: re.Match[str]) -> str:
    """A character as JSON escapes it: two of them beyond the first plane."""
    point = ord(found[0])
    if point < 0x10000:
        return f"\\u{point:04x}"
    point -= 0x10000
    return f"\\u{0xD800 + (point >> 10):04x}\\u{0xDC00 + (point & 0x3FF):04x}"
