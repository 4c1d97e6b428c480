"""A mapping proposed from a file's headers and first rows, as TOML to edit."""

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

from tui.dossier import dates, text
from tui.importing.mapping import ReadPart
from tui.importing.names import slug
from tui.importing.reading import open_reader
from tui.importing.when import Dates

_SAMPLE = 200
_MOST_FACTS = 12
_LONGEST_FACT = 200
_FORMATS = (
    "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y,%m,%d", "%Y.%m.%d",
    "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d-%b-%Y", "%d-%b-%y", "%d/%m/%y",
    "%m/%d/%y", "%B %Y", "%b %Y", "%m/%Y",
)  # fmt: skip

# What columns are called, best first; one matches where its last words are these.
_TITLES = (
    "title", "headline", "subject", "event", "event name", "name", "visitor", "visit", "meeting",
    "summit", "agreement", "label", "country", "official name en", "what",
)  # fmt: skip
_STARTS = (
    "start date", "startdate", "start date year", "start year", "date start", "begin",
    "begin date", "from date", "start", "date from", "date", "event date", "date signed", "signed",
    "when", "day", "datum", "fecha", "tarix", "tarih", "дата", "year", "год", "il", "published",
    "time",
)  # fmt: skip
_ENDS = (
    "end date", "enddate", "end date year", "end year", "date end", "to date", "date to", "end",
    "until", "finish",
)  # fmt: skip
_ROLES = {
    "id": ("id", "identifier", "event id", "no", "number", "key", "uid"),
    "region": ("region", "partner", "region name", "country", "from", "nation", "state"),
    "place": ("place", "location", "locale", "city", "venue", "where", "town"),
    "text": (
        "description", "text", "remarks", "details", "note", "notes", "body", "content", "abstract",
    ),
    "summary": ("summary",),
    "tags": ("tags", "tag", "keywords", "topics", "topic", "category", "group"),
    "type": ("type", "kind", "event type", "category"),
}  # fmt: skip
_PEOPLE = (
    "visitor", "participants", "participant", "who", "person", "leader", "name", "actor", "actors",
    "attendees", "guest", "guests", "signatories", "parties",
)  # fmt: skip


class Proposal(NamedTuple):
    """A mapping as TOML, and what to say about how the file was read."""

    toml: str
    notes: list[str]


def propose(path: str) -> Proposal:
    """A mapping for the file at `path`; raises StoreError if it has no rows to read."""
    reader = open_reader(path, ReadPart())
    columns = [name for name in reader.columns if "{" not in name and "}" not in name]
    positions = [reader.bind(name) for name in columns[:200]]
    rows = [record.cells for record in islice(reader.rows(), _SAMPLE) if not record.problem]
    samples = {
        name: [cell for row in rows if (cell := row[at].strip())]
        for name, at in zip(columns, positions, strict=False)
    }
    return Proposal(_toml(path, samples, reader.guessed), reader.notes)


def _toml(path: str, samples: dict[str, list[str]], guessed: dict[str, str]) -> str:
    free = dict(samples)
    title = _take(free, _TITLES, keep=True)
    formats: list[str] = []
    start = _take_date(free, _STARTS, formats)
    end = _take_date(free, _ENDS, formats) if start else ""
    if title in (start, end):
        title = ""
    if not title:
        title = next((name for name in free if _wordy(free[name])), "")
    chosen = {role: _take(free, names) for role, names in _ROLES.items()}
    people = title if _is(title, _PEOPLE) else _take(free, _PEOPLE)
    stem = os.path.splitext(os.path.basename(os.path.realpath(path)))[0]
    name = " ".join(text.clean_line(stem).replace("_", " ").replace("-", " ").split()) or "Events"
    name = name[:1].upper() + name[1:200]
    changed = datetime.fromtimestamp(os.stat(path).st_mtime, UTC).strftime("%Y-%m-%d")
    lines = [
        "# A mapping to edit; then: summitry import FILE --map THIS.toml --preview 3",
        "[dossier]",
        f"title = {_quoted(name)}",
        'language = "en"',
        'licence = "NOASSERTION"  # the licence of the data (SPDX), for instance "CC0-1.0"',
        "",
        "[source]  # what every imported claim cites",
        f"id = {_quoted(slug('source ' + name, 'source'))}",
        f"title = {_quoted(name)}",
        f'date = "{changed}"  # when it was published; this is when the file was changed',
        'type = "dataset"',
        "",
    ]
    if guessed or formats:
        lines += ["[read]  # as it was guessed"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in guessed.items()]
        if formats:
            both = "  # both fit: leave the right one" if _unsure(formats) else ""
            lines += [f"date_format = {_list(formats)}{both}"]
        lines += [""]
    lines += ["[event]"]
    if chosen["id"]:
        lines += [f"id = {_column('event-', chosen['id'])}"]
    lines += [f"title = {_column('', title)}" if title else 'title = ""  # which column?']
    if start:
        both_ends = [_day_of(side, free) for side in (start, end) if side]
        lines += [f"date = {_quoted('/'.join(both_ends))}"]
    else:
        lines += ['date = ""  # which column? write it as in "{column}"']
    for role in ("type", "region", "place", "summary", "text", "tags"):
        if chosen[role]:
            lines.append(f"{role} = {_column('', chosen[role])}")
    if people:
        lines += ["", "[[event.participants]]", f"name = {_column('', people)}"]
        if any(";" in cell for cell in samples[people]):
            lines += ['split = ";"']
        lines += ['type = "person"  # or state, organisation, company']
    facts = [column for column in free if column not in (title, people)]
    facts = [
        column for column in facts if free[column] and max(map(len, free[column])) <= _LONGEST_FACT
    ]
    if facts[:_MOST_FACTS]:
        lines += ["", "[event.facts]"]
        lines += [f"{_quoted(_label(fact))} = {_column('', fact)}" for fact in facts[:_MOST_FACTS]]
    lines += ["", "[types]  # summit visit meeting agreement initiative decision milestone …"]
    if chosen["type"]:
        kinds = list(dict.fromkeys(samples[chosen["type"]]))[:10]
        lines += [f'# {_quoted(kind[:60])} = "meeting"' for kind in kinds]
    lines += ['"*" = "milestone"', ""]
    return "\n".join(lines)


