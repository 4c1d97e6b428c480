"""What a dossier answers: order, parts, regions, facets, backlinks, ids."""

from collections.abc import Callable

import pytest

from tests.support import Fields, dossier, event, table
from tui.dossier.dossier import Dossier, UnknownId
from tui.dossier.listings import EMPTY, Listing
from tui.dossier.vocabulary import ALL, FACETS

Make = Callable[[Fields], Dossier]


def shown(opened: Dossier, facet: str = "region", key: str = "") -> list[str]:
    """A list as it stands on screen: headings, parts indented by two spaces."""
    return shown_rows(opened, opened.listing(facet, key))


def shown_rows(opened: Dossier, listing: Listing) -> list[str]:
    """The rows of any listing, likewise."""
    lines = []
    for row, depth in enumerate(listing.depths):
        if heading := listing.heading(row):
            lines.append(heading)
        else:
            (event,) = opened.rows([listing.event(row) or 0])
            lines.append("  " * (depth + 1) + event.id)
    return lines


def test_events_stand_the_newest_first_with_parts_under_their_whole(small: Dossier) -> None:
    assert shown(small) == [
        "planned",
        "  council-charter-2026",
        "2025",
        "  toll-decision-2025",
        "  gabala-summit-2025",
        "    passes-treaty-2025",
        "  envoys-meeting-2025",
        "  lodz-summit-2025",
        "    ferry-protocol-2025",
        "    lodz-accord-2025",
        "      amber-route-2025",
        "    lodz-breakfast-2025",
        "  tbilisi-visit-2025",
        "2024",
        "  council-chair-2024",
        "2020",
        "  harbour-opening-2020",
        "1990",
        "  passes-dispute-1990",
    ]


def test_a_list_turned_has_the_oldest_first_and_parts_as_they_were(small: Dossier) -> None:
    turned = small.listing("region", "mountain-rim").turned()
    assert shown_rows(small, turned) == [
        "1990",
        "  passes-dispute-1990",
        "2020",
        "  harbour-opening-2020",
        "2024",
        "  council-chair-2024",
        "2025",
        "  tbilisi-visit-2025",
        "  ferry-protocol-2025",
        "  lodz-accord-2025",
        "    amber-route-2025",
        "  envoys-meeting-2025",
        "  gabala-summit-2025",
        "    passes-treaty-2025",
        "planned",
        "  council-charter-2026",
    ]
    assert turned.turned() == small.listing("region", "mountain-rim")


def test_an_empty_list_can_be_turned(small: Dossier) -> None:
    assert small.listing("region", "far-islands").turned() == EMPTY == EMPTY.turned()


def test_a_part_whose_whole_is_not_shown_stands_by_its_own_date(small: Dossier) -> None:
    assert shown(small, "region", "mountain-rim")[3:9] == [
        "  gabala-summit-2025",
        "    passes-treaty-2025",
        "  envoys-meeting-2025",
        "  lodz-accord-2025",
        "    amber-route-2025",
        "  ferry-protocol-2025",
    ]


def test_a_part_stands_beneath_its_whole_within_31_days_of_it(made: Make) -> None:
    opened = made(
        dossier(
            event("process", date="2024/2026"),
            event("early", date="2024-01-20", part_of="process"),
            event("late", date="2024-03-01", part_of="process"),
            event("talks", date="2024-12-20"),
            event("signed", date="2025-01-20", part_of="talks"),
            event("ratified", date="2025-01-21", part_of="talks"),
            event("of-late", date="2024-03-15", part_of="late"),
        )
    )
    assert shown(opened) == [
        "2025",
        "  ratified",
        "2024",
        "  talks",
        "    signed",
        "  late",
        "    of-late",
        "  process",
        "    early",
    ]


def test_one_begins_at_the_newest_that_is_not_planned(made: Make) -> None:
    opened = made(
        dossier(event("past"), event("newer", date="2025-09"), event("plan", date="2999"))
    )

    def opening(facet: str, key: str) -> list[str]:
        return [row.id for row in opened.rows([opened.listing(facet, key).opening()])]

    assert opening("region", "") == ["newer"]
    assert opening("year", "2999") == ["plan"], "where all is planned, its first"
    assert opening("year", "1900") == []


def test_parts_that_name_no_region_have_that_of_their_whole(small: Dossier) -> None:
    regions = {
        id_: small.resolve(id_).regions for id_ in ("lodz-breakfast-2025", "amber-route-2025")
    }
    assert regions["lodz-breakfast-2025"] == ("amber-shore",)
    assert regions["amber-route-2025"] == ("amber-shore", "mountain-rim")
    assert "    lodz-breakfast-2025" in shown(small, "region", "amber-shore")


def test_regions_are_listed_in_file_order_with_totals_and_empty_ones(small: Dossier) -> None:
    assert [tuple(value) for value in small.values("region")] == [
        ("", "All", 14),
        ("amber-shore", "Amber Shore", 6),
        ("mountain-rim", "Mountain Rim", 11),
        ("far-islands", "Far Islands", 0),
    ]


