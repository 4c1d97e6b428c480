"""Around the panes: help, palette, sizes, and what is said."""

from collections.abc import Callable

import pytest

from tests.explorer.conftest import Explore
from tests.explorer.seen import until
from tests.support import Fields
from tui.dossier.dossier import Dossier
from tui.explorer.bindings import BINDINGS, Binding
from tui.explorer.dialogs.choices import PaletteDialog
from tui.explorer.screen import ExplorerScreen
from tui.explorer.views.help_screen import HelpScreen
from tui.text.glyphs import ASCII, UNICODE, Signs
from tui.text.layout import MEASURE

Make = Callable[[Fields], Dossier]


SIZES = [(120, 40), (100, 30), (99, 30), (80, 24), (60, 20), (59, 20), (48, 20), (30, 8), (10, 3)]


def declared() -> list[Binding]:
    """Every binding of the panes that a reader is told of."""
    places = ("anywhere", "app", "explorer", "list", "page")
    return [binding for place in places for binding in BINDINGS[place] if binding.help]


def test_every_binding_has_an_id_of_its_own_so_that_its_key_can_be_changed() -> None:
    ids = [binding.id for bindings in BINDINGS.values() for binding in bindings]
    assert all(ids)
    assert len(ids) == len(set(ids)) > 20


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_lists_every_key_that_is_bound(explore: Explore, key: str) -> None:
    async with explore(120, 90) as seen:
        await seen.press(key)
        assert isinstance(seen.app.screen, HelpScreen)
        bound = [binding for binding in declared() if binding.keys]
        assert [binding for binding in bound if binding.help[:40] not in seen.text] == []
        for shown in ("Ctrl+D", "PgDn", "Enter", "Shift+Tab", "→", "?"):
            assert shown in seen.text
        await seen.press("escape")
        assert isinstance(seen.app.screen, ExplorerScreen)


async def test_help_can_be_scrolled_where_it_is_low_and_opens_once(explore: Explore) -> None:
    async with explore(60, 12) as seen:
        await seen.press("f1", "f1", "question_mark")
        await seen.press("j", "j", "k")
        assert sum(isinstance(screen, HelpScreen) for screen in seen.app.screen_stack) == 1
        assert seen.dialog.top == 1


