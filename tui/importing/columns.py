"""The columns of a file: where their header is, what they are called, and what each is for."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from tui.dossier import safe_text
from tui.importing.date_columns import SAMPLE, DateColumns, folded_name, named
from tui.importing.registry import slug
from tui.importing.rows import Rows, language_data, without_invisible

#: Columns looked at: beyond them is hardly ever anything to propose.
_MOST_COLUMNS = 200
#: The longest title, on average and in characters; what is longer is the text of an event.
_LONGEST_TITLE = 200

#: Roles of words: a number is no region, and no type.
_WORDS = frozenset({"region", "place", "tags", "type"})

_CODE = re.compile(r"[A-Z0-9]{0,4}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
#: The header is looked for in so many rows.
_MOST_ABOVE = 20
#: Names of columns stand in braces in a mapping.
_BRACES = str.maketrans("{}", "()")

_FULL_DATE = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})(?:[T ].*)?$", re.ASCII)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*$", re.ASCII)
_KINDS = (_FULL_DATE, re.compile(r"https?://", re.IGNORECASE), _NUMBER)
_NUMBERED = re.compile(r"_\d+$", re.ASCII)


class Columns:
    """What each column of a file seems to be for; no column is for two things."""

    def __init__(self, rows: Rows) -> None:
        names = [name for name in rows.columns if "{" not in name and "}" not in name]
        names = _without_plumbing(names)[:_MOST_COLUMNS]
        self._rows, self._at = rows, {name: rows.bind(name) for name in names}
        first = first_rows(rows)
        self._rows_seen, self._different_rows = len(first), len(set(map(tuple, first)))
        #: The first cells of each column, without those that are empty.
        self.cells = {
            name: [cell for row in first if (cell := without_invisible(row[at]).strip())]
            for name, at in self._at.items()
        }
        #: The columns that are for nothing yet, with their cells.
        self.free = dict(self.cells)
        #: What is to be said of a column, and of how its dates are read.
        self.said: dict[str, str] = {}
        #: The columns of the start and of the end, and how their dates are read.
        self.dates = DateColumns(rows, self.cells, self.free, self.said)
        #: How much of the date is known, and what its cells mean.
        self.precision = self._take("precision", lambda cells: bool(_precisions(cells)))
        self.precisions = _precisions(self.cells[self.precision]) if self.precision else {}
        sides = (self._take(side, is_text) for side in ("first_side", "second_side"))
        self.actors = [side for side in sides if side]
        title = self._best_title(named(self.free, "title"))
        self.roles = {"id": self._take_id()}
        self.roles |= {
            role: self._take(role, is_text if role in _WORDS else is_plain)
            for role in ("region", "place", "text", "summary", "tags", "type")
        }
        self.titles = [title] if title else self.actors or self._last_title()
        self.people = self._people()

    def _take(self, role: str, fits: Callable[[list[str]], bool]) -> str:
        """Take the best free column that is named for `role` and whose cells fit; "" for none."""
        for column in named(self.free, role):
            if self.free[column] and fits(self.free[column]):
                del self.free[column]
                return column
        return ""

    def _take_id(self) -> str:
        """Take the column named for an id that is another in each row; "" for none.

        The number of a row, as it counts them, is no id: it changes when a row is put before.
        """
        candidates = [name for name in named(self.free, "id") if self._is_one_each(name)]
        for column in candidates:
            at, seen = self._at[column], set[str]()
            for row in self._rows.read():
                key = "" if row.problem else slug(row.cells[at], "")
                if key and key in seen:
                    self.said[column] = f"no id, as {row.cells[at].strip()[:40]} comes again"
                    break
                if key:
                    seen.add(key)
            else:
                self.said[column] = f"the id, as it is another in each of {len(seen):,} rows"
                del self.free[column]
                return column
        return ""

    def _is_one_each(self, column: str) -> bool:
        """Whether the first rows speak for a column as the id."""
        cells = self.free[column]
        if not cells or not is_plain(cells) or len(cells) * 2 < self._rows_seen:
            return False
        if len(set(cells)) < len(cells):
            again = next(cell for cell, count in Counter(cells).items() if count > 1)
            self.said[column] = f"no id, as {again[:40]} comes again"
            return False
        counts = any(cells == [str(n + first) for n in range(len(cells))] for first in (0, 1))
        if counts and len(cells) > 1 and folded_name(column) in language_data()["counts"]:
            self.said[column] = "no id, as it counts the rows: it would change with a row before"
            return False
        return True

    def _best_title(self, candidates: Iterable[str]) -> str:
        """The first candidate that tells the rows apart about as well as any; "" for none."""
        told = {
            column: len(set(cells))
            for column in candidates
            if is_text(cells := self.cells[column])
            and sum(map(len, cells)) <= _LONGEST_TITLE * len(cells)
        }
        several = self._different_rows > 1
        told = {column: count for column, count in told.items() if count > 1 or not several}
        most = max(told.values(), default=0)
        return next((column for column, count in told.items() if count * 2 >= most), "")

    def _last_title(self) -> list[str]:
        """The title where no column is named for one."""
        order = dict.fromkeys([*named(self.cells, "last_title"), *self.free])
        wordy = (column for column, cells in self.cells.items() if is_text(cells))
        # Codes such as ISO's tell rows apart, but nobody what they are.
        ordered = sorted(order, key=lambda name: all(map(_CODE.fullmatch, self.cells[name])))
        title = self._best_title(ordered) or next(wordy, "") or next(iter(self.free), "")
        return [title] if title else []

    def _people(self) -> str:
        """The column of people: the title's too, where it names who came."""
        titles = named(self.titles, "people")
        if titles and titles[0] not in self.actors:
            return titles[0]
        found = self._take("people", is_text)
        if found or not self.titles:
            return found
        # Names of events are told once each; names of people come again.
        title = self.titles[0]
        cells = self.cells[title]
        is_name = folded_name(title).endswith("name") and title not in self.actors
        return title if is_name and len(set(cells)) * 2 <= len(cells) else ""


