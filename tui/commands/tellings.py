"""What `summitry read` tells: each list and page of the explorer, and what a choice there does."""

from collections.abc import Callable, Iterator, Sequence

from tui.charts.meeting_counts import NOBODY, TOTAL, MeetingCounts, in_order
from tui.commands.reader_notebook import NO_RECORD, ReaderNotebook
from tui.dossier.dossier import Row
from tui.dossier.records import Source
from tui.dossier.selection import FoundRecords
from tui.dossier.vocabulary import FACETS, counted
from tui.explorer.spots import Found
from tui.explorer.state import ExplorerState, label_of
from tui.output.citations import STYLES, cite
from tui.output.spoken_lists import LanesInWords, Telling, meeting_line, meetings_head, record_line
from tui.page import NO_EVENTS, overview_page, page_of, page_of_value
from tui.pages.model import Page

#: The answers that there are. Speech leaves signs out, so they are called by their names.
HELP = """\
a number: choose it; on a page, the record that is named before the number
Enter: more
a minus sign: the part before
a full stop: this part again, and where you are; a full stop and 3: part 3
b: back
n and p: the next and the previous event
r: what you read last, the time before
a slash and words: find; a slash alone: take the query away
g and a name, such as g actor: group by region, type, year, actor, place or tag
s: turn the order of the events
i: about what is listed
t: when, how many events in each year
w: who met whom; w states: which states
c: cite the sources of the page; c 2: source 2; c 2 bibtex: in that style
m: mark the record, or unmark it
a and words: add a note to it
an apostrophe: list marks and notes
x: take what is new since your last visit as seen
h: help
q: leave"""
#: Begins to tell what a function makes or, without one, the list or page of a `pane`.
Begin = Callable[..., None]


