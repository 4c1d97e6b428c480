"""What the commands print on a terminal, with Rich: pages, what was found, notes, the timeline.

A page and a timeline are given as plain text, too, for a pipe.
"""

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.text.glyphs import Signs

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from tui.charts.timeline_plan import Chart
    from tui.dossier.dossier import Dossier
    from tui.dossier.search import Answer
    from tui.notebook import Entry
    from tui.pages.model import Page
    from tui.text.wrapping import TextLine

_PIPE_WIDTH = 80
#: Columns of an id beside a long title.
_LEAST_ID = 30
#: A page is never set narrower nor wider than this, whatever the environment says.
_NARROWEST, _WIDEST = 20, 200
# The roles of spans by how they look; those that are not here look like running text.
_ROLES = {
    "bold": ("title", "heading", "value", "done", "differ"),
    "italic": ("voice",),
    "dim": ("label", "muted", "note", "bar", "date", "url", "count",
            "span", "behind", "faint", "faint-mark", "rule"),
}  # fmt: skip
_STYLES = {role: style for style, roles in _ROLES.items() for role in roles}
# The widest columns of what was found: a date and regions; and the room that a title is to have.
_DATE, _REGIONS, _TITLE = 22, 26, 44
# The widest column of ids among notes, and what stands between columns.
_ID, _GAP = 36, "  "


def page_as_text(page: "Page", signs: Signs) -> str:
    """Give a page in lines for a pipe, without escape codes."""
    from tui.text.layout import lay_out

    return _plain(lay_out(page, pipe_width(), signs))


def pipe_width() -> int:
    """The columns of a page in a pipe: what fzf or the environment says, else 80."""
    for name in ("FZF_PREVIEW_COLUMNS", "COLUMNS"):
        wanted = os.environ.get(name, "")
        if wanted.isascii() and wanted.isdigit() and int(wanted[:6]) > 0:
            return max(_NARROWEST, min(int(wanted[:6]), _WIDEST))
    return _PIPE_WIDTH


def print_page(page: "Page", signs: Signs, *, again: bool) -> None:
    """Print a page in a comfortable width; `again` draws a rule before it."""
    from rich.text import Text

    from tui.text.layout import MEASURE, lay_out

    console = _console()
    width = min(shutil.get_terminal_size().columns, MEASURE)
    if again:
        console.print(Text(signs.rule * width, "dim"))
    _print_lines(console, lay_out(page, width, signs))


def timeline_as_text(chart: "Chart", signs: Signs) -> str:
    """Give a timeline in 80 columns, without escape codes."""
    from tui.charts.timeline_lines import picture

    return _plain(picture(chart, _PIPE_WIDTH, signs))


def print_timeline(chart: "Chart", signs: Signs) -> None:
    """Print a timeline as wide as the terminal is."""
    from tui.charts.timeline_lines import picture

    console = _console()
    _print_lines(console, picture(chart, console.width, signs))


def print_found(dossier: "Dossier", answer: "Answer", signs: Signs) -> None:
    """Print what was found as a table as wide as the terminal, with the matching words marked."""
    from rich.text import Text

    from tui.dossier.dossier import shown_date
    from tui.dossier.folding import mark_spans
    from tui.text.layout import brief

    console = _console()
    columns: list[list[Text]] = [[], [], [], [], []]
    for row in answer.rows:
        title = Text(signs.plain(row.title))
        for start, end in mark_spans(title.plain, answer.words):
            title.stylize("bold underline", start, end)
        mark = f"{signs.type(row.type)} {row.type}" if row.kind == "event" else f"  {row.type}"
        regions = ", ".join(dossier.label(region) for region in row.regions)
        cells = (
            Text(signs.plain(brief(shown_date(row))), "dim"),
            Text(signs.plain(mark)),
            title,
            Text(row.id, "dim"),
            Text(signs.plain(regions), "dim"),
        )
        for column, cell in zip(columns, cells, strict=True):
            column.append(cell)
    for line in zip(*_fitted(columns, console.width, signs), strict=True):
        console.print(Text(_GAP).join(line), no_wrap=True, overflow="crop")
    if answer.rest:
        console.print(answer.rest, style="dim")


