"""The records that events share, made as they come, the same name once."""

from typing import Any

from tui.dossier import text
from tui.importing.names import Ids, slug

Fields = dict[str, Any]


class Registry:
    """The regions, actors and places of a dossier in the making, and every id given so far."""

    def __init__(self, meta: Fields, source: Fields) -> None:
        self.ids = Ids()
        self.ids.taken.add(source["id"])
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
        """The id of a place; None where it is new and `fields` do not say where it is."""
        known = self._known.get(("places", name))
        if known or (fields is None and self._key("places", name) not in self._folded):
            return known
        return self._made("places", name, "place", fields or {})

    @staticmethod
    def _key(table: str, name: str) -> tuple[str, str]:
        # A name of signs alone folds to nothing.
        return table, text.fold(name) or name

    def _made(self, table: str, name: str, kind: str, fields: Fields) -> str:
        key = self._key(table, name)
        id_ = self._folded.get(key)
        if id_ is None:
            id_ = self.ids.make(slug(f"state {name}" if kind == "state" else name, kind))
            self.tables[table].append({"id": id_, "name": name, **fields})
            self._folded[key] = id_
        self._known[table, name] = id_
        return id_


def settle(events: list[Fields]) -> int:
    """Turn what `part_of` says, an id or a title, into an id.

    What names no event, or would make a loop, becomes the fact "Part of"; returns how many.
    """
    ids = {event["id"] for event in events}
    titles = {text.fold(event["title"]): event["id"] for event in reversed(events)}
    above: dict[str, str] = {}

    def top(id_: str) -> str:
        while id_ in above:
            above[id_] = above.get(above[id_], above[id_])  # shorter for the next to ask
            id_ = above[id_]
        return id_

    lost = 0
    for event in events:
        wanted = event.get("part_of")
        if wanted is None:
            continue
        whole = slug(wanted, "")
        if whole not in ids:
            whole = titles.get(text.fold(wanted), "")
        if not whole or top(whole) == event["id"]:
            lost += 1
            del event["part_of"]
            event["facts"] = {"Part of": wanted, **event.get("facts", {})}
        else:
            event["part_of"] = above[event["id"]] = whole
    return lost
