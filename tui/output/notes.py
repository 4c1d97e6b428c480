"""What a notebook holds of a dossier, as a table, lines or JSON."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.dossier import safe_text
from tui.text.glyphs import Signs

if TYPE_CHECKING:
    from rich.console import OverflowMethod
    from rich.text import Text

    from tui.notebook import Entry

_ID, _GAP = 36, "  "


def as_lines(entries: "Sequence[Entry]", signs: Signs) -> str:
    """Tab-separated lines: id, "marked" or "-", the note on one line; no escape codes."""
    return "".join(
        f"{_id(entry)}\t{'marked' if entry.marked else '-'}\t"
        f"{signs.plain(safe_text.clean_line(entry.note))}\n"
        for entry in entries
    )


def as_json(entries: "Sequence[Entry]") -> str:
    """One array of id, note and marked, in ASCII escapes."""
    import json

    return json.dumps([entry._asdict() for entry in entries], indent=2) + "\n"


def print_notes(entries: "Sequence[Entry]", titles: Mapping[str, str], signs: Signs) -> None:
    """One line per record, never wider than the terminal: a star if marked, id, title, note.

    `titles` are those of the ids that the dossier has.
    """
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    ids = [Text(_id(entry)) for entry in entries]
    names = [Text(signs.plain(titles.get(entry.id, "")), "dim") for entry in entries]
    notes = [Text(signs.plain(_first_line(entry.note, signs))) for entry in entries]
    # The id yields last: it is what the next command is given.
    room = console.width - 2
    id_width = min(_widest(ids), _ID, max(1, room))
    room = max(0, room - id_width - 2 * len(_GAP))
    title_width = min(_widest(names), max(room // 2, room - _widest(notes)))
    for entry, id_, name, note in zip(entries, ids, names, notes, strict=True):
        for cell, width in ((id_, id_width), (name, title_width), (note, room - title_width)):
            how: OverflowMethod = "crop" if signs.ascii else "ellipsis"
            cell.truncate(max(0, width), overflow=how, pad=cell is not note)
        line = Text.assemble(("* " if entry.marked else "  ", "bold"), id_, _GAP, name, _GAP, note)
        console.print(line, no_wrap=True, overflow="crop")


def _id(entry: "Entry") -> str:
    return safe_text.clean_line(entry.id)


def _first_line(note: str, signs: Signs) -> str:
    first, _, rest = note.partition("\n")
    return f"{first} {signs.ellipsis}" if rest else first


def _widest(cells: "Sequence[Text]") -> int:
    return max((cell.cell_len for cell in cells), default=0)
