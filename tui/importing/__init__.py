"""Import from end to end: rows are read, events are built, a dossier is written.

The way of a row: `file_kinds.open_rows` → `Rows` → `EventBuilder` → the dossier, or else the file
of rejected rows.
"""

import io
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple

import msgspec

from tui.dossier import index_builder, store
from tui.dossier.dossier import Dossier
from tui.dossier.safe_text import clean_line
from tui.dossier.vocabulary import counted
from tui.export.csv_table import csv_line
from tui.files import AtomicFile, StoreError, check_target, open_regular, read_bytes, size_limit
from tui.importing.event_builder import EventBuilder
from tui.importing.file_kinds import is_dossier, open_rows
from tui.importing.mapping import Mapping, load_mapping, parse_mapping
from tui.importing.proposal import Proposal, propose
from tui.importing.registry import Fields, PartOf
from tui.importing.rows import FileRow, RowError, Rows

__all__ = [
    "Mapping", "Outcome", "Preview", "Proposal", "copy", "find_mapping", "is_dossier",
    "load_mapping", "parse_mapping", "preview", "propose", "write",
]  # fmt: skip

#: Documents laid out at once: few enough that memory does not grow with them.
_BATCH = 1000
#: Called with the bytes read and the size of the file, every so many rows.
Progress = Callable[[int, int], None]
_OFTEN = 2048
#: How a file of rejected rows begins, which tells it from another's; Excel needs the mark.
_REJECTED = b"\xef\xbb\xbfline,reason,"
#: So many bytes of events tell how large the dossier will be.
_SURE = 1 << 20


class Outcome(NamedTuple):
    """What was imported; `notes` are lines to tell, `rejects` the file of rejected rows."""

    events: int
    rejected: int
    rejects: str
    notes: list[str]

    def __str__(self) -> str:
        made = counted(self.events)
        if not self.rejected:
            return made
        rows, were = counted(self.rejected, "row"), "was" if self.rejected == 1 else "were"
        return f"{made}; {rows} {were} not used: {self.rejects} says why"


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

    def reject(row: FileRow, reason: str) -> None:
        refused.append(f"{rows.place_of(row)}: {reason}")

    events = list(islice(_events(rows, builder, reject), most))
    parts = PartOf(builder.registry.moved)
    settled = parts.settled(events, io.BytesIO())
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
    warn: Callable[[str], None] | None = None,
) -> Outcome:
    """Import the file at `path` into the new dossier `target`; raises StoreError.

    Rows that cannot be used go to the file named after the target, ``NEW.rejected.csv``. Without
    `force` neither may exist, and with it only such a file is written over in the latter's place;
    the files at `path` and in `reading` never are. `warn` is told once, as soon as it shows, that
    the dossier will be larger than what is opened.
    """
    rejects = f"{os.path.splitext(target)[0]}.rejected.csv"
    for wanted in (target, rejects):
        check_target(wanted, replace=force, reading=(path, *reading))
    stale = _is_of_rejected_rows(rejects)
    rows = open_rows(path, mapping.read)
    builder = EventBuilder(mapping, rows)
    parts = PartOf(builder.registry.moved)
    folder = os.path.dirname(target) or "."
    with (
        AtomicFile(rejects, replace=force) as rejects_made,
        AtomicFile(target, replace=force) as made,
        TemporaryFile(dir=folder) as spool,
        TemporaryFile(dir=folder) as laid_out,
    ):
        dossier = made.file  # begun at once: that it cannot be is said before a long file is read
        rejected = _RejectedRows(rows, rejects_made)
        events = _events(rows, builder, rejected.add, _watched(laid_out, target, progress, warn))
        if mapping.event.part_of:
            events = parts.settled(events, spool)
        # Events are read first, and stand last in a dossier: until then they are in a file.
        laid_out.writelines(_table("events", events))
        laid_out.seek(0)
        dossier.writelines(_dossier(builder, iter(lambda: laid_out.read(1 << 20), b"")))
        if rejected.count:
            rejects_made.commit()
        made.commit()
    notes = [*rows.notes, *builder.places.notes(), *builder.registry.notes()]
    notes += [*builder.notes(), *parts.notes()]
    if stale and not rejected.count:  # they would be taken for this import's
        notes.append(_remove(rejects))
    return Outcome(builder.built, rejected.count, rejects, notes)


