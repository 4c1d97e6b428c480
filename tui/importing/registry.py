"""The records that events share, made as they come, the same name once."""

from typing import Any

from tui.dossier import folding
from tui.importing.names import Ids, slug

Fields = dict[str, Any]

#: Places of one name are one place within so many degrees.
_NEAR = 1.0


class EventIds:
    """The ids of events, of all that a dossier has; `moved` has those that were taken already."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        #: The id that a mapping gives an event → the one it has now.
        self.moved: dict[str, str] = {}

    def make(self, stem: str, year: str = "") -> str:
        """An id that nothing has yet; without a `year` it is the event's own, and not made up."""
        made = self._ids.make(stem, year)
        if made != stem and not year:
            self.moved[stem] = made
        return made


class Registry:
    """The regions, actors and places of a dossier in the making, and every id given so far."""

    def __init__(self, meta: Fields, source: Fields) -> None:
        self._ids = Ids()
        self._ids.taken.add(source["id"])
        self.ids = EventIds(self._ids)
        self._places: dict[str, list[Fields]] = {}
        self._apart: list[Fields] = []
        self._known: dict[tuple[str, str], str] = {}
        self._folded: dict[tuple[str, str], str] = {}
        #: The records by table, in the order of a dossier, without the events.
        self.tables: dict[str, list[Fields]] = {
            "meta": [meta], "regions": [], "actors": [], "places": [], "sources": [source],
        }  # fmt: skip

    def region(self, name: str) -> str:
        """The id of the region with this (cleaned) name."""
        return self._known.get(("regions", name)) or self._made("regions", name, "region", {})

    def actor(self, name: str, kind: str, country: str) -> str:
        """The id of the actor with this (cleaned) name; its type and country are the first's."""
        if known := self._known.get(("actors", name)):
            return known
        fields = {"type": kind, "country": country} if country else {"type": kind}
        return self._made("actors", name, kind, fields)

    def place(self, name: str, fields: Fields | None) -> str | None:
        """The id of a place; None where it is new and `fields` do not say where it is.

        Where they say something else than those of its name so far it is another place.
        """
        same = self._places.get(name)
        if same is None:
            # A name of signs alone folds to nothing.
            same = self._places.setdefault(folding.fold(name) or name, [])
            self._places[name] = same
        for known in same:
            if fields is None or _is_there(known, fields):
                return str(known["id"])
        if fields is None:
            return None
        stem = slug(name, "place")
        made = {"name": name, **fields}
        if same:
            stem = f"{stem}-{fields['country'].lower()}"
            self._apart.append(made)
        made = {"id": self._ids.make(stem), **made}
        self.tables["places"].append(made)
        same.append(made)
        return str(made["id"])

    def notes(self) -> list[str]:
        """What to say of names and ids that two things had."""
        said = []
        if self._apart:
            first = self._apart[0]
            said.append(
                f"{len(self._apart)} places have the name of another one elsewhere and are kept "
                f"apart (first: {first['name']}, {first['country']})"
            )
        for wanted, made in list(self.ids.moved.items())[:1]:
            said.append(
                f"{len(self.ids.moved)} ids of events are taken by something else and have a "
                f"number now (first: {wanted} is {made})"
            )
        return said

    def _made(self, table: str, name: str, kind: str, fields: Fields) -> str:
        # A name of signs alone folds to nothing.
        key = table, folding.fold(name) or name
        id_ = self._folded.get(key)
        if id_ is None:
            id_ = self._ids.make(slug(f"state {name}" if kind == "state" else name, kind))
            self.tables[table].append({"id": id_, "name": name, **fields})
            self._folded[key] = id_
        self._known[table, name] = id_
        return id_


def _is_there(place: Fields, fields: Fields) -> bool:
    """Whether a place is where `fields` say, nearly enough for one that is measured twice."""
    if place["country"] != fields["country"]:
        return False
    along: float = abs(place["lat"] - fields["lat"])
    across: float = abs(place["lon"] - fields["lon"])
    return along < _NEAR and min(across, 360 - across) < _NEAR
