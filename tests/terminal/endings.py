"""Endings from outside: a signal at some moment of a program's life."""

import os
import signal
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from tests.support import SHIPPED
from tests.terminal.emulator import Terminal

#: An ending takes no longer, in seconds.
LONGEST = 2.0


def ended_by(
    folder: Path,
    number: signal.Signals,
    delay: float,
    *,
    path: Path = SHIPPED,
    keys: Sequence[str] = (),
    arguments: Sequence[object] = (),
) -> str:
    """Start the explorer on `path`, or the command of `arguments`, and end it after `delay`
    seconds, counted from the last of `keys` where there are some; returns what went wrong.

    `folder` is its home. Keys are sent once the explorer answers them.
    """
    environment = {
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "SUMMITRY_NOTEBOOK": str(folder / "notebook.json"),
    }
    command = arguments or ("open", path)
    with Terminal("-m", "tui", *command, columns=80, rows=24, env=environment) as terminal:
        terminal.feed = False
        if keys:
            terminal.until(lambda: b"quit" in terminal.output)
            terminal.press(*keys)
        end = time.monotonic() + delay
        while time.monotonic() < end and terminal.read(0.01):
            pass
        if not terminal.process.isalive():
            return ""
        terminal.kill(number)
        told = time.monotonic()
        try:
            status = terminal.ended()
        except AssertionError:
            return f"{number.name} after {delay:.3f} s: it has not ended"
        faults = [f"it took {time.monotonic() - told:.1f} s"] * (time.monotonic() - told > LONGEST)
        # Before Python is up, the system ends it: to a shell that is the same status.
        if status not in (128 + number, -number):
            faults.append(f"status {status}")
        if b"1049h" in terminal.output and not terminal.restored:
            faults.append("the screen is not restored")
        if termios.tcgetattr(terminal.process.child_fd) != _fresh():
            faults.append("the terminal's modes are not restored")
        # An interrupt before any line of this program runs is Python's own to tell.
        if b"Traceback" in terminal.output and b"/tui/" in terminal.output:
            trace = terminal.output[terminal.output.index(b"Traceback") :]
            faults.append(f"a traceback: {trace[:1500]!r}")
        faults += [f"stray {stray}" for stray in folder.rglob("*.tmp")]
        return f"{number.name} after {delay:.3f} s: {', '.join(faults)}" if faults else ""


def _fresh() -> list[object]:
    """The modes of a terminal that no program has changed."""
    both = os.openpty()
    try:
        return termios.tcgetattr(both[1])
    finally:
        for end in both:
            os.close(end)
