"""The ready mappings, on rows made up in the layout that each dataset is published in."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT, Fields
from tui import importing
from tui.dossier import store
from tui.files import StoreError

READY = ROOT / "tui" / "importing" / "ready"
NAMES = sorted(path.stem for path in READY.glob("*.toml"))


def csv_of(separator: str = ",", **cells: str) -> str:
    """A header and a row, quoted where a program that exports would."""
    quoted = [f'"{cell}"' if separator in cell or "\n" in cell else cell for cell in cells.values()]
    return f"{separator.join(cells)}\n{separator.join(quoted)}\n"


def columns_of(name: str) -> list[str]:
    return list(tomllib.loads((READY / f"{name}.toml").read_text())["read"]["columns"])


def gdelt(name: str, **cells: str) -> str:
    """A row of GDELT, which has no header."""
    return "\t".join(cells.get(column, "") for column in columns_of(name)) + "\n"


GED = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,"
    "conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,"
    "side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,"
    "source_date,source_headline,source_original,where_prec,where_coordinates,where_description,"
    "adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,"
    "gwnoa,gwnob\n"
    '7,AAA-1,2020,1,Clear,1,1,1,A: Hills,1,1,Government of A - B,1,1,Government of A,2,2,B,1,"A, B"'
    ",Agency,2020-10-02,Head,,1,Hill town,near,North,,40.1,46.1,POINT (46.1 40.1),1,A,1,Europe,1,"
    "{},2020-10-02 00:00:00.000,2020-10-05 00:00:00.000,0,0,1,2,3,5,1,373,\n"
)
PRIO = csv_of(
    conflict_id="388", location="A, C", side_a="Government of A", side_a_id="1",
    side_a_2nd="Government of C, Government of D", side_b="B", side_b_id="2", side_b_2nd="",
    incompatibility="1", territory_name="Hills", year="2020", intensity_level="2",
    cumulative_intensity="1", type_of_conflict="3", start_date="1991-02-28", start_prec="1",
    start_date2="2020-07-12", start_prec2="1", ep_end="0", ep_end_date="", ep_end_prec="",
    gwno_a="373", gwno_a_2nd="640", gwno_b="", gwno_b_2nd="", gwno_loc="373", region="1",
    version="25.1",
)  # fmt: skip
PAX = csv_of(
    Con="A/B", Contp="Territory", PP="12", PPName="A - B process", Reg="Europe and Eurasia",
    AgtId="1234", Ver="1", Agt="Protocol on a ceasefire", Dat="1994-05-12",
    Status="Multiparty signed/agreed", Lgt="1", N_characters="900", Agtp="Inter", Stage="Cea",
    StageSub="Ceas", Part="For A: One;\nFor B: Two", ThrdPart="The mediator", OthAgr="",
    Loc1ISO="AAA", Loc2ISO="", UcdpCon="388", UcdpAgr="", PamAgr="", CowWar="",
)  # fmt: skip
ICEWS = csv_of(
    "\t", **{
        "Event ID": "20718170", "Event Date": "2014-01-01", "Source Name": "Government (A)",
        "Source Sectors": "Executive", "Source Country": "A", "Event Text": "Host a visit",
        "CAMEO Code": "043", "Intensity": "2.8", "Target Name": "Citizen (B)",
        "Target Sectors": "NULL", "Target Country": "B", "Story ID": "34253072",
        "Sentence Number": "5", "Publisher": "Agency", "City": "Hill town", "District": "",
        "Province": "North", "Country": "A", "Latitude": "40.1", "Longitude": "46.1",
    },
)  # fmt: skip
ACLED = csv_of(
    event_id_cnty="AAA12", event_date="2023-03-04", year="2023", time_precision="3",
    disorder_type="Strategic developments", event_type="Strategic developments",
    sub_event_type="Agreement", actor1="Government of A", assoc_actor_1="", inter1="State forces",
    actor2="Government of B", assoc_actor_2="", inter2="State forces", interaction="",
    civilian_targeting="", iso="31", region="Caucasus and Central Asia", country="A",
    admin1="North", admin2="", admin3="", location="Hill town", latitude="40.1", longitude="46.1",
    geo_precision="1", source="Agency", source_scale="National", notes="They agreed.",
    fatalities="0", tags="", timestamp="1700000003",
)  # fmt: skip
COW = csv_of(
    version4id="9", ccode1="200", state_name1="United Kingdom", ccode2="235",
    state_name2="Portugal", dyad_st_day="14", dyad_st_month="7", dyad_st_year="1834",
    dyad_end_day="", dyad_end_month="", dyad_end_year="", left_censor="0", right_censor="1",
    defense="1", neutrality="0", nonaggression="1", entente="", version="4.1",
)  # fmt: skip
WIKIDATA = {
    "item": "http://www.wikidata.org/entity/Q1", "itemLabel": "A state visit",
    "date": "2021-05-01T00:00:00Z", "timePrecision": "10", "countryLabel": "A",
}  # fmt: skip
GDELT = {
    "GlobalEventID": "3000", "Day": "20210605", "Actor1Name": "A", "Actor2Name": "B",
    "EventCode": "042", "EventRootCode": "04", "ActionGeo_FullName": "Hill town, A",
    "ActionGeo_CountryCode": "AA", "NumArticles": "4", "SOURCEURL": "https://news.example/a",
}  # fmt: skip

#: Of each dataset a file, and of its event the id, title, date, type and place in the source.
CASES: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("pax", "pax.csv", PAX,
     ("pax-1234", "Protocol on a ceasefire", "1994-05-12", "agreement", "agreement 1234")),
    ("ucdp-ged", "ged.csv", GED.format(1),
     ("ged-7", "Government of A – B, Hill town", "2020-10-02/2020-10-05", "conflict", "event 7")),
    ("ucdp-ged", "ged.csv", GED.format(4),
     ("ged-7", "Government of A – B, Hill town", "2020-10", "conflict", "event 7")),
    ("ucdp-prio", "acd.csv", PRIO,
     ("acd-388-2020", "Government of A – B: Hills", "2020", "conflict", "conflict 388, 2020")),
    ("acled", "acled.csv", ACLED,
     ("acled-aaa12", "Agreement: Government of A – Government of B, Hill town", "2023-03",
      "agreement", "event AAA12")),
    ("acled", "acled.csv", ACLED.replace("Agreement", "Armed clash").replace(",3,Str", ",1,Str"),
     ("acled-aaa12", "Armed clash: Government of A – Government of B, Hill town", "2023-03-04",
      "conflict", "event AAA12")),
    ("gdelt-events", "20210605.export.CSV", gdelt("gdelt-events", **GDELT),
     ("gdelt-3000", "A – B: CAMEO 042", "2021-06-05", "visit", "event 3000")),
    ("gdelt-events-1", "20210605.export.CSV", gdelt("gdelt-events-1", **GDELT),
     ("gdelt-3000", "A – B: CAMEO 042", "2021-06-05", "visit", "event 3000")),
    ("icews", "events.2014.tab", ICEWS,
     ("icews-20718170-2014-01-01", "Government (A) – Citizen (B): Host a visit", "2014-01-01",
      "visit", "event 20718170 of 2014-01-01")),
    ("cow-alliances", "alliance_v4.1_by_dyad.csv", COW,
     ("alliance-9-200-235-14-7-1834", "Alliance of United Kingdom and Portugal", "1834-07-14",
      "agreement", "alliance 9")),
    ("wikidata-json", "query.json", json.dumps([WIKIDATA, {**WIKIDATA, "date": "2021-06-01"}]),
     ("", "A state visit", "2021-05", "milestone", "http://www.wikidata.org/entity/Q1")),
]  # fmt: skip


def imported(tmp_path: Path, name: str, file: str, rows: str) -> Any:
    source, target = tmp_path / file, tmp_path / "new.json"
    source.write_text(rows, encoding="utf-8")
    mapping = importing.load_mapping(importing.find_mapping(name))
    outcome = importing.write(str(source), mapping, str(target))
    assert outcome.rejected == 0
    problems: list[store.Refused] = []
    store.load_bytes(target.read_bytes(), str(target), problems.append)
    assert problems == []
    return json.loads(target.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "file", "rows", "expected"), CASES)
def test_rows_in_the_published_layout_are_read(
    tmp_path: Path, name: str, file: str, rows: str, expected: tuple[str, ...]
) -> None:
    made = imported(tmp_path, name, file, rows)
    found: Fields = made["events"]["1"]
    (cite,) = found["claims"][0]["cites"]
    wanted_id, *rest = expected
    assert [found["title"], found["date"], found["type"], cite["at"]] == rest
    assert not wanted_id or found["id"] == wanted_id
    assert found["regions"]
    source = made["sources"]["1"]
    assert cite["source"] == source["id"]
    assert source["url"].startswith("https://")
    assert name == "wikidata-json" or "To be cited as: " in source["note"]


def test_every_ready_mapping_is_tested() -> None:
    assert {case[0] for case in CASES} == set(NAMES)


def test_who_took_part_and_what_is_known(tmp_path: Path) -> None:
    made = imported(tmp_path, "ucdp-prio", "acd.csv", PRIO)
    names = {actor["id"]: actor["name"] for actor in made["actors"].values()}
    taking_part = made["events"]["1"]["participants"]
    assert [(names[one["actor"]], one["role"]) for one in taking_part] == [
        ("Government of A", "side A"), ("Government of C", "with side A"),
        ("Government of D", "with side A"), ("B", "side B"),
    ]  # fmt: skip
    assert made["events"]["1"]["facts"]["Intensity (1 minor, 2 war)"] == "2"
    assert [region["name"] for region in made["regions"].values()] == ["A", "C"]


def test_what_begun_before_the_data_has_no_day(tmp_path: Path) -> None:
    rows = COW.replace("14,7,1834", "1,1,1816").replace(",0,1,1,0", ",1,1,1,0")
    found = imported(tmp_path, "cow-alliances", "a.csv", rows)["events"]["1"]
    assert found["date"] == "1816"
    assert found["facts"]["In force before 1816 (1 = yes)"] == "1"


def test_files_of_another_layout_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"columns under \[read\] names 61, and the rows have 58"):
        imported(tmp_path, "gdelt-events", "old.csv", gdelt("gdelt-events-1", **GDELT))
    del WIKIDATA["timePrecision"]
    with pytest.raises(StoreError, match='there is no column "timePrecision"'):
        imported(tmp_path, "wikidata-json", "q.json", json.dumps([WIKIDATA, WIKIDATA]))


def test_a_name_that_is_none_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no ready mapping: acled, cow-alliances, gdelt-events, "):
        importing.find_mapping("gdelt")
    assert importing.find_mapping("missing.toml") == "missing.toml"


def test_today_is_the_day_of_access() -> None:
    mapping = importing.load_mapping(importing.find_mapping("acled"))
    assert mapping.source.accessed
    assert mapping.source.accessed > "2026"
