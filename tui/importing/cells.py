"""CSV, TSV and their like, streamed: physical line numbers, and quotes that were never closed."""

import csv
import io
import os
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice

from tui.dossier import text
from tui.dossier.files import StoreError, open_regular
from tui.importing.mapping import ReadPart
from tui.importing.reading import Record, column_missing

_DELIMITERS = ",;\t|"
_SPOKEN = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAMPLE_LINES, _SAMPLE_CHARS = 100, 1 << 16
#: How long a cell may be, in characters; the csv module's own limit is 128 KiB.
_LONGEST_CELL = 1 << 28
#: How many lines may be read a second time after a quote that is never closed.
_AGAIN = 200_000
_OFTEN = 2048
_NEVER_CLOSED = "a quote is opened on this line and not closed where it should be"


class _Lines:
    """Physical lines, remembered since last asked, and some of them given back."""

    def __init__(self, file: Iterator[str]) -> None:
        self._file = file
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._back:
            line = self._back.popleft()
        else:
            try:
                line = next(self._file)
            except StopIteration:
                self.ended = True
                raise
        self.taken.append(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
        self.ended = False


class CellReader:
    """A file of delimited cells, open for reading; see `reading.Reader`."""

    unit = "line"

    def __init__(
        self, path: str | os.PathLike[str], how: ReadPart, encoding: str, guessed: bool
    ) -> None:
        # The limit belongs to the whole module; Windows counts it in 32 bits.
        csv.field_size_limit(_LONGEST_CELL)
        self._path, self._encoding, self._skip = path, encoding, how.skip
        self._shown = text.clean_line(os.fspath(path))
        self.notes: list[str] = []
        self.guessed: dict[str, str] = {}
        with self._open() as file:
            self._delimiter = how.delimiter or self._guess_delimiter(file, path)
        self.columns: list[str] = []
        with self._open() as file:
            _, cells = self._header(_Lines(iter(file)))
        self.columns = _named(cells)
        self._positions = {name: position for position, name in enumerate(self.columns)}
        if guessed or how.delimiter is None:
            parted = _SPOKEN.get(self._delimiter, repr(self._delimiter))
            spoken = encoding.removesuffix("-sig").upper()
            self.guessed = {"encoding": encoding.removesuffix("-sig"), "delimiter": self._delimiter}
            self.notes.append(
                f"{self._shown}: read as {spoken}, parted by {parted}; if that is wrong, set "
                "encoding or delimiter under [read]"
            )

    def bind(self, name: str) -> int:
        """The position of the column `name`; raises StoreError naming those there are."""
        position = self._positions.get(name)
        if position is None:
            raise column_missing(self._shown, name, self.columns)
        return position

    def rows(self, progress: Callable[[int, int], None] | None = None) -> Iterator[Record]:
        """Every row under the header, those that cannot be read with the reason."""
        width, empty = len(self.columns), [""] * len(self.columns)
        shorter = first_shorter = 0
        again = 0
        with self._open() as file:
            size = os.fstat(file.fileno()).st_size
            lines = _Lines(iter(file))
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
                except UnicodeError as error:
                    raise self._undecodable(error) from None
                line, spanned = next_line, len(taken)
                next_line += spanned
                if problem and spanned == 1 and not lines.ended:
                    # Quotes in the middle of a cell: what they mean is plain on one line.
                    cells = next(csv.reader([*taken], delimiter=self._delimiter), [])
                    problem = ""
                elif spanned > 1 and (problem or (len(cells) != width and self._swallowed(taken))):
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
                if len(cells) != width and not problem:
                    if not any(cells):
                        continue
                    if len(cells) < width:
                        shorter += 1
                        first_shorter = first_shorter or line
                        cells += empty[len(cells) :]
                    elif any(cell.strip() for cell in cells[width:]):
                        problem = f"{len(cells)} cells where the header names {width}"
                yield Record(line, cells, problem)
            if progress:
                progress(size, size)
        if shorter:
            self.notes.append(
                f"{self._shown}: {shorter} rows have fewer cells than the header (first: line "
                f"{first_shorter}); what they lack is taken as empty"
            )

    def rejected(self, number: int, record: Record) -> dict[str, str]:
        """The cells of a row by column; what is beyond the columns is numbered."""
        names = self.columns[: len(record.cells)]
        names += [f"column_{at}" for at in range(len(names) + 1, len(record.cells) + 1)]
        return dict(zip(names, record.cells, strict=True))

    def _open(self) -> io.TextIOWrapper:
        file = open_regular(self._path, "a CSV, TSV or JSON file")
        return io.TextIOWrapper(file, self._encoding, newline="")

    def _header(self, lines: _Lines) -> tuple[int, list[str]]:
        """The header's cells and the number of the line after it; leaves `lines` there."""
        reader = csv.reader(lines, delimiter=self._delimiter)
        try:
            for _ in islice(lines, self._skip):
                pass
            for cells in reader:
                declared = lines.taken[-1].strip().lower() == f"sep={self._delimiter}"
                if any(cell.strip() for cell in cells) and not declared:
                    # A header of one cell over many lines is a quote that was never closed.
                    if lines.ended and len(lines.taken) > self._skip + 1:
                        raise StoreError(
                            f"{self._shown}: line {self._skip + 1}: {_NEVER_CLOSED}; mend it"
                        )
                    return len(lines.taken) + 1, cells
        except csv.Error as error:
            raise StoreError(f"{self._shown}: not a table: {error}") from None
        except UnicodeError as error:
            raise self._undecodable(error) from None
        raise StoreError(f"{self._shown}: no header line; the first line names the columns")

    def _guess_delimiter(self, file: io.TextIOWrapper, path: str | os.PathLike[str]) -> str:
        """The delimiter that cuts the first lines into the same number of cells most often.

        csv.Sniffer is led astray by commas inside quotes and by apostrophes, and is slow on both.
        """
        try:
            lines = list(islice(file, self._skip, self._skip + _SAMPLE_LINES))
        except UnicodeError as error:
            raise self._undecodable(error) from None
        sample = "".join(lines)[:_SAMPLE_CHARS]
        first = sample.lstrip("\ufeff").split("\n", 1)[0].strip().lower()
        if len(first) == 5 and first.startswith("sep=") and first[4] in _DELIMITERS:
            return first[4]
        favourite = "\t" if os.fspath(path).lower().endswith((".tsv", ".tab")) else ","
        best, chosen = (0.0, 0), favourite
        for delimiter in sorted(_DELIMITERS, key=lambda one: one != favourite):
            widths = [
                len(cells)
                for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
                if cells
            ]
            if not widths or widths[0] < 2:
                continue
            alike = widths.count(widths[0]) / len(widths)
            if (round(alike, 1), widths[0]) > best:
                best, chosen = (round(alike, 1), widths[0]), delimiter
        return chosen

    def _swallowed(self, taken: list[str]) -> bool:
        """Whether one of the lines inside a quoted cell looks like a whole row."""
        return any(len(self._plainly(line)) == len(self.columns) > 1 for line in taken[1:50])

    def _plainly(self, line: str) -> list[str]:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=self._delimiter), [])

    def _undecodable(self, error: UnicodeError) -> StoreError:
        spoken = self._encoding.removesuffix("-sig").upper()
        at = f" (byte {error.start} of a part)" if isinstance(error, UnicodeDecodeError) else ""
        return StoreError(
            f"{self._shown}: not valid {spoken}{at}; name its encoding under [read], for instance "
            'encoding = "cp1252"'
        )


def _named(cells: list[str]) -> list[str]:
    """The names of the columns: blank ones by their number, repeated ones numbered."""
    wanted = [
        " ".join(text.clean_line(cell).replace("{", "(").replace("}", ")").split())
        for cell in cells
    ]
    names: list[str] = []
    taken: set[str] = set()
    given = set(wanted)
    for position, name in enumerate(wanted, 1):
        name = name or f"column_{position}"
        number, made = 2, name
        while made in taken or (made != name and made in given):
            made, number = f"{name}_{number}", number + 1
        taken.add(made)
        names.append(made)
    return names
