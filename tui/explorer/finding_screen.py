"""What the explorer's screen does to find: type, see what is found, go there or back."""

import asyncio
import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.reactive import var

from tui.dossier.dossier import EMPTY, Dossier, Listing
from tui.explorer.events import EventsPane
from tui.explorer.history import History, Shown, Spot
from tui.explorer.reading import ReadingScreen
from tui.text.glyphs import Signs

if TYPE_CHECKING:
    from textual.widgets import Input

    from tui.explorer.finding import FindBar

#: How long the page waits for the next key while a query is typed, in seconds.
PAGE_PAUSE = 0.25
#: How long after the first frame the find bar is made, in seconds.
FIND_PAUSE = 0.3


class FindingScreen(ReadingScreen):
    """The part of the explorer's screen that looks records up."""

    listing: var[Listing] = var(EMPTY, init=False)

    def __init__(self, dossier: Dossier, signs: Signs, classes: str) -> None:
        super().__init__(dossier, signs, classes)
        self.history = History()
        #: What was found, to be stepped through, and where the reader was before.
        self.matches: list[int] = []
        self.before_find: Spot | None = None
        self._chose = False  # whether an arrow chose among what was found

    def on_mount(self) -> None:
        self.set_timer(FIND_PAUSE, self._prepare_find)

    # -- what the explorer says

    @property
    def spot(self) -> Spot:
        """Where the reader is, to come back to."""
        raise NotImplementedError

    def return_to(self, spot: Spot) -> None:
        """Put everything back as it was at a spot."""
        raise NotImplementedError

    def list_events(self) -> None:
        """List the events of the chosen value."""
        raise NotImplementedError

    def show_list(self, shown: Shown) -> None:
        """Fill the middle pane."""
        raise NotImplementedError

    def show_page(self) -> None:
        """Show the page of the present record."""
        raise NotImplementedError

    def later(self, what: str, delay: float, do: Callable[[], None]) -> None:
        """Do something after a pause, unless it is put off again before."""
        raise NotImplementedError

    def forget_later(self) -> None:
        """Do nothing of what was to be done later."""
        raise NotImplementedError

    # -- find

    async def _prepare_find(self) -> None:
        """Make the find bar after the first frame, so that what is typed next goes into it."""
        from textual.widgets import Static

        from tui.explorer.finding import FindBar

        if not self.query("#finding"):
            await self.mount(Horizontal(Static("/"), FindBar(), id="finding"), after="#panes")
            # What corrects spellings takes its time to load, and should not take that of a key.
            self.run_worker(asyncio.to_thread(importlib.import_module, "rapidfuzz.process"))

    async def action_find(self) -> None:
        from textual.widgets import Input

        await self._prepare_find()
        self.before_find = self.spot
        self.add_class("-finding")
        self.now_at("events")
        bar = self.query_one("#find", Input)
        with self.prevent(Input.Changed):
            bar.clear()
        self.set_focus(bar)
        self._find("")

    def on_input_changed(self, event: "Input.Changed") -> None:
        self._find(event.value)

    def _find(self, query: str, *, typing: bool = True) -> None:
        """Show what a query finds; ranked in full once the typing pauses."""
        from tui.explorer.finding import PAUSE, find

        found = find(self.dossier, query, self.signs, typing=typing)
        moved = not typing and self.current in found.listing.rows and self._chose
        self.show_list(found)
        self._chose = bool(moved)
        if found.listing.rows and not moved:
            self.current = found.listing.rows[0]
            self.later("page", PAGE_PAUSE, self.show_page)
        if typing and query.strip():
            self.later("find", PAUSE, lambda: self._find(query, typing=False))

    def on_find_bar_row(self, event: "FindBar.Row") -> None:
        self._chose = True
        self.query_one(EventsPane).action_move(event.step)

    def on_find_bar_cancelled(self) -> None:
        if self.before_find:
            spot = self.before_find
            self.end_find()
            self.return_to(spot)

    def on_input_submitted(self, event: "Input.Submitted") -> None:
        """Go to the record under the cursor; `n` and `N` step through the others."""
        if self.before_find and not self._chose:  # the best may not be ranked yet
            self._find(event.value, typing=False)
        if not self.listing.rows or not self.before_find:
            return
        chosen = self.current
        self.matches = list(self.listing.rows)
        self.history.leave(self.before_find)
        self.end_find()
        self.list_events()
        self.show_record(chosen)
        self.set_focus(self.query_one("#page"))

    def end_find(self) -> None:
        self.forget_later()
        self.before_find = None
        self.remove_class("-finding")

    def action_match(self, way: int) -> None:
        matches = self.matches
        outside = 0 if way > 0 else len(matches) - 1
        place = matches.index(self.current) + way if self.current in matches else outside
        if 0 <= place < len(matches):
            self.show_record(matches[place])
        else:
            self.notify(f"no {'later' if way > 0 else 'earlier'} match", timeout=2)
