"""Who met whom: which encounters count for whom and in which year, as data and as find say."""

import json
import random
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from tests.support import SHIPPED, Fields, dossier, event, table
from tui.charts.meeting_counts import KINDS, NAMES, TOTAL, MeetingCounts, in_order
from tui.dossier import dates
from tui.dossier.query import parse
from tui.dossier.search import search

ENCOUNTERS = ("summit", "visit", "meeting")
ACTORS = table(
    *({"id": id_, "name": id_.capitalize(), "type": "person"} for id_ in ("ann", "bob", "cem")),
    {"id": "norland", "name": "Norland", "type": "state"},
    {"id": "union", "name": "Union", "type": "organisation"},
    {"id": "works", "name": "Works", "type": "company"},
)


def met(id_: str, actors: str, when: str = "2025-03-01", **fields: Any) -> Fields:
    """An event that some actors took part in."""
    took_part = [{"actor": actor, "role": "guest"} for actor in actors.split()]
    return event(id_, date=when, participants=took_part, **fields)


def counts(made, *events: Fields) -> MeetingCounts:  # type: ignore[no-untyped-def]
    return MeetingCounts(made(dossier(*events, actors=ACTORS)))


def years(found: MeetingCounts, subject: str = "", kind: str = "") -> dict[str, dict[int, int]]:
    """How many encounters stand in each column of each row: under -1 all, under 0 no year."""
    return {
        row.key: {column: len(events) for column, events in row.counted.items()}
        for row in found.rows(kind, subject)
    }


# -- a direct computation, to compare with


def days(text: str) -> tuple[date, date] | None:
    """The first and the last day of a date; None where it is open."""
    lo, hi = dates.bounds(text)
    if lo == dates.FIRST or hi == dates.LAST:
        return None
    return date.fromisoformat(str(lo)), date.fromisoformat(str(hi))


def lasts(one: Fields) -> bool:
    span = days(one["date"])
    return span is None or span[1] - span[0] > timedelta(days=30)


def present(event: Fields) -> set[str]:
    return {participant["actor"] for participant in event.get("participants", ())}


def directly(
    by_id: dict[str, Fields], with_one: list[Fields], one: str, other: str
) -> dict[str, int]:
    """The encounters that count for two actors, with the year of each, straight from the rule."""

    def both(event: Fields) -> bool:
        return event["type"] in ENCOUNTERS and {one, other} <= present(event)

    found = {}
    for encounter in filter(both, with_one):
        wholes, whole = [], encounter.get("part_of")
        while whole:
            wholes.append(by_id[whole])
            whole = by_id[whole].get("part_of")
        if one != other and any(both(whole) and not lasts(whole) for whole in wholes):
            continue
        span = days(encounter["date"])
        known = span and (span[0].year == span[1].year or not lasts(encounter))
        found[encounter["id"]] = span[0].year if span and known else 0
    return found


def agree(found: MeetingCounts, events: list[Fields], ids: dict[int, str]) -> None:
    """Check every row of every table against the direct computation."""
    actors = sorted(set().union(*map(present, events)))
    by_id = {event["id"]: event for event in events}
    everyone = {row.key: row for row in found.rows("")}
    for one in actors:
        mine = {row.key: row for row in found.rows("", one)}
        with_one = [event for event in events if one in present(event)]
        for other in actors:
            expected = directly(by_id, with_one, one, other)
            row = everyone.get(one) if one == other else mine.get(other)
            told = row.counted.items() if row else ()
            listed = {ids[n]: year for year, numbers in told if year != TOTAL for n in numbers}
            assert listed == expected, (one, other)
            assert not row or row.count(TOTAL) == len(expected)


# -- the rule


