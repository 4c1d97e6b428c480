"""Find: results while typing, what is said, what is marked, at every size."""

from collections.abc import Callable

import pytest
from textual.widgets import Input

from tests.explorer.conftest import Explore
from tests.explorer.finding import PAUSE, find, listed
from tests.explorer.seen import Seen, until
from tests.support import Fields, dossier, event, table
from tui.dossier.dossier import Dossier
from tui.dossier.query import parse
from tui.dossier.search import search
from tui.explorer.panes.events_pane import EventsPane
from tui.notebook import Notebook, key_of
from tui.text.glyphs import ASCII


def looks(seen: Seen, pane: str, word: str) -> set[str]:
    """How a word is drawn in a pane, one style a place."""
    widget = seen.page if pane == "page" else seen.pane(pane)
    return {
        str(segment.style)
        for y in range(widget.size.height)
        for segment in widget.render_line(y)
        if segment.text.strip() == word
    }


async def test_results_narrow_as_it_is_typed_best_first(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("slash")
        assert seen.focused == "find"
        everything = len(listed(seen))
        assert everything == 14
        counts = []
        for letter in "gabala":
            await seen.press(letter)
            counts.append(len(listed(seen)))
        assert counts == sorted(counts, reverse=True)
        assert 0 < counts[-1] < everything
        await seen.pilot.pause(PAUSE)
        small = seen.screen.state.dossier
        assert listed(seen) == [row.id for row in search(small, parse("gabala"), 500).rows]
        assert listed(seen)[0] == "gabala-summit-2025"
        assert "─ gabala · 2 events · 1 more ─" in seen.text


async def test_what_is_found_stands_with_its_date_and_region_under_no_heading(
    explore: Explore,
) -> None:
    async with explore(160) as seen:
        await find(seen, "accord")
        line = next(line for line in seen.text.splitlines() if "✎ Łódź Accord on ferries" in line)
        assert "8 Aug 2025" in line
        assert "Amber Shore" in line
        assert not [n for n in seen.screen.state.shown.listing.rows if n < 0]


@pytest.mark.parametrize(
    ("columns", "said"),
    [(200, ("8 Aug 2025", "Amber Shore")), (92, ("8 Aug 2025",)), (74, ("2025",)), (67, ("",))],
)
async def test_region_and_date_give_way_before_the_title(
    explore: Explore, made: Callable[[Fields], Dossier], columns: int, said: tuple[str, ...]
) -> None:
    title = "Accord on the ferries, the buoys and tolls"
    regions = table({"id": "amber", "name": "Amber Shore"})
    found = made(dossier(event(title=title, regions=["amber"]), regions=regions))
    async with explore(columns, dossier=found) as seen:
        await find(seen, "accord")
        row = next(line for line in seen.text.splitlines() if title in line)
        rest = row.partition(title)[2].partition("│")[0].strip(" ▐")
        assert all(words in rest for words in said)
        assert rest or said == ("",)


async def test_the_page_follows_what_is_under_the_cursor(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "gabala")
        assert (seen.page.page and seen.page.page.id) == "gabala-summit-2025"
        await seen.press("down")
        await seen.pilot.pause(PAUSE)
        assert (seen.page.page and seen.page.page.id) == listed(seen)[1]


async def test_the_arrows_move_while_typing_goes_on(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "e")
        ids = listed(seen)
        await seen.press("down", "down", "up", "down")
        assert (seen.focused, seen.current) == ("find", ids[2])
        await seen.press("pagedown")
        assert seen.current in ids[3:]
        await seen.press("pageup", "pageup")
        assert seen.current == ids[0]
        await seen.press("x")
        assert seen.screen.query_one("#find", Input).value == "ex"


async def test_a_cursor_that_was_moved_stays_when_the_typing_pauses(
    explore: Explore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.explorer.finder.PAUSE", 0.3)
    async with explore() as seen:
        await seen.press("slash", *"summit", "down")
        chosen = seen.current
        await seen.pilot.pause(0.4)
        assert seen.current == chosen


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("xqzvvv", 'no "xqzvvv"'),
        ("lotz", 'no "lotz"; showing "lodz"'),
        ("region:nowhere", 'no region "nowhere"; there is Amber Shore'),
        ("foo:x y", "unknown field"),
        ("on:soon", "is not a date"),
        ("region:", "wants a value"),
        ('"open', "unbalanced quote"),
    ],
)
async def test_what_was_not_found_is_said_once_the_typing_pauses(
    explore: Explore, query: str, words: str
) -> None:
    async with explore(200) as seen:
        await find(seen, query)
        assert words in seen.text


