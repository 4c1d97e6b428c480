"""What the events of an import share: words, ids, regions, actors, places, and their wholes."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from tui.dossier import folding
from tui.importing.ids import LONGEST, slug
from tui.importing.rows import FileRow, RowError, Rows, as_line

Fields = dict[str, Any]
_Value = TypeVar("_Value")

#: The longest cell that a Memo keeps, in characters.
_LONGEST_CELL = 1000
#: Kinds whose ids are the name alone. Others have the kind before it: a state or an organisation
#: may be called as a region is, and which of them comes first in a file must not matter.
_PLAIN = frozenset({"region", "person"})
#: Two records of one name and country are one place where they are at most so far apart: 1 degree
#: is about 100 km, more than two gazetteers differ by, less than most namesakes are apart.
_SAME_PLACE_DEGREES = 1.0


class Memo(dict[str, _Value]):
    """Remembers what a function makes of a cell, up to `size` cells; read it as a dict."""

    def __init__(self, make: Callable[[str], _Value], size: int = 20_000) -> None:
        self._make, self._size = make, size

    def __missing__(self, cell: str) -> _Value:
        if len(self) >= self._size:
            self.clear()
        made = self._make(cell)
        if len(cell) <= _LONGEST_CELL:
            self[cell] = made
        return made


class WordMap(Memo[str]):
    """A table of the mapping, such as ``[types]``, from the file's words to the dossier's.

    Case and accents do not matter, and words of the dossier itself need no entry: "*" is for
    the rest. Read it as a
    dict; raises RowError for a word that it does not know.
    """

    def __init__(self, table: dict[str, str], known: Iterable[str], name: str, empty: str) -> None:
        """`name` is the table's in messages; `empty` is what an empty cell becomes."""
        super().__init__(self._look_up)
        self._table = {folding.fold(key) or key: value for key, value in table.items()}
        self._known, self._name = frozenset(known), name
        self._else = table.get("*", "")
        self._empty = self._else or empty
        self.update({word: value for word, value in table.items() if word})

    def _look_up(self, word: str) -> str:
        if not word:
            return self._empty
        folded = folding.fold(as_line(word))
        if found := self._table.get(folded):
            return found
        if (known := folded.replace(" ", "-")) in self._known:
            return known
        if not self._else:
            shown = as_line(word)[:60]
            raise RowError(f'"{shown}" is not in [{self._name}]; add it there, or "*"')
        return self._else


class Registry:
    """The regions, actors and places of a dossier, each made at its first mention, and all ids."""

    def __init__(self, meta: Fields, source: Fields) -> None:
        self._ids = {source["id"]}
        self._next: dict[str, int] = {}
        self._alike = 0
        #: The id that the mapping gives an event, where it was taken → the one it has instead.
        self.moved: dict[str, str] = {}
        #: The documents by table, in the order of a dossier, without the events.
        self.tables: dict[str, list[Fields]] = {
            "meta": [meta], "regions": [], "actors": [], "places": [], "sources": [source],
        }  # fmt: skip
        # The ids by name, as written and folded.
        self._regions: dict[str, str] = {}
        self._actors: dict[str, str] = {}

    def new_id(self, wanted: str) -> str:
        """Return the id `wanted`, numbered where another record has it."""
        made = wanted
        while made in self._ids:
            number = self._next[wanted] = self._next.get(wanted, 1) + 1
            tail = f"-{number}"
            made = wanted[: LONGEST - len(tail)].rstrip("-") + tail
        self._ids.add(made)
        return made

    def event_id(self, wanted: str, *, given: bool) -> str:
        """Return the id of an event, numbered where another record has it.

        It is `given` by the mapping, or else made of the row: then one that is taken is that of
        a row in which all is the same.
        """
        made = self.new_id(wanted)
        if made != wanted and given:
            self.moved[wanted] = made
        self._alike += made != wanted and not given
        return made

    def region(self, name: str) -> str:
        """Return the id of the region with this (cleaned) name."""
        if known := self._regions.get(name):
            return known
        return self._named(self._regions, "regions", name, "region", {})

    def actor(self, name: str, kind: str, country: str) -> str:
        """Return the id of the actor with this (cleaned) name; the first mention says the rest."""
        if known := self._actors.get(name):
            return known
        fields = {"type": kind, "country": country} if country else {"type": kind}
        return self._named(self._actors, "actors", name, kind, fields)

    def notes(self) -> Iterator[str]:
        """Return what to tell of ids that were taken."""
        if self._alike:
            rows = "1 row is" if self._alike == 1 else f"{self._alike:,} rows are"
            yield f"{rows} the same as one above in all that is read; their ids are numbered"
        for wanted, made in list(self.moved.items())[:1]:
            yield (
                f"{len(self.moved)} ids of events are taken by something else and have a number "
                f"now (first: {wanted} is {made})"
            )

    def _named(self, known: dict[str, str], table: str, name: str, kind: str, more: Fields) -> str:
        folded = folding.fold(name) or name
        id_ = known.get(folded)
        if id_ is None:
            id_ = self.new_id(slug(name if kind in _PLAIN else f"{kind} {name}", kind))
            self.tables[table].append({"id": id_, "name": name, **more})
        known[folded] = known[name] = id_
        return id_


