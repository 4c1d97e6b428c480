"""Evidence: how many sources and which sides an event rests on, and what is no disagreement."""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

from tui.dossier.check.problem import Problem, quoted
from tui.dossier.check.time_rules import named_dates
from tui.dossier.dates import Date, DateError, parse
from tui.dossier.records import Event, Source, disputed_of, sources_of

#: The country of each source or actor by its id; None where it is not known.
Countries = Mapping[str, str | None]

_ABOUT = re.compile(
    r"^(?:about|around|some|approximately|roughly|circa|ca\.?|~|≈) ?", re.IGNORECASE
)
# So many values differ in more than precision; each would be compared with all others.
_MANY = 10
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# "(title described)", "[our title]", "(title from the address)", "(shortened title)".
_DESCRIBED = re.compile(
    r"[(\[][^()\[\]]*\b(?:title (?:described|shortened|from)|(?:our|described|shortened) title)\b"
    r"[^()\[\]]*[)\]]|[(\[](?:described|shortened)[)\]]",
    re.IGNORECASE,
)


def source_title_problems(source: Source) -> Iterator[Problem]:
    """A title that says of itself that it is not the printed one."""
    if found := _DESCRIBED.search(source.title):
        mend = "write described: true instead, and take these words out of the title"
        yield Problem(source.id, "title", f"{quoted(found[0])} is no part of a title", mend)


def source_problems(event: Event, countries: Countries) -> Iterator[Problem]:
    """Notes for an event that rests on a single source, or on sources of one country."""
    cited = sources_of(event)
    published = {countries.get(source) for source in cited}
    if len(cited) == 1:
        what = f"rests on a single source, {cited[0]}"
        yield Problem(event.id, "claims", what, "add one that says so too", is_note=True)
    elif len(published) == 1 and (country := published.pop()):
        what = f"rests on sources published in one country, {country}"
        yield Problem(event.id, "claims", what, "add one published elsewhere", is_note=True)


def side_problems(event: Event, published: Countries, homes: Countries) -> Iterator[Problem]:
    """Notes for facts of a conflict that only one side's sources tell.

    The sides are the countries of the participants in the role of a party, or of all if none is.
    """
    if event.type != "conflict":
        return
    parties = [one for one in event.participants if one.role == "party"] or event.participants
    sides = {homes.get(participant.actor) for participant in parties} - {None}
    for n, claim in enumerate(event.claims):
        told = {published.get(cite.source) for cite in claim.cites}
        if claim.kind == "fact" and len(told) == 1 and told <= sides:
            what = f"a fact of a conflict that rests on one side, {told.pop()}"
            mend = "cite another side as well, or make it a statement of whoever says so"
            yield Problem(event.id, f"claims[{n}].cites", what, mend, is_note=True)


def disagreement_problems(event: Event) -> Iterator[Problem]:
    """Notes for disagreements that are none: one value is only less precise than the other."""
    if sum(claim.about is not None for claim in event.claims) < 2:
        return
    abouts: dict[str, dict[str, int]] = {}
    for n, about in disputed_of(event.claims).items():
        abouts.setdefault(about, {})[str(event.claims[n].value)] = n
    for about, values in abouts.items():
        if len(values) < _MANY and all(_is_one(*pair) for pair in combinations(values, 2)):
            what = f"no disagreement: the values of {quoted(about)} differ only in precision"
            mend = "take about and value out of the less precise claim"
            yield Problem(
                event.id, f"claims[{max(values.values())}].value", what, mend, is_note=True
            )


def _is_one(one: str, other: str) -> bool:
    """Whether two values may be the same, written more and less precisely."""
    first, second = _date(one), _date(other)
    if first and second:
        within, around = sorted((first, second), key=lambda date: date.hi - date.lo)
        is_point = within.text.count("/") == 0
        return is_point and around.lo <= within.lo and within.hi <= around.hi
    one, other = (_ABOUT.sub("", value).casefold() for value in (one, other))
    if _NUMBER.sub("#", one) != _NUMBER.sub("#", other):
        return False
    numbers = zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=True)
    return all(_rounds(*pair) for pair in numbers)


def _date(value: str) -> Date | None:
    """The date that a value is, in EDTF or in English; None for anything else."""
    try:
        return parse(value)
    except DateError:
        return next((date for found, date in named_dates(value) if found[0] == value), None)


def _rounds(*numbers: str) -> bool:
    """Whether two numbers are one when both have the decimals of the shorter, such as 4.5, 4.48."""
    plain = [number.replace(",", "") for number in numbers]
    decimals = min(len(number.partition(".")[2]) for number in plain)
    if not decimals:
        return float(plain[0]) == float(plain[1])
    return len({round(float(number), decimals) for number in plain}) == 1
