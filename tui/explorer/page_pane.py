"""The right pane: a page, set in lines for its width and drawn line by line."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding
from textual.events import Click, Key
from textual.message import Message
from textual.reactive import var
from textual.selection import Selection
from textual.strip import Strip

from tui.dossier.folding import mark_spans
from tui.explorer.line_pane import LinePane
from tui.explorer.spans import Link, letters, links_of, picked_out
from tui.pages.model import Page, Prose
from tui.text.glyphs import Signs
from tui.text.layout import MEASURE, lay_out
from tui.text.wrapping import Laid

_NARROWEST, _WIDEST, _WIDER = 30, 120, 6


class PagePane(LinePane):
    """Shows `page`, with `words` picked out. Its text can be selected with the mouse and copied."""

    BINDINGS = [
        Binding("j", "scroll(1)", "down", show=False, id="page.down", tooltip="One line down"),
        Binding("k", "scroll(-1)", "up", show=False, id="page.up", tooltip="One line up"),
        Binding("down", "link(1)", "next link", show=False, id="page.next-link",
                tooltip="The next link, or a line down where none is in view"),
        Binding("up", "link(-1)", "previous link", show=False, id="page.previous-link",
                tooltip="The previous link, or a line up"),
        Binding("enter,l,right", "follow", "follow", show=False, id="page.follow",
                tooltip="Follow the chosen link"),
        Binding("f", "hint", "follow", id="page.hint",
                tooltip="Put a letter on every link in view; the letter follows it"),
        Binding("g,home", "edge(-1)", "top", show=False, id="page.first", tooltip="The beginning"),
        Binding("G,end", "edge(1)", "end", show=False, id="page.last", tooltip="The end"),
        Binding("ctrl+d", "page(0.5)", "half page down", show=False, id="page.half-down",
                tooltip="Half a page down"),
        Binding("ctrl+u", "page(-0.5)", "half page up", show=False, id="page.half-up",
                tooltip="Half a page up"),
        Binding("pagedown,space", "page(1)", "page down", show=False, id="page.page-down",
                tooltip="A page down"),
        Binding("pageup,b", "page(-1)", "page up", show=False, id="page.page-up",
                tooltip="A page up"),
        Binding("plus,equals_sign", "measure(1)", "wider", show=False, id="page.wider",
                tooltip="A wider measure"),
        Binding("minus", "measure(-1)", "narrower", show=False, id="page.narrower",
                tooltip="A narrower measure"),
    ]  # fmt: skip
    ALLOW_SELECT = True

    page: var[Page | None] = var(None, init=False)
    words: var[tuple[str, ...]] = var((), init=False)
    remark: var[str] = var("", init=False)

    class Followed(Message):
        """A link was followed; `target` is that of a record, a tag or a web address."""

        def __init__(self, target: str) -> None:
            super().__init__()
            self.target = target

    def __init__(self, signs: Signs, *, id: str) -> None:  # noqa: A002
        super().__init__(signs, id=id)
        self._lines: list[Laid] = []
        self._links: list[Link] | None = None
        self._note_links: list[Link] = []
        self._segments: dict[int, list[Segment]] = {}
        self._set_for = 0
        self._mouse_over = False
        self._widest = MEASURE
        self._chosen: Link | None = None
        self._hints: dict[str, Link] = {}
        self._typed = ""

    def watch_page(self) -> None:
        self._set_for = 0
        self._set(top=0)
        self.set_title((self.page.kind if self.page else "").capitalize())

    def watch_remark(self) -> None:
        self.set_remark(self.remark)

    def watch_words(self) -> None:
        self._redraw()

    def on_resize(self) -> None:
        self._set()

    def forget_lines(self) -> None:
        super().forget_lines()
        self._segments.clear()

    @property
    def measure(self) -> int:
        """The width in columns that the text is set in."""
        return min(self.line_width - 1, self._widest)

    def fit(self) -> None:
        """Set the page anew if the room for it is another."""
        self._set()

    def _set(self, top: int | None = None) -> None:
        """Set the page anew where the page or the measure changed."""
        if not self.page or self.measure < 1 or self.measure == self._set_for:
            self.set_top(self.top)
            return
        self._set_for = self.measure
        self._lines = lay_out(self.page, self.measure, self.signs)
        self._links = self._chosen = None
        self._hints = {}
        self._segments.clear()
        self.set_lines(len(self._lines), top)

    def _redraw(self) -> None:
        self._segments.clear()
        self.refresh()

    def segments(self, line: int, width: int) -> Sequence[Segment]:
        if (segments := self._segments.get(line)) is None:
            segments = self._segments[line] = self._segments_of(line)
            # Textual finds what is selected by offsets in the style of each segment. They make
            # every style another one, as long a work as all the rest: only a mouse needs them.
            if self._mouse_over:
                segments[:] = Strip(segments).apply_offsets(0, line)
        return segments

    def on_enter(self) -> None:
        if not self._mouse_over:
            self._mouse_over = True
            self._redraw()

    def on_leave(self) -> None:
        self._mouse_over = self.is_mouse_over

    def _segments_of(self, row: int) -> list[Segment]:
        spans = self._dressed(row)
        style = self.palette.style
        parts = self._chosen.parts if self._chosen else ()
        chosen = [(part.start, part.end) for part in parts if part.line == row]
        segments, at = [], 0
        for span in spans:
            ground = "focus" if any(start <= at < end for start, end in chosen) else ""
            # A citation can be followed too, but is not to stand out from what is read.
            link = span.link is not None and span.role != "note"
            look = style(span.role, link=link, ground=ground)
            segments.append(Segment(span.text, look))
            at += len(span.text)
        selection = self.text_selection
        if selection is None or (selected := selection.get_span(row)) is None:
            return segments
        plain = self._lines[row].plain
        first, last = selected
        cuts = [cell_len(plain[:first]), cell_len(plain if last == -1 else plain[:last])]
        pieces = Strip(segments).divide([*cuts, max(cell_len(plain), *cuts)])
        highlight = self.screen.get_component_rich_style("screen--selection")
        return list(Strip.join([pieces[0], pieces[1].apply_style(highlight), *pieces[2:]]))

    def _dressed(self, row: int) -> Prose:
        """A line's spans with the words looked for picked out and the letters of links put on."""
        line = self._lines[row]
        spans = line.spans
        if self.words and (found := mark_spans(line.plain, self.words)):
            spans = picked_out(spans, found, "match")
        for label, link in self._hints.items():
            part = link.parts[0]
            if part.line == row and label.startswith(self._typed):
                end = min(part.end, part.start + len(label))
                spans = picked_out(spans, [(part.start, end)], "hint")
                spans = tuple(_labelled(spans, part.start, label))
        return spans

    # -- links

    @property
    def links(self) -> list[Link]:
        """The links that lead off the page, in reading order."""
        if self._links is None:
            every = links_of(self._lines)
            # Citations are left to the mouse: with letters on them, too, there would be twice as
            # many, and `c` tells more of a source than the foot of the page.
            self._links = [link for link in every if link.note is None]
            self._note_links = [link for link in every if link.note is not None]
        return self._links

    @property
    def hinting(self) -> bool:
        """Whether letters are shown on the links, and the next key is one of them."""
        return bool(self._hints)

    def _in_view(self) -> list[Link]:
        first, last = self.top, self.top + self.size.height
        return [link for link in self.links if first <= link.line < last]

    def action_link(self, way: int) -> None:
        """Choose the next link in view; scroll a line where there is none."""
        view = self._in_view()
        if self._chosen in view:
            place = view.index(self._chosen) + way
        else:
            place = 0 if way > 0 else len(view) - 1
        if 0 <= place < len(view):
            self._chosen = view[place]
            self._redraw()
        else:
            self.action_scroll(way)

    def action_follow(self) -> None:
        if self._chosen and self._chosen in self._in_view():
            self.post_message(self.Followed(self._chosen.target))

    def action_hint(self) -> None:
        view = self._in_view()
        self._typed = ""
        self._hints = dict(zip(letters(len(view)), view, strict=False))
        self._redraw()

    def on_key(self, event: Key) -> None:
        """While letters are shown a key is a letter; any other key takes them away."""
        if not self._hints:
            return
        event.stop()
        event.prevent_default()
        typed = self._typed + (event.character or "\0")
        if link := self._hints.get(typed):
            self._hints = {}
            self._redraw()
            self.post_message(self.Followed(link.target))
            return
        if any(label.startswith(typed) for label in self._hints):
            self._typed = typed
        else:
            self._hints = {}
        self._redraw()

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or self.text_selection is not None:
            return
        row = offset.y + self.top
        for link in (*self.links, *self._note_links):
            for part in link.parts:
                if part.line == row:
                    plain = self._lines[row].plain
                    start = cell_len(plain[: part.start])
                    if start <= offset.x < start + cell_len(plain[part.start : part.end]):
                        self._follow(link)
                        return

    def _follow(self, link: Link) -> None:
        if link.note is None:
            self.post_message(self.Followed(link.target))
        else:
            notes = (i for i, line in enumerate(self._lines) if line.note == link.note)
            self.set_top(next(notes, self.top))

    # -- claims

    @property
    def claims(self) -> list[int]:
        """The claims on the page as they are read, by their positions in the record."""
        return list(dict.fromkeys(claim for line in self._lines for claim in line.claims))

    def claim_in_view(self) -> int | None:
        """The claim that is read: that of the chosen link, or the first on the screen."""
        if self._chosen and self._chosen in self._in_view():
            claims = self._lines[self._chosen.line].claims
            if claims:
                return claims[0]
        view = self._lines[self.top : self.top + self.size.height]
        return next((claim for line in view for claim in line.claims), None)

    # -- selecting

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        return selection.extract("\n".join(line.plain for line in self._lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self._redraw()

    # -- moving

    def action_scroll(self, lines: int) -> None:
        self.set_top(self.top + lines)

    def action_edge(self, way: int) -> None:
        self.set_top(0 if way < 0 else self.line_count)

    def action_page(self, pages: float) -> None:
        self.set_top(self.top + int(max(1, self.size.height - 1) * pages))

    def action_measure(self, way: int) -> None:
        """Widen or narrow the measure, in steps of `_WIDER`; says where it can go no further."""
        if way > 0 and self._widest >= self.line_width - 1:
            self.notify(f"{self.measure} columns, as wide as this pane", timeout=2)
            return
        # A pane narrower than the measure that was wished for is what is narrowed.
        wished = self._widest if way > 0 else self.measure
        self._widest = max(_NARROWEST, min(wished + way * _WIDER, _WIDEST))
        self._set()


def _labelled(spans: Prose, at: int, label: str) -> Prose:
    """`spans` with the characters from `at` on replaced by a label, as far as the hint goes."""
    out, position = [], 0
    for span in spans:
        if position == at and span.role == "hint":
            span = span._replace(text=label[: len(span.text)])
        out.append(span)
        position += len(span.text)
    return tuple(out)
