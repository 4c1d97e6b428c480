"""Dates of all kinds → EDTF, with the precision they have and no more."""

import re
import time
from collections.abc import Callable, Iterable
from datetime import date

from tui.dossier import dates
from tui.dossier.safe_text import clean_line
from tui.files import StoreError
from tui.importing.prose import line
from tui.importing.spelt import spelt

#: Forms of `date_format` that are no strptime format, and how many of them make a second.
SINCE_1970 = {"epoch": 1, "epoch-ms": 1000}

# Year, month and day in columns of their own, joined by hyphens: any but the year may be empty.
_PARTS = re.compile(r"(\d{3,4})(?:-(\d{0,2}))?(?:-(\d{0,2}))?", re.ASCII)
_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d(?::?\d\d.*|Z)?", re.ASCII)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*)?", re.ASCII)
_BEFORE_CHRIST = re.compile(r"[-−–—] ?\d.*|.*\d ?B\.? ?C\.?(?: ?E\.?)?", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,17}(?:\.\d+)?", re.ASCII)
_DIRECTIVE = re.compile(r"%([A-Za-z%])")
_DAYS, _MONTHS, _YEARS = set("djxcUW"), set("mbBhxcjUW"), set("YyGxc")
_REMEMBERED = 65_536
_DAY_OF_1970 = date(1970, 1, 1).toordinal()


class Dates:
    """Reads the dates of a file; `formats` (as in strptime) come before ISO and EDTF."""

    def __init__(self, formats: Iterable[str] = ()) -> None:
        self._forms = [_reader(form) for form in formats]
        self._known: dict[str, str] = {}

    def read(self, value: str) -> str:
        """`value` as EDTF, "" where it is empty; raises DateError."""
        known = self._known.get(value)
        if known is None:
            known = self._read(value.strip())  # valid EDTF from here on
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[value] = known
        return known

    def span(self, start: str, end: str) -> str:
        """A start and an end as one EDTF date; an empty end leaves the start alone."""
        start = start if start == ".." else self.read(start)
        end = end if end == ".." else self.read(end)
        if not end or start == end:
            return "" if start == ".." else start
        made = f"{start}/{end}"
        # Two days in order make a span; anything else is looked at.
        return made if len(start) == len(end) == 10 and start < end else dates.parse(made).text

    def _read(self, value: str) -> str:
        if not value:
            return ""
        for form in self._forms:
            if found := form(value):
                return found
        if parts := _PARTS.fullmatch(value):
            return _joined(value, *(int(part or 0) for part in parts.groups()))
        if _BEFORE_CHRIST.fullmatch(value):
            raise _refused(value, ": years before the year 1 cannot be kept")
        if timed := _WITH_TIME.fullmatch(value):
            value = timed[1]
        elif basic := _BASIC.fullmatch(value):
            value = "-".join(basic.groups())
        try:
            return dates.parse(value).text
        except dates.DateError as error:
            written = spelt(value)
            if not written:
                hint = "" if self._forms else "; give its form under [read] date_format"
                raise _refused(value, f"{_why(error)}{hint}") from None
        try:
            return dates.parse(written).text
        except dates.DateError as error:
            raise _refused(value, _why(error)) from None


def _refused(value: str, why: str) -> dates.DateError:
    shown = line(value)
    return dates.DateError(f"'{shown[:40]}{'…' if shown[40:] else ''}' is not a date{why}")


def _why(error: dates.DateError) -> str:
    """Why it is no date, without how a dossier writes dates: the file is not the dossier."""
    why = str(error).rpartition(" is not a date")[2]
    return why.partition("; write YYYY")[0].partition(": write YYYY")[0]


def _joined(value: str, year: int, month: int, day: int) -> str:
    if day and not month:
        raise dates.DateError(f"{value!r} is not a date: it has a day and no month")
    joined = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return dates.parse(joined).text


def _reader(form: str) -> Callable[[str], str]:
    """A function from a value to EDTF, "" where it does not fit; raises StoreError."""
    if per_second := SINCE_1970.get(form):
        return lambda value: _since_1970(value, 86_400 * per_second)
    take = _precision(form)

    def read(value: str) -> str:
        try:
            # Not datetime's: it wants a day even where the format has none.
            parsed = time.strptime(value, form)
        except (ValueError, OverflowError):
            return ""
        if parsed.tm_year < 1:
            return ""
        return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"[:take]

    return read


def _since_1970(value: str, per_day: int) -> str:
    """The day in UTC; "" for what is no number, or a day beyond the calendar."""
    if not _NUMBER.fullmatch(value):
        return ""
    try:
        return date.fromordinal(_DAY_OF_1970 + int(float(value) // per_day)).isoformat()
    except (ValueError, OverflowError):
        return ""


def _precision(form: str) -> int:
    """How many characters of YYYY-MM-DD a format fills; raises StoreError for a bad one."""
    where = f"read.date_format: {clean_line(form)[:60]!r}"
    named = {name for name in _DIRECTIVE.findall(form) if name != "%"}
    if not named & _YEARS:
        since = '; for seconds since 1970 write "epoch", for milliseconds "epoch-ms"'
        raise StoreError(
            f"{where} has no year; write it as in %d/%m/%Y{since if form == '%s' else ''}"
        )
    try:
        time.strptime("", form)
    except ValueError as error:
        if "does not match" not in str(error):
            raise StoreError(f"{where} is no format: {clean_line(str(error))[:120]}") from None
    except (KeyError, IndexError, re.error):
        raise StoreError(f"{where} is no format; write it as in %d/%m/%Y") from None
    if named & _DAYS:
        if not named & _MONTHS:
            raise StoreError(f"{where} has a day and no month; write it as in %d/%m/%Y")
        return 10
    return 7 if named & _MONTHS else 4
