"""The one writer between Textual and the terminal: it sends the cells that changed."""

import re
from collections.abc import Callable
from typing import NamedTuple

from tui.explorer.cell_sender import CellSender
from tui.explorer.pens import PLAIN, Pens
from tui.explorer.screen_cells import UNKNOWN, Line, cells_of

ESCAPE = "\x1b"
_FRAME = "\x1b[?2026{}"
# What Textual writes: where the cursor goes, text with its colours, ends of lines, ends of frames.
# Harmless are the modes of the keyboard, the mouse, the cursor, pasting and wrapping, questions,
# titles, the pointer and the clipboard: they change no cell. All else is not understood.
_TOKEN = re.compile(
    r"\x1b\[(?P<place>[0-9]*(?:;[0-9]*)?)H"
    r"|(?P<cells>(?:\x1b\[[0-9;]*m|[^\x00-\x1f\x7f-\x9f]+)+)"
    r"|(?P<line_feed>\n)"
    r"|\x1b\[\?2026(?P<frame>[hl])"
    r"|(?P<harmless>\x1b(?:\[\?(?:7|9|12|25|100[0-7]|101[0-6]|2004|2031|2048)[hl]|\[\?[0-9]+\$p"
    r"|\[[<>=?][0-9;]*u|\[[0-9]* q|\](?:[0-2]|22|52);[^\x07\x1b]*\x07)|\x07)"
    r"|(?P<screen>\x1b\[\?(?:47|1047|1049)[hl])"
    r"|(?P<unknown>.)",
    re.DOTALL,
)
_PEN = re.compile(r"\x1b\[[0-9;]*m")
_PIECES = re.compile(r"(\x1b\[[0-9;]*m)?([^\x1b]*)")
#: How many texts are kept as cells: the rows of some screens.
_KEPT = 1000


class _Cells(NamedTuple):
    """A text in cells, and the pen after it."""

    letters: list[str]
    pens: list[int]
    pen: int


