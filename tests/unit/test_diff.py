"""`summitry diff`: what changed between two dossiers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import SMALL, Fields, summitry, write


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Callable[[Fields], None]], Path]:
    """Writes the small dossier with a change."""

    def make(change: Callable[[Fields], None]) -> Path:
        fields = json.loads(SMALL.read_text("utf-8"))
        change(fields)
        return write(tmp_path / "new.json", fields)

    return make


def diff(new: Path, *options: str, status: int = 1) -> str:
    done = summitry("diff", SMALL, new, *options)
    assert (done.returncode, done.stderr) == (status, "")
    return done.stdout


def accord(fields: Fields) -> Any:
    return next(e for e in fields["events"].values() if e["id"] == "lodz-accord-2025")


def test_the_same_dossier_has_no_differences() -> None:
    assert diff(SMALL, status=0) == ""
    assert json.loads(diff(SMALL, "--json", status=0)) == []


def test_records_added_and_removed(changed) -> None:  # type: ignore[no-untyped-def]
    def change(fields: Fields) -> None:
        key = next(k for k, p in fields["places"].items() if p["id"] == "suva")
        fields["places"]["77"] = fields["places"].pop(key) | {"id": "nadi", "name": "Nadi"}

    out = diff(changed(change))
    assert "- place suva: Suva\n+ place nadi: Nadi\n" in out


def test_which_field_and_claims_by_their_text(changed) -> None:  # type: ignore[no-untyped-def]
    def change(fields: Fields) -> None:
        event = accord(fields)
        event["date"] = "2025-08-09"
        del event["tags"]
        event["claims"][0]["kind"] = "fact" if event["claims"][0]["kind"] != "fact" else "statement"
        event["claims"].append({"kind": "fact", "text": "New \x1b[31mwords.", "cites": []})

    path = changed(change)
    lines = diff(path).splitlines()
    assert lines[0].startswith("~ event lodz-accord-2025: Łódź Accord")
    assert "    ~ date: 2025-08-08 -> 2025-08-09" in lines
    assert any(line.startswith("    - tags: ") for line in lines)
    assert any(line.startswith("    ~ claims: ") for line in lines)
    assert any(line.startswith("    + claims: New ") and "\x1b" not in line for line in lines)
    (found,) = json.loads(diff(path, "--json"))
    assert (found["what"], found["kind"], found["id"]) == ("changed", "event", "lodz-accord-2025")
    assert found["fields"]["date"] == ["2025-08-08", "2025-08-09"]


def test_what_changed_far_into_a_long_value_is_shown(changed) -> None:  # type: ignore[no-untyped-def]
    long = "word " * 100

    def change(fields: Fields) -> None:
        accord(fields)["summary"] += f" {long}The end."

    old = changed(change)
    new = old.with_name("newer.json")
    new.write_text(old.read_text("utf-8").replace("The end.", "The beginning."), "utf-8")
    done = summitry("diff", old, new)
    assert done.stdout.splitlines()[1].endswith(
        "word word The end. -> … word word word word word word word The beginning."
    )


def test_a_claim_that_is_moved_is_none(changed) -> None:  # type: ignore[no-untyped-def]
    def change(fields: Fields) -> None:
        accord(fields)["claims"].reverse()

    assert diff(changed(change), status=0) == ""


def test_a_file_that_is_no_dossier_is_one_line(tmp_path: Path) -> None:
    done = summitry("diff", SMALL, tmp_path / "none.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_claims_of_the_same_text_are_numbered(changed) -> None:  # type: ignore[no-untyped-def]
    def change(fields: Fields) -> None:
        accord(fields)["claims"] += [accord(fields)["claims"][0]] * 2000

    lines = diff(changed(change)).splitlines()[1:]
    assert len(lines) == 2000
    assert " (2): {" in lines[0]
    assert " (2001): {" in lines[-1]
    assert max(map(len, lines)) < 1000


def test_where_git_has_no_file_all_is_added_or_removed() -> None:
    for sides, sign in ((("/dev/null", SMALL), "+"), ((SMALL, "/dev/null"), "-")):
        done = summitry("diff", *sides)
        assert (done.returncode, done.stderr) == (1, "")
        meta, *lines = done.stdout.splitlines()
        title = json.loads(SMALL.read_text("utf-8"))["meta"]["1"]["title"]
        assert meta == f"~ meta meta: {title}"
        assert any(line.startswith(f"{sign} event lodz-accord-2025: Łódź") for line in lines)
        assert all(line.strip().startswith(sign) for line in lines)
