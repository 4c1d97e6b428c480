"""Marks, notes and the last place, in process."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.conftest import Explore
from tests.explorer.seen import Seen, until
from tui.dossier.dossier import Dossier
from tui.explorer.panes.note_panel import NotePanel
from tui.notebook import Notebook, ReadingPlace, key_of

ACCORD = "lodz-accord-2025"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.explorer.visits.PLACE_PAUSE", 0.05)
    monkeypatch.setattr("tui.explorer.panes.note_panel._PAUSE", 0.05)


@pytest.fixture
def book(small: Dossier, home: Path) -> Callable[[], Notebook]:
    """What another program finds in the notebook."""
    return lambda: Notebook.open(key_of(small))


@pytest.fixture
def locked(home: Path) -> Path:
    """Makes the notebook unwritable, until this folder is removed."""
    path = home / "state" / "summitry" / "notebook.json.lock"
    path.mkdir(parents=True)
    return path


def panel(seen: Seen) -> NotePanel:
    return seen.screen.query_one(NotePanel)


def said(seen: Seen) -> list[str]:
    return list(seen.said)


async def test_a_note_is_saved_as_it_is_typed_and_shown_on_the_page(explore: Explore, book) -> None:  # type: ignore[no-untyped-def]
    async with explore(at=ACCORD) as seen:
        await seen.press("a", *"see q", "enter", *"m")
        assert seen.focused == "note"
        await until(seen, lambda: book().note(ACCORD) == "see q\nm")
        await seen.press("escape")
        await until(seen, lambda: seen.focused == "page")
        assert not panel(seen).display
        assert "noted" in seen.text
        await seen.press("m")
        await until(seen, lambda: said(seen) == ["marked: Łódź Accord on ferries"])
        assert seen.page.remark == "marked, noted"
        await seen.press("apostrophe")
        assert "Marks and notes" in seen.text
        assert "see q" in seen.text


async def test_a_mark_does_what_the_reader_saw_also_after_another_program_s(
    explore: Explore, book
) -> None:  # type: ignore[no-untyped-def]
    async with explore(at=ACCORD) as seen:
        await seen.press("apostrophe")
        book().mark(ACCORD)
        await seen.press("m")  # nothing on screen said that it was marked
        await until(seen, lambda: bool(said(seen)[1:]))
        assert said(seen)[1] == "marked: Łódź Accord on ferries"
        assert [entry.id for entry in book().notes() if entry.marked] == [ACCORD]
        book().mark("harbour-opening-2020")
        await seen.press("apostrophe")
        assert "Marks and notes" in seen.text


@pytest.mark.parametrize("zen", [False, True], ids=["panes", "zen"])
@pytest.mark.parametrize("size", [(120, 40), (80, 24), (48, 20), (30, 8), (20, 5)], ids=str)
async def test_what_is_typed_in_a_note_is_seen_at_every_size(
    explore: Explore, size: tuple[int, int], zen: bool
) -> None:
    async with explore(*size, at=ACCORD) as seen:
        await seen.press(*["z"] * zen, "a", *"see Prague")
        assert "see Prague" in seen.text
        assert seen.app.screen.size.region.contains_region(panel(seen).region)
        if size[1] > 5:
            assert "Łódź" in seen.text.replace("Note on Łódź", ""), "the page is there"
        await seen.press("escape")
        assert not panel(seen).display


async def test_what_another_wrote_meanwhile_is_kept_below(explore: Explore, book) -> None:  # type: ignore[no-untyped-def]
    book().set_note(ACCORD, "old")
    async with explore(at=ACCORD) as seen:
        await seen.press("a", *" mine")
        book().set_note(ACCORD, "old\ntheirs")
        both = "old mine\n\n— also written elsewhere —\nold\ntheirs"
        await until(seen, lambda: book().note(ACCORD) == both)
        await until(seen, lambda: panel(seen).text == both)
        await seen.press("!", "escape")
        await until(seen, lambda: book().note(ACCORD) == both.replace("mine", "mine!"))


async def test_the_note_to_edit_is_the_one_that_the_file_has_now(explore: Explore, book) -> None:  # type: ignore[no-untyped-def]
    async with explore(at=ACCORD) as seen:
        await seen.press("a", "escape")
        await until(seen, lambda: seen.focused == "page")
        book().set_note(ACCORD, "from a shell")
        await seen.press("a")
        assert panel(seen).text == "from a shell"


async def test_saves_are_made_in_order_by_one_writer(  # type: ignore[no-untyped-def]
    explore: Explore, book, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, texts, writers = threading.Event(), [], set()
    real = Notebook.set_note

    def slow(self: Notebook, id_: str, note: str, **more: Any) -> str:
        texts.append(note)
        writers.add(threading.get_ident())
        gate.wait(5)
        return real(self, id_, note, **more)

    async with explore(at=ACCORD) as seen:
        monkeypatch.setattr(Notebook, "set_note", slow)
        await seen.press("a", "a")
        await until(seen, lambda: texts == ["a"])
        for letter in "bcd":
            await seen.press(letter)
            await seen.pilot.pause(0.1)
        gate.set()
        await until(seen, lambda: texts == ["a", "abcd"])
        await until(seen, lambda: not panel(seen).unsaved)
        monkeypatch.undo()
        assert len(writers) == 1


async def test_a_note_that_cannot_be_saved_stays_open_and_is_saved_later(  # type: ignore[no-untyped-def]
    explore: Explore, book, locked: Path
) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("a", *"words", "escape")
        await until(seen, lambda: seen.focused == "page")
        assert panel(seen).display
        assert panel(seen).text == "words"
        assert "not saved: cannot write the notebook" in str(panel(seen).border_subtitle)
        await seen.pilot.pause(0.2)
        assert len(said(seen)) == 1
        await seen.press("2", "j", "a")
        assert (panel(seen).text, seen.focused) == ("words", "note")
        assert "is not saved" in said(seen)[-1]
        locked.rmdir()
        await seen.press("escape")
        await until(seen, lambda: not panel(seen).display)
        assert book().note(ACCORD) == "words"


async def test_leaving_writes_the_last_words_and_the_place(explore: Explore, book) -> None:  # type: ignore[no-untyped-def]
    async with explore() as seen:
        await seen.press("2", "j", "3")
        await seen.pilot.press("a", *"last words", "ctrl+q")
        await until(seen, lambda: seen.app._exit)
        id_ = seen.current
    assert book().note(id_) == "last words"
    assert (book().place().id, book().place().pane) == (id_, "page")


async def test_leaving_with_a_note_that_cannot_be_saved_asks_once(  # type: ignore[no-untyped-def]
    explore: Explore, locked: Path
) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("a", *"words", "ctrl+q")
        await until(seen, lambda: "Leave again to lose it" in "".join(said(seen)))
        assert not seen.app._exit
        await seen.press("ctrl+q")
        await until(seen, lambda: seen.app._exit)


@pytest.mark.parametrize(("keys", "pane"), [("2j3jj", "page"), ("2j", "events"), ("j", "facets")])
async def test_the_place_is_come_back_to(explore: Explore, book, keys: str, pane: str) -> None:  # type: ignore[no-untyped-def]
    async with explore(120, 14) as seen:
        await seen.press(*keys)
        state = seen.screen.state
        place = ReadingPlace(
            state.facet, state.value, seen.current, seen.page.top, pane, "newest", ()
        )
        await until(seen, lambda: book().place() == place)
        assert (place.scroll > 0) == (pane == "page")
    async with explore(120, 14) as seen:
        await until(seen, lambda: seen.screen.notes.visits.here() == tuple(place))
        assert seen.focused == pane


async def test_reading_without_moving_writes_nothing(explore: Explore, home: Path) -> None:
    for _ in range(2):
        async with explore(at=ACCORD) as seen:
            await seen.pilot.pause(0.2)
            await seen.press("q")
            await until(seen, lambda: seen.app._exit)
        assert not os.path.exists(home / "state")


async def test_an_unwritable_notebook_is_said_once(explore: Explore, locked: Path) -> None:
    async with explore() as seen:
        for _ in range(3):
            await seen.press("2", "j")
            await seen.pilot.pause(0.15)
        assert len(said(seen)) == 1
        assert "cannot write the notebook" in said(seen)[0]
        await seen.press("m")
        await until(seen, lambda: len(said(seen)) == 2)


async def test_an_unreadable_notebook_is_said_and_never_taken_for_success(  # type: ignore[no-untyped-def]
    explore: Explore, home: Path
) -> None:
    (home / "state" / "summitry" / "notebook.json").mkdir(parents=True)
    async with explore(at=ACCORD) as seen:
        await until(seen, lambda: len(said(seen)) == 1)  # as it is looked at for the page
        for number, key in enumerate(("m", "a", "apostrophe"), 2):
            await seen.press(key)
            await until(seen, lambda number=number: len(said(seen)) == number)
            assert "not a regular file" in said(seen)[-1]
        assert not seen.screen.query(NotePanel)


async def test_an_index_that_is_not_kept_is_said_at_the_start(  # type: ignore[no-untyped-def]
    explore: Explore, small: Dossier
) -> None:
    small.kept = False
    async with explore() as seen:
        words = ["index kept in memory: the cache folder cannot be written"]
        await until(seen, lambda: said(seen) == words)
        await seen.press("j", "2", "j")
        assert len(said(seen)) == 1


async def test_what_a_shell_marks_is_shown_in_a_moment(
    explore: Explore, book, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("tui.explorer.screen.NOTEBOOK_INTERVAL", 0.05)
    async with explore(at=ACCORD) as seen:
        assert seen.page.remark == ""
        book().mark(ACCORD)
        await until(seen, lambda: seen.page.remark == "marked")
        book().set_note(ACCORD, "words")
        await until(seen, lambda: seen.page.remark == "marked, noted")
        book().mark(ACCORD)
        await until(seen, lambda: seen.page.remark == "noted")


async def test_who_types_on_and_on_is_saved_meanwhile(  # type: ignore[no-untyped-def]
    explore: Explore, book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.explorer.panes.note_panel._PAUSE", 60)
    monkeypatch.setattr("tui.explorer.panes.note_panel._LONGEST", 0.2)
    async with explore(at=ACCORD) as seen:
        await seen.press("a")
        for _ in range(200):  # never a pause
            await seen.press("x")
            await seen.pilot.pause(0.02)
            if book().note(ACCORD):
                break
        assert panel(seen).unsaved or book().note(ACCORD) == panel(seen).text
        assert book().note(ACCORD), "nothing was saved while the typing went on"


async def test_escape_closes_the_note_from_the_page_too(explore: Explore, book) -> None:  # type: ignore[no-untyped-def]
    async with explore(at=ACCORD) as seen:
        await seen.press("a", *"words", "tab")
        assert seen.focused == "page"
        assert seen.shown == ["page"]
        await seen.press("j", "j")
        assert seen.page.top == 2, "the page cannot be scrolled beside the note"
        await seen.press("tab")
        assert seen.focused == "note"
        await seen.press("tab", "escape")
        await until(seen, lambda: not panel(seen).display)
        assert seen.focused == "page"
        assert book().note(ACCORD) == "words"
        await seen.press("a", "tab", "2")
        await until(seen, lambda: not panel(seen).display)
        assert (seen.focused, seen.shown) == ("events", ["facets", "events", "page"])


async def test_a_note_does_not_stay_beside_another_page(explore: Explore) -> None:
    async with explore(at=ACCORD) as seen:
        await seen.press("a", *"words", "tab", "f", "a")
        await until(seen, lambda: not panel(seen).display)
        assert seen.current != ACCORD
        assert seen.page.remark == ""
