"""The rows of a file, the templates over their cells, and the plain text that cells hold."""

import os
import re
import tomllib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from html import unescape
from typing import Any

import msgspec

from tui.dossier import prose_links, safe_text
from tui.dossier.folding import nearest
from tui.files import StoreError

#: The cells of a row, each at the position of its column.
Cells = Sequence[str]
#: A compiled template: from cells to the text it gives, "" where all its columns are empty.
Template = Callable[[Cells], str]

#: Separates the values of a JSON list in one cell. No other cell contains it.
PART = "\x1f"
#: Finds a byte that could not be decoded, kept as a lone surrogate.
ODD = re.compile("[\udc80-\udcff]")


class Piped(str):
    """The path of a file with what came by standard input."""


def shown_name(path: str | os.PathLike[str]) -> str:
    """Return what a file is called in messages."""
    return "standard input" if isinstance(path, Piped) else safe_text.clean_line(os.fspath(path))


class RowError(ValueError):
    """A row that cannot be used; the message is the reason."""


class FileRow(msgspec.Struct, frozen=True):
    """One row: its number from 1, the physical line it starts on, and why it cannot be used."""

    number: int
    line: int
    cells: Cells
    problem: str = ""


class Rows(ABC):
    """An open file of rows, the same for every format.

    `columns` are their names, `notes` the lines to tell the user about how the file was read,
    `guessed` the settings that were guessed, by their keys under ``[read]``.
    """

    #: How a row is cited: by the "line" it starts on, its "row" in a sheet, or as a "record".
    unit = "line"
    #: The columns of the file of rejected rows, where they are others than the file's.
    rejected_columns: Sequence[str] = ()

    def __init__(self, path: str | os.PathLike[str], missing: Iterable[str]) -> None:
        """`missing` are cells that count as empty."""
        self._missing = frozenset(word.strip() for word in missing)
        self.shown = shown_name(path)
        self.size = 0
        self.columns: list[str] = []
        #: What to say of a column that is missing, where none has a similar name.
        self.hint = ""
        self.notes: list[str] = []
        self.guessed: dict[str, str | int] = {}

    def bind(self, name: str) -> int:
        """Return the position of a column in each row; raises StoreError naming those there are."""
        if name not in self.columns:
            raise self.column_missing(name)
        return self.columns.index(name)

    def template(self, template: str, where: str) -> Template:
        """Compile a template; `where` is the key it stands at. Raises StoreError."""
        texts, columns = parse_template(template, where)
        positions, missing = tuple(map(self.bind, columns)), self._missing
        if not positions:
            return lambda _: texts[0]
        if texts == ["", ""]:
            only = positions[0]
            if missing:
                return lambda cells: "" if (cell := cells[only].strip(_SPACE)) in missing else cell
            return lambda cells: cells[only].strip(_SPACE)
        form = "%s".join(piece.replace("%", "%%") for piece in texts)

        def fill(cells: Cells) -> str:
            given = tuple([cells[position].strip(_SPACE) for position in positions])
            if missing:
                given = tuple(["" if cell in missing else cell for cell in given])
            return _tidied(texts, given) if "" in given else form % given

        return fill

    def sides(self, template: str, where: str) -> list[Template]:
        """Compile the start and the end of a date's template, which its one slash separates.

        Return none without a slash; one in the name of a column does not count.
        """
        pieces = _PIECE.findall(template)
        if pieces.count("/") != 1:
            return []
        at = pieces.index("/")
        return [self.template("".join(side), where) for side in (pieces[:at], pieces[at + 1 :])]

    @abstractmethod
    def read(self) -> Iterator[FileRow]:
        """Read every row once, in order, those that cannot be used with the reason."""

    @abstractmethod
    def position(self) -> int:
        """Return how many of the `size` bytes have been read by now."""

    def rejected(self, row: FileRow) -> list[str]:
        """Return the cells of a row for the file of rejected rows, odd bytes as ``\\xe9``."""
        cells = [ODD.sub(lambda odd: f"\\x{ord(odd[0]) - 0xDC00:02x}", c) for c in row.cells]
        return cells + [""] * (len(self.columns) - len(cells))

    def place_of(self, row: FileRow) -> str:
        """Say where a row is in the file, as a citation does: ``line 7`` or ``record 3``."""
        return f"{self.unit} {row.number if self.unit == 'record' else row.line}"

    def error(self, what: str) -> StoreError:
        """Make the error that says what is wrong with the file."""
        return StoreError(f"{self.shown}: {what}")

    def note(self, what: str) -> None:
        """Add what is to be told of the file."""
        self.notes.append(f"{self.shown}: {what}")

    def column_missing(self, name: str) -> StoreError:
        """Make the error for a column that a template names and the file does not have."""
        hint = self.hint
        if near := nearest(name, self.columns, most=1, alike=70):
            hint = f'did you mean "{near[0]}"? '
        listed = ", ".join(self.columns[:60]) + ("…" if self.columns[60:] else "")
        return self.error(
            f'there is no column "{safe_text.clean_line(name)[:80]}"; {hint}it has: {listed[:1500]}'
        )


@cache
def language_data() -> dict[str, Any]:
    """Return what is known of languages: ``languages.toml``."""
    with open(os.path.join(os.path.dirname(__file__), "languages.toml"), "rb") as file:
        return tomllib.load(file)


# -- templates: ``{column}``, with ``{{`` and ``}}`` for a brace

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_PIECE = re.compile(r"\{\{|\}\}|\{[^{}]*\}|/|[^{}/]+")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
#: Joins the text of two columns, and is dropped at an end where the columns are empty.
_JOINING = " \t,;:/|–—-·"
# All white space but the separators U+001C to U+001F: PART at an end marks an empty value.
_SPACE = " \t\n\r\v\f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)