def _day_of(year: str, free: dict[str, list[str]]) -> str:
    """A date's template: with the month and the day beside a year, where those have columns."""
    made = f"{{{year}}}"
    if text.fold(year).rpartition(" ")[2] != "year":
        return made
    for part in ("month", "day"):
        beside = (year[: -len("year")] + spelt for spelt in (part, part.capitalize()))
        column = next((name for name in beside if name in free), "")
        if not column:
            break
        del free[column]
        made += f"-{{{column}}}"
    return made


def _is(column: str, names: Sequence[str]) -> bool:
    return text.fold(column) in names or text.fold(column).rpartition(" ")[2] in names


def _take(free: dict[str, list[str]], names: Sequence[str], *, keep: bool = False) -> str:
    """The column that is called by the first of `names`, no longer free unless `keep`."""
    folded = {column: text.fold(column) for column in free if free[column]}
    found = [column for name in names for column in folded if folded[column] == name]
    if not found:
        ending = [
            column for name in names for column in folded if folded[column].endswith(f" {name}")
        ]
        found = sorted(ending, key=lambda column: -len(set(free[column])))
    if not found:
        return ""
    if not keep:
        del free[found[0]]
    return found[0]


def _take_date(free: dict[str, list[str]], names: Sequence[str], formats: list[str]) -> str:
    """The column of dates called by the first of `names`; else, for starts, any one of dates."""
    order = [column for name in names for column in free if text.fold(column) == name]
    order += [column for name in names for column in free if text.fold(column).endswith(f" {name}")]
    if names is _STARTS:
        order += [column for column in free if any("-" in cell for cell in free[column][:1])]
    for column in dict.fromkeys(order):
        found = _formats(free[column])
        if found is not None:
            formats += [form for form in found if form not in formats]
            del free[column]
            return column
    return ""


def _formats(cells: list[str]) -> list[str] | None:
    """The formats that read nearly all of these dates, none for ISO; None if they are no dates."""
    if not cells:
        return None
    enough = max(1, len(cells) * 9 // 10)
    if _readable(cells, Dates()) >= enough:
        return []
    found = [form for form in _FORMATS if _readable(cells, Dates((form,))) >= enough]
    return found[:2] or None


def _readable(cells: list[str], reader: Dates) -> int:
    count = 0
    for cell in cells:
        try:
            count += bool(reader.read(cell))
        except dates.DateError:
            continue
    return count


def _unsure(formats: list[str]) -> bool:
    return len({form.replace("%m", "%d") for form in formats}) < len(formats)


def _wordy(cells: list[str]) -> bool:
    return bool(cells) and sum(any(c.isalpha() for c in cell) for cell in cells) * 2 > len(cells)


def _label(column: str) -> str:
    label = " ".join(column.replace("_", " ").replace(".", " ").split())
    return label[:1].upper() + label[1:]


def _column(before: str, column: str) -> str:
    return _quoted(f"{before}{{{column}}}")


def _list(values: list[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(value: str) -> str:
    """A TOML string: JSON's escapes are TOML's too, once the text is clean."""
    return json.dumps(text.clean_line(value), ensure_ascii=False)
