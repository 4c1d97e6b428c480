"""The records of a dossier, format 1, as frozen structs, and what each is called, cites and names.

Shapes follow the format: what is optional there has a default here. Unknown fields are passed
over when decoding (the record's own JSON keeps them). Vocabulary is open on purpose: an unknown
``type`` is shown as it stands, and ``check`` says so.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from tui.dossier.prose_links import link_ids

FORMAT = 1

Id = Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,80}\Z", description="lower-case id, unique")]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z", description="ISO 3166-1 alpha-2")]
Edtf = Annotated[str, Meta(min_length=1, max_length=40, description="EDTF date, ISO 8601-2")]
Name = Annotated[str, Meta(min_length=1, max_length=1000)]
Scalar = str | int | float | bool


class Overview(Struct, frozen=True):
    """The one document of the table ``meta``: what the dossier is about."""

    format: int
    title: Name
    subject: Country
    summary: str
    as_of: Edtf
    language: str
    licence: str


class Region(Struct, frozen=True):
    """A partner region, the top of the drill-down."""

    id: Id
    name: Name
    aliases: tuple[str, ...] = ()
    countries: tuple[Country, ...] = ()
    summary: str = ""


class Role(Struct, frozen=True):
    """An office an actor holds or held; ``date`` is when."""

    title: Name
    date: Edtf | None = None


class Actor(Struct, frozen=True):
    """A person, state, organisation or company that takes part."""

    id: Id
    name: Name
    type: str
    aliases: tuple[str, ...] = ()
    country: Country | None = None
    roles: tuple[Role, ...] = ()
    summary: str = ""


class Place(Struct, frozen=True):
    """A place; ``lat`` and ``lon`` are WGS 84, in decimal degrees."""

    id: Id
    name: Name
    country: Country
    lat: Annotated[float, Meta(ge=-90, le=90)]
    lon: Annotated[float, Meta(ge=-180, le=180)]
    aliases: tuple[str, ...] = ()


class Source(Struct, frozen=True):
    """A document that claims are cited to; ``country`` is its publisher's.

    ``described`` says that the title is the dossier's own, as the document's is not known;
    ``read``, whether the whole document was read or an excerpt.
    """

    id: Id
    title: Name
    date: Edtf
    language: str
    type: str
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    accessed: Edtf | None = None
    country: Country | None = None
    note: str | None = None
    described: bool = False
    read: str | None = None


class Cite(Struct, frozen=True):
    """Where a claim is found: a source's id and a locator in it."""

    source: Id
    at: str = ""


class Claim(Struct, frozen=True):
    """A sentence or short paragraph about an event; ``by`` says whose, unless a fact."""

    kind: str
    text: str
    by: Id | None = None
    about: str | None = None
    value: Scalar | None = None
    cites: tuple[Cite, ...] = ()


class Participant(Struct, frozen=True):
    """An actor's part in an event."""

    actor: Id
    role: str = ""


class Relation(Struct, frozen=True, rename={"kind": "as"}):
    """Another event this one relates to; the field ``as`` says how (follows, implements…)."""

    event: Id
    kind: str = ""


class Step(Struct, frozen=True):
    """One step in an agreement's life: what was done, when, and who says so."""

    action: str
    date: Edtf
    cites: tuple[Cite, ...] = ()


