"""Text that is dragged over with the mouse is copied, whatever motion the terminal reports."""

import base64
import re

from tests.support import SHIPPED
from tests.terminal.conftest import Start
from tests.terminal.emulator import Terminal


def mouse(button: int, x: int, y: int, *, up: bool = False) -> str:
    """A mouse report (SGR); `x` and `y` count from 0."""
    return f"\x1b[<{button};{x + 1};{y + 1}{'m' if up else 'M'}"


def copied(terminal: Terminal) -> list[str]:
    """What was copied, through OSC 52."""
    found = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", terminal.output)
    return [base64.b64decode(words).decode() for words in found]


def drag(terminal: Terminal, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press, move with the button held, and let go; nothing was reported before."""
    terminal.press(mouse(0, *start), mouse(32, *end), mouse(0, *end, up=True))


def test_what_was_dragged_over_is_copied_and_ctrl_c_copies_it_again(start: Start) -> None:
    terminal = start("open", SHIPPED, "--at", "joint-declaration-2025")
    terminal.until("quit")
    y = next(y for y, line in enumerate(terminal.lines) if "part of" in line)
    x = terminal.lines[y].index("part of")
    drag(terminal, (x, y), (x + len("part of") - 1, y))
    terminal.until(lambda: copied(terminal) == ["part of"])
    terminal.go("ctrl+c", lambda: copied(terminal) == ["part of", "part of"])


def test_lines_that_the_page_wrapped_are_copied_as_one(start: Start) -> None:
    terminal = start("open", SHIPPED, "--at", "joint-declaration-2025")
    terminal.until("What is recorded")
    terminal.settle()
    first = next(y for y, x in enumerate(terminal.lines) if "What is recorded" in x) + 1
    left = terminal.lines[first].rindex("│", 0, -1) + 2
    words = [line[left:].rstrip("│▐ ") for line in terminal.lines[first : first + 2]]
    drag(terminal, (left, first), (left + len(words[1]) - 1, first + 1))
    terminal.until(lambda: bool(copied(terminal)))
    assert copied(terminal) == [f"{words[0]} {words[1]}"]


def test_ctrl_c_without_a_selection_says_which_key_leaves(start: Start) -> None:
    terminal = start("open", SHIPPED)
    terminal.until("quit")
    terminal.go("ctrl+c", "q leaves Summitry")
    terminal.press("q")
    assert terminal.ended() == 0


def test_q_in_a_view_goes_back_and_in_the_panes_leaves(start: Start) -> None:
    terminal = start("open", SHIPPED)
    terminal.until("quit")
    for view, seen in (
        ("t", "Timeline"),
        ("w", "Who met whom"),
        ("T", "Commitments"),
        ("?", "Signs and keys"),
    ):
        terminal.go(view, f"{seen}")
        terminal.go("q", lambda: "─ Regions ─" in terminal.text and "quit" in terminal.lines[-1])
    terminal.press("q")
    assert terminal.ended() == 0
