"""A page → lines of a given width, the one setting that every terminal printer shares.

Words are wrapped between spaces, never inside unless one is wider than the measure; labels keep
their column, and what runs on hangs under its own beginning.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from tui.dossier.safe_text import safe_url
from tui.pages.model import (
    Differ,
    Heading,
    Item,
    Items,
    Line,
    Page,
    Paragraph,
    Prose,
    Quote,
    Span,
    Table,
    Trail,
)
from tui.text.glyphs import UNICODE, Signs
from tui.text.line_setter import BLANK, Laid, Setter
from tui.text.wrapping import GLUE, cells, fill, unglued

__all__ = ["BLANK", "MEASURE", "Laid", "brief", "lay_out"]

#: The measure of a comfortable line, in columns.
MEASURE = 72
_LOCATOR = re.compile(r"(?<=\bpara\.) (?=\d)|(?<=\bp\.) (?=\d)")
# The width from which on disagreements stand side by side: two columns of twenty.
_SIDE_BY_SIDE = 43
# The room that what a table says needs beside its label; with less it stands below.
_VALUE = 11
# The widest that a column of dates is in the narrowest list and in any, and room for titles.
_SHORTEST, _LONGEST, _TITLE = 14, 17, 16


def lay_out(page: Page, width: int, signs: Signs = UNICODE) -> list[Laid]:
    """Set a page in lines no wider than `width` columns (at least 8)."""
    return list(_PageSetter(max(8, width), signs).page(page))


class _PageSetter(Setter):
    """Sets the blocks of one page at one width."""

    def page(self, page: Page) -> Iterator[Laid]:
        yield from self.wrap((Span(page.title, "title"),))
        previous: object = None
        for block in page.blocks:
            if isinstance(previous, Quote) and not previous.voice:
                yield Laid((Span(self.signs.bar, "bar"),))
            elif not isinstance(previous, Heading) and not (
                isinstance(block, Line) and (previous is None or isinstance(previous, Line))
            ):
                yield BLANK
            yield from self._block(block)
            previous = block
        if page.notes:
            yield BLANK
            yield from self.heading("Sources")
            gutter = max(2, len(str(page.notes[-1].number)) + 1)
            for note in page.notes:
                number = Span(f"{note.number:>{gutter - 1}} ", "note")
                # "para. 2" is not to be torn at the end of a line.
                whole = (span._replace(text=_LOCATOR.sub(GLUE, span.text)) for span in note.spans)
                begin: int | None = note.number
                for line in self.wrap(tuple(whole), first=(number,), hang=min(gutter, 4)):
                    yield line._replace(note=begin)
                    begin = None
                if note.url:
                    link = note.url if safe_url(note.url) else None
                    yield from self.wrap((Span(note.url, "url", link),), indent=gutter)

    def _block(self, block: object) -> Iterator[Laid]:
        match block:
            case Heading(text):
                yield from self.heading(text)
            case Line(spans):
                yield from self.wrap(spans)
            case Paragraph(spans, claim):
                yield from self.wrap(spans, claims=_one(claim))
            case Quote(spans, voice, claim):
                yield from self._quote(spans, voice, claim)
            case Differ():
                yield from self._differ(block)
            case Table(rows):
                yield from self._table(rows)
            case Items(items):
                yield from self._items(items)
            case Trail():
                yield from self._trail(block)

    def _quote(self, spans: Prose, voice: Prose, claim: int | None) -> Iterator[Laid]:
        bar = Span(f"{self.signs.bar} ", "bar")
        for prose in (spans, voice):
            for line in self.wrap(prose, width=self.width - 2, claims=_one(claim)):
                yield line._replace(spans=(bar, *line.spans))

    def _table(self, rows: tuple[tuple[Prose, Prose], ...]) -> Iterator[Laid]:
        widest, longest = (max(cells(self.spelled(row[side])) for row in rows) for side in (0, 1))
        left = min(widest, max(8, self.width * 11 // 20))
        if self.width - left - 2 < min(longest, _VALUE):
            for label, value in rows:
                yield from self.wrap(label)
                yield from self.wrap(value, indent=2)
            return
        for label, value in rows:
            yield from self.columns([(label, left), (value, self.width - left - 2)], "  ")

    def _items(self, items: tuple[Item, ...]) -> Iterator[Laid]:
        """Dates in a column, no wider than leaves room for titles; longer ones on their own."""
        dates = [self.signs.plain(brief(item.date)) for item in items]
        most = min(_LONGEST, max(_SHORTEST, self.width // 4))
        if self.width - most - 4 < _TITLE:
            most = 0
        gap = max((len(date) + 2 for date in dates if 0 < len(date) <= most), default=0)
        room, hang = self.width - gap - 2, Span(" " * (gap + 2))
        for item, date in zip(items, dates, strict=True):
            first: Prose = (Span(f"{self.signs.type(item.type)} ", "mark"),)
            if len(date) > most:
                yield from self.wrap((Span(date, "date"),))
                date = ""
            if gap:
                first = (Span(date.ljust(gap), "date" if date else ""), *first)
            for line in fill(self.noted(item.spans), room):
                yield Laid((*first, *line))
                first = (hang,)

    def _trail(self, trail: Trail) -> Iterator[Laid]:
        signs = self.signs
        done, undone = f"{signs.done} ", f"{signs.undone} "
        columns: list[tuple[Prose, Prose]] = [
            (
                self.spelled((Span(done, "done"), Span(action, "done"))),
                self.spelled((Span(f"  {brief(when)}", "date", notes=notes),)),
            )
            for action, when, notes in trail.steps
        ]
        if trail.remark:
            remark = self.spelled((Span(undone, "muted"), Span(trail.remark, "muted")))
            columns.append((remark, ()))
        widths = [max(cells(above), cells(below)) + 1 for above, below in columns]
        rule = 3
        if sum(widths) + rule * (len(columns) - 1) <= self.width + 1:
            above_line: list[Span] = []
            below_line: list[Span] = []
            for i, ((above, below), size) in enumerate(zip(columns, widths, strict=True)):
                final = i == len(columns) - 1
                above_line += above
                below_line += below
                if not final and any(under for _, under in columns[i + 1 :]):
                    below_line.append(Span(" " * (size - cells(below) + rule)))
                if not final:
                    gap = size - cells(above) + rule - 1
                    above_line += [Span(" "), Span(signs.rule * (gap - 1), "muted"), Span(" ")]
            for line in (above_line, below_line):
                if line:
                    yield Laid(tuple(unglued(span) for span in line))
            return
        left = max(cells(above) for above, _ in columns)
        for above, below in columns:
            pad = Span(" " * (left - cells(above))) if below else Span("")
            yield from self.wrap((*above, pad, *below), hang=2)

    def _differ(self, differ: Differ) -> Iterator[Laid]:
        claims = tuple(claim for _, _, claim in differ.sides)
        about = (Span("Sources differ: ", "differ"), Span(differ.about, "differ"))
        yield from self.wrap(about, claims=claims)
        if len(differ.sides) == 2 and self.width >= _SIDE_BY_SIDE:
            each = (self.width - 3) // 2
            rule = f" {self.signs.column} "
            values = [((*value,), each) for value, _, _ in differ.sides]
            said = [(said, each) for _, said, _ in differ.sides]
            for line in (*self.columns(values, rule, "value"), *self.columns(said, rule)):
                yield line._replace(claims=claims)
            return
        for place, (value, words, claim) in enumerate(differ.sides):
            if place:
                yield BLANK
            first = Span(f"{self.signs.column} ", "muted")
            for prose in (tuple(span._replace(role="value") for span in value), words):
                for line in self.wrap(prose, width=self.width - 2, claims=(claim,)):
                    yield line._replace(spans=(first, *line.spans))


def _one(claim: int | None) -> tuple[int, ...]:
    return () if claim is None else (claim,)


_MONTHS = ("January", "February", "March", "April", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip


@lru_cache(4096)
def brief(when: str) -> str:
    """A date in words, shortened for a column: months by three letters, remarks left out."""
    when = when.partition(" (")[0]
    for month in _MONTHS:
        when = when.replace(month, month[:3])
    return when
