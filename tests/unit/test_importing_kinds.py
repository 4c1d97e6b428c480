"""Files that are no tables: each is called by its name, with what to do, in one line."""

import io
import zipfile
from pathlib import Path

import pytest

from tui import importing
from tui.files import StoreError
from tui.importing.file_kinds import open_rows
from tui.importing.mapping import ReadPart


def packed(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in names:
            made.writestr(name, "application/vnd.oasis.opendocument.text")
    return buffer.getvalue()


KINDS = [
    (b"SQLite format 3\x00" + bytes(99), "an SQLite database; sqlite:///", "not a database"),
    (b"PAR1" + bytes(99), "a Parquet file; DuckDB: ", "No magic bytes found at end"),
    (bytes(8) + b"DUCK" + bytes(99), "a DuckDB database; ", "read"),
    (b"ARROW1\x00\x00", "an Arrow file", "save it"),
    (b"\x1f\x8b\x08" + bytes(9), "a packed file", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c" + bytes(9), "an archive", "unpack it first"),
    (packed("a.csv"), "a zip file", "name a file in it"),
    (packed("word/document.xml"), "a text document", "copy its table"),
    (packed("mimetype"), "a text document", "copy its table"),
    (b"PK\x03\x04" + bytes(9), "a damaged zip file", "save it again"),
    (b"%PDF-1.7", "a PDF", "copy its table"),
    (b"\x89PNG\r\n\x1a\n", "a picture", "copy its table"),
    (b"\xff\xd8\xff\xe0", "a picture", "copy its table"),
    (b"RIFF\x00\x00\x00\x00WEBP", "a picture", "copy its table"),
    (b"\x00\x00\x00\x18ftypheic", "a picture", "copy its table"),
    (b"$FL2@(#)", "a file of Stata, SPSS or R", "as CSV"),
    (rb"{\rtf1", "a text document", "copy its table"),
    (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "a calendar", "as CSV"),
    (b"BEGIN:VCARD\r\n", "an address book", "as CSV"),
    (b"\n<!doctype html>\n<title>x</title>", "a web page", "copy its table"),
    (b"<table><tr><td>a</table>", "a web page", "copy its table"),
    (b"\xef\xbb\xbf<?xml version='1.0'?>\n<a/>", "XML", "yq"),
    (b"<visits><visit>A</visit></visits>", "XML", "yq"),
    (b"TY  - JOUR\nTI  - A\nER  - \n", "a list of sources (RIS)", "pandoc"),
    (b"% a comment\n@article{a1,\n title={A}}\n", "a list of sources (BibTeX)", "pandoc"),
    (b"| a | b |\n|---|:-:|\n| 1 | 2 |\n", "a table in Markdown", "as CSV"),
    (b"---\n- a: 1\n", "YAML", "yq"),
    (b"# rows\n%YAML 1.2\n---\na: 1\n", "YAML", "yq"),
    (b"- date: 2023-01-10\n  title: A\n", "YAML", "yq"),
]


@pytest.mark.parametrize(("data", "what", "how"), KINDS, ids=[what for _, what, _ in KINDS])
def test_what_is_no_table_is_called_by_its_name(
    tmp_path: Path, data: bytes, what: str, how: str
) -> None:
    path = tmp_path / "visits.csv"
    path.write_bytes(data)
    with pytest.raises(StoreError) as caught:
        importing.propose(str(path))
    said = str(caught.value)
    assert f"visits.csv: this is {what}" in said
    assert how in said
    assert "\n" not in said


@pytest.mark.parametrize(
    "text",
    ["<b>name</b>,date\nA,2001\n", "@handle,date\nA,2001\n", "- date,title\n2001,A\n",
     "---,date\nA,2001\n", "TY,date\nA,2001\n", "| a,date\nA,2001\n"],
)  # fmt: skip
def test_a_table_that_begins_oddly_is_a_table(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(text)
    rows = open_rows(path, ReadPart())
    assert len(rows.columns) == 2
    assert [row.cells[1] for row in rows.read()] in (["2001"], ["A"])


def test_a_delimiter_says_that_it_is_a_table_after_all(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("| a | date |\n|---|---|\n| A | 2001 |\n")
    assert open_rows(path, ReadPart(delimiter="|")).columns[1] == "a"
