"""`check` of what sources cannot know yet, of offices, places, sides and near-disagreements."""

from pathlib import Path
from typing import Any

import pytest

from tests.support import Fields, event, overview, table, write
from tui.dossier.check import Problem, check


def source(id_: str, date: str, **fields: Any) -> Fields:
    named = {"id": id_, "title": id_.title(), "date": date, "language": "en", "type": "news"}
    return named | fields


def claim(text: str, *cited: str, **fields: Any) -> Fields:
    cites = [{"source": id_, "at": "p. 1"} for id_ in cited]
    return {"kind": "fact", "text": text, "cites": cites} | fields


#: One before the event of 8 August 2025, one after it; the second gives the dossier its as_of.
SOURCES = table(source("early", "2025-07-30", country="PL"), source("late", "2025-11-20"))


def checked(folder: Path, *claims: Fields, meta: Fields | None = None, **fields: Any) -> list[str]:
    """The problems of a dossier with one event, but for single sources and those that go unused."""
    tables = {key: fields.pop(key) for key in ("actors", "places", "sources") if key in fields}
    made = event(regions=["shore"], claims=list(claims), **fields)
    dossier = {
        "meta": table(overview(**meta or {})),
        "regions": table({"id": "shore", "name": "Shore"}),
        "sources": SOURCES,
        **tables,
        "events": table(made),
    }
    found = check(str(write(folder / "one.json", dossier)))
    return [str(one) for one in found if not is_usual(one)]


def is_usual(problem: Problem) -> bool:
    said = ("nothing refers to it", "rests on a single source", "rests on sources", "all that is")
    return problem.what.startswith(said)


# -- events and claims that their sources cannot have seen


def test_a_begun_event_needs_a_source_that_can_have_seen_it(tmp_path: Path) -> None:
    (found,) = checked(tmp_path, claim("It was planned.", "early"))
    assert found == (
        "one-2025: date: begun by 2025-12-01 (meta.as_of), but its newest source is of 2025-07-30; "
        "cite one that saw it happen, or bring meta.as_of back"
    )
    assert checked(tmp_path, claim("It took place.", "early", "late")) == []
    (uncertain,) = checked(tmp_path, claim("It was planned.", "early"), date="2025-08-08?")
    assert uncertain.startswith("note: one-2025: date: begun by 2025-12-01")


@pytest.mark.parametrize(
    "date", ["2026-01-15", "2025-12", "2025", "2025-07-31", "../2025-08-08", "2025/2026"]
)
def test_what_is_planned_or_may_be_older_than_its_source_is_no_fault(
    tmp_path: Path, date: str
) -> None:
    assert checked(tmp_path, claim("It was planned.", "early"), date=date) == []


def test_a_row_dated_after_its_dataset_is_a_note_even_where_it_is_planned(tmp_path: Path) -> None:
    rows = table(source("early", "2024", type="dataset"))
    for date in ("2053-03-14", "2025-03-14"):
        found = checked(tmp_path, claim("A visit.", "early"), date=date, sources=rows)
        assert found == [
            "note: meta: as_of: 2025-12-01 is more than a month after 2024, the date of the newest "
            "source; write the day up to which sources were read, or add the newer ones",
            f"note: one-2025: date: {date} is after the date of its newest source, 2024; "
            "look at its century and year, and at the date of the source",
        ]


TOLD_TOO_EARLY = [
    ("Exercises were held in [[shore]] from 7 to 9 August 2025.", "7 to 9 August 2025"),
    ("On 20 October 2025 it held a conference.", "20 October 2025"),
    ("The sides met again on 8 August.", "8 August"),
    ("They signed it in September, 2025.", "September, 2025"),
    ("They opened the talks.", "the event"),
]


