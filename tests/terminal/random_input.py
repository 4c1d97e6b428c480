"""Random keys, mouse events, pastes and resizes, sent to an explorer in a real terminal."""

import random
from pathlib import Path

from tests.support import SMALL, Fields, dossier, event, summitry, write
from tests.terminal.emulator import Terminal
from tests.terminal.key_sequences import OFTEN, PRESSED, SOMETIMES

SIZES = [
    (1, 1), (2, 2), (3, 11), (4, 4), (10, 3), (19, 5), (20, 3), (20, 5), (21, 6), (30, 8), (48, 20),
    (59, 12), (60, 20), (80, 24), (99, 11), (120, 40), (200, 60), (300, 100),
]  # fmt: skip
PASTES = ["gab", "", "\n", "a\nb", "x" * 300, "首脳会談", "\x1b[31m", "q" * 20]
NOTED = "lodz-accord-2025"


def dossiers() -> dict[str, Fields]:
    """A dossier of one event and one of none."""
    return {"one": dossier(event()), "none": dossier()}


def drawn_input(draw: random.Random) -> bytes | tuple[int, int]:
    """Draw something to send, or a size for the window."""
    kind = draw.random()
    if kind < 0.72:
        key = draw.choice(OFTEN if draw.random() < 0.4 else [*SOMETIMES, "x", "ə"])
        return PRESSED.get(key, key).encode()
    if kind < 0.80:
        at_random = (draw.randint(1, 300), draw.randint(1, 100))
        return draw.choice([*SIZES, at_random])
    if kind < 0.86:
        return b"\x1b[200~" + draw.choice(PASTES).encode() + b"\x1b[201~"
    button = draw.choice([0, 0, 32, 35, 64, 65])  # pressed, dragged, moved, the wheel
    x, y = draw.randint(1, 150), draw.randint(1, 60)
    return f"\x1b[<{button};{x};{y}{draw.choice('MMm')}".encode()


def survive(folder: Path, path: Path, seed: object, count: int) -> str:
    """Send `count` random inputs to an explorer on `path`, then leave; returns what went wrong.

    A note on a record of another dossier, in the same notebook, must be there afterwards.
    """
    environment = {
        "HOME": str(folder),
        "BROWSER": "true",
        "SUMMITRY_NOTEBOOK": str(folder / "notebook.json"),
    }
    draw = random.Random(str(seed))
    summitry("note", NOTED, "a note", "--store", SMALL, env=environment)
    sent: list[object] = []
    with Terminal("-m", "tui", "open", path, columns=80, rows=24, env=environment) as terminal:
        terminal.feed = False
        terminal.until(lambda: b"quit" in terminal.output)
        for _ in range(count):
            sent.append(drawn_input(draw))
            if isinstance(sent[-1], bytes):
                terminal.process.send(sent[-1])
            else:
                terminal.resize(*sent[-1])
            alive = terminal.read(draw.choice([0, 0, 0.001, 0.01]))
            if not alive:
                return f"it ended after {sent[-20:]}: {terminal.output[-1500:]!r}"
        terminal.resize(80, 24)
        for _ in range(5):  # a dialog, a note that is not saved
            terminal.process.send(b"\x11")
            terminal.settle(0.3)
        status = terminal.ended()
        if status or not terminal.restored or b"Traceback" in terminal.output:
            return f"status {status} after {sent[-20:]}: {terminal.output[-1500:]!r}"
    kept = summitry("note", NOTED, "--store", SMALL, env=environment).stdout
    return "" if kept == "a note\n" else f"the note is lost: {kept!r}"


def written(folder: Path, name: str) -> Path:
    """One of the made dossiers, in a file."""
    return write(folder / f"{name}.json", dossiers()[name])
