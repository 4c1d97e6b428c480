"""The lines around the panes: what is open, where the reader is, and which keys there are."""

from collections.abc import Awaitable, Callable, Hashable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Click
from textual.strip import Strip
from textual.widget import Widget

from tui.explorer.bindings import FootKey
from tui.explorer.colours import palette_of
from tui.explorer.panes.line_list import Piece
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.wrapping import fill, fit, plain_text

TOO_SMALL = "Too small for Summitry"
#: Columns that a step of the breadcrumb is worth showing in; it is left out rather than cut more.
_LEAST = 8
#: Columns of a foot that has room for the whole way and most keys.
_LONG = 90
#: Columns between the breadcrumb and the keys.
_APART = 2


class StatusLine(Widget):
    """One line of pieces of text, each with its role in the palette."""

    def __init__(self, signs: Signs, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.signs = signs
        self.wide = True
        self._key: Hashable = None
        self._trail: Callable[[], tuple[str, ...]] = tuple

    def show_trail(
        self, key: Hashable, trail: Callable[[], tuple[str, ...]], *, wide: bool
    ) -> None:
        """Tell where the reader is, in a window that is `wide` or not.

        `trail` is asked when the line is drawn, and again only for another `key`.
        """
        if (key, wide) != (self._key, self.wide):
            self._key, self.wide, self._trail = key, wide, trail
            self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        """What stands in a line of `width` columns."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        style, width = palette_of(self.app).style, self.size.width
        segments = (
            [Segment(text, style(role)) for text, role in self.pieces(width)] if not y else []
        )
        return Strip(segments).adjust_cell_length(width, style())

    def breadcrumb(self, width: int) -> list[Piece]:
        """As much of the trail as there is room for, the last step set apart."""
        shown = shortened(self._trail(), width, self.signs)
        if not shown:
            return []
        before = "".join(f"{step}{self.separator}" for step in shown[:-1])
        return [(before, "muted"), (shown[-1], "")]

    @property
    def separator(self) -> str:
        """What stands between two steps of the trail."""
        return f" {self.signs.step} "


class TitleLine(StatusLine):
    """The dossier's title and how much it holds as of when; on a narrow screen, the breadcrumb."""

    def __init__(self, signs: Signs) -> None:
        super().__init__(signs, id="title")
        self._title = self._remark = ""
        self._too_small = False

    def name_dossier(self, title: str, remark: str) -> None:
        """Say what is open, and something about it."""
        self._title, self._remark = title, self.signs.plain(remark)
        self.refresh()

    def say_too_small(self, too_small: bool) -> None:
        """Say, or say no more, that the window is too small for anything else."""
        if too_small != self._too_small:
            self._too_small = too_small
            self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        if self._too_small:
            return [(fit(TOO_SMALL, width, self.signs), "")]
        if not self.wide:
            return self.breadcrumb(width)
        title = fit(self._title, width, self.signs)
        gap = width - cell_len(title) - cell_len(self._remark)
        if gap < 2:
            return [(title, "title")]
        return [(title, "title"), (" " * gap, ""), (self._remark, "muted")]


class TroubleLines(StatusLine):
    """Why the dossier's file cannot be read as it is now, in up to three lines; else nothing."""

    MOST = 3

    def __init__(self, signs: Signs) -> None:
        super().__init__(signs, id="trouble")
        self.words = ""
        self._lines: list[str] = []

    def say(self, words: str) -> None:
        """Say why the file cannot be read; "" takes that away."""
        self.words = self.signs.plain(words)
        self.refresh()

    def take_room(self, width: int) -> int:
        """Set the words for a window of `width` columns; returns how many rows they take."""
        spans = [Span(self.words)] if self.words else []
        lines = [plain_text(line) for line in fill(spans, max(1, width - 2))]
        if len(lines) > self.MOST:
            lines = [
                *lines[: self.MOST - 1],
                fit(" ".join(lines[self.MOST - 1 :]), width - 2, self.signs),
            ]
        self._lines = lines
        self.styles.height = len(lines)
        return len(lines)

    def render_line(self, y: int) -> Strip:
        style, width = palette_of(self.app).style, self.size.width
        words = self._lines[y] if y < len(self._lines) else ""
        return Strip([Segment(words, style("accent"))]).adjust_cell_length(width, style())


class FootLine(StatusLine):
    """The breadcrumb, and the keys that do something here, as their own declarations say."""

    def __init__(
        self,
        signs: Signs,
        *,
        id: str = "foot",  # noqa: A002
        clicked: Callable[[str], Awaitable[None]],
    ) -> None:
        super().__init__(signs, id=id)
        self._clicked = clicked
        self.keys: tuple[FootKey, ...] = ()

    def show_keys(self, keys: tuple[FootKey, ...]) -> None:
        """Tell which keys do something here."""
        if keys != self.keys:
            self.keys = keys
            self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        shown = self._shown(width)
        taken = _key_width(shown)
        keys: list[Piece] = []
        for key, description, _ in shown:
            keys += [("  " if keys else "", ""), (key, "key"), (f" {description}", "muted")]
        if not self.wide:
            return keys
        trail = self.breadcrumb(width - taken - _APART)
        gap = width - taken - sum(cell_len(text) for text, _ in trail)
        return [*trail, (" " * gap, ""), *keys]

    def _shown(self, width: int) -> list[FootKey]:
        """As many keys as there is room for, the last two (help, quit) always among them.

        The breadcrumb comes first, up to half of a long line and to three tenths of a short one.
        """
        room = width
        if self.wide:
            whole = cell_len(self.separator.join(map(self.signs.plain, self._trail())))
            most = width // 2 if width >= _LONG else width * 3 // 10
            room -= min(whole, most) + _APART
        shown = list(self.keys)
        while len(shown) > 2 and _key_width(shown) > room:
            shown.pop(-3)
        return shown

    async def on_click(self, event: Click) -> None:
        """Do what the key that is clicked does; the breadcrumb opens."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        shown = self._shown(self.size.width)
        at = self.size.width - _key_width(shown) if self.wide else 0
        if offset.x < at:
            await self._clicked("")
            return
        for key in shown:
            end = at + _key_width([key])
            if at <= offset.x < end:
                await self._clicked(key.key)
                return
            at = end + 2


def _key_width(keys: list[FootKey]) -> int:
    return max(0, sum([cell_len(key) + cell_len(words) + 3 for key, words, _ in keys]) - 2)


def shortened(steps: Sequence[str], width: int, signs: Signs) -> list[str]:
    """The steps of a trail as they fit in `width` columns, the last one longest.

    They are cut before any is left out; a sign stands for those left out, which are the first.
    """
    apart = len(signs.step) + 2
    whole = [signs.plain(step) for step in steps]
    for first in range(len(whole)):
        shown = whole[first:]
        left_out = [signs.ellipsis] if first else []
        room = width - sum(cell_len(sign) + apart for sign in left_out) - apart * (len(shown) - 1)
        lengths = [cell_len(step) for step in shown]
        given = _shares(lengths, room)
        if all(share >= min(_LEAST, size) for share, size in zip(given, lengths, strict=True)):
            above = [fit(step, share, signs) for step, share in zip(shown, given, strict=True)][:-1]
            left = room - sum(map(cell_len, above))
            return [*left_out, *above, fit(shown[-1], left, signs)]
    return [fit(step, width, signs) for step in whole[-1:]]


def _shares(lengths: Sequence[int], room: int) -> list[int]:
    """Columns for each step: what it needs, or an even share of the rest; the last has two."""
    weights = [1] * (len(lengths) - 1) + [2]
    shares, left = [0] * len(lengths), sum(weights)
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i] / weights[i]):
        shares[i] = min(lengths[i], max(0, room) * weights[i] // left)
        room -= shares[i]
        left -= weights[i]
    return shares
