"""Dates in words, in the languages of ``languages.toml``, where they can mean one thing only."""

import re
from functools import cache
from unicodedata import normalize

from tui.dossier import dates
from tui.dossier.folding import fold
from tui.importing.rows import language_data

# A year, a month (in EDTF seasons are months 21 to 24), and a day; 0 where there is none.
_Point = tuple[int, int, int]

_LONGEST = 60
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ROMAN = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
#: An end that has not come.
ONGOING = frozenset({
    "present", "ongoing", "on-going", "now", "current", "today", "to date", "heute", "présent",
    "actualidad", "oggi", "obecnie", "н.в.", "настоящее время", "günümüz", "indiyədək",
})  # fmt: skip

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|re|º|ª|\.)?"
_WORD = r"(?P<word>[^\W\d_]+)\.?"
_YEAR = r"(?P<year>\d{4})"
_OF = r"(?:of |de |del )?"
_POINTS = [
    re.compile(form)
    for form in (
        rf"{_DAY}[ -]?{_OF}{_WORD},?[ -]?{_OF}{_YEAR}",
        rf"{_WORD} {_DAY},? {_YEAR}",
        rf"{_WORD},? {_OF}{_YEAR}",
        r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?",
        rf"{_YEAR},?[ -]{_WORD}(?:[ -]{_DAY})?",
        rf"{_YEAR} წლის {_DAY} {_WORD}",
        r"(?P<day>\d{1,2})\. ?(?P<roman>[ivx]+)\.? ?(?P<year>\d{4})",
        r"(?P<year>\d{4}) ?[年년](?: ?(?P<month>\d{1,2}) ?[月월](?: ?(?P<day>\d{1,2}) ?[日일])?)?",
    )
]
# "June 5-7, 2019": the only span whose end takes something from its start.
_IN_MONTH = re.compile(r"([^\W\d_]+\.? )(\d{1,2})[–-](\d{1,2},? \d{4})")
# "28.02.-02.03.2023": with dots the day comes first.
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?[–-](\d{1,2})\.(\d{1,2})\.(\d{4})")
_DECADE = re.compile(r"(?:the )?([1-9]\d[1-9])0'?s|(\d{3})x")  # the 1900s may be a century
_ABOUT = re.compile(r"(?:circa|approximately|approx\.?|about|around|ca\.?|c\.?)(?: |(?=\d))")
_UNSURE = re.compile(r" ?\(\?\)$")
_TIME = re.compile(
    r",? (?:at )?\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: ?\(?(?:gmt|utc)(?:[+−-]\d{1,2})?\)?)?$"
)
_YEAR_WORD = re.compile(
    r"(?<=\d)(?:[ -](?:г|год|года|р|рік|року|r|roku|rok|il|ildə|yılı|թ|թվական|წ|წელი)|[مг]"
    r"|-c[iuüı] il)\.?$"
)
_DASH = re.compile(r" (?:-|/|to|bis|until) | ?[–—→] ?")
_COMMAS = str.maketrans("،、，", ",,,")


@cache
def _numbers() -> dict[str, int]:
    """The months and seasons by their folded names."""
    months = language_data()["months"]
    return {name: int(n) for n, names in months.items() for name in names} | _SEASONS


@cache
def _weekday() -> re.Pattern[str]:
    """A weekday before a day and a year ("Mon 2020" is not the year 2020), or after them."""
    names = sorted(language_data()["weekdays"], key=len, reverse=True)
    words = "|".join(map(re.escape, names))
    return re.compile(rf"^(?:{words})\.?,? (?=.*\d\D+\d{{4}})|(?<=\d{{4}}),? (?:{words})$")


def read_words(value: str) -> str:
    """Return `value` as what should be EDTF; "" where it has none of these forms.

    ``5 June 2019`` · ``Sept. 3, 2021`` · ``5 апреля 2023 г.`` · ``Spring 2020`` · ``1920s`` ·
    ``c. 1920`` · ``1914–1918`` · ``5-7 June 2019`` · ``30 June – 2 July 2019`` · ``2023年4月5日``.
    """
    if len(value) > _LONGEST:
        return ""
    # A dotted capital I has no lower case of one letter.
    lower = normalize("NFC", value.replace("İ", "I").lower()).translate(_COMMAS)
    plain = _DASH.sub("–", " ".join(lower.split()))
    unsure = "?" if _UNSURE.search(plain) else ""
    plain = _TIME.sub("", _weekday().sub("", _UNSURE.sub("", plain)))
    plain = _YEAR_WORD.sub("", plain)
    if decade := _DECADE.fullmatch(plain):
        tens = decade[1] or decade[2]
        return f"{tens}0/{tens}9"
    about = _ABOUT.match(plain)
    if point := _point(plain[about.end() :] if about else plain):
        return edtf(point) + ("%" if about and unsure else "~" if about else unsure)
    return "" if about or unsure else _span(plain)


def _span(plain: str) -> str:
    start, _, end = plain.rpartition("–")
    if end in ONGOING and (opening := _point(start)):
        return f"{edtf(opening)}/.."
    if found := _DOTTED.fullmatch(plain):
        day, month, year, *last = found.groups()
        sides = ((year or last[2], month, day), reversed(last))
        return "/".join(edtf(_as_point(*side)) for side in sides)
    if found := _IN_MONTH.fullmatch(plain):
        plain = f"{found[1]}{found[2]}–{found[1]}{found[3]}"
    dash = "–" if "–" in plain else "-"
    at = plain.find(dash)
    while at > 0:
        last_day = _point(plain[at + 1 :])
        first_day = last_day and _start(plain[:at], last_day)
        if first_day and last_day:
            return f"{edtf(first_day)}/{edtf(last_day)}"
        at = plain.find(dash, at + 1)
    return ""


def _as_point(year: str, month: str, day: str) -> _Point:
    return int(year), int(month), int(day)


def _point(plain: str) -> _Point | None:
    """A date that stands on its own."""
    for form in _POINTS:
        if found := form.fullmatch(plain):
            named = {name: text for name, text in found.groupdict().items() if text}
            month = int(named.get("month", 0))
            if "roman" in named:
                month = _ROMAN.index(named["roman"]) if named["roman"] in _ROMAN else 0
            if "word" in named:
                month = _numbers().get(fold(named["word"]), 0)
            if ("word" in named or "roman" in named) and (
                not month or (month > 12 and "day" in named)
            ):
                continue
            return int(named["year"]), month, int(named.get("day", 0))
    return None


def _start(plain: str, end: _Point) -> _Point | None:
    """Read the start of a span: a whole date, or one that takes its year or month from the end."""
    if whole := _point(plain):
        return whole
    year, month, day = end
    named = f"{dates.MONTHS[month - 1].lower()} " if 1 <= month <= 12 else ""
    start = _point(f"{plain} {year:04}") or _point(f"{plain} {named}{year:04}")
    return start if start and bool(start[2]) == bool(day) else None


def edtf(point: _Point) -> str:
    """A date as EDTF, as precise as it is."""
    year, month, day = point
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
