"""A mapping proposed from a file's headers and first rows, as TOML to edit."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from tui.dossier import folding, safe_text
from tui.importing.columns import (
    Sample,
    first_rows,
    folded_name,
    is_plain,
    is_text,
    looks_like_data,
    named,
)
from tui.importing.file_kinds import open_rows
from tui.importing.mapping import ReadPart
from tui.importing.registry import slug
from tui.importing.rows import Rows

#: More facts, or longer ones in characters, would bury the page; they can be added by hand.
_MOST_FACTS, _LONGEST_FACT = 12, 200
#: Kinds of actors and the fields of an event, in the order in which a mapping names them.
_KINDS = ("state", "organisation", "company", "person")
_FIELDS = ("type", "region", "place", "summary", "text", "tags")


class Proposal(NamedTuple):
    """A mapping as TOML, and what to tell of how the file was read."""

    toml: str
    notes: list[str]


def propose(path: str) -> Proposal:
    """Propose a mapping for the file at `path`; raises StoreError if it has no rows to read."""
    rows = open_rows(path, ReadPart())
    notes: list[str] = []
    unnamed: list[str] = []
    if rows.unit == "line" and looks_like_data(rows.columns, first_rows(rows)):
        notes.append(
            f"{rows.shown}: the first line looks like data, not like a header; it is taken as "
            "data, and columns under [read] names the columns"
        )
        unnamed = [f"column_{place}" for place in range(1, len(rows.columns) + 1)]
        rows = open_rows(path, ReadPart(columns=tuple(unnamed)))
    found = _Found(rows)
    notes += [f"{rows.shown}: {note}" for note in found.notes]
    lines = [*_head(path), *_read_part(rows, found, unnamed), *_event_part(found)]
    return Proposal("\n".join(lines), list(dict.fromkeys(rows.notes + notes)))


class _Found:
    """What each column of a file seems to be for; no column is for two things."""

    def __init__(self, rows: Rows) -> None:
        self.sample = sample = Sample(rows)
        start = sample.take_date("start", any_name=True)
        end = sample.take_date("end", any_name=False) if start else ""
        days = [column for column in (start, end) if column]
        self.formats: list[str] = []
        #: What the first rows leave open, to be told.
        self.notes: list[str] = []
        for column in days:
            form = sample.date_form(column, days)
            self.formats += [one for one in form.formats if one not in self.formats]
            if form.note:
                self.notes.append(f"{_quoted(column)}: {form.note}")
        #: The templates of the start and the end.
        self.dates = [self._date(column) for column in days]
        sides = (sample.take(side, is_text) for side in ("first_side", "second_side"))
        self.actors = [side for side in sides if side]
        title = sample.best_title(named(sample.free, "title"))
        self.roles = {
            role: sample.take(role, is_plain)
            for role in ("id", "region", "place", "text", "summary", "tags", "type")
        }
        self.titles = [title] if title else self.actors or self._last_title()
        self.people = self._people()

    def _date(self, year: str) -> str:
        """A date's template: with the month and the day beside a year, if they have columns."""
        made = f"{{{year}}}"
        if folding.fold(year).rpartition(" ")[2] != "year":
            return made
        for part in ("month", "day"):
            beside = (year[: -len("year")] + spelt for spelt in (part, part.capitalize()))
            column = next((name for name in beside if name in self.sample.free), "")
            if not column:
                break
            del self.sample.free[column]
            made += f"-{{{column}}}"
        return made

    def _last_title(self) -> list[str]:
        """The title where no column is named for one."""
        cells = self.sample.cells
        order = dict.fromkeys([*named(cells, "last_title"), *self.sample.free])
        wordy = (column for column in cells if is_text(cells[column]))
        title = self.sample.best_title(order) or next(wordy, "")
        return [title] if title else []

    def _people(self) -> str:
        """The column of people: the title's too, where it names who came."""
        titles = named(self.titles, "people")
        if titles and titles[0] not in self.actors:
            return titles[0]
        found = self.sample.take("people", is_text)
        if found or not self.titles:
            return found
        # Names of events are told once each; names of people come again.
        title = self.titles[0]
        cells = self.sample.cells[title]
        is_name = folded_name(title).endswith("name") and title not in self.actors
        return title if is_name and len(set(cells)) * 2 <= len(cells) else ""


# -- the mapping


