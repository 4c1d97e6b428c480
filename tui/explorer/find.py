"""Find: a query that is typed, the list that it fills, and the way from there and back."""

from collections.abc import Callable

from tui.dossier.dossier import EMPTY
from tui.explorer.panes.find_bar import find
from tui.explorer.state import ExplorerState, Spot

#: How long a pause in typing is, after which what was found is ranked in full, in seconds.
PAUSE = 0.25
#: How long the page waits for the next key while a query is typed, in seconds.
PAGE_PAUSE = 0.25
#: How long after the first frame the line to type in is made, in seconds.
BAR_PAUSE = 0.3

#: Does something after a pause of some seconds, unless it is put off again before, by name.
Later = Callable[[str, float, Callable[[], None]], None]


class Finder:
    """Looks up what is typed. `changed` is called where that comes after a pause."""

    def __init__(self, state: ExplorerState, later: Later, changed: Callable[[], None]) -> None:
        self._state, self._later, self._changed = state, later, changed
        self._query = ""
        self._ranked = True

    def begin(self, spot: Spot) -> None:
        """Begin a query at `spot`."""
        self._state.before_find = spot
        self._state.pane = "events"
        self._look_up("")

    def type(self, query: str) -> None:
        """Look up another query, in the order of the first letters until the typing pauses."""
        if query != self._query:
            self._look_up(query)

    def _look_up(self, query: str) -> None:
        self._query, self._ranked = query, not query.strip()
        self._fill(typing=True)
        if not self._ranked:
            self._later("find", PAUSE, self._pause)

    def _pause(self) -> None:
        if self._state.before_find and not self._ranked:
            self.rank()
            self._changed()

    def rank(self) -> None:
        """Rank in full; what a key does to the list, it does to the ranked one."""
        if not self._ranked:
            self._ranked = True
            self._fill(typing=False)

    def _fill(self, *, typing: bool) -> None:
        state = self._state
        state.shown = find(state.dossier, self._query, state.signs, typing=typing)
        if state.shown.listing.rows:
            state.current = state.shown.listing.rows[0]

    def open(self) -> bool:
        """Go to the record under the cursor; returns whether there is one.

        What was found can be stepped through from there.
        """
        self.rank()
        state = self._state
        if (
            state.before_find is None
            or state.shown.listing is EMPTY
            or not state.shown.listing.rows
        ):
            return False
        chosen = state.current
        state.matches = list(state.shown.listing.rows)
        state.history.leave(state.before_find)
        state.before_find = None
        state.list_events()
        state.show_record(chosen)
        state.pane = "page"
        return True
