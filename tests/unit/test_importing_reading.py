"""Files of rows as strangers write them: quotes, encodings, delimiters, headers, JSON."""

import csv
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import SHARED
from tui.dossier.files import StoreError
from tui.importing.mapping import ReadPart
from tui.importing.reading import Reader, Record, open_reader

SPECTRUM = SHARED / "data" / "csv-spectrum"
#: The published JSON of this pair has another telephone number than its CSV, and no list.
ODD_PAIR = "location_coordinates"


def opened(path: Path, **how: Any) -> Reader:
    return open_reader(path, ReadPart(**how))


def written(tmp_path: Path, data: str | bytes, name: str = "rows.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read(tmp_path: Path, data: str | bytes, name: str = "rows.csv", **how: Any) -> list[Record]:
    reader = opened(written(tmp_path, data, name), **how)
    for column in reader.columns:
        reader.bind(column)
    return list(reader.rows())


def cells(records: list[Record]) -> list[list[str]]:
    assert [record.problem for record in records] == [""] * len(records)
    return [list(record.cells) for record in records]


# -- csv-spectrum


@pytest.mark.skipif(not SPECTRUM.exists(), reason="csv-spectrum is not beside the repository")
@pytest.mark.parametrize(
    "name", sorted(path.stem for path in SPECTRUM.glob("csvs/*.csv")) if SPECTRUM.exists() else []
)
def test_csv_spectrum_reads_as_its_json_says(name: str) -> None:
    reader = opened(SPECTRUM / "csvs" / f"{name}.csv")
    found = [dict(zip(reader.columns, row, strict=True)) for row in cells(list(reader.rows()))]
    wanted = json.loads((SPECTRUM / "json" / f"{name}.json").read_text())
    if name == ODD_PAIR:
        wanted = [wanted | {"Contact Phone Number": "2095257564"}]
    if name == "newlines_crlf":  # its CSV was published without the line ends of its JSON
        wanted = [{k: v.replace("\r\n", "\n") for k, v in row.items()} for row in wanted]
    assert found == wanted


# -- headers


def test_repeated_and_blank_headers_get_names_of_their_own(tmp_path: Path) -> None:
    path = written(tmp_path, "name,name,,name_2, a  b ,,{x}\n1,2,3,4,5,6,7\n")
    assert opened(path).columns == [
        "name", "name_3", "column_3", "name_2", "a b", "column_6", "(x)",
    ]  # fmt: skip


def test_lines_before_the_header_are_skipped_when_told(tmp_path: Path) -> None:
    data = "A list, made in 2024\nnot, a, header\n\na,b\n1,2\n"
    records = read(tmp_path, data, skip=2)
    assert cells(records) == [["1", "2"]]
    assert records[0].line == 5


def test_a_declared_separator_is_taken_at_its_word(tmp_path: Path) -> None:
    records = read(tmp_path, "sep=;\r\na;b\r\n1,5;2\r\n")
    assert cells(records) == [["1,5", "2"]]
    assert records[0].line == 3


@pytest.mark.parametrize("data", ["", " \n\n", ",,\n"])
def test_a_file_without_a_header_is_refused(tmp_path: Path, data: str) -> None:
    with pytest.raises(StoreError, match=r"empty|no header"):
        opened(written(tmp_path, data))


# -- rows


def test_lines_are_counted_as_they_stand_in_the_file(tmp_path: Path) -> None:
    data = 'a,b\r\n1,"two\r\nlines\r\nmore"\r\n\r\n3,4\r\n5,6'
    assert [record.line for record in read(tmp_path, data)] == [2, 6, 7]


def test_lone_carriage_returns_end_lines(tmp_path: Path) -> None:
    records = read(tmp_path, "a,b\r1,2\r3,4\r")
    assert [(record.line, record.cells) for record in records] == [(2, ["1", "2"]), (3, ["3", "4"])]


def test_rows_with_too_many_cells_are_refused_and_short_ones_said(tmp_path: Path) -> None:
    reader = opened(written(tmp_path, "a,b\n1,2,3\n4\n5,6,,\n,\n"))
    found = [(record.line, bool(record.problem), record.cells) for record in reader.rows()]
    assert found[0] == (2, True, ["1", "2", "3"])
    assert found[1] == (3, False, ["4", ""])
    assert found[2][:2] == (4, False)
    assert any("fewer cells" in note and "line 3" in note for note in reader.notes)


def test_a_quote_never_closed_costs_only_its_own_line(tmp_path: Path) -> None:
    lines = ["a,b", "1,x", '2,"open', *(f"{n},y" for n in range(3, 50))]
    records = read(tmp_path, "\n".join(lines) + "\n")
    assert [record.line for record in records if record.problem] == [3]
    assert len(records) == 49
    assert records[-1].cells == ["49", "y"]


def test_a_quote_that_swallows_a_row_up_to_the_next_quote_is_seen(tmp_path: Path) -> None:
    records = read(tmp_path, 'a,b,c\n1,"open,2020\n2,"fine",2021\n3,z,2022\n')
    assert [(record.line, bool(record.problem)) for record in records] == [
        (2, True), (3, False), (4, False),
    ]  # fmt: skip
    assert records[1].cells == ["2", "fine", "2021"]


def test_quotes_inside_a_cell_are_read(tmp_path: Path) -> None:
    records = read(tmp_path, 'a,b\n1,5" pipe\n2,"so-called" end\n')
    assert cells(records) == [["1", '5" pipe'], ["2", "so-called end"]]


def test_many_open_quotes_do_not_take_for_ever(tmp_path: Path) -> None:
    data = "a,b,c\n" + '1,"x\n' * 20_000
    start = time.perf_counter()
    refused = [record.line for record in read(tmp_path, data) if record.problem]
    assert refused == list(range(2, 20_002))
    assert time.perf_counter() - start < 5


def test_a_cell_may_be_longer_than_the_csv_module_likes(tmp_path: Path) -> None:
    records = read(tmp_path, f'a,b\n1,"{"x" * 300_000}"\n')
    assert len(records[0].cells[1]) == 300_000


def test_nuls_are_passed_on(tmp_path: Path) -> None:
    assert cells(read(tmp_path, "a,b\n1,x\0y\n")) == [["1", "x\0y"]]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=3, max_size=3),
        min_size=1,
        max_size=8,
    ).filter(lambda rows: all(any(row) for row in rows))
)
def test_what_csv_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    assert cells(list(opened(path).rows())) == rows


