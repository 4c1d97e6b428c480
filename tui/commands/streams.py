"""What commands write to standard output, say on standard error and end with."""

import codecs
import os
import sys
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from tui.files import reason_of

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

    # A terminal without a cursor keeps each line, and may read it aloud: a few must do.
    plain = os.environ.get("TERM", "") == "dumb"
    told = ""

    def show(done: int, total: int) -> None:
        nonlocal told
        if 0 < total < least:
            return
        percent = done * 100 // total if total else 0
        if plain and done == total:
            words = ""
        elif plain:
            share = f" {percent // 25 * 25} %" if total else ""
            words = f"{doing}{share}, Ctrl+C cancels\n"
        else:
            share = f"{percent:3} %" if total else f"{done:,}"
            end = "\r\x1b[K" if done == total else ""
            words = f"\r{doing} {share}  (Ctrl+C cancels){end}"
        if words != told:
            told = words
            sys.stderr.write(words)
            sys.stderr.flush()

    return show


def spell_out(*streams: TextIO | None) -> None:
    """Have ASCII stand in for what a stream cannot write, or its terminal may take for controls.

    A terminal of one byte a character takes half of the UTF-8 of a letter for a control.
    """
    from tui.text.glyphs import signs_for

    for stream in streams:
        if isinstance(stream, TextIOWrapper) and signs_for(stream.encoding, os.environ).ascii:
            codecs.register_error("spelt out", _stand_in)
            unsafe = stream.isatty() and "utf" in stream.encoding.lower()
            stream.reconfigure(encoding="ascii" if unsafe else None, errors="spelt out")


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    """ASCII for characters that cannot be encoded."""
    from tui.dossier.folding import ascii_only

    assert isinstance(error, UnicodeEncodeError)
    return ascii_only(error.object[error.start : error.end]), error.end


def write(text: str) -> None:
    """Write to standard output."""
    sys.stdout.write(text)


def write_exactly(pieces: Iterable[str]) -> None:
    """Write to standard output in UTF-8 with the line ends as they are, whatever the locale.

    On a terminal it is written as all else is.
    """
    if sys.stdout.isatty():
        sys.stdout.writelines(pieces)
        return
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode())
    sys.stdout.buffer.flush()


def write_pages(pages: "Iterable[Page]") -> None:
    """Write pages one below the other: set with Rich on a terminal, else plain text."""
    from tui.output.console import page_as_text, pipe_width, print_page

    if sys.stdout.isatty():
        for place, page in enumerate(pages):
            print_page(page, signs(), again=bool(place))
    else:
        rule = signs().rule * pipe_width()
        write(f"\n{rule}\n\n".join(page_as_text(page, signs()) for page in pages))


def say(*lines: str) -> None:
    """Write lines for the reader, not for a program, to standard error."""
    from tui.dossier.safe_text import clean_line

    if sys.stderr:  # closed, print would take standard output instead
        try:
            for line in lines:
                print(f"summitry: {clean_line(line)}", file=sys.stderr, flush=True)
        except OSError:  # nobody can be told; what was found is still to be written
            discard(2)


def complain(message: str, status: int = WRONG) -> int:
    """Say what is wrong; returns the exit status."""
    say(message)
    return status


def discard(stream: int) -> None:
    """Have what is written to standard output (1) or error (2) from now on go nowhere.

    What is still buffered, too, when the interpreter ends.
    """
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, stream)
    os.close(devnull)


def lost_output(error: OSError) -> int:
    """Say that output could not be written, unless its reader closed the pipe; the status."""
    discard(1)
    if isinstance(error, BrokenPipeError):
        return FOUND
    return complain(f"cannot write: {reason_of(error)}")
