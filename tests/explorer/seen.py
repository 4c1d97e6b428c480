"""What a reader sees of the explorer, and does to it."""

import asyncio
import time
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from textual.events import Key
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

from tui.explorer.app import SummitryApp
from tui.explorer.dialogs.choices import FramedDialog
from tui.explorer.panes.line_list import LineList
from tui.explorer.panes.line_pane import LinePane
from tui.explorer.panes.page_pane import PagePane
from tui.explorer.panes.status_lines import FootLine
from tui.explorer.screen import ExplorerScreen

PANES = ("facets", "events", "page")
#: The letters of the menu that `v` opens.
GROUPS = {"region": "r", "type": "t", "year": "y", "actor": "a", "place": "p", "tag": "g"}


@dataclass
class Seen:
    """An explorer that is running."""

    app: SummitryApp
    pilot: Pilot[None]
    #: What was said so far, in order.
    said: list[str]

    @property
    def screen(self) -> ExplorerScreen:
        return next(s for s in self.app.screen_stack if isinstance(s, ExplorerScreen))

    @property
    def text(self) -> str:
        """The whole screen as plain text."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip()[:width] for strip in strips[:height])

    @property
    def dialog(self) -> LinePane:
        """What stands in the frame of the dialog on top."""
        assert isinstance(self.app.screen, FramedDialog), self.text
        return self.app.screen.pane

    @property
    def dialog_lines(self) -> list[str]:
        """What the dialog on top says on screen, within its frame."""
        x, y, width, height = self.dialog.region
        strips = self.app.screen._compositor.render_strips()[y + 1 : y + height - 1]
        rows = [strip.crop(x + 1, x + width - 1).text.rstrip(" ▐").strip() for strip in strips]
        return [row for row in rows if row]

    @property
    def dialog_text(self) -> str:
        """What the dialog on top says: its title, its lines on screen, its remark."""
        return "\n".join([self.dialog.title, *self.dialog_lines, self.dialog.remark])

    @property
    def focused(self) -> str:
        """The name of the pane that has the keys."""
        state = self.screen.state
        return "find" if state.before_find else "note" if state.in_note else state.pane

    @property
    def shown(self) -> list[str]:
        """The panes on screen."""
        return [pane for pane in PANES if self.screen.query_one(f"#{pane}").region.area]

    @property
    def current(self) -> str:
        """The id of the event under the cursor."""
        row = self.screen.state.row
        return row.id if row else ""

    @property
    def page(self) -> PagePane:
        return self.screen.query_one(PagePane)

    def pane(self, name: str) -> LineList:
        return self.screen.query_one(f"#{name}", LineList)

    @property
    def breadcrumb(self) -> tuple[str, ...]:
        return self.screen.state.trail

    @property
    def keys(self) -> list[str]:
        """What the footer offers."""
        return [name for _, name, _ in self.screen.query_one(FootLine).keys]

    def place_of(self, words: str) -> tuple[int, int]:
        """Where on the screen some words begin."""
        for y, line in enumerate(self.text.splitlines()):
            if words in line:
                return line.index(words), y
        raise AssertionError(f"{words!r} is not on screen:\n{self.text}")

    async def begin(self) -> None:
        """Wait until all that is put off until after the first frame is there."""
        await self.settle()
        while not self.screen.finder.bar:
            await self.pilot.pause(0.002)
        await self.settle()

    async def settle(self) -> None:
        """Wait until all that was asked for is done, and drawn."""
        for _ in range(2):  # what comes of it may ask for more
            await self.pilot._wait_for_screen()
            for screen in self.app.screen_stack:
                drawn = asyncio.Event()
                asked = screen.call_after_refresh(drawn.set)
                end = time.monotonic() + 2
                while asked and not drawn.is_set() and time.monotonic() < end:
                    if self.app._exit or screen not in self.app.screen_stack:
                        break  # a screen that was left is drawn no more
                    with suppress(TimeoutError):
                        await asyncio.wait_for(drawn.wait(), 0.05)

    async def press(self, *keys: str) -> None:
        """Type keys at once: each is done with before the next is looked at."""
        for key in keys:
            self.app.post_message(_typed(key))
        await self.settle()

    async def group(self, facet: str) -> None:
        """Group by another facet."""
        await self.press("v", GROUPS[facet])

    async def follow(self, target: str) -> None:
        """Follow a link of the page by its letter, wherever on the page it is."""
        if all(link.target != target for link in self.page.in_view()):
            link = next(link for link in self.page.links if link.target == target)
            self.page.set_top(link.line)
        await self.press("f")
        letters = (key for key, link in self.page.hints.items() if link.target == target)
        await self.press(*next(letters))

    async def click(self, place: tuple[int, int], times: int = 1) -> None:
        await self.pilot.click(offset=place, times=times)
        await self.settle()

    async def drag(self, start: tuple[int, int], *ends: tuple[int, int]) -> None:
        """Drag the mouse from a place on screen over others, the last of which it is let go at."""
        await self.pilot.mouse_down(offset=start)
        for end in ends:
            await self.pilot.hover(offset=end)
        await self.pilot.mouse_up(offset=ends[-1])
        await self.settle()

    async def resize(self, columns: int, rows: int) -> None:
        await self.pilot.resize_terminal(columns, rows)
        await self.settle()


def _typed(name: str) -> Key:
    """A key by its name or its character."""
    key = _character_to_key(name) if len(name) == 1 and not name.isalnum() else name
    try:
        character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        return Key(key, name if len(name) == 1 else None)
    return Key(key, character)


async def until(seen: Seen, check: Callable[[], bool]) -> None:
    """Wait for what comes in its own time; what stands on screen is shown where it does not."""
    for _ in range(200):
        if check():
            return
        await seen.pilot.pause(0.02)
    raise AssertionError(seen.text)
