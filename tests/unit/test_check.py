"""`check`: every rule finds its fault, names record and field, and leaves the rest alone."""

import json
import os
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.support import SHARED, SHIPPED, Fields, apart, overview, python, summitry, table, write
from tui.dossier.check import Problem, check, survey
from tui.dossier.check.text_rules import LoadedWords, read_words
from tui.files import StoreError

CITES = [{"source": "gazette-2025", "at": "p. 1"}, {"source": "herald-2025", "at": "para. 2"}]
GOOD: Fields = {
    "meta": table(overview(summary="By the [[shore]].")),
    "regions": table({"id": "shore", "name": "Amber Shore", "countries": ["PL"]}),
    "actors": table(
        {
            "id": "anna-kos",
            "name": "Anna Kos",
            "aliases": ["A. Kosówna"],
            "type": "person",
            "roles": [{"title": "Minister", "date": "2024/.."}],
        },
        {"id": "poland", "name": "Poland", "type": "state", "summary": "A state on [[shore]]."},
    ),
    "places": table({"id": "lodz", "name": "Łódź", "country": "PL", "lat": 51.8, "lon": 19.5}),
    "sources": table(
        {
            "id": "gazette-2025",
            "title": "The Gazette",
            "date": "2025",
            "language": "en",
            "type": "news",
            "country": "PL",
            "url": "https://gazette.example/1",
        },
        {
            "id": "herald-2025",
            "title": "The Herald",
            "date": "2025-11",
            "accessed": "2025-11-30",
            "language": "en",
            "type": "news",
            "country": "LT",
        },
    ),
    "events": table(
        {
            "id": "one-2025",
            "type": "summit",
            "title": "Summit in Łódź",
            "date": "2025-08-08",
            "regions": ["shore"],
            "place": "lodz",
            "participants": [{"actor": "anna-kos", "role": "host"}],
            "summary": "A summit of [[poland|Poland]].",
            "facts": {"Talks": "two rounds"},
            "claims": [
                {"kind": "fact", "text": "It took place.", "cites": CITES},
                {
                    "kind": "assessment",
                    "text": "A historic day.",
                    "by": "gazette-2025",
                    "about": "day",
                    "value": 8,
                    "cites": CITES,
                },
            ],
        },
        {
            "id": "two-2025",
            "type": "agreement",
            "title": "Ferry Accord",
            "date": "2025-08-08",
            "part_of": "one-2025",
            "instrument": "treaty",
            "related": [{"event": "one-2025", "as": "follows"}],
            "steps": [
                {"action": "announced", "date": "2025-08", "cites": CITES},
                {"action": "signed", "date": "2025-08-08", "cites": CITES},
            ],
            "claims": [{"kind": "statement", "text": "We sign.", "by": "poland", "cites": CITES}],
        },
    ),
}


def good() -> Fields:
    """A dossier without a fault, to be changed at will."""
    value: Fields = json.loads(json.dumps(GOOD))
    return value


Change = Callable[[Fields], object]
Checked = Callable[[Change], list[Problem]]


@pytest.fixture
def checked(tmp_path: Path) -> Checked:
    """Checks the good dossier after a change; its arguments are the tables' documents."""

    def run(change: Change) -> list[Problem]:
        value = good()
        change(value)
        return check(str(write(tmp_path / "changed.json", value)))

    return run


def put(path: str, value: Any) -> Change:
    """Set what is at ``events.1.claims.0.text`` to `value`; at the end of a list, add it."""

    def change(whole: Fields) -> None:
        *steps, last = path.split(".")
        at: Any = whole
        for step in steps:
            at = at[int(step)] if isinstance(at, list) else at[step]
        if isinstance(at, list):
            at[int(last) : int(last) + 1] = [value]
        else:
            at[last] = value

    return change


def drop(path: str) -> Change:
    """Take out what is at `path`."""

    def change(whole: Fields) -> None:
        *steps, last = path.split(".")
        at: Any = whole
        for step in steps:
            at = at[int(step)] if isinstance(at, list) else at[step]
        del at[last]

    return change


