"""An agreement and the records that hang together with it, as data and as lines of text.

They are what it came out of, what it carries out or replaces, and what became of it.
"""

from collections import deque
from typing import NamedTuple

from rich.cells import cell_len

from tui.charts.event_months import NEVER, when
from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row, shown_date
from tui.dossier.event_queries import linked_events
from tui.dossier.records import Event, Step
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.layout import brief
from tui.text.wrapping import Canvas, TextLine, fit, fit_line

# Links that only say that two records have something to do with each other.
_LOOSE = ("relates-to", "related", "mention", "voice")
# The most records of a chain: a few screens full.
_MOST = 40
# Actions after which nothing more is awaited.
_FINAL = ("ended",)
# A scale covers at least so many months after its first January, and so many after the last record.
_SHORTEST, _AFTER = 12, 6
_PASSIVE = {
    "implements": "implemented by",
    "follows": "followed by",
    "replaces": "replaced by",
    "amends": "amended by",
}


class Commitment(NamedTuple):
    """One record of a chain, with the link that led to it.

    `how` is the kind of link, such as "implements", and `other` the record at its other end.
    `backward` says that the link is that record's: it implements this one, or is part of it.
    """

    row: Row
    steps: tuple[Step, ...]
    instrument: str
    how: str = ""
    other: Row | None = None
    backward: bool = False


class Chain(NamedTuple):
    """The records of a chain by date; `more` is how many were left out."""

    records: tuple[Commitment, ...]
    more: int = 0


def chain_of(dossier: Dossier, row: Row) -> Chain:
    """Collect the events that an event is linked with, and those that these are linked with.

    Whole and parts of the event itself belong to it, loose relations do not. An event that merely
    follows another record of the chain counts only where it is an agreement: all else that happened
    later would follow.
    """
    found = {row.n: _commitment(dossier, row)}
    todo = deque([row])
    left_out: set[int] = set()
    while todo:
        here = todo.popleft()
        focus = here.n == row.n
        for other, how, backward in _around(dossier, here, parts=focus):
            merely_later = how == "follows" and not focus and other.type != "agreement"
            if merely_later or other.n in found:
                continue
            if len(found) >= _MOST:
                left_out.add(other.n)
                continue
            found[other.n] = _commitment(dossier, other, how, here, backward=backward)
            if how != "part of":
                todo.append(other)
    ordered = sorted(found.values(), key=lambda one: (one.row.lo or 0, one.row.n))
    return Chain(tuple(ordered), len(left_out))


def _around(dossier: Dossier, row: Row, *, parts: bool) -> list[tuple[Row, str, bool]]:
    """Give the events next to one, the kind of each link, and whether the link is its own."""
    around = [
        (other, how.replace("-", " "), own)
        for other, how, own in linked_events(dossier, row)
        if how not in _LOOSE
    ]
    if whole := dossier.whole(row):
        around.append((whole, "part of", True))
    if parts:
        around += [(part, "part of", False) for part in dossier.parts(row)]
    return around


def _commitment(
    dossier: Dossier, row: Row, how: str = "", other: Row | None = None, *, backward: bool = False
) -> Commitment:
    event = dossier.record(row)
    assert isinstance(event, Event)
    return Commitment(row, event.steps, event.instrument or "", how, other, backward)


