"""Measure the explorer beside a bare Textual hello world, in one run: python tests/bench/run.py.

Needs the pty benchmark of the workshop, `ptybench.py`, which is looked for in `../shared/tools`
beside the repository, or at PTYBENCH.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
#: The record of the shipped dossier with the longest page.
LONGEST = "state-azerbaijan"
TOOL = Path(os.environ.get("PTYBENCH", ROOT.parent / "shared" / "tools" / "ptybench.py"))


def spec(dossier: Path) -> dict[str, object]:
    """The cases: the floor, going down the events, on the page, finding, walking links."""
    python = shlex.quote(sys.executable)
    explorer = f"{python} -m tui open {shlex.quote(str(dossier))}"
    return {
        "baseline": "bare",
        "defaults": {"size": "120x40", "quit": ["q"], "cwd": str(ROOT)},
        "cases": {
            "bare": {"cmd": f"{python} {shlex.quote(str(HERE / 'floor.py'))}", "ready": "Hello"},
            "events": {
                "cmd": explorer,
                "ready": "Regions",
                "prepare": ["2"],
                "key": "down",
                "n": 30,
            },
            "page": {"cmd": explorer, "ready": "Regions", "prepare": ["3"], "key": "J", "n": 30},
            "typing": {
                "cmd": explorer,
                "ready": "Regions",
                "prepare": ["/"],
                "key": [*"washington", "ctrl+u", *"gabala", "ctrl+u", *"pashinyan"],
                "n": 27,
                "quit": ["esc", "q"],
            },
            # Back from a link of the longest page and forward to it again.
            "walk": {
                "cmd": f"{explorer} --at {LONGEST}",
                "ready": "Regions",
                "prepare": ["3", "down", "down", "enter"],
                "key": ["[", "]"],
                "n": 30,
            },
        },
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--dossier", type=Path, default=ROOT / "data.json")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    options = parser.parse_args()
    if not TOOL.exists():
        print(f"no pty benchmark at {TOOL}; name it in PTYBENCH", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "spec.json")
        path.write_text(json.dumps(spec(options.dossier.resolve())), encoding="utf-8")
        command = [sys.executable, str(TOOL), "compare", str(path), "--rounds", str(options.rounds)]
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        shown = [] if options.json else ["--table"]
        return subprocess.run([*command, *shown], env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
