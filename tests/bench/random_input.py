"""Random input in a real terminal: python -m tests.bench.random_input --inputs 20000.

Keys, mouse events, pastes and resizes from 1x1 to 300x100 go to explorers on the shipped dossier,
one of one event and one of none, over five seeds.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.support import SHIPPED
from tests.terminal.random_input import survive, written


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--inputs", type=int, default=20_000, help="over all seeds and dossiers")
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    each = -(-options.inputs // (3 * options.seeds))
    faults = 0
    for seed in range(options.seeds):
        for name in ("shipped", "one", "none"):
            with tempfile.TemporaryDirectory() as folder:
                path = SHIPPED if name == "shipped" else written(Path(folder), name)
                if fault := survive(Path(folder), path, seed, each):
                    faults += 1
                    print(f"seed {seed}, {name}: {fault}", flush=True)
                else:
                    print(f"seed {seed}, {name}: {each} inputs survived", flush=True)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
