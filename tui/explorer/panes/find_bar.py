"""Find: the line that a query is typed in, and the list of what it finds."""

from rich.cells import cell_len
from textual.geometry import Offset, Size
from textual.reactive import Reactive
from textual.widgets import Input

from tui.dossier.dossier import EMPTY, Dossier, Listing
from tui.dossier.query import QueryError, parse
from tui.dossier.safe_text import clean_line
from tui.dossier.search import Answer, search
from tui.explorer.state import Shown
from tui.text.glyphs import Signs

#: Characters of one paste that a line takes: no query needs more.
_LONGEST = 1000
#: Said in the line before anything is typed.
PLACEHOLDER = 'words, "a phrase", -not, region: type: actor: on:2025-10'
#: Rows fetched once the typing pauses, and before: no more than a screen shows.
_MOST, _MOST_TYPING = 500, 60


def find(dossier: Dossier, query: str, signs: Signs, *, typing: bool) -> Shown:
    """Look up `query`; a query that cannot be read is said, not raised.

    While it is being typed, fewer rows are fetched and common words are not ranked.
    """
    try:
        most = _MOST_TYPING if typing else _MOST
        answer = search(dossier, parse(query, typing=typing), most, typing=typing)
    except QueryError as error:
        return Shown(EMPTY, "Find", str(error), flat=True)
    notes = f" {signs.dot} ".join(answer.notes)
    count = f"{answer.total:,}{'+' if answer.more else ''} found"
    heading = f"{count} {signs.dot} {notes}" if notes else count
    listing = Listing.of(row.n for row in answer.rows)
    return Shown(listing, heading, _nothing(answer, query), answer.words, flat=True)


def _nothing(answer: Answer, query: str) -> str:
    return answer.notes[0] if answer.notes else f"nothing found for {query.strip()}"


class LineInput(Input):
    """A line that text is typed into."""

    # Textual's own lays out the whole screen at each letter.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    def __init__(self, placeholder: str, *, id: str, compact: bool = True) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, id=id, compact=compact, select_on_focus=False)
        self.cursor_blink = False

    def type_text(self, text: str) -> None:
        """Put the first line of `text` in the place of what is selected, or at the cursor."""
        line = clean_line(next(filter(None, text.splitlines()), ""))[:_LONGEST]
        if self.selection.is_empty:
            self.insert_text_at_cursor(line)
        else:
            self.replace(line, *self.selection)
        self.show_cursor()

    def scroll_to_region(self, *_arguments: object, **_options: object) -> Offset:
        """Do nothing: Textual scrolls later, by steps that are no longer right then."""
        return Offset()

    def show_cursor(self) -> None:
        """Scroll sideways so that the cursor can be seen."""
        at, width = cell_len(self.value[: self.cursor_position]), self.size.width
        first = int(self.scroll_x)
        first = at - width + 1 if at >= first + width else min(first, at)
        self.scroll_to(first, animate=False, force=True, immediate=True)
