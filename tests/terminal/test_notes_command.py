"""`summitry note`, `notes` and `mark`: what they write, say and keep."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT, SHIPPED, UNMEASURED, apart, dossier, event, summitry, write
from tests.terminal.conftest import Start

SUMMIT = "washington-summit-2025"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier of three events, named by the environment."""
    events = [event("one-2025"), event("two-2025"), event("other-2024")]
    path = write(tmp_path / "dossier.json", dossier(*events))
    monkeypatch.setenv("SUMMITRY_STORE", str(path))
    return path


def said(*arguments: object, status: int = 0, **options: Any) -> str:
    """What a command prints; it must end with `status`, and be silent on stderr if that is 0."""
    result = summitry(*arguments, **options)
    assert result.returncode == status, result.stderr
    assert "Traceback" not in result.stderr
    if status == 0:
        assert result.stderr == ""
        return result.stdout
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_a_note_is_written_read_listed_and_deleted(home: Path) -> None:
    assert said("note", "washington-su", "compare", "with", "Prague") == f"noted {SUMMIT}\n"
    assert said("note", SUMMIT) == "compare with Prague\n"
    assert said("mark", "joint-declaration-2025") == "marked joint-declaration-2025\n"
    assert said("notes") == f"joint-declaration-2025\tmarked\t\n{SUMMIT}\t-\tcompare with Prague\n"
    assert json.loads(said("notes", "--json")) == [
        {"id": "joint-declaration-2025", "note": "", "marked": True},
        {"id": SUMMIT, "note": "compare with Prague", "marked": False},
    ]
    assert said("mark", "joint-declaration-2025") == "unmarked joint-declaration-2025\n"
    assert said("note", "--delete", SUMMIT) == f"deleted the note of {SUMMIT}\n"
    assert "no note" in said("note", SUMMIT, status=1)
    assert "no marks or notes" in said("notes", status=1)
    assert json.loads(summitry("notes", "--json").stdout) == []
    assert (home / "state" / "summitry" / "notebook.json").is_file()


def test_several_are_marked_at_once_and_a_script_may_say_which_way(home: Path) -> None:
    assert said("mark", "gabala", SUMMIT, "gabala") == f"marked gabala\nmarked {SUMMIT}\n"
    for _ in range(2):
        assert said("mark", "--on", "gabala") == "marked gabala\n"
    assert said("mark", "--off", "gabala", "baku") == "unmarked gabala\nunmarked baku\n"
    assert said("mark", SUMMIT, "nowhere", status=1).startswith("summitry: nowhere: no such record")
    assert said("notes") == f"{SUMMIT}\tmarked\t\n", "nothing is marked where one is unknown"


def test_a_note_says_when_its_record_is_another_now(store: Path) -> None:
    said("note", "one-2025", "compare")
    said("mark", "other-2024")
    told = json.loads(store.read_text(encoding="utf-8"))
    told["events"]["1"]["title"] = "Another"
    told["events"]["3"]["id"] = "renamed-2024"
    store.write_text(json.dumps(told), encoding="utf-8")
    result = summitry("notes")
    assert result.returncode == 0
    assert result.stdout == "other-2024\tmarked\t\none-2025\t-\tcompare\n"
    gone, other = sorted(result.stderr.splitlines(), reverse=True)
    assert gone.startswith('summitry: other-2024 was "')
    assert gone.endswith("and now is gone")
    assert other.startswith('summitry: one-2025 was "')
    assert 'and now is "Another"' in other


def test_a_note_comes_from_standard_input(store: Path) -> None:
    said("note", "one", "-", given="first\n\tsecond \x1b[31m\n\n")
    assert said("note", "one") == "first\n second \ufffd[31m\n"
    assert said("notes") == "one-2025\t-\tfirst  second \ufffd[31m\n"
    (entry,) = json.loads(said("notes", "--json"))
    assert entry["note"] == "first\n\tsecond \x1b[31m"
    for nothing in ("", " \n\n"):
        assert "--delete" in said("note", "one", "-", status=2, given=nothing)
    piped = store.with_name("piped")
    for data, words in ((b"caf\xe9", "not UTF-8"), (b"x" * 5_000_000, "at most 1,000,000")):
        piped.write_bytes(data)
        with piped.open("rb") as input_:
            result = apart("note", "one", "-", stdin=input_)
            assert (result.returncode, result.stdout) == (2, "")
            assert words in result.stderr
    assert "--delete" in said("note", "one", "", status=2)
    assert json.loads(said("notes", "--json")) == [entry]


