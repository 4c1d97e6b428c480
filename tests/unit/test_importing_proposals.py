"""The mapping that is proposed for a file: which columns it takes for what."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support import Fields
from tui import importing
from tui.importing.date_columns import folded_name


def proposal(tmp_path: Path, rows: str, name: str = "rows.csv") -> tuple[Fields, list[str]]:
    """The mapping proposed for `rows`, and what was said."""
    path = tmp_path / name
    path.write_text(rows, encoding="utf-8")
    proposed = importing.propose(str(path))
    return tomllib.loads(proposed.toml), proposed.notes


def dates_of(tmp_path: Path, rows: str) -> tuple[list[str], list[str]]:
    """The dates of the events that the proposed mapping makes, and why other rows are refused."""
    path = tmp_path / "rows.csv"
    path.write_text(rows, encoding="utf-8")
    mapping = importing.parse_mapping(importing.propose(str(path)).toml, "proposed")
    preview = importing.preview(str(path), mapping, 1000)
    events: dict[str, Any] = json.loads(preview.dossier)["events"]
    return [event["date"] for event in events.values()], preview.refused


@pytest.mark.parametrize(
    ("column", "wanted"),
    [
        ("eventLabel.value", "event"),
        ("startsAt", "starts at"),
        ("label", "label"),
        ("Value", "value"),
        ("Datum von", "datum von"),
        ("attributes.startDate", "attributes start date"),
    ],
)
def test_headers_are_spelt_alike(column: str, wanted: str) -> None:
    assert folded_name(column) == wanted


# -- titles and people


@pytest.mark.parametrize("wrapped", [True, False])
def test_an_address_is_no_title(tmp_path: Path, wrapped: bool) -> None:
    rows: list[Any] = [
        {
            "event": f"http://www.wikidata.org/entity/Q{n}",
            "eventLabel": name,
            "date": f"202{n}-01-01",
        }
        for n, name in enumerate(("Summit", "Talks", "Talks"))
    ]
    if wrapped:
        rows = [
            {key: {"type": "uri", "value": value} for key, value in row.items()} for row in rows
        ]
    made, _ = proposal(tmp_path, json.dumps(rows), "rows.json")
    value = ".value" if wrapped else ""
    assert made["event"]["title"] == f"{{eventLabel{value}}}"
    assert made["event"]["date"] == f"{{date{value}}}"
    assert not any("type" in fact for fact in made["event"].get("facts", {}).values())


def test_the_sides_of_a_conflict_are_organisations_and_the_title(tmp_path: Path) -> None:
    rows = (
        "event_date,event_type,actor1,actor2,country,region\n"
        "23 March 2023,Battles,Army of A,Army of B,Azerbaijan,Caucasus\n"
        "1 May 2023,Talks,Government of A,,Armenia,Caucasus\n"
    )
    made, _ = proposal(tmp_path, rows)
    assert made["event"]["title"] == "{event_type}: {actor1} – {actor2}"
    assert [(one["name"], one["type"]) for one in made["event"]["participants"]] == [
        ("{actor1}", "organisation"), ("{actor2}", "organisation"),
    ]  # fmt: skip


def test_the_name_of_an_event_is_no_person(tmp_path: Path) -> None:
    feature = {
        "type": "Feature", "id": 1, "geometry": {"type": "Point", "coordinates": [49.8, 40.4]},
        "properties": {"name": "Baku summit", "date": "2024-01-05", "country": "AZ"},
    }  # fmt: skip
    made, _ = proposal(tmp_path, json.dumps({"type": "X", "features": [feature]}), "a.geojson")
    assert made["event"]["title"] == "{properties.name}"
    assert "participants" not in made["event"]
    assert "type" not in made["event"]


def test_a_visitor_is_the_title_and_takes_part(tmp_path: Path) -> None:
    made, _ = proposal(tmp_path, "visitor,date\nAnna; Ali,2020-01-01\nJane,2020-01-02\n")
    assert made["event"]["title"] == "{visitor}"
    assert made["event"]["participants"] == [{"name": "{visitor}", "split": ";", "type": "person"}]


def test_a_column_of_other_cells_than_its_name_says_is_not_taken(tmp_path: Path) -> None:
    rows = "title,date,region,country\nA,2020,http://a.org/1,Peru\nB,2021,http://a.org/2,Chile\n"
    assert proposal(tmp_path, rows)[0]["event"]["region"] == "{country}"


def test_a_title_tells_rows_apart(tmp_path: Path) -> None:
    rows = "subject,headline,date\nPolitics,A visit,2020-01-01\nPolitics,A treaty,2020-01-02\n"
    assert proposal(tmp_path, rows)[0]["event"]["title"] == "{headline}"


def test_names_that_come_again_are_people(tmp_path: Path) -> None:
    rows = "name,date\n" + "Jane,2020-01-01\nAli,2020-01-02\n" * 3
    made, _ = proposal(tmp_path, rows)
    assert made["event"]["participants"][0]["name"] == "{name}"


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("Titel;Datum von;Datum bis;Ort;Land;Teilnehmer;Art;Bemerkung", "de"),
        ("Titre;Date de début;Date de fin;Lieu;Pays;Participants;Type;Description", "fr"),
        ("Título;Fecha de inicio;Fecha de fin;Lugar;País;Participantes;Tipo;Descripción", "es"),
        ("Название;Дата начала;Дата окончания;Место;Страна;Участники;Тип;Описание", "ru"),
        ("Başlık;Başlangıç tarihi;Bitiş tarihi;Şehir;Ülke;Katılımcılar;Tür;Açıklama", "tr"),
        ("Başlıq;Başlama tarixi;Bitmə tarixi;Şəhər;Ölkə;İştirakçılar;Növ;Təsvir", "az"),
    ],
)
def test_headers_of_other_languages_are_known(tmp_path: Path, header: str, wanted: str) -> None:
    title, start, end, place, country, people, kind, description = header.split(";")
    rows = f"{header}\nA;12.03.2021;14.03.2021;B;C;D;E;F\nG;01.04.2021;;H;I;J;K;L\n"
    made, _ = proposal(tmp_path, rows)
    event = made["event"]
    assert made["read"]["date_format"] == ["%d.%m.%Y"]
    assert event["title"] == f"{{{title}}}"
    assert event["date"] == f"{{{start}}}/{{{end}}}"
    assert (event["place"], event["region"]) == (f"{{{place}}}", f"{{{country}}}")
    assert event["participants"][0]["name"] == f"{{{people}}}"
    assert (event["type"], event["text"]) == (f"{{{kind}}}", f"{{{description}}}")


# -- dates


def test_dates_of_every_spelling_are_found(tmp_path: Path) -> None:
    rows = (
        'Event,Date\nA,"March 14, 2023"\nB,2023-05-01\nC,c. 1920\nD,1920s\nE,1914–1918\n'
        "F,5-7 June 2019\n"
    )
    assert dates_of(tmp_path, rows) == (
        ["2023-03-14", "2023-05-01", "1920~", "1920/1929", "1914/1918", "2019-06-05/2019-06-07"],
        [],
    )


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["3/14/2023 14:30", "12/1/2023 0:00"], ["%m/%d/%Y %H:%M"]),
        (["3/14/2023 2:30 PM", "12/1/2023 9:00 AM"], ["%m/%d/%Y %I:%M %p"]),
        (["14.03.23 10:00:00", "01.12.23 00:00:00"], ["%d.%m.%y %H:%M:%S"]),
        (["31-12-2020", "01-02-2021"], ["%d-%m-%Y"]),
        (["1680000000", "1680100000"], ["epoch"]),
        (["1680000000000", "1680100000000"], ["epoch-ms"]),
        (["2020,1,2", "2020,3,4"], ["%Y,%m,%d"]),
    ],
)
def test_the_form_of_a_column_is_found(tmp_path: Path, cells: list[str], form: list[str]) -> None:
    rows = "title,timestamp\n" + "".join(f'a,"{cell}"\n' for cell in cells)
    made, _ = proposal(tmp_path, rows)
    assert made["read"]["date_format"] == form
    assert not dates_of(tmp_path, rows)[1]


def test_one_day_anywhere_decides_for_the_whole_column(tmp_path: Path) -> None:
    rows = "title,date\n" + "a,3/4/2023\n" * 300 + "b,3/14/2023\n"
    made, notes = proposal(tmp_path, rows)
    assert made["read"]["date_format"] == ["%m/%d/%Y"]
    assert not any("fits as well" in note for note in notes)
    found, refused = dates_of(tmp_path, rows)
    assert (set(found), refused) == ({"2023-03-04", "2023-03-14"}, [])


def test_the_end_decides_for_the_start(tmp_path: Path) -> None:
    made, _ = proposal(tmp_path, "title,start date,end date\na,3/4/2023,3/14/2023\n")
    assert made["read"]["date_format"] == ["%m/%d/%Y"]


def test_what_nothing_decides_is_said_and_never_chosen(tmp_path: Path) -> None:
    rows = "title,date\na,3/4/2023\nb,5/6/2023\n"
    made, notes = proposal(tmp_path, rows)
    assert "date_format" not in made["read"]
    assert any("may have the day or the month first" in note for note in notes)
    found, refused = dates_of(tmp_path, rows)
    assert (found, len(refused)) == ([], 2)
    # One line of those offered, and all is read.
    toml = importing.propose(str(tmp_path / "rows.csv")).toml
    toml = toml.replace('# date_format = "%m/%d/%Y"', 'date_format = "%m/%d/%Y"')
    preview = importing.preview(
        str(tmp_path / "rows.csv"), importing.parse_mapping(toml, "edited"), 9
    )
    assert preview.ids == ["a-2023-03-04", "b-2023-05-06"]


def test_the_fewer_are_refused_and_not_turned_round(tmp_path: Path) -> None:
    rows = "title,date\n" + "a,31/1/2023\n" * 20 + "b,1/31/2023\n"
    made, notes = proposal(tmp_path, rows)
    assert made["read"]["date_format"] == ["%d/%m/%Y"]
    assert any("1 date" in note and "the other way round" in note for note in notes)
    assert len(dates_of(tmp_path, rows)[1]) == 1


@pytest.mark.parametrize(("header", "wanted"), [
    ("title,year,month,day", "{year}-{month}-{day}"),
    ("title,start_year,start_month", "{start_year}-{start_month}"),
    ("title,Year,other", "{Year}"),
])  # fmt: skip
def test_months_and_days_beside_a_year_are_of_its_date(
    tmp_path: Path, header: str, wanted: str
) -> None:
    rows = f"{header}\nTalks,2020,5,17\nVisit,2021,6,18\n"
    assert proposal(tmp_path, rows.replace(",17", "").replace(",18", "")
                    if header.count(",") == 2 else rows)[0]["event"]["date"] == wanted  # fmt: skip


# -- no header


def test_a_first_row_of_data_is_no_header(tmp_path: Path) -> None:
    rows = "".join(f"{n}\t20250808\t2025\tAZE\tBaku talks {n}\t057\t057\n" for n in range(5))
    made, notes = proposal(tmp_path, rows, "rows.tsv")
    assert made["read"]["columns"] == [f"column_{n}" for n in range(1, 8)]
    assert any("looks like data" in note for note in notes)
    assert len(dates_of(tmp_path, rows)[0]) == 5


@pytest.mark.parametrize(
    "rows",
    [
        "country,1960,1961,1962\nAzerbaijan,3,4,5\nGeorgia,4,5,6\n",
        "title,date\na,2020-01-01\ntitle,date\nb,2020-01-02\n",
        "title,date,visit\na,2020-01-01,visit\n",
        "title,date\n",
        "a,b\nx,y\nx,y\n",
    ],
)
def test_a_header_is_a_header(tmp_path: Path, rows: str) -> None:
    made, notes = proposal(tmp_path, rows)
    assert "columns" not in made.get("read", {})
    assert not any("looks like data" in note for note in notes)
