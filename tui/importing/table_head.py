"""What the first lines of a table tell: what parts its cells, and what its columns are called."""

import csv
import io
from typing import NamedTuple

from tui.dossier import safe_text

_DELIMITERS = ",;\t|"
_SAMPLE_CHARS = 1 << 16
#: How many lines `guess_delimiter` wants.
SAMPLE_LINES = 100


def guess_delimiter(lines: list[str], favourite: str) -> str:
    """The delimiter that cuts the first lines into the same number of cells most often.

    csv.Sniffer is led astray by commas inside quotes and by apostrophes, and is slow on both.
    """
    sample = "".join(lines)[:_SAMPLE_CHARS]
    first = sample.lstrip("\ufeff").split("\n", 1)[0].strip().lower()
    if len(first) == 5 and first.startswith("sep=") and first[4] in _DELIMITERS:
        return first[4]
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


class Names(NamedTuple):
    """The names of the columns, and those of them that had to be made."""

    columns: list[str]
    repeated: list[str]
    blank: list[str]

    def notes(self) -> list[str]:
        """What to say of the names that had to be made."""
        return [
            f"{what}: {', '.join(names[:8])}{'…' if names[8:] else ''}"
            for what, names in (
                ("headers that are repeated have a number now", self.repeated),
                ("columns without a header are called", self.blank),
            )
            if names
        ]


def named(cells: list[str]) -> Names:
    """The names of the columns: blank ones by their number, repeated ones numbered."""
    wanted = [
        " ".join(safe_text.clean_line(cell).replace("{", "(").replace("}", ")").split())
        for cell in cells
    ]
    names = Names([], [], [])
    taken: set[str] = set()
    given = set(wanted)
    for position, name in enumerate(wanted, 1):
        first = name or f"column_{position}"
        number, made = 2, first
        while made in taken or (made != name and made in given):
            made, number = f"{first}_{number}", number + 1
        taken.add(made)
        names.columns.append(made)
        if not name:
            names.blank.append(made)
        elif made != name:
            names.repeated.append(made)
    return names
