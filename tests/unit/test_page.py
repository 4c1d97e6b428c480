"""A page: facts before judgements, judgements attributed, disagreements side by side."""

from collections.abc import Callable
from itertools import takewhile
from typing import Any

import pytest

from tests.support import Fields, dossier, event, table
from tui.dossier.dossier import Dossier, UnknownId
from tui.export.markdown import as_markdown
from tui.output.spoken_page import SpokenPage
from tui.page import NO_EVENTS, overview_page, page_for, page_of
from tui.pages.model import (
    Differ,
    Heading,
    Items,
    Line,
    Page,
    Paragraph,
    Prose,
    Quote,
    Span,
    Table,
    Trail,
)

Make = Callable[[Fields], Dossier]


def page(opened: Dossier, id_: str) -> Page:
    return page_of(opened, opened.resolve(id_))


def words(prose: Prose) -> str:
    return "".join(span.text for span in prose)


def every(found: Page, kind: type) -> list[Any]:
    return [block for block in found.blocks if isinstance(block, kind)]


def headings(found: Page) -> list[str]:
    return [block.text for block in every(found, Heading)]


def text(found: Page) -> str:
    """All words of a page."""

    def walk(value: object) -> str:
        if isinstance(value, Span):
            return value.text
        return " ".join(map(walk, value)) if isinstance(value, tuple) else f"{value or ''}"

    return walk(found.blocks)


def test_facts_come_before_judgements_whatever_the_order_in_the_file(small: Dossier) -> None:
    found = page(small, "lodz-summit-2025")
    assert headings(found) == [
        "Who took part", "In brief", "What is recorded", "Who says what", "Parts", "Related",
        "Mentioned in",
    ]  # fmt: skip
    assert [block.claim for block in found.blocks if isinstance(block, Paragraph | Quote)] == [
        None, 1, 0, 2,
    ]  # fmt: skip


def test_judgements_name_their_source_and_statements_their_speaker(small: Dossier) -> None:
    paper, person = every(page(small, "lodz-summit-2025"), Quote)
    assert words(paper.voice) == "as read by Shore Gazette, 20 November 2025"
    assert words(person.voice) == "stated by Anna Łukasik"
    assert paper.voice[1].link == "shore-gazette-2025"
    assert person.voice[-1].link == "anna-lukasik"


def test_a_voice_that_goes_on_is_named_once_after_its_last_words(small: Dossier) -> None:
    first, last = every(page(small, "lodz-accord-2025"), Quote)
    assert first.voice == ()
    assert words(last.voice).startswith("as read by Harbour Review")


def test_a_judgement_of_nobody_says_so(made: Make) -> None:
    claims = [
        {"kind": "assessment", "text": "A triumph."},
        {"kind": "rumour", "text": "It rained."},
    ]
    quotes = every(page(made(dossier(event(claims=claims))), "one"), Quote)
    assert [words(quote.spans) for quote in quotes] == ["A triumph.", "It rained."]
    assert words(quotes[-1].voice) == "said by: not recorded"


def test_where_sources_differ_both_are_shown(small: Dossier) -> None:
    found = page(small, "lodz-accord-2025")
    (differ,) = every(found, Differ)
    assert differ.about == "number of ferries"
    assert [(words(value), claim) for value, _, claim in differ.sides] == [("40", 0), ("45", 1)]
    assert "By the communiqué" in words(differ.sides[0][1])
    assert differ.sides[0][1][-1].notes != differ.sides[1][1][-1].notes
    assert "forty ferries" not in "".join(words(block.spans) for block in every(found, Paragraph))


def test_claims_that_agree_are_no_disagreement(made: Make) -> None:
    claims = [
        {"kind": "fact", "text": "x", "about": "date", "value": "2025"},
        {"kind": "fact", "text": "y", "about": "date", "value": "2025"},
        {"kind": "fact", "text": "z", "about": "place", "value": "here"},
    ]
    found = page(made(dossier(event(claims=claims))), "one")
    assert every(found, Differ) == []
    assert len(every(found, Paragraph)) == 3


