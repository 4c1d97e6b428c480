"""Around the panes: help, palette, sizes, themes, hostile text, selection."""

from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.style import Style

from tests.explorer.conftest import Explore
from tests.explorer.seen import Seen, until
from tests.support import Fields, dossier, event, overview, table
from tui.dossier.dossier import Dossier
from tui.explorer.bindings import BINDINGS, Binding
from tui.explorer.dialogs.choices import PaletteDialog
from tui.explorer.key_map import Keymap
from tui.explorer.panes.status_lines import shortened
from tui.explorer.screen import ExplorerScreen
from tui.explorer.views.help_screen import HelpScreen
from tui.text.glyphs import ASCII, UNICODE, Signs

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
        await seen.press("m", key)
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


# -- the breadcrumb

WASHINGTON = ("Regions", "United States", "Washington Summit", "Joint Declaration")


def washington(made: Make) -> Dossier:
    """The way of four steps that is the design's example."""
    summit = event("summit-2025", title=WASHINGTON[2], regions=["usa"])
    declaration = event("declaration-2025", title=WASHINGTON[3], part_of="summit-2025")
    return made(dossier(summit, declaration, regions=table({"id": "usa", "name": WASHINGTON[1]})))


@pytest.mark.parametrize(
    ("size", "way"),
    [
        ((120, 40), "Regions › United States › Washington Summit › Joint Declaration "),
        ((100, 30), "Regions › United Sta… › Washington… › Joint Declaration "),
        ((80, 24), "… › Joint Declaration "),
        ((60, 20), "… › Joint Declaration "),
    ],
    ids=str,
)
async def test_the_breadcrumb_tells_the_way_beside_the_keys(
    explore: Explore, made: Make, size: tuple[int, int], way: str
) -> None:
    async with explore(*size, dossier=washington(made), at="declaration-2025") as seen:
        await seen.press("3")
        foot = seen.text.splitlines()[-1]
        assert foot.startswith(f" {way}")
        assert foot.endswith("? help  q quit")
        assert " f follow " in foot


async def test_the_breadcrumb_above_one_pane_tells_the_steps_above(
    explore: Explore, made: Make
) -> None:
    async with explore(48, 20, dossier=washington(made), at="declaration-2025") as seen:
        assert seen.text.splitlines()[0] == " … › United S… › Washingto… › Joint Declaration"


async def test_the_keys_take_what_a_short_way_leaves(explore: Explore) -> None:
    async with explore() as seen:
        foot = seen.text.splitlines()[-1]
        assert foot.startswith(" Regions › All › ")
        assert all(name in foot for name in seen.keys)


async def test_help_and_quit_stay_beside_the_longest_way(explore: Explore, made: Make) -> None:
    long = "A title that goes on and on, " * 8
    events = [
        event(f"e-{n}-2025", title=f"{n}: {long}", **({"part_of": f"e-{n - 1}-2025"} if n else {}))
        for n in range(6)
    ]
    async with explore(dossier=made(dossier(*events)), at="e-5-2025") as seen:
        for columns in range(60, 124, 7):
            await seen.resize(columns, 24)
            foot = seen.text.splitlines()[-1]
            assert foot.endswith("? help  q quit")
            assert foot.startswith(" … › ")
            assert "5: A" in foot