def test_a_good_dossier_is_clean(checked: Checked) -> None:
    assert checked(lambda whole: None) == []


def test_the_shipped_dossier_has_no_error() -> None:
    result = survey(str(SHIPPED))
    assert [str(found) for found in result.problems if not found.is_note] == []
    assert result.events > 100


ERRORS: list[tuple[Change, str, str, str]] = [
    # structure
    (put("events.1.title", 3), "one-2025", "title", "a whole number where a text belongs"),
    (put("events.1.title", ""), "one-2025", "title", "empty"),
    (drop("events.1.title"), "one-2025", "title", "missing; add it"),
    (drop("events"), "dossier", "events", "no such table"),
    (put("events.1.claims.0.cites", {}), "one-2025", "claims[0].cites", "a list"),
    (put("events.1.claims.0", 1), "one-2025", "claims[0]", "not an object"),
    (put("events.2.id", "Two 2025"), "Two 2025", "id", "lower-case letters"),
    (put("places.1.country", "Poland"), "lodz", "country", "two capital letters"),
    (put("regions.1.countries.0", "pl"), "shore", "countries[0]", "two capital letters"),
    (put("places.1.lat", 91), "lodz", "lat", "out of range"),
    (put("events.1.facts", {"Rounds": []}), "one-2025", "facts[...]", "a list where"),
    (put("events.x", {"id": "x-2025"}), "events x", "record", "document ids are whole numbers"),
    (put("sources.3", 5), "sources 3", "record", "not an object"),
    # dates
    (put("events.1.date", "8 August 2025"), "one-2025", "date", "write YYYY"),
    (put("events.2.steps.0.date", "2025-02-30"), "two-2025", "steps[0].date", "days 01 to 28"),
    (put("sources.2.accessed", "soon"), "herald-2025", "accessed", "not a date"),
    (put("actors.1.roles.0.date", "then"), "anna-kos", "roles[0].date", "not a date"),
    # references
    (put("events.1.regions.1", "rim"), "one-2025", "regions[1]", "no record; add a region"),
    (put("events.1.place", "lodx"), "one-2025", "place", "no record; write lodz, or add a place"),
    (put("events.1.participants.0.actor", "lodz"), "one-2025", "participants[0].actor",
     '"lodz" is a place, not an actor'),
    (put("events.1.part_of", "three-2025"), "one-2025", "part_of", "no record"),
    (put("events.2.related.0.event", "poland"), "two-2025", "related[0].event", "not an event"),
    (put("events.2.related.0.event", "two-2025"), "two-2025", "related[0].event", "itself"),
    (put("events.2.claims.0.by", "nobody"), "two-2025", "claims[0].by", "an actor or a source"),
    (put("events.1.claims.0.cites.2", {"source": "poland", "at": "p. 1"}), "one-2025",
     "claims[0].cites[2].source", "not a source"),
    (put("events.2.steps.0.cites.2", {"source": "x", "at": "p. 1"}), "two-2025",
     "steps[0].cites[2].source", "no record"),
    (put("events.1.summary", "On [[polnd|Poland]]."), "one-2025", "summary", "write poland"),
    (put("events.1.claims.0.text", "In [[x]]."), "one-2025", "claims[0].text", "no record"),
    (put("regions.1.summary", "By [[x]]."), "shore", "summary", "no record"),
    (put("actors.2.summary", "By [[x]]."), "poland", "summary", "no record"),
    (put("meta.1.summary", "By [[x]]."), "meta", "summary", "no record"),
    # meta
    (put("meta.1.as_of", "soon"), "meta", "as_of", "not a date; write YYYY"),
    (drop("meta.1.title"), "meta", "title", "missing; add it"),
    (put("meta.1.subject", "Azerbaijan"), "meta", "subject", "two capital letters"),
    (put("meta.1.summary", 5), "meta", "summary", "a whole number where a text belongs"),
    (drop("meta.1.language"), "meta", "language", "missing; add it"),
    (put("meta.1.format", True), "meta", "format", "true or false where a whole number belongs"),
    (put("meta.1.as_of", "2026-01-15"), "meta", "as_of", "more than a month after 2025-11,"),
    # countries
    (put("meta.1.subject", "UK"), "meta", "subject", 'no country code "UK"; write the one'),
    (put("regions.1.countries.1", "EU"), "shore", "countries[1]", 'no country code "EU"'),
    (put("actors.2.country", "PO"), "poland", "country", 'no country code "PO"'),
    (put("places.1.country", "UK"), "lodz", "country", 'no country code "UK"'),
    (put("sources.1.country", "UK"), "gazette-2025", "country", 'no country code "UK"'),
    # titles
    (put("sources.1.title", "Of a summit (title described)"), "gazette-2025", "title",
     '"(title described)" is no part of a title; write described: true'),
    # vocabulary
    (put("events.1.type", "sumit"), "one-2025", "type", "write summit"),
    (put("events.2.instrument", "Treaties"), "two-2025", "instrument", "write treaty"),
    (put("events.2.steps.1.action", "sealed"), "two-2025", "steps[1].action", "write one of"),
    (put("events.1.claims.0.kind", "opinion"), "one-2025", "claims[0].kind", "write one of"),
    (put("sources.1.type", "new"), "gazette-2025", "type", "write news"),
    (put("actors.1.type", "Person"), "anna-kos", "type", "write person"),
    # attribution and citation
    (drop("events.2.claims.0.by"), "two-2025", "claims[0].by", "a statement that nobody makes"),
    (put("events.1.claims.1.by", None), "one-2025", "claims[1].by", "an assessment that nobody"),
    (drop("events.1.claims.0.cites"), "one-2025", "claims[0].cites", "a claim without a source"),
    (put("events.2.steps.0.cites", []), "two-2025", "steps[0].cites", "a step without a source"),
    (put("events.1.claims.0.text", " "), "one-2025", "claims[0].text", "empty"),
    (drop("events.1.claims.1.value"), "one-2025", "claims[1].value", "about without a value"),
    # agreements
    (drop("events.2.instrument"), "two-2025", "instrument", "without an instrument"),
    (drop("events.2.steps"), "two-2025", "steps", "without a step"),
    (put("events.1.instrument", "treaty"), "one-2025", "instrument", "only an agreement"),
    (put("events.1.steps", [{"action": "signed", "date": "2025", "cites": CITES}]), "one-2025",
     "steps", "only an agreement"),
    (put("events.2.steps.1.date", "2025-07-31"), "two-2025", "steps[1].date", "comes before"),
    (put("events.2.steps.1.date", "2025-12-02"), "two-2025", "steps[1].date", "meta.as_of"),
    # between records
    (put("events.1.part_of", "two-2025"), "one-2025", "part_of", "one-2025 → two-2025 → one-2025"),
    (put("events.1.part_of", "one-2025"), "one-2025", "part_of", "one-2025 → one-2025"),
    (put("events.2.title", "Summit in Lodz"), "two-2025", "title", "title and date as one-2025"),
    # prose and addresses
    (put("events.1.claims.0.text", "A Historic day."), "one-2025", "claims[0].text", '"historic"'),
    (put("events.1.summary", "It [[poland|triumphed]]."), "one-2025", "summary", '"triumphed"'),
    (put("events.1.facts.Talks", "fruitful"), "one-2025", "facts.Talks", '"fruitful"'),
    (put("regions.1.summary", "Brotherly."), "shore", "summary", '"brotherly"'),
    (put("meta.1.summary", "A glorious decade."), "meta", "summary", '"glorious"'),
    (put("events.1.summary", "On [[Poland]]."), "one-2025", "summary", "[[id|shown words]]"),
    (put("events.2.claims.0.text", "We [[poland|."), "two-2025", "claims[0].text", "no link"),
    (put("sources.1.read", "excerp"), "gazette-2025", "read", "write excerpt"),
    (put("sources.1.described", "yes"), "gazette-2025", "described", "true or false"),
    (put("sources.1.url", "ftp://gazette.example"), "gazette-2025", "url", "https://"),
    (put("sources.1.url", "javascript:alert(1)"), "gazette-2025", "url", "https://"),
]  # fmt: skip

