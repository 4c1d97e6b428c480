"""The notebook as the explorer uses it: read where it is asked, written by one thread in order."""

import asyncio
import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tui.dossier.dossier import Dossier
from tui.dossier.safe_text import clean_line
from tui.folders import notebook_path

if TYPE_CHECKING:
    from tui.dossier.listings import Row
    from tui.notebook import Notebook, ReadingPlace

T = TypeVar("T")


class _Job(NamedTuple):
    """What the writer is to do; a job that waits gives way to a later one of the same slot."""

    slot: str
    run: Callable[[], None]
    drop: Callable[[], object]


class NotebookWriter:
    """Marks, notes and the last place of one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        # Told once, here: a writer that comes late must not write where another was meant.
        self._path = notebook_path()
        self._notebook: Notebook | None = None
        self._trouble = ""
        #: The ids of what is new or changed since the last visit, once they were asked for.
        self._new: dict[str, object] = {}
        self._opening = threading.Lock()
        self._jobs: list[_Job] = []
        self._news = threading.Condition()
        self._writer: threading.Thread | None = None

    def turn_to(self, dossier: Dossier) -> None:
        """Keep for this dossier from now on: the same one, its file read again."""
        from tui.notebook import key_of

        with self._opening:
            if key_of(dossier) != key_of(self._dossier):
                self._notebook = None
            self._dossier = dossier

    # -- asking

    def open(self) -> "Notebook":
        """The notebook, read when first asked for; raises NotebookError."""
        from tui.notebook import Notebook, key_of

        with self._opening:
            if self._notebook is None:
                self._notebook = Notebook.open(key_of(self._dossier), self._path)
            return self._notebook

    def fresh(self) -> "Notebook":
        """The notebook with what others wrote meanwhile; raises NotebookError."""
        notebook = self.open()
        notebook.changed()
        return notebook

    def last_place(self) -> "ReadingPlace | None":
        """Where the reader was; does not even look for a notebook that nobody wrote."""
        if not self.is_there:
            return None
        from tui.notebook import NotebookError

        try:
            return self.open().place()
        except NotebookError as error:
            self._trouble = str(error)
            return None

    def remark(self, row: "Row") -> list[str]:
        """What the notebook has on a record, in a word or two, and whether it was another then."""
        if self._notebook is None and not self.is_there:
            return []
        from tui.notebook import NotebookError

        try:
            notebook = self.fresh()
        except NotebookError as error:  # what was read before stays
            self._trouble = str(error)
            if (known := self._notebook) is None:
                return []
            notebook = known
        marked = "marked" if notebook.is_marked(row.id) else ""
        noted = "noted" if notebook.note(row.id) else ""
        was = notebook.misfit(row.id, row) if marked or noted else ""
        return [word for word in (marked, noted, f"when it was {was}" if was else "") if word]

    def kept(self) -> dict[str, Mapping[str, object]]:
        """What is marked and noted, as a query asks for it; nothing while nobody wrote anything."""
        if self._notebook is None and not self.is_there:
            return {}
        from tui.notebook import NotebookError

        try:
            kept = self.fresh().kept()
        except NotebookError as error:  # what was read before stays
            self._trouble = str(error)
            kept = self._notebook.kept() if self._notebook else {}
        return {**kept, "new": self._new}

    @property
    def is_there(self) -> bool:
        """Whether there is a notebook."""
        return os.path.exists(self._path)

    def look_for_news(self) -> str:
        """Find what is new or changed since the last visit; returns that in words, "" for none."""
        if not self.is_there:
            return ""
        from tui.notebook import NotebookError

        try:
            news = self.open().news(self._dossier)
        except NotebookError:  # it is said where the place is looked for
            return ""
        self._new = dict.fromkeys(news.ids)
        return str(news)

    def see_all(self, notebook: "Notebook") -> None:
        """Take everything as seen: a change to the notebook."""
        self._new = {}
        notebook.set_visit(self._dossier)

    def notices(self) -> list[str]:
        """What the reader is to be told, each once."""
        return self._notebook.take_notices() if self._notebook else []

    def take_trouble(self) -> str:
        """Why the notebook could not be read where nobody asked for it; "" if it could."""
        trouble, self._trouble = self._trouble, ""
        return trouble

    def reason(self, error: Exception) -> str:
        """A NotebookError's message without the path, for where there is little room."""
        return str(error).removeprefix(f"{clean_line(os.path.realpath(self._path))}: ")

    # -- writing

    async def keep(self, change: "Callable[[Notebook], T]", slot: str = "") -> T:
        """Make a change after those asked for before; returns what it returned.

        A change with a `slot` takes the place of one that still waits there, which returns None.
        Raises NotebookError.
        """
        kept: T = await self._ask(lambda: change(self.open()), slot)
        return kept

    async def rest(self) -> None:
        """Wait until all that was asked for so far is written, or could not be."""
        await self._ask(lambda: None, "")

    async def _ask(self, work: Callable[[], T], slot: str) -> Any:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()

        def run() -> None:
            try:
                tell = partial(answer.set_result, work())
            except Exception as error:  # noqa: BLE001 - raised where the answer is awaited
                tell = partial(answer.set_exception, error)
            with suppress(RuntimeError):  # the explorer was left, and nobody waits any more
                loop.call_soon_threadsafe(_unless_done, answer, tell)

        def drop() -> None:  # a later job of the same slot does it, too
            loop.call_soon_threadsafe(_unless_done, answer, partial(answer.set_result, None))

        self._put(_Job(slot, run, drop))
        return await answer

    def _put(self, job: _Job) -> None:
        with self._news:
            # A later job of a slot makes an earlier one needless.
            for other in [other for other in self._jobs if job.slot and other.slot == job.slot]:
                self._jobs.remove(other)
                other.drop()
            self._jobs.append(job)
            self._news.notify()
            if self._writer is None:
                # A daemon: a writer that waits for another program must not hold up leaving.
                self._writer = threading.Thread(target=self._write, name="notebook", daemon=True)
                self._writer.start()

    def _write(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._jobs)
                job = self._jobs.pop(0)
            job.run()


def _unless_done(answer: "asyncio.Future[Any]", tell: Callable[[], None]) -> None:
    if not answer.done():
        tell()
