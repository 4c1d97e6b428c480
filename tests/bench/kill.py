"""Kill writers of a notebook at random moments, and count what is lost: python tests/bench/kill.py.

In each trial some processes write notes, marks and places into one notebook as fast as they can.
A writer acknowledges a note on a pipe when `Notebook.set_note` has returned. All are killed with
SIGKILL at a random moment after the first acknowledgement. Then the notebook must be readable,
without its copy, must hold each acknowledged note, or a later one of the same writer, and at most
one stray file may lie beside it. The notebook is kept from trial to trial.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tui.notebook import Notebook, ReadingPlace

KEY = "AZ A dossier"
RECORDS = 20
LASTING = (".bak", ".lock")


class Counts(NamedTuple):
    """What came of some trials; `acknowledged` counts writes, `lost` records per trial."""

    kills: int
    acknowledged: int
    lost: int
    unreadable: int
    strays_at_worst: int
    trials_with_a_stray: int


def write_for_ever(path: Path, writer: int, start: int, acks: int) -> None:
    """Note ever larger numbers, each acknowledged on the pipe once it is written."""
    notebook = Notebook.open(KEY, path)
    number = start
    while True:
        record = f"{writer}-{number % RECORDS}"
        notebook.set_note(record, f"{number}\n" + "ə" * (number % 700))
        os.write(acks, f"{record} {number}\n".encode())
        if number % 3 == 0:
            notebook.mark(record)
        if number % 5 == 0:
            notebook.set_place(ReadingPlace("region", "", record, number))
        number += 1


def trial(path: Path, writers: int, start: int, longest: float) -> list[tuple[str, int]]:
    """Start the writers and kill them; returns what they acknowledged: record and number."""
    reading, writing = os.pipe()
    children = []
    for writer in range(writers):
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                write_for_ever(path, writer, start, writing)
            finally:
                os._exit(1)
        children.append(child)
    os.close(writing)
    with os.fdopen(reading, "rb") as acks:
        first = acks.readline()
        time.sleep(random.uniform(0, longest))
        for child in children:
            os.kill(child, signal.SIGKILL)
        lines = [first, *acks.read().splitlines()]
    for child in children:
        _, status = os.waitpid(child, 0)
        if os.WTERMSIG(status) != signal.SIGKILL:
            raise RuntimeError("a writer failed before it was killed")
    return [(record.decode(), int(number)) for record, number in map(bytes.split, lines)]


def lost(path: Path, acknowledged: dict[str, int]) -> int:
    """How many records do not hold what was acknowledged, or the write that was under way."""
    notebook = Notebook.open(KEY, path)
    if notebook.take_notices():
        raise ValueError("damaged")
    held = {record: int(notebook.note(record).split("\n")[0] or -1) for record in acknowledged}
    return sum(held[record] < number for record, number in acknowledged.items())


def run(path: Path, trials: int, writers: int, longest: float) -> Counts:
    """Run the trials on the notebook at `path`; `longest` is the longest life in seconds."""
    known: dict[str, int] = {}
    total = lost_ = unreadable = worst = with_stray = 0
    for number in range(trials):
        fresh = trial(path, writers, (number + 1) * 1_000_000, longest)
        total += len(fresh)
        known |= dict(fresh)
        strays = [
            entry.name
            for entry in path.parent.iterdir()
            if entry.name != path.name and not entry.name.endswith(LASTING)
        ]
        worst = max(worst, len(strays))
        with_stray += bool(strays)
        try:
            json.loads(path.read_bytes())
            lost_ += lost(path, known)
        except ValueError:
            unreadable += 1
    return Counts(trials * writers, total, lost_, unreadable, worst, with_stray)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--writers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--longest", type=float, default=0.03, help="seconds a writer may live")
    parser.add_argument("--notebook", type=Path, help="this file, which stays")
    parser.add_argument("--json", action="store_true", help="the counts as JSON")
    options = parser.parse_args()
    random.seed(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        path = options.notebook or Path(folder, "notebook.json")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        counts = run(path, options.trials, options.writers, options.longest)
    if options.json:
        print(json.dumps(counts._asdict()))
    else:
        print(f"seed {options.seed}: {options.trials} trials of {options.writers} writers")
        print(", ".join(f"{name.replace('_', ' ')} {n}" for name, n in counts._asdict().items()))
    return int(bool(counts.lost or counts.unreadable or counts.strays_at_worst > 1))


if __name__ == "__main__":
    raise SystemExit(main())
