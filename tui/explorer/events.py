"""The middle pane: the events of the chosen value, under year headings, parts under their whole."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.message import Message
from textual.reactive import var

from tui.dossier import dates
from tui.dossier.dossier import EMPTY, Dossier, Listing, Row, shown_date
from tui.dossier.folding import mark_spans
from tui.explorer.lists import LineList, Piece, fit
from tui.page import NO_EVENTS
from tui.text.glyphs import Signs
from tui.text.layout import brief

_DATE = 7
_DEEPEST = 6
_FOUND_DATE, _REGION = 13, 14
_MARGIN = 40


class EventsPane(LineList):
    """Lists the events of `listing`; the cursor is on the event numbered `current`.

    `flat` lists what was found instead, best first, with `words` picked out. `empty` is said where
    there is nothing to list.
    """

    listing: var[Listing] = var(EMPTY, init=False)
    current: var[int] = var(0, init=False)
    heading: var[str] = var("", init=False)
    words: var[tuple[str, ...]] = var((), init=False)
    flat: var[bool] = var(False, init=False)
    empty: var[str] = var(NO_EVENTS, init=False)

    ANSWERED = True

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

    def turn_to(self, dossier: Dossier) -> None:
        """List from another dossier; its listing follows."""
        self.dossier = dossier
        self._rows.clear()
        self.forget_lines()
        self.refresh()

    def watch_listing(self) -> None:
        self._rows.clear()
        self.refill(self._position(self.current))

    def watch_current(self) -> None:
        self.place_cursor(self._position(self.current))

    def watch_heading(self) -> None:
        self.set_title(self.heading)

    def watch_words(self) -> None:
        self.forget_lines()
        self.refresh()

    def watch_empty(self) -> None:
        self.watch_words()

    def row_count(self) -> int:
        return len(self.listing.rows) or 1

    def is_heading(self, row: int) -> bool:
        return not self.listing.rows or self.listing.rows[row] < 0

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        if not self.listing.rows:
            return ((fit(self.empty, width, self.signs), "muted"),)
        if (n := self.listing.rows[row]) < 0:
            return ((f"{-n}", "heading"),)
        event = self._event(row)
        if self.flat:
            return self._found(event, width)
        branch = self._branch(row)
        title = fit(event.title, width - _DATE - 1 - len(branch) - 2, self.signs)
        return (
            (f"{self._date(row, event):<{_DATE}} ", "muted"),
            (branch, "muted"),
            (f"{self.signs.type(event.type)} ", "mark"),
            *self._marked(title),
        )

    def _found(self, row: Row, width: int) -> Sequence[Piece]:
        """A record that was found: when, what, and for an event in which region."""
        when = self.signs.plain(brief(shown_date(row))) if row.date else row.type
        when = fit(when, _FOUND_DATE, self.signs)
        region = ", ".join(self.dossier.label(id_) for id_ in row.regions[:1])
        room = width - _FOUND_DATE - 3
        region = fit(region, _REGION, self.signs) if room > 2 * _REGION else ""
        title = fit(row.title, room - (_REGION + 1 if region else 0), self.signs)
        gap = room - cell_len(title) - cell_len(region)
        sign = self.signs.type(row.type) if row.kind == "event" else self.signs.none
        return (
            (when + " " * (_FOUND_DATE + 1 - cell_len(when)), "muted"),
            (f"{sign} ", "mark"),
            *self._marked(title),
            (" " * gap, ""),
            (region, "muted"),
        )

    def _marked(self, title: str) -> list[Piece]:
        """A title with the words looked for picked out."""
        pieces: list[Piece] = []
        at = 0
        for start, end in mark_spans(title, self.words) if self.words else ():
            pieces += [(title[at:start], ""), (title[start:end], "match")]
            at = end
        return [*pieces, (title[at:], "")]

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
        """How a part hangs under its whole, and what of its wholes goes on below."""
        depths = self.listing.depths
        depth = min(depths[row], _DEEPEST)
        if not depth:
            return ""
        open_levels = set()
        lowest = depth + 1
        for after in range(row + 1, len(depths)):
            if depths[after] < lowest:
                lowest = depths[after]
                open_levels.add(lowest)
            if lowest <= 1:
                break
        lines = [self.signs.through if level in open_levels else " " for level in range(1, depth)]
        end = self.signs.branch if depth in open_levels else self.signs.last_branch
        return " ".join([*lines, end, ""])

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

    def moved(self, row: int) -> None:
        self.post_message(self.Chosen(self.listing.rows[row]))

    def entered(self, row: int) -> None:
        self.post_message(self.Opened())