def print_notes(entries: "Sequence[Entry]", titles: Mapping[str, str], signs: Signs) -> None:
    """Print a line for each record: a star if it is marked, its id, its title and its note.

    `titles` has the titles of those records that the dossier holds, by id.
    """
    from rich.text import Text

    from tui.dossier.safe_text import clean_line

    console = _console()
    ids = [Text(clean_line(entry.id)) for entry in entries]
    names = [Text(signs.plain(titles.get(entry.id, "")), "bold") for entry in entries]
    notes = [Text(signs.plain(_first_line(entry.note, signs))) for entry in entries]
    # The id gives way last: the next command will want it.
    room = console.width - 2
    id_width = min(_widest(ids), _ID, max(1, room))
    room = max(0, room - id_width - 2 * len(_GAP))
    title_width = min(_widest(names), max(room // 2, room - _widest(notes)))
    for entry, id_, name, note in zip(entries, ids, names, notes, strict=True):
        for cell, width in ((id_, id_width), (name, title_width), (note, room - title_width)):
            _cut(cell, max(0, width), signs, pad=cell is not note)
        line = Text.assemble(("* " if entry.marked else "  ", "bold"), id_, _GAP, name, _GAP, note)
        console.print(line, no_wrap=True, overflow="crop")


def _console() -> "Console":
    """Make a console that takes nothing in a text for markup."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def _print_lines(console: "Console", lines: "Iterable[TextLine]") -> None:
    from rich.text import Text

    for line in lines:
        shown = Text(no_wrap=True, overflow="crop")
        for span in line.spans:
            style = _STYLES.get(span.role, "")
            shown.append(span.text, f"{style} cyan" if span.link and span.role != "note" else style)
        console.print(shown)


def _plain(lines: "Iterable[TextLine]") -> str:
    return "".join(f"{line.plain.rstrip()}\n" for line in lines)


def _fitted(columns: "list[list[Text]]", width: int, signs: Signs) -> "list[list[Text]]":
    """Fit date, type, title, id and regions into `width` columns.

    Regions give way first, then the type.
    """
    widest = [_widest(column) for column in columns]
    sizes = [min(widest[0], _DATE), *widest[1:4], min(widest[4], _REGIONS)]
    for optional in (4, 1):
        over = sum(sizes) + len(_GAP) * (len(sizes) - 1) - width
        if over > 0 and sizes[2] - over < _TITLE:
            del columns[optional], sizes[optional]
    title = len(sizes) - 2 if len(sizes) < 5 else 2
    room = width - len(_GAP) * (len(sizes) - 1) - sum(sizes) + sizes[title] + sizes[title + 1]
    # An id that is cut is still good, as long as it means one record: no sign at its end.
    sizes[title + 1] = min(sizes[title + 1], max(room - sizes[title], min(_LEAST_ID, room // 2)))
    sizes[title] = max(1, min(sizes[title], room - sizes[title + 1]))
    for place, (column, size) in enumerate(zip(columns, sizes, strict=True)):
        for cell in column:
            if place == title + 1:
                cell.truncate(size, pad=True)
            else:
                _cut(cell, size, signs, pad=True)
    return columns


def _cut(cell: "Text", width: int, signs: Signs, *, pad: bool) -> None:
    """Cut a cell to `width` columns, with a sign where something is missing, or pad it to them."""
    if cell.cell_len > width:
        cell.truncate(max(0, width - len(signs.ellipsis)))
        cell.append(signs.ellipsis)
    cell.truncate(width, pad=pad)


def _first_line(note: str, signs: Signs) -> str:
    first, _, rest = note.partition("\n")
    return f"{first} {signs.ellipsis}" if rest else first


def _widest(cells: "Sequence[Text]") -> int:
    return max((cell.cell_len for cell in cells), default=0)
