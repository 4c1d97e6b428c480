"""Dates as people write them → EDTF, with the precision they have and no more."""

import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime

from tui.dossier import dates
from tui.dossier.safe_text import clean_line
from tui.files import StoreError
from tui.importing.date_words import ONGOING, edtf, read_words
from tui.importing.registry import Memo
from tui.importing.rows import PART, as_line, without_invisible

#: What `date_format` may name beside formats of strptime: numbers of seconds, milliseconds or days
#: since a day, as 1 / so many of a day; and dates of a dossier, whatever else they might mean.
_SINCE = {
    "epoch": (date(1970, 1, 1), 86_400),
    "epoch-ms": (date(1970, 1, 1), 86_400_000),
    "excel": (date(1899, 12, 30), 1),
}
_EDTF = "edtf"
#: Values remembered, as many as 180 years have days: reading one takes a third of a row's time.
_REMEMBERED = 65_536

#: How much of a date is known: all of it, about so; or what is left of it.
PRECISIONS = ("day", "about", "month", "year", "decade")

#: Cells that say that there is no date, in lower case; so do those without a letter or a digit.
_NONE = frozenset({
    "na", "n/a", "#n/a", "#na", "n.a.", "nan", "nat", "null", "none", "nil", "unknown", "unk",
    "n.d.", "nd", "tba", "tbd", "missing", "not available", "undated", "#value!", "#ref!",
    "0001-01-01", "1900-01-00",
})  # fmt: skip
# Dates of zeros alone, and the codes for missing values of datasets of conflicts: -9, -99, -999.
_ZEROS = re.compile(
    r"(?:0{1,4}|-[789]{1,4})(?:[-/.](?:0{1,2}|-[789]{1,3})?){0,2}(?:[T ][0:.Z+]*)?", re.ASCII
)
#: The last day that databases know: an end that has not come.
_LAST_DAY = "9999-12-31"

# Year, month and day in columns of their own, joined by hyphens: any but the year may be missing.
_PARTS = re.compile(r"(\d{3,4})(?:-(\d{0,2}|-[789]{1,3}))?(?:-(\d{0,2}|-[789]{1,3}))?", re.ASCII)
_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d(?::?\d\d.*|Z)?", re.ASCII)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*|\d{6})?", re.ASCII)
_DASHES = re.compile(r"(\d{4})[‐-―−](\d\d)[‐-―−](\d\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d.*)?", re.ASCII)
_UNSPECIFIED = re.compile(r"(\d{4}(?:-\d\d)?)(?:-(?:XX|xx|\?\?)){1,2}", re.ASCII)
_TWO = re.compile(r"(\d{4}-\d\d.*)/(\d{4}-\d\d.*)", re.ASCII)
_JSON_DATE = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/", re.ASCII)
_BEFORE_CHRIST = re.compile(r"[-−–—] ?\d.*|.*\d ?B\.? ?C\.?(?: ?E\.?)?", re.ASCII | re.IGNORECASE)
_AFTER_CHRIST = re.compile(
    r"(?:A\.?D\.? ?)?(\d{1,4})(?: ?(?:A\.?D|C\.?E)\.?)?", re.ASCII | re.IGNORECASE
)
_NUMBER = re.compile(r"-?\d{1,17}(?:\.\d+)?", re.ASCII)
# "2020-21" may be the spring of 2020, as EDTF has it, or the years 2020 and 2021.
_SEASON = re.compile(r"\d\d(\d\d)-(2[1-4])", re.ASCII)


