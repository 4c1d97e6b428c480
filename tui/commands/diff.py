"""`summitry diff`: what changed between two dossiers."""

import json
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.commands import JSON, Argument, Options, command
from tui.commands.streams import FOUND, NOTHING, signs, write

if TYPE_CHECKING:
    from tui.dossier.comparison import Change

#: The signs of what happened, and of a field that is gone, is there now, or is another.
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
#: A value longer than this is cut; one that changed begins so much before the first difference.
_LONGEST, _BEFORE = 160, 40


@command(
    "diff",
    Argument("old", metavar="OLD", help="a dossier"),
    Argument("new", metavar="NEW", help="the dossier as it is now"),
    JSON,
)
def diff(options: Options) -> int:
    """Print which records were added, changed and removed between two dossiers."""
    from tui.dossier import store
    from tui.dossier.comparison import ABSENT, changes

    # So git names the side on which there is no file.
    sides = (options.old, options.new)
    old, new = (ABSENT if side == os.devnull else store.load(side) for side in sides)
    found = list(changes(old, new))
    if options.json:
        from tui.output.results import changes_as_json

        write(changes_as_json(found))
    else:
        for change in found:
            write("".join(signs().plain(f"{line}\n") for line in _lines(change)))
    return NOTHING if found else FOUND


def _lines(change: "Change") -> Iterator[str]:
    """A line for the record, and one for each of its fields, indented."""
    from tui.dossier.safe_text import clean_line

    yield clean_line(f"{_SIGNS[change.what]} {change.kind} {change.id}: {change.title}")
    for name, (old, new) in change.fields.items():
        sign = _SIGNS["added" if old is None else "removed" if new is None else "changed"]
        sides = [_words(value) for value in (old, new) if value is not None]
        start = 0
        if len(sides) > 1 and max(map(len, sides)) > _LONGEST:
            same = os.path.commonprefix(sides)  # noqa: RUF071 - of characters
            start = max(0, len(same) - _BEFORE)
        told = " -> ".join(_cut(side, start) for side in sides)
        yield f"    {clean_line(f'{sign} {name}: {told}')}"


def _words(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cut(words: str, start: int) -> str:
    end = start + _LONGEST
    return f"{'…' * bool(start)}{words[start:end]}{'…' * (len(words) > end)}"
