"""The cells of one row of a screen, and how many of them a text takes."""

import re
from collections.abc import Sequence
from functools import cache

from rich.cells import cell_len

# Letters that every terminal gives one column, and those that every one gives two. The width of
# others is not agreed on: combining and joined letters, scripts that are shaped, emoji.
_ONE = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u0482\u048a-\u0556\u0561-\u0586\u10a0-\u10ff"
    "\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u208e\u20a0-\u20c0\u2100-\u2319\u231c-\u2328"
    "\u232b-\u23e8\u2440-\u24ff\u2500-\u25fc\u25ff\u2600-\u2613\u2616-\u2647\u2654-\u267e"
    "\u2680-\u2692\u2694-\u26a0\u26a2-\u26a9\u2701-\u2704\u2706-\u2709\u270c-\u2727\u2729-\u274b"
    "\u274d\u274f-\u2752\u2756\u2758-\u2794\u2798-\u27af\u27b1-\u27be\u27c0-\u2b1a\u2b1d-\u2b4f"
    "\ufffd"
)
_TWO = (
    "\u3001-\u3029\u3031-\u303c\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufa6d\uff01-\uff60"
)
_is_narrow = re.compile(f"[{_ONE}]*").fullmatch
#: A cell of which nothing is known. Before a text: terminals do not agree on its width.
UNKNOWN = "\0"


def cells_of(text: str) -> list[str] | None:
    """A text in cells: a letter in each, "" behind those that are wider than one column.

    A text whose width is not agreed on stands whole in its first cell, behind `UNKNOWN`. None for a
    text that begins with letters without a column of their own.
    """
    if _is_narrow(text):
        return list(text)
    cells: list[str] = []
    for part in _parts_pattern().finditer(text):
        if part.lastgroup == "narrow":
            cells += part.group()
        elif part.lastgroup == "wide":
            cells += [cell for letter in part.group() for cell in (letter, "")]
        elif width := cell_len(part.group()):
            cells += _odd(part.group(), width)
        else:
            return None
    whole = cell_len(text)
    return cells if len(cells) == whole else _odd(text, whole)


@cache
def _parts_pattern() -> re.Pattern[str]:
    """Made when it is first needed, as that takes long.

    A letter that is not agreed on takes the one before it along, and a joiner the one behind it.
    """
    odd = f"[^{_ONE}{_TWO}]"
    return re.compile(
        f"(?P<narrow>(?:[{_ONE}](?!{odd}))+)|(?P<wide>(?:[{_TWO}](?!{odd}))+)"
        f"|(?:.?{odd}+(?:(?<=\u200d).)?)+",
        re.DOTALL,
    )


def _odd(text: str, width: int) -> list[str]:
    return [UNKNOWN + text, *[""] * (width - 1)]


class Line:
    """One row of cells: what stands in each, and the number of the pen it is written with.

    `blanks` has for each pen the one that is kept for a blank.
    """

    __slots__ = ("_blanks", "letters", "pens")

    def __init__(self, columns: int, blanks: Sequence[int]) -> None:
        self._blanks = blanks
        self.letters = [UNKNOWN] * columns
        self.pens = [0] * columns

    def put(self, x: int, letters: Sequence[str], pens: Sequence[int]) -> None:
        """Put letters and their pens into the cells from `x` on."""
        if not letters:
            return
        end = x + len(letters)
        self._part_at(x)
        self._part_at(end)
        self.letters[x:end] = letters
        self.pens[x:end] = pens

    def is_odd(self) -> bool:
        """Whether it has a text whose width is not agreed on."""
        return max(map(len, self.letters), default=0) > 1

    def changed_from(self, shown: "Line") -> list[int]:
        """The columns of the cells that are unlike those of another line and are known."""
        if self.letters == shown.letters and self.pens == shown.pens:
            return []
        cells = zip(self.letters, shown.letters, self.pens, shown.pens, strict=True)
        return [
            x
            for x, (letter, old_letter, pen, old_pen) in enumerate(cells)
            if (letter != old_letter or pen != old_pen) and letter != UNKNOWN
        ]

    def copy(self, other: "Line") -> None:
        """Become like another line."""
        self.letters[:] = other.letters
        self.pens[:] = other.pens

    def span(self, x: int) -> int:
        """The column behind what stands at `x`."""
        x += 1
        while x < len(self.letters) and not self.letters[x]:
            x += 1
        return x

    def _part_at(self, x: int) -> None:
        """Part what lies across the left edge of column `x`, as one half is to be written over."""
        if x >= len(self.letters) or self.letters[x]:
            return
        start = x
        while not self.letters[start]:
            start -= 1
        end, text, pen = self.span(start), self.letters[start][1:], self.pens[start]
        self.letters[start:end] = " " * (end - start)
        self.pens[start:end] = [self._blanks[pen]] * (end - start)
        left, right = text, text
        while left and start + cell_len(left) > x:
            left = left[:-1]
        while right and end - cell_len(right) < x:
            right = right[1:]
        for part, place in ((left, start), (right, end - cell_len(right))):
            if width := cell_len(part):
                self.letters[place : place + width] = _odd(part, width)
                self.pens[place : place + width] = [pen] * width
