"""A lock held by one process at a time; the system lets go of it when its holder dies."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_PAUSE, _LONGEST_PAUSE = 0.001, 0.02

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:  # held by another
            return False
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            # flock, not lockf: two threads of one process keep each other out as well.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def held(path: str, wait: float) -> Iterator[None]:
    """Hold the lock of the file at `path`, which stays where it is.

    Raises TimeoutError when another holds it for `wait` seconds, OSError if there can be none.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags, 0o600)
    try:
        end = time.monotonic() + wait
        pause = _PAUSE
        while not _take(handle):
            if time.monotonic() >= end:
                raise TimeoutError
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        yield
    finally:
        os.close(handle)  # lets go of the lock
