"""Files of rows as strangers write them: quotes, encodings, delimiters, headers, JSON."""

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import SHARED
from tui.files import StoreError
from tui.importing.file_kinds import open_rows
from tui.importing.mapping import ReadPart
from tui.importing.rows import PART, FileRow, Rows

SPECTRUM = SHARED / "data" / "csv-spectrum"
#: The published JSON of this pair has another telephone number than its CSV, and no list.
ODD_PAIR = "location_coordinates"


def opened(path: Path, **how: Any) -> Rows:
    return open_rows(path, ReadPart(**how))


def written(tmp_path: Path, data: str | bytes, name: str = "rows.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read(tmp_path: Path, data: str | bytes, name: str = "rows.csv", **how: Any) -> list[FileRow]:
    reader = opened(written(tmp_path, data, name), **how)
    for column in reader.columns:
        reader.bind(column)
    return list(reader.read())


def cells(records: list[FileRow]) -> list[list[str]]:
    assert [record.problem for record in records] == [""] * len(records)
    return [list(record.cells) for record in records]


# -- csv-spectrum


@pytest.mark.skipif(not SPECTRUM.exists(), reason="csv-spectrum is not beside the repository")
@pytest.mark.parametrize(
    "name", sorted(path.stem for path in SPECTRUM.glob("csvs/*.csv")) if SPECTRUM.exists() else []
)
def test_csv_spectrum_reads_as_its_json_says(name: str) -> None:
    reader = opened(SPECTRUM / "csvs" / f"{name}.csv")
    found = [dict(zip(reader.columns, row, strict=True)) for row in cells(list(reader.read()))]
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


@pytest.mark.parametrize("head", ["", "sep=;\n"])
def test_a_table_without_a_header_has_the_columns_it_is_given(tmp_path: Path, head: str) -> None:
    data = f'a note\n{head}1;"x\ny"\n\n2;z\n'
    records = read(tmp_path, data, columns=("no", "what"), skip=1)
    assert cells(records) == [["1", "x\ny"], ["2", "z"]]
    first = 3 if head else 2
    assert [record.line for record in records] == [first, first + 3]


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
    found = [(record.line, bool(record.problem), record.cells) for record in reader.read()]
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


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('a,"b\n1,2\n', r"line 1: a quote is opened .* mend it"),
        (
            'a,b\n1,"x\n' + "1,2\n" * 200_010,
            r"line 2: .* and so too often; mend the quotes",
        ),
    ],
    ids=["in the header", "too often"],
)
def test_an_open_quote_that_costs_the_whole_file_is_one_line(
    tmp_path: Path, data: str, said: str
) -> None:
    with pytest.raises(StoreError, match=said):
        read(tmp_path, data)


def test_many_open_quotes_cost_each_line_a_second_reading_at_most(tmp_path: Path) -> None:
    calls = []
    for count in (1000, 4000):
        rows = opened(written(tmp_path, "a,b,c\n" + '1,"x\n' * count))
        called: list[str] = []
        sys.setprofile(lambda frame, event, arg, called=called: called.append(event))
        records = list(rows.read())
        sys.setprofile(None)
        assert [record.line for record in records if record.problem] == list(range(2, count + 2))
        calls.append(called.count("call"))
    assert calls[1] < 5 * calls[0]


def test_a_cell_may_be_longer_than_the_csv_module_likes(tmp_path: Path) -> None:
    records = read(tmp_path, f'a,b\n1,"{"x" * 300_000}"\n')
    assert len(records[0].cells[1]) == 300_000


