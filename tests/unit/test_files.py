"""Files are written whole or not at all, whatever fails, and never where they must not be."""

import errno
import io
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui import files, folders
from tui.files import AtomicFile, CannotWrite, StoreError, check_target, write_text

posix = pytest.mark.skipif(os.name != "posix", reason="needs modes and links")


def written(
    path: Path | str,
    data: bytes = b"new",
    meanwhile: Callable[[], object] = lambda: None,
    before: Callable[[], None] | None = None,
    **options: Any,
) -> None:
    """Write a file; `meanwhile` is done while it is written, `before` before it takes its place."""
    with AtomicFile(os.fspath(path), **{"replace": True} | options) as made:
        made.file.write(data)
        meanwhile()
        made.commit(before)


def failing(number: int, only: Callable[[Any], bool] = lambda _: True) -> Callable[..., Any]:
    """A system call that fails with an error of this number, for the first arguments chosen."""

    def fail(first: Any, *_: Any, **__: Any) -> None:
        if only(first):
            raise OSError(number, os.strerror(number))

    return fail


def test_it_takes_its_place_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with AtomicFile(str(path), replace=True) as made:
        made.file.write(b"new")
        made.file.seek(0)
        assert made.file.read() == b"new", "it can be read again"
        assert path.read_bytes() == b"old"
        made.commit()
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["file"]


def test_left_without_commit_nothing_is_left(tmp_path: Path) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    path = tmp_path / "file"
    with AtomicFile(str(path), replace=True) as made:
        made.file.write(b"new")
    with pytest.raises(KeyboardInterrupt):
        written(path, meanwhile=interrupt)
    assert os.listdir(tmp_path) == []


def test_a_file_that_nothing_is_written_to_is_empty(tmp_path: Path) -> None:
    write_text(str(tmp_path / "file"), [], replace=False)
    assert (tmp_path / "file").read_bytes() == b""


def test_a_relative_name_is_one_in_this_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_text("file", ["naïve"], replace=False)
    assert (tmp_path / "file").read_text("utf-8") == "naïve"


@pytest.mark.parametrize("name", ["x" * 255, "ə" * 127, "漢" * 85, "🚢" * 63])
def test_the_longest_names_can_be_written(tmp_path: Path, name: str) -> None:
    written(tmp_path / name)
    assert os.listdir(tmp_path) == [name]


