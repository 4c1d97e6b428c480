"""Dates as a dossier writes them: EDTF (ISO 8601-2), read, ordered, compared and shown.

Accepted: level 0 without times of day, and of level 1 seasons, ``~ ? %`` and open or unknown ends.

- ``2025-08-08``, ``2025-08``, ``2025`` and seasons ``2025-21`` … ``2025-24``; years 0001 to 9999.
- One qualifier may follow: ``~`` approximate, ``?`` uncertain, ``%`` both.
- ``START/END``, where one side may be ``..`` (open) or empty (not recorded).

Days are plain integers, ``yyyymmdd``, so they compare, store and index as they are.
Seasons are the northern ones by whole months: 21 spring March to May, 22 summer June to August,
23 autumn September to November, 24 winter December to the end of February of the next year.
A qualifier never widens the days a date covers: nobody recorded by how much.
"""

from __future__ import annotations

FIRST = 0
"""The ``lo`` of a date whose start is open or not recorded."""

LAST = 99991231
"""The ``hi`` of a date whose end is open or not recorded."""

ALLOWED = (
    "write YYYY, YYYY-MM, YYYY-MM-DD or a season YYYY-21 to YYYY-24, "
    "then ~ ? or % if need be, or START/END with .. for an open end"
)

_LONGEST = len("2025-10-06~/2025-10-07~")
_CACHE_SIZE = 8192

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""The months in English; nothing else in Summitry lists them."""

SEASONS = ("spring", "summer", "autumn", "winter")
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# One end of a date: year, month (0 none, 21 to 24 a season), day (0 none), qualifier.
# Year 0 stands for an end without a date: ".." open, "" not recorded.
_Part = tuple[int, int, int, str]


class DateError(ValueError):
    """Not a date that a dossier can hold; the message is one safe line saying what is allowed."""


class Date:
    """A date, a span of days or an open span; made by `parse`, never changed afterwards.

    ``text`` is the EDTF as written. ``lo`` and ``hi`` are the first and last day it may cover
    (``yyyymmdd``; `FIRST` and `LAST` when open or not recorded). ``at`` is the day it is listed
    under: ``lo``, or where the start is open the first day of its end.

    ``sort_key`` orders dates by ``at``, then the longer before the shorter, then by text.
    """

    __slots__ = ("_end", "_start", "at", "hi", "lo", "text")

    text: str
    lo: int
    hi: int
    at: int
    _start: _Part
    _end: _Part | None

    def __init__(
        self, text: str, lo: int, hi: int, at: int, start: _Part, end: _Part | None
    ) -> None:
        keep = object.__setattr__
        keep(self, "text", text)
        keep(self, "lo", lo)
        keep(self, "hi", hi)
        keep(self, "at", at)
        keep(self, "_start", start)
        keep(self, "_end", end)

    def __setattr__(self, name: str, value: object = None) -> None:
        raise AttributeError(f"a Date cannot be changed ({name})")

    __delattr__ = __setattr__

    @property
    def sort_int(self) -> int:
        """The order as one integer (under 2**63): ``ORDER BY sort_int, text`` in SQLite."""
        return self.at * 100_000_000 + (LAST - self.hi)

    @property
    def sort_key(self) -> tuple[int, str]:
        """The order as a tuple: ``(sort_int, text)``, total and different for each text."""
        return self.sort_int, self.text

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Date) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Date({self.text!r})"


# A plain dict rather than lru_cache: functools alone would double the import time.
_cache: dict[str, Date] = {}


def parse(text: str) -> Date:
    """Read EDTF exactly as written, with nothing around it; raises `DateError`."""
    date = _cache.get(text)
    if date is None:
        date = _parse(text)
        if len(_cache) >= _CACHE_SIZE:
            _cache.clear()
        _cache[text] = date
    return date


def bounds(text: str) -> tuple[int, int]:
    """The first and last day (``yyyymmdd``) that ``text`` may cover; raises `DateError`."""
    date = parse(text)
    return date.lo, date.hi


def precision(date: Date) -> str:
    """The precision recorded: ``day``, ``month``, ``season``, ``year`` or ``interval``."""
    return "interval" if date._end is not None else _kind(date._start)


def year(date: Date) -> int:
    """The year it is listed under: of its start, or of its end where the start is open."""
    return date.at // 10000


def month_of(day: int) -> int:
    """The month of a day ``yyyymmdd`` as one number: ``year * 12 + month - 1``."""
    return day // 10000 * 12 + day // 100 % 100 - 1


def show(date: Date) -> str:
    """The date in English, saying no more than was recorded.

    ``8 August 2025`` · ``April 2025 (day not recorded)`` · ``6–7 October 2025`` ·
    ``December 2024 – March 2025`` · ``since 2024`` · ``about 2019`` · ``2019 (uncertain)``.
    """
    start, end = date._start, date._end
    if end is None:
        if not start[3] and not start[2] and start[1] < 13:
            missing = "day" if start[1] else "month"
            return f"{_core(start)} ({missing} not recorded)"
        return _say(start)
    if not start[0]:
        return f"until {_say(end)}" + ("" if start[3] else ", start not recorded")
    if not end[0]:
        return f"since {_say(start)}" if end[3] else f"from {_say(start)}, end not recorded"
    if start == end:
        return _say(start)
    if start[3] or end[3]:
        return f"{_say(start)} – {_say(end)}"
    if start[2] and end[2] and start[:2] == end[:2]:
        return f"{start[2]}–{_core(end)}"
    same_year = start[0] == end[0] and start[1] and end[1]
    left = _core(start, with_year=not same_year)
    close = " " not in left and not end[2] and _kind(start) == _kind(end)
    return f"{left}–{_core(end)}" if close else f"{left} – {_core(end)}"


def short(date: Date) -> str:
    """At most 7 characters for a column under a year heading: `` 8 Aug``, ``   Apr``, ``  2026``.

    Six wide, right aligned, so that months stand under each other; a ``?`` takes the seventh. A
    span gives its start; without one, ``–`` and its end.
    """
    start, end = date._start, date._end
    if end is None or start[0]:
        text = _short(start)
        # "~10 Aug?" is one too many; uncertain says the more of the two.
        text = text if len(text) <= 7 else text.removeprefix("~")
    else:
        # Say less rather than leave out that it is approximate: the month, or else the year.
        year_, month, day, mark = end
        coarser = (year_, month if day else 0, 0, mark)
        text = "–" + _short(end)
        text = text if len(text) <= 7 else "–" + _short(coarser)
    return text.rjust(7 if text.endswith("?") else 6)


def _parse(text: str) -> Date:
    if text[10:11] in ("T", "t") or (":" in text[:40] and text[:4].isdigit()):
        raise _error(text, "times of day are not used: give the day only, YYYY-MM-DD")
    if len(text) > _LONGEST:
        raise _error(text, f"it is too long; {ALLOWED}")
    first, slash, second = text.partition("/")
    if not slash:
        part, lo, hi = _point(first, text)
        return Date(text, lo, hi, lo, part, None)
    if first in ("", "..") and second in ("", ".."):
        raise _error(text, f"a span needs a date on one side at least; {ALLOWED}")
    start, lo, _ = _end(first, text)
    end, end_lo, hi = _end(second, text)
    if hi < lo:
        raise _error(text, "it ends before it starts; write START/END, the earlier date first")
    at = lo if start[0] else end_lo
    return Date(text, lo, hi, at, start, end)


def _end(piece: str, text: str) -> tuple[_Part, int, int]:
    if piece in ("", ".."):
        return (0, 0, 0, piece), FIRST, LAST
    return _point(piece, text)


def _point(piece: str, text: str) -> tuple[_Part, int, int]:
    """One date without a slash, with its first and last day."""
    mark = piece[-1:] if piece.endswith(("~", "?", "%")) else ""
    bare = piece.removesuffix(mark) if mark else piece
    fields = bare.split("-")
    widths = [len(field) for field in fields]
    # isdigit alone would let "²" and Arabic digits through.
    if not bare.isascii() or not all(f.isdigit() for f in fields) or widths[0] != 4:
        raise _error(text, ALLOWED)
    if widths[1:] not in ([], [2], [2, 2]):
        raise _error(text, f"months and days take two digits; {ALLOWED}")
    numbers = [int(field) for field in fields]
    year_, month, day = numbers + [0] * (3 - len(numbers))
    if year_ == 0:
        raise _error(text, f"years run from 0001 to 9999; {ALLOWED}")
    if len(numbers) == 1:
        return (year_, 0, 0, mark), year_ * 10000 + 101, year_ * 10000 + 1231
    if 21 <= month <= 24 and len(numbers) == 2:
        return (year_, month, 0, mark), *_season(year_, month)
    if not 1 <= month <= 12:
        raise _error(text, f"there is no month {month:02}; {ALLOWED}")
    base = year_ * 10000 + month * 100
    length = _length(year_, month)
    if len(numbers) == 2:
        return (year_, month, 0, mark), base + 1, base + length
    if not 1 <= day <= length:
        raise _error(text, f"{MONTHS[month - 1]} {year_:04} has days 01 to {length}")
    return (year_, month, day, mark), base + day, base + day


def _season(year_: int, season: int) -> tuple[int, int]:
    month = (season - 20) * 3
    lo = year_ * 10000 + month * 100 + 1
    if season < 24:
        return lo, year_ * 10000 + (month + 2) * 100 + _length(year_, month + 2)
    return lo, min((year_ + 1) * 10000 + 200 + _length(year_ + 1, 2), LAST)


def _length(year_: int, month: int) -> int:
    if month == 2 and year_ % 4 == 0 and (year_ % 100 != 0 or year_ % 400 == 0):
        return 29
    return _LENGTHS[month - 1]


def _error(text: str, why: str) -> DateError:
    # ascii() escapes newlines, escape codes and bidi controls; each half is cut, so it stays short.
    quoted = ascii(text[:41])
    if len(text) > 40 or len(quoted) > 42:
        quoted = f"{quoted[:38].rstrip(chr(92))}…{quoted[0]}"
    return DateError(f"{quoted} is not a date: {why}")


def _kind(part: _Part) -> str:
    if part[2]:
        return "day"
    return "season" if part[1] > 12 else "month" if part[1] else "year"


def _core(part: _Part, *, with_year: bool = True) -> str:
    year_, month, day, _ = part
    words = [str(day)] if day else []
    if month:
        words.append(SEASONS[month - 21] if month > 12 else MONTHS[month - 1])
    if with_year or not month:
        # Four digits always: "April 5" would read as a day.
        words.append(f"{year_:04}")
    return " ".join(words)


def _say(part: _Part) -> str:
    about = "about " if part[3] in ("~", "%") else ""
    uncertain = " (uncertain)" if part[3] in ("?", "%") else ""
    return f"{about}{_core(part)}{uncertain}"


def _short(part: _Part) -> str:
    year_, month, day, mark = part
    if month > 12:
        core = SEASONS[month - 21]
    elif month:
        core = (f"{day} " if day else "") + MONTHS[month - 1][:3]
    else:
        core = f"{year_:04}"
    return ("~" if mark in ("~", "%") else "") + core + ("?" if mark in ("?", "%") else "")