NOTES: list[tuple[Change, str, str, str]] = [
    (put("events.1.weight", 1), "one-2025", "weight", "kept but not read"),
    (put("events.1.claims.0.txet", 1), "one-2025", "claims[0].txet", "rename it to text"),
    (put("actors.1.roles.0.until", "2025"), "anna-kos", "roles[0].until", "not read"),
    (put("meta.1.editor", "me"), "meta", "editor", "not read"),
    (put("event", {"1": {}}), "dossier", "event", "rename it to events"),
    (put("events.1.claims.0.by", "poland"), "one-2025", "claims[0].by", "nobody's view"),
    (put("events.1.claims.0.value", 3), "one-2025", "claims[0].about", "without about"),
    (put("events.1.claims.0.cites", [{"source": "herald-2025"}, CITES[0]]), "one-2025",
     "claims[0].cites[0].at", "not said"),
    (put("events.2.claims.0.text", "Said by Anna Kos."), "two-2025", "claims[0].text",
     "write [[anna-kos|Anna Kos]]"),
    (put("events.2.claims.0.text", "Said by A. Kosówna's aide."), "two-2025", "claims[0].text",
     "write [[anna-kos|A. Kosówna]]"),
    (put("events.2.summary", "Made at Summit in Łódź"), "two-2025", "summary", "[[one-2025|"),
    (put("places.2", GOOD["places"]["1"] | {"id": "other", "name": "Other"}), "other", "id",
     "nothing refers to it"),
    (put("sources.3", GOOD["sources"]["1"] | {"id": "other-2025"}), "other-2025", "id", "refers"),
    (put("actors.2.aliases", ["anna KOS"]), "poland", "aliases[0]", "a name of anna-kos too"),
    (drop("events.1.regions"), "one-2025", "regions", "in no region"),
    (put("meta.1.language", "de"), "meta", "language", "--words FILE"),
    (put("meta.1.licence", "Creative Commons"), "meta", "licence", "no SPDX id; write one such as"),
    (put("meta.1.licence", ""), "meta", "licence", "empty; write one such as CC-BY-4.0"),
    (put("actors.1.country", "SU"), "anna-kos", "country", "withdrawn the country code"),
    (put("places.1.lat", 19.5), "lodz", "lat", "19.5, 19.5 lies outside PL; look whether"),
    (put("events.2.steps.0.action", "in-force"), "two-2025", "steps[1].action",
     "signed stands after in-force"),
    (put("events.1.title", "Sum\x1b[31mmit"), "one-2025", "title", "the character U+001B"),
    (put("events.1.claims.0.text", "It\u202e."), "one-2025", "claims[0].text", "U+202E"),
    (put("events.1.facts", {"A\u200b": "b"}), "one-2025", "facts", "U+200B"),
    (put("sources.1.note", "e" + "\u0301\u0302" * 9), "gazette-2025", "note", "too many marks"),
    (put("meta.1.title", "T\x07"), "meta", "title", "the character U+0007"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "record", "field", "said", "is_note"),
    [(*row, False) for row in ERRORS] + [(*row, True) for row in NOTES],
    ids=[f"{row[1]}-{row[2]}-{row[3]}"[:60] for row in ERRORS + NOTES],
)
def test_a_fault_is_found_and_named(
    checked: Checked, change: Change, record: str, field: str, said: str, is_note: bool
) -> None:
    found = checked(change)
    match = [one for one in found if (one.record, one.field) == (record, field)]
    assert [one.is_note for one in match] == [is_note], found
    assert said in str(match[0])
    assert [one for one in found if not one.is_note and one not in match] == []
    assert [one for one in found if "\n" in str(one) or not one.mend] == []


