"""A note beside the page, saved as it is typed."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

from textual.content import Content
from textual.timer import Timer
from textual.widgets import TextArea

from tui.dossier.safe_text import clean
from tui.notebook import NotebookError
from tui.text.glyphs import Signs
from tui.text.wrapping import fit

#: How long a pause in typing is before the note is saved, and how long it waits for one at most,
#: in seconds.
_PAUSE, _LONGEST = 0.4, 2.0

#: Columns of the frame's upper edge that are not its words: corners, rules and spaces.
_AROUND_TITLE = 6

#: Keeps the note of a record, given what it was; returns what it is now. Raises NotebookError.
Keep = Callable[[str, str, str], Awaitable[str]]


class NotePanel(TextArea):
    """Edits the note of one record, and lets go of nothing that was not saved.

    `reason` puts an error in few words.
    """

    def __init__(self, keep: Keep, reason: Callable[[Exception], str], signs: Signs) -> None:
        super().__init__(id="note", soft_wrap=True, show_line_numbers=False, compact=True)
        self.cursor_blink = False
        self._keep = keep
        self._reason = reason
        self.signs = signs
        self.record = ""
        self.title_of_record = ""
        self.trouble = ""
        self._kept = ""  # what stood here when the notebook was last in step
        self._base = ""  # what the notebook said then
        self._pause: Timer | None = None
        self._since = 0.0  # when the first of what is not saved was typed
        self._turn = asyncio.Lock()

    def begin(self, record: str, title: str, note: str, base: str) -> None:
        """Begin to edit `note`, which the notebook keeps of `record` as `base`."""
        self.record, self.title_of_record = record, title
        self._kept, self._base = note, base
        self.load_text(note)
        self._kept = self.text
        self.move_cursor(self.document.end)
        self._fit_title()
        self._say("saved as typed; Esc closes")

    def on_resize(self) -> None:
        self._fit_title()

    def _fit_title(self) -> None:
        """Say in the frame whose note it is, in the signs of the terminal."""
        words, room = f"Note on {self.title_of_record}", self.outer_size.width - _AROUND_TITLE
        self.border_title = Content(fit(words, room, self.signs) if room > 0 else words)

    @property
    def unsaved(self) -> bool:
        """Whether there is text here that the notebook does not have."""
        return bool(self.record) and self.text != self._kept

    async def save(self) -> bool:
        """Have the text kept, also what is typed meanwhile; returns whether it is."""
        if self._pause:
            self._pause.stop()
            self._pause = None
        async with self._turn:  # one at a time, so that no text overtakes a later one
            while self.unsaved:
                text = self.text
                try:
                    stands = await self._keep(self.record, text, self._base)
                except NotebookError as error:
                    self.trouble = self._reason(error)
                    self._say(f"not saved: {self.trouble}")
                    return False
                self._saved(text, stands)
        return True

    def _saved(self, text: str, stands: str) -> None:
        """`text` was saved; `stands` says what was added to it from elsewhere, too."""
        self.trouble = ""
        self._kept, self._base = text, stands
        added = stands.removeprefix(text.replace("\r\n", "\n").rstrip())
        if added:
            selection = self.selection
            self.insert(added, self.document.end)
            self.selection = selection  # the reader types on where they were
            self._kept += added
        self._say("also written elsewhere: both are kept" if added else "saved; Esc closes")

    def _say(self, words: str) -> None:
        self.border_subtitle = Content(words)

    def on_text_area_changed(self) -> None:
        now = monotonic()
        if self._pause:
            self._pause.stop()
        else:
            self._since = now
        self._pause = None
        if self.unsaved:
            wait = min(_PAUSE, self._since + _LONGEST - now)
            if wait > 0:
                self._pause = self.set_timer(wait, self.save_soon)
            else:
                self.save_soon()

    def save_soon(self) -> None:
        """Save without keeping the keys waiting."""
        self._pause = None
        self.run_worker(self.save(), group="note")

    def set_text(self, text: str) -> None:
        """Put another text in the place of all that stands here."""
        self.replace(clean(text.rstrip("\n")), self.document.start, self.document.end)

    def type_text(self, text: str) -> None:
        """Put text in the place of what is selected, or at the cursor."""
        self.replace(clean(text), *self.selection, maintain_selection_offset=False)
