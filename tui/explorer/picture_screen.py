"""What the timeline, the meetings and the commitments are: a board, and the keys at its foot."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.screen import Screen

from tui.explorer.board import Board
from tui.explorer.chosen import Chosen
from tui.explorer.keys import shown_keys
from tui.explorer.status import FootLine
from tui.text.glyphs import Signs


class PictureScreen(Screen[Chosen | None]):
    """A picture of the dossier over the panes; dismissed with what was chosen in it.

    `PICTURE` is the board's id; the foot's is the same with ``-foot`` behind it.
    """

    PICTURE: ClassVar[str]
    signs: Signs

    def compose(self) -> ComposeResult:
        yield Board(id=self.PICTURE)
        yield FootLine(self.signs, id=f"{self.PICTURE}-foot")

    def on_mount(self) -> None:
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        foot = self.query_one(FootLine)
        foot.wide = False  # there is no breadcrumb beside the keys
        foot.keys = shown_keys(self.active_bindings.values(), self.BINDINGS, self.signs)
