"""Measure `find` and `show`, whole processes, beside `python -c pass`: python tests/bench/shell.py.

The commands are run in turn, round after round, so that all of them see the same machine; the
median is what is compared. Below stands where the time of `find` goes: what each import takes
(`-X importtime`, less what it imports itself) and what is left for the work.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: `find` once indexed, at most so many times `python -c pass`.
TARGET = 4.0
_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|(\s+)(\S+)")


def cases(words: list[str]) -> dict[str, list[str]]:
    """What is run: the floor first."""
    tui = [sys.executable, "-m", "tui"]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import sqlite3, argparse'": [sys.executable, "-c", "import sqlite3, argparse"],
        f"find {' '.join(words)}": [*tui, "find", *words],
        "find type:summit on:2025-10": [*tui, "find", "type:summit", "on:2025-10"],
        "find (a word with a slip)": [*tui, "find", "gabla"],
        "find --json": [*tui, "find", "--json", *words],
        "find (everything)": [*tui, "find"],
        "show": [*tui, "show", "ilham-aliyev"],
    }


def once(command: list[str], environment: dict[str, str]) -> float:
    """Milliseconds from start to end of a process whose output goes into a pipe."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                   check=False)  # fmt: skip
    return (time.perf_counter() - start) * 1000


def measure(
    commands: dict[str, list[str]], environment: dict[str, str], rounds: int
) -> dict[str, list[float]]:
    """Milliseconds of each command in each round, after one round that warms everything."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            spent = once(command, environment)
            if number:
                taken[name].append(spent)
    return taken


def imports(command: list[str], environment: dict[str, str], rounds: int = 5) -> dict[str, float]:
    """Milliseconds that each import takes by itself, the median of a few runs."""
    seen: dict[str, list[int]] = {}
    for _ in range(rounds):
        timed = [command[0], "-X", "importtime", *command[1:]]
        result = subprocess.run(timed, env=environment, capture_output=True, encoding="utf-8",
                                stdin=subprocess.DEVNULL, check=False)  # fmt: skip
        for own, _, _, name in _IMPORT.findall(result.stderr):
            seen.setdefault(name, []).append(int(own))
    return {name: statistics.median(spent) / 1000 for name, spent in seen.items()}


def grouped(alone: dict[str, float], floor: dict[str, float]) -> dict[str, float]:
    """The imports beyond those of a bare Python, by package; ours one by one."""
    groups: dict[str, float] = {}
    for name, spent in alone.items():
        if name in floor:
            continue
        top = name.split(".")[0].lstrip("_")
        groups[name if top == "tui" else top] = groups.get(name if top == "tui" else top, 0) + spent
    return dict(sorted(groups.items(), key=lambda item: -item[1]))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("words", nargs="*", default=["gabala"], help="what to find")
    parser.add_argument("--dossier", type=Path, default=ROOT / "data.json")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ, "XDG_CACHE_HOME": folder, "PYTHONPATH": str(ROOT),
            "SUMMITRY_STORE": str(options.dossier.resolve()),
        }  # fmt: skip
        commands = cases(options.words)
        taken = measure(commands, environment, options.rounds)
        floor, _, looked_up, *_ = commands.values()
        groups = grouped(imports(looked_up, environment), imports(floor, environment))
    medians = {name: statistics.median(spent) for name, spent in taken.items()}
    bare = medians["python -c pass"]
    found = medians[list(commands)[2]]
    if options.json:
        print(json.dumps({"medians": medians, "imports": groups}, indent=2))
    else:
        print(f"{options.rounds} rounds, interleaved; median, times the floor, fastest")
        for name, spent in taken.items():
            print(
                f"{medians[name]:7.1f} ms {medians[name] / bare:5.2f} x {min(spent):7.1f}  {name}"
            )
        print(f"\nwhere the {found - bare:.1f} ms of find beyond the floor go")
        for name, spent in list(groups.items())[:14]:
            print(f"{spent:7.1f} ms  import {name}")
        rest = sum(list(groups.values())[14:])
        print(f"{rest:7.1f} ms  {max(0, len(groups) - 14)} other imports")
        print(f"{found - bare - sum(groups.values()):7.1f} ms  the work: open, search, print, end")
    return 0 if found <= TARGET * bare else 1


if __name__ == "__main__":
    raise SystemExit(main())
