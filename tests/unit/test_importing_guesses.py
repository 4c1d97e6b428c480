"""What import decides for itself: said, or refused, and never guessed in silence."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.importer import EVENT, HEAD, imported, only, refusals
from tests.support import SMALL
from tests.unit.test_importing_proposals import dates_of, proposal
from tui import importing
from tui.dossier import check
from tui.dossier.dates import DateError
from tui.dossier.dossier import Dossier
from tui.export import Selection
from tui.export.csv_table import render
from tui.importing.written_dates import DateReader, as_precise
from tui.notebook import Notebook, key_of


def as_proposed(
    tmp_path: Path, rows: str, name: str = "rows.csv"
) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    """The events of a file by the mapping proposed, the rows refused, and all that is said."""
    path = tmp_path / name
    path.write_text(rows, encoding="utf-8")
    proposed = importing.propose(str(path))
    preview = importing.preview(str(path), importing.parse_mapping(proposed.toml, "map"), 1000)
    events = list(json.loads(preview.dossier)["events"].values())
    return events, preview.refused, [*proposed.notes, *preview.notes]


def said(notes: list[str], words: str) -> bool:
    return any(words in note for note in notes)


# -- the century


@pytest.mark.parametrize(
    ("source_date", "wanted"),
    [("2024", "1953-03-14"), ("2060", "1953-03-14"), ("1930", "1853-03-14")],
)
def test_a_date_after_its_source_or_today_is_never_chosen(
    tmp_path: Path, source_date: str, wanted: str
) -> None:
    mapping = EVENT + '[read]\ndate_format = "%d-%b-%y"'
    head = HEAD.replace('date = "2024"', f'date = "{source_date}"')
    (tmp_path / "rows.csv").write_text("title,date\na,14-Mar-53\n", encoding="utf-8")
    made = importing.parse_mapping(head + mapping, "map")
    outcome = importing.write(str(tmp_path / "rows.csv"), made, str(tmp_path / "new.json"))
    events = json.loads((tmp_path / "new.json").read_text(encoding="utf-8"))["events"]
    assert events["1"]["date"] == wanted
    assert said(outcome.notes, f"14-Mar-53 is {wanted}")


def test_a_column_of_years_tells_the_century(tmp_path: Path) -> None:
    rows = "title,date,year\nTower,9/24/06,1906\nCastle,12/18/06,1906\nPark,1/31/78,1978\n"
    events, refused, notes = as_proposed(tmp_path, rows)
    assert [event["date"] for event in events] == ["1906-09-24", "1906-12-18", "1978-01-31"]
    assert not refused
    assert said(notes, 'its century is that of "year"')
    assert not said(notes, "years of two digits")


def test_check_notes_what_is_dated_after_its_source(tmp_path: Path) -> None:
    imported(tmp_path, "title,date\na,2024-01-01\nb,2031-05-01\n", EVENT)
    notes = [p for p in check.check(str(tmp_path / "new.json")) if "after the date" in p.what]
    assert [(problem.record, problem.is_note) for problem in notes] == [("b-2031-05-01", True)]


# -- ids


VOTES = "title,date,by\nVoto uno,2023-01-02,A\nVoto uno,2023-05-06,B\nVoto uno,2023-05-06,C\n"


def ids(tmp_path: Path, rows: str, mapping: str = EVENT) -> dict[str, str]:
    """The id of each row's event, by the cell `by`."""
    tables, _ = imported(tmp_path, rows, mapping)
    (tmp_path / "new.json").unlink()
    return {event["facts"]["By"]: event["id"] for event in tables["events"]}


def test_an_id_depends_on_its_row_alone(tmp_path: Path) -> None:
    mapping = EVENT + '[event.facts]\nBy = "{by}"'
    first = ids(tmp_path, VOTES, mapping)
    head, *rows = VOTES.splitlines()
    again = "\n".join([head, "Voto uno,2023-05-06,D", "Voto uno,2023-01-02,E", *reversed(rows[1:])])
    second = ids(tmp_path, again, mapping)
    assert {by: second[by] for by in "BC"} == {by: first[by] for by in "BC"}
    assert len(set(second.values())) == 4
    assert all(re.fullmatch(r"voto-uno-[0-9a-f]{7}-2023-\d\d-\d\d", id_) for id_ in second.values())


