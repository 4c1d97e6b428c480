"""A timeline as data: events on lanes, one a value of a facet, and the cells they are in."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence

from tui.charts.event_months import NEVER, Moments, When, month_of
from tui.dossier import dates
from tui.dossier.dossier import ALL, Dossier

#: What a cell of the timeline may be, and how many months it has; the widest first.
UNITS = {"decade": 120, "year": 12, "quarter": 3, "month": 1}
#: A bar is drawn for what lasts longer than a cell, and never for less than this many months.
_SHORTEST_BAR = 2
#: What is planned is among so many that come last.
_LATEST = 200
#: One event in so many may lie outside the opening view.
_FAR_OFF = 50


class Lane:
    """The events of one value of a facet, in order of date."""

    def __init__(self, key: str | None, label: str, events: Sequence[int], chart: "Chart") -> None:
        self.key = key
        self.label = label
        self.events = events
        self._chart = chart
        self._months: list[int] = []
        self._ordered: list[int] = []
        self._crowds: dict[int, frozenset[int]] = {}

    @property
    def ordered(self) -> list[int]:
        """The events' numbers, by the month they are listed under."""
        if not self._ordered:
            self._ordered = sorted(self.events, key=self._chart.moments.months.__getitem__)
            self._months = [*map(self._chart.moments.months.__getitem__, self._ordered)]
        return self._ordered

    @property
    def months(self) -> list[int]:
        """The month of each of `ordered`."""
        return self._months if self.ordered else []

    def between(self, first: int, last: int) -> list[int]:
        """The events listed from month `first` up to, not including, month `last`."""
        ordered = self.ordered
        return ordered[bisect_left(self._months, first) : bisect_left(self._months, last)]

    def crowd(self, size: int) -> int:
        """The most events in one cell of `size` months."""
        return max(self._crowds_in(size), default=0)

    def fullest(self, size: int, most: int) -> int:
        """The most events in one cell of `size` months, of those cells with at most so many."""
        return max((count for count in self._crowds_in(size) if count <= most), default=0)

    def _crowds_in(self, size: int) -> frozenset[int]:
        if size not in self._crowds:
            cells = Counter([month // size for month in self.months])
            self._crowds[size] = frozenset(cells.values())
        return self._crowds[size]

    def lasting(self, size: int) -> list[int]:
        """The events that last longer than a cell of `size` months."""
        spans = self._chart.moments.spans
        least = max(size, _SHORTEST_BAR)
        return [
            n
            for n in self.ordered
            if (span := spans.get(n)) and (span.open_start or span.last - span.first >= least)
        ]


class Chart:
    """The events of a dossier on the lanes of a facet; `only` leaves out all other events.

    `first` and `last` are the months of the earliest and latest, `near` the one before which only
    a few far-off ones lie; `as_of` is the last month the dossier speaks for. `shown` are all events
    drawn, `kinds` their types; `plans` says whether some are planned.
    """

    def __init__(
        self,
        dossier: Dossier,
        facet: str,
        only: Collection[int] | None = None,
        moments: Moments | None = None,
    ) -> None:
        self.dossier = dossier
        self.facet = facet
        self.moments = moments or Moments(dossier)
        everything = dossier.listing(facet, ALL).events
        shown = everything if only is None else [n for n in everything if n in only]
        self.shown = shown
        self.total = len(shown)
        self.lanes = self._lanes(shown, all_=only is None)
        self.as_of = month_of(dates.parse(dossier.overview.as_of).hi)
        self._bound(shown)
        self.kinds = frozenset(map(self.moments.types.__getitem__, shown))
        self.plans = any(self.is_planned(n) for n in shown[-_LATEST:])

    def when(self, n: int) -> When:
        """The months of an event."""
        return self.moments.when(n)

    def is_planned(self, n: int) -> bool:
        """Whether it lies wholly beyond what the dossier speaks for."""
        return self.when(n).first > self.as_of

    def lane_of(self, key: str | None, n: int) -> int:
        """The lane with this key if event `n` is on it, else the first that `n` is on, else 0."""
        on = [i for i, lane in enumerate(self.lanes) if n in lane.events]
        return next((i for i in on if self.lanes[i].key == key), on[0] if on else 0)

    def _lanes(self, shown: list[int], *, all_: bool) -> list[Lane]:
        inside, left = set(shown), set(shown)
        lanes = []
        for value in self.dossier.values(self.facet)[1:]:
            events = self.dossier.listing(self.facet, value.key).events
            if not all_:
                events = [n for n in events if n in inside]
            left.difference_update(events)
            if events:
                lanes.append(Lane(value.key, value.label, events, self))
        if left:
            rest = [n for n in shown if n in left]
            lanes.append(Lane(None, f"no {self.facet} recorded", rest, self))
        return lanes

    def _bound(self, shown: list[int]) -> None:
        months = sorted(map(self.moments.months.__getitem__, shown)) or [self.as_of]
        ends = [span.last for n in shown if (span := self.moments.spans.get(n))]
        self.first, self.near = months[0], months[len(months) // _FAR_OFF]
        self.last = max([months[-1], *(end for end in ends if end != NEVER)])
