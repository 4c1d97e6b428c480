"""`e`: what is listed goes to a file in the folder the explorer was started in."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.explorer.conftest import Explore
from tests.explorer.seen import Seen, until
from tui.dossier.dossier import Dossier

#: Down presses in the menu that lead to each format, and the end of the file's name.
FORMATS = ["md", "csv", "json", "ics", "bib", "csl.json", "ris", "html"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(seen: Seen) -> str:
    return " / ".join(seen.said)


@pytest.mark.parametrize("end", FORMATS)
async def test_each_format_is_written_and_named(explore: Explore, here: Path, end: str) -> None:
    path = here / f"summitry-export.{end}"
    async with explore() as seen:
        await seen.press("e")
        assert "Export what is listed (14)" in seen.text
        await seen.press(*["down"] * FORMATS.index(end), "enter")
        await until(seen, lambda: str(path) in said(seen))
        word = {
            "json": "\\u0141\\u00f3d\\u017a",
            "bib": "@",
            "csl.json": "atlas",
            "ris": "TY  - ",
        }.get(end, "Łódź")
        assert word in path.read_text("utf-8")
    assert [found.name for found in here.iterdir()] == [path.name]


async def test_only_what_is_listed_goes_out_and_nothing_is_overwritten(
    explore: Explore, here: Path
) -> None:
    (here / "summitry-export.csv").write_text("mine", "utf-8")
    async with explore() as seen:
        await seen.press("down", "e", "down", "enter")
        second = here / "summitry-export-2.csv"
        await until(seen, second.exists)
        with second.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        listed = {
            row.id for row in seen.screen.state.dossier.rows(seen.screen.state.shown.listing.events)
        }
        assert {row["id"] for row in rows} == listed
        assert len(listed) == 6
        assert (here / "summitry-export.csv").read_text("utf-8") == "mine"


async def test_what_was_found_can_be_taken_along(explore: Explore, here: Path) -> None:
    async with explore() as seen:
        await seen.press("/", *"treaty", "enter")
        await seen.press("2", "e", "down", "down", "enter")
        path = here / "summitry-export.json"
        await until(seen, path.exists)
        assert json.loads(path.read_text("utf-8"))["meta"]["1"]["format"] == 1


async def test_a_folder_that_cannot_be_written_is_said(
    explore: Explore, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with explore() as seen:
        await seen.press("e")
        here.rmdir()
        await seen.press("enter")
        await until(seen, lambda: "no such file" in said(seen))


async def test_a_file_that_has_just_changed_is_not_mixed_up(
    explore: Explore, here: Path, opened: Callable[[Path], Dossier], tmp_path: Path
) -> None:
    from tests.support import SMALL

    path = tmp_path / "mine.json"
    path.write_bytes(SMALL.read_bytes())
    async with explore(dossier=opened(path)) as seen:
        await seen.press("e")
        path.write_bytes(SMALL.read_bytes() + b"\n")
        await seen.press("enter")
        await until(seen, lambda: "the file has just changed; try again" in said(seen))
        assert not (here / "summitry-export.md").exists()
