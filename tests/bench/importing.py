"""Measure an import beside the csv module's reading and json's writing of the same rows, in one
run: python tests/bench/importing.py [--rows 200000] [--rounds 3]."""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MAPPING = """
[dossier]
title = "Visits"
[source]
id = "visits"
title = "Visits"
date = "2024"
[read]
missing = ["NA"]
date_format = ["%d.%m.%Y"]
[event]
title = "{visitor} in {city}"
date = "{start}/{end}"
type = "{kind}"
region = "{from}"
place = "{city}"
at = "row {id}"
text = "{description}"
tags = "{stage}"
[[event.participants]]
name = "{visitor}"
split = ";"
role = "guest"
type = "person"
[event.facts]
Country = "{from}"
[types]
"State Visit" = "visit"
"*" = "meeting"
"""


def make(path: Path, rows: int) -> None:
    """A file of visits: about 250 bytes a row, names from several alphabets."""
    pick = random.Random(7)
    names = [f"{given} {family} {n}" for n in range(40) for given in ("Əli", "Anna", "Łukasz")
             for family in ("Məmmədov", "Smith", "Kowalski", "Петров", "Öztürk")]  # fmt: skip
    countries = [f"Country {n}" for n in range(190)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["id", "start", "end", "visitor", "city", "from", "kind", "stage", "description"]
        )
        for number in range(rows):
            day, month, year = pick.randint(1, 27), pick.randint(1, 12), pick.randint(1900, 2024)
            writer.writerow([
                number, f"{day:02}.{month:02}.{year}", f"{day + 1:02}.{month:02}.{year}",
                "; ".join(pick.sample(names, pick.choice((1, 1, 2)))), f"City {number % 900}",
                pick.choice(countries), pick.choice(("State Visit", "Working")),
                pick.choice(("official; working", "private", "NA")),
                f"Met with the president, “{pick.choice(names)}”, and attended talks on trade, "
                f"transport and energy; signed document number {number} of that year.",
            ])  # fmt: skip


def floor(source: Path, target: Path) -> float:
    """Seconds that csv takes to read the rows and json to write them."""
    start = time.perf_counter()
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with target.open("w", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False)
    return time.perf_counter() - start


def imported(source: Path, mapping: Path, target: Path) -> float:
    """Seconds that the whole command takes, its start included."""
    command = [sys.executable, "-m", "tui", "import", source, "--map", mapping, "-o", target]
    start = time.perf_counter()
    subprocess.run([*map(str, command), "--force"], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, mapping = Path(folder, "rows.csv"), Path(folder, "map.toml")
        make(source, options.rows)
        mapping.write_text(MAPPING, encoding="utf-8")
        # Before this process grows: a child's peak counts what it was forked from.
        imported(source, mapping, Path(folder, "new.json"))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
        pairs = [
            (floor(source, Path(folder, "rows.json")),
             imported(source, mapping, Path(folder, "new.json")))
            for _ in range(options.rounds)
        ]  # fmt: skip
        size = source.stat().st_size >> 20
        made = Path(folder, "new.json").stat().st_size >> 20
    bare, ours = (sorted(times)[len(times) // 2] for times in zip(*pairs, strict=True))
    print(f"{options.rows:,} rows ({size} MiB → {made} MiB): csv and json {bare:.2f} s, "
          f"import {ours:.2f} s = {ours / bare:.1f} × (target 4); at most {peak} MiB")  # fmt: skip
    return 0 if ours <= 4 * bare else 1


if __name__ == "__main__":
    raise SystemExit(main())