def test_a_record_has_one_id_whatever_comes_first(tmp_path: Path) -> None:
    mapping = EVENT + (
        'region = "{r}"\nplace = "{r}"\n[[event.participants]]\nname = "{p}"\ntype = "{t}"\n'
        '[place]\ncountry = "GE"\nlat = "41"\nlon = "44"'
    )
    rows = ["a,2020,Georgia,Anna,person", "b,2021,Armenia,Georgia,organisation"]
    made = []
    for order in (rows, rows[::-1]):
        tables, _ = imported(tmp_path, "\n".join(["title,date,r,p,t", *order]), mapping)
        made.append({one["id"] for name in ("regions", "actors", "places") for one in tables[name]})
        (tmp_path / "new.json").unlink()
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Встреча в Баку", "vstrecha-v-baku-2023-01-02"),
        ("გამარჯობა", "gamarjoba-2023-01-02"),
        ("Հանդիպում", "handipowm-2023-01-02"),
        ("정상회담", "jeongsanghoedam-2023-01-02"),
        ("首脑会谈", "shounaohuitan-2023-01-02"),
        ("زيارة رسمية", "zyarh-rsmyh-2023-01-02"),
        ("Συνάντηση", "synantisi-2023-01-02"),
        ("भारत", "bhart-2023-01-02"),
    ],
)
def test_titles_in_any_script_give_readable_ids(tmp_path: Path, title: str, wanted: str) -> None:
    assert only(tmp_path, f"title,date\n{title},2023-01-02\n")["id"] == wanted


def test_rows_that_are_the_same_are_told(tmp_path: Path) -> None:
    tables, outcome = imported(tmp_path, "title,date\n" + "a,2023-01-02\n" * 3)
    assert [event["id"] for event in tables["events"]] == [
        "a-2023-01-02", "a-2023-01-02-2", "a-2023-01-02-3",
    ]  # fmt: skip
    assert said(outcome.notes, "2 rows are the same as one above")


def test_notes_stay_in_place_when_a_file_is_imported_again(tmp_path: Path) -> None:
    mapping = EVENT + '[event.facts]\nBy = "{by}"'

    def opened(rows: str) -> tuple[Dossier, Notebook]:
        imported(tmp_path, rows, mapping)
        dossier = Dossier.open(tmp_path / "new.json")
        (tmp_path / "new.json").unlink()
        return dossier, Notebook.open(key_of(dossier), tmp_path / "notebook.json")

    dossier, notebook = opened(VOTES)
    for id_ in dossier.ids(""):
        if id_.startswith("voto"):
            row = dossier.resolve(id_)
            notebook.set_note(id_, dossier.body(row).decode(), row=row)
    head, *rows = VOTES.splitlines()
    again = [head, "Voto uno,2023-05-06,new", rows[2], "Voto due,2023-01-01,new", rows[1]]
    dossier, notebook = opened("\n".join(again))
    kept = {entry.id: entry.note for entry in notebook.notes()}
    for id_, note in kept.items():
        row = dossier.row(id_)
        there = row and json.loads(dossier.body(row))["facts"]
        if '"By":"A"' in note.replace(" ", ""):
            assert row is None
            assert notebook.misfit(id_, row) == '"Voto uno" of 2023-01-02'
        else:
            assert there == json.loads(note)["facts"]
            assert notebook.misfit(id_, row) == ""


# -- which column is the id


def test_an_id_that_comes_again_is_a_fact(tmp_path: Path) -> None:
    rows = "treaty_id,id,title,date\n" + "".join(
        f"T{n // 2},{n % 250},Treaty {n},1950-01-02\n" for n in range(500)
    )
    made, notes = proposal(tmp_path, rows)
    assert "id" not in made["event"]
    assert {"{treaty_id}", "{id}"} <= set(made["event"]["facts"].values())
    assert said(notes, '"id": no id, as 0 comes again')
    events, refused, _ = as_proposed(tmp_path, rows)
    assert (len(events), refused) == (500, [])


