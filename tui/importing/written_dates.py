"""Dates as people write them → EDTF, with the precision they have and no more."""

import re
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

from tui.dossier import dates
from tui.dossier.safe_text import clean_line
from tui.files import StoreError
from tui.importing.registry import Memo
from tui.importing.rows import as_line

#: What `date_format` may name beside formats of strptime, and how many of it make a second.
_SINCE_1970 = {"epoch": 1, "epoch-ms": 1000}
_DAY_OF_1970 = date(1970, 1, 1).toordinal()
#: Values remembered, as many as 180 years have days: reading one takes a third of a row's time.
_REMEMBERED = 65_536

# Year, month and day in columns of their own, joined by hyphens: any but the year may be empty.
_PARTS = re.compile(r"(\d{3,4})(?:-(\d{0,2}))?(?:-(\d{0,2}))?", re.ASCII)
_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d(?::?\d\d.*|Z)?", re.ASCII)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*)?", re.ASCII)
_BEFORE_CHRIST = re.compile(r"[-−–—] ?\d.*|.*\d ?B\.? ?C\.?(?: ?E\.?)?", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,17}(?:\.\d+)?", re.ASCII)


class DateReader:
    """Reads the dates of a file; `formats` (as in strptime) come before ISO and EDTF."""

    def __init__(self, formats: Iterable[str] = ()) -> None:
        """Raises StoreError for a format that cannot be used."""
        self._formats = [_format_reader(form) for form in formats]
        self._known = Memo(self._read, _REMEMBERED)

    def read(self, value: str) -> str:
        """Return `value` as EDTF, "" where it is empty; raises DateError."""
        return self._known[value]

    def read_span(self, start: str, end: str) -> str:
        """Return a start and an end as one EDTF date; an empty end leaves the start alone."""
        start = start if start == ".." else self.read(start)
        end = end if end == ".." else self.read(end)
        if not end or start == end:
            return "" if start == ".." else start
        made = f"{start}/{end}"
        # Two days in order make a span; anything else is looked at.
        return made if len(start) == len(end) == 10 and start < end else dates.parse(made).text

    def _read(self, written: str) -> str:
        value = written.strip()
        if not value:
            return ""
        for read in self._formats:
            if found := read(value):
                return found
        if parts := _PARTS.fullmatch(value):
            year, month, day = (int(part or 0) for part in parts.groups())
            if day and not month:
                raise dates.DateError(f"{value!r} is not a date: it has a day and no month")
            return dates.parse(_edtf((year, month, day))).text
        if _BEFORE_CHRIST.fullmatch(value):
            raise _refused(value, ": years before the year 1 cannot be kept")
        plain = value
        if timed := _WITH_TIME.fullmatch(value):
            plain = timed[1]
        elif basic := _BASIC.fullmatch(value):
            plain = "-".join(basic.groups())
        try:
            return dates.parse(plain).text
        except dates.DateError as error:
            written = read_words(plain)
            if not written:
                hint = "" if self._formats else "; give its form under [read] date_format"
                raise _refused(plain, f"{_why(error)}{hint}") from None
        try:
            return dates.parse(written).text
        except dates.DateError as error:
            raise _refused(plain, _why(error)) from None


def _refused(value: str, why: str) -> dates.DateError:
    shown = as_line(value)
    return dates.DateError(f"'{shown[:40]}{'…' if shown[40:] else ''}' is not a date{why}")


def _why(error: dates.DateError) -> str:
    """Why it is no date, without how a dossier writes dates: the file is not the dossier."""
    why = str(error).rpartition(" is not a date")[2]
    return why.partition("; write YYYY")[0].partition(": write YYYY")[0]


# -- formats

_DIRECTIVE = re.compile(r"%([A-Za-z%])")
_YEARS = frozenset("YyGxc")
#: 5 June 1987: strptime takes a month or a day that its format does not have to be the first.
_SAMPLE = datetime(1987, 6, 5, tzinfo=UTC)


def _format_reader(form: str) -> Callable[[str], str]:
    """Make a function from a value to EDTF, "" where it does not fit; raises StoreError."""
    if per_second := _SINCE_1970.get(form):
        return lambda value: _since_1970(value, 86_400 * per_second)
    length = _filled(form)

    def read(value: str) -> str:
        try:
            # Not datetime's: it wants a day even where the format has none.
            parsed = time.strptime(value, form)
        except (ValueError, OverflowError):
            return ""
        return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"[:length]

    return read


