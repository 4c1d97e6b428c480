"""Find: a line to type in, and what is found as it is typed."""

from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from tui.dossier.dossier import EMPTY, Dossier, Listing
from tui.dossier.query import QueryError, parse
from tui.dossier.search import Answer, search
from tui.explorer.history import Shown
from tui.text.glyphs import Signs

#: Rows fetched once the typing pauses, and before: no more than a screen shows.
_MOST, _MOST_TYPING = 500, 60
#: How long a pause in typing is, in seconds.
PAUSE = 0.25


def find(dossier: Dossier, query: str, signs: Signs, *, typing: bool) -> Shown:
    """Look up `query`; a query that cannot be read is said, not raised."""
    from array import array

    try:
        most = _MOST_TYPING if typing else _MOST
        answer = search(dossier, parse(query, typing=typing), most, typing=typing)
    except QueryError as error:
        return Shown(EMPTY, "Find", str(error), flat=True)
    notes = f" {signs.dot} ".join(answer.notes)
    count = f"{answer.total:,}{'+' if answer.more else ''} found"
    heading = f"{count} {signs.dot} {notes}" if notes else count
    rows = array("i", [row.n for row in answer.rows])
    listing = Listing(rows, bytes(len(rows)))
    return Shown(listing, heading, _nothing(answer, query), answer.words, flat=True)


def _nothing(answer: Answer, query: str) -> str:
    return answer.notes[0] if answer.notes else f"nothing found for {query.strip()}"


class FindBar(Input):
    """Where the query is typed. Arrows move in the list of what was found."""

    BINDINGS = [
        Binding("down", "row(1)", show=False, id="find.down"),
        Binding("up", "row(-1)", show=False, id="find.up"),
        Binding("pagedown", "row(10)", show=False, id="find.page-down"),
        Binding("pageup", "row(-10)", show=False, id="find.page-up"),
        Binding("escape", "cancel", show=False, id="find.cancel"),
    ]

    class Row(Message):
        """The cursor of the list is to move by `step` rows."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Cancelled(Message):
        """Everything is to be as it was before."""

    # Textual's own lays out the whole screen at each letter.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    def __init__(self) -> None:
        super().__init__(
            placeholder='words, "a phrase", -not, region: type: actor: on:2025-10',
            id="find",
            compact=True,
            select_on_focus=False,
        )

    def action_row(self, step: int) -> None:
        self.post_message(self.Row(step))

    def action_cancel(self) -> None:
        self.post_message(self.Cancelled())
