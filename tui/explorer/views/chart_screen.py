"""Base of the screens that show a chart: its lines, and the keys at its foot."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.events import Click, Key, MouseScrollDown, MouseScrollUp
from textual.geometry import Size

from tui.explorer.key_map import character_of
from tui.explorer.keyboard import KeyPlace, Overlay, is_too_small
from tui.explorer.panes.lines_view import LinesView
from tui.explorer.panes.status_lines import TOO_SMALL, FootLine
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.wrapping import TextLine, fit, fit_line


class EventSelection(NamedTuple):
    """Events chosen in a chart, by number; `heading` names them where there are several.

    `facet` and `value` are the list that a single one is to be shown in, where there is one.
    """

    events: tuple[int, ...]
    heading: str = ""
    facet: str = ""
    value: str = ""


#: The answer that asks for a query, in the panes.
FIND = EventSelection(())


class ChartScreen(Overlay[EventSelection | None]):
    """A chart of the dossier over the panes; answered with the events chosen in it.

    `NAME` is the place of its bindings and the id of its lines.
    """

    NAME: ClassVar[str]
    DEFAULT_CSS = "ChartScreen { background: $background; overflow: hidden; }"

    def __init__(self, signs: Signs) -> None:
        super().__init__(signs)
        self.window = Size(0, 0)
        self.view = _ChartLines(signs, self)
        self.foot = FootLine(signs, id=f"{self.NAME}-foot", clicked=self._foot_clicked)

    def parts(self) -> ComposeResult:
        yield self.view
        yield self.foot

    def on_mount(self) -> None:
        self.foot.wide = False  # there is no breadcrumb beside the keys
        self.after_key()

    def fit_window(self, size: Size) -> None:
        if size == self.window:
            return
        self.window, too_small = size, is_too_small(size)
        self.foot.display = not too_small
        self.view.take_room(size.width, size.height - (not too_small))
        if too_small:
            self.view.show([TextLine((Span(fit(TOO_SMALL, size.width - 2, self.signs)),))])
        else:
            self.resized()

    @property
    def width(self) -> int:
        """The columns that lines have."""
        return max(8, self.window.width - 2)

    def head(self, title: str, remark: str) -> TextLine:
        """The line above a chart: a title, cut where it must be, and a remark at the right."""
        title, remark = self.signs.plain(title), self.signs.plain(remark)
        title = fit(title, self.width - cell_len(remark) - 2, self.signs)
        gap = " " * (self.width - cell_len(title) - cell_len(remark))
        spans = Span(title, "title"), Span(gap), Span(remark, "muted")
        return fit_line(spans, self.width, self.signs)

    def show(self, lines: Sequence[TextLine]) -> None:
        """Draw the chart, if there is room for one."""
        if not is_too_small(self.window):
            self.view.show(lines)

    def after_key(self) -> None:
        self.foot.show_keys(self.foot_keys())

    def places(self) -> Sequence[KeyPlace]:
        app = self.app
        beyond = [KeyPlace("anywhere", app), KeyPlace("app", app)]
        return [KeyPlace(self.NAME, self), KeyPlace("finder", self), *beyond]

    async def _foot_clicked(self, key: str) -> None:
        if key:
            await self.take_key(Key(key, character_of(key)))

    async def action_find(self) -> None:
        """Look something up, in the panes."""
        await self.close(FIND)

    async def action_close(self) -> None:
        await self.close(None)

    # -- what subclasses say

    def resized(self) -> None:
        """Set the chart out for another window."""
        raise NotImplementedError

    def clicked(self, row: int, column: int) -> bool:
        """Go to what stands in a row and column of the chart; returns whether something does."""
        raise NotImplementedError

    async def action_open(self) -> None:
        """Show in the panes what the cursor is on."""
        raise NotImplementedError

    def wheel(self, way: int) -> None:
        """Move as the mouse wheel asks, down (1) or up (-1)."""
        raise NotImplementedError


class _ChartLines(LinesView):
    """The lines of a chart, which hand the mouse on to it."""

    def __init__(self, signs: Signs, chart: ChartScreen) -> None:
        super().__init__(signs, id=chart.NAME)
        self._chart = chart

    async def on_click(self, event: Click) -> None:
        place = self.place_of(event)
        if place and self._chart.clicked(*place) and event.chain > 1:
            await self._chart.action_open()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self._chart.wheel(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self._chart.wheel(-1)
