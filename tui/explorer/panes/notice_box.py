"""What the program says in a corner for a moment: answers to keys, warnings, complaints."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tui.explorer.colours import palette_of
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.wrapping import fill, plain_text

#: Columns that a notice takes at most, and those of it that are not its words.
_WIDEST, _AROUND = 60, 4


class Notice(NamedTuple):
    """Something said. `answer` tells that it answers a key, and goes with the next one."""

    words: str
    answer: bool
    trouble: bool = False


class NoticeBox(Widget):
    """Shows notices over the lower right corner of what is above the last lines of a screen."""

    DEFAULT_CSS = "NoticeBox { layer: notices; position: absolute; display: none; }"

    def __init__(self, signs: Signs) -> None:
        super().__init__(id="notices")
        self.signs = signs
        self._lines: list[tuple[str, bool]] = []

    def show(self, notices: Sequence[Notice], window: Size, rows_below: int) -> None:
        """Show these notices in a window, above its last `rows_below` rows."""
        width = max(1, min(_WIDEST, window.width - 2))
        room = max(0, window.height - rows_below - 1)
        lines = [
            (plain_text(line), notice.trouble)
            for notice in notices
            for line in fill([Span(self.signs.plain(notice.words))], max(1, width - _AROUND))
        ]
        self._lines = lines[-room:] if room else []
        if self.display != bool(self._lines):  # to set it lays out the whole screen
            self.display = bool(self._lines)
        if self._lines:
            width = min(width, max(cell_len(words) for words, _ in self._lines) + _AROUND)
            self.styles.width, self.styles.height = width, len(self._lines)
            self.styles.offset = (
                max(0, window.width - width - 1),
                window.height - rows_below - len(self._lines),
            )
            self.refresh()

    def render_line(self, y: int) -> Strip:
        style, width = palette_of(self.app).style, self.size.width
        words, trouble = self._lines[y] if y < len(self._lines) else ("", False)
        bar = style("error" if trouble else "cursor", ground="cursor")
        plain = style("", ground="cursor")
        row = [Segment(f"{self.signs.cursor} ", bar), Segment(words, plain)]
        return Strip(row).adjust_cell_length(width, plain)