def test_an_id_without_a_year_is_a_note(checked: Checked) -> None:
    def change(whole: Fields) -> None:
        whole["events"]["3"] = whole["events"]["2"] | {"id": "three", "title": "Third"}

    assert [str(found) for found in checked(change)] == [
        "note: three: id: no year at its end; rename it to three-2025"
    ]


def test_sources_of_one_country_and_single_sources_are_noted(checked: Checked) -> None:
    def one_country(whole: Fields) -> None:
        whole["sources"]["2"]["country"] = "PL"

    found = checked(one_country)
    assert {(one.record, one.field, one.is_note) for one in found} == {
        ("one-2025", "claims", True),
        ("two-2025", "claims", True),
    }
    assert "one country, PL" in found[0].what

    def no_country(whole: Fields) -> None:
        whole["sources"]["1"]["country"] = whole["sources"]["2"]["country"] = None

    assert checked(no_country) == []  # nobody knows

    def single(whole: Fields) -> None:
        for claim in whole["events"]["1"]["claims"]:
            claim["cites"] = CITES[:1]

    (found_one,) = checked(single)
    assert found_one.is_note
    assert "single source, gazette-2025" in found_one.what


def test_one_source_in_all_is_said_once_for_the_dossier(checked: Checked) -> None:
    def change(whole: Fields) -> None:
        del whole["sources"]["2"]
        for event in whole["events"].values():
            for cited in (*event["claims"], *event.get("steps", ())):
                cited["cites"] = CITES[:1]

    assert [str(found) for found in checked(change)] == [
        "note: dossier: sources: all that is said rests on a single source, gazette-2025; "
        "add others that say so too"
    ]

    def uncited(whole: Fields) -> None:
        change(whole)
        for event in whole["events"].values():
            event["claims"], event["steps"] = [], []

    assert [found for found in checked(uncited) if found.record == "dossier"] == []


