"""Pictures of the main screens, compared with the ones that were looked at.

After a change that is meant, set SUMMITRY_UPDATE_SNAPSHOTS=1, run this file, and look at them.
"""

import os
import re
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.explorer.conftest import Explore
from tests.support import ROOT
from tui.text.glyphs import ASCII, UNICODE

FOLDER = ROOT / "tests" / "snapshots"
MADE_WITH = FOLDER / "textual-version.txt"
UPDATE = "SUMMITRY_UPDATE_SNAPSHOTS"
UPDATING = os.environ.get(UPDATE) == "1"
SIZES = {"120x40": (120, 40), "80x24": (80, 24), "48x20": (48, 20)}


def normalised(svg: str) -> str:
    """A picture without what differs from run to run: ids and class names made from a hash."""
    return re.sub(r"terminal-\d+", "terminal", svg).rstrip() + "\n"


@pytest.fixture(autouse=True)
def same_textual() -> None:
    """Pictures of another Textual differ in ways that are not ours."""
    if UPDATING:
        return
    made_with = MADE_WITH.read_text(encoding="utf-8").strip() if MADE_WITH.exists() else "nothing"
    if made_with != version("textual"):
        pytest.skip(f"the pictures were made with Textual {made_with}, not {version('textual')}")


def compare(name: str, svg: str, folder: Path) -> None:
    """Compare with the picture of that name, or keep it where pictures are being made."""
    path = FOLDER / f"{name}.svg"
    found = normalised(svg)
    if UPDATING:
        FOLDER.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
        MADE_WITH.write_text(version("textual") + "\n", encoding="utf-8")
        return
    if path.read_text(encoding="utf-8") != found:
        seen = folder / f"{name}.svg"
        seen.write_text(found, encoding="utf-8")
        pytest.fail(f"{name} looks different: {seen}; {UPDATE}=1 keeps the new look")


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES)
async def test_the_agreement(explore: Explore, size: str, theme: str, tmp_path: Path) -> None:
    async with explore(*SIZES[size], at="lodz-accord-2025") as seen:
        seen.app.theme = theme
        await seen.press("3" if size != "120x40" else "2")
        compare(f"agreement-{size}-{theme}", seen.app.export_screenshot(), tmp_path)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES)
async def test_the_start(explore: Explore, size: str, theme: str, tmp_path: Path) -> None:
    async with explore(*SIZES[size]) as seen:
        seen.app.theme = theme
        await seen.settle()
        compare(f"start-{size}-{theme}", seen.app.export_screenshot(), tmp_path)


@pytest.mark.parametrize(
    ("name", "keys"), [("events", ["2", "G"]), ("empty", ["G"]), ("help", ["question_mark"])]
)
async def test_other_screens(explore: Explore, name: str, keys: list[str], tmp_path: Path) -> None:
    async with explore(80, 24) as seen:
        await seen.press(*keys)
        compare(f"{name}-80x24-dark", seen.app.export_screenshot(), tmp_path)


@pytest.mark.parametrize("size", SIZES)
async def test_find(explore: Explore, size: str, tmp_path: Path) -> None:
    async with explore(*SIZES[size]) as seen:
        await seen.press("slash", *"ferries")
        await seen.pilot.pause(0.06)
        await seen.settle()
        compare(f"find-{size}-dark", seen.app.export_screenshot(), tmp_path)


@pytest.mark.parametrize(("name", "keys"), [("letters", ["3", "f"]), ("zen", ["3", "z", "down"])])
async def test_reading(explore: Explore, name: str, keys: list[str], tmp_path: Path) -> None:
    async with explore(120, 40, at="lodz-summit-2025") as seen:
        await seen.press(*keys)
        compare(f"{name}-120x40-dark", seen.app.export_screenshot(), tmp_path)


@pytest.mark.parametrize("signs", [UNICODE, ASCII], ids=["unicode", "ascii"])
async def test_an_actor(explore: Explore, signs, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    async with explore(at="rauf-aliyev", signs=signs) as seen:
        compare(
            f"actor-{'ascii' if signs.ascii else 'unicode'}", seen.app.export_screenshot(), tmp_path
        )
