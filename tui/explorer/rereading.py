"""The explorer turned to its dossier as the file is now, with the reader left where they were."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.dossier.dossier import ALL, Dossier
from tui.explorer.events import EventsPane
from tui.explorer.facets import FacetPane
from tui.explorer.history import Renumber, Spot, moved
from tui.explorer.status import TitleLine
from tui.explorer.strip import TimeStrip

if TYPE_CHECKING:
    from tui.explorer.following import Follower, Tell
    from tui.explorer.screen import ExplorerScreen


class Rereading:
    """Has `screen` show its dossier as the file is now."""

    def __init__(self, screen: "ExplorerScreen") -> None:
        self._screen = screen
        self._follower: Follower | None = None
        self._news: Dossier | str | None = None
        self._left: Dossier | None = None

    def begin(self, tell: "Tell") -> None:
        """Follow the file of the open dossier, if it has one; `tell` is called on any thread."""
        if read := self._screen.dossier.stamp:
            from tui.explorer.following import Follower

            self._follower = Follower(read, tell)
            self._follower.start()

    def stop(self) -> None:
        """Follow the file no more."""
        if self._follower:
            self._follower.stop()
        if self._left:
            self._left.close()

    def heard(self, news: Dossier | str) -> None:
        """Take the dossier as it is now, or why it cannot be read."""
        self._news = news
        self.take()

    def take(self) -> None:
        """Show what was heard, once the reader is in the middle of nothing else."""
        screen = self._screen
        if self._news is None or screen.before_find or not screen.is_current:
            return
        news, self._news = self._news, None
        if isinstance(news, str):
            self._say(f"{news}; the last good one is shown")
            return
        self._say("")
        # The one left stays open a while: what a screen on top chose from it may still come.
        if self._left:
            self._left.close()
        self._left = screen.dossier
        stays = turn_to(screen, news)
        gone = "" if stays else "; the record you were at is gone"
        screen.notify(f"the file changed and was read again{gone}", timeout=3)

    def _say(self, words: str) -> None:
        """Say above the strip why the file cannot be read; "" takes that away."""
        from textual.content import Content
        from textual.widgets import Static

        content = Content(self._screen.signs.plain(words))
        lines = list(self._screen.query("#trouble").results(Static))
        for line in lines:
            line.update(content)
            line.display = bool(words)
        if words and not lines:
            self._screen.mount(Static(content, id="trouble"), before="#strip")


def turn_to(screen: "ExplorerScreen", dossier: Dossier) -> bool:
    """Go on in `dossier`, read again; returns whether the record that was read is still there.

    Records are known by their ids: their numbers change with every event that is added.
    """
    old, here = screen.dossier, screen.spot

    def renumber(n: int) -> int:
        return next(iter(renumbered([n], old, dossier)), 0)

    def move(spot: Spot) -> Spot | None:
        current = renumber(spot.current)
        if spot.current and not current:
            return None
        value = spot.value
        if dossier.value_position(spot.facet, value) is None:
            value = ALL
        shown = spot.shown
        shown = moved(shown, renumber) if shown.flat else screen.shown_under(spot.facet, value)
        return spot._replace(value=value, current=current, shown=shown)

    screen.dossier = dossier
    screen.query_one(FacetPane).turn_to(dossier)
    screen.query_one(EventsPane).turn_to(dossier)
    screen.query_one(TimeStrip).turn_to(dossier)
    screen.query_one(TitleLine).name_dossier(*screen.title_words())
    screen.keeper.turn_to(dossier)
    screen.history.renumber(move)
    screen.matches = [n for n in map(renumber, screen.matches) if n]
    stays = move(here)
    screen.show_spot(stays or move(_beside(here, renumber)) or here._replace(current=0))
    return stays is not None


def renumbered(numbers: Iterable[int], old: Dossier, new: Dossier) -> list[int]:
    """What records of a dossier are numbered in it now; those that are gone are left out."""
    if old is new:
        return list(numbers)
    there = (new.row(row.id) for row in old.rows(numbers))
    return [row.n for row in there if row]


def _beside(spot: Spot, renumber: Renumber) -> Spot:
    """The spot at the event nearest to its own that is still there, those after it first."""
    rows = list(spot.shown.listing.rows)
    at = rows.index(spot.current) if spot.current in rows else 0
    near = [n for n in (*rows[at:], *reversed(rows[:at])) if n > 0 and renumber(n)]
    return spot._replace(current=near[0] if near else 0)
