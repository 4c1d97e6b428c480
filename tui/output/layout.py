"""A page → lines of a given width, the one setting that every terminal printer shares.

Words are wrapped between spaces, never inside unless one is wider than the measure; labels keep
their column, and what runs on hangs under its own beginning.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes

from tui.blocks import (
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

#: The measure of a comfortable line, in columns.
MEASURE = 72
_LOCATOR = re.compile(r"(?<=\bpara\.) (?=\d)|(?<=\bp\.) (?=\d)")
_SIDE_BY_SIDE, _TWO_COLUMNS = 56, 16


class Laid(NamedTuple):
    """One line as set: its spans, and the claim it belongs to, if any."""

    spans: Prose = ()
    claim: int | None = None

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
                whole = (
                    span._replace(text=_LOCATOR.sub("\u00a0", span.text)) for span in note.spans
                )
                yield from self.wrap(tuple(whole), first=(number,), hang=min(gutter, 4))
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
                yield from self.wrap(spans, claim=claim)
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
        claim: int | None = None,
        width: int | None = None,
    ) -> Iterator[Laid]:
        """Wrap `spans`; `first` stands before the first line, later ones begin at `hang`."""
        taken = max(hang, cells(first))
        measure = max(2, (width or self.width) - indent - taken)
        lead = (Span(" " * indent),) if indent else ()
        before = first
        for line in fill(self._noted(spans), measure):
            yield Laid((*lead, *before, *line), claim)
            before = (Span(" " * hang),) if hang else ()

    def _noted(self, spans: Prose) -> Iterator[Span]:
        """Spell out citation numbers, glued to the word they follow."""
        for span in spans:
            shown = self.signs.plain(span.text)
            if shown:
                yield span._replace(text=shown, notes=())
            if span.notes:
                yield Span(self.signs.notes(span.notes).replace(" ", "\u00a0"), "note")

    def _quote(self, spans: Prose, voice: Prose, claim: int | None) -> Iterator[Laid]:
        bar = Span(f"{self.signs.bar} ", "bar")
        for prose in (spans, voice):
            for line in self.wrap(prose, width=self.width - 2, claim=claim):
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
                (Span(done, "done"), Span(action, "done")),
                self._set((Span(f"  {brief(when)}", "date", notes=notes),)),
            )
            for action, when, notes in trail.steps
        ]
        if trail.remark:
            columns.append(((Span(undone, "muted"), Span(trail.remark, "muted")), ()))
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
            yield Laid(tuple(above_line))
            if any(below for _, below in columns):
                yield Laid(tuple(below_line))
            return
        left = max(cells(above) for above, _ in columns)
        for above, below in columns:
            pad = Span(" " * (left - cells(above))) if below else Span("")
            yield from self.wrap((*above, pad, *below), hang=2)

    def _differ(self, differ: Differ) -> Iterator[Laid]:
        yield from self.wrap((Span("Sources differ: ", "differ"), Span(differ.about, "differ")))
        if len(differ.sides) == 2 and self.width >= _SIDE_BY_SIDE:
            each = (self.width - 3) // 2
            rule = f" {self.signs.column} "
            values = [((*value,), each) for value, _, _ in differ.sides]
            yield from self._columns(values, rule, role="value")
            yield from self._columns([(said, each) for _, said, _ in differ.sides], rule)
            return
        for value, said, claim in differ.sides:
            first = Span(f"{self.signs.column} ", "muted")
            for prose in (tuple(span._replace(role="value") for span in value), said):
                for line in self.wrap(prose, width=self.width - 2, claim=claim):
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


def cells(spans: Iterable[Span]) -> int:
    """How many columns spans take."""
    return sum(cell_len(span.text) for span in spans)


def fill(spans: Iterable[Span], width: int) -> Iterator[Prose]:
    """Break spans into lines of at most `width` columns; a newline in the text ends a line."""
    line: list[Span] = []
    used = 0
    for word, size, space in _words(spans):
        if word is None:
            yield tuple(line)
            line, used = [], 0
            continue
        if line and used + bool(space) + size > width:
            yield tuple(line)
            line, used = [], 0
        if line and space:
            _append(line, space)
            used += 1
        for piece in _fitting(word, size, width):
            if line and used + cells(piece) > width:
                yield tuple(line)
                line, used = [], 0
            for span in piece:
                _append(line, span)
            used += cells(piece)
    if line:
        yield tuple(line)


def _append(line: list[Span], span: Span) -> None:
    """Add a span to a line, as one with the span before where they are alike.

    A space that held words together has done so by now: a plain one is easier to copy.
    """
    if "\u00a0" in span.text:
        span = Span(span.text.replace("\u00a0", " "), span.role, span.link)
    if line and line[-1][1:] == span[1:]:
        line[-1] = Span(line[-1].text + span.text, span.role, span.link)
    else:
        line.append(span)


def _words(spans: Iterable[Span]) -> Iterator[tuple[list[Span] | None, int, Span | None]]:
    """The words of spans (one may run over several), their widths, and the space before each."""
    word: list[Span] = []
    space: Span | None = None
    for span in spans:
        for k, part in enumerate(span.text.split("\n")):
            if k:
                if word:
                    yield word, cells(word), space
                yield None, 0, None
                word, space = [], None
            for i, piece in enumerate(part.split(" ")):
                if i:
                    if word:
                        yield word, cells(word), space
                        word = []
                    space = Span(" ", span.role, span.link)
                if piece:
                    if not word and space is not None and space[1:] != span[1:]:
                        space = Span(" ")
                    word.append(Span(piece, span.role, span.link))
    if word:
        yield word, cells(word), space


def _fitting(word: list[Span], size: int, width: int) -> Iterator[list[Span]]:
    """A word as it stands, or in pieces where it is wider than the measure."""
    if size <= width:
        yield word
        return
    for span in word:
        graphemes, _ = split_graphemes(span.text)
        start, used = 0, 0
        for begin, _end, columns in graphemes:
            if used + columns > width:
                yield [span._replace(text=span.text[start:begin])]
                start, used = begin, 0
            used += columns
        yield [span._replace(text=span.text[start:])]


_MONTHS = ("January", "February", "March", "April", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip


def brief(when: str) -> str:
    """A date in words, shortened for a column: months by three letters, remarks left out."""
    when = when.partition(" (")[0]
    for month in _MONTHS:
        when = when.replace(month, month[:3])
    return when
