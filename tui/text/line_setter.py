"""Setting prose in lines: wrapped, hanging, side by side, with its citation numbers."""

from collections.abc import Iterator
from typing import NamedTuple

from tui.pages.model import NOTE, Prose, Span
from tui.text.glyphs import Signs
from tui.text.wrapping import GLUE, cells, fill


class Laid(NamedTuple):
    """One line as set: its spans, the claims it shows, left to right, and the note it begins."""

    spans: Prose = ()
    claims: tuple[int, ...] = ()
    note: int | None = None

    @property
    def plain(self) -> str:
        """The line's text."""
        return "".join(span.text for span in self.spans)


#: A line with nothing in it.
BLANK = Laid()


class Setter:
    """Sets prose at one width, in one set of signs."""

    def __init__(self, width: int, signs: Signs) -> None:
        self.width = width
        self.signs = signs

    def heading(self, text: str) -> Iterator[Laid]:
        """The label of a section."""
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
        for line in fill(self.noted(spans), measure):
            yield Laid((*lead, *before, *line), claims)
            before = (Span(" " * hang),) if hang else ()

    def noted(self, spans: Prose) -> Iterator[Span]:
        """Spell out citation numbers, each leading to its note, glued to the word they follow."""
        for span in spans:
            if shown := self.signs.plain(span.text):
                # A dot ends the line before it, rather than begin the next.
                shown = shown.replace(" · ", f"{GLUE}· ") if "·" in shown else shown
                yield Span(shown, span.role, span.link)
            for place, number in enumerate(span.notes):
                if place and not self.signs.ascii:
                    yield Span(GLUE, "note")
                yield Span(self.signs.notes((number,)), "note", f"{NOTE}{number}")

    def columns(self, columns: list[tuple[Prose, int]], gap: str, role: str = "") -> Iterator[Laid]:
        """Set prose side by side, each within its own width."""
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
            yield Laid(tuple(spans))

    def spelled(self, spans: Prose) -> Prose:
        """The spans as they are shown where nothing is wrapped."""
        return tuple(self.noted(spans))
