"""Walking the links of a page: by letter, by arrows, by mouse, and back as far as one came."""

import pytest

from tests.explorer.conftest import Explore
from tests.explorer.seen import Seen
from tests.support import dossier, event
from tui.explorer.panes.page_links import letters

SUMMIT = "lodz-summit-2025"


def hints(seen: Seen) -> dict[str, str]:
    """The letters that are shown, and where each leads."""
    return {letter: link.target for letter, link in seen.page.hints.items()}


async def test_a_letter_on_every_link_in_view_follows_it(explore: Explore) -> None:
    async with explore(at=SUMMIT) as seen:
        await seen.press("3", "f")
        assert {"anna-lukasik", "rauf-aliyev", "lodz", "shore-council"} <= set(hints(seen).values())
        letter = next(k for k, v in hints(seen).items() if v == "anna-lukasik")
        assert f"{letter}nna Łukasik" in seen.text
        await seen.press(letter)
        assert (seen.current, seen.focused) == ("anna-lukasik", "page")
        assert "Transport minister of Poland" in seen.text
        assert hints(seen) == {}


@pytest.mark.parametrize(
    "key", ["escape", "left", "1", "tab", "slash", "j", "G", "J", "down", "enter"]
)
async def test_another_key_takes_the_letters_away_and_does_nothing_else(
    explore: Explore, key: str
) -> None:
    async with explore(at=SUMMIT) as seen:
        await seen.press("3", "f")
        assert hints(seen)
        top = seen.page.top
        await seen.press(key)
        assert hints(seen) == {}
        assert (seen.current, seen.focused, seen.page.top) == (SUMMIT, "page", top)


@pytest.mark.parametrize("columns", [120, 80, 48])
@pytest.mark.parametrize("pane", ["1", "2", "3"])
async def test_f_puts_letters_on_the_page_from_any_pane(
    explore: Explore, pane: str, columns: int
) -> None:
    async with explore(columns, 24, at=SUMMIT) as seen:
        await seen.press(pane, "f")
        assert (seen.focused, seen.current) == ("page", SUMMIT)
        letter = next(letter for letter, leads in hints(seen).items() if leads == "anna-lukasik")
        assert f"{letter}nna Łukasik" in seen.text
        await seen.press(letter)
        assert seen.current == "anna-lukasik"


async def test_letters_are_on_what_is_in_view_alone(explore: Explore) -> None:
    async with explore(rows=12, at=SUMMIT) as seen:
        await seen.press("3", "f")
        first = set(hints(seen).values())
        await seen.press("j", "G", "f")
        last = set(hints(seen).values())
        assert first
        assert last
        assert first != last
        in_view = range(seen.page.top, seen.page.top + seen.page.room.height)
        assert all(link.line in in_view for link in seen.page.hints.values())


async def test_of_more_links_than_letters_the_last_take_two(explore: Explore, made) -> None:  # type: ignore[no-untyped-def]
    links = " ".join(f"[[e-{n}-2025]]" for n in range(30))
    events = [event(f"e-{n}-2025", title=f"Event {n}") for n in range(30)]
    found = dossier(event("all-2025", summary=links, date="2026"), *events)
    async with explore(120, 60, dossier=made(found), at="all-2025") as seen:
        await seen.press("3", "f")
        shown = hints(seen)
        assert len(shown) >= 30
        assert [len(letter) for letter in shown] == [1] * 17 + [2] * (len(shown) - 17)
        letter = next(letter for letter, leads in shown.items() if leads == "e-25-2025")
        await seen.press(letter[0])
        assert seen.current == "all-2025", "one letter is not enough"
        await seen.press(letter[1])
        assert seen.current == "e-25-2025"
        await seen.press("left_square_bracket", "f")
        letter = next(letter for letter, leads in hints(seen).items() if leads == "e-3-2025")
        await seen.press(letter)
        assert seen.current == "e-3-2025"