def test_a_judgement_in_a_disagreement_keeps_its_voice(made: Make) -> None:
    claims = [
        {"kind": "fact", "text": "Ten came.", "about": "guests", "value": 10},
        {
            "kind": "statement",
            "text": "A dozen came.",
            "about": "guests",
            "value": 12,
            "by": "host",
        },
    ]
    actors = table({"id": "host", "name": "The host", "type": "person"})
    (differ,) = every(page(made(dossier(event(claims=claims), actors=actors)), "one"), Differ)
    assert words(differ.sides[0][1]) == "Ten came."
    assert words(differ.sides[1][1]) == "A dozen came. (stated by The host)"


def test_the_trail_shows_the_steps_taken_and_that_no_later_one_is_recorded(small: Dossier) -> None:
    (trail,) = every(page(small, "lodz-accord-2025"), Trail)
    assert [step[:2] for step in trail.steps] == [
        ("initialled", "7 August 2025"),
        ("signed", "8 August 2025"),
    ]
    assert trail.remark == "no later step recorded"


def test_an_announced_agreement_is_not_said_to_be_signed(small: Dossier) -> None:
    found = page(small, "ferry-protocol-2025")
    (trail,) = every(found, Trail)
    assert [step[0] for step in trail.steps] == ["announced"]
    assert "signed" not in text(found)


def test_an_agreement_in_force_has_come_to_its_end(small: Dossier) -> None:
    (trail,) = every(page(small, "passes-treaty-2025"), Trail)
    assert trail.steps[-1][0] == "in force"
    assert trail.remark == ""


def test_an_agreement_without_steps_says_so(made: Make) -> None:
    (trail,) = every(page(made(dossier(event(type="agreement"))), "one"), Trail)
    assert trail == Trail((), "no step recorded")


def head(found: Page) -> list[str]:
    """The lines right under the title."""
    lines = takewhile(lambda block: isinstance(block, Line), found.blocks)
    return [words(block.spans) for block in lines]


def steps(*taken: str, **cited: Any) -> Fields:
    """The fields of an agreement with these steps, a day each, and `cited` by a fact."""
    days = [{"action": action, "date": f"2025-08-{i:02}"} for i, action in enumerate(taken, 7)]
    claims = [{"kind": "fact", "text": "x", "cites": [{"source": id_} for id_ in cited]}]
    return {"type": "agreement", "steps": days, "claims": claims}


def sources(**published: str) -> Fields:
    """Sources by their ids, with the dates when they were published."""
    return table(*({"id": id_, "title": id_, "date": date, "language": "en", "type": "news"}
                   for id_, date in published.items()))  # fmt: skip


@pytest.mark.parametrize(
    ("taken", "published", "said"),
    [
        (("initialled",), {"a": "2026-06-08"}, "initialled, not signed, as of 8 June 2026"),
        (("announced",), {"a": "2025-09"}, "announced, no signing recorded, as of September 2025"),
        (("signed",), {"a": "2025-10", "b": "2025-10-01"},
         "signed, no later step as of 1 October 2025"),
        (("signed", "in-force"), {"a": "2026-01-02"}, "in force, as of 2 January 2026"),
        (("signed", "ended"), {"a": "2026-01-02"}, "ended, 8 August 2025"),
        # An uncertain date, or one before the step, is no day on which it was seen so.
        (("initialled",), {"a": "2026?"}, "initialled, not signed, as of 7 August 2025"),
        (("initialled",), {"a": "2024-01-01"}, "initialled, not signed, as of 7 August 2025"),
        ((), {"a": "2026-06-08"}, "no step recorded, as of 8 June 2026"),
        ((), {}, "no step recorded"),
    ],
)  # fmt: skip
def test_an_agreement_says_first_how_far_it_has_come_and_as_of_when(
    made: Make, taken: tuple[str, ...], published: dict[str, str], said: str
) -> None:
    opened = made(dossier(event(**steps(*taken, **published)), sources=sources(**published)))
    assert head(page(opened, "one"))[1:] == [said]


def test_what_is_disputed_is_said_first_in_brief_with_who_says_which(shipped: Dossier) -> None:
    treaty = head(page(shipped, "peace-treaty-text-2025"))
    assert treaty[2].startswith("initialled, not signed, as of 8 June 2026")
    assert treaty[3].startswith("Sources differ on status on 8 August 2025:")
    assert "signed, as two reports put it: Ukrainska Pravda, Kommersant" in treaty[3]
    assert "Ararat Mirzoyan" in treaty[4]
    assert head(page(shipped, "china-documents-2025"))[-1] == (
        "Sources differ on number of documents:\n"
        "20: China Daily, Reuters, Devdiscourse · more than 20: the article of News.Az"
    )
    assert head(page(shipped, "eu-energy-memorandum-2022"))[-1] == (
        "Sources differ on 12 bcm to be reached:\n2022: Get2C · 2023: Ursula von der Leyen"
    )


