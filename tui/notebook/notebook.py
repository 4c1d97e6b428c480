"""Notebook: the marks, notes and last place of one dossier.

A dossier is known by its subject and title, not by where its file lies: marks and notes stay
with it when it is moved, copied, corrected or installed anew, and two dossiers that happen to
have a record of the same id keep theirs apart. A dossier given another title begins with none;
those of the old title stay in the file (`Notebook.others`).
"""

import os
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tui.dossier.safe_text import clean
from tui.files import Stamp
from tui.folders import notebook_path
from tui.notebook.notebook_file import Contents, NotebookError, NotebookFile, Tables
from tui.notebook.notebook_state import (
    About,
    Entry,
    NotebookState,
    ReadingPlace,
    about_of,
    state_of,
)
from tui.notebook.visit import News, Visit

if TYPE_CHECKING:
    from tinydb import TinyDB
    from tinydb.table import Table

    from tui.dossier.dossier import Dossier
    from tui.dossier.listings import Row

#: The longest note, in characters.
LONGEST = 1_000_000
#: The line above what another wrote while a note was edited.
ELSEWHERE = "— also written elsewhere —"


def key_of(dossier: "Dossier") -> str:
    """The key under which the notebook keeps what belongs to `dossier`: its subject and title."""
    return f"{dossier.overview.subject} {dossier.overview.title}"


