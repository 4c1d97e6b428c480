"""The styles in which a terminal writes, numbered, and the shortest codes from one to another."""

from typing import NamedTuple

# Select Graphic Rendition, ECMA-48 8.3.117: what turns each mark on, and what turns it off. Marks
# that one code turns off stand together; of two in `_EITHER` the later one holds.
_BOLD, _DIM, _ITALIC, _UNDER, _UNDER_TWICE, _BLINK, _BLINK_FAST = (1 << n for n in range(7))
_REVERSE, _HIDDEN, _STRUCK, _FRAMED, _RINGED, _OVER = (1 << n for n in range(7, 13))
_ON = {
    "1": _BOLD, "2": _DIM, "3": _ITALIC, "4": _UNDER, "5": _BLINK, "6": _BLINK_FAST, "7": _REVERSE,
    "8": _HIDDEN, "9": _STRUCK, "21": _UNDER_TWICE, "51": _FRAMED, "52": _RINGED, "53": _OVER,
}  # fmt: skip
_OFF = {
    "22": _BOLD | _DIM, "23": _ITALIC, "24": _UNDER | _UNDER_TWICE, "25": _BLINK | _BLINK_FAST,
    "27": _REVERSE, "28": _HIDDEN, "29": _STRUCK, "54": _FRAMED | _RINGED, "55": _OVER,
}  # fmt: skip
_EITHER = (_UNDER | _UNDER_TWICE, _BLINK | _BLINK_FAST, _FRAMED | _RINGED)
#: Marks that can be seen on a blank.
_ON_BLANKS = _UNDER | _UNDER_TWICE | _REVERSE | _STRUCK | _FRAMED | _RINGED | _OVER
_FRONT = {str(code) for code in (*range(30, 38), *range(90, 98))}
_BACK = {str(code) for code in (*range(40, 48), *range(100, 108))}
#: How many parameters follow `38;2` (red, green, blue) and `38;5` (a number of the palette).
_MORE = {"2": 3, "5": 1}

#: The number of the pen as a terminal has it after a reset.
PLAIN = 0


class _Pen(NamedTuple):
    marks: int = 0
    front: str = ""
    back: str = ""


class Pens:
    """Numbers pens; equal ones have one number, however they were asked for."""

    def __init__(self) -> None:
        self._pens = [_Pen()]
        self._numbers = {self._pens[0]: PLAIN}
        self._after: dict[tuple[int | None, str], int | None] = {}
        self._changes: dict[tuple[int, int], str] = {}
        #: For each pen the one that writes a blank which looks the same.
        self.blank = [PLAIN]

    def after(self, pen: int | None, sequence: str) -> int | None:
        """The pen after a sequence such as `\\x1b[1;38;5;7m`; None if a code is not known.

        `pen` is None where it is not known: it is known again after a reset.
        """
        try:
            return self._after[pen, sequence]
        except KeyError:
            codes = sequence[2:-1]
            begins_anew = not codes.partition(";")[0].strip("0")
            known = pen is not None or begins_anew
            found = self._parsed(self._pens[pen or PLAIN], codes) if known else None
            number = self._after[pen, sequence] = None if found is None else self._number(found)
            return number

    def change(self, old: int | None, new: int) -> str:
        """The shortest sequence from one pen to another; None is a pen that is not known."""
        if old == new:
            return ""
        if old is None:
            return f"\x1b[{';'.join(['0', *_all_codes(self._pens[new])])}m"
        try:
            return self._changes[old, new]
        except KeyError:
            codes = self._changes[old, new] = f"\x1b[{self._shortest(old, new)}m"
            return codes

    def can_erase(self, pen: int, *, coloured: bool) -> bool:
        """Whether cells that are erased look like blanks; `coloured`: erasing keeps the ground."""
        found = self._pens[pen]
        return not found.marks & _ON_BLANKS and (coloured or not found.back)

    def _number(self, pen: _Pen) -> int:
        if (number := self._numbers.get(pen)) is None:
            number = self._numbers[pen] = len(self._pens)
            self._pens.append(pen)
            self.blank.append(number)
            if not pen.marks & _ON_BLANKS:
                self.blank[number] = self._number(_Pen(back=pen.back))
        return number

    def _shortest(self, old: int, new: int) -> str:
        before, after = self._pens[old], self._pens[new]
        marks, codes = before.marks, []
        for code, group in _OFF.items():
            if marks & ~after.marks & group:
                codes.append(code)
                marks &= ~group
        codes += [code for code, mark in _ON.items() if after.marks & ~marks & mark]
        if before.front != after.front:
            codes.append(after.front or "39")
        if before.back != after.back:
            codes.append(after.back or "49")
        from_reset = ["", *_all_codes(after)] if after != _Pen() else []
        return min(";".join(codes), ";".join(from_reset), key=len)

    @staticmethod
    def _parsed(pen: _Pen, codes: str) -> _Pen | None:
        marks, front, back = pen
        todo = codes.split(";")
        while todo:
            code = todo.pop(0)
            if code.strip("0") == "":
                marks, front, back = _Pen()
            elif code in _ON:
                for pair in _EITHER:
                    marks &= ~pair if _ON[code] & pair else -1
                marks |= _ON[code]
            elif code in _OFF:
                marks &= ~_OFF[code]
            elif code in _FRONT:
                front = code
            elif code in _BACK:
                back = code
            elif code == "39":
                front = ""
            elif code == "49":
                back = ""
            elif code in ("38", "48") and todo and (count := _MORE.get(todo[0], 9)) < len(todo):
                colour = ";".join([code, *todo[: count + 1]])
                del todo[: count + 1]
                front, back = (colour, back) if code == "38" else (front, colour)
            else:
                return None
        return _Pen(marks, front, back)


def _all_codes(pen: _Pen) -> list[str]:
    codes = [code for code, mark in _ON.items() if pen.marks & mark]
    return [*codes, *filter(None, (pen.front, pen.back))]
