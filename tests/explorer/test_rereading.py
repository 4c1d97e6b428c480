"""The open dossier is read again when its file changes, and the reader stays where they were."""

import gc
import json
import os
import shutil
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.explorer.conftest import Explore
from tests.explorer.seen import Seen, until
from tests.support import SMALL, Fields
from tui.dossier.dossier import Dossier
from tui.notebook import Notebook, key_of

ACCORD, SUMMIT, TREATY = "lodz-accord-2025", "lodz-summit-2025", "passes-treaty-2025"
Edit = Callable[[Fields], object]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.explorer.file_watcher.INTERVAL", 0.02)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A dossier of one's own, to be edited."""
    return Path(shutil.copy(SMALL, tmp_path / "mine.json"))


@pytest.fixture
def mine(path: Path, opened: Callable[[Path], Dossier]) -> Dossier:
    return opened(path)


def save(path: Path, edit: Edit) -> None:
    """Change the dossier as an editor does: written beside it, then put in its place."""
    fields = json.loads(path.read_text("utf-8"))
    edit(fields)
    beside = path.with_suffix(".swp")
    beside.write_text(json.dumps(fields, ensure_ascii=False, indent=2), "utf-8")
    os.replace(beside, path)


def event(fields: Fields, id_: str) -> Fields:
    return next(event for event in fields["events"].values() if event["id"] == id_)


def add_earliest(fields: Fields) -> None:
    """Every event after it has another number now."""
    new = {"id": "first-talks-1985", "type": "meeting", "title": "First talks", "date": "1985"}
    claim = {"kind": "fact", "text": "Talks.", "cites": [{"source": "atlas-2020", "at": "p. 1"}]}
    fields["events"]["99"] = new | {"regions": ["amber-shore"], "summary": "", "claims": [claim]}


def remove(fields: Fields, id_: str) -> None:
    fields["events"] = {key: e for key, e in fields["events"].items() if e["id"] != id_}


def trouble(seen: Seen) -> str:
    """The line that says why the file cannot be read."""
    line = seen.screen.trouble
    return line.words if line.display else ""


def told(seen: Seen) -> str:
    return " / ".join(seen.said)


async def test_a_change_is_shown_and_the_place_kept(
    explore: Explore, mine: Dossier, path: Path
) -> None:
    async with explore(80, 12, dossier=mine) as seen:
        await seen.press("down", "right", *"jjjjj", "right", "j", "j")
        before, top = seen.current, seen.page.top
        number = seen.screen.state.current
        assert (seen.screen.state.value, top) == ("amber-shore", 2)

        def edit(fields: Fields) -> None:
            add_earliest(fields)
            event(fields, before)["title"] = "A title mended"

        save(path, edit)
        await until(seen, lambda: "A title mended" in seen.text)
        assert seen.current == before
        assert seen.screen.state.current == number + 1, (
            "the numbers did not change: nothing was tested"
        )
        assert (seen.focused, seen.page.top, seen.screen.state.value) == ("page", 2, "amber-shore")
        assert "15 events" in seen.text
        await seen.press("2", "G")
        assert seen.current == "first-talks-1985"
        await until(seen, lambda: "the file changed and was read again" in told(seen))


async def test_history_and_matches_lead_to_the_same_records(
    explore: Explore, mine: Dossier, path: Path
) -> None:
    async with explore(dossier=mine, at=SUMMIT) as seen:
        await seen.press("/", *"passes", "enter")
        found = [seen.current]
        await seen.press("n")
        found.append(seen.current)
        assert len(set(found)) == 2
        save(path, add_earliest)
        await until(seen, lambda: "15 events" in seen.text)
        assert seen.current == found[1]
        await seen.press("N")
        assert seen.current == found[0]
        await seen.press("[")
        assert seen.current == SUMMIT


