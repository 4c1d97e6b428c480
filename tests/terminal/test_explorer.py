"""A reader's way through the shipped dossier, by keyboard, in a real terminal."""

import pytest

from tests.support import SHIPPED, python
from tests.terminal.conftest import Start
from tests.terminal.emulator import Terminal

SIZES = [(120, 40), (80, 24), (48, 20)]
NAMES = [f"{columns}x{rows}" for columns, rows in SIZES]


def chosen(terminal: Terminal) -> str:
    """What stands under the cursors of the lists on screen."""
    rows = [
        line.split("▌", 1)[1]
        for line in terminal.text.replace("││", "\n").splitlines()
        if "▌" in line
    ]
    return " / ".join(" ".join(row.strip("│ ▁▂▃▄▅▆▇█").split()) for row in rows)


@pytest.mark.parametrize(("columns", "rows"), SIZES, ids=NAMES)
def test_region_summit_agreement_text_and_back(start: Start, columns: int, rows: int) -> None:
    terminal = start(columns=columns, rows=rows)
    terminal.until("United States")
    while "United States" not in chosen(terminal):
        step(terminal, "down")
    step(terminal, "right")
    assert "Washington Summit" in terminal.text
    while "Joint Declaration" not in chosen(terminal):
        step(terminal, "down")
    terminal.go("enter", "Nikol Pashinyan")
    assert "part of" in terminal.text
    assert "● signed" in terminal.text
    while "Sources" not in terminal.text:
        step(terminal, "pagedown")
    terminal.go("g", "part of")
    terminal.go("left", lambda: "Joint Declaration" in chosen(terminal))
    assert "Washington Summit" in terminal.text
    terminal.go("h", lambda: "United States" in chosen(terminal))
    assert "South Caucasus" in terminal.text
    terminal.press("q")
    assert terminal.ended() == 0
    assert terminal.restored


def step(terminal: Terminal, key: str) -> None:
    """Press a key and wait until the screen has changed and come to rest."""
    before = terminal.text
    terminal.go(key, lambda: terminal.text != before)
    terminal.settle(0.1)


@pytest.mark.parametrize(("columns", "rows"), SIZES, ids=NAMES)
def test_it_opens_at_a_record(start: Start, columns: int, rows: int) -> None:
    terminal = start("open", SHIPPED, "--at", "joint-declaration-2025", columns=columns, rows=rows)
    terminal.until(lambda: "Joint Declaration" in chosen(terminal))


def test_keys_typed_ahead_go_where_they_would_have_gone(explorer: Terminal) -> None:
    explorer.press("\x1b[C\x1b[B\x1b[B")  # in one go: to the events, then two down
    explorer.until(lambda: "Middle Corridor" in chosen(explorer))
    assert "All" in chosen(explorer)
    explorer.press("\x1b[D\x1b[Bq")
    assert explorer.ended() == 0


def test_resizing_keeps_the_place(explorer: Terminal) -> None:
    explorer.press("2", "G")
    explorer.settle()
    place = chosen(explorer)
    for columns, rows in ((48, 20), (20, 6), (8, 3), (200, 60), (120, 40)):
        explorer.resize(columns, rows)
        explorer.settle()
    explorer.until(lambda: chosen(explorer) == place)
    explorer.press("q")
    assert explorer.ended() == 0


def test_a_region_without_events_says_so(explorer: Terminal) -> None:
    explorer.go("G", "no events recorded")
    assert "Russia" in chosen(explorer)


@pytest.mark.parametrize("key", ["?", "f1"])
def test_help_opens_and_closes(explorer: Terminal, key: str) -> None:
    explorer.go(key, "Half a page down")
    explorer.go("escape", lambda: "Half a page down" not in explorer.text)


def test_on_a_plain_ascii_locale_nothing_else_is_drawn(start: Start) -> None:
    terminal = start(LC_ALL="C", LANG="C")
    terminal.until("United States")
    terminal.until("quit")
    terminal.settle()
    assert terminal.text.isascii()


def test_without_colour_the_cursor_can_still_be_seen(start: Start) -> None:
    terminal = start(NO_COLOR="1")
    terminal.until("United States")
    terminal.until("▌")


def test_python_m_tui_is_the_same_program() -> None:
    assert python("-m", "tui", "--version").stdout.startswith("summitry ")
