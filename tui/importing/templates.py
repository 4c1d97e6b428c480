"""Templates over the columns of a row, compiled once: ``{column}``, with ``{{`` for a brace."""

import re
from collections.abc import Callable, Iterator, Sequence

from tui.dossier.files import StoreError
from tui.dossier.text import clean_line

#: The cells of a row, each by its position.
Row = Sequence[str]
#: A compiled template: a row's text for it, "" where every column it names is empty.
Template = Callable[[Row], str]
#: Finds the position of a column by name; raises StoreError where there is none.
Bind = Callable[[str], int]

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
# What stands between columns and joins nothing once one of them is empty.
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
_DANGLING = " \t,;:/|–—-·"


def parse(template: str, where: str) -> Iterator[tuple[bool, str]]:
    """The pieces of a template: (True, a column) or (False, plain text). Raises StoreError."""
    at = 0
    for found in _TOKEN.finditer(template):
        if found.start() > at:
            yield False, template[at : found.start()]
        at = found.end()
        piece = found[0]
        if piece in ("{{", "}}"):
            yield False, piece[0]
        elif found[1] is not None and found[1].strip():
            yield True, found[1].strip()
        else:
            raise StoreError(
                f"{where}: {clean_line(template)[:60]!r} has a brace that names no column; "
                "write {column}, and {{ or }} for a brace"
            )
    if at < len(template):
        yield False, template[at:]


def compile_template(template: str, where: str, bind: Bind, missing: frozenset[str]) -> Template:
    """Compile one template; `where` is the key it stands at. Cells in `missing` count as empty."""
    pieces = list(parse(template, where))
    positions = tuple(bind(name) for is_column, name in pieces if is_column)
    if not positions:
        constant = "".join(text for _, text in pieces)
        return lambda _: constant
    if len(pieces) == 1:
        only = positions[0]
        if missing:
            return lambda row: "" if (cell := row[only].strip()) in missing else cell
        return lambda row: row[only].strip()
    form = "".join("%s" if is_column else text.replace("%", "%%") for is_column, text in pieces)

    def fill(row: Row) -> str:
        cells = tuple([row[position].strip() for position in positions])
        if missing:
            cells = tuple(["" if cell in missing else cell for cell in cells])
        filled = form % cells
        if "" not in cells:
            return filled
        return tidied(filled) if any(cells) else ""

    return fill


def tidied(filled: str) -> str:
    """A filled template without the commas and brackets that an empty column left over."""
    return _EMPTY_BRACKETS.sub("", filled).strip(_DANGLING)


def sides(template: str, where: str) -> tuple[str, str] | None:
    """A date template's start and end where its own text has exactly one ``/``; else None."""
    pieces = list(parse(template, where))
    if sum(text.count("/") for is_column, text in pieces if not is_column) != 1:
        return None
    start: list[str] = []
    end: list[str] = []
    side = start
    for is_column, text in pieces:
        if is_column:
            side.append(f"{{{text}}}")
            continue
        before, slash, after = text.partition("/")
        side.append(_escaped(before))
        if slash:
            side = end
            side.append(_escaped(after))
    return "".join(start), "".join(end)


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
