"""CSV: one row an event, as RFC 4180 has it, in UTF-8, safe to open in a spreadsheet.

- ``date`` is EDTF; ``earliest`` and ``latest`` are the first and last day it covers, empty where
  that is open, approximate or uncertain.
- A cell that holds several values is itself a line of CSV with ``;`` between them. ``participants``
  and ``roles`` run side by side.
- A cell that a spreadsheet would run as a formula has an apostrophe before it, and so has one
  that would look so with its own apostrophes taken off: take one off and it is as it was.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from tui.dossier import dates, text
from tui.dossier.dossier import Dossier, Row
from tui.dossier.records import Event
from tui.output.exporting import Chosen
from tui.output.exporting.sources import sources_of

COLUMNS = (
    "id",
    "type",
    "title",
    "date",
    "earliest",
    "latest",
    "regions",
    "place",
    "participants",
    "roles",
    "instrument",
    "steps",
    "part_of",
    "tags",
    "summary",
    "claims",
    "sources",
)
# The full-width forms count as well where Excel is Japanese.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def sheet(chosen: Chosen) -> Iterator[str]:
    """The header and a line for each event."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for row in chosen.events:
        event = chosen.dossier.record(row)
        if isinstance(event, Event):
            writer.writerow(guarded(cell) for cell in _cells(chosen.dossier, row, event))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _cells(dossier: Dossier, row: Row, event: Event) -> tuple[str, ...]:
    earliest, latest = _days(event.date)
    return (
        event.id,
        event.type,
        event.title,
        event.date,
        earliest,
        latest,
        _several(dossier.label(region) for region in row.regions),
        dossier.label(event.place) if event.place else "",
        _several(dossier.label(taking.actor) for taking in event.participants),
        _several(taking.role for taking in event.participants),
        event.instrument or "",
        _several(f"{step.action} {step.date}" for step in event.steps),
        event.part_of or "",
        _several(event.tags),
        text.plain(event.summary, dossier.label),
        str(len(event.claims)),
        _several(sources_of(event)),
    )


def _days(edtf: str) -> tuple[str, str]:
    """First and last day, ISO 8601, "" where nobody recorded it."""
    date = dates.parse(edtf)
    start, _, end = edtf.partition("/")
    first = "" if date.lo == dates.FIRST or start[-1:] in ("~", "?", "%") else _iso(date.lo)
    last = "" if (end or start)[-1:] in ("~", "?", "%", ".") or edtf[-1:] == "/" else _iso(date.hi)
    return first, last


def _iso(day: int) -> str:
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"


def _several(values: Iterable[str]) -> str:
    """Values with ``; `` between them, in quotes where one would not be read back as it is."""
    return "; ".join(
        '"' + value.replace('"', '""') + '"'
        if any(c in value for c in ';"\n') or value != value.strip()
        else value
        for value in values
    )
