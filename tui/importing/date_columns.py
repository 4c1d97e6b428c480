"""Which columns of a file hold the dates of its events."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

from tui.dossier import folding
from tui.dossier.dates import DateError
from tui.importing.date_forms import MOST, Form, are_bare, form_of
from tui.importing.rows import Rows, language_data
from tui.importing.written_dates import DateReader

#: How columns of years, months and days are called, or begin or end; and the ends of them.
_PARTS = (
    ("year", "yr", "jahr", "annee", "ano"),
    ("month", "mon", "mo", "monat", "mois", "mes"),
    ("day", "dy", "da", "tag", "jour", "dia"),
)
_ENDING = re.compile(r"end|exit|term|fin|last|stop|ende|to\b")
_YEAR = re.compile(rf"\b(?:{'|'.join(_PARTS[0])})s?\b")

#: Rows looked at: beyond them is hardly ever anything to propose.
SAMPLE = 200
_INNER_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# What query services put after a name: eventLabel.value is the event.
_AFTER = re.compile(r"(?<=.) (?:value|label)$")


class DateColumns:
    """The columns of the start and of the end of events."""

    def __init__(
        self,
        rows: Rows,
        cells: dict[str, list[str]],
        free: dict[str, list[str]],
        said: dict[str, str],
    ) -> None:
        """Take the columns of dates from those that are `free`, and put into `said` why.

        `cells` are the first cells of each column, without those that are empty.
        """
        self._rows, self.cells, self.free, self.said = rows, cells, free, said
        #: How the dates are read, for ``date_format``, or of what its formats one must be chosen.
        self.formats: list[str] = []
        self.choices: list[str] = []
        #: The template of the date, "" where no column holds it.
        self.template = self._take()

    def _take(self) -> str:
        """Take the columns of the start, and of the end where there are some."""
        groups = self._groups()
        recorded = named(self.free, "recorded")
        starts = [name for name in named(self.free, "start") if name not in recorded]
        years = [name for name in self.free if _YEAR.search(folded_name(name))]
        start = self._dated(name for name in starts if name not in years)
        group = next((one for is_end, one in groups if not is_end), [])
        if not start and not group:
            others = [name for name in self.free if name not in {*starts, *years, *recorded}]
            year, exact = self._dated(years), self._dated(others, is_named=False)
            start = exact if self._agree(year, exact) else year or exact or self._dated(recorded)
        if not (taken := [start] if start else group or self._undated(starts)):
            return ""
        self._use(taken)
        last = self._dated(named(self.free, "end"))
        ends = [one for is_end, one in groups if is_end and (not last or last in one)]
        self._use(end := ends[0] if ends else [last] if last else [])
        self._settle([days[0] for days in (taken, end) if len(days) == 1])
        if not end:
            self._tell_of_others(taken[0], recorded)
            if year := self._century(taken[0]):
                return f"{{{taken[0]}}} {{{year}}}"
        sides = ("-".join(f"{{{name}}}" for name in side) for side in (taken, end) if side)
        return "/".join(sides)

    def _use(self, columns: list[str]) -> None:
        for column in columns:
            del self.free[column]

    def _form(self, column: str, *, is_named: bool = True) -> Form | None:
        folded = folded_name(column)
        is_year = bool(_YEAR.search(folded)) or folded.split(" ")[-1] in language_data()["years"]
        form = form_of(self.free[column], self.free[column], named=is_named, is_year=is_year)
        if form and form.other:
            self.said[column] = form.said
            return None
        return form

    def _dated(self, columns: Iterable[str], *, is_named: bool = True) -> str:
        """The first of these columns that holds dates; "" for none."""
        return next((name for name in columns if self._form(name, is_named=is_named)), "")

    def _undated(self, starts: list[str]) -> list[str]:
        """The column that is named best for dates, of which hardly one can be read; it is told."""
        for column in starts:
            if (cells := self.free[column]) and column not in self.said and not are_bare(cells):
                shown = f"(first: {cells[0][:40]})"
                self.said[column] = f"named for dates, but hardly one can be read {shown}"
                return [column]
        return []

    def _settle(self, columns: list[str]) -> None:
        """Find how the dates of the columns taken are read: all the rows tell what is doubtful."""
        for column in columns:
            cells = self.cells[column]
            form = form_of(cells, self._every(columns), named=True, is_year=True) or Form()
            self.formats += [one for one in form.formats if one not in self.formats]
            self.choices += [one for one in form.choices if one not in self.choices]
            if form.said:
                self.said[column] = form.said

    def _tell_of_others(self, start: str, recorded: list[str]) -> None:
        """Tell of the other columns that hold dates, as one may be the end."""
        others = [
            f'"{column}"'
            for column in self.free
            if column not in recorded and self._form(column, is_named=False)
        ]
        if others:
            shown = ", ".join(others[:4])
            said = f"the date; if the end is one of {shown}, write it after a slash"
            self.said[start] = "; ".join(filter(None, (self.said.get(start), said)))

    def _century(self, column: str) -> str:
        """The column of the years of dates whose own have two digits, if there is one."""
        short = [form for form in self.formats if "%y" in form]
        years = (name for name in self.free if _YEAR.search(folded_name(name)))
        year = next((name for name in years if short and self._agree(name, column)), "")
        if year and short == self.formats:
            self.formats = [f"{form} %Y" for form in short]
            self.said[column] = f'{self.said.get(column, "")}; its century is that of "{year}"'
            self._use([year])
            return year
        return ""

    def _agree(self, year: str, exact: str) -> bool:
        """Whether a column of years and one of dates are of the same years, but for a century."""
        if not (year and exact):
            return False
        form = form_of(self.cells[exact], self.cells[exact], named=True) or Form()
        reader = DateReader(form.formats or form.choices)
        every = self._every([year, exact])
        pairs = [pair for pair in islice(zip(every, every, strict=True), SAMPLE) if all(pair)]
        alike = 0
        for whole, date in pairs:
            with suppress(DateError, ValueError):
                alike += int(whole) % 100 == int(reader.read(date)[:4]) % 100
        return bool(pairs) and alike >= len(pairs) * MOST

    def _every(self, columns: list[str]) -> Iterator[str]:
        """The cells of some columns in all rows."""
        places = [self._rows.bind(column) for column in columns]
        for row in self._rows.read():
            if not row.problem:
                yield from (row.cells[place].strip() for place in places)

    def _groups(self) -> list[tuple[bool, list[str]]]:
        """The years that have a month, and perhaps a day, in columns of their own beside them.

        Each with whether it is that of an end: ``styear stmon stday``, ``yrexit moexit dayexit``.
        """
        spelt = {name.lower(): name for name in self.free}
        found = []
        for year, name in spelt.items():
            for word in _PARTS[0]:
                before, part, after = year.partition(word)
                cells = self.free[name]
                if not part or not form_of(cells, cells, named=True, is_year=True):
                    continue
                group = [name]
                for words in _PARTS[1:]:
                    beside = (spelt.get(before + other + after) for other in words)
                    if not (column := next(filter(None, beside), None)):
                        break
                    group.append(column)
                if group[1:]:
                    found.append((bool(_ENDING.search(f"{before} {after}")), group))
                    break
        return found


# -- what columns are called


def folded_name(column: str) -> str:
    """Return a column's name as languages.toml has it: ``eventLabel.value`` → ``event``."""
    folded = folding.fold(_INNER_CAPITAL.sub(" ", column))
    return _AFTER.sub("", _AFTER.sub("", folded))


def named(columns: Iterable[str], role: str) -> list[str]:
    """Return the columns named for a role, best first; then those whose last words are.

    Words such as `land`, which begin or end other names, count only as the whole of one.
    """
    folded = {column: folded_name(column) for column in columns}
    data = language_data()
    names, alone = data["columns"][role], frozenset(data["alone"])
    joined = {column: name.replace(" ", "") for column, name in folded.items()}
    exact = [
        column for name in names for column in folded if joined[column] == name.replace(" ", "")
    ]
    ending = [
        column
        for name in names
        if name not in alone
        for column in folded
        if folded[column].endswith(f" {name}")
    ]
    return list(dict.fromkeys(exact + ending))
