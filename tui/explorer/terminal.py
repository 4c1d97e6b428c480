"""The terminal that the explorer runs in: its driver, and leaving in good order on signals."""

import asyncio
import os
import signal
import sys
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver

    from tui.explorer.first_picture import EarlyPicture
    from tui.explorer.steady_driver import SteadyDriver


def driver_class(
    *, alt: bool = False, early: "EarlyPicture | None" = None
) -> "type[Driver] | None":
    """The driver for this platform; None leaves the choice to Textual.

    With `alt`, a character that comes together with Escape is that character with Alt. `early` is
    the picture that is on the screen already.
    """
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    try:
        from tui.explorer.steady_driver import SteadyDriver
    except ImportError:
        return None
    SteadyDriver.alt, SteadyDriver.early = alt, early
    return SteadyDriver


def steady_driver() -> "SteadyDriver | None":
    """The driver in use, if it is ours."""
    module = sys.modules.get("tui.explorer.steady_driver")
    return module.SteadyDriver.current if module else None


def restore_on_signals(app: "App[None]") -> list[int]:
    """Leave in good order, terminal restored, when told to end from outside; POSIX only.

    Returns a list that gets the exit status of each signal as it comes.
    """
    told: list[int] = []
    if sys.platform == "win32":
        return told
    loop = asyncio.get_running_loop()

    def leave(number: int, _frame: FrameType | None) -> None:
        status = 128 + number  # as a shell says of a program that such a signal ended
        told.append(status)
        if loop.is_closed():
            raise SystemExit(status)
        loop.call_soon_threadsafe(partial(app.exit, return_code=status))

    # Not the loop's own handlers: they go with it, and the terminal is put back only after that.
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT):
        signal.signal(number, leave)
    return told
