"""The strip above the footer: the events listed, by time, with the present one marked."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.events import Click
from textual.strip import Strip
from textual.widget import Widget

from tui.dossier.dossier import EMPTY, Dossier, Listing
from tui.explorer.colours import palette_of
from tui.text.glyphs import Signs

if TYPE_CHECKING:
    from tui.charts.event_months import EventMonths, YearStrip

#: So many events are counted right after the first frame; more only when it was looked at.
_AT_ONCE = 5000
#: How long after, in seconds.
_LATER = 0.3


class TimeStrip(Widget):
    """One line: the events listed by time, height by count, the cell of the present one marked.

    `chosen` is called with the number of the first event of a cell that is clicked.
    """

    def __init__(self, dossier: Dossier, signs: Signs, chosen: Callable[[int], object]) -> None:
        super().__init__(id="strip")
        self.signs = signs
        self._chosen = chosen
        self._dossier = dossier
        self._listing = EMPTY
        self._current = 0
        self._width = 0
        self._months: EventMonths | None = None
        self._counts: dict[int, int] = {}
        self._years: YearStrip | None = None

    def on_mount(self) -> None:
        # Counting many events takes its time: the first frame does not wait for it.
        if self._dossier.total <= _AT_ONCE:
            self.call_after_refresh(self.count)
        else:
            self.set_timer(_LATER, self.count)

    def show(self, dossier: Dossier, listing: Listing, current: int) -> None:
        """Show when the events of `listing` were, with the one numbered `current` marked."""
        before, self._current = self._current, current
        if dossier is not self._dossier:
            self._dossier, self._listing = dossier, listing
            if self._months:
                self._months = None
                self.count()
        elif listing is not self._listing:
            self._listing = listing
            if self._months:
                self._count()
        elif before != current and self._months and self._cell(before) != self._cell(current):
            self._lay_out()

    def count(self) -> None:
        """Work out when every event was; done once, after the first frame or when asked for."""
        if self._months is None:
            from tui.charts.event_months import EventMonths

            self._months = EventMonths(self._dossier)
            self._count()

    def _count(self) -> None:
        assert self._months is not None
        self._counts = self._listing.month_counts or self._months.count(self._events())
        self._lay_out()

    def _events(self) -> list[int]:
        """The events listed; what was found may hold other records, which are numbered after."""
        total = self._dossier.total
        return [n for n in self._listing.rows if 0 < n <= total]

    def take_room(self, width: int) -> None:
        """Take `width` columns."""
        if width != self._width:
            self._width = width
            if self._months:
                self._lay_out()

    def _lay_out(self) -> None:
        from tui.charts.event_months import set_strip

        self._years = set_strip(self._counts, self._width, self._month(self._current))
        self.refresh()

    def _month(self, n: int) -> int:
        return self._months.months[n] if self._months and 0 < n <= self._dossier.total else -1

    def _cell(self, n: int) -> int:
        return self._month(n) // self._years.step if self._years else -1

    def step(self, way: int) -> int:
        """The first event listed in the quarter after (1) or before (-1) the present; 0 if none."""
        self.count()
        here = self._month(self._current) // 3
        quarters = {month // 3 for month in self._counts}
        beyond = [quarter for quarter in quarters if (quarter - here) * way > 0]
        if here < 0 or not beyond:
            return 0
        return self._first(min(beyond, key=lambda quarter: abs(quarter - here)) * 3, 3)

    def _first(self, month: int, step: int) -> int:
        """The first event listed in the `step` months from `month` on."""
        assert self._months is not None
        months = self._months.months
        return next((n for n in self._events() if month <= months[n] < month + step), 0)

    def render_line(self, y: int) -> Strip:
        style, width = palette_of(self.app).style, self.size.width
        years = self._years
        if years is None:
            return Strip.blank(width, style())
        chars = [(" ", "")] * width
        for column, name in years.names:
            chars[column : column + len(name)] = [(char, "muted") for char in name]
        most = max((bar.total for bar in years.bars), default=1)
        heights = self.signs.heights
        here = self._cell(self._current)
        earlier = years.remark and 0 <= self._month(self._current) < years.first
        remark = [(char, "match" if earlier else "muted") for char in years.remark.rstrip()]
        chars[: len(remark)] = remark
        for bar in years.bars:
            level = -(-bar.total * len(heights) // most) - 1
            on = here >= 0 and bar.month // years.step == here
            if bar.column < width:
                chars[bar.column] = (heights[level], "accent" if on else "")
        segments = [Segment(char, style(role)) for char, role in chars[:width]]
        return Strip(Segment.simplify(segments)).adjust_cell_length(width, style())

    def on_click(self, event: Click) -> None:
        if self._years is None or not (offset := event.get_content_offset(self)):
            return
        near = [bar for bar in self._years.bars if abs(bar.column - offset.x) <= 1]
        if offset.x < len(self._years.remark.rstrip()):
            if n := self._first(0, self._years.first):
                self._chosen(n)
        elif near:
            bar = min(near, key=lambda bar: abs(bar.column - offset.x))
            if n := self._first(bar.month, self._years.step):
                self._chosen(n)
