"""`summitry find`, `show` and `completion` as installed: what comes out, where, which status.

The command runs in a process of its own where that is what it is about: through pipes, into full
and closed ones, with locales, and on terminals of several widths.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from rich.cells import cell_len

from tests.support import ROOT, SHIPPED, SMALL, dossier, event, python, summitry, table, write
from tests.terminal.conftest import Start
from tests.terminal.emulator import Terminal
from tui.dossier.dates import parse
from tui.dossier.dossier import Dossier
from tui.dossier.query import FIELDS
from tui.dossier.query import parse as parse_query

SCRIPT = Path(sys.executable).with_name("summitry")
COMMAND = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "tui"]
GABALA = "ots-summit-gabala-2025"
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
RESET = {"LC_ALL", "LC_CTYPE", "LANG", "PYTHONIOENCODING", "PYTHONUTF8"}


def run(
    *arguments: object, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in this process, in UTF-8."""
    with patch.dict(os.environ, env or environment(), clear=True):
        return summitry(*arguments)


def run_apart(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command through pipes, in UTF-8 unless the environment says otherwise."""
    defaults = {"env": environment(), "encoding": "utf-8", "stdin": subprocess.DEVNULL}
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True, timeout=60, check=False, **defaults | options,
    )  # fmt: skip


def environment(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in RESET}
    return kept | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"} | changes


def shell(line: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which `$s` is the command."""
    words = " ".join(f"'{word}'" for word in COMMAND)
    return subprocess.run(
        ["bash", "-c", line.replace("$s", words)],
        env=environment(**changes),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def said(result: subprocess.CompletedProcess[str], status: int, *words: str) -> str:
    """The one line that a command said on stderr instead of an answer."""
    assert result.returncode == status, result
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("summitry: ")
    assert all(word in result.stderr for word in words), result.stderr
    return result.stderr


def lines(*arguments: object, env: Mapping[str, str] | None = None) -> list[list[str]]:
    """The cells that `find` prints through a pipe."""
    result = run("find", *arguments, env=env)
    assert (result.returncode, result.stderr) == (0, ""), result
    return [line.split("\t") for line in result.stdout.splitlines()]


# -- what find prints through a pipe


def test_through_a_pipe_it_is_tab_separated_without_escape_codes() -> None:
    result = run_apart("find", "qebele")
    assert (result.returncode, result.stderr) == (0, "")
    assert "\x1b" not in result.stdout
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert rows[0] == [
        GABALA, "summit", "12th OTS summit, Gabala", "2025-10-06/2025-10-07", "Turkic World",
    ]  # fmt: skip
    assert {len(row) for row in rows} == {5}


def test_colour_that_is_forced_does_not_reach_a_pipe() -> None:
    forced = environment(FORCE_COLOR="1", CLICOLOR_FORCE="1", TERM="xterm-256color")
    assert "\x1b" not in run_apart("find", "gabala", env=forced).stdout
    assert "\x1b" not in run_apart("show", GABALA, env=forced).stdout


def test_several_regions_stand_in_one_cell() -> None:
    (row,) = lines("id:washington-summit-2025")
    assert set(row[4].split(", ")) == {"South Caucasus", "United States"}


def test_the_best_twenty_unless_told_otherwise() -> None:
    assert len(lines("declaration")) == 20
    assert lines("declaration", "--limit", 3) == lines("declaration")[:3]
    assert len(lines("--limit", 35, "declaration")) == 35


def days(rows: Iterable[Sequence[str]]) -> list[int]:
    """The first days of events, as `find` lists them."""
    return [parse(row[3]).at for row in rows]


def test_without_words_every_event_the_newest_first(shipped: Dossier) -> None:
    rows = lines()
    ids = [row[0] for row in rows]
    assert sorted(ids) == sorted(row.id for row in shipped.rows(range(1, shipped.total + 1)))
    assert len(ids) > 100
    assert days(rows) == sorted(days(rows), reverse=True)
    assert [row[0] for row in lines("--limit", 2)] == ids[:2]
    assert [entry["id"] for entry in json.loads(run("find", "--json").stdout)] == ids


def test_what_was_found_is_listed_in_the_order_asked() -> None:
    best, newest, oldest = (lines("gas", "--sort", sort) for sort in ("best", "newest", "oldest"))
    assert best == lines("gas") != newest
    assert days(newest) == sorted(days(newest), reverse=True)
    assert days(oldest) == sorted(days(oldest))
    assert days(oldest)[-1] < days(newest)[0], "the first 20 of each end"
    assert lines("--sort", "oldest")[0][0] == lines()[-1][0]
    found = json.loads(run("find", "gas", "--sort", "oldest", "--json").stdout)
    assert [entry["id"] for entry in found] == [row[0] for row in oldest]
    said(run("find", "gas", "--sort", "worst"), 2, "'worst'", "best", "newest", "oldest")


def test_what_you_marked_and_noted_is_found(home: Path) -> None:
    own = environment(XDG_STATE_HOME=str(home / "state"))
    for command in (("mark", GABALA), ("mark", "ilham-aliyev"), ("note", "tripp-2025", "read")):
        assert run(*command, env=own).returncode == 0
    assert {row[0] for row in lines("is:marked", env=own)} == {GABALA, "ilham-aliyev"}
    assert lines("is:noted", env=own)[0][0] == "tripp-2025"
    exported = run("export", "is:noted", "--to", "csv", env=own)
    assert (exported.returncode, "tripp-2025" in exported.stdout) == (0, True)
    said(run("find", "is:marked", "is:noted", env=own), 1, "nothing found")


def test_words_need_no_quotes_and_a_phrase_keeps_its_own() -> None:
    assert lines("gabala", "declaration") == lines("gabala declaration")
    assert lines('"gabala declaration"')[0][0] == "gabala-declaration-2025"
    assert lines("region:united states", "type:summit") == lines(
        'region:"united states" type:summit'
    )


def test_a_dash_leaves_out_and_is_not_taken_for_an_option() -> None:
    every = [row[0] for row in lines("gabala")]
    fewer = [row[0] for row in lines("gabala", "-declaration")]
    assert "gabala-declaration-2025" in every
    assert "gabala-declaration-2025" not in fewer
    assert "visit-zelenskyy-gabala-2026" in fewer
    said(run("find", "gabala", "-gabala"), 1, "nothing found", '"gabala" together with the rest')
    assert lines("gabala", "-region:europe", "--limit", "1") != []


def test_json_is_one_array_with_stable_keys_in_ascii() -> None:
    result = run_apart("find", "Nakhchivan", "type:milestone", "--json")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.isascii()
    found = json.loads(result.stdout)
    assert found
    assert {tuple(entry) for entry in found} == {
        ("id", "type", "title", "date", "regions", "summary", "place", "participants")
    }
    pipeline = next(entry for entry in found if entry["id"] == "igdir-nakhchivan-pipeline-2025")
    assert pipeline["title"] == "Opening of the Iğdır–Nakhchivan gas pipeline"
    assert pipeline["date"] == "2025-03-05"
    assert pipeline["regions"] == ["turkic-world"]
    assert [entry["id"] for entry in found] == [
        row[0] for row in lines("Nakhchivan", "type:milestone")
    ]


def test_json_of_what_is_no_event_has_no_date() -> None:
    (found,) = json.loads(run("find", "id:ilham-aliyev", "--json").stdout)
    assert (found["title"], found["date"], found["regions"]) == ("Ilham Aliyev", None, [])


def test_json_keeps_the_text_as_it_stands_and_the_list_makes_it_safe(tmp_path: Path) -> None:
    title = "a\x1b[31mb\tc\u202ed"
    path = write(tmp_path / "strange.json", dossier(event(title=title)))
    (found,) = json.loads(run("find", "--store", path, "--json").stdout)
    assert found["title"] == title
    (row,) = lines("--store", path)
    assert row[2] == "a\ufffd[31mb c\ufffdd"


# -- which dossier


def test_the_dossier_is_named_by_an_option_or_the_environment_the_option_first() -> None:
    other = environment(SUMMITRY_STORE=str(SMALL))
    assert lines("id:lodz-accord", "--store", SMALL)[0][0] == "lodz-accord-2025"
    assert lines("id:lodz-accord", env=other)[0][0] == "lodz-accord-2025"
    assert lines("gabala", "--store", SHIPPED, env=other)[0][0] == GABALA
    assert run("show", "lodz-a", env=other).stdout.startswith("Łódź Accord on ferries\n")


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, ("no such file",)), (b"{", ("JSON",)), (b"[]", ()), (b"\xff\xfe", ())],
    ids=["missing", "cut", "list", "bytes"],
)
@pytest.mark.parametrize("command", [("find", "x"), ("show", "x"), ("find", "--json")], ids=str)
def test_a_file_that_cannot_be_read_is_one_line(
    tmp_path: Path, command: tuple[str, ...], content: bytes | None, words: tuple[str, ...]
) -> None:
    path = tmp_path / "bad.json"
    if content is not None:
        path.write_bytes(content)
    said(run(*command, "--store", path), 2, "bad.json", *words)


