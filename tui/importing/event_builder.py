"""Rows → events, by a mapping: each field has its reader, and each template is compiled once."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import msgspec

from tui.dossier import dates, vocabulary
from tui.importing.mapping import Mapping, NamesPart, ParticipantPart, StepPart, meta_of, source_of
from tui.importing.registry import Fields, Memo, Places, Registry, WordMap, country_code, slug
from tui.importing.rows import PART, Cells, FileRow, RowError, Rows, as_line, as_prose, split_values
from tui.importing.written_dates import DateReader

#: Reads a field from a row; raises RowError where that cannot be used.
Reader = Callable[[Cells], Any]

#: What a row becomes where the mapping does not say: the type that claims least.
_PLAIN_TYPE = "milestone"
#: In characters: longer than any name, shorter than a text in the wrong column.
_LONGEST_NAME = 1000
#: Fields that an event does not have where they are empty.
_OPTIONAL = ("aliases", "place", "part_of", "tags", "summary", "instrument", "steps", "facts")


class EventBuilder:
    """Builds the event of each row, and in `registry` the records that events share.

    To add a field, give it a template in `mapping.EventPart`, a reader in `_make_readers` and its
    place in `build`. All of a row is read before the first record is made of it, so that a row
    that is refused leaves none behind.
    """

    def __init__(self, mapping: Mapping, rows: Rows) -> None:
        """Compile the templates of `mapping`; raises StoreError for a column that is not there."""
        source = source_of(mapping)
        self.registry = Registry(meta_of(mapping), source)
        self._rows, self._source = rows, source["id"]
        self._dates = DateReader(mapping.date_formats)
        self._line = Memo(as_line)
        self._types = WordMap(mapping.types, vocabulary.EVENT_TYPES, "types", _PLAIN_TYPE)
        self._instruments = WordMap(mapping.instruments, vocabulary.INSTRUMENTS, "instruments", "")
        self._actions = WordMap(mapping.actions, vocabulary.ACTIONS, "actions", "")
        readers = self._make_readers(mapping)
        self._readers = [(field, reader) for field, reader in readers.items() if reader]
        self._empty: Fields = dict.fromkeys(readers, "")
        self._empty |= {"type": self._types[""], "instrument": self._instruments[""]}
        self._empty |= {"regions": [], "participants": [], "steps": [], "facts": {}}
        place = mapping.place
        self.places = Places(self.registry, rows, msgspec.structs.asdict(place) if place else {})
        self._id_lines: dict[str, int] = {}
        self._stepless = self._nameless = 0
        #: How many events were built.
        self.built = 0

    def build(self, row: FileRow) -> Fields:
        """Build the event of a row; raises RowError, and then nothing was made of it."""
        if row.problem:
            raise RowError(row.problem)
        cells, read = row.cells, self._empty.copy()
        for field, reader in self._readers:
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

    # -- what a field is from what was read

    def _id(self, read: Fields, row: FileRow) -> str:
        """The id that the mapping gives, or one of title and year; raises RowError for a second."""
        if not read["id"]:
            date = read["date"]
            # Only an open start, "/2020" or "../2020", hides the year.
            year = date[:4] if date[0].isdigit() else f"{dates.year(dates.parse(date)):04}"
            return self.registry.new_id(slug(read["title"], "event"), year)
        id_ = slug(read["id"], "event")
        if first := self._id_lines.get(id_):
            raise RowError(f"the id {id_} is already that of line {first}")
        self._id_lines[id_] = row.line
        return self.registry.event_id(id_)

    # -- readers

    def _make_readers(self, mapping: Mapping) -> dict[str, Reader | None]:
        """The reader of each field, in the order in which they may refuse a row."""
        event = mapping.event
        line, values = self._line.__getitem__, Memo(_values).__getitem__
        tags = Memo(lambda cell: _values(cell if PART in cell else cell.replace(",", ";")))
        region = NamesPart(event.region) if isinstance(event.region, str) else event.region
        return {
            "title": self._title(event.title),
            "date": self._date("event.date", event.date, "no date"),
            "id": self._text("id", event.id, str),
            "type": self._text("type", event.type, self._types.__getitem__),
            "place": self._text("place", event.place, line),
            "text": self._text("text", event.text, as_prose),
            "at": self._text("at", event.at, as_line),
            "tags": self._text("tags", event.tags, tags.__getitem__),
            "summary": self._text("summary", event.summary, as_prose),
            "instrument": self._text("instrument", event.instrument, self._instruments.__getitem__),
            "part_of": self._text("part_of", event.part_of, as_line),
            "aliases": self._text("aliases", event.aliases, values),
            "regions": self._names("event.region", region, "a region's name"),
            "participants": self._participants(event.participants),
            "steps": self._steps(event.steps),
            "facts": self._facts(event.facts),
        }

    def _title(self, template: str) -> Reader:
        fill = self._rows.template(template, "event.title")

        def read(cells: Cells) -> str:
            if title := as_line(fill(cells)):
                return _checked(title, "title")
            raise RowError("no title")

        return read

    def _text(self, key: str, template: str, clean: Callable[[str], Any]) -> Reader | None:
        """What `clean` makes of the text that a template gives; None without a template."""
        fill = self._rows.template(template, f"event.{key}")
        return (lambda cells: clean(fill(cells))) if template else None

    def _date(self, where: str, template: str, missing: str = "") -> Reader:
        """A date as EDTF; where it is empty "", or `missing` as the reason to refuse the row."""
        whole, sides = self._rows.template(template, where), self._rows.sides(template, where)

        def read_sides(cells: Cells) -> str:
            try:
                return self._dates.read_span(_bare(sides[0](cells)), _bare(sides[1](cells)))
            except dates.DateError:
                # "{month}/{year}" is one date with a slash of its own.
                with suppress(dates.DateError):
                    return self._dates.read(whole(cells))
                raise

        def read(cells: Cells) -> str:
            try:
                date = read_sides(cells) if sides else self._dates.read(_bare(whole(cells)))
            except dates.DateError as error:
                raise RowError(f"{where.removeprefix('event.')}: {error}") from None
            if missing and not date:
                raise RowError(missing)
            return date

        return read

    def _names(self, where: str, part: NamesPart | ParticipantPart, what: str) -> Reader:
        """The names in a cell, cleaned; empty ones keep their place."""
        fill, split = self._rows.template(part.name, where), part.split
        cleaned = Memo(lambda name: _checked(as_line(name), what))

        def read(cells: Cells) -> list[str]:
            return [cleaned[name] for name in split_values(fill(cells), split)]

        return read

    def _participants(self, parts: tuple[ParticipantPart, ...]) -> Reader | None:
        readers = [
            self._participant(f"event.participants[{index}]", part)
            for index, part in enumerate(parts)
        ]
        return (lambda cells: [one for read in readers for one in read(cells)]) if parts else None

    def _participant(self, where: str, part: ParticipantPart) -> Reader:
        """The name, role, type and country of each whom a cell names."""
        names_of = self._names(f"{where}.name", part, "a participant's name")
        fields = [
            (self._rows.template(template, where), "{" in template.replace("{{", ""))
            for template in (part.role, part.type, part.country)
        ]
        line, split = self._line, part.split

        def read(cells: Cells) -> list[tuple[str, str, str, str]]:
            names = names_of(cells)
            each, count = [], len(names)
            for fill, varies in fields:
                filled = fill(cells)
                # One value for each name where there are as many, else the same for all.
                values = split_values(filled, split) if varies and count > 1 else ()
                each.append(values if values and len(values) == count else [filled] * count)
            return [
                (name, line[role], _actor_type(kind), country_code(country))
                for name, role, kind, country in zip(names, *each, strict=True)
                if name
            ]

        return read

    def _steps(self, parts: tuple[StepPart, ...]) -> Reader | None:
        """Action and date of each step that has both, in the order of their dates."""
        templates = [
            (self._rows.template(part.action, where), self._date(f"{where}.date", part.date))
            for where, part in ((f"event.steps[{n}]", part) for n, part in enumerate(parts))
        ]

        def read(cells: Cells) -> list[tuple[str, str]]:
            found = []
            for action_of, date_of in templates:
                if (date := date_of(cells)) and (action := self._actions[action_of(cells)]):
                    found.append((action, date))
            return sorted(found, key=lambda step: dates.parse(step[1]).lo)

        return read if parts else None

    def _facts(self, facts: dict[str, str]) -> Reader | None:
        templates = [
            (as_line(label), self._rows.template(template, f"event.facts.{as_line(label)}"))
            for label, template in facts.items()
        ]
        line = self._line

        def read(cells: Cells) -> dict[str, str]:
            return {label: value for label, fill in templates if (value := line[fill(cells)])}

        return read if facts else None


def _checked(name: str, what: str) -> str:
    """`name` as it is; raises RowError for one that is longer than any name."""
    if len(name) > _LONGEST_NAME:
        raise RowError(f"{what} is {len(name):,} characters long; at most {_LONGEST_NAME:,}")
    return name


def _values(cell: str) -> list[str]:
    """The values of a cell, separated by semicolons if it is no list, each once."""
    return list(dict.fromkeys(filter(None, map(as_line, split_values(cell, ";")))))


def _actor_type(kind: str) -> str:
    kind = kind.strip().lower()
    if kind not in vocabulary.ACTOR_TYPES:
        raise RowError(f"participant type {as_line(kind)[:60]!r} is unknown")
    return kind


def _bare(end: str) -> str:
    """One end of a date without the hyphens that empty columns leave."""
    return end if end == ".." else end.strip().rstrip("-")
