"""Who takes part, the values of JSON lists, the steps of agreements, places; and what is said."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.importer import EVENT, HEAD, imported, only, refusals
from tests.support import summitry
from tui import importing
from tui.files import StoreError
from tui.importing.rows import PART, as_line, as_prose

PEOPLE = EVENT + '[[event.participants]]\nname = "{p.name}"\nsplit = ";"\nrole = "{p.role}"\n'


def taking_part(
    tmp_path: Path, row: dict[str, Any], mapping: str = PEOPLE
) -> list[tuple[str, ...]]:
    rows = json.dumps([{"title": "a", "date": "2020"} | row])
    event = only(tmp_path, rows, mapping, "rows.json")
    return [tuple(one.values()) for one in event["participants"]]


def test_each_of_a_list_has_a_role_of_its_own(tmp_path: Path) -> None:
    people = [{"name": "Jane Doe", "role": "guest"}, {"name": "Ali", "role": "host"}]
    assert taking_part(tmp_path, {"p": people}) == [("jane-doe", "guest"), ("ali", "host")]


def test_who_has_no_role_gets_nobody_elses(tmp_path: Path) -> None:
    people = [
        {"name": "Jane", "role": None},
        {"name": "", "role": "chair"},
        {"name": "Ali", "role": "host"},
    ]
    assert taking_part(tmp_path, {"p": people}) == [("jane",), ("ali", "host")]


def test_cells_are_paired_as_they_are_split(tmp_path: Path) -> None:
    mapping = EVENT + (
        '[[event.participants]]\nname = "{n}"\nsplit = ";"\nrole = "{r}"\ntype = "{t}"\n'
        'country = "{c}"'
    )
    rows = (
        "title,date,n,r,t,c\na,2020,A; B,guest; host,Person; company,az; tr\n"
        "b,2021,C;D,x,person,ge\n"
    )
    tables, _ = imported(tmp_path, rows, mapping)
    assert [event["participants"] for event in tables["events"]] == [
        [{"actor": "a", "role": "guest"}, {"actor": "company-b", "role": "host"}],
        [{"actor": "c", "role": "x"}, {"actor": "d", "role": "x"}],
    ]
    assert [(one["type"], one["country"]) for one in tables["actors"]] == [
        ("person", "AZ"), ("company", "TR"), ("person", "GE"), ("person", "GE"),
    ]  # fmt: skip


def test_a_role_written_in_the_mapping_is_everybodys(tmp_path: Path) -> None:
    mapping = EVENT + '[[event.participants]]\nname = "{n}"\nsplit = ";"\nrole = "guest; speaker"'
    event = only(tmp_path, "title,date,n\na,2020,A;B\n", mapping)
    assert {one["role"] for one in event["participants"]} == {"guest; speaker"}


def test_who_is_of_no_known_type_is_refused(tmp_path: Path) -> None:
    mapping = EVENT + '[[event.participants]]\nname = "{n}"\ntype = "{t}"'
    _, outcome = imported(tmp_path, "title,date,n,t\na,2020,A,Person\nb,2021,B,robot\n", mapping)
    assert outcome.rejected == 1
    assert "participant type 'robot' is unknown" in refusals(tmp_path)


def test_values_of_a_list_are_not_cut_again(tmp_path: Path) -> None:
    row = {
        "title": "a", "date": "2020", "who": ["Müller; Jürgen", "Smith"],
        "tags": ["Peace, security", "Trade; aid"], "also": ["X; Y", "Z"], "in": ["A;B", "C"],
        "one": ["Peace, quiet"],
    }  # fmt: skip
    mapping = EVENT + (
        'tags = "{tags}"\naliases = "{also}"\nregion = {name = "{in}", split = ";"}\n'
        'text = "{tags}"\nsummary = "{one}"\n[[event.participants]]\nname = "{who}"\nsplit = ";"\n'
        '[event.facts]\nAll = "{tags}"'
    )
    tables, _ = imported(tmp_path, json.dumps([row]), mapping, "rows.json")
    (event,) = tables["events"]
    assert [one["name"] for one in tables["actors"]] == ["Müller; Jürgen", "Smith"]
    assert [one["name"] for one in tables["regions"]] == ["A;B", "C"]
    assert event["tags"] == ["Peace, security", "Trade; aid"]
    assert event["aliases"] == ["X; Y", "Z"]
    assert event["facts"] == {"All": "Peace, security; Trade; aid"}
    assert event["claims"][0]["text"] == "Peace, security; Trade; aid"
    assert event["summary"] == "Peace, quiet"


def test_a_list_as_text_leaves_its_empty_values_out() -> None:
    assert as_line(f"a{PART}{PART}b{PART}") == "a; b"
    assert as_prose(f"a\nb{PART}c") == "a\nb; c"


# -- steps

AGREEMENT = EVENT + 'type = "agreement"\ninstrument = "treaty"\n'
STEPS = (
    AGREEMENT + '[[event.steps]]\naction = "{done}"\ndate = "{when}"\n'
    '[[event.steps]]\naction = "signed"\ndate = "{signed}"\n'
    '[actions]\nRatification = "ratified"\n'
)
ROWS = "title,date,done,when,signed\nPeace,2020,Ratification,2020-05,2020-03-01\n"


def test_an_agreement_with_its_steps_passes_check(tmp_path: Path) -> None:
    event = only(tmp_path, ROWS, STEPS)
    cites = [{"source": "the-list", "at": "line 2"}]
    assert event["steps"] == [
        {"action": "signed", "date": "2020-03-01", "cites": cites},
        {"action": "ratified", "date": "2020-05", "cites": cites},
    ]
    checked = summitry("check", tmp_path / "new.json")
    assert checked.returncode == 0, checked.stdout


def test_a_step_without_a_date_is_none(tmp_path: Path) -> None:
    rows = ROWS.replace("2020-05", "") + "War,2021,Ratification,2021,\n"
    tables, outcome = imported(tmp_path, rows, STEPS)
    assert [[step["date"] for step in event["steps"]] for event in tables["events"]] == [
        ["2020-03-01"], ["2021"],
    ]  # fmt: skip
    assert not any("no step" in note for note in outcome.notes)


def test_agreements_without_steps_are_counted(tmp_path: Path) -> None:
    tables, outcome = imported(tmp_path, "title,date\na,2020\nb,2021\n", AGREEMENT)
    assert not any("steps" in event for event in tables["events"])
    (note,) = [note for note in outcome.notes if "no step" in note]
    assert note.startswith("2 agreements have no step")
    assert "[[event.steps]]" in note


def test_steps_of_what_is_no_agreement_are_facts(tmp_path: Path) -> None:
    mapping = STEPS.replace('type = "agreement"\ninstrument = "treaty"', "")
    tables, _ = imported(tmp_path, ROWS + "War,2021,,,2021\nTea,2022,,,\n", mapping)
    assert not any("steps" in event for event in tables["events"])
    assert [event.get("facts") for event in tables["events"]] == [
        {"Signed": "2020-03-01", "Ratified": "2020-05"}, {"Signed": "2021"}, None,
    ]  # fmt: skip


def test_a_step_that_cannot_be_read_is_a_reason(tmp_path: Path) -> None:
    for wrong, said in (("2020-05", "steps[0].date: 'soon'"), ("Ratification", "[actions]")):
        rows = ROWS.replace(wrong, "soon")
        preview = importing.preview(
            _written(tmp_path, rows), importing.parse_mapping(HEAD + STEPS, "map"), 5
        )
        assert said in preview.refused[0]


def test_an_action_of_no_meaning_is_told_at_once() -> None:
    with pytest.raises(StoreError, match=r"^map: event\.steps\[1\]\.action: .*announced"):
        importing.parse_mapping(HEAD + STEPS.replace('"signed"', '"shaken on"'), "map")
    with pytest.raises(StoreError, match=r"^map: actions: 'done' is none of announced"):
        importing.parse_mapping(HEAD + STEPS.replace('"ratified"', '"done"'), "map")


# -- places


def test_places_that_do_not_fit_are_counted_with_the_reason(tmp_path: Path) -> None:
    mapping = EVENT + 'place = "{p}"\n[place]\ncountry = "{c}"\nlat = "{y}"\nlon = "{x}"'
    rows = (
        "title,date,p,c,y,x\na,2020,Baku,AZ,40.4,49.8\nb,2020,Ganja,31,40.7,46.4\n"
        "c,2020,Lima,PE,12S,\n"
    )
    tables, outcome = imported(tmp_path, rows, mapping)
    assert [place["name"] for place in tables["places"]] == ["Baku"]
    (note,) = [note for note in outcome.notes if "[place]" in note]
    assert note.startswith("2 events keep their place as a fact only")
    assert 'where it has "31" in line 3' in note
    assert 'where it has "12S" and nothing in line 4' in note


def test_nothing_is_said_of_places_that_fit(tmp_path: Path) -> None:
    mapping = EVENT + 'place = "{p}"\n[place]\ncountry = "AZ"\nlat = "40.4"\nlon = "49.8"'
    _, outcome = imported(tmp_path, "title,date,p\na,2020,Baku\nb,2020,\n", mapping)
    assert not any("[place]" in note for note in outcome.notes)


# -- mappings


def test_dates_of_toml_are_text(tmp_path: Path) -> None:
    mapping = HEAD.replace('"2024"', "2024-01-02") + EVENT + "[event.facts]\nSeen = 2024-03-04"
    made = importing.parse_mapping(mapping, "map")
    assert made.source.date == "2024-01-02"
    assert made.event.facts == {"Seen": "2024-03-04"}


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        (EVENT.replace("{title}", "{title"), "event.title: '{title' has a brace"),
        (EVENT.replace("{date}", "{}"), "event.date: '{}' has a brace"),
        (EVENT + '[event.facts]\nX = "{a} {b"', "event.facts.X: "),
        (EVENT.replace('"{date}"', '" "'), "event.date: no template"),
        (
            EVENT + '[[event.participants]]\nname = "x"\ntype = "robot"',
            "event.participants[0].type",
        ),
        (EVENT + '[read]\ndate_format = "%d"', "read.date_format"),
        (EVENT + "[read]\ndate_format = 3", "is wanted here, not a number"),
        (HEAD.replace('"2024"', "2024") + EVENT, 'source.date: text in quotes ("…") is wanted'),
    ],
)
def test_what_is_wrong_with_a_mapping_names_the_mapping(toml: str, said: str) -> None:
    with pytest.raises(StoreError) as caught:
        importing.parse_mapping(toml if "[source]" in toml else HEAD + toml, "my.toml")
    assert str(caught.value).startswith("my.toml: ")
    assert said in str(caught.value)


def test_lines_above_the_header_are_suspected(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r'no column "title"; if lines stand above .* skip = 1'):
        imported(tmp_path, "Report of 2024\n\ntitle,date\n")


def test_columns_may_be_named_where_no_header_does(tmp_path: Path) -> None:
    mapping = EVENT + '[read]\nskip = 1\ncolumns = ["title", "date"]'
    tables, _ = imported(tmp_path, "made by hand\na,2020\nb,2021\n", mapping)
    assert [event["title"] for event in tables["events"]] == ["a", "b"]
    assert tables["events"][0]["claims"][0]["cites"][0]["at"] == "line 2"


def _written(tmp_path: Path, rows: str) -> str:
    path = tmp_path / "rows.csv"
    path.write_text(rows, encoding="utf-8")
    return str(path)
