"""Moving through the three panes."""

import pytest

from tests.explorer.conftest import Explore
from tests.support import dossier, event, table
from tui.dossier.dossier import Dossier


async def test_it_starts_with_all_events_and_the_page_of_the_newest(explore: Explore) -> None:
    async with explore() as seen:
        assert seen.focused == "facets"
        assert seen.breadcrumb == ("Regions", "All", "Decision on tolls")
        assert "Tolls for ferries end with the year." in seen.text
        assert "14 events · as of 1 Dec 2025" in seen.text


async def test_the_region_under_the_cursor_fills_the_events_and_they_the_page(
    explore: Explore,
) -> None:
    async with explore() as seen:
        await seen.press("j")
        assert seen.screen.state.value == "amber-shore"
        assert "Amber Shore · 6" in seen.text
        assert "Treaty on the passes" not in seen.text
        await seen.press("right", "j")
        assert seen.current == "lodz-summit-2025"
        assert "The ministers signed the accord" in seen.text


@pytest.mark.parametrize(("drill", "back"), [("right", "left"), ("l", "h"), ("enter", "escape")])
async def test_drilling_in_and_backing_out(explore: Explore, drill: str, back: str) -> None:
    async with explore() as seen:
        places = [seen.focused]
        for key in (drill, drill, drill, back, back, back):
            await seen.press(key)
            places.append(seen.focused)
        assert places == ["facets", "events", "page", "page", "events", "facets", "facets"]


async def test_panes_are_reached_by_tab_and_by_number(explore: Explore) -> None:
    async with explore() as seen:
        places = []
        for key in ("tab", "tab", "tab", "shift+tab", "1", "2", "3"):
            await seen.press(key)
            places.append(seen.focused)
        assert places == ["events", "page", "facets", "page", "facets", "events", "page"]


async def test_parts_hang_under_their_whole_and_years_stand_above(explore: Explore) -> None:
    async with explore(160) as seen:
        events = [line.split("││")[1].rstrip() for line in seen.text.splitlines() if "││" in line]
        start = next(i for i, line in enumerate(events) if "Summit in Łódź" in line)
        assert [line.strip("▌ ").replace("│", " ") for line in events[start : start + 5]] == [
            "8 Aug  ◆ Summit in Łódź",
            "Aug  ├ ✎ Protocol on ferry lines",
            "├ ✎ Łódź Accord on ferries",
            "31 Aug    └ ⇄ Amber Route",
            "└ ◇ Breakfast of the two ministers",
        ]
        assert [line.strip() for line in events if line.strip().isdigit()] == [
            "2025", "2024", "2020", "1990",
        ]  # fmt: skip
        planned = next(i for i, line in enumerate(events) if line.strip() == "planned")
        assert "  2026  ✎ Charter of the Council · Chair of the Council" in events[planned + 1]
        assert events[planned + 2].strip() == "2025"


async def test_the_cursor_passes_over_year_headings(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("2", "G")
        found = [seen.current]
        for _ in range(3):
            await seen.press("k")
            found.append(seen.current)
        assert found == [
            "passes-dispute-1990", "harbour-opening-2020", "council-chair-2024",
            "tbilisi-visit-2025",
        ]  # fmt: skip
        await seen.press("j", "j", "j", "j", "j")
        assert seen.current == "passes-dispute-1990"
        await seen.press("g", "k", "k")
        assert (seen.current, seen.pane("events").cursor) == ("council-charter-2026", 1)


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (["G"], -1), (["end"], -1), (["G", "g"], 0), (["end", "home"], 0), (["down", "up"], 1),
        (["pagedown"] * 9, -1), (["ctrl+d"] * 30, -1), (["G"] + ["pageup"] * 9, 0),
        (["G"] + ["ctrl+u"] * 30, 0), (["k"] * 3, 0), (["j"] * 40, -1),
    ],
    ids=lambda value: "-".join(dict.fromkeys(value)) if isinstance(value, list) else str(value),
)  # fmt: skip
async def test_paging_in_the_events(explore: Explore, keys: list[str], row: int) -> None:
    async with explore(rows=12) as seen:
        await seen.press("2", *keys)
        expected = seen.screen.state.dossier.rows([seen.screen.state.shown.listing.events[row]])[0]
        assert seen.current == expected.id
        assert expected.title[:12] in seen.text, "the cursor is on screen"


async def test_half_a_page_is_less_than_a_page(explore: Explore) -> None:
    async with explore(rows=14) as seen:
        await seen.press("2", "ctrl+d")
        half = seen.pane("events").cursor
        await seen.press("g", "pagedown")
        assert 1 < half < seen.pane("events").cursor


async def test_paging_in_the_regions(explore: Explore) -> None:
    async with explore(rows=8) as seen:
        await seen.press("G")
        assert seen.screen.state.value == "far-islands"
        await seen.press("pageup", "pageup")
        assert seen.screen.state.value == ""
        await seen.press("ctrl+d", "ctrl+u", "pagedown")
        assert seen.screen.state.value == "far-islands"


async def test_paging_on_the_page(explore: Explore) -> None:
    async with explore(rows=14, at="lodz-accord-2025") as seen:
        page = seen.page
        await seen.press("3", "j", "j")
        assert page.top == 2
        await seen.press("k")
        assert page.top == 1
        await seen.press("G")
        assert page.top == page.line_count - page.room.height > 10
        await seen.press("g", "pagedown")
        full = page.top
        await seen.press("home", "ctrl+d")
        assert 0 < page.top < full
        await seen.press("ctrl+u")
        assert page.top == 0
        await seen.press("space", "b")
        assert page.top == 0


