"""A file of rows → its columns and its rows, one by one: what both CSV and JSON are read as."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

from tui.dossier import safe_text
from tui.files import StoreError, open_regular
from tui.importing.encoding import first_odd, guess, named_encoding
from tui.importing.mapping import ReadPart
from tui.importing.templates import Row

_WANTED = "a CSV, TSV or JSON file"
_JSON = frozenset({".json", ".geojson", ".jsonl", ".ndjson"})
_TABLES = frozenset({".csv", ".tsv", ".tab", ".txt", ".psv"})
_OTHERS = (
    (b"PK\x03\x04", "a spreadsheet or a zip file; save it as CSV first"),
    (b"\xd0\xcf\x11\xe0", "an Excel file; save it as CSV first"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"%PDF", "a PDF; Summitry reads CSV, TSV and JSON"),
)


class Record(NamedTuple):
    """One row of a file: the physical line it starts on, its cells, and why it is no row, or ""."""

    line: int
    cells: Row
    problem: str = ""


class Reader(Protocol):
    """An open file of rows. `notes` say what was guessed and what was put up with."""

    columns: list[str]
    notes: list[str]
    #: What was guessed, as the keys of ``[read]``.
    guessed: dict[str, str]
    #: How a row is called in a citation: "line" or "record".
    unit: str

    @property
    def kept(self) -> Sequence[str]:
        """The columns of the rejected file."""

    def bind(self, name: str) -> int:
        """The position of a column in each row; raises StoreError naming those there are."""

    def rows(self, progress: Callable[[int, int], None] | None = None) -> Iterator[Record]:
        """Every row once, in order. `progress` is called with bytes read and bytes in all."""

    def rejected(self, number: int, record: Record) -> dict[str, str]:
        """What goes to the rejected file of the row with this number (from 1)."""


def open_reader(path: str | os.PathLike[str], how: ReadPart) -> Reader:
    """Open the file at `path` for reading by rows; raises StoreError."""
    shown = safe_text.clean_line(os.fspath(path))
    with open_regular(path, _WANTED) as file:
        head = _read(file.read, 4096, shown)
        if not head.strip():
            raise StoreError(f"{shown}: the file is empty; name {_WANTED}")
        for mark, what in _OTHERS:
            if head.startswith(mark):
                raise StoreError(f"{shown}: this is {what}")
        guessed = how.encoding is None
        encoding = named_encoding(head, how.encoding, shown)

        def read(size: int) -> bytes:
            return _read(file.read, size, shown)

        file.seek(0)
        odd = first_odd(read, encoding or "utf-8")
        if odd:
            file.seek(0)
            if encoding:
                _refuse_other(encoding, read, odd, shown)
            else:
                encoding = guess(read)
                file.seek(0)
                odd = first_odd(read, encoding)
        encoding = encoding or "utf-8"
    if _is_json(path, head, encoding, how):
        from tui.importing.objects import ObjectReader

        return ObjectReader(path, how, encoding)
    from tui.importing.cells import CellReader

    return CellReader(path, how, encoding, guessed=guessed, odd=bool(odd))


def column_missing(shown: str, name: str, columns: list[str], otherwise: str = "") -> StoreError:
    """What to say of a column that a template names and the file does not have.

    `otherwise` is a hint where no column is spelt like it.
    """
    from rapidfuzz import process

    near = process.extractOne(name, columns, score_cutoff=70)
    hint = f'did you mean "{near[0]}"? ' if near else otherwise
    listed = ", ".join(columns[:60]) + ("…" if len(columns) > 60 else "")
    return StoreError(
        f'{shown}: there is no column "{safe_text.clean_line(name)[:80]}"; '
        f"{hint}it has: {listed[:1500]}"
    )


def _refuse_other(encoding: str, read: Callable[[int], bytes], line: int, shown: str) -> None:
    """Raise StoreError where a file is not in its encoding at all; a few odd rows can be refused.

    `line` is where it was first seen.
    """
    spoken = encoding.lower().replace("_", "-").removesuffix("-sig")
    if spoken.startswith(("utf-16", "utf-32")) or (
        spoken in ("utf-8", "utf8") and guess(read) != "utf-8"
    ):
        raise StoreError(
            f"{shown}: line {line}: not valid {spoken.upper()}; name its encoding under [read], "
            'for instance encoding = "cp1252"'
        )


def _is_json(path: str | os.PathLike[str], head: bytes, encoding: str, how: ReadPart) -> bool:
    ending = os.path.splitext(os.fspath(path))[1].lower()
    if how.delimiter or ending in _TABLES:
        return False
    start = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    return ending in _JSON or how.records is not None or start[:1] in ("{", "[")


def _read(read: Callable[[int], bytes], size: int, shown: str) -> bytes:
    try:
        return read(size)
    except OSError as error:
        raise StoreError(f"{shown}: {(error.strerror or 'cannot be read').lower()}") from None
