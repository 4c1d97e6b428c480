"""Every kind of file that cannot be read, through every command: one line, status 2, at once."""

import os
import random
import socket
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.hostile import Trials
from tests.support import SMALL, apart
from tests.terminal.emulator import Terminal

#: Seconds, beside what starting Python and ending it takes on a busy machine.
LONGEST = 1.0


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2 << 30)


def _socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the address of a socket has at most 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _bytes(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


SMALLER = SMALL.read_bytes()
KINDS: dict[str, Callable[[Path], object]] = {
    "none": lambda path: None,
    "folder": Path.mkdir,
    "fifo": os.mkfifo,
    "socket": _socket,
    "sparse": _sparse,
    "zero": lambda path: path.symlink_to("/dev/zero"),
    "null": lambda path: path.symlink_to("/dev/null"),
    "loop": lambda path: path.symlink_to(path),
    "dangling": lambda path: path.symlink_to("nowhere"),
    "memory": lambda path: path.symlink_to("/proc/self/mem"),
    "empty": _bytes(b""),
    "blank": _bytes(b" \n"),
    "half": _bytes(SMALLER[: len(SMALLER) // 2]),
    "utf-16": _bytes(SMALLER.decode().encode("utf-16")),
    "latin-1": _bytes('{"meta": {"1": {"title": "é"}}}'.encode("latin-1")),
    "nul": _bytes(SMALLER.replace(b'"title"', b'"ti\x00tle"')),
    "deep": _bytes(b"[" * 200_000),
    "deeper": _bytes(b'{"meta":' * 200_000),
    "list": _bytes(b"[]"),
    "number": _bytes(b"1"),
    "nines": _bytes(b"9" * 10_000),
    "nan": _bytes(b'{"meta": NaN}'),
    "infinite": _bytes(SMALLER.replace(b'"format": 1', b'"format": 1e999')),
    "unknown": _bytes(SMALLER.replace(b'"format": 1', b'"format": 1, "x": ' + b"9" * 5000)),
    "later": _bytes(SMALLER.replace(b'"format": 1', b'"format": 2')),
    "latest": _bytes(SMALLER.replace(b'"format": 1', b'"format": ' + b"9" * 4000)),
    "no-meta": _bytes(b'{"events": {}}'),
    "text": _bytes(b"Dear reader,\n"),
    "sqlite": _bytes(b"SQLite format 3\x00" + bytes(4096)),
    "zip": _bytes(b"PK\x03\x04" + bytes(100)),
}
COMMANDS = [
    ("find", "--store"), ("find", "x", "--json", "--store"), ("show", "x", "--store"),
    ("check",), ("export", "--to", "csv", "--store"), ("export", "--to", "json", "--store"),
    ("timeline", "--store"), ("note", "x", "words", "--store"), ("mark", "x", "--store"),
    ("notes", "--store"), ("import", "--map", "map.toml", "-o", "new.json"), ("open",),
]  # fmt: skip


def trials(count: int, draw: random.Random, folder: Path) -> Trials:
    every = [(kind, command) for kind in KINDS for command in COMMANDS]
    draw.shuffle(every)
    start = time.monotonic()
    apart("find", "x", "--store", SMALL)
    longest = LONGEST + 2 * (time.monotonic() - start)
    (folder / "map.toml").write_text("[event]\n")
    for number in range(count):
        kind, command = every[number % len(every)]
        here = folder / f"{number}"
        here.mkdir()
        path = here / "given"
        KINDS[kind](path)
        before = sorted(os.listdir(here)), os.path.lexists(path) and os.lstat(path).st_mtime_ns
        status, said, took = _refused(command, path)
        if took > longest:  # something else may have had the processor
            took = _refused(command, path)[2]
        after = sorted(os.listdir(here)), os.path.lexists(path) and os.lstat(path).st_mtime_ns
        good = status == 2 and said.count("\n") == 1 and len(said) < 1000 and "Trace" not in said
        yield (
            f"{kind} by {' '.join(command)}: status {status}, {said[-400:]!r}"
            if not good
            else f"{kind} by {' '.join(command)}: {took:.1f} s"
            if took > longest
            else f"{kind} by {' '.join(command)}: {before} became {after}"
            if after != before
            else ""
        )


def _refused(command: tuple[str, ...], path: Path) -> tuple[int | None, str, float]:
    """Run a command on a file; its status, what it says, and how many seconds it took."""
    start = time.monotonic()
    if command == ("open",):
        with Terminal("-m", "tui", "open", path, columns=250, rows=24, env={}) as terminal:
            status, said = terminal.ended(), terminal.output.decode(errors="replace")
    else:
        result = apart(*command, path, cwd=path.parent)
        status, said = result.returncode, result.stdout + result.stderr
    return status, said, time.monotonic() - start
