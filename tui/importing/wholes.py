"""What events are part of: told by id or title as they come, settled once all are known."""

from collections.abc import Mapping

from tui.dossier import folding
from tui.importing.names import slug
from tui.importing.registry import Fields


class Wholes:
    """The ids, the titles and what is part of what; the events themselves need not be kept."""

    def __init__(self, moved: Mapping[str, str]) -> None:
        """`moved` says what has become of ids that were taken."""
        self._moved = moved
        self._ids: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._wanted: dict[str, str] = {}
        self._above: dict[str, str] = {}
        #: How many events are part of nothing that there is, once settled.
        self.lost = 0

    def add(self, event: Fields) -> None:
        """Remember one event."""
        id_ = event["id"]
        self._ids[id_] = id_
        self._titles.setdefault(folding.fold(event["title"]), id_)
        if wanted := event.get("part_of"):
            self._wanted[id_] = wanted

    def settle(self) -> None:
        """Find what each event is part of; what names no event, or would make a loop, is lost."""
        tops: dict[str, str] = {}

        def top(id_: str) -> str:
            while id_ in tops:
                tops[id_] = tops.get(tops[id_], tops[id_])  # shorter for the next to ask
                id_ = tops[id_]
            return id_

        for id_, wanted in self._wanted.items():
            named = slug(wanted, "")
            whole = self._ids.get(self._moved.get(named, named)) or self._titles.get(
                folding.fold(wanted), ""
            )
            if whole and top(whole) != id_:
                self._above[id_] = tops[id_] = whole
            else:
                self.lost += 1

    def apply(self, event: Fields) -> None:
        """Write into an event the id of its whole, or else the fact "Part of"."""
        wanted = event.get("part_of")
        if wanted is None:
            return
        if whole := self._above.get(event["id"]):
            event["part_of"] = whole
        else:
            del event["part_of"]
            event["facts"] = {"Part of": wanted, **event.get("facts", {})}
