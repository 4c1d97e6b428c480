"""What was found stays in hand, is stepped through, and goes without a trace."""

import re

import pytest
from textual.widgets import Input

from tests.explorer.conftest import Explore
from tests.explorer.finding import PAUSE, events_of, everything, find, found, listed
from tests.explorer.seen import Seen
from tui.dossier.dossier import Dossier


async def test_enter_goes_there_in_the_panes_and_keeps_what_was_found(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("j")
        await find(seen, "treaty")
        before = listed(seen)
        await seen.press("enter")
        assert (seen.current, seen.focused) == ("passes-treaty-2025", "page")
        assert seen.screen.state.value == "mountain-rim", "it does not stand under Amber Shore"
        assert seen.breadcrumb == (
            "Regions", "treaty", "Summit in Qəbələ", "Treaty on the passes",
        )  # fmt: skip
        assert listed(seen) == before, "what was found is the list"
        assert "─ treaty · 1 event · 4 more ─" in seen.text
        assert seen.pane("events").cursor == seen.screen.state.shown.listing.rows.index(
            seen.screen.state.current
        )
        assert seen.screen.query_one("#find").region.area == 0


async def test_enter_goes_to_what_is_no_event(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "lukasik")
        await seen.press("enter")
        assert (seen.current, seen.focused) == ("anna-lukasik", "page")
        assert "Transport minister of Poland" in seen.text


async def test_enter_at_once_takes_the_first(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("slash", *"treaty", "enter")
        assert seen.current == "passes-treaty-2025"
        await seen.pilot.pause(PAUSE)
        assert (seen.current, seen.focused) == ("passes-treaty-2025", "page")
        assert listed(seen)[0] == "passes-treaty-2025"
        assert "treaty · 1 event · 4 more" in seen.text


async def test_enter_where_nothing_was_found_stays(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "xqzvvv")
        await seen.press("enter")
        assert seen.focused == "find"
        await seen.press("escape")
        assert seen.focused == "facets"


@pytest.mark.parametrize("where", ["facets", "events", "page", "type", "actor page"])
async def test_escape_puts_everything_back(explore: Explore, where: str) -> None:
    async with explore(rows=16) as seen:
        keys = {
            "facets": ["j"],
            "events": ["j", "2", "j", "j", "j"],
            "page": ["j", "2", "j", "3", "j", "j", "j"],
            "type": ["v", "t", "G", "2", "j", "3", "j"],
            "actor page": ["j", "2", "j", "3", "f", "s", "j"],
        }[where]
        await seen.press(*keys)
        await seen.pilot.pause(PAUSE)
        before = everything(seen)
        await find(seen, "council")
        await seen.press("down")
        await seen.pilot.pause(PAUSE)
        assert everything(seen) != before
        await seen.press("escape")
        await seen.pilot.pause(PAUSE)
        assert everything(seen) == before


async def test_escape_restores_an_earlier_search_with_its_marks(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "ferries")
        await seen.press("enter")
        before = everything(seen)
        await find(seen, "council")
        await seen.press("escape")
        await seen.pilot.pause(PAUSE)
        assert everything(seen) == before
        await seen.press("n")
        assert seen.current != "lodz-accord-2025", "its matches are still stepped through"


async def test_n_steps_through_the_matches_and_back(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "ferries")
        ids = listed(seen)
        assert len(ids) > 3
        await seen.press("enter")
        walked = [seen.current]
        for _ in ids[1:]:
            await seen.press("n")
            walked.append(seen.current)
        assert walked == ids
        await seen.press("n")
        assert "no further match" in seen.text
        assert seen.current == ids[-1]
        await seen.press("N")
        assert seen.current == ids[-2]
        await seen.press(*["N"] * len(ids))
        assert "no earlier match" in seen.text
        assert seen.current == ids[0]


async def test_n_and_back_step_within_the_value_that_narrows(
    explore: Explore,
) -> None:
    async with explore() as seen:
        await find(seen, "ferries")
        everything = listed(seen)
        await seen.press("enter", "1", "g", "j")
        within = listed(seen)
        assert set(within) < set(everything)
        walked = [seen.current]
        for _ in within:
            await seen.press("n")
            walked.append(seen.current)
        assert walked == [*within, within[-1]]
        await seen.press(*["N"] * len(within))
        assert seen.current == within[0]


async def test_n_says_that_nothing_was_looked_for(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("n", "N")
        assert seen.said == ["nothing is looked for; / finds"] * 2
        await find(seen, "ferries")
        await seen.press("enter", "left", "escape", "n")
        assert seen.said[2:] == ["nothing is looked for; / finds"]


async def test_going_there_can_be_taken_back(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("j", "2", "j")
        place = (seen.screen.state.value, seen.current, seen.focused)
        await find(seen, "treaty")
        await seen.press("enter", "left_square_bracket")
        assert (seen.screen.state.value, seen.current, seen.focused) == place


# -- Esc puts everything back


STARTS = {
    "the regions": ["j", "j"],
    "the events": ["j", "2", "j", "j"],
    "the page, scrolled": ["j", "2", "j", "3", "j", "j", "j"],
    "zen": ["2", "j", "j", "j", "3", "z", "j"],
    "actors": ["v", "a", "j", "2", "j"],
    "the oldest first": ["s", "2", "j", "j", "j"],
    "a filter of the left pane": ["v", "a", "1", "ctrl+f", *"li", "enter", "2"],
    "a page beside the list": ["2", "j", "j", "3", "f", "a"],
}


@pytest.mark.parametrize("keys", STARTS.values(), ids=STARTS)
async def test_escape_on_the_list_puts_everything_back(explore: Explore, keys: list[str]) -> None:
    async with explore(rows=16) as seen:
        await seen.press(*keys)
        before = everything(seen)
        await find(seen, "council")
        await seen.press("down", "enter")
        assert seen.focused == "page"
        await seen.press("escape")
        assert seen.screen.state.found, "from the page it goes to the list first"
        if seen.focused == "page":  # out of zen, in which it was begun
            await seen.press("escape")
        assert seen.focused == "events"
        await seen.press("v", "t", "1", "j", "2", "s", "j", "J")
        assert seen.screen.state.found
        await seen.press("escape")
        assert everything(seen) == before


async def test_left_from_what_was_found_goes_to_the_left_pane_and_escape_ends_it_there(
    explore: Explore,
) -> None:
    async with explore() as seen:
        before = everything(seen)
        await find(seen, "council")
        await seen.press("enter", "left")
        assert (seen.focused, bool(seen.screen.state.found)) == ("events", True)
        await seen.press("left")
        assert (seen.focused, bool(seen.screen.state.found)) == ("facets", True)
        await seen.press("escape")
        assert everything(seen) == before


async def test_a_second_query_ends_where_the_first_was_begun(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("j", "2", "j")
        before = everything(seen)
        await find(seen, "ferries")
        await seen.press("enter", "slash")
        bar = seen.screen.query_one("#find", Input)
        assert bar.value == "ferries", "the query is gone on with"
        await seen.press(*["backspace"] * 7, *"council", "enter")
        assert seen.breadcrumb[1] == "council"
        await seen.press("left", "escape")
        assert everything(seen) == before


async def test_an_edit_that_is_cancelled_leaves_the_query_as_it_was(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "ferries")
        await seen.press("enter", "left", "j", "j")
        before = everything(seen)
        await find(seen, " protocol")
        assert everything(seen) != before
        await seen.press("escape")
        await seen.pilot.pause(PAUSE)
        assert everything(seen) == before


async def test_the_words_are_marked_while_the_query_is_on(explore: Explore) -> None:
    def grounds(seen: Seen) -> set[str]:
        page = seen.page
        return {
            str(segment.style)
            for y in range(page.size.height)
            for segment in page.render_line(y)
            if segment.text.strip() == "Council"
        }

    async with explore(at="lodz-summit-2025") as seen:
        before = grounds(seen)
        await find(seen, "council")
        while seen.current != "lodz-summit-2025":
            await seen.press("down")
        await seen.press("enter")
        assert grounds(seen) - before
        await seen.press("left", "escape", "3")
        assert seen.current == "lodz-summit-2025"
        assert grounds(seen) == before


# -- what is chosen in a chart


@pytest.mark.parametrize("start", ["the regions", "the page, scrolled", "zen", "actors"])
async def test_a_cell_of_a_chart_is_the_selection_until_escape(
    explore: Explore, start: str
) -> None:
    async with explore(rows=16) as seen:
        await seen.press(*STARTS[start], "v", "r", "1", "g")
        before = everything(seen)
        await seen.press("w", "right", "right", "enter")
        small = seen.screen.state.dossier
        assert seen.screen.state.found
        assert seen.breadcrumb[:2] == ("Regions", "Rauf Əliyev · 2025")
        assert seen.screen.state.shown.heading == "Rauf Əliyev · 2025 · 4 events"
        assert all("rauf-aliyev" in small.values_of("actor", small.row(id_).n)
                   for id_ in listed(seen))  # fmt: skip
        await seen.press("slash")
        assert seen.screen.query_one("#find", Input).value == "", "it is no query to edit"
        await seen.press("escape", "s", "s")
        assert seen.said[-2:] == ["oldest first", "newest first"], "there is no best"
        await seen.press("t", "escape", "n", "left", "escape")
        assert everything(seen) == before


# -- queries of before


async def test_up_recalls_earlier_queries_from_the_first_row_on(explore: Explore) -> None:
    async with explore() as seen:
        for query in ("ferries", "toll", "council"):
            await find(seen, query)
            await seen.press("enter", "left", "escape")
        bar = seen.screen.query_one("#find", Input)
        await seen.press("slash", "up")
        assert bar.value == "council"
        await seen.press("up")
        assert bar.value == "toll"
        await seen.press("up", "up", "up")
        assert bar.value == "ferries", "the oldest stays"
        await seen.pilot.pause(PAUSE)
        assert set(events_of(seen)) == set(found(seen.screen.state.dossier, "ferries"))
        await seen.press("down", "down", "up")
        assert bar.value == "ferries", "further down it moves in the list"
        assert seen.current == listed(seen)[1]
        await seen.press("enter", "slash", "x", "up")
        assert bar.value == "ferries", "what was edited is left, not lost"
        await seen.press("ctrl+u", "up")
        assert bar.value == "ferriesx", "and comes back"


async def test_a_query_that_is_edited_stays_within_its_region(
    explore: Explore, shipped: Dossier
) -> None:
    async with explore(120, 40, dossier=shipped) as seen:
        await seen.press("slash", *"gas", "enter", "1", "j")
        state = seen.screen.state
        value = state.value
        assert state.found.within
        await seen.press("slash", *" memorandum", "enter")
        assert (state.value, state.found.within) == (value, True)
        under = set(shipped.listing("region", value).events)
        assert set(state.shown.listing.events) <= under
        await seen.press("escape", "escape")
        assert state.found is None
        assert state.value == ""


async def test_how_many_were_found_is_told_before_all_of_a_long_query(
    explore: Explore, shipped: Dossier
) -> None:
    async with explore(80, 24, dossier=shipped) as seen:
        await seen.press("slash", *"signed china april 2025", "enter")
        title = seen.text.splitlines()[1].split("╮")[0]
        assert re.search(r"signed .*… · \d+ events ", title), title
