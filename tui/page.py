"""A record laid out for reading: a Page, pure data that every printer shares.

The pane, ``show`` and the Markdown export print the same blocks, so what is neutral, what is
attributed and where sources differ is decided once, here.
"""

from collections.abc import Iterable, Iterator

from tui.blocks import (
    TAG,
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


def tag_page(dossier: Dossier, tag: str) -> Page:
    """The page of a tag: its events in order, and who took part most."""
    rows = dossier.rows(dossier.listing("tag", tag).events)
    return Page(f"{TAG}{tag}", "tag", tag, tuple(_tagged(dossier, rows)))


def page_for(dossier: Dossier, id_: str) -> Page:
    """The page of the record or tag that `id_`, possibly shortened, means; raises UnknownId."""
    if id_.startswith(TAG):
        return tag_page(dossier, dossier.resolve_tag(id_.removeprefix(TAG)))
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
        yield from _list("Parts", self.dossier.parts(self.row))
        yield from self._related(event)
        yield from self._mentioned_in()
        if rows := tuple(self._filed_under(event)):
            yield Table(rows)
        if remark := self._narrow_sources(event):
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
        yield from self._events()
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
        yield from _list("Cited by", self._rows_of())
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
        yield from _list("Mentioned in", rows)

    def _filed_under(self, event: Event) -> Iterator[tuple[Prose, Prose]]:
        """The regions and tags that the event stands under in the lists."""
        for label, links in (
            ("regions", [self._link(id_) for id_ in dict.fromkeys(self.row.regions)]),
            ("tags", [Span(tag, "", f"{TAG}{tag}") for tag in dict.fromkeys(event.tags)]),
        ):
            if links:
                apart = [span for link in links for span in (Span(" · ", "muted"), link)]
                yield (Span(label, "label"),), tuple(apart[1:])

    def _events(self) -> Iterator[Block]:
        yield from _events(self.dossier, self._rows_of(), "Most often with", self.row.id)

    def _rows_of(self) -> list[Row]:
        return self.dossier.rows(self.dossier.events_of(self.row).events)

    def _aliases(self, aliases: tuple[str, ...]) -> Iterator[Block]:
        if aliases:
            yield Table((_row("also", " · ".join(aliases)),))

    def _narrow_sources(self, event: Event) -> str:
        """A remark where all that is said comes from one source, or from one country."""
        cites = [cite.source for claim in event.claims for cite in claim.cites]
        cites += [cite.source for step in event.steps for cite in step.cites]
        cited = set(cites)
        if len(cited) == 1:
            return "Rests on a single source."
        sources = [self.dossier.source(id_) for id_ in cited]
        countries = {source.country if source else None for source in sources}
        if len(countries) == 1 and (country := countries.pop()):
            return f"All sources were published in {country}."
        return ""

    def _link(self, id_: str) -> Span:
        return _link(self.dossier, id_)

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


def _link(dossier: Dossier, id_: str) -> Span:
    row = dossier.row(id_)
    return Span(row.title, "", row.id) if row else Span(id_, "muted")


def _tagged(dossier: Dossier, rows: list[Row]) -> Iterator[Block]:
    yield Line((Span(_events_counted(len(rows)), "muted"),))
    yield from _events(dossier, rows, "Who took part most")


def _events(dossier: Dossier, rows: list[Row], most: str, own: str = "") -> Iterator[Block]:
    """Events in order, below who took part in most of them, but for the record `own` itself."""
    if not rows:
        yield Line((Span(NO_EVENTS, "muted"),))
        return
    if met := tuple(_companions(dossier, rows, own)):
        yield Heading(most)
        yield Table(met)
    yield from _list("Events", rows)


def _companions(dossier: Dossier, rows: list[Row], own: str) -> Iterator[tuple[Prose, Prose]]:
    counts = dossier.taking_part([row.n for row in rows])
    counts.pop(own, None)
    # Those with fewer events than the last one shown need no label to be sorted by.
    fewest = sorted(counts.values(), reverse=True)[:_COMPANIONS]
    ranked = sorted(
        (-count, dossier.label(actor), actor)
        for actor, count in counts.items()
        if count >= fewest[-1]
    )
    for count, _, actor in ranked[:_COMPANIONS]:
        yield (_link(dossier, actor),), (Span(_events_counted(-count), "muted"),)


def _list(heading: str, rows: Iterable[Row]) -> Iterator[Block]:
    items = tuple(Item(shown_date(row), row.type, (Span(row.title, "", row.id),)) for row in rows)
    if items:
        yield Heading(heading)
        yield Items(items)


def _events_counted(count: int) -> str:
    return f"{count:,} event{'s' * (count != 1)}"


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