def test_an_id_of_each_row_is_taken_and_told(tmp_path: Path) -> None:
    made, notes = proposal(tmp_path, "id,title,date\nX7,a,2020\nX8,b,2021\n")
    assert made["event"]["id"] == "event-{id}"
    assert said(notes, '"id": the id, as it is another in each of 2 rows')


@pytest.mark.parametrize("ids", ["AB-1 ab-1", "1 2"])
def test_what_is_one_id_in_the_end_or_counts_the_rows_is_none(tmp_path: Path, ids: str) -> None:
    one, two = ids.split()
    made, notes = proposal(tmp_path, f"No.,title,date\n{one},a,2020\n{two},b,2021\n")
    assert "id" not in made["event"]
    assert said(notes, '"No.": no id')


# -- types


KINDS = ("summit", "Agreement", "treaty", "Bilateral Convention", "visit", "State Visit", "Fair")


def test_known_words_come_before_the_rest(tmp_path: Path) -> None:
    rows = "title,date,type\n" + "".join(
        f"{n},2020,{kind}\n"
        for n, kind in enumerate(
            (
                "summit",
                "Agreement",
                "treaty",
                "Bilateral Convention",
                "visit",
                "State Visit",
                "Fair",
            )
        )
    )
    events, _, _ = as_proposed(tmp_path, rows)
    assert [event["type"] for event in events] == [
        "summit", "agreement", "agreement", "agreement", "visit", "visit", "milestone",
    ]  # fmt: skip


# -- no date


@pytest.mark.parametrize(
    "cell",
    ["NA", "n/a", "#N/A", "-", "—", "0000-00-00", "Null", "nan", "-9", "0000-00-00 00:00:00"],
)
def test_a_cell_that_says_there_is_no_date_is_empty(tmp_path: Path, cell: str) -> None:
    rows = f"title,start,end\na,2001-05-13,{cell}\nb,{cell},\nc,2001-05-14,2001-05-20\n"
    events, refused, _ = as_proposed(tmp_path, rows)
    assert [event["date"] for event in events] == ["2001-05-13", "2001-05-14/2001-05-20"]
    assert refused == ["line 3: no date"]


def test_namibia_stays_in_a_column_of_countries(tmp_path: Path) -> None:
    events, _, _ = as_proposed(tmp_path, "title,date,country\na,2020,NA\nb,NA,AZ\n")
    assert [event["regions"] for event in events] == [["na"]]


@pytest.mark.parametrize(
    ("end", "wanted"),
    [("present", "2023-01-02/.."), ("9999-12-31", "2023-01-02/.."), ("", "2023-01-02")],
)
def test_an_end_that_has_not_come_is_open(end: str, wanted: str) -> None:
    assert DateReader().read_span("2023-01-02", end) == wanted


# -- numbers and calendars


def test_a_real_date_comes_before_a_number(tmp_path: Path) -> None:
    rows = "title,time,when_text\n" + "".join(
        f"T{n},{930 + n},{n + 1} May 2021\n" for n in range(5)
    )
    assert dates_of(tmp_path, rows) == ([f"2021-05-0{n}" for n in range(1, 6)], [])
    made, _ = proposal(tmp_path, "title,time\na,930\nb,931\n")
    assert made["event"]["date"] == ""


@pytest.mark.parametrize(
    "cells", ["1402/01/16 1402/02/20", "1444-09-14 1445-01-02", "2566-01-02 2567-03-04"]
)
def test_another_calendar_is_said_and_not_taken(tmp_path: Path, cells: str) -> None:
    first, second = cells.split()
    made, notes = proposal(tmp_path, f"title,date\na,{first}\nb,{second}\n")
    assert made["event"]["date"] == ""
    assert said(notes, f"looks like another calendar ({first})")


