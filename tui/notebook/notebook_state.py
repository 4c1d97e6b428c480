"""What the notebook's file says of one dossier: marks, notes, what of, and the last place."""

from typing import TYPE_CHECKING, Any, NamedTuple

from tui.dossier.safe_text import clean_line
from tui.notebook.notebook_file import Tables
from tui.notebook.visit import Visit

if TYPE_CHECKING:
    from tui.dossier.listings import Row


class ReadingPlace(NamedTuple):
    """Where someone was reading: the facet, its value, the record's id, the lines scrolled and
    the pane, with the order of the lists and the queries of before, the newest first.

    What was not kept is "" or empty.
    """

    facet: str
    value: str
    id: str
    scroll: int = 0
    pane: str = ""
    order: str = ""
    queries: tuple[str, ...] = ()


class Entry(NamedTuple):
    """What the notebook holds of one record; `note` is "" where it is only marked."""

    id: str
    note: str
    marked: bool


class About(NamedTuple):
    """What a record was when it was marked or noted: its title, and its date, "" without one."""

    title: str
    date: str

    @classmethod
    def of(cls, row: "Row") -> "About":
        """What a record is now."""
        return cls(row.title, row.date or "")

    def __str__(self) -> str:
        return clean_line(f'"{self.title}"' + (f" of {self.date}" if self.date else ""))


class NotebookState(NamedTuple):
    """What the file says of this dossier; marks and notes in the order they were made."""

    marks: dict[str, None]
    notes: dict[str, str]
    place: ReadingPlace | None
    others: dict[str, int]
    about: dict[str, dict[str, Any]]  # documents: an About of each takes long to make
    visit: Visit | None

    def differs(self, other: "NotebookState") -> bool:
        """Whether marks or notes are others."""
        return list(self.marks) != list(other.marks) or self.notes != other.notes


def about_of(row: "Row | None") -> dict[str, object]:
    """The fields that a mark or a note of this record has of it."""
    return About.of(row)._asdict() if row else {}


def state_of(tables: Tables, key: str) -> NotebookState:
    """Read what there is of the dossier with this key."""
    marks: dict[str, None] = {}
    notes: dict[str, str] = {}
    place = None
    others: dict[str, int] = {}
    about: dict[str, dict[str, Any]] = {}
    for table in ("marks", "notes"):
        for document in tables.get(table, {}).values():
            get = document.get
            dossier, id_ = get("dossier"), get("id")
            if not (isinstance(dossier, str) and isinstance(id_, str)):
                continue  # not of our making: kept in the file, and left alone
            if dossier != key:
                others[dossier] = others.get(dossier, 0) + 1
                continue
            if table == "marks":
                marks[id_] = None
            elif isinstance(note := get("text"), str):
                notes[id_] = note
            if "title" in document:
                about[id_] = document
    for document in tables.get("places", {}).values():
        if document.get("dossier") == key:
            place = _place_of(document)
    seen = (doc for doc in tables.get("visits", {}).values() if doc.get("dossier") == key)
    visit = next(filter(None, map(Visit.of, seen)), None)
    return NotebookState(marks, notes, place, others, about, visit)


def _place_of(document: dict[str, Any]) -> ReadingPlace | None:
    facet, value, id_, scroll, *words, queries = map(document.get, ReadingPlace._fields)
    if not (isinstance(facet, str) and isinstance(value, str) and isinstance(id_, str)):
        return None
    lines = max(0, scroll) if isinstance(scroll, int) else 0
    pane, order = (word if isinstance(word, str) else "" for word in words)
    typed = queries if isinstance(queries, list) else []
    known = tuple(clean_line(query) for query in typed if isinstance(query, str))
    return ReadingPlace(facet, value, id_, lines, pane, order, known)
