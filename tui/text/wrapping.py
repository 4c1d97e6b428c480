"""Prose wrapped into lines of a width, with indents, columns and citation numbers.

Lines are broken between words; a word is broken only where it is wider than the whole line.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size, split_graphemes

from tui.pages.model import Prose, Span
from tui.text.glyphs import Signs

#: The text of a span; many are asked for at each key.
_text_of = itemgetter(0)
#: A space at which no line is broken; `fill` turns it into a plain space.
GLUE = "\u00a0"
# Characters of one column each: Latin, Greek, Cyrillic, Armenian, Georgian, and the usual signs.
_COLUMNS = re.compile(
    r"[ -~\u00a0-\u02ff\u0370-\u0482\u048a-\u0556\u0561-\u0587\u10a0-\u10ff"
    r"\u2010-\u2027\u2030-\u205e\u2070-\u209c\u2190-\u21ff\u2500-\u25fc]*"
)
# Where a web address may be broken, and the letters of it that a line holds at least.
_JOINT = re.compile(r"[/?&=#_-](?![/?&=#_-])")
_LEAST = 8


class TextLine(NamedTuple):
    """One finished line of text.

    `claims` are the positions of the claims that it shows, from left to right; `note` is the
    number of the source note that begins on it. `joint` is what stood between the line before and
    this one where both are parts of one line of text: a space, or nothing within a word; None
    where a line of text begins. The first `lead` characters are an indent or a bar, not text.
    """

    spans: Prose = ()
    claims: tuple[int, ...] = ()
    note: int | None = None
    joint: str | None = None
    lead: int = 0

    @property
    def plain(self) -> str:
        """The text of the line without roles and links."""
        return plain_text(self.spans)


def plain_text(spans: Iterable[Span]) -> str:
    """The text of spans without their roles and links."""
    return "".join(map(_text_of, spans))


#: An empty line.
BLANK = TextLine()


class Canvas(list[tuple[str, str]]):
    """One row of a chart: a sign and its role for each column."""

    def __init__(self, width: int) -> None:
        super().__init__([(" ", "")] * width)

    def write(self, at: int, text: str, role: str) -> None:
        """Write `text` from column `at` on; what lies outside of the row is left out."""
        for x, char in enumerate(text, at):
            if 0 <= x < len(self):
                self[x] = (char, role)

    def spans(self) -> Prose:
        """Join neighbouring signs of the same role."""
        groups = groupby(self, key=itemgetter(1))
        return tuple(Span("".join(char for char, _ in group), role) for role, group in groups)


def cells(spans: Iterable[Span]) -> int:
    """Count the columns that spans take."""
    return sum(map(cell_len, map(_text_of, spans)))


def unglued(span: Span) -> Span:
    """Replace the unbreakable spaces of a span by plain ones."""
    return span._replace(text=span.text.replace(GLUE, " ")) if GLUE in span.text else span


def fit(text: str, width: int, signs: Signs) -> str:
    """Give `text` in at most `width` columns, cut at a letter; a sign shows what is missing."""
    text = signs.plain(text)
    if cell_len(text) <= width:
        return text
    if width <= len(signs.ellipsis):
        return set_cell_size(text, max(0, width))
    return set_cell_size(text, width - len(signs.ellipsis)).rstrip(" ,;:–-") + signs.ellipsis


def fit_line(spans: Prose, width: int, signs: Signs) -> TextLine:
    """Write spans on one line of at most `width` columns; what goes beyond is cut."""
    fitted: list[Span] = []
    for span in (span for span in spans if span.text):
        if (room := width - cells(fitted)) <= 0:
            break
        fitted.append(span._replace(text=fit(span.text, room, signs)))
    return TextLine(tuple(fitted))


def signs_in_lines(known: Iterable[tuple[str, str]], width: int) -> Iterator[TextLine]:
    """Set signs with their meanings one after another, in lines of at most `width` columns."""
    line: list[Span] = []
    for sign, words in known:
        one = [Span(sign), Span(f" {words}", "muted")]
        if line and cells([*line, *one]) + 2 > width:
            yield TextLine(tuple(line))
            line = []
        line += [Span("  "), *one] if line else one
    if line:
        yield TextLine(tuple(line))


def fill(spans: Iterable[Span], width: int) -> Iterable[Prose]:
    """Break spans into lines of at most `width` columns; a newline always ends a line."""
    given = [span for span in spans if span.text]
    plain = plain_text(given)
    regular = not ("\n" in plain or "  " in plain or plain[:1] == " " or plain[-1:] == " ")
    if not (regular and (plain.isascii() or _COLUMNS.fullmatch(plain))):
        return _fill_words(given, width)
    if len(given) == 1 and len(plain) <= width:  # most titles in a list
        span = given[0]
        return [(Span(plain.replace(GLUE, " "), span.role, span.link),)]
    return _fill_columns(given, plain, width)


def _fill_columns(spans: list[Span], plain: str, width: int) -> Iterator[Prose]:
    """Break text whose characters are all one column wide: one search a line, not one a word."""
    start, end = 0, len(plain)
    at, position = 0, 0  # the span that `start` is in, and where that span begins
    while start < end:
        stop = after = end
        if end - start > width:
            stop = plain.rfind(" ", start, start + width + 1)
            after = stop + 1
            if stop <= start:  # a word wider than the measure
                stop = after = start + _break(plain[start:].partition(" ")[0], width)
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


def _break(word: str, width: int) -> int:
    """Say after how many letters to break a word that is wider than `width` columns.

    A web address is broken after a stroke, a question mark or the like in the second half of the
    line, if there is one; a line keeps at least `_LEAST` letters, the last one too.
    """
    least = min(_LEAST, width // 2)
    most = max(least, min(width, len(word) - least))
    joints = [joint.end() for joint in _JOINT.finditer(word, max(least, width // 2) - 1, most)]
    return joints[-1] if joints else max(1, most)


def _fill_words(spans: Iterable[Span], width: int) -> Iterator[Prose]:
    """Break any text: wide and combining characters, newlines, spaces in a row."""
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
    """Add a span to a line, joined to the one before where role and link are the same."""
    span = unglued(span)
    if line and line[-1][1:] == span[1:]:
        line[-1] = Span(line[-1].text + span.text, span.role, span.link)
    else:
        line.append(span)


def _words(spans: Iterable[Span]) -> Iterator[tuple[list[Span] | None, int, Span | None]]:
    """Give each word with its width and the space before it; None stands for a newline.

    A word may run over several spans, as where a part of it is a link.
    """
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
    """Give a word whole, or in pieces of at most `width` columns where it is wider."""
    if size <= width:
        yield word
        return
    for span in word:
        graphemes, _ = split_graphemes(span.text)
        start = 0
        for begin, end, _columns in graphemes:
            # Measured as a whole: a joiner changes the width of what stands on its two sides.
            if begin > start and cell_len(span.text[start:end]) > width:
                yield [span._replace(text=span.text[start:begin])]
                start = begin
        yield [span._replace(text=span.text[start:])]
