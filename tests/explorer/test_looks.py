"""How it looks: colours, ASCII, text from strangers, text that is selected."""

import pytest
from rich.style import Style

from tests.explorer.conftest import Explore
from tests.explorer.seen import Seen
from tests.support import dossier, event, overview, table
from tui.explorer.key_map import Keymap
from tui.text.glyphs import ASCII


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
