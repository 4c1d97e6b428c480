"""The index file: a dossier compiled into an SQLite database, opened where it is fresh, else made.

A fresh index is one whose stamp (real path, size, inode, times, index version) is the file's own.
It is opened read-only in a millisecond and never changed in place; a stale, foreign or damaged one
is replaced whole. Where there is no cache folder of the reader's own it lives in memory.
"""

import gc
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, NamedTuple
from zlib import crc32

from tui import files, folders

#: Raised whenever what is written into an index changes.
VERSION = 11

#: Where SQLite leaves four bytes of its header to the program, as ``user_version``.
_SEAL_AT, _SEAL_SIZE = 60, 4
#: Up to this size an index is summed at each opening: 16 MiB take some 5 ms.
_SUMMED = 16 << 20
#: So many seconds a file system may round a time by.
_CLOCK = 2

#: The indexes that were opened.
_opened: set[str] = set()

#: Called with events done and events in all; whatever it raises stops the making.
Progress = Callable[[int, int], None]


class Opened(NamedTuple):
    """An open index, and the state of the file that it was made from.

    `kept` is False where it lives in memory and goes with the process.
    """

    connection: sqlite3.Connection
    kept: bool
    stamp: files.Stamp


def open_index(path: str | os.PathLike[str], progress: Progress | None = None) -> Opened:
    """Open the index of the dossier at `path`, making it first where it is not fresh.

    Raises StoreError if the dossier cannot be read.
    """
    stamp = files.stamp(path)
    target, mark = index_path(path), _mark_of(stamp)
    if connection := _open_fresh(target, mark):
        return Opened(connection, kept=True, stamp=stamp)
    collecting = gc.isenabled()
    gc.disable()  # many objects are made, none of them garbage: looking takes a third of the time
    try:
        return _make(path, target, mark, stamp, progress)
    finally:
        if collecting:
            gc.enable()


def index_path(path: str | os.PathLike[str]) -> str:
    """Where the index of the dossier at `path` is kept; "" where there is no home for it."""
    folder, real = folders.cache_folder(), os.path.realpath(path)
    stem, _ = os.path.splitext(os.path.basename(real))
    stem = "".join(c if c.isascii() and c.isalnum() else "-" for c in stem)[:40]
    name = f"{stem}-{crc32(os.fsencode(real)):08x}.sqlite"
    return os.path.join(folder, name) if os.path.isabs(folder) else ""


def is_damage(error: Exception) -> bool:
    """Whether an error comes of an index that is damaged, whatever Python makes of it."""
    try:
        return isinstance(error, sqlite3.DatabaseError) or not all(map(_is_whole, _opened))
    except OSError:  # it is gone
        return True


def throw_away(error: Exception) -> bool:
    """Remove the indexes that were opened if `error` comes of a damaged one.

    Returns whether any was removed, to be made anew.
    """
    if not is_damage(error):
        return False
    for target in _opened:
        with suppress(OSError):
            os.unlink(target)
    found = bool(_opened)
    _opened.clear()
    return found


def _mark_of(stamp: files.Stamp) -> str:
    """The text an index carries to say which state of which file it was made from."""
    return "|".join(map(str, (VERSION, *stamp[1:], ascii(stamp.path))))


def _open_fresh(target: str, mark: str) -> sqlite3.Connection | None:
    """Open the index at `target` if it is whole and carries `mark`; otherwise None."""
    try:
        if not (target and _is_whole(target)):
            return None
    except OSError:
        return None
    address = os.path.abspath(target).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    try:
        # Immutable: it is only ever replaced, so no lock files and no checks on each read.
        connection = sqlite3.connect(
            f"file:{address}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    except sqlite3.Error:
        return None
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'mark'").fetchone()
    except sqlite3.Error:  # not ours, or broken: it is made again
        row = None
    if row and row[0] == mark:
        _opened.add(target)
        return connection
    connection.close()
    return None


def _is_whole(target: str) -> bool:
    """Whether an index is the reader's own, and as it was when it was sealed.

    Of a large one that is told by its time, which any program that writes to it changes.
    """
    file = files.open_if_regular(target)
    if file is None:
        return False
    with file:
        status = os.fstat(file.fileno())
        if not (files.is_own(status) and files.is_own(os.stat(os.path.dirname(target)))):
            return False
        file.seek(_SEAL_AT)
        seal = int.from_bytes(file.read(_SEAL_SIZE), "big")
        if status.st_size > _SUMMED:
            return abs(status.st_mtime - _sealed_time(seal)) <= _CLOCK
        return seal == _sum_of(file)


def _seal(file: BinaryIO) -> None:
    """Write the sum of an index into its header, and let its time follow from that."""
    seal = _sum_of(file)
    file.seek(_SEAL_AT)
    file.write(seal.to_bytes(_SEAL_SIZE, "big"))
    file.flush()
    os.utime(file.name, (time.time(), _sealed_time(seal)))


def _sum_of(file: BinaryIO) -> int:
    """The checksum of an index, all but the seal itself."""
    file.seek(0)
    head = file.read(_SEAL_AT)
    file.seek(_SEAL_AT + _SEAL_SIZE)
    total = crc32(head)
    while piece := file.read(1 << 20):
        total = crc32(piece, total)
    return total


def _sealed_time(seal: int) -> int:
    """The time that a sealed index has, in seconds: one between 2004 and 2038."""
    return (1 << 30) + (seal >> 2)


def _make(
    path: str | os.PathLike[str],
    target: str,
    mark: str,
    stamp: files.Stamp,
    progress: Progress | None,
) -> Opened:
    """Compile the dossier at `path` into `target`, or into memory where that cannot be written."""
    from tui.dossier import index_builder, store

    contents = store.load(path, lean=True)
    try:
        folder = os.path.dirname(target)
        if folder:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        if not (folder and files.is_own(os.stat(folder))):
            raise FileNotFoundError  # there is no home, or one where others may write
        with files.AtomicFile(target, replace=True, private=True) as made:
            connection = sqlite3.connect(made.file.name, isolation_level=None)
            try:
                index_builder.build(connection, contents, mark, progress)
            finally:
                connection.close()
            _seal(made.file)
            made.commit()
        kept = _open_fresh(target, mark)
    except (sqlite3.OperationalError, files.CannotWrite, OSError):  # a full disk: memory will do
        kept = None
    if kept:
        return Opened(kept, kept=True, stamp=stamp)
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    index_builder.build(connection, contents, mark, progress)
    return Opened(connection, kept=False, stamp=stamp)