class Tellings:
    """Makes what is told of `state`. A choice moves it and calls `begin`.

    `follow` is called with what a number on a page leads to.
    """

    def __init__(
        self,
        state: ExplorerState,
        notebook: ReaderNotebook,
        begin: Begin,
        follow: Callable[[str], None],
    ) -> None:
        self._state, self._notebook = state, notebook
        self._begin, self._follow = begin, follow

    def here(self) -> Telling:
        """The list or the page where the reader is, as the pane of the state says."""
        makers = {"facets": self.values, "events": self.events, "page": self.page}
        return makers[self._state.pane]()

    def _choose_value(self, position: int) -> None:
        self._state.choose_value(self._state.values.at(position).key)
        self._begin(pane="events")

    def _find_events(self, events: Sequence[int], title: str) -> None:
        """List events that were counted, as a selection of their own."""
        records = FoundRecords(self._state.dossier, events)
        before = self._state.found
        home = before.home if before else self._state.spot()
        self._state.find(Found(records, title, "", "newest", home))
        self._begin(pane="events")

    def values(self) -> Telling:
        """The values of the facet, within what was found if a query is on."""
        state, values = self._state, self._state.values

        def line(position: int) -> str:
            value = values.at(position)
            count = counted(value.total) if value.total else "none"
            return f"{label_of(values.facet, value)}, {count}"

        within = f", within what was found for {state.found.title}" if state.found else ""
        head = f"{FACETS[state.facet]}{within}, {counted(len(values), 'choice')}:"
        return Telling.of_list(head, len(values), line, self._choose_value)

    def events(self) -> Telling:
        """The selection, a record a line."""
        state, dossier = self._state, self._state.dossier
        numbers, found = state.shown.listing.events, state.found

        def line(position: int) -> str:
            (row,) = dossier.rows(numbers[position : position + 1])
            return record_line(dossier, row, self._notebook.words(row))

        def choose(position: int) -> None:
            state.read(numbers[position])
            self._begin(pane="page")

        name = "; ".join((found and found.records.notes) or (state.selection_name,))
        events = sum(n <= dossier.total for n in numbers)
        others = counted(len(numbers) - events, "other record")
        told = counted(events) + (f" and {others}" if len(numbers) > events else "")
        head = f"{name}, {told}, {found.order if found else state.order} first:"
        if not numbers:
            head = state.shown.empty if found else f"{name}: {state.shown.empty}"
        return Telling.of_list(head, len(numbers), line, choose)

    def page(self) -> Telling:
        """The page of the record that is read."""
        row = self._state.row
        assert row is not None
        return self._page_of(page_of(self._state.dossier, row), row)

    def _page_of(self, page: Page, row: Row | None) -> Telling:
        words = self._notebook.words(row) if row else []
        note = self._notebook.note(row) if row else ""
        return Telling.of_page(page, words, note, self._follow)

    def about(self) -> Telling:
        """The page of the value that is listed; of the dossier where that is all events."""
        dossier, state = self._state.dossier, self._state
        value = page_of_value(dossier, state.facet, state.value) if state.value else None
        page = value or overview_page(dossier)
        return self._page_of(page, dossier.row(page.id))

    def lanes(self) -> Telling:
        """The timeline of the selection in words, a value of the facet a line."""
        state, selection = self._state, self._state.selection
        name = state.selection_name
        lanes = LanesInWords(state.dossier, state.facet, selection.events if selection else None)

        def choose(position: int) -> None:
            label, events = lanes.lanes[position]
            self._find_events(events, f"{name}, {label}" if position else name)

        head = f"When, {name}, by {state.facet}:" if lanes.lanes else NO_EVENTS
        return Telling.of_list(head, len(lanes.lanes), lanes.line, choose)

    def meetings_of(self, subject: str, label: str, kind: str) -> Telling:
        """Who of a `kind`, which is called `label`, met others, or met the actor `subject`."""
        selection = None if subject else self._state.selection
        counts = MeetingCounts(self._state.dossier, selection.events if selection else None)
        rows = in_order(counts.rows(kind, subject), TOTAL)

        def choose(position: int) -> None:
            row = rows[position]
            if subject:
                self._find_events(row.counted[TOTAL], counts.pair(subject, row))
            else:
                self._begin(lambda: self.meetings_of(row.key, label, kind))

        head = meetings_head(counts, subject, label, selection.name if selection else "")
        head = f"{head}:" if rows else NOBODY

        def line(position: int) -> str:
            return meeting_line(rows[position], counts.years)

        return Telling.of_list(head, len(rows), line, choose)

    def marks(self) -> Telling:
        """What is marked and noted."""
        entries = self._notebook.entries()
        lines = [f"{row.type}: {row.title}, {words}" for row, words in entries]

        def choose(position: int) -> None:
            self._follow(entries[position][0].id)

        head = f"Marks and notes, {len(lines)}:"
        return Telling.of_list(head, len(lines), lines.__getitem__, choose)

    def citations(self, page: Page | None, words: Sequence[str]) -> str:
        """Cite the sources of a page, or the one whose number is among `words`, in a style."""
        if page is None:
            return NO_RECORD
        number, style = 0, "note"
        for word in words:
            if word.isascii() and word.isdigit():
                number = int(word[:9])
            elif not (style := next((name for name in STYLES if name.startswith(word)), "")):
                return f"c, a number and one of {', '.join(STYLES)}"
        cited = list(self._cited(page))
        if not cited:
            return "this page cites no source"
        chosen = [(source, at) for n, source, at in cited if number in (0, n)]
        if not chosen:
            return f"there are sources from 1 to {cited[-1][0]}"
        if style != "note" or number:
            return cite(list({s.id: (s, at) for s, at in chosen}.values()), style).rstrip()
        return "\n".join(f"Source {n}: {cite([(s, at)], style).rstrip()}" for n, s, at in cited)

    def _cited(self, page: Page) -> Iterator[tuple[int, Source, str]]:
        """The sources of a page, each with its number there and where in it."""
        if own := self._state.dossier.source(page.id):
            yield 1, own, ""
        for note in page.notes:
            if source := self._state.dossier.source(note.source):
                yield note.number, source, note.at
