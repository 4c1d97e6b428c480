"""A pane that shows lines laid out elsewhere, and draws anew only those that changed."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Region

from tui.explorer.panes.line_pane import LinePane
from tui.explorer.panes.pane_frame import Frame
from tui.text.glyphs import Signs
from tui.text.wrapping import BLANK, TextLine

#: The roles of charts, in those that the palette knows.
_ROLES = {
    "chosen": "hint",
    "chosen-bar": "cursor",
    "when": "cursor",
    "lane": "title",
    "span": "muted",
    "behind": "thumb",
    "faint": "thumb",
    "faint-mark": "muted",
    "rule": "thumb",
}
#: Lines that are kept once made into segments.
_KEPT = 2000
#: A pane that fills the screen, without a border.
WHOLE = Frame(border=False, left=1)
#: The frame of a dialog.
BOXED = Frame(above=1, left=2, right=1)


class LinesView(LinePane):
    """Shows lines, one a row."""

    def __init__(self, signs: Signs, *, id: str, frame: Frame = WHOLE) -> None:  # noqa: A002
        super().__init__(signs, id=id, frame=frame)
        self._lines: Sequence[TextLine] = ()
        self._segments: dict[TextLine, list[Segment]] = {}

    def show(self, lines: Sequence[TextLine]) -> None:
        """Show these lines instead."""
        before, self._lines = self._lines, lines
        self.line_count = len(lines)
        self.set_top(self.top)
        if len(before) != len(lines):  # the scroll thumb is another, too
            self.refresh()
            return
        for row in range(self.room.height):
            line = row + self.top
            old = before[line] if line < len(before) else BLANK
            if old != (lines[line] if line < len(lines) else BLANK):
                self.refresh(Region(0, row + self.inset.y, self.outer.width, 1))

    def segments(self, line: int, width: int) -> Sequence[Segment]:
        laid = self._lines[line]
        if (segments := self._segments.get(laid)) is None:
            if len(self._segments) > _KEPT:
                self._segments.clear()
            style = self.palette.style
            segments = self._segments[laid] = [
                Segment(span.text, style(_ROLES.get(span.role, span.role))) for span in laid.spans
            ]
        return segments

    def forget_lines(self) -> None:
        super().forget_lines()
        self._segments.clear()

    # -- moving

    def action_scroll(self, lines: int) -> None:
        self.set_top(self.top + lines)

    def action_page(self, pages: float) -> None:
        self.set_top(self.top + int(max(1, self.room.height - 1) * pages))

    def action_edge(self, way: int) -> None:
        self.set_top(0 if way < 0 else self.line_count)
