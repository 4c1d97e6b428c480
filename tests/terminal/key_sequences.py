"""Random sequences of keys, sent in one write to one explorer and one by one to another."""

import random
from pathlib import Path

from tests.terminal.emulator import KEYS, Terminal

MORE = KEYS | {
    "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "shift+tab": "\x1b[Z",
    "backspace": "\x7f", "ctrl+u": "\x15", "ctrl+w": "\x17", "ctrl+d": "\x04", "ctrl+p": "\x10",
    "paste": "\x1b[200~gab\x1b[201~", "ctrl+left": "\x1b[1;5D", "delete": "\x1b[3~",
}  # fmt: skip
#: Keys by how often they are drawn; none of them leaves, writes a file here or opens a browser.
OFTEN = ["up", "down", "left", "right", "enter", "escape", "j", "k", "1", "2", "3"]
SOMETIMES = [
    "tab", "shift+tab", "h", "l", "g", "G", "J", "K", "n", "N", "v", "[", "]", "f", "/", "t", "w",
    "T", "z", "m", "'", "a", "c", "p", "y", "<", ">", "+", "-", "pagedown", "pageup", "home",
    "end", "ctrl+d", "ctrl+u", "?", "ctrl+p", "paste", "backspace", "s", "d", "e2", "0",
]  # fmt: skip


def drawn(seed: object, count: int = 12) -> list[str]:
    """A sequence of keys, the same for the same seed."""
    draw = random.Random(str(seed))
    keys: list[str] = []
    while len(keys) < count:
        keys.append(draw.choice(OFTEN if draw.random() < 0.5 else SOMETIMES))
        if keys[-1] == "/" and draw.random() < 0.8:
            keys += draw.choice(["gabala", "aliyev", "gaz", "on:2025", "zzz", "peace t"])[:6]
    return [key for key in keys if key != "e2"]


class Pair:
    """Two explorers in the same state: `burst` gets keys in one write, `single` one by one."""

    def __init__(self, folder: Path, *arguments: object, columns: int, rows: int) -> None:
        self.burst, self.single = (
            Terminal("-m", "tui", *arguments, columns=columns, rows=rows, env=_home(folder / name))
            for name in ("home-A", "home-B")
        )
        for terminal in (self.burst, self.single):
            terminal.until("quit")
        self.settle()

    def settle(self) -> None:
        for terminal in (self.burst, self.single):
            terminal.settle(0.5)

    def send(self, keys: list[str], rest: float = 0.06) -> None:
        """Send keys to both, each in its way, and let both come to rest."""
        self.burst.process.send("".join(MORE.get(key, key) for key in keys))
        for key in keys:
            self.single.process.send(MORE.get(key, key))
            self.single.settle(rest)
            self.burst.read(0.001)
        self.settle()

    def differences(self) -> list[str]:
        """The rows in which the two screens differ, cell by cell, colours included."""
        one, two = self.burst.screen, self.single.screen
        return [
            f"{y:3} burst  {one.display[y]}\n    single {two.display[y]}"
            for y in range(one.lines)
            if any(_differ(one.buffer[y][x], two.buffer[y][x]) for x in range(one.columns))
        ]

    def close(self) -> None:
        for terminal in (self.burst, self.single):
            terminal.process.close(force=True)


def _differ(one: tuple[object, ...], two: tuple[object, ...]) -> bool:
    """Whether two cells differ; the letter that tells the homes apart is none."""
    return one != two and not ({one[0], two[0]} == {"A", "B"} and one[1:] == two[1:])


def _home(folder: Path) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    places = {f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "STATE")}
    return {"HOME": str(folder), "BROWSER": "true", **places}