def test_what_came_out_of_a_visit_does_not_count_again(made) -> None:  # type: ignore[no-untyped-def]
    found = counts(
        made,
        met("visit", "ann bob", type="visit"),
        met("paper", "ann bob", type="agreement", instrument="treaty", part_of="visit"),
        met("talks", "ann bob", type="meeting", part_of="visit"),
        met("dinner", "ann bob cem", type="meeting", part_of="talks"),
    )
    assert years(found, "ann") == {"bob": {2025: 1, -1: 1}, "cem": {2025: 1, -1: 1}}
    (bob, _) = in_order(found.rows("", "ann"), TOTAL)
    assert len(bob.within[2025]) == len(bob.within[TOTAL]) == 2


def test_the_outermost_counts_whatever_lies_between(made) -> None:  # type: ignore[no-untyped-def]
    found = counts(
        made,
        met("summit", "ann bob", type="summit", when="2024-12-31/2025-01-02"),
        met("paper", "cem", type="agreement", part_of="summit"),
        met("alone", "ann", part_of="paper", when="2025-01-01"),
        met("talks", "ann bob", part_of="alone", when="2025-01-01"),
        met("aside", "ann cem", part_of="alone", when="2025-01-02"),
    )
    assert years(found, "ann") == {"bob": {2024: 1, -1: 1}, "cem": {2025: 1, -1: 1}}
    assert years(found, "bob") == {"ann": {2024: 1, -1: 1}}


def test_one_event_counts_for_each_two_of_three(made) -> None:  # type: ignore[no-untyped-def]
    found = counts(made, met("summit", "ann bob cem", type="summit"))
    for one, other in product(("ann", "bob", "cem"), repeat=2):
        assert years(found, one).get(other) == ({2025: 1, -1: 1} if one != other else None)
    assert years(found) == {key: {2025: 1, -1: 1} for key in ("ann", "bob", "cem")}


def test_all_that_is_no_encounter_is_left_out(made) -> None:  # type: ignore[no-untyped-def]
    others = ("agreement", "initiative", "chairmanship", "decision", "conflict", "milestone")
    found = counts(made, *(met(type_, "ann bob", type=type_) for type_ in others))
    assert (years(found), years(found, "ann"), found.years) == ({}, {}, [])
    assert found.told() == ["0 of 6 events"]


@pytest.mark.parametrize(
    ("when", "year"),
    [
        ("2025-03-01", 2025), ("2025-03", 2025), ("2025", 2025), ("2025-22", 2025),
        ("2025-08~/2025-09~", 2025), ("2025-05?", 2025), ("2024-12-30/2025-01-02", 2024),
        ("2024-12-15/2025-01-14", 2024), ("2024-12-15/2025-01-15", 0), ("2024/2026", 0),
        ("2024-24", 0), ("2024-12-30/..", 0), ("../2024-12-30", 0), ("2025-01-01/", 0),
    ],
)  # fmt: skip
def test_a_process_of_years_counts_in_no_year(made, when: str, year: int) -> None:  # type: ignore[no-untyped-def]
    found = counts(made, met("one", "ann bob", when))
    assert years(found, "ann") == {"bob": {year: 1, -1: 1}}
    assert found.years == ([year] if year else [])
    assert found.told("ann") == ["1 of 1 event", *(["1 without a year"] if not year else [])]


def test_what_happens_in_the_course_of_a_process_counts_for_itself(made) -> None:  # type: ignore[no-untyped-def]
    found = counts(
        made,
        met("process", "ann bob", "2023/2025"),
        met("first", "ann bob", "2023-05-01", part_of="process"),
        met("second", "ann bob", "2024-05-01", part_of="process"),
        met("coffee", "ann bob", "2024-05-01", part_of="second"),
    )
    assert years(found, "ann") == {"bob": {0: 1, 2023: 1, 2024: 1, -1: 3}}


