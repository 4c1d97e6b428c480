"""A note written in the reader's own editor."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.app import SuspendNotSupported

from tui.explorer.text_editor import edit
from tui.files import StoreError


class Suspending:
    """An app that gives the terminal away, or cannot; as Textual's it takes no error in between."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.suspended = False

    @contextmanager
    def suspend(self) -> Iterator[None]:
        if self.error:
            raise self.error
        self.suspended = True
        yield
        self.suspended = False


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that adds a line, and says where and how private the file was."""
    script = tmp_path / "editor"
    said = tmp_path / "said"
    script.write_text(f'#!/bin/sh\nls -ld "$(dirname "$1")" > {said}\necho more >> "$1"\n')
    script.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{script}")
    return said


def test_what_was_written_there_comes_back_and_nothing_stays(editor: Path) -> None:
    app: Any = Suspending()
    assert edit(app, "Łódź\n") == "Łódź\nmore\n"
    said = editor.read_text()
    assert said.startswith("drwx------")
    assert not os.path.exists(said.split()[-1])


@pytest.mark.parametrize(
    ("editor_", "says"),
    [
        ("", "set EDITOR"),
        (" ", "set EDITOR"),
        ("/no/such/editor", "no such file"),
        ("false", "false: "),
        ('"', '": '),
    ],
)
def test_an_editor_that_fails_is_one_line(
    monkeypatch: pytest.MonkeyPatch, editor_: str, says: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor_)
    app: Any = Suspending()
    with pytest.raises(StoreError, match=says):
        edit(app, "text")
    assert not app.suspended


def test_what_is_longer_than_a_note_may_be_is_refused(
    editor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app: Any = Suspending()
    monkeypatch.setattr("tui.explorer.text_editor.LONGEST", 8)
    with pytest.raises(StoreError, match="at most 8 characters"):
        edit(app, "text")


def test_nowhere_to_write_the_text_is_said(editor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/no/such/folder")
    app: Any = Suspending()
    with pytest.raises(StoreError, match=r"no such file.*the note is as it was"):
        edit(app, "text")


def test_a_terminal_that_cannot_be_given_away_is_said(editor: Path) -> None:
    app: Any = Suspending(SuspendNotSupported())
    with pytest.raises(StoreError, match="no room"):
        edit(app, "text")
