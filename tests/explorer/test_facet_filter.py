"""The left pane's own filter: part of a name narrows a long list of values."""

import pytest
from textual.widgets import Input

from tests.explorer.conftest import Explore
from tests.explorer.seen import Seen
from tui.dossier.dossier import Dossier
from tui.text.glyphs import ASCII


def offered(seen: Seen) -> list[str]:
    """The names of the values that the left pane lists."""
    values = seen.screen.state.values
    return [values.at(place).label for place in range(len(values))]


async def test_part_of_a_name_narrows_the_values_and_the_first_is_chosen(explore: Explore) -> None:
    async with explore() as seen:
        await seen.group("actor")
        everyone = offered(seen)
        await seen.press("ctrl+f", *"li")
        assert offered(seen) == ["All", "Rauf Əliyev", "Amber Lines"]
        assert seen.screen.state.value == "rauf-aliyev"
        assert "Rauf Əliyev · 5" in seen.text
        await seen.press("down")
        assert (seen.screen.state.value, seen.focused) == ("amber-lines", "facets")
        await seen.press("up", "up")
        assert seen.screen.state.value == ""
        await seen.press(*"nes")
        assert offered(seen) == ["All", "Amber Lines"]
        await seen.press("enter")
        assert not seen.screen.query_one("#find").region.area
        assert (seen.screen.state.value, offered(seen)) == ("amber-lines", ["All", "Amber Lines"])
        await seen.press("2", "1")
        assert offered(seen) == ["All", "Amber Lines"], "it is kept"
        await seen.press("escape")
        assert offered(seen) == everyone
        assert seen.screen.state.value == "amber-lines"


@pytest.mark.parametrize("name", ["aliyev", "əliyev", "ALI rauf", "lukasik"])
async def test_names_are_found_however_they_are_spelt(explore: Explore, name: str) -> None:
    async with explore() as seen:
        await seen.group("actor")
        await seen.press("ctrl+f", *name)
        assert offered(seen)[1:] == ["Anna Łukasik" if name == "lukasik" else "Rauf Əliyev"]


async def test_escape_while_typing_puts_everything_back(explore: Explore) -> None:
    async with explore(rows=16) as seen:
        await seen.press("v", "a", "2", "j", "3", "j")
        state, before, values = seen.screen.state, seen.text, offered(seen)
        spot = (state.value, state.current, state.pane, seen.page.top)
        await seen.press("ctrl+f", *"amber", "down")
        assert seen.text != before
        await seen.press("escape")
        assert (state.value, state.current, state.pane, seen.page.top) == spot
        assert offered(seen) == values
        assert seen.text == before


async def test_where_no_name_has_it_all_is_left(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("j", "ctrl+f", *"zzz")
        assert offered(seen) == ["All"]
        assert seen.breadcrumb[1] == "All", "what is marked is listed"
        await seen.press("down", "enter", "j", "2", "j", "1", "escape")
        assert offered(seen) == ["All", "Amber Shore", "Mountain Rim", "Far Islands"]


async def test_keys_are_letters_and_the_filter_is_gone_on_with(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("ctrl+f", *"jq/", "enter")
        assert seen.app.is_running
        await seen.press("ctrl+f")
        assert seen.screen.query_one("#find", Input).value == "jq/"
        await seen.press(*["backspace"] * 3, *"rim")
        assert seen.screen.state.value == "mountain-rim"


async def test_a_filter_within_what_was_found_counts_within_it(explore: Explore) -> None:
    async with explore() as seen:
        await seen.group("actor")
        await seen.press("slash", *"ferries", "enter", "1", "ctrl+f", *"amber", "enter")
        values = seen.screen.state.values
        assert [tuple(values.at(place)) for place in range(len(values))] == [
            ("", "All", 5), ("amber-lines", "Amber Lines", 1),
        ]  # fmt: skip
        assert seen.breadcrumb[1] == "ferries · Amber Lines"
        await seen.press("escape")
        assert len(offered(seen)) > 2, "first the filter goes"
        assert seen.screen.state.found
        await seen.press("escape")
        assert seen.screen.state.found is None


async def test_a_link_to_what_the_filter_hides_ends_it(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("ctrl+f", *"rim", "enter", "2")
        while seen.current != "passes-treaty-2025":
            await seen.press("j")
        await seen.press("3")
        await seen.follow("gabala-summit-2025")
        assert offered(seen) == ["All", "Mountain Rim"]
        await seen.follow("lodz-summit-2025")
        assert seen.breadcrumb[1] == "Amber Shore"
        assert offered(seen) == ["All", "Amber Shore", "Mountain Rim", "Far Islands"]
        facets = seen.pane("facets")
        assert facets.render_line(facets.cursor).text.startswith("▌Amber Shore")
        await seen.press("left_square_bracket")
        assert offered(seen) == ["All", "Mountain Rim"]


async def test_grouping_anew_ends_the_filter(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("ctrl+f", *"rim", "enter", "v", "t")
        assert len(offered(seen)) == 10
        await seen.press("v", "r")
        assert len(offered(seen)) == 4


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (48, 20), (30, 8), (20, 5)], ids=str)
async def test_it_works_at_every_size(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(*size, signs=ASCII) as seen:
        await seen.press("3", "ctrl+f", *"rim")
        assert "facets" in seen.shown
        assert "Mountain Rim" in seen.text
        assert "rim" in seen.text.splitlines()[-1 if size[1] < 12 or size[0] < 60 else -2]
        assert seen.text.isascii()
        await seen.press("enter", "right")
        assert seen.focused == "events"


async def test_a_long_facet_of_the_shipped_dossier(explore: Explore, shipped: Dossier) -> None:
    async with explore(80, 24, dossier=shipped) as seen:
        await seen.group("actor")
        assert len(offered(seen)) > 100
        await seen.press("ctrl+f", *"pashin", "enter", "right")
        assert seen.screen.state.value == "nikol-pashinyan"
        total = shipped.value("actor", "nikol-pashinyan").total
        assert len(seen.screen.state.shown.listing.events) == total