# -- delimiters and encodings


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_guessed_and_said(tmp_path: Path, delimiter: str) -> None:
    rows = [["when", "what"], ["2020", "one, two; three"], ["2021", "it's"], ["2022", "a | b"]]
    path = tmp_path / "rows.csv"
    with path.open("w", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    reader = opened(path)
    assert cells(list(reader.rows())) == rows[1:]
    spoken = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}[delimiter]
    assert any(spoken in note for note in reader.notes)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_recognised(tmp_path: Path, encoding: str) -> None:
    data = "ad,şəhər\nİlham Əliyev,Bakı\n".encode(encoding)
    reader = opened(written(tmp_path, data))
    assert reader.columns == ["ad", "şəhər"]
    assert cells(list(reader.rows())) == [["İlham Əliyev", "Bakı"]]


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("cp1252", "name,text\nJosé,Réunion à l’Élysée – “sommet”\n"),
        ("cp1251", "имя,текст\nВладимир,Встреча в Москве с президентом Азербайджана\n"),
    ],
)
def test_older_encodings_are_guessed_and_said(tmp_path: Path, encoding: str, data: str) -> None:
    reader = opened(written(tmp_path, data.encode(encoding)))
    assert [reader.columns, *cells(list(reader.rows()))] == [
        line.split(",") for line in data.splitlines()
    ]
    assert any(encoding.upper() in note for note in reader.notes)


def test_odd_bytes_far_into_a_file_are_seen(tmp_path: Path) -> None:
    data = b"a,b\n" + b"1,plain\n" * 200_000 + "2,Réunion\n".encode("cp1252")
    assert list(opened(written(tmp_path, data)).rows())[-1].cells == ["2", "Réunion"]


