"""Going somewhere: along the list, to a record, back and forward, to another grouping."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.dossier.dossier import ALL, shown_date
from tui.dossier.folding import fold
from tui.dossier.selection import FoundRecords
from tui.dossier.vocabulary import FACETS, SORTS
from tui.explorer.explorer_parts import Explorer
from tui.explorer.spots import Found, Spot
from tui.explorer.state import PANES
from tui.pages.model import TAG
from tui.text.layout import brief

if TYPE_CHECKING:
    from tui.notebook import ReadingPlace


#: So many records are offered in the palette.
_NAMED = 20


class Navigation:
    """Moves the reader; every move but one along the list can be taken back."""

    def __init__(self, explorer: Explorer) -> None:
        self._explorer = explorer
        self._state = explorer.state
        #: The first rows in view of the left and the middle list, where they are known.
        self.tops = (0, 0)

    def begin(self, at: str, place: "ReadingPlace | None") -> None:
        """Go to the record with the id `at` or, without one, to `place`, if it is still there."""
        state, dossier = self._state, self._state.dossier
        if place:
            state.order = place.order if place.order in SORTS[1:] else state.order
            state.queries = list(place.queries)
        if at or (place and (place.facet not in FACETS or not dossier.row(place.id))):
            place = None
        if row := dossier.row(place.id if place else at):
            state.current = row.n
            state.pane = place.pane if place and place.pane in PANES else "page"
        if place:
            state.facet = place.facet
            state.value = dossier.known_value(place.facet, place.value)
        elif row:
            state.value = next(iter(dossier.values_of(state.facet, row.n)), ALL)
        state.list_events()
        self._explorer.show()
        if place:
            self._explorer.page.set_top(place.scroll)
        for pane, top in zip(
            (self._explorer.facets, self._explorer.events), self.tops, strict=True
        ):
            if top:
                pane.set_top(top)

    @property
    def spot(self) -> Spot:
        """Where the reader is, to come back to."""
        return self._state.spot(self._explorer.events.top, self._explorer.page.top)

    def return_to(self, spot: Spot) -> None:
        """Put everything back as it was at a spot."""
        self._state.return_to(spot)
        self._explorer.show()
        self._explorer.events.set_top(spot.events_top)
        self._explorer.page.set_top(spot.page_top)

    def choose_value(self, value: str) -> None:
        """List the events of another value of the facet."""
        self._state.choose_value(value)

    def read(self, n: int) -> None:
        """Read another record of those listed."""
        self._state.read(n)

    def list_found(self, events: Sequence[int], title: str) -> None:
        """Make events that were chosen in a chart the selection."""
        state, home = self._state, self.spot
        state.history.leave(home)
        records = FoundRecords(state.dossier, events)
        state.find(Found(records, title, "", "newest", home))
        state.pane = "events"

    def go(self, n: int) -> None:
        """Show another record, to come back from."""
        self._state.history.leave(self.spot)
        self._state.show_record(n)
        self._state.pane = "page"

    def go_to(self, id_: str) -> None:
        """Show the record with this id, to come back from; it may be gone since it was listed."""
        if row := self._state.dossier.row(id_):
            self.go(row.n)
        else:
            self._explorer.shell.say("that is no longer in the file")

    def named(self, query: str) -> list[tuple[str, str, str]]:
        """The records that a name means, for the palette: id, title, and what it is or when."""
        from tui.dossier.query import QueryError, parse
        from tui.dossier.search import search

        dossier = self._state.dossier
        try:
            found = search(dossier, parse(query, typing=True), 3 * _NAMED, typing=True)
        except QueryError:
            return []
        name, rows = fold(query).strip(), found.rows
        rows.sort(key=lambda row: name not in fold(row.title))  # what is called so comes first
        return [(r.id, r.title, brief(shown_date(r)) if r.date else r.type) for r in rows[:_NAMED]]

    def follow(self, target: str) -> bool:
        """Follow a link to a record or a tag; returns False where it leads to neither."""
        state = self._state
        if target.startswith(TAG):
            state.history.leave(self.spot)
            state.show_tag(target.removeprefix(TAG))
            state.pane = "page"
            self._explorer.show()
            self._explorer.events.start_over()
        elif row := state.dossier.row(target):
            self.go(row.n)
        else:
            return False
        return True

    # -- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Whether there is something to end: from the lists, as Escape on the page leads there."""
        state = self._state
        narrowed = state.found or state.value_words
        return action != "end" or bool(narrowed and state.pane != "page" and not state.noting)

    def action_end(self) -> None:
        """Take the filter of the left pane away or the query, and be where that was begun."""
        if self._state.value_words and (self._state.pane == "facets" or not self._state.found):
            self._state.value_words = ""
        elif found := self._state.found:
            self.return_to(found.home)

    def action_sort(self) -> None:
        """List in the next order."""
        self._explorer.shell.say(f"{self._state.turn_order()} first")

    async def action_group(self) -> None:
        """Ask what to group by."""
        from tui.explorer.dialogs.choices import MenuDialog

        def chosen(place: int | None) -> None:
            if place is not None:
                self._state.group_by(facets[place])

        facets, shell = list(FACETS), self._explorer.shell
        menu = MenuDialog("Group by", list(FACETS.values()), shell.signs)
        menu.list.set_cursor(facets.index(self._state.facet))
        await shell.open(menu, chosen)

    def action_step(self, way: int) -> None:
        """Go to the next event of the list, or the one before, from any pane."""
        self._explorer.events.action_move(way)

    def action_match(self, way: int) -> None:
        """Go to the next or the previous record of what was found."""
        state = self._state
        if not state.found:
            self._explorer.shell.say("nothing is looked for; / finds")
            return
        matches, current = state.shown.listing.events, state.current
        outside = 0 if way > 0 else len(matches) - 1
        place = matches.index(current) + way if current in matches else outside
        if 0 <= place < len(matches):
            state.read(matches[place])
        else:
            self._explorer.shell.say(f"no {'further' if way > 0 else 'earlier'} match")

    def action_quarter(self, way: int) -> None:
        """Go to the first event of the next quarter, or the one before, that has any."""
        if n := self._explorer.strip.step(way):
            self.read(n)

    def action_walk(self, way: int) -> None:
        """Go back to where a link was followed, or forward again."""
        history = self._state.history
        spot = history.back(self.spot) if way < 0 else history.forward(self.spot)
        if spot:
            self.return_to(spot._replace(zen=self._state.zen and spot.pane == "page"))
        else:
            self._explorer.shell.say(f"nothing further {'back' if way < 0 else 'forward'}")
