"""`summitry export` and `summitry new` as commands: where it goes, and what is never touched."""

import csv
import io
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT, SMALL, UNMEASURED, apart, dossier, event, python, summitry, write
from tests.terminal.conftest import Start
from tui.export import FORMATS
from tui.files import CannotWrite, write_text

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


def printed(*arguments: object, **env: str) -> bytes:
    """What the command writes, byte for byte."""
    result = subprocess.run(
        [sys.executable, "-m", "tui", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        stdout=subprocess.PIPE,
        timeout=60,
        check=True,
    )
    return result.stdout


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and text.startswith("summitry: ")


@pytest.mark.parametrize("format_", FORMATS)
def test_stdout_and_a_file_get_the_same_bytes(tmp_path: Path, format_: str) -> None:
    target = tmp_path / "out"
    arguments = ("export", "--to", format_, "--store", SMALL)
    filed = summitry(*arguments, "-o", target)
    assert (filed.returncode, filed.stdout, filed.stderr) == (0, "", "")
    assert target.read_bytes() == FORMATS[format_].mark.encode() + printed(*arguments)
    assert target.stat().st_size > 200
    assert os.listdir(tmp_path) == ["out"], "nothing half written is left"


def test_what_is_printed_is_utf_8_whatever_the_locale() -> None:
    locale = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    written = printed("export", "gabala", "--to", "csv", "--store", SMALL, **locale)
    assert "Qəbələ" in written.decode("utf-8")


def test_all_that_matches_is_exported_not_the_best_twenty() -> None:
    result = summitry("export", "type:agreement", "--to", "csv")
    found = summitry("find", "type:agreement", "--limit", 99999)
    ids = {line.split("\t")[0] for line in found.stdout.splitlines()}
    assert len(ids) > 20
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    assert {row["id"] for row in rows} == ids
    wholes = [row["date"][:4] for row in rows if not row["part_of"]]
    assert wholes == sorted(wholes), "in date order"


def test_words_that_are_not_wanted_may_stand_in_a_query() -> None:
    arguments = ("lodz", "-breakfast", "--to", "csv", "--store", SMALL)
    result = summitry("export", *arguments)
    assert '"lodz-summit-2025",' in result.stdout
    assert '"lodz-breakfast-2025",' not in result.stdout


def test_another_spelling_than_the_one_asked_for_is_not_exported(tmp_path: Path) -> None:
    target = tmp_path / "out"
    found = summitry("find", "Gabalaxy", "summit", "--store", SMALL)
    assert (found.returncode, "showing" in found.stderr) == (0, True)
    arguments = ("Gabalaxy", "summit", "--to", "csv", "--store", SMALL, "-o", target)
    result = summitry("export", *arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "summitry: nothing matches gabalaxy; nearest: gabala\n"
    assert not target.exists()


@pytest.mark.parametrize("format_", FORMATS)
def test_no_match_is_status_1_and_no_file(tmp_path: Path, format_: str) -> None:
    target = tmp_path / "out"
    result = summitry("export", "type:summit", "on:1850", "--to", format_, "-o", target)
    assert (result.returncode, result.stdout) == (1, "")
    assert one_line(result.stderr)
    assert not target.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("export",),
        ("export", "--to", "docx"),
        ("export", "colour:red", "--to", "csv"),
        ("export", "--to", "csv", "--store", "/nowhere.json"),
        ("export", "--to", "csv", "-o", "/nowhere/at/all.csv"),
        ("export", "--to", "csv", "-o", "/"),
        ("export", "--to", "csv", "-o", ""),
        ("export", "--to", "csv", "-o", "nul\udcff\nb/x"),
        ("new",),
        ("new", "/nowhere/at/all.json"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_one_line_and_status_2(arguments: tuple[str, ...]) -> None:
    result = summitry(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert one_line(result.stderr), result.stderr


@pytest.mark.parametrize("command", [("export", "--to", "csv", "-o"), ("new",)], ids=str)
def test_nothing_is_written_over_without_force(tmp_path: Path, command: tuple[str, ...]) -> None:
    target = tmp_path / "mine"
    target.write_text("mine")
    target.chmod(0o640)
    refused = summitry(*command, target)
    assert refused.returncode == 2
    assert one_line(refused.stderr)
    assert "--force" in refused.stderr
    assert target.read_text() == "mine"
    assert summitry(*command, target, "--force").returncode == 0
    assert len(target.read_text(encoding="utf-8")) > 1000
    assert stat.S_IMODE(target.stat().st_mode) == 0o640, "it keeps its permissions"


def test_the_dossier_that_is_read_is_not_written_over(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.json", dossier(event()))
    before = path.read_bytes()
    os.link(path, tmp_path / "other")
    for target in (path, tmp_path / "other"):
        result = summitry("export", "--to", "csv", "--store", path, "-o", target, "--force")
        assert result.returncode == 2
        assert one_line(result.stderr)
        assert "the file being read" in result.stderr
    assert path.read_bytes() == before


# The command stops in the middle of writing, and is told to end.
STOPPED = """
import os, sys
from tui import export, files
def write_text(path, pieces, replace):
    with files.AtomicFile(path, replace=replace) as made:
        made.file.write(b"half")
        os.kill(os.getpid(), int(os.environ["ENDING"]))
        made.commit()
files.write_text = write_text
from tui.cli import run
run()
"""


@POSIX
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"])
def test_however_it_is_ended_nothing_is_left(tmp_path: Path, name: str) -> None:
    number = getattr(signal, name)
    command = ("export", "--to", "csv", "--store", SMALL, "-o", tmp_path / "out.csv")
    result = python("-c", STOPPED, *command, env={"ENDING": str(int(number))})
    assert (result.returncode, result.stdout, result.stderr) == (128 + number, "", "")
    assert os.listdir(tmp_path) == []


@POSIX
def test_a_signal_ends_it_though_nobody_reads() -> None:
    arguments = [sys.executable, "-m", "tui", "export", "--to", "json"]
    process = subprocess.Popen(
        arguments, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.read(1)
    time.sleep(0.5)  # the pipe is full by now
    process.terminate()
    assert process.wait(timeout=10) == 128 + signal.SIGTERM
    process.stdout.close()


@POSIX
@pytest.mark.parametrize("force", [(), ("--force",)], ids=["", "--force"])
def test_links_and_what_is_no_file_are_refused(tmp_path: Path, force: tuple[str, ...]) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "link").symlink_to(victim)
    (tmp_path / "lost").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "lost", "pipe", "."):
        result = summitry("export", "--to", "csv", "-o", tmp_path / name, *force)
        assert result.returncode == 2
        assert one_line(result.stderr)
    assert victim.read_text() == "mine"
    assert sorted(os.listdir(tmp_path)) == ["link", "lost", "pipe", "victim"]


@POSIX
@pytest.mark.parametrize("there", [True, False], ids=["old", "new"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, there: bool) -> None:
    import resource

    target = tmp_path / "out.csv"
    if there:
        target.write_text("old")
    result = apart(
        "export", "--to", "csv", "--force", "-o", target,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        env=UNMEASURED,
    )  # fmt: skip
    assert result.returncode == 2
    assert one_line(result.stderr)
    assert "cannot be written" in result.stderr
    assert os.listdir(tmp_path) == (["out.csv"] if there else [])
    assert not there or target.read_text() == "old"


def test_what_fails_while_it_is_made_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("old")

    def pieces() -> Iterator[str]:
        yield "new" * 100_000
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_text(str(target), pieces(), replace=True)
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["out"]


def test_a_file_that_appears_meanwhile_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "out"

    def pieces() -> Iterator[str]:
        target.write_text("theirs")
        yield "ours"

    with pytest.raises(CannotWrite, match="there already"):
        write_text(str(target), pieces(), replace=False)
    assert target.read_text() == "theirs"
    assert os.listdir(tmp_path) == ["out"]


def test_names_of_files_are_never_taken_from_data(tmp_path: Path) -> None:
    store = write(tmp_path / "in.json", dossier(event(title="../../evil", tags=["/etc/x"])))
    out = tmp_path / "out"
    out.mkdir()
    for format_ in ("markdown", "csv", "json", "ics"):
        arguments = ("export", "--to", format_, "--store", store, "-o", format_)
        assert apart(*arguments, cwd=out).returncode == 0
    assert sorted(os.listdir(out)) == ["csv", "ics", "json", "markdown"]
    assert sorted(os.listdir(tmp_path)) == ["in.json", "out"]


def test_json_says_what_it_holds_beyond_the_matches(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    result = summitry("export", "id:tripp", "--to", "json", "-o", target)
    assert result.returncode == 0
    assert one_line(result.stderr)
    assert "more records" in result.stderr
    checked = summitry("check", target, "--json")
    assert [p for p in json.loads(checked.stdout) if p["level"] == "error"] == []
    again = summitry("export", "--to", "json", "--store", target)
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout == target.read_text(encoding="ascii")


def test_a_closed_pipe_ends_quietly() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "export", "--to", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(20) == 0


def test_new_writes_a_dossier_that_passes_check_and_opens(tmp_path: Path, start: Start) -> None:
    target = tmp_path / "mine.json"
    assert summitry("new", target).returncode == 0
    assert summitry("check", target).returncode == 0
    terminal = start("open", target)
    terminal.until("Example Summit")


def test_formats_options_and_fields_are_completed() -> None:
    def completed(*words: str) -> list[str]:
        return summitry("__complete", *words).stdout.splitlines()

    assert completed("ex") == ["export"]
    assert completed("export", "--to", "") == list(FORMATS)
    assert completed("export", "--to", "c") == ["csv", "csl-json"]
    assert "--force" in completed("export", "--")
    assert "region:" in completed("export", "re")
    assert completed("export", "region:europ") == ["region:europe"]
    assert completed("new", "--") == ["--force"]