def _head(path: str) -> Iterator[str]:
    stem = os.path.splitext(os.path.basename(os.path.realpath(path)))[0]
    name = (
        " ".join(safe_text.clean_line(stem).replace("_", " ").replace("-", " ").split()) or "Events"
    )
    name = name[:1].upper() + name[1:200]
    changed = datetime.fromtimestamp(os.stat(path).st_mtime, UTC).strftime("%Y-%m-%d")
    yield "# A mapping to edit; then: summitry import FILE --map THIS.toml --preview 3"
    yield "[dossier]"
    yield f"title = {_quoted(name)}"
    yield 'language = "en"'
    yield 'licence = "NOASSERTION"  # the licence of the data (SPDX), for instance "CC0-1.0"'
    yield ""
    yield "[source]  # what every imported claim cites"
    yield f"id = {_quoted(slug('source ' + name, 'source'))}"
    yield f"title = {_quoted(name)}"
    yield f'date = "{changed}"  # when it was published; this is when the file was changed'
    yield 'type = "dataset"'
    yield ""


def _read_part(rows: Rows, found: _Found, unnamed: list[str]) -> Iterator[str]:
    """The lines of ``[read]``; `unnamed` are columns that the file has no header for."""
    if not (rows.guessed or found.formats or unnamed):
        return
    yield "[read]  # as it was guessed"
    for key, value in rows.guessed.items():
        yield f"{key} = {json.dumps(value)}"
    if unnamed:
        yield "# The first line is data; give the columns their names, here and below."
        yield f"columns = {_listed(unnamed)}"
    for note in found.notes:
        yield f"# {safe_text.clean_line(note)}"
    if found.formats:
        yield f"date_format = {_listed(found.formats)}"
    yield ""


def _event_part(found: _Found) -> Iterator[str]:
    roles = found.roles
    yield "[event]"
    if roles["id"]:
        yield f"id = {_column(roles['id'], 'event-')}"
    yield f"title = {_title(found)}"
    if found.dates:
        yield f"date = {_quoted('/'.join(found.dates))}"
    else:
        yield 'date = ""  # which column? write it as in "{column}"'
    for field in _FIELDS:
        if roles[field]:
            yield f"{field} = {_column(roles[field])}"
    yield from _participants(found)
    yield from _facts(found)
    yield ""
    yield "[types]  # summit visit meeting agreement initiative decision milestone …"
    if roles["type"]:
        kinds = list(dict.fromkeys(found.sample.cells[roles["type"]]))[:10]
        yield from (f'# {_quoted(kind[:60])} = "meeting"' for kind in kinds)
    yield '"*" = "milestone"'
    yield ""


def _title(found: _Found) -> str:
    if not found.titles:
        return '""  # which column?'
    if found.titles != found.actors:
        return _column(found.titles[0])
    kind = found.roles["type"]
    before = f"{{{kind}}}: " if kind else ""
    return _quoted(before + " – ".join(f"{{{actor}}}" for actor in found.actors))


def _participants(found: _Found) -> Iterator[str]:
    taking_part = [(actor, "organisation") for actor in found.actors]
    taking_part += [(found.people, "person")] if found.people else []
    for column, kind in taking_part:
        yield ""
        yield "[[event.participants]]"
        yield f"name = {_column(column)}"
        if any(";" in cell for cell in found.sample.cells[column]):
            yield 'split = ";"'
        yield f'type = "{kind}"  # or {", ".join(other for other in _KINDS if other != kind)}'


def _facts(found: _Found) -> Iterator[str]:
    columns = [
        column
        for column, cells in found.sample.free.items()
        if column not in (*found.titles, found.people)
        and cells
        and max(map(len, cells)) <= _LONGEST_FACT
    ]
    if columns:
        yield ""
        yield "[event.facts]"
    for column in columns[:_MOST_FACTS]:
        label = " ".join(column.replace("_", " ").replace(".", " ").split())
        yield f"{_quoted(label[:1].upper() + label[1:])} = {_column(column)}"


def _column(name: str, before: str = "") -> str:
    return _quoted(f"{before}{{{name}}}")


def _listed(values: list[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(value: str) -> str:
    """A TOML string: JSON's escapes are TOML's too, once the text is clean."""
    return json.dumps(safe_text.clean_line(value), ensure_ascii=False)
