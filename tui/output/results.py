"""What the commands write into a pipe: lines with tabs between the cells, and JSON.

No line holds an escape code; JSON is in ASCII, with the text as it stands in the file.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.dossier.prose_links import link_ids
from tui.dossier.safe_text import clean_line
from tui.text.glyphs import Signs

if TYPE_CHECKING:
    from tui.dossier.check import Problem
    from tui.dossier.comparison import Change
    from tui.dossier.dossier import Dossier, Row
    from tui.dossier.search import Answer
    from tui.notebook import Entry


def found_as_lines(dossier: "Dossier", answer: "Answer", signs: Signs) -> str:
    """Give a line for each record found: id, type, title, date, regions."""
    lines = []
    for row in answer.rows:
        regions = ", ".join(dossier.label(region) for region in row.regions)
        cells = (row.id, row.type, row.title, row.date or "", regions)
        lines.append("\t".join(signs.plain(cell) for cell in cells) + "\n")
    return "".join(lines)


def found_as_json(dossier: "Dossier", answer: "Answer") -> str:
    """Give the records found as one array."""
    import json  # loaded only where it is asked for, here and below

    found = []
    for row in answer.rows:
        raw = json.loads(dossier.body(row, raw=True))
        found.append(
            {
                "id": row.id,
                "type": row.type,
                "title": raw.get("title", raw.get("name")),
                "date": row.date,
                "regions": list(row.regions),
                "summary": raw.get("summary") or "",
                "place": row.place,
                "participants": [one["actor"] for one in raw.get("participants") or ()],
            }
        )
    return _json(found)


def records_as_json(dossier: "Dossier", rows: list["Row"]) -> str:
    """Give each record as in the file, with what leads to and from it; an array if several."""
    import json

    from tui.dossier.records import prose_of

    found = []
    for row in rows:
        record = json.loads(dossier.body(row, raw=True))
        whole = dossier.whole(row)
        record["kind"] = row.kind
        prose = prose_of(dossier.record(row))
        record["links"] = list(dict.fromkeys(id_ for _, one in prose for id_ in link_ids(one)))
        if row.kind == "event":
            record["whole"] = whole.id if whole else None
            record["parts"] = [part.id for part in dossier.parts(row)]
        else:
            events = dossier.rows(sorted(dossier.events_of(row).events))
            record["events"] = [event.id for event in events]
        record["backlinks"] = [{"id": other.id, "as": how} for other, how in dossier.backlinks(row)]
        found.append(record)
    return _json(found[0] if len(found) == 1 else found)


def notes_as_lines(entries: "Sequence[Entry]", signs: Signs) -> str:
    """Give a line for each record of a notebook: id, "marked" or "-", the note on one line."""
    return "".join(
        f"{clean_line(entry.id)}\t{'marked' if entry.marked else '-'}\t"
        f"{signs.plain(clean_line(entry.note))}\n"
        for entry in entries
    )


def notes_as_json(entries: "Sequence[Entry]") -> str:
    """Give the id, note and mark of each record of a notebook as one array."""
    return _json([entry._asdict() for entry in entries])


def problems_as_lines(found: list[tuple[str, "Problem"]]) -> str:
    """Give a line for each problem: file, record, field, what is wrong and how to mend it."""
    return "".join(f"{clean_line(file)}: {problem}\n" for file, problem in found)


def problems_as_json(found: list[tuple[str, "Problem"]]) -> str:
    """Give the problems as one array."""
    return _json([{"file": file, **problem.as_dict()} for file, problem in found])


def changes_as_json(found: "Sequence[Change]") -> str:
    """Give the changes as one array; of each field what it was and what it is now."""
    return _json([change._asdict() for change in found])


def starter() -> str:
    """Read the small dossier that `summitry new` writes: every table and field, explained."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "starter.json")
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def _json(value: object) -> str:
    import json

    return json.dumps(value, indent=2) + "\n"
