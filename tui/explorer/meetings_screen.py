"""Who met whom: actors by year, or by each other, with how many events they took part in."""

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize

from tui.charts.meeting_counts import Meetings
from tui.dossier.dossier import Dossier
from tui.explorer.board import Board
from tui.explorer.chosen import Chosen
from tui.explorer.picture_screen import PictureScreen
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.wrapping import BLANK, Laid, cut

_NAME, _TOTAL, _CELL = 30, 7, 6
_HEAD = 5

BINDINGS: list[BindingType] = [
    Binding("down,j", "move(1,0)", "actor", id="meetings.down", tooltip="The next actor"),
    Binding("up,k", "move(-1,0)", show=False, id="meetings.up", tooltip="The actor before"),
    Binding("right,l", "move(0,1)", "year", id="meetings.right", tooltip="The next column"),
    Binding("left,h", "move(0,-1)", show=False, id="meetings.left", tooltip="The column before"),
    Binding("pagedown,ctrl+d", "page(1)", show=False, id="meetings.page-down",
            tooltip="A page of actors down"),
    Binding("pageup,ctrl+u", "page(-1)", show=False, id="meetings.page-up",
            tooltip="A page of actors up"),
    Binding("g", "edge(0,None)", show=False, id="meetings.first", tooltip="The first actor"),
    Binding("G", "edge(-1,None)", show=False, id="meetings.last", tooltip="The last actor"),
    Binding("home", "edge(None,0)", show=False, id="meetings.first-column",
            tooltip="The first column"),
    Binding("end", "edge(None,-1)", show=False, id="meetings.last-column",
            tooltip="The last column"),
    Binding("v", "turn", "by year or actor", id="meetings.turn",
            tooltip="Actors by year, or by each other"),
    Binding("enter", "open", "list", id="meetings.open", tooltip="List the events behind a count"),
    Binding("escape,w", "close", "back", id="meetings.close", tooltip="Back to the panes"),
]  # fmt: skip


