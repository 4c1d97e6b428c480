"""The readers of an event's fields: each template of the mapping as a function of a row."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tui.dossier import dates, vocabulary
from tui.importing.mapping import EventPart, Mapping, NamesPart, ParticipantPart, StepPart
from tui.importing.registry import Memo, WordMap, country_code
from tui.importing.rows import PART, Cells, RowError, Rows, as_line, as_prose
from tui.importing.written_dates import PRECISIONS, DateReader, as_precise

#: Reads a field from a row; raises RowError where that cannot be used.
Reader = Callable[[Cells], Any]

#: What a row becomes where the mapping does not say: the type that claims least.
_PLAIN_TYPE = "milestone"
#: In characters: longer than any name, shorter than a text in the wrong column.
_LONGEST_NAME = 1000


class FieldReaders:
    """The readers of the fields of a mapping, compiled for the columns of `rows`."""

    def __init__(self, mapping: Mapping, rows: Rows) -> None:
        """Compile the templates of `mapping`; raises StoreError for a column that is not there."""
        self._rows = rows
        #: How dates are read, and what there is to tell of them.
        self.dates = DateReader(mapping.date_formats, mapping.source.date)
        self._line = Memo(as_line)
        self._types = WordMap(mapping.types, vocabulary.EVENT_TYPES, "types", _PLAIN_TYPE)
        self._instruments = WordMap(mapping.instruments, vocabulary.INSTRUMENTS, "instruments", "")
        self._actions = WordMap(mapping.actions, vocabulary.ACTIONS, "actions", "")
        self._precisions = WordMap(mapping.precisions, PRECISIONS, "precisions", "day")
        readers = self._make(mapping)
        #: The fields that the mapping gives, in the order in which they may refuse a row.
        self.given = [(field, reader) for field, reader in readers.items() if reader]
        #: What the others are.
        self.empty: dict[str, Any] = dict.fromkeys(readers, "")
        self.empty |= {"type": self._types[""], "instrument": self._instruments[""]}
        self.empty |= {"regions": [], "participants": [], "steps": [], "facts": {}}

    def _make(self, mapping: Mapping) -> dict[str, Reader | None]:
        """The reader of each field, in the order in which they may refuse a row."""
        event = mapping.event
        line, values = self._line.__getitem__, Memo(_values).__getitem__
        tags = Memo(lambda cell: _values(cell if PART in cell else cell.replace(",", ";")))
        region = NamesPart(event.region) if isinstance(event.region, str) else event.region
        return {
            "title": self._title(event.title),
            "date": self._precise(event),
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
                return self.dates.read_span(_bare(sides[0](cells)), _bare(sides[1](cells)))
            except dates.DateError:
                # "{month}/{year}" is one date with a slash of its own.
                with suppress(dates.DateError):
                    return self.dates.read(whole(cells))
                raise

        def read(cells: Cells) -> str:
            try:
                date = read_sides(cells) if sides else self.dates.read(_bare(whole(cells)))
            except dates.DateError as error:
                raise RowError(f"{where.removeprefix('event.')}: {error}") from None
            if missing and not date:
                raise RowError(missing)
            return date

        return read

    def _precise(self, event: EventPart) -> Reader:
        """The date of the event, with no more of it than its precision says is known."""
        date_of = self._date("event.date", event.date, "no date")
        if not event.precision:
            return date_of
        precision_of = self._rows.template(event.precision, "event.precision")
        precisions = self._precisions
        return lambda cells: as_precise(date_of(cells), precisions[precision_of(cells)])

    def _names(self, where: str, part: NamesPart | ParticipantPart, what: str) -> Reader:
        """The names in a cell, cleaned; empty ones keep their place."""
        fill, split = self._rows.template(part.name, where), part.split
        cleaned = Memo(lambda name: _checked(as_line(name), what))

        def read(cells: Cells) -> list[str]:
            return [cleaned[name] for name in _split(fill(cells), split)]

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
        if not any(varies for _, varies in fields):
            role, kind, country = (fill(()) for fill, _ in fields)
            same = line[role], _actor_type(kind), country_code(country)
            return lambda cells: [(name, *same) for name in names_of(cells) if name]

        def read(cells: Cells) -> list[tuple[str, str, str, str]]:
            names = names_of(cells)
            each, count = [], len(names)
            for fill, varies in fields:
                filled = fill(cells)
                # One value for each name where there are as many, else the same for all.
                values = _split(filled, split) if varies and count > 1 else ()
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


def _split(filled: str, separator: str) -> list[str]:
    """Split a filled template: a list of JSON at PART, others at `separator` if there is one."""
    if PART in filled:
        return filled.split(PART)
    return filled.split(separator) if separator else [filled]


def _values(cell: str) -> list[str]:
    """The values of a cell, separated by semicolons if it is no list, each once."""
    return list(dict.fromkeys(filter(None, map(as_line, _split(cell, ";")))))


def _actor_type(kind: str) -> str:
    kind = kind.strip().lower()
    if kind not in vocabulary.ACTOR_TYPES:
        raise RowError(f"participant type {as_line(kind)[:60]!r} is unknown")
    return kind


def _bare(end: str) -> str:
    """One end of a date without the hyphens that empty columns leave."""
    return end if end == ".." else end.strip().rstrip("-")
