"""`summitry read`: the dossier as a plain dialogue, for screen readers and dumb terminals."""

import sys
from collections.abc import Iterator

from tui.commands import FILE, Options, command, store_path
from tui.commands.streams import FOUND, complain, progress, say, write
from tui.files import reason_of

#: A longer line is not typed by anybody: what writes it may never end.
_LONGEST = 100_000


@command("read", FILE)
def read(options: Options) -> int:
    """Read a dossier as a plain dialogue: numbered choices, one page after another."""
    from tui.commands.dialogue import Dialogue
    from tui.dossier.dossier import Dossier

    dialogue = Dialogue(Dossier.open(store_path(options.file), progress()))
    if not sys.stdin:
        say("there is nobody to answer: standard input is closed")
        return FOUND
    try:
        dialogue.begin()
        for answer in _answers():
            if not dialogue.answer(answer):
                return FOUND
    except ValueError as error:
        return complain(str(error))
    finally:
        dialogue.leave()
    write("\n")  # what comes next is not heard as the rest of the prompt
    return FOUND


def _answers() -> Iterator[str]:
    """The lines that the reader types, until the end of input. Raises ValueError at no line."""
    while True:
        write("> ")
        sys.stdout.flush()
        try:
            line = sys.stdin.buffer.readline(_LONGEST)
        except OSError as error:  # it is open for writing only
            raise ValueError(f"read: cannot hear an answer: {reason_of(error)}") from None
        if not line:
            return
        if len(line) == _LONGEST:
            raise ValueError(f"read: an answer of {_LONGEST:,} characters is none")
        try:
            yield line.decode()
        except UnicodeDecodeError:
            yield line.decode(sys.stdin.encoding, "replace")
