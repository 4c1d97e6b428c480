"""`schema`: an independent validator accepts it, the shipped dossier, and refuses what is wrong."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.support import SHIPPED, SMALL, summitry, write
from tests.unit.test_check import Change, drop, good, put
from tui.dossier.check import survey
from tui.dossier.dates import DateError, parse
from tui.dossier.schema import MEANINGS, schema
from tui.files import StoreError

VALIDATOR = Draft202012Validator(schema())


def is_refused(path: Path) -> bool:
    try:
        return survey(str(path)).errors > 0
    except StoreError:
        return True


def errors(value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(value)]


def test_it_is_a_schema_of_2020_12() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def test_the_command_prints_it() -> None:
    result = summitry("schema")
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout) == schema()


@pytest.mark.parametrize("path", [SHIPPED, SMALL], ids=lambda path: path.name)
def test_dossiers_are_valid(path: Path) -> None:
    assert errors(json.loads(path.read_text(encoding="utf-8"))) == []
    assert errors(good()) == []


@pytest.mark.parametrize(
    "change",
    [
        drop("meta"),
        drop("events"),
        put("meta.1.format", 2),
        put("meta.2", {}),
        put("meta.1.as_of", "today"),
        put("events.x", good()["events"]["1"]),
        put("events.1", []),
        put("other", []),
        drop("events.1.title"),
        put("events.1.title", ""),
        put("events.1.id", "One 2025"),
        put("events.1.type", "sumit"),
        put("events.1.date", "8 August 2025"),
        put("events.1.regions", "shore"),
        put("events.1.regions", ["Shore"]),
        put("events.1.facts", {"Rounds": []}),
        put("events.1.instrument", "treaty"),
        put("events.1.steps", good()["events"]["2"]["steps"]),
        put("events.1.participants.0", {"role": "host"}),
        put("events.1.claims.0.kind", "opinion"),
        put("events.1.claims.0.cites", []),
        drop("events.1.claims.0.cites"),
        drop("events.1.claims.0.text"),
        drop("events.1.claims.1.by"),
        put("events.1.claims.1.by", None),
        drop("events.1.claims.1.value"),
        put("events.1.claims.1.value", None),
        put("events.1.claims.1.value", []),
        drop("events.2.instrument"),
        put("events.2.instrument", None),
        put("events.2.instrument", "treatie"),
        drop("events.2.steps"),
        put("events.2.steps", []),
        put("events.2.steps.0.action", "sealed"),
        put("events.2.steps.0.cites", []),
        put("events.2.related.0", {"as": "follows"}),
        put("places.1.lat", 91),
        put("places.1.country", "Poland"),
        put("actors.1.type", "Person"),
        put("actors.1.roles.0.date", "then"),
        put("sources.1.type", "new"),
        put("sources.1.url", "ftp://gazette.example"),
        put("sources.2.accessed", "soon"),
        put("sources.1.read", "half"),
        put("sources.1.described", 1),
    ],
)
def test_what_is_wrong_is_refused_by_the_schema_and_by_check(
    tmp_path: Path, change: Change
) -> None:
    value = good()
    change(value)
    assert errors(value)
    path = write(tmp_path / "wrong.json", value)
    assert is_refused(path)


@pytest.mark.parametrize(
    "change",
    [
        put("events.1.weight", 1),
        put("events.1.claims.0.weight", {"a": []}),
        put("views", {"1": {"anything": 1}}),
        put("events.1.place", None),
        put("events.1.claims.0.about", None),
        put("events.1.claims.0.by", "poland"),
        put("events.2.steps.0.date", "2025-21~/.."),
        put("events.07", good()["events"]["1"] | {"id": "seven-2025"}),
        drop("places"),
    ],
)
def test_what_is_unknown_or_optional_is_accepted(change: Change) -> None:
    value = good()
    change(value)
    assert errors(value) == []


def test_every_field_says_what_it_means() -> None:
    described = {
        (name, field): value.get("description", "")
        for name, record in schema()["$defs"].items()
        for field, value in record["properties"].items()
    }
    assert [at for at, words in described.items() if not words.endswith((".", "…"))] == []
    told = {(name, field) for name, fields in MEANINGS.items() if name for field in fields}
    assert told - described.keys() == set(), "descriptions of fields that are gone"
    for name, record in schema()["$defs"].items():
        assert record["description"], name
        assert record["additionalProperties"] is True


def patterns(value: Any) -> list[str]:
    if isinstance(value, list):
        return [pattern for item in value for pattern in patterns(item)]
    if not isinstance(value, dict):
        return []
    own = [value["pattern"]] if isinstance(value.get("pattern"), str) else []
    return own + [pattern for item in value.values() for pattern in patterns(item)]


def test_patterns_are_read_by_every_dialect() -> None:
    found = set(patterns(schema()))
    assert found
    assert [one for one in found if re.search(r"\\[AZz]|\(\?[P<]|[*+?]\+", one)] == []


EDTF: str = schema()["$defs"]["Event"]["properties"]["date"]["pattern"]


def refusal(date: str) -> str:
    try:
        parse(date)
    except DateError as error:
        return str(error)
    return ""


POINTS = st.from_regex(r"[12]\d{3}(-\d\d(-\d\d)?)?[~?%]?", fullmatch=True) | st.just("..")


@given(st.one_of(POINTS, st.tuples(POINTS | st.just(""), POINTS | st.just("")).map("/".join)))
def test_a_date_that_is_read_is_one_of_the_schema(date: str) -> None:
    said = refusal(date)
    if re.search(EDTF, date) is None:
        assert said
    else:  # a pattern knows neither the calendar nor which of two days comes first
        assert not said or "has days" in said or "ends before" in said
