"""Breaking spans into lines: between words, never inside unless one is wider than the measure."""

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len, split_graphemes

from tui.pages.model import Prose, Span

#: What holds words together while lines are broken; shown and copied as a plain space.
GLUE = "\u00a0"
# Characters of one column each: Latin, Greek, Cyrillic, Armenian, Georgian, and the usual signs.
_COLUMNS = re.compile(
    r"[ -~\u00a0-\u02ff\u0370-\u0482\u048a-\u0556\u0561-\u0587\u10a0-\u10ff"
    r"\u2010-\u2027\u2030-\u205e\u2070-\u209c\u2190-\u21ff\u2500-\u25fc]*"
)


def cells(spans: Iterable[Span]) -> int:
    """How many columns spans take."""
    return sum(cell_len(span.text) for span in spans)


def unglued(span: Span) -> Span:
    """The span with plain spaces where it was held together."""
    return span._replace(text=span.text.replace(GLUE, " ")) if GLUE in span.text else span


def fill(spans: Iterable[Span], width: int) -> Iterator[Prose]:
    """Break spans into lines of at most `width` columns; a newline in the text ends a line."""
    given = [span for span in spans if span.text]
    plain = "".join([span.text for span in given])
    regular = not ("\n" in plain or "  " in plain or plain[:1] == " " or plain[-1:] == " ")
    if regular and (plain.isascii() or _COLUMNS.fullmatch(plain)):
        if len(given) == 1 and len(plain) <= width:  # most titles in a list
            span = given[0]
            yield (Span(plain.replace(GLUE, " "), span.role, span.link),)
        else:
            yield from _fill_columns(given, plain, width)
    else:
        yield from _fill_words(given, width)


def _fill_columns(spans: list[Span], plain: str, width: int) -> Iterator[Prose]:
    """The common case, where a character is a column: one search a line instead of one a word."""
    start, end = 0, len(plain)
    at, position = 0, 0  # the span that `start` is in, and where that span begins
    while start < end:
        stop = after = end
        if end - start > width:
            stop = plain.rfind(" ", start, start + width + 1)
            after = stop + 1
            if stop <= start:  # a word wider than the measure
                stop = after = start + width
        line = []
        while at < len(spans) and position < stop:
            span = spans[at]
            text = span.text[max(0, start - position) : stop - position]
            if text:
                line.append(Span(text.replace(GLUE, " "), span.role, span.link))
            if position + len(span.text) > stop:
                break
            position += len(span.text)
            at += 1
        yield tuple(line)
        start = after


def _fill_words(spans: Iterable[Span], width: int) -> Iterator[Prose]:
    """Any text: wide and combining characters, newlines, spaces in a row."""
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

    A space that held words together has done so by now.
    """
    span = unglued(span)
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
        start = 0
        for begin, end, _columns in graphemes:
            # Measured as a whole: joiners on their own make the sum of the parts another one.
            if begin > start and cell_len(span.text[start:end]) > width:
                yield [span._replace(text=span.text[start:begin])]
                start = begin
        yield [span._replace(text=span.text[start:])]
