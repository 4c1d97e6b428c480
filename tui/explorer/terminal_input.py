"""Splits what a terminal sends into key sequences, so that Escape is told from their beginning.

A terminal sends Escape as the byte that every key sequence begins with. Textual's parser takes
Escape and the keys typed right after it for one unknown sequence, and loses them. Here a sequence
is handed on whole, an Escape that begins none is a key, and nothing else is changed.
"""

import re
from collections.abc import Callable, Iterator

from tui.text import LARGEST_WINDOW

ESCAPE = "\x1b"
PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
# Control sequences (ECMA-48), a mouse report of three characters, keys of the keypad, of the Linux
# console (F1 to F5) and of rxvt (with Shift).
_SEQUENCE = re.compile(
    r"\x1b(?:\[M...|\[\[[A-E]|\[[0-9]{1,2}\$|\[[0-?]*[ -/]*[@-~]|O[A-Za-z])", re.DOTALL
)
# What a terminal answers in words, such as its colours and its name, to whoever asked before.
_ANSWER = re.compile(
    r"\x1b(?:\][0-9]+;[^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|(?:P[0-9]*[>!$+][|r]|_G)[^\x07\x1b]*\x1b\\)"
)
_BEGUN = re.compile(
    r"\x1b(?:\[M.{0,2}|\[\[|\[[0-?]*[ -/]*|O|\](?:[0-9]+(?:;[^\x07\x1b]*\x1b?)?)?"
    r"|P[0-9]*(?:[>!$+](?:[|r][^\x07\x1b]*\x1b?)?)?|_(?:G[^\x07\x1b]*\x1b?)?)?",
    re.DOTALL,
)
# What terminals send that is no key: reports of focus, the mouse, the cursor, modes and sizes, and
# function keys that are not known. All else in brackets was typed by a quick hand.
_REPORT = re.compile(r"\x1b\[(?:[IO]|M...|.*;.*|[?>=][0-9].*|[0-9]+[~u])", re.DOTALL)
# A size that a terminal reports: rows, columns, and both in pixels.
_SIZE = re.compile(r"\x1b\[48;([0-9]+);([0-9]+);([0-9]+);([0-9]+)t")
#: No key has more characters, and no report that is used; Textual would take it for typed keys.
_LONGEST = 32
#: Ticks without input after which a paste that was begun is taken to have ended.
_PASTE_TICKS = 10


class InputSplitter:
    """Splits input piece by piece.

    `is_known` tells whether a sequence is that of a key. With `alt` Escape and a character that
    come together are that character with Alt.
    """

    def __init__(self, is_known: Callable[[str], bool], *, alt: bool) -> None:
        self._is_known, self._alt = is_known, alt
        self._held = ""
        self._pasting = False
        self._idle = 0

    def feed(self, text: str) -> Iterator[str]:
        """Give the pieces that `text` completes; Escape alone is the key."""
        self._idle = 0
        alone = not self._held and len(text) == 2
        self._held += text
        if alone and self._is_known(text):  # Alt and a key that edits, which come by themselves
            yield self._take(2)
        while self._held:
            start = self._held.find(ESCAPE)
            if start < 0:
                start = len(self._held)
            if start:
                yield self._take(start)
            elif self._pasting and not _PASTE_ENDS.startswith(self._held[: len(_PASTE_ENDS)]):
                self._take(1)  # in what is pasted it means nothing
            elif answer := _ANSWER.match(self._held):
                self._take(answer.end())
            elif found := _SEQUENCE.match(self._held):
                sequence = found.group()
                if not self._is_known(sequence) and not _REPORT.fullmatch(sequence):
                    yield self._take(1)
                    continue
                if not _is_possible(sequence):
                    self._take(len(sequence))
                    continue
                if sequence in (PASTE_BEGINS, _PASTE_ENDS):
                    self._pasting = sequence == PASTE_BEGINS
                yield self._take(len(sequence))
            elif _BEGUN.fullmatch(self._held):
                return  # the rest may still come
            else:
                with_alt = self._alt and self._held[1] not in (ESCAPE, "[", "O")
                yield self._take(2 if with_alt else 1)

    def rest(self) -> Iterator[str]:
        """Give what was held back, as nothing came after it; called at each tick without input."""
        self._idle += 1
        if self._pasting:
            if self._idle >= _PASTE_TICKS:  # its end was lost with the connection
                self._pasting, self._held = False, ""
                yield _PASTE_ENDS
        elif self._held:
            with_alt = self._alt and self._held[1:2] in ("]", "P", "_")
            yield self._take(2 if with_alt else 1)
            yield from self.feed("")
            if self._held:
                yield self._take(len(self._held))

    @property
    def at_escape(self) -> bool:
        """Whether an Escape alone is held back, which may be a key or begin a sequence."""
        return self._held == ESCAPE and not self._pasting

    def _take(self, count: int) -> str:
        taken, self._held = self._held[:count], self._held[count:]
        return taken


def _is_possible(sequence: str) -> bool:
    """Whether a sequence may be what it looks like: it and sizes of windows have bounds."""
    if len(sequence) > _LONGEST:
        return False
    size = _SIZE.fullmatch(sequence)
    if size is None:
        return True
    rows, columns, *pixels = map(int, size.groups())
    return 0 < rows <= LARGEST_WINDOW and 0 < columns <= LARGEST_WINDOW and all(pixels)
