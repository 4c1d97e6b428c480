"""The colours of the lines that panes draw, worked out from the theme.

One accent means where you are and where you can go; all else is the text colour, more or less
quiet. Textual's component classes would say the same in CSS, at ten times the price at each start.
"""

from functools import lru_cache
from operator import itemgetter

from rich.style import Style
from textual.app import App
from textual.color import Color

_QUIET, _FAINT = 0.62, 0.35
#: How much of the accent there is in the ground of the words that were looked for.
_MATCH = 0.42
#: WCAG's contrast of running text.
_LEGIBLE = 4.5
_QUIET_ROLES = frozenset(
    {"heading", "label", "muted", "note", "voice", "mark", "date", "url", "count"}
)
_FAINT_ROLES = frozenset({"bar", "thumb", "frame"})
_BOLD_ROLES = frozenset(
    {"title", "heading", "done", "differ", "value", "match", "accent", "key", "title-active"}
)
_ACCENT_ROLES = frozenset({"cursor", "accent", "hint", "frame-active", "title-active"})


class Palette:
    """Rich styles by role, on one of three grounds: "", "cursor" (its row) and "focus" (active).

    Without colour, or with the terminal's own, which may all be one, links are underlined.
    """

    def __init__(
        self, foreground: str, background: str, accent: str, error: str, *, colour: bool = True
    ) -> None:
        self._text = Color.parse(foreground)
        ground = Color.parse(background)
        self._accent = _legible(Color.parse(accent), self._text, ground)
        self._error = _legible(Color.parse(error), self._text, ground)
        #: Whether the terminal's own colours are used, which cannot be mixed.
        self.ansi = ground.ansi is not None or self._text.ansi is not None
        self._underlined = self.ansi or not colour
        self._grounds = {
            "": ground,
            "cursor": self._mixed(ground, self._text, 0.10),
            "focus": self._mixed(ground, self._accent, 0.25),
        }
        self._styles: dict[tuple[str, bool, str], Style] = {}
        self._made: dict[Style, Style] = {}

    def style(self, role: str = "", *, link: bool = False, ground: str = "") -> Style:
        """The style of a run of text; roles that look alike have the same object."""
        key = (role, link, ground)
        if (style := self._styles.get(key)) is None:
            made = self._make(role, link, ground)
            style = self._styles[key] = self._made.setdefault(made, made)
        return style

    def _make(self, role: str, link: bool, ground: str) -> Style:
        under = self._grounds[ground]
        color = self._text
        if (link and role != "url") or role in _ACCENT_ROLES:
            color = self._accent
        elif role == "error":
            color = self._error
        elif role in _QUIET_ROLES:
            color = self._mixed(under, color, _QUIET)
        elif role in _FAINT_ROLES:
            color = self._mixed(under, color, _FAINT)
        matched = role == "match"
        if matched:
            color, under = self._text, self._mixed(self._grounds[""], self._accent, _MATCH)
        if role not in _FAINT_ROLES:
            color = _legible(color, self._text, under)
        return Style(
            color=color.rich_color,
            bgcolor=under.rich_color,
            bold=role in _BOLD_ROLES or ground == "focus",
            dim=self.ansi and not link and role in _QUIET_ROLES | _FAINT_ROLES,
            italic=role == "voice",
            underline=(link and (ground == "focus" or self._underlined))
            or (matched and self._underlined),
            # Where the terminal's own colours are used there is none to mix for the cursor.
            reverse=role == "hint" or (self.ansi and (ground == "focus") != matched),
        )

    def _mixed(self, under: Color, over: Color, share: float) -> Color:
        if self.ansi:
            return under if share < _FAINT or share == _MATCH else over
        return under.blend(over, share)


def _legible(accent: Color, text: Color, ground: Color) -> Color:
    """The accent, moved towards the text colour until it can be read on the ground."""
    if ground.ansi is not None or accent.ansi is not None:
        return accent
    for share in range(10):
        mixed = accent.blend(text, share / 10)
        lighter, darker = sorted((_luminance(mixed), _luminance(ground)), reverse=True)
        if (lighter + 0.05) / (darker + 0.05) >= _LEGIBLE:
            return mixed
    return text


def _luminance(color: Color) -> float:
    """Relative luminance of sRGB as WCAG defines it, 0 to 1."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@lru_cache(maxsize=8)
def _palette(theme: tuple[str, ...], colour: bool) -> Palette:
    return Palette(*theme, colour=colour)


#: The variables of a theme that a palette is made of.
_colours_of = itemgetter("foreground", "background", "accent", "error")


def palette_of(app: App[object]) -> Palette:
    """The palette of the app's present theme."""
    return _palette(_colours_of(app.theme_variables), not app.no_color)
