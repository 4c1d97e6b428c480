"""A record laid out for reading: a Page, pure data that every printer shares.

The pane, ``show`` and the Markdown export print the same blocks, so what is neutral, what is
attributed and where sources differ is decided once, here.
"""

from collections.abc import Iterable, Iterator

from tui.blocks import (
    Block,
    Differ,
    Heading,
    Item,
    Items,
    Line,
    Note,
    Page,
    Paragraph,
    Prose,
    Quote,
    Span,
    Table,
    Trail,
)
from tui.dossier import dates, text
from tui.dossier.dossier import Dossier, Row, shown_date
from tui.dossier.records import (
    Actor,
    Cite,
    Claim,
    Event,
    Place,
    Region,
    Source,
    Step,
)

NOT_RECORDED = "not recorded"
NO_EVENTS = "no events recorded"
_COMPANIONS = 12


def page_of(dossier: Dossier, row: Row) -> Page:
    """The page of a record."""
    record = dossier.record(row)
    writer = _Writer(dossier, row)
    match record:
        case Event():
            kind, blocks = record.type, writer.event(record)
        case Region():
            kind, blocks = "region", writer.region(record)
        case Actor():
            kind, blocks = record.type, writer.actor(record)
        case Place():
            kind, blocks = "place", writer.place(record)
        case Source():
            kind, blocks = "source", writer.source(record)
    # The blocks number the citations, so they are written before the notes are read.
    written = tuple(blocks)
    return Page(row.id, kind, row.title, written, tuple(writer.notes()))


def overview_page(dossier: Dossier) -> Page:
    """The page of the dossier itself: what it covers, and as of when."""
    overview = dossier.overview
    rows = (
        _row("subject", overview.subject),
        _row("as of", dates.show(dates.parse(overview.as_of))),
        _row("events", f"{dossier.total:,}"),
        _row("language", overview.language),
        _row("licence", overview.licence),
    )
    summary = Paragraph(_prose(dossier, overview.summary))
    return Page("", "dossier", overview.title, (summary, Table(rows)))


def citation(source: Source, at: str = "") -> str:
    """A source in a line: who, what, when, where in it."""
    before, after = _around(source, at)
    return before + source.title + after


def _around(source: Source, at: str) -> tuple[str, str]:
    """What stands before and after the title in a citation."""
    issued = ", ".join(part for part in (source.author, source.publisher) if part)
    where = f" ({source.country})" if source.country and source.publisher else ""
    when = dates.show(dates.parse(source.date))
    after = "".join(f", {part}" for part in (when, at) if part)
    return f"{issued}{where}, " if issued else "", after


