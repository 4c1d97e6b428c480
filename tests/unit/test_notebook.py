"""The notebook keeps what it was given, whatever happens while it is written."""

import errno
import json
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import ROOT, UNMEASURED, python
from tui.dossier.dossier import Dossier
from tui.folders import notebook_path
from tui.notebook import Entry, Notebook, NotebookError, ReadingPlace, key_of, notebook_file

KEY = "AZ A dossier"

posix = pytest.mark.skipif(os.name != "posix", reason="needs fork, signals and modes")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a notebook may be, in a folder that does not exist yet."""
    return tmp_path / "state" / "notebook.json"


@pytest.fixture
def notebook(path: Path) -> Notebook:
    return Notebook.open(KEY, path)


def again(path: Path) -> Notebook:
    """What another program finds in the file; it must be whole."""
    notebook = Notebook.open(KEY, path)
    assert notebook.take_notices() == []
    return notebook


def marks(notebook: Notebook) -> list[str]:
    """The marked records, in the order they were marked."""
    return [entry.id for entry in notebook.notes() if entry.marked]


def beside(path: Path) -> list[str]:
    """The names beside the notebook, without those that belong there."""
    lasting = {path.name, f"{path.name}.bak", f"{path.name}.lock"}
    return sorted(entry.name for entry in path.parent.iterdir() if entry.name not in lasting)


# -- what it keeps


def test_marks_notes_and_the_place_are_there_the_next_time(notebook: Notebook, path: Path) -> None:
    assert notebook.mark("b") is True
    assert notebook.mark("a") is True
    notebook.set_note("c", "one\n\ttwo  \n\n")
    notebook.set_note("a", "Qəbələ")
    place = ReadingPlace("region", "europe", "a", 7, "page", "oldest", ("gas", "ferries"))
    notebook.set_place(place)
    assert notebook.place() == place
    found = again(path)
    assert marks(found) == ["b", "a"]
    assert found.is_marked("a")
    assert not found.is_marked("c")
    assert found.notes(raw=True) == [
        Entry("b", "", True),
        Entry("a", "Qəbələ", True),
        Entry("c", "one\n\ttwo", False),
    ]
    assert found.place() == place


def test_a_second_mark_unmarks_and_a_blank_note_is_none(notebook: Notebook, path: Path) -> None:
    notebook.mark("a")
    notebook.set_note("a", "a note")
    assert notebook.mark("a") is False
    notebook.set_note("a", " \n")
    assert again(path).notes() == []
    assert again(path).note("a") == ""


def test_opening_and_asking_write_nothing(notebook: Notebook, path: Path) -> None:
    assert (marks(notebook), notebook.notes(), notebook.place()) == ([], [], None)
    assert notebook.note("a") == ""
    assert not notebook.changed()
    assert not path.parent.exists()


def test_what_is_as_it_was_is_not_written_again(notebook: Notebook, path: Path) -> None:
    late = Notebook.open(KEY, path)
    notebook.set_note("a", "a note")
    notebook.set_place(ReadingPlace("region", "", "a"))
    before = path.stat()
    notebook.set_note("a", "a note")
    notebook.set_place(ReadingPlace("region", "", "a"))
    late.set_place(ReadingPlace("region", "", "a"))
    assert path.stat() == before


def test_a_note_keeps_what_it_is_of(notebook: Notebook, path: Path) -> None:
    row, other = Dossier.open(ROOT / "data.json").rows([1, 2])
    notebook.set_note(row.id, "compare", row=row)
    notebook.mark(other.id, row=other)
    notebook.set_note("older-2020", "written before titles were kept")
    known = again(path)
    assert known.misfit(row.id, row) == known.misfit("older-2020", row) == ""
    was = f'"{other.title}" of {other.date}'
    assert known.misfit(other.id, row) == known.misfit(other.id, None) == was
    # Written again, it is of what the record is now.
    notebook.set_note(row.id, "compare", row=other)
    assert again(path).misfit(row.id, other) == ""


def test_two_dossiers_with_the_same_ids_do_not_mix(notebook: Notebook, path: Path) -> None:
    notebook.mark("a")
    notebook.set_note("a", "mine")
    other = Notebook.open("PL Another", path)
    assert (other.notes(), other.others()) == ([], {KEY: 2})
    other.set_note("a", "theirs")
    other.set_place(ReadingPlace("type", "visit", "a"))
    assert again(path).notes() == [Entry("a", "mine", True)]
    assert again(path).place() is None


def test_a_dossier_keeps_its_notes_when_its_file_moves(
    small: Dossier, shipped: Dossier, opened: Callable[[Path], Dossier], tmp_path: Path
) -> None:
    moved = tmp_path / "elsewhere.json"
    moved.write_bytes((ROOT / "tests" / "dossiers" / "small.json").read_bytes())
    assert key_of(opened(moved)) == key_of(small)
    assert key_of(small) != key_of(shipped)


def test_text_is_shown_clean_and_kept_as_typed(notebook: Notebook) -> None:
    notebook.set_note("a", "\x1b[31mred\x1b[0m\nnext\u202e")
    assert notebook.note("a") == "\ufffd[31mred\ufffd[0m\nnext\ufffd"
    assert notebook.note("a", raw=True) == "\x1b[31mred\x1b[0m\nnext\u202e"


def test_half_a_surrogate_pair_can_be_kept(notebook: Notebook, path: Path) -> None:
    notebook.set_note("a", "bad \udcff byte")
    assert again(path).note("a", raw=True) == "bad \udcff byte"


def test_an_endless_note_is_refused(notebook: Notebook, path: Path) -> None:
    notebook.set_note("a", "short")
    with pytest.raises(NotebookError, match="at most 1,000,000 characters"):
        notebook.set_note("a", "x" * 1_000_001)
    assert again(path).note("a") == "short"


def test_unknown_tables_and_fields_stay(path: Path) -> None:
    path.parent.mkdir()
    stranger = {"id": "a", "dossier": KEY, "text": "old", "colour": "red", "deep": {"er": [1.5]}}
    tables = {
        "notes": {"4": stranger, "7": {"what": "is this"}},
        "trips": {"1": {"to": "Şuşa"}},
        "version": 3,
    }
    path.write_text(json.dumps(tables), encoding="utf-8")
    notebook = Notebook.open(KEY, path)
    notebook.set_note("a", "new")
    notebook.mark("b")
    found = json.loads(path.read_bytes())
    assert found["notes"]["4"] == stranger | {"text": "new", "at": found["notes"]["4"]["at"]}
    assert found["notes"]["7"] == {"what": "is this"}
    assert (found["trips"], found["version"]) == ({"1": {"to": "Şuşa"}}, 3)


def test_what_is_not_of_our_making_is_left_alone(path: Path, small: Dossier) -> None:
    path.parent.mkdir()
    theirs = {"dossier": KEY, "id": "a"}
    tables = {
        "notes": {"1": theirs | {"text": 5}, "2": {"dossier": 7, "id": "b", "text": "no"}},
        "marks": {"1": {"dossier": KEY, "id": ["c"]}},
        "places": {"1": {"dossier": KEY, "facet": "region", "value": None, "id": "a"}},
        "visits": {"1": {"dossier": KEY, "day": "2025-99-99", "file": "f", "digests": ""}},
    }
    path.write_text(json.dumps(tables), encoding="utf-8")
    notebook = again(path)
    assert not str(notebook.news(small))
    assert (notebook.notes(), notebook.place(), notebook.others()) == ([], None, {})
    notebook.set_note("a", "mine")
    assert again(path).notes() == [Entry("a", "mine", False)]
    assert json.loads(path.read_bytes())["notes"]["2"] == tables["notes"]["2"]


def test_a_place_of_an_older_or_odd_notebook_is_taken_as_far_as_it_goes(path: Path) -> None:
    path.parent.mkdir()
    kept = {"dossier": KEY, "facet": "region", "value": "europe", "id": "a"}
    for more in ({}, {"scroll": -3, "pane": 1}, {"scroll": "7"}):
        path.write_text(json.dumps({"places": {"1": kept | more}}), encoding="utf-8")
        assert again(path).place() == ReadingPlace("region", "europe", "a", 0, "")


def test_a_mark_may_be_set_or_taken_away_whatever_it_was(notebook: Notebook) -> None:
    assert notebook.mark("a", on=True) is True
    assert notebook.mark("a", on=True) is True
    assert notebook.mark("a", on=False) is False
    assert notebook.mark("a", on=False) is False
    assert marks(notebook) == []


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [
        ("old", "new", "new"),
        ("theirs", "", "theirs"),
        ("theirs", "theirs", "theirs"),
        ("old\nmore", "old\nmine", "old\nmine\n\n— also written elsewhere —\nmore"),
        ("one\n\n", "one\ntwo", "one\ntwo"),
        ("more", "new\n\n— also written elsewhere —\nother",
         "new\n\n— also written elsewhere —\nother\nmore"),
    ],
    ids=["nobody else", "emptied", "the same", "both", "no more", "a third"],
)  # fmt: skip
def test_a_note_that_another_wrote_meanwhile_is_kept_below(
    notebook: Notebook, path: Path, theirs: str, mine: str, both: str
) -> None:
    notebook.set_note("a", "old")
    Notebook.open(KEY, path).set_note("a", theirs)
    assert notebook.set_note("a", mine, base="old") == both
    assert again(path).note("a") == both


# -- several at once


def test_what_another_wrote_is_seen_when_asked(notebook: Notebook, path: Path) -> None:
    other = Notebook.open(KEY, path)
    other.set_note("a", "from the shell")
    assert notebook.note("a") == ""
    assert notebook.changed()
    assert notebook.note("a") == "from the shell"
    assert not notebook.changed()
    notebook.set_note("b", "mine")
    assert not notebook.changed(), "its own change is no news"
    other.mark("c")
    notebook.mark("d")
    assert marks(notebook) == ["c", "d"]
    assert notebook.changed(), "news that came with its own change"
    assert not notebook.changed()
    other.set_place(ReadingPlace("region", "", "a"))
    assert not notebook.changed(), "where another reads is no news"


WRITER = """
import sys
from tui.notebook import Notebook, notebook_file
notebook_file.WAIT = 60  # the machine may be busy
notebook = Notebook.open({key!r}, sys.argv[1])
for number in range({count}):
    notebook.set_note(f"{{sys.argv[2]}}-{{number}}", "x" * number)
    notebook.mark(f"{{sys.argv[2]}}-{{number}}")
