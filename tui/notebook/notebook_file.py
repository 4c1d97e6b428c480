"""The notebook's file: read whole, and written so that no moment of a write can lose anything.

A write serialises first, has the new file on the disk, keeps the present one as ``.bak`` and only
then takes its place. A lock file is held from reading to writing. Whoever is killed in between
leaves the old notebook or the new one, and at most one temporary file, which the next writer
removes.
"""

import json
import math
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from tui import files
from tui.dossier.safe_text import clean_line
from tui.files import reason_of

if sys.platform != "win32":
    import fcntl

#: A larger notebook is neither read nor written (bytes).
LARGEST = 64 << 20
#: How long a writer waits for another (seconds), and between two looks at the lock.
WAIT, SHORTEST_PAUSE, LONGEST_PAUSE = 5.0, 0.001, 0.02
#: The tables that are ours; all others are kept as they are.
TABLES = ("marks", "notes", "places", "visits")

Tables = dict[str, Any]


class NotebookError(files.StoreError):
    """The notebook cannot be read or written; the message is one line that says what to do."""


class Contents(NamedTuple):
    """The tables and bytes of the file, None where there is none.

    `notice` is a line for the reader of a damaged or lost notebook.
    """

    tables: Tables
    data: bytes | None
    stamp: files.Stamp | None
    damaged: bool = False
    notice: str = ""


class NotebookFile:
    """The file at `path`, or where the symlink there leads."""

    def __init__(self, path: str) -> None:
        self.path = os.path.realpath(path)
        self.backup = f"{self.path}.bak"
        self.shown = clean_line(self.path)

    def stamp(self) -> files.Stamp | None:
        """What tells one state of the file from another; None where it cannot be looked at."""
        try:
            return files.stamp(self.path)
        except files.StoreError:
            return None

    def read(self, known: Contents | None = None) -> Contents:
        """Read the file, or its ``.bak`` if it is damaged; raises NotebookError.

        What has the same bytes as `known` has its tables, and is not parsed.
        """
        backup = clean_line(self.backup)
        stamp = self.stamp()  # before it is read: what comes in between is read again
        data = _read(self.path)
        if data is None:
            gone = f"{self.shown} is gone; to go on from its last copy, rename {backup}"
            return Contents({}, None, None, notice=gone if os.path.exists(self.backup) else "")
        if known and known.data == data and not known.damaged:
            return known._replace(stamp=stamp, notice="")
        try:
            return Contents(self._parse(data), data, stamp)
        except (ValueError, RecursionError) as error:
            what = f"{self.shown} is damaged ({_reason(error)})"
        if not data.strip() and not os.path.exists(self.backup):
            return Contents({}, data, stamp)  # made by hand, and nothing in it yet
        try:
            copy = _read(self.backup)
            tables = self._parse(copy) if copy else {}
        except (ValueError, RecursionError, NotebookError):
            copy, tables = None, {}
        instead = f"its last copy {backup} is used" if copy else "there is no readable copy of it"
        return Contents(tables, data, stamp, damaged=True, notice=f"{what}; {instead}")

    @contextmanager
    def locked(self, known: Contents | None = None) -> Iterator["LockedNotebook"]:
        """Hold the lock, and with it what the file says now; `known` as in `read`.

        Raises NotebookError.
        """
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
        try:
            # Only a folder that is made here is ours to close to others.
            os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
            handle = os.open(f"{self.path}.lock", flags, 0o600)
            try:
                self._take_lock(handle)
                yield LockedNotebook(self, self.read(known))
            finally:
                os.close(handle)  # lets go of the lock
        except OSError as error:
            raise self.unwritten(reason_of(error)) from None

    def unwritten(self, reason: str) -> NotebookError:
        """The error of a notebook that stays as it was."""
        return NotebookError(
            f"{self.shown}: cannot write the notebook: {reason}; nothing was changed "
            "(SUMMITRY_NOTEBOOK may name another file)"
        )

    def _take_lock(self, handle: int) -> None:
        """Take the lock of an open file, which the system frees when its holder dies.

        There is no such lock on Windows: of two writers at once the later one wins there.
        """
        if sys.platform == "win32":
            return None
        end, pause = time.monotonic() + WAIT, SHORTEST_PAUSE
        while True:
            try:
                # flock, not lockf: two threads of one process keep each other out as well.
                return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise NotebookError(
                        f"{self.shown}: another program has been writing the notebook for "
                        f"{WAIT:.0f} seconds; nothing was changed: try again"
                    ) from None
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _parse(self, data: bytes) -> Tables:
        """Parse and check; raises ValueError or RecursionError, NotebookError for a dossier."""
        if not data.strip():
            raise ValueError("empty")
        tables = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_no_key_twice, parse_constant=_finite,
            parse_float=_finite,
        )  # fmt: skip
        if not isinstance(tables, dict):
            raise ValueError("not a TinyDB file")  # noqa: TRY004 - its contents, not our types
        if "events" in tables or "meta" in tables:
            raise NotebookError(
                f"{self.shown}: a dossier, not a notebook; name another file in SUMMITRY_NOTEBOOK"
            )
        for name in TABLES:
            table = tables.get(name, {})
            whole = isinstance(table, dict) and all(
                isinstance(document, dict) and _is_number(key) for key, document in table.items()
            )
            if not whole:
                raise ValueError(f"{name} is not a TinyDB table")
        return tables