def test_those_who_agree_are_named_together_and_many_are_counted(made: Make) -> None:
    def claim(value: str, *cited: str) -> Fields:
        cites = [{"source": id_} for id_ in cited]
        return {"kind": "fact", "text": "x", "about": "day", "value": value, "cites": cites}

    claims = [claim("Monday", "a"), claim("Tuesday"), claim("Monday", "b", "c", "gone")]
    opened = made(dossier(event(claims=claims), sources=sources(a="2025", b="2025", c="2025")))
    assert head(page(opened, "one"))[1:] == [
        "Sources differ on day:\nMonday: a, b, 2 more · Tuesday: not recorded"
    ]


def test_of_many_disputes_the_first_are_said_in_brief_and_the_rest_counted(made: Make) -> None:
    claims = [
        {"kind": "fact", "text": "x", "about": f"matter {i}", "value": value}
        for i in range(5)
        for value in (1, 2)
    ]
    lines = head(page(made(dossier(event(claims=claims))), "one"))
    assert [line.partition(":")[0] for line in lines[1:]] == [
        "Sources differ on matter 0", "Sources differ on matter 1", "Sources differ on matter 2",
        "Sources differ on 2 more, below",
    ]  # fmt: skip


def test_citations_are_numbered_as_they_come_and_each_is_resolved_once(small: Dossier) -> None:
    found = page(small, "lodz-accord-2025")
    assert [note.number for note in found.notes] == [1, 2, 3, 4, 5]
    (trail,) = every(found, Trail)
    assert [step[2] for step in trail.steps] == [(1,), (2,)]
    first, second = found.notes[:2]
    assert words(first.spans) == (
        "Council of the Shores, Communiqué of the Council, 9 August 2025, para. 1"
    )
    assert words(second.spans) == "Communiqué of the Council, para. 2"
    assert first.url == "https://example.org/communique"
    assert {span.link for span in first.spans} == {None, "council-communique-2025"}
    assert [quote.spans[-1].notes for quote in every(found, Quote)] == [(5,), (5,)]


def test_a_source_whose_publisher_bears_its_title_is_linked_at_the_title(made: Make) -> None:
    source = {"id": "s", "title": "Review", "publisher": "Review House", "date": "2025-01-02",
              "language": "en", "type": "news"}  # fmt: skip
    claims = [{"kind": "fact", "text": "x", "cites": [{"source": "s"}]}]
    found = page(made(dossier(event(claims=claims), sources=table(source))), "one")
    assert [(span.text, span.link) for span in found.notes[0].spans] == [
        ("Review House, ", None), ("Review", "s"), (", 2 January 2025", None),
    ]  # fmt: skip


def test_a_citation_of_nothing_says_so(made: Make) -> None:
    claims = [{"kind": "fact", "text": "x", "cites": [{"source": "gone", "at": "p. 1"}]}]
    found = page(made(dossier(event(claims=claims))), "one")
    assert words(found.notes[0].spans) == "gone (no such source)"


def test_an_event_that_rests_on_one_source_says_so(small: Dossier) -> None:
    assert "Rests on a single source." in text(page(small, "tbilisi-visit-2025"))
    assert "Rests on a single source." not in text(page(small, "lodz-summit-2025"))


def test_links_lead_to_records_and_take_their_names(small: Dossier) -> None:
    paragraph = every(page(small, "lodz-summit-2025"), Paragraph)[0]
    links = [(span.text, span.link) for span in paragraph.spans if span.link]
    assert links == [("The two ministers", "rauf-aliyev"), ("Łódź", "lodz")]


def test_a_link_that_leads_nowhere_is_plain_words(small: Dossier) -> None:
    paragraph = every(page(small, "amber-route-2025"), Paragraph)[1]
    assert "the old lighthouse is not" in words(paragraph.spans)
    assert [span.link for span in paragraph.spans] == [None] * len(paragraph.spans)


