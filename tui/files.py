"""Files: how a stranger's is opened, and how one is written whole or not at all.

Light on purpose: a look-up in a shell loads this, and neither what decodes a dossier nor pathlib,
which takes as long as the look-up.
"""

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import BinaryIO, NamedTuple

from tui.dossier import safe_text

MAX_MIB = 256  # larger files are refused unless SUMMITRY_MAX_MIB says otherwise
#: A temporary file that has not been written to for so long is nobody's any more (seconds).
STALE = 3600


class StoreError(Exception):
    """A file that cannot be read or written; the message is one line that says what to do."""


class Stamp(NamedTuple):
    """What tells one state of a file from another."""

    path: str
    size: int
    inode: int
    mtime_ns: int
    ctime_ns: int


def stamp(path: str | os.PathLike[str]) -> Stamp:
    """Identify the present state of the file at `path`; raises StoreError if there is none."""
    try:
        # The real path of a pipe that a shell names, /dev/fd/63, leads nowhere.
        real, status = os.path.realpath(path), os.stat(path)
    except (OSError, ValueError) as error:
        raise StoreError(_unreadable(path, error)) from None
    return Stamp(real, status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)


def is_own(status: os.stat_result) -> bool:
    """Whether a file or folder is the user's own, and nobody else may write to it."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def open_if_regular(path: str | os.PathLike[str]) -> BinaryIO | None:
    """Open a regular file for reading; None for a pipe, a folder and the like, without waiting.

    Raises OSError or ValueError.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    return None


def open_regular(path: str | os.PathLike[str], wanted: str) -> BinaryIO:
    """Open a regular file of a bounded size for reading, never waiting; raises StoreError.

    `wanted` is what should have been named, for the message.
    """
    limit = size_limit()
    try:
        file = open_if_regular(path)
    except (OSError, ValueError) as error:
        raise StoreError(_unreadable(path, error)) from None
    shown = safe_text.clean_line(os.fspath(path))
    if file is None:
        raise StoreError(f"{shown}: not a regular file; name {wanted}")
    if (size := os.fstat(file.fileno()).st_size) > limit:
        file.close()
        over = f"{size >> 20} MiB is over the limit of {limit >> 20} MiB"
        raise StoreError(f"{shown}: {over}; set SUMMITRY_MAX_MIB to allow it")
    return file


def read_bytes(
    path: str | os.PathLike[str], wanted: str = "a dossier (a TinyDB JSON file)"
) -> bytes:
    """Read a regular file whole, within the size limit; raises StoreError."""
    limit = size_limit()
    with open_regular(path, wanted) as file:
        try:
            # Not up to the limit: Python sets aside as much memory as it is asked to read.
            size = min(os.fstat(file.fileno()).st_size, limit)
            data = file.read(size + 1)
            if len(data) > size:  # it grows
                data += file.read(limit - size)
        except OSError as error:
            raise StoreError(_unreadable(path, error)) from None
    if len(data) > limit:
        shown = safe_text.clean_line(os.fspath(path))
        raise StoreError(f"{shown}: over the limit of {limit >> 20} MiB; set SUMMITRY_MAX_MIB")
    return data.removeprefix(b"\xef\xbb\xbf")


class CannotWrite(StoreError):
    """A file that was not written, and what stood in its place is as it was; one line says why.

    `reason` is the system's part of that line. Where `placed`, the new file is there after all,
    but the disk does not confirm it.
    """

    def __init__(self, path: str, message: str, reason: str = "", *, placed: bool = False) -> None:
        super().__init__(f"{safe_text.clean_line(path)}: {message}{reason}")
        self.reason, self.placed = reason, placed


def check_target(path: str, *, replace: bool, reading: Iterable[str] = ()) -> None:
    """Raise CannotWrite where a file may not be written at `path`: before any work is done.

    It may be no link and nothing but a regular file, which only `replace` may take the place of,
    and none of those that are being read.
    """
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        if not os.path.isdir(os.path.dirname(path) or "."):
            raise CannotWrite(path, "there is no such folder to write it in") from None
        return
    except (OSError, ValueError) as error:
        raise CannotWrite(path, "cannot be written: ", reason_of(error)) from None
    if stat.S_ISLNK(found.st_mode):
        raise CannotWrite(path, "a symbolic link; name the file it leads to")
    if not stat.S_ISREG(found.st_mode):
        raise CannotWrite(path, "not a regular file; name one, or a new one")
    if any(os.path.exists(other) and os.path.samefile(path, other) for other in reading):
        raise CannotWrite(path, "this is the file being read; name another one")
    if not replace:
        raise CannotWrite(path, "is there already; --force writes over it")


