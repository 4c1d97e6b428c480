"""Which columns of a file hold the dates of its events, and how those are read."""

import re
from collections.abc import Iterable, Iterator, Sequence

from tui.importing.date_forms import Form, form_of, is_bare
from tui.importing.headers import folded_name, named
from tui.importing.rows import Rows, language_data

#: How columns of years, months and days are called, or begin or end; and the ends of them.
_PARTS = (
    ("year", "yr", "jahr", "annee", "ano"),
    ("month", "mon", "mo", "monat", "mois", "mes"),
    ("day", "dy", "da", "tag", "jour", "dia"),
)
_ENDING = re.compile(r"end|exit|term|fin|last|stop|ende|to\b")


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
        #: The start, and the end if there is one: a year may have a month and a day beside it.
        self.days = self._take_dates()

    def _take_dates(self) -> list[list[str]]:
        """Take the columns of the start, and of the end where there are some."""
        years = set(language_data()["years"])
        groups = self._groups()
        starts = named(self.free, "start")
        of_years = [name for name in starts if folded_name(name).split(" ")[-1] in years]
        recorded = named(self.free, "recorded")
        found = self._dated(
            (name for name in starts if name not in of_years and name not in recorded), of_years
        )
        start = [found] if found else next((one for end, one in groups if not end), [])
        if not start:
            others = [name for name in self.free if name not in {*starts, *recorded}]
            for columns, is_named in ((of_years, True), (others, False), (recorded, True)):
                if found := self._dated(columns, of_years, is_named=is_named):
                    start = [found]
                    break
        if not start:
            return self._undated(starts)
        for column in start:
            del self.free[column]
        found = self._dated(named(self.free, "end"), list(self.free))
        ends = [one for is_end, one in groups if is_end and (not found or found in one)]
        end = ends[0] if ends else [found] if found else []
        if end and set(end) <= self.free.keys():
            for column in end:
                del self.free[column]
        days = [start, end] if end else [start]
        self._settle([group[0] for group in days if len(group) == 1])
        if not end:
            self._tell_of_others(start[0])
        return days

    def _form(self, column: str, *, is_named: bool, is_year: bool) -> Form | None:
        cells = self.free[column]
        form = form_of(cells, [cells], named=is_named, is_year=is_year)
        if form and form.other:
            self.said[column] = form.said
            return None
        return form

    def _dated(
        self, columns: Iterable[str], of_years: Sequence[str], *, is_named: bool = True
    ) -> str:
        """The first of these columns that holds dates; "" for none."""
        for column in columns:
            if self._form(column, is_named=is_named, is_year=column in of_years):
                return column
        return ""

    def _undated(self, starts: list[str]) -> list[list[str]]:
        """The column that is named best for dates, none of which can be read; it is told."""
        for column in starts:
            if column not in self.said and self.free[column] and not is_bare(self.free[column]):
                first = next(iter(self.free.pop(column)))
                self.said[column] = (
                    f"named for dates, but hardly one can be read (first: {first[:40]})"
                )
                return [[column]]
        return []

    def _settle(self, columns: list[str]) -> None:
        """Find how the dates of the columns taken are read: all the rows tell what is doubtful."""
        for column in columns:
            form = (
                form_of(self.cells[column], self._evidence(columns), named=True, is_year=True)
                or Form()
            )
            self.formats += [one for one in form.formats if one not in self.formats]
            self.choices += [one for one in form.choices if one not in self.choices]
            if form.said:
                self.said[column] = form.said

    def _tell_of_others(self, start: str) -> None:
        """Tell of the other columns that hold dates, as one may be the end."""
        recorded = named(self.free, "recorded")
        others = [
            column
            for column, cells in self.free.items()
            if column not in recorded and form_of(cells, [cells], named=False)
        ]
        if others:
            shown = ", ".join(f'"{column}"' for column in others[:4])
            self.said.setdefault(
                start, f"the date; if the end is one of {shown}, write it after a slash"
            )

    def _evidence(self, columns: list[str]) -> Iterator[list[str]]:
        """The cells that tell whether day or month comes first: of the first rows, and of all."""
        yield [cell for column in columns for cell in self.cells[column]]
        places = [self._rows.bind(column) for column in columns]
        every = (row.cells for row in self._rows.read() if not row.problem)
        yield [cells[place] for cells in every for place in places]

    def _groups(self) -> list[tuple[bool, list[str]]]:
        """The years that have a month, and perhaps a day, in columns of their own beside them.

        Each with whether it is that of an end: ``styear stmon stday``, ``yrexit moexit dayexit``.
        """
        spelt = {name.lower(): name for name in self.free}
        found = []
        for year, name in spelt.items():
            for word in _PARTS[0]:
                before, part, after = year.partition(word)
                if not part or not form_of(self.free[name], [], named=True, is_year=True):
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
