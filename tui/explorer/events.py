"""The middle pane: the events of the chosen value, under year headings, parts under their whole."""

from collections.abc import Sequence

from textual.message import Message
from textual.reactive import var

from tui.dossier import dates
from tui.dossier.dossier import EMPTY, Dossier, Listing, Row
from tui.explorer.lists import LineList, Piece, fit
from tui.output.marks import Signs
from tui.page import NO_EVENTS

_DATE = 7
_MARGIN = 40


class EventsPane(LineList):
    """Lists the events of `listing`; the cursor is on the event numbered `current`."""

    listing: var[Listing] = var(EMPTY, init=False)
    current: var[int] = var(0, init=False)
    heading: var[str] = var("", init=False)

    class Chosen(Message):
        """The cursor came to rest on an event."""

        def __init__(self, n: int) -> None:
            super().__init__()
            self.n = n

    class Opened(Message):
        """An event was chosen with the mouse, to be read."""

    def __init__(self, dossier: Dossier, signs: Signs, *, id: str) -> None:  # noqa: A002
        super().__init__(signs, id=id)
        self.dossier = dossier
        self._rows: dict[int, Row] = {}

    def watch_listing(self) -> None:
        self._rows.clear()
        self.refill(self._position(self.current))

    def watch_current(self) -> None:
        if (position := self._position(self.current)) != self.cursor:
            self.refill(position)

    def watch_heading(self) -> None:
        self.border_title = self.heading

    def row_count(self) -> int:
        return len(self.listing.rows) or 1

    def is_heading(self, row: int) -> bool:
        return not self.listing.rows or self.listing.rows[row] < 0

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        if not self.listing.rows:
            return ((fit(NO_EVENTS, width, self.signs), "muted"),)
        if (n := self.listing.rows[row]) < 0:
            return ((f"{-n}", "heading"),)
        event = self._event(row)
        branch = self._branch(row)
        title = fit(event.title, width - _DATE - 1 - len(branch) - 2, self.signs)
        return (
            (f"{self._date(row, event):<{_DATE}} ", "muted"),
            (branch, "muted"),
            (f"{self.signs.type(event.type)} ", "mark"),
            (title, ""),
        )

    def _position(self, n: int) -> int:
        try:
            return self.listing.rows.index(n)
        except ValueError:
            return -1

    def _event(self, row: int) -> Row:
        """The event in a row, fetched with its neighbours."""
        rows = self.listing.rows
        if (n := rows[row]) not in self._rows:
            if len(self._rows) > 5000:
                self._rows.clear()
            near = [m for m in rows[max(0, row - _MARGIN) : row + 2 * _MARGIN] if m > 0]
            self._rows |= {event.n: event for event in self.dossier.rows(near)}
        return self._rows[n]

    def _branch(self, row: int) -> str:
        """How a part hangs under its whole."""
        depths = self.listing.depths
        if not (depth := depths[row]):
            return ""
        after = row + 1
        while after < len(depths) and depths[after] > depth:
            after += 1
        last = after == len(depths) or depths[after] < depth
        sign = self.signs.last_branch if last else self.signs.branch
        return "  " * (min(depth, 6) - 1) + f"{sign} "

    def _date(self, row: int, event: Row) -> str:
        """When, in the date column: nothing where the whole said it, the year if another."""
        assert event.date is not None
        date = dates.parse(event.date)
        if not (depth := self.listing.depths[row]):
            return self.signs.plain(dates.short(date))
        above = row - 1
        while self.listing.depths[above] >= depth:
            above -= 1
        whole = self._event(above)
        if whole.date == event.date:
            return ""
        top = above
        while self.listing.depths[top]:
            top -= 1
        first = self._event(top)
        if first.date and dates.year(dates.parse(first.date)) != dates.year(date):
            return f"{dates.year(date):>6}"
        return self.signs.plain(dates.short(date))

    def step(self, way: int) -> None:
        """Move to the next (1) or previous (-1) event."""
        self.action_move(way)

    def moved(self, row: int) -> None:
        self.post_message(self.Chosen(self.listing.rows[row]))

    def entered(self, row: int) -> None:
        self.post_message(self.Opened())
