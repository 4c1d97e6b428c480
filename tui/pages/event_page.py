"""The page of an event: facts first, then where sources differ, then who says what."""

from collections.abc import Iterator

from tui.dossier import dates
from tui.dossier.dossier import shown_date
from tui.dossier.records import Claim, Event, Step, disputed_of, sources_of
from tui.pages.model import (
    Block,
    Differ,
    Heading,
    Item,
    Items,
    Line,
    Paragraph,
    Prose,
    Quote,
    Span,
    Table,
    Trail,
)
from tui.pages.writer import NOT_RECORDED, Writer, attribution, dotted, listed, table_row


class EventWriter(Writer):
    """Writes the page of an event."""

    def blocks(self, event: Event) -> Iterator[Block]:
        """Write the page, in reading order."""
        yield self._dateline(event)
        if whole := self.dossier.whole(self.row):
            yield Line((Span("part of  ", "label"), Span(whole.title, "", whole.id)))
        if event.summary:
            yield Paragraph(self.prose(event.summary))
        if event.steps or event.type == "agreement":
            yield self._trail(event.steps)
        if rows := tuple(self._participants(event)):
            yield Heading("Who took part")
            yield Table(rows)
        if event.facts:
            yield Heading("In brief")
            yield Table(tuple(table_row(label, str(value)) for label, value in event.facts.items()))
        yield from self._claims(event.claims)
        if not event.claims and not event.summary:
            yield Line((Span(f"what happened: {NOT_RECORDED}", "muted"),))
        parts = self.dossier.parts(self.row)
        yield from listed("Parts", parts)
        yield from self._related(event)
        yield from self.mentioned_in(part.n for part in parts)
        if rows := tuple(self._filed_under(event)):
            yield Table(rows)
        if remark := self._narrow_sources(event):
            yield Line((Span(remark, "muted"),))

    def _dateline(self, event: Event) -> Line:
        """What it is, when and where; of an agreement the instrument says what it is."""
        agreed = event.instrument if event.type == "agreement" else None
        spans = [Span((agreed or event.type).replace("-", " ")), Span(shown_date(self.row))]
        if event.place:
            spans.append(self.link(event.place))
        return dotted(spans)

    def _participants(self, event: Event) -> Iterator[tuple[Prose, Prose]]:
        for participant in event.participants:
            yield (self.link(participant.actor),), (Span(participant.role, "muted"),)

    def _trail(self, steps: tuple[Step, ...]) -> Trail:
        done = tuple(
            (
                step.action.replace("-", " "),
                dates.show(dates.parse(step.date)),
                self.cite(step.cites),
            )
            for step in steps
        )
        ended = steps and steps[-1].action in ("in-force", "ended")
        remark = "" if ended else "no later step recorded" if steps else "no step recorded"
        return Trail(done, remark)

    def _claims(self, claims: tuple[Claim, ...]) -> Iterator[Block]:
        """Facts first, then where sources differ, then who says what."""
        disputed = disputed_of(claims)
        plain = [(i, claim) for i, claim in enumerate(claims) if i not in disputed]
        if facts := [(i, claim) for i, claim in plain if claim.kind == "fact"]:
            yield Heading("What is recorded")
            for i, claim in facts:
                yield Paragraph((*self.prose(claim.text), self._noted(claim)), i)
        for about in dict.fromkeys(disputed.values()):
            sides = []
            for i, claim in enumerate(claims):
                if disputed.get(i) == about:
                    said = (*self.prose(claim.text), *self._in_brackets(claim), self._noted(claim))
                    sides.append(((Span(str(claim.value)),), said, i))
            yield Differ(about, tuple(sides))
        if voices := [(i, claim) for i, claim in plain if claim.kind != "fact"]:
            yield Heading("Who says what")
            for place, (i, claim) in enumerate(voices, 1):
                said = (*self.prose(claim.text), self._noted(claim))
                voice = attribution(self.dossier, claim)
                goes_on = place < len(voices) and voice == attribution(
                    self.dossier, voices[place][1]
                )
                yield Quote(said, () if goes_on else voice, i)

    def _in_brackets(self, claim: Claim) -> Prose:
        if claim.kind == "fact" or not claim.by:
            return ()
        return Span(" (", "voice"), *attribution(self.dossier, claim), Span(")", "voice")

    def _noted(self, claim: Claim) -> Span:
        return Span("", notes=self.cite(claim.cites))

    def _related(self, event: Event) -> Iterator[Block]:
        items = []
        for relation in event.related:
            row = self.dossier.row(relation.event)
            how = Span(f"{(relation.kind or 'related').replace('-', ' ')} ", "label")
            spans = (how, self.link(relation.event))
            items.append(Item(shown_date(row) if row else "", row.type if row else "", spans))
        if items:
            yield Heading("Related")
            yield Items(tuple(items))

    def _filed_under(self, event: Event) -> Iterator[tuple[Prose, Prose]]:
        """The regions and tags that the event stands under in the lists."""
        for label, links in (
            ("regions", [self.link(id_) for id_ in dict.fromkeys(self.row.regions)]),
            ("tags", [self.tag(tag) for tag in dict.fromkeys(event.tags)]),
        ):
            if links:
                yield (Span(label, "label"),), dotted(links).spans

    def _narrow_sources(self, event: Event) -> str:
        """A remark where all that is said comes from one source, or from one country."""
        cited = sources_of(event)
        if len(cited) == 1:
            return "Rests on a single source."
        sources = [self.dossier.source(id_) for id_ in cited]
        countries = {source.country if source else None for source in sources}
        if len(countries) == 1 and (country := countries.pop()):
            return f"All sources were published in {country}."
        return ""