def test_only_the_events_given_are_counted(made) -> None:  # type: ignore[no-untyped-def]
    given = made(
        dossier(
            met("visit", "ann bob", type="visit"),
            met("talks", "ann bob cem", part_of="visit"),
            met("later", "ann bob", "2026-01-01"),
            actors=ACTORS,
        )
    )
    talks = given.row("talks")
    found = MeetingCounts(given, [talks.n])
    assert years(found, "ann") == {"bob": {2025: 1, -1: 1}, "cem": {2025: 1, -1: 1}}
    assert (found.years, found.told()) == ([2025], ["1 of 1 event"])
    assert MeetingCounts(given, []).told() == ["0 of 0 events"]
    # The dossier stands at December 2025.
    assert MeetingCounts(given).told("bob") == ["3 of 3 events", "1 planned"]


def test_the_kinds_of_actors(made) -> None:  # type: ignore[no-untyped-def]
    found = counts(made, met("one", "ann bob norland union works stranger"))
    listed = {kind: [row.key for row in in_order(found.rows(kind, "ann"), NAMES)] for kind in KINDS}
    assert listed == {
        "person": ["bob"],
        "state": ["norland"],
        "organisation": ["union"],
        "": ["bob", "norland", "stranger", "union", "works"],
    }
    # An id without a record stands for its name.
    assert "stranger" in [row.name for row in found.rows("", "bob")]


def test_rows_are_sorted_by_any_column(made) -> None:  # type: ignore[no-untyped-def]
    found = counts(
        made,
        met("a", "ann bob", "2024-01-01"),
        met("b", "ann bob", "2024-02-01"),
        met("c", "ann cem", "2025-01-01", type="visit"),
        met("d", "ann cem", "2025-01-01", part_of="c"),
        met("e", "ann bob", "2025-02-01"),
    )
    rows = found.rows("", "ann")
    assert [row.key for row in in_order(rows, TOTAL)] == ["bob", "cem"]
    assert [row.key for row in in_order(rows[::-1], NAMES)] == ["bob", "cem"]
    # They met as often in 2025; with Cem there was one more within another.
    assert [row.key for row in in_order(rows, 2025)] == ["cem", "bob"]


def test_any_nest_of_events_is_counted_by_the_rule(made) -> None:  # type: ignore[no-untyped-def]
    for seed in range(8):
        draw = random.Random(seed)
        events: list[Fields] = []
        for i in range(40):
            actors = draw.sample(["ann", "bob", "cem", "norland"], draw.randint(1, 3))
            when = draw.choice(["2024-05-01", "2024-12-31/2025-01-01", "2024/2025", "2025-06"])
            whole = {"part_of": f"e-{draw.randrange(i)}"} if i and draw.random() < 0.7 else {}
            kind = draw.choice([*ENCOUNTERS, "agreement"])
            events.append(met(f"e-{i}", " ".join(actors), when, type=kind, **whole))
        given = made(dossier(*events, actors=ACTORS))
        ids = {given.row(one["id"]).n: one["id"] for one in events}
        agree(MeetingCounts(given), events, ids)


# -- the dossier that ships


def test_the_counts_are_those_of_the_data(shipped) -> None:  # type: ignore[no-untyped-def]
    events = list(json.loads(SHIPPED.read_text(encoding="utf-8"))["events"].values())
    ids = {shipped.row(one["id"]).n: one["id"] for one in events}
    agree(MeetingCounts(shipped), events, ids)


def test_the_counts_are_those_of_find(shipped) -> None:  # type: ignore[no-untyped-def]
    """Find can say who took part and when, but not what is part of another."""
    found = MeetingCounts(shipped)

    def total(query: str) -> int:
        return sum(search(shipped, parse(f"{query} type:{type_}")).total for type_ in ENCOUNTERS)

    rows = in_order(found.rows(""), TOTAL)[:12]
    for row in rows:
        assert total(f"actor:{row.key}") == row.count(TOTAL)
        for year in found.years:
            assert total(f"actor:{row.key} on:{year}") == row.count(year)
        for other in found.rows("", row.key):
            within = len(other.within[TOTAL])
            assert total(f"actor:{row.key} actor:{other.key}") == other.count(TOTAL) + within