async def test_what_is_not_finished_yet_is_not_complained_about(
    explore: Explore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.explorer.finder.PAUSE", 60)
    async with explore(200) as seen:
        await seen.press("slash")
        for letter in "type:agreement on:2025-08":
            await seen.press(letter)
            assert not any(
                words in seen.text for words in ("unknown", "not a date", "wants a value")
            ), letter
        assert set(listed(seen)) == {"lodz-accord-2025", "ferry-protocol-2025"}


async def test_words_are_marked_in_the_list_and_on_the_page(explore: Explore) -> None:
    async with explore(160) as seen:
        before = looks(seen, "page", "passes")
        await find(seen, "passes")
        in_list = looks(seen, "events", "passes")
        assert any("underline" in look or "bold" in look or "on " in look for look in in_list)
        await seen.press("enter")
        assert looks(seen, "page", "passes") - before, "drawn as it was not before"


async def test_words_are_marked_however_they_are_spelt(explore: Explore) -> None:
    async with explore(160) as seen:
        await find(seen, "qebele")
        assert looks(seen, "events", "Qəbələ")


async def test_keys_that_are_commands_elsewhere_are_letters_in_the_bar(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("slash", *"jkqvzfnN123?[]hl'")
        assert seen.screen.query_one("#find", Input).value == "jkqvzfnN123?[]hl'"
        assert seen.app.is_running
        assert seen.screen.state.facet == "region"


async def test_the_bar_is_empty_when_it_is_opened_again(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "ferries")
        await seen.press("escape", "slash")
        assert seen.screen.query_one("#find", Input).value == ""
        assert len(listed(seen)) == 14


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (48, 20), (30, 8)], ids=str)
async def test_find_works_at_every_size(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(*size) as seen:
        before = seen.shown
        await find(seen, "gabala")
        assert "events" in seen.shown
        assert "Summit in Q" in seen.text
        assert seen.screen.query_one("#find").region.area
        assert all(len(line) <= size[0] for line in seen.text.splitlines())
        await seen.press("escape")
        assert seen.shown == before
        await find(seen, "treaty")
        await seen.press("enter")
        assert "page" in seen.shown
        assert "Treaty on the passes" in seen.text


async def test_find_survives_resizing(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "gabala")
        for size in ((48, 20), (10, 3), (120, 40)):
            await seen.resize(*size)
        assert seen.focused == "find"
        await seen.press("enter")
        assert seen.current == "gabala-summit-2025"


async def test_find_is_plain_ascii_where_it_must_be(explore: Explore) -> None:
    async with explore(signs=ASCII) as seen:
        await find(seen, "lodz")
        assert seen.text.isascii()
        assert "Summit in Lodz" in seen.text


async def test_find_in_a_dossier_without_events(explore: Explore, made) -> None:  # type: ignore[no-untyped-def]
    async with explore(dossier=made(dossier())) as seen:
        await find(seen, "x")
        assert 'no "x"' in seen.text
        await seen.press("enter", "escape", "n", "N")
        assert seen.focused == "facets"


async def test_markup_in_what_is_typed_and_found_stands_as_it_is(explore: Explore, made) -> None:  # type: ignore[no-untyped-def]
    found = dossier(
        event(title="[/x] [bold]b[/bold]", regions=["r"]), regions=table({"id": "r", "name": "R"})
    )
    async with explore(dossier=made(found)) as seen:
        await find(seen, "[bold]")
        assert "[/x] [bold]b[/bold]" in seen.text
        await find(seen, "[/x]q")
        assert '"[/x]q"' in seen.text or "[/x]q" in seen.text


async def test_a_click_on_a_result_chooses_it(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "ferries")
        ids = listed(seen)
        pane = seen.screen.query_one(EventsPane)
        await seen.pilot.click(EventsPane, offset=(12, ids.index("ferry-protocol-2025") + 1))
        await seen.settle()
        assert pane.cursor == ids.index("ferry-protocol-2025")
        assert seen.current == "ferry-protocol-2025"


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
