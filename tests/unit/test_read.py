"""`summitry read`, through a pipe as a screen reader's terminal or a script would have it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.support import ROOT, SMALL, summitry
from tui.output.spoken_page import aloud
from tui.text.glyphs import ASCII, UNICODE

COMMAND = [sys.executable, "-m", "tui", "read", str(SMALL)]


def told(*answers: str, dossier: Path = SMALL) -> list[str]:
    """What is told, answer by answer; the first is what is told before any."""
    done = summitry("read", dossier, given="".join(f"{answer}\n" for answer in answers))
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    return done.stdout.split("> ")


def told_to(words: bytes, dossier: Path = SMALL, **environment: str) -> list[str]:
    """What is told to these bytes, in a process of its own."""
    env = {**os.environ, **environment}
    command = [*COMMAND[:-1], str(dossier)]
    done = subprocess.run(command, check=False, cwd=ROOT, input=words, capture_output=True, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout
    return done.stdout.decode(environment.get("PYTHONIOENCODING", "utf-8")).split("> ")


def test_values_then_events_then_a_page_and_back() -> None:
    values, events, page, again, _ = told("3", "2", "b")
    assert "Regions, 4 choices:\n1. All, 14 events\n2. Amber Shore, 6 events\n3. Mount" in values
    assert events.startswith("Mountain Rim, 11 events, newest first:\n1. planned, 2026 (month")
    assert "\n2. 6 to 7 October 2025, summit: Summit in Qəbələ\n" in events
    assert page.startswith("Summit in Qəbələ.\nsummit, 6 to 7 October 2025, Qəbələ [1]\n")
    assert again.splitlines()[1] == "you chose 2"
    assert again.replace("you chose 2\n", "") == events


def test_what_was_typed_is_told_without_its_controls() -> None:
    odd = "\x1b[31m\u202e\x07"
    _, answer, query, *_ = told(odd, f"/{odd}", f"c {odd}", f"w {odd}", f"g {odd}")
    assert answer.startswith('"\ufffd[31m\ufffd\ufffd" is no answer')
    assert "\ufffd[31m\ufffd\ufffd" in query
    assert not set(odd) & set("".join(told("1", "1", f"a {odd}", "a", "b", "'"))) - set("[31m")
    assert len("".join(told("x" * 9999))) < 999


def test_a_long_page_goes_on_when_asked() -> None:
    _, _, page, rest, _ = told("/lodz accord", "1", "")
    assert page.startswith("Łódź Accord on ferries.\n")
    assert page.endswith("\npart 1 of 2, Enter: more\n")
    assert len(page.splitlines()) == 22
    assert "Sources:\nSource 1: " in rest
    assert rest.endswith("\npart 2 of 2, the end\n")
    *_, first, nothing, again, second, none, _ = told(
        *("/lodz accord", "1", "", "-", "-", ".", ". 2", ". 3")
    )
    assert second.endswith(rest)
    assert none == "there are parts from 1 to 2\n"
    assert first in page
    assert nothing == "this is the first part\n"
    assert again.startswith("in Regions, lodz accord, Summit in Łódź, Łódź Accord on ferries\n")


def test_one_comes_back_to_the_part_that_one_left() -> None:
    page = told("/lodz accord", "1", "", "7", "b")[5]
    assert page.startswith("Łódź Accord on ferries.\nyou chose 7\nParts:\n")


def test_who_says_it_is_told_first_and_each_side_alone() -> None:
    page = told("/lodz accord", "1")[2]
    voice = "Who says what:\nAs read by Harbour Review [5], October 2025 (day not recorded):\n"
    assert f"{voice}The review finds the accord too cautious. (source 5)\nIt calls " in page
    brief = "Sources differ on number of ferries:\n40: Council of the Shores\n45: Harbour Review\n"
    assert brief in page
    assert "Sources differ on number of ferries, 2 sides:\nSide 1, 40: By the comm" in page


def test_find_follow_and_take_away() -> None:
    _, found, page, place, *_ = told("/lodz accord", "1", "1", "q")
    assert found.startswith("lodz accord, ")
    assert "1. 8 August 2025, agreement: Łódź Accord" in found
    assert "declaration, 8 August 2025, Łódź [1]\n" in page
    assert place.startswith("Łódź.\nplace, Poland")
    _, nothing, *_ = told("/xqzw")
    assert nothing == 'no "xqzw"\n'
    *_, everything, _ = told("/lodz", "/", "q")
    assert everything.startswith("All, 14 events, newest first:")


def test_group_order_and_steps() -> None:
    _, actors, *_ = told("g actor")
    assert actors.startswith("Actors, 9 choices:\n1. All, 14 events\n2. Rauf Əliyev")
    _, turned, _ = told("s")
    assert turned.startswith("All, 14 events, oldest first:\n1. about 1990 to 2020, conflict")
    *_, within, _ = told("/lodz accord", "g actor")
    assert within.startswith("Actors, within what was found for lodz accord, ")
    *_, page, following, _ = told("1", "1", "n")
    assert page != following
    assert following.splitlines()[1].startswith("decision")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("99", "there are numbers from 1 to "),
        ("b", "this is the beginning"),
        ("what", '"what" is no answer; h tells'),
        ("-", "this is the first part"),
        ("c", "this is a list, no record"),
        ("m", "this is a list, no record"),
        ("a words", "this is a list, no record"),
        ("'", "no marks and no notes yet"),
        ("r", "nothing is known of a visit before"),
        ("w nobody", "w and one of people, states"),
        ("help", "q: leave"),
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
    assert page.startswith("Amber Shore, 6 events, newest first:")
    assert again.startswith("Regions, 4 choices:")
    refused = told("1", "1", "m")[3]
    assert str(tmp_path) in refused


def test_what_is_marked_and_noted_is_told_and_kept() -> None:
    *_, marked, noted, page, _, listed, _, note, _ = told(
        *("/lodz accord", "1", "m", "a ask the Council", ".", "b", "'", "1", "a")
    )
    assert marked == "marked: Łódź Accord on ferries\n"
    assert noted == "noted: Łódź Accord on ferries\n"
    assert "\nŁódź Accord on ferries, marked, noted.\nYour note: ask the Council\n" in page
    assert listed == "Marks and notes, 1:\n1. agreement: Łódź Accord on ferries, ask the Council\n"
    assert note == "Your note: ask the Council\n"
    start, again, _, both, _ = told("r", "a and the port", "a")
    assert "\nYou read Łódź Accord on ferries last; r goes back there.\n" in start
    assert again.startswith("Łódź Accord on ferries, marked, noted.\n")
    assert both == "Your note: ask the Council\nand the port\n"
    assert (
        "1. 8 August 2025, agreement: Łódź Accord on ferries, part of Summit in Łódź, marked, n"
        in (told("/is:marked")[1])
    )


def test_what_another_writes_meanwhile_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMITRY_NOTEBOOK", str(notebook := tmp_path / "notebook.json"))
    child = pexpect.spawn(
        COMMAND[0], COMMAND[1:], cwd=str(ROOT), encoding="utf-8", dimensions=(60, 200), timeout=20,
        env=dict(os.environ),
    )  # fmt: skip

    def answer(words: str) -> str:
        child.sendline(words)
        child.expect("> $")
        return str(child.before)

    child.expect("> $")
    answer("/lodz accord")
    summitry("note", "lodz-accord-2025", "from a shell", "--store", SMALL)
    assert "ferries, part of Summit in Łódź, noted" in answer(".")
    assert "Your note: from a shell" in answer("1")
    notebook.write_text("{", encoding="utf-8")
    assert "notebook.json is damaged" in (told := answer("m"))
    assert "the damaged file is kept as" in told
    child.close()


def test_what_is_new_since_the_last_visit_is_told_until_it_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    text = SMALL.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    assert "; /is:new" not in told("1", "1", dossier=file)[0]
    file.write_text(text.replace("Decision on tolls", "Decision on all tolls"), encoding="utf-8")
    start, new, seen, again, _ = told("/is:new", "x", ".", dossier=file)
    assert "\n1 changed since " in start
    assert "; /is:new finds them, x takes them as seen\n" in start
    assert "decision: Decision on all tolls, new or changed\n" in new
    assert seen == "everything is seen\n"
    assert "decision: Decision on all tolls\n" in again
    assert "; /is:new" not in told(dossier=file)[0]


def test_who_read_nothing_leaves_no_notebook(tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.json"
    told_to(b"2\nb\n", SUMMITRY_NOTEBOOK=str(notebook))
    assert not notebook.exists()
    told_to(b"2\n1\nb\n", SUMMITRY_NOTEBOOK=str(notebook))
    (place,) = json.loads(notebook.read_text(encoding="utf-8"))["places"].values()
    assert (place["facet"], place["value"], place["pane"]) == ("region", "amber-shore", "page")


def test_sources_are_cited_by_their_numbers() -> None:
    *_, every, one, entry, none, styles, _ = told(
        *("/lodz accord", "1", "c", "c 4", "c 4 bibtex", "c 9", "c 4 apa")
    )
    assert every.startswith(
        "Source 1: “Communiqué of the Council,” Council of the Shores, August 9"
    )
    assert len(every.splitlines()) == 5
    assert one == "“Harbour Review, autumn number,” Harbour Review, October 2025, p. 3.\n"
    assert entry.startswith("@")
    assert none == "there are sources from 1 to 5\n"
    assert styles.startswith("c, a number and one of note, bibliography, bibtex")
    *_, source, _ = told("/lodz accord", "1", "5", "c bibliography")
    assert source == "“Harbour Review, autumn number.” Harbour Review, October 2025.\n"


def test_counts_are_told_in_words_and_lead_to_their_events() -> None:
    _, lanes, events, _ = told("t", "2")
    assert "When, All, by region:\n1. All, 14 events: " in lanes
    assert "\n2. Amber Shore, 6 events: 5 in 2025, 1 in 2020\n" in lanes
    assert events.startswith("All, Amber Shore, 6 events, newest first:\n1. 15 November 2025")
    _, met, whom, encounters, _ = told("w", "1", "1")
    assert met.startswith("Who met whom, people, 5 of 14 events are encounters")
    assert whom.startswith("Whom Rauf Əliyev met, people, ")
    assert encounters.startswith("Rauf Əliyev with ")


def test_help_names_no_answer_that_there_is_not() -> None:
    named = re.findall(
        r"^([a-z])(?: and ([a-z]))?(?:[: ](?!number|minus|full|slash))", told("h")[1], re.M
    )
    letters = [letter for both in named for letter in both if letter not in ("", "q")]
    assert len(letters) > 12
    assert not [answer for answer in told(*letters) if "is no answer" in answer]


def test_an_answer_in_another_encoding_is_understood() -> None:
    _, found, *_ = told_to("/Łódź\n".encode("iso-8859-2"), PYTHONIOENCODING="iso-8859-2")
    assert 'no "' not in found
    assert "summit: Summit in Lodz" in found


@pytest.mark.parametrize(("mode", "says"), [("rb", "100,000 characters"), ("wb", "cannot hear")])
def test_input_that_is_no_answer_is_given_up(mode: str, says: str) -> None:
    with Path("/dev/zero").open(mode) as zeros:
        done = subprocess.run(COMMAND, check=False, cwd=ROOT, stdin=zeros, capture_output=True)
    assert done.returncode == 2
    assert says in done.stderr.decode()


def test_a_line_is_spoken_in_the_letters_of_the_terminal() -> None:
    assert aloud("May – 23 June 2025, paras 2–3, Baku–Tbilisi", UNICODE) == (
        "May to 23 June 2025, paras 2 to 3, Baku–Tbilisi"
    )
    assert aloud("also: İrakli, Ираклий Кобахидзе, ირაკლი", ASCII) == (
        "also: Irakli, (letters not shown here)"
    )


def test_on_a_terminal_no_word_is_broken() -> None:
    child = pexpect.spawn(
        COMMAND[0], COMMAND[1:], cwd=str(ROOT), encoding="utf-8", dimensions=(24, 40), timeout=20,
        env=dict(os.environ),  # or COLUMNS were what the readline of pytest made it
    )  # fmt: skip
    child.expect("> $")
    child.sendline("1")
    child.expect("> $")
    lines = child.before.splitlines()
    assert max(map(len, lines)) < 40
    assert " ".join(lines).count("agreement: Protocol on ferry lines, part of Summit in Łódź") == 1
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130


def test_a_terminal_of_one_column_ends_no_dialogue() -> None:
    child = pexpect.spawn(
        COMMAND[0], COMMAND[1:], cwd=str(ROOT), encoding="utf-8", timeout=20,
        env={**os.environ, "COLUMNS": "1"},
    )  # fmt: skip
    child.expect("> $")
    child.close()


def test_on_a_terminal_without_a_cursor_progress_is_told_in_a_few_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    dossier = json.loads(SMALL.read_text(encoding="utf-8"))
    event = {"type": "meeting", "title": "Talks", "date": "2025", "regions": ["amber-shore"]}
    more = {str(n): {"id": f"talks-{n}-2025", **event} for n in range(1000, 7000)}
    dossier["events"].update(more)
    file = tmp_path / "many.json"
    file.write_text(json.dumps(dossier), encoding="utf-8")
    child = pexpect.spawn(
        COMMAND[0], [*COMMAND[1:-1], str(file)], cwd=str(ROOT), encoding="utf-8", timeout=60
    )
    child.expect("> $")
    before = child.before.split("Two shores")[0].splitlines()
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert before == [f"indexing {share} %, Ctrl+C cancels" for share in (0, 25, 50, 75)]
    assert child.exitstatus == 0
