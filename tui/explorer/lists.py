"""A list drawn line by line: only the rows on screen are fetched, however many there are."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region
from textual.reactive import var

from tui.explorer.line_pane import LinePane
from tui.text.glyphs import Signs

_KEPT = 2000

#: A piece of a row: its text and its role ("" for plain).
Piece = tuple[str, str]

PAGING = [
    Binding("j,down", "move(1)", "down", show=False, id="list.down", tooltip="One row down"),
    Binding("k,up", "move(-1)", "up", show=False, id="list.up", tooltip="One row up"),
    Binding("g,home", "edge(-1)", "first", show=False, id="list.first", tooltip="The first row"),
    Binding("G,end", "edge(1)", "last", show=False, id="list.last", tooltip="The last row"),
    Binding("ctrl+d", "page(0.5)", "half page down", show=False, id="list.half-down",
            tooltip="Half a page down"),
    Binding("ctrl+u", "page(-0.5)", "half page up", show=False, id="list.half-up",
            tooltip="Half a page up"),
    Binding("pagedown", "page(1)", "page down", show=False, id="list.page-down",
            tooltip="A page down"),
    Binding("pageup", "page(-1)", "page up", show=False, id="list.page-up", tooltip="A page up"),
]  # fmt: skip


class LineList(LinePane):
    """A list with a cursor. Subclasses say how many rows there are and what is in each."""

    BINDINGS: ClassVar[list[BindingType]] = [*PAGING]

    #: Whether the owner answers a move with `place_cursor`. The row is drawn then, in one frame
    #: with all else that follows from it.
    ANSWERED = False

    cursor: var[int] = var(-1, init=False)

    def __init__(self, signs: Signs, *, id: str) -> None:  # noqa: A002
        super().__init__(signs, id=id)
        self._lines: dict[tuple[int, bool, bool, int], list[Segment]] = {}
        self._left = -1
        self._came_from = -1  # the row the cursor was on before it was nowhere

    # -- what subclasses say

    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        """What stands in a row of `width` columns."""
        raise NotImplementedError

    def moved(self, row: int) -> None:
        """Say that the cursor came to rest on another row."""
        raise NotImplementedError

    def entered(self, row: int) -> None:
        """Say that a row was chosen with the mouse."""
        raise NotImplementedError

    def is_heading(self, row: int) -> bool:
        """Whether the cursor passes over this row."""
        return False

    # -- drawing

    def refill(self, cursor: int) -> None:
        """Take new rows, with the cursor on row `cursor`; says nothing."""
        self._lines.clear()
        self._came_from = -1
        self.set_reactive(LineList.cursor, cursor)
        self.set_lines(self.row_count())
        self.show_cursor()

    def forget_lines(self) -> None:
        super().forget_lines()
        self._lines.clear()

    def segments(self, line: int, width: int) -> Sequence[Segment]:
        key = (line, line == self.cursor, self.has_focus, width)
        if (segments := self._lines.get(key)) is None:
            if len(self._lines) > _KEPT:
                self._lines.clear()
            segments = self._lines[key] = self._segments(line, width)
        return segments

    def _segments(self, row: int, width: int) -> list[Segment]:
        ground = "" if row != self.cursor else "focus" if self.has_focus else "cursor"
        style = self.palette.style
        bar = (self.signs.cursor, "cursor") if ground else (" ", "muted")
        segments = [Segment(bar[0], style(bar[1], ground=ground))]
        pieces = self.pieces(row, width - 2)
        segments += [Segment(text, style(role, ground=ground)) for text, role in pieces if text]
        if ground:
            pad = width - sum(cell_len(segment.text) for segment in segments)
            segments.append(Segment(" " * pad, style(ground=ground)))
        return segments

    # -- moving

    def watch_cursor(self, old: int, new: int) -> None:
        self._left = old
        if not self.ANSWERED:
            self.show_cursor()
            self.draw_rows(old, new)
        if new >= 0:
            self.moved(new)

    def draw_rows(self, *rows: int) -> None:
        """Draw some rows anew."""
        for row in rows:
            self.refresh(Region(0, row - self.top, self.size.width, 1))

    def place_cursor(self, row: int) -> None:
        """Put the cursor where its owner says it is: what `moved` asked for, or elsewhere."""
        left, self._left = (self._left, -1) if row == self.cursor else (self.cursor, -1)
        if row < 0 <= left:
            self._came_from = left
        self.set_reactive(LineList.cursor, row)
        self.show_cursor()
        self.draw_rows(left, row)

    def start_over(self) -> None:
        """With the cursor nowhere, the next move is to the first row."""
        self._came_from = -1

    def watch_has_focus(self, value: bool) -> None:
        super().watch_has_focus(value)
        if self.cursor >= 0:
            self.refresh(Region(0, self.cursor - self.top, self.size.width, 1))

    def show_cursor(self) -> None:
        """Scroll so that the cursor, and a heading right above it, can be seen."""
        height = self.size.height
        if self.cursor < 0 or not height:
            return
        first = self.cursor
        while first and self.is_heading(first - 1):
            first -= 1
        if first < self.top:
            self.set_top(first)
        elif self.cursor >= self.top + height:
            self.set_top(self.cursor - height + 1)

    def on_resize(self) -> None:
        self._lines.clear()
        self.set_top(self.top)
        self.show_cursor()

    def land(self, row: int, step: int) -> int:
        """The row nearest to `row` that can hold the cursor, looking first the way of `step`."""
        last = self.row_count() - 1
        row = max(0, min(row, last))
        for way in (step, -step):
            found = row
            while 0 <= found <= last:
                if not self.is_heading(found):
                    return found
                found += way
        return -1

    def action_move(self, step: int) -> None:
        if self.row_count():
            here = self.cursor if self.cursor >= 0 else self._came_from
            found = self.land(here + step, step)
            if (found - here) * step > 0:
                self.cursor = found
            elif step < 0:
                self.set_top(0)

    def action_edge(self, way: int) -> None:
        if count := self.row_count():
            self.cursor = self.land(0 if way < 0 else count - 1, -way)

    def action_page(self, pages: float) -> None:
        if self.row_count():
            step = int(max(1, self.size.height - 1) * pages) or (1 if pages > 0 else -1)
            self.cursor = self.land(self.cursor + step, 1 if step > 0 else -1)

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or offset.x >= self.line_width:
            return
        row = offset.y + self.top
        if row < self.row_count() and not self.is_heading(row):
            self.cursor = row
            if event.chain > 1:
                self.entered(row)


def fit(text: str, width: int, signs: Signs) -> str:
    """`text` in at most `width` columns, cut between words where it is cut."""
    text = signs.plain(text)
    if cell_len(text) <= width:
        return text
    if width <= len(signs.ellipsis):
        return set_cell_size(text, max(0, width))
    cut = set_cell_size(text, width - len(signs.ellipsis))
    space = cut.rfind(" ")
    if space > width // 2 and not text[len(cut.rstrip()) : len(cut.rstrip()) + 1].isspace():
        cut = cut[:space]
    return cut.rstrip(" ,;:–-") + signs.ellipsis