@pytest.mark.parametrize(
    "licence", ["CC-BY-4.0", "NOASSERTION", "(MIT OR GPL-2.0+) AND LicenseRef-mine"]
)
def test_what_has_the_shape_of_a_licence_is_one(checked: Checked, licence: str) -> None:
    assert checked(put("meta.1.licence", licence)) == []


def test_what_is_shown_as_it_is_needs_no_note(checked: Checked) -> None:
    prose = "Zu\u0308rich\twas\r\nnamed \ufffd before."
    assert checked(put("events.1.claims.0.text", prose)) == []


def test_every_fault_of_meta_is_named_with_those_of_the_records(checked: Checked) -> None:
    def change(whole: Fields) -> None:
        whole["meta"]["1"] |= {"as_of": "x", "subject": 5, "mine": 10**30}
        del whole["meta"]["1"]["licence"]
        whole["events"]["1"]["type"] = "sumit"
        whole["events"]["2"]["date"] = "then"

    found = {(one.record, one.field, one.is_note) for one in checked(change)}
    assert found == {
        ("meta", "as_of", False),
        ("meta", "subject", False),
        ("meta", "licence", False),
        ("meta", "mine", True),
        ("one-2025", "type", False),
        ("two-2025", "date", False),
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (drop("meta"), "no table `meta`"),
        (put("meta.2", overview()), "one document, not 2"),
        (put("meta.1", 5), "format: not 1"),
        (drop("meta.1.format"), "format: not 1"),
        (put("meta.1.format", 2), "install a newer one"),
    ],
)
def test_what_is_no_dossier_at_all_is_refused(checked: Checked, change: Change, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        checked(change)


def test_every_fault_of_one_record_is_named_and_causes_no_others(checked: Checked) -> None:
    def change(whole: Fields) -> None:
        whole["events"]["1"] |= {"title": 3, "date": "soon", "regions": "shore"}
        del whole["events"]["1"]["claims"][0]["text"]

    found = checked(change)
    assert {(one.record, one.field) for one in found} == {
        ("one-2025", field) for field in ("title", "date", "regions", "claims[0].text")
    }


def test_an_id_used_twice_is_found(checked: Checked) -> None:
    (found,) = checked(put("places.2", GOOD["places"]["1"] | {"id": "shore", "name": "Other"}))
    assert "already the id of regions 1" in str(found)


def test_document_ids_that_are_one_number_are_found(tmp_path: Path) -> None:
    value = good()
    value["regions"]["01"] = {"id": "rim", "name": "Mountain Rim"}
    (found,) = check(str(write(tmp_path / "numbers.json", value)))
    assert (found.record, found.field, found.is_note) == ("regions 01", "document id", False)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"title": "Ferry Accord"', '"title": "x", "title": "Ferry Accord"', ("two-2025", "title")),
        ('"at": "p. 1"', '"at": "p. 9", "at": "p. 1"', ("one-2025", "claims[0].cites[0].at")),
        ('"regions": {', '"regions": {}, "regions": {', ("dossier", "regions")),
        ('"places": {', '"places": {"1": {"a": 1}, ', ("places 1", "record")),
        ('"facts": {"', '"facts": {"Talks": "one", "', ("one-2025", "facts.Talks")),
    ],
)
def test_keys_given_twice_are_found(
    tmp_path: Path, old: str, new: str, where: tuple[str, str]
) -> None:
    written = json.dumps(GOOD, ensure_ascii=False)
    path = tmp_path / "twice.json"
    path.write_text(written.replace(old, new, 1), encoding="utf-8")
    (found,) = check(str(path))
    assert (found.record, found.field, found.is_note) == (*where, False)
    assert "given twice" in found.what


