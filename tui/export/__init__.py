"""What was found, in the format that a paper, a spreadsheet or a calendar takes.

`render` gives the text of an export piece by piece; `files.write_text` puts it in a file.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.dossier.dossier import Dossier, Row

FORMATS = ("markdown", "csv", "json", "ics", "bibtex", "csl-json")


class Chosen(NamedTuple):
    """What is exported: rows in date order, events first.

    `path` is the file of the dossier; `everything` says that nothing was searched for.
    """

    dossier: "Dossier"
    path: str
    rows: "tuple[Row, ...]"
    everything: bool

    @property
    def events(self) -> "tuple[Row, ...]":
        """The events among the rows."""
        return tuple(row for row in self.rows if row.kind == "event")


class NothingToExport(Exception):
    """What was chosen holds nothing that the format can say; the message is one line."""


def render(chosen: Chosen, format_: str, say: Callable[[str], None]) -> Iterator[str]:
    """The text of an export in one of FORMATS; raises NothingToExport, StoreError.

    `say` is handed a line where the export holds more than was chosen.
    """
    if not chosen.rows:
        raise NothingToExport("nothing to export")
    match format_:
        case "json":
            from tui.export.json_excerpt import excerpt

            return excerpt(chosen, say)
        case "markdown":
            from tui.export.document import document

            return document(chosen)
        case "bibtex" | "csl-json":
            from tui.export.sources import cited

            if not (sources := cited(chosen)):
                raise NothingToExport("what matches cites no source")
            if format_ == "bibtex":
                from tui.export.bibtex import bibliography

                return bibliography(sources)
            from tui.export.csl_json import references

            return references(sources)
    if not chosen.events:
        raise NothingToExport(f"what matches is no event, and {format_} holds events only")
    if format_ == "csv":
        from tui.export.csv_table import sheet

        return sheet(chosen)
    from tui.export.ics_calendar import calendar

    return calendar(chosen)
