"""A page in plain sentences, for a reader who hears it: no columns, no signs, links by number."""

from collections.abc import Iterator

from tui.pages import model


class SpokenPage:
    """The lines of a page. Each record that is named has a number in brackets, once in a block.

    `targets` are the ids and addresses that the numbers stand for, from 1 on; they are complete
    once all `lines` were taken.
    """

    def __init__(self, page: model.Page) -> None:
        self._page = page
        self.targets: list[str] = []
        self._named: set[str] = set()

    def lines(self) -> Iterator[str]:
        """Give the lines, one for each sentence, row or item."""
        yield f"{self._page.title}."
        for block in self._page.blocks:
            self._named.clear()
            yield from self._block(block)
        if self._page.notes:
            yield "Sources:"
        for note in self._page.notes:
            address = f", {note.url}" if note.url else ""
            yield f"Source {note.number}: {self._prose(note.spans)}{address}"

    def _block(self, block: model.Block) -> Iterator[str]:
        prose = self._prose
        match block:
            case model.Heading(shown):
                yield f"{shown}:"
            case model.Line(spans) | model.Paragraph(spans):
                yield prose(spans).strip()
            case model.Quote(spans, voice):
                yield prose(spans).strip()
                if voice:
                    words = prose(voice)
                    yield f"{words[:1].upper()}{words[1:]}."
            case model.Table(rows):
                for label, value in rows:
                    yield f"{prose(label).strip()}: {prose(value)}"
            case model.Items(items):
                for item in items:
                    yield f"{item.date}, {item.type}: {prose(item.spans)}"
            case model.Trail(steps, remark):
                for action, when, notes in steps:
                    yield f"{action}: {when}{_sources(notes)}"
                if remark:
                    yield remark
            case model.Differ(about, sides):
                yield f"Sources differ on {about}:"
                for value, said, _ in sides:
                    yield f"{prose(value)}: {prose(said)}"

    def _prose(self, spans: model.Prose) -> str:
        return "".join(map(self._span, spans)).replace("\n", " ").replace(" · ", ", ")

    def _span(self, span: model.Span) -> str:
        number = ""
        if span.link and span.link not in self._named and span.text.strip():
            self._named.add(span.link)
            if span.link not in self.targets:
                self.targets.append(span.link)
            number = f" [{self.targets.index(span.link) + 1}]"
        return f"{span.text}{number}{_sources(span.notes)}"


def _sources(numbers: tuple[int, ...]) -> str:
    """Say which sources a sentence has, by their numbers."""
    if not numbers:
        return ""
    return f" (source{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))})"
