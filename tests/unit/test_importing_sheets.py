"""Sheets of Excel and OpenDocument: which sheet, where the header is, dates, damage and bombs."""

import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.importer import EVENT, HEAD
from tests.support import ROOT
from tests.workbooks import write_ods, write_xlsx
from tui import importing
from tui.files import StoreError
from tui.importing.file_kinds import open_rows
from tui.importing.json_rows import as_cell
from tui.importing.mapping import ReadPart

HEADER: list[object] = ["title", "date"]
VISITS: list[list[object]] = [
    ["Visits of foreign guests"],
    [],
    ["title", "date", "country"],
    ["Visit 1", date(2021, 1, 11), "Georgia"],
    [],
    ["Visit 2", "March 2022", "Iran"],
]


def events(path: Path, read: str = "") -> tuple[dict[str, str], importing.Outcome]:
    """The dates by title of what is imported from a workbook."""
    mapping = importing.parse_mapping(HEAD + read + EVENT, "map")
    target = path.with_suffix(".json")
    outcome = importing.write(str(path), mapping, str(target), force=True)
    made = json.loads(target.read_text(encoding="utf-8"))["events"].values()
    return {event["title"]: event["date"] for event in made}, outcome


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_sheet_is_read_with_its_dates(tmp_path: Path, ending: str) -> None:
    write = write_xlsx if ending == "xlsx" else write_ods
    path = write(tmp_path / f"visits.{ending}", {"Visits": VISITS})
    found, outcome = events(path)
    assert found == {"Visit 1": "2021-01-11", "Visit 2": "2022-03"}
    assert any("header is taken to be row 3" in note for note in outcome.notes)


def test_a_sheet_of_old_excel_is_read_with_its_dates() -> None:
    rows = open_rows(ROOT / "tests" / "sheets" / "visits.xls", ReadPart())
    assert [list(row.cells) for row in rows.read()] == [
        ["2021-01-11", "Guest 1", "Georgia"], ["2021-02-12", "Guest 2", "Iran"],
    ]  # fmt: skip
    assert rows.guessed == {"sheet": "Visits", "skip": 2}
    assert "and not" in rows.notes[0]
    assert '"Notes"' in rows.notes[0]


def test_rows_are_cited_by_their_number_in_the_sheet(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "visits.xlsx", {"Visits": VISITS})
    rows = open_rows(path, ReadPart())
    assert [rows.place_of(row) for row in rows.read()] == ["row 4", "row 6"]
    assert [row.number for row in rows.read()] == [1, 2]
    assert rows.position() == rows.size


def test_the_sheet_is_chosen_by_name_or_number(tmp_path: Path) -> None:
    sheets = {"Cover": [["About"]], "One": [HEADER, ["A", 2001]], "Two": [HEADER, ["B", 2002]]}
    path = write_xlsx(tmp_path / "visits.xlsx", sheets, hidden=("Cover",))
    assert events(path)[0] == {"A": "2001"}, "the first that has rows"
    for wanted in ('"Two"', '" two"', "3"):
        found, outcome = events(path, f"[read]\nsheet = {wanted}\n")
        assert found == {"B": "2002"}
        assert not [note for note in outcome.notes if "and not" in note], "it was asked for"
    for wanted in ("4", "0", '"Three"'):
        with pytest.raises(StoreError, match="no such sheet; it has: Cover, One, Two"):
            events(path, f"[read]\nsheet = {wanted}\n")
    with pytest.raises(StoreError, match=r"read\.sheet"):
        events(path, "[read]\nsheet = true\n")


def test_merged_cells_name_columns_and_fill_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Guest", "When", "", "Country"],
        ["", "start", "end", ""],
        ["A", 2001, 2002, "Georgia"],
        ["B", 2003, 2004, ""],
        ["C", 2005, 2006, "Iran", "a stray remark"],
    ]
    merged = ("B1:C1", "A1:A2", "D1:D2", "D3:D4")
    opened = open_rows(write_xlsx(tmp_path / "a.xlsx", {"S": rows}, merged=merged), ReadPart())
    assert opened.columns == ["Guest", "start", "end", "Country", "column_5"]
    assert [row.cells[3] for row in opened.read()] == ["Georgia", "Georgia", "Iran"]


def test_lines_are_skipped_and_columns_named(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "visits.xlsx", {"Visits": VISITS})
    opened = open_rows(path, ReadPart(skip=3, columns=("a", "b")))
    assert [list(row.cells) for row in opened.read()] == [
        ["Visit 1", "2021-01-11"], ["Visit 2", "March 2022"],
    ]  # fmt: skip
    assert "2 rows have cells beyond the last column" in opened.notes[-1]
    assert open_rows(path, ReadPart(skip=3)).columns == ["Visit 1", "2021-01-11", "Georgia"]
    with pytest.raises(StoreError, match="no rows in the sheet"):
        open_rows(path, ReadPart(skip=6))


def test_what_is_no_number_is_text(tmp_path: Path) -> None:
    """Excel writes no such cell, but other programs do, and 1e999 is one."""
    rows: list[list[object]] = [HEADER, ["A", float("inf")], ["B", float("nan")], ["C", 2001]]
    path = write_xlsx(tmp_path / "visits.xlsx", {"Visits": rows})
    found, outcome = events(path)
    assert found == {"C": "2001"}
    assert outcome.rejected == 2


def test_an_empty_sheet_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match='no rows in the sheet "Visits"'):
        open_rows(write_xlsx(tmp_path / "visits.xlsx", {"Visits": []}), ReadPart())


def test_a_mapping_is_proposed_for_a_sheet(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "visits.xlsx", {"Visits": VISITS, "More": [["x"]]})
    proposed = importing.propose(str(path))
    assert 'sheet = "Visits"\nskip = 2\n' in proposed.toml
    assert 'date = "{date}"' in proposed.toml


def test_cells_are_text_as_a_reader_sees_them() -> None:
    assert [as_cell(value) for value in (2021.0, 1.5, True, 3, datetime(2021, 1, 2, 0, 0))] == [
        "2021", "1.5", "true", "3", "2021-01-02",
    ]  # fmt: skip
    assert as_cell(datetime(2021, 1, 2, 10, 30)) == "2021-01-02 10:30:00"


def test_a_bomb_is_refused_by_its_size_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMITRY_MAX_MIB", "1")
    path = write_xlsx(tmp_path / "bomb.xlsx", {"S": [HEADER]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/zeros", bytes(5 << 20))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(StoreError, match="5 MiB unpacked, over the limit of 1 MiB; set SUMMITRY"):
        open_rows(path, ReadPart())


def test_a_cell_far_away_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "far.xlsx", {"S": [HEADER]})
    far = tmp_path / "farther.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(far, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b'"B1"', b'"XFD1048576"').replace(b"<row r", b"<row x"))
    with pytest.raises(StoreError, match="needs too much memory; save it as CSV"):
        open_rows(far, ReadPart())


def test_damage_is_one_line(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "whole.xlsx", {"S": [HEADER]}).read_bytes()
    for name, data, said in (
        ("cut.xlsx", whole[:200], "a damaged zip file or sheet"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "no workbook, or a damaged"),
        ("xml.xlsx", whole.replace(b"xl/workbook.xml", b"xl/workbook.xmx"), "damaged"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(StoreError, match=said) as caught:
            open_rows(path, ReadPart())
        assert "\n" not in str(caught.value)
