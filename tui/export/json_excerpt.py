"""JSON: a dossier of format 1 with the records selected and all that they refer to.

The excerpt is the smallest set of records that is closed: with a record it holds every record that
this one, or ``meta``, names in a field or links to in prose, among them the event it is part of.
So no reference in it leads nowhere that did not before, and exporting it again gives the same
bytes. Without a query it is the whole dossier.

As text links text, it may be far larger than the selection; how many records came along is said.
Nothing smaller would do: to stop at some distance would leave links that `check` calls errors, and
to cut the prose of the outermost records would have them say what nobody wrote.

The text is that of the file and not cleaned: unknown fields, the spelling of numbers, document ids
and the order of records are kept. All that is not ASCII is written as an escape.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from tui.dossier.dossier import Dossier
from tui.dossier.prose_links import link_ids
from tui.dossier.records import TABLES, references_of
from tui.dossier.safe_text import clean_line
from tui.dossier.store import DossierStorage
from tui.export import Say, Selection
from tui.files import StoreError, read_bytes, stamp

# What is escaped: DEL too, the one control character that JSON allows as it is.
_NOT_PLAIN = re.compile(r"[^\x00-\x7e]")


class _Named(msgspec.Struct):
    id: str = ""


def render(selection: Selection, say: Say) -> Iterator[str]:
    """Give the dossier in one piece.

    Raises:
        StoreError: the file has changed since it was opened, or cannot be read.
    """
    rows, read, kept = selection.rows, selection.dossier.stamp, None
    assert read is not None, "only a dossier that is read from a file can be exported"
    if not selection.everything:
        kept = closed(selection.dossier, (row.id for row in rows))
        if more := len(kept) - len(rows):
            say(f"{len(rows):,} found; {more:,} more records, as these refer to them")
    changed = StoreError(f"{clean_line(read.path)}: changed while it was exported; try again")
    data = read_bytes(read.path)
    if stamp(read.path) != read:
        raise changed
    try:
        tables = DossierStorage(data).read()
        body = msgspec.json.format(b"".join(_joined(tables, kept)), indent=2).decode()
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise changed from None
    yield _NOT_PLAIN.sub(_escaped, body) + "\n"


def closed(dossier: Dossier, ids: Iterable[str]) -> set[str]:
    """Give the ids of the smallest closed set of records that holds these."""
    todo = [*ids, *link_ids(dossier.overview.summary)]
    kept: set[str] = set()
    while todo:
        id_ = todo.pop()
        if id_ in kept or (row := dossier.row(id_)) is None:
            continue
        kept.add(id_)
        todo += (reference.id for reference in references_of(dossier.record(row)))
    return kept


def _joined(tables: dict[str, dict[str, msgspec.Raw]], kept: set[str] | None) -> Iterator[bytes]:
    """Give the JSON of the tables with the records of these ids; None keeps all of them."""
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
    """Escape a character for JSON: one beyond the first plane takes two escapes."""
    code = found[0].encode("utf-16-be").hex()
    return "".join(f"\\u{code[at : at + 4]}" for at in range(0, len(code), 4))
