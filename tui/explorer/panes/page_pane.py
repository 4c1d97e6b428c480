"""The right pane: a page, set in lines for its width and drawn line by line."""

from collections.abc import Awaitable, Callable, Hashable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.strip import Strip

from tui.dossier.folding import mark_spans
from tui.explorer.panes.page_links import Link, labelled, letters, links_of, picked_out
from tui.explorer.panes.pane_frame import Frame
from tui.explorer.panes.selectable_pane import SelectablePane
from tui.pages.model import Page, Prose
from tui.text.glyphs import Signs
from tui.text.layout import MEASURE, lay_out
from tui.text.wrapping import TextLine

#: The narrowest and the widest measure that the reader can ask for, and a step between, in columns.
_NARROWEST, _WIDEST, _WIDER = 30, 120, 6
#: The frame of the page beside other panes.
BESIDE = Frame(left=1)


class PagePane(SelectablePane):
    """Shows a page. Its text can be selected with the mouse.

    `followed` is called with the target of a link that the reader follows, `selected` when text
    was selected, `moved` when other lines came into view, and `said` with what is to be said.
    """

    def __init__(
        self,
        signs: Signs,
        *,
        followed: Callable[[str], Awaitable[None]],
        selected: Callable[[str], object],
        moved: Callable[[], object],
        said: Callable[[str], object],
    ) -> None:
        super().__init__(signs, id="page", frame=BESIDE, selected=selected)
        self._followed, self._moved, self._said = followed, moved, said
        self._key: Hashable = None
        self._make: Callable[[], Page | None] | None = None
        self._page: Page | None = None
        self._words: tuple[str, ...] = ()
        self._lines: list[TextLine] = []
        self._links: list[Link] | None = None
        self._note_links: list[Link] = []
        self._segments: dict[int, list[Segment]] = {}
        self._set_for = 0
        #: The measure that is asked for, in columns, whatever there is room for.
        self.widest = MEASURE
        self._hints: dict[str, Link] = {}
        self._typed = ""
        #: The link that the arrows chose.
        self.chosen: Link | None = None

    def show(self, key: Hashable, make: Callable[[], Page | None], words: tuple[str, ...]) -> None:
        """Show the page that `make` returns, with `words` picked out.

        It is made when it is looked at, and again only for another `key`.
        """
        if key != self._key:
            self._key, self._make = key, make
            self._set_for, self.top = 0, 0
            self._links = self.chosen = self._selection = None
            self.end_drag()
            self.redraw()
        if words != self._words:
            self._words = words
            self.redraw()

    def prepare(self) -> None:
        """Make the page and set it in lines, if that was put off until now."""
        if self._make:
            make, self._make = self._make, None
            self._page = make()
            self.title = (self._page.kind if self._page else "").capitalize()
        if not self._page or self.measure < 1 or self.measure == self._set_for:
            return
        self._set_for = self.measure
        self._lines = lay_out(self._page, self.measure, self.signs)
        self._links = self.chosen = self._selection = None
        self.end_drag()
        self._segments.clear()
        self.line_count = len(self._lines)
        self.top = max(0, min(self.top, self.line_count - self.room.height))
        if self._hints:  # the reader is about to type one
            self.show_hints()

    def arranged(self) -> None:
        self.redraw()
        if not self._make:  # where the page is scrolled to depends on each measure it was set in
            self.set_top(self.top)

    def set_top(self, top: int) -> None:
        self.prepare()
        super().set_top(top)

    def scrolled(self) -> None:
        self.end_hints()
        self._moved()

    def forget_lines(self) -> None:
        super().forget_lines()
        self._segments.clear()

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        self.prepare()
        return self._page

    @property
    def lines(self) -> Sequence[TextLine]:
        """The page as it is set."""
        self.prepare()
        return self._lines

    @property
    def measure(self) -> int:
        """The width in columns that the text is set in."""
        return min(self.room.width - 1, self.widest)

    def redraw(self) -> None:
        self._segments.clear()
        self.refresh()

    # -- drawing

    def segments(self, line: int, width: int) -> Sequence[Segment]:
        if (segments := self._segments.get(line)) is None:
            segments = self._segments[line] = self._segments_of(line)
        return segments

    def _segments_of(self, row: int) -> list[Segment]:
        style = self.palette.style
        parts = self.chosen.parts if self.chosen else ()
        chosen = [(part.start, part.end) for part in parts if part.line == row]
        segments, at = [], 0
        for span in self._dressed(row):
            ground = "focus" if chosen and any(a <= at < b for a, b in chosen) else ""
            # A citation can be followed too, but is not to stand out from what is read.
            link = span.link is not None and span.role != "note"
            segments.append(Segment(span.text, style(span.role, link=link, ground=ground)))
            at += len(span.text)
        if (selected := self.selected_in(row)) is None:
            return segments
        plain = self._lines[row].plain
        cuts = [cell_len(plain[:end]) for end in selected]
        pieces = Strip(segments).divide([*cuts, max(cell_len(plain), *cuts)])
        return list(Strip.join([pieces[0], pieces[1].apply_style(_SELECTED), *pieces[2:]]))

    def _dressed(self, row: int) -> Prose:
        """A line's spans with the words looked for picked out and the letters of links put on."""
        line = self._lines[row]
        spans = line.spans
        if self._words and (found := mark_spans(line.plain, self._words)):
            spans = picked_out(spans, found, "match")
        for label, link in self._hints.items():
            part = link.parts[0]
            if part.line == row and label.startswith(self._typed):
                end = min(part.end, part.start + len(label))
                spans = picked_out(spans, [(part.start, end)], "hint")
                spans = tuple(labelled(spans, part.start, label))
        return spans

    # -- links

    @property
    def links(self) -> list[Link]:
        """The links that lead off the page, in reading order."""
        lines = self.lines
        if self._links is None:
            every = links_of(lines)
            # Citations are left to the mouse: with letters on them, too, there would be twice as
            # many, and `c` tells more of a source than the foot of the page.
            self._links = [link for link in every if link.note is None]
            self._note_links = [link for link in every if link.note is not None]
        return self._links

    @property
    def hints(self) -> dict[str, Link]:
        """The letters that are shown on links; while there are any, the next key is one of them."""
        if self._hints:
            self.prepare()
        return self._hints

    def in_view(self) -> list[Link]:
        """The links that begin on the lines in view."""
        first, last = self.top, self.top + self.room.height
        return [link for link in self.links if first <= link.line < last]

    def action_link(self, way: int) -> None:
        """Choose the next link in view; scroll a line where there is none."""
        view = self.in_view()
        if self.chosen in view:
            place = view.index(self.chosen) + way
        else:
            place = 0 if way > 0 else len(view) - 1
        if 0 <= place < len(view):
            self.chosen = view[place]
            self.redraw()
        else:
            self.action_scroll(way)

    async def action_follow(self) -> None:
        if self.chosen and self.chosen in self.in_view():
            await self._followed(self.chosen.target)

    def show_hints(self) -> bool:
        """Put a letter on every link in view; returns whether there is one."""
        view = self.in_view()
        self._typed = ""
        self._hints = dict(zip(letters(len(view)), view, strict=False))
        self.redraw()
        return bool(view)

    def end_hints(self) -> None:
        """Take the letters away."""
        if self._hints:
            self._hints = {}
            self.redraw()

    async def type_hint(self, character: str | None) -> None:
        """Take a key while letters are shown: a letter follows its link, others end the letters."""
        typed = self._typed + (character or "\0")
        link = self._hints.get(typed)
        if not link and any(label.startswith(typed) for label in self._hints):
            self._typed = typed
        else:
            self._hints = {}
        self.redraw()
        if link:
            await self._followed(link.target)

    async def on_click(self, event: Click) -> None:
        place = self.place_of(event)
        if place is None or self._selection:
            return
        row, column = place[0] + self.top, place[1]
        for link in (*self.links, *self._note_links):
            for part in link.parts:
                if part.line == row:
                    plain = self._lines[row].plain
                    start = cell_len(plain[: part.start])
                    if start <= column < start + cell_len(plain[part.start : part.end]):
                        await self._follow(link)
                        return

    async def _follow(self, link: Link) -> None:
        if link.note is None:
            await self._followed(link.target)
        else:
            notes = (i for i, line in enumerate(self._lines) if line.note == link.note)
            self.set_top(next(notes, self.top))

    # -- claims

    @property
    def claims(self) -> list[int]:
        """The claims on the page as they are read, by their positions in the record."""
        return list(dict.fromkeys(claim for line in self.lines for claim in line.claims))

    def claim_in_view(self) -> int | None:
        """The claim that is read: that of the chosen link, or the first on the screen."""
        if self.chosen and self.chosen in self.in_view():
            claims = self._lines[self.chosen.line].claims
            if claims:
                return claims[0]
        view = self.lines[self.top : self.top + self.room.height]
        return next((claim for line in view for claim in line.claims), None)

    # -- moving

    def action_scroll(self, lines: int) -> None:
        self.set_top(self.top + lines)

    def action_edge(self, way: int) -> None:
        self.prepare()
        self.set_top(0 if way < 0 else self.line_count)

    def action_page(self, pages: float) -> None:
        self.set_top(self.top + int(max(1, self.room.height - 1) * pages))

    def action_measure(self, way: int) -> None:
        """Widen or narrow the measure, in steps of `_WIDER`; says where it can go no further."""
        if way > 0 and self.widest > self.room.width - 1:
            self._said(f"{self.measure} columns, as wide as this pane")
            return
        # A pane narrower than the measure that was wished for is what is narrowed.
        wished = self.widest if way > 0 else self.measure
        self.widest = max(_NARROWEST, min(wished + way * _WIDER, _WIDEST))
        self.arranged()


#: Selected text is told by reversed colours, which every terminal has.
_SELECTED = Style(reverse=True)