@pytest.mark.parametrize("signs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize(
    "way",
    [
        WASHINGTON,
        ("Regions", "All", "Karabakh conflict"),
        ("Years", "2025"),
        ("Places", "Xankəndi", "a" * 90, "b" * 90, "c" * 90, "首脳会談首脳会談首脳会談首脳会談"),
        (),
    ],
    ids=lambda way: str(len(way)),
)
def test_a_way_is_cut_before_steps_are_left_out_which_is_said(
    way: tuple[str, ...], signs: Signs
) -> None:
    separator = f" {signs.step} "
    for width in range(1, 130):
        shown = shortened(way, width, signs)
        line = separator.join(shown)
        assert cell_len(line) <= width
        whole = cell_len(separator.join(map(signs.plain, way))) <= width
        assert (shown == list(map(signs.plain, way))) == whole, "it is cut only where it must be"
        if width < 16 or not way:
            continue
        left_out = len(way) - len(shown)
        if shown[0] == signs.ellipsis:
            steps, left_out = shown[1:], left_out + 1
        else:
            steps = shown
            assert left_out == 0, "steps do not vanish without a sign"
        for step, said in zip(way[left_out:], steps, strict=True):
            assert signs.plain(step).startswith(said.removesuffix(signs.ellipsis))
            assert cell_len(said) >= min(4, cell_len(step))
        cut = [said for said in steps if said.endswith(signs.ellipsis)]
        assert cell_len(steps[-1]) >= max(map(cell_len, steps)) - 8 or steps[-1] not in cut


# -- looks


