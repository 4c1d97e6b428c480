"""Who met whom: tables of actors by year, of all who met and of those that one of them met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from weakref import WeakKeyDictionary

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.events import Click
from textual.geometry import Size

from tui.charts.meeting_counts import (
    KINDS,
    NAMES,
    NOBODY,
    TOTAL,
    MeetingCounts,
    MeetingRow,
    in_order,
)
from tui.dossier.dossier import Dossier
from tui.dossier.vocabulary import counted
from tui.explorer.keyboard import KeyPlace, is_too_small
from tui.explorer.panes.line_list import LineList, Piece
from tui.explorer.panes.lines_view import WHOLE, LinesView
from tui.explorer.spots import Selection
from tui.explorer.views.chart_screen import ChartScreen, EventSelection
from tui.pages.model import Prose, Span
from tui.text.glyphs import Signs
from tui.text.wrapping import BLANK, TextLine, fit, fit_line

#: Columns of a total, of a year, and of a name, the least and the most that years give way to.
_TOTAL, _YEAR, _LEAST, _NAME = 7, 6, 16, 30
#: From these heights on there is a line for remarks, and air between the lines.
_REMARKED, _AIRY = 8, 16
#: From this width on it is told what took place within the encounters that count.
_ROOMY = 60


@dataclass
class _MeetingTable:
    """A table and the reader's place in it: the actor and the column of the cursor, the order.

    It lists those who met `subject`, or all for "". `at` is the actor that it was opened at.
    """

    subject: str = ""
    kind: str = "person"
    at: str = ""
    actor: str = ""
    column: int = NAMES
    order: int = TOTAL


#: The tables that the reader of a dossier went through, to come back to.
_LEFT: WeakKeyDictionary[Dossier, list[_MeetingTable]] = WeakKeyDictionary()


class MeetingRows(LineList):
    """The rows of a table, with the cursor in one of its `columns`: names, totals, a year."""

    def __init__(self, signs: Signs, screen: "MeetingsScreen", years: Sequence[int]) -> None:
        super().__init__(signs, id="meeting-rows", frame=WHOLE, opened=screen.action_open)
        self.active = True
        self.rows: Sequence[MeetingRow] = ()
        self.columns = (NAMES, TOTAL, *years)
        self.at = 0  # the position of the column with the cursor
        self._first = 2  # that of the first year in view
        self._names = ""  # what stands above the names
        self._longest = 0  # columns of the longest of them
        self._cells: dict[int, int] = {}  # by the positions in view, how wide the columns are
        self._screen = screen

    def show(self, rows: Sequence[MeetingRow], names: str, actor: str, column: int) -> None:
        """Show these rows under `names`, the cursor on an actor, else the first, in a column."""
        self.rows, self._names = rows, names
        named = (self.signs.plain(row.name) for row in rows)
        self._longest = max(map(cell_len, (names, *named)))
        self.refill(next((i for i, row in enumerate(rows) if row.key == actor), 0 if rows else -1))
        self.to_column(self.columns.index(column) if column in self.columns else 0)

    def to_column(self, position: int) -> None:
        """Move the cursor into a column, and bring that into view."""
        self.at = max(0, min(position, len(self.columns) - 1))
        width, before = self.room.width - 2 - _TOTAL, self._cells
        spare = width - _YEAR * (len(self.columns) - 2)
        name = min(self._longest, width - _YEAR, max(_LEAST, min(_NAME, width * 2 // 5), spare))
        shown = max(1, (width - name) // _YEAR)
        first = max(min(self._first, self.at), self.at - shown + 1)
        self._first = max(2, min(first, len(self.columns) - shown)) if self.at > 1 else 2
        years = range(self._first, min(self._first + shown, len(self.columns)))
        self._cells = {0: name, 1: _TOTAL, **dict.fromkeys(years, _YEAR)}
        self.forget_lines()
        if before == self._cells:
            self.refresh_line(self.cursor)
        else:
            self.refresh()
        self._screen.moved()

    def heads(self) -> TextLine:
        """The line above the rows; signs tell where there are further years."""
        texts = {i: f"{self.columns[i]:04}" for i in self._cells} | {0: self._names, 1: "all"}
        if self._first > 2:
            texts[self._first] = f"{self.signs.begun} {texts[self._first]}"
        more = self.signs.goes_on if max(self._cells) < len(self.columns) - 1 else ""
        heads = [Span(*piece) for piece in self._laid(texts, "muted", "when")]
        return TextLine((Span(" "), *heads, Span(more, "muted")))

    def row_count(self) -> int:
        return len(self.rows)

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        counts = {i: self.rows[row].count(self.columns[i]) for i in self._cells}
        texts = {i: f"{count:,}" if count else self.signs.dot for i, count in counts.items()}
        texts[0] = self.signs.plain(self.rows[row].name)
        return self._laid(texts, "", "hint" if row == self.cursor else "")

    def _laid(self, texts: Mapping[int, str], role: str, chosen: str) -> list[Piece]:
        """Set texts into the columns, that of the cursor in the role `chosen` if there is one."""
        pieces: list[Piece] = []
        for i, width in self._cells.items():
            text = fit(texts[i], width, self.signs)
            found = "thumb" if text == self.signs.dot else role
            cell = (text, (i == self.at and chosen) or found), (" " * (width - cell_len(text)), "")
            pieces += cell if i == 0 else cell[::-1]
        return pieces

    def set_cursor(self, row: int) -> None:
        super().set_cursor(row)
        self._screen.moved()

    def arranged(self) -> None:
        super().arranged()
        self.to_column(self.at)

    async def on_click(self, event: Click) -> None:
        if place := self.place_of(event):
            ends = zip(self._cells, accumulate(self._cells.values()), strict=True)
            self.to_column(next((i for i, end in ends if place[1] <= end), self.at))


class MeetingsScreen(ChartScreen):
    """Who met whom in the events `listed`, in all of the dossier where that is None.

    It opens at the actor `at`; where that is "" or the one before, where the reader left.
    """

    NAME = "meetings"

    def __init__(
        self, dossier: Dossier, signs: Signs, at: str = "", listed: Selection | None = None
    ) -> None:
        super().__init__(signs)
        self._counts = MeetingCounts(dossier, listed.events if listed else None)
        self._name = listed.name if listed else ""
        self._tables = _LEFT.setdefault(dossier, [_MeetingTable()])
        if at not in ("", self._tables[0].at):
            kind = self._counts.actors.get(at, ("", ""))[1]
            self._tables[:] = [_MeetingTable(kind=kind if kind in KINDS else "", at=at, actor=at)]
        self._note = LinesView(signs, id="meetings-note")
        self._rows = MeetingRows(signs, self, self._counts.years)
        self._fill()

    def parts(self) -> ComposeResult:
        yield from (self.view, self._rows, self._note, self.foot)

    def places(self) -> Sequence[KeyPlace]:
        return [KeyPlace(self.NAME, self._rows), *super().places()]

    def fit_window(self, size: Size) -> None:
        self._rows.display = self._note.display = not is_too_small(size)
        super().fit_window(size)

    def resized(self) -> None:
        width, height = self.window
        above, below = 5 if height >= _AIRY else 3, int(height >= _REMARKED)
        self.view.take_room(width, above)
        self._note.take_room(width, below)
        self._rows.take_room(width, height - above - below - 1)
        self.moved()

    # -- what is shown

    @property
    def _row(self) -> MeetingRow | None:
        return self._rows.rows[self._rows.cursor] if self._rows.rows else None

    def _fill(self) -> None:
        """List those who are to be listed now."""
        table = self._tables[-1]
        self._told = self._counts.told(table.subject)
        rows = in_order(self._counts.rows(table.kind, table.subject), table.order)
        names = f"{KINDS[table.kind]} ({len(rows):,})"
        self._rows.show(rows, names, table.actor, table.column)

    def moved(self) -> None:
        """Remember where the cursor is, and tell what it is on."""
        table, row, signs = self._tables[-1], self._row, self.signs
        table.column, table.actor = self._rows.columns[self._rows.at], row.key if row else ""
        width, (within, *remarks) = self.width, self._told
        title = self._counts.title(table.subject)
        head = self.head(f"{title} {signs.dot} {self._name}" if self._name else title, within)
        said = self._said(row, table.column) if row else (Span(NOBODY, "muted"),)
        heads = self._rows.heads()
        air = [BLANK] * (self.window.height >= _AIRY)
        self.show([head, *air, fit_line(said, width, signs), *air, heads])
        order = {NAMES: "name", TOTAL: "all"}.get(table.order, f"{table.order:04}")
        note = Span(f" {signs.dot} ".join([f"sorted by {order}", *remarks]), "muted")
        self._note.show([fit_line((note,), width, signs)])

    def _said(self, row: MeetingRow, column: int) -> Prose:
        """The encounters that the cursor is on, in words."""
        words = counted(row.count(column), "encounter")
        within = row.count_within(column)
        if within and self.window.width >= _ROOMY:
            words += f", {within:,} more within"
        name = f"with {row.name}" if self._tables[-1].subject else row.name
        name = fit(self._dated(name, column), self.window.width - len(words) - 5, self.signs)
        return Span(name, "when"), Span(f" {self.signs.dot} ", "muted"), Span(words, "title")

    def _dated(self, name: str, column: int) -> str:
        return self.signs.plain(f"{name} {self.signs.dot} {column:04}" if column > 0 else name)

    # -- keys and mouse

    def action_column(self, step: int) -> None:
        self._rows.to_column(self._rows.at + step)

    def action_sort(self) -> None:
        """Sort by the column that the cursor is in, and go to the first row."""
        table = self._tables[-1]
        table.order, table.actor = table.column, ""
        self._fill()

    def action_turn(self) -> None:
        table, kinds = self._tables[-1], list(KINDS)
        table.kind, table.actor = kinds[(kinds.index(table.kind) + 1) % len(kinds)], ""
        self._fill()

    async def action_back(self) -> None:
        """Back to the table before, from the first one to the panes."""
        if len(self._tables) > 1:
            self._tables.pop()
            self._fill()
        else:
            await self.close(None)

    async def action_open(self) -> None:
        """Of a name, list whom they met; of a count, its encounters in the panes."""
        table, row = self._tables[-1], self._row
        if row and table.column == NAMES:
            self._tables.append(_MeetingTable(row.key, table.kind, column=TOTAL))
            self._fill()
        elif row and (events := row.counted.get(table.column)):
            who = self._counts.pair(table.subject, row)
            await self.close(EventSelection(tuple(events), self._dated(who, table.column)))

    def clicked(self, row: int, column: int) -> bool:
        return False

    def wheel(self, way: int) -> None:
        self._rows.set_top(self._rows.top + way)