@pytest.mark.parametrize(("text", "told"), TOLD_TOO_EARLY)
def test_a_fact_that_tells_a_future_of_its_source_as_done_is_noted(
    tmp_path: Path, text: str, told: str
) -> None:
    facts = [claim("It took place.", "late"), claim(text, "early")]
    (found,) = checked(tmp_path, *facts)
    assert found.startswith(
        f"note: one-2025: claims[1].text: tells of {told} as done, "
        "but its newest source is of 2025-07-30; cite one from afterwards"
    )
    assert checked(tmp_path, *facts, meta={"language": "pl"})[1:] == []  # words of English
    assert checked(tmp_path, facts[0], claim(text, "early", "late")) == []


@pytest.mark.parametrize(
    "text",
    [
        "It was to be held from 7 to 9 August 2025.",
        "A conference was announced for 20 October 2025.",
        "Transit runs until 31 December 2025.",
        "The lines open by the end of December 2025.",
        "The two had met on 8 August 2024.",
        "In 2019 they opened the talks.",
        "They met in May.",
        "They met on 30 February 2026.",
        "They met in July 2025.",
    ],
)
def test_a_fact_of_plans_or_of_what_came_before_is_not_noted(tmp_path: Path, text: str) -> None:
    assert checked(tmp_path, claim("It took place.", "late"), claim(text, "early")) == []
    said = claim("They opened the talks.", "early", kind="statement", by="early")
    assert checked(tmp_path, claim("It took place.", "late"), said) == []


# -- offices


def holders(tmp_path: Path, *terms: tuple[str, str | None], **fields: Any) -> list[str]:
    """What is said of persons a, b… who held such offices then."""
    actors = [{"id": "poland", "name": "Poland", "type": "state"}]
    for letter, (title, date) in zip("abcd", terms, strict=False):
        role = {"title": title} | ({"date": date} if date else {})
        person = {"id": letter, "name": letter.upper(), "type": "person", "roles": [role]}
        actors.append(person | fields)
    return checked(tmp_path, claim("It took place.", "late"), actors=table(*actors))


@pytest.mark.parametrize(
    ("dates", "noted"),
    [
        ([None, None], "b"),
        (["2020/2024", None], "a"),
        (["2020/2025", "2024/.."], "b"),
        (["2020/2024", "2024/.."], ""),
        (["../2022-11-11", "2022-11-11/.."], ""),
        (["../2022-11-11", "2022-11-10/.."], "b"),
        (["2020/", "2021-01/2022"], ""),
        (["/2024", "2021-01/2022"], ""),
        (["2020-01-01/2029-12-31", "2021", "2022/2023-06"], "c"),
    ],
)
def test_an_office_has_one_holder_at_a_time(
    tmp_path: Path, dates: list[str | None], noted: str
) -> None:
    found = holders(tmp_path, *(("President of Poland", date) for date in dates))
    assert [line[:9] for line in found] == [f"note: {one}: " for one in noted]
    if noted:
        assert '"President of Poland" is held by ' in found[0]
        assert "give both of them the days they held it, such as 2020/2024 and 2024/.." in found[0]


def test_offices_that_several_hold_or_that_may_be_of_two_countries_are_left(tmp_path: Path) -> None:
    for title in ("Deputy Minister of Poland", "Member of the Parliament of Poland", "Minister"):
        assert holders(tmp_path, (title, None), (title, None), country="PL") == []
    unnamed = [("Foreign minister", None)] * 2
    assert holders(tmp_path, *unnamed) == []
    assert len(holders(tmp_path, *unnamed, country="PL")) == 1


# -- places


@pytest.mark.parametrize(
    ("country", "lat", "lon", "is_inside"),
    [
        ("PL", 51.8, 19.5, True),
        ("PL", 19.5, 51.8, False),
        ("PT", 38.7, 9.1, False),  # Lisbon lies west
        ("UA", 44.6, 33.5, True),  # Sevastopol, which maps draw either way
        ("FR", 4.9, -52.3, True),  # Cayenne
        ("GF", 4.9, -52.3, True),  # without bounds of its own
        ("US", 18.4, -66.1, True),  # San Juan, of the code PR as well
        ("US", 52.9, 173.2, True),  # the Aleutians beyond the 180th meridian
        ("RU", 66.0, -170.0, True),
        ("RU", 66.0, -150.0, False),
        ("FJ", -17.0, -179.9, True),
        ("TV", -8.0, -179.8, True),
        ("AQ", -90.0, 12.0, True),
        ("XK", 42.7, 21.2, True),  # a code left to its users
    ],
)
def test_a_place_lies_in_its_country(
    tmp_path: Path, country: str, lat: float, lon: float, is_inside: bool
) -> None:
    place = {"id": "spot", "name": "Spot", "country": country, "lat": lat, "lon": lon}
    found = checked(tmp_path, claim("It took place.", "late"), places=table(place))
    assert [line.startswith("note: spot: lat: ") for line in found] == [True] * (not is_inside)


