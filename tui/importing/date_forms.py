"""How the dates of a column are written, judged by its cells.

Where the first of them leave a doubt, all rows tell; what is doubtful even then is not chosen.
"""

import re
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from tui.dossier.dates import DateError
from tui.importing.written_dates import DateReader, is_no_date

# Day, month and year in figures, in an order that only the whole column can tell.
_FIGURES = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})"
    r"([T ]+\d{1,2}:\d\d(?P<seconds>:\d\d)?(?:(?P<gap> ?)[AP]M)?)?",
    re.ASCII | re.IGNORECASE,
)
_MOST_SHAPES = 5
_CLEAR = ("%Y,%m,%d", "%d-%b-%y", "%d %b %y", "%m/%Y", "%m.%Y")
_MONTH_AND_TWO = re.compile(r"[A-Za-z]{3}[- ](\d\d)", re.ASCII)
# Seconds since 1970 of the years 1990 to 2100, so that hardly any other number is taken for them.
_SECONDS = range(631_152_000, 4_102_444_800)
_WHOLE = re.compile(r"\d{9,13}(?:\.\d+)?", re.ASCII)
_PARTED = re.compile(r"\d\D+\d")
_BARE = re.compile(r"[-+]?[\d.,]{1,7}\Z", re.ASCII)
#: The days of spreadsheets of 1940 to 2099: days since the end of 1899.
_EXCEL_DAYS = range(14_611, 73_051)
#: Years of the Persian and Islamic calendars in dates of the last century and of this one; those
#: of the Buddhist and Jewish ones are all later than 2400.
_OTHER_YEARS, _LATE = range(1300, 1461), 2400
#: How many of the cells must be dates: of any column, and of one that is named for dates.
MOST, _SOME = 0.9, 0.34


class Form(NamedTuple):
    """How the dates of a column are read: formats for ``date_format``, and what to say of them.

    Of `choices` the reader of the proposal must take one: nothing in the file tells which. With
    `other` the dates are none of our calendar, and the column is not one to take.
    """

    formats: tuple[str, ...] = ()
    said: str = ""
    choices: tuple[str, ...] = ()
    other: bool = False


def form_of(
    cells: list[str], evidence: Iterable[str], *, named: bool, is_year: bool = False
) -> Form | None:
    """Return how nearly all of these cells are read as dates; None if they are no dates.

    Where day and month may be either, `evidence` tells: the cells of all rows. A column that is
    `named` for dates may have more cells that are none, and numbers are years only in one that is
    named for years.
    """
    known = [cell for cell in cells if not is_no_date(cell)]
    if not known:
        return None
    if are_bare(known) or (not named and any(map(_BARE.match, known))):
        return _of_numbers(known, is_year=is_year) if named else None
    years = _years(known, [], 0)
    if len(years) >= len(known) * (_SOME if named else MOST) and (form := _calendar(years, known)):
        return form
    for share in (MOST, _SOME) if named else (MOST,):
        if len(years) >= max(1, int(len(known) * share)):
            return Form()
        for name, per_second in (("epoch", 1), ("epoch-ms", 1000)):
            if all(map(_WHOLE.fullmatch, known)) and all(
                int(float(one)) // per_second in _SECONDS for one in known
            ):
                return Form((name,), f"numbers taken as {name}, the time since 1970")
        if found := next((form for form in _CLEAR if _years(known, [form], share)), ""):
            return Form((found,))
        if form := _in_figures(known, evidence, share) or _month_and_two(known, share):
            return form
    return None


def are_bare(cells: list[str]) -> bool:
    """Whether more than half of the cells are short numbers, which may be anything."""
    return sum(bool(_BARE.match(cell)) for cell in cells) * 2 > len(cells)


