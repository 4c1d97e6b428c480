"""Lines of a page as the pane uses them: where links stand, and words picked out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tui.pages.model import NOTE, Prose, Span
from tui.text.wrapping import TextLine

#: Letters of links, the easiest to reach first; the ones that move about the page are left out.
_LETTERS = "asdfewrtcvioupxzqm"


class Part(NamedTuple):
    """A run of characters of one line: from `start` up to `end`."""

    line: int
    start: int
    end: int


class Link(NamedTuple):
    """A link as it stands on the page, maybe over lines; `target` is that of its spans."""

    target: str
    parts: tuple[Part, ...]

    @property
    def line(self) -> int:
        """The line it begins in."""
        return self.parts[0].line

    @property
    def note(self) -> int | None:
        """The number of the note at the foot of the page that it leads to, if it does."""
        return int(self.target.removeprefix(NOTE)) if self.target.startswith(NOTE) else None


def links_of(lines: Sequence[TextLine]) -> list[Link]:
    """The links of a page in reading order; one that runs on, over lines too, is one link."""
    links: list[Link] = []
    runs_on = False  # whether the line before ended in a link
    for number, line in enumerate(lines):
        at, begun = 0, False
        for span in line.spans:
            start, at = at, at + len(span.text)
            if span.link:
                _add(links, span.link, Part(number, start, at), runs_on=runs_on and not begun)
            begun = begun or (bool(span.text.strip()) and span.role != "bar")
        runs_on = bool(line.spans and line.spans[-1].link)
    return links


def _add(links: list[Link], target: str, part: Part, *, runs_on: bool) -> None:
    """Add a part to the last link where it goes on, as a link of its own otherwise."""
    if links and links[-1].target == target:
        *before, last = links[-1].parts
        if last.line == part.line and last.end == part.start:
            links[-1] = Link(target, (*before, last._replace(end=part.end)))
            return
        if runs_on:
            links[-1] = Link(target, (*links[-1].parts, part))
            return
    links.append(Link(target, (part,)))


def letters(count: int) -> list[str]:
    """As many different labels as asked, none beginning another; at most a pair for each two.

    Single letters while they suffice; then as few letters as will do begin pairs.
    """
    many = len(_LETTERS)
    single = max(0, min(many, (many * many - count) // (many - 1)))
    pairs = [first + second for first in _LETTERS[single:] for second in _LETTERS]
    return [*_LETTERS[:single], *pairs][:count]


def picked_out(spans: Prose, ranges: Iterable[tuple[int, int]], role: str) -> Prose:
    """`spans` with these ranges of characters given a role; their links stay."""
    inside = set()
    cuts = {0}
    for start, end in ranges:
        cuts |= {start, end}
        inside.add(start)
    bounds = sorted(cuts)
    chosen = [(start, end) for start, end in pairwise(bounds) if start in inside]
    return tuple(_cut(spans, chosen, role))


def _cut(spans: Prose, ranges: list[tuple[int, int]], role: str) -> Iterator[Span]:
    at = 0
    for span in spans:
        end = at + len(span.text)
        here = at
        for start, stop in ranges:
            if stop <= here or start >= end:
                continue
            if start > here:
                yield span._replace(text=span.text[here - at : start - at])
                here = start
            upto = min(stop, end)
            yield span._replace(text=span.text[here - at : upto - at], role=role)
            here = upto
        if here < end:
            yield span._replace(text=span.text[here - at :])
        at = end


def labelled(spans: Prose, at: int, label: str) -> Prose:
    """`spans` with the characters from `at` on replaced by a label, as far as the hint goes."""
    out, position = [], 0
    for span in spans:
        if position == at and span.role == "hint":
            span = span._replace(text=label[: len(span.text)])
        out.append(span)
        position += len(span.text)
    return tuple(out)