def links_and_words(seen: Seen) -> tuple[list[Style], list[Style]]:
    """How links to records and all else look on the lines of the page in view."""
    page = seen.page
    links: list[Style] = []
    words: list[Style] = []
    for row, line in enumerate(page._lines[: page.size.height]):
        for span, segment in zip(line.spans, page.segments(row, 80), strict=True):
            assert segment.style
            if span.link and span.role != "note":
                links.append(segment.style)
            elif span.text.strip():
                words.append(segment.style)
    return links, words


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_without_colour_and_in_that_of_the_terminal_links_are_underlined(
    explore: Explore, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    for plain in (False, True):
        if plain:
            monkeypatch.setenv("NO_COLOR", "1")
        async with explore(at="lodz-accord-2025") as seen:
            seen.app.theme = theme
            await seen.settle()
            links, words = links_and_words(seen)
            assert len(links) > 5
            assert {bool(style.underline) for style in links} == {plain or theme == "ansi-dark"}
            assert not any(style.underline for style in words)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark", "dracula"])
async def test_the_theme_can_be_changed_at_any_time(explore: Explore, theme: str) -> None:
    async with explore() as seen:
        before = seen.app.screen.styles.background
        strips = seen.pane("events").render_line(0)
        seen.app.theme = "textual-light" if theme == "textual-dark" else "textual-dark"
        await seen.settle()
        seen.app.theme = theme
        await seen.settle()
        assert "Summit in Łódź" in seen.text
        if theme == "textual-light":
            assert seen.app.screen.styles.background != before
            assert seen.pane("events").render_line(0) != strips, "old colours were kept"


async def test_with_ascii_signs_the_screen_is_ascii(explore: Explore) -> None:
    async with explore(at="lodz-accord-2025", signs=ASCII) as seen:
        for keys in (["1"], ["3", "G"], ["2", "v"]):
            await seen.press(*keys)
            assert seen.text.isascii(), [
                line for line in seen.text.splitlines() if not line.isascii()
            ]


async def test_with_ascii_signs_the_help_is_ascii(explore: Explore) -> None:
    async with explore(120, 30, signs=ASCII) as seen:
        await seen.press("question_mark")
        assert seen.text.isascii(), [line for line in seen.text.splitlines() if not line.isascii()]


# -- text from strangers


HOSTILE = [
    "[/x] closes nothing",
    "[@click=app.quit]press me[/]",
    "[bold]not bold[/bold] [sic]",
    "$name {0} %s \\[x]",
    "[link=https://example.org]x[/link]",
    "[[nowhere|[red]words[/red]]]",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_markup_is_shown_as_it_stands(explore: Explore, made, text: str) -> None:  # type: ignore[no-untyped-def]
    found = dossier(
        event(type=text, title=text, regions=["r"], facts={text: text}, tags=[text]),
        meta=table(overview(title=text)),
        regions=table({"id": "r", "name": text, "summary": text}),
    )
    async with explore(160, 30, dossier=made(found)) as seen:
        await seen.press("j", "right", "question_mark", "escape", "right")
        assert f"─ {text[:12]}" in seen.text, "the title of a pane"
        assert seen.text.count(text[:12]) >= 5, seen.text
        await seen.click(seen.place_of(text[:12]))
        assert seen.app.is_running
        assert seen.app.return_code is None


async def test_escape_codes_and_overrides_do_not_reach_the_screen(explore: Explore, made) -> None:  # type: ignore[no-untyped-def]
    text = "a\x1b[31mb\x9bc\u202ed\u200be\x07"
    found = dossier(
        event(title=text, regions=["r"], summary=text),
        meta=table(overview(title=text)),
        regions=table({"id": "r", "name": text}),
    )
    async with explore(dossier=made(found)) as seen:
        await seen.press("j")
        assert not set("\x1b\x9b\u202e\u200b\x07") & set(seen.text)
        assert seen.text.count("a\ufffd[31mb") >= 5


async def test_wide_letters_keep_the_columns(explore: Explore, made) -> None:  # type: ignore[no-untyped-def]
    events = [event(f"e-{n}", title="首脳会談 " * n or "x", regions=["r"]) for n in range(9)]
    found = dossier(*events, regions=table({"id": "r", "name": "東アジアと太平洋の国々、すべて"}))
    async with explore(dossier=made(found)) as seen:
        for widget in ("facets", "events"):
            pane = seen.pane(widget)
            for y in range(10):
                assert pane.render_line(y).cell_length == pane.room.width + 1  # the thumb's
        for strip in seen.app.screen._compositor.render_strips():
            assert strip.cell_length == seen.app.size.width


# -- taking text away


async def test_selected_text_is_copied_as_it_stands(explore: Explore) -> None:
    async with explore(at="lodz-accord-2025") as seen:
        x, y = seen.page.region.offset + seen.page.inset
        await seen.drag((x, y), (x + 3, y))
        assert seen.page.selected_text == "Łódź" == seen.app.clipboard
        await seen.drag((x, y), (x + 5, y), (x + 10, y + 1))
        assert (
            seen.page.selected_text == "Łódź Accord on ferries\ndeclaration" == seen.app.clipboard
        )
        assert seen.said == ["copied", "copied"]


async def test_text_is_selected_by_dragging(explore: Explore) -> None:
    async with explore(at="lodz-accord-2025") as seen:
        x, y = seen.place_of("declaration · 8")
        await seen.drag((x, y), (x + 5, y), (x + 10, y))
        assert seen.page.selected_text == "declaration"
        await seen.click((x + 2, y))
        assert seen.page.selected_text == "", "a click takes it away"


async def test_text_is_selected_where_the_page_was_scrolled(explore: Explore) -> None:
    async with explore(120, 14, at="lodz-accord-2025") as seen:
        await seen.press("3", "j", "j")
        x, y = seen.place_of("part of Summit")
        await seen.drag((x, y), (x + 6, y))
        assert seen.page.selected_text == "part of"


async def test_lines_that_the_page_wrapped_are_copied_as_one(explore: Explore) -> None:
    async with explore(112, at="lodz-accord-2025") as seen:
        x, y = seen.place_of("A declaration on ferries")
        assert "shores." in seen.text.splitlines()[y + 1]
        # A terminal may tell only where the button was pressed and where it was let go.
        await seen.pilot.mouse_down(offset=(x, y))
        await seen.pilot.mouse_up(offset=(x + 6, y + 1))
        await seen.settle()
        assert seen.app.clipboard == "A declaration on ferries between the two shores."


async def test_ctrl_c_copies_what_is_selected_or_says_which_key_leaves(explore: Explore) -> None:
    async with explore(at="lodz-accord-2025", keymap=Keymap({"app.quit": "x"})) as seen:
        await seen.press("ctrl+c")
        assert seen.said == ["x leaves Summitry"]
        x, y = seen.place_of("part of Summit")
        await seen.drag((x, y), (x + 6, y))
        seen.app._clipboard = ""
        await seen.press("ctrl+c")
        assert seen.app.clipboard == "part of"
        assert seen.app.is_running


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