def test_a_wrong_encoding_is_one_line_that_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,é\n".encode("cp1252"))
    with pytest.raises(StoreError, match=r"not valid UTF-8.*encoding"):
        list(opened(path, encoding="utf-8").rows())
    with pytest.raises(StoreError, match="no encoding"):
        opened(path, encoding="utf-9")
    with pytest.raises(StoreError, match="no encoding"):
        opened(path, encoding="base64")


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"PK\x03\x04xyz", "save it as CSV"), (b"\x1f\x8bxyz", "unpack"), (b"%PDF-1.7", "PDF")],
)
def test_files_of_other_kinds_are_named(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        opened(written(tmp_path, data))


def test_a_column_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r'no column "titel"; did you mean "title"\? it has: id'):
        opened(written(tmp_path, "id,title\n1,x\n")).bind("titel")


# -- JSON


NESTED = {
    "note": "x",
    "data": {
        "events": [
            {"name": "One", "on": {"year": 2020, "month": None}, "who": ["A", "B"], "ok": True},
            {"name": "Two", "on": {"year": 2021.5}, "who": [], "a.b": "dotted"},
            "no record",
        ]
    },
}


def test_nested_json_is_read_by_dotted_paths(tmp_path: Path) -> None:
    reader = opened(written(tmp_path, json.dumps(NESTED, indent=1), "n.json"))
    for path in ("name", "on.year", "on.month", "who", "who.1", "ok", "a.b"):
        reader.bind(path)
    first, second, third = reader.rows()
    assert first.cells == ["One", "2020", "", "A; B", "B", "true", ""]
    assert second.cells == ["Two", "2021.5", "", "", "", "", "dotted"]
    assert third.problem
    assert any('"data.events"' in note for note in reader.notes)
    with pytest.raises(StoreError, match=r'"on\.day".*it has: name, on\.year'):
        reader.bind("on.day")


def test_half_a_character_in_json_spoils_nothing(tmp_path: Path) -> None:
    data = r'[{"a": "\ud800x"}, {"a": "fine"}]'
    assert [record.problem for record in read(tmp_path, data, "n.json")] == ["", ""]


def test_json_lines_are_those_of_the_file(tmp_path: Path) -> None:
    data = '[\n {"a": 1},\n\n {"a":\n 1}, {"a": 2}\n]'
    assert [record.line for record in read(tmp_path, data, "n.json")] == [2, 4, 5]


def test_lists_of_objects_give_the_values_of_each(tmp_path: Path) -> None:
    reader = opened(written(tmp_path, '[{"who": [{"name": "A"}, {"name": "B"}, {}]}]', "n.json"))
    reader.bind("who.name")
    assert next(reader.rows()).cells == ["A; B"]


@pytest.mark.parametrize("name", ["n.jsonl", "n.json"])
def test_json_lines_files_are_read(tmp_path: Path, name: str) -> None:
    assert cells(read(tmp_path, '{"a": 1}\n\n{"a": "x"}\n', name)) == [["1"], ["x"]]


def test_records_may_stand_under_keys(tmp_path: Path) -> None:
    data = '{"rows": {"1": {"a": "x"}, "2": {"a": "y"}}}'
    assert cells(read(tmp_path, data, "n.json", records="rows")) == [["x"], ["y"]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_with_a_mark_is_read(tmp_path: Path, encoding: str) -> None:
    assert cells(read(tmp_path, '[{"a": "ə"}]'.encode(encoding), "n.json")) == [["ə"]]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("[1, 2", "broken JSON"),
        ("[]", "no records"),
        ("42", "not JSON with a list"),
        ("[" * 100_000, "broken JSON|nested too deeply"),
        ('{"a":' * 100_000, "broken JSON|nested too deeply"),
    ],
    ids=lambda value: value[:12],
)
def test_json_that_is_no_list_is_refused(tmp_path: Path, data: str, said: str) -> None:
    start = time.perf_counter()
    with pytest.raises(StoreError, match=said) as caught:
        opened(written(tmp_path, data, "n.json"))
    assert time.perf_counter() - start < 1
    assert str(caught.value).isprintable()


def test_records_that_are_not_there_name_what_is(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r'no "data\.rows"; it has: note, data'):
        opened(written(tmp_path, json.dumps(NESTED), "n.json"), records="data.rows")
