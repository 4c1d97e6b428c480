"""A timeline as lines of text: axis, lanes, legend, and the whole picture for the shell."""

from collections import Counter
from functools import cache
from math import ceil

from rich.cells import cell_len

from tui.charts.event_months import NEVER, When
from tui.charts.timeline_plan import Bar, Chart, Plan, Stop, finest_plan
from tui.dossier import dates
from tui.dossier.dossier import shown_date
from tui.dossier.vocabulary import counted
from tui.pages.model import Prose, Span
from tui.text.glyphs import Signs
from tui.text.layout import brief
from tui.text.wrapping import BLANK, Canvas, TextLine, fit, fit_line, signs_in_lines

_ORDINALS = ("First", "Second", "Third", "Fourth")
# A bar with so many columns to spare has its title written in it: a word or two.
_TITLED = 12


class Drawing:
    """Draws the lines of a plan with cell `start` as the first in view."""

    def __init__(self, plan: Plan, start: int) -> None:
        self.plan = plan
        self.signs = plan.signs
        self.start = start
        self.stop = min(start + plan.shown, plan.last + 1)
        self._title = cache(lambda n: plan.chart.dossier.rows([n])[0].title)

    def axis(self, chosen: int | None = None) -> list[TextLine]:
        """Draw the two lines above the lanes, years and their parts; mark the cell `chosen`."""
        plan, width = self.plan, self.plan.cell_width
        above, below = Canvas(plan.body), Canvas(plan.body)
        free = 0
        for x, cell in enumerate(range(self.start, self.stop)):
            at = x * width
            long, short = _labels(plan.unit, cell, width)
            if long and at >= free and at + len(long) <= plan.body:
                above.write(at, long, "heading")
                free = at + len(long) + 1
            if at + len(short) <= plan.body:
                below.write(at, short, "when" if cell == chosen else "muted")
        earlier = plan.chart.before(self.start * plan.size)
        room = plan.label_width + 1
        said = fit(f"{self.signs.earlier} {earlier:,} earlier", room - 1, self.signs)
        leads = (Span(" " * room), Span(f"{said if earlier else '':{room}}", "muted"))
        return [
            TextLine((lead, *line.spans()))
            for lead, line in zip(leads, (above, below), strict=True)
        ]

    def lane(self, number: int, chosen: Stop | None = None) -> list[TextLine]:
        """Draw one lane; `chosen` is the stop that the cursor is on, where it is on this lane."""
        plan = self.plan
        rows = [Canvas(plan.body) for _ in range(plan.height(number))]
        self._rules(rows)
        for bar in plan.bars(number):
            self._bar(rows, number, bar, chosen)
        for cell in range(self.start, self.stop):
            for stop in plan.stops(number, cell):
                self._mark(rows, number, stop, chosen)
        lane = plan.chart.lanes[number]
        before = bool(lane.between(plan.first * plan.size, self.start * plan.size))
        after = bool(lane.between(self.stop * plan.size, NEVER))
        gap = (Span(" " * plan.label_width),)
        lines = []
        for y, row in enumerate(rows):
            label = self._label(number, on=chosen is not None) if not y else gap
            left = Span(self.signs.earlier if before and not y else " ", "muted")
            right = Span(self.signs.later if after and not y else " ", "muted")
            lines.append(TextLine((*label, left, *row.spans(), right)))
        return lines + [BLANK] * plan.gap

    def _label(self, number: int, *, on: bool) -> tuple[Span, ...]:
        plan, signs = self.plan, self.signs
        lane = plan.chart.lanes[number]
        total = f"{len(lane.events):,}"
        room = plan.label_width - 2
        if room - len(total) < 8:
            total = ""
        name = signs.plain(lane.label)
        name = name.capitalize() if plan.chart.facet == "type" else name
        fitted = fit(name, room - len(total) - bool(total), signs)
        gap = " " * (room - cell_len(fitted) - len(total))
        return (
            Span(signs.cursor if on else " ", "cursor"),
            Span(fitted, "lane" if on else ""),
            Span(gap),
            Span(f"{total} ", "count"),
        )

    def _rules(self, rows: list[Canvas]) -> None:
        """Draw a faint rule before each new year or decade, in the blank before its first cell."""
        plan = self.plan
        whole = {"decade": 0, "year": 10, "quarter": 4, "month": 12}[plan.unit]
        for x, cell in enumerate(range(self.start, self.stop)):
            if x and whole and not cell % whole:
                for row in rows:
                    row[x * plan.cell_width - 1] = (self.signs.year_rule, "rule")

    def _bar(self, rows: list[Canvas], number: int, bar: Bar, chosen: Stop | None) -> None:
        """Draw a bar over its cells: a line where it is known to last, dots where it may."""
        plan, signs, width = self.plan, self.signs, self.plan.cell_width
        first, last = max(bar.first, self.start), min(bar.last, self.stop - 1)
        if first > last:
            return
        row = rows[plan.mark_rows(number) + bar.row if bar.own else 0]
        when = plan.chart.when(bar.n)
        on = chosen is not None and bar.n in chosen.events and not chosen.crowded
        role = "chosen-bar" if on else "span" if bar.own else "behind"
        left = (first - self.start) * width
        right = (last - self.start + 1) * width - 1
        line = signs.line if bar.own else signs.thin_line
        certain = []
        for x in range(left, right):
            sure = _sure(when, self.start + x // width, plan.size)
            certain += [x] * sure
            dots = " " if signs.ascii and x % 2 else signs.dotted
            row[x] = (line if sure else dots, role if sure or on else "faint")
        if when.open_end and last == plan.last:
            row[right - 1] = (signs.goes_on, role)
        begun = bar.first >= self.start and not when.open_start
        if not begun:
            row[left] = (signs.begun, "chosen" if on else role)
        elif bar.own:
            row[left] = (self._sign(bar.n), "chosen" if on else "")
        if bar.own:
            # The title covers the line and not the dots, which would be missed.
            at, end = (certain[0], certain[-1] + 1) if certain else (left, right)
            if end - at - 5 >= _TITLED:
                title = f" {fit(self._title(bar.n), end - at - 5, signs)} "
                if len(title) == cell_len(title):  # wide letters would not keep the columns
                    row.write(at + 1 + (not begun), title, role if on else "muted")

    def _mark(self, rows: list[Canvas], number: int, stop: Stop, chosen: Stop | None) -> None:
        """Draw the sign of an event, or the count of a crowd and how it is spread over the cell."""
        if stop.bar:
            return
        on = chosen is not None and stop.events == chosen.events
        at = (stop.cell - self.start) * self.plan.cell_width
        if stop.crowded:
            text = f"{len(stop.events):,}"
            text = text if len(text) < self.plan.cell_width else f"{len(stop.events)}"
            rows[0].write(at, text, "chosen" if on else "value")
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
        return (
            self.signs.undone
            if chart.is_planned(n)
            else self.signs.type(chart.event_months.type_of(n))
        )


def stop_lines(plan: Plan, lane: int, stop: Stop, columns: int) -> list[TextLine]:
    """Say in two lines what a stop is: date and title, lane and place; of a crowd, its types."""
    signs, dossier = plan.signs, plan.chart.dossier
    label = signs.plain(plan.chart.lanes[lane].label)
    dot = f" {signs.dot} "
    if stop.crowded:
        types = Counter(plan.chart.event_months.types_of(stop.events)).most_common()
        kinds = ", ".join(f"{type_} {count}" for type_, count in types)
        about: Prose = (Span(label, "muted"), Span(dot, "muted"), Span(kinds, "muted"))
        when, sign, what = cell_in_words(plan.unit, stop.cell), "", f"{len(stop.events):,} events"
    else:
        n = stop.events[0]
        (row,) = dossier.rows([n])
        words = [label, row.type, *([dossier.label(row.place)] if row.place else [])]
        words += ["planned"] if plan.chart.is_planned(n) else []
        about = (Span(dot.join(words), "muted"),)
        when, sign, what = shown_date(row), f"{signs.type(row.type)} ", row.title
    spans = (Span(when, "when"), Span(dot, "muted"), Span(sign, "muted"), Span(what, "title"))
    return [fit_line(spans, columns, signs), fit_line(about, columns, signs)]


def cell_in_words(unit: str, cell: int) -> str:
    """Say a cell in words: ``2020s``, ``2025``, ``Third quarter of 2025``, ``August 2025``."""
    if unit == "decade":
        return f"{cell * 10:04}s"
    if unit == "year":
        return f"{cell:04}"
    if unit == "quarter":
        return f"{_ORDINALS[cell % 4]} quarter of {cell // 4:04}"
    return dates.show(dates.parse(f"{cell // 12:04}-{cell % 12 + 1:02}")).partition(" (")[0]


def legend(plan: Plan, columns: int) -> TextLine:
    """Give the signs of this chart with their meanings, as many as there is room for."""
    signs = plan.signs
    known = [(sign, type_) for type_, sign in signs.types.items() if type_ in plan.chart.kinds]
    if plan.chart.plans:
        known.append((signs.undone, "planned"))
    return next(signs_in_lines(known, columns), BLANK)


def _labels(unit: str, cell: int, width: int) -> tuple[str, str]:
    """Give what stands above a cell: the year or decade that begins with it, and its short name."""
    if unit == "decade":
        century = f"{cell * 10:04}" if not cell % 10 and width < 5 else ""
        return century, f"{cell * 10:04}{'s' * (width > 5)}" if width > 4 else f"{cell % 10}"
    if unit == "year":
        decade = f"{cell:04}" if not cell % 10 and width < 5 else ""
        return decade, f"{cell:04}" if width > 4 else f"{cell % 10}"
    if unit == "quarter":
        year = f"{cell // 4:04}" if not cell % 4 else ""
        return year, (f"Q{cell % 4 + 1}" if width > 2 else f"{cell % 4 + 1}")
    name = dates.MONTHS[cell % 12][:3]
    return (f"{cell // 12:04}" if not cell % 12 else ""), name if width > 3 else name[0]


def _sure(when: When, cell: int, size: int) -> bool:
    """Whether an event is known to cover some month of a cell of `size` months."""
    return when.sure_first < (cell + 1) * size and when.sure_last >= cell * size


def picture(chart: Chart, columns: int, signs: Signs) -> list[TextLine]:
    """Draw all lanes of a chart in `columns` columns; outliers before them are counted."""
    plan = finest_plan(chart, columns, None, signs, chart.near)
    start = plan.last + 1 - plan.shown
    drawing = Drawing(plan, start)
    overview = chart.dossier.overview
    as_of = brief(dates.show(dates.parse(overview.as_of)))
    dot = f" {signs.dot} "
    remark = f"{counted(chart.total)}{dot}by {plan.unit}{dot}as of {as_of}"
    lines = [
        fit_line((Span(overview.title, "title"),), columns, signs),
        fit_line((Span(remark, "muted"),), columns, signs),
        BLANK,
        *(line for line in drawing.axis() if line.plain.strip()),
        *(line for lane in range(len(chart.lanes)) for line in drawing.lane(lane)),
        BLANK,
        legend(plan, columns),
    ]
    first = start * plan.size
    if earlier := chart.before(first):
        month = f"{first // 12:04}-{first % 12 + 1:02}"
        said = f"{signs.earlier} {earlier:,} earlier: summitry timeline before:{month}"
        lines.append(fit_line((Span(said, "muted"),), columns, signs))
    return lines
