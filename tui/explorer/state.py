"""The state of the explorer: what is listed, which record is read, and where the reader has been.

Nothing here draws. Keys change an `ExplorerState` at once; the screen then shows what it says.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tui.dossier import dates
from tui.dossier.dossier import ALL, EMPTY, Dossier, Listing, Row, Value
from tui.dossier.vocabulary import FACETS
from tui.page import NO_EVENTS
from tui.text.glyphs import Signs
from tui.text.layout import brief

#: The panes, from left to right.
PANES = ("facets", "events", "page")


def label_of(facet: str, value: Value) -> str:
    """What a value is called on screen."""
    return value.label.capitalize() if facet == "type" else value.label


class Shown(NamedTuple):
    """What the middle pane lists: rows, heading, and what to say where there are none.

    `flat` is a list of its own, best first, with `words` picked out; otherwise it is that of the
    value chosen in the left pane.
    """

    listing: Listing
    heading: str
    empty: str
    words: tuple[str, ...] = ()
    flat: bool = False


NOTHING_SHOWN = Shown(EMPTY, "", NO_EVENTS)


class Spot(NamedTuple):
    """A place in the explorer, with all it takes to put it back exactly as it was.

    `current` is the number of the record read, 0 for none; `events_top` and `page_top` are the
    first lines in view.
    """

    facet: str
    value: str
    current: int
    pane: str
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


@dataclass
class ExplorerState:
    """Where the reader is in `dossier`.

    `current` is the number of the record read (0: none, the page is that of the value), `pane` the
    pane that has the keys, `matches` what was found last, `before_find` the spot that a query was
    begun at while one is typed, `noting` whether a note stands
    beside the page, and `in_note` whether it has the keys.
    """

    dossier: Dossier
    signs: Signs
    facet: str = "region"
    value: str = ALL
    current: int = 0
    pane: str = PANES[0]
    shown: Shown = NOTHING_SHOWN
    zen: bool = False
    noting: bool = False
    in_note: bool = False
    before_find: Spot | None = None
    matches: list[int] = field(default_factory=list)
    history: History = field(default_factory=History)

    @property
    def row(self) -> Row | None:
        """The record being read."""
        return self.dossier.row_at(self.current)

    @property
    def is_event(self) -> bool:
        """Whether the record being read is an event."""
        return self.row is not None and self.row.kind == "event"

    @property
    def trail(self) -> tuple[str, ...]:
        """The way to where the reader is: facet, value, the events that this one is part of."""
        position = self.dossier.value_position(self.facet, self.value) or 0
        (value,) = self.dossier.values(self.facet, position, position + 1)
        steps = (step.title for step in self.dossier.path(self.row))
        return (FACETS[self.facet], label_of(self.facet, value), *steps)

    @property
    def title_words(self) -> tuple[str, str]:
        """What the dossier is called, and how much it holds as of when."""
        overview, total = self.dossier.overview, self.dossier.total
        as_of = brief(dates.show(dates.parse(overview.as_of)))
        return overview.title, f"{total:,} event{'s' * (total != 1)} {self.signs.dot} as of {as_of}"

    # -- lists

    def list_of(self, facet: str, value: str) -> Shown:
        """The events of a value of a facet, to be listed."""
        position = self.dossier.value_position(facet, value) or 0
        (chosen,) = self.dossier.values(facet, position, position + 1)
        heading = f"{label_of(facet, chosen)} {self.signs.dot} {chosen.total:,}"
        return Shown(self.dossier.listing(facet, value), heading, NO_EVENTS, self.shown.words)

    def list_events(self) -> None:
        """List the events of the chosen value; the record read stays if it is among them."""
        self.shown = self.list_of(self.facet, self.value)
        if self.current not in self.shown.listing and (self.row is None or self.is_event):
            self.current = next(iter(self.shown.listing.events), 0)

    def list_found(self, events: Iterable[int], heading: str) -> None:
        """List events that were chosen elsewhere, and read the first of them."""
        listing = Listing.of(events)
        title = self.signs.plain(f"{heading} {self.signs.dot} {len(listing):,}")
        self.shown = Shown(listing, title, NO_EVENTS, flat=True)
        self.current = listing.events[0]

    def choose_value(self, value: str) -> None:
        """List the events of another value of the facet."""
        self.value = value
        self.list_events()
        if not self.is_event:
            self.current = next(iter(self.shown.listing.events), 0)

    def group_by(self, facet: str) -> None:
        """Group by another facet, by the value that the record read stands under."""
        self.facet = facet
        values = self.dossier.values_of(facet, self.current)
        if (row := self.row) and row.kind == facet:  # an actor is a value itself
            values = [row.id]
        known = [key for key in values if self.dossier.value_position(facet, key) is not None]
        self.value = known[0] if known else ALL
        self.list_events()

    # -- going to a record

    def show_record(self, n: int) -> None:
        """Show an event in its list, anything else as a page beside the present list."""
        if self.shown.flat and n not in self.shown.listing:
            self.list_events()
        self.current = n
        found = self.dossier.values_of(self.facet, n)
        if n not in self.shown.listing and found:
            self.value = found[0]
            self.list_events()

    def show_under(self, facet: str, value: str, n: int) -> None:
        """Show event `n` in the list of a value."""
        self.current = n
        self.shown = self.shown._replace(words=())
        if facet and value != ALL:
            self.facet, self.value = facet, value
            self.list_events()
        self.show_record(n)

    def show_tag(self, tag: str) -> None:
        """Show a tag: its events in the list and, no event being chosen, its page."""
        self.facet, self.value = "tag", tag
        self.list_events()
        self.current = 0

    def return_to(self, spot: Spot) -> None:
        """Be where the reader was at a spot."""
        self.facet, self.value, self.current, self.pane, self.shown = spot[:5]

    # -- the dossier read again

    def turn_to(self, dossier: Dossier, here: Spot) -> tuple[Spot, bool]:
        """Go on in `dossier`, the file read again; `here` is the present spot.

        Records are known by their ids: their numbers change with every event that is added.
        Returns where to go on, and whether the record that was read is still there.
        """
        old, self.dossier = self.dossier, dossier

        def renumber(n: int) -> int:
            return next(iter(renumbered([n], old, dossier)), 0)

        def move(spot: Spot) -> Spot | None:
            current = renumber(spot.current)
            if spot.current and not current:
                return None
            known = dossier.value_position(spot.facet, spot.value) is not None
            value = spot.value if known else ALL
            if spot.shown.flat:
                found = filter(None, map(renumber, spot.shown.listing.events))
                shown = spot.shown._replace(listing=Listing.of(found))
            else:
                shown = self.list_of(spot.facet, value)
            return spot._replace(value=value, current=current, shown=shown)

        self.history.renumber(move)
        self.matches = [n for n in map(renumber, self.matches) if n]
        stays = move(here)
        there = stays or move(_beside(here, renumber)) or here._replace(current=0)
        return there, stays is not None


def renumbered(numbers: Iterable[int], old: Dossier, new: Dossier) -> list[int]:
    """The numbers that records of `old` have in `new`; those that are gone are left out."""
    if old is new:
        return list(numbers)
    there = (new.row(row.id) for row in old.rows(numbers))
    return [row.n for row in there if row]


def _beside(spot: Spot, renumber: Callable[[int], int]) -> Spot:
    """The spot at the event nearest to its own that is still there, those after it first."""
    rows = spot.shown.listing.events
    at = rows.index(spot.current) if spot.current in rows else 0
    near = [n for n in (*rows[at:], *reversed(rows[:at])) if renumber(n)]
    return spot._replace(current=near[0] if near else 0)
