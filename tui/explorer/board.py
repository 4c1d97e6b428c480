"""A widget that shows lines laid out elsewhere, and draws anew only those that changed."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.explorer.palette import palette_of
from tui.text.wrapping import BLANK, Laid

#: The roles of pictures, in those that the palette knows.
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
_KEPT = 2000


class Board(Widget, can_focus=True):
    """Shows `lines`, one a row, from the top."""

    DEFAULT_CSS = "Board { height: 1fr; padding: 0 1; }"

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: Sequence[Laid] = ()
        self._strips: dict[Laid, Strip] = {}

    def show(self, lines: Sequence[Laid]) -> None:
        """Show these lines instead."""
        before, self._lines = self._lines, lines
        for y in range(max(len(before), len(lines))):
            old = before[y] if y < len(before) else BLANK
            new = lines[y] if y < len(lines) else BLANK
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        width, style = self.size.width, palette_of(self.app).style
        line = self._lines[y] if y < len(self._lines) else BLANK
        if (strip := self._strips.get(line)) is None or strip.cell_length != width:
            if len(self._strips) > _KEPT:
                self._strips.clear()
            segments = [
                Segment(span.text, style(_ROLES.get(span.role, span.role))) for span in line.spans
            ]
            strip = self._strips[line] = Strip(segments).adjust_cell_length(width, style())
        return strip

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()
