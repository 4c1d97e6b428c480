"""The strip, the timeline and the commitments, by keys and by mouse."""

from pathlib import Path

import pytest

from tests.explorer.conftest import Explore
from tests.explorer.seen import until
from tests.explorer.test_snapshots import compare
from tests.support import dossier, event, table
from tui.dossier.dossier import Dossier
from tui.explorer.screen import ExplorerScreen
from tui.explorer.views.commitments_screen import CommitmentsScreen
from tui.explorer.views.timeline_screen import TimelineScreen
from tui.text.glyphs import ASCII, UNICODE

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "160x50": (160, 50)}


def timeline(seen) -> TimelineScreen:  # type: ignore[no-untyped-def]
    assert isinstance(seen.app.screen, TimelineScreen)
    return seen.app.screen


# -- the strip


async def test_the_strip_follows_what_is_listed(explore: Explore) -> None:
    async with explore() as seen:
        line = seen.text.splitlines()[-2]
        assert line.split()[0] == "1990"
        assert "2025" in line
        await seen.press("j")
        assert seen.text.splitlines()[-2] != line
        assert "1990" not in seen.text.splitlines()[-2]
        await seen.press("slash", *"treaty")
        await seen.pilot.pause(0.06)
        assert seen.text.splitlines()[-2].split()[0] != "1990"


