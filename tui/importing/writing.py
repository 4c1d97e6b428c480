"""Files written whole or not at all: a temporary one beside the target, then put in its place."""

import os
import re
import secrets
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import BinaryIO, TextIO

import msgspec

from tui.dossier.safe_text import clean_line
from tui.export.csv_table import guard_formulas
from tui.files import StoreError, open_regular

_BATCH = 1000
# What parts cells in one country or another, quotes, line breaks and spaces that get lost.
_TO_QUOTE = re.compile(r'[,;\t|"\r\n]|^ | $')
#: How the file of refused rows begins, which tells ours from another's.
_REJECTS = b"\xef\xbb\xbfline,reason,"
_STALE_SECONDS = 3600


def refuse(target: str, force: bool, readings: Iterable[str]) -> None:
    """Raise StoreError if `target` must not be written; `readings` are files being read."""
    shown = clean_line(target)
    try:
        found = os.lstat(target)
    except FileNotFoundError:
        if not os.path.isdir(os.path.dirname(target) or "."):
            raise StoreError(f"{shown}: there is no such folder to write it in") from None
        return
    except (OSError, ValueError) as error:
        raise StoreError(f"{shown}: cannot be written: {_reason(error)}") from None
    if stat.S_ISLNK(found.st_mode):
        raise StoreError(f"{shown}: a symbolic link is not written through; name the file itself")
    if not stat.S_ISREG(found.st_mode):
        raise StoreError(f"{shown}: not a regular file; name a new one")
    if any(os.path.samestat(found, os.stat(reading)) for reading in readings):
        raise StoreError(f"{shown}: this is the file being read; name another one")
    if not force:
        raise StoreError(f"{shown}: exists already; --force writes over it")


class Fresh:
    """A file that takes its place only when all of it is written.

    Use it in ``with`` and call `keep` at the end; left without, it leaves nothing behind.
    """

    def __init__(self, target: str, force: bool) -> None:
        self._target, self._force = target, force
        self._shown = clean_line(target)
        folder, name = os.path.split(target)
        self._temporary = os.path.join(folder, f".{name[:80]}.{secrets.token_hex(6)}.tmp")
        self._file: BinaryIO | None = None

    def __enter__(self) -> "Fresh":
        return self  # makes nothing yet: a signal may come before the block is entered

    @property
    def file(self) -> BinaryIO:
        """The file, open for writing bytes and reading them again."""
        if self._file is None:
            _sweep(self._target)
            # Not mkstemp, whose files only their owner may read: the umask decides, as for any.
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            self._file = os.fdopen(os.open(self._temporary, flags, 0o666), "w+b")
        return self._file

    def keep(self) -> None:
        """Put the file in its place; raises StoreError, and then the old one still stands."""
        with self._said():
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
            if self._force:
                with suppress(FileNotFoundError):
                    os.chmod(self._temporary, stat.S_IMODE(os.lstat(self._target).st_mode))
                os.replace(self._temporary, self._target)
            else:
                self._place_anew()
            _sync_folder(os.path.dirname(self._target))

    def _place_anew(self) -> None:
        """A link cannot replace: whoever made the file in the meantime keeps it."""
        try:
            os.link(self._temporary, self._target)
        except FileExistsError:
            raise StoreError(f"{self._shown}: exists already; --force writes over it") from None
        except OSError:  # a file system without links
            refuse(self._target, force=False, readings=())
            os.replace(self._temporary, self._target)
        else:
            os.unlink(self._temporary)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            with suppress(OSError):  # a full disk fails once more on what is still buffered
                self._file.close()
        with suppress(FileNotFoundError):
            os.unlink(self._temporary)
        if isinstance(error, OSError):
            raise StoreError(f"{self._shown}: cannot be written: {_reason(error)}") from None

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(f"{self._shown}: cannot be written: {_reason(error)}") from None


class TableWriter:
    """Writes documents as TinyDB lays them out, with two spaces to a level, in batches."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._table = ""
        self._any = False
        self._batch: dict[str, object] = {}
        self._number = 0

    def begin(self, table: str) -> None:
        """Begin the next table."""
        self.end_table()
        self._file.write(b",\n" if self._table else b"{\n")
        self._table, self._number, self._any = table, 0, False

    def add(self, document: object) -> None:
        """Write one document, numbered from 1."""
        self._number += 1
        self._batch[str(self._number)] = document
        if len(self._batch) >= _BATCH:
            self._flush()

    def end_table(self) -> None:
        """End the table at hand."""
        if not self._table:
            return
        self._flush()
        self._file.write(b"\n  }" if self._any else f'  "{self._table}": {{}}'.encode())

    def end(self) -> None:
        """End the whole file."""
        self.end_table()
        self._file.write(b"\n}\n")

    def _flush(self) -> None:
        if not self._batch:
            return
        laid_out = msgspec.json.format(msgspec.json.encode({self._table: self._batch}), indent=2)
        # Without the braces around the table and the one around its documents.
        head = f'{{\n  "{self._table}": {{'.encode()
        body = laid_out[len(head) : -len(b"\n  }\n}")]
        self._file.write(b"," if self._any else head[2:])
        self._file.write(body)
        self._any = True
        self._batch = {}


class RejectWriter:
    """Writes the rows that could not be used: line, reason, and their cells by column."""

    def __init__(self, file: TextIO, columns: Sequence[str]) -> None:
        self._file = file
        self._columns = columns
        self._write(["line", "reason", *columns])

    def add(self, line: int, reason: str, cells: dict[str, str]) -> None:
        """Write one row; cells of no column stand at its end."""
        ordered = [cells.get(name, "") for name in self._columns]
        beyond = [value for name, value in cells.items() if name not in self._columns]
        self._write([str(line), reason, *ordered, *beyond])

    def _write(self, cells: list[str]) -> None:
        self._file.write(",".join(map(harmless, cells)) + "\r\n")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs, nor takes apart at another delimiter than the comma."""
    cell = guard_formulas(cell)
    return '"' + cell.replace('"', '""') + '"' if _TO_QUOTE.search(cell) else cell


def is_rejects(path: str) -> bool:
    """Whether the file at `path` is one of refused rows; raises StoreError."""
    with open_regular(path, "a file of refused rows") as file:
        return file.read(len(_REJECTS)) == _REJECTS


def _sweep(target: str) -> None:
    """Remove what imports into `target` left that were killed."""
    folder, name = os.path.split(target)
    leftover = re.compile(rf"\.{re.escape(name[:80])}\.[0-9a-f]{{12}}\.tmp")
    with suppress(OSError):  # it is of no use to this import, and no reason to stop it
        for found in os.listdir(folder or "."):
            path = os.path.join(folder, found)
            if leftover.fullmatch(found) and time.time() - os.stat(path).st_mtime > _STALE_SECONDS:
                os.unlink(path)


def _reason(error: BaseException) -> str:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return (reason or "it failed").lower()


def _sync_folder(folder: str) -> None:
    """Make the new name last; not every system and file system can."""
    with suppress(OSError):
        handle = os.open(folder or ".", os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
