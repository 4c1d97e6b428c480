"""A fault at every open, write, sync and rename: the old file or the new one, said, status not 0.

Each trial is a process in which one such call fails with one of seven errors, writes a part and
then fails, or is the last thing that the process does.
"""

import errno
import io
import itertools
import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench.hostile import Trials
from tests.support import SMALL
from tui import cli, files
from tui.commands.streams import complain
from tui.dossier import index_file
from tui.explorer.first_picture import Picture, keep_picture
from tui.notebook import Notebook, key_of

ERRORS = [
    errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT, errno.EMFILE, errno.EPERM,
]  # fmt: skip
CALLS = ["open", "fsync", "replace", "link", "unlink", "makedirs", "chmod", "utime", "rename"]
KILLED, TORN = -1, -2  # what happens at a point instead of an error
ACCORD = "lodz-accord-2025"


class Plan:
    """Which call is to go wrong, and how; counts the calls."""

    def __init__(self, point: int, how: int) -> None:
        self.point, self.how, self.passed = point, how, 0

    def hit(self) -> bool:
        """Whether this call is the one; where it is not to be torn, it does not come back."""
        self.passed += 1
        if self.passed != self.point:
            return False
        if self.how == KILLED:
            os._exit(137)
        if self.how == TORN:
            return True
        raise OSError(self.how, os.strerror(self.how))

    def lay(self) -> None:
        """Put it in the way of the calls of this process."""
        for name in CALLS:
            setattr(os, name, self._guarded(getattr(os, name)))
        plan = self

        class Raw(io.FileIO):
            def write(self, data: Any) -> int:
                if plan.hit():
                    super().write(memoryview(data)[: len(data) // 2])
                    os._exit(137)
                return super().write(data)

        def opened(path: str, mode: str, opener: Any = None) -> Any:
            return io.BufferedRandom(Raw(path, mode.replace("b", ""), opener=opener))

        files.open = opened  # type: ignore[attr-defined]

    def _guarded(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*arguments: Any, **options: Any) -> Any:
            if self.hit():
                os._exit(137)
            return call(*arguments, **options)

        return guarded


class Ended(NamedTuple):
    """How a process ended: its status, what it said, and how many calls it made."""

    status: int
    said: str
    passed: int


def run(folder: Path, work: Callable[[], int], point: int = 0, how: int = 0) -> Ended:
    """Do some work in a process of its own in which a call goes wrong."""
    output, counted = folder / "said", folder / "passed"
    counted.write_text("0")
    child = os.fork()
    if child == 0:
        with output.open("w", encoding="utf-8") as said:
            os.dup2(said.fileno(), 2)
            os.dup2(os.open(folder / "printed", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
            sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", 1)
            count = io.FileIO(counted, "w")
            plan = Plan(point, how)
            plan.lay()
            status = 70  # a traceback
            try:
                status = work()
                sys.stdout.flush()
            finally:
                count.write(str(plan.passed).encode())
                os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Ended(status, output.read_text("utf-8"), int(counted.read_text() or 0))


class Scene(NamedTuple):
    """Work that writes; `state` tells what is there: "old", "new", or what is wrong."""

    name: str
    work: Callable[[], int]
    before: Callable[[], object]
    state: Callable[[], str]
    answers: bool = False  # it answers even where nothing can be written


def scenes(folder: Path) -> Iterator[Scene]:
    notebook, out = folder / "state" / "notebook.json", folder / "out"
    os.environ["SUMMITRY_NOTEBOOK"] = str(notebook)
    from tui.dossier.dossier import Dossier

    with_index = folder / "dossier.json"
    with_index.write_bytes(SMALL.read_bytes())
    index = Path(index_file.index_path(with_index))
    dossier = Dossier.open(with_index)
    key = key_of(dossier)
    dossier.close()

    def note_old() -> None:
        Notebook.open(key, notebook).set_note(ACCORD, "old")

    def note_state() -> str:
        found = Notebook.open(key, notebook)
        return found.note(ACCORD) if not found.take_notices() else "damaged"

    note = command("note", ACCORD, "new", "--store", with_index)
    yield Scene("note", note, note_old, note_state)

    def answer() -> str:
        return "new" if "lodz-accord" in (folder / "printed").read_text("utf-8") else "none"

    yield Scene(
        "index", command("find", "lodz", "--store", with_index),
        lambda: index.unlink(missing_ok=True), answer, True,
    )  # fmt: skip
    rows, mapping = folder / "rows.csv", folder / "map.toml"
    rows.write_text("title,date\nA visit,2025-08-08\nOther,nonsense\n")
    mapping.write_text(
        '[dossier]\ntitle="T"\n[source]\nid="s"\ntitle="S"\ndate="2024"\n'
        '[event]\ntitle="{title}"\ndate="{date}"\n'
    )
    commands = {
        "export": ("export", "--to", "csv", "--store", with_index),
        "import": ("import", rows, "--map", mapping),
    }
    for name, words in commands.items():
        work = command(*words, "-o", out, "--force")
        run(folder, work)
        new = out.read_bytes()

        def out_state(new: bytes = new) -> str:
            found = out.read_bytes()
            return {b"old": "old", new: "new"}.get(found, f"{len(found)} bytes")

        yield Scene(name, work, lambda: out.write_bytes(b"old"), out_state)

    def keep(text: str) -> int:
        try:
            keep_picture(str(with_index), Picture("key", (0, 0), text))
        except files.StoreError as error:
            return complain(str(error))
        return 0

    keep("old")
    (picture,) = (path for path in index.parent.iterdir() if b"old" in path.read_bytes()[-9:])

    def picture_state() -> str:
        found = picture.read_text("utf-8")
        return found.removeprefix("key\n0 0\n")

    yield Scene("picture", lambda: keep("new"), lambda: keep("old"), picture_state)


def command(*words: object) -> Callable[[], int]:
    """The work of a command of the shell."""
    return lambda: cli.main([str(word) for word in words])


def trials(count: int, draw: random.Random, folder: Path) -> Trials:
    made = [
        (scene, point, how)
        for scene in scenes(folder)
        for point in range(1, 1 + _points(folder, scene))
        for how in (*ERRORS, KILLED, TORN)
    ]
    draw.shuffle(made)
    for scene, point, how in itertools.islice(itertools.cycle(made), count):
        yield _trial(folder, scene, point, how)


def _points(folder: Path, scene: Scene) -> int:
    """How many calls there are in which something may go wrong."""
    scene.before()
    return run(folder, scene.work).passed


def _trial(folder: Path, scene: Scene, point: int, how: int) -> str:
    scene.before()
    ended = run(folder, scene.work, point, how)
    where = f"{scene.name}, call {point}, {errno.errorcode.get(how, 'killed')}"
    killed = ended.status == 137
    if ended.status == 70 or "Traceback" in ended.said:
        return f"{where}: a traceback: {ended.said[-600:]}"
    if killed and scene.answers:
        return _again(folder, scene, where)
    state = scene.state()
    if scene.answers and ended.status == 2 and f"{folder}" in ended.said:
        return ""  # the dossier itself could not be read, and that was said
    if state not in ("old", "new"):
        return f"{where}: {state}, status {ended.status}, {ended.said}"
    if not killed and state == "old" and ended.status == 0:
        return f"{where}: nothing was written, and status 0"
    if not killed and ended.status == 2 and not 0 < ended.said.count("\n") <= 2:
        return f"{where}: said {ended.said!r}"
    if not killed and (strays := [str(path) for path in folder.rglob("*.tmp")]):
        for stray in strays:
            os.unlink(stray)
        return f"{where}: strays {strays} {ended}"
    return _again(folder, scene, where) if killed else ""


def _again(folder: Path, scene: Scene, where: str) -> str:
    """After a kill the next run must do its work; a stray of each file written is no harm."""
    ended = run(folder, scene.work)
    strays = list(folder.rglob("*.tmp"))
    for stray in strays:
        stray.unlink()
    if scene.state() != "new":
        return f"{where}: and then {scene.state()}, {ended}"
    return f"{where}: {len(strays)} strays" if len(strays) > 2 else ""
