"""Markdown: one readable document, a section for each record, the sources as its footnotes."""

from collections.abc import Iterator

from tui.dossier import dates, prose_links
from tui.dossier.dossier import shown_date
from tui.export import Chosen
from tui.export.markdown import Style, body, escape, footnote
from tui.page import page_of
from tui.pages.model import Note, Page


def document(chosen: Chosen) -> Iterator[str]:
    """The title, a list of contents where there is more than one record, the pages, the notes.

    A link leads to the section of its record, and is plain words where that is not in the document.
    The same citation has the same number throughout.
    """
    dossier, overview = chosen.dossier, chosen.dossier.overview
    anchors = {row.id for row in chosen.rows}
    notes = _Notes(anchors)
    yield f"# {escape(overview.title)}\n\n"
    if overview.summary:
        summary = prose_links.plain(overview.summary, dossier.label).replace("\n", " ")
        yield f"{escape(summary).lstrip()}\n\n"
    as_of = dates.show(dates.parse(overview.as_of))
    licence = f" · {escape(overview.licence)}" if overview.licence else ""
    yield f"*As of {escape(as_of)}*{licence}\n\n"
    if len(chosen.rows) > 1:
        for row in chosen.rows:
            when = f"{escape(shown_date(row))}: " if row.date else f"{escape(row.type)}: "
            yield f"- {when}[{escape(row.title)}](#{_anchor(row.id)})\n"
        yield "\n"
    for row in chosen.rows:
        page = page_of(dossier, row)
        yield f'<a id="{_anchor(row.id)}"></a>\n\n## {escape(page.title)}\n\n'
        yield from (f"{line}\n" for line in body(page, notes.style(page)))
    yield from (f"{line}\n" for line in notes.lines())


class _Notes:
    """The footnotes of the whole document, numbered as they are met."""

    def __init__(self, anchors: set[str]) -> None:
        self.anchors = anchors
        self.numbers: dict[Note, int] = {}

    def style(self, page: Page) -> Style:
        """How a page stands in the document."""
        notes = {note.number: note._replace(number=0) for note in page.notes}

        def label(number: int) -> str:
            return str(self.numbers.setdefault(notes[number], len(self.numbers) + 1))

        return Style(label, self.target, level=2)

    def target(self, id_: str) -> str | None:
        """The anchor of a record that is in the document."""
        return _anchor(id_) if id_ in self.anchors else None

    def lines(self) -> Iterator[str]:
        """The footnotes, in their order."""
        style = Style(str, self.target)
        for note, number in self.numbers.items():
            yield footnote(str(number), note, style)


def _anchor(id_: str) -> str:
    # No heading and no footnote makes an anchor with a colon of its own.
    return f"record:{id_}"
