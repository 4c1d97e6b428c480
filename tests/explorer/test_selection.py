"""One selection everywhere: the total of every view is that of the list."""

import csv
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.explorer.conftest import Explore
from tests.explorer.finding import events_of, find, found, listed
from tests.explorer.seen import Seen, until
from tui.dossier.dossier import Dossier
from tui.dossier.vocabulary import FACETS
from tui.explorer.views.commitments_screen import CommitmentsScreen
from tui.explorer.views.map_screen import MapScreen
from tui.explorer.views.meetings_screen import MeetingsScreen
from tui.explorer.views.timeline_screen import TimelineScreen

ENCOUNTERS = ("summit", "visit", "meeting")


#: How a selection comes about, and which events of the small dossier are in it.
SELECTIONS: dict[str, Callable[[Dossier], list[str]]] = {
    "a query": lambda small: found(small, "ferries"),
    "a query in a region": lambda small: found(small, "ferries region:mountain-rim"),
    "a region": lambda small: found(small, "region:mountain-rim"),
    "a cell of who met whom": lambda small: [
        id_ for type_ in ENCOUNTERS for id_ in found(small, f"actor:rauf-aliyev type:{type_}")
    ],
}


@pytest.fixture(params=SELECTIONS)
def selected(request: pytest.FixtureRequest, explore: Explore, small: Dossier):  # type: ignore[no-untyped-def]
    """Opens the explorer with a selection; gives it with the ids of the events in that."""

    @asynccontextmanager
    async def open_() -> AsyncIterator[tuple[Seen, set[str]]]:
        async with explore() as seen:
            if "query" in request.param:
                await find(seen, "ferries")
                await seen.press("enter", "1")
            if request.param == "a query in a region":
                await seen.click(seen.place_of("Mountain Rim"))
            if request.param == "a region":
                await seen.press("j", "j")
            if request.param == "a cell of who met whom":
                await seen.press("w", "right", "enter")
            yield seen, set(SELECTIONS[request.param](small))

    return open_


async def test_the_list_and_its_heading_are_the_selection(selected) -> None:  # type: ignore[no-untyped-def]
    async with selected() as (seen, ids):
        assert set(events_of(seen)) == ids
        assert len(events_of(seen)) == len(ids) > 1
        heading = seen.screen.state.shown.heading
        assert f" · {len(ids)}" in heading
        assert f"─ {heading} ─" in seen.text


async def test_the_strip_counts_the_selection(selected) -> None:  # type: ignore[no-untyped-def]
    async with selected() as (seen, ids):
        strip = seen.screen.strip
        strip.count()
        assert sum(strip._counts.values()) == len(ids)


async def test_the_timeline_shows_the_selection(selected) -> None:  # type: ignore[no-untyped-def]
    async with selected() as (seen, ids):
        await seen.press("t")
        screen = seen.app.screen
        assert isinstance(screen, TimelineScreen)
        small = seen.screen.state.dossier
        shown = {n for lane in screen._chart.lanes for n in lane.events}
        assert {row.id for row in small.rows(shown)} == ids
        assert f"{len(ids)} events" in seen.text
        assert seen.screen.state.selection_name in seen.text
        for width in (80, 48):
            await seen.pilot.resize_terminal(width, 24)
            await seen.settle()
            assert f"{len(ids)} events" in seen.text.splitlines()[0], "whatever else gives way"


@pytest.mark.parametrize(
    ("key", "view", "counts", "told"),
    [
        ("w", MeetingsScreen, lambda row: row.type in ENCOUNTERS, "events"),
        ("M", MapScreen, lambda row: row.place is not None, "events at"),
    ],
)
async def test_a_view_counts_within_the_selection(selected, key, view, counts, told) -> None:  # type: ignore[no-untyped-def]
    async with selected() as (seen, ids):
        small = seen.screen.state.dossier
        counted = sum(counts(small.row(id_)) for id_ in ids)
        await seen.press(key)
        assert isinstance(seen.app.screen, view)
        assert f"{counted} of {len(ids)} events" in seen.text
        assert f"{counted} of {len(ids)} {told}" in seen.text
        assert seen.screen.state.selection_name in seen.text


async def test_the_commitments_tell_how_many_are_of_the_selection(selected) -> None:  # type: ignore[no-untyped-def]
    async with selected() as (seen, ids):
        await seen.press("2", "g")
        await seen.press("T")
        screen = seen.app.screen
        assert isinstance(screen, CommitmentsScreen)
        chain = {one.row.id for one in screen._chain.records}
        assert seen.current in chain
        words = f"{len(chain)} records, {len(chain & ids)} in {seen.screen.state.selection_name}"
        assert words in seen.text


async def test_the_export_is_of_the_selection(  # type: ignore[no-untyped-def]
    selected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with selected() as (seen, ids):
        records = len(listed(seen))
        await seen.press("e")
        assert f"Export what is listed ({records})" in seen.dialog_text
        row = next(i for i, line in enumerate(seen.dialog_lines) if ".csv" in line)
        await seen.press(*["j"] * row, "enter")
        path = tmp_path / "summitry-export.csv"
        await until(seen, lambda: bool(seen.said) and str(path) in seen.said[-1])
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert {row["id"] for row in csv.DictReader(file)} == ids


@pytest.mark.parametrize("facet", FACETS)
async def test_the_left_pane_counts_within_what_was_found(explore: Explore, facet: str) -> None:
    async with explore(140) as seen:
        await find(seen, "ferries")
        await seen.press("enter")
        await seen.group(facet)
        values, small = seen.screen.state.values, seen.screen.state.dossier
        counts = {values.at(i).key: values.at(i).total for i in range(len(values))}
        ids = found(small, "ferries")
        assert counts.pop("") == len(ids), "All counts what was found"
        for value in small.values(facet)[1:]:
            under = {row.id for row in small.rows(small.listing(facet, value.key).events)}
            assert counts.pop(value.key, 0) == len(under & set(ids)), value.label
        assert counts == {}, "what has nothing is not offered"
        assert set(events_of(seen)) == set(ids), "grouping anew narrows nothing"


async def test_a_value_narrows_what_was_found_and_all_widens_it(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "ferries")
        await seen.press("enter", "1")
        small = seen.screen.state.dossier
        for name, value in (("Amber Shore", "amber-shore"), ("Mountain Rim", "mountain-rim")):
            await seen.click(seen.place_of(name))
            assert set(events_of(seen)) == set(found(small, f"ferries region:{value}"))
            assert seen.breadcrumb[1] == f"ferries · {name}"
            assert seen.current in listed(seen)
        await seen.press("g")
        assert seen.breadcrumb[1] == "ferries"
        assert set(events_of(seen)) == set(found(small, "ferries"))


async def test_the_next_event_and_the_quarters_stay_within_what_was_found(
    explore: Explore,
) -> None:
    async with explore() as seen:
        await find(seen, "ferries")
        await seen.press("enter", "s", "2", "g", "3")  # the newest first
        ids, walked = listed(seen), [seen.current]
        for _ in ids[1:]:
            await seen.press("J")
            walked.append(seen.current)
        assert walked == ids
        await seen.press(*["K"] * len(ids))
        assert seen.current == ids[0]
        for key in [*["less_than_sign"] * 5, *["greater_than_sign"] * 5]:
            await seen.press(key)
            assert seen.current in ids
