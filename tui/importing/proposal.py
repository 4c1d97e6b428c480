"""A mapping proposed from a file's headers and first rows, as TOML to edit."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from tui.dossier import folding
from tui.dossier.safe_text import clean_line
from tui.dossier.vocabulary import EVENT_TYPES
from tui.importing.columns import Columns, first_rows, is_text, looks_like_data
from tui.importing.file_kinds import open_rows
from tui.importing.mapping import ReadPart
from tui.importing.registry import slug
from tui.importing.rows import Rows, language_data

#: More facts, or longer ones in characters, would bury the page; they can be added by hand.
_MOST_FACTS, _LONGEST_FACT = 12, 200
#: Kinds of events listed, and what may stand between the names in a cell, the surest first.
_MOST_TYPES = 40
_BETWEEN = (";", "\n", "|", ",")
#: Columns that no table has but one that `summitry export --to csv` made.
_OWN = frozenset({"part_of", "instrument", "aliases", "roles", "claim_kinds", "step_cites"})
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
    if is_own := set(columns.cells) >= _OWN:
        notes.append(
            f"{rows.shown}: exported by Summitry; ids, dates and wholes stay as they are, and "
            "claims and steps are facts: only the dossier itself has all of them"
        )
        columns.dates.formats = ["edtf"]
    told: dict[str, list[str]] = {}
    for column, what in columns.said.items():
        told.setdefault(what, []).append(_quoted(column))
    said = [f"{', '.join(names)}: {what}" for what, names in told.items()]
    notes += [f"{rows.shown}: {what}" for what in said]
    read = [f"{key} = {json.dumps(value)}" for key, value in rows.guessed.items()]
    if unnamed:
        read.append("# The first line is data; give the columns their names, here and below.")
        read.append(f"columns = {_listed(unnamed)}")
    read += [f"# {clean_line(what)}" for what in said]
    if columns.dates.formats:
        read.append(f"date_format = {_listed(columns.dates.formats)}")
    for choice in columns.dates.choices:
        read.append(f"# date_format = {_quoted(choice)}  # take away the first # if it is so")
    if read:
        read = ["[read]  # as it was guessed", *read, ""]
    lines = [*_head(path, rows), *read, *_event_part(columns, is_own=is_own), *_types_part(columns)]
    return Proposal("\n".join(lines), list(dict.fromkeys(rows.notes + notes)))


def _head(path: str, rows: Rows) -> Iterator[str]:
    stem = os.path.splitext(os.path.basename(os.path.realpath(path)))[0]
    words = clean_line(stem).replace("_", " ").replace("-", " ").split()
    name = " ".join(words)[:200] or "Events"
    name = name[0].upper() + name[1:]
    changed = datetime.fromtimestamp(os.stat(path).st_mtime, UTC).strftime("%Y-%m-%d")
    file = "" if rows.guessed.get("connect") else "FILE "
    yield f"# A mapping to edit; then: summitry import {file}--map THIS.toml --preview 3"
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


def _event_part(columns: Columns, *, is_own: bool) -> Iterator[str]:
    roles, titles = columns.roles, columns.titles
    yield "[event]"
    if roles["id"]:
        yield f"id = {_quoted(('' if is_own else 'event-') + _template(roles['id']))}"
    if titles and titles == columns.actors:
        before = f"{_template(roles['type'])}: " if roles["type"] else ""
        yield f"title = {_quoted(before + ' – '.join(map(_template, titles)))}"
    else:
        named = titles and not is_text(columns.cells[titles[0]])  # a number says what of
        before = f"{titles[0]} " if named else ""
        yield f"title = {_quoted(before + _template(titles[0]) if titles else '')}"
    if columns.dates.template:
        yield f"date = {_quoted(columns.dates.template)}"
        if columns.precision:
            yield f"precision = {_quoted(_template(columns.precision))}"
    else:
        yield 'date = ""  # which column? write it as in "{column}"'
    for field in _FIELDS:
        if roles[field]:
            several = field == "region" and any(";" in cell for cell in columns.cells[roles[field]])
            value = _quoted(_template(roles[field]))
            yield f"{field} = " + (f'{{ name = {value}, split = ";" }}' if several else value)
    for column in ("instrument", "part_of", "aliases") if is_own else ():
        del columns.free[column]
        yield f"{column} = {_quoted(_template(column))}"
    yield from _participants_part(columns, is_own=is_own)
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


def _participants_part(columns: Columns, *, is_own: bool) -> Iterator[str]:
    taking_part = [(actor, "organisation") for actor in columns.actors]
    taking_part += [(columns.people, "person")] if columns.people else []
    for column, kind in taking_part:
        yield ""
        yield "[[event.participants]]"
        yield f"name = {_quoted(_template(column))}"
        signs = [sign for sign in _BETWEEN if any(sign in cell for cell in columns.cells[column])]
        if signs:
            doubtful = "# " if signs[0] == "," else ""  # "King, Jr." is one
            why = "  # if it parts names" if doubtful else ""
            yield f"{doubtful}split = {json.dumps(signs[0])}{why}"
        if is_own:
            yield 'role = "{roles}"'
        yield f'type = "{kind}"  # or {", ".join(other for other in _KINDS if other != kind)}'


def _types_part(columns: Columns) -> Iterator[str]:
    yield ""
    yield "[types]  # summit visit meeting agreement initiative decision milestone …"
    kinds = columns.cells[columns.roles["type"]] if columns.roles["type"] else []
    known = {type_: type_ for type_ in EVENT_TYPES} | language_data()["types"]
    for kind in list(dict.fromkeys(kinds))[:_MOST_TYPES]:
        folded = folding.fold(kind)
        if folded in EVENT_TYPES:
            continue
        # The last word says it, as in "bilateral treaty"; the first, as in "treaty of peace".
        words = folded.split()
        found = next(
            (known[word] for word in (folded, *words[-1:], *words[:1]) if word in known), ""
        )
        comment = "" if found else "# "
        yield f'{comment}{_quoted(kind[:60])} = "{found or "meeting"}"'
    yield '"*" = "milestone"  # whatever is none of these, nor of those above'
    if columns.precision:
        yield ""
        yield "[precisions]  # day, about, month, year or decade"
        for cell, precision in columns.precisions.items():
            yield f'{_quoted(cell)} = "{precision}"'
    yield ""


def _template(column: str) -> str:
    return f"{{{column}}}"


def _listed(values: list[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(value: str) -> str:
    """A TOML string: JSON's escapes are TOML's too, once the text is clean."""
    return json.dumps(clean_line(value), ensure_ascii=False)