def test_words_and_options_come_in_any_order(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUMMITRY_STORE")
    said("note", "one-2025", "--store", store, "-5", "degrees", "--", "--cold")
    assert said("note", "--store", store, "one") == "-5 degrees --cold\n"
    assert said("note", "one", "--delete", "--store", store) == "deleted the note of one-2025\n"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("note",), 2, "required: ID"),
        (("mark",), 2, "required: ID"),
        (("note", "one", "text", "--delete"), 2, "not both"),
        (("note", "one", "--delete"), 1, "no note"),
        (("note", "one", "--frob"), 2, "--frob"),
        (("note", "one", "--store"), 2, "expected one argument"),
        (("note", "o", "text"), 1, "more than one"),
        (("mark", "o"), 1, "one-2025, other-2024"),
        (("mark", "nowhere"), 1, "no such record"),
        (("notes", "--store", "/nowhere/at-all.json"), 2, "no such file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_is_one_line(
    store: Path, home: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    assert words in said(*arguments, status=status)
    assert not (home / "state").exists()


def test_dossiers_keep_their_notes_apart_and_keep_them_when_moved(
    store: Path, tmp_path: Path
) -> None:
    said("note", "one", "mine")
    other = dossier(event("one-2025"))
    other["meta"]["1"]["title"] = "Another"
    path = write(tmp_path / "other.json", other)
    assert "the notebook has 1 of AZ A dossier" in said("notes", "--store", path, status=1)
    store.rename(tmp_path / "moved.json")
    assert said("note", "one", "--store", tmp_path / "moved.json") == "mine\n"


def test_the_note_of_a_record_that_is_gone_stays(store: Path) -> None:
    said("note", "one", "still here")
    write(store, dossier(event("two-2025")))
    result = summitry("notes")
    assert (result.returncode, result.stdout) == (0, "one-2025\t-\tstill here\n")
    assert "and now is gone" in result.stderr
    assert said("note", "one-2025") == "still here\n"
    assert said("note", "one-2025", "--delete") == "deleted the note of one-2025\n"


def test_another_file_may_be_the_notebook(store: Path, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "deep" / "er" / "mine.json"
    said("mark", "one", env={"SUMMITRY_NOTEBOOK": str(path)})
    assert said("notes", env={"SUMMITRY_NOTEBOOK": str(path)}) == "one-2025\tmarked\t\n"
    assert not (home / "state").exists()
    line = said("mark", "one", status=2, env={"SUMMITRY_NOTEBOOK": str(store)})
    assert "a dossier, not a notebook" in line


def test_a_damaged_notebook_is_said_and_gone_on_from(store: Path, home: Path) -> None:
    said("note", "one", "first")
    said("note", "two", "second")
    path = home / "state" / "summitry" / "notebook.json"
    path.write_text('{"notes": ')
    result = summitry("notes")
    assert (result.returncode, result.stdout) == (0, "one-2025\t-\tfirst\n")
    assert f"{path} is damaged" in result.stderr
    result = summitry("mark", "two")
    assert (result.returncode, result.stdout) == (0, "marked two-2025\n")
    assert "is kept as" in result.stderr
    assert said("notes") == "two-2025\tmarked\t\none-2025\t-\tfirst\n"


def test_killed_at_any_moment_a_command_keeps_what_it_acknowledged(store: Path) -> None:
    """20 commands, half killed in their first 150 ms, half once they have acknowledged."""
    acknowledged = -1
    line = b"noted one-2025\n"
    command = [sys.executable, "-m", "tui", "note", "one-2025"]
    for number in range(20):
        process = subprocess.Popen(
            [*command, str(number)],
            env={**os.environ, **UNMEASURED, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout
        if number % 2:
            time.sleep(random.uniform(0.03, 0.15))
        elif process.stdout.readline() == line:
            acknowledged = number
        process.kill()
        if process.communicate()[0] == line:
            acknowledged = number
        result = summitry("note", "one")
        assert "damaged" not in result.stderr
        assert int(result.stdout or -1) >= acknowledged
    assert acknowledged >= 18


def test_shells_at_once_keep_all(store: Path) -> None:
    ids = ("one-2025", "two-2025", "other-2024")
    marking = [
        subprocess.Popen(
            [sys.executable, "-m", "tui", "mark", id_], env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        for id_ in ids
    ]
    assert [process.wait(60) for process in marking] == [0, 0, 0]
    assert {entry["id"] for entry in json.loads(said("notes", "--json"))} == set(ids)


@pytest.mark.parametrize("columns", [30, 80])
def test_on_a_terminal_the_list_fits(start: Start, columns: int) -> None:
    said("note", SUMMIT, "a note that is rather long, and longer still than any screen " * 3)
    said("mark", SUMMIT)
    said("mark", "gabala")
    terminal = start("notes", "--store", SHIPPED, columns=columns, rows=10)
    assert terminal.ended() == 0
    lines = [line.rstrip() for line in terminal.text.splitlines() if line.strip()]
    assert len(lines) == 2
    assert lines[0].startswith("* washington-summit-2025")
    assert lines[1].startswith("* gabala")
    if columns == 80:
        assert "Washington Summit" in lines[0]
        assert "a note that is" in lines[0]


def test_ids_and_options_are_completed(store: Path) -> None:
    assert said("__complete", "mark", "on") == "one-2025\n"
    assert said("__complete", "note", "--store", store, "on") == "one-2025\n"
    assert said("__complete", "note", "one-2025", "on") == "", "the words of a note are free"
    assert said("__complete", "note", "--d") == "--delete\n"
    assert said("__complete", "note") == "note\nnotes\n"