class _Writer:
    """Writes the blocks of one page and numbers its citations as they come."""

    def __init__(self, dossier: Dossier, row: Row) -> None:
        self.dossier = dossier
        self.row = row
        self.numbers: dict[Cite, int] = {}

    def event(self, event: Event) -> Iterator[Block]:
        yield self._dateline(event)
        if whole := self.dossier.whole(self.row):
            yield Line((Span("part of  ", "label"), Span(whole.title, "", whole.id)))
        if event.summary:
            yield Paragraph(self._prose(event.summary))
        if event.steps or event.type == "agreement":
            yield self._trail(event.steps)
        if rows := tuple(self._participants(event)):
            yield Heading("Who took part")
            yield Table(rows)
        if event.facts:
            yield Heading("In brief")
            yield Table(tuple(_row(label, str(value)) for label, value in event.facts.items()))
        yield from self._claims(event.claims)
        if not event.claims and not event.summary:
            yield Line((Span(f"what happened: {NOT_RECORDED}", "muted"),))
        yield from self._list("Parts", self.dossier.parts(self.row))
        yield from self._related(event)
        yield from self._mentioned_in()
        if remark := self._single_source(event):
            yield Line((Span(remark, "muted"),))

    def region(self, region: Region) -> Iterator[Block]:
        if region.countries:
            yield Line((Span(" · ".join(region.countries), "muted"),))
        if region.summary:
            yield Paragraph(self._prose(region.summary))
        yield from self._aliases(region.aliases)
        yield from self._events()
        yield from self._mentioned_in()

    def actor(self, actor: Actor) -> Iterator[Block]:
        roles = [
            f"{role.title}, {dates.show(dates.parse(role.date))}" if role.date else role.title
            for role in actor.roles
        ]
        for role in roles:
            yield Line((Span(role),))
        if actor.summary:
            yield Paragraph(self._prose(actor.summary))
        yield from self._aliases(actor.aliases)
        yield from self._events(with_companions=True)
        yield from self._mentioned_in()

    def place(self, place: Place) -> Iterator[Block]:
        north, east = "N" if place.lat >= 0 else "S", "E" if place.lon >= 0 else "W"
        where = f"{place.country} · {abs(place.lat):g}° {north}, {abs(place.lon):g}° {east}"
        yield Line((Span(where, "muted"),))
        yield from self._aliases(place.aliases)
        yield from self._events()
        yield from self._mentioned_in()

    def source(self, source: Source) -> Iterator[Block]:
        rows = [
            _row("published", dates.show(dates.parse(source.date))),
            _row("publisher", source.publisher or NOT_RECORDED),
            _row("country", source.country or NOT_RECORDED),
            _row("author", source.author or NOT_RECORDED),
            _row("language", source.language),
            _row("type", source.type),
            _row("address", source.url or NOT_RECORDED),
        ]
        if source.accessed:
            rows.append(_row("read", dates.show(dates.parse(source.accessed))))
        yield Table(tuple(rows))
        if source.note:
            yield Paragraph((Span(source.note),))
        yield from self._list("Cited by", self._rows_of())
        yield from self._mentioned_in()

    def notes(self) -> Iterator[Note]:
        """The citations met so far; a source met before is named by its title alone."""
        seen: set[str] = set()
        for cite, number in self.numbers.items():
            source = self.dossier.source(cite.source)
            if source is None:
                yield Note(number, (Span(f"{cite.source} (no such source)", "muted"),))
                continue
            if source.id in seen:
                rest = f", {cite.at}" if cite.at else ""
                yield Note(number, (Span(source.title, "", source.id), Span(rest)), source.url)
                continue
            seen.add(source.id)
            before, after = _around(source, cite.at)
            spans = (Span(before), Span(source.title, "", source.id), Span(after))
            yield Note(number, tuple(span for span in spans if span.text), source.url)

    # -- pieces

    def _dateline(self, event: Event) -> Line:
        spans = [Span(shown_date(self.row))]
        if event.instrument:
            spans[:0] = [Span(event.instrument.replace("-", " ")), Span(" · ", "muted")]
        if event.place:
            spans += [Span(" · ", "muted"), self._link(event.place)]
        return Line(tuple(spans))

    def _participants(self, event: Event) -> Iterator[tuple[Prose, Prose]]:
        for participant in event.participants:
            yield (self._link(participant.actor),), (Span(participant.role, "muted"),)

    def _trail(self, steps: tuple[Step, ...]) -> Trail:
        done = tuple(
            (
                step.action.replace("-", " "),
                dates.show(dates.parse(step.date)),
                self._cite(step.cites),
            )
            for step in steps
        )
        ended = steps and steps[-1].action in ("in-force", "ended")
        remark = "" if ended else "no later step recorded" if steps else "no step recorded"
        return Trail(done, remark)

    def _claims(self, claims: tuple[Claim, ...]) -> Iterator[Block]:
        """Facts first, then where sources differ, then who says what."""
        disputed = _disputed(claims)
        plain = [(i, claim) for i, claim in enumerate(claims) if i not in disputed]
        if facts := [(i, claim) for i, claim in plain if claim.kind == "fact"]:
            yield Heading("What is recorded")
            for i, claim in facts:
                yield Paragraph((*self._prose(claim.text), self._noted(claim)), i)
        for about in dict.fromkeys(disputed.values()):
            sides = []
            for i, claim in enumerate(claims):
                if disputed.get(i) == about:
                    said = (*self._prose(claim.text), *self._voice(claim), self._noted(claim))
                    sides.append(((Span(str(claim.value)),), said, i))
            yield Differ(about, tuple(sides))
        if voices := [(i, claim) for i, claim in plain if claim.kind != "fact"]:
            yield Heading("Who says what")
            for place, (i, claim) in enumerate(voices, 1):
                said = (*self._prose(claim.text), self._noted(claim))
                voice = self._attribution(claim)
                goes_on = place < len(voices) and self._attribution(voices[place][1]) == voice
                yield Quote(said, () if goes_on else voice, i)

    def _attribution(self, claim: Claim) -> Prose:
        verb = "stated by " if claim.kind == "statement" else "as read by "
        if not claim.by:
            return (Span("said by: " + NOT_RECORDED, "voice"),)
        link = self._link(claim.by)._replace(role="voice")
        source = self.dossier.source(claim.by)
        if source is None:
            return Span(verb, "voice"), link
        link = link._replace(text=source.publisher or source.title)
        when = f", {dates.show(dates.parse(source.date))}"
        return Span(verb, "voice"), link, Span(when, "voice")

    def _voice(self, claim: Claim) -> Prose:
        if claim.kind == "fact" or not claim.by:
            return ()
        return Span(" (", "voice"), *self._attribution(claim), Span(")", "voice")

    def _related(self, event: Event) -> Iterator[Block]:
        items = []
        for relation in event.related:
            row = self.dossier.row(relation.event)
            how = Span(f"{(relation.kind or 'related').replace('-', ' ')} ", "label")
            spans = (how, self._link(relation.event))
            items.append(Item(shown_date(row) if row else "", row.type if row else "", spans))
        if items:
            yield Heading("Related")
            yield Items(tuple(items))

    def _mentioned_in(self) -> Iterator[Block]:
        own = {self.row.parent, self.row.n}
        rows = [row for row, _ in self.dossier.backlinks(self.row) if row.n not in own]
        if self.row.kind != "event":
            took_part = set(self.dossier.events_of(self.row).events)
            rows = [row for row in rows if row.n not in took_part]
        else:
            rows = [row for row in rows if row.parent != self.row.n]
        yield from self._list("Mentioned in", rows)

    def _events(self, *, with_companions: bool = False) -> Iterator[Block]:
        rows = self._rows_of()
        if not rows:
            yield Line((Span(NO_EVENTS, "muted"),))
            return
        if with_companions and (met := tuple(self._companions(rows))):
            yield Heading("Most often with")
            yield Table(met)
        yield from self._list("Events", rows)

    def _rows_of(self) -> list[Row]:
        return self.dossier.rows(self.dossier.events_of(self.row).events)

    def _companions(self, rows: list[Row]) -> Iterator[tuple[Prose, Prose]]:
        counts: dict[str, int] = {}
        for row in rows:
            event = self.dossier.record(row)
            if isinstance(event, Event):
                for actor in dict.fromkeys(taking.actor for taking in event.participants):
                    counts[actor] = counts.get(actor, 0) + 1
        counts.pop(self.row.id, None)
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], self.dossier.label(pair[0])))
        for actor, count in ranked[:_COMPANIONS]:
            yield (self._link(actor),), (Span(f"{count} event{'s' * (count > 1)}", "muted"),)

    def _list(self, heading: str, rows: Iterable[Row]) -> Iterator[Block]:
        items = tuple(
            Item(shown_date(row), row.type, (Span(row.title, "", row.id),)) for row in rows
        )
        if items:
            yield Heading(heading)
            yield Items(items)

    def _aliases(self, aliases: tuple[str, ...]) -> Iterator[Block]:
        if aliases:
            yield Table((_row("also", " · ".join(aliases)),))

    def _single_source(self, event: Event) -> str:
        cites = [cite.source for claim in event.claims for cite in claim.cites]
        cites += [cite.source for step in event.steps for cite in step.cites]
        return "Rests on a single source." if len(set(cites)) == 1 else ""

    def _link(self, id_: str) -> Span:
        row = self.dossier.row(id_)
        return Span(row.title, "", row.id) if row else Span(id_, "muted")

    def _prose(self, prose: str) -> Prose:
        return _prose(self.dossier, prose)

    def _noted(self, claim: Claim) -> Span:
        return Span("", notes=self._cite(claim.cites))

    def _cite(self, cites: tuple[Cite, ...]) -> tuple[int, ...]:
        return tuple(self.numbers.setdefault(cite, len(self.numbers) + 1) for cite in cites)


def _prose(dossier: Dossier, prose: str) -> Prose:
    """Running text with its links; a link that leads nowhere stays plain words."""
    spans = []
    for shown, id_ in text.parse_links(prose):
        row = dossier.row(id_) if id_ else None
        words = (row.title if row else shown) if shown == id_ else shown
        spans.append(Span(words, "", row.id if row else None))
    return tuple(spans)


def _disputed(claims: tuple[Claim, ...]) -> dict[int, str]:
    """Positions of the claims that disagree: the same `about`, different values."""
    values: dict[str, set[object]] = {}
    for claim in claims:
        if claim.about and claim.value is not None:
            values.setdefault(claim.about, set()).add(str(claim.value))
    return {
        i: claim.about
        for i, claim in enumerate(claims)
        if claim.about and claim.value is not None and len(values[claim.about]) > 1
    }


def _row(label: str, value: str) -> tuple[Prose, Prose]:
    return (Span(label, "label"),), (Span(value),)