def test_a_piece_of_the_dossier_in_a_message_is_cut_where_it_is_long(tmp_path: Path) -> None:
    for length, shown in ((80, "k" * 80), (81, "k" * 80 + "…")):
        key = "k" * length
        path = tmp_path / "twice.json"
        path.write_text(
            json.dumps(GOOD).replace('"facts": {', f'"{key}": 1, "{key}": 1, "facts": {{')
        )
        assert any(f'the key "{shown}" is given twice' in found.what for found in check(str(path)))


@pytest.mark.parametrize(
    ("name", "meant"),
    # RapidFuzz's ratio of "tags" and the others is 75, 50 and 66.7: 70 is needed.
    [("tgas", "tags"), ("sgat", ""), ("tagzz", ""), ("summry", "summary")],
)
def test_a_field_that_was_probably_meant_is_named(tmp_path: Path, name: str, meant: str) -> None:
    value = good()
    value["events"]["1"][name] = []
    found = [problem for problem in check(str(write(tmp_path / "near.json", value)))
             if "unknown field" in problem.what]  # fmt: skip
    assert [problem.mend for problem in found] == [
        f"rename it to {meant}, or leave it" if meant else "leave it, or take it out"
    ]


def test_a_long_loop_is_named_once(checked: Checked) -> None:
    def change(whole: Fields) -> None:
        for n in range(50):
            event = {"id": f"e{n}-2025", "type": "meeting", "title": f"E{n}", "date": "2025"}
            claims = whole["events"]["1"]["claims"]
            whole["events"][str(n + 3)] = event | {"claims": claims, "regions": ["shore"]}
            whole["events"][str(n + 3)]["part_of"] = f"e{(n + 1) % 50}-2025"

    (found,) = [one for one in checked(change) if not one.is_note]
    assert found.what.startswith("part of itself: e0-2025 → e1-2025")
    assert found.what.endswith("… → e0-2025")


def test_a_name_is_noted_once_and_never_where_it_is_linked(checked: Checked) -> None:
    def change(whole: Fields) -> None:
        claim = whole["events"]["2"]["claims"][0]
        linked = claim | {"text": "By [[anna-kos|the minister]], that is Anna Kos."}
        named = claim | {"text": "Anna Kos and Anna Kos again, not Anna Kosinska."}
        whole["events"]["2"]["claims"] = [linked, named, deepcopy(named)]

    (found,) = checked(change)
    assert (found.record, found.field) == ("two-2025", "claims[1].text")