def test_days_of_a_spreadsheet_are_said(tmp_path: Path) -> None:
    events, _, notes = as_proposed(tmp_path, "title,date\na,45021\nb,45300\n")
    assert [event["date"] for event in events] == ["2023-04-05", "2024-01-09"]
    assert said(notes, "days of a spreadsheet (45021 is 2023-04-05)")


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("styear,stmon,stday,name", "{styear}-{stmon}-{stday}"),
        ("yrent,moent,dayent,name", "{yrent}-{moent}-{dayent}"),
        ("Year,Month,Day,name", "{Year}-{Month}-{Day}"),
    ],
)
def test_years_months_and_days_in_columns_are_one_date(
    tmp_path: Path, header: str, wanted: str
) -> None:
    made, _ = proposal(tmp_path, f"{header}\n1816,2,3,a\n1817,0,0,b\n")
    assert made["event"]["date"] == wanted
    assert dates_of(tmp_path, f"{header}\n1816,2,3,a\n1817,0,0,b\n")[0] == ["1816-02-03", "1817"]


def test_an_end_in_three_columns_may_be_missing(tmp_path: Path) -> None:
    rows = "name,yrent,moent,dayent,yrexit,moexit,dayexit\na,1815,1,0,0,0,0\nb,1816,2,2,1821,1,1\n"
    assert dates_of(tmp_path, rows) == (["1815-01", "1816-02-02/1821-01-01"], [])


@pytest.mark.parametrize("header", ["name,startdate,enddate", "Activity,Commencement,Completion"])
def test_headers_without_spaces_are_known(tmp_path: Path, header: str) -> None:
    rows = f"{header}\na,2023-01-02,2023-01-05\n"
    assert dates_of(tmp_path, rows) == (["2023-01-02/2023-01-05"], [])


def test_other_columns_of_dates_are_told(tmp_path: Path) -> None:
    rows = "Treaty,Date of signature,Entry into force\na,2023-01-02,2023-01-05\n"
    events, _, notes = as_proposed(tmp_path, rows)
    assert events[0]["date"] == "2023-01-02"
    assert said(notes, 'if the end is one of "Entry into force"')


def test_a_birthday_is_no_event(tmp_path: Path) -> None:
    rows = "name,BornDate,Beg,End\nAnna,1906-09-25,1948-05-08,1949-11-08\n"
    assert dates_of(tmp_path, rows)[0] == ["1948-05-08/1949-11-08"]


def test_a_month_and_two_figures_are_a_year_only_where_they_must_be(tmp_path: Path) -> None:
    assert dates_of(tmp_path, "title,date\na,Apr-23\nb,Jun-46\n")[0] == ["2023-04", "1946-06"]
    made, notes = proposal(tmp_path, "title,date\na,Apr-23\nb,May-23\n")
    assert "date_format" not in made["read"]
    assert said(notes, "Apr-23 may be a day or a year")


