"""Records: their vocabulary, steps, claims and citations, and what they say of each other."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from tui.dossier import vocabulary
from tui.dossier.check.problem import Problem, likely, quoted
from tui.dossier.dates import Date, parse
from tui.dossier.folding import fold
from tui.dossier.records import (
    Actor,
    Claim,
    Event,
    Overview,
    Record,
    Source,
    Step,
    names_of,
    references_of,
    sources_of,
)
from tui.dossier.safe_text import safe_url

_YEAR_AT_END = re.compile(r"(?:\A|-)\d{4}(?:-\d\d){0,2}\Z")
# The shape of an SPDX expression, such as "(MIT OR CC-BY-4.0)"; the list of ids is not looked at.
_LICENCE_ID = r"\(*[A-Za-z0-9.:-]+\+?\)*"
_LICENCE = re.compile(rf"{_LICENCE_ID}(?: (?:AND|OR|WITH) {_LICENCE_ID})*")
# Steps that come before all others; a treaty may apply before it is ratified.
_FIRST_STEPS = ("announced", "initialled", "signed")
#: What a record of each table is called, with its article.
_CALLED = {
    "regions": "a region",
    "actors": "an actor",
    "places": "a place",
    "sources": "a source",
    "events": "an event",
}
#: Looking through every id for a likely one takes a while: the first problems are enough.
_SUGGESTIONS = 40
_SHOWN_OF_A_LOOP = 8


# -- a record on its own


def meta_problems(overview: Overview) -> Iterator[Problem]:
    """A licence that cannot be one of SPDX."""
    if not _LICENCE.fullmatch(overview.licence):
        what = f"{quoted(overview.licence)} is no SPDX id" if overview.licence else "empty"
        mend = "write one such as CC-BY-4.0, or NOASSERTION where it is not known"
        yield Problem("meta", "licence", what, mend, is_note=True)


def actor_problems(actor: Actor) -> Iterator[Problem]:
    """The type of an actor."""
    yield from _word(actor.id, "type", actor.type, vocabulary.ACTOR_TYPES)


def source_problems(source: Source) -> Iterator[Problem]:
    """The type of a source, how much of it was read, and an address that may not be opened."""
    yield from _word(source.id, "type", source.type, vocabulary.SOURCE_TYPES)
    if source.read is not None:
        yield from _word(source.id, "read", source.read, vocabulary.EXTENTS)
    if source.url is not None and not safe_url(source.url):
        what = f"{quoted(source.url)} is no address of the web"
        yield Problem(source.id, "url", what, "write it whole, from https:// or http://")


def event_problems(event: Event, as_of: Date) -> Iterator[Problem]:
    """All that an event says of itself; `as_of` is the day that the dossier stands at."""
    id_ = event.id
    yield from _word(id_, "type", event.type, vocabulary.EVENT_TYPES)
    if not _YEAR_AT_END.search(id_):
        year = parse(event.date).text[:4]
        mend = f"rename it to {id_[:75]}-{year if year.isdigit() else 'YYYY'}"
        yield Problem(id_, "id", "no year at its end", mend, is_note=True)
    yield from _agreement(event)
    yield from _steps(event, as_of)
    for n, claim in enumerate(event.claims):
        yield from _claim(id_, f"claims[{n}]", claim)
    for n, relation in enumerate(event.related):
        if relation.event == id_:
            yield Problem(id_, f"related[{n}].event", "related to itself", "take it out")


def _word(id_: str, field: str, word: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    if word not in allowed:
        near = likely(word.lower(), allowed)
        mend = f"write {near}" if near else f"write one of {', '.join(allowed)}"
        yield Problem(id_, field, f"{quoted(word)} is not in the vocabulary", mend)


def _agreement(event: Event) -> Iterator[Problem]:
    """An agreement needs an instrument and steps; nothing else has any."""
    if event.instrument is not None:
        yield from _word(event.id, "instrument", event.instrument, vocabulary.INSTRUMENTS)
    if event.type == "agreement":
        if event.instrument is None:
            mend = f"add one of {', '.join(vocabulary.INSTRUMENTS)}"
            yield Problem(event.id, "instrument", "an agreement without an instrument", mend)
        if not event.steps:
            mend = "add what was done, when and who says so"
            yield Problem(event.id, "steps", "an agreement without a step", mend)
    elif event.type in vocabulary.EVENT_TYPES:
        for field in ("instrument", "steps"):
            if getattr(event, field):
                mend = "take it out, or make the event an agreement"
                yield Problem(event.id, field, f"only an agreement has {field}", mend)


def _steps(event: Event, as_of: Date) -> Iterator[Problem]:
    before: Step | None = None
    for n, step in enumerate(event.steps):
        field = f"steps[{n}]"
        yield from _word(event.id, f"{field}.action", step.action, vocabulary.ACTIONS)
        date = parse(step.date)
        if before is not None and date.hi < parse(before.date).lo:
            what = f"{step.date} comes before {before.date}, the date of the step above"
            mend = "put the steps in the order of their dates"
            yield Problem(event.id, f"{field}.date", what, mend)
        elif step.action in _FIRST_STEPS and (late := _later(event.steps[:n], step.action)):
            what = f"{step.action} stands after {late}"
            mend = "look at the dates, and put the steps in the order they were taken"
            yield Problem(event.id, f"{field}.action", what, mend, is_note=True)
        before = step
        if date.lo > as_of.hi and step.action != "announced":
            what = f"{step.date} is after {as_of}, the day the dossier stands at (meta.as_of)"
            mend = "list what has happened only, or bring meta.as_of up to date"
            yield Problem(event.id, f"{field}.date", what, mend)
        yield from _cited(event.id, field, "step", step)


def _later(steps: Iterable[Step], action: str) -> str | None:
    """The first of some steps that should come after `action`."""
    after = vocabulary.ACTIONS[vocabulary.ACTIONS.index(action) + 1 :]
    return next((step.action for step in steps if step.action in after), None)


def _claim(id_: str, field: str, claim: Claim) -> Iterator[Problem]:
    yield from _word(id_, f"{field}.kind", claim.kind, vocabulary.CLAIM_KINDS)
    if not claim.text.strip():
        yield Problem(id_, f"{field}.text", "empty", "write it, or take the claim out")
    if claim.kind in ("statement", "assessment") and claim.by is None:
        what = f"{'an' if claim.kind[0] == 'a' else 'a'} {claim.kind} that nobody makes"
        yield Problem(id_, f"{field}.by", what, "name the actor or source that says it")
    if claim.kind == "fact" and claim.by is not None:
        mend = "take by out, or make it a statement or an assessment"
        yield Problem(id_, f"{field}.by", "a fact is nobody's view", mend, is_note=True)
    if claim.about is not None and claim.value is None:
        what = "about without a value: nothing can be compared"
        yield Problem(id_, f"{field}.value", what, "add the value that its source gives")
    if claim.about is None and claim.value is not None:
        what = "a value without about: nobody sees it"
        yield Problem(id_, f"{field}.about", what, "say what it is a value of", is_note=True)
    yield from _cited(id_, field, "claim", claim)


def _cited(id_: str, field: str, called: str, item: Claim | Step) -> Iterator[Problem]:
    if not item.cites:
        what = f"a {called} without a source"
        yield Problem(id_, f"{field}.cites", what, "cite where it was read")
    for n, cite in enumerate(item.cites):
        if not cite.at.strip():
            what, mend = "where in the source is not said", "add the section, paragraph or page"
            yield Problem(id_, f"{field}.cites[{n}].at", what, mend, is_note=True)


# -- records and each other


class References:
    """Looks up ids, and remembers which were referred to. `known` maps each id to its table."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._left = _SUGGESTIONS
        self.used: set[str] = set()

    def problems(self, where: str, record: Record | Overview) -> Iterator[Problem]:
        """The references of a record that lead nowhere, or to the wrong kind of record."""
        for field, id_, tables in references_of(record):
            if id_ != where:
                self.used.add(id_)
            table = self._known.get(id_)
            if table in tables:
                continue
            wanted = " or ".join(_CALLED[name] for name in tables)
            if table is not None:
                what = f"{quoted(id_)} is {_CALLED[table]}, not {wanted}"
                yield Problem(where, field, what, f"name {wanted}")
                continue
            kind = wanted if len(tables) < len(_CALLED) else "a record"
            what = f"{quoted(id_)} is the id of no record"
            yield Problem(where, field, what, self._mend(id_, tables, kind))

    def unused(self, record: Record, table: str) -> Iterator[Problem]:
        """A note where nothing refers to an actor, a place or a source."""
        if record.id not in self.used and table in ("actors", "places", "sources"):
            mend = "link or cite it where it belongs, or take it out"
            yield Problem(record.id, "id", "nothing refers to it", mend, is_note=True)

    def _mend(self, id_: str, tables: Iterable[str], kind: str) -> str:
        if self._left:
            self._left -= 1
            ids = (known for known, table in self._known.items() if table in tables)
            if near := likely(id_, ids):
                return f"write {near}, or add {kind} with this id"
        return f"add {kind} with this id, or take it out"


