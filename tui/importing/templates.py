"""Templates over the columns of a row, compiled once: ``{column}``, with ``{{`` for a brace."""

import re
from collections.abc import Callable, Iterator, Sequence

from tui.dossier.safe_text import clean_line
from tui.files import StoreError
from tui.importing.prose import PART

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
# All white space but the separators: an empty value at the end of a JSON list keeps its place.
_SPACE = " \t\n\r\v\f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)


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


def names_columns(template: str, where: str) -> bool:
    """Whether a template says something else from row to row; raises StoreError as `parse`."""
    pieces = list(parse(template, where))
    return any(is_column for is_column, _ in pieces)


def items(filled: str, separator: str) -> list[str]:
    """The values in a filled template: a JSON list's own, or else what `separator` parts."""
    if PART in filled:
        return filled.split(PART)
    return filled.split(separator) if separator else [filled]


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
            return lambda row: "" if (cell := row[only].strip(_SPACE)) in missing else cell
        return lambda row: row[only].strip(_SPACE)
    form = "".join("%s" if is_column else text.replace("%", "%%") for is_column, text in pieces)
    between = _between(pieces)

    def fill(row: Row) -> str:
        cells = tuple([row[position].strip(_SPACE) for position in positions])
        if missing:
            cells = tuple(["" if cell in missing else cell for cell in cells])
        return _tidied(between, cells) if "" in cells else form % cells

    return fill


def _between(pieces: list[tuple[bool, str]]) -> list[str]:
    """The plain text before each column, and after the last."""
    between = [""]
    for is_column, text in pieces:
        if is_column:
            between.append("")
        else:
            between[-1] += text
    return between


def _tidied(between: Sequence[str], cells: Sequence[str]) -> str:
    """A template filled without the commas and brackets that its empty columns left over.

    What the cells themselves begin and end with stays: the year -200 is not the year 200.
    """
    given = [place for place, cell in enumerate(cells) if cell]
    if not given:
        return ""
    first, last = given[0], given[-1]
    before, after = "".join(between[: first + 1]), "".join(between[last + 1 :])
    if first:
        before = _EMPTY_BRACKETS.sub("", before).lstrip(_DANGLING)
    if last + 1 < len(cells):
        after = _EMPTY_BRACKETS.sub("", after).rstrip(_DANGLING)
    middle = "".join(between[place] + cells[place] for place in range(first + 1, last + 1))
    return (before + cells[first] + _EMPTY_BRACKETS.sub("", middle) + after).strip(_SPACE)


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
