"""A file of rows → its columns and its rows, one by one: what both CSV and JSON are read as."""

import os
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from tui.dossier import text
from tui.dossier.files import StoreError, open_regular
from tui.importing.mapping import ReadPart
from tui.importing.templates import Row

_WANTED = "a CSV, TSV or JSON file"
_JSON = frozenset({".json", ".geojson", ".jsonl", ".ndjson"})
_TABLES = frozenset({".csv", ".tsv", ".tab", ".txt", ".psv"})
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
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

    def bind(self, name: str) -> int:
        """The position of a column in each row; raises StoreError naming those there are."""

    def rows(self, progress: Callable[[int, int], None] | None = None) -> Iterator[Record]:
        """Every row once, in order. `progress` is called with bytes read and bytes in all."""

    def rejected(self, number: int, record: Record) -> dict[str, str]:
        """What goes to the rejected file of the row with this number (from 1)."""


def open_reader(path: str | os.PathLike[str], how: ReadPart) -> Reader:
    """Open the file at `path` for reading by rows; raises StoreError."""
    shown = text.clean_line(os.fspath(path))
    with open_regular(path, _WANTED) as file:
        head = _read(file.read, 4096, shown)
        if not head.strip():
            raise StoreError(f"{shown}: the file is empty; name {_WANTED}")
        for mark, what in _OTHERS:
            if head.startswith(mark):
                raise StoreError(f"{shown}: this is {what}")
        guessed = how.encoding is None
        encoding = _encoding(head, how.encoding, shown)
        if not encoding:
            file.seek(0)
            encoding = _guess(file, shown)
    if _is_json(path, head, encoding, how):
        from tui.importing.objects import ObjectReader

        return ObjectReader(path, how, encoding)
    from tui.importing.cells import CellReader

    return CellReader(path, how, encoding, guessed)


def column_missing(shown: str, name: str, columns: list[str]) -> StoreError:
    """What to say of a column that a template names and the file does not have."""
    from rapidfuzz import process

    near = process.extractOne(name, columns, score_cutoff=70)
    hint = f'did you mean "{near[0]}"? ' if near else ""
    listed = ", ".join(columns[:60]) + ("…" if len(columns) > 60 else "")
    return StoreError(
        f'{shown}: there is no column "{text.clean_line(name)[:80]}"; {hint}it has: {listed[:1500]}'
    )


def _is_json(path: str | os.PathLike[str], head: bytes, encoding: str, how: ReadPart) -> bool:
    ending = os.path.splitext(os.fspath(path))[1].lower()
    if how.delimiter or ending in _TABLES:
        return False
    start = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    return ending in _JSON or how.records is not None or start[:1] in ("{", "[")


def _encoding(head: bytes, named: str | None, shown: str) -> str:
    """The encoding that was named, or that the first bytes tell; "" where they do not."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if named is None:
        if head[1:2] == b"\x00" and head[3:4] == b"\x00":
            return "utf-16-le"
        if head[:1] == b"\x00" and head[2:3] == b"\x00" and head[1:2] != b"\x00":
            return "utf-16-be"
        return ""
    try:
        "".encode(named)
        b"".decode(named)
    except (LookupError, ValueError):
        raise StoreError(
            f"{shown}: read.encoding: {text.clean_line(named)[:40]!r} is no encoding; "
            "try utf-8, cp1252 or utf-16"
        ) from None
    return named


def _guess(file: "object", shown: str) -> str:
    """UTF-8 if all of it is; otherwise the likeliest encoding of its first part."""
    from codecs import getincrementaldecoder

    read = file.read  # type: ignore[attr-defined]
    decoder = getincrementaldecoder("utf-8")()
    sample = b""
    try:
        while chunk := _read(read, 1 << 20, shown):
            sample = sample or chunk
            odd = chunk
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _likeliest(sample if sample.isascii() is False else odd)
    return "utf-8"


def _likeliest(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    sample = sample[: 1 << 17]
    found = from_bytes(sample).best()
    # Western and Central European bytes look alike to it in short files; the former are likelier.
    # Other scripts it tells apart well.
    if found is None or _is_latin(str(found)):
        try:
            sample.decode("cp1252")
        except UnicodeDecodeError:
            return found.encoding if found else "latin-1"
        return "cp1252"
    return found.encoding


def _is_latin(decoded: str) -> bool:
    beyond = [char for char in decoded if not char.isascii() and char.isalpha()]
    return sum(char < "\u0250" for char in beyond) * 2 >= len(beyond)


def _read(read: Callable[[int], bytes], size: int, shown: str) -> bytes:
    try:
        return read(size)
    except OSError as error:
        raise StoreError(f"{shown}: {(error.strerror or 'cannot be read').lower()}") from None
