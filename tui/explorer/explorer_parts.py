"""What the parts of the explorer's screen ask of it, so that no part needs to know the screen."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from textual.widget import Widget

from tui.explorer.keyboard import KeyedApp
from tui.explorer.panes.events_pane import EventsPane
from tui.explorer.panes.facet_pane import FacetPane
from tui.explorer.panes.page_pane import PagePane
from tui.explorer.panes.time_strip import TimeStrip
from tui.explorer.state import ExplorerState


class Explorer(Protocol):
    """The screen, as its parts know it."""

    @property
    def shell(self) -> KeyedApp:
        """The app."""

    @property
    def state(self) -> ExplorerState:
        """Where the reader is; who changes it calls `show`, unless a key is being acted on."""

    @property
    def page(self) -> PagePane:
        """The page that is read."""

    @property
    def facets(self) -> FacetPane:
        """The list on the left."""

    @property
    def events(self) -> EventsPane:
        """The list in the middle."""

    @property
    def strip(self) -> TimeStrip:
        """The strip above the footer."""

    @property
    def is_current(self) -> bool:
        """Whether no other screen is on top."""

    def show(self) -> None:
        """Show what the state says."""

    def later(self, what: str, delay: float, do: Callable[[], None]) -> None:
        """Do something after a pause of some seconds, unless `what` is put off again before."""

    def forget_later(self) -> None:
        """Do nothing of what was to be done later."""

    def mount_part(self, part: Widget) -> Awaitable[None]:
        """Put a widget that is made when it is first needed in its place on the screen."""

    def laid_out(self) -> Awaitable[None]:
        """Wait until the screen is laid out, where what is typed next depends on its sizes."""
