"""Where the reader has been: back and forward, as in a browser."""

from typing import NamedTuple


class Spot(NamedTuple):
    """A place in the explorer: the facet and its value, the record, the pane and the page's top."""

    facet: str
    value: str
    current: int
    pane: str
    top: int = 0


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

    def forward(self, here: Spot) -> Spot | None:
        """The spot that `back` left, or None."""
        if not self._ahead:
            return None
        self._behind.append(here)
        return self._ahead.pop()
