"""What a search found, as a table, lines or JSON."""

from typing import TYPE_CHECKING

from tui.dossier import folding, prose_links, safe_text
from tui.text.glyphs import Signs

_DATE, _REGIONS, _TITLE = 22, 26, 44

if TYPE_CHECKING:
    from rich.text import Text

    from tui.dossier.check import Problem
    from tui.dossier.dossier import Dossier, Row
    from tui.dossier.search import Answer


def as_lines(dossier: "Dossier", answer: "Answer", signs: Signs) -> str:
    """Tab-separated lines: id, type, title, date, regions; no escape codes."""
    lines = []
    for row in answer.rows:
        regions = ", ".join(dossier.label(region) for region in row.regions)
        cells = (row.id, row.type, row.title, row.date or "", regions)
        lines.append("\t".join(signs.plain(cell) for cell in cells) + "\n")
    return "".join(lines)


def as_json(dossier: "Dossier", answer: "Answer") -> str:
    """One array; the text as it stands in the file, in ASCII escapes."""
    import json

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
            }
        )
    return json.dumps(found, indent=2) + "\n"


def records_as_json(dossier: "Dossier", rows: list["Row"]) -> str:
    """Each record as in the file, with what leads to and from it; an array if several."""
    import json

    found = []
    for row in rows:
        record = json.loads(dossier.body(row, raw=True))
        whole = dossier.whole(row)
        record["kind"] = row.kind
        record["links"] = list(_links(record))
        if row.kind == "event":
            record["whole"] = whole.id if whole else None
            record["parts"] = [part.id for part in dossier.parts(row)]
        else:
            record["events"] = [event.id for event in dossier.rows(dossier.events_of(row).events)]
        record["backlinks"] = [{"id": other.id, "as": how} for other, how in dossier.backlinks(row)]
        found.append(record)
    return json.dumps(found[0] if len(found) == 1 else found, indent=2) + "\n"


def _links(record: dict[str, object]) -> dict[str, None]:
    """The ids that a record's prose links to, each once."""
    prose = [str(record.get("summary") or "")]
    claims = record.get("claims")
    prose += [str(claim.get("text", "")) for claim in claims] if isinstance(claims, list) else []
    return dict.fromkeys(id_ for piece in prose for id_ in prose_links.link_ids(piece))


def print_table(dossier: "Dossier", answer: "Answer", signs: Signs) -> None:
    """A ranked table on the terminal, never wider than it, the matching words marked."""
    from rich.console import Console
    from rich.text import Text

    from tui.dossier.dossier import shown_date
    from tui.text.layout import brief

    console = Console(highlight=False, markup=False, emoji=False)
    columns: list[list[Text]] = [[], [], [], []]
    for row in answer.rows:
        title = Text(signs.plain(row.title))
        for start, end in folding.mark_spans(title.plain, answer.words):
            title.stylize("bold underline", start, end)
        mark = f"{signs.type(row.type)} {row.type}" if row.kind == "event" else f"  {row.type}"
        regions = ", ".join(dossier.label(region) for region in row.regions)
        cells = (
            Text(signs.plain(brief(shown_date(row))), "dim"),
            Text(signs.plain(mark)),
            title,
            Text(signs.plain(regions), "dim"),
        )
        for column, cell in zip(columns, cells, strict=True):
            column.append(cell)
    for line in zip(*_fitted(columns, console.width, signs), strict=True):
        console.print(Text("  ").join(line), no_wrap=True, overflow="crop")
    if answer.total > len(answer.rows):
        rest = f"{answer.total - len(answer.rows):,}{'+' if answer.more else ''}"
        console.print(f"{rest} more; --limit shows them", style="dim")


def _fitted(columns: "list[list[Text]]", width: int, signs: Signs) -> "list[list[Text]]":
    """Date, type, title and regions within `width` columns: regions give way first, then type."""
    widest = [max((cell.cell_len for cell in column), default=0) for column in columns]
    sizes = [min(widest[0], _DATE), widest[1], widest[2], min(widest[3], _REGIONS)]
    for optional in (3, 1):
        over = sum(sizes) + 2 * len(sizes) - 2 - width
        if over > 0 and sizes[2 if len(sizes) > 2 else 1] - over < _TITLE:
            del columns[optional], sizes[optional]
    title = 2 if len(sizes) > 2 else 1
    others = sum(sizes) - sizes[title] + 2 * len(sizes) - 2
    sizes[title] = max(1, min(sizes[title], width - others))
    for column, size in zip(columns, sizes, strict=True):
        for cell in column:
            if cell.cell_len > size:
                cell.truncate(max(0, size - len(signs.ellipsis)))
                cell.append(signs.ellipsis)
            cell.truncate(size, pad=True)
    return columns


def problems_as_lines(found: list[tuple[str, "Problem"]]) -> str:
    """One problem a line: file, record, field, what and how to mend."""
    return "".join(f"{safe_text.clean_line(file)}: {problem}\n" for file, problem in found)


def problems_as_json(found: list[tuple[str, "Problem"]]) -> str:
    """One array of problems."""
    import json

    return (
        json.dumps([{"file": file, **problem.as_dict()} for file, problem in found], indent=2)
        + "\n"
    )
