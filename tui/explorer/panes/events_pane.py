"""The middle pane: events under year headings with parts under their whole, or what was found."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from rich.cells import cell_len

from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row, shown_date
from tui.dossier.folding import mark_spans
from tui.explorer.panes.line_list import LineList, Piece
from tui.explorer.spots import NOTHING_SHOWN, Shown
from tui.text.glyphs import Signs
from tui.text.layout import brief
from tui.text.wrapping import fit

#: Columns of an event's date, and how deep parts are indented at most.
_DATE = 7
_DEEPEST = 6
#: Columns that the name of a whole is worth showing in.
_LEAST = 12
#: The most columns of the date and the region of a record that was found.
_FOUND_DATE, _REGION = 14, 14
#: Rows fetched before the one wanted; twice as many after it.
_MARGIN = 40
#: Rows that are kept once fetched.
_REMEMBERED = 5000


class EventsPane(LineList):
    """Lists the events of a selection; `chosen` is called with the number the reader goes to."""

    def __init__(
        self,
        dossier: Dossier,
        signs: Signs,
        chosen: Callable[[int], object],
        opened: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(signs, id="events", opened=opened)
        self._chosen = chosen
        self._dossier = dossier
        self._shown: Shown = NOTHING_SHOWN
        self._current = 0
        self._fetched: dict[int, Row] = {}
        self._signs_of: Mapping[str, str] = {}

    def show(self, dossier: Dossier, shown: Shown, current: int) -> None:
        """List what is `shown`, with the cursor on the record numbered `current`."""
        if dossier is not self._dossier:
            self._dossier = dossier
            self._fetched.clear()
        elif shown is self._shown:
            if current != self._current:
                self._current = current
                self.set_cursor(self._position(current))
            return
        kept = shown.listing is self._shown.listing
        self._shown, self._current = shown, current
        self.set_title(shown.heading, shown.counts)
        if kept:
            self.forget_lines()
            self.refresh()
            self.set_cursor(self._position(current))
        else:
            self.refill(self._position(current))

    def show_signs(self, signs_of: Mapping[str, str]) -> None:
        """Put signs at the end of the rows of some records, by their ids."""
        if signs_of is not self._signs_of:
            self._signs_of = signs_of
            self.forget_lines()
            self.refresh()

    def row_count(self) -> int:
        return len(self._shown.listing) or 1

    def is_heading(self, row: int) -> bool:
        return not self._shown.listing or self._shown.listing.event(row) is None

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        if not self._shown.listing:
            return ((fit(self._shown.empty, width, self.signs), "muted"),)
        if (heading := self._shown.listing.heading(row)) is not None:
            return ((heading, "heading"),)
        event = self._event(row)
        if not (sign := self._signs_of.get(event.id)):
            return self._row_of(row, event, width)
        pieces = self._row_of(row, event, width - len(sign) - 1)
        gap = width - len(sign) - sum(cell_len(text) for text, _ in pieces)
        return (*pieces, (" " * gap, ""), (sign, "accent"))

    def _row_of(self, row: int, event: Row, width: int) -> Sequence[Piece]:
        """An event in its list, or a record that was found."""
        if self._shown.flat or event.date is None:
            return self._found(event, width)
        branch = self._branch(row)
        room = width - _DATE - 1 - len(branch) - 2
        title = fit(event.title, room, self.signs)
        return (
            (f"{self._date(row, event):<{_DATE}} ", "muted"),
            (branch, "muted"),
            (f"{self.signs.type(event.type)} ", "mark"),
            *self._marked(title),
            (self._whole(row, event, room - cell_len(title)), "muted"),
        )

    def _whole(self, row: int, event: Row, room: int) -> str:
        """The name of what an event is part of, where it does not stand beneath it."""
        if self._shown.listing.depths[row] or not (whole := self._dossier.whole(event)):
            return ""
        words = f" {self.signs.dot} {whole.title}"
        return fit(words, room, self.signs) if room >= min(_LEAST, cell_len(words)) else ""

    def _found(self, row: Row, width: int) -> Sequence[Piece]:
        """A record that was found: its title, then its region and date as far as there is room."""
        sign = self.signs.type(row.type) if row.kind == "event" else self.signs.none
        title = fit(row.title, width - 2, self.signs)
        room = width - 2 - cell_len(title)
        when = self.signs.plain(brief(shown_date(row))) if row.date else row.type
        year = f"{dates.year(dates.parse(row.date))}" if row.date else ""
        fitting = min(_FOUND_DATE, room - 1)
        when = next((one for one in (when, year) if cell_len(one) <= fitting), "")
        place = self._dossier.label(row.regions[0]) if row.regions else ""
        region = fit(place, _REGION, self.signs) if room > _REGION + _FOUND_DATE + 2 else ""
        end = f"{region}{' ' * (_REGION - cell_len(region))}" if region else ""
        gap = room - cell_len(end) - max(_FOUND_DATE + 1 if end else 0, cell_len(when))
        return (
            (f"{sign} ", "mark"),
            *self._marked(title),
            (" " * gap, ""),
            (end, "muted"),
            (f"{when:>{_FOUND_DATE + 1}}" if end else when, "muted"),
        )

    def _marked(self, title: str) -> list[Piece]:
        """A title with the words looked for picked out."""
        pieces: list[Piece] = []
        at = 0
        for start, end in mark_spans(title, self._shown.words) if self._shown.words else ():
            pieces += [(title[at:start], ""), (title[start:end], "match")]
            at = end
        return [*pieces, (title[at:], "")]

    def _position(self, n: int) -> int:
        found = self._shown.listing.position(n)
        return -1 if found is None else found

    def _event(self, row: int) -> Row:
        """The event in a row, fetched with its neighbours."""
        listing = self._shown.listing
        n = listing.event(row)
        assert n is not None
        if n not in self._fetched:
            if len(self._fetched) > _REMEMBERED:
                self._fetched.clear()
            near = range(max(0, row - _MARGIN), min(row + 2 * _MARGIN, len(listing)))
            wanted = filter(None, map(listing.event, near))
            self._fetched |= {event.n: event for event in self._dossier.rows(wanted)}
        return self._fetched[n]

    def _branch(self, row: int) -> str:
        """How a part hangs under its whole, and what of its wholes goes on below."""
        depths = self._shown.listing.depths
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
        date, listing = dates.parse(event.date), self._shown.listing
        if not (depth := listing.depths[row]):
            last_day = self._dossier.last_day
            if date.lo > last_day and dates.year(date) != last_day // 10000:
                return f"{dates.year(date):>6}"  # it stands under "planned", not under its year
            return self.signs.plain(dates.short(date))
        above = row - 1
        while self._shown.listing.depths[above] >= depth:
            above -= 1
        whole = self._event(above)
        if whole.date == event.date:
            return ""
        top = above
        while self._shown.listing.depths[top]:
            top -= 1
        first = self._event(top)
        if first.date and dates.year(dates.parse(first.date)) != dates.year(date):
            return f"{dates.year(date):>6}"
        return self.signs.plain(dates.short(date))

    def choose(self, row: int) -> None:
        if row >= 0 and (n := self._shown.listing.event(row)):
            self._chosen(n)
