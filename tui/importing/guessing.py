"""Which columns hold dates, in which form, and whether a first row is a header at all."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui.dossier import dates
from tui.importing.when import Dates

# Day, month and year in figures, in an order that only the whole column can tell.
_FIGURES = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})"
    r"([T ]+\d{1,2}:\d\d(?P<seconds>:\d\d)?(?:(?P<gap> ?)[AP]M)?)?",
    re.ASCII | re.IGNORECASE,
)
_CLEAR = ("%Y/%m/%d", "%Y,%m,%d", "%Y.%m.%d", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%d-%b-%y",
          "%m/%Y", "%m.%Y")  # fmt: skip
# Seconds since 1970 of the years 1990 to 2100, so that hardly any other number is taken for them.
_SECONDS = range(631_152_000, 4_102_444_800)
_WHOLE = re.compile(r"\d{9,13}(?:\.\d+)?", re.ASCII)
_BARE = re.compile(r"[-+]?[\d.,]{1,7}", re.ASCII)
_FULL_DATE = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})(?:[T ].*)?$", re.ASCII)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*$", re.ASCII)
_KINDS = (_FULL_DATE, _ADDRESS, _NUMBER)
_NUMBERED = re.compile(r"_\d+$", re.ASCII)


class Form(NamedTuple):
    """How the dates of a column are read: `formats` for ``date_format``, and what to say of it."""

    formats: list[str]
    note: str = ""


def form_of(cells: list[str], evidence: Iterable[list[str]]) -> Form | None:
    """How nearly all of these cells are read as dates; None if they are no dates.

    Where day and month may be either, `evidence` tells: its cells are looked at list by list.
    """
    if not cells:
        return None
    if _fits(cells, []):
        return Form([])
    for name, per_second in (("epoch", 1), ("epoch-ms", 1000)):
        if all(_WHOLE.fullmatch(cell) and int(float(cell)) // per_second in _SECONDS
               for cell in cells):  # fmt: skip
            return Form([name], f"numbers taken as {name}, the time since 1970")
    found = next(([form] for form in _CLEAR if _fits(cells, [form])), None)
    return Form(found) if found else _in_figures(cells, evidence)


def _in_figures(cells: list[str], evidence: Iterable[list[str]]) -> Form | None:
    shapes = Counter(_shape(found) for cell in cells if (found := _FIGURES.fullmatch(cell)))
    if not shapes:
        return None
    day_first, month_first = (
        [_format(shape, order) for shape, _ in shapes.most_common(3)]
        for order in ("%d{0}%m{0}", "%m{0}%d{0}")
    )
    if not (_fits(cells, day_first) or _fits(cells, month_first)):
        return None
    # What is above 12 is no month: one such number decides for all rows, never row by row.
    days_first = months_first = 0
    for seen in evidence:
        numbers = [found for cell in seen if (found := _FIGURES.fullmatch(cell.strip()))]
        days_first = sum(int(found[1]) > 12 for found in numbers)
        months_first = sum(int(found[3]) > 12 for found in numbers)
        if bool(days_first) != bool(months_first):
            break
    if not (days_first or months_first):
        return Form(day_first, f"the day is taken to come first, but {month_first[0]} fits as well")
    chosen, others = (
        (day_first, months_first) if days_first >= months_first else (month_first, days_first)
    )
    if not others:
        return Form(chosen)
    said = f"{others:,} dates have day and month the other way round and are refused"
    return Form(chosen, said)


def _shape(found: re.Match[str]) -> tuple[str, str, str]:
    """What parts the figures, how the year is written, and the form of the time."""
    year = "%Y" if len(found[4]) == 4 else "%y"
    if not found[5]:
        return found[2], year, ""
    seconds = ":%S" if found["seconds"] else ""
    if found["gap"] is None:
        return found[2], year, f"{'T' if found[5][0] in 'Tt' else ' '}%H:%M{seconds}"
    return found[2], year, f" %I:%M{seconds}{found['gap']}%p"


def _format(shape: tuple[str, str, str], order: str) -> str:
    between, year, time = shape
    return order.format(between) + year + time


def _fits(cells: list[str], formats: list[str]) -> bool:
    """Whether nearly all of the cells are dates of these formats, or of none."""
    reader = Dates(formats)
    spare = len(cells) - max(1, len(cells) * 9 // 10)
    for cell in cells:
        try:
            reader.read(cell)
        except dates.DateError:
            spare -= 1
            if spare < 0:
                return False
    return True


def is_dated(cells: list[str]) -> bool:
    """Whether cells can be dates without a header to say so: short numbers are anything."""
    return not any(map(_BARE.fullmatch, cells))


def looks_like_data(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table is one like those below it, and not their header."""
    told = numbers = 0
    below = [row for row in rows if list(row) != list(header)]  # a header may come again
    for place, name in enumerate(header):
        cells = [cell for row in below if (cell := row[place].strip())]
        if not cells or name == f"column_{place + 1}":
            continue
        # Headers that are repeated have a number by now.
        plain = _NUMBERED.sub("", name)
        name = plain if plain in header else name
        kinds = [kind for kind in _KINDS if all(map(kind.match, cells))]
        if kinds and not kinds[0].match(name):
            return False  # a word over dates, addresses or numbers
        numbers += kinds == [_NUMBER]
        told += name in cells or bool(kinds and kinds[0] is not _NUMBER)
    return bool(told) and (told > 1 or numbers > 1 or len(header) < 4)