async def test_a_new_page_begins_at_its_beginning(explore: Explore) -> None:
    async with explore(rows=14, at="lodz-accord-2025") as seen:
        await seen.press("3", "G", "J")
        assert seen.current == "amber-route-2025"
        assert seen.page.top == 0


async def test_events_are_stepped_through_from_the_page(explore: Explore) -> None:
    async with explore(at="lodz-summit-2025") as seen:
        await seen.press("3", "J")
        assert (seen.focused, seen.current) == ("page", "lodz-accord-2025")
        await seen.press("K", "K")
        assert seen.current == "toll-decision-2025"
        await seen.press(*"KKKKK")
        assert seen.current == "toll-decision-2025"
        assert seen.focused == "page"


async def test_a_region_without_events_says_so(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("G")
        assert seen.breadcrumb == ("Regions", "Far Islands")
        assert seen.text.count("no events recorded") == 2, "in the list and on its page"
        await seen.press("right", "j", "G", "pagedown", "J", "K", "enter", "left", "left", "g")
        assert seen.breadcrumb[1] == "All"
        assert "no events recorded" not in seen.text


async def test_a_dossier_without_events_opens(explore: Explore, made) -> None:  # type: ignore[no-untyped-def]
    async with explore(dossier=made(dossier())) as seen:
        await seen.press("right", "j", "G", "J", "enter", "left", "left", "j", "pagedown")
        assert "no events recorded" in seen.text
        await seen.press("s")
        assert "no events recorded" in seen.text
        assert seen.said == ["oldest first"]


async def test_going_from_region_to_region_keeps_the_event_where_it_can(explore: Explore) -> None:
    async with explore(at="lodz-accord-2025") as seen:
        await seen.press("1", "j")
        assert (seen.screen.state.value, seen.current) == ("mountain-rim", "lodz-accord-2025")
        await seen.press("j", "k")
        assert seen.current == "gabala-summit-2025", "the newest, as the islands had none"


@pytest.mark.parametrize(
    ("at", "focused", "words"),
    [
        ("lodz-accord-2025", "page", "By the communiqué"),
        ("anna-lukasik", "page", "Transport minister of Poland"),
        ("gabala", "page", "40.98° N"),
        ("atlas-2020", "page", "Cited by"),
        ("far-islands", "page", "no event is recorded"),
    ],
)
async def test_it_opens_at_a_record(explore: Explore, at: str, focused: str, words: str) -> None:
    async with explore(at=at) as seen:
        assert seen.focused == focused
        assert words in seen.text


async def test_the_breadcrumb_names_the_way_down(explore: Explore) -> None:
    async with explore(at="amber-route-2025") as seen:
        assert seen.breadcrumb == (
            "Regions", "Amber Shore", "Summit in Łódź", "Łódź Accord on ferries", "Amber Route",
        )  # fmt: skip


async def test_the_footer_offers_the_keys_that_do_something(explore: Explore) -> None:
    async with explore() as seen:
        always = {"find", "group by", "help", "quit"}
        assert set(seen.keys) >= always | {"open"}
        assert "back" not in seen.keys, "there is nothing to back out of"
        await seen.press("2")
        assert set(seen.keys) >= always | {"open", "back"}
        await seen.press("3")
        assert set(seen.keys) >= always | {"follow", "back"}
        assert seen.keys[-2:] == ["help", "quit"]
        assert "? help" in seen.text
        assert "open" not in seen.keys, "there is nothing to drill into"


async def test_a_click_chooses_a_row_and_a_second_one_opens_it(explore: Explore) -> None:
    async with explore() as seen:
        await seen.click(seen.place_of("Mountain Rim"))
        assert seen.screen.state.value == "mountain-rim"
        await seen.click(seen.place_of("Treaty on the passes"))
        assert (seen.current, seen.focused) == ("passes-treaty-2025", "events")
        await seen.click(seen.place_of("Treaty on the passes"), times=2)
        assert seen.focused == "page"


async def test_a_click_on_a_heading_or_below_the_rows_changes_nothing(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("2", "j")
        for place in (seen.place_of("1990"), seen.place_of("planned"), (40, 36)):
            await seen.click(place)
            assert seen.current == "gabala-summit-2025"


async def test_unknown_types_and_lost_references_are_shown_as_they_stand(explore, made) -> None:  # type: ignore[no-untyped-def]
    strange = event(type="picnic", regions=["nowhere"], place="gone", participants=[{"actor": "x"}])
    async with explore(dossier=made(dossier(strange, regions=table()))) as seen:
        assert "· Event one-2025" in seen.text
        assert "nowhere" in seen.text
        assert "gone" in seen.text


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("peace-treaty-text-2025", ["not signed, as of 8 June 2026", "condition for signing:"]),
        ("china-documents-2025", ["20: China Daily, Reuters", "the article of News.Az"]),
        ("eu-energy-memorandum-2022", ["2022: Get2C", "doubling gas deliveries"]),
    ],
)
async def test_what_matters_is_on_the_first_screen_of_a_small_window(
    explore: Explore, shipped: Dossier, id_: str, words: list[str]
) -> None:
    async with explore(80, 24, dossier=shipped, at=id_) as seen:
        await seen.press("3")
        page = " ".join(line.plain for line in seen.page.lines[: seen.page.room.height])
        assert all(one in page for one in words), page
