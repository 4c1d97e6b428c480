"""Find: a query that is typed, the list that it fills, and the way from there and back."""

import asyncio
import importlib
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tui.explorer.explorer_parts import Explorer
from tui.explorer.navigation import Navigation
from tui.explorer.notebook_actions import NotebookActions
from tui.explorer.spots import Found

if TYPE_CHECKING:
    from tui.explorer.panes.find_bar import LineInput

#: How long a pause in typing is, after which what was found is ranked in full, in seconds.
PAUSE = 0.25
#: How long the page waits for the next key while a query is typed, in seconds.
PAGE_PAUSE = 0.25
#: How long after the first frame the line to type in is made, in seconds.
BAR_PAUSE = 0.3
#: So many queries are remembered.
_QUERIES = 50


class Finder:
    """Looks up what is typed in `bar`, which is made when it is first needed."""

    def __init__(self, explorer: Explorer, navigation: Navigation, notes: NotebookActions) -> None:
        self._explorer, self._navigation, self._notes = explorer, navigation, notes
        self._state = explorer.state
        self.bar: LineInput | None = None
        self._making = asyncio.Lock()
        self._query = ""
        self._ranked = True
        self._back: Callable[[], Awaitable[None]] | None = None
        self._recalled = -1  # the place among earlier queries of the one that was called back
        self._typed = False  # whether the reader typed what stands in the line

    async def prepare(self) -> "LineInput":
        """Make the line that a query is typed in, or give the one that there is."""
        async with self._making:
            if self.bar:
                return self.bar
            from tui.explorer.panes.find_bar import PLACEHOLDER, LineInput

            bar = LineInput(PLACEHOLDER, id="find")
            await self._explorer.mount_part(bar)
            self.bar = bar
        self._explorer.shell.run_worker(asyncio.to_thread(_load_ahead))
        return bar

    async def action_find(self) -> None:
        """Begin a query, or go on with the one that is on."""
        await self.begin(None)

    async def begin(self, back: Callable[[], Awaitable[None]] | None) -> None:
        """Begin a query; where it is cancelled, `back` opens the view that it was begun over."""
        await self.prepare()
        state = self._state
        state.before_find, self._back = self._navigation.spot, back
        state.pane, state.zen = "events", False
        self._recalled, self._typed = -1, False
        self._write(state.found.query if state.found else "")
        self._explorer.show()
        await self._explorer.laid_out()

    def _write(self, query: str) -> None:
        """Put a query into the line, and look it up."""
        from tui.explorer.panes.find_bar import PLACEHOLDER

        assert self.bar is not None
        self.bar.begin(PLACEHOLDER, query)
        self._look_up(self.bar.value)

    def take_text(self) -> None:
        """Look up what is typed now; in the order of its letters until the typing pauses."""
        if self._state.before_find and self.bar:
            self.bar.show_cursor()
            if self.bar.value != self._query:
                self._recalled, self._typed = -1, bool(self.bar.value.strip())
                self._look_up(self.bar.value)

    def _look_up(self, query: str) -> None:
        self._query, self._ranked = query, not query.strip()
        self._fill(typing=True)
        if not self._ranked:
            self._explorer.later("find", PAUSE, self._pause)

    def _pause(self) -> None:
        if self._state.before_find and not self._ranked:
            self._rank()
            self._explorer.show()

    def _rank(self) -> None:
        """Rank in full: what a key does to the list, it does to the ranked one."""
        if not self._ranked:
            self._ranked = True
            self._fill(typing=False)

    def _fill(self, *, typing: bool) -> None:
        """List what is found; while there is no query, what was listed before."""
        from tui.explorer.panes.find_bar import find

        state, query = self._state, self._query.strip()
        spot = state.before_find
        assert spot is not None
        home = spot.found.home if spot.found and spot.found.query else spot
        if not query:
            state.return_to(home._replace(pane="events", zen=False))
            return
        current, chosen = state.current, not self._at_first
        records = find(state.dossier, self._query, typing=typing, kept=self._notes.writer.kept)
        # A query that is edited stays within the value that it was narrowed to.
        within = bool(spot.found and spot.found.query and spot.found.within)
        state.find(Found(records, query, query, "best", home, within))
        if not typing and chosen and current in state.shown.listing:
            state.read(current)  # what was clicked meanwhile stays

    def action_move(self, step: int) -> None:
        """Move in the list of what was found."""
        self._rank()
        self._explorer.show()
        self._explorer.events.action_move(step)

    def action_up(self) -> None:
        """Move up in the list; from its first record on, back to the queries before.

        What was typed becomes one of them: a step too many up the list does not lose it.
        """
        self._rank()
        if self._query.strip() and not self._at_first:
            self.action_move(-1)
            return
        if self._typed and self._state.queries:
            self._remember()
            self._recalled, self._typed = 0, False
        if self._recalled + 1 < len(self._state.queries):
            self._recalled += 1
            self._write(self._state.queries[self._recalled])

    def _remember(self) -> None:
        """Put the query in the line first among those to call back."""
        query, queries = self._query.strip(), self._state.queries
        self._state.queries = [query, *(q for q in queries if q != query)][:_QUERIES]

    @property
    def _at_first(self) -> bool:
        """Whether the cursor is on the first record of the list."""
        state = self._state
        return state.shown.listing.first in (0, state.current)

    async def action_cancel(self) -> None:
        """Put everything back as it was before, with the view that the query was begun over."""
        self.cancel()
        if self._back:
            await self._back()

    def cancel(self) -> None:
        """Put everything back as it was before, in the panes."""
        spot, self._state.before_find = self._state.before_find, None
        self._explorer.forget_later()
        if spot:
            self._navigation.return_to(spot)

    def leave(self) -> None:
        """Keep what was found, for a click beside it; where there is nothing, put all back."""
        if self._query.strip() and self._state.shown.listing:
            self.action_open()
        else:
            self.cancel()

    def action_open(self) -> None:
        """Open the record under the cursor, and keep what was found as the list."""
        self._rank()
        state, query = self._state, self._query.strip()
        spot = state.before_find
        if spot is None or not state.shown.listing:
            return
        self._explorer.forget_later()
        state.history.leave(spot)
        state.before_find, state.zen, state.pane = None, spot.zen, "page"
        if query:
            self._remember()


def _load_ahead() -> None:
    """Load the correction of spellings and the timeline, before a key has to wait for them."""
    for name in ("rapidfuzz.process", "tui.explorer.views.timeline_screen"):
        importlib.import_module(name)