class Notebook:
    """What one dossier's reader noted. Asking reads memory; each change is on disk on return.

    A change may wait five seconds for another program's, and raises NotebookError if it cannot
    be made; then nothing has changed. Threads may share a notebook.
    """

    def __init__(self, file: NotebookFile, key: str) -> None:
        self._file = file
        self._key = key
        self._said: dict[str, bool] = {}
        self._stamp: Stamp | None = None
        self._news = False
        self._known: Contents | None = None  # where nobody wrote it since, it is not parsed again
        self._state = self._take(file.read())

    @classmethod
    def open(cls, dossier_key: str, path: "str | os.PathLike[str] | None" = None) -> "Notebook":
        """Open the notebook at `path`, or the usual one, for the dossier with this key.

        Writes nothing; a missing file is an empty notebook. Raises NotebookError.
        """
        if not (path := path or notebook_path()):
            raise NotebookError("there is no home for the notebook; name it: SUMMITRY_NOTEBOOK")
        return cls(NotebookFile(os.fspath(path)), dossier_key)

    # -- asking

    def is_marked(self, id_: str) -> bool:
        """Whether the record is marked."""
        return id_ in self._state.marks

    def note(self, id_: str, *, raw: bool = False) -> str:
        """The note of a record, "" if it has none; fit to show, or with `raw` as it was typed."""
        note = self._state.notes.get(id_, "")
        return note if raw else clean(note)

    def notes(self, *, raw: bool = False) -> list[Entry]:
        """Every record with a mark or a note: the marked ones first, each in the order made."""
        state = self._state
        return [
            Entry(id_, self.note(id_, raw=raw), id_ in state.marks)
            for id_ in state.marks | dict.fromkeys(state.notes)
        ]

    def kept(self) -> dict[str, Mapping[str, object]]:
        """The ids of the records that ``is:marked`` and ``is:noted`` mean.

        They are the keys of two mappings, which are others after each change.
        """
        return {"marked": self._state.marks, "noted": self._state.notes}

    def news(self, dossier: "Dossier") -> News:
        """What of the dossier is new or changed since the last visit; nothing at the first one."""
        visit = self._state.visit
        if visit is None or visit.file == _file_of(dossier):
            return News()
        from tui.dossier.event_queries import digests

        return visit.news(digests(dossier))

    def misfit(self, id_: str, row: "Row | None") -> str:
        """What a record was when it was marked or noted, if it is another or gone now; or "".

        `row` is the record that has the id now, None where there is none.
        """
        known = self._state.about.get(id_, {})
        title, date = known.get("title"), known.get("date")
        if not (isinstance(title, str) and isinstance(date, str)):
            return ""
        about = About(title, date)
        return "" if row and About.of(row) == about else str(about)

    def place(self) -> ReadingPlace | None:
        """The last place, if one was kept."""
        return self._state.place

    def others(self) -> dict[str, int]:
        """The keys of the other dossiers in the file, with how many marks and notes each has."""
        return dict(self._state.others)

    def changed(self) -> bool:
        """Whether another program changed marks or notes since last asked; what it wrote is read.

        Takes a few stats while nothing has changed. Raises NotebookError if the file has become
        unreadable, once for each state of it; what was read before stays.
        """
        stamp = self._file.stamp()
        if stamp != self._stamp:
            self._stamp = stamp
            before = self._state
            self._take(self._file.read())
            self._news |= before.differs(self._state)
        news, self._news = self._news, False
        return news

    def take_notices(self) -> list[str]:
        """What the reader must be told, such as a damaged file: one line each, each once."""
        fresh = [notice for notice, said in self._said.items() if not said]
        self._said.update(dict.fromkeys(fresh, True))
        return fresh

    # -- changing

    def mark(self, id_: str, *, on: bool | None = None, row: "Row | None" = None) -> bool:
        """Mark a record, or unmark it if it is; returns whether it is now.

        `on` says which, whatever it is: what its reader saw may have changed meanwhile. `row` is
        the record, whose title and date are kept with the mark.
        """

        def toggle(database: "TinyDB", tables: Tables) -> None:
            marks, marked = database.table("marks"), self._numbers(tables, "marks", id_)
            wanted = not marked if on is None else on
            if marked and not wanted:
                marks.remove(doc_ids=marked)
            elif wanted and not marked:
                marks.insert({"dossier": self._key, "id": id_, "at": _now(), **about_of(row)})

        return id_ in self._change(toggle).marks

    def set_note(
        self, id_: str, note: str, *, base: str | None = None, row: "Row | None" = None
    ) -> str:
        """Set the note of a record; a blank one removes it. Returns the note as it now stands.

        `base` is what the note was when it was begun to be edited, as typed: where another has
        written it since, theirs is kept below `note`. `row` is the record, whose title and date
        are kept with the note.
        """
        mine = note.replace("\r\n", "\n").rstrip()

        def write(database: "TinyDB", tables: Tables) -> None:
            notes, noted = database.table("notes"), self._numbers(tables, "notes", id_)
            known: dict[str, object] = tables["notes"][str(noted[0])] if noted else {}
            theirs = known.get("text")
            note = _both(mine, theirs, base) if isinstance(theirs, str) else mine
            if len(note) > LONGEST:
                raise NotebookError(
                    f"a note has at most {LONGEST:,} characters; nothing was changed"
                )
            about = about_of(row)
            if note and (note != theirs or any(known.get(key) != about[key] for key in about)):
                fields = {"dossier": self._key, "id": id_, "text": note, "at": _now(), **about}
                _put(notes, fields, noted)
            elif known and not note:
                notes.remove(doc_ids=noted)

        return self._change(write).notes.get(id_, "")

    def set_place(self, place: ReadingPlace) -> None:
        """Keep where the reader is."""
        if place != self._state.place:
            listed = {"queries": list(place.queries)}  # as JSON gives them back
            fields = {"dossier": self._key, **place._asdict(), **listed}

            def put(database: "TinyDB", tables: Tables) -> None:
                _put(database.table("places"), fields, self._numbers(tables, "places"))

            self._change(put)

    def set_visit(self, dossier: "Dossier") -> None:
        """Keep what the dossier holds now, as seen."""
        if self._state.visit is None or self._state.visit.file != _file_of(dossier):
            from tui.dossier.event_queries import digests

            visit = Visit.now(_file_of(dossier), digests(dossier))
            fields = {"dossier": self._key, **visit._asdict()}

            def put(database: "TinyDB", tables: Tables) -> None:
                _put(database.table("visits"), fields, self._numbers(tables, "visits"))

            self._change(put)

    def _numbers(self, tables: Tables, table: str, id_: str = "") -> list[int]:
        """The document ids of what is kept of this dossier, or of one record of it.

        A query of TinyDB takes ten times as long.
        """
        return [
            int(number)
            for number, document in tables.get(table, {}).items()
            if document.get("dossier") == self._key and (not id_ or document.get("id") == id_)
        ]

    def _change(self, change: "Callable[[TinyDB, Tables], object]") -> NotebookState:
        """Make one change to what the file says now; returns what it says then."""
        from tinydb import TinyDB  # here, as reading does without the time that importing it takes

        known, self._known = self._known, None  # a change that fails leaves other tables behind
        with self._file.locked(known) as held:
            same = held.base.tables is (known and known.tables)
            found = self._state if same else state_of(held.base.tables, self._key)
            with TinyDB(storage=lambda: held) as database:
                change(database, held.base.tables)
            self._news |= self._state.differs(found)
            return self._take(held.base)

    def _take(self, contents: Contents) -> NotebookState:
        """Go on from what the file says."""
        self._state = state = state_of(contents.tables, self._key)
        self._stamp, self._known = contents.stamp, contents
        if contents.notice:
            self._said.setdefault(contents.notice, False)
        return state


def _file_of(dossier: "Dossier") -> str:
    """What tells one state of a dossier's file from another."""
    return "-".join(map(str, dossier.stamp[1:4])) if dossier.stamp else ""


def _put(table: "Table", fields: dict[str, object], numbers: list[int]) -> None:
    """Update the documents with these ids, or insert one: TinyDB's upsert writes twice."""
    if numbers:
        table.update(fields, doc_ids=numbers)
    else:
        table.insert(fields)


def _both(mine: str, theirs: str, base: str | None) -> str:
    """`mine`, and below it each line of `theirs` that it lacks, if another wrote that."""
    if base is None or theirs in (base, mine):
        return mine
    if not mine:
        return theirs
    # Line by line: two who write one note at once would double it with every save.
    known = {ELSEWHERE, *mine.split("\n")}
    lines = [line for line in theirs.split("\n") if not line.strip() or line not in known]
    added = "\n".join(lines).strip("\n")
    if not added.strip():
        return mine
    return f"{mine}\n{added}" if ELSEWHERE in mine else f"{mine}\n\n{ELSEWHERE}\n{added}"


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