def first_rows(rows: Rows) -> list[Sequence[str]]:
    """Return the cells of the first rows that can be used."""
    return [row.cells for row in islice(rows.read(), SAMPLE) if not row.problem]


def _without_plumbing(columns: list[str]) -> list[str]:
    """The columns but those that say what kind of value is beside them, in GeoJSON and SPARQL."""
    beside = {column.removesuffix(".value") for column in columns if column.endswith(".value")}
    kinds = {"type", "geometry.type"} if "geometry.type" in columns else set()
    return [
        column
        for column in columns
        if column.endswith(".value") or not (column in kinds or column.rpartition(".")[0] in beside)
    ]


# -- cells


def is_plain(cells: list[str]) -> bool:
    """Say whether cells hold something to read: no addresses, and no objects of JSON."""
    odd = sum(bool(_ADDRESS.match(cell)) or cell.startswith("{") for cell in cells)
    return odd * 2 < len(cells)


def is_text(cells: list[str]) -> bool:
    """Say whether cells are mostly words, and no codes: S/2011/100."""
    wordy = sum(
        (letters := sum(map(str.isalpha, cell))) > 0 and letters >= sum(map(str.isdigit, cell))
        for cell in cells
    )
    return wordy * 2 > len(cells) and is_plain(cells)


def _precisions(cells: list[str]) -> dict[str, str]:
    """The table of ``languages.toml`` that has all of these cells, from them to a precision."""
    tables: list[dict[str, str]] = language_data()["precisions"]
    return next((table for table in tables if cells and table.keys() >= set(cells)), {})


# -- the header of a table


def header_place(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows of a table is its header; the rows above it are titles.

    It is the first row that is not empty, unless at most half of the columns have a name in it,
    and one of the next rows names them all with words, above a row that has a number or a date.
    """
    filled = [[cell.strip() for cell in row] for row in rows[:_MOST_ABOVE]]
    counts = [sum(map(bool, row)) for row in filled]
    most = max(counts, default=0)
    first = next((place for place, count in enumerate(counts) if count), 0)
    if most < 2 or counts[first] * 2 > most:
        return first
    for place in range(first + 1, len(filled) - 1):
        names = list(filter(None, filled[place]))
        if len(names) * 2 > most:
            below = next((row for row in filled[place + 1 :] if any(row)), [])
            is_header = len(names) == most and len(set(names)) == most
            is_header = is_header and not any(map(_is_figures, names))
            return place if is_header and any(map(_is_figures, below)) else first
    return first


def _is_figures(cell: str) -> bool:
    return any(kind.match(cell) for kind in _KINDS)


def unique_names(header: list[str]) -> tuple[list[str], list[str]]:
    """Return the names of the columns, blank ones by their place and repeated ones numbered, and
    what to tell of those.
    """
    wanted = [
        " ".join(safe_text.clean_line(without_invisible(cell)).translate(_BRACES).split())
        for cell in header
    ]
    given = frozenset(wanted)
    made: dict[str, None] = {}
    blank: list[str] = []
    repeated: list[str] = []
    for position, name in enumerate(wanted, 1):
        first = unique = name or f"column_{position}"
        number = 2
        while unique in made or (unique != name and unique in given):
            unique, number = f"{first}_{number}", number + 1
        made[unique] = None
        if unique != name:
            (repeated if name else blank).append(unique)
    return list(made), [
        f"{what}: {', '.join(names[:8])}{'…' if names[8:] else ''}"
        for what, names in (
            ("headers that are repeated have a number now", repeated),
            ("columns without a header are called", blank),
        )
        if names
    ]


def looks_like_data(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first row of a table is one like those below it, and not their header."""
    told = numbers = 0
    below = [row for row in rows if list(row) != list(header)]  # a header may come again
    for place, name in enumerate(header):
        cells = [cell for row in below if (cell := row[place].strip())]
        if not cells or name == f"column_{place + 1}":
            continue
        # Headers that are repeated have a number by now.
        plain = _NUMBERED.sub("", name)
        name = plain if plain in header else name
        kinds = [kind for kind in _KINDS if all(map(kind.match, cells))]
        if kinds and not kinds[0].match(name):
            return False  # a word over dates, addresses or numbers
        numbers += kinds == [_NUMBER]
        told += name in cells or bool(kinds and kinds[0] is not _NUMBER)
    return bool(told) and (told > 1 or numbers > 1 or len(header) < 4)
