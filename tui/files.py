"""Where things are on disk: the dossier's file, the folder of its index, the notebook.

Light on purpose: a look-up in a shell loads this, and nothing that decodes a dossier (nor
pathlib, which takes as long as opening the index and searching it).
"""

import os
import stat
import sys
from typing import BinaryIO, NamedTuple

from tui.dossier import safe_text

#: Larger files are refused unless SUMMITRY_MAX_MIB says otherwise (mebibytes).
MAX_MIB = 256


class StoreError(Exception):
    """A dossier that cannot be read; the message is one line that says what to do."""


class Stamp(NamedTuple):
    """What tells one state of a file from another."""

    path: str
    size: int
    inode: int
    mtime_ns: int


def stamp(path: str | os.PathLike[str]) -> Stamp:
    """Identify the present state of the file at `path`; raises StoreError if there is none."""
    try:
        real = os.path.realpath(path)
        status = os.stat(real)
    except (OSError, ValueError) as error:
        raise StoreError(_unreadable(path, error)) from None
    return Stamp(real, status.st_size, status.st_ino, status.st_mtime_ns)


def open_regular(path: str | os.PathLike[str], wanted: str) -> BinaryIO:
    """Open a regular file of a bounded size for reading, never waiting; raises StoreError.

    `wanted` is what should have been named, for the message.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    shown = safe_text.clean_line(os.fspath(path))
    try:
        handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        raise StoreError(_unreadable(path, error)) from None
    status = os.fstat(handle)
    reason = "" if stat.S_ISREG(status.st_mode) else f"not a regular file; name {wanted}"
    if not reason and status.st_size > (limit := _limit()):
        reason = (
            f"{status.st_size >> 20} MiB is over the limit of {limit >> 20} MiB; "
            "set SUMMITRY_MAX_MIB to allow it"
        )
    if reason:
        os.close(handle)
        raise StoreError(f"{shown}: {reason}")
    return os.fdopen(handle, "rb")


def read_bytes(
    path: str | os.PathLike[str], wanted: str = "a dossier (a TinyDB JSON file)"
) -> bytes:
    """Read a regular file whole, within the size limit; raises StoreError."""
    limit = _limit()
    with open_regular(path, wanted) as file:
        try:
            data = file.read(limit + 1)
        except OSError as error:
            raise StoreError(_unreadable(path, error)) from None
    if len(data) > limit:  # grew while it was read
        shown = safe_text.clean_line(os.fspath(path))
        raise StoreError(f"{shown}: over the limit of {limit >> 20} MiB; set SUMMITRY_MAX_MIB")
    return data.removeprefix(b"\xef\xbb\xbf")


def shipped() -> str:
    """The path of the dossier that ships with Summitry."""
    package = os.path.dirname(os.path.abspath(__file__))
    beside = os.path.join(package, "data.json")
    return beside if os.path.exists(beside) else os.path.join(os.path.dirname(package), "data.json")


def cache_folder() -> str:
    """The folder of the platform in which indexes are kept; it may not exist yet."""
    if sys.platform in ("darwin", "win32"):
        from platformdirs import user_cache_dir

        return user_cache_dir("summitry", appauthor=False)
    return os.path.join(_base_folder("XDG_CACHE_HOME", "~/.cache"), "summitry")


def notebook_path() -> str:
    """The file named in SUMMITRY_NOTEBOOK, or the platform's own place; "" if homeless."""
    if named := os.environ.get("SUMMITRY_NOTEBOOK"):
        return named
    if sys.platform in ("darwin", "win32"):
        from platformdirs import user_state_dir

        return os.path.join(user_state_dir("summitry", appauthor=False), "notebook.json")
    home = _base_folder("XDG_STATE_HOME", "~/.local/state")
    return os.path.join(home, "summitry", "notebook.json") if os.path.isabs(home) else ""


def config_path() -> str:
    """The file named in SUMMITRY_CONFIG, or the platform's own place; it may not exist."""
    if named := os.environ.get("SUMMITRY_CONFIG"):
        return named
    if sys.platform in ("darwin", "win32"):
        from platformdirs import user_config_dir

        return os.path.join(user_config_dir("summitry", appauthor=False), "config.toml")
    return os.path.join(_base_folder("XDG_CONFIG_HOME", "~/.config"), "summitry", "config.toml")


def _base_folder(variable: str, usual: str) -> str:
    """What platformdirs answers on Linux, without the 15 ms that importing it takes."""
    wanted = os.environ.get(variable, "").strip()
    return wanted if os.path.isabs(wanted) else os.path.expanduser(usual)


def _limit() -> int:
    wanted = os.environ.get("SUMMITRY_MAX_MIB", "")
    if not wanted:
        return MAX_MIB << 20
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 8):
        raise StoreError("SUMMITRY_MAX_MIB: a whole number of mebibytes, such as 512")
    return int(wanted) << 20


def _unreadable(path: str | os.PathLike[str], error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return f"{safe_text.clean_line(os.fspath(path))}: {(reason or 'cannot be read').lower()}"
