"""Opening addresses: of what is read, whichever is wanted; and the lens where it is narrow."""

import re
from collections.abc import Callable

import pytest

from tests.explorer.conftest import Explore
from tests.explorer.seen import Seen
from tests.support import Fields, dossier, event, table
from tui.dossier.dossier import Dossier
from tui.explorer.dialogs.choices import ChoiceDialog, QuestionDialog
from tui.explorer.dialogs.claim_sources import ClaimSourcesDialog

Make = Callable[[Fields], Dossier]


def address(name: str) -> str:
    return f"https://example.org/{name}"


def source(name: str, **fields: str) -> Fields:
    return {"id": name, "title": f"Report {name}", "publisher": f"Press {name}", "date": "2025",
            "language": "en", "type": "news", "url": address(name)} | fields  # fmt: skip


def claim(text: str, *cited: str) -> Fields:
    return {"kind": "fact", "text": text, "cites": [{"source": name} for name in cited]}


@pytest.fixture
def three(made: Make) -> Dossier:
    """A long page: a claim of one source, one of two, one of none; the notes at the foot."""
    filler = [claim(f"Filler {n}. " + "So it went on. " * 20, "a") for n in range(6)]
    claims = [claim("First.", "a"), *filler, claim("Second.", "b", "c"), *filler, claim("Third.")]
    sources = table(source("a"), source("b"), source("c", url=address("c")))
    tags = [f"tag {n}" for n in range(40)]  # between the claims and the notes
    return made(dossier(event(claims=claims, tags=tags), sources=sources))


def asked(seen: Seen) -> str:
    """The address that is asked about."""
    assert isinstance(seen.app.screen, QuestionDialog), seen.text
    return "".join(seen.dialog_lines)


def offered(seen: Seen) -> list[list[str]]:
    """What is to be chosen from: what each is called, and the remark beside it."""
    assert isinstance(seen.app.screen, ChoiceDialog), seen.text
    return [re.split(" {2,}", line.strip("▌ ")) for line in seen.dialog_lines]


def bring_up(seen: Seen, words: str) -> None:
    """Scroll so that the line with these words is the first."""
    lines = [line.plain for line in seen.page.lines]
    seen.page.set_top(next(i for i, line in enumerate(lines) if words in line))


B_AND_C = [["Report b", "Press b"], ["Report c", "Press c"]]


async def test_o_asks_for_the_address_of_the_claim_in_view(
    explore: Explore, three: Dossier
) -> None:
    async with explore(rows=14, dossier=three) as seen:
        await seen.press("3", "o")
        assert asked(seen) == address("a")
        await seen.press("escape")
        bring_up(seen, "Second.")
        await seen.press("o")
        assert offered(seen) == B_AND_C
        assert "The address of which source?" in seen.text
        await seen.press("down", "enter")
        assert asked(seen) == address("c")
        await seen.press("escape")
        assert seen.app.screen is seen.screen
        await seen.press("o", "escape")
        assert seen.app.screen is seen.screen


async def test_o_at_the_foot_offers_the_addresses_that_are_read_there(
    explore: Explore, three: Dossier
) -> None:
    async with explore(rows=8, dossier=three) as seen:
        await seen.press("3", "G")
        assert seen.page.claim_in_view() is None
        assert address("a") not in seen.text
        assert address("b") in seen.text
        await seen.press("o")
        assert offered(seen) == B_AND_C


async def test_o_on_a_page_that_is_all_in_view_reaches_every_address_the_claims_first(
    explore: Explore, made: Make
) -> None:
    claims = [claim("Bare."), claim("First.", "b"), claim("Second.", "a", "b")]
    found = made(dossier(event(claims=claims), sources=table(source("a"), source("b"))))
    async with explore(dossier=found) as seen:
        await seen.press("3", "o")
        assert [label for label, _ in offered(seen)] == ["Report b", "Report a"]


async def test_o_where_nothing_in_view_has_an_address_offers_those_of_the_page(
    explore: Explore, three: Dossier
) -> None:
    async with explore(rows=10, dossier=three) as seen:
        await seen.press("3")
        bring_up(seen, "Third.")
        assert seen.page.claim_in_view() is not None
        await seen.press("o")
        assert [label for label, _ in offered(seen)] == ["Report a", "Report b", "Report c"]


async def test_o_in_the_lens_lets_one_of_several_be_chosen(
    explore: Explore, three: Dossier
) -> None:
    async with explore(rows=24, dossier=three) as seen:
        await seen.press("3")
        bring_up(seen, "Second.")
        await seen.press("c", "o")
        assert offered(seen) == B_AND_C
        await seen.press("escape")
        assert isinstance(seen.app.screen, ClaimSourcesDialog), (
            "leaving the choice leads back to it"
        )
        await seen.press("o", "down", "enter")
        assert asked(seen) == address("c")


async def test_o_says_on_a_page_of_no_record_that_there_is_none(explore: Explore) -> None:
    async with explore(at="lodz-accord-2025") as seen:
        await seen.follow("tag:ferries")
        await seen.press("o")
        assert "no web address to open" in seen.said


# -- the lens, where it is narrow


@pytest.mark.parametrize("down", ["pagedown", "space"])
async def test_a_lens_that_overflows_says_so_and_is_scrolled(
    explore: Explore, made: Make, down: str
) -> None:
    note = "A long remark on what this is. " * 12
    claims = [claim("First.", "a"), claim("Second.", "b")]
    found = dossier(event(claims=claims), sources=table(source("a", note=note), source("b")))
    async with explore(48, 20, dossier=made(found)) as seen:
        await seen.press("3")
        bring_up(seen, "First.")
        await seen.press("c")
        assert "PgDn for more, Esc closes ─╯" in seen.text, "it is whole, in the frame"
        lens = seen.dialog
        await seen.press(down)
        assert lens.top > 0
        await seen.press(down)
        assert lens.top == lens.line_count - lens.room.height
        assert "j k claims, Tab y m o sources, Esc ─╯" in seen.text
        await seen.press("pageup", "pageup")
        assert lens.top == 0
        assert lens.remark.startswith("PgDn for more")
        await seen.press("down")
        assert "Claim 2 of 2" in seen.text
        assert "PgDn" not in seen.text, "it is all there"
        await seen.press("up")
        assert "PgDn for more" in seen.text


@pytest.mark.parametrize("columns", [20, 30, 40, 48, 60, 76, 120])
async def test_the_hint_of_the_lens_is_whole_at_every_width(
    explore: Explore, three: Dossier, columns: int
) -> None:
    async with explore(columns, 16, dossier=three) as seen:
        await seen.press("3")
        bring_up(seen, "Second.")
        await seen.press("c")
        for said in ("PgDn for more", "Esc"):
            assert said in seen.dialog.remark
            assert f"{seen.dialog.remark} ─╯" in seen.text
            await seen.press(*["pagedown"] * 9)
