"""Sends cells to a terminal with the shortest moves of its cursor and changes of its pen."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.explorer.pens import Pens
from tui.explorer.screen_cells import UNKNOWN, Line

#: Cells between two runs of one pen are sent again up to as many bytes: a move takes four to eight.
_BRIDGE = 4
#: Blanks are erased where that and the move behind them, five bytes each, are shorter; at the end
#: of a run, from where a move is needed anyhow, from fewer on.
_LONG_BLANKS = re.compile("( {11,})")
_BLANKS_AT_END = 6


class _Run(NamedTuple):
    """Cells of one row that are sent together with one pen."""

    y: int
    x: int
    end: int
    text: str
    pen: int


class CellSender:
    """Sends cells, and knows where the terminal's cursor and pen are.

    `coloured` says whether cells that are erased take the colour of the ground. A `plain` one
    erases nothing, and says of each place where it is.
    """

    def __init__(self, pens: Pens, *, coloured: bool, plain: bool = False) -> None:
        self._pens, self._coloured, self._plain = pens, coloured, plain
        self._columns = 0
        self._out: list[str] = []
        self.lose()

    def lose(self) -> None:
        """Take nothing for known about the terminal's cursor and pen."""
        self._at: tuple[int, int] | None = None
        self._pen: int | None = None

    def changes(self, lines: Iterable[tuple[int, Line, Line]], columns: int) -> str:
        """Give what makes the second line of each row, which a terminal shows, the first.

        The second ones are made so.
        """
        self._columns = columns
        runs: list[_Run] = []
        for y, wanted, shown in lines:
            changed = wanted.changed_from(shown)
            if not changed:
                continue
            shown.copy(wanted)
            if wanted.is_odd() and any(len(wanted.letters[x]) > 1 for x in changed):
                self._send_odd(y, wanted)
            else:
                runs += self._runs(y, wanted, changed)
        self._send_by_pen(runs)
        return self._taken()

    def place(self, y: int, x: int) -> str:
        """Give what moves the cursor to a row and column."""
        self._move(y, x)
        return self._taken()

    def paint(self, pen: int) -> str:
        """Give what takes up a pen."""
        self._take_pen(pen)
        return self._taken()

    def _taken(self) -> str:
        text = "".join(self._out)
        self._out.clear()
        return text

    # -- runs of cells

    def _runs(self, y: int, line: Line, changed: Iterable[int]) -> Iterator[_Run]:
        """The changed cells of a row in runs; a blank joins any pen of its ground."""
        letters, pens, blank = line.letters, line.pens, self._pens.blank
        text: list[str] = []
        start = end = pen = -1
        for x in changed:
            letter, own = letters[x], pens[x]
            if len(letter) != 1:
                end += x == end and not letter  # the right half of the letter before
                continue  # a text whose width is not agreed on has a way of its own
            if text and own != pen:
                if letter == " " and blank[pen] == own:
                    own = pen
                elif blank[own] == pen and set(text) == {" "}:
                    pen = own
            if x != end or own != pen:
                if own == pen and self._can_bridge(line, end, x, pen):
                    text += letters[end:x]
                else:
                    if text:
                        yield _Run(y, start, line.span(end - 1), "".join(text), pen)
                    start, text, pen = x, [], own
            text.append(letter)
            end = x + 1
        if text:
            yield _Run(y, start, line.span(end - 1), "".join(text), pen)

    def _can_bridge(self, line: Line, start: int, end: int, pen: int) -> bool:
        """Whether it is shorter to send the cells in between again, and `pen` can."""
        blanks = line.letters[end] == " "
        if end - start > _BRIDGE and not blanks:
            return False
        gap, blank = line.letters[start:end], self._pens.blank[pen]
        if UNKNOWN in gap or not all(len(letter) == 1 for letter in gap):
            return False
        if len("".join(gap).encode()) > _BRIDGE and not (blanks and set(gap) == {" "}):
            return False
        return all(
            own == pen or (letter == " " and own == blank)
            for letter, own in zip(gap, line.pens[start:end], strict=True)
        )

    # -- sending

    def _send_by_pen(self, runs: Iterable[_Run]) -> None:
        """Send runs so that each pen is taken up once, and blanks with any pen of their ground."""
        by_pen: dict[int, list[_Run]] = {}
        blanks: list[_Run] = []
        for run in runs:
            if run.text.strip(" ") or self._pens.blank[run.pen] != run.pen:
                by_pen.setdefault(run.pen, []).append(run)
            else:
                blanks.append(run)
        of_ground = {self._pens.blank[pen]: pen for pen in by_pen}
        for run in blanks:
            by_pen.setdefault(of_ground.get(run.pen, run.pen), []).append(run)
        while by_pen:
            pen = min(by_pen, key=lambda pen: len(self._pens.change(self._pen, pen)))
            self._take_pen(pen)
            for run in sorted(by_pen.pop(pen)):
                self._send(run)

    def _send(self, run: _Run) -> None:
        y, x, end, text, pen = run
        self._move(y, x)
        tail = 0
        if (
            "      " in text
            and len(text) == end - x
            and not self._plain
            and self._pens.can_erase(pen, coloured=self._coloured)
        ):
            # No regular expression: it would begin at each blank of a long run anew.
            text = text.rstrip(" ")
            tail = len(run.text) - len(text)
            if tail < _BLANKS_AT_END:
                text, tail = run.text, 0
            *erased, text = _LONG_BLANKS.split(text)
            for part, blanks in zip(erased[::2], erased[1::2], strict=True):
                self._write(y, x + len(part), part)
                x += len(part) + len(blanks)
                self._out.append(f"\x1b[{len(blanks)}X")
                self._move(y, x)
        self._write(y, end - tail, text)
        if tail:
            self._out.append("\x1b[K" if end == self._columns else f"\x1b[{tail}X")

    def _write(self, y: int, end: int, text: str) -> None:
        """Write a text that ends before column `end`."""
        if text:
            self._out.append(text)
            self._at = (y, end) if end < self._columns else None

    def _send_odd(self, y: int, line: Line) -> None:
        """Send a row with texts whose width is not agreed on, each on blanks of its own.

        What a terminal draws too wide is then written over by the cells beside it.
        """
        others = []
        for x, letter in enumerate(line.letters):
            if len(letter) > 1:
                self._move(y, x)
                self._take_pen(line.pens[x])
                self._out.append(" " * (line.span(x) - x))
                self._at = None
                self._move(y, x)
                self._out.append(letter[1:])
                self._at = None
            elif letter != UNKNOWN:
                others.append(x)
        for run in self._runs(y, line, others):
            self._take_pen(run.pen)
            self._send(run)

    def _take_pen(self, pen: int) -> None:
        self._out.append(self._pens.change(self._pen, pen))
        self._pen = pen

    def _move(self, y: int, x: int) -> None:
        if self._at != (y, x):
            self._out.append(_shortest_move(None if self._plain else self._at, y, x))
            self._at = (y, x)


def _shortest_move(at: tuple[int, int] | None, y: int, x: int) -> str:
    if at is not None and at[0] == y:
        steps = x - at[1]
        if steps > 0:
            return f"\x1b[{steps if steps > 1 else ''}C"
        if x == 0:
            return "\r"
        return "\b" * -steps if steps > -4 else min(f"\x1b[{-steps}D", f"\x1b[{x + 1}G", key=len)
    if at is not None and at[1] == x:
        steps = y - at[0]
        count = "" if abs(steps) == 1 else abs(steps)
        return f"\x1b[{count}B" if steps > 0 else f"\x1b[{count}A"
    if x == 0:
        return f"\x1b[{y + 1 if y else ''}H"
    return f"\x1b[{y + 1};{x + 1}H"
