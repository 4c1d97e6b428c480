"""A record on its own: vocabulary, steps, claims, citations, addresses."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from tui.dossier import safe_text, vocabulary
from tui.dossier.check.problem import Problem, nearest, quoted
from tui.dossier.dates import Date, parse
from tui.dossier.records import Actor, Claim, Event, Overview, Source, Step

_YEAR_AT_END = re.compile(r"(?:\A|-)\d{4}\Z")
# The shape of an SPDX expression, such as "(MIT OR CC-BY-4.0)"; the list of ids is not looked at.
_LICENCE_ID = r"\(*[A-Za-z0-9.:-]+\+?\)*"
_LICENCE = re.compile(rf"{_LICENCE_ID}(?: (?:AND|OR|WITH) {_LICENCE_ID})*")
# Steps that come before all others; a treaty may apply before it is ratified.
_FIRST_STEPS = ("announced", "initialled", "signed")


def of_the_overview(overview: Overview) -> Iterator[Problem]:
    """A licence that cannot be one of SPDX."""
    if not _LICENCE.fullmatch(overview.licence):
        what = f"{quoted(overview.licence)} is no SPDX id" if overview.licence else "empty"
        mend = "write one such as CC-BY-4.0, or NOASSERTION where it is not known"
        yield Problem("meta", "licence", what, mend, is_note=True)


def of_an_actor(actor: Actor) -> Iterator[Problem]:
    """The type of an actor."""
    yield from _word(actor.id, "type", actor.type, vocabulary.ACTOR_TYPES)


def of_a_source(source: Source) -> Iterator[Problem]:
    """The type of a source, and an address that may be opened."""
    yield from _word(source.id, "type", source.type, vocabulary.SOURCE_TYPES)
    if source.url is not None and not safe_text.safe_url(source.url):
        what = f"{quoted(source.url)} is no address of the web"
        yield Problem(source.id, "url", what, "write it whole, from https:// or http://")


def of_an_event(
    event: Event, as_of: Date, countries: Mapping[str, str | None], *, lone: bool
) -> Iterator[Problem]:
    """All that an event says of itself; `countries` gives where each source was published.

    `lone` says that the dossier has only one source, which is no fault of this event.
    """
    id_ = event.id
    yield from _word(id_, "type", event.type, vocabulary.EVENT_TYPES)
    if not _YEAR_AT_END.search(id_):
        year = parse(event.date).text[:4]
        mend = f"rename it to {id_[:75]}-{year if year.isdigit() else 'YYYY'}"
        yield Problem(id_, "id", "no year at its end", mend, is_note=True)
    if event.instrument is not None:
        yield from _word(id_, "instrument", event.instrument, vocabulary.INSTRUMENTS)
    if event.type == "agreement":
        if event.instrument is None:
            mend = f"add one of {', '.join(vocabulary.INSTRUMENTS)}"
            yield Problem(id_, "instrument", "an agreement without an instrument", mend)
        if not event.steps:
            mend = "add what was done, when and who says so"
            yield Problem(id_, "steps", "an agreement without a step", mend)
    elif event.type in vocabulary.EVENT_TYPES:
        for field in ("instrument", "steps"):
            if getattr(event, field):
                mend = "take it out, or make the event an agreement"
                yield Problem(id_, field, f"only an agreement has {field}", mend)
    yield from _steps(event, as_of)
    for n, claim in enumerate(event.claims):
        yield from _claim(id_, f"claims[{n}]", claim)
    for n, relation in enumerate(event.related):
        if relation.event == id_:
            yield Problem(id_, f"related[{n}].event", "related to itself", "take it out")
    if not lone:
        yield from _sources(event, countries)


def _word(id_: str, field: str, word: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    if word not in allowed:
        near = nearest(word.lower(), allowed)
        mend = f"write {near}" if near else f"write one of {', '.join(allowed)}"
        yield Problem(id_, field, f"{quoted(word)} is not in the vocabulary", mend)


def _steps(event: Event, as_of: Date) -> Iterator[Problem]:
    before: Step | None = None
    for n, step in enumerate(event.steps):
        field = f"steps[{n}]"
        yield from _word(event.id, f"{field}.action", step.action, vocabulary.ACTIONS)
        date = parse(step.date)
        if before is not None and date.hi < parse(before.date).lo:
            what = f"{step.date} comes before {before.date}, the date of the step above"
            yield Problem(
                event.id, f"{field}.date", what, "put the steps in the order of their dates"
            )
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
            mend = "add the section, paragraph or page"
            yield Problem(
                id_, f"{field}.cites[{n}].at", "where in the source is not said", mend, is_note=True
            )


def _sources(event: Event, countries: Mapping[str, str | None]) -> Iterator[Problem]:
    cited = {cite.source for claim in event.claims for cite in claim.cites}
    cited |= {cite.source for step in event.steps for cite in step.cites}
    published = {countries.get(source) for source in cited}
    if len(cited) == 1:
        what = f"rests on a single source, {next(iter(cited))}"
        yield Problem(event.id, "claims", what, "add one that says so too", is_note=True)
    elif len(published) == 1 and (country := published.pop()):
        what = f"rests on sources published in one country, {country}"
        yield Problem(event.id, "claims", what, "add one published elsewhere", is_note=True)


def cited_to(event: Event, sources: Set[str]) -> bool:
    """Whether all that an event says is cited to these sources."""
    cited = {cite.source for claim in event.claims for cite in claim.cites}
    cited |= {cite.source for step in event.steps for cite in step.cites}
    return bool(cited) and cited <= sources
