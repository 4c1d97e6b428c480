"""A mapping proposed from a file's headers and first rows, as TOML to edit."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from tui.dossier.safe_text import clean_line
from tui.importing.columns import Columns, first_rows, looks_like_data
from tui.importing.file_kinds import open_rows
from tui.importing.mapping import ReadPart
from tui.importing.registry import slug

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
    if rows.unit != "record" and looks_like_data(rows.columns, first_rows(rows)):
        notes.append(
            f"{rows.shown}: the first line looks like data, not like a header; it is taken as "
            "data, and columns under [read] names the columns"
        )
        unnamed = [f"column_{place}" for place in range(1, len(rows.columns) + 1)]
        rows = open_rows(path, ReadPart(columns=tuple(unnamed)))
    columns = Columns(rows)
    doubts = [f"{_quoted(column)}: {doubt}" for column, doubt in columns.doubts.items()]
    notes += [f"{rows.shown}: {doubt}" for doubt in doubts]
    read = [f"{key} = {json.dumps(value)}" for key, value in rows.guessed.items()]
    if unnamed:
        read.append("# The first line is data; give the columns their names, here and below.")
        read.append(f"columns = {_listed(unnamed)}")
    read += [f"# {clean_line(doubt)}" for doubt in doubts]
    if columns.formats:
        read.append(f"date_format = {_listed(columns.formats)}")
    if read:
        read = ["[read]  # as it was guessed", *read, ""]
    lines = [*_head(path), *read, *_event_part(columns), *_types_part(columns)]
    return Proposal("\n".join(lines), list(dict.fromkeys(rows.notes + notes)))


def _head(path: str) -> Iterator[str]:
    stem = os.path.splitext(os.path.basename(os.path.realpath(path)))[0]
    words = clean_line(stem).replace("_", " ").replace("-", " ").split()
    name = " ".join(words)[:200] or "Events"
    name = name[0].upper() + name[1:]
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


def _event_part(columns: Columns) -> Iterator[str]:
    roles, titles = columns.roles, columns.titles
    yield "[event]"
    if roles["id"]:
        yield f"id = {_quoted('event-' + _template(roles['id']))}"
    if titles and titles == columns.actors:
        before = f"{_template(roles['type'])}: " if roles["type"] else ""
        yield f"title = {_quoted(before + ' – '.join(map(_template, titles)))}"
    else:
        yield (
            f"title = {_quoted(_template(titles[0]))}" if titles else 'title = ""  # which column?'
        )
    if columns.dates:
        yield f"date = {_quoted('/'.join('-'.join(map(_template, day)) for day in columns.dates))}"
    else:
        yield 'date = ""  # which column? write it as in "{column}"'
    for field in _FIELDS:
        if roles[field]:
            yield f"{field} = {_quoted(_template(roles[field]))}"
    taking_part = [(actor, "organisation") for actor in columns.actors]
    taking_part += [(columns.people, "person")] if columns.people else []
    for column, kind in taking_part:
        yield ""
        yield "[[event.participants]]"
        yield f"name = {_quoted(_template(column))}"
        if any(";" in cell for cell in columns.cells[column]):
            yield 'split = ";"'
        yield f'type = "{kind}"  # or {", ".join(other for other in _KINDS if other != kind)}'
    facts = [
        column
        for column, cells in columns.free.items()
        if cells
        and column not in (*titles, columns.people)
        and max(map(len, cells)) <= _LONGEST_FACT
    ]
    if facts:
        yield ""
        yield "[event.facts]"
    for column in facts[:_MOST_FACTS]:
        label = " ".join(column.replace("_", " ").replace(".", " ").split())
        yield f"{_quoted(label[:1].upper() + label[1:])} = {_quoted(_template(column))}"


def _types_part(columns: Columns) -> Iterator[str]:
    yield ""
    yield "[types]  # summit visit meeting agreement initiative decision milestone …"
    kinds = columns.cells[columns.roles["type"]] if columns.roles["type"] else []
    for kind in list(dict.fromkeys(kinds))[:10]:
        yield f'# {_quoted(kind[:60])} = "meeting"'
    yield '"*" = "milestone"'
    yield ""


def _template(column: str) -> str:
    return f"{{{column}}}"


def _listed(values: list[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(value: str) -> str:
    """A TOML string: JSON's escapes are TOML's too, once the text is clean."""
    return json.dumps(clean_line(value), ensure_ascii=False)
