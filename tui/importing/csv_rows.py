"""CSV, TSV and the like as rows: delimiters, quotes never closed, headers, lines as in the file."""

import csv
import io
import os
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from tui.importing.columns import header_place, unique_names
from tui.importing.mapping import ReadPart
from tui.importing.rows import ODD, FileRow, Rows

#: How text between each pair of cells is called.
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
# Letters of two bytes in UTF-8, each read as a letter of an older encoding: "Ã©".
_READ_TWICE = re.compile("[\u00c3\u00c4\u00c5\u00d0\u00d1][\u0080-\u00bf](?![A-Z])")
#: What is looked at to guess the delimiter, in lines and in characters.
_SAMPLE_LINES, _SAMPLE_CHARS = 100, 1 << 16
#: Where so many lines are as wide as the first, that is the header.
_OF_HEADER = 0.5
#: The longest cell in characters, the most that Windows can count; csv's own limit is 128 KiB.
_LONGEST_CELL = (1 << 31) - 1
#: The most lines read a second time after quotes that are never closed, beside two for each row.
_MOST_AGAIN = 200_000
_ABOVE = "if lines stand above the header, skip = 1 (or more) under [read] passes over them; "
_SHORT = "fewer cells than the header (first: line {}); what they lack is taken as empty"
_QUOTED = "a quote mark inside a quoted cell (first: line {}); write it twice to keep it"
_KEPT = "quotes that do not enclose a whole cell (first: line {}); they are kept as letters"
_NEVER_CLOSED = "a quote is opened on this line and not closed where it should be"


class _Lines:
    """The physical lines of a file; `taken` are those read since it was last cleared."""

    def __init__(self, file: Iterator[str]) -> None:
        self._file = file
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._file, "")
        if not line:
            self.ended = True
            raise StopIteration
        self.taken.append(line)
        return line

    def give_back(self, keep: int) -> None:
        """Give back all lines taken but the first `keep`, to be read again."""
        self._back.extendleft(reversed(self.taken[keep:]))
        del self.taken[keep:]
        self.ended = False