@pytest.mark.parametrize("count", [0, 1, 18, 19, 35, 36, 200, 324])
def test_labels_are_all_different_and_none_begins_another(count: int) -> None:
    found = letters(count)
    assert len(set(found)) == count
    assert not any(a != b and b.startswith(a) for a in found for b in found)
    assert not set("".join(found)) & set("jkhlgGnN"), "keys that move about the page"
    single = [label for label in found if len(label) == 1]
    assert found[: len(single)] == single, "the first have the easiest"
    one_more = len(single) + 1 + (18 - len(single) - 1) * 18
    assert single == found or one_more < count, "as many as can be are single letters"


async def test_arrows_choose_a_link_and_enter_follows_it(explore: Explore) -> None:
    async with explore(at=SUMMIT) as seen:
        await seen.press("3", "down")
        first = seen.page.chosen
        await seen.press("down")
        second = seen.page.chosen
        assert first
        assert second
        assert [first, second] == seen.page.links[:2]
        await seen.press("up")
        assert seen.page.chosen == first
        await seen.press("enter")
        assert seen.current == first.target


@pytest.mark.parametrize("key", ["enter", "right", "l"])
async def test_each_key_that_drills_follows_the_chosen_link(explore: Explore, key: str) -> None:
    async with explore(at="passes-treaty-2025") as seen:
        await seen.press("3", "down", "down")
        assert seen.page.chosen
        target = seen.page.chosen.target
        await seen.press(key)
        assert (seen.current, seen.focused) == (target, "page") != ("passes-treaty-2025", "page")


async def test_enter_without_a_chosen_link_stays(explore: Explore) -> None:
    async with explore(at=SUMMIT) as seen:
        await seen.press("3", "enter", "right")
        assert (seen.current, seen.focused) == (SUMMIT, "page")


async def test_where_no_link_is_left_in_view_the_arrows_scroll(explore: Explore) -> None:
    async with explore(rows=12, at=SUMMIT) as seen:
        await seen.press("3")
        for _ in range(80):
            seen.page.action_link(1)
        await seen.press("down")
        assert seen.page.top == seen.page.line_count - seen.page.room.height > 0
        for _ in range(80):
            seen.page.action_link(-1)
        await seen.press("up")
        assert seen.page.top == 0


