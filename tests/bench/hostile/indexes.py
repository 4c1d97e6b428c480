"""Indexes with bits, bytes, pages and ends changed: the right answer, always."""

import os
import random
import time
from pathlib import Path

from tests.bench.hostile import Trials
from tests.support import SMALL, apart
from tui.dossier import index_file

COMMANDS = [
    ("find", "--json", "--limit", "100"), ("find", "summit"), ("show", "lodz-accord-2025"),
    ("export", "--to", "csv"), ("timeline",),
]  # fmt: skip


def damaged(draw: random.Random, data: bytes) -> bytes:
    """The bytes with something of them changed."""
    at, page = draw.randrange(len(data)), 4096
    kind = draw.random()
    if kind < 0.5:
        return data[:at] + bytes([data[at] ^ (1 << draw.randrange(8))]) + data[at + 1 :]
    if kind < 0.7:
        return data[:at] + draw.randbytes(draw.randint(1, 64)) + data[at + 1 :]
    if kind < 0.8:
        return data[:at]
    start = at // page * page
    if kind < 0.9:
        return data[:start] + bytes(page) + data[start + page :]
    other = draw.randrange(len(data)) // page * page
    return data[:start] + data[other : other + page] + data[start + page :]


def trials(count: int, draw: random.Random, folder: Path) -> Trials:
    path = folder / "dossier.json"
    path.write_bytes(SMALL.read_bytes())
    right = {command: apart(*command, "--store", path).stdout for command in COMMANDS}
    index = Path(index_file.index_path(path))
    whole, times = index.read_bytes(), (time.time(), index.stat().st_mtime)
    for number in range(count):
        command = COMMANDS[number % len(COMMANDS)]
        index.write_bytes(damaged(draw, whole))
        if draw.random() < 0.8:
            os.utime(index, times)
        result = apart(*command, "--store", path)
        fault = ""
        if (result.returncode, result.stdout, result.stderr) != (0, right[command], ""):
            fault = f"{command}: status {result.returncode}, {result.stderr[-300:]!r}"
        elif strays := [entry.name for entry in index.parent.iterdir() if entry != index]:
            fault = f"{command}: strays {strays}"
        yield fault
