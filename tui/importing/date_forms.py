"""How the dates of a column are written, judged by its cells: what is doubtful is not chosen."""

import re
import time
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tui.dossier.dates import DateError
from tui.importing.written_dates import DateReader, is_no_date


class Form(NamedTuple):
    """How the dates of a column are read: formats for ``date_format``, and what to say of them.

    Of `choices` the reader of the proposal must take one: nothing in the file tells which. With
    `other` the dates are none of our calendar, and the column is not one to take.
    """

    formats: list[str] = []
    said: str = ""
    choices: list[str] = []
    other: bool = False


# Day, month and year in figures, in an order that only the whole column can tell.
_FIGURES = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})"
    r"([T ]+\d{1,2}:\d\d(?P<seconds>:\d\d)?(?:(?P<gap> ?)[AP]M)?)?",
    re.ASCII | re.IGNORECASE,
)
_CLEAR = ("%Y,%m,%d", "%d-%b-%y", "%d %b %y", "%m/%Y", "%m.%Y")
_MONTH_AND_TWO = re.compile(r"[A-Za-z]{3}[- ](\d\d)", re.ASCII)
# Seconds since 1970 of the years 1990 to 2100, so that hardly any other number is taken for them.
_SECONDS = range(631_152_000, 4_102_444_800)
_WHOLE = re.compile(r"\d{9,13}(?:\.\d+)?", re.ASCII)
_BARE = re.compile(r"[-+]?[\d.,]{1,7}\Z", re.ASCII)
#: The days of spreadsheets of 1940 to 2099: days since the end of 1899.
_EXCEL_DAYS = range(14_611, 73_051)
#: Years of the Persian and Islamic calendars in dates of the last century and of this one; and of
#: the Buddhist and Jewish ones, which are all later.
_OTHER_YEARS, _LATE = range(1300, 1461), 2400
#: How many of the cells must be dates: of any column, and of one that is named for dates.
_MOST, _SOME = 0.9, 0.34


def is_bare(cells: list[str]) -> bool:
    """Whether more than half of the cells are short numbers, which may be anything."""
    return sum(bool(_BARE.match(cell)) for cell in cells) * 2 > len(cells)


def form_of(
    cells: list[str], evidence: Iterable[list[str]], *, named: bool, is_year: bool = False
) -> Form | None:
    """Return how nearly all of these cells are read as dates; None if they are no dates.

    Where day and month may be either, `evidence` tells: its cells are looked at list by list. A
    column that is `named` for dates may have more cells that are none, and numbers are years only
    in one that is named for years.
    """
    known = [cell for cell in cells if not is_no_date(cell)]
    if not known:
        return None
    if is_bare(known) or (not named and any(map(_BARE.match, known))):
        return _of_numbers(known, is_year=is_year) if named else None
    if (years := _years(known, [], 0)) and (form := _of_calendar(years, known)):
        return form if named or len(years) >= len(known) * _MOST else None
    for share in (_MOST, _SOME) if named else (_MOST,):
        if _years(known, [], share):
            return Form()
        for name, per_second in (("epoch", 1), ("epoch-ms", 1000)):
            if all(
                _WHOLE.fullmatch(one) and int(float(one)) // per_second in _SECONDS for one in known
            ):
                return Form([name], f"numbers taken as {name}, the time since 1970")
        if found := next(([form] for form in _CLEAR if _years(known, [form], share)), None):
            return Form(found)
        if form := _in_figures(known, evidence, share):
            return form
        if numbers := [int(match[1]) for one in known if (match := _MONTH_AND_TWO.fullmatch(one))]:
            if len(numbers) < len(known) * share:
                return None
            if any(number > 31 or not number for number in numbers):
                return Form(["%b-%y" if "-" in known[0] else "%b %y"])
            return Form(said=f"{known[0]} may be a day or a year", choices=["%b-%y"])
    return None


