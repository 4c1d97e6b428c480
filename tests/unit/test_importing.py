"""Rows become records: templates, dates, words, names, ids, and what is refused."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importer import EVENT, HEAD, imported, only, refusals
from tui import importing
from tui.dossier import dates
from tui.files import StoreError
from tui.importing.registry import Memo, Registry, event_id
from tui.importing.rows import FileRow, Rows, as_line, as_prose, without_html
from tui.importing.written_dates import DateReader


def refused_mapping(toml: str) -> str:
    with pytest.raises(StoreError) as caught:
        importing.parse_mapping(toml, "map.toml")
    message = str(caught.value)
    assert message.startswith("map.toml: ")
    assert message.isprintable()
    return message


# -- templates


class OneRow(Rows):
    def read(self) -> Iterator[FileRow]:
        raise NotImplementedError

    position = read  # type: ignore[assignment]


def one_row(cells: dict[str, str]) -> OneRow:
    rows = OneRow("rows.csv", missing=["NA"])
    rows.columns = list(cells)
    return rows


def filled(template: str, **cells: str) -> str:
    return one_row(cells).template(template, "event.title")(list(cells.values()))


@pytest.mark.parametrize(
    ("template", "cells", "wanted"),
    [
        ("{a}", {"a": " x "}, "x"),
        ("{a} – {b}", {"a": "x", "b": "y"}, "x – y"),
        ("{{{a}}} 100%", {"a": "x"}, "{x} 100%"),
        ("plain %s", {"a": "x"}, "plain %s"),
        ("{a}, {b}", {"a": "", "b": "y"}, "y"),
        ("{a} ({b})", {"a": "x", "b": ""}, "x"),
        ("visit-{a}", {"a": ""}, ""),
        ("{a}{b}", {"a": "NA", "b": "NA"}, ""),
        ("{ a }", {"a": "x"}, "x"),
    ],
)
def test_templates_fill(template: str, cells: dict[str, str], wanted: str) -> None:
    assert filled(template, **cells) == wanted


@pytest.mark.parametrize("template", ["{a", "a}", "{}", "{ }", "{a{b}}"])
def test_a_stray_brace_is_refused(template: str) -> None:
    with pytest.raises(StoreError, match="brace"):
        filled(template, a="x", b="y")


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        ("{a}/{b}", ["A", "B"]),
        ("{a}/..", ["A", ".."]),
        ("{y}-{m}/{e}", ["Y-M", "E"]),
        ("{{{a/b}}}/{b}", ["{A or B}", "B"]),
        ("{a}", []),
        ("{a/b}", []),
        ("{d}/{m}/{y}", []),
    ],
)
def test_a_date_template_has_sides(template: str, wanted: list[str]) -> None:
    cells = {name: name.upper() for name in "abdemy"} | {"a/b": "A or B"}
    rows = one_row(cells)
    row = list(cells.values())
    assert [side(row) for side in rows.sides(template, "event.date")] == wanted


# -- dates


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("", ""),
        ("2025-08-08", "2025-08-08"),
        ("2025-04", "2025-04"),
        ("2020-23", "2020-23"),
        ("2019~", "2019~"),
        ("2025-08-31/..", "2025-08-31/.."),
        ("1984-3-7", "1984-03-07"),
        ("1943-7-", "1943-07"),
        ("1951--", "1951"),
        ("2020-00-00", "2020"),
        ("602", "0602"),
        ("2011-03-23T10:00:00Z", "2011-03-23"),
        ("2011-03-23 10:00", "2011-03-23"),
        ("20110323", "2011-03-23"),
    ],
)
def test_iso_and_edtf_need_no_format(value: str, wanted: str) -> None:
    assert DateReader().read(value) == wanted


@pytest.mark.parametrize(
    "value",
    ["8 Aug", "84-3-7", "1951--7", "2025-02-30", "2025-13", "196002152034", "12", "-44", "²"],
)
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(dates.DateError, match=re.escape(value[:5]) if value != "²" else "date"):
        DateReader().read(value)


@pytest.mark.parametrize(
    ("form", "value", "wanted"),
    [
        ("%m/%d/%Y", "8/4/2025", "2025-08-04"),
        ("%d.%m.%y", "04.08.25", "2025-08-04"),
        ("%B %Y", "August 2025", "2025-08"),
        ("%Y", "2025", "2025"),
        ("%d %b %Y %H:%M", "8 Aug 2025 10:30", "2025-08-08"),
        ("%Y-%d-%m", "2025-04-08", "2025-08-04"),
    ],
)
def test_formats_keep_their_precision(form: str, value: str, wanted: str) -> None:
    assert DateReader((form,)).read(value) == wanted


def test_formats_are_tried_in_order_and_iso_after_them() -> None:
    reader = DateReader(("%m/%d/%Y", "%d/%m/%Y"))
    assert [reader.read(value) for value in ("1/2/2020", "31/2/2020"[:2] + "/1/2020", "2020")] == [
        "2020-01-02", "2020-01-31", "2020",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["%d/%m", "%d %Y", "%Q", "%", "%Y %", "x"])
def test_a_format_without_a_year_or_meaning_is_refused(form: str) -> None:
    with pytest.raises(StoreError, match="date_format"):
        DateReader((form,))


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("2020", "", "2020"),
        ("2020-01-01", "2020-01-01", "2020-01-01"),
        ("2020-01-01", "2020-01-03", "2020-01-01/2020-01-03"),
        ("2020", "..", "2020/.."),
        ("", "2020", "/2020"),
        ("", "", ""),
    ],
)
def test_spans(start: str, end: str, wanted: str) -> None:
    assert DateReader().read_span(start, end) == wanted


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(dates.DateError, match="ends before it starts"):
        DateReader().read_span("2020-02-02", "2020-01-01")
    with pytest.raises(dates.DateError):
        DateReader().read_span("2020/2021", "2022")


@given(st.text(max_size=14) | st.from_regex(r"[0-9]{1,4}-[0-9]{0,2}-[0-9]{0,2}", fullmatch=True))
def test_whatever_is_read_as_a_date_is_one(value: str) -> None:
    try:
        read = DateReader().read(value)
    except dates.DateError:
        return
    assert not read or dates.parse(read).text == read


# -- text


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("a <b>bold</b> <a href='x'>link</a>", "a bold link"),
        ("one<br/>two<p>three</p><p>four</p>", "one\ntwo\nthree\nfour"),
        ("a &lt; b &amp; c&nbsp;d &#8211; e", "a < b & c d – e"),
        ("AT&T, R&D, a&copy b", "AT&T, R&D, a&copy b"),
        ("1 < 2 > 1, <3, <john@example.org>", "1 < 2 > 1, <3, <john@example.org>"),
        ("&lt;b&gt;kept&lt;/b&gt;", "<b>kept</b>"),
        ("x<script>alert(1)</script>y<!-- no -->z", "xyz"),
        ("a  b\r\n\r\n\r\n\r\n c ", "a b\n\nc"),
        ("see [[other]] and [[id|words]]", "see other and words"),
        ("tab\tand\x1b[31m", "tab and\ufffd[31m"),
    ],
)
def test_markup_goes_and_words_stay(value: str, wanted: str) -> None:
    assert as_prose(value) == wanted


def test_titles_are_one_line() -> None:
    assert as_line(" Elizabeth Taylor<br/> 1932-2011\n") == "Elizabeth Taylor 1932-2011"


@given(st.text(alphabet="ab<>/p! -&;'\"=\n", max_size=60))
def test_no_text_upsets_it(value: str) -> None:
    assert "<p>" not in without_html(value.replace("&", "+"))


@pytest.mark.parametrize("part", ["<a ", "<!--", "<p title='", "&", "<script>", "</p", "<a href="])
def test_hostile_markup_takes_no_longer_than_it_should(part: str) -> None:
    as_prose(part * 20_000)
    as_prose(part * 20_000 + ">")


# -- ids


def test_ids_fit_and_differ() -> None:
    ids = Registry({}, {"id": "source"})
    made = [ids.new_id(event_id("Əliyev " * 30, "2025", [])) for _ in range(200)]
    made += [ids.new_id("x" * 80) for _ in range(20)] + [ids.new_id(event_id("北京", "2008", []))]
    assert len(set(made)) == len(made)
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}", id_) for id_ in made)
    assert made[1] == f"{made[0]}-2"
    assert made[-1] == "beijing-2008"


def test_what_is_remembered_of_cells_has_its_bounds() -> None:
    memo = Memo(str.upper, 100)
    assert [memo[f"a{n % 130}"] for n in range(260)] == [f"A{n % 130}" for n in range(260)]
    assert memo["x" * 2000] == "X" * 2000
    assert len(memo) <= 100
    assert "x" * 2000 not in memo


# -- events


def test_an_event_says_where_it_is_from(tmp_path: Path) -> None:
    event = only(tmp_path, "title,date,text\nA  visit,2025-08-08,Met.\n", EVENT + 'text = "{text}"')
    assert re.fullmatch("a-visit-[0-9a-f]{7}-2025-08-08", event["id"])
    assert event["title"] == "A visit"
    assert event["claims"] == [
        {"kind": "fact", "text": "Met.", "cites": [{"source": "the-list", "at": "line 2"}]}
    ]


def test_everything_a_mapping_may_say(tmp_path: Path) -> None:
    mapping = """