@pytest.mark.parametrize("facet", FACETS)
def test_totals_are_what_the_lists_hold(small: Dossier, shipped: Dossier, facet: str) -> None:
    for opened in (small, shipped):
        values = opened.values(facet)
        assert len(values) == opened.value_count(facet)
        assert values[0].total == opened.total
        for position, value in enumerate(values):
            listed = opened.listing(facet, value.key).events
            assert len(listed) == len(set(listed)) == value.total
            assert opened.value_position(facet, value.key) == position


def test_facets_have_an_order_a_reader_expects(small: Dossier) -> None:
    def labels(facet: str) -> list[str]:
        return [value.label for value in small.values(facet)][1:]

    assert labels("type")[:3] == ["summit", "visit", "meeting"]
    assert labels("year") == ["2026", "2025", "2024", "2020", "1990"]
    assert labels("actor")[0] == "Rauf Əliyev"
    assert labels("place") == ["Qəbələ", "Łódź", "Тбилиси"]
    assert labels("tag")[0] in ("harbours", "passes")


def test_values_come_by_the_page(small: Dossier) -> None:
    assert small.values("actor", 2, 4) == small.values("actor")[2:4]


def test_an_actors_place_and_source_know_their_events(small: Dossier) -> None:
    def events_of(id_: str) -> list[str]:
        rows = small.rows(small.events_of(small.resolve(id_)).events)
        return [row.id for row in rows]

    assert events_of("anna-lukasik") == [
        "lodz-summit-2025",
        "lodz-accord-2025",
        "lodz-breakfast-2025",
    ]
    assert events_of("tbilisi") == ["tbilisi-visit-2025"]
    assert events_of("atlas-2020") == ["harbour-opening-2020", "passes-dispute-1990"]
    assert events_of("suva") == []


def test_backlinks_say_how_they_lead_here(small: Dossier) -> None:
    def leading(id_: str) -> list[tuple[str, str]]:
        return [(row.id, how) for row, how in small.backlinks(small.resolve(id_))]

    assert leading("passes-dispute-1990") == [
        ("harbour-opening-2020", "follows"),
        ("passes-treaty-2025", "ends"),
    ]
    assert leading("suva") == [("lodz-summit-2025", "mention")]
    assert leading("shore-council") == [
        ("council-chair-2024", "voice"),
        ("gabala-summit-2025", "mention"),
    ]


def test_whole_and_parts(small: Dossier) -> None:
    summit = small.resolve("lodz-summit-2025")
    parts = [row.id for row in small.parts(summit)]
    assert parts == ["ferry-protocol-2025", "lodz-accord-2025", "lodz-breakfast-2025"]
    assert small.whole(small.resolve("lodz-accord-2025")) == summit
    assert small.whole(summit) is None


def test_an_id_may_be_shortened_while_it_is_unique(small: Dossier) -> None:
    assert small.resolve("amber-r").id == "amber-route-2025"
    assert small.resolve("lodz").id == "lodz", "a whole id is meant though longer ones begin so"
    with pytest.raises(UnknownId, match="more than one record begins so: amber-lines, amber-route"):
        small.resolve("amber-")


@pytest.mark.parametrize(
    "wanted", ["", "zzz", "%", "_", "'; DROP TABLE record", "\x1b[2J", "ə" * 300, "lodz\udc80"]
)
def test_an_unknown_id_is_said_in_one_line(small: Dossier, wanted: str) -> None:
    with pytest.raises(UnknownId) as caught:
        small.resolve(wanted)
    assert "no such record" in str(caught.value)
    assert str(caught.value).isprintable()


def test_what_is_no_text_means_nothing(small: Dossier) -> None:
    """A shell and a notebook may name half a surrogate pair, which SQLite refuses."""
    assert small.row("lodz\ud800") is None
    assert small.known_value("region", "\ud800") == ALL


def test_a_mistyped_id_is_answered_with_the_nearest(small: Dossier) -> None:
    with pytest.raises(UnknownId, match="nearest: lodz-summit-2025"):
        small.resolve("lodz-sumit-2025")


def test_a_name_in_place_of_an_id_means_a_person_before_a_source(shipped: Dossier) -> None:
    with pytest.raises(UnknownId, match="nearest: recep-tayyip-erdogan, "):
        shipped.resolve("erdogan")


def test_an_unknown_id_is_shown_clean_and_cut(small: Dossier) -> None:
    for wanted, shown in (("\x1b[31m\u202e", "\ufffd[31m\ufffd"), ("q" * 90, "q" * 80)):
        with pytest.raises(UnknownId) as caught:
            small.resolve(wanted)
        assert str(caught.value).startswith(f"{shown}: no such record")


def test_rows_come_in_the_order_asked_and_unknown_ones_are_left_out(small: Dossier) -> None:
    assert [row.n for row in small.rows([3, 99_999, 1, 3])] == [3, 1, 3]


