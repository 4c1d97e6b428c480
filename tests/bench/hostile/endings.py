"""Every ending at every moment: while starting and indexing, in each view and dialog, writing."""

import json
import random
import signal
from pathlib import Path

from tests.bench.hostile import Trials
from tests.support import SHIPPED, dossier, event, write
from tests.terminal.endings import ended_by

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT)
#: What is typed before the ending comes.
PLACES = {
    "list": "jj", "region": "1j", "page": "3j", "timeline": "t", "meetings": "w", "agreements": "T",
    "map": "M", "help": "?", "zen": "z", "find": "/gab", "found": "/gab\r", "letters": "f",
    "group": "v", "claims": "c", "copy": "y", "export": "e", "palette": "\x10", "note": "awords",
    "saved": "awords\x13", "mark": "m", "marks": "'", "leaving": "\x11",
}  # fmt: skip


def trials(count: int, draw: random.Random, folder: Path) -> Trials:
    large = folder / "large.json"
    events = (event(f"e-{number}", summary="words " * 20) for number in range(20_000))
    write(large, dossier(*events))
    json.loads(large.read_bytes())
    moments = ["starting", "pictured", "indexing", "export", "import", *PLACES]
    pictured = folder / "pictured"  # the home of one who was there before: a picture is kept
    pictured.mkdir()
    ended_by(pictured, signal.SIGTERM, 4, keys=("j",))
    rows = folder / "rows.csv"
    rows.write_text("title,date\n" + "A visit,2025-08-08\n" * 50_000)
    (folder / "map.toml").write_text(
        '[dossier]\ntitle="T"\n[source]\nid="s"\ntitle="S"\ndate="2024"\n'
        '[event]\ntitle="{title}"\ndate="{date}"\n'
    )
    for number in range(count):
        moment = moments[number % len(moments)]
        how = SIGNALS[draw.randrange(4)]
        home = folder / "home"
        home.mkdir(exist_ok=True)
        if moment == "pictured":
            fault = ended_by(pictured, how, draw.uniform(0.05, 0.8))
        elif moment == "starting":
            fault = ended_by(home, how, draw.uniform(0.02, 1.5))
        elif moment == "indexing":
            for index in home.rglob("*.sqlite"):
                index.unlink()
            fault = ended_by(home, how, draw.uniform(0.2, 3), path=large)
        elif moment in ("export", "import"):
            out = home / "out"
            command = {
                "export": ("export", "--to", "csv", "--store", large, "-o", out, "--force"),
                "import": ("import", rows, "--map", folder / "map.toml", "-o", out, "--force"),
            }[moment]
            fault = ended_by(home, how, draw.uniform(0.2, 4), arguments=command)
        else:
            typed = PLACES[moment]
            fault = ended_by(
                home, how, draw.choice([0, 0.01, 0.1, 0.5]), keys=(typed,), path=SHIPPED
            )
        yield f"{moment}: {fault}" if fault else ""
