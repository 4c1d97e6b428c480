"""Measure the import of a slice of many rows of Parquet beside the same query in DuckDB alone:
python tests/bench/querying.py [--rows 20000000] [--rounds 3]."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
#: One row in so many is of the country that is asked for.
SHARE = 400
#: Files that the rows are in.
FILES = 20

ROWS = """
SELECT i AS id, DATE '1990-01-01' + (i % 12000)::INT AS date,
    'Country ' || (i % {share}) AS country, 'Actor ' || (hash(i) % 5000) AS guest,
    ['visit', 'meeting', 'summit'][1 + i % 3] AS kind,
    'Met the president and attended talks on trade, transport and energy; document ' || i AS text
FROM range({first}, {last}) t(i)
"""
QUERY = "SELECT * FROM '{folder}/*.parquet' WHERE country = 'Country 7' ORDER BY id"
MAPPING = """
[dossier]
title = "A slice"
[source]
id = "visits"
title = "Visits"
date = "2024"
[read]
connect = "duckdb:"
sql = "{sql}"
[event]
id = "visit-{{id}}"
title = "{{guest}} in {{country}}"
date = "{{date}}"
type = "{{kind}}"
region = "{{country}}"
text = "{{text}}"
[[event.participants]]
name = "{{guest}}"
"""
ALONE = """
import sys, duckdb
duckdb.execute("SET enable_progress_bar = false")
print(len(duckdb.execute(sys.argv[1]).fetchall()))
"""


def measured(*command: object) -> tuple[float, int, str]:
    """Run a process; its seconds, its largest memory (MiB) and what it printed."""
    start = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[-1]}: it did not work")
    return time.perf_counter() - start, used.ru_maxrss >> 10, said


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, each = Path(name), options.rows // FILES
        for number in range(FILES):
            rows = ROWS.format(share=SHARE, first=number * each, last=(number + 1) * each)
            duckdb.execute(f"COPY ({rows}) TO '{folder}/{number}.parquet'")
        size = sum(path.stat().st_size for path in folder.glob("*.parquet")) >> 20
        sql, mapping, target = QUERY.format(folder=folder), folder / "map.toml", folder / "new.json"
        mapping.write_text(MAPPING.format(sql=sql), encoding="utf-8")
        command = ("-m", "tui", "import", "--map", mapping, "-o", target, "--force")
        found = [
            (measured(sys.executable, "-c", ALONE, sql), measured(sys.executable, *command))
            for _ in range(options.rounds)
        ]
        made = target.stat().st_size >> 20
    alone, ours = (sorted(runs)[len(runs) // 2] for runs in zip(*found, strict=True))
    print(f"{options.rows:,} rows ({size:,} MiB of Parquet), {int(alone[2]):,} of them imported "
          f"({made} MiB): DuckDB alone {alone[0]:.2f} s, {alone[1]:,} MiB; import {ours[0]:.2f} s, "
          f"{ours[1]:,} MiB")  # fmt: skip
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
