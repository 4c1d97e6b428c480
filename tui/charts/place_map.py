"""Where: the places of events on a map of coasts, as data and as lines of text.

The map is equirectangular, true to scale along its middle parallel. It is made of dots, two by four
to a cell of the terminal, which are about as wide as high.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files
from math import cos, hypot, log, radians
from typing import NamedTuple

from rich.cells import cell_len

from tui.dossier.dossier import Dossier
from tui.dossier.event_queries import coordinates
from tui.text.glyphs import Signs
from tui.text.wrapping import Canvas, TextLine, fit

#: Dots of a cell across and down, and the bits of braille patterns by row and column of the dots.
_ACROSS, _DOWN = 2, 4
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BRAILLE = 0x2800
#: The nearest view, in degrees of latitude a dot: a city of 20 km is a cell.
_NEAREST = 0.02
#: The share of places, by their events, that may lie outside of the opening view on each side.
_OUTLIERS = 0.08
#: Degrees around the places in view, and the dots that are left free at the edges.
_AROUND, _EDGE = 1.0, 4
#: How much one step of zoom changes the scale.
ZOOM = 1.6

Point = tuple[float, float]


class Mark(NamedTuple):
    """A place with events: its name, where it is (degrees), and the numbers of its events."""

    key: str
    name: str
    lat: float
    lon: float
    events: tuple[int, ...]


class View(NamedTuple):
    """What of the world is shown: the middle (degrees), and degrees of latitude a dot."""

    lat: float
    lon: float
    scale: float

    def dot(self, lat: float, lon: float) -> Point:
        """Where a place is, in dots from the middle, to the right and down."""
        east = (lon - self.lon + 180) % 360 - 180
        return east * cos(radians(self.lat)) / self.scale, (self.lat - lat) / self.scale


def marks_of(dossier: Dossier, events: Collection[int] | None = None) -> list[Mark]:
    """Give the places of some events, of all where that is None, the most events first."""
    marks = []
    for value in dossier.values("place")[1:]:
        found = sorted(dossier.listing("place", value.key).events)
        found = found if events is None else [n for n in found if n in events]
        if found and (where := coordinates(dossier, value.key)):
            marks.append(Mark(value.key, value.label, *where, tuple(found)))
    return sorted(marks, key=lambda mark: (-len(mark.events), mark.name))


def fitting(marks: Sequence[Mark], columns: int, rows: int, outliers: float = _OUTLIERS) -> View:
    """Give the view in which the marks fill a map of this size, but for a few outliers."""
    if not marks:
        return View(20, 10, 180 / (rows * _DOWN))
    south, north = _middle([(mark.lat, len(mark.events)) for mark in marks], outliers)
    west, east = _middle([(mark.lon, len(mark.events)) for mark in marks], outliers)
    lat, lon = (south + north) / 2, (west + east) / 2
    high = (north - south + 2 * _AROUND) / max(1, rows * _DOWN - 2 * _EDGE)
    wide = (east - west + 2 * _AROUND) / max(1, columns * _ACROSS - 2 * _EDGE)
    return View(lat, lon, max(_NEAREST, high, wide * cos(radians(lat))))


def _middle(places: Sequence[tuple[float, int]], outliers: float) -> tuple[float, float]:
    """Give the bounds of weighted values, without a share of the weight at either end."""
    ordered = sorted(places)
    left_out = outliers * sum(weight for _, weight in ordered)

    def bound(values: Sequence[tuple[float, int]]) -> float:
        passed = 0
        for value, weight in values:
            passed += weight
            if passed > left_out:
                return value
        return values[-1][0]

    return bound(ordered), bound(ordered[::-1])


class MapLines:
    """A map of some marks in a view, of `columns` by `rows` cells.

    `shown` has the marks of each cell that has any, the most events first, by column and row.
    """

    def __init__(
        self, marks: Sequence[Mark], view: View, columns: int, rows: int, signs: Signs
    ) -> None:
        self.view, self.columns, self.rows, self.signs = view, columns, rows, signs
        self.shown: dict[tuple[int, int], list[Mark]] = {}
        for mark in marks:
            if (cell := self.cell_of(mark)) is not None:
                self.shown.setdefault(cell, []).append(mark)

    def cell_of(self, mark: Mark) -> tuple[int, int] | None:
        """The column and row of a mark; None where it is outside."""
        x, y = self.view.dot(mark.lat, mark.lon)
        column = int((x + self.columns * _ACROSS / 2) // _ACROSS)
        row = int((y + self.rows * _DOWN / 2) // _DOWN)
        return (column, row) if 0 <= column < self.columns and 0 <= row < self.rows else None

    def lines(self, chosen: Mark | None) -> list[TextLine]:
        """Draw coasts, marks by the number of their events, and names where there is room."""
        canvases = [Canvas(self.columns) for _ in range(self.rows)]
        for (column, row), bits in self._coasts().items():
            sign = self.signs.other if self.signs.ascii else chr(_BRAILLE | bits)
            canvases[row].write(column, sign, "thumb")
        counts = {cell: sum(len(m.events) for m in marks) for cell, marks in self.shown.items()}
        most, sizes = max(counts.values(), default=1), self.signs.places
        for (column, row), marks in self.shown.items():
            # Cities differ by orders of magnitude: the size follows the order, not the number.
            share = log(counts[column, row] + 1) / log(most + 1)
            sign = sizes[min(len(sizes) - 1, int(share * len(sizes)))]
            canvases[row].write(column, sign, "hint" if chosen in marks else "accent")
        named = {cell: marks[0] for cell, marks in self.shown.items()}
        if chosen and (cell := self.cell_of(chosen)):
            named = {cell: chosen} | named | {cell: chosen}
        taken = set(self.shown)
        for cell, mark in named.items():
            self._name(canvases, taken, cell, mark, on=mark is chosen)
        return [TextLine(canvas.spans()) for canvas in canvases]

    def _name(
        self,
        canvases: Sequence[Canvas],
        taken: set[tuple[int, int]],
        cell: tuple[int, int],
        mark: Mark,
        *,
        on: bool,
    ) -> None:
        """Write the name of a mark beside it, to the right or else the left, if that is free."""
        name = fit(mark.name, self.columns // 3, self.signs)
        size, (column, row) = cell_len(name), cell
        for first in (column + 2, column - 1 - size):
            cells = {(first + i, row) for i in range(-1, size + 1)} - {cell}
            if first >= 0 and first + size <= self.columns and not cells & taken:
                canvases[row].write(first, f"{name}", "title" if on else "muted")
                taken |= cells
                return

    def _coasts(self) -> dict[tuple[int, int], int]:
        """The bits of the braille pattern of each cell that a coast runs through."""
        bits: dict[tuple[int, int], int] = {}
        half = self.columns * _ACROSS / 2, self.rows * _DOWN / 2
        for line in coastline():
            before: Point | None = None
            for lon, lat in line:
                here = self.view.dot(lat, lon)
                if before is not None and abs(here[0] - before[0]) * self.view.scale < 180:
                    for x, y in _dots(before, here, half):
                        cell = x // _ACROSS, y // _DOWN
                        bits[cell] = bits.get(cell, 0) | _BITS[y % _DOWN][x % _ACROSS]
                before = here
        return bits


def _dots(start: Point, end: Point, half: Point) -> Iterator[tuple[int, int]]:
    """Give the dots of a line, from the top left, that lie within so much around the middle."""
    (x, y), (dx, dy), (wide, high) = start, (end[0] - start[0], end[1] - start[1]), half
    first, last = 0.0, 1.0  # the part of the line that is inside (Liang and Barsky)
    for step, room in ((-dx, x + wide), (dx, wide - x), (-dy, y + high), (dy, high - y)):
        if step == 0:
            if room < 0:
                return
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    if first > last:
        return
    steps = int((last - first) * max(abs(dx), abs(dy))) + 1
    for i in range(steps + 1):
        part = first + (last - first) * i / steps
        column, row = int(x + part * dx + wide), int(y + part * dy + high)
        if 0 <= column < 2 * wide and 0 <= row < 2 * high:
            yield column, row


def nearest(marks: Sequence[Mark], here: Mark, view: View, right: int, down: int) -> Mark | None:
    """Give the next mark in a direction: `right` and `down` are -1, 0 or 1; None if there is none.

    What lies aside counts double, so that the next one straight ahead comes first.
    """
    x, y = view.dot(here.lat, here.lon)
    best: tuple[float, Mark] | None = None
    for mark in marks:
        east, south = view.dot(mark.lat, mark.lon)
        dx, dy = east - x, south - y
        ahead, aside = (dx * right, dy) if right else (dy * down, dx)
        if mark is not here and ahead > 0 and abs(aside) <= 2 * ahead:
            far = hypot(ahead, 2 * aside)
            best = min(best or (far, mark), (far, mark), key=lambda one: one[0])
    return best[1] if best else None


@cache
def coastline() -> tuple[tuple[Point, ...], ...]:
    """The coasts of the world: lines of points, longitude and latitude in degrees."""
    text = files("tui.charts").joinpath("coastline.txt").read_text("ascii")
    coasts = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        x = y = 0
        points = []
        for word in line.split():
            east, _, north = word.partition(",")
            x, y = x + int(east), y + int(north)
            points.append((x / 100, y / 100))
        coasts.append(tuple(points))
    return tuple(coasts)
