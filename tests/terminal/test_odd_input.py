"""Any bytes on input are a key or nothing: the explorer lives, and hears the next key."""

from tests.support import SMALL
from tests.terminal.conftest import Start

ODD = [
    "\x1b[?1;2c", "\x1b[0;0n", "\x1b[8;24;80t", "\x1b[?0u", "\x1b[1;5I", "\x1b[1114112u",
    "\x1b[999999999999999999~", "\x1b[48;24;80;0;0t\x1b[<0;10;5M\x1b[<0;10;5m", "\xff\xfe\x80",
    "\x1b[200~abc",
]  # fmt: skip


def test_the_next_key_is_heard(start: Start) -> None:
    terminal = start("open", SMALL, columns=80, rows=24)
    terminal.until("quit")
    for odd in ODD:
        print(repr(odd))
        terminal.process.send(odd.encode("latin-1"))
        terminal.settle(1.5 if "200~" in odd else 0.2)
        terminal.go("t", "Timeline")
        terminal.go("q", "─ Regions ─")
    terminal.press("q")
    assert terminal.ended() == 0
    assert terminal.restored


def test_control_characters_that_are_pasted_do_not_reach_the_terminal(start: Start) -> None:
    terminal = start("open", SMALL)
    terminal.until("quit")
    pasted = "\x1b[200~ab\x9b31mcd\x9d\u202e\u200b\x1b[201~"
    for opened in ("/", "a"):
        terminal.press(opened)
        terminal.settle(0.3)
        before = len(terminal.output)
        terminal.press(pasted)
        terminal.settle(0.3)
        shown = terminal.output[before:].decode("utf-8", "replace")
        assert "ab\ufffd31mcd" in shown
        assert not set("\x9b\x9d\u202e\u200b") & set(shown)
        terminal.press("escape")
        terminal.settle(0.3)


def test_a_window_of_an_absurd_size_is_taken_for_a_large_one(start: Start) -> None:
    """Who logs in may say that it has 65535 rows and columns, which no memory holds as cells."""
    terminal = start("open", SMALL, columns=80, rows=24)
    terminal.until("quit")
    terminal.feed = False  # nor does that of this test
    terminal.process.setwinsize(65535, 65535)
    terminal.settle(0.5)
    terminal.process.setwinsize(24, 80)
    terminal.press("t")
    terminal.until(lambda: b"Timeline" in terminal.output)
    terminal.press("\x11")
    assert terminal.ended() == 0
    assert terminal.restored


def test_a_long_query_shows_where_the_cursor_is(start: Start) -> None:
    terminal = start("open", SMALL, columns=80, rows=24)
    terminal.until("quit")
    terminal.press("/" + "x" * 100 + "\x1b[H" + "yyyyy")
    terminal.until("/ yyyyyxxx")


def test_colours_that_textual_does_not_know_are_not_believed(start: Start) -> None:
    terminal = start("open", SMALL, columns=80, rows=24, TEXTUAL_COLOR_SYSTEM="wide")
    terminal.until("quit")
    terminal.press("q")
    assert terminal.ended() == 0
