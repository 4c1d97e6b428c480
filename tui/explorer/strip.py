"""The strip above the footer: the events listed, by time, with the present one marked."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.events import Click
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from tui.dossier.dossier import EMPTY, Dossier, Listing
from tui.dossier.moments import Moments
from tui.explorer.palette import palette_of
from tui.output.marks import Signs

#: Months of a cell, and cells of a year, from the finest.
_STEPS = ((1, 12), (3, 4), (12, 1))
#: A year's name, and the blanks before its cells and the next year.
_AROUND = 6
#: So many events are counted right after the first frame; more only when it was looked at.
_AT_ONCE = 5000
#: How long after, in seconds.
_LATER = 0.3


class Bar(NamedTuple):
    """One cell of the strip: the column it is in, its first month, and how many events it has."""

    column: int
    month: int
    count: int


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
        for year in range(decade * 10, decade * 10 + 10):
            if year in by_year:
                bars.append(Bar(column + 5 + year % 10, year * 12, by_year[year]))
        column += 16
    return Years(tuple(names), tuple(bars), 12)


class TimeStrip(Widget):
    """One line: `listing` by time, height by count, the cell of the event `current` marked."""

    listing: var[Listing] = var(EMPTY, init=False)
    current: var[int] = var(0, init=False)

    class Chosen(Message):
        """A cell was clicked: its first event in the list."""

        def __init__(self, n: int) -> None:
            super().__init__()
            self.n = n

    def __init__(self, dossier: Dossier, signs: Signs, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.signs = signs
        self._moments = Moments(dossier)
        self._total = dossier.total
        self._ready = False
        self._events: list[int] = []
        self._counts: dict[int, int] = {}
        self._years = Years((), (), 1)

    def on_mount(self) -> None:
        if self._total <= _AT_ONCE:
            self.call_after_refresh(self._begin)
        else:
            self.set_timer(_LATER, self._begin)

    def _begin(self) -> None:
        self._ready = True
        self.watch_listing()

    def watch_listing(self) -> None:
        if not self._ready:
            return
        # What was found may hold records that are no events; they are numbered after them.
        self._events = [n for n in self.listing.rows if 0 < n <= self._total]
        self._counts = self._moments.count(self._events)
        self._lay_out()

    def watch_current(self, old: int, new: int) -> None:
        if self._ready and self._cell(old) != self._cell(new):
            self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        self._years = lay_out(self._counts, self.size.width, self._month(self.current))
        self.refresh()

    def _month(self, n: int) -> int:
        return self._moments.months[n] if self._ready and 0 < n <= self._total else -1

    def _cell(self, n: int) -> int:
        return self._month(n) // self._years.step

    def step(self, way: int) -> int:
        """The first event listed in the quarter after (1) or before (-1) the present; 0 if none."""
        here = self._month(self.current) // 3
        quarters = {month // 3 for month in self._counts}
        beyond = [quarter for quarter in quarters if (quarter - here) * way > 0]
        if here < 0 or not beyond:
            return 0
        return self._first(min(beyond, key=lambda quarter: abs(quarter - here)) * 3, 3)

    def _first(self, month: int, step: int) -> int:
        """The first event listed in the `step` months from `month` on."""
        months = self._moments.months
        return next((n for n in self._events if month <= months[n] < month + step), 0)

    def render_line(self, y: int) -> Strip:
        style, width = palette_of(self.app).style, self.size.width
        years = self._years
        chars = [(" ", "")] * width
        for column, name in years.names:
            chars[column : column + len(name)] = [(char, "muted") for char in name]
        most = max((bar.count for bar in years.bars), default=1)
        heights = self.signs.heights
        here = self._cell(self.current)
        for bar in years.bars:
            level = -(-bar.count * len(heights) // most) - 1
            on = here >= 0 and bar.month // years.step == here
            if bar.column < width:
                chars[bar.column] = (heights[level], "match" if on else "")
        segments = [Segment(char, style(role)) for char, role in chars[:width]]
        return Strip(Segment.simplify(segments)).adjust_cell_length(width, style())

    def on_click(self, event: Click) -> None:
        if not (offset := event.get_content_offset(self)):
            return
        near = [bar for bar in self._years.bars if abs(bar.column - offset.x) <= 1]
        if near:
            bar = min(near, key=lambda bar: abs(bar.column - offset.x))
            if n := self._first(bar.month, self._years.step):
                self.post_message(self.Chosen(n))
