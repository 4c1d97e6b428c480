"""`summitry import` as a command: what it writes, says and leaves behind, however it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import ROOT, SHIPPED, UNMEASURED, apart, summitry
from tests.terminal.conftest import Start

ROWS = "id,title,date\n1,One,2020\n2,Two,someday\n3,Three,2022-01\n"
MAP = """
[dossier]
title = "A list"
[source]
id = "the-list"
title = "The list"
date = "2024"
[event]
id = "row-{id}"
title = "{title}"
date = "{date}"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with rows.csv and map.toml, which is the current one."""
    (tmp_path / "rows.csv").write_text(ROWS)
    (tmp_path / "map.toml").write_text(MAP)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def one_line(result: subprocess.CompletedProcess[str], *said: str) -> None:
    """Refused: status 2, one line that says why, nothing on stdout."""
    assert (result.returncode, result.stdout) == (2, ""), result.stderr
    assert result.stderr.count("\n") == 1
    assert all(words in result.stderr for words in said), result.stderr


def many_rows(path: Path, count: int, width: int = 0) -> None:
    """Write rows with a cell of some width that nothing is made of."""
    rest = "x" * width
    rows = "".join(f"{n},Title {n},{1900 + n % 100}-01-01,{rest}\n" for n in range(count))
    path.write_text("id,title,date,rest\n" + rows)


# -- what it does


def test_rows_become_a_dossier_and_the_rest_is_kept_with_reasons(folder: Path) -> None:
    result = apart("import", "rows.csv", "--map", "map.toml", "-o", "new.json")
    assert (result.returncode, result.stdout) == (1, "")
    assert "2 events; 1 row was not used: new.rejected.csv says why" in result.stderr
    assert names(folder) == {"rows.csv", "map.toml", "new.json", "new.rejected.csv"}
    rejected = (folder / "new.rejected.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rejected[0] == "line,reason,id,title,date"
    assert rejected[1].startswith("3,")
    assert rejected[1].endswith(",2,Two,someday")
    found = summitry("find", "three", "--store", "new.json")
    assert found.stdout.split("\t")[0] == "row-3"


def test_without_rejects_the_status_is_0_and_one_file_is_made(folder: Path) -> None:
    (folder / "rows.csv").write_text(ROWS.replace("someday", "2021"))
    result = summitry("import", "rows.csv", "--map", "map.toml", "-o", "new.json")
    assert result.returncode == 0
    assert names(folder) == {"rows.csv", "map.toml", "new.json"}


def test_without_a_mapping_one_is_proposed_that_works(folder: Path) -> None:
    result = summitry("import", "rows.csv")
    assert result.returncode == 0
    assert "parted by commas" in result.stderr
    (folder / "proposed.toml").write_text(result.stdout)
    again = summitry("import", "rows.csv", "--map", "proposed.toml", "-o", "new.json")
    assert again.returncode == 1
    assert len(json.loads((folder / "new.json").read_text())["events"]) == 2


def test_a_preview_shows_pages_and_writes_nothing(folder: Path) -> None:
    before = names(folder)
    result = summitry("import", "rows.csv", "--map", "map.toml", "--preview", "2")
    assert result.returncode == 1
    assert "One\nmilestone · 2020" in result.stdout
    assert "Three\nmilestone · January 2022" in result.stdout
    assert "The list" in result.stdout
    assert "line 3: date: 'someday'" in result.stderr
    assert names(folder) == before


def test_a_preview_reads_no_further_than_it_must(folder: Path) -> None:
    result = summitry("import", "rows.csv", "--preview", "1")
    assert result.returncode == 0
    assert "Three" not in result.stdout


def test_progress_is_for_a_terminal_and_leaves_no_trace(folder: Path, start: Start) -> None:
    many_rows(folder / "rows.csv", 3000, 500)
    command = ("import", folder / "rows.csv", "--map", folder / "map.toml", "-o", folder / "n.json")
    terminal = start(*command)
    assert terminal.ended() == 0
    assert b"reading" in terminal.output
    assert "reading" not in terminal.text
    quiet = summitry(*command[:-1], folder / "m.json")
    assert "reading" not in quiet.stderr


def test_a_dossier_is_taken_as_it_is(folder: Path) -> None:
    result = summitry("import", SHIPPED, "-o", "copy.json")
    assert result.returncode == 0
    assert json.loads((folder / "copy.json").read_text()) == json.loads(SHIPPED.read_text())
    one_line(summitry("import", SHIPPED), "a dossier already", "summitry open")


def test_a_ready_mapping_is_used_or_shown_by_its_name(folder: Path) -> None:
    shown = summitry("import", "--map", "acled")
    assert (shown.returncode, shown.stderr) == (0, "")
    (folder / "mine.toml").write_text(shown.stdout)
    (folder / "acled.json").write_text(
        '[{"event_id_cnty": "A1", "event_date": "2023-03-04", "time_precision": 1, "event_type": '
        '"Battles", "sub_event_type": "Armed clash", "actor1": "A", "actor2": "B", "country": "C", '
        '"location": "D", "notes": "E", "fatalities": 0, "source": "F", "admin1": "G", '
        '"geo_precision": 1}]'
    )
    for name in ("acled", "mine.toml"):
        result = summitry("import", "acled.json", "--map", name, "-o", f"new-{name}.json")
        assert (result.returncode, result.stderr) == (0, f"summitry: new-{name}.json: 1 event\n")
    one_line(summitry("import", "rows.csv", "--map", "acle", "-o", "a.json"), "no ready mapping")


# -- a pipe, and a query


def test_rows_come_by_a_pipe(folder: Path) -> None:
    result = apart("import", "-", "--map", "map.toml", "-o", "new.json", input=ROWS)
    assert result.returncode == 1
    assert "new.json: 2 events; 1 row was not used" in result.stderr
    assert summitry("show", "row-3", "--store", "new.json").returncode == 0


def test_a_mapping_is_proposed_for_a_pipe(folder: Path) -> None:
    result = summitry("import", "-", given=ROWS)
    assert result.returncode == 0
    assert 'title = "Events"' in result.stdout
    assert "standard input: read as UTF-8" in result.stderr
    assert "summitry-" not in result.stdout + result.stderr, "not where it was kept"


def test_a_dossier_may_come_by_a_pipe(folder: Path) -> None:
    dossier = SHIPPED.read_text("utf-8")
    assert summitry("import", "-", "-o", "copy.json", given=dossier).returncode == 0
    assert json.loads((folder / "copy.json").read_text("utf-8")) == json.loads(dossier)
    one_line(
        summitry("import", "-", given=dossier), "standard input: a dossier already; -o NEW.json"
    )


def test_a_pipe_has_the_limit_of_a_file(folder: Path) -> None:
    environment = {"SUMMITRY_MAX_MIB": "1"}
    command = ("import", "-", "--map", "map.toml", "-o", "new.json")
    result = summitry(*command, given="x" * (2 << 20), env=environment)
    one_line(result, "standard input: over the limit of 1 MiB")
    one_line(summitry(*command, given=""), "standard input: the file is empty")


def test_a_terminal_is_no_pipe(folder: Path, start: Start) -> None:
    terminal = start("import", "-")
    assert terminal.ended() == 2
    assert "nothing is piped in" in terminal.text


QUERY = """
[read]
connect = "duckdb:"
sql = "{}"
"""


def test_a_query_is_imported_without_a_file(folder: Path) -> None:
    sql = QUERY.format("SELECT * FROM 'rows.csv' WHERE id < 2")
    (folder / "query.toml").write_text(MAP + sql)
    result = summitry("import", "--map", "query.toml", "-o", "new.json")
    assert (result.returncode, result.stderr) == (0, "summitry: new.json: 1 event\n")
    one_line(
        summitry("import", "rows.csv", "--map", "query.toml", "-o", "b.json"), "leave rows.csv"
    )
    one_line(summitry("import", "--map", "map.toml", "-o", "b.json"), "name the FILE whose rows")
    one_line(summitry("import"), "name a FILE")


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_a_query(folder: Path, times: int) -> None:
    endless = (
        "SELECT count(*) AS id, '' AS title, '' AS date FROM range(3000000000) a(i), range(99)"
    )
    (folder / "query.toml").write_text(MAP + QUERY.format(f"{endless} WHERE hash(i) % 7 = 3"))
    before = names(folder)
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "import", "--map", "query.toml", "-o", "new.json"],
        stderr=subprocess.PIPE, text=True,
        env={**os.environ, **UNMEASURED, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    time.sleep(2)
    assert process.poll() is None
    for _ in range(times):
        process.send_signal(signal.SIGINT)
        time.sleep(0.01)
    _, told = process.communicate(timeout=20)
    # A second one may come when nothing is left to do but to leave.
    assert (process.returncode if times == 1 else abs(process.returncode) % 128, told) in (
        (130, ""),
        (2, ""),
    )
    assert names(folder) == before


# -- what it refuses


def test_nothing_is_written_over_without_force(folder: Path) -> None:
    command = ("import", "rows.csv", "--map", "map.toml", "-o", "new.json")
    for name in ("new.json", "new.rejected.csv"):
        (folder / name).write_text("mine")
        one_line(summitry(*command), name, "--force")
        assert (folder / name).read_text() == "mine"
        (folder / name).unlink()
    (folder / "new.json").write_text("mine")
    assert summitry(*command, "--force").returncode == 1
    assert json.loads((folder / "new.json").read_text())["meta"]


def test_force_leaves_no_rejects_of_another_time(folder: Path) -> None:
    command = ("import", "rows.csv", "--map", "map.toml", "-o", "new.json", "--force")
    assert summitry(*command).returncode == 1
    (folder / "rows.csv").write_text(ROWS.replace("someday", "2021"))
    assert summitry(*command).returncode == 0
    assert "new.rejected.csv" not in names(folder)


def test_links_and_devices_are_not_written_through(folder: Path) -> None:
    (folder / "mine.json").write_text("mine")
    (folder / "new.json").symlink_to("mine.json")
    (folder / "dangling.json").symlink_to("nowhere.json")
    for target in ("new.json", "dangling.json"):
        result = summitry("import", "rows.csv", "--map", "map.toml", "-o", target, "--force")
        one_line(result, target, "symbolic link")
    assert (folder / "mine.json").read_text() == "mine"
    assert not (folder / "nowhere.json").exists()
    one_line(
        summitry("import", "rows.csv", "--map", "map.toml", "-o", os.devnull, "--force"),
        "not a regular file",
    )


def test_what_is_read_is_never_written_over(folder: Path) -> None:
    for target in ("rows.csv", "map.toml"):
        result = summitry("import", "rows.csv", "--map", "map.toml", "-o", target, "--force")
        one_line(result, "being read")
    assert (folder / "rows.csv").read_text() == ROWS


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing.csv",), "no such file"),
        ((".",), "not a regular file"),
        (("rows.csv", "--map", "nothing.toml", "-o", "new.json"), "nothing.toml: no such file"),
        (("rows.csv", "--map", "rows.csv", "-o", "new.json"), "not TOML"),
        (("rows.csv", "--map", "map.toml"), "-o NEW.json"),
        (("rows.csv", "-o", "new.json"), "--map"),
        (("rows.csv", "--map", "map.toml", "-o", "nowhere/new.json"), "no such folder"),
        (("rows.csv", "--preview", "0"), "whole number"),
        ((ROOT / "LICENSE", "--map", "map.toml", "-o", "new.json"), "there is no column"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_what_cannot_be_done_is_one_line(
    folder: Path, arguments: tuple[object, ...], said: str
) -> None:
    before = names(folder)
    one_line(summitry("import", *arguments), said)
    assert names(folder) == before


def test_a_fifo_is_refused_at_once(folder: Path) -> None:
    os.mkfifo(folder / "fifo.csv")
    one_line(apart("import", "fifo.csv"), "not a regular file")


# -- however it ends


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT])
def test_an_interrupted_import_leaves_nothing_half_written(
    folder: Path, number: signal.Signals
) -> None:
    many_rows(folder / "rows.csv", 200_000)
    (folder / "new.json").write_text("mine")
    before = names(folder)
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tui", "import", "rows.csv"),
            *("--map", "map.toml", "-o", "new.json", "--force"),
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
    )
    end = time.monotonic() + 20
    while names(folder) == before and time.monotonic() < end:
        time.sleep(0.01)
    assert names(folder) != before  # it is at work
    process.send_signal(number)
    _, said = process.communicate(timeout=20)
    assert process.returncode == (130 if number == signal.SIGINT else 128 + number)
    assert b"Traceback" not in said
    assert names(folder) == before
    assert (folder / "new.json").read_text() == "mine"


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no small file system to fill")
def test_a_full_disk_leaves_the_old_file(folder: Path) -> None:
    resource = pytest.importorskip("resource")
    many_rows(folder / "rows.csv", 20_000)
    (folder / "new.json").write_text("mine")
    before = names(folder)
    result = apart(
        *("import", "rows.csv", "--map", "map.toml", "-o", "new.json", "--force"),
        # A file that may not grow fails like one on a full disk.
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)),
        env=UNMEASURED,
    )
    one_line(result, "cannot be written")
    assert (folder / "new.json").read_text() == "mine"
    assert names(folder) == before
