"""The layout of a page: its blocks as lines of a given width, for the explorer and the shell.

The labels of a table keep a column of their own; the later lines of an entry are indented.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from tui.dossier.dates import MONTHS
from tui.dossier.safe_text import safe_url
from tui.pages import model
from tui.pages.model import NOTE, Prose, Span
from tui.text.glyphs import UNICODE, Signs
from tui.text.wrapping import BLANK, GLUE, TextLine, cells, fill, plain_text, unglued

#: The width of a comfortable line, in columns: 60 to 75 letters are easiest to read.
MEASURE = 72
# The space within "para. 2" and "p. 2", where no line is to end.
_LOCATOR = re.compile(r"(?<=\bpara\.) (?=\d)|(?<=\bp\.) (?=\d)")
# From this width on the two sides of a disagreement stand side by side: 20 columns each and a rule.
_SIDE_BY_SIDE = 43
# With less room beside its label, the value of a table row stands on lines of its own.
_VALUE = 11
# The width of a column of dates: the least that is allowed for ("6–7 October 2025" in brief is 12
# and a gap of 2), and the most in a wide list. Titles beside it get at least the third number.
_SHORTEST, _LONGEST, _TITLE = 14, 17, 16


def lay_out(page: model.Page, width: int, signs: Signs = UNICODE) -> list[TextLine]:
    """Lay a page out in lines of at most `width` columns; less than 8 counts as 8."""
    return list(_PageSetter(max(8, width), signs).page(page))


class _PageSetter:
    """Lays out the blocks of a page in lines of `width` columns, drawn with `signs`."""

    def __init__(self, width: int, signs: Signs) -> None:
        self.width = width
        self.signs = signs

    def page(self, page: model.Page) -> Iterator[TextLine]:
        """Give the lines of the whole page: title, blocks and sources."""
        yield from self.wrap((Span(page.title, "title"),))
        previous: object = None
        for block in page.blocks:
            if isinstance(previous, model.Quote) and not previous.voice:
                yield TextLine((Span(self.signs.bar, "bar"),))
            elif not isinstance(previous, model.Heading) and not (
                isinstance(block, model.Line)
                and (previous is None or isinstance(previous, model.Line))
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
                whole = (span._replace(text=_LOCATOR.sub(GLUE, span.text)) for span in note.spans)
                begin: int | None = note.number
                for line in self.wrap(tuple(whole), first=(number,), hang=min(gutter, 4)):
                    yield line._replace(note=begin)
                    begin = None
                if note.url:
                    link = note.url if safe_url(note.url) else None
                    yield from self.wrap((Span(note.url, "url", link),), indent=gutter)

    def _block(self, block: object) -> Iterator[TextLine]:
        match block:
            case model.Heading(text):
                yield from self.heading(text)
            case model.Line(spans, claims):
                yield from self.wrap(spans, claims=claims)
            case model.Paragraph(spans, claim):
                yield from self.wrap(spans, claims=_one(claim))
            case model.Quote(spans, voice, claim):
                yield from self._quote(spans, voice, claim)
            case model.Differ():
                yield from self._differ(block)
            case model.Table(rows):
                yield from self._table(rows)
            case model.Items(items):
                yield from self._items(items)
            case model.Trail():
                yield from self._trail(block)

    def _quote(self, spans: Prose, voice: Prose, claim: int | None) -> Iterator[TextLine]:
        bar = Span(f"{self.signs.bar} ", "bar")
        for prose in (spans, voice):
            for line in self.wrap(prose, width=self.width - 2, claims=_one(claim)):
                yield line._replace(spans=(bar, *line.spans), lead=line.lead + len(bar.text))

    def _table(self, rows: tuple[tuple[Prose, Prose], ...]) -> Iterator[TextLine]:
        widest, longest = (max(cells(self.noted(row[side])) for row in rows) for side in (0, 1))
        left = min(widest, max(8, self.width * 11 // 20))
        if self.width - left - 2 < min(longest, _VALUE):
            for label, value in rows:
                yield from self.wrap(label)
                yield from self.wrap(value, indent=2)
            return
        for label, value in rows:
            yield from self.columns([(label, left), (value, self.width - left - 2)], "  ")

    def _items(self, items: tuple[model.Item, ...]) -> Iterator[TextLine]:
        """Set dates in a column that leaves room for titles; a longer date gets its own line."""
        dates = [self.signs.plain(brief(item.lead)) for item in items]
        most = min(_LONGEST, max(_SHORTEST, self.width // 4))
        if self.width - most - 4 < _TITLE:
            most = 0
        gap = max((len(date) + 2 for date in dates if 0 < len(date) <= most), default=0)
        room, hang = self.width - gap - 2, Span(" " * (gap + 2))
        for item, date in zip(items, dates, strict=True):
            sign = self.signs.type(item.type) if item.date else " "
            first: Prose = (Span(f"{sign} ", "mark"),)
            if len(date) > most:
                yield from self.wrap((Span(date, "date"),))
                date = ""
            if gap:
                first = (Span(date.ljust(gap), "date" if date else ""), *first)
            for line in fill(self.noted(item.spans), room):
                yield TextLine((*first, *line))
                first = (hang,)

    def _trail(self, trail: model.Trail) -> Iterator[TextLine]:
        """Set the steps side by side with a rule between, or below each other if too wide."""
        signs = self.signs
        done, undone = f"{signs.done} ", f"{signs.undone} "
        columns: list[tuple[Prose, Prose]] = [
            (
                tuple(self.noted((Span(done, "done"), Span(action, "done")))),
                tuple(self.noted((Span(f"  {brief(when)}", "date", notes=notes),))),
            )
            for action, when, notes in trail.steps
        ]
        if trail.remark:
            remark = self.noted((Span(undone, "muted"), Span(trail.remark, "muted")))
            columns.append((tuple(remark), ()))
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
                    yield TextLine(tuple(unglued(span) for span in line))
            return
        left = max(cells(above) for above, _ in columns)
        for above, below in columns:
            pad = Span(" " * (left - cells(above))) if below else Span("")
            yield from self.wrap((*above, pad, *below), hang=2)

    def _differ(self, differ: model.Differ) -> Iterator[TextLine]:
        """Set two sides next to each other where there is room, otherwise below each other."""
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
                    yield line._replace(spans=(first, *line.spans), lead=len(first.text))

    def heading(self, text: str) -> Iterator[TextLine]:
        """Set the label of a section."""
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
    ) -> Iterator[TextLine]:
        """Wrap `spans` into lines that all show `claims`.

        `first` stands before the first line; the later lines begin `hang` columns further in.
        `indent` moves all of them to the right. `width` takes the place of the setter's own.
        """
        taken = max(hang, cells(first))
        measure = max(2, (width or self.width) - indent - taken)
        lead = (Span(" " * indent),) if indent else ()
        before, skipped = first, indent
        noted = self.noted(spans)
        lines, at = list(fill(noted, measure)), 0
        text = plain_text(noted).replace(GLUE, " ") if len(lines) > 1 else ""
        for line in lines:
            words = plain_text(line) if text else ""
            start = text.find(words, at)
            joint = text[at:start] if at and "\n" not in text[at:start] else None
            at = max(at, start) + len(words)
            yield TextLine((*lead, *before, *line), claims, joint=joint, lead=skipped)
            before, skipped = ((Span(" " * hang),), indent + hang) if hang else ((), indent)

    def noted(self, spans: Prose) -> list[Span]:
        """Write citation numbers after the words they follow, each as a link to its note."""
        noted: list[Span] = []
        for span in spans:
            if shown := self.signs.plain(span.text):
                # A dot between words stays at the end of a line and never begins the next one.
                dot = self.signs.dot
                shown = shown.replace(f" {dot} ", f"{GLUE}{dot} ") if dot in shown else shown
                noted.append(Span(shown, span.role, span.link))
            for place, number in enumerate(span.notes):
                if place and not self.signs.ascii:
                    noted.append(Span(GLUE, "note"))
                noted.append(Span(self.signs.notes((number,)), "note", f"{NOTE}{number}"))
        return noted

    def columns(
        self, columns: list[tuple[Prose, int]], gap: str, role: str = ""
    ) -> Iterator[TextLine]:
        """Set pieces of prose side by side, each in its own width, with `gap` between them.

        `role` takes the place of the roles that the spans have.
        """
        filled = []
        for prose, width in columns:
            shown = tuple(span._replace(role=role) for span in prose) if role else prose
            filled.append((list(fill(self.noted(shown), max(4, width))), width))
        for i in range(max(len(lines) for lines, _ in filled)):
            spans: list[Span] = []
            for j, (lines, width) in enumerate(filled):
                line = lines[i] if i < len(lines) else ()
                if j:
                    spans.append(Span(gap, "muted"))
                spans += line
                if j < len(filled) - 1:
                    spans.append(Span(" " * (width - cells(line))))
            yield TextLine(tuple(spans))


def _one(claim: int | None) -> tuple[int, ...]:
    return () if claim is None else (claim,)


@lru_cache(4096)
def brief(when: str) -> str:
    """Shorten a date in words for a column: months to three letters, without remarks."""
    when = when.partition(" (")[0]
    for month in MONTHS:
        when = when.replace(month, month[:3])
    return when