def test_a_part_is_in_the_regions_of_its_whole(checked: Checked) -> None:
    assert [one.record for one in checked(drop("events.1.regions")) if one.field == "regions"] == [
        "one-2025",
        "two-2025",
    ]
    assert checked(put("events.2.regions", [])) == []


# -- loaded words


def test_the_shipped_list_can_be_read_and_changed(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# mine\nplaces?\ntook pla*  # any ending\n!Took plaice\n", encoding="utf-8")
    file = write(tmp_path / "good.json", GOOD)
    (found,) = survey(str(file), path).problems
    assert (found.field, found.what[:12]) == ("claims[0].text", '"took place"')


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("A historic, HISTORIC day", ["historic"]),
        ("A historical map of prehistoric sites", []),
        ("It liberated and was liberating", ["liberated", "liberating"]),
        ("a turning-point, a turning\npoint", ["turning-point", "turning\npoint"]),
        ("The visa regime and the regime", ["regime"]),
        ("the Visa-Free Regime", []),
        ("a so-called summit", ["so-called"]),
        ("The Glorious Prize was given", []),
        ("Łódźhistoric", []),
    ],
)
def test_loaded_words_are_whole_words_in_any_case(prose: str, found: list[str]) -> None:
    loaded = LoadedWords(read_words(None), ["Glorious Prize", "Plain name"])
    assert loaded.found_in(prose) == found


def test_an_empty_list_finds_nothing() -> None:
    assert LoadedWords([]).found_in("historic") == []


def test_a_list_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_bytes(b"\xff\xfe")
    for name in ("words.txt", "none.txt"):
        with pytest.raises(StoreError, match=name):
            read_words(tmp_path / name)


# -- the command


def test_a_clean_dossier_prints_nothing_but_a_count_on_stderr(tmp_path: Path) -> None:
    result = summitry("check", write(tmp_path / "good.json", GOOD))
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr.endswith("good.json: clean: 2 events, 2 sources (0 notes)\n")


def test_notes_leave_the_status_alone(tmp_path: Path) -> None:
    value = good()
    put("events.1.weight", 1)(value)
    path = write(tmp_path / "noted.json", value)
    result = summitry("check", path)
    assert result.returncode == 0
    assert result.stdout == (
        f"{path}: note: one-2025: weight: unknown field: it is kept but not read; "
        "leave it, or take it out\n"
    )
    assert "clean: 2 events, 2 sources (1 note)" in result.stderr


def test_each_file_is_checked_whatever_is_wrong_with_the_others(tmp_path: Path) -> None:
    value = good()
    put("events.1.type", "sumit")(value)
    bad = write(tmp_path / "bad.json", value)
    clean = write(tmp_path / "good.json", GOOD)
    none = tmp_path / "none.json"
    result = summitry("check", bad, none, clean)
    assert result.returncode == 2
    assert result.stdout.startswith(f"{bad}: one-2025: type: ")
    assert [line.split("/")[-1].split(":")[0] for line in result.stderr.splitlines()] == [
        "bad.json",
        "none.json",
        "good.json",
    ]
    assert summitry("check", bad, clean).returncode == 1
    found = json.loads(summitry("check", "--json", bad, clean).stdout)
    assert [(one["file"], one["record"], one["field"], one["level"]) for one in found] == [
        (str(bad), "one-2025", "type", "error")
    ]
    assert found[0]["mend"] == "write summit"


