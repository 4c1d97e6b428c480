"""CSV: a row for each event (RFC 4180), in UTF-8, safe to open in a spreadsheet.

- ``date`` is EDTF; ``earliest`` and ``latest`` are the first and last day it covers, empty where
  that is open, approximate or uncertain.
- A cell with several values is itself a line of CSV with ``;`` between them. So is each value of
  ``step_cites`` and ``claim_cites``, which hold the citations of one step or claim each.
- ``participants`` and ``roles`` run side by side, and so do ``steps`` and ``step_cites``, the
  columns that begin with ``claim_``, and ``sources`` and ``citations``.
- A citation is a source's id, a space and where in it; a relation is how, a space and an event's
  id; a fact is its label, a colon, a space and its value. A label with ``: `` in it is in quotes.
- What a spreadsheet would run as a formula has an apostrophe before it; see `guard_formulas`.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row
from tui.dossier.prose_links import plain
from tui.dossier.records import Cite, Event, Relation, sources_of
from tui.export import Say, Selection
from tui.page import citation

# The start of a cell, also for a program that parts cells at ";" or tabs and takes a quotation mark
# within a cell as it stands. It may drop spaces and quotation marks before a value.
# A Japanese Excel runs the full-width signs as well.
_SIGNS = r"=+\-@＝＋－＠"
_FORMULA = re.compile(rf"""\A[ "]*+(?='*+[{_SIGNS}\t\r\n])|[;\t\r\n][ "]*+(?='*+[{_SIGNS}])""")
_AMBIGUOUS = re.compile(r"[;\"\n]|\A\s|\s\Z")
# What separates cells in one country or another, quotes, line breaks, and spaces that get lost.
_TO_QUOTE = re.compile(r'[,;\t|"\r\n]|^ | $')


def render(selection: Selection, _: Say) -> Iterator[str]:
    """Give the header and a line for each event."""
    dossier = selection.dossier
    buffer = io.StringIO(newline="")
    # All cells in quotes, as some spreadsheets part unquoted ones at a semicolon.
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)

    @cache
    def cited(id_: str) -> str:
        source = dossier.source(id_)
        return citation(source) if source else id_

    for place, row in enumerate(selection.events):
        event = dossier.record(row)
        assert isinstance(event, Event)
        cells = _cells(dossier, row, event, cited)
        if not place:
            writer.writerow(cells)
        writer.writerow(map(guard_formulas, cells.values()))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def guard_formulas(cell: str) -> str:
    """Write a cell so that no spreadsheet runs it, or what follows a ``;`` in it, as a formula.

    An apostrophe is put before ``= + - @``, and before apostrophes that one of these follows: at
    the start of the cell and after ``;``, a tab or a line break, also where spaces and quotation
    marks stand between. At the start it is put before a tab or line break, too. To get the cell
    back, take one apostrophe off at each of these places.
    """
    return _FORMULA.sub(r"\g<0>'", cell) if _FORMULA.search(cell) else cell


def _cells(dossier: Dossier, row: Row, event: Event, cited: Callable[[str], str]) -> dict[str, str]:
    """Give the cells of an event by the names of their columns."""
    earliest, latest = _days(event.date)
    sources, claims = sources_of(event), event.claims
    return {
        "id": event.id,
        "type": event.type,
        "title": event.title,
        "date": event.date,
        "earliest": earliest,
        "latest": latest,
        "regions": _several(dossier.label(region) for region in row.regions),
        "place": dossier.label(event.place) if event.place else "",
        "participants": _several(dossier.label(taking.actor) for taking in event.participants),
        "roles": _several(taking.role for taking in event.participants),
        "instrument": event.instrument or "",
        "steps": _several(f"{step.action} {step.date}" for step in event.steps),
        "part_of": event.part_of or "",
        "tags": _several(event.tags),
        "summary": plain(event.summary, dossier.label),
        "claims": str(len(claims)),
        "sources": _several(sources),
        "aliases": _several(event.aliases),
        "related": _several(_related(relation) for relation in event.related),
        "facts": _several(_fact(label, str(value)) for label, value in event.facts.items()),
        "step_cites": _several(_cites(step.cites) for step in event.steps),
        "claim_kinds": _several(claim.kind for claim in claims),
        "claim_texts": _several(plain(claim.text, dossier.label) for claim in claims),
        "claim_by": _several(dossier.label(claim.by) if claim.by else "" for claim in claims),
        "claim_about": _several(claim.about or "" for claim in claims),
        "claim_values": _several(
            "" if claim.value is None else str(claim.value) for claim in claims
        ),
        "claim_cites": _several(_cites(claim.cites) for claim in claims),
        "citations": _several(map(cited, sources)),
    }


def _fact(label: str, value: str) -> str:
    quoted = ": " in label or label.startswith('"')
    return f"{_quoted(label) if quoted else label}: {value}"


def _related(relation: Relation) -> str:
    return f"{relation.kind} {relation.event}" if relation.kind else relation.event


def _cites(cites: Iterable[Cite]) -> str:
    return _several(f"{cite.source} {cite.at}" if cite.at else cite.source for cite in cites)


def _days(edtf: str) -> tuple[str, str]:
    """Give the first and last day of an EDTF date (ISO 8601), "" for one that is not recorded."""
    date = dates.parse(edtf)
    start, _, end = edtf.partition("/")
    first = "" if date.lo == dates.FIRST or start[-1:] in ("~", "?", "%") else _iso(date.lo)
    last = "" if (end or start)[-1:] in ("~", "?", "%", ".") or edtf[-1:] == "/" else _iso(date.hi)
    return first, last


def _iso(day: int) -> str:
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"


def _several(values: Iterable[str]) -> str:
    """Join values with ``; ``, in quotation marks where one would be read back otherwise."""
    return "; ".join([_quoted(value) if _AMBIGUOUS.search(value) else value for value in values])


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def csv_line(cells: Iterable[str]) -> bytes:
    """A line of CSV that no spreadsheet runs, nor takes apart at another sign than the comma."""
    guarded = map(guard_formulas, cells)
    quoted = ['"' + c.replace('"', '""') + '"' if _TO_QUOTE.search(c) else c for c in guarded]
    return (",".join(quoted) + "\r\n").encode("utf-8", "backslashreplace")
