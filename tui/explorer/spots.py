"""What is listed and found, and the places in the explorer that one can come back to."""

from collections.abc import Callable
from typing import NamedTuple

from tui.dossier.dossier import EMPTY, Listing
from tui.dossier.selection import FoundRecords
from tui.page import NO_EVENTS


class Shown(NamedTuple):
    """What the middle pane lists: rows, heading, and what to say where there are none.

    `words` are picked out in the titles. A `flat` list has the best first, each with its date and
    region; another one has headings. `counts` are the end of the heading, which is told before all
    of the name is.
    """

    listing: Listing
    heading: str
    empty: str
    words: tuple[str, ...] = ()
    flat: bool = False
    counts: str = ""


NOTHING_SHOWN = Shown(EMPTY, "", NO_EVENTS)


class Selection(NamedTuple):
    """The numbers of the events that are listed, and what they are called."""

    name: str
    events: frozenset[int]


class Found(NamedTuple):
    """A query and what it found, or what was chosen in a chart: every list is narrowed by it.

    `query` is as it was typed, "" for a choice in a chart; `title` names it in the breadcrumb.
    `order` is one of SORTS, and `within` says that of it only what stands under the value chosen
    in the left pane is listed. `home` is the spot to go back to when it is taken away.
    """

    records: FoundRecords
    title: str
    query: str
    order: str
    home: "Spot"
    within: bool = False


class Spot(NamedTuple):
    """A place in the explorer, with all it takes to put it back exactly as it was.

    `value_words` narrow the values of the left pane, `current` is the number of the record read, 0
    for none; `events_top` and `page_top` are the first lines in view.
    """

    facet: str
    value: str
    value_words: str
    current: int
    pane: str
    zen: bool
    found: Found | None
    shown: Shown
    events_top: int
    page_top: int


class History:
    """Spots walked through, as in a browser. Going somewhere new forgets what lay ahead."""

    def __init__(self) -> None:
        self._behind: list[Spot] = []
        self._ahead: list[Spot] = []

    def leave(self, spot: Spot) -> None:
        """Remember the spot that is left by following a link."""
        self._behind.append(spot)
        self._ahead.clear()

    def back(self, here: Spot) -> Spot | None:
        """The spot before, or None at the beginning."""
        if not self._behind:
            return None
        self._ahead.append(here)
        return self._behind.pop()

    def forward(self, here: Spot) -> Spot | None:
        """The spot that `back` left, or None."""
        if not self._ahead:
            return None
        self._behind.append(here)
        return self._ahead.pop()

    def renumber(self, move: Callable[[Spot], Spot | None]) -> None:
        """Put each spot where `move` says that it is now; None takes it away."""
        for spots in (self._behind, self._ahead):
            spots[:] = [spot for spot in map(move, spots) if spot]
