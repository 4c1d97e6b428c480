"""The notebook of `summitry read`: it answers in words, and none that there is ends no dialogue."""

from tui.dossier.dossier import Dossier, Row
from tui.notebook import Notebook, NotebookError, ReadingPlace, key_of
from tui.pages.model import Page

#: Said where a record is asked for.
NO_RECORD = "this is a list, no record; choose one of it first"


class ReaderNotebook:
    """What the reader keeps of `dossier`.

    `greeting` is what it has to tell at the start. `place` is where the reader was the time
    before, if known.
    """

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._notebook: Notebook | None = None
        self._new: frozenset[str] = frozenset()
        #: What the notebook has to tell at the start.
        self.greeting: list[str] = []
        self.place: ReadingPlace | None = None
        try:
            self._notebook = notebook = Notebook.open(key_of(dossier))
            news = notebook.news(dossier)
        except NotebookError as error:
            self.greeting.append(f"{error}; nothing will be kept")
            return
        self.place, self._new = notebook.place(), frozenset(news.ids)
        self.greeting += notebook.take_notices()
        if str(news):
            self.greeting.append(f"{news}; /is:new finds them, x takes them as seen")
        if self.place and (row := dossier.row(self.place.id)):
            self.greeting.append(f"You read {row.title} last; r goes back there.")

    def look(self) -> list[str]:
        """Read what another program wrote meanwhile; returns what to say of it."""
        try:
            if self._notebook:
                self._notebook.changed()
        except NotebookError as error:  # what was read before stays
            return [str(error)]
        return self.take_notices()

    def take_notices(self) -> list[str]:
        """What the reader must be told, such as a damaged file: one line each, each once."""
        return self._notebook.take_notices() if self._notebook else []

    def words(self, row: Row) -> list[str]:
        """What is kept of a record, in words: marked, noted, new."""
        notebook = self._notebook
        if notebook is None:
            return []
        kept = {
            "new or changed": row.id in self._new,
            "marked": notebook.is_marked(row.id),
            "noted": bool(notebook.note(row.id)),
        }
        return [word for word, holds in kept.items() if holds]

    def note(self, row: Row) -> str:
        """The reader's note on a record, "" without one."""
        return self._notebook.note(row.id) if self._notebook else ""

    def entries(self) -> list[tuple[Row, str]]:
        """The records that are marked or noted, each with its note in brief."""
        entries = self._notebook.notes() if self._notebook else []
        rows = ((self._dossier.row(entry.id), entry.note) for entry in entries)
        return [(row, note.partition("\n")[0] or "marked") for row, note in rows if row]

    # -- changing: each returns what to say, and raises NotebookError

    def mark(self, page: Page | None) -> str:
        """Mark the record of a page or take its mark away."""
        row = self._row(page)
        on = self._kept().mark(row.id, row=row)
        return f"{'marked' if on else 'unmarked'}: {row.title}"

    def add(self, page: Page | None, words: str) -> str:
        """Add a line to the note on the record of a page; without words, tell the note."""
        row, notebook = self._row(page), self._kept()
        before = notebook.note(row.id, raw=True)
        if not words:
            return f"Your note: {self.note(row)}" if before else "no note; a and words write one"
        notebook.set_note(row.id, f"{before}\n{words}".lstrip("\n"), base=before, row=row)
        return f"noted: {row.title}"

    def see(self) -> str:
        """Take everything as seen."""
        self._kept().set_visit(self._dossier)
        self._new = frozenset()
        return "everything is seen"

    def leave(self, read: tuple[str, str, str], order: str) -> list[str]:
        """Keep what was read last, its facet, value and id, and take all as seen.

        The explorer comes back there, too. Returns what to say.
        """
        if self._notebook:
            queries = self.place.queries if self.place else ()
            try:
                self._notebook.set_place(ReadingPlace(*read, 0, "page", order, queries))
                self._notebook.set_visit(self._dossier)
            except NotebookError as error:
                return [str(error)]
        return self.take_notices()

    def _kept(self) -> Notebook:
        if self._notebook is None:
            self._notebook = Notebook.open(key_of(self._dossier))
        return self._notebook

    def _row(self, page: Page | None) -> Row:
        row = self._dossier.row(page.id) if page else None
        if row is None:
            raise NotebookError(NO_RECORD)
        return row
