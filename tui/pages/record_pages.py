"""The pages of regions, actors, places and sources, each with its events in order."""

from collections.abc import Iterator

from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row
from tui.dossier.event_queries import taking_part
from tui.dossier.records import Actor, Place, Region, Source
from tui.dossier.safe_text import safe_url
from tui.dossier.vocabulary import counted
from tui.pages.model import Block, Heading, Line, Paragraph, Prose, Span, Table
from tui.pages.writer import (
    NOT_RECORDED,
    OUR_DESCRIPTION,
    Writer,
    dotted,
    listed,
    table_row,
    when_read,
)

NO_EVENTS = "no events recorded"
_COMPANIONS = 12


class RecordWriter(Writer):
    """Writes the page of a record that is no event."""

    def blocks(self, record: Region | Actor | Place | Source) -> Iterator[Block]:
        """Write the page: what the record is, then its events in order."""
        if isinstance(record, Source):
            yield from self._source(record)
            return
        yield from self._head(record)
        if record.aliases:
            yield Table((table_row("also", " · ".join(record.aliases)),))
        events = self.dossier.events_of(self.row).events
        rows = self.dossier.rows(events)
        yield from events_with(self.dossier, rows, "Most often with", self.row.id)
        yield from self.mentioned_in(events)

    def _head(self, record: Region | Actor | Place) -> Iterator[Block]:
        if isinstance(record, Place):
            north, east = "N" if record.lat >= 0 else "S", "E" if record.lon >= 0 else "W"
            where = f"{abs(record.lat):g}° {north}, {abs(record.lon):g}° {east}"
            yield dotted([Span("place"), self.country(record.country), Span(where, "muted")])
            return
        if isinstance(record, Region):
            yield dotted([Span("region"), *map(self.country, record.countries)])
        else:
            where_from = [self.country(record.country)] if record.country else []
            yield dotted([Span(record.type.replace("-", " ")), *where_from])
            for role in record.roles:
                when = f", {dates.show(dates.parse(role.date))}" if role.date else ""
                yield Line((Span(role.title + when),))
        if record.summary:
            yield Paragraph(self.prose(record.summary))

    def _source(self, source: Source) -> Iterator[Block]:
        rows = [
            table_row("published", dates.show(dates.parse(source.date))),
            table_row("publisher", source.publisher or NOT_RECORDED),
            table_row("country", source.country or NOT_RECORDED),
            table_row("author", source.author or NOT_RECORDED),
            table_row("language", source.language),
            table_row("type", source.type),
            ((Span("address", "label"),), (_address(source.url),)),
        ]
        if source.described:
            rows.insert(0, table_row("title", OUR_DESCRIPTION))
        if read := when_read(source):
            rows.append(table_row("read", read))
        yield Table(tuple(rows))
        if source.note:
            yield Paragraph((Span(source.note),))
        cited_by = self.dossier.events_of(self.row).events
        yield from listed("Cited by", self.dossier.rows(cited_by))
        yield from self.mentioned_in(cited_by)


def events_with(dossier: Dossier, rows: list[Row], most: str, own: str = "") -> Iterator[Block]:
    """Events in order, below who took part in most of them, but for the record `own` itself."""
    if not rows:
        yield Line((Span(NO_EVENTS, "muted"),))
        return
    if met := tuple(_companions(dossier, rows, own)):
        yield Heading(most)
        yield Table(met)
    yield from listed("Events", rows)


def _address(url: str | None) -> Span:
    """An address, leading to itself where it may be opened."""
    if not url:
        return Span(NOT_RECORDED)
    return Span(url, "url", url if safe_url(url) else None)


def _companions(dossier: Dossier, rows: list[Row], own: str) -> Iterator[tuple[Prose, Prose]]:
    counts = taking_part(dossier, [row.n for row in rows])
    counts.pop(own, None)
    # Those with fewer events than the last one shown need no label to be sorted by.
    fewest = sorted(counts.values(), reverse=True)[:_COMPANIONS]
    ranked = sorted(
        (-count, dossier.label(actor), actor)
        for actor, count in counts.items()
        if count >= fewest[-1]
    )
    for count, label, actor in ranked[:_COMPANIONS]:
        known = dossier.row(actor)
        who = Span(label, "", actor) if known else Span(label, "muted")
        yield (who,), (Span(counted(-count), "muted"),)
