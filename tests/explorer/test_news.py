"""What is new since the reader was here."""

import json
from pathlib import Path

import pytest

from tests.explorer.conftest import Explore
from tests.support import SMALL, summitry, write
from tui.dossier.dossier import Dossier
from tui.notebook import Notebook, key_of
from tui.notebook.visit import Visit


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "dossier.json"
    path.write_bytes(SMALL.read_bytes())
    return path


def change(path: Path) -> None:
    """Add an event, and change another one."""
    fields = json.loads(path.read_text("utf-8"))
    accord = next(e for e in fields["events"].values() if e["id"] == "lodz-accord-2025")
    accord["summary"] = "Another summary."
    fields["events"]["99"] = accord | {"id": "new-accord-2025", "part_of": None, "title": "New one"}
    del fields["events"]["99"]["part_of"]
    write(path, fields)


async def test_what_is_new_or_changed_has_a_sign_and_is_found(explore: Explore, file: Path) -> None:
    async with explore(120, 40, dossier=Dossier.open(file)) as seen:
        assert not any("new" in words for words in seen.said), "at the first visit nothing is"
        await seen.press("2", "j", "q")
    change(file)
    async with explore(120, 40, dossier=Dossier.open(file)) as seen:
        assert any(words.startswith("1 new, 1 changed since ") for words in seen.said)
        row = next(line for line in seen.text.splitlines() if "New one" in line)
        assert "+│" in row.replace(" ", "") or "+▐" in row.replace(" ", "")
        await seen.press("slash", *"is:new", "enter")
        rows = seen.screen.state.dossier.rows(seen.screen.state.shown.listing.events)
        assert {r.id for r in rows} == {"new-accord-2025", "lodz-accord-2025"}
        await seen.press("escape", "escape", "x")
        row = next(line for line in seen.text.splitlines() if "New one" in line)
        assert "+" not in row
        assert "everything is seen" in seen.said
    async with explore(120, 40, dossier=Dossier.open(file)) as seen:
        assert not any("since" in words for words in seen.said)


def test_the_shell_finds_it_too(file: Path) -> None:
    dossier = Dossier.open(file)
    Notebook.open(key_of(dossier)).set_visit(dossier)
    change(file)
    done = summitry("find", "is:new", "--store", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert {line.split("\t")[0] for line in done.stdout.splitlines()} == {
        "new-accord-2025",
        "lodz-accord-2025",
    }


@pytest.mark.parametrize("digests", ["", "????", "AAAA", "x" * 9])
def test_a_visit_that_cannot_be_read_is_none_or_tells_all_as_new(digests: str) -> None:
    visit = Visit("2026-11-04", "1-2-3", digests)
    assert set(visit.news({"a": 1}).ids) <= {"a"}
    assert Visit.of({"day": 5, "file": "", "digests": ""}) is None


def test_news_in_words() -> None:
    visit = Visit.now("f", {"a": 1, "b": 2})._replace(day="2026-11-04")
    assert str(visit.news({"a": 1, "b": 3, "c": 4})) == "1 new, 1 changed since 4 November 2026"
    assert str(visit.news({"a": 1, "b": 2})) == ""


async def test_the_first_start_says_what_this_is_until_the_next_key(
    explore: Explore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.explorer.visits.WELCOME", "A dossier to read: {drill} opens, {quit}")
    async with explore(80, 24) as seen:
        assert seen.said == ["A dossier to read: → opens, q"]
        assert "A dossier to read" in seen.text
        await seen.press("2", "j")
        assert "A dossier to read" not in seen.text
        await seen.press("q")
    async with explore(80, 24) as seen:
        assert not any("A dossier to read" in words for words in seen.said)
    async with explore(80, 24, tour=True) as seen:
        assert any("A dossier to read" in words for words in seen.said)


async def test_notes_are_found_by_their_words(explore: Explore) -> None:
    async with explore(120, 40, at="lodz-accord-2025") as seen:
        await seen.press("a", *"Xylophone quartet", "escape")
        await seen.press("slash", *"quartet xylo", "enter")
        state = seen.screen.state
        assert [row.id for row in state.dossier.rows(state.shown.listing.events)] == [
            "lodz-accord-2025"
        ]
        await seen.press("slash", "ctrl+u", *"quartet -xylophone", "enter")
        assert not state.shown.listing


async def test_the_palette_finds_records_and_commands_each_once(explore: Explore) -> None:
    async with explore(120, 40) as seen:
        await seen.press("ctrl+p", *"lukasik")
        rows = [line for line in seen.text.splitlines() if "Anna Łukasik" in line]
        assert len(rows) == 1
        await seen.press("enter")
        assert seen.screen.state.row.id == "anna-lukasik"
        await seen.press("t", "ctrl+p", *"passes", "enter")  # over a view, too
        assert "passes" in seen.screen.state.row.id
        await seen.press("ctrl+p", *"timeline", "enter")
        assert "Timeline" in seen.text
