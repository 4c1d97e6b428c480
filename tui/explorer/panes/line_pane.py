"""Base of every pane: lines in a frame, scrolled, and drawn only where they come into view.

A pane is told how large it is with `take_room`, before Textual lays the screen out: what a key does
may depend on how many lines there is room for, and the next key does not wait for a layout.
"""

from collections.abc import Sequence
from typing import Self

from rich.segment import Segment
from textual.events import MouseDown, MouseEvent, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp
from textual.filter import ANSIToTruecolor
from textual.geometry import Offset, Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.explorer.colours import Palette, palette_of
from tui.explorer.panes.pane_frame import Frame, Look, border_row, fitted, text_row
from tui.text.glyphs import Signs

#: Lines that one step of the mouse wheel scrolls.
_WHEEL = 3

#: What a row was drawn from: its text, whether the scroll thumb is in it, and its look.
_Source = tuple[Sequence[Segment], bool, Look]


class LinePane(Widget):
    """Shows `line_count` lines; a subclass says what is in each with `segments`.

    `room` has the rows and columns that lines have; the column beside them is the scroll thumb's.
    """

    def __init__(self, signs: Signs, *, id: str, frame: Frame = Frame()) -> None:  # noqa: A002, B008
        super().__init__(id=id)
        self.signs = signs
        self.line_count = 0
        self.room = Size(0, 0)
        self.top = 0
        self.active = False
        self.title = self.remark = self.counts = ""
        self._frame = frame
        self.outer = Size(0, 0)
        self._dragging = False
        # By row of the pane: what it was drawn from, and the strip that came of it.
        self._drawn: dict[int, tuple[_Source, Strip]] = {}
        # The region that was drawn last: Textual asks for it again when a neighbour changes.
        self._last: tuple[Region, list[Strip]] | None = None

    # -- what subclasses say

    def segments(self, line: int, width: int) -> Sequence[Segment]:
        """One line, at most `width` columns wide; the same object while nothing in it changed."""
        raise NotImplementedError

    def arranged(self) -> None:
        """Adapt to a new room."""
        self.set_top(self.top)

    def forget_lines(self) -> None:
        """Let go of drawn lines: the style changed."""
        self._drawn.clear()

    # -- size and place

    def take_room(self, width: int, height: int, frame: Frame | None = None) -> None:
        """Take `width` columns and `height` rows, the frame among them."""
        if (width, height) == self.outer and frame in (None, self._frame):
            return
        self.outer, self._frame = Size(width, height), frame or self._frame
        self.styles.width, self.styles.height = width, height
        border, above, left, right = self._frame
        columns = width - 2 * border - left - right - 1
        self.room = Size(max(0, columns), max(0, height - 2 * border - 2 * above))
        self._drawn.clear()
        self.refresh()
        self.arranged()

    def set_lines(self, count: int, top: int | None = None) -> None:
        """Show `count` lines, scrolled to `top`, or where it was as far as there are lines."""
        self.line_count = count
        self.set_top(self.top if top is None else top)
        self.refresh()

    def set_top(self, top: int) -> None:
        """Scroll so that line `top` is the first shown, as far as there are lines."""
        top = max(0, min(top, self.line_count - self.room.height))
        if top != self.top:
            self.top = top
            self.refresh()
            self.scrolled()

    def scrolled(self) -> None:
        """Tell that other lines are in view."""

    def set_title(self, title: str, counts: str = "") -> None:
        """Say in the frame above the lines what they are."""
        if (title, counts) != (self.title, self.counts):
            self.title, self.counts = title, counts
            self.refresh(Region(0, 0, self.outer.width, 1))

    def set_remark(self, remark: str) -> None:
        """Say something in the frame below the lines."""
        if remark != self.remark:
            self.remark = remark
            self.refresh(Region(0, self.outer.height - 1, self.outer.width, 1))

    def set_active(self, active: bool) -> None:
        """Draw the frame as that of the pane which has the keys, or as another's."""
        if active != self.active:
            self.active = active
            width, height = self.outer
            edges = (Region(0, 0, width, 1), Region(0, height - 1, width, 1))
            self.refresh(*edges, Region(0, 0, 1, height), Region(width - 1, 0, 1, height))

    # -- drawing

    @property
    def palette(self) -> Palette:
        """The colours of the present theme."""
        return palette_of(self.app)

    def refresh_line(self, line: int) -> None:
        """Draw a line anew, if it is in view."""
        y = line - self.top
        if 0 <= y < self.room.height:
            self.refresh(Region(0, y + self.inset.y, self.outer.width, 1))

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        self._last = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.forget_lines()

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._last is None or self._last[0] != crop:
            self.prepare()
            look, thumb = self._look(), range(*self._thumb_rows())
            rows = [self._row(y, look, thumb) for y in range(crop.y, crop.bottom)]
            if crop.column_span != (0, self.outer.width):
                rows = [row.crop_extend(*crop.column_span, self.palette.style()) for row in rows]
            self._last = crop, rows
        return self._last[1]

    def prepare(self) -> None:
        """Make what is to be drawn, if that was put off until now."""

    def render_line(self, y: int) -> Strip:
        """Line `y` of those in view, without the frame."""
        width = self.room.width
        line = self.top + y
        segments, pad = fitted(self.segments(line, width) if line < self.line_count else (), width)
        return Strip([*segments, Segment(" " * (pad + 1), self.palette.style())], width + 1)

    def _look(self) -> Look:
        _, ground = self.background_colors
        palette = self.palette
        edge = palette.style("frame-active" if self.active else "frame")
        filters = tuple(
            line_filter
            for line_filter in self.get_line_filters()
            # The palette's own colours need no making true.
            if palette.ansi or not isinstance(line_filter, ANSIToTruecolor)
        )
        return Look(
            self._frame, edge, palette.style(), self.outer.width, ground, filters,
            self.signs, palette, self.active,
        )  # fmt: skip

    def _row(self, y: int, look: Look, thumb: range) -> Strip:
        """Row `y` of the pane, with what is left and right of its line."""
        if look.frame.border and y in (0, self.outer.height - 1):
            words, counts = (self.remark, "") if y else (self.title, self.counts)
            return border_row(words, look, top=not y, counts=counts)
        line = y - self._frame.border - self._frame.above
        within = 0 <= line < self.room.height and self.top + line < self.line_count
        segments = self.segments(self.top + line, self.room.width) if within else ()
        source = segments, line in thumb, look
        # Whether it looks as before is told without a look at each segment.
        if (drawn := self._drawn.get(y)) and drawn[0][0] is segments and drawn[0] == source:
            return drawn[1]
        strip = text_row(segments, self.room.width, look, thumb=source[1])
        self._drawn[y] = source, strip
        return strip

    def _thumb_rows(self) -> tuple[int, int]:
        """The rows of the thumb, the first and the one after the last; none if all is in view."""
        height, count = self.room.height, self.line_count
        if count <= height or not height:
            return 0, 0
        size = max(1, height * height // count)
        first = round(self.top * (height - size) / (count - height))
        return first, first + size

    # -- the mouse

    @property
    def inset(self) -> Offset:
        """Where in the pane its lines begin."""
        border, above, left, _ = self._frame
        return Offset(border + left, border + above)

    def place_of(self, event: MouseEvent) -> tuple[int, int] | None:
        """The row in view and the column that a mouse event is at; None outside of the lines."""
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        within = offset - self.inset
        row, column = within.y, within.x
        inside = 0 <= row < self.room.height and 0 <= column <= self.room.width
        return (row, column) if inside else None

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self.set_top(self.top + _WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self.set_top(self.top - _WHEEL)

    def on_mouse_down(self, event: MouseDown) -> None:
        place = self.place_of(event)
        if place and place[1] == self.room.width and self._thumb_rows()[1]:
            self._dragging = True
            self.capture_mouse()
            self._drag(event)

    def on_mouse_move(self, event: MouseMove) -> None:
        if self._dragging:
            self._drag(event)

    def on_mouse_up(self, event: MouseUp) -> None:
        if self._dragging:
            self._dragging = False
            self.release_mouse()
            event.stop()

    def _drag(self, event: MouseEvent) -> None:
        """Put the middle of the thumb where the mouse is."""
        y = event.get_content_offset_capture(self).y - self.inset.y
        first, last = self._thumb_rows()
        room = max(1, self.room.height - (last - first))
        start = y - (last - first) // 2
        self.set_top(round(start * (self.line_count - self.room.height) / room))
