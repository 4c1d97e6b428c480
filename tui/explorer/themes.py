"""The themes that Summitry offers first, and the file that keeps the one that was chosen."""

import os
from collections.abc import Container, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.theme import BUILTIN_THEMES, Theme

from tui.files import StoreError, read_bytes, write_own
from tui.folders import theme_path

if TYPE_CHECKING:
    from textual.app import App

#: The first is begun with where none was chosen. Text on these grounds, quiet text too, has the
#: contrast that WCAG asks for (tests/unit). Of the terminal's own colours red means an error, and
#: nothing else has it.
THEMES: Sequence[Theme] = (
    Theme("dark", primary="#ffa62b", accent="#ffa62b", error="#ff6b6b", foreground="#e0e0e0",
          background="#121212", surface="#1e1e1e", panel="#242424", dark=True),
    Theme("light", primary="#8a4b00", accent="#8a4b00", error="#a81c2f", foreground="#1f1f1f",
          background="#fafafa", surface="#f0f0f0", panel="#e6e6e6", dark=False),
    Theme("high contrast", primary="#ffd75f", accent="#ffd75f", error="#ff8f8f",
          foreground="#ffffff", background="#000000", surface="#000000", panel="#000000",
          dark=True),
    Theme("terminal", primary="ansi_cyan", accent="ansi_cyan", error="ansi_red",
          foreground="ansi_default", background="ansi_default", surface="ansi_default",
          panel="ansi_default", boost="ansi_default", ansi=True, dark=True,
          variables=BUILTIN_THEMES["ansi-dark"].variables),
)  # fmt: skip
#: No theme has a longer name.
_LONGEST = 100


def theme_to_begin_with(known: Container[str]) -> str:
    """The name of the theme that was chosen last, the usual one's if it is none of the `known`."""
    name = kept_theme()
    return name if name in known else THEMES[0].name


def begin_with_kept_theme(app: "App[None]") -> None:
    """Make the themes known, and take the one that was chosen last, before anything is drawn."""
    for theme in THEMES:
        app.register_theme(theme)
    theme = app.available_themes[theme_to_begin_with(app.available_themes)]
    if theme.dark and not theme.ansi:
        # Textual begins with a dark one: where a theme is changed it reads all styles again.
        app.set_reactive(type(app).theme, theme.name)
        app.stylesheet.set_variables(app.get_css_variables())
    else:
        app.theme = theme.name


def kept_theme() -> str:
    """The name of the theme that was chosen last, "" if none was."""
    with suppress(StoreError, OSError):
        path = theme_path()
        if path and os.path.exists(path):
            name = read_bytes(path, "the name of a theme")[:_LONGEST]
            return name.decode("utf-8", "ignore").strip()
    return ""


def keep_theme(name: str) -> None:
    """Keep the name of a theme for the next start; raises StoreError."""
    if path := theme_path():
        write_own(os.path.realpath(path), name)  # a link is followed, as that of the notebook is
