"""However it ends, the terminal is left as it was."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import ROOT, SHIPPED, SMALL, apart
from tests.terminal.conftest import Start
from tests.terminal.emulator import Terminal
from tests.terminal.endings import ended_by
from tests.terminal.test_explorer import chosen


def test_q_quits_and_restores_the_terminal(explorer: Terminal) -> None:
    assert b"\x1b[?1049h" in explorer.output
    explorer.press("q")
    assert explorer.ended() == 0
    assert explorer.restored


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGQUIT, 131)],
)
def test_a_signal_ends_it_in_good_order(
    explorer: Terminal, number: signal.Signals, status: int
) -> None:
    explorer.kill(number)
    assert explorer.ended() == status
    assert explorer.restored
    assert b"Traceback" not in explorer.output


def test_a_signal_while_it_starts_ends_it_too(start: Start) -> None:
    terminal = start("open", SHIPPED)
    terminal.until(lambda: b"\x1b[?1049h" in terminal.output)
    terminal.kill(signal.SIGTERM)
    assert terminal.ended() in (143, -signal.SIGTERM)
    assert b"Traceback" not in terminal.output


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"])
def test_a_signal_at_any_moment_leaves_the_terminal_as_it_was(tmp_path: Path, name: str) -> None:
    """From the first byte written to the last; `tests.bench.hostile` tries many more moments."""
    draw = random.Random(name)
    for _ in range(5):
        assert ended_by(tmp_path, getattr(signal, name), draw.uniform(0.1, 1.2)) == ""


def test_bytes_that_are_no_utf8_do_not_end_it(start: Start) -> None:
    terminal = start("open", SMALL)
    terminal.until("quit")
    for data in (b"\xff", b"\xc3(", b"\xf0\x9f", b"\x80" * 9):
        print(data)
        os.write(terminal.process.child_fd, data)
        terminal.settle()
        terminal.go("G", "no events recorded")
        terminal.go("g", lambda: "no events recorded" not in terminal.text)
    terminal.press("q")
    assert terminal.ended() == 0


def test_a_signal_that_comes_while_it_is_left_counts(tmp_path: Path) -> None:
    for delay in (0, 0.002, 0.004, 0.006, 0.01, 0.02):
        assert ended_by(tmp_path, signal.SIGTERM, delay, keys=("j", "\x11")) == ""


def test_bytes_that_are_no_utf8_do_not_end_the_typing(start: Start) -> None:
    terminal = start("open", SMALL)
    terminal.until("quit")
    terminal.press("/ga")
    terminal.until("/ ga")
    os.write(terminal.process.child_fd, b"\xff\xc3(")
    terminal.settle()
    terminal.go("escape", "quit")
    terminal.press("q")
    assert terminal.ended() == 0


def test_a_closed_terminal_ends_it_within_two_seconds(explorer: Terminal) -> None:
    child = explorer.process
    explorer.hang_up()
    end = time.monotonic() + 2
    while os.waitpid(child.pid, os.WNOHANG) == (0, 0):
        assert time.monotonic() < end
        time.sleep(0.02)


def damaged(start: Start, folder: Path) -> tuple[Terminal, Path]:
    """An explorer whose index is cut while a note is typed, and its notebook."""
    cache, notebook = folder / "cache", folder / "notebook.json"
    own = {"XDG_CACHE_HOME": str(cache), "SUMMITRY_NOTEBOOK": str(notebook)}
    terminal = start("open", SHIPPED, "--at", "joint-declaration-2025", **own)
    terminal.until("quit")
    terminal.go("2", "open")
    terminal.go("k", lambda: "Joint Decl" not in chosen(terminal))
    terminal.go("a", "Note on")
    os.truncate(next(cache.rglob("*.sqlite")), 4096)
    return terminal, notebook


def test_an_index_that_is_damaged_under_it_is_made_again(tmp_path: Path, start: Start) -> None:
    """The note that is typed is kept, and the place; it is not where it began."""
    terminal, notebook = damaged(start, tmp_path)
    begun = terminal.output.count(b"\x1b[?1049h")
    terminal.press("kept", "escape", *"jkJK1jk")
    terminal.until(lambda: terminal.output.count(b"\x1b[?1049h") > begun)
    terminal.until("quit")
    assert "Joint Decl" not in chosen(terminal)
    assert chosen(terminal)
    terminal.press("q")
    assert terminal.ended() == 0
    assert terminal.restored
    assert b"Traceback" not in terminal.output
    assert '"text": "kept"' in notebook.read_text(encoding="utf-8")


def test_who_leaves_an_index_that_is_damaged_has_left(tmp_path: Path, start: Start) -> None:
    terminal, notebook = damaged(start, tmp_path)
    begun = terminal.output.count(b"\x1b[?1049h")
    terminal.press("kept", "\x11")
    assert terminal.ended() == 0
    assert terminal.output.count(b"\x1b[?1049h") == begun
    assert terminal.restored
    assert b"Traceback" not in terminal.output
    assert '"text": "kept"' in notebook.read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [(), ("open",), ("open", SHIPPED)], ids=str)
def test_without_a_terminal_one_line_says_what_to_do(arguments: tuple[object, ...]) -> None:
    result = apart(*arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "use `summitry read`, `find` or `show`" in result.stderr


def test_a_dumb_terminal_is_said_to_be_one(start: Start) -> None:
    terminal = start(TERM="dumb")
    assert terminal.ended() == 2
    assert b"\x1b" not in terminal.output
    assert terminal.output.count(b"\n") == 1


def test_an_unreadable_file_is_one_line_before_anything_is_drawn(start: Start) -> None:
    terminal = start("open", "/nowhere/at-all.json")
    assert terminal.ended() == 2
    assert b"\x1b[?1049h" not in terminal.output
    assert terminal.output.count(b"\n") == 1
    assert b"no such file" in terminal.output


def test_an_unknown_record_is_one_line_before_anything_is_drawn(start: Start) -> None:
    terminal = start("open", SHIPPED, "--at", "washingtn-summit-2025", columns=200)
    assert terminal.ended() != 0
    assert b"\x1b[?1049h" not in terminal.output
    assert b"washington-summit-2025" in terminal.output


#: A program that ends as Summitry does, but does what stands in it instead of a command.
PROGRAM = """
import os, signal, sys, time, weakref
from importlib.machinery import ModuleSpec
from tui import cli

class Module: ...

class Finder:
    def find_spec(self, name, *_):
        return ModuleSpec(name, self) if name == "nowhere" else None
    create_module = lambda self, spec: None
    def exec_module(self, module):
        signal.getsignal({number})({number}, sys._getframe(1))  # a frame of the import itself

def main(_):
    {what}
    print("goes on", flush=True)
    time.sleep(20)
    return 0

cli.main = main
cli.run()
"""
LOST = (
    "m = Module(); r = weakref.ref(m, lambda _: (os.kill(os.getpid(), {number}), len('a'))); del m"
)
IMPORTING = "sys.meta_path.insert(0, Finder()); import nowhere"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("what", [LOST, IMPORTING])
def test_a_signal_that_cannot_end_it_now_comes_again(number: signal.Signals, what: str) -> None:
    program = PROGRAM.format(number=int(number), what=what.format(number=int(number)))
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True,
                           text=True, cwd=ROOT, timeout=15)  # fmt: skip
    assert "goes on" in ended.stdout
    assert ended.returncode == 128 + number
    assert bool(ended.stderr) == (what == LOST)  # what Python says of an exception that is lost