class Places:
    """The places of a dossier, told apart by name and by where they are."""

    def __init__(self, registry: Registry, rows: Rows, templates: dict[str, str]) -> None:
        """`templates` give country, lat and lon; without them no place can be made."""
        self._registry, self._rows = registry, rows
        self._templates = [rows.template(text, f"place.{key}") for key, text in templates.items()]
        self._named: dict[str, list[Fields]] = {}
        self._namesakes: list[Fields] = []
        self._missed = 0
        # What places are not made without, and a row that does not have it.
        self._lacking: dict[str, str] = {}

    def find(self, name: str, row: FileRow) -> str | None:
        """Return the id of the place called `name`; None for a new one that the row does not
        locate. One of that name elsewhere is another place.
        """
        if not self._templates:
            return None
        same = self._named.get(name)
        if same is None:  # a name of signs alone folds to nothing
            same = self._named[name] = self._named.setdefault(folding.fold(name) or name, [])
        located, lacking = self._located(row)
        for known in same:
            if not located or _is_near(known, located):
                return str(known["id"])
        if not located:
            self._missed += 1
            self._lacking = self._lacking | lacking | self._lacking
            return None
        id_ = self._registry.new_id(f"{slug(name, 'place')}-{located['country'].lower()}")
        made = {"id": id_, "name": name, **located}
        self._registry.tables["places"].append(made)
        if same:
            self._namesakes.append(made)
        same.append(made)
        return str(made["id"])

    def _located(self, row: FileRow) -> tuple[Fields, dict[str, str]]:
        """The country, lat and lon of a row; or else nothing, and what it lacks."""
        country, lat, lon = (fill(row.cells) for fill in self._templates)
        code, position, at = country_code(country), _position(lat, lon), self._rows.place_of(row)
        lacking = {}
        if not code:
            what = "a country of two letters (AZ, not AZE or 31)"
            lacking[what] = f"{_shown(country)} in {at}"
        if not position:
            what = "lat and lon in decimal degrees"
            lacking[what] = f"{_shown(lat)} and {_shown(lon)} in {at}"
        return {} if lacking else {"country": code, **position}, lacking

    def notes(self) -> Iterator[str]:
        """Return what to tell of places of one name."""
        for first in self._namesakes[:1]:
            yield (
                f"{len(self._namesakes)} places have the name of another one elsewhere and are "
                f"kept apart (first: {first['name']}, {first['country']})"
            )

    def notes_of_missed(self) -> Iterator[str]:
        """Return what to tell of places that could not be made, if any can."""
        if self._missed:
            keep = "event keeps its" if self._missed == 1 else "events keep their"
            wanted = (f"{what}, where it has {said}" for what, said in self._lacking.items())
            said = f"place as a fact only: [place] wants {'; and '.join(wanted)}"
            yield f"{self._missed:,} {keep} {said}"


def country_code(code: str) -> str:
    """Return a country code of two letters, or "" for anything else."""
    code = code.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _position(lat: str, lon: str) -> Fields:
    try:
        made = {"lat": float(lat.replace(",", ".")), "lon": float(lon.replace(",", "."))}
    except ValueError:
        return {}
    return made if abs(made["lat"]) <= 90 and abs(made["lon"]) <= 180 else {}


def _is_near(place: Fields, located: Fields) -> bool:
    if place["country"] != located["country"]:
        return False
    along: float = abs(place["lat"] - located["lat"])
    across: float = abs(place["lon"] - located["lon"])
    return along < _SAME_PLACE_DEGREES and min(across, 360 - across) < _SAME_PLACE_DEGREES


def _shown(value: str) -> str:
    return f'"{as_line(value)[:40]}"' if value else "nothing"


class PartOf:
    """What each event is part of: named by id or title as rows come, found once all are known.

    Only ids and titles are kept, not the events.
    """

    def __init__(self, moved: dict[str, str]) -> None:
        """`moved` is the registry's: the ids that were taken, and what they became."""
        self._moved = moved
        self._ids: set[str] = set()
        self._titles: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._found: dict[str, str] = {}
        self._lost = 0

    def add(self, event: Fields) -> None:
        """Remember one event, and what it says it is part of."""
        self._ids.add(event["id"])
        self._titles.setdefault(folding.fold(event["title"]), event["id"])
        if named := event.get("part_of"):
            self._named[event["id"]] = named

    def find(self) -> None:
        """Find what each event is part of; no event may end up a part of itself."""
        above: dict[str, str] = {}

        def top(id_: str) -> str:
            while id_ in above:
                above[id_] = above.get(above[id_], above[id_])  # shortens the next way up
                id_ = above[id_]
            return id_

        for id_, named in self._named.items():
            wanted = slug(named, "")
            whole = self._moved.get(wanted, wanted)
            if whole not in self._ids:
                whole = self._titles.get(folding.fold(named), "")
            if whole and top(whole) != id_:
                self._found[id_] = above[id_] = whole
            else:
                self._lost += 1

    def apply(self, event: Fields) -> None:
        """Put the id found into an event, or else keep the name as the fact "Part of"."""
        if "part_of" not in event:
            return
        if whole := self._found.get(event["id"]):
            event["part_of"] = whole
        else:
            event["facts"] = {"Part of": event.pop("part_of"), **event.get("facts", {})}

    def notes(self) -> Iterator[str]:
        """Return what to tell of events that are part of nothing."""
        if self._lost:
            are = " is" if self._lost == 1 else "s are"
            yield (
                f"{self._lost} event{are} part of one that is not there, or of themselves; what "
                'they name is kept as the fact "Part of"'
            )
