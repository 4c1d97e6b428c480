"""The picture of the place that was left, on the screen before Textual is loaded.

While the explorer is idle it keeps what the screen shows, with a key of all that depends on. The
next start shows it at once if the key still holds, and Textual's first frame then changes nothing.
"""

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from zlib import crc32

import tui
from tui import files, folders

#: Raised whenever what is written into a picture, or how it is shown, changes.
_FORMAT = 1
#: No picture is larger: a screen of 500 columns and 200 rows takes less.
_LARGEST = 1 << 20
#: Of the environment, what may change what is drawn; and all that begins with the last ones.
_LOOKS = (
    "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM_PROGRAM",
    "WT_SESSION", "COLUMNS", "LINES", "LANG", "LANGUAGE",
)  # fmt: skip
_BEGINNINGS = ("LC_", "TEXTUAL", "SUMMITRY_")
# The other screen, without a cursor and without wrapping; and all that back again.
_BEGIN, _END = "\x1b[?1049h\x1b[?25l\x1b[?7l", "\x1b[0m\x1b[?7h\x1b[?1049l\x1b[?25h"
#: What a picture consists of beside text: the place of each piece, and its colours.
_OWN_SEQUENCES = re.compile(r"\x1b\[(?:(?:[0-9]{1,3}(?:;[0-9]{1,3})?)?H|[0-9;]{0,60}m)")


class Picture(NamedTuple):
    """What the screen showed as text with our own sequences, and the first rows of its lists."""

    key: str
    tops: tuple[int, int]
    text: str


class EarlyPicture:
    """A picture that is on the screen until the explorer takes the screen, or `leave` is called."""

    def __init__(self, picture: Picture) -> None:
        self.text, self.tops = picture.text, picture.tops
        #: Whether it is to be taken away yet.
        self.shown = False

    def show(self) -> None:
        """Show the picture on the terminal's other screen."""
        # A stop would leave the shell on that screen; Textual has a way for it, later.
        self._stopped = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        self.shown = True
        _write(f"{_BEGIN}{self.text}\x1b[0m")

    def leave(self) -> None:
        """Put the screen back as it was before, unless the explorer has it."""
        if self.shown:
            self.shown = False
            _write(_END)
            signal.signal(signal.SIGTSTP, self._stopped)

    def leaving_before(self, show: Callable[..., None] | None) -> Callable[..., None] | None:
        """Make something that writes to the terminal leave first."""

        def leave_and_show(*told: object) -> None:
            self.leave()
            if show:
                show(*told)

        return leave_and_show


@contextmanager
def shown_early(path: str) -> Iterator[EarlyPicture | None]:
    """Show the picture of the dossier at `path` if there is one that still holds."""
    picture = read_picture(path) if sys.platform != "win32" else None
    if picture is None:
        yield None
        return
    early = EarlyPicture(picture)
    try:
        early.show()
        yield early
    finally:
        early.leave()


def key_of(path: str) -> str:
    """All that a first frame depends on, as it is now, in one line.

    The dossier and its index, the notebook, the theme and the config, the size and the looks of the
    terminal, and what draws: Summitry and Textual. "" where there is no terminal or no dossier.
    """
    from tui.dossier.index_file import index_path

    try:
        size = tuple(os.get_terminal_size(sys.__stderr__.fileno()))  # type: ignore[union-attr]
        dossier = files.stamp(path)
    except (OSError, ValueError, AttributeError, files.StoreError):
        return ""
    kept_files = (index_path(path), folders.notebook_path(), folders.theme_path())
    kept = (name for name in os.environ if name in _LOOKS or name.startswith(_BEGINNINGS))
    looks = sorted((name, os.environ[name]) for name in kept)
    encodings = [getattr(stream, "encoding", "") for stream in (sys.__stdout__, sys.__stderr__)]
    draws = state_at_start()
    beside = map(_state_of, kept_files)
    return repr((_FORMAT, tui.__version__, size, dossier, *beside, *draws, looks, encodings))


def state_at_start() -> tuple[object, ...]:
    """The state of what is read once, when the explorer starts: the config and Textual."""
    from importlib.util import find_spec

    textual = find_spec("textual")
    return tuple(map(_state_of, (folders.config_path(), textual.origin if textual else "")))


def read_picture(path: str) -> Picture | None:
    """The picture of the dossier at `path`, if it holds and is nothing but a picture of ours."""
    try:
        if (file := files.open_if_regular(_path_of(path))) is None:
            return None
        with file:
            data = file.read(_LARGEST + 1) if files.is_own(os.fstat(file.fileno())) else b""
        if len(data) > _LARGEST:
            return None
        key, tops, text = data.decode().split("\n", 2)
        facets, events = map(int, tops.split())
    except (OSError, ValueError):
        return None
    if not key or key != key_of(path) or not is_harmless(text):
        return None
    return Picture(key, (facets, events), text)


def keep_picture(path: str, picture: Picture) -> None:
    """Keep a picture of the dossier at `path`; raises CannotWrite."""
    target = _path_of(path)
    if target and is_harmless(picture.text) and len(picture.text) < _LARGEST // 4:
        facets, events = picture.tops
        files.write_own(target, f"{picture.key}\n{facets} {events}\n{picture.text}")


def is_harmless(text: str) -> bool:
    """Whether a text has no sequences but those of a picture, and no letters that move others."""
    plain = _OWN_SEQUENCES.sub("", text).replace("\xa0", " ")
    return bool(plain) and plain.isprintable()


def _path_of(path: str) -> str:
    folder = folders.cache_folder()
    name = f"{crc32(os.fsencode(os.path.realpath(path))):08x}.picture"
    return os.path.join(folder, name) if os.path.isabs(folder) else ""


def _state_of(path: str | None) -> tuple[str | None, ...]:
    try:
        return (path, *map(str, files.stamp(path or "")))
    except files.StoreError:
        return (path,)


def _write(text: str) -> None:
    with suppress(OSError, ValueError, AttributeError):
        sys.__stderr__.write(text)  # type: ignore[union-attr]
        sys.__stderr__.flush()  # type: ignore[union-attr]
