"""The explorer in a real terminal: random input, its file replaced, dossiers at their worst."""

import json
import os
import random
import time
from pathlib import Path

from tests.bench.hostile import Trials
from tests.support import SHIPPED, SMALL, Fields, dossier, event, table, write
from tests.terminal.emulator import Terminal
from tests.terminal.key_sequences import OFTEN, PRESSED, SOMETIMES
from tests.terminal.random_input import survive, written

#: So many inputs go to one explorer.
_AT_ONCE = 500
#: How long what is changed may take to be seen, a first paint and a key (seconds).
SEEN, PAINT, KEY = 2.0, 1.0, 0.05


def random_input(count: int, draw: random.Random, folder: Path) -> Trials:
    """Keys, mouse, pastes, sizes and broken bytes on dossiers of 0, 1, many and 100,000 events."""
    large = folder / "large.json"
    if count >= 10_000:
        write(large, dossier(*(event(f"e-{number}") for number in range(100_000))))
    kinds = ["shipped", "one", "none", *(["large"] if large.exists() else [])]
    sent = 0
    while sent < count:
        kind = kinds[sent // _AT_ONCE % len(kinds)]
        home = folder / f"home-{sent}"
        home.mkdir()
        path = {"shipped": SHIPPED, "large": large}.get(kind) or written(home, kind)
        seed, some = draw.randrange(1 << 32), min(_AT_ONCE, count - sent)
        fault = survive(home, path, seed, some)
        sent += some
        yield f"{kind}, seed {seed}: {fault}" if fault else ""
        yield from [""] * (some - 1)


def replaced(count: int, draw: random.Random, folder: Path) -> Trials:
    """The open file is replaced while keys are pressed, in every view."""
    path = folder / "mine.json"
    fields = json.loads(SMALL.read_bytes())
    write(path, fields)
    keys = [key for key in (*OFTEN, *SOMETIMES) if key not in ("a", "paste", "ctrl+p", "/")]
    with Terminal("-m", "tui", "open", path, columns=100, rows=30, env={}) as terminal:
        terminal.until("quit")
        for number in range(count):
            title = f"Title {number} "
            for place, each in enumerate(fields["events"].values()):
                each["title"] = f"{title}{place}"
            if draw.random() < 0.1:  # broken, and mended at once or later
                path.write_bytes(path.read_bytes()[: draw.randrange(2000)])
                time.sleep(draw.choice([0, 0.6]))
            beside = write(folder / "beside", fields)
            os.replace(beside, path)
            for key in draw.sample(keys, 8):
                terminal.process.send(PRESSED.get(key, key))
                if not terminal.read(draw.choice([0, 0.01, 0.1, 0.3])):
                    break
            if b"Traceback" in terminal.output or not terminal.process.isalive():
                yield f"it ended: {terminal.output[-1500:]!r}"
                return
            if number % 10 == 9:
                yield from _shown(terminal, title)
            else:
                yield ""


def _shown(terminal: Terminal, title: str) -> Trials:
    """Whether the last change is seen in the panes within two seconds."""
    for _ in range(4):
        terminal.press("escape")
        terminal.settle(0.15)
    terminal.press("0", "1", "g")
    start = time.monotonic()
    try:
        terminal.until(title.strip(), timeout=10)
    except AssertionError as error:
        yield f"{title!r} is not seen: {error}"
        return
    took = time.monotonic() - start
    yield f"{title!r} took {took:.1f} s" if took > SEEN + 1 else ""


def at_its_worst() -> Fields:
    """A claim of 100 kB, 5,000 participants, 10,000 links, a word of 50,000 letters."""
    actors = [
        {"id": f"a-{number}", "name": f"Actor {number}", "type": "person"} for number in range(5000)
    ]
    claim = {"kind": "fact", "text": "words of a claim " * 6000, "cites": []}
    links = " ".join(f"[[a-{number % 5000}]]" for number in range(10_000))
    return dossier(
        event("claim-2025", claims=[claim], date="2025-01-05"),
        event(
            "participants-2025", date="2025-01-04",
            participants=[{"actor": actor["id"], "role": "guest"} for actor in actors],
        ),
        event("links-2025", summary=links, date="2025-01-03"),
        event("word-2025", title="w" * 900, summary="x" * 50_000, date="2025-01-02"),
        event("marks-2025", title="é̂̃" * 300, summary="首脳" * 20_000, date="2025-01-01"),
        actors=table(*actors),
    )  # fmt: skip


def worst(count: int, draw: random.Random, folder: Path) -> Trials:
    """First paint, and each key, on a dossier at its worst."""
    path = write(folder / "worst.json", at_its_worst())
    for _ in range(count):
        columns, rows = draw.choice([(80, 24), (120, 40), (40, 12), (200, 60)])
        faults = []
        with Terminal("-m", "tui", "open", path, columns=columns, rows=rows, env={}) as terminal:
            terminal.feed = False
            terminal.until(lambda: b"\x1b[?1049h" in terminal.output)
            start = time.monotonic()
            terminal.until(lambda: b"quit" in terminal.output or b"Event" in terminal.output)
            if (took := time.monotonic() - start) > PAINT:
                faults.append(f"the first paint took {took:.2f} s")
            terminal.settle(0.5)
            for key in draw.choices(
                ["j", "k", "right", "left", "pagedown", "G", "g", "f", "z"], k=20
            ):
                size, start = len(terminal.output), time.monotonic()
                terminal.press(key)
                last = start
                while time.monotonic() - max(last, start) < 0.3:
                    terminal.read(0.02)
                    if len(terminal.output) != size:
                        size, last = len(terminal.output), time.monotonic()
                if last - start > 5 * KEY:  # a busy machine; the medians are told by bench/run.py
                    faults.append(f"{key} took {last - start:.2f} s")
            terminal.press("\x11")
            if (status := terminal.ended()) or b"Traceback" in terminal.output:
                faults.append(f"status {status}")
        yield ", ".join(faults)