[read]
missing = ["NA"]
date_format = "%d.%m.%Y"
[event]
id = "row-{no}"
title = "{what}"
date = "{from}/{to}"
type = "{kind}"
region = { name = "{partner}", split = "/" }
place = "{city}"
text = "{text}"
summary = "{short}"
at = "row {no}"
tags = "{tags}"
aliases = "{also}"
instrument = "{paper}"
[[event.participants]]
name = "{who}"
split = ";"
role = "guest"
type = "person"
[[event.participants]]
name = "{partner}"
split = "/"
type = "state"
[event.facts]
"How long" = "{days} days"
Lost = "{none}"
[types]
"State Visit" = "visit"
[instruments]
"Treaty of friendship" = "treaty"
[place]
country = "{cc}"
lat = "{lat}"
lon = "{lon}"
"""
    rows = (
        "no;what;from;to;kind;partner;city;text;short;tags;also;paper;who;days;none;cc;lat;lon\n"
        "7;Talks;01.02.2020;03.02.2020;STATE visit;Chile/Peru;Lima;Met.;In short;a, b;a;X, Y;Z;"
    )
    rows = rows.replace("a, b;a;X, Y;Z;", 'a, b;"X, Y;Z";treaty OF friendship;"Ana; Luis ;";')
    event_row = rows + "3;NA;pe;-12,05;-77.04\n"
    tables, outcome = imported(tmp_path, event_row, mapping)
    assert outcome.rejected == 0
    assert tables["events"] == [
        {
            "id": "row-7",
            "type": "visit",
            "title": "Talks",
            "aliases": ["X, Y", "Z"],
            "date": "2020-02-01/2020-02-03",
            "regions": ["chile", "peru"],
            "place": "lima-pe",
            "participants": [
                {"actor": "ana", "role": "guest"},
                {"actor": "luis", "role": "guest"},
                {"actor": "state-chile"},
                {"actor": "state-peru"},
            ],
            "tags": ["a", "b"],
            "summary": "In short",
            "instrument": "treaty",
            "facts": {"How long": "3 days"},
            "claims": [
                {"kind": "fact", "text": "Met.", "cites": [{"source": "the-list", "at": "row 7"}]}
            ],
        }
    ]
    assert tables["places"] == [
        {"id": "lima-pe", "name": "Lima", "country": "PE", "lat": -12.05, "lon": -77.04}
    ]
    assert [actor["type"] for actor in tables["actors"]] == ["person", "person", "state", "state"]


def test_the_same_name_is_made_once(tmp_path: Path) -> None:
    mapping = EVENT + 'region = "{r}"\n[[event.participants]]\nname = "{p}"'
    rows = "title,date,r,p\na,2020,Côte  d’Ivoire,Aliyev\nb,2020,cote d'ivoire, ALIYEV \n"
    tables, _ = imported(tmp_path, rows, mapping)
    assert [region["name"] for region in tables["regions"]] == ["Côte d’Ivoire"]
    assert [actor["id"] for actor in tables["actors"]] == ["aliyev"]
    assert [event["regions"] for event in tables["events"]] == [["cote-divoire"]] * 2


def test_a_place_without_coordinates_is_a_fact(tmp_path: Path) -> None:
    event = only(tmp_path, "title,date,city\na,2020,Baku\n", EVENT + 'place = "{city}"')
    assert event["facts"] == {"Place": "Baku"}
    assert "place" not in event


def test_parts_find_their_whole_and_never_loop(tmp_path: Path) -> None:
    rows = "title,date,up\na,2020,b\nb,2020,C\nc,2020,a\nd,2020,nowhere\ne,2020,e\n"
    tables, outcome = imported(tmp_path, rows, EVENT + 'part_of = "{up}"')
    found = {event["title"]: event.get("part_of") for event in tables["events"]}
    wholes = {event["title"]: event["id"] for event in tables["events"]}
    assert found == {"a": wholes["b"], "b": wholes["c"], "c": None, "d": None, "e": None}
    assert tables["events"][3]["facts"] == {"Part of": "nowhere"}
    assert any("3 events" in note for note in outcome.notes)


def test_dates_in_three_columns_and_json(tmp_path: Path) -> None:
    mapping = EVENT.replace("{date}", "{d.y}-{d.m}-{d.d}/{e.y}-{e.m}")
    rows = [{"title": "a", "d": {"y": "1984", "m": "3", "d": "7"}}]
    rows += [{"title": "b", "d": {"y": 1984, "m": "", "d": None}, "e": {"y": 1990, "m": 2}}]
    tables, outcome = imported(tmp_path, json.dumps(rows), mapping, "rows.json")
    assert outcome.rejected == 0
    assert [event["date"] for event in tables["events"]] == ["1984-03-07", "1984/1990-02"]


def test_a_slash_of_a_date_is_no_span(tmp_path: Path) -> None:
    mapping = '[read]\ndate_format = "%m/%Y"' + EVENT.replace("{date}", "{m}/{y}")
    assert only(tmp_path, "title,m,y\na,3,2020\n", mapping)["date"] == "2020-03"


# -- what is refused


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",2020,x", "no title"),
        ("a,,x", "no date"),
        ("a,soon,x", "'soon' is not a date"),
        ("a,2020-02-30,x", "February 2020 has days 01 to 29"),
        ("a,2020,picnic", '"picnic" is not in [types]'),
        (f"{'a' * 1001},2020,x", "1,001 characters"),
        ("a,2020,x,more", "4 cells where the header names 3"),
        ('a,2020,"x', "quote"),
    ],
)
def test_a_row_without_use_is_refused_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    mapping = (
        EVENT + 'type = "{kind}"\n[[event.participants]]\nname = "{title}"\n[types]\nx = "visit"'
    )
    tables, outcome = imported(tmp_path, f"title,date,kind\nfine,2020,x\n{row}\n", mapping)
    assert [event["title"] for event in tables["events"]] == ["fine"]
    assert [actor["name"] for actor in tables["actors"]] == ["fine"]  # nothing of it is left
    assert outcome.rejected == 1
    assert refusals(tmp_path).splitlines()[0] == "line,reason,title,date,kind"
    assert refusals(tmp_path).splitlines()[1].startswith("3,")
    assert said in refusals(tmp_path).replace('""', '"')


def test_an_id_given_twice_is_refused(tmp_path: Path) -> None:
    _, outcome = imported(
        tmp_path, "title,date\na,2020\nb,2021\nA,2022\n", EVENT + 'id = "n-{title}"'
    )
    assert outcome.rejected == 1
    assert "already that of line 2" in refusals(tmp_path)


def test_refused_cells_are_safe_in_a_spreadsheet(tmp_path: Path) -> None:
    rows = 'title,date,=head\n=1+1,soon,"+x"\n@a,soon,-1\n"\ta",soon,\n'
    imported(tmp_path, rows)
    body = refusals(tmp_path)
    for cell in ("'=head", "'=1+1", "'+x", "'@a", "'-1", "'\ta"):
        assert cell in body
    assert not re.search(r'(?m)(^|,)"?[=+@\t-]', body)


# -- mappings


def test_a_mapping_that_is_not_utf_8_says_so(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_bytes(HEAD.encode() + "# é".encode("cp1252"))
    with pytest.raises(StoreError, match=r"map\.toml: not valid UTF-8; save the mapping"):
        importing.load_mapping(str(tmp_path / "map.toml"))


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[dossier", "not TOML"),
        ("", "missing `dossier`"),
        (HEAD, "missing `event`"),
        (HEAD + "[event]\ntitle = 'x'", "event: missing `date`"),
        (HEAD + EVENT + "colour = 'x'", "event: unknown key `colour`"),
        (HEAD + EVENT + "text = 3", "event.text: text in quotes"),
        (HEAD + EVENT + "[types]\na = 'picnic'", "'picnic' is none of summit"),
        (HEAD + EVENT + "[read]\ndelimiter = ';;'", "read.delimiter"),
        (HEAD.replace("2024", "soon") + EVENT, "'soon' is not a date"),
        (HEAD.replace("the-list", "The List") + EVENT, "[source]: id"),
        (HEAD.replace("[source]", "subject = 'Peru'\n[source]") + EVENT, "[dossier]: subject"),
        ("a = " + "[" * 5000, "map.toml"),
    ],
)
def test_a_wrong_mapping_says_where(toml: str, said: str) -> None:
    assert said in refused_mapping(toml)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (EVENT.replace("{date}", ""), "event.date"),
        (EVENT.replace("{date}", "{day}"), 'no column "day"'),
        (EVENT + '[event.facts]\nX = "{y}"', 'no column "y".*it has: title, date'),
        (EVENT + '[[event.participants]]\nname = "x"\ntype = "robot"', "'robot' is none of person"),
    ],
)
def test_a_mapping_that_does_not_fit_writes_nothing(
    tmp_path: Path, mapping: str, said: str
) -> None:
    with pytest.raises(StoreError, match=said):
        imported(tmp_path, "title,date\na,2020\n", mapping)
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


# -- proposals


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ("id,name,start_date,end_date\n1,Talks,2020-01-01,2020-01-02\n", "2020-01-01/2020-01-02"),
        ("Subject;Date signed\nA treaty;31/12/2020\n", "2020-12-31"),
        ("Event,Year\nAn event,1999\n", "1999"),
        ("x,when,title\n1,August 2025,T\n", "2025-08"),
    ],
)
def test_a_proposal_imports_as_it_stands(tmp_path: Path, rows: str, wanted: str) -> None:
    source = tmp_path / "my_rows.csv"
    source.write_text(rows)
    proposed = importing.propose(str(source))
    assert tomllib.loads(proposed.toml)["dossier"]["title"] == "My rows"
    mapping = importing.parse_mapping(proposed.toml, "proposed")
    preview = importing.preview(str(source), mapping, 5)
    (event,) = json.loads(preview.dossier)["events"].values()
    assert event["date"] == wanted
    assert preview.refused == []


HOSTILE = ['"', "\\", "]", "= 1\n[x]", "{y}", "%", "'''", "\x1b[2J", "\u202e", "a.b", "#"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_headers_stay_in_their_quotes(tmp_path: Path, name: str) -> None:
    source = tmp_path / "rows.csv"
    header = name.replace('"', '""')
    source.write_text(f'title,date,"{header}"\nA,2020,x\n')
    proposed: Any = importing.propose(str(source)).toml
    assert all(char.isprintable() or char == "\n" for char in proposed)
    assert set(tomllib.loads(proposed)) <= {"dossier", "source", "read", "event", "types"}
    preview = importing.preview(str(source), importing.parse_mapping(proposed, "proposed"), 1)
    (event,) = json.loads(preview.dossier)["events"].values()
    assert list(event["facts"].values()) == ["x"]
