"""What may load what: the command line stays light, and imports run one way."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, UNMEASURED, python

LOADED = "import sys, {0}; print(sorted({{m.split('.')[0] for m in sys.modules}} & {1!r}))"


@pytest.mark.parametrize("module", ["tui.dossier", "tui.dossier.dossier", "tui.page", "tui.cli"])
def test_neither_textual_nor_rich_is_loaded(module: str) -> None:
    result = python("-c", LOADED.format(module, {"textual", "rich"}), env=UNMEASURED)
    assert (result.stdout, result.stderr) == ("[]\n", "")


def test_the_command_line_loads_nothing_heavy() -> None:
    heavy = {"tinydb", "msgspec", "sqlite3", "rapidfuzz", "platformdirs", "asyncio"}
    result = python("-c", LOADED.format("tui.cli", heavy), env=UNMEASURED)
    assert (result.stdout, result.stderr) == ("[]\n", "")


def test_the_printers_do_without_textual() -> None:
    result = python("-c", LOADED.format("tui.text.layout", {"textual"}), env=UNMEASURED)
    assert (result.stdout, result.stderr) == ("[]\n", "")


def test_imports_run_one_way(tmp_path: Path) -> None:
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "0 broken" in result.stdout, result.stdout + result.stderr
    assert result.returncode == 0


def test_no_part_of_the_screen_is_sought_by_its_name() -> None:
    """A part that is sought may not be there yet, or any more, which once ended the explorer."""
    sought = re.compile(r"\.query\w*\(|get_child_by|get_widget_by")
    found = [path.name for path in (ROOT / "tui" / "explorer").rglob("*.py")
             if sought.search(path.read_text("utf-8"))]  # fmt: skip
    assert found == []
