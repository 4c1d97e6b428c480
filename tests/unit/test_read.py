"""`summitry read`, through a pipe as a screen reader's terminal or a script would have it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, SMALL


def told(*answers: str) -> list[str]:
    """What is told, answer by answer; the first is what is told before any."""
    command = [sys.executable, "-m", "tui", "read", str(SMALL)]
    words = "".join(f"{answer}\n" for answer in answers)
    done = subprocess.run(
        command, check=False, cwd=ROOT, input=words, capture_output=True, encoding="utf-8"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    return done.stdout.split("> ")


def test_values_then_events_then_a_page_and_back() -> None:
    values, events, page, again, _ = told("3", "2", "b")
    assert "Regions:\n1. All, 14 events\n2. Amber Shore, 6 events\n3. Mountain Rim" in values
    assert events.startswith("Mountain Rim, 11:\nplanned:\n1. ")
    assert "2025:\n2. 6–7 October 2025, summit: Summit in Qəbələ" in events
    assert page.startswith("Summit in Qəbələ.\nsummit, 6–7 October 2025, Qəbələ [1]\n")
    assert again == events


def test_a_long_page_goes_on_when_asked() -> None:
    _, _, page, rest, _ = told("/lodz accord", "1", "")
    assert page.startswith("Łódź Accord on ferries.\n")
    assert page.endswith("Enter: more\n")
    assert len(page.splitlines()) == 21
    assert "Sources:\nSource 1: " in rest
    assert rest.splitlines()[-1].startswith("Source ")


def test_find_follow_and_take_away() -> None:
    _, found, page, place, *_ = told("/lodz accord", "1", "1", "q")
    assert found.startswith("lodz accord, ")
    assert "1. 8 August 2025, agreement: Łódź Accord" in found
    assert "declaration, 8 August 2025, Łódź [1]\n" in page
    assert place.startswith("Łódź.\nplace, Poland")
    _, nothing, *_ = told("/xqzw")
    assert 'no "xqzw"' in nothing
    *_, everything, _ = told("/lodz", "/", "q")
    assert everything.startswith("All, 14:")


def test_group_order_and_steps() -> None:
    _, actors, *_ = told("g actor")
    assert actors.startswith("Actors:\n1. All, 14 events\n2. Rauf Əliyev")
    _, turned, _ = told("s")
    assert turned.startswith("oldest first\nAll, 14:\n1990:\n1. ")
    *_, page, following, _ = told("1", "1", "n")
    assert page != following
    assert following.splitlines()[1].startswith("decision")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("99", "there are numbers from 1 to "),
        ("b", "this is the beginning"),
        ("what", "that is no answer"),
        ("g nothing", "group by one of region, type, year, actor, place, tag"),
        ("/x:y", "unknown field"),
        ("h", "q: leave"),
    ],
)
def test_an_answer_that_leads_nowhere_says_why(answer: str, says: str) -> None:
    assert says in told(answer, "q")[1]


def test_a_notebook_that_cannot_be_read_does_not_end_the_dialogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMITRY_NOTEBOOK", str(tmp_path))
    _, trouble, page, again, _ = told("/is:marked", "2", "b")
    assert trouble == f"{tmp_path}: not a regular file, so not a notebook\n"
    assert page.startswith("Amber Shore, 6:")
    assert again.startswith("Regions:")
