"""`summitry read`: the dossier as a plain dialogue, for screen readers and dumb terminals."""

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from tui.commands import FILE, Options, command, store_path
from tui.commands.streams import FOUND, progress, say, signs, write

if TYPE_CHECKING:
    from tui.dossier.dossier import Dossier
    from tui.explorer.spots import Spot

#: So many lines are told at once.
_AT_ONCE = 20
_HELP = """\
a number: choose it
Enter: more of this list or page
b: back
/ and words: find; / alone: take the query away
g and a name, such as g actor: group by that
s: turn the order of the events
n and p: the next and the previous event
q: leave"""


class Dialogue:
    """Answers one line of the reader after the other; the lists are those of the explorer.

    The pane of the state says which list or page is told.
    """

    def __init__(self, dossier: "Dossier") -> None:
        from tui.explorer.state import ExplorerState

        self.state = ExplorerState(dossier, signs())
        self._behind: list[Spot] = []
        self._rest: Iterator[str] = iter(())
        self._targets: list[str] = []

    def run(self, answers: Iterable[str]) -> None:
        """Tell what there is, and go on with what is answered until ``q`` or the end."""
        title, remark = self.state.title_words
        _tell(f"{title}. {remark.replace(' · ', ', ')}. Type h for help.")
        self.state.list_events()
        self._begin()
        for answer in answers:
            word = answer.strip()
            if word == "q":
                break
            self._answer(word)
            _ask()

    def _answer(self, word: str) -> None:
        state = self.state
        if word == "":
            self._more()
        elif word.isascii() and word.isdigit():
            self._choose(int(word[:9]))
        elif word == "h":
            _tell(_HELP)
        elif word == "b" and self._behind:
            state.return_to(self._behind.pop())
            self._begin()
        elif word == "b":
            _tell("this is the beginning")
        elif word.startswith("/"):
            self._find(word[1:].strip())
        elif word.startswith("g"):
            self._group(word[1:].strip().lower())
        elif word == "s":
            self._leave()
            _tell(f"{state.turn_order()} first")
            state.pane = "events"
            self._begin()
        elif word in ("n", "p"):
            self._step(1 if word == "n" else -1)
        else:
            _tell("that is no answer; h tells those that there are")

    # -- going somewhere

    def _leave(self) -> None:
        """Remember where the reader is, to come back to."""
        self._behind.append(self.state.spot())

    def _choose(self, number: int) -> None:
        state = self.state
        if state.pane == "page":
            self._follow(number)
            return
        listed = len(state.values) if state.pane == "facets" else len(state.shown.listing.events)
        if not 0 < number <= listed:
            _tell(f"there are numbers from 1 to {listed}" if listed else "there is nothing here")
            return
        self._leave()
        if state.pane == "facets":
            state.choose_value(state.values.at(number - 1).key)
            state.pane = "events"
        else:
            state.read(state.shown.listing.events[number - 1])
            state.pane = "page"
        self._begin()

    def _follow(self, number: int) -> None:
        for _ in self._rest:  # what is named further down has a number, too
            pass
        if not 0 < number <= len(self._targets):
            _tell("nothing on this page has that number")
            return
        from tui.pages.model import TAG

        target = self._targets[number - 1]
        row = self.state.dossier.row(target)
        if row is None and not target.startswith(TAG):
            _tell(f"an address: {target}")
            return
        self._leave()
        if row:
            self.state.show_record(row.n)
            self.state.pane = "page"
        else:
            self.state.show_tag(target.removeprefix(TAG))
            self.state.pane = "events"
        self._begin()

    def _find(self, query: str) -> None:
        from tui.commands import kept
        from tui.dossier.query import QueryError, parse
        from tui.dossier.selection import NO_LIMIT, FoundRecords
        from tui.explorer.spots import Found
        from tui.files import StoreError

        state = self.state
        try:
            terms = parse(query)
            own = kept(terms, state.dossier)
        except (QueryError, StoreError) as error:
            _tell(str(error))
            return
        self._leave()
        home = self._behind[-1]
        if query:
            records = FoundRecords.of(state.dossier, terms, NO_LIMIT, False, own)
            state.find(Found(records, query, query, "best", home))
        elif state.found:
            state.return_to(state.found.home)
        state.pane = "events"
        self._begin()

    def _group(self, name: str) -> None:
        from tui.dossier.vocabulary import FACETS

        facet = next((facet for facet in FACETS if name and facet.startswith(name)), "")
        if not facet:
            _tell(f"group by one of {', '.join(FACETS)}")
            return
        self._leave()
        self.state.group_by(facet)
        self.state.pane = "facets"
        self._begin()

    def _step(self, way: int) -> None:
        events, current = self.state.shown.listing.events, self.state.current
        at = events.index(current) + way if current in events else 0
        if not 0 <= at < len(events):
            _tell("there is no further event in this list")
            return
        self.state.read(events[at])
        self.state.pane = "page"
        self._begin()

    # -- telling

    def _begin(self) -> None:
        """Begin to tell the list or the page where the reader is."""
        tell = {"facets": self._values, "events": self._events, "page": self._page}
        self._rest = tell[self.state.pane]()
        self._more()

    def _more(self) -> None:
        """Tell the next lines, and whether there are more."""
        lines = list(islice(self._rest, _AT_ONCE))
        _tell(*(lines or ["that is all"]))
        if (following := next(self._rest, None)) is not None:
            self._rest = _after(following, self._rest)
            _tell("Enter: more")

    def _values(self) -> Iterator[str]:
        from tui.dossier.vocabulary import FACETS, counted
        from tui.explorer.state import label_of

        yield f"{FACETS[self.state.facet]}:"
        values = self.state.values
        for position in range(len(values)):
            value = values.at(position)
            count = counted(value.total) if value.total else "none"
            yield f"{position + 1}. {label_of(values.facet, value)}, {count}"

    def _events(self) -> Iterator[str]:
        from tui.dossier.dossier import shown_date

        state, number = self.state, 0
        listing, dossier = state.shown.listing, state.dossier
        yield f"{state.shown.heading.replace(' · ', ', ')}:"
        if not listing:
            yield state.shown.empty
        for row in range(len(listing)):
            heading = listing.heading(row)
            if heading is not None:
                yield f"{heading}:"
                continue
            number += 1
            event = dossier.row_at(listing.event(row) or 0)
            assert event is not None
            whole = dossier.whole(event)
            part = f", part of {whole.title}" if whole else ""
            when = f"{shown_date(event)}, " if event.date else ""
            yield f"{number}. {when}{event.type}: {event.title}{part}"

    def _page(self) -> Iterator[str]:
        from tui.output.spoken_page import SpokenPage
        from tui.page import page_of

        row = self.state.row
        assert row is not None
        spoken = SpokenPage(page_of(self.state.dossier, row))
        self._targets = spoken.targets
        return spoken.lines()


def _after(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _tell(*lines: str) -> None:
    shown = signs()
    for line in lines:
        write(f"{shown.plain(line)}\n")


def _ask() -> None:
    write("> ")
    sys.stdout.flush()


@command("read", FILE)
def read(options: Options) -> int:
    """Read a dossier as a plain dialogue: numbered choices, one page after another."""
    from tui.dossier.dossier import Dossier

    dialogue = Dialogue(Dossier.open(store_path(options.file), progress()))
    if not sys.stdin:
        say("there is nobody to answer: standard input is closed")
        return FOUND
    dialogue.run(_answers())
    return FOUND


def _answers() -> Iterator[str]:
    """The lines that the reader types, until the end of input."""
    _ask()
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace")
