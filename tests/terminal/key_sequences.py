"""Random sequences of keys, sent in one write to one explorer and one by one to another."""

import random
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.terminal.emulator import KEYS, Terminal

PRESSED = KEYS | {
    "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "shift+tab": "\x1b[Z",
    "backspace": "\x7f", "delete": "\x1b[3~", "ctrl+u": "\x15", "ctrl+w": "\x17",
    "ctrl+d": "\x04", "ctrl+f": "\x06", "ctrl+p": "\x10",
    "ctrl+left": "\x1b[1;5D", "paste": "\x1b[200~gab\x1b[201~",
}  # fmt: skip
#: Keys by how often they are drawn; none of them leaves or writes a file where the test runs.
OFTEN = ["up", "down", "left", "right", "enter", "escape", "j", "k", "1", "2", "3"]
SOMETIMES = [
    "tab", "shift+tab", "h", "l", "g", "G", "J", "K", "n", "N", "v", "[", "]", "f", "/", "t", "w",
    "T", "M", "z", "m", "'", "a", "c", "p", "y", "<", ">", "+", "-", "pagedown", "pageup", "home",
    "end", "ctrl+d", "ctrl+u", "ctrl+w", "?", "ctrl+p", "paste", "backspace", "s", "d", "0",
    "ctrl+f", "r", "x",
]  # fmt: skip
#: Longer than the pauses in typing after which something is done, in seconds.
_PAUSES = 0.45
WORDS = ["gabala", "aliyev", "gaz", "on:2025", "zzz", "peace t", "is:marked"]
#: Parts of names, to narrow the left pane by.
PARTS = ["ca", "united", "zzz", "2"]
#: Where `/` is typed over something else than the panes.
VIEWS = ["t", "w", "T", "M", "z"]


def drawn(seed: object, count: int = 12) -> list[str]:
    """Draw a sequence of keys, the same for the same seed."""
    draw = random.Random(str(seed))
    keys: list[str] = []
    while len(keys) < count:
        keys.append(draw.choice(OFTEN if draw.random() < 0.5 else SOMETIMES))
        if keys[-1] in VIEWS and draw.random() < 0.3:
            keys.append("/")
        if keys[-1] in ("/", "ctrl+f") and draw.random() < 0.8:
            keys += draw.choice(WORDS if keys[-1] == "/" else PARTS)
    return keys


class Pair:
    """Two explorers in the same state: `burst` gets keys in one write, `single` one by one."""

    def __init__(self, folder: Path, *arguments: object, columns: int, rows: int) -> None:
        self.burst, self.single = (
            Terminal("-m", "tui", *arguments, columns=columns, rows=rows, env=_home(folder / name))
            for name in ("home-A", "home-B")  # of one length, as their names may be shown
        )

    def __enter__(self) -> Self:
        for terminal in (self.burst, self.single):
            terminal.until(lambda terminal=terminal: len(terminal.text.split()) > 20)
        self.rest()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for terminal in (self.burst, self.single):
            terminal.close()

    def rest(self) -> None:
        """Let both come to rest: longer than the pauses after which something is done."""
        quiet = time.monotonic() + _PAUSES
        while time.monotonic() < quiet:
            for terminal in (self.burst, self.single):
                size = len(terminal.output)
                terminal.read(0.02)
                if size != len(terminal.output) or terminal.is_busy:
                    quiet = time.monotonic() + _PAUSES

    def send(self, keys: list[str], *, apart: float = 0) -> None:
        """Send keys to `burst` at once, or so many seconds apart, and to `single` one by one.

        The last one reaches both at the same time: what is said for a moment goes at the same time.
        """
        self.send_single(keys[:-1])
        if apart:
            for key in keys:
                time.sleep(apart)
                self.burst.process.send(PRESSED.get(key, key))
        else:
            self.burst.process.send("".join(PRESSED.get(key, key) for key in keys))
        self.send_single(keys[-1:])
        self.rest()

    def send_single(self, keys: list[str]) -> None:
        """Send keys to `single`, each once what the one before did was drawn."""
        for key in keys:
            self.single.process.send(PRESSED.get(key, key))
            # Longer than a lone Escape is told from the beginning of a sequence.
            self.single.settle(0.08 if key == "escape" else 0.04)
            self.burst.read(0.001)

    def differences(self) -> str:
        """The rows in which the two screens look different, cell by cell, colours included."""
        one, two = self.burst.screen, self.single.screen
        return "\n".join(
            f"{y:3} burst  {one.display[y]}\n    single {two.display[y]}"
            for y in range(one.lines)
            if any(_differ(one.seen(y, x), two.seen(y, x)) for x in range(one.columns))
        )


def _differ(one: tuple[object, ...], two: tuple[object, ...]) -> bool:
    """Whether two cells differ; the letter that tells the homes apart is none."""
    return one != two and not ({one[0], two[0]} == {"A", "B"} and one[1:] == two[1:])


def _home(folder: Path) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    places = {f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "STATE")}
    return {"HOME": str(folder), "BROWSER": "true", **places}
