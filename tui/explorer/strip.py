"""The strip above the footer: the events listed, by time, with the present one marked."""

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.events import Click
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from tui.dossier.dossier import EMPTY, Dossier, Listing
from tui.explorer.palette import palette_of
from tui.text.glyphs import Signs

if TYPE_CHECKING:
    from tui.charts.event_months import Moments, Years

#: So many events are counted right after the first frame; more only when it was looked at.
_AT_ONCE = 5000
#: How long after, in seconds.
_LATER = 0.3


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
        self.dossier = dossier
        self._total = dossier.total
        self._moments: Moments | None = None
        self._events: list[int] = []
        self._counts: dict[int, int] = {}
        self._years: Years | None = None

    def on_mount(self) -> None:
        if self._total <= _AT_ONCE:
            self.call_after_refresh(self._begin)
        else:
            self.set_timer(_LATER, self._begin)

    def turn_to(self, dossier: Dossier) -> None:
        """Count the events of another dossier; its listing follows."""
        self.dossier, self._total = dossier, dossier.total
        self._begin()

    def _begin(self) -> None:
        from tui.charts.event_months import Moments

        self._moments = Moments(self.dossier)
        self.watch_listing()

    def watch_listing(self) -> None:
        if self._moments is None:
            return
        # What was found may hold records that are no events; they are numbered after them.
        self._events = [n for n in self.listing.rows if 0 < n <= self._total]
        self._counts = self._moments.count(self._events)
        self._lay_out()

    def watch_current(self, old: int, new: int) -> None:
        if self._moments and self._cell(old) != self._cell(new):
            self._lay_out()

    def on_resize(self) -> None:
        if self._moments:
            self._lay_out()

    def _lay_out(self) -> None:
        from tui.charts.event_months import lay_out

        self._years = lay_out(self._counts, self.size.width, self._month(self.current))
        self.refresh()

    def _month(self, n: int) -> int:
        return self._moments.months[n] if self._moments and 0 < n <= self._total else -1

    def _cell(self, n: int) -> int:
        return self._month(n) // self._years.step if self._years else -1

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
        if self._moments is None:
            return 0
        months = self._moments.months
        return next((n for n in self._events if month <= months[n] < month + step), 0)

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
        here = self._cell(self.current)
        for bar in years.bars:
            level = -(-bar.total * len(heights) // most) - 1
            on = here >= 0 and bar.month // years.step == here
            if bar.column < width:
                chars[bar.column] = (heights[level], "match" if on else "")
        segments = [Segment(char, style(role)) for char, role in chars[:width]]
        return Strip(Segment.simplify(segments)).adjust_cell_length(width, style())

    def on_click(self, event: Click) -> None:
        if self._years is None or not (offset := event.get_content_offset(self)):
            return
        near = [bar for bar in self._years.bars if abs(bar.column - offset.x) <= 1]
        if near:
            bar = min(near, key=lambda bar: abs(bar.column - offset.x))
            if n := self._first(bar.month, self._years.step):
                self.post_message(self.Chosen(n))