async def test_the_palette_offers_the_same_commands(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("ctrl+p")
        assert isinstance(seen.app.screen, PaletteDialog)
        offered = [help_ for _, help_ in seen.app.screen.list.rows]
        # In the left pane there is nothing to back out of.
        here = [each for each in declared() if not each.id.startswith(("page.", "app.palette"))]
        here = [each for each in here if each.id != "explorer.back"]
        assert [
            each for each in here if not any(row.startswith(each.help) for row in offered)
        ] == []
        assert len(offered) > 30
        await seen.press(*"next event")
        assert seen.dialog_lines[0].startswith("▌Next event")
        await seen.press("enter")
        assert seen.current == "gabala-summit-2025"


@pytest.mark.parametrize("size", [(4, 2), (10, 3), (30, 8)], ids=str)
async def test_the_palette_and_help_survive_small_windows(
    explore: Explore, size: tuple[int, int]
) -> None:
    async with explore(*size) as seen:
        await seen.press("ctrl+p")
        await seen.resize(3, 2)
        await seen.resize(80, 24)
        await seen.press("escape", "question_mark")
        await seen.resize(1, 1)
        await seen.resize(*size)


# -- sizes


@pytest.mark.parametrize(
    ("columns", "at_facets", "at_events", "at_page"),
    [
        (
            120,
            ["facets", "events", "page"],
            ["facets", "events", "page"],
            ["facets", "events", "page"],
        ),
        (80, ["facets", "events"], ["facets", "events"], ["events", "page"]),
        (48, ["facets"], ["events"], ["page"]),
        (30, ["facets"], ["events"], ["page"]),
    ],
)
async def test_the_width_decides_how_many_panes_show(
    explore: Explore, columns: int, at_facets: list[str], at_events: list[str], at_page: list[str]
) -> None:
    async with explore(columns, 24) as seen:
        assert seen.shown == at_facets
        await seen.press("right")
        assert seen.shown == at_events
        await seen.press("right")
        assert seen.shown == at_page
        await seen.press("left")
        assert seen.shown == at_events


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_size_can_be_walked_through(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(*size) as seen:
        await seen.press("j", "right", "j", "G", "right", "G", "pageup", "J", "K", "left", "left")
        assert seen.focused == "facets"
        assert all(len(line) <= size[0] for line in seen.text.splitlines())


async def test_resizing_through_all_sizes_keeps_the_place(explore: Explore) -> None:
    async with explore(at="lodz-accord-2025") as seen:
        for columns, rows in [*SIZES, (1, 1), (2, 40), (200, 2), (7, 5), *reversed(SIZES)]:
            await seen.resize(columns, rows)
            assert (seen.current, seen.focused) == ("lodz-accord-2025", "page")
        assert "Łódź Accord on ferries" in seen.text


@pytest.mark.parametrize("size", [(19, 10), (10, 3), (80, 4)], ids=str)
async def test_too_small_a_window_says_so(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(*size) as seen:
        assert seen.text.strip().startswith("Too s")
        await seen.resize(80, 24)
        assert "Too s" not in seen.text
        await seen.press("j")
        assert seen.screen.state.value == "amber-shore"


@pytest.mark.parametrize("columns", [30, 48, 59])
async def test_one_pane_and_help_use_the_full_width(explore: Explore, columns: int) -> None:
    async with explore(columns, 20) as seen:
        for key in ("1", "2", "3"):
            await seen.press(key)
            assert all(len(line) == columns for line in seen.text.splitlines()[1:-1])
        await seen.press("question_mark")
        assert seen.dialog.region.width == columns


@pytest.mark.parametrize("key", [*"twT?ypcemao/'", "ctrl+p"])
async def test_nothing_that_is_open_is_drawn_where_there_is_no_room(
    explore: Explore, key: str
) -> None:
    async with explore(at="lodz-accord-2025") as seen:
        await seen.press("m")
        await until(seen, lambda: "♦" in seen.text)  # the mark is written
        await seen.press(key)
        await seen.pilot.pause(0.06)  # the page of what is found comes after a pause
        before = seen.text
        for size in ((19, 10), (80, 4), (1, 1), (3, 40), (200, 1)):
            await seen.resize(*size)
            assert "Too small for Summitry".startswith(seen.text.strip().rstrip("…"))
        await seen.resize(120, 40)
        await until(seen, lambda: seen.text == before)


async def test_lists_show_the_cursor_after_the_window_was_made_low(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("2", "G")
        await seen.resize(120, 9)
        pane = seen.pane("events")
        lines = [pane.render_line(y).text for y in range(pane.size.height)]
        assert any("Dispute over the passes" in line for line in lines), lines


@pytest.mark.parametrize("columns", [80, 100, 120, 200])
async def test_the_panes_share_the_room_by_need(
    explore: Explore, shipped: Dossier, columns: int
) -> None:
    async with explore(columns, dossier=shipped) as seen:
        facets, events, page = (seen.pane("facets"), seen.pane("events"), seen.page)
        widths = [pane.outer.width for pane in (facets, events, page) if pane.display]
        assert sum(widths) == columns
        rows = [f"{value.label} {value.total}" for value in shipped.values("region")]
        longest = max(rows, key=len)
        assert longest in seen.text, "the longest name and its count, and no more"
        assert facets.outer.width == len(longest) + 5
        if columns == 200:
            assert page.measure == MEASURE
            assert events.outer.width > 95
        elif columns >= 100:
            assert 0 <= page.outer.width - events.outer.width < columns // 8


async def test_a_wider_measure_takes_room_from_the_events(
    explore: Explore, shipped: Dossier
) -> None:
    async with explore(200, dossier=shipped) as seen:
        before = seen.pane("events").outer.width
        await seen.press("3", "plus")
        assert seen.page.measure == MEASURE + 6
        assert seen.pane("events").outer.width == before - 6
        await seen.press(*["plus"] * 9)
        assert seen.said[-1].endswith("as wide as this pane")
        assert seen.pane("events").outer.width > 70


async def test_a_long_facet_leaves_room_for_the_events(explore: Explore, shipped: Dossier) -> None:
    async with explore(120, dossier=shipped) as seen:
        seen.screen.state.group_by("actor")
        seen.screen.show()
        assert seen.pane("facets").outer.width <= 30


# -- what is said


async def test_the_answer_to_a_key_goes_with_the_next_and_a_complaint_stays(
    explore: Explore,
) -> None:
    async with explore() as seen:
        await seen.press("right_square_bracket")
        assert "nothing further forward" in seen.text
        seen.app.complain("the disk is full")
        await seen.press("j")
        assert "nothing further forward" not in seen.text
        assert "the disk is full" in seen.text


# -- the signs, and the footer that names what is needed next


@pytest.mark.parametrize("signs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("size", [(120, 40), (80, 24), (48, 20)], ids=str)
async def test_help_says_at_every_size_what_each_sign_means(
    explore: Explore, size: tuple[int, int], signs: Signs
) -> None:
    async with explore(*size, signs=signs) as seen:
        await seen.press("question_mark")
        said = " ".join(seen.dialog_lines)
        for sign, meaning in signs.meanings():
            assert f"{sign} {meaning}" in said


@pytest.mark.parametrize(
    ("keys", "offered"),
    [
        ("1", ["→ open", "/ find", "v group by"]),
        ("2", ["→ open", "/ find", "← back"]),
        ("3", ["f follow", "← back", "/ find", "c sources"]),
        ("3f", ["a-z type a letter", "Esc no letters"]),
        ("3y", ["a-z type a letter", "Esc closes"]),
        ("3yc", ["f follow", "← back", "/ find", "c sources"]),  # no letter is waited for any more
    ],
)
async def test_a_short_footer_names_what_is_needed_next(
    explore: Explore, keys: str, offered: list[str]
) -> None:
    async with explore(80, 24, at="lodz-accord-2025") as seen:
        await seen.press(*keys)
        foot = seen.text.splitlines()[-1]
        assert "  ".join(offered) in foot
        await seen.press("escape")
        assert "type a letter" not in seen.text


async def test_the_palette_lists_each_command_once_and_moving_about_last(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("3", "ctrl+p")
        assert isinstance(seen.app.screen, PaletteDialog)
        names = [name for name, _ in seen.app.screen.list.rows]
        assert len(names) == len(set(names))
        assert names.index("Timeline") < names.index("Next pane") < names.index("Down")
        assert names[0] == "Find"