def test_an_imprecise_date_says_what_is_not_recorded(small: Dossier) -> None:
    assert "April 2025 (day not recorded)" in text(page(small, "tbilisi-visit-2025"))
    assert "1 September 2025 (uncertain)" in text(page(small, "envoys-meeting-2025"))
    assert "since 31 August 2025" in text(page(small, "amber-route-2025"))
    assert "autumn 2020" in text(page(small, "harbour-opening-2020"))


@pytest.mark.parametrize("id_", ["far-islands", "suva"])
def test_a_record_without_events_says_so(small: Dossier, id_: str) -> None:
    found = page(small, id_)
    assert NO_EVENTS in text(found)
    assert "Events" not in headings(found)


def test_an_actor_has_offices_companions_and_events(small: Dossier) -> None:
    found = page(small, "rauf-aliyev")
    assert "Harbour minister of Azerbaijan, since 2020" in text(found)
    assert "Rauf Aliyev · Рауф Алиев" in text(found)
    companions = every(found, Table)[-1]
    assert [(words(who), words(count)) for who, count in companions.rows] == [
        ("Anna Łukasik", "3 events"),
        ("Council of the Shores", "2 events"),
        ("Gia Beridze", "2 events"),
    ]
    (events,) = every(found, Items)
    assert events.items[0].spans[0].link == "tbilisi-visit-2025"


@pytest.mark.parametrize(
    ("id_", "line"),
    [
        ("lodz-summit-2025", "summit · 8 August 2025 · Łódź"),
        ("lodz-accord-2025", "declaration · 8 August 2025 · Łódź"),
        ("rauf-aliyev", "person · Azerbaijan"),
        ("amber-lines", "company · LT"),
        ("shore-council", "organisation"),
        ("state-poland", "state · PL"),
        ("gabala", "place · Azerbaijan · 40.98° N, 47.85° E"),
        ("suva", "place · FJ · 18.14° S, 178.44° E"),
        ("amber-shore", "region · Poland · LT"),
        ("tag:ferries", "tag · 3 events"),
    ],
)
def test_a_page_begins_with_what_it_is_about(small: Dossier, id_: str, line: str) -> None:
    first = page_for(small, id_).blocks[0]
    assert isinstance(first, Line)
    assert words(first.spans) == line


def test_an_agreement_without_an_instrument_is_an_agreement(made: Make) -> None:
    opened = made(dossier(event(type="agreement"), event("two", instrument="joint-statement")))
    assert words(every(page(opened, "one"), Line)[0].spans) == "agreement · 8 August 2025"
    assert words(every(page(opened, "two"), Line)[0].spans) == "meeting · 8 August 2025"


def test_a_country_leads_to_its_state_unless_two_records_say_they_are_it(made: Make) -> None:
    states = [
        {"id": f"state-{name}", "name": name.title(), "type": "state", "country": country}
        for name, country in (("one", "AZ"), ("other", "AZ"), ("third", "PL"))
    ]
    people = [
        {"id": f"of-{country.lower()}", "name": "Ann", "type": "person", "country": country}
        for country in ("AZ", "PL")
    ]
    opened = made(dossier(event(), actors=table(*states, *people)))
    links = {
        id_: [(span.text, span.link) for span in every(page(opened, id_), Line)[0].spans[2:]]
        for id_ in ("of-az", "of-pl", "state-third")
    }
    assert links == {
        "of-az": [("AZ", None)],
        "of-pl": [("Third", "state-third")],
        "state-third": [("PL", None)],
    }


def test_lists_are_in_date_order_whatever_is_part_of_what(made: Make) -> None:
    fields: Fields = {
        "participants": [{"actor": "ann", "role": "guest"}],
        "place": "here",
        "tags": ["sea"],
        "claims": [{"kind": "fact", "text": "x", "cites": [{"source": "s"}]}],
    }
    events = [
        event("whole", date="2019/2024", **fields),
        event("late-part", date="2023-03-02", part_of="whole", **fields),
        event("early", date="2020-02", **fields),
        event("part", date="2020-04-10", part_of="one-day", **fields),
        event("one-day", date="2020-04-10", **fields),
        event("quoting", date="2022", part_of="whole", summary="[[ann]]"),
        event("quoting-too", date="2021", summary="[[ann]]"),
    ]
    opened = made(
        dossier(
            *events,
            actors=table({"id": "ann", "name": "Ann", "type": "person"}),
            places=table({"id": "here", "name": "Here", "country": "AZ", "lat": 1, "lon": 1}),
            sources=table(
                {"id": "s", "title": "S", "date": "2025", "language": "en", "type": "news"}
            ),
        )
    )
    for id_ in ("ann", "here", "s", "tag:sea"):
        listed = every(page_for(opened, id_), Items)
        assert [item.spans[0].link for item in listed[0].items] == [
            "whole", "early", "one-day", "part", "late-part",
        ]  # fmt: skip
    mentioned = every(page_for(opened, "ann"), Items)[1]
    assert [item.spans[0].link for item in mentioned.items] == ["quoting-too", "quoting"]