async def test_what_was_found_is_looked_up_again(
    explore: Explore, mine: Dossier, path: Path
) -> None:
    def ids(seen: Seen) -> list[str]:
        state = seen.screen.state
        return [row.id for row in state.dossier.rows(state.shown.listing.events)]

    def edit(fields: Fields) -> None:
        add_earliest(fields)
        fields["events"]["99"]["title"] = "First talks on ferries"
        event(fields, SUMMIT)["title"] = "Summit of the ferries"
        remove(fields, "toll-decision-2025")

    async with explore(160, dossier=mine, at=SUMMIT) as seen:
        await seen.press("1", "/", *"ferries", "enter", "2")
        while seen.current != SUMMIT:
            await seen.press("j")
        assert "first-talks-1985" not in ids(seen)
        assert "toll-decision-2025" in ids(seen)
        save(path, edit)
        await until(seen, lambda: "Summit of the ferries" in seen.text)
        assert (seen.current, seen.focused, seen.breadcrumb[1]) == (SUMMIT, "events", "ferries")
        assert "first-talks-1985" in ids(seen)
        assert "toll-decision-2025" not in ids(seen)
        cursor = seen.pane("events").render_line(seen.pane("events").cursor).text
        assert cursor.startswith("▌◆ Summit of the ferries"), "every row has its own words"
        for number, id_ in enumerate(ids(seen)):
            row = seen.screen.state.dossier.row(id_)
            assert row
            assert row.title in seen.pane("events").render_line(number).text
        values = seen.screen.state.values
        assert values.at(0).total == sum(bool(seen.screen.state.dossier.row(i).lo)
                                         for i in ids(seen))  # fmt: skip
        await seen.press("1", "escape")
        assert (seen.current, seen.focused) == (SUMMIT, "facets")
        assert seen.screen.state.found is None


async def test_a_cell_of_a_chart_keeps_its_events(
    explore: Explore, mine: Dossier, path: Path
) -> None:
    async with explore(dossier=mine) as seen:
        await seen.press("w", "right", "enter")
        state = seen.screen.state
        before = [row.id for row in state.dossier.rows(state.shown.listing.events)]
        save(path, add_earliest)
        await until(seen, lambda: "15 events" in seen.text)
        assert [row.id for row in state.dossier.rows(state.shown.listing.events)] == before
        assert state.shown.heading == f"Rauf Əliyev · {len(before)} events"
        await seen.press("escape")
        assert state.shown.heading == "All · 15"


async def test_what_is_gone_leaves_the_reader_beside_it(
    explore: Explore, mine: Dossier, path: Path
) -> None:
    async with explore(dossier=mine, at="envoys-meeting-2025") as seen:
        await seen.press("3")
        save(path, lambda fields: remove(fields, "envoys-meeting-2025"))
        await until(seen, lambda: "13 events" in seen.text)
        assert seen.current == ACCORD, "the one after it in the list"
        await until(seen, lambda: "the record you were at is gone" in told(seen))
        assert seen.focused == "page"


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda fields: event(fields, ACCORD).update(title=5), f"events 6 ({ACCORD}): title:"),
        (lambda fields: event(fields, ACCORD).update(date="2025-13"), f"({ACCORD}): date:"),
        (lambda fields: fields["meta"]["1"].update(format=2), "format 2"),
    ],
    ids=["field", "date", "format"],
)
async def test_a_broken_edit_is_a_line_and_the_last_good_one_stays(
    explore: Explore, mine: Dossier, path: Path, edit: Edit, says: str
) -> None:
    good = path.read_bytes()
    async with explore(dossier=mine, at=ACCORD) as seen:
        save(path, edit)
        await until(seen, lambda: bool(trouble(seen)))
        assert trouble(seen).startswith("mine.json: ")
        assert says in trouble(seen)
        assert trouble(seen).endswith("; the last good one is shown")
        assert "Łódź Accord" in seen.text
        await seen.press("2", "k")
        assert seen.current != ACCORD, "the last good one cannot be read on"
        path.write_bytes(good)
        await until(seen, lambda: not trouble(seen))
        assert "14 events" in seen.text


