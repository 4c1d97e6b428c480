"""Pages of records, tags and the dossier itself: data that every printer shares.

The pane, ``show`` and the Markdown export print the same blocks, so what is neutral, what is
attributed and where sources differ is decided once, here and in ``tui.pages``.
"""

from collections.abc import Iterator

from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row
from tui.dossier.records import Event, references_of
from tui.dossier.short_ids import resolve_tag
from tui.dossier.vocabulary import counted
from tui.pages.event_page import EventWriter
from tui.pages.model import TAG, Block, Page, Paragraph, Span, Table
from tui.pages.record_pages import NO_EVENTS, RecordWriter, events_with
from tui.pages.writer import NOT_RECORDED, attribution, citation, dotted, prose_of, table_row

__all__ = [
    "NOT_RECORDED",
    "NO_EVENTS",
    "attribution",
    "citation",
    "overview_page",
    "page_for",
    "page_of",
    "page_of_value",
    "tag_page",
]


def page_of(dossier: Dossier, row: Row) -> Page:
    """The page of a record."""
    record = dossier.record(row)
    dossier.fetch(reference.id for reference in references_of(record))
    writer: EventWriter | RecordWriter
    if isinstance(record, Event):
        writer = EventWriter(dossier, row)
        blocks = writer.blocks(record)
    else:
        writer = RecordWriter(dossier, row)
        blocks = writer.blocks(record)
    kind = "source" if row.kind == "source" else row.type
    # The blocks number the citations, so they are written before the notes are read.
    written = tuple(blocks)
    return Page(row.id, kind, row.title, written, tuple(writer.notes()))


def tag_page(dossier: Dossier, tag: str) -> Page:
    """The page of a tag: its events in order, and who took part most."""
    return Page(f"{TAG}{tag}", "tag", tag, tuple(_tagged(dossier, tag)))


def page_for(dossier: Dossier, id_: str) -> Page:
    """The page of the record or tag that `id_`, possibly shortened, means; raises UnknownId."""
    if id_.startswith(TAG):
        tags = [value.key for value in dossier.values("tag")[1:]]
        return tag_page(dossier, resolve_tag(tags, id_.removeprefix(TAG)))
    return page_of(dossier, dossier.resolve(id_))


def page_of_value(dossier: Dossier, facet: str, value: str) -> Page | None:
    """The page of a facet's value; None where it is no tag and no record."""
    if facet == "tag" and value:
        return tag_page(dossier, value)
    row = dossier.row(value)
    return page_of(dossier, row) if row else None


def overview_page(dossier: Dossier) -> Page:
    """The page of the dossier itself: what it covers, and as of when."""
    overview = dossier.overview
    rows = (
        table_row("subject", overview.subject),
        table_row("as of", dates.show(dates.parse(overview.as_of))),
        table_row("events", f"{dossier.total:,}"),
        table_row("language", overview.language),
        table_row("licence", overview.licence),
    )
    summary = Paragraph(prose_of(dossier, overview.summary))
    return Page("", "dossier", overview.title, (summary, Table(rows)))


def _tagged(dossier: Dossier, tag: str) -> Iterator[Block]:
    rows = dossier.rows(dossier.listing("tag", tag).events)
    yield dotted([Span("tag"), Span(counted(len(rows)), "muted")])
    yield from events_with(dossier, rows, "Who took part most")