class AtomicFile:
    """A file that takes its place at `path` only when all of it is written and on the disk.

    Use it in ``with``, write to `file` and call `commit` at the end. Until then a temporary file
    in the same folder is written, and what stands at `path` stays. Left without, it is removed;
    what a killed process left is removed by a later one that writes at `path`.

    Args:
        path: where the file goes; not a symbolic link, so follow one before.
        replace: whether it may take the place of another file. If not, a file that comes to stand
            there in the meantime is kept as well.
        private: for its owner alone (0600). Otherwise it gets the permissions of the file whose
            place it takes, or those that any new file has.
        locked: the caller holds a lock that keeps other writers out, so what one of them left
            is nobody's, however young it is.

    Raises CannotWrite, also for any OSError in the block.
    """

    def __init__(
        self, path: str, *, replace: bool, private: bool = False, locked: bool = False
    ) -> None:
        self._path, self._replace, self._private, self._locked = path, replace, private, locked
        folder, name = os.path.split(path)
        self._folder = folder or "."
        # A name has at most 255 bytes, and a character up to four.
        own = f".{name}.tmp" if locked else f".{name[:50]}.{os.urandom(6).hex()}.tmp"
        self._temporary = os.path.join(folder, own)
        self._file: BinaryIO | None = None
        self._placed = False

    def __enter__(self) -> "AtomicFile":
        return self  # makes nothing yet: a signal may come before the block is entered

    @property
    def file(self) -> BinaryIO:
        """The file, open for writing bytes and reading them again; its `name` is its path."""
        if self._file is None:
            check_target(self._path, replace=self._replace)
            self._sweep()
            mode = 0o600 if self._private else 0o666  # less what the umask takes away
            self._file = open(  # noqa: SIM115 - closed by commit or on leaving the block
                self._temporary, "x+b", opener=lambda path, flags: os.open(path, flags, mode)
            )
        return self._file

    def commit(self, before: Callable[[], None] | None = None) -> None:
        """Put the file in its place; `before` is called when it is on the disk, just before."""
        with self.file as file:
            file.flush()
            os.fsync(file.fileno())
        if before:
            before()
        linked = False
        if not self._replace:
            # Unlike a rename, a link fails where the name is taken; not every disk has links.
            with suppress(OSError):
                os.link(self._temporary, self._path)
                linked = True
        if not linked:
            check_target(self._path, replace=self._replace)
            if not self._private:
                with suppress(FileNotFoundError):
                    os.chmod(self._temporary, stat.S_IMODE(os.lstat(self._path).st_mode))
            os.replace(self._temporary, self._path)
        self._placed = True
        _sync_folder(self._folder)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        # What made the write fail is what is said, not what fails after it.
        with suppress(OSError):
            if self._file:
                self._file.close()
        with suppress(OSError, ValueError):  # no file has a name with a null character
            os.unlink(self._temporary)
        if isinstance(error, OSError):
            message = "written, but not safe: " if self._placed else "cannot be written: "
            raise CannotWrite(self._path, message, reason_of(error), placed=self._placed) from None

    def _sweep(self) -> None:
        """Remove what a killed process left that wrote at this path."""
        with suppress(OSError):  # it is of no use to this write, and no reason to stop it
            if self._locked:
                os.unlink(self._temporary)
                return
            import re

            start = os.path.basename(self._temporary)[: -len("0123456789ab.tmp")]
            leftover = re.compile(re.escape(start) + r"[0-9a-f]{12}\.tmp")
            for entry in os.scandir(self._folder):
                if leftover.fullmatch(entry.name):
                    status = entry.stat()  # a sealed index has a time of writing of its own
                    if max(status.st_atime, status.st_mtime) < time.time() - STALE:
                        os.unlink(entry)


def write_text(path: str, pieces: Iterable[str], *, replace: bool) -> None:
    """Write a file of UTF-8; raises CannotWrite, and whatever making the pieces raises."""
    with AtomicFile(path, replace=replace) as made:
        for piece in pieces:
            made.file.write(piece.encode())
        made.commit()


def write_own(path: str, text: str) -> None:
    """Write a file of Summitry's own, for its user alone, and its folder; raises CannotWrite."""
    with AtomicFile(path, replace=True, private=True) as made:
        os.makedirs(os.path.dirname(path) or ".", mode=0o700, exist_ok=True)
        made.file.write(text.encode())
        made.commit()


def _sync_folder(folder: str) -> None:
    """Have the names in a folder on disk, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # file systems that cannot
            raise
    finally:
        os.close(handle)


def size_limit() -> int:
    """Return the size of the largest file that is read, in bytes; raises StoreError."""
    wanted = os.environ.get("SUMMITRY_MAX_MIB", "") or f"{MAX_MIB}"
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 8):
        raise StoreError("SUMMITRY_MAX_MIB: a whole number of mebibytes, such as 512")
    return int(wanted) << 20


def _unreadable(path: str | os.PathLike[str], error: Exception) -> str:
    return f"{safe_text.clean_line(os.fspath(path))}: {reason_of(error)}"


def reason_of(error: Exception) -> str:
    """What an error says, without the path of the file."""
    return ((error.strerror if isinstance(error, OSError) else "") or str(error)).lower()
