"""Real files, by the mappings kept beside the tests."""

import json
from pathlib import Path

import pytest

from tests.support import ROOT, SHARED, Fields
from tui import importing
from tui.dossier import store
from tui.dossier.dossier import Dossier

MAPPINGS = ROOT / "tests" / "mappings"
DATA = SHARED / "data"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="no real files beside the repository")

FILES = [
    ("us-visits/derived-visits.csv", "us-visits.toml", 3264, 0),
    ("us-visits/derived-visits.json", "us-visits.toml", 3264, 0),
    ("us-travels/derived-travels.tsv", "us-travels.toml", 4271, 0),
    ("country-codes/country-codes.csv", "country-codes.toml", 249, 0),
    ("timelinejs/eras.json", "timelinejs.toml", 20, 0),
    ("timelinejs/women_in_computing.json", "timelinejs.toml", 10, 0),
    # One of its dates is a telephone number of a date: 196002152034.
    ("timelinejs/example.json", "timelinejs-first.toml", 27, 1),
]


def imported(tmp_path: Path, file: str, mapping: str) -> tuple[Path, importing.Outcome]:
    target = tmp_path / "new.json"
    made = importing.load_mapping(str(MAPPINGS / mapping))
    return target, importing.write(str(DATA / file), made, str(target))


def events(target: Path) -> dict[str, Fields]:
    return {event["id"]: event for event in json.loads(target.read_text())["events"].values()}


@pytest.mark.parametrize(("file", "mapping", "used", "refused"), FILES)
def test_a_real_file_becomes_a_dossier(
    tmp_path: Path, file: str, mapping: str, used: int, refused: int
) -> None:
    target, outcome = imported(tmp_path, file, mapping)
    assert (outcome.events, outcome.rejected) == (used, refused)
    problems: list[store.Refused] = []
    contents = store.load_bytes(target.read_bytes(), str(target), problems.append)
    assert problems == []
    known = {entry.record.id for entries in contents.tables.values() for entry in entries}
    for event in events(target).values():
        named = {taking_part["actor"] for taking_part in event["participants"]}
        named |= {*event["regions"], *(cite["source"] for cite in event["claims"][0]["cites"])}
        assert named <= known
    dossier = Dossier.open(target)
    assert dossier.total == used
    dossier.close()


@pytest.mark.parametrize("path", sorted(MAPPINGS.glob("*.toml")), ids=lambda path: path.name)
def test_no_mapping_is_longer_than_forty_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 40


def test_csv_and_json_of_the_same_visits_say_the_same(tmp_path: Path) -> None:
    found = []
    for place, ending in enumerate(("csv", "json")):
        folder = tmp_path / str(place)
        folder.mkdir()
        target, _ = imported(folder, f"us-visits/derived-visits.{ending}", "us-visits.toml")
        found.append(target.read_bytes())
    assert found[0] == found[1]


def test_what_the_visits_file_says_is_kept(tmp_path: Path) -> None:
    target, _ = imported(tmp_path, "us-visits/derived-visits.csv", "us-visits.toml")
    visit = events(target)["visit-2138"]
    assert visit["title"] == "King Kalakaua (Hawaii)"
    assert visit["date"] == "1874-12-12/1874-12-23"
    assert visit["regions"] == ["hawaii"]
    assert visit["claims"][0]["text"].startswith("In U.S. November 29, 1874–February 2, 1875.")


def test_namibia_is_not_a_missing_value(tmp_path: Path) -> None:
    target, _ = imported(tmp_path, "country-codes/country-codes.csv", "country-codes.toml")
    value = json.loads(target.read_text())
    assert events(target)["code-nam"]["facts"]["Code"] == "NA"
    actors = {actor["name"]: actor for actor in value["actors"].values()}
    assert actors["Namibia"]["country"] == "NA"


def test_timelines_keep_their_precision_and_lose_their_markup(tmp_path: Path) -> None:
    target, _ = imported(tmp_path, "timelinejs/women_in_computing.json", "timelinejs.toml")
    dates = {event["title"]: event["date"] for event in events(target).values()}
    assert dates["...And the women who made it work"] == "1943-07/1946"
    assert dates["Ada Lovelace"] == "1815-12-10/1852-11-27"
    assert dates["Rózsa Péter writes recursion"] == "1951"
    assert not any("<" in event["claims"][0]["text"] for event in events(target).values())