# -- what is said, and the status


def test_found_is_zero_and_nothing_found_is_one() -> None:
    assert run_apart("find", "gabala").returncode == 0
    said(run_apart("find", "xqzvvv"), 1, 'no "xqzvvv"')
    said(run_apart("find", "type:summit", "on:1999"), 1, 'no record has "on:1999" together with')
    said(run_apart("find", "on:1899"), 1, "nothing found for on:1899")


def test_a_query_too_long_is_refused_in_one_line() -> None:
    said(run("find", *["-zz"] * 1100), 2, "at most 256 words and fields")
    said(run("find", "x" * 1001), 2, "at most 1,000 letters")
    assert run("find", "--limit", 1, *(f"-z{n}" for n in range(256))).returncode == 0


def test_nothing_found_is_an_empty_array_in_json() -> None:
    result = run("find", "xqzvvv", "--json")
    assert (result.returncode, json.loads(result.stdout)) == (1, [])
    assert 'no "xqzvvv"' in result.stderr


def test_a_corrected_word_is_said_beside_the_answer() -> None:
    result = run("find", "tianjn")
    assert result.returncode == 0
    assert result.stderr == 'summitry: no "tianjn"; showing "tianjin"\n'
    assert result.stdout.startswith("sco-summit-tianjin-2025\t")


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="pipes have no names here")
def test_a_pipe_in_place_of_a_dossier_is_called_one() -> None:
    reading, writing = os.pipe()
    os.close(writing)
    store = f"/dev/fd/{reading}"
    said(
        run_apart("find", "--store", store, "x", pass_fds=[reading]),
        2,
        f"{store}: not a regular file",
    )
    os.close(reading)


