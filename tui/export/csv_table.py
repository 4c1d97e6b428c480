"""CSV: one row an event, as RFC 4180 has it, in UTF-8, safe to open in a spreadsheet.

- ``date`` is EDTF; ``earliest`` and ``latest`` are the first and last day it covers, empty where
  that is open, approximate or uncertain.
- A cell that holds several values is itself a line of CSV with ``;`` between them, and so is a
  value of ``step_cites`` and ``claim_cites``, which hold the citations of one step or claim each.
- ``participants`` and ``roles`` run side by side, and so do ``steps`` and ``step_cites``, the
  columns that begin with ``claim_``, and ``sources`` and ``citations``.
- A citation is a source's id, a space and where in it; a relation is how, a space and an event's
  id; a fact is its label, a colon, a space and its value. A label with ``: `` in it is in quotes.
- What a spreadsheet would run as a formula has an apostrophe before it; see `guarded`.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from tui.dossier import dates, prose_links
from tui.dossier.dossier import Dossier, Row
from tui.dossier.records import Cite, Event, Relation
from tui.export import Chosen
from tui.export.sources import sources_of
from tui.page import citation

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
    "aliases",
    "related",
    "facts",
    "step_cites",
    "claim_kinds",
    "claim_texts",
    "claim_by",
    "claim_about",
    "claim_values",
    "claim_cites",
    "citations",
)
# Where a cell starts, or would start for a program that parts cells at ; or tabs: to those a quote
# within a cell that is not its first character is no quote. Spaces and quotes may be taken off.
# The full-width forms count as well where Excel is Japanese.
_SIGNS = r"=+\-@＝＋－＠"
_FORMULA = re.compile(rf"""\A[ "]*+(?='*+[{_SIGNS}\t\r\n])|[;\t\r\n][ "]*+(?='*+[{_SIGNS}])""")
_AMBIGUOUS = re.compile(r"[;\"\n]|\A\s|\s\Z")


def sheet(chosen: Chosen) -> Iterator[str]:
    """The header and a line for each event."""
    buffer = io.StringIO(newline="")
    # All in quotes: many a spreadsheet parts what is bare at a semicolon, too.
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)

    @cache
    def cited(id_: str) -> str:
        source = chosen.dossier.source(id_)
        return citation(source) if source else id_

    for row in chosen.events:
        event = chosen.dossier.record(row)
        if isinstance(event, Event):
            writer.writerow(guarded(cell) for cell in _cells(chosen.dossier, row, event, cited))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, nor any part of it that stands after a ``;``.

    Before ``= + - @`` and before apostrophes that one of them follows is one apostrophe more: at
    the start of the cell, and after ``;``, a tab or a line break, whatever spaces and quotation
    marks stand between; at the start of the cell before a tab or line break, too. Take one off at
    each of those and the cell is as it was.
    """
    return _FORMULA.sub(r"\g<0>'", cell) if _FORMULA.search(cell) else cell


def _cells(
    dossier: Dossier, row: Row, event: Event, cited: Callable[[str], str]
) -> tuple[str, ...]:
    earliest, latest = _days(event.date)
    sources, claims = sources_of(event), event.claims
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
        prose_links.plain(event.summary, dossier.label),
        str(len(claims)),
        _several(sources),
        _several(event.aliases),
        _several(_related(relation) for relation in event.related),
        _several(_fact(label, str(value)) for label, value in event.facts.items()),
        _several(_cites(step.cites) for step in event.steps),
        _several(claim.kind for claim in claims),
        _several(prose_links.plain(claim.text, dossier.label) for claim in claims),
        _several(dossier.label(claim.by) if claim.by else "" for claim in claims),
        _several(claim.about or "" for claim in claims),
        _several("" if claim.value is None else str(claim.value) for claim in claims),
        _several(_cites(claim.cites) for claim in claims),
        _several(map(cited, sources)),
    )


def _fact(label: str, value: str) -> str:
    quoted = ": " in label or label.startswith('"')
    return f"{_quoted(label) if quoted else label}: {value}"


def _related(relation: Relation) -> str:
    return f"{relation.kind} {relation.event}" if relation.kind else relation.event


def _cites(cites: Iterable[Cite]) -> str:
    return _several(f"{cite.source} {cite.at}" if cite.at else cite.source for cite in cites)


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
    return "; ".join([_quoted(value) if _AMBIGUOUS.search(value) else value for value in values])


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
