"""The index: opened when fresh, made again when not, and never in the reader's way."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT, SMALL, UNMEASURED, dossier, event, python, write
from tui import folders
from tui.dossier import index_builder, index_file
from tui.dossier.dossier import Dossier


@pytest.fixture(autouse=True)
def own_cache(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of the test's own, and empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A dossier of the test's own."""
    copy = tmp_path / "dossier.json"
    copy.write_bytes(SMALL.read_bytes())
    return copy


@pytest.fixture
def makings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time an index is made."""
    made: list[str] = []
    real = index_builder.build

    def counted(*arguments: object) -> None:
        made.append("made")
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(index_builder, "build", counted)
    return made


def kept(path: Path) -> Path:
    """Where the index of a dossier is kept."""
    return Path(index_file.index_path(path))


def total(path: Path) -> tuple[int, bool]:
    """Open the dossier: how many events it has, and whether its index was kept."""
    opened = Dossier.open(path)
    try:
        assert opened.label("lodz") in ("Łódź", "lodz")
        return opened.total, opened.kept
    finally:
        opened.close()


def test_an_index_is_made_once_and_kept_in_the_cache(
    path: Path, home: Path, makings: list[str]
) -> None:
    assert total(path) == (14, True)
    assert total(path) == (14, True)
    assert makings == ["made"]
    assert kept(path).is_relative_to(home)


LOOK_UP = """
import sys
from tui.dossier.dossier import Dossier
opened = Dossier.open(sys.argv[1])
print(opened.total, opened.resolve("lodz-acc").title, len(opened.values("region")))
loaded = {name.partition(".")[0] for name in sys.modules}
print(sorted(loaded & {"tinydb", "msgspec", "textual", "rich"}))
"""


def test_a_fresh_index_is_opened_without_tinydb_or_validation(path: Path) -> None:
    first, second = (python("-c", LOOK_UP, path).stdout.splitlines() for _ in range(2))
    assert first == ["14 Łódź Accord on ferries 4", "['msgspec', 'tinydb']"]
    assert second == ["14 Łódź Accord on ferries 4", "[]"]


def test_a_changed_file_makes_the_index_again(path: Path, makings: list[str]) -> None:
    total(path)
    write(path, dossier(event()))
    assert total(path) == (1, True)
    assert makings == ["made", "made"]


def test_a_replaced_file_of_the_same_size_and_time_is_noticed(
    path: Path, makings: list[str]
) -> None:
    total(path)
    status = path.stat()
    other = path.with_name("other.json")
    other.write_bytes(path.read_bytes().replace(b"Summit in", b"Meeting i"))
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)
    assert path.stat().st_size == status.st_size
    total(path)
    assert makings == ["made", "made"]


def test_an_index_of_another_version_is_made_again(
    path: Path, makings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    total(path)
    monkeypatch.setattr(index_file, "VERSION", index_file.VERSION + 1)
    assert total(path) == (14, True)
    assert makings == ["made", "made"]


@pytest.mark.parametrize("damage", ["garbage", "empty", "head", "foreign", "other", "cut"])
def test_a_broken_or_foreign_index_is_made_again(
    path: Path, damage: str, makings: list[str]
) -> None:
    total(path)
    target = kept(path)
    whole = target.read_bytes()
    target.unlink()
    if damage == "foreign":
        connection = sqlite3.connect(target)
        connection.execute("CREATE TABLE meta(key TEXT, value TEXT)")
        connection.execute("INSERT INTO meta VALUES('mark', 'theirs')")
        connection.commit()
        connection.close()
    elif damage == "other":
        connection = sqlite3.connect(target)
        connection.execute("CREATE TABLE bookmarks(x)")
        connection.close()
    else:
        damaged = {"garbage": b"not SQLite" * 500, "empty": b"", "head": whole[:100]}
        target.write_bytes(damaged.get(damage, whole[: len(whole) // 2]))
    assert total(path) == (14, True)
    assert makings == ["made", "made"]


def test_a_folder_in_the_place_of_the_index_leaves_it_in_memory(path: Path) -> None:
    kept(path).mkdir(parents=True)
    assert total(path) == (14, False)
    assert total(path) == (14, False)


def test_without_a_writable_cache_the_index_lives_in_memory(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setattr(folders, "cache_folder", lambda: str(blocked / "summitry"))
    assert total(path) == (14, False)
    assert blocked.read_text() == ""


def test_a_relative_cache_home_is_not_followed(
    path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert Path(folders.cache_folder()).is_relative_to(home)


def test_the_cache_is_the_readers_alone(path: Path) -> None:
    total(path)
    target = kept(path)
    assert target.parent.stat().st_mode & 0o777 == 0o700
    assert target.stat().st_mode & 0o777 == 0o600


def test_no_temporary_file_is_left(path: Path) -> None:
    total(path)
    assert os.listdir(kept(path).parent) == [kept(path).name]


def test_what_a_killed_maker_left_is_swept_when_it_is_old(path: Path) -> None:
    target = kept(path)
    target.parent.mkdir(parents=True)
    old = target.with_name(f".{target.name}.{'ab' * 6}.tmp")
    recent = target.with_name(f".{target.name}.{'cd' * 6}.tmp")
    for leftover in (old, recent):
        leftover.write_text("half made")
    os.utime(old, (time.time() - 7200,) * 2)
    total(path)
    assert not old.exists()
    assert recent.exists()


def test_a_sealed_index_that_another_is_about_to_place_is_not_swept(path: Path) -> None:
    """Its time of writing says nothing of when it was written."""
    Dossier.open(path).close()
    made = kept(path)
    other = made.with_name(f".{made.name}.0123456789ab.tmp")
    shutil.copy2(made, other)
    os.utime(other, (time.time(), made.stat().st_mtime))
    os.utime(path)
    Dossier.open(path).close()
    assert made.stat().st_mtime != other.stat().st_mtime
    assert other.exists()


def test_cancelling_leaves_nothing_behind(path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Dossier.open(path, stop)
    assert os.listdir(kept(path).parent) == []


def test_progress_counts_up_to_all_events(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    many = dossier(*(event(f"e-{number}") for number in range(1200)))
    Dossier.open(write(tmp_path / "many.json", many), lambda *step: steps.append(step)).close()
    assert steps == [(500, 1200), (1000, 1200), (1200, 1200)]


def test_makers_at_the_same_time_do_not_harm_each_other(path: Path) -> None:
    code = (
        "import sys; from tui.dossier.dossier import Dossier; d = Dossier.open(sys.argv[1]);"
        "print(d.total, d.kept, d.connection.execute('PRAGMA integrity_check').fetchone()[0])"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, path],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    assert [process.communicate(timeout=30)[0] for process in running] == ["14 True ok\n"] * 4


ODD = ["%41 #?&.json", "naïve ə.json", "-dash.json", "a'b\"c.json", "x" * 200 + ".json", " .json"]


@pytest.mark.parametrize("name", ODD)
def test_paths_with_odd_characters_are_opened(
    tmp_path: Path, name: str, makings: list[str]
) -> None:
    odd = tmp_path / name
    odd.write_bytes(SMALL.read_bytes())
    assert total(odd) == total(odd) == (14, True)
    assert makings == ["made"], "and its index found again"


@pytest.fixture
def undecodable(tmp_path: Path) -> Iterator[Path]:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json"))
    try:
        odd.write_bytes(SMALL.read_bytes())
    except OSError:
        pytest.skip("file names are UTF-8 here")
    yield odd
    odd.unlink()


def test_a_path_that_is_no_utf8_is_opened(undecodable: Path) -> None:
    assert total(undecodable)[0] == 14


def test_a_link_and_its_target_share_an_index(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(path)
    assert kept(link) == kept(path)


def test_files_of_the_same_name_have_indexes_of_their_own(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    one = write(tmp_path / "a" / "same.json", dossier(event()))
    two = write(tmp_path / "b" / "same.json", dossier(event(), event("two-2025")))
    assert (total(one)[0], total(two)[0], total(one)[0]) == (1, 2, 1)


def look_up(path: Path) -> list[tuple[str, str | None]]:
    """What a few questions of all kinds are answered with."""
    opened = Dossier.open(path)
    try:
        found = [(value.key, f"{value.total}") for value in opened.values("actor")]
        rows = opened.rows(opened.listing("region", "").events)
        found += [(row.id, row.title) for row in rows]
        found += [(row.id, opened.body(row).decode()) for row in rows]
        return [*found, *((word, f"{count}") for word, count in opened.vocabulary.items())]
    finally:
        opened.close()


@pytest.mark.parametrize("large", [False, True])
def test_a_damaged_index_is_made_again_unseen(
    path: Path, makings: list[str], monkeypatch: pytest.MonkeyPatch, *, large: bool
) -> None:
    if large:
        monkeypatch.setattr(index_file, "_SUMMED", 0)
    right = look_up(path)
    size = kept(path).stat().st_size
    generator = random.Random(17)
    for count in range(2, 12):
        at = generator.randrange(size)
        with kept(path).open("r+b") as file:
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ 1 << generator.randrange(8)]))
        assert look_up(path) == right
        assert len(makings) == count, f"the flipped bit in byte {at} was not seen"
    with kept(path).open("r+b") as file:
        file.truncate(size // 2)
    assert look_up(path) == right


def test_another_text_of_the_same_size_and_time_is_read(path: Path) -> None:
    assert ("lodz", "Łódź") not in look_up(path)
    before = path.stat()
    words = path.read_bytes()
    with path.open("r+b") as file:
        file.write(words.replace(b"amber-route-2025", b"amber-track-2025"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_ino) == (before.st_size, before.st_ino)
    assert any(id_ == "amber-track-2025" for id_, _ in look_up(path))


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
@pytest.mark.parametrize("what", ["index", "folder"])
def test_what_others_may_write_to_is_not_trusted(path: Path, makings: list[str], what: str) -> None:
    total(path)
    (kept(path) if what == "index" else kept(path).parent).chmod(0o777)
    assert total(path)[0] == 14
    assert makings == ["made", "made"]


@pytest.mark.parametrize("home_", ["relative/home", ""])
def test_without_a_home_nothing_is_made_where_one_stands(
    path: Path, tmp_path: Path, home_: str
) -> None:
    stands = tmp_path / "here"
    stands.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": home_, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tui", "find", "lodz", "--store", str(path)]
    done = subprocess.run(
        command, check=False, cwd=stands, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "Łódź" in done.stdout
    assert list(stands.iterdir()) == []
    assert done.stderr.count("index kept in memory") == (1 if home_ else 0)


_PEAK = """
import sys
from tui.dossier.dossier import Dossier
def peak():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if "VmHWM" in line)
Dossier.open(sys.argv[2]).close()  # what is loaded once is no part of it
before = peak()
Dossier.open(sys.argv[1]).close()
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in kilobytes on Linux")
def test_indexing_takes_at_most_three_times_the_file(tmp_path: Path) -> None:
    events = [
        event(
            f"talks-{n}-{1900 + n % 120}",
            summary=f"Met with the president, and attended talks on trade, transport and energy; "
            f"signed document number {n} of that year, and went on to the coast by train. "
            "Both sides said that they would meet again, and named those who would prepare it.",
            tags=["official", "working", f"tag {n % 50}"],
            facts={"Country": f"Country {n % 190}", "City": f"City {n % 900}"},
        )
        for n in range(30_000)
    ]
    path = write(tmp_path / "large.json", dossier(*events))
    result = python("-c", _PEAK, path, SMALL, env=UNMEASURED)
    assert result.returncode == 0, result.stderr
    ratio = int(result.stdout) * 1024 / path.stat().st_size
    assert ratio <= 3