def test_an_empty_dossier_says_so(tmp_path: Path) -> None:
    said(run("find", "--store", write(tmp_path / "empty.json", dossier())), 1, "no events recorded")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("foo:bar",), ('unknown field "foo:"', "region: type: actor: place: tag: source: id:")),
        (("on:soon",), ("'soon' is not a date", "YYYY-MM-DD")),
        (("after:2025-13",), ("no month 13",)),
        (('"open',), ("unbalanced quote", "close the phrase")),
        (("region:",), ('"region:" wants a value',)),
        (("x", "--limit", "0"), ("'0' is not a whole number above 0",)),
        (("x", "--limit", "many"), ("'many' is not",)),
        (("x", "--limit"), ("--limit", "expected one argument")),
        (("x", "--frob"), ("--frob",)),
        (("x", "--js"), ("--js",)),
        (("x", "--store"), ("--store", "expected one argument")),
    ],
    ids=str,
)
def test_wrong_usage_is_one_line_and_two(
    arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    said(run("find", *arguments), 2, *words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("fnid", "x"), ('no command "fnid"', " find ", " show ")),
        ((str(SMALL),), ("summitry open",)),
        (("show",), ("required: ID",)),
        (("show", "x", "--json", "--markdown"), ("not allowed with",)),
        (("completion", "tcsh"), ("tcsh", "bash")),
        (("--frob",), ("--frob",)),
    ],
    ids=str,
)
def test_no_command_of_ours_is_one_line_and_two(
    arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    said(run(*arguments), 2, *words)


def test_help_names_every_command_and_its_options() -> None:
    help_ = run_apart("--help").stdout
    for command in ("open", "find", "show", "check", "note", "notes", "mark", "export", "import",
                    "schema", "completion"):  # fmt: skip
        assert re.search(rf"^    {command}\s", help_, re.MULTILINE), command
    assert "__complete" not in help_
    assert all(
        option in run_apart("find", "--help").stdout for option in ("--limit", "--json", "--store")
    )


# -- full, closed and interrupted


def test_a_reader_that_leaves_ends_it_quietly() -> None:
    result = shell('$s find | head -1; echo "${PIPESTATUS[0]}"')
    assert result.stderr == ""
    first, status = result.stdout.splitlines()
    assert first.count("\t") == 4
    assert status == "0"


@pytest.mark.parametrize("command", ["find", "find --json", "show ilham-aliyev", "--help"])
def test_a_pipe_that_nobody_reads_ends_it_quietly(command: str) -> None:
    result = shell(f'$s {command} | true; echo "${{PIPESTATUS[0]}}"')
    assert (result.stdout, result.stderr) == ("0\n", "")


def test_both_streams_into_a_pipe_that_is_left_end_it_quietly() -> None:
    result = shell("{ $s find tianjn; $s find -- xqzvvv; $s find foo:bar; } 2>&1 | true")
    assert (result.stdout, result.stderr) == ("", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", ["find", "find gabala", "find gabala --json", "--help",
                                     "find --help", "--version", f"show {GABALA}",
                                     f"show {GABALA} --markdown"])  # fmt: skip
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_what_cannot_be_written_is_said(command: str, unbuffered: str) -> None:
    full = f"PYTHONUNBUFFERED={unbuffered} $s {command} > /dev/full"
    said(shell(full), 2, "cannot write: no space left on device")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    ("command", "status", "lines"),
    [("find tianjn --limit 1", 0, 1), ("find xqzvvv", 1, 0), ("find foo:bar", 2, 0), ("open", 2, 0),
     ("find gabala > /dev/full", 2, 0), ("show nowhere", 1, 0)],
)  # fmt: skip
def test_where_nothing_can_be_said_the_answer_and_the_status_stay(
    command: str, status: int, lines: int
) -> None:
    result = shell(f"$s {command} 2> /dev/full")
    assert (result.returncode, result.stdout.count("\n")) == (status, lines)