class MeetingsScreen(PictureScreen):
    """A table of actors against years, or against actors; begins at the actor `at`, if given."""

    PICTURE = "meetings"
    BINDINGS = BINDINGS
    AUTO_FOCUS = "#meetings"
    CSS = "MeetingsScreen { background: $background; } #meetings-foot { height: 1; padding: 0 1; }"

    def __init__(self, dossier: Dossier, signs: Signs, at: str = "") -> None:
        super().__init__()
        self.signs = signs
        self._meetings = Meetings(dossier)
        self._by_year = True
        keys = [actor.key for actor in self._meetings.actors]
        self._row = keys.index(at) if at in keys else 0
        self._top = self._left = self._column = 0
        self._to_latest()

    def on_resize(self, event: Resize) -> None:
        self._shown()

    # -- what is in the table

    def _columns(self) -> int:
        return len(self._meetings.years if self._by_year else self._meetings.actors)

    def _count(self, row: int, column: int) -> int:
        if self._by_year:
            return len(self._meetings.in_year(row, column))
        return self._meetings.count_together(row, column)

    def _events(self) -> list[int]:
        if not self._meetings.actors or not self._columns():
            return []
        if self._by_year:
            return self._meetings.in_year(self._row, self._column)
        return self._meetings.together(self._row, self._column)

    def _said(self) -> str:
        """What the cursor is on, in words."""
        actors = self._meetings.actors
        dot = f" {self.signs.dot} "
        name = actors[self._row].label
        if self._by_year:
            return f"{name}{dot}{self._meetings.years[self._column]}"
        if self._row == self._column:
            return name
        return f"{name} with {actors[self._column].label}"

    # -- drawing

    def _room(self) -> tuple[int, int, int]:
        """Columns for a name, how many rows and how many cells there is room for."""
        width = max(8, self.size.width - 2)
        name = max(8, min(_NAME, width // 3))
        return name, max(1, self.size.height - _HEAD - 1), max(1, (width - name - _TOTAL) // _CELL)

    def _shown(self) -> None:
        """Draw what is to be seen now."""
        signs, actors = self.signs, self._meetings.actors
        width = max(8, self.size.width - 2)
        title = "Who met whom"
        if not actors:
            nobody = Laid((Span("nobody is recorded as taking part", "muted"),))
            self.query_one(Board).show([Laid((Span(title, "title"),)), BLANK, nobody])
            return
        name, rows, cells = self._room()
        self._top = max(min(self._top, self._row), self._row - rows + 1)
        self._left = max(min(self._left, self._column), self._column - cells + 1)
        remark = f"{len(actors):,} actors by {'year' if self._by_year else 'actor'}"
        gap = " " * max(1, width - len(title) - len(remark))
        count = len(self._events())
        said = signs.plain(f"{self._said()} ")
        events = f"{count:,} event{'s' * (count != 1)}"
        lines = [
            Laid((Span(title, "title"), Span(gap), Span(remark, "muted"))),
            BLANK,
            Laid((Span(cut(said, width - len(events) - 2, signs), "when"),
                  Span(f"{signs.dot} ", "muted"), Span(events, "title"))),
            BLANK,
            self._heads(name, cells),
        ]  # fmt: skip
        last = min(self._top + rows, len(actors))
        lines += [self._line(row, name, cells) for row in range(self._top, last)]
        self.query_one(Board).show(lines)

    def _heads(self, name: int, cells: int) -> Laid:
        spans = [Span(" " * name), Span(f"{'all':>{_TOTAL}}", "muted")]
        for column in range(self._left, min(self._left + cells, self._columns())):
            head = f"{self._meetings.years[column]:04}" if self._by_year else f"{column + 1}"
            on = column == self._column
            spans.append(Span(f"{head:>{_CELL}}", "when" if on else "muted"))
        return Laid(tuple(spans))

    def _line(self, row: int, name: int, cells: int) -> Laid:
        signs, actor = self.signs, self._meetings.actors[row]
        on = row == self._row
        label = actor.label if self._by_year else f"{row + 1} {actor.label}"
        label = cut(signs.plain(label), name - 1, signs)
        spans = [
            Span(signs.cursor if on else " ", "cursor"),
            Span(label, "lane" if on else ""),
            Span(" " * (name - 1 - cell_len(label))),
            Span(f"{actor.total:>{_TOTAL},}", "count"),
        ]
        for column in range(self._left, min(self._left + cells, self._columns())):
            count = self._count(row, column)
            text = f"{count:,}" if count else signs.dot
            here = on and column == self._column
            spans.append(Span(" " * (_CELL - len(text))))
            role = "chosen" if here else "" if count else "faint"
            spans.append(Span(text, "muted" if role == "" and self._itself(row, column) else role))
        return Laid(tuple(spans))

    def _itself(self, row: int, column: int) -> bool:
        return not self._by_year and row == column

    # -- moving

    def action_move(self, down: int, right: int) -> None:
        self._row = max(0, min(self._row + down, len(self._meetings.actors) - 1))
        self._column = max(0, min(self._column + right, self._columns() - 1))
        self._shown()

    def action_page(self, way: int) -> None:
        self.action_move(way * max(1, self._room()[1] - 1), 0)

    def action_edge(self, row: int | None, column: int | None) -> None:
        if row is not None:
            self._row = row % max(1, len(self._meetings.actors))
        if column is not None:
            self._column = column % max(1, self._columns())
        self._shown()

    def action_turn(self) -> None:
        self._by_year = not self._by_year
        self._left = 0
        self._column = 0
        if self._by_year:
            self._to_latest()
        self._shown()

    def _to_latest(self) -> None:
        """To the last year in which the actor took part in something."""
        if self._meetings.actors:
            years = range(len(self._meetings.years))
            met = [year for year in years if self._meetings.in_year(self._row, year)]
            self._column = met[-1] if met else 0

    def action_open(self) -> None:
        if events := self._events():
            self.dismiss(Chosen(tuple(events), self._said()))

    def action_close(self) -> None:
        self.dismiss(None)

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self.query_one(Board))
        if offset is None or offset.y < _HEAD:
            return
        name, _, _ = self._room()
        row = self._top + offset.y - _HEAD
        column = self._left + (offset.x - name - _TOTAL) // _CELL
        if row < len(self._meetings.actors) and offset.x >= name + _TOTAL < self.size.width:
            self._row, self._column = row, max(0, min(column, self._columns() - 1))
            self._shown()
            if event.chain > 1:
                self.action_open()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self.action_move(3, 0)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self.action_move(-3, 0)