class ScreenWriter:
    """Takes what is written for a terminal and gives what has to be sent to it.

    It keeps a model of what the terminal shows and of what it is to show. What it does not
    understand it sends on as it is, with all that follows until the cursor is placed anew, and
    forgets what that may have changed. `size` tells the columns and rows of the terminal,
    `coloured` whether cells that are erased take the colour of the ground.
    """

    def __init__(self, size: Callable[[], tuple[int, int]], *, coloured: bool = True) -> None:
        self._size = size
        self._pens = Pens()
        self._sender = CellSender(self._pens, coloured=coloured)
        self._out: list[str] = []
        self._in_frame = self._synchronized = self._lost = False
        self._columns = self._rows = 0
        self._passing = True  # what comes is sent on as it is
        self._adrift = False  # what was sent on may have moved the cursor
        self._away = False  # what changes is not to be seen: another screen is, or a picture
        self._is_there = False  # the terminal is on our screen already
        #: The picture of our screen when it was left last.
        self.last = ""
        self._pen: int | None = PLAIN
        self._at = (0, 0)
        self._wanted: list[Line] = []
        self._shown: list[Line] = []
        self._touched: set[int] = set()
        self._kept: dict[tuple[int, str], _Cells | None] = {}

    def forget(self) -> None:
        """Take nothing on the terminal for known, and send all anew; any thread may ask for it."""
        self._lost = True

    def begin_with(self, picture: str) -> None:
        """Take the terminal to be on our screen already and to show this, until `release`."""
        self.feed(picture)
        if not any(line.is_odd() for line in self._wanted):
            self._shown, self._wanted = self._wanted, self._shown
        self._touched.clear()
        self._out.clear()
        self._passing = self._is_there = self._away = True

    def release(self) -> None:
        """Send from now on what differs from what was begun with."""
        self._away = False

    def picture(self) -> str:
        """All that is shown, as text at places; "" where not all is known, or of a known width."""
        if any(line.is_odd() or UNKNOWN in line.letters for line in self._wanted):
            return ""
        lines = [(y, line, self._unknown()) for y, line in enumerate(self._wanted)]
        sender = CellSender(self._pens, coloured=False, plain=True)
        return sender.changes(lines, self._columns) + sender.paint(PLAIN)

    def feed(self, text: str) -> None:
        """Take a text that is written for the terminal."""
        lost, self._lost = self._lost, False
        size = self._size()
        if size != (self._columns, self._rows):
            self._columns, self._rows = size
            self._touched.clear()  # of what was drawn for another size nothing is to be sent
            self._pass_on()
        elif lost:
            self._know_nothing()
        for token in _TOKEN.finditer(text):
            kind, whole = token.lastgroup, token.group()
            if kind == "place":
                self._take_place(whole)
            elif kind == "frame":
                self._synchronized = True
                self._in_frame = whole.endswith("h")
            elif kind == "harmless":
                self._send_changes()
                self._out.append(whole)
            elif kind == "cells":
                self._take_cells(whole)
            elif kind == "screen":
                self._take_screen(whole)
            elif kind == "line_feed" and not self._passing and self._at[0] + 1 < self._rows:
                self._at = (self._at[0] + 1, 0)  # a terminal makes it a carriage return, too
            else:
                self._pass_on()
                if kind == "unknown":
                    self._pen = None
                self._out.append(whole)

    def take(self) -> str:
        """Give what has to be sent now; a frame that has begun waits for its end."""
        if not self._in_frame:
            self._send_changes()
        text = "".join(self._out)
        self._out.clear()
        return text

    # -- taking

    def _take_place(self, token: str) -> None:
        row, _, column = token[2:-1].partition(";")
        y, x = int(row or 1) - 1, int(column or 1) - 1
        if self._pen is not None and 0 <= y < self._rows and 0 <= x < self._columns:
            self._passing = self._adrift = False
            self._at = (y, x)
        else:
            self._pass_on()
            self._out.append(token)

    def _take_screen(self, token: str) -> None:
        """Take a change of screens: the other one is not ours, and ours is empty after it."""
        self._settle()
        if self._is_there and token.endswith("h"):
            self._is_there = False
            return
        if token.endswith("l"):
            self.last = self.picture()
        self._know_nothing()
        self._adrift = False
        self._passing, self._away = True, token.endswith("l")
        self._out.append(token)

    def _take_cells(self, text: str) -> None:
        if not self._passing:
            assert self._pen is not None
            y, x = self._at
            cells = self._cells(self._pen, text)
            if cells and x + len(cells.letters) <= self._columns:
                self._wanted[y].put(x, cells.letters, cells.pens)
                self._touched.add(y)
                self._at = (y, x + len(cells.letters))
                self._pen = cells.pen
                return
            self._pass_on(y)
        self._out.append(text)
        for sequence in _PEN.findall(text):
            self._pen = self._pens.after(self._pen, sequence)

    def _cells(self, pen: int, text: str) -> _Cells | None:
        """A text and its colours in cells; None if not all of it is understood."""
        try:
            return self._kept[pen, text]
        except KeyError:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            cells = self._kept[pen, text] = self._read_cells(pen, text)
            return cells

    def _read_cells(self, pen: int, text: str) -> _Cells | None:
        letters: list[str] = []
        pens: list[int] = []
        for sequence, part in _PIECES.findall(text):
            if sequence:
                after = self._pens.after(pen, sequence)
                if after is None:
                    return None
                pen = after
            if not part:
                continue
            found = cells_of(part)
            if found is None:
                return None
            letters += found
            blank = self._pens.blank[pen]
            if blank == pen or " " not in part:
                pens += [pen] * len(found)
            else:
                pens += [blank if letter == " " else pen for letter in found]
        return _Cells(letters, pens, pen)

    # -- giving

    def _send_changes(self) -> None:
        """Send the cells that changed and the cursor's place.

        After what is not understood nobody knows where the cursor is, and it must not be moved.
        """
        if self._away or self._adrift:
            return
        lines = [(y, self._wanted[y], self._shown[y]) for y in sorted(self._touched)]
        self._touched.clear()
        if changes := self._sender.changes(lines, self._columns):
            changes += self._place()
            if self._synchronized:
                changes = f"{_FRAME.format('h')}{changes}{_FRAME.format('l')}"
            self._out.append(changes)
        elif not self._passing:
            self._out.append(self._place())

    def _place(self) -> str:
        y, x = self._at
        return self._sender.place(y, min(x, self._columns - 1))

    def _settle(self) -> None:
        """Have the terminal be as it was if it had got all that was written so far."""
        if not self._passing:
            self._send_changes()
            self._out.append(self._sender.paint(self._pen or PLAIN))

    def _pass_on(self, line: int | None = None) -> None:
        """Send on what comes from here on as it is, and forget a line, or all of them."""
        self._settle()
        self._passing = self._adrift = True
        self._sender.lose()
        if line is None:
            self._wanted = [self._unknown() for _ in range(self._rows)]
            self._shown = [self._unknown() for _ in range(self._rows)]
        else:
            self._wanted[line], self._shown[line] = self._unknown(), self._unknown()

    def _know_nothing(self) -> None:
        """Take nothing for known of what the terminal shows."""
        self._sender.lose()
        self._shown = [self._unknown() for _ in self._wanted]
        self._touched.update(range(len(self._wanted)))

    def _unknown(self) -> Line:
        return Line(self._columns, self._pens.blank)
