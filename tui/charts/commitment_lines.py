"""A chain of commitments → lines: each record with its steps on one scale of time."""

from rich.cells import cell_len

from tui.charts.commitment_chain import Chain, Commitment
from tui.charts.event_months import NEVER, month_of, when
from tui.charts.timeline_lines import Canvas, blank, cut, spans, write
from tui.dossier import dates
from tui.dossier.dossier import Row, shown_date
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.layout import BLANK, Laid, brief

#: Actions after which nothing is awaited.
_FINAL = ("ended",)
_SHORTEST = 12
_PASSIVE = {
    "implements": "implemented by",
    "follows": "followed by",
    "replaces": "replaced by",
    "amends": "amended by",
}
_YEAR = 5


class Scale:
    """Months to columns."""

    def __init__(self, chain: Chain, as_of: int, columns: int) -> None:
        months = [month for one in chain.records for month in _months(one)]
        self.first = min(months) // 12 * 12
        last = max(*months, self.first + _SHORTEST, min(as_of, max(months) + 6))
        self.months = (last // 12 + 1) * 12 - self.first
        self.columns = columns

    def column(self, month: int) -> int:
        """The column of a month, in the picture."""
        return max(0, min((month - self.first) * self.columns // self.months, self.columns - 1))

    def axis(self) -> Laid:
        """The years, as many as there is room for."""
        line, free = blank(self.columns), 0
        for month in range(self.first, self.first + self.months, 12):
            at = self.column(month)
            if at >= free and at + 4 <= self.columns:
                write(line, at, f"{month // 12:04}", "heading")
                free = at + _YEAR + 1
        return Laid((Span("  "), *spans(line)))


def track(one: Commitment, scale: Scale, as_of: int, signs: Signs, *, on: bool) -> Laid:
    """The steps of a record on the scale, each named where there is room."""
    line = blank(scale.columns)
    role = "when" if on else ""
    if not one.steps:
        _event(line, one, scale, signs, role)
        return Laid((Span("  "), *spans(line)))
    places = [scale.column(_month(step.date)) for step in one.steps]
    end = max(places[-1], scale.column(as_of))
    over = one.steps[-1].action in _FINAL
    for x in range(places[0], places[-1]):
        line[x] = ("=" if signs.ascii else "━", "span")
    for x in range(places[-1] + 1, places[-1] if over else end):
        line[x] = ("." if signs.ascii else "┄", "faint")
    free = 0
    for i, (step, at) in enumerate(zip(one.steps, places, strict=True)):
        at = max(at, free)
        if at >= scale.columns:
            break
        line[at] = (signs.done, role)
        free = at + 1
        room = next((place for place in places[i + 1 :]), scale.columns) - at - 2
        for words in (_step(step.action, step.date, signs), step.action.replace("-", " ")):
            if cell_len(words) + 1 <= room:
                write(line, at + 1, f" {words} ", role or "muted")
                free = at + len(words) + 3
                break
    return Laid((Span("  "), *spans(line)))


def heading(one: Commitment, focus: Row, columns: int, signs: Signs, *, on: bool) -> Laid:
    """The first line of a record: its title, and on the right how it hangs together.

    `focus` is the record whose chain it is: it is said as "it".
    """
    sign = signs.type(one.row.type)
    how = _how(one, focus)
    title = signs.plain(one.row.title)
    room = columns - 4 - (min(cell_len(how), columns // 2) + 2 if how else 0)
    title = cut(title, room, signs)
    how = cut(signs.plain(how), columns - 6 - cell_len(title), signs)
    gap = columns - 4 - cell_len(title) - cell_len(how)
    return Laid(
        (
            Span(f"{signs.cursor if on else ' '} ", "cursor"),
            Span(f"{sign} ", "muted"),
            Span(title, "title" if on or one.row.n == focus.n else ""),
            Span(" " * max(0, gap)),
            Span(how, "muted"),
        )
    )


def said(one: Commitment, columns: int, signs: Signs) -> list[Laid]:
    """Two lines on one record: when, what and which kind; its steps in words."""
    dot = f" {signs.dot} "
    kind = (one.instrument or one.row.type).replace("-", " ")
    first = cut(
        signs.plain(f"{shown_date(one.row)}{dot}{kind}{dot}{one.row.title}"), columns, signs
    )
    steps = dot.join(_step(step.action, step.date, signs) for step in one.steps)
    if one.row.type == "agreement":
        ended = one.steps and one.steps[-1].action in (*_FINAL, "in-force")
        none = "no later step recorded" if one.steps else "no step recorded"
        steps = steps if ended else dot.join(part for part in (steps, none) if part)
    when_, _, rest = first.partition(dot)
    return [
        Laid((Span(when_, "when"), Span(first[len(when_) : len(first) - len(rest)], "muted"),
              Span(rest, "title"))),
        Laid((Span(cut(signs.plain(steps), columns, signs), "muted"),)) if steps else BLANK,
    ]  # fmt: skip


def _how(one: Commitment, focus: Row) -> str:
    """How a record hangs together with the one that led to it: ``implements the Joint…``."""
    if one.other is None:
        return ""
    other = "it" if one.other.n == focus.n else one.other.title
    if not one.backward:  # the link is this one's: it implements the other
        return f"{one.how} {other}"
    if one.how in _PASSIVE:
        return f"{_PASSIVE[one.how]} {other}"
    return f"{other} is part of this" if one.how == "part of" else f"{other} {one.how} this"


def _event(line: Canvas, one: Commitment, scale: Scale, signs: Signs, role: str) -> None:
    """A record without steps: its sign where it begins, a bar as far as it goes."""
    assert one.row.date is not None
    span = when(one.row.date)
    first, last = scale.column(span.first), scale.column(min(span.last, scale.first + scale.months))
    for x in range(first, last + 1 if last > first else first):
        line[x] = ("=" if signs.ascii else "━", "span")
    if span.open_end:
        line[last] = (">" if signs.ascii else "▸", "span")
    line[first] = (signs.type(one.row.type), role)
    words = f" {signs.plain(brief(shown_date(one.row)))} "
    for at in (last + 1, first - len(words)):
        if at >= 0 and at + len(words) <= len(line):
            write(line, at, words, role or "muted")
            return


def _step(action: str, date: str, signs: Signs) -> str:
    return signs.plain(f"{action.replace('-', ' ')} {brief(dates.show(dates.parse(date)))}")


def _month(date: str) -> int:
    return month_of(dates.parse(date).at)


def _months(one: Commitment) -> list[int]:
    assert one.row.date is not None
    span = when(one.row.date)
    ends = [] if span.last == NEVER or one.steps else [span.last]
    return [_month(step.date) for step in one.steps] or [span.first, *ends]
