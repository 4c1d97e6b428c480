"""The notebook's file: read whole, and written so that no moment of a write can lose anything.

A write serialises first, fills one temporary file of a fixed name beside the notebook, has it on
disk, keeps the present file as ``.bak`` and only then takes its place. A lock file is held from
reading to writing. Whoever is killed in between leaves the old notebook or the new one, and at
most that one temporary file, which the next writer removes.
"""

import errno
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from tui import files
from tui.dossier import safe_text
from tui.notebook import disk
from tui.notebook.lock import held

#: A larger notebook is neither read nor written (bytes).
LARGEST = 64 << 20
#: How long a writer waits for another (seconds).
WAIT = 5.0
#: The tables that are ours; all others are kept as they are.
TABLES = ("marks", "notes", "places")

Tables = dict[str, Any]
#: Inode, size in bytes and time of the last change in nanoseconds.
Stamp = tuple[int, int, int]


class NotebookError(Exception):
    """The notebook cannot be read or written; the message is one line that says what to do."""


class Contents(NamedTuple):
    """What was read. `data` is None where there is no file; `notice` is what the reader of a
    damaged one must be told."""

    tables: Tables
    data: bytes | None
    stamp: Stamp | None
    damaged: bool = False
    notice: str = ""


def notebook_path() -> str:
    """Where the notebook is; raises NotebookError where there is no home for it."""
    if path := files.notebook_path():
        return path
    raise NotebookError("there is no home folder for the notebook; name it: SUMMITRY_NOTEBOOK")


