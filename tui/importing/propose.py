"""A mapping proposed from a file's headers and first rows, as TOML to edit."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tui.dossier import folding, safe_text
from tui.importing import headers, toml
from tui.importing.guessing import form_of, is_dated, looks_like_data
from tui.importing.headers import Samples
from tui.importing.mapping import ReadPart
from tui.importing.reading import Reader, open_reader

_SAMPLE = 200
_MOST_FACTS = 12
_LONGEST_FACT = 200


class Proposal(NamedTuple):
    """A mapping as TOML, and what to say about how the file was read."""

    toml: str
    notes: list[str]


def propose(path: str) -> Proposal:
    """A mapping for the file at `path`; raises StoreError if it has no rows to read."""
    reader = open_reader(path, ReadPart())
    rows = [record.cells for record in islice(reader.rows(), _SAMPLE) if not record.problem]
    shown = safe_text.clean_line(path)
    notes: list[str] = []
    unnamed: list[str] = []
    if reader.unit == "line" and looks_like_data(reader.columns, rows):
        notes.append(
            f"{shown}: the first line looks like data, not like a header; it is taken as data, "
            "and columns under [read] names the columns"
        )
        unnamed = [f"column_{place}" for place in range(1, len(reader.columns) + 1)]
        reader = open_reader(path, ReadPart(columns=tuple(unnamed)))
    proposed = _Proposed(path, reader)
    notes += [f"{shown}: {note}" for note in proposed.notes]
    return Proposal(proposed.mapping(unnamed), list(dict.fromkeys(reader.notes + notes)))


class _Proposed:
    """The columns of a file, each taken once for what it seems to be."""

    def __init__(self, path: str, reader: Reader) -> None:
        self._path, self._reader = path, reader
        columns = [name for name in reader.columns if "{" not in name and "}" not in name]
        columns = headers.without_plumbing(columns)[:200]
        positions = [reader.bind(name) for name in columns]
        rows = [record.cells for record in islice(reader.rows(), _SAMPLE) if not record.problem]
        self._at = dict(zip(columns, positions, strict=True))
        self._samples: Samples = {
            name: [cell for row in rows if (cell := row[at].strip())]
            for name, at in self._at.items()
        }
        self._rows = len({tuple(row) for row in rows})
        self._free = dict(self._samples)
        self._formats: list[str] = []
        #: What the first rows leave open, to be said.
        self.notes: list[str] = []
        start = self._take_date(headers.STARTS)
        end = self._take_date(headers.ENDS) if start else ""
        self._read_dates([side for side in (start, end) if side])
        self._dates = [self._day_of(side) for side in (start, end) if side]
        self._actors = self._take_actors()
        title = self._find_title()
        self._titles = [title] if title else []
        self._roles = {
            role: headers.take(self._free, names, headers.is_plain)
            for role, names in headers.ROLES.items()
        }
        if not self._titles:
            self._titles = self._actors
        if not self._titles:
            last = headers.named(self._samples, headers.LAST_TITLES)
            last += [column for column in self._free if column not in last]
            title = headers.best_title(self._samples, last, self._rows)
            wordy = (column for column in self._samples if headers.is_text(self._samples[column]))
            self._titles = list(filter(None, [title or next(wordy, "")]))
        self._people = self._find_people()

    # -- what each column is taken for

    def _take_date(self, names: tuple[str, ...]) -> str:
        """The column of dates called by one of `names`; else, for starts, any one of dates."""
        order = headers.named(self._free, names)
        if names is headers.STARTS:
            order += [column for column in self._free if is_dated(self._free[column])]
        for column in dict.fromkeys(order):
            if form_of(self._free[column], [self._free[column]]):
                del self._free[column]
                return column
        return ""

    def _read_dates(self, columns: list[str]) -> None:
        """Find the form of the dates in these columns: one order of day and month for all."""

        def evidence() -> Iterator[list[str]]:
            yield [cell for column in columns for cell in self._samples[column]]
            rows = (record.cells for record in self._reader.rows() if not record.problem)
            yield [row[self._at[column]] for row in rows for column in columns]

        forms = [form_of(self._samples[column], evidence()) for column in columns]
        for column, form in zip(columns, filter(None, forms), strict=True):
            self._formats += [one for one in form.formats if one not in self._formats]
            if form.note:
                self.notes.append(f"{toml.quoted(column)}: {form.note}")

    def _day_of(self, year: str) -> str:
        """A date's template: with the month and the day beside a year, if they have columns."""
        made = f"{{{year}}}"
        if folding.fold(year).rpartition(" ")[2] != "year":
            return made
        for part in ("month", "day"):
            beside = (year[: -len("year")] + spelt for spelt in (part, part.capitalize()))
            column = next((name for name in beside if name in self._free), "")
            if not column:
                break
            del self._free[column]
            made += f"-{{{column}}}"
        return made

    def _take_actors(self) -> list[str]:
        """The columns of two sides, actor1 and actor2, as datasets of conflicts have them."""
        found = []
        for number in "12":
            names = [f"actor{number}", f"actor {number}", f"actor{number} name"]
            column = headers.take(self._free, names, headers.is_text)
            found += [column] if column else []
        return found

    def _find_title(self) -> str:
        candidates = headers.named(self._free, headers.TITLES)
        return headers.best_title(self._free, candidates, self._rows)

    def _find_people(self) -> str:
        """The column of people: the title's too, where it names who came."""
        titles = headers.named(self._titles, headers.PEOPLE)
        if titles and titles[0] not in self._actors:
            return titles[0]
        found = headers.take(self._free, headers.PEOPLE, headers.is_text)
        if found or not self._titles:
            return found
        # Names of events are told once each; names of people come again.
        title = self._titles[0]
        cells = self._samples[title]
        named = headers.spelling(title).endswith("name") and title not in self._actors
        return title if named and len(set(cells)) * 2 <= len(cells) else ""

    # -- the mapping

    def mapping(self, unnamed: list[str]) -> str:
        """The whole mapping; `unnamed` are columns that the file has no header for."""
        lines = [*toml.head(self._path), *self._read_part(unnamed), "[event]"]
        roles = self._roles
        if roles["id"]:
            lines += [f"id = {toml.column(roles['id'], 'event-')}"]
        lines += [f"title = {self._title()}"]
        if self._dates:
            lines += [f"date = {toml.quoted('/'.join(self._dates))}"]
        else:
            lines += ['date = ""  # which column? write it as in "{column}"']
        for role in ("type", "region", "place", "summary", "text", "tags"):
            if roles[role]:
                lines.append(f"{role} = {toml.column(roles[role])}")
        lines += [*self._participants(), *self._facts()]
        lines += ["", "[types]  # summit visit meeting agreement initiative decision milestone …"]
        if roles["type"]:
            kinds = list(dict.fromkeys(self._samples[roles["type"]]))[:10]
            lines += [f'# {toml.quoted(kind[:60])} = "meeting"' for kind in kinds]
        lines += ['"*" = "milestone"', ""]
        return "\n".join(lines)

    def _read_part(self, unnamed: list[str]) -> Iterator[str]:
        guessed = self._reader.guessed
        if not (guessed or self._formats or unnamed):
            return
        yield "[read]  # as it was guessed"
        for key, value in guessed.items():
            yield f"{key} = {json.dumps(value)}"
        if unnamed:
            yield "# The first line is data; give the columns their names, here and below."
            yield f"columns = {toml.listed(unnamed)}"
        for note in self.notes:
            yield f"# {safe_text.clean_line(note)}"
        if self._formats:
            yield f"date_format = {toml.listed(self._formats)}"
        yield ""

    def _title(self) -> str:
        if not self._titles:
            return '""  # which column?'
        if self._titles != self._actors:
            return toml.column(self._titles[0])
        kind = self._roles["type"]
        before = f"{{{kind}}}: " if kind else ""
        return toml.quoted(before + " – ".join(f"{{{actor}}}" for actor in self._actors))

    def _participants(self) -> Iterator[str]:
        kinds = ["state", "organisation", "company", "person"]
        taking_part = [(actor, "organisation") for actor in self._actors]
        taking_part += [(self._people, "person")] if self._people else []
        for column, kind in taking_part:
            yield ""
            yield "[[event.participants]]"
            yield f"name = {toml.column(column)}"
            if any(";" in cell for cell in self._samples[column]):
                yield 'split = ";"'
            others = ", ".join(other for other in kinds if other != kind)
            yield f'type = "{kind}"  # or {others}'

    def _facts(self) -> Iterator[str]:
        facts = [
            column
            for column, cells in self._free.items()
            if column not in (*self._titles, self._people)
            and cells
            and max(map(len, cells)) <= _LONGEST_FACT
        ]
        if facts:
            yield ""
            yield "[event.facts]"
        for column in facts[:_MOST_FACTS]:
            yield f"{toml.quoted(_label(column))} = {toml.column(column)}"


def _label(column: str) -> str:
    label = " ".join(column.replace("_", " ").replace(".", " ").split())
    return label[:1].upper() + label[1:]