@pytest.mark.parametrize("end", ['end",', 'end"'], ids=["an empty cell more", "a cell less"])
def test_a_cell_of_several_lines_with_many_commas_stays_whole(tmp_path: Path, end: str) -> None:
    data = f'title,date,text\nA,2024,"Paris, Rome, London\nBerlin, Bonn, Kiel\n{end}\nB,2023,y\n'
    text = "Paris, Rome, London\nBerlin, Bonn, Kiel\nend"
    assert cells(read(tmp_path, data)) == [
        ["A", "2024", text, *[""] * (end[-1] == ",")],
        ["B", "2023", "y"],
    ]
    short = 'a,b,c,d\nA,"Paris, Rome, London, Oslo\nBonn, Kiel, Ulm, Köln\nend",2024\nB,t,2023,y\n'
    assert cells(read(tmp_path, short)) == [
        ["A", "Paris, Rome, London, Oslo\nBonn, Kiel, Ulm, Köln\nend", "2024", ""],
        ["B", "t", "2023", "y"],
    ]


def test_whole_rows_between_two_stray_quotes_are_seen(tmp_path: Path) -> None:
    records = read(tmp_path, 'a,b,c\n1,"open,2020\n2,y,5"\n3,z,2022\n')
    assert [(record.line, bool(record.problem)) for record in records] == [
        (2, True), (3, False), (4, False),
    ]  # fmt: skip


def test_empty_rows_are_passed_over(tmp_path: Path) -> None:
    records = read(tmp_path, "a;b;c\n;;\n1;2;3\n ; ;\n")
    assert cells(records) == [["1", "2", "3"]]
    assert records[0].line == 3


def test_what_is_put_up_with_is_said_once(tmp_path: Path) -> None:
    reader = opened(written(tmp_path, 'a,a,\n"x "y" z",2,3\n"x "y" z",2,3\n'))
    list(reader.read())
    said = "\n".join(reader.notes)
    assert said.count("repeated have a number now: a_2\n") == 1
    assert said.count("without a header are called: column_3\n") == 1
    assert said.count("2 rows have a quote mark inside a quoted cell (first: line 2)") == 1


def test_nuls_are_passed_on(tmp_path: Path) -> None:
    assert cells(read(tmp_path, "a,b\n1,x\0y\n")) == [["1", "x\0y"]]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=3, max_size=3),
        min_size=1,
        max_size=8,
    ).filter(lambda rows: all(any(map(str.strip, row)) for row in rows))
)
def test_what_csv_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    assert cells(list(opened(path).read())) == rows


# -- delimiters and encodings


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_guessed_and_said(tmp_path: Path, delimiter: str) -> None:
    rows = [["when", "what"], ["2020", "one, two; three"], ["2021", "it's"], ["2022", "a | b"]]
    path = tmp_path / "rows.csv"
    with path.open("w", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    reader = opened(path)
    assert cells(list(reader.read())) == rows[1:]
    spoken = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}[delimiter]
    assert any(spoken in note for note in reader.notes)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_recognised(tmp_path: Path, encoding: str) -> None:
    data = "ad,şəhər\nİlham Əliyev,Bakı\n".encode(encoding)
    reader = opened(written(tmp_path, data))
    assert reader.columns == ["ad", "şəhər"]
    assert cells(list(reader.read())) == [["İlham Əliyev", "Bakı"]]


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("cp1252", "name,text\nJosé,Réunion à l’Élysée – “sommet”\n"),
        ("cp1251", "имя,текст\nВладимир,Встреча в Москве с президентом Азербайджана\n"),
    ],
)
def test_older_encodings_are_guessed_and_said(tmp_path: Path, encoding: str, data: str) -> None:
    reader = opened(written(tmp_path, data.encode(encoding)))
    assert [reader.columns, *cells(list(reader.read()))] == [
        line.split(",") for line in data.splitlines()
    ]
    assert any(encoding.upper() in note for note in reader.notes)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1254", "Cumhurbaşkanı Erdoğan Şuşa ziyareti; ışık saçan İstanbul"),
        ("cp1254", "Erdoğan"),
        ("cp1254", "Abdullah Gül ve Turgut Özal ile Tansu Çiller, Bülent Ecevit, Erdoğan"),
        ("cp1250", "Podpisano umowę o współpracy, w której żąda się zmian; w Łodzi"),
        ("iso8859-2", "Podpisano umowę o współpracy, w której żąda się zmian; w Łodzi"),
        ("cp1250", "Prezident České republiky přijal ministra v pátek; účastníci, dům, Plzeň"),
        ("cp1250", "A tárgyalás időpontja később lesz, főleg az együttműködésről, erősítő, nő"),
        ("cp1250", "Preşedintele a discutat în această săptămână; şi ţara, întâlnire"),
        ("cp1257", "Prezidentė susitiko su užsienio ministru; Šiauliai, mūsų įstatymai"),
        ("cp1252", "Der Präsident empfängt den Außenminister in München; Öl, „Verträge“"),
        ("cp1252", "Réunion à l’Élysée – déclaration signée à Genève; ses hôtes, ça, œuvre"),
        ("cp1252", "Reunión en España; ¿qué pasó? El niño acompañó al presidente a Bogotá"),
        ("cp1252", "As relações e as decisões em São Paulo; após José, você, três"),
        ("cp1252", "Møte i Tromsø; også Århus"),
        ("cp1252", "Mötet ägde rum på Åland; myös Väyrynen ja Töölö"),
        ("cp1252", "José, Müller, Núñez, João, Jørgen, François, Simões, Niccolò"),
        ("cp1252", "Fundur í Reykjavík; það er gott, þeir sögðu; nýr samningur á morgun"),
    ],
)
@pytest.mark.parametrize("times", [1, 50])
def test_languages_in_latin_letters_are_told_apart(
    tmp_path: Path, encoding: str, text: str, times: int
) -> None:
    data = "date,title\n" + f'2024,"{text}"\n' * times
    reader = opened(written(tmp_path, data.encode(encoding)))
    assert cells(list(reader.read())) == [["2024", text]] * times
    assert any(f"read as {encoding.upper()}" in note for note in reader.notes)