class CsvRows(Rows):
    """A file of delimited cells, open for reading."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        how: ReadPart,
        opened: Callable[[], io.TextIOWrapper],
        *,
        has_odd: bool,
    ) -> None:
        """Read the header; `opened` opens the file, of which `has_odd` says that some bytes could
        not be decoded. Raises StoreError.
        """
        super().__init__(path, how.missing)
        csv.field_size_limit(_LONGEST_CELL)  # it belongs to the whole module
        # What rows have, how many of them, and the line of the first.
        self._counts: dict[str, tuple[int, int]] = {}
        self._opened, self._has_odd = opened, has_odd
        self._skip, self._given = how.skip, list(how.columns)
        quoting = csv.QUOTE_MINIMAL if how.quote != "" else csv.QUOTE_NONE
        self._form: dict[str, Any] = {"quotechar": how.quote or '"', "quoting": quoting}
        with opened() as file:
            self._handle, self.size = file.fileno(), os.fstat(file.fileno()).st_size
            encoding = file.encoding.removesuffix("-sig")
            first = list(islice(file, how.skip, how.skip + _SAMPLE_LINES))
            tabbed = self.shown.lower().endswith((".tsv", ".tab"))
            self._delimiter = how.delimiter or guess_delimiter(first, "\t" if tabbed else ",")
            self._form["delimiter"] = self._delimiter
            if not (how.skip or how.columns):
                self._skip = self._lines_above(first)
            # Few programs quote in files parted by tabs: there a quote may be a letter.
            self._is_tabbed = self._delimiter == "\t" and how.quote is None
            if doubled := _READ_TWICE.search("".join(first)):
                self.note(
                    f'"{doubled[0]}" looks like UTF-8 that was read as another encoding before; '
                    "it is kept as it is"
                )
            widest = max(map(len, csv.reader(first, delimiter=self._delimiter)), default=0)
            if widest < len(how.columns):
                raise self.error(
                    f"columns under [read] names {len(how.columns)}, and the rows have {widest}"
                )
            file.seek(0)
            header = self._header(_Lines(file))
        self._encoding = encoding.upper()
        self.columns, made = unique_names(header)
        if sum(bool(cell.strip()) for cell in header) < 2:
            self.hint = _ABOVE
        if how.encoding is None or how.delimiter is None:
            self._say_guesses(encoding)
        for note in made:
            self.note(note)

    def _say_guesses(self, encoding: str) -> None:
        """Say what was taken for the encoding and for what parts the cells."""
        spoken = _DELIMITERS.get(self._delimiter, repr(self._delimiter))
        self.guessed |= {"encoding": encoding, "delimiter": self._delimiter}
        self.note(
            f"read as {self._encoding}, parted by {spoken}; if that is wrong, set encoding "
            "or delimiter under [read]"
        )

    def read(self) -> Iterator[FileRow]:
        """Read every row under the header but those of empty cells alone."""
        width, empty = len(self.columns), [""] * len(self.columns)
        self._counts.clear()
        number = 0
        with self._opened() as file:
            self._handle = file.fileno()
            for line, cells, problem, taken in self._parted(file):
                if not problem:
                    if not any(map(str.strip, cells)):
                        continue
                    if self._has_odd or len(cells) > width:
                        problem = self._problem(cells, taken)
                    if len(cells) < width:
                        self._count(_SHORT, line)
                        cells += empty[len(cells) :]
                number += 1
                yield FileRow(number, line, cells, problem)
        for what in (_SHORT, _QUOTED, _KEPT):
            if what in self._counts:
                count, first = self._counts[what]
                have = "row has" if count == 1 else "rows have"
                self.note(f"{count} {have} {what.format(first)}")

    def position(self) -> int:
        """Return how many bytes have been read."""
        return os.lseek(self._handle, 0, os.SEEK_CUR)

    def _parted(self, file: io.TextIOWrapper) -> Iterator[tuple[int, list[str], str, list[str]]]:
        """Part the rows under the header: first line, cells, problem and lines of each.

        A row whose quote is never closed costs its own line; the lines it swallowed are read
        again.
        """
        lines = _Lines(file)
        self._header(lines)
        next_line = len(lines.taken) + 1
        strict = csv.reader(lines, **self._form, strict=True)
        taken = lines.taken
        again = 0
        while True:
            taken.clear()
            problem = ""
            try:
                cells = next(strict)
            except StopIteration:
                return
            except csv.Error:
                cells, problem = [], _NEVER_CLOSED
            line = next_line
            if problem and len(taken) == 1 and not lines.ended:
                # Quotes in the middle of a cell: what they mean is plain on one line.
                cells, problem = self._loose(taken[0]), ""
                self._count(_KEPT if self._is_tabbed else _QUOTED, line)
            elif problem or (len(taken) > 1 and not self._fits(cells) and self._swallowed(taken)):
                again += len(taken) - 1
                if again > _MOST_AGAIN + 2 * next_line:
                    raise self.error(
                        f"line {line}: {_NEVER_CLOSED}, and so too often; mend the quotes"
                    )
                lines.give_back(1)
                cells, problem = self._loose(taken[0].rstrip("\r\n")), _NEVER_CLOSED
                if self._is_tabbed:
                    problem = ""
                    self._count(_KEPT, line)
            next_line += len(taken)
            yield line, cells, problem, taken

    def _header(self, lines: _Lines) -> list[str]:
        """Read the header and return its cells; the next line of `lines` is that of the first row.

        A table whose columns the mapping names has no header: its first line is data.
        """
        for _ in islice(lines, self._skip):
            pass
        if self._given:
            if next(lines, "") and not self._is_declaration(lines.taken[-1]):
                lines.give_back(len(lines.taken) - 1)
            return self._given
        for cells in csv.reader(lines, **self._form):
            if any(map(str.strip, cells)) and not self._is_declaration(lines.taken[-1]):
                # A header of one cell over many lines is a quote that was never closed.
                if lines.ended and len(lines.taken) > self._skip + 1:
                    raise self.error(f"line {self._skip + 1}: {_NEVER_CLOSED}; mend it")
                return cells
        raise self.error("no header line; the first line names the columns")

    def _lines_above(self, lines: list[str]) -> int:
        """The number of lines above the header, of the first lines of the file; it is told."""
        ends: list[int] = []
        rows: list[list[str]] = []
        reader = csv.reader(lines, **self._form)
        with suppress(csv.Error):
            for cells in reader:
                ends.append(reader.line_num)
                rows.append([] if self._is_declaration(lines[reader.line_num - 1]) else cells)
        place = header_place(rows)
        if not place or not any(any(map(str.strip, row)) for row in rows[:place]):
            return 0
        above = ends[place - 1]
        self.guessed["skip"] = above
        self.note(
            f"the header is taken to be line {above + 1}, under {above} of titles; if that is "
            "wrong, set skip under [read]"
        )
        return above

    def _is_declaration(self, line: str) -> bool:
        """Whether a line says what parts the cells, as Excel writes it."""
        return line.strip().lower() == f"sep={self._delimiter}"

    def _problem(self, cells: list[str], taken: list[str]) -> str:
        """Why a row that could be parted cannot be used, or ""."""
        if self._has_odd and (odd := ODD.search("".join(taken))):
            return f"the byte {ord(odd[0]) - 0xDC00:02X} is not valid {self._encoding}; mend it"
        width = len(self.columns)
        if len(cells) > width and any(map(str.strip, cells[width:])):
            return f"{len(cells)} cells where the header names {width}"
        return ""

    def _fits(self, cells: list[str]) -> bool:
        """Whether there is a cell for each column, and none but empty ones beyond."""
        width = len(self.columns)
        return len(cells) >= width and not any(map(str.strip, cells[width:]))

    def _swallowed(self, taken: list[str]) -> bool:
        """Whether each line of a row looks like a whole row itself.

        One line of a text may have as many delimiters as a row; hardly ever has each line.
        """
        width = len(self.columns)
        opening = next(csv.reader(taken[:1], delimiter=self._delimiter, quoting=csv.QUOTE_NONE))
        return width == len(opening) > 1 and all(
            len(self._loose(line.rstrip("\r\n"))) == width for line in taken[1:50]
        )

    def _loose(self, line: str) -> list[str]:
        """Part one line, whatever its quotes."""
        if self._is_tabbed:
            cells = line.rstrip("\r\n").split(self._delimiter)
            return [one[1:-1] if one[:1] == one[-1:] == '"' and one[1:] else one for one in cells]
        return next(csv.reader([line], **self._form), [])

    def _count(self, what: str, line: int) -> None:
        count, first = self._counts.get(what, (0, line))
        self._counts[what] = count + 1, first


def guess_delimiter(lines: list[str], favourite: str) -> str:
    """Return the delimiter that parts the first lines into the same number of cells most often.

    csv.Sniffer is led astray by commas inside quotes and by apostrophes, and is slow on both.
    """
    sample = "".join(lines)[:_SAMPLE_CHARS]
    first = sample.lstrip("\ufeff").split("\n", 1)[0].strip().lower()
    if len(first) == 5 and first.startswith("sep=") and first[4] in _DELIMITERS:
        return first[4]
    best, chosen = (False, 0.0, 1), favourite
    for delimiter in sorted(_DELIMITERS, key=lambda one: one != favourite):
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = [len(cells) for cells in rows if cells]
        # The width of the header, or of most lines: titles may stand above it.
        for usual in {*widths[:1], *(width for width, _ in Counter(widths).most_common(1))} - {1}:
            share = widths.count(usual) / len(widths)
            alike = usual == widths[0] and share >= _OF_HEADER, round(share, 1), usual
            if alike > best:
                best, chosen = alike, delimiter
    return chosen
