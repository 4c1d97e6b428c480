"""Help: what the signs mean, and every key, from the declarations that bind them."""

from collections.abc import Iterator, Sequence

from textual.geometry import Size

from tui.dossier.safe_text import clean_line
from tui.explorer.dialogs.choices import AROUND, FramedDialog
from tui.explorer.key_map import KeyTable
from tui.explorer.keyboard import KeyPlace
from tui.explorer.panes.lines_view import BOXED, LinesView
from tui.folders import config_path
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.wrapping import BLANK, TextLine, cells, fill, signs_in_lines

#: Columns from which on there is room for the ids of bindings beside what they do.
_WIDE = 114
#: Columns of a help dialog without ids, of the keys in it, and of what they do where ids follow.
_NARROW, _KEYS, _HELP = 78, 16, 64
#: What help is about, by the place of the bindings.
_PARTS = (
    ("Anywhere", ("anywhere", "app")),
    (
        "In the panes",
        ("explorer", "finder", "found", "facet filter", "selection", "actions", "notebook"),
    ),
    ("In the lists", ("list",)),
    ("On the page", ("page",)),
    ("While finding", ("find",)),
    ("In a note", ("note",)),
)


class HelpScreen(FramedDialog[None]):
    """The signs, and every key where it works; `chart` is the place of the chart it opens over."""

    def __init__(self, keys: KeyTable, chart: str, signs: Signs) -> None:
        self.view = LinesView(signs, id="help", frame=BOXED)
        super().__init__(self.view, "Signs and keys", "Esc closes")
        self._keys = keys
        in_chart = (("In this view", (chart,)), ("Anywhere", ("anywhere", "app")))
        self._parts = in_chart if chart else _PARTS

    def fit_window(self, size: Size) -> None:
        super().fit_window(size)
        wide = size.width >= _WIDE
        width = min(_WIDE if wide else _NARROW, size.width)
        self.view.show(list(self._lines(max(1, width - AROUND), ids=wide)))
        rows = self.view.line_count + 2 + 2 * BOXED.above
        self.view.take_room(width, min(size.height, rows))

    def _lines(self, width: int, *, ids: bool) -> Iterator[TextLine]:
        room = max(1, min(_HELP, width - _KEYS - 4))
        yield TextLine((Span("Signs", "title-active"),))
        for line in signs_in_lines(self.signs.meanings(), width - 2):
            yield line._replace(spans=(Span("  "), *line.spans))
        yield BLANK
        for part, places in self._parts:
            yield TextLine((Span(part, "title-active"),))
            for place in places:
                for keys, help_, id_ in self._keys.rows(place, self.signs):
                    names = f"  {keys:<{_KEYS}} "
                    for words in fill([Span(help_)], room):
                        row = (Span(names, "value"), *words)
                        gap = " " * (room - cells(words) + 1)
                        yield TextLine((*row, Span(gap), Span(id_, "muted")) if ids else row)
                        names, id_ = " " * len(names), ""
            yield BLANK
        palette = "Ctrl+P opens the palette: the same commands, found by name."
        config = f"{clean_line(config_path())} gives an id other keys."
        for remark in (palette, config) if ids else (palette,):
            yield from (TextLine(line) for line in fill([Span(remark, "muted")], width))

    def places(self) -> Sequence[KeyPlace]:
        return [KeyPlace("help", self.view), KeyPlace("help", self), *super().places()]

    async def action_close(self) -> None:
        await self.close(None)
