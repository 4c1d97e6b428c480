"""The strip set out: years side by side with a bar for each part of them that has events."""

from collections.abc import Sequence
from typing import NamedTuple

#: Months of a cell, and cells of a year, from the finest.
_STEPS = ((1, 12), (3, 4), (12, 1))
#: A year's name, and the blanks before its cells and the next year.
_AROUND = 6


class Bar(NamedTuple):
    """One cell of the strip: the column it is in, its first month, and how many events it has."""

    column: int
    month: int
    total: int


class Years(NamedTuple):
    """The strip laid out: the years named with the columns they are in, cells, months of each."""

    names: tuple[tuple[int, str], ...]
    bars: tuple[Bar, ...]
    step: int


def lay_out(counts: dict[int, int], width: int, month: int) -> Years:
    """Years side by side in `width` columns: by month if that fits, else by quarter, else by year.

    Years without events are left out. Where not all fit, those around `month` are shown.
    """
    years = sorted({found // 12 for found in counts})
    if not years or width < _AROUND:
        return Years((), (), 1)
    for step, cells in _STEPS[:2]:
        if len(years) * (cells + _AROUND) - 1 <= width:
            return _named(years, counts, step)
    if len(years) * (4 + _AROUND) > 2 * width:
        return _decades(years, counts, width, month)
    room = max(1, (width + 1) // (4 + _AROUND))
    at = years.index(month // 12) if month // 12 in years else len(years) - 1
    # Turned by the page, so that the strip stands still while the cursor moves within it.
    last = len(years) - at - 1
    end = len(years) - last // room * room
    return _named(years[max(0, end - room) : end], counts, 3)


def _named(years: Sequence[int], counts: dict[int, int], step: int) -> Years:
    names, bars, at = [], [], 0
    for year in years:
        names.append((at, f"{year:04}"))
        for cell in range(12 // step):
            first = year * 12 + cell * step
            if count := sum(counts.get(first + i, 0) for i in range(step)):
                bars.append(Bar(at + 5 + cell, first, count))
        at += _AROUND + 12 // step
    return Years(tuple(names), tuple(bars), step)


def _decades(years: Sequence[int], counts: dict[int, int], width: int, month: int) -> Years:
    """A column a year, each decade named."""
    by_year: dict[int, int] = {}
    for found, count in counts.items():
        by_year[found // 12] = by_year.get(found // 12, 0) + count
    decades = sorted({year // 10 for year in years})
    room = max(1, (width + 1) // 16)
    at = decades.index(month // 120) if month // 120 in decades else len(decades) - 1
    end = len(decades) - (len(decades) - at - 1) // room * room
    names, bars, column = [], [], 0
    for decade in decades[max(0, end - room) : end]:
        names.append((column, f"{decade * 10:04}"))
        inside = range(decade * 10, decade * 10 + 10)
        bars += [
            Bar(column + 5 + year % 10, year * 12, by_year[year])
            for year in inside
            if year in by_year
        ]
        column += 16
    return Years(tuple(names), tuple(bars), 12)
