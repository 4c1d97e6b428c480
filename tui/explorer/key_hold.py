"""Holds the keys that are typed before the explorer draws: not echoed, not changed, not lost."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def keys_held() -> Iterator[None]:
    """Have the terminal keep what is typed for the explorer, which reads it when it is there.

    A terminal that waits for whole lines echoes them, takes Backspace and Ctrl+U for itself and
    changes Enter. Ctrl+C still interrupts. Where there are no such terminals this does nothing.
    """
    if sys.platform == "win32":
        yield
        return
    import termios

    stdin = sys.stdin.fileno()
    before = termios.tcgetattr(stdin)
    held = termios.tcgetattr(stdin)
    held[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
    held[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    try:
        termios.tcsetattr(stdin, termios.TCSANOW, held)
        yield
    finally:
        with suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(stdin, termios.TCSADRAIN, before)
