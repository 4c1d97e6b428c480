"""The map in the explorer."""

import re
from collections.abc import Callable

import pytest

from tests.explorer.conftest import Explore
from tests.support import Fields, dossier, event
from tui.dossier.dossier import Dossier
from tui.text.glyphs import ASCII

Make = Callable[[Fields], Dossier]


async def test_a_place_is_chosen_and_its_events_become_the_selection(
    explore: Explore, shipped: Dossier
) -> None:
    async with explore(120, 40, dossier=shipped) as seen:
        await seen.press("M")
        assert re.search(r"Baku · \d+ events", seen.text)
        await seen.press("n", "enter")
        state = seen.screen.state
        place = state.found.title
        assert seen.screen.events.title.startswith(place)
        rows = shipped.rows(state.shown.listing.events)
        assert {shipped.label(row.place) for row in rows} == {place}
        await seen.press("escape")
        assert state.found is None


async def test_its_total_is_that_of_the_selection(explore: Explore, shipped: Dossier) -> None:
    async with explore(120, 40, dossier=shipped) as seen:
        await seen.press("slash", *"gas", "enter", "M")
        events = seen.app.screen_stack[0].state.found.records.events
        placed, total, _ = re.search(r"(\d+) of (\d+) events at (\d+) places", seen.text).groups()
        assert int(total) == sum(events)
        rows = shipped.rows(n for n, found in enumerate(events) if found and n)
        assert int(placed) == sum(bool(row.place) for row in rows)


async def test_it_begins_at_the_place_of_the_event_that_is_read(
    explore: Explore, shipped: Dossier
) -> None:
    async with explore(80, 24, dossier=shipped, at="washington-summit-2025") as seen:
        await seen.press("M")
        assert "Washington · " in seen.text
        for key in ("plus", "minus", "0", "left", "right", "up", "down", "N"):
            await seen.press(key)
            assert len(seen.text.splitlines()) == 24
        await seen.press("q")
        assert seen.screen.state.row.id == "washington-summit-2025"


@pytest.mark.parametrize(("columns", "rows"), [(48, 20), (20, 5), (200, 60)])
async def test_it_fits_any_window(
    explore: Explore, shipped: Dossier, columns: int, rows: int
) -> None:
    async with explore(columns, rows, dossier=shipped, signs=ASCII) as seen:
        await seen.press("M", "plus", "right")
        assert all(len(line) <= columns for line in seen.text.splitlines())
        await seen.press("escape")


async def test_without_places_it_says_so(explore: Explore, made: Make) -> None:
    async with explore(80, 24, dossier=made(dossier(event()))) as seen:
        await seen.press("M", "right", "plus", "0", "enter")
        assert "no place is recorded here" in seen.text
        assert "0 of 1 events at 0 places" in seen.text
