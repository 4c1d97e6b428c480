"""What every pane is: lines drawn as they come into view, with a thin scroll thumb of its own.

Textual's scroll bars are widgets, and a new virtual size lays the whole screen out anew; both cost
more than drawing the lines themselves. Here the thumb is the last column of each line.
"""

from rich.segment import Segment
from textual.events import MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from tui.explorer.palette import Palette, palette_of
from tui.output.marks import Signs

_WHEEL = 3


class LinePane(ScrollView, can_focus=True):
    """A pane of `line_count` lines; subclasses draw one at a time with `strip`."""

    DEFAULT_CSS = "LinePane { overflow: hidden; scrollbar-size: 0 0; }"

    def __init__(self, signs: Signs, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.signs = signs
        self.line_count = 0
        self._dragging = False
        self._thumb = (0, 0)

    def strip(self, line: int, width: int) -> Strip:
        """One line, `width` columns wide or less."""
        raise NotImplementedError

    def forget_strips(self) -> None:
        """Let go of drawn lines: the style changed."""

    @property
    def palette(self) -> Palette:
        """The colours of the present theme."""
        return palette_of(self.app)

    @property
    def line_width(self) -> int:
        """Columns a line has: all but the thumb's."""
        return max(0, self.size.width - 1)

    def set_lines(self, count: int, top: int | None = None) -> None:
        """Show `count` lines, scrolled to `top`, or where it was as far as there are lines."""
        self.line_count = count
        # Set without its watcher, which would lay out the whole screen.
        self.set_reactive(Widget.virtual_size, Size(0, count))
        self.set_top(self.scroll_offset.y if top is None else top)
        self.refresh()

    def set_top(self, top: int) -> None:
        """Scroll so that line `top` is the first shown, as far as there are lines."""
        highest = max(0, self.line_count - self.size.height)
        self.scroll_y = max(0, min(top, highest))

    @property
    def top(self) -> int:
        """The first line shown."""
        return self.scroll_offset.y

    def validate_scroll_y(self, value: float) -> float:
        return value  # bounded by set_top, which knows how many lines there are

    def render_lines(self, crop: Region) -> list[Strip]:
        self._thumb = self._thumb_rows()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        line, width = self.top + y, self.line_width
        style = self.palette.style
        segments = list(self.strip(line, width)) if line < self.line_count else []
        pad = width - sum(segment.cell_length for segment in segments)
        if pad > 0:
            segments.append(Segment(" " * pad, style()))
        first, last = self._thumb
        segments.append(
            Segment(self.signs.thumb, style("thumb"))
            if first <= y < last
            else Segment(" ", style())
        )
        return Strip(segments, width + 1) if pad >= 0 else Strip(segments).crop(0, width + 1)

    def _thumb_rows(self) -> tuple[int, int]:
        """The rows of the thumb, the first and the one after the last; none if all is in view."""
        height, count = self.size.height, self.line_count
        if count <= height or not height:
            return 0, 0
        size = max(1, height * height // count)
        first = round(self.top * (height - size) / (count - height))
        return first, first + size

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.forget_strips()

    # -- the mouse

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self.set_top(self.top + _WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self.set_top(self.top - _WHEEL)

    def on_mouse_down(self, event: MouseDown) -> None:
        offset = event.get_content_offset(self)
        if offset and offset.x == self.line_width and self._thumb_rows()[1]:
            self._dragging = True
            self.capture_mouse()
            self._drag(offset.y)

    def on_mouse_move(self, event: MouseMove) -> None:
        if self._dragging:
            self._drag(event.get_content_offset_capture(self).y)

    def on_mouse_up(self, event: MouseUp) -> None:
        if self._dragging:
            self._dragging = False
            self.release_mouse()
            event.stop()

    def _drag(self, y: int) -> None:
        """Put the middle of the thumb on row `y`."""
        first, last = self._thumb_rows()
        height = self.size.height
        room = max(1, height - (last - first))
        start = y - (last - first) // 2
        self.set_top(round(start * (self.line_count - height) / room))