@pytest.mark.parametrize("how", [{}, {"encoding": "utf-8"}])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_bad_byte_costs_only_its_row(tmp_path: Path, how: dict[str, str], mark: bytes) -> None:
    data = mark + "title,date\ncafé,2024\n".encode() + b"caf\xe9,2023\nplain,2022\n"
    reader = opened(written(tmp_path, data), **how)
    records = list(reader.read())
    assert [record.cells[0] for record in records if not record.problem] == ["café", "plain"]
    assert records[1].line == 3
    assert records[1].problem == "the byte E9 is not valid UTF-8; mend it"
    assert reader.rejected(records[1]) == [r"caf\xe9", "2023"]


@pytest.mark.parametrize(
    ("signs", "encoding"), [(b"x\x85", "cp1252"), (b"\x97\xb7\x90\xb7\x97", "cp775")]
)
def test_signs_of_no_language_are_read_somehow(tmp_path: Path, signs: bytes, encoding: str) -> None:
    assert cells(read(tmp_path, b"a,b\n1," + signs + b"\n")) == [["1", signs.decode(encoding)]]


def test_a_bad_byte_far_into_a_long_file_costs_only_its_row(tmp_path: Path) -> None:
    data = b"a,b\n" + "1,Bakı şəhəri\n".encode() * 200_000 + b"2,caf\xe9\n"
    records = list(opened(written(tmp_path, data)).read())
    assert [record.line for record in records if record.problem] == [200_002]
    assert records[0].cells == ["1", "Bakı şəhəri"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file that cannot be read")
def test_a_file_that_cannot_be_read_is_one_line() -> None:
    with pytest.raises(StoreError, match="/proc/self/mem: input/output error"):
        opened(Path("/proc/self/mem"))


def test_odd_bytes_far_into_a_file_are_seen(tmp_path: Path) -> None:
    data = b"a,b\n" + b"1,plain\n" * 200_000 + "2,Réunion\n".encode("cp1252")
    assert list(opened(written(tmp_path, data)).read())[-1].cells == ["2", "Réunion"]


def test_a_wrong_encoding_is_one_line_that_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,é\n".encode("cp1252"))
    with pytest.raises(StoreError, match=r"line 2: not valid UTF-8.*encoding"):
        list(opened(path, encoding="utf-8").read())
    with pytest.raises(StoreError, match="no encoding"):
        opened(path, encoding="utf-9")
    with pytest.raises(StoreError, match="no encoding"):
        opened(path, encoding="base64")


@pytest.mark.parametrize("name", ["idna", "utf-7", "unicode_escape", "punycode", "rot13", "U7"])
def test_encodings_that_no_file_has_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="no encoding of files"):
        opened(written(tmp_path, "a,b\n1,2\n"), encoding=name)