@pytest.mark.parametrize("command", ["find gabala", "find gabala --json", f"show {GABALA}"])
def test_a_closed_standard_output_ends_it_quietly(command: str) -> None:
    result = shell(f"$s {command} >&-")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_with_standard_error_closed_nothing_is_mixed_into_the_answer() -> None:
    result = shell("$s find tianjn --limit 1 2>&-")
    assert result.returncode == 0
    assert result.stdout.count("\n") == 1
    assert result.stdout.startswith("sco-summit-tianjin-2025\t")
    assert shell("$s find foo:bar 2>&-").returncode == 2


def test_with_standard_input_closed_it_still_answers() -> None:
    result = shell("$s find gabala <&-")
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_little_memory_is_enough_or_said() -> None:
    import resource

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))

    size = 200 << 20
    assert run_apart("check", SMALL, preexec_fn=limited).returncode in (0, 1)
    code = "from tui import cli\ndef run(_): raise MemoryError\ncli._run = run; cli.run()"
    said(python("-c", code), 2, "there is not enough memory for this")


INTERRUPT = """
import os, signal, sys
from tui.dossier import dossier
def stop(*_):
    os.kill(os.getpid(), signal.SIGINT)
dossier.Dossier.open = stop
from tui.cli import run
run()
"""


def test_interrupted_is_130_and_no_traceback() -> None:
    result = subprocess.run(
        [sys.executable, "-c", INTERRUPT, "find", "gabala"],
        env=environment(), capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert (result.returncode, result.stdout, result.stderr) == (130, "", "")


# -- locales


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_where_the_locale_is_not_utf8_everything_is_ascii(locale: str) -> None:
    here = environment(LC_ALL=locale)
    for command in (
        ("find", "Iğdır"), ("find", "erdogan"), ("find", "--json", "Qəbələ"), ("show", GABALA),
        ("show", "recep-tayyip-erdogan"), ("show", "igdir-nakhchivan-pipeline-2025"),
    ):  # fmt: skip
        result = run_apart(*command, env=here)
        assert result.returncode == 0, result
        assert result.stderr == ""
        assert result.stdout.isascii()
    assert "Erdogan" in run_apart("find", "erdogan", env=here).stdout


@pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1"])
def test_what_is_said_can_be_shown_in_any_locale(locale: str) -> None:
    here = environment(LC_ALL=locale, PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    result = run_apart("find", "Şxqzvvvş", env=here, encoding="latin-1")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("encoding", "shown"), [("ascii", "# Tunis, Lodz ss - x"), ("latin-1", "# Tunis, Lódz ß -\xa0")]
)
def test_ascii_stands_in_for_what_a_stream_cannot_write(
    tmp_path: Path, encoding: str, shown: str
) -> None:
    title = "Tunis, Łódź ß –\xa0x"
    store = write(tmp_path / "odd.json", dossier(event(title=title)))
    page = ["show", "one-2025", "--markdown"]
    for command in (page, ["find", "lodz"], ["find", "lodz", "--json"]):
        result = subprocess.run(
            [sys.executable, "-m", "tui", *command, "--store", store],
            env=environment(PYTHONIOENCODING=encoding), capture_output=True, check=False,
        )  # fmt: skip
        assert (result.returncode, result.stderr) == (0, b"")
        if command is page:
            assert shown in result.stdout.decode(encoding)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal")
@pytest.mark.parametrize(
    "command",
    [("show", "one-2025"), ("show", "one-2025", "--markdown"), ("find", "first"), ("timeline",),
     ("notes",), ("find", "zzzŁ"), ("export", "--to", "csv")],
    ids=str,
)  # fmt: skip
def test_a_terminal_of_one_byte_a_character_gets_ascii_alone(
    start: Start, tmp_path: Path, command: tuple[str, ...]
) -> None:
    odd = "first „ś31m” \x9b31m 首脳"
    store = write(tmp_path / "odd.json", dossier(event(title=odd, summary=odd)))
    run("note", "one-2025", odd, "--store", store)
    terminal = start(*command, "--store", store, LC_ALL="C", LANG="C")
    terminal.ended()
    assert terminal.output.isascii()
    assert len(terminal.output) > 10


# -- on a terminal


def on_terminal(
    start: Start, *arguments: object, columns: int = 80, status: int = 0, **env: str
) -> str:
    """What a command writes to a terminal, with its escape codes."""
    terminal: Terminal = start(*arguments, columns=columns, rows=24, **env)
    assert terminal.ended(30) == status
    return terminal.output.decode().replace("\r\n", "\n")


def test_whoever_filters_json_by_hand_is_told_that_there_is_more(start: Start) -> None:
    output = on_terminal(start, "find", "declaration", "--json")
    assert re.search(r"\]\nsummitry: \d+ more; --limit shows them\n", output)
    assert "more;" not in on_terminal(start, "find", "declaration", "--json", "--limit", 3)
    assert run("find", "declaration", "--json").stderr == "", "a script has no eyes"


@pytest.mark.parametrize("columns", [200, 80, 30])
def test_help_has_a_line_for_each_field_with_an_example(start: Start, columns: int) -> None:
    shown = on_terminal(start, "find", "--help", columns=columns, COLUMNS=str(columns)).splitlines()
    fields = [line.split()[0] for line in shown[shown.index("fields:") + 1 :] if line[2:3] != " "]
    assert [field.partition(":")[0] for field in fields] == list(FIELDS)
    for field in fields:
        parse_query(field)


@pytest.mark.parametrize("size", ["²", "-5", "wide", "99999999"])
def test_an_odd_size_in_the_environment_is_not_believed(start: Start, size: str) -> None:
    output = on_terminal(start, "find", "copenhagen", COLUMNS=size, LINES=size)
    assert max(len(ESCAPE.sub("", line)) for line in output.splitlines()) <= 80


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize(
    "command", [("find", "copenhagen"), ("find", "declaration"), ("show", GABALA)], ids=" ".join
)
def test_no_line_is_wider_than_the_terminal(
    start: Start, columns: int, command: tuple[str, ...]
) -> None:
    output = on_terminal(start, *command, columns=columns)
    shown = [ESCAPE.sub("", line) for line in output.splitlines()]
    assert max(cell_len(line.rstrip("\r")) for line in shown) <= columns
    assert len(shown) > 5


@pytest.mark.parametrize("columns", [10, 1])
def test_the_narrowest_terminal_does_no_harm(start: Start, columns: int) -> None:
    for command in (("find", "gabala"), ("show", GABALA)):
        assert "Traceback" not in on_terminal(start, *command, columns=columns)


def test_the_table_has_date_type_title_region_and_marks_the_words(start: Start) -> None:
    output = on_terminal(start, "find", "qebele", columns=120)
    first = ESCAPE.sub("", output.splitlines()[0])
    assert re.match(
        r"6.7 Oct 2025 +◆ summit +12th OTS summit, Gabala +ots-summit-gabala-2025 +T", first
    ), first
    marked = on_terminal(start, "find", "gabala", columns=120)
    assert "\x1b[1;4mGabala\x1b[0m" in marked


def test_the_table_says_how_many_more_there_are(start: Start) -> None:
    output = ESCAPE.sub("", on_terminal(start, "find", "declaration", "--limit", "5"))
    assert re.search(r"^\d+ more; --limit shows them$", output, re.MULTILINE)


def test_no_color_is_respected(start: Start) -> None:
    for command in (("find", "gabala"), ("show", GABALA)):
        output = on_terminal(start, *command, NO_COLOR="1")
        colours = re.findall(r"\x1b\[([0-9;]*)m", output)
        assert not [c for c in colours if re.search(r"(^|;)([349][0-7]|38|48|10[0-7])(;|$)", c)]


def test_on_a_terminal_of_an_ascii_locale_nothing_else_is_drawn(start: Start) -> None:
    for command in (("find", "erdogan"), ("show", GABALA), ("show", "igdir-nakhchivan-pipeline")):
        output = on_terminal(start, *command, LC_ALL="C", LANG="C", columns=120)
        assert output.isascii()


def test_on_a_terminal_what_is_wrong_is_one_line(start: Start) -> None:
    output = on_terminal(start, "find", "foo:bar", columns=200, status=2)
    assert output.count("\n") == 1
    assert "\x1b" not in output


# -- show


def test_show_prints_the_whole_page() -> None:
    page = run_apart("show", "joint-declaration-2025").stdout
    for words in (
        "Joint Declaration of Azerbaijan and Armenia", "declaration · 8 August 2025 · Washington",
        "part of", "Washington Summit", "Ilham Aliyev", "Nikol Pashinyan", "Donald Trump",
        "signed", "Who took part", "What is recorded", "Sources", "https://",
    ):  # fmt: skip
        assert words in page, words
    assert "\x1b" not in page
    assert max(cell_len(line) for line in page.splitlines() if "http" not in line) <= 80


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("ilham-aliyev", "President"),
        ("gabala", "40."),
        ("united-states", "Washington Summit"),
        ("article-2025", "Cited by"),
    ],
)
def test_show_knows_every_kind_of_record(id_: str, words: str) -> None:
    result = run("show", id_)
    assert result.returncode == 0
    assert words in result.stdout


