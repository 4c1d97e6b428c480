"""Rows → the records of a dossier, by a mapping: every template compiled once."""

from collections.abc import Callable

from tui.dossier import dates, text, words
from tui.dossier.files import StoreError
from tui.importing import mapping as mappings
from tui.importing.lookup import Memo, RowError, Words
from tui.importing.mapping import Mapping, ParticipantPart, Several
from tui.importing.names import slug
from tui.importing.prose import line, prose
from tui.importing.reading import Reader, Record
from tui.importing.registry import Fields, Registry
from tui.importing.templates import Row, Template, compile_template, sides
from tui.importing.when import Dates

#: What a row becomes where the mapping does not say: the type that claims least.
_PLAIN_TYPE = "milestone"
_LONGEST_NAME = 1000


class Maker:
    """Makes events row by row, and the regions, actors and places they name, each once."""

    def __init__(self, mapping: Mapping, reader: Reader) -> None:
        self._reader = reader
        self._missing = frozenset(word.strip() for word in mapping.read.missing)
        event = mapping.event
        forms = mapping.read.date_format
        self._dates = Dates((forms,) if isinstance(forms, str) else forms)
        self._title = self._template(event.title, "event.title")
        self._date = self._date_template(event.date)
        names = (
            "id", "type", "place", "text", "at", "tags", "summary", "instrument", "part_of",
            "aliases",
        )  # fmt: skip
        optional = {name: getattr(event, name) for name in names}
        self._none = dict.fromkeys(optional, "")
        self._optional = [
            (name, self._template(template, f"event.{name}"))
            for name, template in optional.items()
            if template
        ]
        region = event.region
        named = region if isinstance(region, Several) else Several(region)
        self._region = self._template(named.name, "event.region") if named.name else None
        self._region_split = named.split
        self._participants = [
            self._participant(part, f"event.participants[{index}]")
            for index, part in enumerate(event.participants)
        ]
        self._facts = [
            (line(label), self._template(template, f"event.facts.{text.clean_line(label)}"))
            for label, template in event.facts.items()
        ]
        place = mapping.place
        self._where = place and tuple(
            self._template(template, f"place.{name}")
            for name, template in (
                ("country", place.country), ("lat", place.lat), ("lon", place.lon)
            )
        )  # fmt: skip
        self._types = Words(mapping.types, words.EVENT_TYPES, "types", _PLAIN_TYPE)
        self._instruments = Words(mapping.instruments, words.INSTRUMENTS, "instruments", "")
        source = mappings.source(mapping)
        self._source = source["id"]
        #: The records that events share.
        self.registry = Registry(mappings.overview(mapping), source)
        self._lines: dict[str, int] = {}
        self._seen = Memo(line)
        self._tags = Memo(_tags)
        #: Whether events may name a whole that comes only later.
        self.has_parts = bool(event.part_of)

    def event(self, record: Record, number: int) -> Fields:
        """The event that a row becomes; raises RowError, and then nothing was made of it."""
        if record.problem:
            raise RowError(record.problem)
        row = record.cells
        title = _named(self._title(row), "title")
        if not title:
            raise RowError("no title")
        try:
            date = self._date(row)
        except dates.DateError as error:
            raise RowError(f"date: {error}") from None
        if not date:
            raise RowError("no date")
        optional = self._none.copy()
        for name, fill in self._optional:
            optional[name] = fill(row)
        type_ = self._types.find(optional["type"])
        instrument = self._instruments.find(optional["instrument"])
        regions = (
            self._names_in(self._region(row), self._region_split, "a region's name")
            if self._region
            else []
        )
        taking_part = [found for part in self._participants for found in part(row)]
        # Only an open start, "/2020" or "../2020", hides the year.
        year = date[:4] if date[0].isdigit() else f"{dates.year(dates.parse(date)):04}"
        id_ = self._id(optional["id"], title, year, record.line)
        # From here on nothing is refused, so that a row without use leaves no records behind.
        event: Fields = {"id": id_, "type": type_, "title": title}
        if optional["aliases"]:
            aliases = map(line, optional["aliases"].split(";"))
            event["aliases"] = list(dict.fromkeys(filter(None, aliases)))
        event["date"] = date
        seen, registry = self._seen, self.registry
        event["regions"] = list(dict.fromkeys([registry.region(name) for name in regions]))
        facts = {label: value for label, fill in self._facts if (value := seen[fill(row)])}
        if place := seen[optional["place"]]:
            if place_id := registry.place(place, self._position(row)):
                event["place"] = place_id
            else:
                facts = {"Place": place, **facts}
        event["participants"] = [
            {"actor": registry.actor(name, kind, country), "role": role}
            if role
            else {"actor": registry.actor(name, kind, country)}
            for name, role, kind, country in taking_part
        ]
        if part_of := line(optional["part_of"]):
            event["part_of"] = part_of  # a whole's id or title, until `settle`
        if optional["tags"]:
            event["tags"] = self._tags[optional["tags"]].copy()
        if optional["summary"]:
            event["summary"] = prose(optional["summary"])
        if instrument:
            event["instrument"] = instrument
        if facts:
            event["facts"] = facts
        at = line(optional["at"]) or (
            f"line {record.line}" if self._reader.unit == "line" else f"record {number}"
        )
        event["claims"] = [
            {
                "kind": "fact",
                # Without a text the title is all that the source says: it stays cited.
                "text": prose(optional["text"]) or title,
                "cites": [{"source": self._source, "at": at}],
            }
        ]
        return event

    # -- the parts of an event

    def _template(self, template: str, where: str) -> Template:
        return compile_template(template, where, self._reader.bind, self._missing)

    def _date_template(self, template: str) -> Callable[[Row], str]:
        read, span = self._dates.read, self._dates.span
        whole = self._template(template, "event.date")
        if not template.strip():
            raise StoreError("event.date: no template; name the column of the date")
        both = sides(template, "event.date")
        if both is None:
            return lambda row: read(_bare(whole(row)))
        start, end = (self._template(side, "event.date") for side in both)

        def span_of(row: Row) -> str:
            try:
                return span(_bare(start(row)), _bare(end(row)))
            except dates.DateError:
                # "{month}/{year}" is one date with a slash of its own.
                try:
                    return read(whole(row))
                except dates.DateError:
                    pass
                raise

        return span_of

    def _participant(
        self, part: ParticipantPart, where: str
    ) -> Callable[[Row], list[tuple[str, str, str, str]]]:
        """A function from a row to (name, role, type, country) of each who takes part."""
        name, role, kind, country = (
            self._template(template, f"{where}.{key}")
            for key, template in (
                ("name", part.name), ("role", part.role), ("type", part.type),
                ("country", part.country),
            )
        )  # fmt: skip
        if "{" not in part.type and part.type not in words.ACTOR_TYPES:
            raise StoreError(
                f"{where}.type: {text.clean_line(part.type)[:60]!r} is none of "
                f"{', '.join(words.ACTOR_TYPES)}"
            )

        def find(row: Row) -> list[tuple[str, str, str, str]]:
            names = self._names_in(name(row), part.split, "a participant's name")
            if not names:
                return []
            type_ = kind(row).lower()
            if type_ not in words.ACTOR_TYPES:
                raise RowError(f"participant type {text.clean_line(type_)[:60]!r} is unknown")
            shared = self._seen[role(row)], type_, _country(country(row))
            return [(one, *shared) for one in names]

        return find

    def _names_in(self, cell: str, separator: str, what: str) -> list[str]:
        """The names in a cell, cleaned."""
        parts = cell.split(separator) if separator else [cell]
        names = [name for part in parts if (name := self._seen[part])]
        for name in names:
            if len(name) > _LONGEST_NAME:
                raise RowError(_too_long(what, name))
        return names

    def _id(self, wanted: str, title: str, year: str, line_: int) -> str:
        if not wanted:
            return self.registry.ids.make(slug(title, "event"), year)
        id_ = slug(wanted, "event")
        if first := self._lines.get(id_):
            raise RowError(f"the id {id_} is already that of line {first}")
        self._lines[id_] = line_
        return self.registry.ids.make(id_)

    def _position(self, row: Row) -> Fields | None:
        """What a place record needs beside its name; None where the row does not say."""
        if not self._where:
            return None
        country, lat, lon = (template(row) for template in self._where)
        try:
            found = float(lat.replace(",", ".")), float(lon.replace(",", "."))
        except ValueError:
            return None
        code = _country(country)
        if not (code and abs(found[0]) <= 90 and abs(found[1]) <= 180):
            return None
        return {"country": code, "lat": found[0], "lon": found[1]}


def _named(value: str, what: str) -> str:
    shown = line(value)
    if len(shown) > _LONGEST_NAME:
        raise RowError(_too_long(what, shown))
    return shown


def _too_long(what: str, name: str) -> str:
    return f"{what} is {len(name):,} characters long; at most {_LONGEST_NAME:,}"


def _tags(cell: str) -> list[str]:
    return list(dict.fromkeys(filter(None, map(line, cell.replace(",", ";").split(";")))))


def _bare(side: str) -> str:
    """One side of a date without the hyphens that empty columns leave."""
    return side if side == ".." else side.strip().rstrip("-")


def _country(code: str) -> str:
    """A country code of two letters, or "" for anything else."""
    code = code.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""