# -- dates in words of many languages


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("5 aprel 2023", "2023-04-05"),
        ("5 İyun 2023", "2023-06-05"),
        ("5 апреля 2023", "2023-04-05"),
        ("6 апреля 2023 г.", "2023-04-06"),
        ("среда, 5 апреля 2023 года", "2023-04-05"),
        ("5 Nisan 2023", "2023-04-05"),
        ("5 avril 2023", "2023-04-05"),
        ("1er mai 2023", "2023-05-01"),
        ("5. April 2023", "2023-04-05"),
        ("5 de abril de 2023", "2023-04-05"),
        ("5 aprile 2023", "2023-04-05"),
        ("5 kwietnia 2023 r.", "2023-04-05"),
        ("5 квітня 2023 р.", "2023-04-05"),
        ("5 აპრილი, 2023", "2023-04-05"),
        ("5 ապրիլի, 2023 թ.", "2023-04-05"),
        ("۵ آوریل ۲۰۲۳", "2023-04-05"),
        ("٥ أبريل ٢٠٢٣", "2023-04-05"),
        ("۲۰۲۳-۰۴-۰۶", "2023-04-06"),
        ("۲۰۲۳/۰۴/۰۶", "2023-04-06"),
        ("２０２３年０４月０７日", "2023-04-07"),
        ("2023년 4월 5일", "2023-04-05"),
        ("5.VI.2023", "2023-06-05"),
        ("05JUN2023", "2023-06-05"),
        ("1902-April-19", "1902-04-19"),
        ("28.02.-02.03.2023", "2023-02-28/2023-03-02"),
        ("March 1, 2024 → March 3, 2024", "2024-03-01/2024-03-03"),
        ("March 1, 2024 10:00 AM (GMT+4)", "2024-03-01"),
        ("Jun 5, 2023 – present", "2023-06-05/.."),
        ("May 2023 (?)", "2023-05?"),
        ("c. May 2023 (?)", "2023-05%"),
        ("\u200e2023-04-08", "2023-04-08"),
        ("20\u200b23-\u00ad04-\ufeff08", "2023-04-08"),
        ("5\xa0 April\xa0 2023", "2023-04-05"),
        ("2023‑04‑07", "2023-04-07"),
        ("+2023-04-00T00:00:00Z", "2023-04"),
        ("+2023-00-00T00:00:00Z", "2023"),
        ("2023-05-XX", "2023-05"),
        ("199X", "1990/1999"),
        ("AD 70", "0070"),
        ("70 CE", "0070"),
        ("20230405123000", "2023-04-05"),
        ("/Date(1680652800000)/", "2023-04-05"),
        ("2023-06-05T10:00Z/2023-06-06T12:00Z", "2023-06-05/2023-06-06"),
    ],
)
def test_dates_as_people_write_them_anywhere(value: str, wanted: str) -> None:
    assert DateReader().read(value) == wanted


@pytest.mark.parametrize(
    "value",
    ["44 BCE", "12023-01-01", "2019-20", "2020-21", "14 Ramadan 1444", "1445 AH", "June '23",
     "2023-01-02; 2023-02-03", "early 2023", "9999-12-31"],
)  # fmt: skip
def test_what_is_doubtful_is_refused(value: str) -> None:
    with pytest.raises(DateError, match="is not a date"):
        DateReader().read(value)


def test_a_season_that_may_be_two_years_is_read_where_the_mapping_says_so() -> None:
    assert DateReader(["edtf"]).read("2020-21") == "2020-21"
    assert DateReader().read("2001-21") == "2001-21"


# -- precision


@pytest.mark.parametrize(
    ("date", "precision", "wanted"),
    [
        ("2020-10-03", "day", "2020-10-03"),
        ("2020-10-03", "about", "2020-10-03~"),
        ("2020-10-03/2020-10-05", "about", "2020-10-03/2020-10-05"),
        ("2020-10-03/2020-10-05", "month", "2020-10"),
        ("2020-10-03/2020-12-05", "month", "2020-10/2020-12"),
        ("2020-10-03", "year", "2020"),
        ("2020-10-03", "decade", "2020/2029"),
        ("2020-10-03/..", "month", "2020-10/.."),
    ],
)
def test_no_more_of_a_date_than_is_known(date: str, precision: str, wanted: str) -> None:
    assert as_precise(date, precision) == wanted


@pytest.mark.parametrize(
    ("column", "cells", "wanted"),
    [
        ("time_precision", "1 2 3", ["2020-10-04", "2020-10-04~", "2020-10"]),
        ("date_prec", "1 4 5", ["2020-10-04", "2020-10", "2020"]),
        ("timePrecision", "11 10 9", ["2020-10-04", "2020-10", "2020"]),
    ],
)
def test_columns_of_precision_are_proposed(
    tmp_path: Path, column: str, cells: str, wanted: list[str]
) -> None:
    rows = "".join(f"t{n},2020-10-04,{cell}\n" for n, cell in enumerate(cells.split()))
    made, _ = proposal(tmp_path, f"title,date,{column}\n{rows}")
    assert made["event"]["precision"] == f"{{{column}}}"
    assert dates_of(tmp_path, f"title,date,{column}\n{rows}") == (wanted, [])


