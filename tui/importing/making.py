"""Rows → the records of a dossier, by a mapping: every template compiled once."""

from collections.abc import Callable

from tui.dossier import dates, safe_text, vocabulary
from tui.importing import mapping as mappings
from tui.importing.lookup import Memo, RowError, Words
from tui.importing.mapping import Mapping
from tui.importing.names import slug
from tui.importing.parts import Places, Several, Steps, TakingPart, within
from tui.importing.prose import PART, line, prose
from tui.importing.reading import Reader, Record
from tui.importing.registry import Fields, Registry
from tui.importing.templates import Row, Template, compile_template, items, sides
from tui.importing.when import Dates

#: What a row becomes where the mapping does not say: the type that claims least.
_PLAIN_TYPE = "milestone"


class Maker:
    """Makes events row by row, and the regions, actors and places they name, each once."""

    def __init__(self, mapping: Mapping, reader: Reader) -> None:
        self._reader = reader
        self._missing = frozenset(word.strip() for word in mapping.read.missing)
        event = mapping.event
        self._dates = Dates(mapping.date_formats)
        self._title = self._template(event.title, "event.title")
        self._date = self._date_template(event.date, "event.date")
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
        self._seen = Memo(line)
        region = event.region
        named = mappings.Several(region) if isinstance(region, str) else region
        self._regions = (
            Several(self._template(named.name, "event.region"), named.split, "a region's name",
                    self._seen)
            if named.name
            else None
        )  # fmt: skip
        self._taking_part = [
            TakingPart(part, f"event.participants[{index}]", self._template, self._seen)
            for index, part in enumerate(event.participants)
        ]
        self._steps = event.steps and Steps(
            event.steps, self._template, self._date_template, mapping.actions
        )
        self._facts = [
            (line(label), self._template(template, f"event.facts.{safe_text.clean_line(label)}"))
            for label, template in event.facts.items()
        ]
        self._places = mapping.place and Places(mapping.place, self._template)
        self._types = Words(mapping.types, vocabulary.EVENT_TYPES, "types", _PLAIN_TYPE)
        self._instruments = Words(mapping.instruments, vocabulary.INSTRUMENTS, "instruments", "")
        source = mappings.source(mapping)
        self._source = source["id"]
        #: The records that events share.
        self.registry = Registry(mappings.overview(mapping), source)
        self._lines: dict[str, int] = {}
        self._tags = Memo(_tags)
        #: Whether events may name a whole that comes only later.
        self.has_parts = bool(event.part_of)
        self._stepless = self._nameless = 0

    def notes(self) -> list[str]:
        """What to say of the events made so far: what `check` will miss, places that are facts."""
        lacks = (
            (self._stepless, "step", "[[event.steps]] gives them, each an action and a date"),
            (self._nameless, "instrument", "event.instrument gives it, through [instruments]"),
        )
        said = [
            f"{count:,} agreement{' has' if count == 1 else 's have'} no {what}, which a dossier "
            f"that passes check needs: {how}"
            for count, what, how in lacks
            if count
        ]
        return said + ([note] if self._places and (note := self._places.note()) else [])

    def event(self, record: Record, number: int) -> Fields:
        """The event that a row becomes; raises RowError, and then nothing was made of it."""
        if record.problem:
            raise RowError(record.problem)
        row = record.cells
        title = within(line(self._title(row)), "title")
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
        regions = self._regions(row) if self._regions else []
        taking_part = [found for part in self._taking_part for found in part(row)]
        steps = self._steps(row) if self._steps else []
        # Only an open start, "/2020" or "../2020", hides the year.
        year = date[:4] if date[0].isdigit() else f"{dates.year(dates.parse(date)):04}"
        id_ = self._id(optional["id"], title, year, record.line)
        # From here on nothing is refused, so that a row without use leaves no records behind.
        event: Fields = {"id": id_, "type": type_, "title": title}
        if optional["aliases"]:
            aliases = map(line, items(optional["aliases"], ";"))
            event["aliases"] = list(dict.fromkeys(filter(None, aliases)))
        event["date"] = date
        seen, registry = self._seen, self.registry
        event["regions"] = list(dict.fromkeys([registry.region(name) for name in regions]))
        facts = {label: value for label, fill in self._facts if (value := seen[fill(row)])}
        if place := seen[optional["place"]]:
            if place_id := registry.place(place, self._places.find(row) if self._places else None):
                event["place"] = place_id
            else:
                facts = {"Place": place, **facts}
                if self._places:
                    self._places.miss(row, self._at(record, number))
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
        at = line(optional["at"]) or self._at(record, number)
        cite = {"source": self._source, "at": at}
        if type_ == "agreement":
            if steps:
                event["steps"] = [
                    {"action": action, "date": when, "cites": [cite]} for action, when in steps
                ]
            self._stepless += not steps
            self._nameless += not instrument
        elif steps:
            # Only agreements have steps.
            facts |= {action.capitalize(): when for action, when in steps}
        if facts:
            event["facts"] = facts
        event["claims"] = [
            {
                "kind": "fact",
                # Without a text the title is all that the source says: it stays cited.
                "text": prose(optional["text"]) or title,
                "cites": [cite],
            }
        ]
        return event

    # -- the parts of an event

    def _at(self, record: Record, number: int) -> str:
        return f"line {record.line}" if self._reader.unit == "line" else f"record {number}"

    def _template(self, template: str, where: str) -> Template:
        return compile_template(template, where, self._reader.bind, self._missing)

    def _date_template(self, template: str, where: str) -> Callable[[Row], str]:
        read, span = self._dates.read, self._dates.span
        whole = self._template(template, where)
        both = sides(template, where)
        if both is None:
            return lambda row: read(_bare(whole(row)))
        start, end = (self._template(side, where) for side in both)

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

    def _id(self, wanted: str, title: str, year: str, line_: int) -> str:
        if not wanted:
            return self.registry.ids.make(slug(title, "event"), year)
        id_ = slug(wanted, "event")
        if first := self._lines.get(id_):
            raise RowError(f"the id {id_} is already that of line {first}")
        self._lines[id_] = line_
        return self.registry.ids.make(id_)


def _tags(cell: str) -> list[str]:
    found = items(cell if PART in cell else cell.replace(",", ";"), ";")
    return list(dict.fromkeys(filter(None, map(line, found))))


def _bare(side: str) -> str:
    """One side of a date without the hyphens that empty columns leave."""
    return side if side == ".." else side.strip().rstrip("-")