def _of_numbers(cells: list[str], *, is_year: bool) -> Form | None:
    """The form of short numbers: years, or the days of a spreadsheet."""
    whole = [cell for cell in cells if cell.isdecimal()]
    if (
        all(len(cell) == 5 and int(cell) in _EXCEL_DAYS for cell in cells if cell in whole)
        and whole
    ):
        day = DateReader(["excel"]).read(whole[0])
        return Form(("excel",), f"numbers taken as days of a spreadsheet ({whole[0]} is {day})")
    if _years([cell for cell in cells if len(cell) == 6], ["%Y%m"], _SOME):
        return Form(("%Y%m",))
    if is_year and all(len(cell) == 2 for cell in whole):
        return Form(("%y",), "years of two digits")
    latest = time.gmtime().tm_year + 100
    near = sum(1000 <= int(cell) <= latest for cell in whole)
    fits = near >= len(whole) * MOST or _years(cells, [], MOST)
    return Form() if is_year and fits and _years(cells, [], _SOME) else None


def _calendar(years: list[int], cells: list[str]) -> Form | None:
    """None for dates of our calendar, or else a form that says that they are of another."""
    others = sum(year in _OTHER_YEARS or year > _LATE for year in years)
    if not years or others < len(years) * MOST or not any(map(_PARTED.search, cells)):
        return None
    said = f"looks like another calendar ({cells[0]}); convert it first, to years of the common era"
    return Form(said=said, other=True)


def _month_and_two(cells: list[str], share: float) -> Form | None:
    """The form of ``Apr-23``: a day, or a year as well."""
    numbers = [int(found[1]) for one in cells if (found := _MONTH_AND_TWO.fullmatch(one))]
    if len(numbers) < len(cells) * share:
        return None
    form = "%b-%y" if "-" in cells[0] else "%b %y"
    if any(number > 31 or not number for number in numbers):
        return Form((form,))
    return Form(said=f"{cells[0]} may be a day or a year", choices=(form,))


def _in_figures(cells: list[str], evidence: Iterable[str], share: float) -> Form | None:
    figures = list(filter(None, map(_FIGURES.fullmatch, cells)))
    if len(figures) < max(1, len(cells) * share):
        return None
    # What is above 12 is no month: one such number decides for all rows, never row by row.
    shapes: Counter[str] = Counter()
    days: list[str] = []
    months: list[str] = []
    for found in filter(None, map(_FIGURES.fullmatch, evidence)):
        shapes[_shape(found)] += 1
        for place, above in ((1, days), (3, months)):
            if int(found[place]) > 12:
                above.append(found[0])
    usual = [shape for shape, _ in shapes.most_common(_MOST_SHAPES)]
    day_first, month_first = (
        tuple(shape.format(*order) for shape in usual) for order in (("%d", "%m"), ("%m", "%d"))
    )
    if not (days or months):
        if all(shape[2] == "." for shape in usual):
            return Form(day_first, "the day comes first, as with dots it does")
        said = f"{figures[0][0]} may have the day or the month first, and no other date tells"
        return Form(said=said, choices=(day_first[0], month_first[0]))
    is_day = len(days) >= len(months)
    said = (
        f"the {'day' if is_day else 'month'} comes first, as in {(days if is_day else months)[0]}"
    )
    if others := min(len(days), len(months)):
        said = f"{others:,} dates have day and month the other way round and are refused; {said}"
    return Form(day_first if is_day else month_first, said)


def _shape(found: re.Match[str]) -> str:
    """A format with a place for each of the two figures before the year."""
    year = "%Y" if len(found[4]) == 4 else "%y"
    clock = ""
    if found[5]:
        seconds = ":%S" if found["seconds"] else ""
        clock = f"{'T' if found[5][0] in 'Tt' else ' '}%H:%M{seconds}"
        if found["gap"] is not None:
            clock = f" %I:%M{seconds}{found['gap']}%p"
    return f"{{}}{found[2]}{{}}{found[2]}{year}{clock}"


def _years(cells: list[str], formats: list[str], share: float) -> list[int]:
    """The years of the cells if enough of them are dates of these formats, or of none; or []."""
    reader = DateReader(formats)
    years = []
    for cell in cells:
        with suppress(DateError):
            years.append(int(reader.read(cell).lstrip("./")[:4]))
    return years if len(years) >= max(1, int(len(cells) * share)) else []
