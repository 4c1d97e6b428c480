"""The themes: legible in every role, on every ground."""

import itertools
import os
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from tui.explorer.colours import Palette
from tui.explorer.themes import THEMES, keep_theme, kept_theme
from tui.files import StoreError

#: What WCAG 2.2 asks for at level AA of running text.
AA = 4.5
ROLES = (
    *("", "title", "heading", "label", "muted", "note", "voice", "mark", "date", "url", "count"),
    *("match", "accent", "hint", "error", "key", "cursor", "differ", "value", "done"),
)


def luminance(color: Color) -> float:
    """Relative luminance as WCAG defines it."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized)
    return sum(c * share for c, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("theme", [t for t in THEMES if not t.ansi], ids=lambda t: t.name)
def test_every_role_has_the_contrast_of_wcag_aa(theme: Theme) -> None:
    palette = Palette(theme.foreground, theme.background, theme.accent, theme.error)
    for role, ground, link in itertools.product(ROLES, ("", "cursor", "focus"), (False, True)):
        style = palette.style(role, link=link, ground=ground)
        colours = (Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
        darker, lighter = sorted(map(luminance, colours))
        assert (lighter + 0.05) / (darker + 0.05) >= AA, f"{theme.name}: {role or 'text'}, {ground}"


def test_of_the_terminals_own_colours_red_is_for_errors_alone() -> None:
    theme = next(t for t in THEMES if t.ansi)
    palette = Palette(theme.foreground, theme.background, theme.accent, theme.error)
    for role, link in itertools.product(ROLES, (False, True)):
        style = palette.style(role, link=link)
        red = style.color is not None and style.color.number in (1, 9)  # red, bright red
        assert red == (role == "error" and not link), role


def test_the_theme_is_kept_beside_a_notebook_of_any_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for notebook in ("notebook.json", str(tmp_path / "state" / "notebook.json")):
        monkeypatch.setenv("SUMMITRY_NOTEBOOK", notebook)
        keep_theme("light")
        assert kept_theme() == "light"
    Path("theme").write_text("dark\n")  # by hand
    monkeypatch.setenv("SUMMITRY_NOTEBOOK", "notebook.json")
    assert kept_theme() == "dark"


def test_the_file_of_the_theme_may_be_a_link_and_else_nothing_odd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMITRY_NOTEBOOK", str(tmp_path / "notebook.json"))
    path, other = tmp_path / "theme", tmp_path / "Elsewhere"
    path.symlink_to(other)
    keep_theme("light")
    assert (path.is_symlink(), other.read_text(), kept_theme()) == (True, "light", "light")
    path.unlink()
    os.mkfifo(path)
    assert kept_theme() == ""
    with pytest.raises(StoreError, match="not a regular file"):
        keep_theme("light")
    other.unlink()
    other.write_text("")
    monkeypatch.setenv("SUMMITRY_NOTEBOOK", str(other / "notebook.json"))
    with pytest.raises(StoreError, match="Elsewhere"):
        keep_theme("light")