async def test_half_a_file_and_no_file_are_said(
    explore: Explore, mine: Dossier, path: Path
) -> None:
    good = path.read_bytes()
    async with explore(80, 24, dossier=mine) as seen:
        path.write_bytes(good[: len(good) // 2])
        await until(seen, lambda: "line" in trouble(seen) or "cut short" in trouble(seen))
        path.unlink()
        await until(seen, lambda: "no such file" in trouble(seen))
        assert "14 events" in seen.text
        path.write_bytes(good)
        await until(seen, lambda: not trouble(seen))


async def test_a_query_being_typed_is_not_disturbed(
    explore: Explore, mine: Dossier, path: Path
) -> None:
    async with explore(dossier=mine) as seen:
        await seen.press("/", *"treaty")
        save(path, add_earliest)
        await seen.pilot.pause(0.3)
        assert "14 events" in seen.text
        assert seen.current == TREATY
        await seen.press("enter")
        await until(seen, lambda: "15 events" in seen.text)
        assert seen.current == TREATY


async def test_another_screen_is_finished_with_first(
    explore: Explore, mine: Dossier, path: Path
) -> None:
    async with explore(dossier=mine, at=ACCORD) as seen:
        await seen.press("t")
        save(path, add_earliest)
        await seen.pilot.pause(0.3)
        await seen.press("escape")
        await until(seen, lambda: "15 events" in seen.text)
        assert seen.current == ACCORD


async def test_a_dossier_stays_open_while_anybody_holds_it(explore: Explore, path: Path) -> None:
    """A view, or a reader of it, may ask for more of the dossier of several changes ago."""
    first = Dossier.open(path)
    held = weakref.ref(first)
    async with explore(dossier=first, at=ACCORD) as seen:
        row = first.row(ACCORD)
        assert row
        for number in range(4):
            save(path, lambda fields, n=number: event(fields, ACCORD).update(title=f"Title {n}"))
            await until(seen, lambda n=number: f"Title {n}" in seen.text)
            assert first.record(row).id == ACCORD
            assert first.values("region"), "it cannot be asked any more"
    del first, row
    seen.app.dossier = Dossier.open(path)
    gc.collect()
    assert held() is None, "nobody needs it, but somebody holds it"


async def test_a_note_being_written_keeps_the_keys(
    explore: Explore, mine: Dossier, path: Path
) -> None:
    async with explore(dossier=mine, at=ACCORD) as seen:
        await seen.press("a", *"one ")
        save(path, lambda fields: fields["meta"]["1"].update(title="Two shores again"))
        await until(seen, lambda: "Two shores again" in seen.text)
        assert seen.focused == "note"
        await seen.press(*"two")
        await seen.press("escape")
        again = Dossier.open(path)
        await until(seen, lambda: Notebook.open(key_of(again)).note(ACCORD) == "one two")
        again.close()


async def test_the_strip_and_the_groups_count_again(
    explore: Explore, mine: Dossier, path: Path
) -> None:
    async with explore(dossier=mine) as seen:
        assert "1985" not in seen.text
        save(path, add_earliest)
        await until(seen, lambda: "15 events" in seen.text)
        assert "1985" in seen.text.splitlines()[-2], "the strip shows no new year"
        await seen.group("year")
        assert seen.screen.state.facet == "year"
        save(path, lambda fields: remove(fields, "first-talks-1985"))
        await until(seen, lambda: "14 events" in seen.text)
        assert "1985" not in seen.text


async def test_what_a_screen_on_top_chose_is_what_is_shown(
    explore: Explore, mine: Dossier, path: Path
) -> None:
    async with explore(dossier=mine, at="tbilisi-visit-2025") as seen:
        await seen.press("t", "plus", "plus", "plus")
        save(path, lambda fields: remove(fields, "passes-dispute-1990"))
        await seen.pilot.pause(0.3)
        await seen.press("enter")
        await until(seen, lambda: "13 events" in seen.text)
        assert seen.current == "tbilisi-visit-2025"
        await seen.press("m", "apostrophe")
        save(path, add_earliest)
        await seen.pilot.pause(0.3)
        await seen.press("enter")
        await until(seen, lambda: "14 events" in seen.text)
        assert seen.current == "tbilisi-visit-2025"
