"""What every pane is: lines drawn as they come into view, with a thin scroll thumb of its own.

Textual's scroll bars are widgets, and a new virtual size lays the whole screen out anew; both cost
more than drawing the lines themselves. Here the thumb is the last column of each line. The sides
of the border are drawn with the line, too: Textual would work them out again for each.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.events import MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from tui.explorer.palette import Palette, palette_of
from tui.text.glyphs import Signs

_WHEEL = 3


class _Frame(NamedTuple):
    """What lines are drawn with, but for what is in them."""

    edge: str
    edge_style: Style
    left: int  # columns between the edge and the text
    right: int
    width: int  # columns of a line: all between but the thumb's
    ground: Color
    filters: tuple[LineFilter, ...]


#: What a row is drawn from: what stands in it, whether the thumb is there, and the frame.
_Source = tuple[Sequence[Segment], bool, _Frame]


class LinePane(ScrollView, can_focus=True):
    """A pane of `line_count` lines; subclasses say what is in each with `segments`."""

    DEFAULT_CSS = "LinePane { overflow: hidden; scrollbar-size: 0 0; }"

    def __init__(self, signs: Signs, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.signs = signs
        self.line_count = 0
        self._dragging = False
        # By row: what it was drawn from, and the line as it was drawn.
        self._drawn: dict[int, tuple[_Source, Strip]] = {}
        self._caps: dict[tuple[int, int], Strip] = {}
        self._words = "", ""  # those in the border, above and below
        # What was drawn last, and of which region: asked for again when a neighbour changes.
        self._last: tuple[Region, list[Strip]] | None = None

    def segments(self, line: int, width: int) -> Sequence[Segment]:
        """One line, `width` columns wide or less; the same object while nothing in it changed."""
        raise NotImplementedError

    def forget_lines(self) -> None:
        """Let go of drawn lines: the style changed."""
        self._drawn.clear()
        self._caps.clear()

    def set_title(self, title: str) -> None:
        """Say above the lines what they are."""
        if title != self._words[0]:
            self._words = title, self._words[1]
            self.border_title = Content(title)
            self._caps.clear()

    def set_remark(self, remark: str) -> None:
        """Say something below the lines."""
        if remark != self._words[1]:
            self._words = self._words[0], remark
            self.border_subtitle = Content(remark)
            self._caps.clear()

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

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        self._last = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._last is None or self._last[0] != crop:
            self._last = crop, self._drawing(crop)
        return self._last[1]

    def _drawing(self, crop: Region) -> list[Strip]:
        """The rows of a region of the pane, with the border around them."""
        size, outer = self.size, self.outer_size
        above, first = self.gutter.top, self.top
        frame, thumb = self._frame(size.width), range(*self._thumb_rows())
        rows = [
            self._framed(y, first + y, frame, on_thumb=y in thumb)
            if 0 <= y < size.height
            else self._cap(y + above, outer)
            for y in range(crop.y - above, crop.bottom - above)
        ]
        whole = crop.column_span == (0, outer.width)
        return rows if whole else [row.crop(*crop.column_span) for row in rows]

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        segments, pad = self._fitted(self._content(self.top + y, width - 1), width - 1)
        return Strip([*segments, Segment(" " * (pad + 1), self.palette.style())], width)

    def _content(self, line: int, width: int) -> Sequence[Segment]:
        return self.segments(line, width) if line < self.line_count else ()

    def _fitted(self, segments: Sequence[Segment], width: int) -> tuple[Sequence[Segment], int]:
        """What there is room for of a line, and how many columns it leaves."""
        pad = width - sum([cell_len(segment.text) for segment in segments])
        return (segments, pad) if pad >= 0 else (list(Strip(segments).crop(0, width)), 0)

    def _frame(self, width: int) -> _Frame:
        edge, color = self.styles.border_left
        _, ground = self.background_colors
        style = Style.from_color((ground + color).rich_color, ground.rich_color)
        padding, filters = self.styles.padding, self._filters()
        sign = self.signs.column if edge else ""
        return _Frame(sign, style, padding.left, padding.right, width - 1, ground, filters)

    def _filters(self) -> tuple[LineFilter, ...]:
        """What is done to each line last; the palette's own colours need no making true."""
        return tuple(
            line_filter
            for line_filter in self.get_line_filters()
            if self.palette.ansi or not isinstance(line_filter, ANSIToTruecolor)
        )

    def _framed(self, y: int, line: int, frame: _Frame, *, on_thumb: bool) -> Strip:
        """A row of the screen with what is left and right of it."""
        source = self._content(line, frame.width), on_thumb, frame
        if (drawn := self._drawn.get(y)) and _same(drawn[0], source):
            return drawn[1]
        segments, pad = self._fitted(source[0], frame.width)
        style = self.palette.style
        thumb = Segment(self.signs.thumb, style("thumb")) if on_thumb else None
        row = [
            Segment(frame.edge, frame.edge_style),
            Segment(" " * frame.left, style()),
            *segments,
            Segment(" " * (pad if thumb else pad + 1 + frame.right), style()),
            *((thumb, Segment(" " * frame.right, style())) if thumb else ()),
            Segment(frame.edge, frame.edge_style),
        ]
        width = 2 * len(frame.edge) + frame.left + frame.width + 1 + frame.right
        strip = Strip(_joined(row), width)
        for line_filter in frame.filters:
            strip = strip.apply_filter(line_filter, frame.ground)
        self._drawn[y] = source, strip
        return strip

    def _cap(self, y: int, outer: Size) -> Strip:
        """A row above or below the lines, with the border and its title."""
        key = y, outer.width
        if key not in self._caps:
            self._caps[key] = super().render_lines(Region(0, y, outer.width, 1))[0]
        return self._caps[key]

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
        self.forget_lines()

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


def _same(one: _Source, other: _Source) -> bool:
    """Whether two rows look alike, told without a look at each piece."""
    return one[0] is other[0] and one[1:] == other[1:]


def _joined(row: Iterable[Segment]) -> list[Segment]:
    """A row in as few pieces as it has looks: each costs time and some forty bytes to draw."""
    joined: list[Segment] = []
    for segment in row:
        if joined and joined[-1].style is segment.style:
            joined[-1] = Segment(joined[-1].text + segment.text, segment.style)
        elif segment.text:
            joined.append(segment)
    return joined