def _of_numbers(cells: list[str], *, is_year: bool) -> Form | None:
    """The form of short numbers: years, or the days of a spreadsheet."""
    whole = [int(cell) for cell in cells if cell.isdecimal()]
    if len(whole) < len(cells) * _MOST:
        years = _years(cells, [], _MOST if not is_year else _SOME)
        return (_of_calendar(years, cells) or Form()) if years and is_year else None
    if all(number in _EXCEL_DAYS for number in whole) and all(len(cell) == 5 for cell in cells):
        said = f"numbers taken as days of a spreadsheet ({cells[0]} is {_excel(cells[0])})"
        return Form(["excel"], said)
    if all(len(cell) == 6 for cell in cells) and _years(cells, ["%Y%m"], _MOST):
        return Form(["%Y%m"])
    if not is_year:
        return None
    if all(len(cell) == 2 for cell in cells):
        return Form(["%y"], "years of two digits")
    this_year = time.gmtime().tm_year
    near = sum(1000 <= number <= this_year + 100 or not number for number in whole)
    return Form() if near >= len(whole) * _MOST or _years(cells, [], _MOST) else None


def _of_calendar(years: list[int], cells: list[str]) -> Form | None:
    """None for dates of our calendar, or else a form that says that they are of another."""
    others = sum(year in _OTHER_YEARS or year > _LATE for year in years)
    if others < len(years) * _MOST or not any(re.search(r"\d\D+\d", cell) for cell in cells):
        return None
    said = f"looks like another calendar ({cells[0]}); convert it first, to years of the common era"
    return Form(said=said, other=True)


def _in_figures(cells: list[str], evidence: Iterable[list[str]], share: float) -> Form | None:
    shapes = Counter(_shape(found) for cell in cells if (found := _FIGURES.fullmatch(cell)))
    usual = [shape for shape, _ in shapes.most_common(3)]
    day_first = [shape.format("%d", "%m") for shape in usual]
    month_first = [shape.format("%m", "%d") for shape in usual]
    if not usual or not (_years(cells, day_first, share) or _years(cells, month_first, share)):
        return None
    # What is above 12 is no month: one such number decides for all rows, never row by row.
    day = month = ""
    days_first = months_first = 0
    for seen in evidence:
        numbers = [found for cell in seen if (found := _FIGURES.fullmatch(cell.strip()))]
        days = [found[0] for found in numbers if int(found[1]) > 12]
        months = [found[0] for found in numbers if int(found[3]) > 12]
        days_first, months_first = len(days), len(months)
        day, month = (days or [""])[0], (months or [""])[0]
        if bool(days_first) != bool(months_first):
            break
    if not (days_first or months_first):
        if all(shape[2] == "." for shape in usual):
            return Form(day_first, "the day comes first, as with dots it does")
        said = f"{cells[0]} may have the day or the month first, and no other date tells"
        return Form(said=said, choices=[day_first[0], month_first[0]])
    chosen, sign = (day_first, day) if days_first >= months_first else (month_first, month)
    said = f"the {'day' if chosen is day_first else 'month'} comes first, as in {sign}"
    if others := min(days_first, months_first):
        said = f"{others:,} dates have day and month the other way round and are refused; {said}"
    return Form(chosen, said)


def _shape(found: re.Match[str]) -> str:
    """A format with a place for each of the two figures before the year."""
    year = "%Y" if len(found[4]) == 4 else "%y"
    time_ = ""
    if found[5]:
        seconds = ":%S" if found["seconds"] else ""
        between = "T" if found[5][0] in "Tt" else " "
        time_ = f"{between}%H:%M{seconds}"
        if found["gap"] is not None:
            time_ = f" %I:%M{seconds}{found['gap']}%p"
    return f"{{}}{found[2]}{{}}{found[2]}{year}{time_}"


def _years(cells: list[str], formats: list[str], share: float) -> list[int]:
    """The years of the cells if enough of them are dates of these formats, or of none; or []."""
    reader = DateReader(formats)
    years = []
    spare = len(cells) - max(1, int(len(cells) * share)) if share else len(cells)
    for cell in cells:
        try:
            years.append(int(reader.read(cell).lstrip("./")[:4]))
        except DateError:
            spare -= 1
            if spare < 0:
                return []
    return years


def _excel(cell: str) -> str:
    return DateReader(["excel"]).read(cell)
