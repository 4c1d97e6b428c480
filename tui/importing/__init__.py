"""Import from end to end: rows are read, events are built, a dossier is written.

The way of a row: `file_kinds.open_rows` → `Rows` → `EventBuilder` → the dossier, or else the file
of rejected rows.
"""

import io
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import BinaryIO, NamedTuple

import msgspec

from tui.dossier import index_builder, store
from tui.dossier.dossier import Dossier
from tui.dossier.safe_text import clean_line
from tui.export.csv_table import guard_formulas
from tui.files import (
    AtomicFile,
    StoreError,
    check_target,
    open_regular,
    read_bytes,
)
from tui.importing.event_builder import EventBuilder
from tui.importing.file_kinds import WANTED, open_rows
from tui.importing.mapping import Mapping, load_mapping, parse_mapping
from tui.importing.proposal import Proposal, propose
from tui.importing.registry import Fields, PartOf
from tui.importing.rows import Progress, Record, RowError, Rows

__all__ = [
    "Mapping", "Outcome", "Preview", "Proposal", "copy", "is_dossier", "load_mapping",
    "parse_mapping", "preview", "propose", "write",
]  # fmt: skip

#: Documents laid out at once: few enough that memory does not grow with them.
_BATCH = 1000
#: How a file of rejected rows begins, which tells it from another's; Excel needs the mark.
_REJECTED = b"\xef\xbb\xbfline,reason,"
# What separates cells in one country or another, quotes, line breaks, and spaces that get lost.
_TO_QUOTE = re.compile(r'[,;\t|"\r\n]|^ | $')
_DECODE = msgspec.json.Decoder(dict[str, object])


class Outcome(NamedTuple):
    """What was imported; `notes` are lines to tell, `rejects` the file of rejected rows."""

    events: int
    rejected: int
    rejects: str
    notes: list[str]

    def __str__(self) -> str:
        made = f"{self.events:,} event{'' if self.events == 1 else 's'}"
        if not self.rejected:
            return made
        rows = f"{self.rejected:,} row{' was' if self.rejected == 1 else 's were'}"
        return f"{made}; {rows} not used: {self.rejects} says why"


class Preview(NamedTuple):
    """The first events as a dossier in memory, and the rows rejected on the way to them."""

    dossier: bytes
    ids: list[str]
    refused: list[str]
    notes: list[str]

    def open(self) -> Dossier:
        """Open the dossier in memory."""
        connection = sqlite3.connect(":memory:")
        index_builder.build(connection, store.load_bytes(self.dossier, "the preview"), mark="")
        return Dossier(connection, kept=False)


def preview(path: str, mapping: Mapping, most: int) -> Preview:
    """Import the first `most` events of the file at `path` in memory; raises StoreError."""
    rows = open_rows(path, mapping.read)
    builder = EventBuilder(mapping, rows)
    refused: list[str] = []

    def reject(record: Record, reason: str) -> None:
        refused.append(f"{rows.place_of(record)}: {reason}")

    events = list(islice(_events(rows, builder, reject), most))
    parts = PartOf(builder.registry.moved)
    settled = _with_wholes(events, parts, io.BytesIO())
    dossier = io.BytesIO()
    dossier.writelines(_dossier(builder, _table("events", settled)))
    ids = [event["id"] for event in events]
    return Preview(dossier.getvalue(), ids, refused, [*rows.notes, *builder.notes()])


