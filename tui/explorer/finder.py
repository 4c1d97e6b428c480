"""Find: a query that is typed, the list that it fills, and the way from there and back."""

import asyncio
import importlib
from typing import TYPE_CHECKING

from tui.explorer.explorer_parts import Explorer
from tui.explorer.navigation import Navigation

if TYPE_CHECKING:
    from tui.explorer.panes.find_bar import LineInput

#: How long a pause in typing is, after which what was found is ranked in full, in seconds.
PAUSE = 0.25
#: How long the page waits for the next key while a query is typed, in seconds.
PAGE_PAUSE = 0.25
#: How long after the first frame the line to type in is made, in seconds.
BAR_PAUSE = 0.3


class Finder:
    """Looks up what is typed in `bar`, which is made when it is first needed."""

    def __init__(self, explorer: Explorer, navigation: Navigation) -> None:
        self._explorer, self._navigation = explorer, navigation
        self._state = explorer.state
        self.bar: LineInput | None = None
        self._making = asyncio.Lock()
        self._query = ""
        self._ranked = True

    async def prepare(self) -> None:
        """Make the line that a query is typed in."""
        async with self._making:
            if self.bar:
                return
            from tui.explorer.panes.find_bar import PLACEHOLDER, LineInput

            bar = LineInput(PLACEHOLDER, id="find")
            await self._explorer.mount_part(bar)
            self.bar = bar
        # What corrects spellings takes its time to load, and should not take that of a key.
        load = asyncio.to_thread(importlib.import_module, "rapidfuzz.process")
        self._explorer.shell.run_worker(load)

    async def action_find(self) -> None:
        """Begin a query."""
        await self.prepare()
        assert self.bar is not None
        self.bar.clear()
        self._state.before_find = self._navigation.spot
        self._state.pane = "events"
        self._look_up("")
        self._explorer.show()
        await self._explorer.laid_out()

    def take_text(self) -> None:
        """Look up what is typed now; in the order of its letters until the typing pauses."""
        if self._state.before_find and self.bar:
            self.bar.show_cursor()
            if self.bar.value != self._query:
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
        from tui.explorer.panes.find_bar import find

        state = self._state
        chosen = state.shown.listing and state.current != state.shown.listing.event(0)
        state.shown = find(state.dossier, self._query, state.signs, typing=typing)
        if not typing and chosen and state.current in state.shown.listing:
            return  # what was clicked meanwhile stays
        if found := state.shown.listing.event(0) if state.shown.listing else None:
            state.current = found

    def action_move(self, step: int) -> None:
        """Move in the list of what was found."""
        self._rank()
        self._explorer.show()
        self._explorer.events.action_move(step)

    def action_cancel(self) -> None:
        """Put everything back as it was before."""
        spot, self._state.before_find = self._state.before_find, None
        self._explorer.forget_later()
        if spot:
            self._navigation.return_to(spot)

    def action_open(self) -> None:
        """Go to the record under the cursor; what was found can be stepped through from there."""
        self._rank()
        state = self._state
        if state.before_find is None or not state.shown.listing:
            return
        chosen = state.current
        state.matches = state.shown.listing.events
        state.history.leave(state.before_find)
        state.before_find = None
        self._explorer.forget_later()
        state.list_events()
        state.show_record(chosen)
        state.pane = "page"