def test_companions_are_counted_once_an_event_whatever_their_roles(made: Make) -> None:
    twice = [{"actor": id_, "role": role} for id_ in ("ann", "bob") for role in ("host", "guest")]
    actors = [{"id": id_, "name": id_.title(), "type": "person"} for id_ in ("ann", "bob")]
    events = [event(participants=twice), event("two", participants=[{"actor": "ann"}])]
    found = page(made(dossier(*events, actors=table(*actors))), "ann")
    (companions,) = every(found, Table)
    assert [(words(who), words(count)) for who, count in companions.rows] == [("Bob", "1 event")]


def test_the_page_of_an_actor_reads_one_record_whole(shipped: Dossier) -> None:
    """Decoding each event to see who took part was most of the time that a page took."""
    read: list[str] = []
    shipped.connection.set_trace_callback(read.append)
    page(shipped, "ilham-aliyev")
    assert len([sql for sql in read if "FROM body" in sql]) == 1


@pytest.mark.parametrize(
    ("url", "link", "written"),
    [
        (
            "https://example.org/a_b",
            "https://example.org/a_b",
            "address: <https://example.org/a_b>",
        ),
        ("javascript:alert(1)", None, "address: javascript:alert(1)"),
    ],
)
def test_the_address_of_a_source_leads_there_where_it_may(
    made: Make, url: str, link: str | None, written: str
) -> None:
    source = {"id": "s", "title": "S", "date": "2025", "language": "en", "type": "news",
              "url": url}  # fmt: skip
    found = page(made(dossier(event(), sources=table(source))), "s")
    (address,) = [
        value for label, value in every(found, Table)[0].rows if words(label) == "address"
    ]
    assert [(span.text, span.link) for span in address] == [(url, link)]
    assert f"- {written}\n" in as_markdown(found)


def test_a_source_says_what_it_is_and_what_cites_it(small: Dossier) -> None:
    found = page(small, "harbour-review-2025")
    assert "October 2025 (day not recorded)" in text(found)
    assert "Read in translation." in text(found)
    assert text(found).count("not recorded") == 3, "the day, the author and the address"
    assert headings(found)[0] == "Cited by"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"described": True}, "our description"),
        ({"accessed": "2025-11-30", "read": "excerpt"}, "30 November 2025, in part"),
        ({"read": "whole"}, "in full"),
    ],
)
def test_a_source_says_whose_its_title_is_and_how_much_was_read(
    made: Make, fields: dict[str, object], said: str
) -> None:
    source = {"id": "s", "title": "S", "date": "2025", "language": "en", "type": "news"}
    assert said not in text(page(made(dossier(event(), sources=table(source))), "s"))
    assert said in text(page(made(dossier(event(), sources=table(source | fields))), "s"))


def test_mentioned_in_leaves_out_parts_and_wholes(small: Dossier) -> None:
    found = page(small, "lodz-accord-2025")
    assert "Mentioned in" not in headings(found), "only its own whole mentions it"


def test_an_unknown_type_is_shown_as_it_stands(made: Make) -> None:
    assert page(made(dossier(event(type="picnic"))), "one").kind == "picnic"


def test_the_dossier_has_a_page_of_its_own(small: Dossier) -> None:
    found = overview_page(small)
    assert found.title == "Two shores: a small dossier"
    assert "1 December 2025" in text(found)
    assert "CC0-1.0" in text(found)