# -- sides and disagreements


def test_a_fact_of_a_conflict_needs_more_than_one_side(tmp_path: Path) -> None:
    told = {
        "type": "conflict",
        "participants": [{"actor": "poland"}, {"actor": "nobody"}],
        "actors": table(
            {"id": "poland", "name": "Poland", "type": "state", "country": "PL"},
            {"id": "nobody", "name": "Nobody", "type": "person"},
        ),
        "sources": table(
            source("here", "2025-11-20", country="PL"), source("there", "2025-11-20", country="LT")
        ),
    }
    facts = claim("Shots fell.", "here"), claim("It was over.", "here", "there")
    assert checked(tmp_path, *facts, claim("All fell.", "there"), **told) == [
        "note: one-2025: claims[0].cites: a fact of a conflict that rests on one side, PL; "
        "cite another side as well, or make it a statement of whoever says so"
    ]
    assert checked(tmp_path, *facts, **told | {"type": "meeting"}) == []
    told["participants"] = [{"actor": "poland", "role": "mediator"}]
    assert len(checked(tmp_path, *facts, **told)) == 1
    told["participants"] += [{"actor": "nobody", "role": "party"}]
    assert checked(tmp_path, *facts, **told) == []
    told["participants"] += [{"actor": "poland", "role": "party"}]
    said = claim("They fired first.", "here", kind="statement", by="poland")
    assert checked(tmp_path, said, facts[1], **told) == []


@pytest.mark.parametrize(
    ("values", "is_noted"),
    [
        (["14 September 2023", "14–15 September 2023"], True),
        (["2023-09-14", "2023-09"], True),
        (["7 October 2025", "October 2025"], True),
        (["6 October 2025", "7 October 2025"], False),
        (["2019/2023", "2020/2023"], False),
        (["57,000 people", "about 57000 people"], True),
        (["4.5 million", "4.48 million"], True),
        (["4.4 million", "4.48 million", "about 4.5 million"], False),
        ([8, 8.0], True),
        (["USD 461 million", "USD 500 million"], False),
        (["more than 20", "20"], False),
        (["ministers", "presidents"], False),
    ],
)
def test_values_that_differ_in_precision_are_no_disagreement(
    tmp_path: Path, values: list[Any], is_noted: bool
) -> None:
    facts = [claim("Said.", "late", about="when", value=value) for value in values]
    found = checked(tmp_path, *facts)
    assert bool(found) == is_noted
    if is_noted:
        assert found == [
            'note: one-2025: claims[1].value: no disagreement: the values of "when" differ only in '
            "precision; take about and value out of the less precise claim"
        ]
    other = claim("Said.", "late", about="who", value="nobody else")
    assert bool(checked(tmp_path, *facts, other)) == is_noted


@pytest.mark.parametrize(
    ("title", "is_described"),
    [
        ("The visit (title described)", True),
        ("The visit (RFE/RL report; title described)", True),
        ("The visit [our title]", True),
        ("The visit (shortened title)", True),
        ("The visit (Title from the address)", True),
        ("The visit, described in ten pictures", False),
        ("The visit (16 April 2024)", False),
        ("Untitled [1] on a title (described by witnesses)", False),
    ],
)
def test_a_title_is_the_printed_one(tmp_path: Path, title: str, is_described: bool) -> None:
    sources = table(source("late", "2025-11-20") | {"title": title})
    found = checked(tmp_path, claim("It took place.", "late"), sources=sources)
    assert len(found) == is_described
