"""What the columns of a file are for, judged by their names and their first cells."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from tui.dossier import folding
from tui.dossier.dates import DateError
from tui.importing.rows import Rows, language_data
from tui.importing.written_dates import DateReader

#: Rows looked at, and columns: beyond them is hardly ever anything to propose.
SAMPLE_ROWS = 200
_MOST_COLUMNS = 200
#: The longest title, on average and in characters; what is longer is the text of an event.
_LONGEST_TITLE = 200

#: How the dates of a column are read: formats for ``date_format``, and what is doubtful of them.
Form = tuple[list[str], str]

_INNER_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# What query services put after a name: eventLabel.value is the event.
_AFTER = re.compile(r"(?<=.) (?:value|label)$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)


class Columns:
    """What each column of a file seems to be for; no column is for two things."""

    def __init__(self, rows: Rows) -> None:
        names = [name for name in rows.columns if "{" not in name and "}" not in name]
        names = _without_plumbing(names)[:_MOST_COLUMNS]
        self._rows, self._at = rows, {name: rows.bind(name) for name in names}
        first = first_rows(rows)
        self._different_rows = len(set(map(tuple, first)))
        #: The first cells of each column, without those that are empty.
        self.cells = {
            name: [cell for row in first if (cell := row[at].strip())]
            for name, at in self._at.items()
        }
        #: The columns that are for nothing yet, with their cells.
        self.free = dict(self.cells)
        start = self._take_date("start")
        end = start and self._take_date("end")
        days = [column for column in (start, end) if column]
        #: How the dates are read, for ``date_format``, and what is doubtful of a column.
        self.formats: list[str] = []
        self.doubts: dict[str, str] = {}
        for column in days:
            formats, doubt = form_of(self.cells[column], self._evidence(days)) or ([], "")
            self.formats += [one for one in formats if one not in self.formats]
            if doubt:
                self.doubts[column] = doubt
        #: The columns of the start and of the end: a year may have a month and a day beside it.
        self.dates = [self._with_month_and_day(column) for column in days]
        sides = (self._take(side, is_text) for side in ("first_side", "second_side"))
        self.actors = [side for side in sides if side]
        title = self._best_title(named(self.free, "title"))
        self.roles = {
            role: self._take(role, is_plain)
            for role in ("id", "region", "place", "text", "summary", "tags", "type")
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

    def _take_date(self, role: str) -> str:
        """Take the best free column of dates named for `role`, or for a start one of any name."""
        order = named(self.free, role)
        if role == "start":  # short numbers are anything
            order += [name for name, cells in self.free.items() if not any(map(_BARE.match, cells))]
        for column in order:
            if form_of(self.free[column], [self.free[column]]):
                del self.free[column]
                return column
        return ""

    def _evidence(self, columns: list[str]) -> Iterator[list[str]]:
        """The cells that tell whether day or month comes first: of the first rows, and of all."""
        yield [cell for column in columns for cell in self.cells[column]]
        every = (row.cells for row in self._rows.read() if not row.problem)
        yield [cells[self._at[column]] for cells in every for column in columns]

    def _with_month_and_day(self, year: str) -> list[str]:
        found = [year]
        if folding.fold(year).rpartition(" ")[2] == "year":
            for part in ("month", "day"):
                beside = (year[: -len("year")] + spelt for spelt in (part, part.capitalize()))
                column = next((name for name in beside if name in self.free), "")
                if not column:
                    break
                del self.free[column]
                found.append(column)
        return found

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
        title = self._best_title(order) or next(wordy, "")
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
    return [row.cells for row in islice(rows.read(), SAMPLE_ROWS) if not row.problem]


def _without_plumbing(columns: list[str]) -> list[str]:
    """The columns but those that say what kind of value is beside them, in GeoJSON and SPARQL."""
    beside = {column.removesuffix(".value") for column in columns if column.endswith(".value")}
    kinds = {"type", "geometry.type"} if "geometry.type" in columns else set()
    return [
        column
        for column in columns
        if column.endswith(".value") or not (column in kinds or column.rpartition(".")[0] in beside)
    ]


# -- names


def folded_name(column: str) -> str:
    """Return a column's name as languages.toml has it: ``eventLabel.value`` → ``event``."""
    folded = folding.fold(_INNER_CAPITAL.sub(" ", column))
    return _AFTER.sub("", _AFTER.sub("", folded))


def named(columns: Iterable[str], role: str) -> list[str]:
    """Return the columns named for a role, best first; then those whose last words are."""
    folded = {column: folded_name(column) for column in columns}
    names = language_data()["columns"][role]
    exact = [column for name in names for column in folded if folded[column] == name]
    ending = [column for name in names for column in folded if folded[column].endswith(f" {name}")]
    return list(dict.fromkeys(exact + ending))


