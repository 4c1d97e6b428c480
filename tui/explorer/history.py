"""Where the reader has been: back and forward, as in a browser."""

from array import array
from collections.abc import Callable
from typing import NamedTuple

from tui.dossier.dossier import Listing


class Shown(NamedTuple):
    """What the middle pane lists: rows, heading, what to say where there are none.

    `flat` is a list of its own, best first, with `words` picked out; otherwise it is that of the
    chosen value.
    """

    listing: Listing
    heading: str
    empty: str
    words: tuple[str, ...] = ()
    flat: bool = False


class Spot(NamedTuple):
    """A place in the explorer, with all it takes to put it back exactly as it was.

    The record is `current`; `events_top` and `page_top` are the first lines in view.
    """

    facet: str
    value: str
    current: int
    pane: str
    shown: Shown
    events_top: int
    page_top: int


#: What a record of one dossier is in another: from its number to its number there, 0 if it is gone.
Renumber = Callable[[int], int]


def moved(shown: Shown, renumber: Renumber) -> Shown:
    """A list of its own in a dossier read again; what is gone is left out."""
    rows = array("i", [n for n in map(renumber, shown.listing.rows) if n])
    return shown._replace(listing=Listing(rows, bytes(len(rows))))


class History:
    """Spots walked through. Going somewhere new forgets what lay ahead."""

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

    def renumber(self, move: Callable[[Spot], Spot | None]) -> None:
        """Go on in a dossier read again; `move` tells what a spot is there, None if it is gone."""
        for spots in (self._behind, self._ahead):
            spots[:] = [spot for spot in map(move, spots) if spot]

    def forward(self, here: Spot) -> Spot | None:
        """The spot that `back` left, or None."""
        if not self._ahead:
            return None
        self._behind.append(here)
        return self._ahead.pop()
