"""A plan of a timeline → lines of text with roles, shared by the explorer and the shell."""

from collections.abc import Iterable
from math import ceil

from rich.cells import cell_len, set_cell_size

from tui.charts.event_months import NEVER, When
from tui.charts.timeline_plan import Bar, Plan, Stop
from tui.dossier import dates
from tui.dossier.dossier import Row, shown_date
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.layout import Laid

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ORDINALS = ("First", "Second", "Third", "Fourth")
#: A bar this many columns long has its title written in it.
_TITLED = 12

#: One row of a lane: a sign and its role for each column.
Canvas = list[tuple[str, str]]


class Drawing:
    """Draws the lines of a plan, from cell `start` on. Titles of bars are looked up once."""

    def __init__(self, plan: Plan, start: int) -> None:
        self.plan = plan
        self.signs = plan.signs
        self.start = start
        self.stop = min(start + plan.shown, plan.last + 1)
        self._titles: dict[int, str] = {}

    def axis(self, chosen: int | None = None) -> list[Laid]:
        """Two lines over the lanes: the years, and their parts; the `chosen` cell stands out."""
        plan, width = self.plan, self.plan.cell_width
        above, below = blank(plan.body), blank(plan.body)
        free = 0
        for x, cell in enumerate(range(self.start, self.stop)):
            at = x * width
            long, short = _labels(plan.unit, cell, width)
            if long and at >= free and at + len(long) <= plan.body:
                write(above, at, long, "heading")
                free = at + len(long) + 1
            if at + len(short) <= plan.body:
                write(below, at, short, "when" if cell == chosen else "muted")
        lead = (Span(" " * (plan.label_width + 1)),)
        return [Laid((*lead, *spans(line))) for line in (above, below)]

    def lane(self, number: int, chosen: Stop | None = None) -> list[Laid]:
        """The lines of one lane; `chosen` is the stop the cursor is on, if it is on this lane."""
        plan = self.plan
        rows = [blank(plan.body) for _ in range(plan.height(number))]
        self._rules(rows)
        for bar in plan.bars(number):
            self._bar(rows, number, bar, chosen)
        for cell in range(self.start, self.stop):
            for stop in plan.stops(number, cell):
                self._mark(rows, number, stop, chosen)
        lane = plan.chart.lanes[number]
        before = bool(lane.between(plan.first * plan.size, self.start * plan.size))
        after = bool(lane.between(self.stop * plan.size, NEVER))
        lines = []
        for y, row in enumerate(rows):
            label = self._label(number, on=chosen is not None) if not y else _gap(plan.label_width)
            edges = [
                Span(sign if not y and beyond else " ", "muted")
                for sign, beyond in zip(("<", ">") if self.signs.ascii else ("‹", "›"),
                                        (before, after), strict=True)
            ]  # fmt: skip
            lines.append(Laid((*label, edges[0], *spans(row), edges[1])))
        return lines + [Laid()] * plan.gap

    def _label(self, number: int, *, on: bool) -> tuple[Span, ...]:
        plan, signs = self.plan, self.signs
        lane = plan.chart.lanes[number]
        total = f"{len(lane.events):,}"
        room = plan.label_width - 2
        if room - len(total) < 8:
            total = ""
        name = signs.plain(lane.label)
        name = name.capitalize() if plan.chart.facet == "type" else name
        fitted = cut(name, room - len(total) - bool(total), signs)
        gap = " " * (room - cell_len(fitted) - len(total))
        return (
            Span(signs.cursor if on else " ", "cursor"),
            Span(fitted, "lane" if on else ""),
            Span(gap),
            Span(f"{total} ", "count"),
        )

    def _rules(self, rows: list[Canvas]) -> None:
        """A quiet rule before each new year, or decade, in the blank column of the cell before."""
        plan = self.plan
        whole = {"decade": 0, "year": 10, "quarter": 4, "month": 12}[plan.unit]
        for x, cell in enumerate(range(self.start, self.stop)):
            if x and whole and not cell % whole:
                for row in rows:
                    row[x * plan.cell_width - 1] = (":" if self.signs.ascii else "┊", "rule")

    def _bar(self, rows: list[Canvas], number: int, bar: Bar, chosen: Stop | None) -> None:
        """A bar over its cells: drawn through where it is sure, dotted where it is not."""
        plan, signs, width = self.plan, self.signs, self.plan.cell_width
        first, last = max(bar.first, self.start), min(bar.last, self.stop - 1)
        if first > last:
            return
        own = bar.row is not None
        row = rows[plan.mark_rows(number) + bar.row if bar.row is not None else 0]
        when = plan.chart.when(bar.n)
        on = chosen is not None and bar.n in chosen.events and not chosen.crowded
        role = "chosen-bar" if on else "span" if own else "behind"
        left = (first - self.start) * width
        right = (last - self.start + 1) * width - 1
        solid = "=" if signs.ascii else "━"
        if not own:
            solid = "-" if signs.ascii else "─"
        dotted = ". " if signs.ascii else "┄┄"
        certain = []
        for x in range(left, right):
            sure = _sure(when, self.start + x // width, plan.size)
            certain += [x] * sure
            sign = solid if sure else dotted[x % 2]
            row[x] = (sign, role if sure or on else "faint")
        if when.open_end and last == plan.last:
            row[right - 1] = (">" if signs.ascii else "▸", role)
        if bar.first < self.start or when.open_start:
            row[left] = ("<" if signs.ascii else "◂", "chosen" if on else role)
        if own:
            begun = bar.first >= self.start and not when.open_start
            if begun:
                row[left] = (self._sign(bar.n), "chosen" if on else "")
            # The title stands where the bar is sure, so as not to hide where it is not.
            at, end = (certain[0], certain[-1] + 1) if certain else (left, right)
            if end - at - 5 >= _TITLED:
                title = f" {cut(signs.plain(self._title(bar.n)), end - at - 5, signs)} "
                if len(title) == cell_len(title):  # wide letters would not keep the columns
                    write(row, at + 1 + (not begun), title, role if on else "muted")

    def _mark(self, rows: list[Canvas], number: int, stop: Stop, chosen: Stop | None) -> None:
        if stop.bar:
            return
        on = chosen is not None and stop.events == chosen.events
        at = (stop.cell - self.start) * self.plan.cell_width
        if stop.crowded:
            text = f"{len(stop.events):,}"
            text = text if len(text) < self.plan.cell_width else f"{len(stop.events)}"
            write(rows[0], at, text, "chosen" if on else "value")
            at += len(text) + 1
            heights = self.signs.heights
            room = (stop.cell - self.start + 1) * self.plan.cell_width - 1 - at
            for share in self.plan.course(number, stop.cell, room):
                if share:
                    rows[0][at] = (heights[ceil(share * len(heights)) - 1], "muted")
                at += 1
            return
        n = stop.events[0]
        role = "chosen" if on else "" if self.plan.chart.when(n).sure else "faint-mark"
        rows[stop.row][at + stop.column] = (self._sign(n), role)

    def _sign(self, n: int) -> str:
        chart = self.plan.chart
        return self.signs.undone if chart.is_planned(n) else self.signs.type(chart.moments.types[n])

    def _title(self, n: int) -> str:
        if n not in self._titles:
            self._titles[n] = self.plan.chart.dossier.rows([n])[0].title
        return self._titles[n]


def named(plan: Plan, lane: int, stop: Stop, columns: int) -> list[Laid]:
    """Two lines that say what the cursor is on: when and what, then where, or what kinds."""
    signs, dossier = plan.signs, plan.chart.dossier
    label = signs.plain(plan.chart.lanes[lane].label)
    dot = f" {signs.dot} "
    if stop.crowded:
        when = cell_in_words(plan.unit, stop.cell)
        kinds: dict[str, int] = {}
        for n in stop.events:
            type_ = plan.chart.moments.types[n]
            kinds[type_] = kinds.get(type_, 0) + 1
        ranked = sorted(kinds.items(), key=lambda pair: -pair[1])
        said = ", ".join(f"{type_} {count}" for type_, count in ranked)
        what = f"{len(stop.events):,} events"
        return [
            _fitted([(when, "when"), (dot, "muted"), (what, "title")], columns, signs),
            _fitted([(label, "muted"), (dot, "muted"), (said, "muted")], columns, signs),
        ]
    n = stop.events[0]
    row: Row = dossier.rows([n])[0]
    sign = f"{signs.type(row.type)} "
    about = [label, row.type]
    if row.place:
        about.append(dossier.label(row.place))
    if plan.chart.is_planned(n):
        about.append("planned")
    return [
        _fitted(
            [(shown_date(row), "when"), (dot, "muted"), (sign, "muted"), (row.title, "title")],
            columns, signs,
        ),
        _fitted([(dot.join(about), "muted")], columns, signs),
    ]  # fmt: skip


def cell_in_words(unit: str, cell: int) -> str:
    """A cell as a reader would say it: ``the 2020s``, ``2025``, ``Third quarter of 2025``."""
    if unit == "decade":
        return f"{cell * 10:04}s"
    if unit == "year":
        return f"{cell:04}"
    if unit == "quarter":
        return f"{_ORDINALS[cell % 4]} quarter of {cell // 4:04}"
    return dates.show(dates.parse(f"{cell // 12:04}-{cell % 12 + 1:02}")).partition(" (")[0]


def legend(plan: Plan, columns: int) -> Laid:
    """What the signs mean, those that stand for events of this chart, as far as there is room."""
    signs = plan.signs
    known = [(sign, type_) for type_, sign in signs.types.items() if type_ in plan.chart.kinds]
    if plan.chart.plans:
        known.append((signs.undone, "planned"))
    spans: list[Span] = []
    taken = 0
    for sign, words in known:
        size = len(words) + 2 + (2 if spans else 0)
        if taken + size > columns:
            break
        spans += [Span("  " if spans else ""), Span(sign), Span(f" {words}", "muted")]
        taken += size
    return Laid(tuple(spans))


def _labels(unit: str, cell: int, width: int) -> tuple[str, str]:
    """What stands above a cell: the year or decade that begins with it, and its short name."""
    if unit == "decade":
        century = f"{cell * 10:04}" if not cell % 10 and width < 5 else ""
        return century, f"{cell * 10:04}{'s' * (width > 5)}" if width > 4 else f"{cell % 10}"
    if unit == "year":
        decade = f"{cell:04}" if not cell % 10 and width < 5 else ""
        return decade, f"{cell:04}" if width > 4 else f"{cell % 10}"
    if unit == "quarter":
        year = f"{cell // 4:04}" if not cell % 4 else ""
        return year, (f"Q{cell % 4 + 1}" if width > 2 else f"{cell % 4 + 1}")
    name = MONTHS[cell % 12]
    return (f"{cell // 12:04}" if not cell % 12 else ""), name if width > 3 else name[0]


def _sure(when: When, cell: int, size: int) -> bool:
    """Whether some month of a cell surely belongs to an event."""
    return when.sure_first < (cell + 1) * size and when.sure_last >= cell * size


def blank(width: int) -> Canvas:
    return [(" ", "")] * width


def _gap(width: int) -> tuple[Span, ...]:
    return (Span(" " * width),)


def write(canvas: Canvas, at: int, text: str, role: str) -> None:
    for x, char in enumerate(text, at):
        if 0 <= x < len(canvas):
            canvas[x] = (char, role)


def spans(canvas: Canvas) -> Iterable[Span]:
    """Signs of the same role side by side as one span."""
    text, role = "", ""
    for char, its in canvas:
        if its != role and text:
            yield Span(text, role)
            text = ""
        text, role = text + char, its
    if text:
        yield Span(text, role)


def _fitted(pieces: list[tuple[str, str]], columns: int, signs: Signs) -> Laid:
    """Pieces of one line, the last ones cut where there is no room."""
    fitted: list[Span] = []
    for text, role in pieces:
        text = signs.plain(text)
        if (room := columns - sum(cell_len(span.text) for span in fitted)) <= 0:
            break
        fitted.append(Span(cut(text, room, signs), role))
    return Laid(tuple(fitted))


def cut(text: str, width: int, signs: Signs) -> str:
    if cell_len(text) <= width:
        return text
    if width <= len(signs.ellipsis):
        return set_cell_size(text, max(0, width))
    return set_cell_size(text, width - len(signs.ellipsis)).rstrip() + signs.ellipsis
