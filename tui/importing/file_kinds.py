"""What kind of file it is: opened as rows accordingly, or else said in one line what to do."""

import io
import os
import re
import tomllib
import zipfile
from functools import cache
from typing import Any, BinaryIO

from tui.dossier import safe_text
from tui.files import StoreError, open_regular, read_bytes
from tui.importing.csv_rows import CsvRows
from tui.importing.json_rows import JsonRows
from tui.importing.mapping import ReadPart
from tui.importing.rows import Rows
from tui.importing.sheet_rows import SheetRows
from tui.importing.text_encoding import KEEP_ODD, encoding_of

#: What to name, for messages.
WANTED = "a CSV, TSV, JSON or Excel file"
_JSON = frozenset({".json", ".geojson", ".jsonl", ".ndjson"})
_TABLES = frozenset({".csv", ".tsv", ".tab", ".txt", ".psv"})


def open_rows(path: str | os.PathLike[str], how: ReadPart) -> Rows:
    """Open the file at `path` as rows; raises StoreError, which says what a file is otherwise."""
    shown = safe_text.clean_line(os.fspath(path))
    try:
        with open_regular(path, WANTED) as file:
            head = file.read(4096)
            if not head.strip():
                raise StoreError(f"{shown}: the file is empty; name {WANTED}")
            if what := _binary_kind(file, head):
                raise StoreError(f"{shown}: this is {what.replace('FILE', shown)}")
            is_sheet = head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
            if not is_sheet:
                encoding, has_odd = encoding_of(file, head, how.encoding, shown)
    except OSError as error:
        raise StoreError(f"{shown}: {(error.strerror or 'cannot be read').lower()}") from None
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


@cache
def _kinds() -> dict[str, list[dict[str, Any]]]:
    """What is no table and how it begins, as bytes and as text: ``file_kinds.toml``."""
    with open(os.path.join(os.path.dirname(__file__), "file_kinds.toml"), "rb") as file:
        return tomllib.load(file)


def _binary_kind(file: BinaryIO, head: bytes) -> str:
    """What a file is that has no rows to read, by its first bytes, and what to do; or ""."""
    for kind in _kinds()["bytes"]:
        if head[kind.get("at", 0) :].startswith(tuple(b.encode("latin-1") for b in kind["begins"])):
            return str(kind["what"])
    if not head.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(file) as packed:
            names = packed.namelist()
            kind_named = packed.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError):
        return "a damaged zip file or sheet; save it again"
    if any(name.startswith("xl/workbook.") for name in names) or b"spreadsheet" in kind_named:
        return ""
    if "word/document.xml" in names or b"opendocument.text" in kind_named:
        return "a text document; copy its table into a sheet and save that"
    return "a zip file; unpack it first and name a file in it"


def _text_kind(start: str) -> str:
    """What a text is that is no table, by its beginning, and what to do with it; or ""."""
    kinds = _kinds()["text"]
    return next((str(k["what"]) for k in kinds if re.match(k["begins"], start, re.IGNORECASE)), "")


def _is_json(start: str, ending: str, how: ReadPart) -> bool:
    if how.delimiter or ending in _TABLES:
        return False
    return ending in _JSON or how.records is not None or start[:1] in ("{", "[")