def test_a_precision_that_is_not_in_the_table_refuses_its_row(tmp_path: Path) -> None:
    mapping = EVENT + 'precision = "{p}"\n[precisions]\n"1" = "month"'
    tables, outcome = imported(tmp_path, "title,date,p\na,2020-10-04,1\nb,2020-10-04,7\n", mapping)
    assert [event["date"] for event in tables["events"]] == ["2020-10"]
    assert outcome.rejected == 1
    assert '""7"" is not in [precisions]' in refusals(tmp_path)


# -- signs that are not seen


def test_hidden_signs_are_dropped_and_joiners_kept(tmp_path: Path) -> None:
    rows = (
        "\ufefftitle\xa0,\u200bdate\nco\u00adoperation\u200b pact\u200f,2023\n"
        "گفت\u200cوگو,2024\nA\u2028b,2025\n"
    )
    events, refused, _ = as_proposed(tmp_path, rows)
    assert [event["title"] for event in events] == ["cooperation pact", "گفت\u200cوگو", "A b"]
    assert not refused


# -- JSON


def test_a_broken_line_of_jsonl_is_rejected_alone(tmp_path: Path) -> None:
    rows = '{"title":"A","date":"2023"}\n{"title":"B","date":"2023"\n{"title":"C","date":"2024"}\n'
    tables, outcome = imported(tmp_path, rows, EVENT, "rows.jsonl")
    assert [event["title"] for event in tables["events"]] == ["A", "C"]
    assert outcome.rejected == 1
    assert refusals(tmp_path).splitlines()[1].startswith("2,not JSON that can be read")


