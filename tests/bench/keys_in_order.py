"""Keys in one write against keys one by one: python -m tests.bench.keys_in_order --sequences 500.

Sends random sequences of 12 keys to two explorers, at three sizes, and says where their screens
differ. The sequences of one size run on in the same two explorers, which begin anew after a fault.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.support import SHIPPED
from tests.terminal.key_sequences import Pair, drawn

SIZES = ((120, 40), (80, 24), (48, 20))


def differing(columns: int, rows: int, seeds: list[int]) -> int:
    """Send the sequences of these seeds; returns after how many the screens differed."""
    faults = 0
    waiting = list(reversed(seeds))
    while waiting:
        with (
            tempfile.TemporaryDirectory() as folder,
            Pair(Path(folder), "open", SHIPPED, columns=columns, rows=rows) as pair,
        ):
            while waiting:
                seed = waiting.pop()
                pair.send(drawn(seed))
                if differences := pair.differences():
                    faults += 1
                    print(f"{columns}x{rows} seed {seed}: {drawn(seed)}\n{differences}", flush=True)
                    break
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sequences", type=int, default=500, help="of each size")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    at_random = random.randrange(1 << 32)
    seeds = [*range(options.first, options.first + options.sequences - 1), at_random]
    total = 0
    for columns, rows in SIZES:
        faults = differing(columns, rows, seeds)
        total += faults
        print(f"{columns}x{rows}: {len(seeds)} sequences, {faults} differ (last seed {at_random})")
    return bool(total)


if __name__ == "__main__":
    sys.exit(main())
