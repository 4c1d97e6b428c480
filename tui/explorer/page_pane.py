"""The right pane: a page, set in lines for its width and drawn line by line."""

from itertools import accumulate

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.reactive import var
from textual.selection import Selection
from textual.strip import Strip

from tui.explorer.line_pane import LinePane
from tui.output.layout import MEASURE, Laid, lay_out
from tui.output.marks import Signs
from tui.page import Page, Span


class PagePane(LinePane):
    """Shows `page`. Its text can be selected with the mouse and copied."""

    BINDINGS = [
        Binding("j,down", "scroll(1)", "down", show=False, id="page.down", tooltip="One line down"),
        Binding("k,up", "scroll(-1)", "up", show=False, id="page.up", tooltip="One line up"),
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
    ]  # fmt: skip
    ALLOW_SELECT = True

    page: var[Page | None] = var(None, init=False)

    def __init__(self, signs: Signs, *, id: str) -> None:  # noqa: A002
        super().__init__(signs, id=id)
        self._lines: list[Laid] = []
        self._strips: dict[int, Strip] = {}
        self._set_for = 0

    def watch_page(self) -> None:
        self._set_for = 0
        self._set(top=0)
        self.border_title = (self.page.kind if self.page else "").capitalize()

    def on_resize(self) -> None:
        self._set()

    def forget_strips(self) -> None:
        self._strips.clear()

    @property
    def measure(self) -> int:
        """The width in columns that the text is set in."""
        return min(self.line_width - 1, MEASURE)

    def _set(self, top: int | None = None) -> None:
        """Set the page anew where the page or the measure changed."""
        if not self.page or self.measure < 1 or self.measure == self._set_for:
            self.set_top(self.top)
            return
        self._set_for = self.measure
        self._lines = lay_out(self.page, self.measure, self.signs)
        self._strips.clear()
        self.set_lines(len(self._lines), top)

    def strip(self, line: int, width: int) -> Strip:
        if (strip := self._strips.get(line)) is None:
            strip = self._strips[line] = self._strip(line)
        return strip.apply_offsets(0, line)

    def _strip(self, row: int) -> Strip:
        spans = self._lines[row].spans
        strip = Strip([Segment(span.text, self._style(span)) for span in spans])
        selection = self.text_selection
        if selection is None or (selected := selection.get_span(row)) is None:
            return strip
        plain = self._lines[row].plain
        start, end = selected
        cuts = [cell_len(plain[:start]), cell_len(plain if end == -1 else plain[:end])]
        parts = strip.divide([*cuts, max(cell_len(plain), *cuts)])
        highlight = self.screen.get_component_rich_style("screen--selection")
        return Strip.join([parts[0], parts[1].apply_style(highlight), *parts[2:]])

    def _style(self, span: Span) -> Style:
        return self.palette.style(span.role, link=span.link is not None)

    # -- selecting

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        return selection.extract("\n".join(line.plain for line in self._lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self._strips.clear()
        self.refresh()

    # -- moving

    def link_at(self, x: int, row: int) -> str | None:
        """The record that the text at a column of a line leads to."""
        if not 0 <= row < len(self._lines):
            return None
        spans = self._lines[row].spans
        ends = accumulate(cell_len(span.text) for span in spans)
        return next((span.link for span, end in zip(spans, ends, strict=True) if x < end), None)

    def action_scroll(self, lines: int) -> None:
        self.set_top(self.top + lines)

    def action_edge(self, way: int) -> None:
        self.set_top(0 if way < 0 else self.line_count)

    def action_page(self, pages: float) -> None:
        self.set_top(self.top + int(max(1, self.size.height - 1) * pages))
