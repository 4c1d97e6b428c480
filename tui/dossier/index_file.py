"""The index file: a dossier compiled into an SQLite database, opened where it is fresh, else made.

A fresh index is one whose stamp (real path, size, inode, mtime, index version) is the file's own.
It is opened read-only in a millisecond and never changed in place; a stale, foreign or broken one
is replaced whole. Where the cache folder cannot be written it lives in memory.
"""

import gc
import os
import sqlite3
from collections.abc import Callable
from typing import NamedTuple
from zlib import crc32

from tui import files

#: Raised whenever what is written into an index changes.
VERSION = 8

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
    """Where the index of the dossier at `path` is kept."""
    real = os.path.realpath(path)
    stem, _ = os.path.splitext(os.path.basename(real))
    stem = "".join(c if c.isascii() and c.isalnum() else "-" for c in stem)[:40]
    return os.path.join(files.cache_folder(), f"{stem}-{crc32(os.fsencode(real)):08x}.sqlite")


def _mark_of(stamp: files.Stamp) -> str:
    """The text an index carries to say which state of which file it was made from."""
    return f"{VERSION}|{stamp.size}|{stamp.inode}|{stamp.mtime_ns}|{stamp.path!a}"


def _open_fresh(target: str, mark: str) -> sqlite3.Connection | None:
    """Open the index at `target` if it is whole and carries `mark`; otherwise None."""
    if not os.path.isfile(target):
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
        return connection
    connection.close()
    return None


def _make(
    path: str | os.PathLike[str],
    target: str,
    mark: str,
    stamp: files.Stamp,
    progress: Progress | None,
) -> Opened:
    """Compile the dossier at `path` into `target`, or into memory where that cannot be written."""
    from tui.dossier import index_builder, store

    contents = store.load(path)
    try:
        os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
        with files.AtomicFile(target, replace=True, private=True) as made:
            connection = sqlite3.connect(made.file.name, isolation_level=None)
            try:
                index_builder.build(connection, contents, mark, progress)
            finally:
                connection.close()
            made.commit()
        kept = _open_fresh(target, mark)
    except (sqlite3.OperationalError, files.CannotWrite, OSError):  # a full disk: memory will do
        kept = None
    if kept:
        return Opened(kept, kept=True, stamp=stamp)
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    index_builder.build(connection, contents, mark, progress)
    return Opened(connection, kept=False, stamp=stamp)
