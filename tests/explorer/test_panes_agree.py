"""Left, middle and right agree wherever one goes, also from zen and the views."""

import pytest

from tests.explorer.conftest import Explore
from tests.explorer.finding import everything, find, listed
from tests.explorer.seen import Seen
from tui.dossier.dossier import Dossier
from tui.dossier.vocabulary import FACETS


def agree(seen: Seen) -> None:
    """The value marked is one of the record read, and the cursor of the list is on it."""
    state = seen.screen.state
    assert state.row
    position = state.shown.listing.position(state.current)
    assert seen.pane("events").cursor == (-1 if position is None else position)
    if state.row.kind == state.facet and state.row.id:
        values = [state.row.id]
    else:
        values = state.dossier.values_of(state.facet, state.current)
    assert state.value in values if values else state.value == "", (state.value, values)
    shown = state.values.at(seen.pane("facets").cursor).key
    assert shown == state.value
    assert seen.page.page
    assert seen.page.page.id == state.row.id


async def test_what_was_looked_for_is_marked_in_the_left_pane(
    explore: Explore, shipped: Dossier
) -> None:
    async with explore(dossier=shipped) as seen:
        await seen.group("actor")
        await seen.click(seen.place_of("Jeyhun Bayramov"))
        await seen.press("2", "j")
        await find(seen, "aliyev")
        await seen.press("enter")
        assert (seen.current, seen.screen.state.value) == ("ilham-aliyev", "ilham-aliyev")
        facets = seen.pane("facets")
        marked = facets.render_line(facets.cursor - facets.top).text
        assert marked.startswith("▌Ilham Aliyev")
        agree(seen)


@pytest.mark.parametrize("facet", FACETS)
async def test_the_value_of_the_record_read_is_marked_wherever_one_goes(
    explore: Explore, facet: str
) -> None:
    async with explore() as seen:
        await seen.group(facet)
        await find(seen, "a")
        await seen.press("enter")
        for _ in listed(seen)[:9]:
            agree(seen)
            assert seen.screen.state.facet == facet, "nothing regroups by itself"
            await seen.press("n")


@pytest.mark.parametrize("query", ["", "ferries"], ids=["a list", "a query"])
async def test_after_a_link_the_panes_agree(explore: Explore, query: str) -> None:
    async with explore(at="lodz-summit-2025") as seen:
        if query:
            await find(seen, query)
            await seen.press("enter")
        for target in ("rauf-aliyev", "tbilisi-visit-2025", "gabala-summit-2025", "gabala"):
            await seen.press("g")
            if all(link.target != target for link in seen.page.links):
                continue
            await seen.follow(target)
            assert seen.current == target
            state = seen.screen.state
            if state.found:
                assert state.current in state.shown.listing
            elif state.is_event:
                agree(seen)
        for _ in range(4):
            await seen.press("left_square_bracket")
            assert seen.page.page
            assert seen.page.page.id == seen.current


async def test_a_link_out_of_what_was_found_ends_it_and_back_takes_it_up(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "toll")
        await seen.press("enter", "n", "n", "N")
        before = everything(seen)
        while not any(link.target == "lodz-summit-2025" for link in seen.page.links):
            await seen.press("n")
            before = everything(seen)
        await seen.follow("lodz-summit-2025")
        assert seen.screen.state.found is None
        agree(seen)
        await seen.press("left_square_bracket")
        assert everything(seen)[:10] == before[:10]
        assert seen.breadcrumb[1] == "toll"


# -- over zen and the views


async def test_find_in_zen_shows_what_it_finds_and_returns_to_zen(explore: Explore) -> None:
    async with explore(at="lodz-accord-2025") as seen:
        await seen.press("z", "j")
        before = everything(seen)
        await find(seen, "treaty")
        assert "events" in seen.shown
        assert "Treaty on the passes" in seen.text
        await seen.press("escape")
        assert everything(seen) == before
        await find(seen, "treaty")
        await seen.press("enter")
        assert (seen.shown, seen.current) == (["page"], "passes-treaty-2025")
        await seen.press("J")
        assert seen.current == listed(seen)[1]
        assert seen.shown == ["page"]


@pytest.mark.parametrize("key", ["t", "w", "T", "M"])
async def test_find_over_a_view_and_back_to_it(explore: Explore, key: str) -> None:
    async with explore(at="lodz-accord-2025") as seen:
        await seen.press(key)
        chart, before = type(seen.app.screen), seen.text
        await find(seen, "treaty")
        assert seen.app.screen is seen.screen
        assert seen.focused == "find"
        assert "Treaty on the passes" in seen.text
        await seen.press("escape")
        assert isinstance(seen.app.screen, chart)
        assert seen.text == before
        await find(seen, "treaty")
        await seen.press("enter")
        assert seen.app.screen is seen.screen
        assert (seen.current, seen.focused) == ("passes-treaty-2025", "page")
        await seen.press(key)
        assert isinstance(seen.app.screen, chart)
        assert "treaty" in seen.text


async def test_a_list_of_its_own_comes_back_with_the_bracket(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("w", "right", "enter")
        found, listed = seen.screen.state.found, list(seen.screen.state.shown.listing.rows)
        assert found
        assert seen.screen.state.shown.heading.startswith("Rauf Əliyev · ")
        await seen.press("3", "f", "a", "left_square_bracket")
        assert seen.screen.state.found is found
        assert list(seen.screen.state.shown.listing.rows) == listed
