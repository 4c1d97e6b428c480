"""What a query finds in the shipped dossier, and what it says when it had to change something.

`FIRST` is the table of what must come first: a new row is one line, `("query", "id")`.
"""

from collections.abc import Callable

import pytest

from tests.support import Fields, dossier, event, table
from tui.dossier.dossier import Dossier
from tui.dossier.query import parse
from tui.dossier.search import Answer, search

Make = Callable[[Fields], Dossier]

FIRST = [
    # A summit by its place, however it is spelt
    ("gabala", "ots-summit-gabala-2025"),
    ("qebele", "ots-summit-gabala-2025"),
    ("Qəbələ", "ots-summit-gabala-2025"),
    ("qabala", "ots-summit-gabala-2025"),
    ("gabla", "ots-summit-gabala-2025"),
    ("Габала", "ots-summit-gabala-2025"),
    ("Габалинский саммит", "ots-summit-gabala-2025"),
    ("Գաբալա", "ots-summit-gabala-2025"),
    ("gebele zirvesi", "ots-summit-gabala-2025"),
    ("washington", "washington-summit-2025"),
    ("washingon", "washington-summit-2025"),
    ("vaşinqton", "washington-summit-2025"),
    ("Vasinqton sammiti", "washington-summit-2025"),
    ("Вашингтонский саммит", "washington-summit-2025"),
    ("Վաշինգտոնի գագաթնաժողով", "washington-summit-2025"),
    ("washington summit", "washington-summit-2025"),
    ("washingon sumit", "washington-summit-2025"),
    ("tianjin", "sco-summit-tianjin-2025"),
    ("tianjn", "sco-summit-tianjin-2025"),
    ("copenhagen", "epc-summit-copenhagen-2025"),
    ("copenhaagn", "epc-summit-copenhagen-2025"),
    ("kopenhagen", "epc-summit-copenhagen-2025"),
    ("Копенгаген", "epc-summit-copenhagen-2025"),
    ("tirana", "epc-summit-tirana-2025"),
    ("chisinau", "epc-summit-chisinau-2023"),
    ("sharm el sheikh", "sharm-el-sheikh-summit-2025"),
    ("şarm eş-şeyh", "sharm-el-sheikh-summit-2025"),
    ("xankəndi", "eco-summit-khankendi-2025"),
    ("stepanakert", "eco-summit-khankendi-2025"),
    ("laçın sammiti", "lachin-summit-2025"),
    # People
    ("aliyev", "ilham-aliyev"),
    ("əliyev", "ilham-aliyev"),
    ("aliev", "ilham-aliyev"),
    ("Алиев", "ilham-aliyev"),
    ("Ալիև", "ilham-aliyev"),
    ("pashinian", "nikol-pashinyan"),
    ("paşinyan", "nikol-pashinyan"),
    ("Пашинян", "nikol-pashinyan"),
    ("Նիկոլ Փաշինյան", "nikol-pashinyan"),
    ("erdogan", "recep-tayyip-erdogan"),
    ("erdoğan", "recep-tayyip-erdogan"),
    ("Эрдоган", "recep-tayyip-erdogan"),
    ("zelenskiy", "volodymyr-zelenskyy"),
    ("zelensky", "volodymyr-zelenskyy"),
    ("Зеленский", "volodymyr-zelenskyy"),
    ("putin", "vladimir-putin"),
    ("makron", "emmanuel-macron"),
    ("Токаев", "kassym-jomart-tokayev"),
    ("si cinpin", "xi-jinping"),
    ("trump", "donald-trump"),
    ("charles michel", "charles-michel"),
    # Agreements
    ("gabala declaration", "gabala-declaration-2025"),
    ("Qəbələ Bəyannaməsi", "gabala-declaration-2025"),
    ("shusha declaration", "shusha-declaration-2021"),
    ("şuşa beyannamesi", "shusha-declaration-2021"),
    ("шушинская декларация", "shusha-declaration-2021"),
    ("Շուշիի հռչակագիր", "shusha-declaration-2021"),
    ("joint declaration", "joint-declaration-2025"),
    ("joint declaration armenia", "joint-declaration-2025"),
    ("birgə bəyannamə", "joint-declaration-2025"),
    ("peace treaty", "peace-treaty-text-2025"),
    ("sülh müqaviləsi", "peace-treaty-text-2025"),
    ("мирный договор", "peace-treaty-text-2025"),
    ("prague statement", "prague-statement-2022"),
    ("trilateral statement", "trilateral-statement-2020"),
    ("10 november statement", "trilateral-statement-2020"),
    ("üçtərəfli bəyanat", "trilateral-statement-2020"),
    ("cica charter", "cica-charter-2026"),
    ("astana act", "astana-act-2023"),
    ("turkic world vision 2040", "istanbul-declaration-2021"),
    ("tashkent declaration", "tashkent-trilateral-declaration-2022"),
    ("exxon memorandum", "socar-exxonmobil-memorandum-2025"),
    ("dostluk", "dostlug-memorandum-2021"),
    ("jf-17", "jf-17-contract-2024"),
    ("us charter", "us-strategic-partnership-charter-2026"),
    # Initiatives, decisions, conflicts
    ("tripp", "tripp-2025"),
    ("trump route", "tripp-2025"),
    ("zəngəzur dəhlizi", "tripp-2025"),
    ("Зангезурский коридор", "tripp-2025"),
    ("middle corridor", "middle-corridor-2014"),
    ("orta koridor", "middle-corridor-2014"),
    ("belt and road", "belt-and-road-2013"),
    ("section 907", "section-907-waiver-2025"),
    ("cop29", "cop29-baku-2024"),
    ("ncqg", "ncqg-2024"),
    ("lachin corridor", "lachin-road-2022"),
    ("Лачинский коридор", "lachin-road-2022"),
    ("44-day war", "44-day-war-2020"),
    ("vətən müharibəsi", "44-day-war-2020"),
    ("44-дневная война", "44-day-war-2020"),
    ("azal crash", "azal-crash-2024"),
    ("three brothers", "three-brothers-2021"),
    ("iğdır naxçıvan", "igdir-nakhchivan-pipeline-2025"),
    ("Нахичевань газопровод", "igdir-nakhchivan-pipeline-2025"),
    ("russian peacekeepers", "peacekeepers-withdrawal-2024"),
    ("embassy attack", "embassy-attack-tehran-2023"),
    # Phrases, what is left out, the beginning of a word
    ('"treaty on allied relations"', "uzbekistan-allied-treaty-2024"),
    ('"silk road"', "belt-and-road-2013"),
    ("“Trump Route”", "tripp-2025"),
    ("moscow ceasef", "moscow-ceasefire-2020"),
    ("macron -europe", "emmanuel-macron"),
    ("erdogan shusha", "visit-erdogan-shusha-2021"),
    ("putin dushanbe", "dushanbe-meeting-2025"),
    ("ŞUŞA ERDOĞAN", "visit-erdogan-shusha-2021"),
    # Fields and dates
    ("type:summit on:2025-10 place:gabala", "ots-summit-gabala-2025"),
    ("type:summit place:Qəbələ", "ots-summit-gabala-2025"),
    ("place:шуша type:agreement", "shusha-declaration-2021"),
    ("region:united-states type:summit", "washington-summit-2025"),
    ("actor:vance", "visit-vance-baku-2026"),
    ("actor:Пашинян on:2025-08", "washington-summit-2025"),
    ("actor:scholz on:2024", "meeting-munich-2024"),
    ("war on:2020-10 type:conflict", "44-day-war-2020"),
    ("on:2025-10-06 type:summit", "ots-summit-gabala-2025"),
    ("region:china on:2025-04 type:visit", "state-visit-beijing-2025"),
    ("type:treaty allied uzbekistan", "uzbekistan-allied-treaty-2024"),
    ("type:chairmanship cica", "cica-chairmanship-2024"),
    ("id:tripp", "tripp-2025"),
    ("id:ilham-aliyev", "ilham-aliyev"),
    ("declaration on:2021-06", "shusha-declaration-2021"),
    ("summit -washington on:2025-08 region:central-asia", "trilateral-summit-awaza-2025"),
]


