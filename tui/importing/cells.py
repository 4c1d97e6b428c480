"""CSV, TSV and their like, streamed: physical line numbers, and quotes that were never closed."""

import csv
import io
import os
from collections.abc import Callable, Iterator
from itertools import islice

from tui.dossier import safe_text
from tui.files import StoreError, open_regular
from tui.importing.encoding import KEEP_ODD, ODD
from tui.importing.lines import Lines
from tui.importing.mapping import ReadPart
from tui.importing.reading import Record, column_missing
from tui.importing.table_head import SAMPLE_LINES, guess_delimiter, named

_SPOKEN = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
#: How long a cell may be, in characters; the csv module's own limit is 128 KiB.
_LONGEST_CELL = 1 << 28
#: How many lines may be read a second time after a quote that is never closed.
_AGAIN = 200_000
_OFTEN = 2048
_ABOVE = "if lines stand above the header, skip = 1 (or more) under [read] passes over them; "
_NEVER_CLOSED = "a quote is opened on this line and not closed where it should be"


class Seen:
    """How many rows are of a kind, and the line of the first."""

    count = first = 0

    def add(self, line: int) -> None:
        self.count += 1
        self.first = self.first or line


class CellReader:
    """A file of delimited cells, open for reading; see `reading.Reader`."""

    unit = "line"

    def __init__(
        self,
        path: str | os.PathLike[str],
        how: ReadPart,
        encoding: str,
        *,
        guessed: bool,
        odd: bool,
    ) -> None:
        """Open it; `odd` says that some of its bytes are not of the encoding."""
        # The limit belongs to the whole module; Windows counts it in 32 bits.
        csv.field_size_limit(_LONGEST_CELL)
        self._path, self._encoding, self._skip = path, encoding, how.skip
        self._given = list(how.columns)
        self._shown = safe_text.clean_line(os.fspath(path))
        self._spoken, self._odd = encoding.removesuffix("-sig").upper(), odd
        self.notes: list[str] = []
        self.guessed: dict[str, str] = {}
        favourite = "\t" if os.fspath(path).lower().endswith((".tsv", ".tab")) else ","
        with self._open() as file:
            first = list(islice(file, how.skip, how.skip + SAMPLE_LINES))
            self._delimiter = how.delimiter or guess_delimiter(first, favourite)
        self.columns: list[str] = []
        with self._open() as file:
            names = named(self._header(Lines(iter(file)))[1])
        self.columns = self.kept = names.columns
        self._above = _ABOVE if len(names.columns) - len(names.blank) < 2 else ""
        self._positions = {name: position for position, name in enumerate(self.columns)}
        if guessed or how.delimiter is None:
            parted = _SPOKEN.get(self._delimiter, repr(self._delimiter))
            self.guessed = {"encoding": encoding.removesuffix("-sig"), "delimiter": self._delimiter}
            self.notes.append(
                f"{self._shown}: read as {self._spoken}, parted by {parted}; if that is wrong, set "
                "encoding or delimiter under [read]"
            )
        self.notes += [f"{self._shown}: {note}" for note in names.notes()]

    def bind(self, name: str) -> int:
        """The position of the column `name`; raises StoreError naming those there are."""
        position = self._positions.get(name)
        if position is None:
            raise column_missing(self._shown, name, self.columns, self._above)
        return position

    def rows(self, progress: Callable[[int, int], None] | None = None) -> Iterator[Record]:
        """Every row under the header, those that cannot be read with the reason."""
        width, empty = len(self.columns), [""] * len(self.columns)
        shorter, quoted = Seen(), Seen()
        again = 0
        with self._open() as file:
            size = os.fstat(file.fileno()).st_size
            lines = Lines(iter(file))
            next_line, _ = self._header(lines)
            strict = csv.reader(lines, delimiter=self._delimiter, strict=True)
            taken = lines.taken
            count = 0
            while True:
                taken.clear()
                problem = ""
                try:
                    cells = next(strict)
                except StopIteration:
                    break
                except csv.Error:
                    cells = []
                    problem = _NEVER_CLOSED
                line, spanned = next_line, len(taken)
                next_line += spanned
                if problem and spanned == 1 and not lines.ended:
                    # Quotes in the middle of a cell: what they mean is plain on one line.
                    cells = next(csv.reader([*taken], delimiter=self._delimiter), [])
                    problem = ""
                    quoted.add(line)
                elif spanned > 1 and (
                    problem or (not self._fits(cells) and self._swallowed(taken))
                ):
                    again += spanned - 1
                    if again > _AGAIN + 2 * next_line:
                        raise StoreError(
                            f"{self._shown}: line {line}: {_NEVER_CLOSED}, and so too often; "
                            "mend the quotes"
                        )
                    next_line = line + 1
                    lines.give_back(taken[1:])
                    cells, problem = self._plainly(taken[0]), _NEVER_CLOSED
                elif problem:
                    cells = self._plainly(taken[0])
                count += 1
                if progress and not count % _OFTEN:
                    progress(os.lseek(file.fileno(), 0, os.SEEK_CUR), size)
                if not problem:
                    if not any(map(str.strip, cells)):
                        continue
                    if self._odd or len(cells) > width:
                        problem = self._problem(cells, taken)
                    if len(cells) < width:
                        shorter.add(line)
                        cells += empty[len(cells) :]
                yield Record(line, cells, problem)
            if progress:
                progress(size, size)
        self._tell(shorter, "fewer cells than the header", "what they lack is taken as empty")
        self._tell(quoted, "a quote mark inside a quoted cell", "write it twice to keep it")

    def rejected(self, number: int, record: Record) -> dict[str, str]:
        """The cells of a row by column; what is beyond the columns is numbered."""
        names = self.columns[: len(record.cells)]
        names += [f"column_{at}" for at in range(len(names) + 1, len(record.cells) + 1)]
        return dict(zip(names, map(_visible, record.cells), strict=True))

    def _tell(self, seen: "Seen", what: str, then: str) -> None:
        if seen.count:
            have = "row has" if seen.count == 1 else "rows have"
            self.notes.append(
                f"{self._shown}: {seen.count} {have} {what} (first: line {seen.first}); {then}"
            )

    def _open(self) -> io.TextIOWrapper:
        file = open_regular(self._path, "a CSV, TSV or JSON file")
        return io.TextIOWrapper(file, self._encoding, KEEP_ODD, newline="")

    def _declares(self, lines: list[str]) -> bool:
        """Whether the last of these lines says what parts the cells, as Excel has it."""
        return lines[-1].strip().lower() == f"sep={self._delimiter}"

    def _header(self, lines: Lines) -> tuple[int, list[str]]:
        """The number of the line after the header, and its cells; leaves `lines` there.

        A table whose columns the mapping names has none: its first line is data.
        """
        reader = csv.reader(lines, delimiter=self._delimiter)
        try:
            for _ in islice(lines, self._skip):
                pass
            if self._given:
                if (first := list(islice(lines, 1))) and not self._declares(first):
                    lines.give_back([lines.taken.pop()])
                return len(lines.taken) + 1, self._given
            for cells in reader:
                if any(map(str.strip, cells)) and not self._declares(lines.taken):
                    # A header of one cell over many lines is a quote that was never closed.
                    if lines.ended and len(lines.taken) > self._skip + 1:
                        raise StoreError(
                            f"{self._shown}: line {self._skip + 1}: {_NEVER_CLOSED}; mend it"
                        )
                    return len(lines.taken) + 1, cells
        except csv.Error as error:
            raise StoreError(f"{self._shown}: not a table: {error}") from None
        raise StoreError(f"{self._shown}: no header line; the first line names the columns")

    def _problem(self, cells: list[str], taken: list[str]) -> str:
        """Why a row that could be parted is none, or ""."""
        if self._odd and any(map(ODD.search, taken)):
            byte = next(ODD.findall(line)[0] for line in taken if ODD.search(line))
            return f"the byte {ord(byte) - 0xDC00:02X} is not valid {self._spoken}; mend it"
        width = len(self.columns)
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            return f"{len(cells)} cells where the header names {width}"
        return ""

    def _fits(self, cells: list[str]) -> bool:
        """Whether there is a cell for each column, empty ones beyond them aside."""
        width = len(self.columns)
        return len(cells) >= width and not any(cell.strip() for cell in cells[width:])

    def _swallowed(self, taken: list[str]) -> bool:
        """Whether each of the lines of a row looks like a whole row itself.

        Text with line breaks may have a line with as many commas; hardly ever has each line.
        """
        width = len(self.columns)
        opening = csv.reader(taken[:1], delimiter=self._delimiter, quoting=csv.QUOTE_NONE)
        return width > 1 and all(
            len(cells) == width for cells in (*opening, *map(self._plainly, taken[1:50]))
        )

    def _plainly(self, line: str) -> list[str]:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=self._delimiter), [])


def _visible(cell: str) -> str:
    """A cell with its odd bytes as they are written in source code: ``caf\\xe9``."""
    return ODD.sub(lambda found: f"\\x{ord(found[0]) - 0xDC00:02x}", cell)
