"""The sources of a claim, and the address of a source that is opened only when agreed."""

from collections.abc import Callable

import pytest

from tests.explorer.conftest import Explore
from tests.explorer.seen import until
from tests.support import Fields, dossier, event, table
from tui.dossier.dossier import Dossier
from tui.explorer.dialogs.choices import QuestionDialog
from tui.explorer.dialogs.claim_sources import ClaimSourcesDialog

Make = Callable[[Fields], Dossier]


SUMMIT, ACCORD = "lodz-summit-2025", "lodz-accord-2025"


SHORES = "https://example.org/shores"


@pytest.fixture
def went(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the explorer opened in the browser: none is, in a test."""
    opened: list[str] = []
    monkeypatch.setattr("textual.app.App.open_url", lambda self, url, **_: opened.append(url))
    return opened


# -- c, the citation lens


@pytest.mark.parametrize("columns", [100, 200])
async def test_c_shows_both_sides_of_a_dispute(explore: Explore, columns: int) -> None:
    async with explore(columns, at=ACCORD) as seen:
        beside = any(len(line.claims) == 2 and "│" in line.plain for line in seen.page.lines)
        assert beside == (columns == 200), "one size sets them side by side, the other does not"
        await seen.press("3", "c")
        assert "Claim 1 of 4" in seen.dialog_text
        assert "By the communiqué, forty ferries are meant." in seen.dialog_text
        assert "Communiqué of the Council" in seen.dialog_text
        assert "para. 4" in seen.dialog_text
        await seen.press("j")
        assert "Claim 2 of 4" in seen.dialog_text
        assert "By the review, forty-five ferries are meant." in seen.dialog_text
        await seen.press("k", "k")
        assert "Claim 1 of 4" in seen.dialog_text
        await seen.press(*["j"] * 9)
        assert "Claim 4 of 4" in seen.dialog_text
        assert "It calls the rules on harbours clear." in seen.dialog_text
        await seen.press("escape")
        assert (seen.app.screen, seen.focused) == (seen.screen, "page")


async def test_claims_are_walked_in_the_order_they_are_read(explore: Explore, made: Make) -> None:
    claims: list[Fields] = [
        {"kind": "fact", "text": "Ten came.", "about": "guests", "value": 10},
        {"kind": "assessment", "text": "A triumph."},
        {"kind": "fact", "text": "Twelve came.", "about": "guests", "value": 12},
        {"kind": "fact", "text": "It rained."},
    ]
    async with explore(200, dossier=made(dossier(event(claims=claims)))) as seen:
        await seen.press("3", "c")
        texts = [str(claim["text"]) for claim in claims]
        walked = []
        for _ in texts:
            walked.append(next(text for text in texts if text in seen.dialog_text))
            assert "source: not recorded" in seen.dialog_text
            await seen.press("j")
        # What is disputed stands first on the page, in brief.
        assert walked == ["Ten came.", "Twelve came.", "It rained.", "A triumph."]


async def test_c_begins_with_the_first_claim_in_view_or_that_of_the_chosen_link(
    explore: Explore,
) -> None:
    async with explore(rows=14, at=SUMMIT) as seen:
        await seen.press("3")
        top = next(i for i, line in enumerate(seen.page.lines) if line.claims == (2,))
        seen.page.set_top(top)
        await seen.press("c")
        assert "stated by" not in seen.dialog_text
        assert "Statement by Anna Łukasik" in seen.dialog_text
        await seen.press("escape")
        link = next(link for link in seen.page.links if seen.page.lines[link.line].claims == (0,))
        seen.page.set_top(link.line - 1)
        seen.page.chosen = link
        await seen.press("c")
        assert "Assessment by The shores in 2025" in seen.dialog_text


async def test_c_says_that_no_claim_is_in_view(explore: Explore) -> None:
    async with explore(rows=12, at=SUMMIT) as seen:
        await seen.press("3", "c")
        assert seen.said == ["no claim in view"]
        assert seen.app.screen is seen.screen
        await seen.press("G", "c")
        assert seen.said == ["no claim in view"] * 2
    async with explore(at="envoys-meeting-2025") as seen:
        await seen.press("3", "c")
        assert seen.said == ["no claims on this page"]


async def test_the_lens_fits_the_window_after_a_resize(explore: Explore) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("3", "c", "j")
        for columns, rows in ((34, 14), (150, 40), (20, 8)):
            await seen.resize(columns, rows)
            assert "─ Claim 2 of 4 ─" in seen.text
            assert seen.dialog.region.width == min(76, columns)
            assert "By the review, forty-five" in " ".join(seen.dialog_lines)
        await seen.resize(12, 6)
        await until(seen, lambda: seen.text.strip() == "Too small…")
        await seen.resize(120, 40)
        await until(
            seen, lambda: "By the review, forty-five ferries are meant." in seen.dialog_text
        )


# -- o, a source's address


async def test_o_in_the_lens_asks_before_it_opens(explore: Explore, went: list[str]) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("3", "c", "o")
        assert isinstance(seen.app.screen, QuestionDialog)
        assert "https://example.org/communique" in seen.dialog_text
        await seen.press("escape")
        assert went == []
        await seen.press("c", "o", "y")
        assert went == ["https://example.org/communique"]


async def test_o_in_the_lens_stays_where_there_is_no_address(
    explore: Explore, went: list[str]
) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("3", "c", "j", "o")
        assert isinstance(seen.app.screen, ClaimSourcesDialog)
        assert seen.said == ["no web address to open"]
        assert went == []


async def test_the_sources_of_a_claim_say_whose_the_title_is_and_how_much_was_read(
    explore: Explore, made: Make
) -> None:
    source = {"id": "s", "title": "S", "date": "2025", "language": "en", "type": "news",
              "described": True, "read": "excerpt"}  # fmt: skip
    claims = [{"kind": "fact", "text": "x", "cites": [{"source": "s"}]}]
    found = made(dossier(event(claims=claims), sources=table(source)))
    async with explore(80, 24, dossier=found) as seen:
        await seen.press("3", "c")
        assert "our description" in seen.dialog_text
        assert "in part" in seen.dialog_text


@pytest.mark.parametrize("answer", ["escape", "n", "q", "y", "enter"])
async def test_o_shows_the_address_in_full_and_opens_it_only_when_agreed(
    explore: Explore, made: Make, went: list[str], answer: str
) -> None:
    address = "https://example.org/" + "far/" * 60 + "end"
    source = {"id": "s", "title": "S", "date": "2025", "language": "en", "type": "news",
              "url": address}  # fmt: skip
    claims = [{"kind": "fact", "text": "x", "cites": [{"source": "s"}]}]
    found = made(dossier(event(claims=claims), sources=table(source)))
    async with explore(80, 24, dossier=found) as seen:
        await seen.press("o")
        assert address in seen.dialog_text.replace("\n", "")
        shown = "".join(line.strip(" │╭╮╰╯─") for line in seen.text.splitlines())
        assert address in shown, "all of it is on screen, over several lines"
        assert went == []
        await seen.press(answer)
        assert went == ([address] if answer in ("y", "enter") else [])
        assert seen.app.screen is seen.screen


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "ftp://x.org/"])
async def test_o_opens_nothing_but_the_web(
    explore: Explore, made: Make, went: list[str], url: str
) -> None:
    source = {"id": "s", "title": "S", "date": "2025", "language": "en", "type": "news",
              "url": url}  # fmt: skip
    claims = [{"kind": "fact", "text": "x", "cites": [{"source": "s"}]}]
    async with explore(dossier=made(dossier(event(claims=claims), sources=table(source)))) as seen:
        await seen.press("o")
        assert seen.app.screen is seen.screen
        assert seen.said == ["no web address to open"]
        assert went == []