async def test_the_strip_moves_by_a_quarter_and_by_a_click(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("2", "G")
        assert seen.current == "passes-dispute-1990"
        await seen.press("greater_than_sign")
        assert seen.current == "harbour-opening-2020"
        await seen.press("less_than_sign", "less_than_sign")
        assert seen.current == "passes-dispute-1990"
        y = seen.app.size.height - 2
        strip = seen.text.splitlines()[y]
        x = strip.index("2020")
        bar = next(i for i in range(x + 5, x + 20) if strip[i] in "▁▂▃▄▅▆▇█")
        await seen.click((bar, y))
        assert seen.current == "harbour-opening-2020"


@pytest.mark.parametrize(
    ("size", "shown"), [((80, 12), True), ((80, 11), False), ((59, 24), False)]
)
async def test_the_strip_gives_way_where_there_is_little_room(
    explore: Explore, size: tuple[int, int], shown: bool
) -> None:
    async with explore(*size) as seen:
        assert bool(seen.screen.query_one("#strip").region.area) is shown


# -- the timeline


async def test_it_opens_at_the_present_event_and_goes_back(explore: Explore) -> None:
    async with explore(at="lodz-summit-2025") as seen:
        await seen.press("t", "plus", "plus")
        assert "August 2025 · " in seen.text
        assert seen.screen.state.current in timeline(seen)._stop().events
        await seen.press("escape")
        assert isinstance(seen.app.screen, ExplorerScreen)
        assert (seen.current, seen.focused) == ("lodz-summit-2025", "page")


@pytest.mark.parametrize("size", [*SIZES.values(), (48, 14), (20, 6)], ids=str)
@pytest.mark.parametrize("unit", ["decade", "year", "quarter", "month"])
async def test_every_mark_is_reached_by_keys(
    explore: Explore, size: tuple[int, int], unit: str
) -> None:
    async with explore(*size) as seen:
        await seen.press("t", "minus", "minus", "minus", "minus")
        await seen.press(*["plus"] * ["decade", "year", "quarter", "month"].index(unit))
        screen = timeline(seen)
        assert screen._plan
        assert screen._plan.unit == unit
        lanes = screen._chart.lanes
        reached: dict[str, set[int]] = {lane.label: set() for lane in lanes}
        await seen.press(*["up"] * len(lanes))
        for lane in lanes:
            screen.action_edge(-1)
            for _ in lane.events:
                reached[lane.label] |= set(screen._stop().events)
                assert screen._start <= screen._cell < screen._start + screen._plan.shown or (
                    screen._stop().bar
                )
                screen.action_step(1)
            screen.action_lane(1)
        assert reached == {lane.label: set(lane.events) for lane in lanes}


async def test_left_and_right_step_in_time_up_and_down_change_lane(explore: Explore) -> None:
    async with explore(at="lodz-summit-2025") as seen:
        await seen.press("t", *["plus"] * 3)
        screen = timeline(seen)
        days = []
        await seen.press("home")
        for _ in screen._chart.lanes[screen._lane].events:
            days.append(screen._cell)
            await seen.press("right")
        assert days == sorted(days)
        lane = screen._lane
        await seen.press("down")
        assert screen._lane == lane + 1
        await seen.press("up", "up", "up")
        assert screen._lane == 0


async def test_enter_opens_the_event_in_the_panes(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("t", *["plus"] * 3, "end")
        screen = timeline(seen)
        assert not screen._stop().crowded
        n, lane = screen._n, screen._chart.lanes[screen._lane]
        await seen.press("enter")
        assert isinstance(seen.app.screen, ExplorerScreen)
        assert (seen.screen.state.current, seen.focused) == (n, "page")
        assert seen.screen.state.value == lane.key
        await seen.press("left_square_bracket")
        assert (seen.current, seen.focused) == ("toll-decision-2025", "facets")


async def test_a_crowded_cell_opens_into_its_list(explore: Explore, made) -> None:  # type: ignore[no-untyped-def]
    events = [event(f"e-{n:02}", regions=["r"], title=f"Meeting {n}") for n in range(15)]
    found = made(dossier(*events, regions=table({"id": "r", "name": "Rim"})))
    async with explore(80, 24, dossier=found) as seen:
        await seen.press("t")
        assert "15 events" in seen.text
        await seen.press("enter")
        assert seen.screen.state.shown.heading == "Rim · August 2025 · 15 events"
        assert len(seen.screen.state.shown.listing.events) == 15
        assert seen.focused == "events"
        await seen.press("j")
        assert seen.current == "e-01"
        await seen.press("left", "escape")
        assert seen.screen.state.found is None
        assert (seen.current, seen.focused) == ("e-00", "facets"), "as it was before"


async def test_zoom_keeps_the_event_and_fit_shows_all(explore: Explore) -> None:
    async with explore(at="amber-route-2025") as seen:
        await seen.press("t")
        screen = timeline(seen)
        n = screen._n
        await seen.press("plus", "plus", "minus", "plus", "0")
        assert screen._n == n
        assert screen._plan
        assert screen._plan.shown == screen._plan.last - screen._plan.first + 1


async def test_the_lanes_can_be_of_another_facet(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("t", "v")
        assert "Timeline · Types" in seen.text
        await seen.press("t", "v", "t", "t")
        assert timeline(seen)._chart.facet == "type"


async def test_a_click_goes_to_a_mark(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("t", "G", "home")
        screen = timeline(seen)
        before = screen._n
        line = next(i for i, text in enumerate(seen.text.splitlines()) if "Mountain Rim 11" in text)
        row = seen.text.splitlines()[line]
        x = max(i for i, sign in enumerate(row) if sign not in " ›▸━┄")
        await seen.click((x, line))
        assert screen._n != before


async def test_a_dossier_without_events_has_a_timeline_that_says_so(explore: Explore, made) -> None:  # type: ignore[no-untyped-def]
    async with explore(dossier=made(dossier())) as seen:
        await seen.press("t")
        await seen.press("left", "down", "plus", "0", "home", "T", "enter")
        assert "no events recorded" in seen.text


@pytest.mark.parametrize("key", ["t", "T"])
async def test_they_survive_every_size(explore: Explore, key: str) -> None:
    async with explore(at="lodz-accord-2025") as seen:
        await seen.press(key)
        for size in [(1, 1), (200, 2), (3, 60), (80, 24), (7, 5), (120, 40)]:
            await seen.resize(*size)
            await seen.press("right" if key != "T" else "down", "down", "up")
        assert seen.app.is_running


# -- commitments


async def test_the_chain_of_an_agreement_and_the_way_to_its_records(explore: Explore) -> None:
    async with explore(at="lodz-accord-2025") as seen:
        await seen.press("T")
        assert isinstance(seen.app.screen, CommitmentsScreen)
        assert "Commitments · Łódź Accord on ferries" in seen.text
        await seen.press("home", "enter")
        assert seen.focused == "page"
        first = seen.current
        await seen.press("T")
        assert "Commitments" in seen.text
        await seen.press("escape")
        assert seen.current == first


# -- pictures


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES)
async def test_the_timeline(explore: Explore, size: str, theme: str, tmp_path: Path) -> None:
    async with explore(*SIZES[size], at="lodz-accord-2025") as seen:
        seen.app.theme = theme
        await seen.press("t")
        compare(f"timeline-{size}-{theme}", seen.app.export_screenshot(), tmp_path)


@pytest.mark.parametrize("signs", [UNICODE, ASCII], ids=["unicode", "ascii"])
async def test_the_commitments(explore: Explore, signs, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    async with explore(80, 24, at="lodz-accord-2025", signs=signs) as seen:
        await seen.press("T")
        assert not signs.ascii or seen.text.isascii()
        words = "ascii" if signs.ascii else "unicode"
        compare(f"commitments-80x24-{words}", seen.app.export_screenshot(), tmp_path)


async def test_the_timeline_is_ascii_where_it_must_be(explore: Explore) -> None:
    async with explore(signs=ASCII) as seen:
        for key in ("t", "plus", "plus", "0", "v"):
            await seen.press(key)
            assert seen.text.isascii()


async def test_the_strip_and_the_timeline_tell_of_events_before_those_in_view(
    explore: Explore, shipped: Dossier
) -> None:
    async with explore(80, 24, dossier=shipped) as seen:
        await until(seen, lambda: seen.text.splitlines()[-2].startswith(" 5 earlier  2020 "))
        await seen.pilot.click("#strip", offset=(3, 0))
        assert seen.screen.state.row
        assert str(seen.screen.state.row.date) < "2020"
        await seen.press("2", "G", "t")
        assert "‹ 5 earlier" in seen.text
        assert "2020" in seen.text
        await seen.press("0")
        assert "earlier" not in "".join(seen.text.splitlines()[:-1])
