"""Try everything that might break it: python -m tests.bench.hostile [--short] [--seed N] [PART…].

Prints for each part how many trials it made, with which seed, and every fault; ends with 1 where
there was one. The same seed makes the same trials, but for the moment at which a signal arrives.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.hostile import (
    Part,
    Trials,
    code_points,
    endings,
    faults,
    files,
    indexes,
    mutants,
    screens,
)

PARTS = {
    "files": Part(files.trials, 500, 36),
    "mutants": Part(mutants.trials, 100_000, 400),
    "code-points": Part(code_points.trials, 1_600, 2),
    "input": Part(screens.random_input, 50_000, 300),
    "endings": Part(endings.trials, 1_000, 8),
    "faults": Part(faults.trials, 6_000, 150),
    "indexes": Part(indexes.trials, 2_000, 25),
    "replaced": Part(screens.replaced, 2_000, 6),
    "worst": Part(screens.worst, 40, 1),
}
_SHOWN = 20  # faults of a part


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=" ".join(PARTS))
    parser.add_argument("--short", action="store_true", help="under two minutes")
    parser.add_argument("--trials", type=int, help="so many of each part")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    for name in [name for name in os.environ if name.startswith(("SUMMITRY_", "XDG_"))]:
        del os.environ[name]
    broken = False
    for name in options.parts or PARTS:
        part = PARTS[name]
        count = options.trials or (part.short if options.short else part.long)
        start, made, found = time.monotonic(), 0, []
        with tempfile.TemporaryDirectory(prefix="summitry-hostile-") as folder:
            os.environ.update(HOME=folder, XDG_CACHE_HOME=f"{folder}/cache")
            draw = random.Random(f"{options.seed} {name}")
            for fault in _to_the_end(part.run(count, draw, Path(folder))):
                made += 1
                if fault:
                    found.append(fault)
                    if len(found) <= _SHOWN:
                        print(f"  {name}, trial {made}: {fault}", flush=True)
        took = time.monotonic() - start
        print(
            f"{name}: {made:,} trials, {len(found)} faults, seed {options.seed}, {took:.0f} s",
            flush=True,
        )
        broken |= bool(found)
    return int(broken)


def _to_the_end(trials: Trials) -> Trials:
    """The trials; one that fails the test itself is a fault, and the last."""
    try:
        yield from trials
    except AssertionError as error:
        yield f"{error}"


if __name__ == "__main__":
    sys.exit(main())
