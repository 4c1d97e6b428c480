"""Dialogs to answer: a list to choose from, a letter, a yes or no, a command of the palette."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.events import Key
from textual.geometry import Size

from tui.explorer.keyboard import Dialog, KeyPlace, Result, TextField, is_too_small
from tui.explorer.panes.find_bar import LineInput
from tui.explorer.panes.line_list import LineList, Piece
from tui.explorer.panes.line_pane import LinePane
from tui.explorer.panes.lines_view import BOXED, LinesView
from tui.explorer.panes.notice_box import Notice
from tui.explorer.panes.pane_frame import Frame
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.wrapping import TextLine, fill, fit

#: Columns of a dialog, and those of them that are not its text.
WIDTH = 76
AROUND = 6
#: Said in the palette before anything is typed.
_PALETTE = "a command, an event, a person, a place"
#: Letters that move in a list or leave it.
_MOVING = "hjklq"


class FramedDialog(Dialog[Result]):
    """A pane in a frame in the middle of the screen."""

    DEFAULT_CSS = "FramedDialog { align: center middle; background: $background 60%; }"

    def __init__(self, pane: LinePane, title: str, remark: str = "") -> None:
        super().__init__(pane.signs)
        self.pane = pane
        self._remark, self._said = remark, ""
        pane.set_title(title)
        pane.set_remark(remark)
        pane.active = True

    def set_remark(self, remark: str) -> None:
        """Say something in the frame, unless the program has something to say there."""
        self._remark = remark
        self.pane.set_remark(self._said or remark)

    def show_said(self, said: Sequence[Notice]) -> None:
        """Show in the frame what is said now, so that it covers nothing of the dialog."""
        words = self.signs.plain(said[-1].words) if said else ""
        self._said = fit(words, max(1, self.pane.outer.width - AROUND), self.signs)
        self.pane.set_remark(self._said or self._remark)

    def parts(self) -> ComposeResult:
        yield self.pane

    def rows(self, width: int) -> int:
        """Set what is in the frame for `width` columns of text; returns how many rows it takes."""
        return self.pane.line_count

    def fit_window(self, size: Size) -> None:
        width = min(WIDTH, size.width)
        self.pane.display = not is_too_small(size)
        rows = self.rows(max(1, width - AROUND))
        self.pane.take_room(width, min(size.height, rows + 2 + 2 * BOXED.above))

    def places(self) -> Sequence[KeyPlace]:
        return [KeyPlace("anywhere", self.app)]


class _Rows(LineList):
    """The rows of a choice: what each is called, and a remark at its end."""

    def __init__(self, signs: Signs, frame: Frame, opened: Callable[[], Awaitable[None]]) -> None:
        super().__init__(signs, id="choices", frame=frame, opened=opened)
        self.rows: Sequence[tuple[str, str]] = ()

    def show(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show other rows, with the cursor on the first."""
        self.rows = rows
        self.top = 0
        self.refill(0 if rows else -1)

    def row_count(self) -> int:
        return len(self.rows)

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        label, remark = self.rows[row]
        remark = fit(remark, max(width // 3, width - cell_len(label) - 2), self.signs)
        label = fit(label, width - cell_len(remark) - 1, self.signs)
        gap = " " * (width - cell_len(label) - cell_len(remark))
        return (label, ""), (gap, ""), (remark, "muted")


class ChoiceDialog(FramedDialog[int | None]):
    """A list to choose from; answered with the position chosen, or None."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], signs: Signs) -> None:
        self.list = _Rows(signs, BOXED, self.action_choose)
        super().__init__(self.list, title)
        self.list.show(choices)

    def places(self) -> Sequence[KeyPlace]:
        return [KeyPlace("choice", self), KeyPlace("list", self.list), *super().places()]

    async def action_choose(self) -> None:
        await self.close(self.list.cursor)

    async def action_close(self) -> None:
        await self.close(None)


class MenuDialog(ChoiceDialog):
    """A short list, each of its names chosen by a letter of it, too."""

    def __init__(self, title: str, names: Sequence[str], signs: Signs) -> None:
        self._letters: dict[str, int] = {}
        for place, name in enumerate(names):
            free = (c for c in name.lower() if c not in self._letters and c not in _MOVING)
            self._letters[next(free, "")] = place
        super().__init__(title, list(zip(names, self._letters, strict=True)), signs)

    async def take_key(self, key: Key) -> None:
        place = self._letters.get(key.character or "")
        if place is None:
            await super().take_key(key)
        else:
            await self.close(place)


class LetterDialog(FramedDialog[str | None]):
    """What can be had by typing a letter; answered with the letter, or None for any other key."""

    #: What the footer goes by: any letter is taken for an answer.
    takes_letter = True

    def __init__(self, title: str, rows: Mapping[str, str], signs: Signs) -> None:
        self._letters = rows
        view = LinesView(signs, id="letters", frame=BOXED)
        super().__init__(view, title, "type a letter; any other key closes")
        view.show([TextLine((Span(key, "value"), Span(f"  {what}"))) for key, what in rows.items()])

    async def take_key(self, key: Key) -> None:
        if self.shell.keys.find("anywhere", key):
            await super().take_key(key)
        else:
            letter = key.character
            await self.close(letter if letter in self._letters else None)


class QuestionDialog(FramedDialog[bool]):
    """A text in full, and whether to go on."""

    def __init__(self, title: str, text: str, signs: Signs) -> None:
        self._text = text
        self._view = LinesView(signs, id="question", frame=BOXED)
        super().__init__(self._view, title, "y opens, Esc leaves it")

    def rows(self, width: int) -> int:
        self._view.show(
            [TextLine(line) for line in fill([Span(self.signs.plain(self._text))], width)]
        )
        return self._view.line_count

    def places(self) -> Sequence[KeyPlace]:
        return [KeyPlace("ask", self), *super().places()]

    async def action_answer(self, yes: bool) -> None:
        await self.close(yes)


class PaletteDialog(FramedDialog[int | str | None]):
    """Commands and records found by their names.

    Answered with the position of a command, the id of a record, or None. `look_up` gives the
    records for a query: id, title, and a remark.
    """

    DEFAULT_CSS = """
    #palette-input, #palette-input:focus { background: $background; height: 3; padding: 0 1;
        border: round $accent; border-title-color: $accent; border-title-style: bold; }
    .-ascii #palette-input { border: ascii $accent; }
    """

    def __init__(
        self,
        commands: Sequence[tuple[str, str]],
        look_up: Callable[[str], Sequence[tuple[str, str, str]]],
        signs: Signs,
    ) -> None:
        self._commands, self._look_up = commands, look_up
        self._query = ""
        self._shown: list[int | str] = list(range(len(commands)))
        self.list = _Rows(signs, Frame(left=1), self.action_choose)
        self._input = LineInput(_PALETTE, id="palette-input", compact=False)
        self._input.border_title = "Palette"
        super().__init__(self.list, "", "Enter runs or opens it, Esc closes")
        self.list.show(commands)

    def parts(self) -> ComposeResult:
        yield self._input
        yield self.list

    def on_mount(self) -> None:
        self.set_focus(self._input)

    def fit_window(self, size: Size) -> None:
        width, small = min(WIDTH, size.width), is_too_small(size)
        self._input.styles.width = width
        for part in (self._input, self.list):
            part.display = not small
        self.list.take_room(width, min(max(1, size.height - 3), len(self._commands) + 2))

    def places(self) -> Sequence[KeyPlace]:
        return [KeyPlace("palette", self), *super().places()]

    def text_field(self) -> TextField:
        return self._input

    def after_key(self) -> None:
        """List what the words typed mean: commands of that name, records, then other commands."""
        from textual.fuzzy import Matcher

        self._input.show_cursor()
        query = self._input.value.strip()
        if query == self._query:
            return
        self._query = query
        every = range(len(self._commands))
        if not query:
            self._list(list(every), ())
            return
        matcher = Matcher(query)
        scores = [matcher.match(f"{name} {words}") for name, words in self._commands]
        found = sorted((place for place in every if scores[place]), key=lambda p: -scores[p])
        named = [p for p in found if query.lower() in self._commands[p][0].lower()]
        others = (p for p in found if p not in named)
        self._list([*named, *others], self._look_up(query), len(named))

    def _list(
        self, commands: list[int], records: Sequence[tuple[str, str, str]], before: int = 0
    ) -> None:
        """List commands with the records after the first few of them."""
        rows = [self._commands[place] for place in commands]
        rows[before:before] = [(title, remark) for _, title, remark in records]
        self._shown = [*commands[:before], *(id_ for id_, *_ in records), *commands[before:]]
        self.list.show(rows)

    def action_move(self, step: int) -> None:
        self.list.action_move(step)

    def action_page(self, pages: float) -> None:
        self.list.action_page(pages)

    async def action_choose(self) -> None:
        self.after_key()
        await self.close(self._shown[self.list.cursor] if self._shown else None)

    async def action_close(self) -> None:
        await self.close(None)