@posix
def test_it_keeps_the_permissions_unless_it_is_private(tmp_path: Path) -> None:
    path = tmp_path / "file"
    before = os.umask(0o027)
    try:
        written(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o640, "those of any new file"
        path.chmod(0o604)
        written(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o604
        written(path, private=True)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(before)


@posix
@pytest.mark.parametrize("replace", [True, False])
def test_where_it_must_not_be_written_it_is_not(tmp_path: Path, replace: bool) -> None:
    (tmp_path / "there").write_text("mine")
    (tmp_path / "link").symlink_to("there")
    (tmp_path / "lost").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    wanted = {
        "link": "a symbolic link", "lost": "a symbolic link", "pipe": "not a regular file",
        ".": "not a regular file", "no/such": "no such folder", "there/x": "not a directory",
        "nul\0": "cannot be written",
    }  # fmt: skip
    for name, words in wanted.items():
        target = os.path.join(tmp_path, name)
        with pytest.raises(CannotWrite, match=words):
            check_target(target, replace=replace)
        with pytest.raises(CannotWrite, match=words):
            written(target, replace=replace)
    assert (tmp_path / "there").read_text() == "mine"
    assert sorted(os.listdir(tmp_path)) == ["link", "lost", "pipe", "there"]


def test_a_file_that_is_read_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "table").write_text("mine")
    os.link(tmp_path / "table", tmp_path / "same")
    reading = [str(tmp_path / name) for name in ("gone", "table")]
    for name in ("table", "same"):
        with pytest.raises(CannotWrite, match="the file being read"):
            check_target(str(tmp_path / name), replace=True, reading=reading)
    check_target(str(tmp_path / "other"), replace=True, reading=reading)


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_what_comes_to_stand_there_meanwhile_is_kept(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", failing(errno.EPERM))
    path = tmp_path / "file"
    with pytest.raises(CannotWrite, match="is there already"):
        written(path, meanwhile=lambda: path.write_bytes(b"theirs"), replace=False)
    assert path.read_bytes() == b"theirs"
    assert os.listdir(tmp_path) == ["file"]
    written(tmp_path / "other", replace=False)
    assert sorted(os.listdir(tmp_path)) == ["file", "other"]


@posix
def test_a_link_that_comes_to_stand_there_meanwhile_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    path = tmp_path / "file"
    with pytest.raises(CannotWrite, match="a symbolic link"):
        written(path, meanwhile=lambda: path.symlink_to("mine"))
    assert path.is_symlink()
    assert (tmp_path / "mine").read_text() == "mine"


@pytest.mark.parametrize("call", ["open", "fsync", "replace", "chmod"])
def test_whatever_fails_the_old_file_stays(
    tmp_path: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing(errno.ENOSPC))
        with pytest.raises(CannotWrite, match="cannot be written: no space left") as caught:
            written(path)
    assert (caught.value.reason, caught.value.placed) == ("no space left on device", False)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


@posix
@pytest.mark.parametrize(
    ("number", "said"), [(errno.EIO, "written, but not safe"), (errno.EINVAL, "")]
)
def test_a_folder_that_is_not_confirmed_is_said_unless_it_cannot_be(
    tmp_path: Path, number: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    is_folder = lambda handle: stat.S_ISDIR(os.fstat(handle).st_mode)  # noqa: E731
    monkeypatch.setattr(os, "fsync", failing(number, is_folder))
    if said:
        with pytest.raises(CannotWrite, match=said) as caught:
            written(path)
        assert caught.value.placed
    else:
        written(path)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("locked", [True, False])
def test_what_killed_writers_left_is_removed(tmp_path: Path, locked: bool) -> None:
    old, recent, other, mine = (
        tmp_path / name
        for name in (
            f".file.{'ab' * 6}.tmp", f".file.{'cd' * 6}.tmp", f".fil.{'ab' * 6}.tmp",
            ".file.mine.tmp",
        )
    )  # fmt: skip
    under_lock = tmp_path / ".file.tmp"
    for path in (old, recent, other, mine, under_lock):
        path.write_text("half")
        if path != recent:
            os.utime(path, (time.time() - 7200,) * 2)
    written(tmp_path / "file", locked=locked)
    gone = under_lock if locked else old
    assert {path for path in (old, recent, other, mine, under_lock) if not path.exists()} == {gone}


def test_a_folder_that_cannot_be_listed_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "scandir", failing(errno.EACCES))
    written(tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_what_is_to_happen_before_it_takes_its_place_may_stop_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def stop() -> None:
        assert path.read_bytes() == b"old"
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(CannotWrite, match="input/output error"):
        written(path, before=stop)
    assert path.read_bytes() == b"old"


def test_a_file_that_grows_or_fails_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Growing(io.BytesIO):
        def fileno(self) -> int:
            return small.fileno()

    class Failing(Growing):
        def read(self, *_: object) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    small = (tmp_path / "small").open("w+b")

    monkeypatch.setenv("SUMMITRY_MAX_MIB", "1")
    for file, words in (
        (Growing(b"x" * ((1 << 20) + 1)), "over the limit of 1 MiB; set SUMMITRY_MAX_MIB"),
        (Failing(), "input/output error"),
    ):
        monkeypatch.setattr(files, "open_regular", lambda *_, file=file: file)
        with pytest.raises(StoreError, match=words) as caught:
            files.read_bytes("a \x1b[31mfile")
        assert str(caught.value).startswith("a \ufffd[31mfile: ")
    monkeypatch.setattr(files, "open_regular", lambda *_: Growing(b"x" * (1 << 20)))
    assert files.read_bytes("a file") == b"x" * (1 << 20)
    small.close()


@pytest.mark.parametrize(
    ("value", "size"),
    [("", 256 << 20), ("1", 1 << 20), ("9999999", 9999999 << 20), ("10000000", None), ("-1", None),
     ("1.5", None), ("٣", None), ("²", None), (" 1", None), ("x", None)],
)  # fmt: skip
def test_the_limit_is_a_whole_number_of_mebibytes(
    value: str, size: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMITRY_MAX_MIB", value)
    if size:
        assert files.size_limit() == size
    else:
        with pytest.raises(StoreError, match="a whole number of mebibytes"):
            files.size_limit()


def test_the_folders_are_the_platforms_unless_others_are_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMITRY_CONFIG", "mine.toml")
    assert folders.config_path() == "mine.toml"
    monkeypatch.delenv("SUMMITRY_CONFIG")
    assert Path(folders.config_path()).is_relative_to(home)
    assert os.path.isabs(folders.cache_folder())