def test_utf_16_that_breaks_off_is_one_line(tmp_path: Path) -> None:
    data = b"\xff\xfe" + "a,b\n1,2\n".encode("utf-16-le") + b"3"
    with pytest.raises(StoreError, match="line 3: not valid UTF-16"):
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
    first, second, third = reader.read()
    assert first.cells == ["One", "2020", "", f"A{PART}B", "B", "true", ""]
    assert second.cells == ["Two", "2021.5", "", "", "", "", "dotted"]
    assert third.problem
    assert any('"data.events"' in note for note in reader.notes)
    with pytest.raises(StoreError, match=r'"on\.day".*it has: name, on\.year'):
        reader.bind("on.day")


def test_one_object_is_one_record(tmp_path: Path) -> None:
    assert cells(read(tmp_path, '{"a": "x", "": 1, "b": [1, 2]}', "n.json")) == [["x", f"1{PART}2"]]


def test_a_list_too_deep_is_no_list_of_records(tmp_path: Path) -> None:
    data = {"a": {"b": {"c": {"d": [{"x": 1}]}}}, "n": [1, 2]}
    assert opened(written(tmp_path, json.dumps(data), "n.json")).columns == ["a.b.c.d", "n"]


def test_a_number_beyond_measure_costs_its_record(tmp_path: Path) -> None:
    records = read(tmp_path, '[{"a": 1e999}, {"a": 2}]', "n.json")
    assert [record.problem for record in records] == [
        "not JSON that can be read: Number out of range", "",
    ]  # fmt: skip


def test_half_a_character_in_json_spoils_nothing(tmp_path: Path) -> None:
    data = r'[{"a": "\ud800x"}, {"a": "fine"}]'
    assert [record.problem for record in read(tmp_path, data, "n.json")] == ["", ""]


def test_json_lines_are_those_of_the_file(tmp_path: Path) -> None:
    data = '[\n {"a": 1},\n\n {"a":\n 1}, {"a": 2}\n]'
    assert [record.line for record in read(tmp_path, data, "n.json")] == [2, 4, 5]


def test_lists_of_objects_give_the_values_of_each(tmp_path: Path) -> None:
    reader = opened(written(tmp_path, '[{"who": [{"name": "A"}, {"name": "B"}, {}]}]', "n.json"))
    reader.bind("who.name")
    assert next(reader.read()).cells == [f"A{PART}B{PART}"]


@pytest.mark.parametrize("name", ["n.jsonl", "n.json"])
def test_json_lines_files_are_read(tmp_path: Path, name: str) -> None:
    assert cells(read(tmp_path, '{"a": 1}\n\n{"a": "x"}\n', name)) == [["1"], ["x"]]


def test_records_may_stand_under_keys(tmp_path: Path) -> None:
    data = '{"rows": {"1": {"a": "x"}, "2": {"a": "y"}}}'
    assert cells(read(tmp_path, data, "n.json", records="rows")) == [["1", "x"], ["2", "y"]]


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"2138": {"title": "A", "who": [{"name": "X"}]}, "2139": {"title": "B"}}, "."),
        ({"visits": {"2138": {"title": "A"}, "2139": {"title": "B"}}}, "visits"),
        ({"of": {"all": {"2138": {"title": "A"}, "2139": {"title": "B"}}}, "n": 2}, "of.all"),
    ],
)
def test_records_by_key_are_found_and_said(
    tmp_path: Path, data: dict[str, Any], where: str
) -> None:
    reader = opened(written(tmp_path, json.dumps(data), "n.json"))
    assert reader.guessed == {"records": where}
    again = opened(tmp_path / "n.json", records=where)
    for one in (reader, again):
        one.bind("key")
        one.bind("title")
        assert cells(list(one.read())) == [["2138", "A"], ["2139", "B"]]


