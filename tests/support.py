"""What the tests share: where things are, dossiers from dicts, the command in a process."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tui.cli import main
from tui.commands.streams import spell_out

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SMALL = ROOT / "tests" / "dossiers" / "small.json"
SHIPPED = ROOT / "data.json"

#: The environment of a process that is killed, may not write, or has its imports looked at:
#: it is left out where coverage is measured.
UNMEASURED = {"COVERAGE_PROCESS_START": "", "COVERAGE_PROCESS_CONFIG": ""}

Fields = dict[str, Any]


def table(*documents: Fields) -> Fields:
    """Documents as TinyDB keeps them, numbered from 1."""
    return {str(number): document for number, document in enumerate(documents, 1)}


def overview(**fields: Any) -> Fields:
    """The one document of `meta`."""
    return {
        "format": 1,
        "title": "A dossier",
        "subject": "AZ",
        "summary": "",
        "as_of": "2025-12-01",
        "language": "en",
        "licence": "CC0-1.0",
    } | fields


def event(id_: str = "one-2025", **fields: Any) -> Fields:
    """An event with only what is required, and `fields`."""
    return {"id": id_, "type": "meeting", "title": f"Event {id_}", "date": "2025-08-08"} | fields


def dossier(*events: Fields, **tables: Fields) -> Fields:
    """A dossier of these events."""
    return {"meta": table(overview()), "events": table(*events), **tables}


def write(path: Path, value: Any) -> Path:
    """Write `value` as JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2), encoding="utf-8")
    return path


def summitry(
    *arguments: object, given: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in this process, which is quick, without a terminal; see `apart`."""
    words = [*map(str, arguments)]
    stdin, out, err = (
        io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") for data in (given.encode(), b"", b"")
    )
    with (
        patch.dict(os.environ, env or {}),
        patch.multiple(sys, stdin=stdin, stdout=out, stderr=err),
    ):
        spell_out(out, err)
        try:
            status = main(words)
        except SystemExit as ended:  # after --help
            status = ended.code if isinstance(ended.code, int) else 0
    for stream in (out, err):
        stream.seek(0)
    return subprocess.CompletedProcess(words, status, out.read(), err.read())


def apart(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, without a terminal unless one is given."""
    return python("-m", "tui", *arguments, **options)


def python(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run Python with Summitry importable."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    defaults: Fields = {"stdin": subprocess.DEVNULL} if "input" not in options else {}
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        **defaults | options,
    )