def test_a_listing_says_what_stands_in_a_row_and_where_an_event_stands(small: Dossier) -> None:
    listing = small.listing("region", "mountain-rim")
    assert [listing.heading(row) for row in (0, 1, 2)] == ["planned", None, "2025"]
    first = listing.events[0]
    assert [listing.event(row) for row in (0, 1)] == [None, first]
    assert listing.position(first) == 1
    assert len(listing) == len(listing.depths) > len(listing.events)
    elsewhere = next(n for n in range(1, small.total) if n not in listing)
    assert listing.position(elsewhere) is None
    assert -1990 not in listing, "a heading is no event"


def test_events_may_be_listed_as_they_come() -> None:
    listing = Listing.of([3, 1])
    assert listing.events == [3, 1]
    assert [listing.heading(row) for row in range(len(listing))] == [None, None]
    assert listing == Listing.of(iter([3, 1])) != Listing.of([1, 3])
    assert listing != [3, 1]


@pytest.mark.parametrize(
    ("facet", "values"),
    [
        ("region", ["mountain-rim"]),
        ("type", ["agreement"]),
        ("year", ["2025"]),
        ("tag", ["passes"]),
    ],
)
def test_an_event_knows_the_values_it_stands_under(
    small: Dossier, facet: str, values: list[str]
) -> None:
    treaty = small.resolve("passes-treaty-2025")
    assert small.values_of(facet, treaty.n) == values
    for value in values:
        assert treaty.n in small.listing(facet, value)
    assert small.values_of(facet, small.resolve("lodz").n) == [], "a place is no event"


def test_a_path_leads_from_the_outermost_whole(small: Dossier) -> None:
    path = small.path(small.resolve("amber-route-2025"))
    assert [row.id for row in path] == ["lodz-summit-2025", "lodz-accord-2025", "amber-route-2025"]
    assert small.path(None) == []


def test_what_was_asked_before_is_not_read_again(small: Dossier) -> None:
    row = small.row_at(1)
    source = small.values("source")[1].key
    asked: list[str] = []
    small.connection.set_trace_callback(asked.append)
    for _ in range(3):
        assert small.row_at(1) == row
        found = small.source(source)
        assert found is not None
        assert small.label(source) == found.title
    assert len([sql for sql in asked if "FROM body" in sql]) == 1
    assert len([sql for sql in asked if "FROM record" in sql]) == 1


def test_ids_by_their_beginning(small: Dossier) -> None:
    assert small.ids("lodz-") == ["lodz-accord-2025", "lodz-breakfast-2025", "lodz-summit-2025"]
    assert small.ids("lodz", most=1) == ["lodz"]
    assert small.ids("lodz", "place") == ["lodz"]
    assert small.ids("nowhere") == []


def test_imprecise_dates_stand_between_their_neighbours(made: Make) -> None:
    opened = made(
        dossier(
            event("may", date="2025-05-01"),
            event("first-of-april", date="2025-04-01"),
            event("april", date="2025-04"),
            event("march", date="2025-03-31"),
            event("spring", date="2025-21"),
            event("year", date="2025"),
        )
    )
    assert [line.strip() for line in shown(opened)] == [
        "2025", "may", "first-of-april", "april", "march", "spring", "year",
    ]  # fmt: skip


def test_loops_are_cut_and_every_event_is_listed(made: Make) -> None:
    opened = made(
        dossier(
            event("a", part_of="c"),
            event("b", part_of="a"),
            event("c", part_of="b"),
            event("self", part_of="self"),
            event("hanging-on-a", part_of="a"),
            event("lost", part_of="nowhere"),
        )
    )
    assert sorted(line.strip() for line in shown(opened)) == sorted(
        ["2025", "a", "b", "c", "self", "hanging-on-a", "lost"]
    )
    assert opened.whole(opened.resolve("self")) is None
    assert opened.whole(opened.resolve("hanging-on-a")) == opened.resolve("a")


def test_a_chain_of_5000_parts_is_complete(made: Make) -> None:
    chain = [event("e-0", regions=["r"])]
    chain += [event(f"e-{number}", part_of=f"e-{number - 1}") for number in range(1, 5000)]
    opened = made(dossier(*reversed(chain), regions=table({"id": "r", "name": "R"})))
    listing = opened.listing("region", "r")
    assert len(listing.events) == 5000
    assert max(listing.depths) == 255
    assert opened.resolve("e-4999").depth == 4999


def test_references_to_nothing_do_no_harm(made: Make) -> None:
    opened = made(
        dossier(
            event(
                regions=["nowhere"],
                place="no-place",
                participants=[{"actor": "nobody"}, {"actor": "nobody"}],
                related=[{"event": "nothing", "as": "follows"}],
                claims=[{"kind": "fact", "text": "x", "cites": [{"source": "no-source"}]}],
            )
        )
    )
    assert [tuple(value) for value in opened.values("region")][1:] == [("nowhere", "nowhere", 1)]
    assert [tuple(value) for value in opened.values("actor")][1:] == [("nobody", "nobody", 1)]
    assert opened.label("nobody") == "nobody"


def test_a_dossier_without_events_opens(made: Make) -> None:
    opened = made(dossier())
    assert opened.total == 0
    assert opened.values("region") == [("", "All", 0)]
    assert shown(opened) == []
