"""One selection everywhere: what every view counts, and what is put back when a query goes."""

import csv
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.explorer.conftest import Explore
from tests.explorer.seen import Seen, until
from tests.support import Fields, dossier, event, overview, table
from tui.dossier.dossier import Dossier
from tui.dossier.query import parse
from tui.dossier.search import search
from tui.dossier.vocabulary import FACETS
from tui.explorer.views.commitments_screen import CommitmentsScreen
from tui.explorer.views.map_screen import MapScreen
from tui.explorer.views.meetings_screen import MeetingsScreen
from tui.explorer.views.timeline_screen import TimelineScreen
from tui.notebook import Notebook, key_of

ENCOUNTERS = ("summit", "visit", "meeting")
#: Longer than the pause after which what was found is ranked in a test.
PAUSE = 0.06


async def find(seen: Seen, query: str) -> None:
    """Type a query and wait until all follows."""
    await seen.press("slash", *query)
    await seen.pilot.pause(PAUSE)
    await seen.settle()


def found(source: Dossier, query: str) -> list[str]:
    """The ids of the events that a query finds, as the command `find` says."""
    rows = search(source, parse(query), 10_000).rows
    return [row.id for row in rows if row.kind == "event"]


def listed(seen: Seen) -> list[str]:
    """The ids of what the middle pane lists, headings left out."""
    state = seen.screen.state
    return [row.id for row in state.dossier.rows(state.shown.listing.events)]


def events_of(seen: Seen) -> list[str]:
    """The ids of the events among them, in order."""
    state = seen.screen.state
    return [row.id for row in state.dossier.rows(state.shown.listing.events) if row.lo]


def everything(seen: Seen) -> tuple[object, ...]:
    """All that has to be put back, with every cell of the screen."""
    now, events = seen.screen.state, seen.pane("events")
    return (
        now.facet, now.value, now.current, now.pane, now.zen, now.found, now.order,
        seen.pane("facets").cursor, events.cursor, events.top, seen.page.top, seen.focused,
        now.shown.heading, list(now.shown.listing.rows), now.shown.words, seen.text,
    )  # fmt: skip


# -- the total of each view is that of the selection

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


async def test_who_met_whom_counts_within_the_selection(selected) -> None:  # type: ignore[no-untyped-def]
    async with selected() as (seen, ids):
        small = seen.screen.state.dossier
        met = sum(small.row(id_).type in ENCOUNTERS for id_ in ids)
        await seen.press("w")
        assert isinstance(seen.app.screen, MeetingsScreen)
        assert f"{met} of {len(ids)} events" in seen.text
        assert seen.screen.state.selection_name in seen.text


async def test_the_map_shows_the_selection(selected) -> None:  # type: ignore[no-untyped-def]
    async with selected() as (seen, ids):
        small = seen.screen.state.dossier
        placed = sum(small.row(id_).place is not None for id_ in ids)
        await seen.press("M")
        assert isinstance(seen.app.screen, MapScreen)
        assert f"{placed} of {len(ids)} events at" in seen.text
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


# -- left, middle and right agree


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


# -- order, what is planned, the opening

WHOLE = dossier(
    event("process-2020", title="The process", date="2020-01-01/2026-12-31", type="chairmanship"),
    event("first-2020", title="First talks", date="2020-01-20", part_of="process-2020"),
    event("later-2023", title="Later talks", date="2023-05-05", part_of="process-2020"),
    event("sign-2023", title="Signing", date="2023-05-06", part_of="later-2023"),
    event("next-2027", title="A visit to come", date="2027-01"),
    event("soon-2026", title="A summit to come", date="2026-03-01"),
    meta=table(overview(as_of="2026-02-01")),
)


async def test_what_is_planned_stands_apart_and_one_opens_on_what_has_happened(
    explore: Explore, made: Callable[[Fields], Dossier]
) -> None:
    async with explore(120, 24, dossier=made(WHOLE)) as seen:
        assert seen.current == "later-2023"
        listing = seen.screen.state.shown.listing
        assert [listing.heading(row) or seen.screen.state.dossier.row_at(listing.rows[row]).id
                for row in range(len(listing))] == [
            "planned", "next-2027", "soon-2026", "2023", "later-2023", "sign-2023",
            "2020", "process-2020", "first-2020",
        ]  # fmt: skip
        middle = [line.split("││")[1].rstrip() for line in seen.text.splitlines() if "││" in line]
        assert middle[0].strip() == "planned"
        assert "Later talks · The process" in middle[4], "the far whole is named behind it"
        assert "└" in middle[5]
        assert "The process" not in middle[5] + middle[8].replace("First", "")
        await seen.press("s")
        assert seen.said == ["oldest first"]
        assert seen.current == "later-2023", "the record stays"
        assert events_of(seen) == [
            "process-2020", "first-2020", "later-2023", "sign-2023", "soon-2026", "next-2027",
        ]  # fmt: skip
        await seen.press("2", "G")
        assert seen.current == "next-2027"
        await seen.press("1", "v", "y")
        years = seen.screen.state.values
        assert [years.at(i).label for i in range(1, len(years))] == ["2027", "2026", "2023", "2020"]


async def test_the_name_of_a_far_whole_is_muted(
    explore: Explore, made: Callable[[Fields], Dossier]
) -> None:
    async with explore(160, 24, dossier=made(WHOLE)) as seen:
        styles = {
            segment.text.strip(): segment.style
            for segment in seen.pane("events").render_line(4)
            if segment.text.strip()
        }
        title, whole = styles["Later talks"], styles["· The process"]
        assert title
        assert whole
        assert title.color != whole.color


async def test_s_turns_what_was_found_best_newest_oldest(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "ferries")
        await seen.press("enter")
        best, order = listed(seen), []
        for words in ("newest first", "oldest first", "best first"):
            await seen.press("s")
            assert seen.said[-1] == words
            order.append(events_of(seen))
        assert (order[0][0], order[0][-1]) == ("toll-decision-2025", "amber-route-2025")
        assert (order[1][0], order[1][-1]) == ("lodz-summit-2025", "toll-decision-2025")
        assert listed(seen) == best
        assert set(order[0]) == set(order[1]) == set(order[2])
        assert seen.screen.state.order == "newest", "the order of the lists is another"


# -- the reader's own


async def test_what_is_marked_is_found_in_the_explorer(explore: Explore, small: Dossier) -> None:
    book = Notebook.open(key_of(small))
    book.mark("passes-treaty-2025")
    book.mark("anna-lukasik")
    book.set_note("lodz-accord-2025", "words")
    async with explore() as seen:
        await find(seen, "is:marked")
        assert set(listed(seen)) == {"passes-treaty-2025", "anna-lukasik"}
        await seen.press("enter", "left", "escape")
        await find(seen, "is:noted")
        assert listed(seen) == ["lodz-accord-2025"]
        await seen.press("escape", "2", "m")
        current = seen.current
        await until(seen, lambda: seen.page.remark == "marked")
        await find(seen, "is:marked")
        assert current in listed(seen)


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