"""


def test_four_writers_at_once_keep_all(path: Path) -> None:
    count = 40
    code = WRITER.format(key=KEY, count=count)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", code, path, str(writer)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for writer in range(4)
    ]
    assert [writer.communicate(timeout=60)[1] for writer in writers] == [""] * 4
    found = again(path)
    wanted = {f"{writer}-{n}": "x" * n for writer in range(4) for n in range(count)}
    assert {entry.id: entry.note for entry in found.notes()} == wanted
    assert all(found.is_marked(id_) for id_ in wanted)
    assert beside(path) == []


def test_threads_of_one_process_keep_each_other_out(path: Path) -> None:
    notebook = Notebook.open(KEY, path)

    def write(thread: int) -> None:
        for number in range(15):
            notebook.set_note(f"{thread}-{number}", "x")

    threads = [threading.Thread(target=write, args=(thread,)) for thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(again(path).notes()) == 60


def test_a_lock_that_is_never_let_go_is_said(
    notebook: Notebook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook.set_note("a", "kept")
    monkeypatch.setattr(notebook_file, "WAIT", 0.1)
    other = notebook_file.NotebookFile(str(path))
    with other.locked(), pytest.raises(NotebookError, match=r"another program .* try again"):
        notebook.set_note("a", "lost")
    assert notebook.note("a") == "kept"
    notebook.set_note("a", "new")
    assert again(path).note("a") == "new"


# -- killed


@posix
def test_kill_9_at_random_moments_loses_nothing_acknowledged(path: Path) -> None:
    script = ROOT / "tests" / "bench" / "kill.py"
    result = python(script, "--trials", 30, "--longest", 0.02, "--notebook", path, "--json")
    counts = json.loads(result.stdout)
    assert (counts["kills"], counts["lost"], counts["unreadable"]) == (60, 0, 0)
    assert counts["acknowledged"] >= 30
    assert counts["strays_at_worst"] <= 1
    again(path).mark("after")
    assert beside(path) == [], "the next writer clears up"


KILLED = """
import os, signal, sys
import tinydb
from tui.notebook import Notebook