async def test_the_chosen_link_can_be_seen(explore: Explore) -> None:
    async with explore(at=SUMMIT) as seen:
        await seen.press("3")
        before = [seen.page.render_line(y) for y in range(seen.page.room.height)]
        await seen.press("down")
        after = [seen.page.render_line(y) for y in range(seen.page.room.height)]
        changed = [y for y, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
        assert changed == [seen.page.links[0].line]
        assert [s.text for s in before] == [s.text for s in after]


async def test_a_click_on_a_link_follows_it_and_beside_it_does_not(explore: Explore) -> None:
    async with explore(at=SUMMIT) as seen:
        x, y = seen.place_of("Anna Łukasik")
        await seen.click((x - 2, y))
        assert seen.current == SUMMIT
        await seen.click((x + 3, y))
        assert (seen.current, seen.focused) == ("anna-lukasik", "page")


async def test_a_click_finds_its_link_where_the_page_was_scrolled_and_letters_are_wide(
    explore: Explore, made
) -> None:  # type: ignore[no-untyped-def]
    claims = [
        {"kind": "fact", "text": "首脳会談 [[b-2025|二人]] x.", "cites": []} for _ in range(12)
    ]
    found = dossier(event("a-2025", claims=claims), event("b-2025"))
    async with explore(rows=12, dossier=made(found), at="a-2025") as seen:
        await seen.press("3", "G")
        assert seen.page.top > 0
        link = [link for link in seen.page.links if link.target == "b-2025"][-1]
        line = link.line - seen.page.top
        origin = seen.page.region.offset + seen.page.inset
        before = sum(2 if c > "\u2e80" else 1 for c in
                     seen.page.lines[link.line].plain[: link.parts[0].start])  # fmt: skip
        await seen.click((origin.x + before - 1, origin.y + line))
        assert seen.current == "a-2025"
        await seen.click((origin.x + before + 3, origin.y + line))
        assert seen.current == "b-2025"


async def test_links_are_those_of_the_page_each_once_where_they_stand(explore: Explore) -> None:
    async with explore(at=SUMMIT) as seen:
        for link in seen.page.links:
            words = " ".join(
                seen.page.lines[part.line].plain[part.start : part.end] for part in link.parts
            )
            assert words.strip(), link
        targets = {link.target for link in seen.page.links}
        assert {"anna-lukasik", "rauf-aliyev", "lodz", "lodz-accord-2025"} <= targets
        lines = [link.line for link in seen.page.links]
        assert lines == sorted(lines)


async def test_a_link_that_leads_nowhere_is_said(explore: Explore, made) -> None:  # type: ignore[no-untyped-def]
    found = dossier(event("a-2025", participants=[{"actor": "ghost", "role": "guest"}],
                          summary="With [[ghost|a ghost]]."))  # fmt: skip
    async with explore(dossier=made(found), at="a-2025") as seen:
        await seen.press("3", "f")
        for letter in hints(seen):
            await seen.press(letter)
            break
        assert seen.current == "a-2025"
        assert seen.app.is_running


# -- history


async def test_history_is_as_deep_as_what_was_walked(explore: Explore) -> None:
    async with explore(at=SUMMIT) as seen:
        await seen.press("3")
        path = ["anna-lukasik", "lodz-accord-2025", "rauf-aliyev", "gabala-summit-2025", "gabala"]
        for target in path:
            await seen.press("g")
            await seen.follow(target)
            assert seen.current == target
        back = []
        for _ in path:
            await seen.press("left_square_bracket")
            back.append(seen.current)
        assert back == [*path[-2::-1], SUMMIT]
        await seen.press("left_square_bracket")
        assert "nothing further back" in seen.text
        forward = []
        for _ in path:
            await seen.press("right_square_bracket")
            forward.append(seen.current)
        assert forward == path
        await seen.press("right_square_bracket")
        assert "nothing further forward" in seen.text


async def test_going_back_restores_facet_value_scroll_and_pane(explore: Explore) -> None:
    async with explore(rows=20, at="lodz-accord-2025") as seen:
        await seen.press("v", "t", "3", "j", "j", "j")
        before = (
            seen.screen.state.facet,
            seen.screen.state.value,
            seen.current,
            seen.page.top,
            seen.focused,
        )
        assert before == ("type", "agreement", seen.current, 3, "page")
        await seen.press("f")
        target = next(iter(hints(seen).values()))
        await seen.press(next(iter(hints(seen))))
        assert seen.current == target
        await seen.press("v", "y", "1", "left_square_bracket")
        after = (
            seen.screen.state.facet,
            seen.screen.state.value,
            seen.current,
            seen.page.top,
            seen.focused,
        )
        assert after == before


async def test_going_somewhere_new_forgets_what_lay_ahead(explore: Explore) -> None:
    async with explore(at=SUMMIT) as seen:
        await seen.press("3")
        await seen.follow("anna-lukasik")
        await seen.press("left_square_bracket")
        await seen.follow("rauf-aliyev")
        await seen.press("right_square_bracket")
        assert seen.current == "rauf-aliyev"
        await seen.press("left_square_bracket")
        assert seen.current == SUMMIT


async def test_an_actor_leads_to_its_events_and_they_stand_in_their_list(explore: Explore) -> None:
    async with explore(at="rauf-aliyev") as seen:
        await seen.press("3")
        await seen.follow("tbilisi-visit-2025")
        assert seen.current == "tbilisi-visit-2025"
        assert seen.pane("events").cursor == seen.screen.state.shown.listing.rows.index(
            seen.screen.state.current
        )


async def test_escape_at_once_restores_the_scroll_of_page_and_list(explore: Explore) -> None:
    async with explore(80, 16, at=SUMMIT) as seen:
        await seen.press("2", "end", "3", "pagedown")
        before = (seen.page.top, seen.pane("events").top, seen.current)
        assert before[0] > 0
        await seen.press("slash", "a", "n", "n", "a", "down", "escape")
        assert (seen.page.top, seen.pane("events").top, seen.current) == before