class LockedNotebook:
    """The file while its lock is held, and the storage of a TinyDB on it."""

    def __init__(self, file: NotebookFile, base: Contents) -> None:
        self._file = file
        self.base = base

    def read(self) -> Tables | None:
        """The tables, None where there are none."""
        return self.base.tables or None

    def write(self, tables: Tables) -> None:
        """Put `tables` in the file; raises NotebookError, and then nothing has changed."""
        file = self._file
        try:
            data = _as_json(tables)
        except RecursionError as error:
            raise file.unwritten(_reason(error)) from None
        if data != self.base.data:
            if len(data) > LARGEST:
                raise file.unwritten(f"it is full, with {LARGEST >> 20} MiB")
            try:
                with files.AtomicFile(file.path, replace=True, private=True, locked=True) as new:
                    new.file.write(data)
                    new.commit(before=self._keep_present)
            except files.CannotWrite as error:
                if error.placed:
                    raise NotebookError(str(error)) from None
                raise file.unwritten(error.reason) from None
        self.base = Contents(tables, data, file.stamp(), notice=self.base.notice)

    def close(self) -> None:
        """Nothing: the lock goes with the block that holds it."""

    def _keep_present(self) -> None:
        """Keep the present file as the copy, or under a name of its own if it is damaged."""
        if self.base.damaged:
            stem = f"{self._file.path}.corrupt-{time.strftime('%Y%m%d-%H%M%S')}"
            name, number = stem, 1
            while os.path.lexists(name):
                number += 1
                name = f"{stem}-{number}"
            self._copy(name)
            kept = f"{self._file.shown}: the damaged file is kept as {clean_line(name)}"
            self.base = self.base._replace(notice=f"{self.base.notice}; {kept}")
        elif self.base.data is not None:
            with suppress(FileNotFoundError):
                os.unlink(self._file.backup)
            self._copy(self._file.backup)

    def _copy(self, other: str) -> None:
        """Give the present file a second name, which must be free."""
        try:
            os.link(self._file.path, other)
        except OSError:  # a file system without hard links, or a file of another owner
            with files.AtomicFile(other, replace=False, private=True, locked=True) as copy:
                copy.file.write(self.base.data or b"")
                copy.commit()


def _read(path: str) -> bytes | None:
    """The bytes of a file, or None where there is none; raises NotebookError."""
    shown = clean_line(path)
    try:
        file = files.open_if_regular(path)
        if file is None:
            raise NotebookError(f"{shown}: not a regular file, so not a notebook")
        with file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NotebookError(f"{shown}: cannot read the notebook: {reason_of(error)}") from None
    if len(data) > LARGEST:
        raise NotebookError(f"{shown}: over {LARGEST >> 20} MiB, so not a notebook")
    return data


def _as_json(tables: Tables) -> bytes:
    """The file with these tables. msgspec takes a thirtieth of the time, but not every value."""
    import msgspec

    try:
        return msgspec.json.format(msgspec.json.encode(tables), indent=2) + b"\n"
    except (UnicodeError, OverflowError):
        text = json.dumps(tables, indent=2, ensure_ascii=False) + "\n"
        # UTF-8 cannot say half a surrogate pair; Python's escape for it is that of JSON.
        return text.encode(errors="backslashreplace")


def _finite(number: str) -> float:
    if not math.isfinite(value := float(number)):
        raise ValueError("a number is out of range")
    return value


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _is_number(key: str) -> bool:
    """Whether TinyDB keeps `key` as it is: "01" and "1" would become one."""
    return key.isascii() and key.isdigit() and len(key) < 19 and (key[0] != "0" or key == "0")


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return "not UTF-8" if isinstance(error, UnicodeError) else clean_line(reason_of(error))[:120]