@pytest.mark.parametrize(
    "rows",
    [
        '[["title","date"],["A","2023"]]',
        '{"title":{"0":"A","1":"B"},"date":{"0":"2023","1":"2024"}}',
        '{"columns":["title","date"],"data":[["A","2023"]]}',
    ],
)
def test_rows_that_are_no_records_are_refused_with_what_to_do(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "rows.json"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(importing.StoreError, match="write it as a list of such records"):
        importing.propose(str(path))


def test_numbers_that_json_does_not_have_are_nothing(tmp_path: Path) -> None:
    rows = (
        '[{"title":"NaN, a name","date":"2023","x":NaN},{"title":"b","date":"2024","x":-Infinity}]'
    )
    tables, outcome = imported(tmp_path, rows, EVENT + '[event.facts]\nX = "{x}"', "rows.json")
    assert [event["title"] for event in tables["events"]] == ["NaN, a name", "b"]
    assert not any("facts" in event for event in tables["events"])
    assert said(outcome.notes, "NaN and Infinity")


def test_a_name_given_twice_is_said(tmp_path: Path) -> None:
    rows = '[{"title":"A","date":"2023","title":"B"}]'
    _, outcome = imported(tmp_path, rows, EVENT, "rows.json")
    assert said(outcome.notes, '"title" is given twice, as in record 1')


# -- tables


def test_quotes_of_a_tsv_are_letters_where_they_do_not_enclose(tmp_path: Path) -> None:
    rows = 'title\tdate\n"Old" road\t2020\n"open\t2021\n"whole"\t2022\nfive" gun\t2023\n'
    tables, outcome = imported(tmp_path, rows, EVENT, "rows.tsv")
    assert [event["title"] for event in tables["events"]] == [
        '"Old" road', '"open', "whole", 'five" gun',
    ]  # fmt: skip
    assert outcome.rejected == 0
    assert said(outcome.notes, "2 rows have quotes that do not enclose")


@pytest.mark.parametrize(("quote", "wanted"), [("'", "a, b"), ("", '"a'), ('"', "'a")])
def test_the_sign_around_cells_may_be_named(tmp_path: Path, quote: str, wanted: str) -> None:
    first = {"'": "'a, b'", "": '"a', '"': "'a"}[quote]
    mapping = EVENT + f"[read]\nquote = {json.dumps(quote)}\n"
    assert only(tmp_path, f"title,date\n{first},2020\n", mapping)["title"] == wanted


@pytest.mark.parametrize(
    "above", ["Official visits 2023\n\n", "Visits;;\n", "Visit,,When,\n", "Made by X, of Y\n\n"]
)
def test_titles_above_the_header_are_passed_over_and_said(tmp_path: Path, above: str) -> None:
    rows = f"{above}Title,Country,Start,End\nA,Italy,2023-01-02,2023-01-03\nB,Peru,2023-02-02,\n"
    if ";" in above:
        rows = rows.replace(",", ";")
    events, refused, notes = as_proposed(tmp_path, rows)
    assert [event["date"] for event in events] == ["2023-01-02/2023-01-03", "2023-02-02"]
    assert not refused
    assert said(notes, "the header is taken to be line")


def test_a_few_words_of_arabic_are_no_macintoshs_cyrillic(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes("العنوان;date\nزيارة رسمية;2023-04-05\n".encode("cp1256"))
    assert 'title = "{العنوان}"' in importing.propose(str(path)).toml


def test_text_that_was_read_wrongly_before_is_said(tmp_path: Path) -> None:
    _, _, notes = as_proposed(tmp_path, "title,date\nCafÃ© summit,2023\n")
    assert said(notes, '"Ã©" looks like UTF-8')


def test_a_word_that_ends_another_header_is_no_region(tmp_path: Path) -> None:
    rows = "title,year,X10.03.Contaminated.land,X2.from\nA,2001,0,1\nB,2002,1,0\n"
    made, _ = proposal(tmp_path, rows)
    assert "region" not in made["event"]
    made, _ = proposal(tmp_path, "title,year,Land\nA,2001,Peru\nB,2002,Chile\n")
    assert made["event"]["region"] == "{Land}"


def test_names_in_lines_are_parted_and_commas_left_to_the_reader(tmp_path: Path) -> None:
    made, _ = proposal(tmp_path, 'title,date,who,regions\nA,2023,"Russia\nChina",Asia; Europe\n')
    assert made["event"]["participants"][0]["split"] == "\n"
    assert made["event"]["region"] == {"name": "{regions}", "split": ";"}
    (tmp_path / "rows.csv").write_text('title,date,who\nA,2023,"King, Jr., Ann"\n')
    toml = importing.propose(str(tmp_path / "rows.csv")).toml
    assert '# split = ","  # if it parts names' in toml


def test_a_csv_of_summitry_itself_is_known(tmp_path: Path) -> None:
    dossier = Dossier.open(SMALL)
    path = tmp_path / "own.csv"
    events = tuple(dossier.rows(range(1, dossier.total + 1)))
    rows = render(Selection(dossier, events, everything=True), lambda _: None)
    path.write_text("".join(rows), encoding="utf-8")
    proposed = importing.propose(str(path))
    outcome = importing.write(
        str(path), importing.parse_mapping(proposed.toml, "map"), str(tmp_path / "new.json")
    )
    assert (outcome.events, outcome.rejected) == (dossier.total, 0)
    made = Dossier.open(tmp_path / "new.json")
    for row in events:
        again = made.resolve(row.id)
        assert (again.title, again.date, again.type) == (row.title, row.date, row.type)
    assert said(proposed.notes, "exported by Summitry")


# -- size


def test_a_dossier_too_large_to_open_is_said_before_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMITRY_MAX_MIB", "2")
    path, target = tmp_path / "rows.csv", tmp_path / "new.json"
    path.write_text("title,date\n" + "".join(f"talks {n},2020\n" for n in range(20_000)))
    warned: list[tuple[str, bool]] = []
    importing.write(
        str(path), importing.parse_mapping(HEAD + EVENT, "map"), str(target),
        warn=lambda line: warned.append((line, target.exists())),
    )  # fmt: skip
    ((line, existed),) = warned
    assert not existed
    assert re.search(r"about \d MiB, and no file over 2 MiB is opened: set SUMMITRY_MAX_MIB=", line)
