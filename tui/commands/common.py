"""What every command needs: the dossier to read, where to write, and what to say."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tui.files import shipped

if TYPE_CHECKING:
    import argparse

    from tui.dossier.dossier import Dossier
    from tui.text.glyphs import Signs

FOUND, NOTHING, WRONG, INTERRUPTED = 0, 1, 2, 130


def store_path(named: str | None = None) -> str:
    """The dossier to read: the one named, the environment's, or the shipped one."""
    if named is not None:
        return named
    return os.environ.get("SUMMITRY_STORE") or shipped()


def open_dossier(options: "argparse.Namespace") -> "Dossier":
    from tui.dossier.dossier import Dossier

    return Dossier.open(store_path(options.store), progress())


def signs() -> "Signs":
    from tui.text.glyphs import signs_for

    return signs_for(sys.stdout.encoding if sys.stdout else None, os.environ)


def progress(doing: str = "indexing", least: int = 5000) -> Callable[[int, int], None] | None:
    """A line on stderr that counts, where someone is there to see it."""
    if not (sys.stderr and sys.stderr.isatty()):
        return None

    def show(done: int, total: int) -> None:
        if total < least:
            return
        end = "\r\x1b[K" if done == total else ""
        sys.stderr.write(f"\r{doing} {done * 100 // total:3} %  (Ctrl+C cancels){end}")
        sys.stderr.flush()

    return show


def write_exactly(pieces: Iterable[str]) -> None:
    """Write to stdout in UTF-8 with the line ends as they are, whatever the locale."""
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode())
    sys.stdout.buffer.flush()


def write(text: str) -> None:
    sys.stdout.write(text)


def say(text: str) -> None:
    from tui.dossier.safe_text import clean_line

    if sys.stderr:  # closed, print would take standard output instead
        print(f"summitry: {clean_line(text)}", file=sys.stderr)


def complain(message: str, status: int = WRONG) -> int:
    say(message)
    return status


def lost_output(error: OSError) -> int:
    """What cannot be written any more: a closed pipe ends quietly, anything else is said."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)  # what is still buffered goes nowhere when the interpreter ends
    if isinstance(error, BrokenPipeError):
        return FOUND
    return complain(f"cannot write: {(error.strerror or str(error)).lower()}")