# -- cells


def is_plain(cells: list[str]) -> bool:
    """Say whether cells hold something to read: no addresses, and no objects of JSON."""
    odd = sum(bool(_ADDRESS.match(cell)) or cell.startswith("{") for cell in cells)
    return odd * 2 < len(cells)


def is_text(cells: list[str]) -> bool:
    """Say whether cells are mostly words."""
    wordy = sum(any(map(str.isalpha, cell)) for cell in cells)
    return wordy * 2 > len(cells) and is_plain(cells)


_FULL_DATE = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})(?:[T ].*)?$", re.ASCII)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*$", re.ASCII)
_KINDS = (_FULL_DATE, re.compile(r"https?://", re.IGNORECASE), _NUMBER)
_NUMBERED = re.compile(r"_\d+$", re.ASCII)


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


# -- forms of dates

# Day, month and year in figures, in an order that only the whole column can tell.
_FIGURES = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})"
    r"([T ]+\d{1,2}:\d\d(?P<seconds>:\d\d)?(?:(?P<gap> ?)[AP]M)?)?",
    re.ASCII | re.IGNORECASE,
)
_CLEAR = ("%Y/%m/%d", "%Y,%m,%d", "%Y.%m.%d", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%d-%b-%y",
          "%m/%Y", "%m.%Y")  # fmt: skip
# Seconds since 1970 of the years 1990 to 2100, so that hardly any other number is taken for them.
_SECONDS = range(631_152_000, 4_102_444_800)
_WHOLE = re.compile(r"\d{9,13}(?:\.\d+)?", re.ASCII)
_BARE = re.compile(r"[-+]?[\d.,]{1,7}\Z", re.ASCII)


def form_of(cells: list[str], evidence: Iterable[list[str]]) -> Form | None:
    """Return how nearly all of these cells are read as dates; None if they are no dates.

    Where day and month may be either, `evidence` tells: its cells are looked at list by list.
    """
    if not cells:
        return None
    if _fits(cells, []):
        return [], ""
    for name, per_second in (("epoch", 1), ("epoch-ms", 1000)):
        if all(
            _WHOLE.fullmatch(one) and int(float(one)) // per_second in _SECONDS for one in cells
        ):
            return [name], f"numbers taken as {name}, the time since 1970"
    found = next(([form] for form in _CLEAR if _fits(cells, [form])), None)
    return (found, "") if found else _in_figures(cells, evidence)


def _in_figures(cells: list[str], evidence: Iterable[list[str]]) -> Form | None:
    shapes = Counter(_shape(found) for cell in cells if (found := _FIGURES.fullmatch(cell)))
    usual = [shape for shape, _ in shapes.most_common(3)]
    day_first = [shape.format("%d", "%m") for shape in usual]
    month_first = [shape.format("%m", "%d") for shape in usual]
    if not usual or not (_fits(cells, day_first) or _fits(cells, month_first)):
        return None
    # What is above 12 is no month: one such number decides for all rows, never row by row.
    days_first = months_first = 0
    for seen in evidence:
        numbers = [found for cell in seen if (found := _FIGURES.fullmatch(cell.strip()))]
        days_first = sum(int(found[1]) > 12 for found in numbers)
        months_first = sum(int(found[3]) > 12 for found in numbers)
        if bool(days_first) != bool(months_first):
            break
    if not (days_first or months_first):
        return day_first, f"the day is taken to come first, but {month_first[0]} fits as well"
    others = min(days_first, months_first)
    said = f"{others:,} dates have day and month the other way round and are refused"
    return day_first if days_first >= months_first else month_first, said if others else ""


def _shape(found: re.Match[str]) -> str:
    """A format with a place for each of the two figures before the year."""
    year = "%Y" if len(found[4]) == 4 else "%y"
    time = ""
    if found[5]:
        seconds = ":%S" if found["seconds"] else ""
        between = "T" if found[5][0] in "Tt" else " "
        time = f"{between}%H:%M{seconds}"
        if found["gap"] is not None:
            time = f" %I:%M{seconds}{found['gap']}%p"
    return f"{{}}{found[2]}{{}}{found[2]}{year}{time}"


def _fits(cells: list[str], formats: list[str]) -> bool:
    """Whether nearly all of the cells are dates of these formats, or of none."""
    reader = DateReader(formats)
    spare = len(cells) - max(1, len(cells) * 9 // 10)
    for cell in cells:
        try:
            reader.read(cell)
        except DateError:
            spare -= 1
            if spare < 0:
                return False
    return True