def ids(answer: Answer) -> list[str]:
    return [row.id for row in answer.rows]


def find(dossier: Dossier, query: str, limit: int = 20, *, typing: bool = False) -> Answer:
    return search(dossier, parse(query, typing=typing), limit, typing=typing)


@pytest.mark.parametrize(("query", "id_"), FIRST, ids=[query for query, _ in FIRST])
def test_what_comes_first(shipped: Dossier, query: str, id_: str) -> None:
    found = find(shipped, query)
    assert ids(found)[:1] == [id_], f"{ids(found)[:5]}, {found.notes}"


def test_the_table_is_long_enough_and_has_no_row_twice() -> None:
    assert len({query for query, _ in FIRST}) == len(FIRST) >= 70


@pytest.mark.parametrize("query", sorted({query for query, _ in FIRST if ":" not in query}))
def test_as_it_is_typed_the_same_comes_first(shipped: Dossier, query: str) -> None:
    typed = find(shipped, query, typing=True)
    if not typed.more:  # beyond so many matches it is by date until the typing pauses
        assert ids(typed)[:1] == ids(find(shipped, query))[:1]


def test_without_words_everything_is_there_in_date_order(shipped: Dossier) -> None:
    found = find(shipped, "", limit=10**6)
    assert [row.n for row in found.rows] == list(range(1, shipped.total + 1))
    assert found.total == shipped.total


