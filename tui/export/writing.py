"""A file written whole or not at all, and never over another unless that is asked for."""

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator

from tui.dossier.safe_text import clean_line

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
_NEW |= getattr(os, "O_BINARY", 0)
_BLOCK = 1 << 16


class CannotWrite(Exception):
    """The file was not written, and what was there is as it was; the message is one line."""


def refuse(target: str, *, force: bool) -> None:
    """Raise CannotWrite where `target` may not be written: before any work is done."""
    shown = clean_line(target)
    try:
        mode = os.lstat(target).st_mode
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise CannotWrite(f"{shown}: {_reason(error)}") from None
    if stat.S_ISLNK(mode):
        raise CannotWrite(f"{shown}: a symbolic link; name the file it leads to")
    if not stat.S_ISREG(mode):
        raise CannotWrite(f"{shown}: not a regular file; name one, or a new one")
    if not force:
        raise CannotWrite(f"{shown}: is there already; --force writes over it")


def write_file(target: str, pieces: Iterable[str], *, force: bool) -> None:
    """Write `pieces` to `target` as UTF-8; raises CannotWrite, and whatever making them raises.

    A file beside it is written, put on the disk, and only then given its name.
    """
    refuse(target, force=force)
    name = f".summitry-{os.urandom(6).hex()}.tmp"
    temporary = os.path.join(os.path.dirname(target), name)
    try:
        with _explained(target):
            handle = os.open(temporary, _NEW, 0o666)
        try:
            for block in _blocks(pieces):
                with _explained(target):
                    _write(handle, block)
            with _explained(target):
                os.fsync(handle)
        finally:
            os.close(handle)
        with _explained(target):
            _name(temporary, target, force=force)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)


def _blocks(pieces: Iterable[str]) -> Iterator[bytes]:
    """The pieces as UTF-8, many at a time."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece.encode())
        size += len(held[-1])
        if size >= _BLOCK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _write(handle: int, block: bytes) -> None:
    view = memoryview(block)
    while view:
        view = view[os.write(handle, view) :]


def _name(temporary: str, target: str, *, force: bool) -> None:
    """Give the finished file its name; what has come to stand there meanwhile is not lost."""
    if not force:
        try:
            os.link(temporary, target)  # fails where the name is taken, unlike a rename
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            refuse(target, force=False)
            os.replace(temporary, target)
    else:
        with contextlib.suppress(FileNotFoundError):
            os.chmod(temporary, stat.S_IMODE(os.lstat(target).st_mode))
        os.replace(temporary, target)
    if os.name == "posix":
        folder = os.open(os.path.dirname(target) or ".", os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextlib.contextmanager
def _explained(target: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise CannotWrite(f"{clean_line(target)}: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    if isinstance(error, FileExistsError):
        return "is there already; --force writes over it"
    reason = error.strerror if isinstance(error, OSError) else None
    return f"cannot be written: {(reason or str(error)).lower()}"
