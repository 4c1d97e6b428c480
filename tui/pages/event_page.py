"""The page of an event: facts first, then where sources differ, then who says what."""

from collections.abc import Iterator
from itertools import islice

from tui.dossier import dates
from tui.dossier.dossier import shown_date
from tui.dossier.records import Claim, Event, Source, Step, disputed_of, sources_of
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
from tui.pages.writer import APART, NOT_RECORDED, Writer, attribution, dotted, listed, table_row

# The steps that another one may follow, and those that come last.
_LATER = ("signed", "ratified", "amended", "suspended")
_FINAL = ("in-force", "ended")
# What is said of the step that has not been taken, where these were the last ones.
_MISSING = {"initialled": ", not signed", "announced": ", no signing recorded"}
# The claims of each disagreement with their positions, by what it is about.
Disputes = dict[str, list[tuple[int, Claim]]]
# So many disagreements are said in brief: the first screen of a small window has room for them.
_MOST_DISPUTES = 3
# Names that one side of a disagreement has in brief; of more than that, all but one are counted.
_MOST_NAMES = 3


class EventWriter(Writer):
    """Writes the page of an event."""

    def blocks(self, event: Event) -> Iterator[Block]:
        """Write the page, in reading order."""
        yield self._dateline(event)
        if whole := self.dossier.whole(self.row):
            yield Line((Span("part of  ", "label"), Span(whole.title, "", whole.id)))
        disputes = _disputes(event.claims)
        if event.steps or event.type == "agreement":
            disputed = any(about.startswith("status") for about in disputes)
            yield self._state(event, disputed=disputed)
        for about, sides in islice(disputes.items(), _MOST_DISPUTES):
            yield self._dispute_in_brief(about, sides)
        if (more := len(disputes) - _MOST_DISPUTES) > 0:
            yield Line((Span(f"Sources differ on {more} more, below", "differ"),))
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
        yield from self._claims(event.claims, disputes)
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
        ended = steps and steps[-1].action in _FINAL
        remark = "" if ended else "no later step recorded" if steps else "no step recorded"
        return Trail(done, remark)

    def _state(self, event: Event, *, disputed: bool) -> Line:
        """Say how far an agreement has come, and the last day of which something cited tells.

        That day is the newest among the dates of the sources cited, as far as they are certain,
        and of the steps: up to then nothing cited tells of a later step. The dossier's own date is
        not used, as nobody may have followed this agreement up to it.
        """
        last = event.steps[-1] if event.steps else None
        action = last.action if last else "no step recorded"
        cited = filter(None, map(self.dossier.source, sources_of(event)))
        days = [source.date for source in cited if source.date[-1] not in "~?%"]
        days += [step.date for step in event.steps]
        # Of equal days the one recorded more exactly: January is no later than 1 January.
        newest = max(map(dates.parse, days), key=lambda date: (date.lo, -date.hi), default=None)
        seen = f"as of {_without_remark(newest)}" if newest else ""
        if action == "ended" and last:
            seen = _without_remark(dates.parse(last.date))
        elif action in _LATER and seen:
            seen = f"no later step {seen}"
        missing = _MISSING.get(action, "")
        state = f"{action.replace('-', ' ')}{missing}"
        spans = [Span(state, "done"), Span(f", {seen}" if seen else "")]
        spans += [APART, Span("status disputed", "differ")] if disputed else []
        return Line(tuple(spans))

    def _dispute_in_brief(self, about: str, sides: list[tuple[int, Claim]]) -> Line:
        """Give the values of a disagreement, each with who says so: those that agree together."""
        voices: dict[str, dict[str, None]] = {}
        for _, claim in sides:
            names = voices.setdefault(str(claim.value), {})
            names |= dict.fromkeys(self._names(claim))
        spans = [Span(f"Sources differ on {about}:\n", "differ")]
        for place, (value, names) in enumerate(voices.items()):
            said = list(names) or [NOT_RECORDED]
            if len(said) > _MOST_NAMES:
                left = len(said) - _MOST_NAMES + 1
                said[_MOST_NAMES - 1 :] = [f"{left} more"]
            spans += [APART] if place else []
            spans += [Span(f"{value}: "), Span(", ".join(said), "voice")]
        return Line(tuple(spans), tuple(i for i, _ in sides))

    def _names(self, claim: Claim) -> Iterator[str]:
        """The names, in brief, of whoever says a claim; of a fact, of the sources cited for it."""
        if claim.kind != "fact" and claim.by:
            source = self.dossier.source(claim.by)
            yield _publisher(source) if source else self.dossier.label(claim.by)
            return
        for cite in claim.cites:
            cited = self.dossier.source(cite.source)
            yield _publisher(cited) if cited else cite.source

    def _claims(self, claims: tuple[Claim, ...], disputes: Disputes) -> Iterator[Block]:
        """Facts first, then where sources differ, then who says what."""
        disputed = {i for sides in disputes.values() for i, _ in sides}
        plain = [(i, claim) for i, claim in enumerate(claims) if i not in disputed]
        if facts := [(i, claim) for i, claim in plain if claim.kind == "fact"]:
            yield Heading("What is recorded")
            for i, claim in facts:
                yield Paragraph((*self.prose(claim.text), self._noted(claim)), i)
        for about, sides in disputes.items():
            shown = []
            for i, claim in sides:
                said = (*self.prose(claim.text), *self._in_brackets(claim), self._noted(claim))
                shown.append(((Span(str(claim.value)),), said, i))
            yield Differ(about, tuple(shown))
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


def _disputes(claims: tuple[Claim, ...]) -> Disputes:
    """The disagreements of an event, what is given as a fact first."""
    disputes: Disputes = {}
    for i, about in disputed_of(claims).items():
        disputes.setdefault(about, []).append((i, claims[i]))
    for sides in disputes.values():
        sides.sort(key=lambda side: side[1].kind != "fact")
    return disputes


def _publisher(source: Source) -> str:
    """The publisher of a source in brief, without by way of whom; of an article it says that."""
    name = source.publisher or source.title
    if source.publisher:
        name = name.partition(" (")[0].partition(", ")[0]
    return f"the article of {name}" if source.type == "article" else name


def _without_remark(date: dates.Date) -> str:
    """A date in words, without what is not recorded or uncertain of it."""
    return dates.show(date).partition(" (")[0]
