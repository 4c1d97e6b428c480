"""An import for the tests: rows and a mapping in, the tables of the dossier out."""

import json
from pathlib import Path

from tests.support import Fields
from tui import importing
from tui.dossier import store

HEAD = """
[dossier]
title = "A list"
[source]
id = "the-list"
title = "The list"
date = "2024"
"""
EVENT = """
[event]
title = "{title}"
date = "{date}"
"""


def imported(
    tmp_path: Path, rows: str, mapping: str = EVENT, name: str = "rows.csv"
) -> tuple[Fields, importing.Outcome]:
    """Import `rows`; the tables of the dossier, read back and checked, and what was said."""
    source = tmp_path / name
    source.write_text(rows, encoding="utf-8")
    target = tmp_path / "new.json"
    outcome = importing.write(
        str(source), importing.parse_mapping(HEAD + mapping, "map"), str(target)
    )
    store.load(target)  # valid, or it raises
    text = target.read_text(encoding="utf-8")
    value = json.loads(text)
    assert text == json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    return {table: list(documents.values()) for table, documents in value.items()}, outcome


def only(tmp_path: Path, rows: str, mapping: str = EVENT, name: str = "rows.csv") -> Fields:
    """The one event that comes of `rows`."""
    tables, outcome = imported(tmp_path, rows, mapping, name)
    assert outcome.rejected == 0
    (event,) = tables["events"]
    return dict(event)


def refusals(tmp_path: Path) -> str:
    return (tmp_path / "new.rejected.csv").read_text(encoding="utf-8-sig")
