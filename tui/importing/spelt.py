"""Dates written out in English, where they can mean one thing only → EDTF."""

import re

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# Seasons are months 21 to 24 in EDTF.
_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_NUMBERS |= {name: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_NUMBERS |= {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WORD = r"(?P<word>[a-z]+)\.?"
_YEAR = r"(?P<year>\d{4})"
_ALONE = (
    rf"{_DAY}[ -](?:of )?{_WORD},?[ -]{_YEAR}",
    rf"{_WORD} {_DAY},? {_YEAR}",
    rf"{_WORD},? {_YEAR}",
    rf"{_YEAR}(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?",
)
#: What may stand before the dash of a span, its year or month to be taken from the end.
_BEGUN = (_DAY, _WORD, rf"{_WORD} {_DAY}", rf"{_DAY} (?:of )?{_WORD}")
_POINT = [re.compile(form, re.ASCII) for form in _ALONE]
_START = [re.compile(form, re.ASCII) for form in _BEGUN]
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

# A year, a month or season, and a day; 0 where there is none.
_Part = tuple[int, int, int]


def spelt(value: str) -> str:
    """`value` as what should be EDTF; "" where it has none of these forms.

    ``5 June 2019`` · ``Sept. 3, 2021`` · ``Spring 2020`` · ``1920s`` · ``c. 1920`` ·
    ``1914–1918`` · ``5-7 June 2019`` · ``30 June – 2 July 2019``.
    """
    if len(value) > 60:
        return ""
    plain = _DASH.sub("–", " ".join(value.lower().split()))
    plain = _TIME.sub("", _WEEKDAY.sub("", plain))
    if decade := _DECADE.fullmatch(plain):
        return f"{decade[1]}0/{decade[1]}9"
    if about := _ABOUT.match(plain):
        part = _point(plain[about.end() :])
        return f"{_edtf(part)}~" if part else ""
    if part := _point(plain):
        return _edtf(part)
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


def _point(plain: str) -> _Part | None:
    """A date that stands on its own."""
    found = next((found for form in _POINT if (found := form.fullmatch(plain))), None)
    if not found:
        return None
    named = {name: text for name, text in found.groupdict().items() if text}
    month = int(named.get("month", 0))
    if "word" in named:
        month = _NUMBERS.get(named["word"], 0)
        if not month or (month > 12 and "day" in named):
            return None
    return int(named["year"]), month, int(named.get("day", 0))


def _start(plain: str, end: _Part) -> _Part | None:
    """The start of a span: a whole date, or one that says as much as its end but for the year."""
    if whole := _point(plain):
        return whole
    for form in _START:
        if found := form.fullmatch(plain):
            named = found.groupdict()
            month = _NUMBERS.get(named["word"], 0) if named.get("word") else end[1]
            day = int(named.get("day") or 0)
            return (end[0], month, day) if month and bool(day) == bool(end[2]) else None
    return None


def _edtf(part: _Part) -> str:
    year, month, day = part
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