@pytest.mark.parametrize("which", ["small", "shipped"])
def test_every_record_has_a_page(which: str, request: pytest.FixtureRequest) -> None:
    opened: Dossier = request.getfixturevalue(which)
    ids = [row[0] for row in opened.connection.execute("SELECT id FROM record")]
    for id_ in ids:
        found = page(opened, id_)
        assert found.blocks
        assert [note.number for note in found.notes] == list(range(1, len(found.notes) + 1))
        assert "[[" not in text(found)


def test_an_event_names_its_regions_and_tags_each_with_where_it_leads(small: Dossier) -> None:
    filed = every(page(small, "lodz-accord-2025"), Table)[-1]
    assert [(words(label), words(value)) for label, value in filed.rows] == [
        ("regions", "Amber Shore · Mountain Rim"), ("tags", "ferries"),
    ]  # fmt: skip
    links = [span.link for _, value in filed.rows for span in value if span.link]
    assert links == ["amber-shore", "mountain-rim", "tag:ferries"]


def test_a_tag_has_a_page_with_its_events_in_order_and_who_took_part_most(small: Dossier) -> None:
    found = page_for(small, "tag:ferries")
    assert (found.id, found.kind, found.title) == ("tag:ferries", "tag", "ferries")
    assert headings(found) == ["Who took part most", "Events"]
    (most,) = every(found, Table)
    assert [(words(who), words(count)) for who, count in most.rows][:2] == [
        ("Anna Łukasik", "2 events"), ("Rauf Əliyev", "2 events"),
    ]  # fmt: skip
    (events,) = every(found, Items)
    assert [item.spans[0].link for item in events.items] == [
        "ferry-protocol-2025", "lodz-summit-2025", "lodz-accord-2025",
    ]  # fmt: skip
    assert "[ferries]" not in as_markdown(page(small, "lodz-accord-2025")), "it has no anchor"


def test_a_tag_may_be_shortened_and_an_unknown_one_names_those_near(made: Make) -> None:
    opened = made(dossier(event(tags=["Energy", "peace", "peacekeeping", "renewable energy"])))
    assert page_for(opened, "tag:energ").title == page_for(opened, "tag:ENERGY").title == "Energy"
    assert page_for(opened, "tag:peace").title == "peace"
    for asked, answer in (
        ("tag:pea", "tag:pea: more than one tag begins so: peace, peacekeeping"),
        ("tag:peaec", "tag:peaec: no such tag; nearest: tag:peace, tag:peacekeeping"),
        ("tag:", "tag:: no such tag"),
        ("tag:zzz", "tag:zzz: no such tag"),
    ):
        with pytest.raises(UnknownId) as caught:
            page_for(opened, asked)
        assert str(caught.value) == answer


def test_regions_and_places_say_who_took_part_most_often(small: Dossier) -> None:
    for id_, who in (("mountain-rim", "Azerbaijan"), ("gabala", "Azerbaijan")):
        found = page(small, id_)
        assert headings(found)[:2] == ["Most often with", "Events"]
        assert words(every(found, Table)[-1].rows[0][0]) == who


@pytest.mark.parametrize(
    ("countries", "remark"),
    [
        (("AZ", "AZ"), "All sources were published in AZ."),
        (("AZ", "PL"), ""),
        (("AZ", None), ""),
        ((None, None), ""),
        (("AZ",), "Rests on a single source."),
    ],
)
def test_sources_of_one_country_are_remarked_on(
    made: Make, countries: tuple[str | None, ...], remark: str
) -> None:
    sources = [
        {"id": f"s{n}", "title": "S", "date": "2025", "language": "en", "type": "news"}
        | ({"country": country} if country else {})
        for n, country in enumerate(countries)
    ]
    cites = [{"source": source["id"]} for source in sources]
    claims = [{"kind": "fact", "text": "x", "cites": cites}]
    found = page(made(dossier(event(claims=claims), sources=table(*sources))), "one")
    last = found.blocks[-1]
    assert (words(last.spans) if isinstance(last, Line) else "") == remark


def test_what_leads_here_without_a_date_is_told_by_its_kind(small: Dossier) -> None:
    found = page(small, "lodz-summit-2025")
    told = "- region: [Amber Shore](#amber-shore)\n- person: [Anna Łukasik](#anna-lukasik)\n"
    assert told in as_markdown(found)
    spoken = [line.partition(" [")[0] for line in SpokenPage(found).lines]
    assert {"region: Amber Shore", "person: Anna Łukasik"} <= {*spoken}
