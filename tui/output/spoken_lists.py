"""Lists in plain lines, a choice each, and how a list or a page is told part by part."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tui.charts.meeting_counts import NO_YEAR, TOTAL, MeetingCounts, MeetingRow
from tui.charts.timeline_plan import Chart
from tui.dossier.dossier import Dossier, Row, shown_date
from tui.dossier.vocabulary import counted
from tui.output.spoken_page import SpokenPage
from tui.pages.model import Page

#: So many lines are told at once.
AT_ONCE = 20
#: What is done with a choice, by its position from 0 on.
Choose = Callable[[int], None]


class Telling(NamedTuple):
    """A list or a page that is told part by part.

    `head` comes before any part, `line` gives one of `size` lines by its position, `starts` are the
    positions that parts begin at. `choices` is how many numbers can be chosen; of a list `page` is
    None.
    """

    head: str
    size: int
    line: Callable[[int], str]
    starts: Sequence[int]
    choices: int
    choose: Choose
    page: Page | None = None

    @classmethod
    def of_list(
        cls, head: str, count: int, line: Callable[[int], str], choose: Choose
    ) -> "Telling":
        """Tell a list: `line` gives the words after the number of a choice."""

        def numbered(position: int) -> str:
            return f"{position + 1}. {line(position)}"

        return cls(head, count, numbered, range(0, count or 1, AT_ONCE), count, choose)

    @classmethod
    def of_page(
        cls, page: Page, kept: Sequence[str], note: str, follow: Callable[[str], None]
    ) -> "Telling":
        """Tell a page: what is `kept` of it after its title, then the reader's own note."""
        spoken = SpokenPage(page)
        lines = [*(f"Your note: {line}" for line in note.splitlines() if line), *spoken.lines]

        def choose(position: int) -> None:
            follow(spoken.targets[position])

        head, choices = f"{', '.join((page.title, *kept))}.", len(spoken.targets)
        return cls(head, len(lines), lines.__getitem__, _starts(lines), choices, choose, page)

    def part(self, at: int) -> list[str]:
        """The lines of a part, and where in the whole it stands if there are several."""
        parts = len(self.starts)
        last = at + 1 == parts
        end = self.size if last else self.starts[at + 1]
        lines = [self.line(position) for position in range(self.starts[at], end)]
        if parts > 1:
            lines.append(f"part {at + 1:,} of {parts:,}, {'the end' if last else 'Enter: more'}")
        return lines


def _starts(lines: Sequence[str]) -> list[int]:
    """Where the parts of a page begin: none ends in a heading."""
    starts = [0]
    while (end := starts[-1] + AT_ONCE) < len(lines):
        while lines[end - 1].endswith(":") and end - 1 > starts[-1]:
            end -= 1
        starts.append(end)
    return starts


def record_line(dossier: Dossier, row: Row, kept: Sequence[str]) -> str:
    """A record of a list in words, with what is `kept` of it: marked, noted, new."""
    planned = "planned, " if dossier.arranger.is_planned(row.n) else ""
    when = f"{shown_date(row)}, " if row.date else ""
    whole = dossier.whole(row)
    part = [f"part of {whole.title}"] if whole else []
    return ", ".join((f"{planned}{when}{row.type}: {row.title}", *part, *kept))


def meeting_line(row: MeetingRow, years: Sequence[int]) -> str:
    """How often somebody met, by year."""
    when = [f"{n:,} in {year:04}" for year in years if (n := row.count(year))]
    if timeless := row.count(NO_YEAR):
        when.append(f"{timeless:,} without a year")
    within = row.count_within(TOTAL)
    more = f", {within:,} more within" if within else ""
    return f"{row.name}, {counted(row.count(TOTAL), 'encounter')}{more}: {', '.join(when)}"


def meetings_head(counts: MeetingCounts, subject: str, kind: str, name: str) -> str:
    """What a list of who met whom is of; `name` is that of the selection, "" for all events."""
    within = f", {name}" if name else ""
    told, *rest = counts.told(subject)
    return ", ".join((f"{counts.title(subject)}{within}, {kind}, {told} are encounters", *rest))


class LanesInWords:
    """The timeline in words: of each lane, and of all of them, how many events a year has."""

    def __init__(self, dossier: Dossier, facet: str, events: frozenset[int] | None) -> None:
        self._chart = chart = Chart(dossier, facet, events)
        all_ = [("All", chart.shown)] if chart.shown else []
        self.lanes = [*all_, *((lane.label, lane.events) for lane in chart.lanes)]

    def line(self, position: int) -> str:
        """Say of a lane how many events it has, and in each year, the latest first."""
        label, events = self.lanes[position]
        years = Counter(self._chart.event_months.months[n] // 12 for n in events)
        when = ", ".join(f"{years[year]:,} in {year:04}" for year in sorted(years, reverse=True))
        return f"{label}, {counted(len(events))}: {when}"