def test_with_fields_alone_the_order_is_by_date(shipped: Dossier) -> None:
    found = find(shipped, "type:summit region:china", limit=10**6)
    assert len(found.rows) > 2
    assert [row.n for row in found.rows] == sorted(row.n for row in found.rows)
    assert {row.type for row in found.rows} == {"summit"}
    assert all("china" in row.regions for row in found.rows)


def test_at_most_so_many_are_returned_and_all_are_counted(shipped: Dossier) -> None:
    found = find(shipped, "declaration", limit=3)
    assert len(found.rows) == 3 < found.total
    assert ids(found) == ids(find(shipped, "declaration", limit=50))[:3]


@pytest.mark.parametrize(
    ("date", "on", "after", "before"),
    [
        ("2025-09-30", False, False, True),
        ("2025-09-30/2025-10-01", True, False, True),
        ("2025-10", True, False, False),
        ("2025-10-31", True, False, False),
        ("2025-10-31/2025-11-01", True, True, False),
        ("2025-11", False, True, False),
        ("2025", True, True, True),
        ("2025-23", True, True, True),
        ("2020/..", True, True, True),
        ("2026/..", False, True, False),
        ("../2024", False, False, True),
    ],
)
def test_an_event_on_after_or_before_october_2025(
    made: Make, date: str, on: bool, after: bool, before: bool
) -> None:
    opened = made(dossier(event("one-2025", date=date)))
    for field, holds in (("on", on), ("after", after), ("before", before)):
        assert ids(find(opened, f"{field}:2025-10")) == ["one-2025"] * holds
        assert ids(find(opened, f"-{field}:2025-10")) == ["one-2025"] * (not holds)


# -- what was changed is said


def test_a_word_with_a_slip_is_corrected_and_it_says_so(shipped: Dossier) -> None:
    found = find(shipped, "tianjn")
    assert found.notes == ('no "tianjn"; showing "tianjin"',)
    assert found.words == ("tianjin",)


def test_every_corrected_word_is_named(shipped: Dossier) -> None:
    notes = find(shipped, "washingon sumit").notes
    assert notes[0] == 'no "washingon"; showing "washington"'


