"""The TOML of a proposed mapping: safe strings, and the tables every proposal begins with."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime

from tui.dossier import safe_text
from tui.importing.names import slug


def head(path: str) -> Iterator[str]:
    """The lines of ``[dossier]`` and ``[source]`` for the file at `path`."""
    stem = os.path.splitext(os.path.basename(os.path.realpath(path)))[0]
    name = (
        " ".join(safe_text.clean_line(stem).replace("_", " ").replace("-", " ").split()) or "Events"
    )
    name = name[:1].upper() + name[1:200]
    changed = datetime.fromtimestamp(os.stat(path).st_mtime, UTC).strftime("%Y-%m-%d")
    yield "# A mapping to edit; then: summitry import FILE --map THIS.toml --preview 3"
    yield "[dossier]"
    yield f"title = {quoted(name)}"
    yield 'language = "en"'
    yield 'licence = "NOASSERTION"  # the licence of the data (SPDX), for instance "CC0-1.0"'
    yield ""
    yield "[source]  # what every imported claim cites"
    yield f"id = {quoted(slug('source ' + name, 'source'))}"
    yield f"title = {quoted(name)}"
    yield f'date = "{changed}"  # when it was published; this is when the file was changed'
    yield 'type = "dataset"'
    yield ""


def column(name: str, before: str = "") -> str:
    """A template of one column, with some text before it."""
    return quoted(f"{before}{{{name}}}")


def listed(values: list[str]) -> str:
    """A list of strings."""
    return f"[{', '.join(map(quoted, values))}]"


def quoted(value: str) -> str:
    """A string: JSON's escapes are TOML's too, once the text is clean."""
    return json.dumps(safe_text.clean_line(value), ensure_ascii=False)
