"""A page → lines of a given width, the one setting that every terminal printer shares.

Words are wrapped between spaces, never inside unless one is wider than the measure; labels keep
their column, and what runs on hangs under its own beginning.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.blocks import (
    NOTE,
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
from tui.dossier.text import safe_url
from tui.output.marks import UNICODE, Signs
from tui.output.wrapping import GLUE, cells, fill, unglued

#: The measure of a comfortable line, in columns.
MEASURE = 72
_LOCATOR = re.compile(r"(?<=\bpara\.) (?=\d)|(?<=\bp\.) (?=\d)")
_SIDE_BY_SIDE, _TWO_COLUMNS = 56, 16


class Laid(NamedTuple):
    """One line as set: its spans, the claims it shows, left to right, and the note it begins."""

    spans: Prose = ()
    claims: tuple[int, ...] = ()
    note: int | None = None

    @property
    def plain(self) -> str:
        """The line's text."""
        return "".join(span.text for span in self.spans)


BLANK = Laid()


def lay_out(page: Page, width: int, signs: Signs = UNICODE) -> list[Laid]:
    """Set a page in lines no wider than `width` columns (at least 8)."""
    return list(_Setter(max(8, width), signs).page(page))


class _Setter:
    """Sets the blocks of one page at one width."""

    def __init__(self, width: int, signs: Signs) -> None:
        self.width = width
        self.signs = signs

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

    def heading(self, text: str) -> Iterator[Laid]:
        yield from self.wrap((Span(text, "heading"),))

    def wrap(
        self,
        spans: Prose,
        *,
        first: Prose = (),
        hang: int = 0,
        indent: int = 0,
        claims: tuple[int, ...] = (),
        width: int | None = None,
    ) -> Iterator[Laid]:
        """Wrap `spans`; `first` stands before the first line, later ones begin at `hang`."""
        taken = max(hang, cells(first))
        measure = max(2, (width or self.width) - indent - taken)
        lead = (Span(" " * indent),) if indent else ()
        before = first
        for line in fill(self._noted(spans), measure):
            yield Laid((*lead, *before, *line), claims)
            before = (Span(" " * hang),) if hang else ()

    def _noted(self, spans: Prose) -> Iterator[Span]:
        """Spell out citation numbers, each leading to its note, glued to the word they follow."""
        for span in spans:
            shown = self.signs.plain(span.text)
            if shown:
                yield span._replace(text=shown, notes=())
            for place, number in enumerate(span.notes):
                if place and not self.signs.ascii:
                    yield Span(GLUE, "note")
                yield Span(self.signs.notes((number,)), "note", f"{NOTE}{number}")

    def _quote(self, spans: Prose, voice: Prose, claim: int | None) -> Iterator[Laid]:
        bar = Span(f"{self.signs.bar} ", "bar")
        for prose in (spans, voice):
            for line in self.wrap(prose, width=self.width - 2, claims=_one(claim)):
                yield line._replace(spans=(bar, *line.spans))

    def _table(self, rows: tuple[tuple[Prose, Prose], ...]) -> Iterator[Laid]:
        widest = max(cells(self._set(label)) for label, _ in rows)
        if self.width < _TWO_COLUMNS:
            for label, value in rows:
                yield from self.wrap(label)
                yield from self.wrap(value, indent=2)
            return
        left = min(widest, max(8, self.width * 11 // 20))
        for label, value in rows:
            yield from self._columns([(label, left), (value, self.width - left - 2)], "  ")

    def _items(self, items: tuple[Item, ...]) -> Iterator[Laid]:
        left = max(len(brief(item.date)) for item in items)
        stacked = self.width - left - 4 < 16
        for item in items:
            mark = Span(f"{self.signs.type(item.type)} ", "mark")
            date = Span(self.signs.plain(brief(item.date)), "date")
            if stacked:
                yield from self.wrap((mark, *item.spans, Span(" "), date), hang=2)
                continue
            first = (date, Span(" " * (left + 2 - cells((date,)))), mark)
            yield from self.wrap(item.spans, first=first, hang=left + 4)

    def _trail(self, trail: Trail) -> Iterator[Laid]:
        signs = self.signs
        done, undone = f"{signs.done} ", f"{signs.undone} "
        columns: list[tuple[Prose, Prose]] = [
            (
                self._set((Span(done, "done"), Span(action, "done"))),
                self._set((Span(f"  {brief(when)}", "date", notes=notes),)),
            )
            for action, when, notes in trail.steps
        ]
        if trail.remark:
            remark = self._set((Span(undone, "muted"), Span(trail.remark, "muted")))
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
            for line in (*self._columns(values, rule, "value"), *self._columns(said, rule)):
                yield line._replace(claims=claims)
            return
        for value, words, claim in differ.sides:
            first = Span(f"{self.signs.column} ", "muted")
            for prose in (tuple(span._replace(role="value") for span in value), words):
                for line in self.wrap(prose, width=self.width - 2, claims=(claim,)):
                    yield line._replace(spans=(first, *line.spans))

    def _columns(
        self, columns: list[tuple[Prose, int]], gap: str, role: str = ""
    ) -> Iterator[Laid]:
        """Set prose side by side, each within its own width."""
        filled = []
        for prose, width in columns:
            shown = tuple(span._replace(role=role) for span in prose) if role else prose
            filled.append((list(fill(self._noted(shown), max(4, width))), width))
        for i in range(max(len(lines) for lines, _ in filled)):
            spans: list[Span] = []
            for j, (lines, width) in enumerate(filled):
                line = lines[i] if i < len(lines) else ()
                if j:
                    spans.append(Span(gap, "muted"))
                spans += line
                if j < len(filled) - 1:
                    spans.append(Span(" " * (width - cells(line))))
            yield Laid(tuple(spans))

    def _set(self, spans: Prose) -> Prose:
        return tuple(self._noted(spans))


def _one(claim: int | None) -> tuple[int, ...]:
    return () if claim is None else (claim,)


_MONTHS = ("January", "February", "March", "April", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip


def brief(when: str) -> str:
    """A date in words, shortened for a column: months by three letters, remarks left out."""
    when = when.partition(" (")[0]
    for month in _MONTHS:
        when = when.replace(month, month[:3])
    return when
