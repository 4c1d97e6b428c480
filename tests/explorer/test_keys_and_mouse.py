"""Where keys meet the mouse, timers and other programs: what came first is done with first."""

import fcntl
import time
from pathlib import Path

import pytest
from textual.events import Key, MouseDown, MouseUp

from tests.explorer.conftest import Explore
from tests.explorer.seen import Seen, until
from tui.dossier.safe_text import clean
from tui.explorer.key_map import read_keymap
from tui.files import StoreError

ACCORD = "lodz-accord-2025"


def post_click(seen: Seen, place: tuple[int, int], *, chain: int = 1) -> None:
    """Send what a terminal sends for a click, without waiting for what it does."""
    x, y = place
    for kind in (MouseDown, MouseUp) * chain:
        seen.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))


def post_keys(seen: Seen, *keys: str) -> None:
    for key in keys:
        seen.app.post_message(Key(key, key if len(key) == 1 else None))


async def test_keys_after_a_click_in_the_footer_are_typed_into_find(explore: Explore) -> None:
    async with explore() as seen:
        post_click(seen, seen.place_of("/ find"))
        post_keys(seen, *"lodz")
        await seen.settle()
        assert (seen.focused, seen.screen.finder.bar.value) == ("find", "lodz")


async def test_a_double_click_in_a_dialog_is_done_before_the_next_key(explore: Explore) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("p")
        lines = seen.text.splitlines()
        y = next(y for y, line in enumerate(lines) if "Amber Shore" in line and "list" in line)
        post_click(seen, (lines[y].index("list"), y), chain=2)
        post_keys(seen, "j")
        await seen.settle()
        assert seen.focused == "events"
        assert seen.current != ACCORD


async def test_a_double_click_in_the_palette_runs_the_command(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("ctrl+p", *"timeline")
        post_click(seen, seen.place_of("When: events on lanes"), chain=2)
        await until(seen, lambda: "Timeline · " in seen.text)


async def test_another_page_ends_a_drag(explore: Explore) -> None:
    async with explore(rows=24, at=ACCORD) as seen:
        x, y = seen.place_of("Anna Łukasik")
        seen.app.post_message(MouseDown(None, x, y, 0, 0, 1, False, False, False, x, y))
        post_keys(seen, "G", "J", "J", "J")
        seen.app.post_message(MouseUp(None, x, y, 0, 0, 1, False, False, False, x, y))
        await seen.settle()
        assert seen.page.selected_text == ""
        assert seen.app.is_running


async def test_a_click_among_what_was_found_stays_when_it_is_ranked(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("/", *"passes")
        x, y = seen.place_of("Treaty on the passes")
        await seen.click((x, y))
        chosen = seen.current
        await seen.pilot.pause(0.4)
        assert seen.current == chosen == "passes-treaty-2025"


@pytest.mark.parametrize("name", ["Amber Shore", "Mountain Rim"])
async def test_a_click_on_a_value_keeps_what_was_found_and_narrows_it(
    explore: Explore, name: str
) -> None:
    async with explore() as seen:
        await seen.press("/", *"ferries")
        await seen.pilot.pause(0.06)
        await seen.click(seen.place_of(name))
        assert seen.focused == "facets"
        assert seen.breadcrumb[1] == f"ferries · {name}"
        value = seen.screen.state.value
        assert value == name.lower().replace(" ", "-")
        listed = seen.screen.state.dossier.rows(seen.screen.state.shown.listing.events)
        assert listed
        assert all(value in row.regions for row in listed if row.kind == "event")
        await seen.press("escape")
        assert (seen.breadcrumb[1], seen.focused) == ("All", "facets")


async def test_a_click_beside_a_query_that_finds_nothing_puts_everything_back(
    explore: Explore,
) -> None:
    for query in ("", "xqzvvv"):
        async with explore() as seen:
            await seen.press("j", "/", *query)
            await seen.pilot.pause(0.06)
            await seen.click((seen.page.region.x + 5, seen.page.region.bottom - 2))
            assert (seen.focused, seen.breadcrumb[1]) == ("page", "Amber Shore")
            assert seen.screen.state.found is None


async def test_scrolling_and_clicking_end_the_letters(explore: Explore) -> None:
    async with explore(rows=14, at=ACCORD) as seen:
        await seen.press("3", "f")
        assert seen.page.hints
        seen.page.set_top(3)
        assert not seen.page.hints
        await seen.press("f")
        await seen.click(seen.place_of("Regions"))
        assert not seen.page.hints


async def test_a_busy_notebook_does_not_hold_up_the_keys(explore: Explore, home: Path) -> None:
    lock = home / "state" / "summitry" / "notebook.json.lock"
    lock.parent.mkdir(parents=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        async with explore(at=ACCORD) as seen:
            began = time.monotonic()
            await seen.press("m", "j", "m")
            assert seen.page.remark == "", "marked, and unmarked again"
            await seen.press("m", "t")
            assert "Timeline" in seen.text
            assert time.monotonic() - began < 4, "as long as the notebook was waited for"
            await seen.press("q")
            assert seen.page.remark == "marked"
            fcntl.flock(held, fcntl.LOCK_UN)
            await until(seen, lambda: seen.said[-1:] == ["marked: Łódź Accord on ferries"])


async def test_a_note_typed_while_the_program_was_stopped_is_still_saved(explore: Explore) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("a", "x")
        panel = seen.screen.notes.panel
        assert panel is not None
        panel._since -= 10  # the first unsaved letter is long ago, as after a stalled line
        await seen.press("y")
        await until(seen, lambda: not panel.unsaved)
        await seen.press("z")
        await until(seen, lambda: not panel.unsaved)


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('"palette.open" = "x"', "palette.open: a character is typed there"),
        ('"find.open" = "a"', "find.open: a character is typed there"),
        ('"list.down" = "f"', "list.down: page.hint has that key"),
        ('"choice.choose" = "j"', "choice.choose: list.down has that key"),
        ('"timeline.open" = "ctrl+p"', "timeline.open: app.palette has that key"),
    ],
)
def test_a_key_that_would_take_another_away_is_refused(
    tmp_path: Path, toml: str, says: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f"[keys]\n{toml}\n", "utf-8")
    with pytest.raises(StoreError) as error:
        read_keymap(str(config))
    assert says in clean(str(error.value))
