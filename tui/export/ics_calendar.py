"""iCalendar (RFC 5545): an all-day entry for each event, no more exact than what is recorded.

An entry covers all days that its date may mean: a month, season or year is never put on one of its
days. Of a span that is open at one end it covers the other end. Where the date is not simply days,
the title has it in words ("April 2025 (day not recorded)"); ``X-EDTF`` has the date as the dossier
has it. No entry blocks time. ``DTSTAMP`` and ``SEQUENCE`` are the day up to which the dossier
speaks, so that the same dossier always gives the same bytes and a later one brings up to date what
was taken in before.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tui import __version__
from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row
from tui.dossier.prose_links import plain
from tui.dossier.records import Cite, Claim, Event, Place
from tui.export import Say, Selection
from tui.export.source_fields import address_of
from tui.page import attribution, citation

# The most octets of a line (RFC 5545, section 3.1).
_WIDEST = 75
#: The most octets of a file that Google's calendar takes in.
_LARGEST = 1_000_000
#: What is left out, one after the other, until a calendar is small enough.
_LEFT_OUT = (
    "",
    "the addresses of sources",
    "the addresses and titles of sources",
    "sources",
    "sources and claims",
)
_NO_ADDRESSES, _NO_TITLES, _NO_SOURCES = 1, 2, 3
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def render(selection: Selection, say: Say) -> Iterator[str]:
    """Give the calendar; where it is too large for calendars to take in, with less in it.

    What is left out is said. Where even the least is too large all is given.
    """
    for detail, without in enumerate(_LEFT_OUT):
        size, pieces = 0, []
        for piece in _calendar(selection, detail):
            size += len(piece.encode())
            if size > _LARGEST:
                break
            pieces.append(piece)
        else:
            if detail:
                say(f"without {without}, to stay under the 1 MB that calendars take; a query helps")
            yield from pieces
            return
    say("over 1 MB, which some calendars refuse; a query makes it smaller")
    yield from _calendar(selection, 0)


def _calendar(selection: Selection, detail: int) -> Iterator[str]:
    """Give the calendar an entry at a time, without what stands at `detail` in _LEFT_OUT."""
    dossier = selection.dossier
    overview = dossier.overview
    as_of = dates.parse(overview.as_of).at
    yield _lines(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Summitry//Summitry {__version__}//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape(overview.title)}",
    )
    present = {row.n for row in selection.events}
    for row in selection.events:
        event = dossier.record(row)
        assert isinstance(event, Event)
        whole = dossier.whole(row) if row.parent in present else None
        said = description(dossier, row, event, detail)
        yield _lines(*_entry(dossier, event, as_of, whole, said))
    yield _lines("END:VCALENDAR")


def escape(value: str) -> str:
    """Write text as a value of iCalendar; its only control characters are newlines."""
    return value.translate(_ESCAPES)


def fold(line: str) -> str:
    """Fold a line into pieces of at most 75 octets, none of which ends within a character."""
    out, width = [], 0
    for char in line:
        size = len(char.encode())
        if width + size > _WIDEST:
            out.append("\r\n ")
            width = 1
        out.append(char)
        width += size
    return "".join(out)


def days(edtf: str) -> tuple[int, int]:
    """Give the first and last day (``yyyymmdd``) of an EDTF date.

    Of a span that is open at one end they are those of the other end.
    """
    start, slash, end = edtf.partition("/")
    if slash and (start in ("", "..") or end in ("", "..")):
        edtf = end if start in ("", "..") else start
    return dates.bounds(edtf)


def is_exact(edtf: str) -> bool:
    """Whether an EDTF date is simply a day, or from one day to another."""
    return all(len(piece) == len("2025-08-08") for piece in edtf.split("/"))


def _entry(
    dossier: Dossier, event: Event, as_of: int, whole: Row | None, said: str
) -> Iterator[str]:
    first, last = days(event.date)
    when = dates.show(dates.parse(event.date))
    title = event.title if is_exact(event.date) else f"{event.title} – {when}"
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@summitry"
    yield f"DTSTAMP:{as_of:08}T000000Z"
    yield f"SEQUENCE:{as_of}"  # a later state of the dossier takes the place of an earlier one
    yield f"DTSTART;VALUE=DATE:{first:08}"
    if last != dates.LAST:  # the end is the day after, and after year 9999 there is none
        day = date(last // 10000, last // 100 % 100, last % 100) + timedelta(days=1)
        yield f"DTEND;VALUE=DATE:{day.isoformat().replace('-', '')}"
    yield f"X-EDTF:{escape(event.date)}"
    yield f"SUMMARY:{escape(title)}"
    yield f"DESCRIPTION:{escape(said)}"
    if event.place:
        yield f"LOCATION:{escape(dossier.label(event.place))}"
        where = dossier.row(event.place)
        place = dossier.record(where) if where else None
        if isinstance(place, Place):
            yield f"GEO:{place.lat:.6f};{place.lon:.6f}"
    yield f"CATEGORIES:{','.join(escape(word) for word in (event.type, *event.tags))}"
    if whole:
        yield f"RELATED-TO:{whole.id}@summitry"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _lines(*lines: str) -> str:
    return "".join(f"{fold(line)}\r\n" for line in lines)


def description(dossier: Dossier, row: Row, event: Event, detail: int = 0) -> str:
    """Give what is recorded of an event in plain words, but what `detail` in _LEFT_OUT leaves out.

    There are groups of lines with an empty line between them: date and summary, the steps, the
    claims with who makes them, who took part, the facts, what the event is filed under, and the
    sources, which the numbers in brackets stand for.
    """
    numbers: dict[Cite, int] = {}

    def cited(cites: Iterable[Cite]) -> str:
        if detail >= _NO_SOURCES:
            return ""
        found = (numbers.setdefault(cite, len(numbers) + 1) for cite in cites)
        return "".join(f" [{number}]" for number in found)

    groups = (
        [_shown(event.date), *([plain(event.summary, dossier.label)] if event.summary else [])],
        [
            f"{step.action.replace('-', ' ')}: {_shown(step.date)}{cited(step.cites)}"
            for step in event.steps
        ],
        [
            _said(dossier, claim) + cited(claim.cites)
            for claim in event.claims
            if detail <= _NO_SOURCES
        ],
        [
            f"– {dossier.label(taking.actor)}{f' ({taking.role})' if taking.role else ''}"
            for taking in event.participants
        ],
        [f"{label}: {value}" for label, value in event.facts.items()],
        list(_filed_under(dossier, row, event)),
        # Written last, when all numbers have been given.
        [f"[{at}] {_source(dossier, cite, detail)}" for cite, at in numbers.items()],
    )
    return "\n\n".join("\n".join(lines) for lines in groups if lines)


def _said(dossier: Dossier, claim: Claim) -> str:
    """Give a claim with its value, which shows where sources differ, and who makes it."""
    valued = f"{claim.about or 'value'}: {claim.value}" if claim.value is not None else ""
    asides = (valued or claim.about, "".join(span.text for span in attribution(dossier, claim)))
    return plain(claim.text, dossier.label) + "".join(f" ({said})" for said in asides if said)


def _filed_under(dossier: Dossier, row: Row, event: Event) -> Iterator[str]:
    """Give a line each for other names, instrument, regions and the events it is linked with."""
    if event.aliases:
        yield f"also: {' · '.join(event.aliases)}"
    if event.instrument:
        yield f"instrument: {event.instrument.replace('-', ' ')}"
    if row.regions:
        yield f"regions: {' · '.join(map(dossier.label, row.regions))}"
    if event.part_of:
        yield f"part of: {dossier.label(event.part_of)}"
    for relation in event.related:
        how = (relation.kind or "related").replace("-", " ")
        yield f"{how}: {dossier.label(relation.event)}"


def _source(dossier: Dossier, cite: Cite, detail: int) -> str:
    """Write a citation in a line, with the address where it may be opened."""
    source = dossier.source(cite.source)
    if source is None:
        return f"{cite.source} (no such source){f', {cite.at}' if cite.at else ''}"
    if detail >= _NO_TITLES:
        whose = source.author or source.publisher or source.title
        return ", ".join(filter(None, (whose, _shown(source.date), cite.at)))
    address = address_of(source) if detail < _NO_ADDRESSES else None
    return citation(source, cite.at) + (f" {address}" if address else "")


def _shown(edtf: str) -> str:
    return dates.show(dates.parse(edtf))
