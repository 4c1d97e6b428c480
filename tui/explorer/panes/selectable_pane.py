"""A pane whose text can be selected by dragging the mouse over it."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.events import MouseDown, MouseEvent, MouseMove, MouseUp

from tui.explorer.panes.line_pane import LinePane
from tui.explorer.panes.pane_frame import Frame
from tui.text.glyphs import Signs
from tui.text.wrapping import TextLine

#: A character: its line, and its place in the line.
Character = tuple[int, int]


class SelectablePane(LinePane):
    """Selects by itself, so that it works in terminals that report no motion without a button.

    `selected` is called with the text when the button is let go.
    """

    def __init__(
        self,
        signs: Signs,
        *,
        id: str,  # noqa: A002
        frame: Frame,
        selected: Callable[[str], object],
    ) -> None:
        super().__init__(signs, id=id, frame=frame)
        self._selected = selected
        self._selecting = False
        self._begun: Character = (0, 0)
        # From the first character to the one after the last.
        self._selection: tuple[Character, Character] | None = None

    @property
    def lines(self) -> Sequence[TextLine]:
        """The lines as they are set."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw every line in view anew."""
        raise NotImplementedError

    @property
    def selected_text(self) -> str:
        """The text that was dragged over; lines that the page wrapped are one again."""
        if self._selection is None:
            return ""
        (first, start), (last, end) = self._selection
        text = ""
        for row in range(first, last + 1):
            line = self.lines[row]
            begin = start if row == first else line.lead if line.joint is not None else 0
            words = line.plain[begin : end if row == last else None].rstrip()
            joint = "" if row == first else "\n" if line.joint is None else line.joint
            text += joint + words
        return text

    def selected_in(self, row: int) -> Character | None:
        """The characters of a line that are selected: the first and the one after the last."""
        if self._selection is None or not self._selection[0][0] <= row <= self._selection[1][0]:
            return None
        (first, start), (last, end) = self._selection
        length = len(self.lines[row].plain)
        return (start if row == first else 0), (end if row == last else length)

    def end_drag(self) -> None:
        """Select no more, as what is shown is another page or the mouse went elsewhere."""
        if self._selecting:
            self._selecting = False
            self.release_mouse()

    def on_mouse_release(self) -> None:
        self._selecting = self._dragging = False

    def clear_selection(self) -> None:
        """Select nothing."""
        if self._selection:
            self._selection = None
            self.redraw()

    def _character_at(self, event: MouseEvent) -> Character:
        """The character that the mouse is nearest to."""
        offset = event.get_content_offset_capture(self) - self.inset
        row = max(0, min(offset.y, self.room.height - 1)) + self.top
        row = max(0, min(row, self.line_count - 1))
        plain = self.lines[row].plain if self.line_count else ""
        at = next((i for i in range(len(plain)) if cell_len(plain[: i + 1]) > offset.x), len(plain))
        return row, at

    def on_mouse_down(self, event: MouseDown) -> None:
        super().on_mouse_down(event)
        self.clear_selection()
        place = self.place_of(event)
        if event.button == 1 and place and place[1] < self.room.width and self.line_count:
            self._selecting = True
            self._begun = self._character_at(event)
            self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        super().on_mouse_move(event)
        if self._selecting:
            self._select(event)

    def _select(self, event: MouseEvent) -> None:
        """Select up to where the mouse is, and scroll where it is beyond the lines in view."""
        y = event.get_content_offset_capture(self).y - self.inset.y
        self.set_top(self.top + (y >= self.room.height) - (y < 0))
        first, last = sorted((self._begun, self._character_at(event)))
        moved = first != last
        self._selection = (first, (last[0], last[1] + 1)) if moved else None
        self.redraw()

    def on_mouse_up(self, event: MouseUp) -> None:
        super().on_mouse_up(event)
        if self._selecting:
            self._selecting = False
            self.release_mouse()
            if self._character_at(event) != self._begun:
                self._select(event)
            if text := self.selected_text:
                self._selected(text)