def test_show_takes_several_ids_in_the_order_given() -> None:
    page = run("show", "tripp-2025", "gabala").stdout
    assert page.startswith("Trump Route (TRIPP)\n")
    assert page.index("Trump Route (TRIPP)\n") < page.index("\nGabala\n")


def test_show_markdown_and_json() -> None:
    markdown = run("show", "joint-declaration-2025", "--markdown")
    assert markdown.stdout.startswith("# Joint Declaration of Azerbaijan and Armenia\n")
    assert markdown.stderr == ""
    two = run("show", "tripp-2025", "gabala", "--markdown").stdout
    assert re.findall(r"^# (.+)$", two, re.MULTILINE) == ["Trump Route (TRIPP)", "Gabala"]
    one = run("show", "washington-summit-2025", "--json").stdout
    assert one.isascii()
    record = json.loads(one)
    assert (record["id"], record["kind"], record["whole"]) == (
        "washington-summit-2025", "event", None,
    )  # fmt: skip
    assert "joint-declaration-2025" in record["parts"]
    assert record["claims"]
    assert all(set(link) == {"id", "as"} for link in record["backlinks"])
    assert isinstance(record["links"], list)
    part = json.loads(run("show", "joint-declaration-2025", "--json").stdout)
    assert part["whole"] == "washington-summit-2025"
    several = json.loads(run("show", "gabala", "tripp-2025", "--json").stdout)
    assert [entry["id"] for entry in several] == ["gabala", "tripp-2025"]
    assert GABALA in several[0]["events"]


