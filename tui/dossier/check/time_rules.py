"""Time: what is told before its sources can know of it, and offices that two hold at once."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date as calendar
from operator import attrgetter
from typing import NamedTuple

from tui.dossier.check.problem import Problem, quoted
from tui.dossier.dates import FIRST, LAST, MONTHS, Date, DateError, parse
from tui.dossier.folding import fold
from tui.dossier.prose_links import plain
from tui.dossier.records import Actor, Event, names_of, sources_of

# The longest that a dossier may stand at after its newest source, in days.
_A_MONTH = 31
#: The day on which each source came out, by its id.
Published = Mapping[str, Date]
_LAST_DAY = attrgetter("hi")

# "7 October 2025", "6–7 October", "from 12 to 20 September 2021", "October 2025".
_DAYS = re.compile(
    rf"(?:\b(\d\d?)(?: ?(?:[-–]|to|and) ?(\d\d?))? )?({'|'.join(MONTHS)})\b(?:,? (\d{{4}}))?"
)
_YEAR = re.compile(r"\b[12]\d{3}\b")
# Words of a text that knows it tells what is still to come, or what came before.
_AHEAD = re.compile(
    r"\b(?:will|would|shall|due|(?:was|were|is|are) to|set for|next|expect\w*|plan\w*|announc\w*"
    r"|schedul\w*|intend\w*|propos\w*|invit\w*|promis\w*|aim\w*|foresee\w*|foresaw|gives?|gave"
    r"|mention\w*|could|might|had|been|do(?:es)? not|none of)\b",
    re.IGNORECASE,
)
# What stands before a day that is only looked forward to: "until March", "by the end of May".
_LIMIT = re.compile(r"\b(?:until|by|for|from|before)(?: the)?(?: early| late| end of| start of)? $")
# Offices that several hold at once.
_SHARED = re.compile(
    r"\b(?:deputy|vice|co|member|advis[eo]r|assistant|envoy|representative|judge|former)\b"
    r"|^(?:minister|ambassador|senator|diplomat|general)$"
)


def as_of_problems(as_of: Date, published: Published, *, is_data: bool) -> Iterator[Problem]:
    """A dossier that claims to stand at a day of which no source can tell.

    `is_data` says that its sources are all datasets, which may grow: that is a note only.
    """
    # Of a source of "2026" and one of 8 June 2026 it is the second that says how far they reach.
    newest = max(published.values(), key=lambda day: (day.lo, day.hi), default=None)
    if newest is not None and as_of.lo < LAST and _days_between(newest, as_of) > _A_MONTH:
        what = f"{as_of} is more than a month after {newest}, the date of the newest source"
        mend = "write the day up to which sources were read, or add the newer ones"
        yield Problem("meta", "as_of", what, mend, is_note=is_data)


def event_problems(
    event: Event, as_of: Date, published: Published, *, is_data: bool, is_english: bool
) -> Iterator[Problem]:
    """An event, and claims of it, that none of their sources can have seen.

    `is_data` says that the event rests on datasets alone, whose day may be known loosely: that is
    a note only, as is an uncertain date. Claims are looked at where the dossier `is_english`.
    """
    date = parse(event.date)
    newest = _newest(sources_of(event), published)
    if newest is not None and _is_older(newest, date) and (is_data or _has_begun(date, as_of)):
        if is_data:
            what = f"{date} is after the date of its newest source, {newest}"
            mend = "look at its century and year, and at the date of the source"
        else:
            what = f"begun by {as_of} (meta.as_of), but its newest source is of {newest}"
            mend = "cite one that saw it happen, or bring meta.as_of back"
        is_note = is_data or "?" in event.date or "%" in event.date
        yield Problem(event.id, "date", what, mend, is_note=is_note)
    elif is_english:
        yield from _claims(event, date, as_of, published)


def _claims(event: Event, date: Date, as_of: Date, published: Published) -> Iterator[Problem]:
    """Notes for the facts that tell a future of their sources as done."""
    for n, claim in enumerate(event.claims):
        if claim.kind != "fact":
            continue
        newest = _newest([cite.source for cite in claim.cites], published)
        if newest is None:
            continue
        text, later = claim.text, None
        if any(month in text for month in MONTHS):
            later = _later_day(text, date, newest)
        elif _is_older(newest, date) and _has_begun(date, as_of) and not _YEAR.search(text):
            later = "the event"
        if later is None or _AHEAD.search(plain(text, str)):
            continue
        what = f"tells of {later} as done, but its newest source is of {newest}"
        mend = "cite one from afterwards, or say that it was planned, or that it had been before"
        yield Problem(event.id, f"claims[{n}].text", what, mend, is_note=True)


def _later_day(text: str, date: Date, newest: Date) -> str | None:
    """The first day or month that a text tells of and that comes after `newest`.

    A day without a year is of that of `date`, if the month is the same.
    """
    for found, named in named_dates(text, date):
        is_span = "/" in named.text
        before = text[max(0, found.start() - 30) : found.start()]
        if (named.hi if is_span else named.lo) > newest.hi and (
            is_span or not _LIMIT.search(before)
        ):
            return found[0]
    return None


def named_dates(text: str, near: Date | None = None) -> Iterator[tuple[re.Match[str], Date]]:
    """The dates that an English text names, each with where it stands.

    A day without a year is passed over, unless its month is that of `near`.
    """
    for found in _DAYS.finditer(text):
        first, last, name, year = found.groups()
        month = MONTHS.index(name) + 1
        if year is None and first and near is not None and near.at // 100 % 100 == month:
            year = f"{near.at // 10000:04}"
        if year is not None:
            days = (f"{year}-{month:02}" + (f"-{day:>02}" if day else "") for day in (first, last))
            try:
                yield found, parse("/".join(days) if last else next(days))
            except DateError:
                continue


def office_problems(actors: Iterable[Actor]) -> Iterator[Problem]:
    """Notes for offices that two hold at once, or that lack the dates to tell them apart."""
    actors = list(actors)
    names = {fold(name) for one in actors if one.type != "person" for name in names_of(one)}
    offices: dict[tuple[str, str], list[_Term]] = {}
    for actor in actors:
        for n, role in enumerate(actor.roles):
            title = fold(role.title)
            words = title.split()
            # "President of Poland" says whose; a bare "President" is one in each country.
            is_whole = any(" ".join(words[at:]) in names for at in range(1, len(words)))
            if (is_whole or actor.country) and not _SHARED.search(title):
                office = title, "" if is_whole else actor.country or ""
                term = _Term(*_held(role.date), actor.id, f"roles[{n}]", role.title)
                offices.setdefault(office, []).append(term)
    for terms in offices.values():
        yield from _at_once(sorted(terms)) if len(terms) > 1 else ()


class _Term(NamedTuple):
    """A time in an office: the days on which it was certainly held, whose it was and the field."""

    start: int
    end: int
    actor: str
    field: str
    title: str


def _at_once(terms: list[_Term]) -> Iterator[Problem]:
    before = terms[0]
    for term in terms[1:]:
        if term.actor != before.actor and term.start < min(term.end, before.end):
            what = f"{quoted(term.title)} is held by {before.actor} at the same time"
            mend = "give both of them the days they held it, such as 2020/2024 and 2024/.."
            yield Problem(term.actor, term.field, what, mend, is_note=True)
        before = max(before, term, key=lambda one: one.end)


def _held(date: str | None) -> tuple[int, int]:
    """The first and the last day on which an office was certainly held; always without a date."""
    if date is None:
        return FIRST, LAST
    first, slash, last = date.partition("/")
    last = last if slash else first
    start = parse(first).hi if first not in ("", "..") else FIRST
    end = parse(last).lo if last not in ("", "..") else LAST
    # An end that was not recorded says nothing of how long; one that is open does.
    return (start if first else end), (end if last else start)


def _newest(sources: Sequence[str], published: Published) -> Date | None:
    """The day of the newest of these sources; None if there are none, or one is not known."""
    days = [published[source] for source in sources if source in published]
    return max(days, key=_LAST_DAY) if days and len(days) == len(sources) else None


def _days_between(day: Date, later: Date) -> int:
    """How many days the whole of `later` comes after the whole of `day`; 0 if it does not."""
    if day.hi >= later.lo:
        return 0
    first, last = (calendar(n // 10000, n // 100 % 100, n % 100) for n in (day.hi, later.lo))
    return (last - first).days


def _is_older(day: Date, date: Date) -> bool:
    """Whether a source of `day` came out before a date; a day is another one elsewhere."""
    return _days_between(day, date) > 1


def _has_begun(date: Date, as_of: Date) -> bool:
    """Whether a date with a start had certainly begun on the day that the dossier stands at."""
    return date.lo > FIRST and parse(date.text.partition("/")[0]).hi <= as_of.lo < LAST
