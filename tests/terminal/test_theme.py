"""The theme that was kept is begun with, in a real terminal."""

from pathlib import Path

import pytest

from tests.support import SMALL
from tests.terminal.conftest import Start


@pytest.mark.parametrize(("name", "own"), [("dark", True), ("light", True), ("terminal", False)])
def test_a_kept_theme_is_begun_with(start: Start, tmp_path: Path, name: str, own: bool) -> None:
    (tmp_path / "summitry").mkdir()
    (tmp_path / "summitry" / "theme").write_text(name)
    terminal = start("open", SMALL, XDG_STATE_HOME=str(tmp_path), COLORTERM="truecolor")
    terminal.until("quit")
    assert (b"38;2;" in terminal.output) == own  # the terminal's own colours are handed on
    if own:
        ground = b"48;2;18;18;18" if name == "dark" else b"48;2;250;250;250"
        assert ground in terminal.output
