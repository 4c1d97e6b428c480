"""The state of the explorer: what is listed, which record is read, and where the reader has been.

Nothing here draws. Keys change an `ExplorerState` at once; the screen then shows what it says.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tui.dossier import dates
from tui.dossier.dossier import ALL, Dossier, Row, Value
from tui.dossier.selection import FacetValues, FoundRecords
from tui.dossier.vocabulary import FACETS, SORTS, counted
from tui.explorer.spots import NOTHING_SHOWN, Found, History, Selection, Shown, Spot
from tui.page import NO_EVENTS
from tui.text.glyphs import Signs
from tui.text.layout import brief

#: What the values in the left pane depend on: the arguments of FacetValues.
_ValuesKey = tuple[Dossier, str, FoundRecords | None, str]
#: The panes, from left to right.
PANES = ("facets", "events", "page")


def label_of(facet: str, value: Value) -> str:
    """What a value is called on screen."""
    return value.label.capitalize() if facet == "type" else value.label


@dataclass
class ExplorerState:
    """Where the reader is in `dossier`.

    `current` is the number of the record read (0: none, the page is that of the value), `pane` the
    pane that has the keys. The selection is what stands under `value`, or what was `found`, in
    `order` ("newest" or "oldest" first); `value_words` narrow the values of the left pane.
    `queries` are those of before, the newest first; `before_find` is the spot that a query was
    begun at while one is typed, `filtering` says whether `value_words` are typed, `noting` whether
    a note stands beside the page, and `in_note` whether it has the keys.
    """

    dossier: Dossier
    signs: Signs
    facet: str = "region"
    value: str = ALL
    current: int = 0
    pane: str = PANES[0]
    order: str = "newest"
    found: Found | None = None
    shown: Shown = NOTHING_SHOWN
    zen: bool = False
    noting: bool = False
    in_note: bool = False
    before_find: Spot | None = None
    filtering: bool = False
    value_words: str = ""
    history: History = field(default_factory=History)
    queries: list[str] = field(default_factory=list)
    _values: tuple[_ValuesKey, FacetValues] | None = None

    @property
    def row(self) -> Row | None:
        """The record being read."""
        return self.dossier.row_at(self.current)

    @property
    def is_event(self) -> bool:
        """Whether the record being read is an event."""
        return self.row is not None and self.row.kind == "event"

    @property
    def values(self) -> FacetValues:
        """The values that the left pane lists."""
        found = self.found.records if self.found else None
        key = self.dossier, self.facet, found, self.value_words
        kept = self._values
        if kept and found and not found.complete and kept[0][:2] == key[:2]:
            return kept[1]  # they are counted once the typing pauses
        if kept is None or kept[0] != key:
            self._values = kept = key, FacetValues(*key)
        return kept[1]

    @property
    def selection_name(self) -> str:
        """What is listed: a value, a query, or a query within a value."""
        return self._name_of(self.facet, self.value, self.found)

    def _name_of(self, facet: str, value: str, found: Found | None) -> str:
        if found and not (found.within and value):
            return self.signs.plain(found.title)
        label = label_of(facet, self.dossier.value(facet, value))
        return f"{self.signs.plain(found.title)} {self.signs.dot} {label}" if found else label

    @property
    def selection(self) -> Selection | None:
        """The events listed, for the views; None for all events of the dossier."""
        if self.found is None and self.value == ALL:
            return None
        total = self.dossier.total
        events = frozenset(n for n in self.shown.listing.events if n <= total)
        return Selection(self.selection_name, events)

    @property
    def trail(self) -> tuple[str, ...]:
        """The way to where the reader is: facet, selection, the events that this one is part of."""
        steps = (step.title for step in self.dossier.path(self.row))
        return (FACETS[self.facet], self.selection_name, *steps)

    @property
    def title_words(self) -> tuple[str, str]:
        """What the dossier is called, and how much it holds as of when."""
        overview = self.dossier.overview
        as_of = brief(dates.show(dates.parse(overview.as_of)))
        return overview.title, f"{counted(self.dossier.total)} {self.signs.dot} as of {as_of}"

    def spot(self, events_top: int = 0, page_top: int = 0) -> Spot:
        """Where the reader is, to come back to."""
        tops = events_top, page_top
        lists = self.facet, self.value, self.value_words
        return Spot(*lists, self.current, self.pane, self.zen, self.found, self.shown, *tops)

    # -- lists

    def list_events(self) -> None:
        """List the selection; the record read stays if it is among them.

        What narrows the left pane goes where it hides the value that is listed.
        """
        if self.value_words and self.values.position(self.value) is None:
            self.value_words = ""
        self.shown = shown = self._shown_of(self.facet, self.value, self.found)
        if self.current not in shown.listing and (self.row is None or self.is_event):
            self.current = self._first()

    def _shown_of(self, facet: str, value: str, found: Found | None) -> Shown:
        """What the middle pane lists where `value` of `facet` is chosen and that was `found`."""
        name, dot = self._name_of(facet, value, found), self.signs.dot
        if found is None:
            listing = self.dossier.listing(facet, value)
            listing = listing.turned() if self.order == "oldest" else listing
            count = self.dossier.value(facet, value).total
            return Shown(listing, f"{name} {dot} {count:,}", NO_EVENTS)
        records, value = found.records, value if found.within else ALL
        listing = records.listing(facet, value, found.order)
        numbers = listing.events
        events = sum(n <= self.dossier.total for n in numbers)
        others = len(numbers) - events
        if not found.query or (others and not records.more):
            told = counted(events) + f" {dot} {others:,} more" * bool(others)
        else:
            told = f"{records.total if records.more else events:,}{'+' * records.more} found"
        nothing = records.notes[0] if records.notes else f"nothing found for {found.query.strip()}"
        # What was changed has to be read; the query itself stands in the line, or the breadcrumb.
        heading = self.signs.plain(f" {dot} ".join((*(records.notes or (name,)), told)))
        counts, flat = "" if records.notes else self.signs.plain(told), found.order == "best"
        return Shown(listing, heading, nothing, records.words, flat, counts)

    def _first(self) -> int:
        """The number of the record to read first of those listed, 0 if there is none."""
        listing, found = self.shown.listing, self.found
        if found:
            return found.records.opening(listing, found.order)
        return listing.opening() if self.order == "newest" else listing.first

    def choose_value(self, value: str) -> None:
        """List the events of another value of the facet, of what was found if a query is on."""
        self.value = value
        if self.found:
            self.found = self.found._replace(within=value != ALL)
        self.list_events()
        if not self.is_event:
            self.current = self._first()

    def group_by(self, facet: str) -> None:
        """Group by another facet, by the value that the record read stands under."""
        self.facet, self.value_words = facet, ""
        if self.found:
            self.found = self.found._replace(within=False)
        self.value = self._value_of_current(keep=False)
        self.list_events()

    def turn_order(self) -> str:
        """List in the next order; returns it. By date what is no event gives way to the first."""
        if self.found:
            orders = SORTS if self.found.query else SORTS[1:]
            order = orders[(orders.index(self.found.order) + 1) % len(orders)]
            self.found = self.found._replace(order=order)
        else:
            order = self.order = "oldest" if self.order == "newest" else "newest"
        self.list_events()
        if self.found and order != "best" and not self.is_event and (first := self._first()):
            self.read(first)
        return order

    def find(self, found: Found) -> None:
        """List what was found, and read the first of it; if nothing was, what was read before."""
        self.found = found
        self.value = self.value if found.within else found.home.value
        self.current = found.home.current
        self.list_events()
        if first := self._first():
            self.read(first)

    def read(self, n: int) -> None:
        """Read a record of those listed; the left pane marks the value that it stands under."""
        self.current = n
        if self.found and not self.found.within:
            self.value = self._value_of_current(keep=True)

    def _value_of_current(self, *, keep: bool) -> str:
        """The value that the record read stands under, the present one if that is one to `keep`."""
        row = self.row
        values = self.dossier.values_of(self.facet, self.current)
        if row and row.kind == self.facet:  # an actor is a value itself
            values = [row.id]
        if keep and self.value in values:
            return self.value
        known = (key for key in values if self.dossier.value_position(self.facet, key) is not None)
        return next(known, ALL)

    # -- going to a record

    def show_record(self, n: int) -> None:
        """Show a record in its list: of what was found if it is there, else of its own value.

        What stands under no value is shown as a page beside the list of all events.
        """
        if self.found and n not in self.shown.listing:
            self.found = None
            self.list_events()
        self.read(n)
        if self.found:
            return
        value = self._value_of_current(keep=True)
        if value != self.value and (value or n not in self.shown.listing):
            self.value = value
            self.list_events()

    def show_under(self, facet: str, value: str, n: int) -> None:
        """Show event `n` in the list of a value or, where it is found, of what was found."""
        if facet == self.facet and value != ALL and not self.found:
            self.value, self.current = value, n
            self.list_events()
        self.show_record(n)

    def show_tag(self, tag: str) -> None:
        """Show a tag: its events in the list and, no event being chosen, its page."""
        self.facet, self.value, self.found = "tag", tag, None
        self.list_events()
        self.current = 0

    def return_to(self, spot: Spot) -> None:
        """Be where the reader was at a spot."""
        self.facet, self.value, self.value_words, self.current, self.pane = spot[:5]
        self.zen, self.found, self.shown = spot[5:8]

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
            value = dossier.known_value(spot.facet, spot.value)
            if found := spot.found:
                home = move(found.home) or found.home._replace(current=0)
                found = found._replace(records=found.records.again(dossier, renumber), home=home)
            shown = self._shown_of(spot.facet, value, found)
            return spot._replace(value=value, current=current, found=found, shown=shown)

        self.history.renumber(move)
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