def test_a_file_that_cannot_be_read_is_in_the_array_too(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    none = tmp_path / "none.json"
    clean = write(tmp_path / "good.json", GOOD)
    result = summitry("check", "--json", none, clean, broken)
    assert result.returncode == 2
    assert result.stderr.count("\n") == 3
    found = json.loads(result.stdout)
    assert [(one["file"], one["record"], one["field"], one["level"]) for one in found] == [
        (str(none), "", "", "error"),
        (str(broken), "", "", "error"),
    ]
    assert found[0]["what"] == "no such file or directory"
    assert "broken JSON" in found[1]["what"]
    assert all(one["mend"] for one in found)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ('{"meta": {\n  "1": {"a": 1,}\n}}', "line 2, column 16: broken JSON: trailing comma"),
        ('{"meta": {\n  "ə": x}}', "line 2, column 8: broken JSON"),
        ('{"meta": {\n"1": {"a": 1}', "line 2, column 14: broken JSON: the file ends too early"),
        ("[1]", "Expected `object`, got `array`"),
    ],
)
def test_broken_json_is_named_with_line_and_column(tmp_path: Path, broken: str, said: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(broken, encoding="utf-8")
    result = summitry("check", path)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_problems_can_be_printed_where_only_ascii_can(tmp_path: Path) -> None:
    value = good()
    put("events.1.part_of", "two-2025")(value)
    put("places.1.aliases", ["\x1b[31mƏ"])(value)
    put("events.1.Əlavə\x1b", 1)(value)
    path = write(tmp_path / "loop.json", value)
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = apart("check", path, env=environment)
    assert result.returncode == 1
    assert "one-2025 -> two-2025 -> one-2025" in result.stdout
    assert "\x1b" not in result.stdout


# -- large and hostile


@pytest.mark.parametrize(
    "value", ["[" * 100_000 + "]" * 100_000, "9" * 20_000], ids=["deep", "long number"]
)
def test_an_extreme_field_is_no_traceback(tmp_path: Path, value: str) -> None:
    whole = good()
    put("events.1.unknown", "VALUE")(whole)
    path = tmp_path / "extreme.json"
    path.write_text(json.dumps(whole).replace('"VALUE"', value))
    result = apart("check", path)
    assert result.returncode in (1, 2)
    assert result.stderr.count("\n") == 1
    assert "too deeply" in result.stdout + result.stderr


def calls(act: Callable[[], object]) -> int:
    """How many functions are called meanwhile: the work done, whatever the machine."""
    counted = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("name", ["Ministers Meeting " * 5, "A " * 400], ids=["names", "words"])
def test_the_work_grows_with_names_and_prose_and_no_faster(tmp_path: Path, name: str) -> None:
    def work(events: int) -> int:
        value = good()
        first = value["events"]["1"]
        for n in range(events):
            summary = (name + "x ") * 4
            named = first | {"id": f"e{n}-2025", "title": f"{name}{n}", "summary": summary}
            value["events"][str(n + 3)] = named
        path = str(write(tmp_path / "names.json", value))
        return calls(lambda: check(path))

    assert work(400) < 3 * work(200)


@pytest.mark.skipif(not SHARED.exists(), reason="the generator is not beside the repository")
def test_ten_thousand_events_are_checked(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    made = python(SHARED / "tools" / "make_dossier.py", 10_000, path)
    assert made.returncode == 0, made.stderr
    result = survey(os.fspath(path))
    assert (result.errors, result.events) == (0, 10_000)


def test_rows_of_a_dataset_may_be_alike_and_loaded_and_are_only_noted(tmp_path: Path) -> None:
    row = {
        "type": "visit",
        "title": "Visit of a guest",
        "date": "2001-02-03",
        "regions": ["north"],
        "claims": [
            {"kind": "fact", "text": "A historic visit.", "cites": [{"source": "rows", "at": "1"}]}
        ],
    }
    rows = {"id": "rows", "title": "Rows", "date": "2001", "language": "en", "type": "dataset"}
    path = write(
        tmp_path / "rows.json",
        {
            "meta": table(overview()),
            "regions": table({"id": "north", "name": "North"}),
            "sources": table(rows),
            "events": table({"id": "a-2001", **row}, {"id": "b-2001", **row}),
        },
    )
    whats = {found.what for found in check(str(path)) if not found.is_note}
    assert not whats
    noted = [found.what for found in check(str(path)) if found.is_note]
    assert "the same title and date as a-2001" in noted
    assert any("historic" in what for what in noted)