def test_an_id_may_be_shortened_while_it_stays_unique() -> None:
    assert run("show", "joint-declaration-2").stdout == run("show", "joint-declaration-2025").stdout
    assert run("show", "gabala").stdout.startswith("Gabala\n"), "whole, though others begin so"
    text = said(run("show", "epc-summit"), 1, "more than one record begins so", "epc-summit-")
    assert text.count("epc-summit-") == 5
    said(run("show", ""), 1, "no such record")


def test_an_unknown_id_suggests_the_nearest() -> None:
    said(run("show", "washingtn-summit-2025"), 1, "no such record", "washington-summit-2025")
    said(run("show", "tripp-2025", "joint-declaratoin-2025"), 1, "nearest: joint-declaration-2025")
    said(run("show", "\x1b[31m"), 1, "no such record")


def test_an_id_that_is_not_there_prints_nothing_of_the_others() -> None:
    assert run("show", "gabala", "nowhere-at-all-x", "--json").stdout == ""


# -- completion


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """A folder with a `summitry` to be found on PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    words = " ".join(f"'{word}'" for word in COMMAND)
    (folder / "summitry").write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding="utf-8")
    (folder / "summitry").chmod(0o755)
    return folder


def completed(line: str, folder: Path, **env: str) -> list[str]:
    """What bash offers for a line that ends at the cursor."""
    asked = (
        'eval "$(summitry completion bash)"; COMP_LINE=$1; COMP_POINT=${#1}; _summitry; '
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    result = subprocess.run(
        ["bash", "-c", asked, "bash", line],
        env=environment(PATH=f"{folder}:{os.environ['PATH']}", **env),
        capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert "Traceback" not in result.stderr
    return [word for word in result.stdout.splitlines() if word]


def test_bash_completes_commands_options_fields_values_and_ids(bin_folder: Path) -> None:
    assert completed("summitry fi", bin_folder) == ["find"]
    assert completed("summitry find --l", bin_folder) == ["--limit"]
    assert completed("summitry find re", bin_folder) == ["region:"]
    assert completed("summitry show joint-declaration-2", bin_folder) == ["joint-declaration-2025"]
    assert completed("summitry show a tripp-20", bin_folder) == ["tripp-2025"]
    assert completed("summitry find gabala type:su", bin_folder) == ["summit"], "after the colon"
    assert completed("summitry find region:united", bin_folder) == ["united-states"]
    assert "find" in completed("summitry ", bin_folder)
    assert completed("summitry completion f", bin_folder) == ["fish"]
    assert completed("summitry find xqz", bin_folder) == []


def test_ids_are_completed_from_the_dossier_that_was_named(bin_folder: Path) -> None:
    line = f"summitry show --store {SMALL} lodz-b"
    assert completed(line, bin_folder) == ["lodz-breakfast-2025"]
    assert completed("summitry show lodz-b", bin_folder, SUMMITRY_STORE=str(SMALL)) == [
        "lodz-breakfast-2025"
    ]
    assert completed("summitry show x", bin_folder, SUMMITRY_STORE="/nowhere.json") == []


def test_each_argument_has_its_own_completion() -> None:
    def offered(*words: object) -> list[str]:
        return run("__complete", *words).stdout.splitlines()

    assert offered("open", "--at", "tripp-2") == ["tripp-2025"]
    assert offered("open", "tripp-2") == [], "the shell completes files"
    assert offered("timeline", "--by", "re") == ["region"]
    assert offered("timeline", "re") == ["region:"]
    assert offered("find", "--store", "re") == []
    assert offered("find", "--limit", "re") == []
    assert offered("find", "--limit", "5", "id:tripp-2") == ["id:tripp-2025"]
    assert offered("find", "place:gabal") == ["place:gabala"]
    assert offered("find", "is:s") == ["is:single-source"]
    assert offered("find", "step:in") == ["step:initialled", "step:in-force"]
    assert offered("find", "--sort", "") == ["best", "newest", "oldest"]
    assert offered("find", "after:202")[:2] == ["after:2026", "after:2025"]
    assert offered("import", "--") == ["--map", "--preview", "--force"]
    assert offered("schema", "x") == offered("fnid", "x") == []


@pytest.mark.parametrize("name", ["zsh", "fish"])
def test_the_scripts_of_other_shells_can_be_read_by_them(name: str, tmp_path: Path) -> None:
    script = run_apart("completion", name).stdout
    assert "summitry __complete" in script
    if not (found := shutil.which(name)):
        pytest.skip(f"{name} is not installed")
    path = tmp_path / "completion"
    path.write_text(script, encoding="utf-8")
    result = subprocess.run([found, "-n", path], capture_output=True, check=False, timeout=30)
    assert (result.returncode, result.stderr) == (0, b"")


# -- what is loaded

LOADED = """
import sys
from tui.cli import main
status = main(sys.argv[1:])
heavy = {"textual", "rich", "tinydb", "msgspec", "rapidfuzz", "platformdirs", "asyncio"}
print(status, sorted({name.split(".")[0] for name in sys.modules} & heavy), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("command", "loaded"),
    [
        (("find", "gabala"), []),
        (("find", "qebele", "type:summit", "on:2025-10"), []),
        (("find",), []),
        (("find", "gabala", "--json"), []),
        (("find", "tianjn"), ["rapidfuzz"]),
    ],
    ids=str,
)
def test_through_a_pipe_and_once_indexed_nothing_heavy_is_loaded(
    command: tuple[str, ...], loaded: list[str]
) -> None:
    result = subprocess.run(
        [sys.executable, "-c", LOADED, *command],
        env=environment(), capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert result.stderr.splitlines()[-1] == f"0 {loaded}"
    assert result.stdout


@pytest.mark.parametrize("command", [("find", "gabala"), ("show", GABALA)], ids=str)
def test_on_a_terminal_textual_is_not_loaded(
    start: Start, command: tuple[str, ...], tmp_path: Path
) -> None:
    code = tmp_path / "loaded.py"
    code.write_text(LOADED, encoding="utf-8")
    terminal = Terminal(code, *command, columns=80, rows=24, env={"PYTHONPATH": str(ROOT)})
    with terminal:
        assert terminal.ended() == 0
    last = ESCAPE.sub("", terminal.output.decode()).strip().splitlines()[-1]
    assert last.startswith("0 [")
    assert "rich" in last
    assert "textual" not in last


def test_the_second_time_the_index_is_there(tmp_path: Path) -> None:
    path = write(tmp_path / "new.json", dossier(event(), actors=table()))
    assert lines("--store", path) == lines("--store", path)
    path.write_text(path.read_text(encoding="utf-8").replace("Event one", "Changed one"), "utf-8")
    assert lines("--store", path)[0][2].startswith("Changed one"), "and made again after a change"


def test_pages_in_a_pipe_are_as_wide_as_asked_and_parted_by_a_rule() -> None:
    narrow = {"FZF_PREVIEW_COLUMNS": "40", "COLUMNS": "100"}
    done = run("show", "baku", "tbilisi", env=environment(**narrow))
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) == 40
    assert lines.count("─" * 40) == 1
    for odd in ("0", "-5", "wide", "9" * 30):
        assert run_apart("show", "baku", env=environment(COLUMNS=odd)).returncode == 0


def test_help_tells_the_fields_with_an_example_each() -> None:
    told = " ".join(run("find", "--help").stdout.split())
    for example in ("region:china", "on:2025-10", "is:disputed", "actor:aliyev"):
        assert example in told