class DateReader:
    """Reads the dates of a file; `formats` (as in strptime) come before ISO and EDTF."""

    def __init__(self, formats: Iterable[str] = (), source_date: str = "") -> None:
        """Raises StoreError for a format that cannot be used.

        `source_date` is the (EDTF) date of the file's source: a year of two digits is none after
        it, nor after today.
        """
        today = time.strftime("%Y-%m-%d", time.gmtime())
        last = f"{dates.bounds(source_date)[1]:08}" if source_date else today
        self._latest = min(today, f"{last[:4]}-{last[4:6]}-{last[6:]}") if source_date else today
        self._formats = [self._format_reader(form) for form in formats]
        self._known = Memo(self._read, _REMEMBERED)
        self._shortened = ""

    def read(self, value: str) -> str:
        """Return `value` as EDTF, "" where it is empty; raises DateError."""
        return self._known[value]

    def read_span(self, start: str, end: str) -> str:
        """Return a start and an end as one EDTF date; an empty end leaves the start alone."""
        start = start if start == ".." else self.read(start)
        if end != "..":
            known = end.strip()
            ongoing = known.lower() in ONGOING or known.startswith(_LAST_DAY)
            end = ".." if ongoing else self.read(end)
        if not end or start == end:
            return "" if start == ".." else start
        made = f"{start}/{end}"
        # Two days in order make a span; anything else is looked at.
        return made if len(start) == len(end) == 10 and start < end else dates.parse(made).text

    def notes(self) -> Iterator[str]:
        """Return what to tell of dates that were read in a way that might have been another."""
        if self._shortened:
            yield (
                f"years of two digits are the last ones that are not after {self._latest}, the "
                f"date of the source or today: {self._shortened}"
            )

    def _read(self, written: str) -> str:
        value = _plain(written)
        for read in self._formats:
            if found := read(value):
                return found
        if is_no_date(value):
            return ""
        if value.startswith(_LAST_DAY):
            raise _refused(value, ": it stands for an end that has not come")
        value = _without_time(value)
        if parts := _PARTS.fullmatch(value):
            year, month, day = (max(0, int(part or 0)) for part in parts.groups())
            if day and not month:
                raise dates.DateError(f"{value!r} is not a date: it has a day and no month")
            season = _SEASON.fullmatch(value)
            if season and int(season[2]) == int(season[1]) + 1:
                raise _refused(
                    value,
                    f': a season of {year}, or two years? write {year}/{year + 1}, or "edtf" under '
                    "[read] date_format",
                )
            value = edtf((year, month, day))
        elif _BEFORE_CHRIST.fullmatch(value):
            raise _refused(value, ": years before the year 1 cannot be kept")
        try:
            return dates.parse(value).text
        except dates.DateError as error:
            spelt = read_words(value)
            if not spelt:
                hint = "" if self._formats else "; give its form under [read] date_format"
                raise _refused(written.strip(), f"{_why(error)}{hint}") from None
        try:
            return dates.parse(spelt).text
        except dates.DateError as error:
            raise _refused(written.strip(), _why(error)) from None

    def _format_reader(self, form: str) -> Callable[[str], str]:
        """Make a function from a value to EDTF, "" where it does not fit; raises StoreError."""
        if form in _SINCE:
            return lambda value: _since(value, *_SINCE[form])
        if form == _EDTF:
            return _edtf_or_none
        length = _filled(form)
        if (plain := _IN_FIGURES.fullmatch(form)) and len({*plain.groups()[::2]}) == 3:
            return _figures_reader(plain[2], [*plain.groups()[::2]])
        directives = _DIRECTIVE.findall(form)
        short = bool(_SHORT_YEARS.intersection(directives)) and "Y" not in directives

        def read(value: str) -> str:
            try:
                # Not datetime's: it wants a day even where the format has none.
                parsed = time.strptime(value, form)
            except (ValueError, OverflowError):
                return ""
            year = parsed.tm_year
            month_and_day = f"-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
            if not short:
                return f"{year:04}{month_and_day}"[:length]
            latest = self._latest[:length]
            while (made := f"{year:04}{month_and_day}"[:length]) > latest:
                year -= 100
            self._shortened = self._shortened or f"{as_line(value)[:40]} is {made}"
            return made

        return read


def is_no_date(value: str) -> bool:
    """Say whether a cell says that there is no date."""
    nothing = value.strip().lower()
    return (
        nothing in _NONE
        or not any(map(str.isalnum, nothing))
        or bool(_ZEROS.fullmatch(nothing.upper()))
    )


