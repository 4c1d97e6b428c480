"""The parts that all pages share: links, prose, lists, and citations with their numbers."""

from collections.abc import Iterable, Iterator

from tui.dossier import dates, prose_links
from tui.dossier.dossier import Dossier, Row, shown_date
from tui.dossier.records import Cite, Claim, Source
from tui.pages.model import TAG, Block, Heading, Item, Items, Line, Note, Prose, Span

NOT_RECORDED = "not recorded"
#: Said of a source whose own title is not known.
OUR_DESCRIPTION = "our description"
APART = Span(" · ", "muted")


class Writer:
    """Writes the blocks of one page and numbers its citations as they come."""

    def __init__(self, dossier: Dossier, row: Row) -> None:
        self.dossier = dossier
        self.row = row
        self.numbers: dict[Cite, int] = {}

    def notes(self) -> Iterator[Note]:
        """The citations met so far; a source met before is named by its title alone."""
        seen: set[str] = set()
        for cite, number in self.numbers.items():
            source = self.dossier.source(cite.source)
            if source is None:
                yield Note(number, (Span(f"{cite.source} (no such source)", "muted"),))
                continue
            if source.id in seen:
                before, after = "", f", {cite.at}" if cite.at else ""
            else:
                before, after = _around(source, cite.at)
            seen.add(source.id)
            spans = (Span(before), Span(source.title, "", source.id), Span(after))
            words = tuple(span for span in spans if span.text)
            yield Note(number, words, source.url, cite.source, cite.at)

    def link(self, id_: str) -> Span:
        """The name of a record, leading to it; the id itself where there is no such record."""
        return link_to(self.dossier, id_)

    def tag(self, tag: str) -> Span:
        """A tag, leading to its page."""
        return Span(tag, "", f"{TAG}{tag}")

    def country(self, code: str) -> Span:
        """The name of a country, leading to its state; its code where no other record is that."""
        state = self.dossier.state(code)
        known = state is not None and state.n != self.row.n
        return Span(state.title, "", state.id) if state and known else Span(code)

    def prose(self, prose: str) -> Prose:
        """Running text with its links; a link that leads nowhere stays plain words."""
        return prose_of(self.dossier, prose)

    def cite(self, cites: Iterable[Cite]) -> tuple[int, ...]:
        """The numbers of citations, new ones for those not met before."""
        return tuple(self.numbers.setdefault(cite, len(self.numbers) + 1) for cite in cites)

    def mentioned_in(self, but: Iterable[int]) -> Iterator[Block]:
        """The records that lead here, but for those on the page already: the numbers `but`."""
        own = {self.row.parent or 0, self.row.n, *but}
        rows = [row for row, _ in self.dossier.backlinks(self.row, but=own)]
        yield from listed("Mentioned in", rows)


def listed(heading: str, rows: Iterable[Row]) -> Iterator[Block]:
    """Records in date order below a heading; nothing where there are none."""
    items = tuple(
        Item(shown_date(row), row.type, (Span(row.title, "", row.id),))
        for row in sorted(rows, key=_order)
    )
    if items:
        yield Heading(heading)
        yield Items(items)


def link_to(dossier: Dossier, id_: str) -> Span:
    """The name of a record, leading to it; the id itself where there is no such record."""
    row = dossier.row(id_)
    return Span(row.title, "", row.id) if row else Span(id_, "muted")


def prose_of(dossier: Dossier, prose: str) -> Prose:
    """Running text with its links; a link that leads nowhere stays plain words."""
    spans = []
    for shown, id_ in prose_links.parse_links(prose):
        row = dossier.row(id_) if id_ else None
        words = (row.title if row else shown) if shown == id_ else shown
        spans.append(Span(words, "", row.id if row else None))
    return tuple(spans)


def attribution(dossier: Dossier, claim: Claim) -> Prose:
    """Whose a claim is: ``stated by Ilham Aliyev``; nothing for a fact, which is nobody's."""
    if claim.kind == "fact":
        return ()
    if not claim.by:
        return (Span(f"said by: {NOT_RECORDED}", "voice"),)
    verb = Span("stated by " if claim.kind == "statement" else "as read by ", "voice")
    source = dossier.source(claim.by)
    if source is None:
        return verb, link_to(dossier, claim.by)._replace(role="voice")
    when = f", {dates.show(dates.parse(source.date))}"
    name = source.publisher or source.title
    return verb, Span(name, "voice", source.id), Span(when, "voice")


def citation(source: Source, at: str = "") -> str:
    """A source in a line: who, what, when, where in it."""
    before, after = _around(source, at)
    return before + source.title + after


def when_read(source: Source) -> str:
    """Say when a source was read, and whether in part: ``27 November 2026, in part``."""
    when = dates.show(dates.parse(source.accessed)) if source.accessed else ""
    extent = {"excerpt": "in part", "whole": "in full"}.get(source.read or "", source.read or "")
    return ", ".join(part for part in (when, extent) if part)


def dotted(spans: Iterable[Span]) -> Line:
    """A line of spans with a dot between each two."""
    apart = [piece for span in spans for piece in (APART, span)]
    return Line(tuple(apart[1:]))


def table_row(label: str, value: str) -> tuple[Prose, Prose]:
    """A row of a table, both sides in plain words."""
    return (Span(label, "label"),), (Span(value),)


def _around(source: Source, at: str) -> tuple[str, str]:
    """The words before and after the title in a citation."""
    issued = ", ".join(part for part in (source.author, source.publisher) if part)
    where = f" ({source.country})" if source.country and source.publisher else ""
    when = dates.show(dates.parse(source.date))
    after = "".join(f", {part}" for part in (when, at) if part)
    return f"{issued}{where}, " if issued else "", after


def _order(row: Row) -> tuple[int, int]:
    """By date; on one date a whole before its parts; what has no date last."""
    # The lists of a dossier put parts after their whole, whatever their dates: a page that shows
    # no branches would be out of order.
    return dates.parse(row.date).sort_int if row.date else 1 << 63, row.n