class NotebookFile:
    """The file at `path`, or where the symlink there leads."""

    def __init__(self, path: str) -> None:
        self.path = os.path.realpath(path)
        self.backup = f"{self.path}.bak"
        folder, name = os.path.split(self.path)
        self._folder = folder
        self._temporary = os.path.join(folder, f".{name}.tmp")
        self._lock = f"{self.path}.lock"
        self._shown = safe_text.clean_line(self.path)

    def stamp(self) -> Stamp | None:
        """What tells one state of the file from another; None where it cannot be looked at."""
        try:
            return _stamp(os.stat(self.path))
        except OSError:
            return None

    def read(self) -> Contents:
        """The present contents, the ``.bak``'s if the file is damaged; raises NotebookError."""
        backup = safe_text.clean_line(self.backup)
        found = self._bytes(self.path)
        if found is None:
            gone = f"{self._shown} is gone; to go on from its last copy, rename {backup}"
            return Contents({}, None, None, notice=gone if os.path.exists(self.backup) else "")
        data, stamp = found
        try:
            return Contents(self._tables(data), data, stamp)
        except (ValueError, RecursionError) as error:
            what = f"{self._shown} is damaged ({_reason(error)})"
        if not data.strip() and not os.path.exists(self.backup):
            return Contents({}, data, stamp)  # made by hand, and nothing in it yet
        try:
            kept = self._bytes(self.backup)
            tables = self._tables(kept[0]) if kept else {}
        except (ValueError, RecursionError, NotebookError):
            kept, tables = None, {}
        instead = f"its last copy {backup} is used" if kept else "there is no readable copy of it"
        return Contents(tables, data, stamp, damaged=True, notice=f"{what}; {instead}")

    @contextmanager
    def locked(self) -> Iterator["Held"]:
        """Hold the lock, and with it what the file says now; raises NotebookError."""
        try:
            # Only a folder that is made here is ours to close to others.
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            with held(self._lock, WAIT):
                yield Held(self, self.read())
        except TimeoutError:
            raise NotebookError(
                f"{self._shown}: another program has been writing the notebook for "
                f"{WAIT:.0f} seconds; nothing was changed: try again"
            ) from None
        except OSError as error:
            raise self._unwritten(error) from None

    def replace(self, tables: Tables, base: Contents) -> tuple[bytes, str]:
        """Write `tables` over `base`, what was read under the lock.

        Returns the bytes and what to tell of a damaged file. Raises NotebookError, and then the
        file is as it was.
        """
        try:
            data = _serialised(tables)
        except RecursionError:
            raise NotebookError(
                f"{self._shown}: nested too deeply to be written; nothing was changed"
            ) from None
        if data == base.data:
            return data, ""
        if len(data) > LARGEST:
            raise NotebookError(f"{self._shown}: the notebook is full ({LARGEST >> 20} MiB)")
        notice = ""
        try:
            disk.remove(self._temporary)
            disk.write_new(self._temporary, data)
            if base.damaged:
                notice = f"{self._shown}: the damaged file is kept as {self._set_aside(base)}"
            elif base.data is not None:
                # Not by a second temporary name: between these two steps the notebook is whole.
                disk.remove(self.backup)
                disk.link_or_copy(self.path, self.backup, base.data)
            disk.move(self._temporary, self.path, WAIT)
        except OSError as error:
            raise self._unwritten(error) from None
        finally:
            with suppress(OSError):  # what made the write fail is what is said; the next removes it
                disk.remove(self._temporary)
        try:
            disk.sync_folder(self._folder)
        except OSError as error:
            raise NotebookError(
                f"{self._shown}: written, but the disk does not confirm it: {_reason(error)}"
            ) from None
        return data, notice

    def _set_aside(self, base: Contents) -> str:
        """Keep the damaged file under a name of its own; returns that name, fit to show."""
        stem = f"{self.path}.corrupt-{time.strftime('%Y%m%d-%H%M%S')}"
        for number in range(1, 100):
            name = stem if number == 1 else f"{stem}-{number}"
            try:
                disk.link_or_copy(self.path, name, base.data or b"")
            except FileExistsError:
                continue
            return safe_text.clean_line(name)
        raise FileExistsError(errno.EEXIST, "too many damaged copies of it in one second")

    def _bytes(self, path: str) -> tuple[bytes, Stamp] | None:
        """The bytes of a file, or None where there is none; raises NotebookError."""
        shown = safe_text.clean_line(path)
        try:
            found = disk.read_regular(path, LARGEST)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise NotebookError(f"{shown}: cannot read the notebook: {_reason(error)}") from None
        if found is None:
            raise NotebookError(f"{shown}: not a regular file, so not a notebook")
        data, status = found
        if len(data) > LARGEST:
            raise NotebookError(f"{shown}: over {LARGEST >> 20} MiB, so not a notebook")
        return data, _stamp(status)

    def _tables(self, data: bytes) -> Tables:
        """Parse and check; raises ValueError or RecursionError, NotebookError for a dossier."""
        if not data.strip():
            raise ValueError("empty")
        tables = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_no_key_twice)
        if not isinstance(tables, dict):
            raise ValueError("not a TinyDB file")  # noqa: TRY004 - its contents, not our types
        if "events" in tables or "meta" in tables:
            raise NotebookError(
                f"{self._shown}: a dossier, not a notebook; name another file in SUMMITRY_NOTEBOOK"
            )
        for name in TABLES:
            table = tables.get(name, {})
            whole = isinstance(table, dict) and all(
                isinstance(document, dict) and _is_number(key) for key, document in table.items()
            )
            if not whole:
                raise ValueError(f"{name} is not a TinyDB table")
        return tables

    def _unwritten(self, error: OSError) -> NotebookError:
        return NotebookError(
            f"{self._shown}: cannot write the notebook: {_reason(error)}; nothing was changed "
            "(SUMMITRY_NOTEBOOK may name another file)"
        )


class Held:
    """The file while its lock is held: what it says, and the way to change it."""

    def __init__(self, file: NotebookFile, base: Contents) -> None:
        self._file = file
        self.base = base
        self.notice = base.notice

    def write(self, tables: Tables) -> None:
        """Put `tables` in the file; raises NotebookError, and then nothing has changed."""
        data, notice = self._file.replace(tables, self.base)
        if notice:
            self.notice = f"{self.notice}; {notice}"
        self.base = Contents(tables, data, self._file.stamp())


def _serialised(tables: Tables) -> bytes:
    try:
        return (json.dumps(tables, indent=2, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can say and UTF-8 cannot
        return (json.dumps(tables, indent=2) + "\n").encode()


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _is_number(key: str) -> bool:
    """Whether TinyDB keeps `key` as it is: "01" and "1" would become one."""
    return key.isascii() and key.isdigit() and len(key) < 19 and (key[0] != "0" or key == "0")


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return (
        "not UTF-8" if isinstance(error, UnicodeError) else safe_text.clean_line(str(error))[:120]
    )