def _since_1970(value: str, per_day: int) -> str:
    """Return the day in UTC; "" for what is no number, or a day beyond the calendar."""
    if not _NUMBER.fullmatch(value):
        return ""
    try:
        return date.fromordinal(_DAY_OF_1970 + int(float(value) // per_day)).isoformat()
    except (ValueError, OverflowError):
        return ""


def _filled(form: str) -> int:
    """Return how many characters of YYYY-MM-DD a format fills; raises StoreError for a bad one."""
    where = f"read.date_format: {clean_line(form)[:60]!r}"
    if not _YEARS.intersection(_DIRECTIVE.findall(form)):
        since = '; for seconds since 1970 write "epoch", for milliseconds "epoch-ms"'
        raise StoreError(
            f"{where} has no year; write it as in %d/%m/%Y{since if form == '%s' else ''}"
        )
    try:
        parsed = time.strptime(_SAMPLE.strftime(form), form)
    except ValueError as error:
        raise StoreError(f"{where} is no format: {clean_line(str(error))[:120]}") from None
    except (KeyError, IndexError, re.error):
        raise StoreError(f"{where} is no format; write it as in %d/%m/%Y") from None
    has_month, has_day = parsed.tm_mon == _SAMPLE.month, parsed.tm_mday == _SAMPLE.day
    if has_day and not has_month:
        raise StoreError(f"{where} has a day and no month; write it as in %d/%m/%Y")
    return 10 if has_day else 7 if has_month else 4


# -- dates in words, where they can mean one thing only

# A year, a month (in EDTF seasons are months 21 to 24), and a day; 0 where there is none.
_Point = tuple[int, int, int]

_NUMBERS = {name.lower(): number for number, name in enumerate(dates.MONTHS, 1)}
_NUMBERS |= {name[:3]: number for name, number in _NUMBERS.items()} | {"sept": 9}
_NUMBERS |= {name: number for number, name in enumerate(dates._SEASONS, 21)} | {"fall": 23}

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WORD = r"(?P<word>[a-z]+)\.?"
_YEAR = r"(?P<year>\d{4})"
_POINTS = [
    re.compile(form, re.ASCII)
    for form in (
        rf"{_DAY}[ -](?:of )?{_WORD},?[ -]{_YEAR}",
        rf"{_WORD} {_DAY},? {_YEAR}",
        rf"{_WORD},? {_YEAR}",
        rf"{_YEAR}(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?",
    )
]
# "June 5-7, 2019": the only span whose end takes something from its start.
_IN_MONTH = re.compile(r"([a-z]+\.? )(\d{1,2})[–-](\d{1,2},? \d{4})", re.ASCII)
_DECADE = re.compile(r"(?:the )?([1-9]\d[1-9])0'?s", re.ASCII)  # the 1900s may be a century
_ABOUT = re.compile(r"(?:circa|approximately|approx\.?|about|around|ca\.?|c\.?)(?: |(?=\d))")
# Only before a day and a year: "Mon 2020" is not the year 2020.
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? (?=.*\d\D+\d{4})",
    re.ASCII,
)
_TIME = re.compile(r",? \d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?$", re.ASCII)
_DASH = re.compile(r" (?:-|to) | ?[–—] ?")
_LONGEST = 60


def read_words(value: str) -> str:
    """Return `value` as what should be EDTF; "" where it has none of these forms.

    ``5 June 2019`` · ``Sept. 3, 2021`` · ``Spring 2020`` · ``1920s`` · ``c. 1920`` ·
    ``1914–1918`` · ``5-7 June 2019`` · ``30 June – 2 July 2019``.
    """
    if len(value) > _LONGEST:
        return ""
    plain = _DASH.sub("–", " ".join(value.lower().split()))
    plain = _TIME.sub("", _WEEKDAY.sub("", plain))
    if decade := _DECADE.fullmatch(plain):
        return f"{decade[1]}0/{decade[1]}9"
    if about := _ABOUT.match(plain):
        point = _point(plain[about.end() :])
        return f"{_edtf(point)}~" if point else ""
    if point := _point(plain):
        return _edtf(point)
    return _span(plain)


def _span(plain: str) -> str:
    if found := _IN_MONTH.fullmatch(plain):
        plain = f"{found[1]}{found[2]}–{found[1]}{found[3]}"
    dash = "–" if "–" in plain else "-"
    at = plain.find(dash)
    while at > 0:
        end = _point(plain[at + 1 :])
        start = end and _start(plain[:at], end)
        if start and end:
            return f"{_edtf(start)}/{_edtf(end)}"
        at = plain.find(dash, at + 1)
    return ""


def _point(plain: str) -> _Point | None:
    """A date that stands on its own."""
    found = next((found for form in _POINTS if (found := form.fullmatch(plain))), None)
    if not found:
        return None
    named = {name: text for name, text in found.groupdict().items() if text}
    month = int(named.get("month", 0))
    if "word" in named:
        month = _NUMBERS.get(named["word"], 0)
        if not month or (month > 12 and "day" in named):
            return None
    return int(named["year"]), month, int(named.get("day", 0))


def _start(plain: str, end: _Point) -> _Point | None:
    """Read the start of a span: a whole date, or one that takes its year or month from the end."""
    if whole := _point(plain):
        return whole
    year, month, day = end
    named = f"{dates.MONTHS[month - 1].lower()} " if 1 <= month <= 12 else ""
    start = _point(f"{plain} {year:04}") or _point(f"{plain} {named}{year:04}")
    return start if start and bool(start[2]) == bool(day) else None


def _edtf(point: _Point) -> str:
    year, month, day = point
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
