"""Notes and the place outlive the explorer, however it ends, and others may write meanwhile."""

import signal

import pytest

from tests.support import SHIPPED, summitry
from tests.terminal.conftest import Start
from tests.terminal.emulator import Terminal

DECLARATION = "joint-declaration-2025"


def note(id_: str) -> str:
    return summitry("note", id_).stdout


def opened(start: Start, *arguments: str) -> Terminal:
    terminal = start("open", SHIPPED, *arguments)
    terminal.until("quit")
    terminal.settle()
    return terminal


def type_note(terminal: Terminal, words: str) -> None:
    terminal.go("a", "Note on")
    terminal.press(words)
    terminal.until(words)


def test_the_note_and_the_place_outlive_a_kill(start: Start) -> None:
    first = opened(start, "--at", DECLARATION)
    first.press("3", "j", "j")
    type_note(first, "compare with Prague")
    first.until("saved; Esc")
    first.read(1.2)  # the pause after which the place is written
    first.kill(signal.SIGKILL)
    assert first.ended() == -signal.SIGKILL
    assert note(DECLARATION) == "compare with Prague\n"

    again = opened(start)
    again.until("Nikol Pashinyan")
    assert "noted" in again.text
    again.go("a", "compare with Prague")
    again.press("escape")
    again.settle()
    again.press("q")
    assert again.ended() == 0


@pytest.mark.parametrize("how", ["\x11", signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=repr)
def test_the_last_words_are_kept(start: Start, how: "str | signal.Signals") -> None:
    terminal = opened(start, "--at", DECLARATION)
    terminal.go("a", "Note on")
    if isinstance(how, str):
        terminal.press("last words" + how)  # in one go
    else:
        terminal.press("last words")
        terminal.until("last words")
        terminal.kill(how)
    terminal.ended()
    assert terminal.restored
    assert note(DECLARATION) == "last words\n"


def test_two_explorers_and_a_shell_write_at_once(start: Start) -> None:
    one, two = (opened(start, "--at", DECLARATION) for _ in range(2))
    type_note(one, "from one")
    type_note(two, "from two")
    assert summitry("note", DECLARATION, "from a shell").returncode == 0
    for terminal in (one, two):
        terminal.press("!")
        terminal.settle(0.6)
        terminal.press("\x11")
        assert terminal.ended() == 0
    assert summitry("mark", DECLARATION).returncode == 0
    kept = note(DECLARATION)
    everyone = ("from one!", "from two!", "from a shell")
    assert [words for words in everyone if words not in kept] == []
    assert kept.count("also written elsewhere") == 1
