"""Records and each other: references, loops, duplicates, and records nobody refers to."""

from collections.abc import Iterable, Iterator, Mapping, Set

from tui.dossier import folding, prose_links
from tui.dossier.check.field_rules import cited_to
from tui.dossier.check.problem import Problem, nearest, quoted
from tui.dossier.records import Actor, Event, Overview, Place, Record, Region
from tui.dossier.store import Entry

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


class References:
    """Resolves ids, and remembers which were referred to. `known` maps each id to its table."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._left = _SUGGESTIONS
        self.used: set[str] = set()

    def of(self, record: Record) -> Iterator[Problem]:
        """The references of a record that lead nowhere, or to the wrong kind of record."""
        yield from self._resolved(record.id, _references(record))

    def of_the_overview(self, where: str, overview: Overview) -> Iterator[Problem]:
        """The same for the links of the dossier's own summary."""
        linked = prose_links.link_ids(overview.summary)
        yield from self._resolved(where, (("summary", id_, tuple(_CALLED)) for id_ in linked))

    def _resolved(
        self, where: str, references: Iterable[tuple[str, str, tuple[str, ...]]]
    ) -> Iterator[Problem]:
        for field, id_, tables in references:
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
            if near := nearest(id_, ids):
                return f"write {near}, or add {kind} with this id"
        return f"add {kind} with this id, or take it out"


def _references(record: Record) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Field, id, and the tables it may be in, of all that a record refers to."""
    everything = tuple(_CALLED)
    if isinstance(record, (Region, Actor)):
        for id_ in prose_links.link_ids(record.summary):
            yield "summary", id_, everything
    if not isinstance(record, Event):
        return
    for id_ in prose_links.link_ids(record.summary):
        yield "summary", id_, everything
    for n, id_ in enumerate(record.regions):
        yield f"regions[{n}]", id_, ("regions",)
    if record.place is not None:
        yield "place", record.place, ("places",)
    for n, participant in enumerate(record.participants):
        yield f"participants[{n}].actor", participant.actor, ("actors",)
    if record.part_of is not None:
        yield "part_of", record.part_of, ("events",)
    for n, relation in enumerate(record.related):
        yield f"related[{n}].event", relation.event, ("events",)
    for n, step in enumerate(record.steps):
        for m, cite in enumerate(step.cites):
            yield f"steps[{n}].cites[{m}].source", cite.source, ("sources",)
    for n, claim in enumerate(record.claims):
        for id_ in prose_links.link_ids(claim.text):
            yield f"claims[{n}].text", id_, everything
        if claim.by is not None:
            yield f"claims[{n}].by", claim.by, ("actors", "sources")
        for m, cite in enumerate(claim.cites):
            yield f"claims[{n}].cites[{m}].source", cite.source, ("sources",)


def loops(events: Iterable[Entry]) -> Iterator[Problem]:
    """Events that are part of themselves: each loop once, at its first event."""
    whole = {entry.record.id: entry.record.part_of for entry in events
             if isinstance(entry.record, Event)}  # fmt: skip
    walked: dict[str, str] = {}
    for start in whole:
        path: list[str] = []
        at: str | None = start
        while at is not None and at in whole and at not in walked:
            walked[at] = start
            path.append(at)
            at = whole[at]
        if at is not None and walked.get(at) == start:
            loop = path[path.index(at) :]
            shown = [*loop[:_SHOWN_OF_A_LOOP], *(["…"] if len(loop) > _SHOWN_OF_A_LOOP else []), at]
            what = f"part of itself: {' → '.join(shown)}"
            yield Problem(at, "part_of", what, "take part_of out of one of them")


def without_region(events: Iterable[Entry]) -> Iterator[Problem]:
    """A note for an event that is in no region, nor is what it is part of."""
    found = {e.record.id: e.record for e in events if isinstance(e.record, Event)}
    placed: dict[str, bool] = {}
    for event in found.values():
        path: list[str] = []
        at: Event | None = event
        answer = False
        while at is not None and at.id not in placed:
            placed[at.id] = False  # until known, so that a loop ends
            path.append(at.id)
            if at.regions:
                answer = True
                break
            at = found.get(at.part_of) if at.part_of else None
        else:
            # A whole that is missing or refused is a problem of its own.
            answer = placed[at.id] if at else found[path[-1]].part_of is not None
        placed.update(dict.fromkeys(path, answer))
        if not answer:
            what = "in no region, so no region lists it"
            yield Problem(event.id, "regions", what, "name one", is_note=True)


def duplicates(entries: Iterable[Entry], datasets: Set[str]) -> Iterator[Problem]:
    """The same title and date twice; a note for one name of two regions, actors or places.

    Rows of one of the `datasets` may well be alike: that is a note, too.
    """
    seen: dict[str, str] = {}
    for entry in entries:
        record = entry.record
        if isinstance(record, Event):
            first = seen.setdefault(f"{folding.fold(record.title)}\n{record.date}", record.id)
            if first != record.id:
                what = f"the same title and date as {first}"
                mend = "make them one event, or tell them apart"
                yield Problem(record.id, "title", what, mend, is_note=cited_to(record, datasets))
        elif isinstance(record, (Region, Actor, Place)):
            for n, name in enumerate((record.name, *record.aliases)):
                folded = folding.fold(name)
                first = seen.setdefault(folded, record.id) if folded else record.id
                if first != record.id:
                    field = f"aliases[{n - 1}]" if n else "name"
                    what = f"{quoted(name)} is a name of {first} too"
                    mend = "make them one record, or tell the names apart"
                    yield Problem(record.id, field, what, mend, is_note=True)
