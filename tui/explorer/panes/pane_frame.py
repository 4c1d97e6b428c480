"""The frame of a pane: its border with words in it, and the rows of text within."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from tui.explorer.colours import Palette
from tui.text.glyphs import Signs
from tui.text.wrapping import fit

#: Columns of a frame's edge that are not its words: two corners, a rule and a space on each side.
_AROUND_WORDS = 6


class Frame(NamedTuple):
    """What surrounds the lines of a pane: a border or none, and blank rows and columns in it."""

    border: bool = True
    above: int = 0
    left: int = 0
    right: int = 0


#: Columns of a name that are worth showing before its counts.
_LEAST_NAME = 6


class Look(NamedTuple):
    """What the rows of a pane of `width` columns are drawn with, apart from their text."""

    frame: Frame
    edge: Style
    blank: Style
    width: int
    ground: Color
    filters: tuple[LineFilter, ...]
    signs: Signs
    palette: Palette
    active: bool


def border_row(words: str, look: Look, *, top: bool, counts: str = "") -> Strip:
    """An edge of a frame with words in it, which stand on the left above and on the right below.

    Where they end in `counts`, their beginning is cut first.
    """
    signs, width = look.signs, look.width
    room, dot = width - _AROUND_WORDS, f" {signs.dot} "
    if counts and cell_len(words) > room:  # a count says more than the end of a name
        name = words.removesuffix(dot + counts)
        for told in (counts, counts.partition(dot)[0]):
            if (left := room - cell_len(dot + told)) >= _LEAST_NAME:
                words = fit(name, left, signs) + dot + told
                break
    words = fit(words, room, signs)
    first, last = signs.corners[0 if top else 2], signs.corners[1 if top else 3]
    role = "title-active" if top and look.active else "muted"
    said = Segment(f" {words} ", look.palette.style(role))
    rest = signs.rule * max(0, width - cell_len(words) - _AROUND_WORDS + 1)
    if width < _AROUND_WORDS or not words:
        row = [Segment(first + signs.rule * (width - 2) + last, look.edge)]
    elif top:
        row = [Segment(first + signs.rule, look.edge), said, Segment(rest + last, look.edge)]
    else:
        row = [Segment(first + rest, look.edge), said, Segment(signs.rule + last, look.edge)]
    return _filtered(Strip(row).adjust_cell_length(width, look.blank), look)


def text_row(segments: Sequence[Segment], room: int, look: Look, *, thumb: bool) -> Strip:
    """A line of text in `room` columns, with the scroll thumb or not, within its frame."""
    segments, pad = fitted(segments, room)
    frame, blank = look.frame, look.blank
    edge = [Segment(look.signs.column, look.edge)] if frame.border else []
    beside = (
        Segment(look.signs.thumb, look.palette.style("thumb")) if thumb else Segment(" ", blank)
    )
    row = [
        *edge,
        Segment(" " * frame.left, blank),
        *segments,
        Segment(" " * pad, blank),
        beside,
        Segment(" " * frame.right, blank),
        *edge,
    ]
    strip = Strip(_joined(row)).adjust_cell_length(look.width, blank)
    return _filtered(strip, look) if look.filters else strip


def fitted(segments: Sequence[Segment], width: int) -> tuple[Sequence[Segment], int]:
    """What there is room for of a line, and how many columns it leaves."""
    pad = width - sum(map(cell_len, map(itemgetter(0), segments)))
    return (segments, pad) if pad >= 0 else (list(Strip(segments).crop(0, width)), 0)


def _filtered(strip: Strip, look: Look) -> Strip:
    for line_filter in look.filters:
        strip = strip.apply_filter(line_filter, look.ground)
    return strip


def _joined(row: Iterable[Segment]) -> list[Segment]:
    """A row in as few segments as it has styles: each costs time and some forty bytes to draw."""
    joined: list[Segment] = []
    for segment in row:
        if joined and joined[-1].style is segment.style:
            joined[-1] = Segment(joined[-1].text + segment.text, segment.style)
        elif segment.text:
            joined.append(segment)
    return joined