def _watched(
    laid_out: BinaryIO,
    target: str,
    progress: Progress | None,
    warn: Callable[[str], None] | None,
) -> Progress:
    """A progress that also warns of a dossier too large to open, from what is laid out by then."""
    limit, warned = size_limit(), False

    def told(done: int, size: int) -> None:
        nonlocal warned
        if progress:
            progress(done, size)
        expected = laid_out.tell() * size // max(done, 1)
        if warn and not warned and expected > limit and laid_out.tell() > _SURE:
            warned = True
            mib = expected >> 20
            warn(
                f"{clean_line(target)} will have about {mib:,} MiB, and no file over "
                f"{limit >> 20} MiB is opened: set SUMMITRY_MAX_MIB={mib * 5 // 4} when you open "
                "it, or import a part of the rows (Ctrl+C ends this)"
            )

    return told


def find_mapping(named: str) -> str:
    """Return the path of a mapping: a file, or one of the ready ones in the folder ``ready``.

    Raises StoreError, naming the ready ones, where there is neither.
    """
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ready")
    ready = sorted(name.removesuffix(".toml") for name in os.listdir(folder))
    if os.path.exists(named) or os.path.splitext(named)[1] or os.path.dirname(named):
        return named
    if named not in ready:
        shown = clean_line(named)
        raise StoreError(f"{shown}: no such file, and no ready mapping: {', '.join(ready)}")
    return os.path.join(folder, f"{named}.toml")


def copy(path: str, target: str, *, force: bool = False) -> int:
    """Write the dossier at `path`, checked, to `target` as it is laid out by hand.

    Nothing of it is changed or left out. Returns how many events it has; raises StoreError.
    """
    check_target(target, replace=force, reading=(path,))
    data = read_bytes(path)
    contents = store.load_bytes(data, path)
    with AtomicFile(target, replace=force) as made:
        made.file.write(msgspec.json.format(data.strip(), indent=2) + b"\n")
        made.commit()
    return len(contents.tables["events"])


# -- events


def _events(
    rows: Rows,
    builder: EventBuilder,
    reject: Callable[[FileRow, str], None],
    progress: Progress | None = None,
) -> Iterator[Fields]:
    for row in rows.read():
        if progress and not row.number % _OFTEN:
            progress(rows.position(), rows.size)
        try:
            yield builder.build(row)
        except RowError as error:
            reject(row, str(error))
    if progress:
        progress(rows.size, rows.size)


# -- rejected rows


class _RejectedRows:
    """Writes rejected rows to a file, which is made only when there is a first one."""

    def __init__(self, rows: Rows, made: AtomicFile) -> None:
        self._rows, self._made, self.count = rows, made, 0

    def add(self, row: FileRow, reason: str) -> None:
        """Write one row: its line, the reason, and its cells."""
        if not self.count:
            names = self._rows.rejected_columns or self._rows.columns
            self._made.file.write(_REJECTED + csv_line(names))
        self.count += 1
        cells = [str(row.line), reason, *self._rows.rejected(row)]
        self._made.file.write(csv_line(cells))


def _is_of_rejected_rows(path: str) -> bool:
    """Whether there is a file of rejected rows at `path`; raises StoreError if it is another."""
    if not os.path.lexists(path):
        return False
    with open_regular(path, "a file of refused rows") as file:
        if file.read(len(_REJECTED)) == _REJECTED:
            return True
    raise StoreError(
        f"{clean_line(path)}: in the way, and no file of refused rows; move it, or name another -o"
    )


def _remove(path: str) -> str:
    """Remove the rejected rows of an earlier import; returns what to say of that."""
    try:
        os.unlink(path)
    except OSError as error:
        raise StoreError(f"{clean_line(path)}: not removed: {error.strerror}") from None
    return f"{path}: removed; it was of an earlier import"


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
