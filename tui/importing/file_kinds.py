"""What kind of file it is: opened as rows accordingly, or else said in one line what to do."""

import io
import os
import re
import tomllib
import zipfile
from functools import cache
from typing import Any, BinaryIO

import msgspec
from msgspec import structs

from tui.files import StoreError, open_regular, read_bytes
from tui.importing.csv_rows import CsvRows
from tui.importing.json_rows import JsonRows
from tui.importing.mapping import ReadPart
from tui.importing.rows import Piped, Rows, shown_name
from tui.importing.sheet_rows import SheetRows
from tui.importing.sql_rows import SqlRows
from tui.importing.text_encoding import KEEP_ODD, encoding_of

#: What to name, for messages.
WANTED = "a CSV, TSV, JSON or Excel file"
_JSON = frozenset({".json", ".geojson", ".jsonl", ".ndjson"})
_TABLES = frozenset({".csv", ".tsv", ".tab", ".txt", ".psv"})


def open_rows(path: str | os.PathLike[str], how: ReadPart) -> Rows:
    """Open the file at `path` as rows, or the query that `how` has in its place.

    Raises StoreError, which says what a file is that has no rows.
    """
    if how.connect:
        return SqlRows(how)
    shown = shown_name(path)
    try:
        with open_regular(path, WANTED) as file:
            head = file.read(4096)
            if not head.strip():
                raise StoreError(f"{shown}: the file is empty; name {WANTED}")
            kind = _binary_kind(file, head)
            is_sheet = head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
            if not kind and not is_sheet:
                encoding, has_odd = encoding_of(file, head, how.encoding, shown)
    except OSError as error:
        raise StoreError(f"{shown}: {(error.strerror or 'cannot be read').lower()}") from None
    if kind:
        return _database_rows(path, how, kind)
    if how.sql:
        raise StoreError(f"{shown}: no database, which read.sql is for; read.connect names one")
    if is_sheet:
        return SheetRows(path, how, open_regular(path, WANTED))
    ending = os.path.splitext(os.fspath(path))[1].lower()
    start = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    if not (how.delimiter or how.columns or how.skip) and (what := _text_kind(start)):
        raise StoreError(f"{shown}: this is {what}")
    if _is_json(start, ending, how):
        data = read_bytes(path, WANTED)
        if encoding not in ("utf-8", "utf-8-sig"):
            data = data.decode(encoding, KEEP_ODD).encode("utf-8", "surrogateescape")
        return JsonRows(path, how, data)

    def opened() -> io.TextIOWrapper:
        return io.TextIOWrapper(open_regular(path, WANTED), encoding, KEEP_ODD, newline="")

    return CsvRows(path, how, opened, has_odd=has_odd)


def is_dossier(path: str) -> bool:
    """Whether the file at `path` is a dossier already; raises StoreError if it cannot be read."""
    with open_regular(path, WANTED) as file:
        head = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{"):
        return False
    try:
        meta = msgspec.json.decode(read_bytes(path), type=_Top).meta
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False
    return any("format" in document for document in meta.values())


class _Top(msgspec.Struct):
    meta: dict[str, dict[str, msgspec.Raw]]


@cache
def _kinds() -> dict[str, list[dict[str, Any]]]:
    """What is no table and how it begins, as bytes and as text: ``file_kinds.toml``."""
    with open(os.path.join(os.path.dirname(__file__), "file_kinds.toml"), "rb") as file:
        return tomllib.load(file)


def _binary_kind(file: BinaryIO, head: bytes) -> dict[str, Any] | None:
    """What a file is that is no table of text, by its first bytes; None for a sheet, too."""
    for kind in _kinds()["bytes"]:
        if head[kind.get("at", 0) :].startswith(tuple(b.encode("latin-1") for b in kind["begins"])):
            return kind
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(file) as packed:
            names = packed.namelist()
            named = packed.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError):
        return {"what": "a damaged zip file or sheet; save it again"}
    if any(name.startswith("xl/workbook.") for name in names) or b"spreadsheet" in named:
        return None
    if "word/document.xml" in names or b"opendocument.text" in named:
        return {"what": "a text document; copy its table into a sheet and save that"}
    return {"what": "a zip file; unpack it first and name a file in it"}


def _database_rows(path: str | os.PathLike[str], how: ReadPart, kind: dict[str, Any]) -> Rows:
    """The rows of a database file by ``[read] sql``, or else those of its first table.

    Raises StoreError for a file that is no database.
    """
    this_is = f"{shown_name(path)}: this is {kind['what']}"
    if "connect" not in kind:
        raise StoreError(this_is)
    connect, sql, others = kind["connect"].replace("FILE", os.fspath(path)), how.sql, ""
    try:
        if not sql:
            table = kind.get("table", "").replace("FILE", os.fspath(path).replace("'", "''"))
            if not table:
                listed = SqlRows(ReadPart(connect=connect, sql=kind["tables"]))
                first, *rest = sorted(row.cells[0] for row in listed.read()) or [""]
                table = '"' + first.replace('"', '""') + '"'
                others = f", and not {', '.join(rest)[:200]}" if rest else ""
            sql = f"SELECT * FROM {table}"  # noqa: S608 - quoted
        rows = SqlRows(structs.replace(how, connect=connect, sql=sql))
    except StoreError as error:
        raise StoreError(f"{this_is}; {error}") from None
    if not isinstance(path, Piped):
        rows.guessed = {"connect": connect, "sql": sql}
        rows.note(f"{kind['what']}, read by {sql}{others}; sql under [read] says otherwise")
    return rows


def _text_kind(start: str) -> str:
    """What a text is that is no table, by its beginning, and what to do with it; or ""."""
    kinds = _kinds()["text"]
    return next((str(k["what"]) for k in kinds if re.match(k["begins"], start, re.IGNORECASE)), "")


def _is_json(start: str, ending: str, how: ReadPart) -> bool:
    if how.delimiter or ending in _TABLES:
        return False
    return ending in _JSON or how.records is not None or start[:1] in ("{", "[")
