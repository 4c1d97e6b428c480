"""Who met whom: actors by year, or by each other, with how many events they took part in."""

from rich.cells import cell_len

from tui.charts.meeting_counts import Meetings
from tui.dossier.dossier import Dossier
from tui.explorer.views.chart_screen import ChartScreen, EventSelection
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.wrapping import BLANK, TextLine, cut

_NAME, _TOTAL, _CELL = 30, 7, 6
_HEAD = 5


class MeetingsScreen(ChartScreen):
    """A table of actors against years, or against actors; begins at the actor `at`, if given."""

    NAME = "meetings"

    def __init__(self, dossier: Dossier, signs: Signs, at: str = "") -> None:
        super().__init__(signs)
        self._meetings = Meetings(dossier)
        self._by_year = True
        keys = [actor.key for actor in self._meetings.actors]
        self._row = keys.index(at) if at in keys else 0
        self._top = self._left = self._column = 0
        self._to_latest()

    def resized(self) -> None:
        self._draw()

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
        width = max(8, self.window.width - 2)
        name = max(8, min(_NAME, width // 3))
        return (
            name,
            max(1, self.window.height - _HEAD - 1),
            max(1, (width - name - _TOTAL) // _CELL),
        )

    def _draw(self) -> None:
        """Draw what is to be seen now."""
        signs, actors = self.signs, self._meetings.actors
        width = max(8, self.window.width - 2)
        title = "Who met whom"
        if not actors:
            nobody = TextLine((Span("nobody is recorded as taking part", "muted"),))
            self.show([TextLine((Span(title, "title"),)), BLANK, nobody])
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
            TextLine((Span(title, "title"), Span(gap), Span(remark, "muted"))),
            BLANK,
            TextLine((Span(cut(said, width - len(events) - 2, signs), "when"),
                  Span(f"{signs.dot} ", "muted"), Span(events, "title"))),
            BLANK,
            self._heads(name, cells),
        ]  # fmt: skip
        last = min(self._top + rows, len(actors))
        lines += [self._line(row, name, cells) for row in range(self._top, last)]
        self.show(lines)

    def _heads(self, name: int, cells: int) -> TextLine:
        spans = [Span(" " * name), Span(f"{'all':>{_TOTAL}}", "muted")]
        for column in range(self._left, min(self._left + cells, self._columns())):
            head = f"{self._meetings.years[column]:04}" if self._by_year else f"{column + 1}"
            on = column == self._column
            spans.append(Span(f"{head:>{_CELL}}", "when" if on else "muted"))
        return TextLine(tuple(spans))

    def _line(self, row: int, name: int, cells: int) -> TextLine:
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
        return TextLine(tuple(spans))

    def _itself(self, row: int, column: int) -> bool:
        return not self._by_year and row == column

    # -- moving

    def action_move(self, down: int, right: int) -> None:
        self._row = max(0, min(self._row + down, len(self._meetings.actors) - 1))
        self._column = max(0, min(self._column + right, self._columns() - 1))
        self._draw()

    def action_page(self, way: int) -> None:
        self.action_move(way * max(1, self._room()[1] - 1), 0)

    def action_edge(self, row: int | None, column: int | None) -> None:
        if row is not None:
            self._row = row % max(1, len(self._meetings.actors))
        if column is not None:
            self._column = column % max(1, self._columns())
        self._draw()

    def action_turn(self) -> None:
        self._by_year = not self._by_year
        self._left = 0
        self._column = 0
        if self._by_year:
            self._to_latest()
        self._draw()

    def _to_latest(self) -> None:
        """To the last year in which the actor took part in something."""
        if self._meetings.actors:
            years = range(len(self._meetings.years))
            met = [year for year in years if self._meetings.in_year(self._row, year)]
            self._column = met[-1] if met else 0

    async def action_open(self) -> None:
        if events := self._events():
            await self.close(EventSelection(tuple(events), self._said()))

    def clicked(self, row: int, column: int) -> bool:
        name, _, _ = self._room()
        actor = self._top + row - _HEAD
        if row < _HEAD or column < name + _TOTAL or actor >= len(self._meetings.actors):
            return False
        year = self._left + (column - name - _TOTAL) // _CELL
        self._row, self._column = actor, max(0, min(year, self._columns() - 1))
        self._draw()
        return True

    def wheel(self, way: int) -> None:
        self.action_move(3 * way, 0)
