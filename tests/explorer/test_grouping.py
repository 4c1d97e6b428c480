"""Grouping by another facet: the menu, the values, and the record that stays."""

import pytest

from tests.explorer.conftest import Explore
from tui.dossier.vocabulary import EVENT_TYPES


async def test_v_offers_the_facets_and_keeps_the_record(explore: Explore) -> None:
    async with explore(at="gabala-summit-2025") as seen:
        walked = []
        for letter in "tyapgr":
            await seen.press("v")
            assert [line.strip("▌ ").split() for line in seen.dialog_lines] == [
                ["Regions", "r"], ["Types", "t"], ["Years", "y"],
                ["Actors", "a"], ["Places", "p"], ["Tags", "g"],
            ]  # fmt: skip
            await seen.press(letter)
            walked.append((seen.screen.state.facet, seen.screen.state.value))
            assert seen.current == "gabala-summit-2025"
            assert seen.pane("events").cursor == seen.screen.state.shown.listing.rows.index(
                seen.screen.state.current
            )
        assert walked == [
            ("type", "summit"), ("year", "2025"), ("actor", "rauf-aliyev"), ("place", "gabala"),
            ("tag", "passes"), ("region", "mountain-rim"),
        ]  # fmt: skip


async def test_the_menu_of_facets_is_walked_with_the_arrows_and_left(explore: Explore) -> None:
    async with explore(at="gabala-summit-2025") as seen:
        await seen.press("v", "down", "down", "enter")
        assert seen.screen.state.facet == "year"
        await seen.press("v", "enter")
        assert seen.screen.state.facet == "year", "it opens at the present one"
        for key in ("escape", "left", "q"):
            await seen.press("v", "up", key)
            assert (seen.screen.state.facet, seen.focused) == ("year", "page")
            assert seen.app.screen is seen.screen


@pytest.mark.parametrize(
    ("facet", "title", "values"),
    [("type", "Types", ["Summit", "Visit"]), ("year", "Years", ["2026", "2025", "2024", "2020"]),
     ("actor", "Actors", ["Rauf Əliyev"]), ("place", "Places", ["Qəbələ", "Łódź"]),
     ("tag", "Tags", ["harbours", "passes"])],
)  # fmt: skip
async def test_each_facet_lists_its_values(
    explore: Explore, facet: str, title: str, values: list[str]
) -> None:
    async with explore() as seen:
        await seen.group(facet)
        assert f"─ {title} ─" in seen.text
        listed = seen.screen.state.values
        assert [listed.at(n).label.capitalize() for n in range(1, 1 + len(values))] == [
            value.capitalize() for value in values
        ]
        assert all(value in seen.text for value in values)
        assert seen.breadcrumb[0] == title


async def test_a_record_without_a_value_of_the_facet_stands_under_all(explore: Explore) -> None:
    async with explore(at="toll-decision-2025") as seen:
        await seen.group("place")
        assert (seen.screen.state.facet, seen.screen.state.value) == ("place", "")
        assert seen.current == "toll-decision-2025"


async def test_the_focus_stays_where_it_is_when_grouped_anew(explore: Explore) -> None:
    async with explore(at="gabala-summit-2025") as seen:
        for pane, facet in (("1", "type"), ("2", "tag"), ("3", "year")):
            await seen.press(pane)
            focused = seen.focused
            await seen.group(facet)
            assert (seen.focused, seen.screen.state.facet) == (focused, facet)


async def test_grouping_anew_keeps_the_page_of_a_record_that_is_no_event(explore: Explore) -> None:
    async with explore(at="anna-lukasik") as seen:
        await seen.group("type")
        assert (seen.page.page and seen.page.page.id) == "anna-lukasik"
        await seen.press("1", "down")
        assert (seen.page.page and seen.page.page.kind) in EVENT_TYPES


async def test_the_foot_is_clicked(explore: Explore) -> None:
    async with explore() as seen:
        x, y = seen.place_of("group by")
        await seen.click((x, y))
        assert "─ Group by ─" in seen.text
        await seen.press("t")
        assert seen.screen.state.facet == "type"
        x, y = seen.place_of("Types ›")
        await seen.click((x, y))
        assert "Where you are" in seen.text
