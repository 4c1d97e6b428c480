"""Steps on disk that the notebook's file is read and written by; all raise OSError."""

import errno
import os
import stat
import sys
import time
from contextlib import suppress

_WINDOWS = os.name == "nt"


def read_regular(path: str, limit: int) -> tuple[bytes, os.stat_result] | None:
    """Up to one byte more than `limit` of a regular file, with its state; None for a pipe, a
    folder and the like, without waiting on it."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return None
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(limit + 1), status
    finally:
        os.close(handle)


def write_new(path: str, data: bytes) -> None:
    """Make a file that only its owner may read, and have it on disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def link_or_copy(path: str, other: str, data: bytes) -> None:
    """Give the file at `path`, which holds `data`, a second name; the name must be free."""
    try:
        os.link(path, other)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, or a file of another owner
        write_new(other, data)


def move(path: str, other: str, wait: float) -> None:
    """Put the file at `path` in the place of `other`."""
    end = time.monotonic() + wait
    while True:
        try:
            os.replace(path, other)
        except PermissionError:
            # Windows refuses while another reads the file, which takes an instant.
            if not _WINDOWS or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


def remove(path: str) -> None:
    """Remove a file, if there is one."""
    with suppress(FileNotFoundError):
        os.unlink(path)


def sync_folder(folder: str) -> None:
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