class Scale:
    """The columns of months, over the time that a chain takes."""

    def __init__(self, chain: Chain, as_of: int, columns: int) -> None:
        months = [month for one in chain.records for month in _months(one)]
        self.first = min(months) // 12 * 12
        last = max(*months, self.first + _SHORTEST, min(as_of, max(months) + _AFTER))
        self.months = (last // 12 + 1) * 12 - self.first
        self.columns = columns

    def column(self, month: int) -> int:
        """Give the column of a month; one outside of the scale gets the nearest."""
        return max(0, min((month - self.first) * self.columns // self.months, self.columns - 1))

    def axis(self) -> TextLine:
        """Draw the years, as many as there is room for."""
        line, free = Canvas(self.columns), 0
        for month in range(self.first, self.first + self.months, 12):
            at = self.column(month)
            if at >= free and at + 4 <= self.columns:
                line.write(at, f"{month // 12:04}", "heading")
                free = at + len("2025  ")
        return TextLine((Span("  "), *line.spans()))


def track_line(one: Commitment, scale: Scale, as_of: int, signs: Signs, *, on: bool) -> TextLine:
    """Draw the steps of a record on the scale, each named where there is room."""
    line = Canvas(scale.columns)
    role = "when" if on else ""
    if not one.steps:
        _event(line, one, scale, signs, role)
        return TextLine((Span("  "), *line.spans()))
    places = [scale.column(_month(step.date)) for step in one.steps]
    end = max(places[-1], scale.column(as_of))
    over = one.steps[-1].action in _FINAL
    for x in range(places[0], places[-1]):
        line[x] = (signs.line, "span")
    for x in range(places[-1] + 1, places[-1] if over else end):
        line[x] = (signs.dotted, "faint")
    free = 0
    for i, (step, at) in enumerate(zip(one.steps, places, strict=True)):
        at = max(at, free)
        if at >= scale.columns:
            break
        line[at] = (signs.done, role)
        free = at + 1
        room = next((place for place in places[i + 1 :]), scale.columns) - at - 2
        for words in (signs.plain(_said(step)), step.action.replace("-", " ")):
            if cell_len(words) + 1 <= room:
                line.write(at + 1, f" {words} ", role or "muted")
                free = at + len(words) + 3
                break
    return TextLine((Span("  "), *line.spans()))


def title_line(one: Commitment, focus: Row, columns: int, signs: Signs, *, on: bool) -> TextLine:
    """Draw the first line of a record: its title, and on the right how it is linked.

    `focus` is the record that the chain begins with; it is called "it".
    """
    how = _how(one, focus)
    title = signs.plain(one.row.title)
    room = columns - 4 - (min(cell_len(how), columns // 2) + 2 if how else 0)
    title = fit(title, room, signs)
    how = fit(how, columns - 6 - cell_len(title), signs)
    gap = columns - 4 - cell_len(title) - cell_len(how)
    return TextLine(
        (
            Span(f"{signs.cursor if on else ' '} ", "cursor"),
            Span(f"{signs.type(one.row.type)} ", "muted"),
            Span(title, "title" if on or one.row.n == focus.n else ""),
            Span(" " * max(0, gap)),
            Span(how, "muted"),
        )
    )


def commitment_lines(one: Commitment, columns: int, signs: Signs) -> list[TextLine]:
    """Give two lines on a record: its date, kind and title; its steps in words."""
    dot = f" {signs.dot} "
    kind = (one.instrument or one.row.type).replace("-", " ")
    steps = dot.join(map(_said, one.steps))
    if one.row.type == "agreement":
        ended = one.steps and one.steps[-1].action in (*_FINAL, "in-force")
        none = "no later step recorded" if one.steps else "no step recorded"
        steps = steps if ended else dot.join(part for part in (steps, none) if part)
    what = Span(f"{kind}{dot}{one.row.title}", "title")
    about = (Span(shown_date(one.row), "when"), Span(dot, "muted"), what)
    return [fit_line(about, columns, signs), fit_line((Span(steps, "muted"),), columns, signs)]


def _how(one: Commitment, focus: Row) -> str:
    """Say how a record is linked with the one that led to it: ``implements the Joint…``."""
    if one.other is None:
        return ""
    other = "it" if one.other.n == focus.n else one.other.title
    if not one.backward:  # the link is this one's: it implements the other
        return f"{one.how} {other}"
    if one.how in _PASSIVE:
        return f"{_PASSIVE[one.how]} {other}"
    return f"{other} is part of this" if one.how == "part of" else f"{other} {one.how} this"


def _event(line: Canvas, one: Commitment, scale: Scale, signs: Signs, role: str) -> None:
    """Draw a record without steps: its sign where it begins, a bar for as long as it lasts."""
    assert one.row.date is not None
    span = when(one.row.date)
    first, last = scale.column(span.first), scale.column(min(span.last, scale.first + scale.months))
    for x in range(first, last + 1 if last > first else first):
        line[x] = (signs.line, "span")
    if span.open_end:
        line[last] = (signs.goes_on, "span")
    line[first] = (signs.type(one.row.type), role)
    words = f" {signs.plain(brief(shown_date(one.row)))} "
    for at in (last + 1, first - len(words)):
        if at >= 0 and at + len(words) <= len(line):
            line.write(at, words, role or "muted")
            return


def _said(step: Step) -> str:
    return f"{step.action.replace('-', ' ')} {brief(dates.show(dates.parse(step.date)))}"


def _month(date: str) -> int:
    return dates.month_of(dates.parse(date).at)


def _months(one: Commitment) -> list[int]:
    assert one.row.date is not None
    span = when(one.row.date)
    ends = [] if span.last == NEVER or one.steps else [span.last]
    return [_month(step.date) for step in one.steps] or [span.first, *ends]
