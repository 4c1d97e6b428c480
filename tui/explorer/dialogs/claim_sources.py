"""The sources of claims: a dialog that shows who says one, and the web addresses to choose from."""

from collections.abc import Awaitable, Callable, Iterable, Sequence

from textual.geometry import Size

from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row
from tui.dossier.prose_links import plain
from tui.dossier.records import Cite, Claim, Event, Source
from tui.dossier.safe_text import safe_url
from tui.explorer.dialogs.choices import AROUND, ChoiceDialog, FramedDialog
from tui.explorer.keyboard import KeyedApp, KeyPlace
from tui.explorer.panes.lines_view import BOXED, LinesView
from tui.explorer.panes.page_pane import PagePane
from tui.output.citations import sources_cited
from tui.page import NOT_RECORDED
from tui.pages.model import Block, Heading, Page, Paragraph, Span, Table
from tui.pages.writer import OUR_DESCRIPTION, when_read
from tui.text.glyphs import Signs
from tui.text.layout import lay_out


def claim_page(dossier: Dossier, claim: Claim, chosen: int, sign: str) -> Page:
    """A claim and its sources as a page of their own; a `sign` stands before the one chosen."""
    by = f" by {dossier.label(claim.by)}" if claim.by else ""
    blocks: list[Block] = [Paragraph((Span(plain(claim.text, dossier.label)),))]
    if claim.about and claim.value is not None:
        given = ((Span(claim.about, "label"),), (Span(str(claim.value)),))
        blocks.append(Table((given,)))
    for place, cite in enumerate(claim.cites):
        source = dossier.source(cite.source)
        title = source.title if source else f"{cite.source}: no such source"
        blocks.append(Heading(f"{sign if place == chosen else ''}{title}"))
        if source:
            blocks.append(_recorded(source, cite.at))
    if not claim.cites:
        blocks.append(Paragraph((Span(f"source: {NOT_RECORDED}"),)))
    return Page("", "claim", f"{claim.kind.capitalize()}{by}", tuple(blocks))


def _recorded(source: Source, at: str) -> Table:
    rows = {
        **({"title": OUR_DESCRIPTION} if source.described else {}),
        "publisher": source.publisher,
        "country": source.country,
        "date": dates.show(dates.parse(source.date)),
        "where": at,
        "address": source.url,
        "read": when_read(source),
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


def sources_in_view(dossier: Dossier, row: Row, page: PagePane) -> list[Source]:
    """The sources whose address is wanted now: of the claim that is read, then of notes in view.

    Where neither is in view, or none has an address that may be opened, those of the record.
    """
    cited = [source for source, _ in sources_cited(dossier, row)]
    first, last = page.top, page.top + page.room.height
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


class ClaimSourcesDialog(FramedDialog[str | None]):
    """A claim at a time, and who says so.

    `claims` are positions in the event in the order to read them, `first` the one to begin with;
    `mark` is called with a source that is to be marked, or to lose its mark.
    Answered with an address to open, or None.
    """

    #: The keys in so many words, and in fewer where the window is narrow.
    KEYS = (
        "j k claims, Tab sources: y takes, m marks, o opens, Esc closes",
        "j k claims, Tab y m o sources, Esc",
        "Esc closes",
    )

    def __init__(
        self,
        dossier: Dossier,
        event: Event,
        claims: Sequence[int],
        first: int,
        signs: Signs,
        mark: Callable[[Row], Awaitable[None]],
    ) -> None:
        self.view = LinesView(signs, id="claim-sources", frame=BOXED)
        super().__init__(self.view, "")
        self._dossier, self._mark = dossier, mark
        self._claims = [event.claims[position] for position in claims]
        self._at = claims.index(first)
        self._cite = 0  # the position of the source chosen among those of the claim

    def rows(self, width: int) -> int:
        sign = f"{self.signs.cursor} "
        page = claim_page(self._dossier, self._claims[self._at], self._cite, sign)
        self.view.set_title(f"Claim {self._at + 1} of {len(self._claims)}")
        lines = lay_out(page, width, self.signs)
        self.view.show(lines)
        chosen = (i for i, line in enumerate(lines) if line.plain.startswith(sign))
        self._line_of_source = next(chosen, 0)
        return self.view.line_count

    def fit_window(self, size: Size) -> None:
        super().fit_window(size)
        self._hint()

    def places(self) -> Sequence[KeyPlace]:
        return [KeyPlace("lens", self), *super().places()]

    def action_claim(self, step: int) -> None:
        self._at = max(0, min(self._at + step, len(self._claims) - 1))
        self._cite = 0
        self.view.set_top(0)
        self.fit_window(self.app.size)

    def action_source(self, step: int) -> None:
        """Choose the next source of the claim, or the one before."""
        if cites := self._claims[self._at].cites:
            self._cite = (self._cite + step) % len(cites)
            self.fit_window(self.app.size)
            self.view.set_top(max(0, self._line_of_source - self.view.room.height // 2))
            self._hint()

    async def action_take(self) -> None:
        """Copy the citation of the source chosen."""
        from tui.explorer.dialogs.take_away import copy_source

        if chosen := self._chosen():
            copy_source(self.shell, *chosen)

    async def action_mark(self) -> None:
        """Mark the source chosen, or take its mark away."""
        chosen = self._chosen()
        if row := self._dossier.row(chosen[0].id) if chosen else None:
            await self._mark(row)

    def _chosen(self) -> tuple[Source, str] | None:
        """The source chosen, and where in it; None where the claim has none."""
        cites = self._claims[self._at].cites
        cite = cites[self._cite] if cites else None
        source = self._dossier.source(cite.source) if cite else None
        return (source, cite.at) if source and cite else None

    def action_page(self, way: int) -> None:
        self.view.action_page(way)
        self._hint()

    def _hint(self) -> None:
        """Say which keys there are, in as many words as fit, and whether there is more below."""
        below = self.view.line_count - self.view.top - self.view.room.height
        more = "PgDn for more, " if below > 0 else ""
        hints = [f"{more}{keys}" for keys in self.KEYS]
        least = more.rstrip(", ") or hints[-1]
        room = self.view.outer.width - AROUND
        self.set_remark(next((hint for hint in hints if len(hint) <= room), least))

    async def action_address(self) -> None:
        sources = with_address(self._dossier, self._claims[self._at].cites)
        await pick_address(self.shell, sources, self.close)

    async def action_close(self) -> None:
        await self.close(None)


async def pick_address(
    app: KeyedApp, sources: Sequence[Source], picked: Callable[[str], Awaitable[None]]
) -> None:
    """Hand on the address of one of `sources`, which all have one; asks which if there are more."""
    addresses = [source.url or "" for source in sources]
    if not addresses:
        app.say("no web address to open")
    elif len(addresses) == 1:
        await picked(addresses[0])
    else:

        async def chosen(place: int | None) -> None:
            if place is not None:
                await picked(addresses[place])

        rows = [(source.title, source.publisher or "") for source in sources]
        await app.open(ChoiceDialog("The address of which source?", rows, app.signs), chosen)