def loop_problems(events: Mapping[str, Event]) -> Iterator[Problem]:
    """Events that are part of themselves: each loop once, at its first event."""
    walked: dict[str, str] = {}
    for start in events:
        path: list[str] = []
        at: str | None = start
        while at is not None and at in events and at not in walked:
            walked[at] = start
            path.append(at)
            at = events[at].part_of
        if at is not None and walked.get(at) == start:
            loop = path[path.index(at) :]
            shown = [*loop[:_SHOWN_OF_A_LOOP], *(["…"] if len(loop) > _SHOWN_OF_A_LOOP else []), at]
            what = f"part of itself: {' → '.join(shown)}"
            yield Problem(at, "part_of", what, "take part_of out of one of them")


def region_problems(events: Mapping[str, Event]) -> Iterator[Problem]:
    """A note for an event that is in no region, nor is what it is part of."""
    placed: dict[str, bool] = {}
    for event in events.values():
        path: list[str] = []
        at: Event | None = event
        answer = False
        while at is not None and at.id not in placed:
            placed[at.id] = False  # until known, so that a loop ends
            path.append(at.id)
            if at.regions:
                answer = True
                break
            at = events.get(at.part_of) if at.part_of else None
        else:
            # A whole that is missing or refused is a problem of its own.
            answer = placed[at.id] if at else events[path[-1]].part_of is not None
        placed.update(dict.fromkeys(path, answer))
        if not answer:
            what = "in no region, so no region lists it"
            yield Problem(event.id, "regions", what, "name one", is_note=True)


def duplicate_problems(records: Iterable[Record], datasets: Set[str]) -> Iterator[Problem]:
    """The same title and date twice; a note for one name of two regions, actors or places.

    Rows of one of the `datasets` may well be alike: that is a note, too.
    """
    seen: dict[str, str] = {}
    for record in records:
        if isinstance(record, Event):
            first = seen.setdefault(f"{fold(record.title)}\n{record.date}", record.id)
            if first != record.id:
                what = f"the same title and date as {first}"
                mend = "make them one event, or tell them apart"
                is_note = rests_on(record, datasets)
                yield Problem(record.id, "title", what, mend, is_note=is_note)
        elif not isinstance(record, Source):
            for n, name in enumerate(names_of(record)):
                folded = fold(name)
                first = seen.setdefault(folded, record.id) if folded else record.id
                if first != record.id:
                    field = f"aliases[{n - 1}]" if n else "name"
                    what = f"{quoted(name)} is a name of {first} too"
                    mend = "make them one record, or tell the names apart"
                    yield Problem(record.id, field, what, mend, is_note=True)


def rests_on(event: Event, sources: Set[str]) -> bool:
    """Whether all that an event says is cited to these sources."""
    cited = sources_of(event)
    return bool(cited) and sources >= set(cited)