@pytest.mark.parametrize("query", ["tianjin", "Qəbələ", "Пашинян", "xi'an", "north-south"])
def test_what_is_found_as_it_stands_is_not_remarked_upon(shipped: Dossier, query: str) -> None:
    assert find(shipped, query).notes == ()


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("xqzvvv", 'no "xqzvvv"'),
        ("gabala xqzvvv", 'no "xqzvvv"'),
        ("!!!", 'nothing to look for in "!!!"'),
        ("actor:scholzz", 'no actor "scholzz"; there is Olaf Scholz'),
        ("type:sumit", 'no type "sumit"; there is summit'),
        ("region:atlantis", 'no region "atlantis"; there is South Caucasus, '),
    ],
)
def test_what_nothing_has_is_named_with_what_there_is(
    shipped: Dossier, query: str, note: str
) -> None:
    found = find(shipped, query)
    assert found.rows == []
    assert found.notes[0].startswith(note)


def test_the_commoner_of_two_near_words_is_meant(made: Make) -> None:
    opened = made(
        dossier(event("a-1", title="port"), event("b-1", title="part"), event("c-1", title="part"))
    )
    assert find(opened, "pqrt").notes == ('no "pqrt"; showing "part"',)


# -- what is looked through, and how it weighs


def test_titles_weigh_more_than_summaries_and_these_more_than_claims(made: Make) -> None:
    claim = {"kind": "fact", "text": "The lagoon was named.", "cites": []}
    opened = made(
        dossier(
            event("claim-2025", title="Some talks", claims=[claim]),
            event("summary-2025", title="More talks", summary="Talks about the lagoon."),
            event("alias-2025", title="A third meeting", aliases=["lagoon talks"]),
            event("title-2025", title="Lagoon talks"),
        )
    )
    assert ids(find(opened, "lagoon")) == [
        "title-2025", "alias-2025", "summary-2025", "claim-2025",
    ]  # fmt: skip


def test_an_agreement_is_found_through_the_summit_it_came_out_of(small: Dossier) -> None:
    assert "ferry-protocol-2025" in ids(find(small, "summit łódź"))
    assert "amber-route-2025" in ids(find(small, "lodz summit")), "two levels down"


def test_people_are_found_through_what_they_took_part_in(small: Dossier) -> None:
    assert "anna-lukasik" in ids(find(small, "łódź accord"))
    assert "gia-beridze" not in ids(find(small, "łódź accord"))


@pytest.mark.parametrize(
    ("query", "id_"),
    [("Sakartvelo", "passes-treaty-2025"), ("Bursztynowy", "lodz-summit-2025"),
     ("delegations", "lodz-summit-2025"), ("harbours", "amber-route-2025"),
     ("Lodz", "lodz-accord-2025"), ("გია", "tbilisi-visit-2025"), ("breakfast", "anna-lukasik")],
)  # fmt: skip
def test_names_of_what_belongs_to_it_facts_and_tags_are_looked_through(
    small: Dossier, query: str, id_: str
) -> None:
    assert id_ in ids(find(small, query, limit=50))


def test_all_words_must_match_and_the_last_may_go_on(small: Dossier) -> None:
    assert "passes-treaty-2025" in ids(find(small, "treaty pas"))
    assert "passes-treaty-2025" not in ids(find(small, "treaty ferry"))
    assert find(small, "tre passes").notes == (), (
        "another word may go on where nothing has it whole"
    )


def test_a_phrase_stands_in_a_row(small: Dossier) -> None:
    assert ids(find(small, '"accord on ferries"'))[0] == "lodz-accord-2025"
    assert find(small, '"ferries on accord"').rows == []


