"""The parts of an event that take more than a template: who takes part, its steps, its place."""

from collections.abc import Callable, Iterable

from tui.dossier import dates, vocabulary
from tui.importing.lookup import Memo, RowError, Words
from tui.importing.mapping import ParticipantPart, PlacePart, StepPart
from tui.importing.prose import line
from tui.importing.registry import Fields
from tui.importing.templates import Row, Template, items, names_columns

_LONGEST_NAME = 1000

#: Makes a template of its text and the key it stands at; raises StoreError.
Compile = Callable[[str, str], Template]


class Several:
    """The names in a cell, cleaned."""

    def __init__(self, template: Template, split: str, what: str, seen: Memo[str]) -> None:
        self._template, self._split, self._what, self._seen = template, split, what, seen

    def __call__(self, row: Row) -> list[str]:
        """The names, none of them empty; raises RowError for one without measure."""
        return [name for name in self.places(row) if name]

    def places(self, row: Row) -> list[str]:
        """As called, an empty name in its place."""
        names = [self._seen[part] for part in items(self._template(row), self._split)]
        for name in names:
            within(name, self._what)
        return names


class TakingPart:
    """``[[event.participants]]``: (name, role, type, country) of each who takes part in a row."""

    def __init__(self, part: ParticipantPart, where: str, make: Compile, seen: Memo[str]) -> None:
        name = make(part.name, f"{where}.name")
        self._names = Several(name, part.split, "a participant's name", seen)
        self._split, self._seen = part.split, seen
        #: For each field its template, and whether it may say something of each name.
        self._fields = [
            (make(template, f"{where}.{key}"), names_columns(template, where))
            for key, template in (
                ("role", part.role), ("type", part.type), ("country", part.country)
            )
        ]  # fmt: skip

    def __call__(self, row: Row) -> list[tuple[str, str, str, str]]:
        """Raises RowError."""
        names = self._names.places(row)
        if len(names) == 1:
            if not names[0]:
                return []
            (role, _), (kind, _), (country, _) = self._fields
            return [(names[0], *self._said(role(row), kind(row), country(row)))]
        each = zip(*[self._shared_out(row, *field, len(names)) for field in self._fields],
                   strict=True)  # fmt: skip
        return [(name, *self._said(*said)) for name, said in zip(names, each, strict=True) if name]

    def _shared_out(self, row: Row, template: Template, varies: bool, count: int) -> list[str]:
        """A field of each name: one for each where there are as many, else the same for all."""
        filled = template(row)
        found = items(filled, self._split) if varies else []
        return found if len(found) == count else [filled] * count

    def _said(self, role: str, kind: str, country: str) -> tuple[str, str, str]:
        kind = kind.strip().lower()
        if kind not in vocabulary.ACTOR_TYPES:
            raise RowError(f"participant type {line(kind)[:60]!r} is unknown")
        return self._seen[role], kind, country_code(country)


class Steps:
    """``[[event.steps]]``: the steps of an agreement, in the order of their dates."""

    def __init__(
        self,
        parts: Iterable[StepPart],
        make: Compile,
        make_date: Callable[[str, str], Template],
        table: dict[str, str],
    ) -> None:
        self._actions = Words(table, vocabulary.ACTIONS, "actions", "")
        self._parts = [
            (make(part.action, f"event.steps[{n}].action"),
             make_date(part.date, f"event.steps[{n}].date"))
            for n, part in enumerate(parts)
        ]  # fmt: skip

    def __call__(self, row: Row) -> list[tuple[str, str]]:
        """Action and date of each step that has both; raises RowError."""
        found = []
        for n, (action, date) in enumerate(self._parts):
            try:
                when = date(row)
            except dates.DateError as error:
                raise RowError(f"steps[{n}].date: {error}") from None
            if when and (done := self._actions.find(action(row))):
                found.append((done, when))
        if len(found) > 1:
            found.sort(key=lambda step: dates.parse(step[1]).lo)
        return found


class Places:
    """``[place]``: where a place is, and how many rows did not say it as it is wanted."""

    def __init__(self, part: PlacePart, make: Compile) -> None:
        self._country = make(part.country, "place.country")
        self._lat, self._lon = make(part.lat, "place.lat"), make(part.lon, "place.lon")
        self._missed = 0
        self._first: dict[str, str] = {}

    def find(self, row: Row) -> Fields | None:
        """What a place record needs beside its name; None where the row does not say."""
        code, position = country_code(self._country(row)), self._position(row)
        return (
            {"country": code, "lat": position[0], "lon": position[1]} if code and position else None
        )

    def miss(self, row: Row, where: str) -> None:
        """Remember that the place of the row at `where` ("line 2") could not be made."""
        self._missed += 1
        if not country_code(self._country(row)):
            said = f"{_quoted(self._country(row))} in {where}"
            self._first.setdefault("a country of two letters (AZ, not AZE or 31)", said)
        if not self._position(row):
            said = f"{_quoted(self._lat(row))} and {_quoted(self._lon(row))} in {where}"
            self._first.setdefault("lat and lon in decimal degrees", said)

    def note(self) -> str:
        """How many places became facts and why; "" where none did."""
        if not self._missed:
            return ""
        keep = "event keeps its" if self._missed == 1 else "events keep their"
        wanted = "; and ".join(f"{what}, where it has {said}" for what, said in self._first.items())
        return f"{self._missed:,} {keep} place as a fact only: [place] wants {wanted}"

    def _position(self, row: Row) -> tuple[float, float] | None:
        try:
            lat = float(self._lat(row).replace(",", "."))
            lon = float(self._lon(row).replace(",", "."))
        except ValueError:
            return None
        return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def within(name: str, what: str) -> str:
    """`name` as it is; raises RowError for one that is longer than any name."""
    if len(name) > _LONGEST_NAME:
        raise RowError(f"{what} is {len(name):,} characters long; at most {_LONGEST_NAME:,}")
    return name


def country_code(code: str) -> str:
    """A country code of two letters, or "" for anything else."""
    code = code.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _quoted(value: str) -> str:
    return f'"{line(value)[:40]}"' if value else "nothing"