class Event(Struct, frozen=True):
    """Anything dated. An agreement is an event with an ``instrument`` and ``steps``."""

    id: Id
    type: str
    title: Name
    date: Edtf
    aliases: tuple[str, ...] = ()
    regions: tuple[Id, ...] = ()
    place: Id | None = None
    participants: tuple[Participant, ...] = ()
    part_of: Id | None = None
    related: tuple[Relation, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str = ""
    instrument: str | None = None
    steps: tuple[Step, ...] = ()
    facts: dict[str, Scalar] = {}
    claims: tuple[Claim, ...] = ()


Record = Region | Actor | Place | Source | Event

#: The tables of a dossier beside ``meta``, in the order they are written, and what is in them.
TABLES: dict[str, type[Record]] = {
    "regions": Region,
    "actors": Actor,
    "places": Place,
    "sources": Source,
    "events": Event,
}


class Reference(NamedTuple):
    """An id that a record names: the path of the field, and the tables it may be found in."""

    field: str
    id: str
    tables: tuple[str, ...]


def title_of(record: Record) -> str:
    """The name or title of a record."""
    return record.title if isinstance(record, (Event, Source)) else record.name


def names_of(record: Record) -> tuple[str, ...]:
    """All that a record is called: its name or title, then its aliases."""
    return (record.title,) if isinstance(record, Source) else (title_of(record), *record.aliases)


def cites_of(event: Event) -> Iterator[Cite]:
    """The citations of an event: those of its claims, then those of its steps."""
    for claim in event.claims:
        yield from claim.cites
    for step in event.steps:
        yield from step.cites


def sources_of(event: Event) -> list[str]:
    """The ids of the sources that an event is cited to, each once, in the order of `cites_of`."""
    return list(dict.fromkeys(cite.source for cite in cites_of(event)))


def disputed_of(claims: Sequence[Claim]) -> dict[int, str]:
    """The claims that disagree (the same `about`, different values): position to `about`."""
    values: dict[str, set[str]] = {}
    for claim in claims:
        if claim.about and claim.value is not None:
            values.setdefault(claim.about, set()).add(str(claim.value))
    return {
        i: claim.about
        for i, claim in enumerate(claims)
        if claim.about and claim.value is not None and len(values[claim.about]) > 1
    }


def prose_of(record: Record) -> Iterator[tuple[str, str]]:
    """The texts of a record in which links may stand, each with the path of its field."""
    if isinstance(record, Region | Actor | Event) and record.summary:
        yield "summary", record.summary
    if isinstance(record, Event):
        for n, claim in enumerate(record.claims):
            yield f"claims[{n}].text", claim.text


def mentions_of(record: Record) -> dict[str, str]:
    """The records one leads to, and how: by relation, as the voice of a claim, or in prose."""
    found: dict[str, str] = {}
    if isinstance(record, Event):
        found = {relation.event: relation.kind or "related" for relation in record.related}
        for claim in record.claims:
            if claim.by:
                found.setdefault(claim.by, "voice")
    for _, prose in prose_of(record):
        for id_ in link_ids(prose):
            found.setdefault(id_, "mention")
    return found


def dates_of(record: Record) -> Iterator[tuple[str, str]]:
    """The EDTF dates of a record, each with the path of its field."""
    if isinstance(record, Event | Source):
        yield "date", record.date
    if isinstance(record, Source) and record.accessed is not None:
        yield "accessed", record.accessed
    if isinstance(record, Event):
        for n, step in enumerate(record.steps):
            yield f"steps[{n}].date", step.date
    if isinstance(record, Actor):
        for n, role in enumerate(record.roles):
            if role.date is not None:
                yield f"roles[{n}].date", role.date


def references_of(record: Record | Overview) -> Iterator[Reference]:
    """All that a record names by id, in fields or in prose; not every id need have a record."""
    if isinstance(record, Place | Source):
        return
    yield from _linked("summary", record.summary)
    if not isinstance(record, Event):
        return
    for n, id_ in enumerate(record.regions):
        yield Reference(f"regions[{n}]", id_, ("regions",))
    if record.place is not None:
        yield Reference("place", record.place, ("places",))
    for n, participant in enumerate(record.participants):
        yield Reference(f"participants[{n}].actor", participant.actor, ("actors",))
    if record.part_of is not None:
        yield Reference("part_of", record.part_of, ("events",))
    for n, relation in enumerate(record.related):
        yield Reference(f"related[{n}].event", relation.event, ("events",))
    for n, step in enumerate(record.steps):
        yield from _cited(f"steps[{n}]", step)
    for n, claim in enumerate(record.claims):
        yield from _linked(f"claims[{n}].text", claim.text)
        if claim.by is not None:
            yield Reference(f"claims[{n}].by", claim.by, ("actors", "sources"))
        yield from _cited(f"claims[{n}]", claim)


def _linked(field: str, prose: str) -> Iterator[Reference]:
    return (Reference(field, id_, tuple(TABLES)) for id_ in link_ids(prose))


def _cited(field: str, item: Claim | Step) -> Iterator[Reference]:
    for n, cite in enumerate(item.cites):
        yield Reference(f"{field}.cites[{n}].source", cite.source, ("sources",))


def makers_of(record: Record) -> str:
    """More words to find a record by: the offices of an actor, the makers of a source."""
    if isinstance(record, Actor):
        return " ".join(role.title for role in record.roles)
    if isinstance(record, Source):
        return f"{record.publisher or ''} {record.author or ''}"
    return ""
