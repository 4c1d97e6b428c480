"""The keys that work on the page being read: its tags, taking away, its measure."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.explorer.conftest import Explore
from tests.explorer.seen import until
from tests.support import Fields, dossier, event
from tui.dossier.dossier import Dossier
from tui.explorer.dialogs.choices import ChoiceDialog
from tui.output.citations import note, sources_cited
from tui.page import page_of
from tui.text.glyphs import ASCII

Make = Callable[[Fields], Dossier]


SUMMIT, ACCORD = "lodz-summit-2025", "lodz-accord-2025"


SHORES = "https://example.org/shores"


# -- y, taking away


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("t", "Łódź Accord on ferries"),
        ("s", "A declaration on ferries between the two shores."),
        ("c", "“Communiqué of the Council,” Council of the Shores, August 9, 2025, para. 4,"),
        ("b", "@"),
        ("m", "# Łódź Accord on ferries\n"),
        ("i", "lodz-accord-2025"),
    ],
)
async def test_y_takes_away_to_the_clipboard_and_into_a_file(
    explore: Explore, letter: str, words: str
) -> None:
    async with explore(160, at=ACCORD) as seen:
        await seen.press("y")
        assert "Take away" in seen.dialog_text
        await seen.press(letter)
        if letter in "cb":
            assert "of which source?" in seen.dialog_text
            assert seen.dialog_lines[0].startswith("▌all ")
            await seen.press("enter")
        assert seen.app.clipboard.startswith(words)
        (notice,) = seen.said
        path = Path(notice.partition("also in ")[2])
        assert path.read_text(encoding="utf-8") == seen.app.clipboard
        assert seen.app.screen is seen.screen


async def test_what_is_taken_away_is_written_through_no_link(
    explore: Explore, tmp_path: Path
) -> None:
    async with explore(160, at=ACCORD) as seen:
        await seen.press("y", "i")
        path, other = Path(seen.said[-1].partition("also in ")[2]), tmp_path / "other"
        path.unlink()
        path.symlink_to(other)
        await seen.press("y", "t")
        assert seen.app.clipboard == "Łódź Accord on ferries"
        assert f"title copied; no file: {path}: a symbolic link" in seen.said[-1]
        assert not other.exists()


async def test_y_takes_the_citation_of_one_of_several_sources(explore: Explore) -> None:
    async with explore(160, at=ACCORD) as seen:
        await seen.press("y", "c", "down", "down", "enter")
        assert seen.app.clipboard.count("\n") == 1, "one note"
        row = seen.screen.state.row
        assert row
        (_, second, *_) = sources_cited(seen.screen.state.dossier, row)
        assert seen.app.clipboard == f"{note(*second)}\n"
        await seen.press("y", "c", "escape")
        assert len(seen.said) == 1


async def test_y_and_another_key_takes_nothing(explore: Explore) -> None:
    async with explore(at=ACCORD) as seen:
        for key in ("escape", "z", "q"):
            await seen.press("y", key)
            assert seen.app.screen is seen.screen
        assert (seen.app.clipboard, seen.said) == ("", [])


# -- p, the breadcrumb


async def test_p_goes_up_to_a_step_of_the_breadcrumb(explore: Explore) -> None:
    async with explore(at="amber-route-2025") as seen:
        await seen.press("3", "p")
        screen = seen.app.screen
        assert isinstance(screen, ChoiceDialog)
        labels = [label for label, _ in screen.list.rows]
        assert labels[-3:] == ["Summit in Łódź", "Łódź Accord on ferries", "Amber Route"]
        await seen.press("G", "k", "enter")
        assert (seen.current, seen.focused) == (ACCORD, "page")
        await seen.press("p", "escape")
        assert (seen.app.screen, seen.current) == (seen.screen, ACCORD)


async def test_a_choice_of_wide_letters_fits_and_follows_the_window(
    explore: Explore, made: Make
) -> None:
    claims = event("a-2025", title="首脳会談", type="会議会議会議")
    async with explore(60, 24, dossier=made(dossier(claims)), at="a-2025") as seen:
        await seen.press("p")
        rows = seen.dialog
        (line,) = [line for line in seen.text.splitlines() if "首脳会談" in line and "会議" in line]
        assert line.rstrip().endswith("会議会議会議   │"), "the remark is whole, at the edge"
        await seen.resize(60, 6)
        assert rows.room.height == 2
        await seen.resize(60, 30)
        assert rows.room.height == 3


async def test_a_choice_has_room_for_what_is_said_of_it(explore: Explore, made: Make) -> None:
    found = dossier(event("a-2025", title="Short", type="a-type-of-event-" * 3))
    async with explore(80, 24, dossier=made(found), at="a-2025") as seen:
        await seen.press("p")
        assert seen.dialog_lines[-1].endswith("a-type-of-event-" * 3)


# -- tags and regions


async def test_a_tag_leads_to_its_page_and_its_events_and_back(explore: Explore) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("3")
        await seen.follow("tag:ferries")
        assert (seen.screen.state.facet, seen.screen.state.value, seen.focused) == (
            "tag",
            "ferries",
            "page",
        )
        assert seen.page.page is not None
        assert (seen.page.page.id, seen.page.title) == ("tag:ferries", "Tag")
        assert "Who took part most" in seen.text
        assert seen.breadcrumb == ("Tags", "ferries")
        await seen.follow("ferry-protocol-2025")
        assert seen.current == "ferry-protocol-2025"
        assert seen.screen.state.value == "ferries"
        await seen.press("left_square_bracket")
        assert seen.page.page.id == "tag:ferries"
        await seen.press("left_square_bracket")
        assert (seen.screen.state.facet, seen.current) == ("region", ACCORD)
        assert seen.page.page.id == ACCORD
        await seen.press("right_square_bracket")
        assert seen.page.page.id == "tag:ferries"


async def test_from_a_tag_the_next_event_is_its_first(explore: Explore) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("3")
        await seen.follow("tag:ferries")
        for key in ("c", "m", "a", "o"):
            await seen.press(key)
        told = seen.said
        assert len(told) == 4, "a key did nothing and said nothing"
        await seen.press("y", "i")
        assert seen.app.clipboard == "tag:ferries"
        await seen.press("y", "t")
        assert seen.app.clipboard == seen.page.page.title
        await seen.press("J")
        assert seen.current == SUMMIT


async def test_a_region_is_followed_from_an_event(explore: Explore) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("3")
        await seen.follow("mountain-rim")
        assert seen.current == "mountain-rim"
        assert "Most often with" in seen.text


# -- citations and the measure


async def test_a_click_on_a_citation_leads_to_its_note(explore: Explore) -> None:
    async with explore(rows=14, at=ACCORD) as seen:
        await seen.press("3")
        assert not any(link.target.startswith("note:") for link in seen.page.links)
        row = next(i for i, line in enumerate(seen.page.lines) if line.plain.endswith("⁵"))
        seen.page.set_top(row)
        await seen.settle()
        x, y = seen.place_of("⁵")
        await seen.click((x, y))
        view = seen.page.lines[seen.page.top : seen.page.top + seen.page.room.height]
        assert 5 in [line.note for line in view]
        assert seen.current == ACCORD


async def test_plus_never_narrows_and_says_where_the_pane_is_the_limit(explore: Explore) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("3")
        before = seen.page.measure
        assert before < 72
        await seen.press("plus")
        assert seen.page.measure == before
        assert seen.said == [f"{before} columns, as wide as this pane"]
        await seen.press("z")
        assert seen.page.measure == 72
        await seen.press("plus", "z", "minus")
        assert seen.page.measure == before - 6


async def test_what_is_cut_short_in_ascii_shows_it(explore: Explore, made: Make) -> None:
    found = made(dossier(event(title="A very long title of an event " * 5)))
    async with explore(80, 24, dossier=found, signs=ASCII) as seen:
        rows = [line for line in seen.text.splitlines() if "M A very" in line]
        assert rows
        assert all("~" in line for line in rows)
        assert all(len(line) <= 80 for line in seen.text.splitlines())


async def test_a_tag_has_no_mark_of_the_event_it_was_reached_from(explore: Explore) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("3", "m")
        await until(seen, lambda: seen.page.remark == "marked")
        await seen.follow("tag:ferries")
        assert seen.page.remark == ""


@pytest.mark.parametrize(("id_", "facet"), [("rauf-aliyev", "actor"), ("lodz", "place")])
async def test_a_page_of_a_value_is_that_value_in_its_facet(
    explore: Explore, id_: str, facet: str
) -> None:
    async with explore(at=id_) as seen:
        await seen.group(facet)
        assert (seen.screen.state.value, seen.current) == (id_, id_)
        assert seen.page.page.id == id_


async def test_back_makes_one_page(explore: Explore, monkeypatch: pytest.MonkeyPatch) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("3")
        await seen.follow("lodz")
        made: list[int] = []
        real = page_of
        monkeypatch.setattr(
            "tui.explorer.screen.page_of", lambda *row: made.append(1) or real(*row)
        )
        await seen.press("left_square_bracket")
        assert seen.current == ACCORD
        assert len(made) == 1


@pytest.mark.parametrize("columns", [48, 60, 80, 120])
async def test_zen_sets_the_page_for_the_room_it_has(explore: Explore, columns: int) -> None:
    async with explore(columns, 20, at=ACCORD) as seen:
        await seen.press("3")
        for _ in range(2):
            await seen.press("z")
            width = max(len(line.plain) for line in seen.page.lines)
            assert width <= seen.page.room.width, "words are cut off"


async def test_from_another_page_the_next_event_is_the_next_of_the_list(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("2", *"jjjj")
        before = seen.current
        await seen.press("j")
        after = seen.current
        await seen.press("k", "3")
        await seen.follow(next(link.target for link in seen.page.links if "/" not in link.target))
        assert seen.current != before
        await seen.press("J")
        assert seen.current == after
