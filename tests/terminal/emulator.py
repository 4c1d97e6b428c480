"""A program in a real pty, seen through pyte."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

from tests.cells import CellScreen
from tests.support import ROOT

# What pyte would print as text or take for something else: private queries and key protocols.
ODD_SEQUENCES = re.compile(
    rb"\x1b\[[<>=][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*\$?[a-gi-km-z]|\x1b\[[0-9;]*t|\x1b[P_^X\]][^\x1b\x07]*(?:\x1b\\|\x07)"
)
_PARTIAL = re.compile(rb"\x1b(?:\[[^a-zA-Z]*|[P_^X\]][^\x1b\x07]*\x1b?)?\Z")
# Synchronized output: what is written between two marks is seen at once, as in terminals of today.
_SYNC_ASKED, _SYNC_ANSWER = b"\x1b[?2026$p", "\x1b[?2026;2$y"
_SYNC_BEGINS, _SYNC_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
KEYS = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "escape": "\x1b",
    "enter": "\r", "tab": "\t", "ctrl+c": "\x03", "f1": "\x1bOP", "pagedown": "\x1b[6~",
}  # fmt: skip
TIMEOUT = 20.0


class Terminal:
    """Runs `arguments` under this Python; `text` is what its screen shows."""

    def __init__(self, *arguments: object, columns: int, rows: int, env: dict[str, str]) -> None:
        self.screen = CellScreen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.output = b""
        #: Whether what is written is put on the screen; without it, reading is quick.
        self.feed = True
        self._held = b""
        self._hung_up = False
        base = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "TMUX"))}
        self.process = pexpect.spawn(
            sys.executable,
            [str(argument) for argument in arguments],
            dimensions=(rows, columns),
            env=base
            | {
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "LANG": "C.UTF-8",
                "PYTHONPATH": str(ROOT),
            }
            | env,
            cwd=(base | env).get("HOME"),  # where an export is written
            timeout=TIMEOUT,
        )
        self.process.delaybeforesend = None
        for process in (self.process, self.process.ptyproc):
            process.delayafterclose = process.delayafterterminate = 0.02

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._hung_up:
            self.close()

    def close(self) -> None:
        """End it at once if it has not ended."""
        if self.process.isalive():
            self.kill(signal.SIGKILL)
            self.process.wait()
        self.process.close()

    # -- seeing

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def read(self, seconds: float = 0.05) -> bool:
        """Take what has been written so far; False at the end of it."""
        try:
            data = self.process.read_nonblocking(1 << 16, seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.output += data
        if _SYNC_ASKED in self.output[-len(data) - len(_SYNC_ASKED) + 1 :]:
            with suppress(OSError):  # it has ended
                self.process.send(_SYNC_ANSWER)
        if not self.feed:
            return True
        data = self._held + data
        partial = _PARTIAL.search(data)
        cut = partial.start() if partial else len(data)
        if (begun := data.rfind(_SYNC_BEGINS)) > data.rfind(_SYNC_ENDS):
            cut = min(cut, begun)
        self._held = data[cut:]
        self.stream.feed(ODD_SEQUENCES.sub(b"", data[:cut]))
        return True

    def until(self, seen: "Callable[[], bool] | str", timeout: float = TIMEOUT) -> None:
        """Wait until `seen` is true, or that text on the screen."""
        check = seen if callable(seen) else lambda: seen in self.text
        end = time.monotonic() + timeout
        while not check():
            more = self.read()
            assert more or check(), f"it ended before {seen!r} was seen:\n{self.text}"
            assert time.monotonic() < end, f"{seen!r} was not seen:\n{self.text}"

    def settle(self, quiet: float = 0.25) -> None:
        """Wait until nothing has been written for a while, nor is being worked at."""
        size = -1
        end = time.monotonic() + TIMEOUT
        while (size != len(self.output) or self.is_busy) and time.monotonic() < end:
            size = len(self.output)
            self.read(quiet)

    @property
    def is_busy(self) -> bool:
        """Whether it works, or waits for a processor; no where that cannot be told."""
        try:
            threads = list(Path(f"/proc/{self.process.pid}/task").iterdir())
            states = [
                (thread / "stat").read_text().rpartition(")")[2].split()[0] for thread in threads
            ]
        except OSError:
            return False
        return "R" in states or "D" in states

    # -- acting

    def press(self, *keys: str) -> None:
        for key in keys:
            self.process.send(KEYS.get(key, key))

    def go(self, key: str, seen: "Callable[[], bool] | str") -> None:
        """Press a key and wait for what it shows."""
        self.press(key)
        self.until(seen)

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
        self.process.setwinsize(rows, columns)

    def kill(self, number: signal.Signals) -> None:
        os.kill(self.process.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does; the process is left to end by itself."""
        self._hung_up = True
        self.process.ptyproc.fileobj.close()
        self.process.closed = self.process.ptyproc.closed = True
        self.process.child_fd = self.process.ptyproc.fd = -1

    def ended(self, timeout: float = 10) -> int | None:
        """Wait for the end; the exit status, or the negated signal."""
        end = time.monotonic() + timeout
        while self.process.isalive():
            assert time.monotonic() < end, f"it has not ended:\n{self.text}"
            self.read()
        while self.read():
            pass
        status: int | None = self.process.exitstatus
        return -self.process.signalstatus if status is None else status

    @property
    def restored(self) -> bool:
        """Whether the screen, the cursor and the mouse are as they were before."""

        def last(*modes: int) -> bytes:
            found = re.findall(
                rb"\x1b\[\?(?:%s)([hl])" % b"|".join(b"%d" % m for m in modes), self.output
            )
            return found[-1] if found else b""

        return last(1049) == b"l" and last(25) == b"h" and last(1000, 1003) in (b"l", b"")