left = int(sys.argv[2])

def counted(call):
    def counting(*arguments, **options):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **options)
    return counting

for name in ("open", "link", "unlink", "replace", "fsync"):
    setattr(os, name, counted(getattr(os, name)))
Notebook.open({key!r}, sys.argv[1]).set_note("a", "new")
"""


@posix
@pytest.mark.parametrize("damaged", [False, True], ids=["whole", "damaged"])
def test_killed_before_any_step_the_old_or_the_new_is_there(path: Path, damaged: bool) -> None:
    notebook = Notebook.open(KEY, path)
    for note in ("older", "old"):
        notebook.set_note("a", note)
    kept = "older" if damaged else "old"
    whole, backup = path.read_bytes(), Path(f"{path}.bak").read_bytes()
    seen = []
    for step in range(100):
        for entry in path.parent.iterdir():
            entry.unlink()
        path.write_bytes(whole[:-9] if damaged else whole)
        Path(f"{path}.bak").write_bytes(backup)
        status = python("-c", KILLED.format(key=KEY), path, step, env=UNMEASURED).returncode
        assert status in (0, -signal.SIGKILL)
        seen.append(Notebook.open(KEY, path).note("a"))
        assert len([name for name in beside(path) if ".corrupt-" not in name]) <= 1
        if status == 0:
            break
    assert len(seen) > 8, "steps"
    assert seen == sorted(seen, reverse=True), "at one step it turns from the old to the new"
    assert set(seen) == {kept, "new"}


# -- a disk or folder that will not have it


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB, where one may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        made = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        made = False
    if not made:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_said_and_loses_nothing(small_disk: Path) -> None:
    path = small_disk / "notebook.json"
    notebook = Notebook.open(KEY, path)
    notebook.set_note("a", "kept")
    with pytest.raises(NotebookError) as caught:
        notebook.set_note("b", "x" * 100_000)
    assert "no space left on device; nothing was changed" in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert beside(path) == [], "the space is given back"
    assert notebook.notes() == [Entry("a", "kept", False)]
    notebook.set_note("c", "still works")
    assert [entry.id for entry in again(path).notes()] == ["a", "c"]


def test_a_read_only_file_system_is_said_and_loses_nothing(small_disk: Path) -> None:
    path = small_disk / "notebook.json"
    Notebook.open(KEY, path).set_note("a", "kept")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    notebook = again(path)
    with pytest.raises(NotebookError, match="read-only file system; nothing was changed"):
        notebook.set_note("a", "lost")
    assert notebook.note("a") == again(path).note("a") == "kept"


@posix
def test_a_file_that_may_not_grow_is_said_and_loses_nothing(path: Path) -> None:
    Notebook.open(KEY, path).set_note("a", "kept")
    code = (
        "import sys; from tui.notebook import Notebook, NotebookError\n"
        f"try: Notebook.open({KEY!r}, sys.argv[1]).set_note('a', 'x' * 9000)\n"
        "except NotebookError as error: print(error)"
    )
    import resource

    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))  # noqa: E731
    result = python("-B", "-c", code, path, preexec_fn=limit, env=UNMEASURED)
    assert "file too large; nothing was changed" in result.stdout, result.stderr
    assert again(path).note("a") == "kept"
    assert beside(path) == []


@posix
def test_a_read_only_folder_is_said_and_loses_nothing(notebook: Notebook, path: Path) -> None:
    notebook.set_note("a", "kept")
    path.parent.chmod(0o500)
    try:
        if os.access(path.parent, os.W_OK):
            pytest.skip("root may write in any folder; the read-only file system stands for it")
        with pytest.raises(NotebookError, match="permission denied; nothing was changed"):
            notebook.set_note("a", "lost")
        assert again(path).note("a") == "kept"
    finally:
        path.parent.chmod(0o700)


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(NotebookError, match="cannot read the notebook: not a directory"):
        Notebook.open(KEY, tmp_path / "state" / "notebook.json")


# -- damaged


DAMAGE = {
    "cut off": b'{"notes": {"1": {"id": "a"',
    "empty": b"",
    "zeros": b"\0" * 300,
    "not UTF-8": b'{"notes": {"1": {"id": "\xff"}}}',
    "a list": b"[]",
    "a table of lists": b'{"notes": {"1": []}}',
    "visits that are a list": b'{"visits": []}',
    "a visit that is a word": b'{"visits": {"1": "today"}}',
    "ids that become one": b'{"notes": {"1": {}, "01": {}}}',
    "a key twice": b'{"notes": {"1": {}, "1": {}}}',
    "deep": b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a long number": b'{"x": ' + b"1" * 10_000 + b"}",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_file_is_announced_and_kept_and_its_copy_used(path: Path, damage: bytes) -> None:
    writer = Notebook.open(KEY, path)
    writer.set_note("a", "one")
    writer.set_note("b", "two")
    path.write_bytes(damage)

    notebook = Notebook.open(KEY, path)
    (notice,) = notebook.take_notices()
    assert f"{path} is damaged" in notice
    assert f"{path}.bak is used" in notice
    assert "\n" not in notice
    assert notebook.take_notices() == [], "said once"
    assert notebook.notes() == [Entry("a", "one", False)]
    assert path.read_bytes() == damage, "asking writes nothing"

    notebook.mark("c")
    (aside,) = beside(path)
    assert aside.startswith("notebook.json.corrupt-20")
    assert aside in notebook.take_notices()[0]
    assert (path.parent / aside).read_bytes() == damage
    assert again(path).notes() == [Entry("c", "", True), Entry("a", "one", False)]


def test_damaged_like_its_copy_it_starts_anew_and_keeps_the_file(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"{")
    Path(f"{path}.bak").write_bytes(b"{{")
    notebook = Notebook.open(KEY, path)
    assert "no readable copy" in notebook.take_notices()[0]
    notebook.mark("a")
    assert marks(again(path)) == ["a"]
    assert [(path.parent / name).read_bytes() for name in beside(path)] == [b"{"]
    assert Path(f"{path}.bak").read_bytes() == b"{{"


def test_damaged_twice_in_a_second_both_are_kept(path: Path) -> None:
    path.parent.mkdir()
    for number in range(3):
        path.write_bytes(b"{" * (number + 1))
        Notebook.open(KEY, path).mark("a")
    assert sorted((path.parent / name).read_bytes() for name in beside(path)) == [
        b"{", b"{{", b"{{{",
    ]  # fmt: skip


def test_a_notebook_that_is_gone_is_announced_while_there_is_a_copy(path: Path) -> None:
    notebook = Notebook.open(KEY, path)
    notebook.mark("a")
    notebook.mark("b")
    path.unlink()
    found = Notebook.open(KEY, path)
    assert marks(found) == []
    assert f"rename {path}.bak" in found.take_notices()[0]


def test_an_unreadable_state_is_raised_once_by_changed(notebook: Notebook, path: Path) -> None:
    notebook.mark("a")
    path.unlink()
    path.mkdir()
    with pytest.raises(NotebookError, match="not a regular file"):
        notebook.changed()
    assert not notebook.changed()
    assert marks(notebook) == ["a"]


@posix
def test_a_pipe_and_a_device_are_refused_at_once(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)
    for name in (path, Path("/dev/zero")):
        with pytest.raises(NotebookError, match="not a regular file"):
            Notebook.open(KEY, name)


def test_a_dossier_is_never_written_into(tmp_path: Path) -> None:
    path = tmp_path / "data.json"
    data = (ROOT / "data.json").read_bytes()
    path.write_bytes(data)
    with pytest.raises(NotebookError, match="a dossier, not a notebook"):
        Notebook.open(KEY, path)
    assert path.read_bytes() == data


def test_an_empty_file_is_a_new_notebook(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b" \n")
    notebook = again(path)
    assert notebook.notes() == []
    notebook.mark("a")
    assert marks(again(path)) == ["a"]


def test_an_endless_notebook_is_neither_read_nor_written(
    notebook: Notebook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook.set_note("a", "kept")
    before = path.read_bytes()
    monkeypatch.setattr(notebook_file, "LARGEST", 1 << 20)
    with pytest.raises(NotebookError, match="it is full, with 1 MiB; nothing was changed"):
        notebook.set_note("b", "\n" * 999_999 + "x")  # each line end takes two bytes
    assert path.read_bytes() == before
    path.write_bytes(b" " * ((1 << 20) + 1))
    with pytest.raises(NotebookError, match="over 1 MiB, so not a notebook"):
        Notebook.open(KEY, path)


def test_what_is_nested_too_deeply_to_write_is_said(
    notebook: Notebook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook.mark("a")

    def encode(*_: object, **__: object) -> bytes:
        raise RecursionError

    with monkeypatch.context() as patch:
        patch.setattr("msgspec.json.encode", encode)  # how deep that is depends on the Python
        with pytest.raises(NotebookError, match="nested too deeply"):
            notebook.mark("b")
    assert marks(again(path)) == ["a"]


@pytest.mark.parametrize("number", ["1e999", "NaN", "-Infinity", "9" * 5000])
def test_what_is_no_number_of_json_is_damage_that_is_said(
    notebook: Notebook, path: Path, number: str
) -> None:
    notebook.mark("a")
    notebook.mark("b")
    broken = path.read_text("utf-8").replace('"at"', f'"odd": {number}, "at"')
    path.write_text(broken, "utf-8")
    other = Notebook.open(KEY, path)
    assert marks(other) == ["a"], "its last copy"
    assert "damaged" in " ".join(other.take_notices())
    other.mark("c")
    json.loads(path.read_bytes(), parse_constant=pytest.fail)
    assert broken in [kept.read_text("utf-8") for kept in path.parent.glob("*.corrupt-*")]


def test_numbers_that_are_not_ours_stay_as_they_were(notebook: Notebook, path: Path) -> None:
    notebook.mark("a")
    tables = json.loads(path.read_bytes()) | {"theirs": {"1": {"n": 1e300, "big": 10**30}}}
    path.write_text(json.dumps(tables), "utf-8")
    again(path).mark("b")
    assert json.loads(path.read_bytes())["theirs"] == tables["theirs"]


def test_what_nobody_wrote_since_is_not_parsed_again(
    notebook: Notebook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[object] = []
    real = json.loads

    def loads(*arguments: object, **options: object) -> object:
        parsed.append(arguments)
        return real(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(json, "loads", loads)
    for number in range(5):
        notebook.mark(f"r{number}")
        notebook.set_note("r1", f"{number}")
    assert parsed == []
    again(path).mark("theirs")
    parsed.clear()
    notebook.mark("mine")
    assert len(parsed) == 1
    assert marks(notebook) == ["r0", "r1", "r2", "r3", "r4", "theirs", "mine"]


def test_a_change_that_fails_leaves_nothing_behind_in_memory(
    notebook: Notebook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook.mark("a")

    def encode(_: object) -> bytes:
        raise RecursionError

    with monkeypatch.context() as patch:
        patch.setattr("msgspec.json.encode", encode)
        with pytest.raises(NotebookError):
            notebook.mark("lost")
        with pytest.raises(NotebookError):
            notebook.set_note("a", "lost")
    notebook.mark("b")
    assert marks(notebook) == marks(again(path)) == ["a", "b"]
    assert again(path).note("a") == ""


def test_what_the_disk_does_not_confirm_is_said(
    notebook: Notebook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook.mark("a")
    real = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, "Input/output error")
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        with pytest.raises(NotebookError, match="written, but not safe: input/output error"):
            notebook.mark("b")
    assert marks(again(path)) == ["a", "b"]
    assert notebook.changed()
    assert marks(notebook) == ["a", "b"]


# -- where it is, and whose


def test_without_a_home_it_says_how_to_name_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", "not/absolute")
    with pytest.raises(NotebookError, match="no home for the notebook; name it: SUMMITRY_NOTEBOOK"):
        Notebook.open(KEY)


@posix
def test_only_its_owner_may_read_it(
    notebook: Notebook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(0)
    try:
        notebook.mark("a")
        notebook.mark("b")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()}
    names = ("notebook.json", "notebook.json.bak", "notebook.json.lock")
    assert modes == dict.fromkeys(names, 0o600)


def test_the_copy_is_the_state_before_the_last_change(notebook: Notebook, path: Path) -> None:
    notebook.set_note("a", "one")
    assert not Path(f"{path}.bak").exists()
    notebook.set_note("a", "two")
    notebook.set_note("a", "three")
    assert Notebook.open(KEY, f"{path}.bak").note("a") == "two"


def test_without_hard_links_the_copy_is_a_copy(
    notebook: Notebook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    notebook.set_note("a", "one")
    notebook.set_note("a", "two")
    notebook.set_note("a", "three")
    assert Notebook.open(KEY, f"{path}.bak").note("a") == "two"
    assert again(path).note("a") == "three"


@posix
@pytest.mark.parametrize("there", [True, False], ids=["to a file", "dangling"])
def test_a_symlink_is_followed_and_stays(tmp_path: Path, there: bool) -> None:
    real = tmp_path / "synced" / "notes.json"
    if there:
        Notebook.open(KEY, real).mark("a")
    link = tmp_path / "link.json"
    link.symlink_to(real)
    notebook = Notebook.open(KEY, link)
    notebook.mark("b")
    assert link.is_symlink()
    assert marks(again(real)) == (["a", "b"] if there else ["b"])
    assert {entry.name for entry in tmp_path.iterdir()} == {"synced", "link.json"}


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="the XDG folders of Linux")
def test_it_is_kept_in_the_state_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert notebook_path() == str(home / "state" / "summitry" / "notebook.json")
    monkeypatch.setenv("XDG_STATE_HOME", "not/absolute")
    assert notebook_path() == str(home / ".local" / "state" / "summitry" / "notebook.json")
    monkeypatch.setenv("SUMMITRY_NOTEBOOK", "/elsewhere/notes.json")
    assert notebook_path() == "/elsewhere/notes.json"


def test_opening_loads_neither_tinydb_nor_textual(path: Path) -> None:
    Notebook.open(KEY, path).mark("a")
    code = (
        "import sys; from tui.notebook import Notebook\n"
        f"print([entry.id for entry in Notebook.open({KEY!r}, sys.argv[1]).notes()],"
        "sorted({'tinydb', 'textual', 'rich', 'msgspec'} & set(sys.modules)))"
    )
    result = python("-c", code, path, env=UNMEASURED)
    assert (result.stdout, result.stderr) == ("['a'] []\n", "")