def _figures_reader(sign: str, order: list[str]) -> Callable[[str], str]:
    """Read day, month and year in figures, as strptime does in ten times as long."""
    year, month, day = (order.index(letter) for letter in "Ymd")

    def read(value: str) -> str:
        parts = value.split(sign)
        if len(parts) != 3 or len(parts[year]) != 4 or not all(map(str.isdecimal, parts)):
            return ""
        if len(parts[month]) > 2 or len(parts[day]) > 2:
            return ""
        try:
            return date(int(parts[year]), int(parts[month]), int(parts[day])).isoformat()
        except ValueError:
            return ""

    return read


def as_precise(date: str, precision: str) -> str:
    """Return an EDTF date with no more of it than is known; see `PRECISIONS`."""
    if precision == "day":
        return date
    start, slash, end = date.partition("/")
    if precision == "about":  # a span says itself between which days
        return date if slash or not start[-1:].isdigit() else f"{date}~"
    kept = {"month": 7, "year": 4, "decade": 3}[precision]
    start, end = (side[:kept] if side[:1].isdigit() else side for side in (start, end or start))
    if precision == "decade":
        start, end = (f"{side}{n}" if side[:1].isdigit() else side for side, n in
                      ((start, 0), (end, 9)))  # fmt: skip
    return start if start == end else f"{start}/{end}"


def _plain(written: str) -> str:
    """A cell without signs that are not seen, its digits those of ASCII."""
    value = written.strip().removesuffix(PART)
    if PART in value and value.replace(PART, "").isdigit():  # [2023, 4, 5] of JSON
        return value.replace(PART, "-")
    if value.isascii():
        return value
    value = without_invisible(unicodedata.normalize("NFKC", value)).strip()
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in value)


def _without_time(value: str) -> str:
    """A value of one of several forms as its day alone; others as they are."""
    if value[0] == "+" and value[1:2].isdigit():
        value = value[1:]
    if found := _TWO.fullmatch(value):
        return "/".join(map(_without_time, found.groups()))
    if timed := _WITH_TIME.fullmatch(value):
        return timed[1]
    if parts := _BASIC.fullmatch(value) or _DASHES.fullmatch(value):
        return "-".join(parts.groups())
    if found := _YEAR_FIRST.fullmatch(value):
        return f"{found[1]}-{found[3]:0>2}-{found[4]:0>2}"
    if found := _UNSPECIFIED.fullmatch(value):
        return found[1]
    if found := _JSON_DATE.fullmatch(value):
        return _since(found[1], *_SINCE["epoch-ms"]) or value
    if (found := _AFTER_CHRIST.fullmatch(value)) and not value.isdigit():
        return found[1].zfill(4)
    return value


def _edtf_or_none(value: str) -> str:
    try:
        return dates.parse(value).text
    except dates.DateError:
        return ""


def _refused(value: str, why: str) -> dates.DateError:
    shown = as_line(value)
    return dates.DateError(f"'{shown[:40]}{'…' if shown[40:] else ''}' is not a date{why}")


def _why(error: dates.DateError) -> str:
    """Why it is no date, without how a dossier writes dates: the file is not the dossier."""
    why = str(error).rpartition(" is not a date")[2]
    return why.partition("; write YYYY")[0].partition(": write YYYY")[0]


# -- formats

# Groups 1, 3 and 5 are the letters of day, month and year; group 2 is the sign between them.
_IN_FIGURES = re.compile(r"%([dmY])([./-])%([dmY])()\2%([dmY])")
_DIRECTIVE = re.compile(r"%([A-Za-z%])")
_YEARS, _SHORT_YEARS = frozenset("YyGxc"), frozenset("yxDg")
#: 5 June 1987: strptime takes a month or a day that its format does not have to be the first.
_SAMPLE = datetime(1987, 6, 5, tzinfo=UTC)


def _since(value: str, start: date, per_day: int) -> str:
    """Return the day in UTC; "" for what is no number, or a day beyond the calendar."""
    if not _NUMBER.fullmatch(value):
        return ""
    try:
        return date.fromordinal(start.toordinal() + int(float(value) // per_day)).isoformat()
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
