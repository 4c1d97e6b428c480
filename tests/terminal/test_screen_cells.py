"""The screen shows what Textual writes, though only the cells that changed are sent."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyte
import pytest

from tests.cells import CellScreen
from tests.support import ROOT, SHIPPED, dossier, event, write
from tests.terminal.emulator import ODD_SEQUENCES, Terminal
from tests.terminal.key_sequences import PRESSED, drawn

#: The explorer, with all that is written for the terminal kept in a file beside its size.
RECORDED = """
import json, os
from tui.explorer.screen_writer import ScreenWriter
feed, written = ScreenWriter.feed, open(os.environ["WRITTEN"], "a", encoding="utf-8")
def feed_and_keep(self, text):
    print(json.dumps([os.get_terminal_size(2), text]), file=written, flush=True)
    feed(self, text)
ScreenWriter.feed = feed_and_keep
from tui.cli import run
run()
"""
LOOKS = {"colours": {}, "none": {"NO_COLOR": "1"}, "ascii": {"LC_ALL": "C", "LANG": "C"}}


class Whole:
    """A screen that gets all that is written."""

    def __init__(self, written: Path) -> None:
        self.screen = CellScreen(1, 1)
        self._stream = pyte.Stream(self.screen)
        self._lines = written.open(encoding="utf-8")

    def read(self) -> bool:
        """Take what was written since; returns whether anything was."""
        lines = self._lines.readlines()
        for line in lines:
            (columns, rows), text = json.loads(line)
            if (columns, rows) != (self.screen.columns, self.screen.lines):
                self.screen.resize(rows, columns)
            text = ODD_SEQUENCES.sub(b"", text.encode()).decode().replace("\n", "\r\n")
            self._stream.feed(text)
        return bool(lines)


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (60, 20)])
def test_random_sessions_look_the_same(tmp_path: Path, columns: int, rows: int) -> None:
    seed = random.randrange(1 << 32)
    print(f"the random seed is {seed}")
    # All begin before there is a thread, and are then looked at at once: mostly they wait.
    terminals = {look: recorded(tmp_path / look, columns, rows, look) for look in LOOKS}

    def go_on(look: str) -> None:
        with terminals[look] as terminal:
            look_the_same(terminal, tmp_path / look, f"{seed} {look}")

    with ThreadPoolExecutor(len(LOOKS)) as pool:
        for done in [pool.submit(go_on, look) for look in LOOKS]:
            done.result()


def recorded(written: Path, columns: int, rows: int, look: str) -> Terminal:
    env = {"WRITTEN": str(written), "BROWSER": "true", **LOOKS[look]}
    return Terminal("-c", RECORDED, "open", SHIPPED, columns=columns, rows=rows, env=env)


def look_the_same(terminal: Terminal, written: Path, seed: str) -> None:
    """Type at random; the screen then shows all that Textual wrote."""
    terminal.until("quit")
    whole = Whole(written)
    for number in range(6):
        if number == 4:
            terminal.resize(terminal.screen.columns + 7, terminal.screen.lines - 3)
        keys = drawn(f"{seed} {number}")
        terminal.press(*(PRESSED.get(key, key) for key in keys))
        terminal.settle(0.6)
        while whole.read():  # what is said after a pause is in the file before it is sent
            terminal.settle(0.2)
        pairs = zip(whole.screen.cells(), terminal.screen.cells(), strict=True)
        same = all(one == other for one, other in pairs)
        assert same, f"{keys}:\n{terminal.text}\n{chr(10).join(whole.screen.display)}"
    assert len(terminal.output) < written.stat().st_size / 4


def test_after_a_stop_the_whole_screen_is_drawn_again(explorer: Terminal) -> None:
    explorer.settle()
    before = explorer.text
    explorer.kill(signal.SIGTSTP)
    explorer.until(lambda: b"\x1b[?1049l" in explorer.output)
    # It leaves the screen before it stops: to go on sooner would leave it stopped for ever.
    os.waitpid(explorer.process.pid, os.WUNTRACED)
    explorer.read()
    explorer.screen.reset()
    explorer.kill(signal.SIGCONT)
    explorer.until(lambda: explorer.text == before)
    explorer.press("q")
    assert explorer.ended() == 0


def test_a_window_that_went_and_came_back_is_drawn_again(explorer: Terminal) -> None:
    explorer.settle()
    before = explorer.text
    explorer.screen.erase_in_display(2)
    explorer.kill(signal.SIGWINCH)
    explorer.until(lambda: explorer.text == before)


# -- a real terminal


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Runs a command of a tmux of its own, and returns what it prints."""
    if not shutil.which("tmux"):
        pytest.skip("needs tmux")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "TMUX"))}

    def run(*arguments: str) -> str:
        command = ["tmux", "-S", "tmux.socket", "-f", os.devnull, "-u", *arguments]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=environment | {"LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout

    yield run
    run("kill-server")


TITLES = ["Love ❤️ and more", "Talks in မြန်မာ, held", "हिन्दी से بات", "For 🇦🇿"]


def test_in_tmux_no_letter_shifts_the_borders_of_its_row(
    tmux: Callable[..., str], tmp_path: Path
) -> None:
    for number, title in enumerate(TITLES):
        events = event("one-2025", title=title), event("two-2024", title="Plain", date="2024")
        path = write(tmp_path / f"odd{number}.json", dossier(*events))
        command = (sys.executable, "-m", "tui", "open", str(path))
        tmux("new-session", "-d", "-s", f"s{number}", "-x", "100", "-y", "24", *command)

    def until(number: int, seen: Callable[[str], bool]) -> list[str]:
        """The rows of a session with text, once what it shows is so."""
        end = time.monotonic() + 20
        while not seen(text := tmux("capture-pane", "-p", "-t", f"s{number}")):
            assert time.monotonic() < end, text
            time.sleep(0.02)
        return [row for row in text.splitlines() if row.startswith("│")]

    def borders(row: str) -> list[int]:
        """The columns in which tmux has the borders of a row."""
        parts = row.split("│")
        places = []
        for count in range(1, len(parts)):
            tmux("set", "-g", "@before", "│".join(parts[:count]))
            places.append(int(tmux("display", "-p", "#{w:@before}")))
        return places

    for number in range(len(TITLES)):
        until(number, lambda text: "quit" in text)
    for key in ("2", "Down", "Up", "1"):
        for number in range(len(TITLES)):
            tmux("send-keys", "-t", f"s{number}", key)
        time.sleep(0.3)
        for number, title in enumerate(TITLES):
            rows = until(number, lambda text, title=title: title[:5] in text)
            odd = [row for row in rows if not row.replace("│", "").isascii()]
            assert any(title[:5] in row for row in odd), rows
            for row in odd:
                assert borders(row) == borders(rows[-1]), row