def write(
    path: str,
    mapping: Mapping,
    target: str,
    *,
    force: bool = False,
    reading: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> Outcome:
    """Import the file at `path` into the new dossier `target`; raises StoreError.

    Rows that cannot be used go to the file named after the target, ``NEW.rejected.csv``. Without
    `force` neither may exist, and with it only such a file is written over in the latter's place;
    the files at `path` and in `reading` never are.
    """
    rejects = f"{os.path.splitext(target)[0]}.rejected.csv"
    for wanted in (target, rejects):
        check_target(wanted, replace=force, reading=(path, *reading))
    stale = _is_of_rejected(rejects)
    rows = open_rows(path, mapping.read)
    builder = EventBuilder(mapping, rows)
    parts = PartOf(builder.registry.moved)
    with ExitStack() as stack:
        made = stack.enter_context(AtomicFile(target, replace=force))
        dossier = made.file  # begun at once: that it cannot be is said before a long file is read

        def spool() -> BinaryIO:
            folder = os.path.dirname(target) or "."
            return stack.enter_context(tempfile.TemporaryFile(dir=folder))

        rejected = _Rejected(rows, lambda: stack.enter_context(AtomicFile(rejects, replace=force)))
        events = _events(rows, builder, rejected.add, progress)
        if mapping.event.part_of:
            events = _with_wholes(events, parts, spool())
        # Events are read first, and stand last in a dossier: until then they are in a file.
        laid_out = spool()
        laid_out.writelines(_table("events", events))
        laid_out.seek(0)
        dossier.writelines(_dossier(builder, iter(lambda: laid_out.read(1 << 20), b"")))
        rejected.keep()
        made.commit()
    notes = [*rows.notes, *builder.registry.notes(), *builder.notes(), *parts.notes()]
    if stale and not rejected.count:
        _forget(rejects)
        notes.append(f"{rejects}: removed; it was of an earlier import")
    return Outcome(builder.built, rejected.count, rejects, notes)


def is_dossier(path: str) -> bool:
    """Whether the file at `path` is a dossier already; raises StoreError if it cannot be read."""
    with open_regular(path, WANTED) as file:
        head = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{"):
        return False
    try:
        meta = msgspec.json.decode(read_bytes(path), type=_Top).meta
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False
    return any("format" in document for document in meta.values())


class _Top(msgspec.Struct):
    meta: dict[str, dict[str, msgspec.Raw]]


def copy(path: str, target: str, *, force: bool = False) -> int:
    """Write the dossier at `path`, checked, to `target` as it is laid out by hand.

    Nothing of it is changed or left out. Returns how many events it has; raises StoreError.
    """
    check_target(target, replace=force, reading=(path,))
    data = read_bytes(path)
    contents = store.load_bytes(data, path)
    try:
        laid_out = msgspec.json.format(data.strip(), indent=2)
    except (msgspec.MsgspecError, RecursionError):
        raise StoreError(f"{clean_line(path)}: nested too deeply") from None
    with AtomicFile(target, replace=force) as fresh:
        fresh.file.write(laid_out + b"\n")
        fresh.commit()
    return len(contents.tables["events"])


# -- events


def _events(
    rows: Rows,
    builder: EventBuilder,
    reject: Callable[[Record, str], None],
    progress: Progress | None = None,
) -> Iterator[Fields]:
    for record in rows.records(progress):
        try:
            yield builder.build(record)
        except RowError as error:
            reject(record, str(error))


def _with_wholes(events: Iterable[Fields], parts: PartOf, spool: BinaryIO) -> Iterator[Fields]:
    """The events once it is known what they are part of, which may come after them.

    Until all have come they are kept in the file `spool`.
    """
    for event in events:
        parts.add(event)
        spool.write(msgspec.json.encode(event) + b"\n")
    parts.find()
    spool.seek(0)
    for line in spool:
        event = _DECODE.decode(line)
        parts.apply(event)
        yield event


# -- the dossier


def _dossier(builder: EventBuilder, events: Iterable[bytes]) -> Iterator[bytes]:
    """The dossier of what was built; `events` is its last table, laid out."""
    before = b"{\n"
    for table, documents in builder.registry.tables.items():
        yield before
        yield from _table(table, documents)
        before = b",\n"
    yield before
    yield from events
    yield b"\n}\n"


def _table(table: str, documents: Iterable[Fields]) -> Iterator[bytes]:
    """Lay a table out as TinyDB does, its documents numbered from 1, two spaces to a level."""
    head, before = f'  "{table}": {{'.encode(), b""
    yield head
    numbered = ((str(number), document) for number, document in enumerate(documents, 1))
    empty = msgspec.json.encode({table: {}})
    while (batch := msgspec.json.encode({table: dict(islice(numbered, _BATCH))})) != empty:
        yield before
        # Without the braces around the table, and the one around its documents.
        yield msgspec.json.format(batch, indent=2)[len(b"{\n" + head) : -len(b"\n  }\n}")]
        before = b","
    yield b"\n  }" if before else b"}"


# -- the rejected rows


class _Rejected:
    """The file of rejected rows, which is made only when there is a first one."""

    def __init__(self, rows: Rows, create: Callable[[], AtomicFile]) -> None:
        self._rows, self._create = rows, create
        self._fresh: AtomicFile | None = None
        self.count = 0

    def add(self, record: Record, reason: str) -> None:
        """Write one row: its line, the reason, and its cells."""
        if self._fresh is None:
            self._fresh = self._create()
            self._fresh.file.write(_REJECTED + csv_line([*self._rows.kept]))
        self.count += 1
        cells = [str(record.line), reason, *self._rows.rejected(record)]
        self._fresh.file.write(csv_line(cells))

    def keep(self) -> None:
        """Put the file in its place."""
        if self._fresh:
            self._fresh.commit()


def csv_line(cells: Iterable[str]) -> bytes:
    """A line of CSV that no spreadsheet runs, nor takes apart at another sign than the comma."""
    guarded = map(guard_formulas, cells)
    quoted = ['"' + c.replace('"', '""') + '"' if _TO_QUOTE.search(c) else c for c in guarded]
    return (",".join(quoted) + "\r\n").encode("utf-8", "backslashreplace")


def _is_of_rejected(path: str) -> bool:
    """Whether there is a file of rejected rows at `path`; raises StoreError if it is another."""
    if not os.path.lexists(path):
        return False
    with open_regular(path, "a file of refused rows") as file:
        if file.read(len(_REJECTED)) == _REJECTED:
            return True
    raise StoreError(
        f"{clean_line(path)}: in the way, and no file of refused rows; move it, or name another -o"
    )


def _forget(rejects: str) -> None:
    """Remove the rejected rows of an earlier import: they would be taken for this one's."""
    try:
        os.unlink(rejects)
    except OSError as error:
        raise StoreError(f"{clean_line(rejects)}: {error.strerror}") from None
