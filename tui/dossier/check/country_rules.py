"""Countries and places: codes that ISO 3166-1 does not know, places outside their country."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tui.dossier.check.problem import Problem, quoted
from tui.dossier.records import Actor, Event, Overview, Place, Record, Region, Source

#: Codes, bounds and withdrawn codes; the file says itself how it is written and where it is from.
_COUNTRIES = Path(__file__).with_name("countries.txt")
#: Degrees that a place may lie outside its country's bounds: piers and islets, and borders that
#: one side draws otherwise, as those of Crimea.
_MARGIN = 1.0
#: Codes that ISO 3166-1 leaves to whoever needs one, such as XK.
_FREE = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ")


class _Box(NamedTuple):
    """Bounds in degrees; west of the 180th meridian `east` stays below 180."""

    south: float
    west: float
    north: float
    east: float

    def distance(self, lat: float, lon: float) -> float:
        """How many degrees a point lies outside, along or across; 0 inside."""
        beyond = (lon - self.west) % 360 - (self.east - self.west)
        across = min(beyond, (self.west - lon) % 360) if beyond > 0 else 0.0
        return max(self.south - lat, lat - self.north, across)


class _Countries(NamedTuple):
    """The bounds of each country, none where they are not known, and what follows a lost code."""

    bounds: dict[str, list[_Box]]
    withdrawn: dict[str, list[str]]


@cache
def _countries() -> _Countries:
    found = _Countries({}, {})
    for line in _COUNTRIES.read_text(encoding="utf-8").splitlines():
        code, _, rest = line.partition(" ")
        if rest.startswith(">"):
            found.withdrawn[code] = rest[1:].split()
        elif code.isalpha():
            boxes = (part.split() for part in rest.split(",") if part)
            found.bounds[code] = [_Box(*map(float, box)) for box in boxes]
    return found


def code_problems(where: str, record: Record | Overview) -> Iterator[Problem]:
    """Country codes that ISO 3166-1 does not know; a note for those that it once knew."""
    for field, code in _codes(record):
        if code is None or code in _countries().bounds or _FREE.fullmatch(code):
            continue
        if after := _countries().withdrawn.get(code):
            what = f"ISO 3166-1 has withdrawn the country code {quoted(code)}"
            mend = f"write {' or '.join(after)}, or leave it where the state of then is meant"
            yield Problem(where, field, what, mend, is_note=True)
        else:
            what = f"ISO 3166-1 knows no country code {quoted(code)}"
            mend = "write the one of two letters, such as GB for the United Kingdom, or take it out"
            yield Problem(where, field, what, mend)


def _codes(record: Record | Overview) -> Iterator[tuple[str, str | None]]:
    """The country codes of a record, each with the path of its field."""
    match record:
        case Overview():
            yield "subject", record.subject
        case Region():
            for n, code in enumerate(record.countries):
                yield f"countries[{n}]", code
        case Actor() | Place() | Source():
            yield "country", record.country
        case Event():
            pass


def place_problems(place: Place) -> Iterator[Problem]:
    """A note for a place that lies outside its country."""
    boxes = _countries().bounds.get(place.country)
    if boxes and min(box.distance(place.lat, place.lon) for box in boxes) > _MARGIN:
        what = f"{place.lat}, {place.lon} lies outside {place.country}"
        mend = "look whether lat and lon stand the wrong way round or lack a minus, and at country"
        yield Problem(place.id, "lat", what, mend, is_note=True)
