"""A page in plain sentences, for a reader who hears it: no columns, no signs, links by number."""

import re
from collections.abc import Iterator

from tui.dossier.dates import MONTHS, SEASONS
from tui.pages import model
from tui.text.glyphs import Signs


class SpokenPage:
    """The lines of a page. Each record that is named has a number in brackets, once in a block.

    `targets` are the ids and addresses that the numbers stand for, from 1 on.
    """

    def __init__(self, page: model.Page) -> None:
        self._page = page
        self.targets: list[str] = []
        self._named: set[str] = set()
        self.lines = list(self._lines())

    def _lines(self) -> Iterator[str]:
        """Give what is below the title, a line for each sentence, row or item."""
        said: list[model.Quote] = []  # whose they are comes with the last of them
        for block in self._page.blocks:
            self._named.clear()
            if isinstance(block, model.Quote):
                said.append(block)
                if block.voice:
                    yield from self._quotes(said)
                    said.clear()
            else:
                yield from self._block(block)
        if self._page.notes:
            yield "Sources:"
        for note in self._page.notes:  # an address is heard on the page of its source
            self._named.clear()
            yield f"Source {note.number}: {self._prose(note.spans)}"

    def _quotes(self, quotes: list[model.Quote]) -> Iterator[str]:
        """Say who says it first: who hears a judgement must know whose it is."""
        words = self._prose(quotes[-1].voice)
        yield f"{words[:1].upper()}{words[1:]}:"
        for quote in quotes:
            yield self._prose(quote.spans)

    def _block(self, block: model.Block) -> Iterator[str]:
        prose = self._prose
        match block:
            case model.Heading(shown):
                yield f"{shown}:"
            case model.Line(spans) if spans and spans[0].role == "differ":
                yield from self._in_brief(spans)
            case model.Line(spans) | model.Paragraph(spans):
                yield prose(spans)
            case model.Table(rows):
                for label, value in rows:
                    yield f"{prose(label)}: {prose(value)}"
            case model.Items(items):
                for item in items:
                    relation = [span for span in item.spans if span.role == "label"]
                    title = tuple(span for span in item.spans if span.role != "label")
                    how = f"{prose(tuple(relation))}: " if relation else ""
                    lead = ", ".join(filter(None, (item.date, item.type)))
                    yield f"{how}{lead}{': ' if lead else ''}{prose(title)}"
            case model.Trail(steps, remark):
                for action, when, notes in steps:
                    yield f"{action}: {when}{_sources(notes)}"
                if remark:
                    yield remark
            case model.Differ(about, sides):
                yield f"Sources differ on {about}, {len(sides)} sides:"
                for place, (value, said, _) in enumerate(sides, 1):
                    yield f"Side {place}, {prose(value)}: {prose(said)}"

    def _in_brief(self, spans: model.Prose) -> Iterator[str]:
        """Give a disagreement in brief, each side with who says so on a line of its own."""
        yield self._prose(spans[:1])
        side: list[model.Span] = []
        for span in (*spans[1:], _APART):
            if span.text == _APART.text and side:
                yield self._prose(tuple(side))
                side.clear()
            else:
                side.append(span)

    def _prose(self, spans: model.Prose) -> str:
        return " ".join("".join(map(self._span, spans)).split())

    def _span(self, span: model.Span) -> str:
        number = ""
        if span.link and span.link not in self._named and span.text.strip():
            self._named.add(span.link)
            if span.link not in self.targets:
                self.targets.append(span.link)
            number = f" [{self.targets.index(span.link) + 1}]"
        return f"{span.text}{number}{_sources(span.notes)}"


#: What stands between the sides of a disagreement in brief.
_APART = model.Span(" · ")


def _sources(numbers: tuple[int, ...]) -> str:
    """Say which sources a sentence has, by their numbers."""
    if not numbers:
        return ""
    return f" (source{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))})"


_WHEN = f"about |{'|'.join((*MONTHS, *SEASONS))}"
#: The dash of a span of dates or of pages: speech leaves it out, and the two run together.
_TO = re.compile(rf"(\d|\)|{_WHEN})(?: – |–)(?=\d|{_WHEN})")
_UNKNOWN = re.compile(r"\?{2,}(?:[ ,.:;-]*\?+)*")


def aloud(line: str, signs: Signs) -> str:
    """Write a line as it is to be heard, in the characters that the terminal has.

    A dot between words becomes a comma. Words in letters that the terminal does not have are said
    to be so, once for all that follow each other.
    """
    line = _TO.sub(r"\1 to ", line.replace(_APART.text, ", "))
    shown = signs.plain(line)
    return shown if shown is line else _UNKNOWN.sub("(letters not shown here)", shown)
