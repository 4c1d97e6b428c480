"""Splits what a terminal sends into key sequences, so that Escape is told from their beginning.

A terminal sends Escape as the byte that every key sequence begins with. Textual's parser takes
Escape and the keys typed right after it for one unknown sequence, and loses them. Here a sequence
is handed on whole, an Escape that begins none is a key, and nothing else is changed.
"""

import re
from collections.abc import Callable, Iterator

ESCAPE = "\x1b"
_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
# Control sequences (ECMA-48), a mouse report of three characters, and a key of the keypad.
_SEQUENCE = re.compile(r"\x1b(?:\[M...|\[[0-?]*[ -/]*[@-~]|O[A-Za-z])", re.DOTALL)
_BEGUN = re.compile(r"\x1b(?:\[M.{0,2}|\[[0-?]*[ -/]*|O)?", re.DOTALL)
# What terminals send that is no key: reports of the mouse, the cursor, modes, focus and sizes, and
# function keys that are not known. All else in brackets was typed by a quick hand.
_REPORT = re.compile(r"\x1b\[(?:[IO]|M...|<.*[Mm]|.*;.*|[?>=].*[a-z]|[0-9]+[~uRcnt])", re.DOTALL)


class InputSplitter:
    """Splits input piece by piece.

    `is_known` tells whether a sequence is that of a key. With `alt` Escape and a character that
    come together are that character with Alt.
    """

    def __init__(self, is_known: Callable[[str], bool], *, alt: bool) -> None:
        self._is_known, self._alt = is_known, alt
        self._held = ""
        self._pasting = False

    def feed(self, text: str) -> Iterator[str]:
        """Give the pieces that `text` completes; Escape alone is the key."""
        self._held += text
        while self._held:
            start = self._held.find(ESCAPE)
            if start < 0:
                start = len(self._held)
            if start:
                yield self._take(start)
            elif self._pasting and not _PASTE_ENDS.startswith(self._held[: len(_PASTE_ENDS)]):
                self._take(1)  # in what is pasted it means nothing
            elif found := _SEQUENCE.match(self._held):
                sequence = found.group()
                if not self._is_known(sequence) and not _REPORT.fullmatch(sequence):
                    yield self._take(1)
                    continue
                if sequence in (_PASTE_BEGINS, _PASTE_ENDS):
                    self._pasting = sequence == _PASTE_BEGINS
                yield self._take(len(sequence))
            elif _BEGUN.fullmatch(self._held):
                return  # the rest may still come
            else:
                with_alt = self._alt and self._held[1] not in (ESCAPE, "[", "O")
                yield self._take(2 if with_alt else 1)

    def rest(self) -> Iterator[str]:
        """Give what was held back, as nothing came after it."""
        if self._held and not self._pasting:
            yield self._take(1)
            yield from self.feed("")
            if self._held:
                yield self._take(len(self._held))

    def _take(self, count: int) -> str:
        taken, self._held = self._held[:count], self._held[count:]
        return taken
