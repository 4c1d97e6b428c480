"""Exports: records in a format that a paper, a spreadsheet or a calendar takes.

A format is declared once, in `FORMATS`; the command line and the explorer read it from there. Its
module has a function ``render(selection, say)`` or, where it holds sources, ``entries(sources)``,
which gives the text piece by piece.
"""

import importlib
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.dossier.dossier import Dossier, Row
    from tui.dossier.records import Source
    from tui.pages.model import Note, Page

#: Takes a line to be told to whoever asked for the export.
Say = Callable[[str], None]


class Format(NamedTuple):
    """A format: its name for ``--to``, its label in a menu, and the ending of its files' names.

    `module` is the module in this package that renders it. `holds` says what it can hold: any
    "records", only "events", or the "sources" that are cited. `mark` is what a file of it begins
    with.
    """

    name: str
    label: str
    ending: str
    module: str
    holds: str = "records"
    mark: str = ""


#: Every format by its name.
FORMATS = {
    format_.name: format_
    for format_ in (
        Format("markdown", "Markdown, a document with footnotes", "md", "markdown"),
        # By this mark Excel on Windows knows that a file is in UTF-8.
        Format("csv", "CSV, a row an event", "csv", "csv_table", "events", "\ufeff"),
        Format("json", "JSON, a dossier of these records", "json", "json_excerpt"),
        Format("ics", "iCalendar", "ics", "ics_calendar", "events"),
        Format("bibtex", "BibTeX, the sources", "bib", "bibtex", "sources"),
        Format("csl-json", "CSL-JSON, the sources", "csl.json", "csl_json", "sources"),
        Format("ris", "RIS, the sources", "ris", "ris", "sources"),
        Format("html", "HTML, one page for a browser", "html", "html_page"),
    )
}


class NothingToExport(Exception):
    """The selection has nothing that the format can hold; the message is one line."""


class Selection:
    """The records that are exported: `rows` in order, events first and by date.

    `everything` says that the rows are all of the dossier.
    """

    def __init__(self, dossier: "Dossier", rows: "tuple[Row, ...]", *, everything: bool) -> None:
        self.dossier = dossier
        self.rows = rows
        self.everything = everything

    @property
    def events(self) -> "tuple[Row, ...]":
        """The events among the rows."""
        return tuple(row for row in self.rows if row.kind == "event")

    @cached_property
    def sources(self) -> "tuple[Source, ...]":
        """The sources that the events cite or quote and those among the rows, by first use."""
        from tui.dossier.records import Event, Source, sources_of

        ids: dict[str, None] = {}
        for row in self.rows:
            record = self.dossier.record(row)
            if isinstance(record, Event):
                ids |= dict.fromkeys(sources_of(record))
                ids |= dict.fromkeys(claim.by for claim in record.claims if claim.by)
            elif isinstance(record, Source):
                ids[record.id] = None
        return tuple(filter(None, map(self.dossier.source, ids)))

    def pages(self, numbers: "dict[Note, int]") -> "Iterator[tuple[Row, Page, dict[int, int]]]":
        """Give each row with its page, and the numbers of its notes in one document of all pages.

        `numbers` collects the notes of the document, by first use; the same note has one number.
        """
        from tui.page import page_of

        for row in self.rows:
            page, given = page_of(self.dossier, row), {}
            for note in page.notes:
                known = note._replace(number=0)
                given[note.number] = numbers.setdefault(known, len(numbers) + 1)
            yield row, page, given


def render(selection: Selection, format_: str, say: Say, *, to_file: bool = False) -> Iterator[str]:
    """Give the text of an export in one of FORMATS, for a file with what it begins with.

    `say` is handed a line where the export holds more or less than was selected.

    Raises:
        NothingToExport: the selection has nothing that the format can hold.
        StoreError: the file of the dossier has changed or cannot be read.
    """
    chosen = FORMATS[format_]
    if not selection.rows:
        raise NothingToExport("nothing to export")
    if chosen.holds == "events" and not selection.events:
        raise NothingToExport(f"what matches is no event, and {format_} holds events only")
    if chosen.holds == "sources" and not selection.sources:
        raise NothingToExport("what matches cites no source")
    module = importlib.import_module(f"tui.export.{chosen.module}")
    pieces: Iterator[str]
    if chosen.holds == "sources":
        pieces = module.entries(selection.sources)
    else:
        pieces = module.render(selection, say)
    return chain([chosen.mark], pieces) if to_file and chosen.mark else pieces