def test_what_is_left_out_is_left_out(small: Dossier) -> None:
    everything, without = ids(find(small, "summit")), ids(find(small, "summit -lodz"))
    assert set(without) < set(everything)
    assert "gabala-summit-2025" in without
    assert not {"lodz-summit-2025", "lodz-accord-2025"} & set(without)
    assert "lodz-summit-2025" not in ids(find(small, "-region:amber-shore"))
    assert ids(find(small, '-"accord on ferries" type:agreement'))[0] == "council-charter-2026"


# -- fields


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("type:summit", ["lodz-summit-2025", "gabala-summit-2025"]),
        ("type:protocol", ["ferry-protocol-2025"]),
        ("type:AGREE on:2025-10", ["passes-treaty-2025"]),
        ("region:islands", []),
        ("region:bursztynowy type:decision", ["toll-decision-2025"]),
        ("actor:Алиев type:visit", ["tbilisi-visit-2025"]),
        ("actor:rauf-aliyev type:visit", ["tbilisi-visit-2025"]),
        ('actor:"rauf aliyev" type:visit', ["tbilisi-visit-2025"]),
        ("place:qebele", ["gabala-summit-2025", "passes-treaty-2025"]),
        ("place:Tbilisi", ["tbilisi-visit-2025"]),
        ("tag:ferries type:summit", ["lodz-summit-2025"]),
        ("source:atlas", ["passes-dispute-1990", "harbour-opening-2020"]),
        ('source:"harbour review" type:agreement', ["lodz-accord-2025", "passes-treaty-2025"]),
        ("id:lodz-s", ["lodz-summit-2025"]),
        ("id:rauf", ["rauf-aliyev"]),
        ("type:person actor:x", []),
        ("type:company", ["amber-lines"]),
        ("on:2025-10", ["council-chair-2024", "amber-route-2025", "gabala-summit-2025",
                        "passes-treaty-2025"]),
        ("on:2025-10-07 type:summit", ["gabala-summit-2025"]),
        ("on:2025-10-08 type:summit", []),
        ("after:2025-11", ["council-chair-2024", "council-charter-2026", "amber-route-2025"]),
        ("before:2020", ["passes-dispute-1990"]),
        ("after:2025-08 before:2025-09-02", ["council-chair-2024", "amber-route-2025",
                                             "envoys-meeting-2025"]),
    ],
)  # fmt: skip
def test_fields(small: Dossier, query: str, found: list[str]) -> None:
    assert ids(find(small, query, limit=50)) == found


def test_an_event_counts_on_any_of_its_days_however_vague(made: Make) -> None:
    opened = made(
        dossier(
            event("day-2025", date="2025-10-07"),
            event("span-2025", date="2025-10-06/2025-10-07"),
            event("month-2025", date="2025-10"),
            event("year-2025", date="2025"),
            event("open-2025", date="2025-08-31/.."),
            event("other-2025", date="2025-11-01"),
        )
    )
    assert set(ids(find(opened, "on:2025-10"))) == {
        "day-2025", "span-2025", "month-2025", "year-2025", "open-2025",
    }  # fmt: skip
    assert "span-2025" in ids(find(opened, "on:2025-10-06"))
    assert "day-2025" not in ids(find(opened, "on:2025-10-06"))
    assert ids(find(opened, "-on:2025-10")) == ["other-2025"]


# -- what may stand in the way


@pytest.mark.parametrize(
    "query",
    ['a"b', "NEAR(a b)", "title", "a* OR b", "x^2", "{a}", "a AND NOT b", "'", "-'", "a\0b"],
)
def test_signs_of_full_text_search_are_only_signs(small: Dossier, query: str) -> None:
    find(small, query)
    find(small, query, typing=True)


def test_a_dossier_without_events_finds_nothing_and_says_what(made: Make) -> None:
    opened = made(dossier(actors=table({"id": "x", "name": "Xavier", "type": "person"})))
    assert find(opened, "").rows == []
    assert ids(find(opened, "xavier")) == ["x"]
    assert find(opened, "nobody").notes == ('no "nobody"',)
