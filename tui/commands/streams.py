"""What commands write to standard output, say on standard error and end with."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.pages.model import Page
    from tui.text.glyphs import Signs

#: The exit status of a command.
FOUND, NOTHING, WRONG, INTERRUPTED = 0, 1, 2, 130


def signs() -> "Signs":
    """The symbols that standard output can show."""
    from tui.text.glyphs import signs_for

    return signs_for(sys.stdout.encoding if sys.stdout else None, os.environ)


def progress(doing: str = "indexing", least: int = 5000) -> Callable[[int, int], None] | None:
    """Make a function that shows on stderr how much is done; None where nobody would see it.

    It is called with the steps done and all steps, and says nothing below `least` steps. Where
    there is no knowing how many there are, all steps are 0.
    """
    if not (sys.stderr and sys.stderr.isatty()):
        return None

    def show(done: int, total: int) -> None:
        if 0 < total < least:
            return
        share = f"{done * 100 // total:3} %" if total else f"{done:,}"
        end = "\r\x1b[K" if done == total else ""
        sys.stderr.write(f"\r{doing} {share}  (Ctrl+C cancels){end}")
        sys.stderr.flush()

    return show


def write(text: str) -> None:
    """Write to standard output."""
    sys.stdout.write(text)


def write_exactly(pieces: Iterable[str]) -> None:
    """Write to standard output in UTF-8 with the line ends as they are, whatever the locale."""
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode())
    sys.stdout.buffer.flush()


def write_pages(pages: "Iterable[Page]") -> None:
    """Write pages one below the other: set with Rich on a terminal, else plain text."""
    from tui.output.console import page_as_text, print_page

    if sys.stdout.isatty():
        for place, page in enumerate(pages):
            print_page(page, signs(), again=bool(place))
    else:
        write("\n".join(page_as_text(page, signs()) for page in pages))


def say(*lines: str) -> None:
    """Write lines for the reader, not for a program, to standard error."""
    from tui.dossier.safe_text import clean_line

    if sys.stderr:  # closed, print would take standard output instead
        for line in lines:
            print(f"summitry: {clean_line(line)}", file=sys.stderr)


def complain(message: str, status: int = WRONG) -> int:
    """Say what is wrong; returns the exit status."""
    say(message)
    return status


def lost_output(error: OSError) -> int:
    """Say that output could not be written, unless its reader closed the pipe; the status."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)  # what is still buffered goes nowhere when the interpreter ends
    if isinstance(error, BrokenPipeError):
        return FOUND
    return complain(f"cannot write: {(error.strerror or str(error)).lower()}")
