"""Questions of a reader, each answered on the first screen of 80×24 that comes, by few keys."""

import re

import pytest

from tests.explorer.conftest import Explore
from tests.explorer.seen import Seen
from tui.dossier.dossier import Dossier

#: By a question what is typed into find, in different words of it, and what the screen says then.
ANSWERED: dict[str, tuple[list[str], list[str]]] = {
    "what was signed with China in April 2025, and who says how many documents": (
        ["china april 2025", "signed with china april 2025", "china documents"],
        ["Documents with China, April 2025", "package · 23 April 2025 · Beijing", "signed",
         "Sources differ on number of documents", "20: China Daily, Reuters",
         "more than 20: the article of News.Az"],
    ),
    "whether the peace treaty is signed": (
        ["peace treaty", "peace treaty signed", "is the peace treaty signed", "treaty armenia",
         "armenia peace treaty"],
        ["Peace treaty text", "initialled, not signed, as of"],
    ),
    "what the EU and Azerbaijan agreed on gas, and what of it is disputed": (
        ["eu gas", "gas to europe", "eu gas memorandum", "eu azerbaijan gas"],
        ["EU–Azerbaijan energy memorandum", "memorandum · 18 July 2022 · Baku",
         "Sources differ on 12 bcm to be reached", "2022: Get2C", "doubling gas"],
    ),
}  # fmt: skip
ASKED = [(query, said) for queries, said in ANSWERED.values() for query in queries]


def said(seen: Seen) -> str:
    """The words of the page in view, in one line."""
    left = seen.page.region.x
    rows = seen.text.splitlines()[seen.page.region.y + 1 : seen.page.region.bottom - 1]
    return re.sub(r"\s+", " ", " ".join(row[left:].strip("│▐ ") for row in rows))


@pytest.mark.parametrize(("query", "words"), ASKED, ids=[query for query, _ in ASKED])
async def test_a_query_and_two_keys_answer(
    explore: Explore, shipped: Dossier, query: str, words: list[str]
) -> None:
    async with explore(80, 24, dossier=shipped) as seen:
        await seen.press("slash", *query, "enter")
        page = said(seen)
        assert [part for part in words if part not in page] == [], page


async def test_whom_somebody_met_most_in_a_year_takes_five_keys(
    explore: Explore, shipped: Dossier
) -> None:
    async with explore(80, 24, dossier=shipped) as seen:
        await seen.press("w", "enter", "right", "right", "s")
        assert "Whom Ilham Aliyev met" in seen.text
        assert "sorted by 2025" in seen.text
        first = next(line for line in seen.text.splitlines() if line.startswith(" ▌"))
        encounters = count(shipped, "ilham-aliyev", "nikol-pashinyan")
        assert first.startswith(" ▌Nikol Pashinyan")
        assert f"with Nikol Pashinyan · 2025 · {encounters} encounters" in seen.text


def count(dossier: Dossier, one: str, other: str) -> int:
    """How many events of 2025 were encounters of two people, parts of others left out."""
    found = [
        row
        for row in dossier.rows(dossier.listing("year", "2025").events)
        if row.type in ("summit", "visit", "meeting")
        and {one, other} <= set(dossier.values_of("actor", row.n))
    ]
    inside = {row.n for row in found}
    return sum(row.parent not in inside for row in found)


FOOTS: dict[str, tuple[list[str], set[str]]] = {
    "the regions": (["1"], {"→", "/", "?", "q"}),
    "the events": (["2"], {"→", "←", "/", "?", "q"}),
    "the page": (["3"], {"f", "←", "/", "?", "q"}),
    "what was found": (["slash", *"gas", "enter", "2"], {"Esc", "→", "?", "q"}),
    "letters": (["3", "f"], {"a-z", "Esc"}),
    "the timeline": (["t"], {"←", "→", "Enter", "/", "?"}),
    "who met whom": (["w"], {"Enter", "→", "s", "v", "Esc", "/", "?"}),
    "commitments": (["3", "T"], {"↓", "↑", "Enter", "Esc", "/", "?"}),
}


@pytest.mark.parametrize("place", FOOTS)
async def test_the_footer_names_what_one_needs_next(
    explore: Explore, shipped: Dossier, place: str
) -> None:
    keys, offered = FOOTS[place]
    async with explore(80, 24, dossier=shipped, at="peace-treaty-text-2025") as seen:
        await seen.press(*keys)
        foot = set(seen.text.splitlines()[-1].split())
        assert offered <= foot, foot