def test_a_key_of_the_records_own_goes_before(tmp_path: Path) -> None:
    data = '{"1": {"key": "a", "t": 1}, "2": {"key": "b", "t": 2}}'
    reader = opened(written(tmp_path, data, "n.json"))
    reader.bind("key")
    assert cells(list(reader.read())) == [["a"], ["b"]]


@pytest.mark.parametrize(
    "data",
    [
        {"events": [{"title": "A"}], "start": {"year": 1}, "end": {"year": 2}},
        {"en": {"events": [{"title": "A"}]}, "fr": {"note": "x"}},
    ],
)
def test_objects_that_are_no_records_do_not_hide_a_list(
    tmp_path: Path, data: dict[str, Any]
) -> None:
    reader = opened(written(tmp_path, json.dumps(data), "n.json"))
    assert reader.columns == ["title"]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (["Müller; Jürgen", "Smith"], f"Müller; Jürgen{PART}Smith"),
        (["Peace, security"], f"Peace, security{PART}"),
        (["a", None, "c"], f"a{PART}{PART}c"),
        ([["a", "b"], ["c"]], f"a{PART}b{PART}c"),
        ([], ""),
        ([None, ""], ""),
        ("a\x1fb", "a b"),
    ],
)
def test_a_json_list_keeps_its_own_items_apart(tmp_path: Path, value: Any, wanted: str) -> None:
    data = json.dumps([{"a": value}])
    assert cells(read(tmp_path, data, "n.json")) == [[wanted]]


def test_a_bad_byte_in_json_costs_its_record(tmp_path: Path) -> None:
    data = '[{"a": "café é"}, {"a": "'.encode() + b'caf\xe9"}, {"a": "x"}]'
    records = read(tmp_path, data, "n.json")
    assert [record.cells for record in records if not record.problem] == [["café é"], ["x"]]
    assert records[1].problem == "the byte E9 is not valid UTF-8"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_with_a_mark_is_read(tmp_path: Path, encoding: str) -> None:
    assert cells(read(tmp_path, '[{"a": "ə"}]'.encode(encoding), "n.json")) == [["ə"]]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("[1, 2", "broken JSON"),
        ('{"a": 1', "broken JSON"),
        ('{"a": 1}\n{"a": ', "broken JSON"),
        ("[]", "no records"),
        ("42", "not JSON with a list"),
        ("[" * 100_000, "broken JSON|nested too deeply"),
        ('{"a":' * 100_000, "broken JSON|nested too deeply"),
    ],
    ids=lambda value: value[:12],
)
def test_json_that_is_no_list_is_refused(tmp_path: Path, data: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        opened(written(tmp_path, data, "n.json"))
    assert str(caught.value).isprintable()


def test_records_may_stand_in_a_list_in_a_list(tmp_path: Path) -> None:
    data = '{"sets": [[], [{"a": 1}]]}'
    assert cells(read(tmp_path, data, "n.json", records="sets.1")) == [["1"]]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('[{"a": 1}]', 'no "b.c"; it has: a list at the top; leave records out'),
        ('{"b": {"c": "text"}}', 'read.records: "b.c" is no list'),
    ],
)
def test_records_that_are_no_list_are_refused(tmp_path: Path, data: str, said: str) -> None:
    with pytest.raises(StoreError, match=re.escape(said)):
        opened(written(tmp_path, data, "n.json"), records="b.c")


def test_records_that_are_not_there_name_what_is(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r'no "data\.rows"; it has: note, data'):
        opened(written(tmp_path, json.dumps(NESTED), "n.json"), records="data.rows")
