"""The floor to measure against: a bare Textual program that says hello.

Its keys do what keys of the explorer do, with nothing behind it: `down` marks another line of a
list, `t` opens a screen full of text and `q` leaves it, `/` opens a line to type in.
"""

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static


class Lines(Widget):
    """A list of lines, of which one is marked."""

    DEFAULT_CSS = "Lines { height: 1fr; }"
    marked = 0

    def mark_next(self) -> None:
        before, self.marked = self.marked, (self.marked + 1) % 30
        self.refresh(*(Region(0, line, self.size.width, 1) for line in (before, self.marked)))

    def render_line(self, y: int) -> Strip:
        style = Style(reverse=y == self.marked)
        return Strip([Segment(f"line {y} ".ljust(self.size.width, "·"), style)])


class Full(Screen[None]):
    """A screen full of text."""

    BINDINGS = [("q", "app.pop_screen", "back")]

    def compose(self) -> ComposeResult:
        yield Lines()


class Hello(App[None]):
    """Says hello, and leaves on q."""

    BINDINGS = [("q", "quit", ""), ("down", "mark", ""), ("t", "open", ""), ("slash", "type", "")]
    CSS = "Input { dock: bottom; }"

    def compose(self) -> ComposeResult:
        yield Static("Hello, world")

    async def _lines(self) -> Lines:
        if not self.query(Lines):
            await self.mount(Lines())
        return self.query_one(Lines)

    async def action_mark(self) -> None:
        (await self._lines()).mark_next()

    async def action_open(self) -> None:
        await self.push_screen(Full())

    async def action_type(self) -> None:
        line = Input()
        await self.mount(line)
        line.focus()


if __name__ == "__main__":
    Hello().run()
