"""What the columns of a file are for, judged by their names and their first cells."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from tui.importing.date_columns import SAMPLE, DateColumns
from tui.importing.headers import folded_name, named
from tui.importing.ids import slug
from tui.importing.rows import Rows, language_data, without_invisible

#: Columns looked at: beyond them is hardly ever anything to propose.
_MOST_COLUMNS = 200
#: The longest title, on average and in characters; what is longer is the text of an event.
_LONGEST_TITLE = 200

#: Roles of words: a number is no region, and no type.
_WORDS = frozenset({"region", "place", "tags", "type"})

_CODE = re.compile(r"[A-Z0-9]{0,4}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)


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
