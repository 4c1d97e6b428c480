"""A note beside the page, saved as it is typed."""

from textual.binding import Binding
from textual.content import Content
from textual.events import Blur
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

#: How long a pause in typing is before the note is saved, in seconds.
_PAUSE = 0.4


class NotePanel(TextArea):
    """Edits the note of one record."""

    BINDINGS = [Binding("escape", "close", "done", id="note.close", priority=True)]

    class Saved(Message):
        """The note is to be kept as it stands."""

        def __init__(self, record: str, note: str, *, closing: bool) -> None:
            super().__init__()
            self.record = record
            self.note = note
            self.closing = closing

    def __init__(self) -> None:
        super().__init__(id="note", soft_wrap=True, show_line_numbers=False, compact=True)
        self._record = ""
        self._kept = ""
        self._pause: Timer | None = None

    def begin(self, record: str, title: str, note: str) -> None:
        """Begin to edit the note of `record`."""
        self._record, self._kept = record, note
        self.load_text(note)
        self.move_cursor(self.document.end)
        self.border_title = Content(f"Note on {title}")
        self.border_subtitle = "saved as you type; Esc closes"

    def on_text_area_changed(self) -> None:
        if self._pause:
            self._pause.stop()
        if self._record and self.text != self._kept:
            self._pause = self.set_timer(_PAUSE, self._save)

    def _save(self, *, closing: bool = False) -> None:
        if self._pause:
            self._pause.stop()
        if self.text != self._kept or closing:
            self._kept = self.text
            self.post_message(self.Saved(self._record, self.text, closing=closing))

    def on_blur(self, event: Blur) -> None:
        if self._record:
            self._save()

    def action_close(self) -> None:
        self._save(closing=True)