def parse_template(template: str, where: str) -> tuple[list[str], list[str]]:
    """Split a template into the plain text around its columns and the names of the columns.

    `where` is the key it stands at. Raises StoreError for a brace that names no column.
    """
    texts, columns, at = [""], [], 0
    for found in _TOKEN.finditer(template):
        texts[-1] += template[at : found.start()]
        at = found.end()
        if found[0] in ("{{", "}}"):
            texts[-1] += found[0][0]
        elif found[1] and found[1].strip():
            columns.append(found[1].strip())
            texts.append("")
        else:
            raise StoreError(
                f"{where}: {safe_text.clean_line(template)[:60]!r} has a brace that names no "
                "column; write {column}, and {{ or }} for a brace"
            )
    texts[-1] += template[at:]
    return texts, columns


def _tidied(texts: Sequence[str], cells: Sequence[str]) -> str:
    """Fill a template, without the commas and brackets that belong to its empty columns.

    The cells keep all their characters: the year -200 does not become the year 200.
    """
    given = [place for place, cell in enumerate(cells) if cell]
    if not given:
        return ""
    first, last = given[0], given[-1]
    before, after = "".join(texts[: first + 1]), "".join(texts[last + 1 :])
    if first:
        before = _EMPTY_BRACKETS.sub("", before).lstrip(_JOINING)
    if last + 1 < len(cells):
        after = _EMPTY_BRACKETS.sub("", after).rstrip(_JOINING)
    middle = "".join(texts[place] + cells[place] for place in range(first + 1, last + 1))
    return (before + cells[first] + _EMPTY_BRACKETS.sub("", middle) + after).strip(_SPACE)


# -- plain text: HTML and link markup are dropped, their words stay

_BLOCKS = (
    "address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h1|h2|h3|h4|h5|h6|"
    "header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_INLINE = (
    "a|abbr|acronym|audio|b|bdi|bdo|big|body|caption|center|cite|code|col|colgroup|data|del|"
    "details|dfn|em|embed|font|head|html|i|iframe|img|input|ins|kbd|label|link|mark|meta|noscript|"
    "object|param|picture|q|rp|rt|ruby|s|samp|script|small|source|span|strike|strong|style|sub|"
    "summary|sup|svg|time|title|tt|u|var|video|wbr"
)
# An attribute's value in quotes may hold ">". Any other "<" is the writer's: "<john@example.org>".
_TAG = (
    rf"</?(?:{_BLOCKS}|{_INLINE})"
    r"""(?:[\s/](?:[^<>=]|=(?:\s*(?:"[^"<]*"|'[^'<]*'))?)*+)?>"""
)
_TAGS = re.compile(rf"\n?(?:{_TAG})+", re.IGNORECASE)
_BREAKING = re.compile(rf"\A\n|</?(?:{_BLOCKS})[\s/>]", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:>|.*?-->)", re.DOTALL)
_SILENT = re.compile(
    r"<(script|style)(?:[\s/][^<>]*)?>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPACES = re.compile(r"[ \xa0]+")
# Signs that are not seen and say nothing, which programs leave in cells (the two joiners are
# letters' business, and stay); and other spaces and ends of lines than the usual ones.
_HIDDEN = dict.fromkeys(
    map(
        ord,
        "\xad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062"
        "\u2063\u2064\u2066\u2067\u2068\u2069\ufeff",
    ),
    None,
) | dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")
_ANY_HIDDEN = re.compile(f"[{''.join(map(chr, _HIDDEN))}]")
_AROUND_BREAK = re.compile(r" *\n *")
_BREAKS = re.compile(r"\n{3,}")


def as_line(value: str) -> str:
    """Return one line of plain, clean text with single spaces: for titles, names and labels."""
    if "<" in value or "&" in value:
        value = without_html(value)
    if value.isascii() and value.isprintable():
        return " ".join(value.split()) if "  " in value else value.strip()
    if PART in value:
        value = _listed(value)
    return " ".join(safe_text.clean_line(without_invisible(value)).split())


def as_prose(value: str) -> str:
    """Return plain, clean text that keeps its line breaks: for summaries and claims."""
    if "<" in value or "&" in value:
        value = without_html(value)
    # Links in a stranger's text would lead to whatever has that id here: only their words stay.
    if "[[" in value:
        value = prose_links.plain(value, lambda id_: id_)
    if value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()
    if PART in value:
        value = _listed(value)
    value = safe_text.clean(without_invisible(value))
    if "  " in value or "\xa0" in value:
        value = _SPACES.sub(" ", value)
    if "\n" in value:
        value = _BREAKS.sub("\n\n", _AROUND_BREAK.sub("\n", value))
    return value.strip()


def without_invisible(value: str) -> str:
    """Drop signs that are not seen, and make spaces of rare ends of lines."""
    return value.translate(_HIDDEN) if _ANY_HIDDEN.search(value) else value


def _listed(value: str) -> str:
    """Return a JSON list as one text, without its empty values."""
    return "; ".join(part.strip() for part in value.split(PART) if part.strip())


def without_html(value: str) -> str:
    """Drop the tags, decode the entities, and put blocks on lines of their own."""
    if "<" in value:
        closed, mark, rest = value.rpartition("-->")
        value = _SILENT.sub("", _COMMENT.sub("", closed + mark) + rest)
        value = _TAGS.sub(lambda run: "\n" if _BREAKING.search(run[0]) else "", value).strip("\n")
    return _ENTITY.sub(lambda found: unescape(found[0]), value) if "&" in value else value
