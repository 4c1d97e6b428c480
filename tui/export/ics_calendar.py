"""iCalendar (RFC 5545): every event as an all-day entry, honest about how much is recorded.

An entry covers the days that its date covers: a month, season or year is never put on one of its
days. Of a span that is open at one end it covers the end that is recorded. Wherever the date is
not simply days the title says it in words ("April 2025 (day not recorded)"), and ``X-EDTF`` has the
date as the dossier writes it. No entry blocks time. ``DTSTAMP`` is the day the dossier stands at,
so the same dossier gives the same bytes.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from tui import __version__
from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row
from tui.dossier.records import Event, Place
from tui.export import Chosen
from tui.export.description import description

_WIDEST = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar(chosen: Chosen) -> Iterator[str]:
    """The calendar, an entry at a time."""
    overview = chosen.dossier.overview
    stamp = f"{dates.parse(overview.as_of).at:08}T000000Z"
    yield _lines(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Summitry//Summitry {__version__}//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape(overview.title)}",
    )
    present = {row.n for row in chosen.events}
    for row in chosen.events:
        event = chosen.dossier.record(row)
        if isinstance(event, Event):
            whole = chosen.dossier.whole(row) if row.parent in present else None
            yield _lines(*_entry(chosen.dossier, row, event, stamp, whole))
    yield _lines("END:VCALENDAR")


def escape(value: str) -> str:
    """Text as a value of iCalendar; a dossier's text has no control characters but newlines."""
    return value.translate(_ESCAPES)


def fold(line: str) -> str:
    """The line in pieces of at most 75 octets, none of which ends within a character."""
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
    """First and last day (yyyymmdd) of an entry: what a date covers, as far as it is recorded."""
    start, slash, end = edtf.partition("/")
    if slash and (start in ("", "..") or end in ("", "..")):
        edtf = end if start in ("", "..") else start
    return dates.bounds(edtf)


def is_exact(edtf: str) -> bool:
    """Whether a date is simply a day, or from one day to another."""
    return all(len(piece) == len("2025-08-08") for piece in edtf.split("/"))


def _entry(
    dossier: Dossier, row: Row, event: Event, stamp: str, whole: Row | None
) -> Iterator[str]:
    first, last = days(event.date)
    when = dates.show(dates.parse(event.date))
    title = event.title if is_exact(event.date) else f"{event.title} – {when}"
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(event.id)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{first:08}"
    if last != dates.LAST:  # after the last day there is none that could be named
        day = date(last // 10000, last // 100 % 100, last % 100) + timedelta(days=1)
        yield f"DTEND;VALUE=DATE:{day.isoformat().replace('-', '')}"
    yield f"X-EDTF:{escape(event.date)}"
    yield f"SUMMARY:{escape(title)}"
    yield f"DESCRIPTION:{escape(description(dossier, row, event))}"
    if event.place:
        yield f"LOCATION:{escape(dossier.label(event.place))}"
        where = dossier.row(event.place)
        place = dossier.record(where) if where else None
        if isinstance(place, Place):
            yield f"GEO:{place.lat:.6f};{place.lon:.6f}"
    yield f"CATEGORIES:{','.join(escape(word) for word in (event.type, *event.tags))}"
    if whole:
        yield f"RELATED-TO:{_uid(whole.id)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _uid(id_: str) -> str:
    return f"{id_}@summitry"


def _lines(*lines: str) -> str:
    return "".join(f"{fold(line)}\r\n" for line in lines)
