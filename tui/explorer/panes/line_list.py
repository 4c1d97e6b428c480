"""A list drawn line by line: only the rows on screen are fetched, however many there are."""

from collections.abc import Awaitable, Callable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Click

from tui.explorer.panes.line_pane import LinePane
from tui.explorer.panes.pane_frame import Frame
from tui.text.glyphs import Signs

#: Drawn rows that are kept, so that what comes into view again is not made again.
_KEPT = 2000

#: A piece of a row: its text and its role in the palette ("" for plain text).
Piece = tuple[str, str]


class LineList(LinePane):
    """A list with a cursor. A subclass says how many rows there are and what is in each.

    `opened` is called when a row is chosen with a double click.
    """

    def __init__(
        self,
        signs: Signs,
        *,
        id: str,  # noqa: A002
        frame: Frame = Frame(),  # noqa: B008
        opened: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(signs, id=id, frame=frame)
        self.cursor = -1
        self._opened = opened
        self._rows: dict[tuple[int, str, int], list[Segment]] = {}
        self._came_from = -1  # the row the cursor was on before it was nowhere

    # -- what subclasses say

    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        """What stands in a row of `width` columns."""
        raise NotImplementedError

    def choose(self, row: int) -> None:
        """Go to a row, as the reader asked."""
        self.set_cursor(row)

    def is_heading(self, row: int) -> bool:
        """Whether the cursor passes over this row."""
        return False

    # -- drawing

    def refill(self, cursor: int) -> None:
        """Take new rows, with the cursor on row `cursor`."""
        self.forget_lines()
        self._came_from = -1
        self.cursor = cursor
        self.set_lines(self.row_count())
        self.show_cursor()

    def forget_lines(self) -> None:
        super().forget_lines()
        self._rows.clear()

    def segments(self, line: int, width: int) -> Sequence[Segment]:
        ground = "" if line != self.cursor else "focus" if self.active else "cursor"
        key = line, ground, width
        if (segments := self._rows.get(key)) is None:
            if len(self._rows) > _KEPT:
                self._rows.clear()
            segments = self._rows[key] = self._segments(line, width, ground)
        return segments

    def _segments(self, row: int, width: int, ground: str) -> list[Segment]:
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

    def set_cursor(self, row: int) -> None:
        """Put the cursor on a row, -1 for nowhere, and bring it into view."""
        if row == self.cursor:
            return
        before, self.cursor = self.cursor, row
        if row < 0 <= before:
            self._came_from = before
        self.show_cursor()
        self.refresh_line(before)
        self.refresh_line(row)

    def start_over(self) -> None:
        """With the cursor nowhere, let the next move go to the first row."""
        self._came_from = -1

    def set_active(self, active: bool) -> None:
        if active != self.active:
            super().set_active(active)
            self.refresh_line(self.cursor)

    def show_cursor(self) -> None:
        """Scroll so that the cursor, and the headings right above it, can be seen."""
        height = self.room.height
        if self.cursor < 0 or not height:
            return
        first = self.cursor
        while first and self.is_heading(first - 1):
            first -= 1
        if first < self.top:
            self.set_top(first)
        if self.cursor >= self.top + height:
            self.set_top(self.cursor - height + 1)

    def arranged(self) -> None:
        self._rows.clear()
        super().arranged()
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
            way = 1 if step > 0 else -1
            here = self.cursor if self.cursor >= 0 else self._came_from
            found = self.land(here + step, way)
            if (found - here) * step > 0:
                self.choose(found)
            elif step < 0:
                self.set_top(0)

    def action_edge(self, way: int) -> None:
        if count := self.row_count():
            self.choose(self.land(0 if way < 0 else count - 1, -way))

    def action_page(self, pages: float) -> None:
        if self.row_count():
            step = int(max(1, self.room.height - 1) * pages) or (1 if pages > 0 else -1)
            self.choose(self.land(self.cursor + step, 1 if step > 0 else -1))

    async def on_click(self, event: Click) -> None:
        place = self.place_of(event)
        if place is None or place[1] >= self.room.width:
            return
        row = place[0] + self.top
        if row < self.row_count() and not self.is_heading(row):
            self.choose(row)
            if event.chain > 1:
                await self._opened()
