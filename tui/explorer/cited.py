"""What claims are cited to: as a page for the lens, and the web addresses to choose from."""

from collections.abc import Iterable

from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row
from tui.dossier.prose_links import plain
from tui.dossier.records import Cite, Claim, Event, Source
from tui.dossier.safe_text import safe_url
from tui.explorer.page_pane import PagePane
from tui.output.citations import sources_cited
from tui.page import NOT_RECORDED
from tui.pages.model import Block, Heading, Page, Paragraph, Span, Table


def claim_page(dossier: Dossier, claim: Claim) -> Page:
    """A claim and its sources as a page of their own."""
    by = f" by {dossier.label(claim.by)}" if claim.by else ""
    blocks: list[Block] = [Paragraph((Span(plain(claim.text, dossier.label)),))]
    if claim.about and claim.value is not None:
        given = ((Span(claim.about, "label"),), (Span(str(claim.value)),))
        blocks.append(Table((given,)))
    for cite in claim.cites:
        source = dossier.source(cite.source)
        blocks.append(Heading(source.title if source else f"{cite.source}: no such source"))
        if source:
            blocks.append(_recorded(source, cite.at))
    if not claim.cites:
        blocks.append(Paragraph((Span(f"source: {NOT_RECORDED}"),)))
    return Page("", "claim", f"{claim.kind.capitalize()}{by}", tuple(blocks))


def _recorded(source: Source, at: str) -> Table:
    rows = {
        "publisher": source.publisher,
        "country": source.country,
        "date": dates.show(dates.parse(source.date)),
        "where": at,
        "address": source.url,
        "note": source.note,
    }
    return Table(
        tuple(
            ((Span(label, "label"),), (Span(value or NOT_RECORDED),))
            for label, value in rows.items()
        )
    )


def with_address(dossier: Dossier, cites: Iterable[Cite]) -> list[Source]:
    """The sources cited whose address may be opened, each address once."""
    return _each_once(filter(None, (dossier.source(cite.source) for cite in cites)))


def in_view(dossier: Dossier, row: Row, page: PagePane) -> list[Source]:
    """The sources whose address is wanted now: of the claim that is read, then of notes in view.

    Where neither is in view, or none has an address that may be opened, those of the record.
    """
    cited = [source for source, _ in sources_cited(dossier, row)]
    first, last = page.top, page.top + page.size.height
    shown = {
        link.target for link in page.links if any(first <= part.line < last for part in link.parts)
    }
    noted = [source for source in cited if source.url in shown]
    record, claim = dossier.record(row), page.claim_in_view()
    read: list[Source] = []
    if isinstance(record, Event) and claim is not None:
        read = with_address(dossier, record.claims[claim].cites)
    return _each_once([*read, *noted]) or _each_once(cited)


def _each_once(sources: Iterable[Source]) -> list[Source]:
    found = {source.url: source for source in sources if source.url and safe_url(source.url)}
    return list(found.values())
