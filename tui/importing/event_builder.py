"""Rows → events, by a mapping: each field has its reader, and each template is compiled once."""

from collections.abc import Iterator

import msgspec

from tui.dossier import folding
from tui.importing.field_readers import FieldReaders
from tui.importing.mapping import EventPart, Mapping, meta_of, source_of, templates
from tui.importing.registry import Fields, Registry, country_code, event_id, slug
from tui.importing.rows import FileRow, RowError, Rows, as_line, parse_template

#: Fields that an event does not have where they are empty.
_OPTIONAL = ("aliases", "place", "part_of", "tags", "summary", "instrument", "steps", "facts")
#: Two records of one name and country are one place where they are at most so far apart: 1 degree
#: is about 100 km, more than two gazetteers differ by, less than most namesakes are apart.
_SAME_PLACE_DEGREES = 1.0


class EventBuilder:
    """Builds the event of each row, and in `registry` the records that events share.

    To add a field, give it a template in `mapping.EventPart`, a reader in `FieldReaders` and
    its place in `build`. All of a row is read before the first record is made of it, so that a row
    that is refused leaves none behind.
    """

    def __init__(self, mapping: Mapping, rows: Rows) -> None:
        """Compile the templates of `mapping`; raises StoreError for a column that is not there."""
        source = source_of(mapping)
        self.registry = Registry(meta_of(mapping), source)
        self._rows, self._source = rows, source["id"]
        self._readers = FieldReaders(mapping, rows)
        place = mapping.place
        self.places = Places(self.registry, rows, msgspec.structs.asdict(place) if place else {})
        self._id_lines: dict[str, int] = {}
        #: The cells that an event is made of beside its title and date: they tell its id apart.
        self._rest = [rows.bind(column) for column in _other_columns(mapping.event)]
        self._stepless = self._nameless = 0
        #: How many events were built.
        self.built = 0

    def build(self, row: FileRow) -> Fields:
        """Build the event of a row; raises RowError, and then nothing was made of it."""
        if row.problem:
            raise RowError(row.problem)
        cells, read = row.cells, self._readers.empty.copy()
        for field, reader in self._readers.given:
            read[field] = reader(cells)
        id_ = self._id(read, row)
        # From here on nothing is refused.
        self.built += 1
        registry, steps, facts = self.registry, read["steps"], read["facts"]
        if read["type"] == "agreement":
            self._stepless += not steps
            self._nameless += not read["instrument"]
        elif steps:  # only agreements have steps
            facts = {**facts, **{action.capitalize(): date for action, date in steps}}
            steps = []
        place = self.places.find(read["place"], row) if read["place"] else None
        if read["place"] and not place:
            facts = {"Place": read["place"], **facts}
        cites = [{"source": self._source, "at": read["at"] or self._rows.place_of(row)}]
        event = {
            "id": id_,
            "type": read["type"],
            "title": read["title"],
            "aliases": read["aliases"],
            "date": read["date"],
            "regions": list(dict.fromkeys(map(registry.region, filter(None, read["regions"])))),
            "place": place,
            "participants": [
                {"actor": registry.actor(name, kind, country), "role": role}
                if role
                else {"actor": registry.actor(name, kind, country)}
                for name, role, kind, country in read["participants"]
            ],
            "part_of": read["part_of"],  # an id or a title, until `PartOf.apply`
            "tags": read["tags"],
            "summary": read["summary"],
            "instrument": read["instrument"],
            "steps": [{"action": action, "date": date, "cites": cites} for action, date in steps],
            "facts": facts,
            # Without a text the title is all that the source says: it stays cited.
            "claims": [{"kind": "fact", "text": read["text"] or read["title"], "cites": cites}],
        }
        for field in _OPTIONAL:
            if not event[field]:
                del event[field]
        return event

    def notes(self) -> Iterator[str]:
        """Return what to tell of the events built: what `check` will miss, places not made."""
        for count, what, how in (
            (self._stepless, "step", "[[event.steps]] gives them, each an action and a date"),
            (self._nameless, "instrument", "event.instrument gives it, through [instruments]"),
        ):
            if count:
                have = "agreement has" if count == 1 else "agreements have"
                yield f"{count:,} {have} no {what}, which a dossier that passes check needs: {how}"
        yield from self.places.notes_of_missed()
        yield from self._readers.dates.notes()

    # -- what a field is from what was read

    def _id(self, read: Fields, row: FileRow) -> str:
        """The id that the mapping gives, or one of the row; raises RowError for one given twice."""
        if not read["id"]:
            rest = [row.cells[position] for position in self._rest]
            return self.registry.event_id(event_id(read["title"], read["date"], rest), given=False)
        id_ = slug(read["id"], "event")
        if first := self._id_lines.get(id_):
            raise RowError(f"the id {id_} is already that of line {first}")
        self._id_lines[id_] = row.line
        return self.registry.event_id(id_, given=True)


def _other_columns(event: EventPart) -> list[str]:
    """The columns that are read for more than the title, the date, the id and the locator.

    In an order of their own, so that an id does not hang on that of the mapping.
    """
    shown: set[str] = set()
    others: set[str] = set()
    for where, template in templates(event, "event"):
        field = where.split(".")[1]
        named = shown if field in ("title", "date", "precision", "id", "at") else others
        named.update(parse_template(template, where)[1])
    return sorted(others - shown)


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
