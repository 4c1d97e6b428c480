"""Holds the keys that are typed before the explorer draws: not echoed, not changed, not lost."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType


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
    # Until the explorer has handlers of its own, an ending from outside puts the terminal back.
    signals = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    handlers = {number: signal.signal(number, _end) for number in signals}
    try:
        termios.tcsetattr(stdin, termios.TCSANOW, held)
        yield
    except RuntimeError as error:  # an ending in the middle of the making of a class
        if isinstance(error.__cause__, SystemExit | KeyboardInterrupt):
            raise error.__cause__ from None
        raise
    finally:
        with suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(stdin, termios.TCSADRAIN, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
