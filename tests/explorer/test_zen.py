"""Zen, the page alone, and the measure of its lines."""

import pytest

from tests.explorer.conftest import Explore
from tui.text.glyphs import ASCII

SUMMIT = "lodz-summit-2025"


async def test_zen_shows_the_page_alone_and_back(explore: Explore) -> None:
    async with explore(at=SUMMIT) as seen:
        await seen.press("3", "j", "j")
        top = seen.page.top
        await seen.press("z")
        assert seen.shown == ["page"]
        assert (seen.focused, seen.page.top) == ("page", top)
        assert seen.page.measure == 72
        left = min(len(line) - len(line.lstrip()) for line in seen.text.splitlines()[3:-3] if line)
        assert left > 10, "it stands in the middle"
        await seen.press("J")
        assert seen.current != SUMMIT
        await seen.press("z")
        assert seen.shown == ["facets", "events", "page"]
        assert seen.focused == "page"


@pytest.mark.parametrize("key", ["escape", "left", "1", "2", "tab"])
async def test_zen_ends_with_whatever_leads_out_of_the_page(explore: Explore, key: str) -> None:
    async with explore(at=SUMMIT) as seen:
        await seen.press("3", "z", key)
        assert seen.shown == ["facets", "events", "page"]


async def test_links_are_followed_and_taken_back_in_zen(explore: Explore) -> None:
    async with explore(at=SUMMIT) as seen:
        await seen.press("z", "f", "a")
        assert seen.current != SUMMIT
        await seen.press("left_square_bracket")
        assert (seen.current, seen.shown) == (SUMMIT, ["page"])
        await seen.press("right_square_bracket", "z", "left_square_bracket")
        assert seen.shown == ["facets", "events", "page"], "zen is not come back to"


@pytest.mark.parametrize("size", [(80, 24), (48, 20), (30, 8)], ids=str)
async def test_zen_at_every_size(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(*size, at=SUMMIT) as seen:
        await seen.press("z")
        assert seen.shown == ["page"]
        assert "Summit in Łódź" in seen.text
        await seen.press("z")


async def test_the_measure_is_widened_and_narrowed_within_bounds(explore: Explore) -> None:
    async with explore(200, at="lodz-accord-2025") as seen:
        await seen.press("3")
        begin = seen.page.measure
        assert begin == 72
        await seen.press("plus")
        assert seen.page.measure == begin + 6
        await seen.press("minus", "minus")
        assert seen.page.measure == begin - 6
        assert max(len(line.plain) for line in seen.page.lines) <= begin - 6
        await seen.press(*["minus"] * 7)
        assert seen.page.measure == 30
        await seen.press(*["plus"] * 16)
        assert seen.page.measure <= seen.page.size.width
        await seen.press("J")
        assert seen.page.measure > 72, "it is kept for the next page"


async def test_letters_links_and_zen_in_ascii(explore: Explore) -> None:
    async with explore(at=SUMMIT, signs=ASCII) as seen:
        for keys in (["3", "f"], ["j", "down"], ["z"]):
            await seen.press(*keys)
            assert seen.text.isascii()
