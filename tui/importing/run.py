"""An import from end to end: a mapping proposed, events previewed, a dossier written."""

import io
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import NamedTuple

import msgspec

from tui.dossier import index_builder, safe_text, store
from tui.dossier.dossier import Dossier
from tui.files import StoreError, open_regular, read_bytes
from tui.importing.lookup import RowError
from tui.importing.making import Maker
from tui.importing.mapping import Mapping
from tui.importing.mapping import load as load_mapping
from tui.importing.mapping import parse as parse_mapping
from tui.importing.propose import propose
from tui.importing.reading import Reader, Record, open_reader
from tui.importing.registry import Fields
from tui.importing.waiting import Waiting
from tui.importing.wholes import Wholes
from tui.importing.writing import Fresh, RejectWriter, TableWriter, is_rejects, refuse

__all__ = [
    "copy", "is_dossier", "load_mapping", "opened", "parse_mapping", "preview", "propose", "write",
]  # fmt: skip

Progress = Callable[[int, int], None]


class Outcome(NamedTuple):
    """What an import came to: `notes` are lines to say; `rejects` is the file of refused rows."""

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
    """The first events as a dossier in memory, and the rows refused on the way to them."""

    dossier: bytes
    ids: list[str]
    refused: list[str]
    notes: list[str]


def preview(path: str, mapping: Mapping, most: int) -> Preview:
    """The first `most` events of the file at `path`, nothing written; raises StoreError."""
    reader = open_reader(path, mapping.read)
    maker = Maker(mapping, reader)
    events: list[Fields] = []
    refused: list[str] = []
    for number, record in enumerate(reader.rows(), 1):
        try:
            events.append(maker.event(record, number))
        except RowError as error:
            at = record.line if reader.unit == "line" else number
            refused.append(f"{reader.unit} {at}: {error}")
        if len(events) == most:
            break
    wholes = Wholes(maker.registry.ids.moved)
    for event in events:
        wholes.add(event)
    wholes.settle()
    for event in events:
        wholes.apply(event)
    tables = {
        table: {str(n): made for n, made in enumerate(documents, 1)}
        for table, documents in (maker.registry.tables | {"events": events}).items()
    }
    ids = [event["id"] for event in events]
    notes = [*reader.notes, *maker.notes()]
    return Preview(msgspec.json.encode(tables), ids, refused, notes)


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
        refuse(wanted, force, (path, *reading))
    stale = os.path.lexists(rejects)
    if stale and not is_rejects(rejects):
        raise StoreError(
            f"{safe_text.clean_line(rejects)}: in the way, and no file of refused rows; "
            "move it, or name another -o"
        )
    reader = open_reader(path, mapping.read)
    maker = Maker(mapping, reader)
    wholes = Wholes(maker.registry.ids.moved) if maker.has_parts else None
    with ExitStack() as stack:
        made = stack.enter_context(Fresh(target, force))
        waiting = Waiting(stack, target, force, wholes)
        refused = _Refused(stack, rejects, reader, force)
        count = 0
        for event in _events(maker, reader, refused, progress):
            count += 1
            waiting.add(event)
        waiting.end()
        _assemble(maker, made, waiting)
        refused.keep()
        made.keep()
    notes = _notes(reader, maker, wholes)
    if stale and not refused.count:
        _forget(rejects)
        notes.append(f"{rejects}: removed; it was of an earlier import")
    return Outcome(count, refused.count, rejects, notes)


def _notes(reader: Reader, maker: Maker, wholes: Wholes | None) -> list[str]:
    notes = [*reader.notes, *maker.registry.notes(), *maker.notes()]
    if wholes and wholes.lost:
        are = " is" if wholes.lost == 1 else "s are"
        notes.append(
            f"{wholes.lost} event{are} part of one that is not there, or of themselves; what they "
            'name is kept as the fact "Part of"'
        )
    return notes


def _events(
    maker: Maker, reader: Reader, refused: "_Refused", progress: Progress | None
) -> Iterator[Fields]:
    for number, record in enumerate(reader.rows(progress), 1):
        try:
            yield maker.event(record, number)
        except RowError as error:
            refused.add(number, record, str(error))


def _assemble(maker: Maker, made: Fresh, waiting: Waiting) -> None:
    """Write the small tables, then the events that waited."""
    tables = TableWriter(made.file)
    for table, documents in maker.registry.tables.items():
        tables.begin(table)
        for document in documents:
            tables.add(document)
    tables.end_table()
    made.file.write(b",\n")
    for block in waiting.blocks():
        made.file.write(block)


class _Refused:
    """The rows that cannot be used; their file is made when there is a first one."""

    def __init__(self, stack: ExitStack, target: str, reader: Reader, force: bool) -> None:
        self._stack, self._target, self._reader, self._force = stack, target, reader, force
        self._fresh: Fresh | None = None
        self._file: io.TextIOWrapper | None = None
        self._writer: RejectWriter | None = None
        self.count = 0

    def add(self, number: int, record: Record, reason: str) -> None:
        self.count += 1
        if self._writer is None:
            self._fresh = self._stack.enter_context(Fresh(self._target, self._force))
            # The mark makes Excel read it as UTF-8.
            self._file = io.TextIOWrapper(
                self._fresh.file, "utf-8-sig", errors="backslashreplace", newline=""
            )
            self._writer = RejectWriter(self._file, self._reader.kept)
        self._writer.add(record.line, reason, self._reader.rejected(number, record))

    def keep(self) -> None:
        if self._fresh and self._file:
            self._file.flush()
            self._fresh.keep()


def _forget(rejects: str) -> None:
    """Remove the refused rows of an earlier import: they would be taken for this one's."""
    try:
        os.unlink(rejects)
    except OSError as error:
        raise StoreError(f"{safe_text.clean_line(rejects)}: {error.strerror}") from None


def is_dossier(path: str) -> bool:
    """Whether the file at `path` is a dossier already; raises StoreError if it cannot be read."""
    with open_regular(path, "a CSV, TSV or JSON file") as file:
        head = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{"):
        return False
    try:
        meta = msgspec.json.decode(read_bytes(path), type=_Top).meta
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False
    return any("format" in document for document in meta.values())


def copy(path: str, target: str, *, force: bool = False) -> int:
    """Write the dossier at `path`, checked, to `target` as it is laid out by hand.

    Nothing of it is changed or left out. Returns how many events it has; raises StoreError.
    """
    refuse(target, force, (path,))
    data = read_bytes(path)
    contents = store.load_bytes(data, path)
    try:
        laid_out = msgspec.json.format(data.strip(), indent=2)
    except (msgspec.MsgspecError, RecursionError):
        raise StoreError(f"{safe_text.clean_line(path)}: nested too deeply") from None
    with Fresh(target, force) as fresh:
        fresh.file.write(laid_out + b"\n")
        fresh.keep()
    return len(contents.tables["events"])


class _Top(msgspec.Struct):
    meta: dict[str, dict[str, msgspec.Raw]]


def opened(preview: Preview) -> Dossier:
    """The dossier of a preview, open in memory."""
    connection = sqlite3.connect(":memory:")
    index_builder.build(connection, store.load_bytes(preview.dossier, "the preview"), mark="")
    return Dossier(connection, kept=False)
