"""The dialogue of `summitry read`: an answer of the reader after the other, and what is told."""

import sys
from collections.abc import Callable
from shutil import get_terminal_size
from textwrap import wrap
from typing import NamedTuple

from tui.charts.meeting_counts import KINDS
from tui.commands import kept
from tui.commands.reader_notebook import ReaderNotebook
from tui.commands.streams import signs, write
from tui.commands.tellings import HELP, Tellings
from tui.dossier.dossier import Dossier, Row
from tui.dossier.query import QueryError, parse
from tui.dossier.safe_text import clean
from tui.dossier.selection import NO_LIMIT, FoundRecords
from tui.dossier.vocabulary import FACETS, SORTS
from tui.explorer.spots import Found, Spot
from tui.explorer.state import ExplorerState
from tui.files import StoreError
from tui.output.spoken_lists import AT_ONCE, Telling
from tui.output.spoken_page import aloud
from tui.pages.model import TAG
from tui.text.glyphs import UNICODE

#: What is typed out in full, or is a habit from elsewhere.
_WORDS = {"quit": "q", "exit": "q", "help": "h", "?": "h", "back": "b", "more": "", "next": "n"}
#: Makes what is told.
_Maker = Callable[[], Telling]


class _Place(NamedTuple):
    """Where the reader was: how to tell it again, the part, and the choice taken there."""

    spot: Spot
    make: _Maker
    part: int
    choice: int


class Dialogue:
    """Answers one line of the reader after the other; the lists are those of the explorer.

    The pane of the state says which list or page is told.
    """

    def __init__(self, dossier: Dossier) -> None:
        self.state = ExplorerState(dossier, UNICODE)
        self.notebook = ReaderNotebook(dossier)
        self._tellings = Tellings(self.state, self.notebook, self._begin, self._follow)
        self._behind: list[_Place] = []
        self._make: _Maker = self._tellings.here
        self._told = Telling.of_list("", 0, str, self._choose)
        self._part = 0
        #: The facet, its value and the id of the record that was read last.
        self._read: tuple[str, str, str] | None = None
        self._commands: dict[str, Callable[[str], None]] = {
            "/": self._find,
            "": lambda _: self._more(1),
            "-": lambda _: self._more(-1),
            ".": self._again,
            "b": lambda _: self._back(),
            "n": lambda _: self._step(1),
            "p": lambda _: self._step(-1),
            "r": lambda _: self._return(),
            "g": self._group,
            "s": lambda _: self._turn(),
            "i": lambda _: self._go(self._tellings.about),
            "t": lambda _: self._go(self._tellings.lanes),
            "w": self._meetings,
            "c": self._cite,
            "m": lambda _: _tell(self.notebook.mark(self._told.page)),
            "a": lambda words: _tell(self.notebook.add(self._told.page, words)),
            "'": lambda _: self._marks(),
            "x": lambda _: _tell(self.notebook.see()),
            "h": lambda _: _tell(HELP),
        }

    def begin(self) -> None:
        """Tell what the dossier is, what is new, where the reader was, and what to choose from."""
        title, remark = self.state.title_words
        _tell(f"{title}. {remark}. Type h for help.")
        _tell(*self.notebook.greeting)
        if (place := self.notebook.place) and place.order in SORTS[1:]:
            self.state.order = place.order
        self.state.list_events()
        self._begin()

    def answer(self, line: str) -> bool:
        """Do what a line asks for; returns whether to go on."""
        word = line.strip()
        word = _WORDS.get(word.lower(), word)
        command, _, rest = ("/", "", word[1:]) if word.startswith("/") else word.partition(" ")
        if command.lower() == "q":
            return False
        _tell(*self.notebook.look())
        if word.isascii() and word.isdigit():
            self._choose(int(word[:9]))
        elif act := self._commands.get(command.lower()):
            try:
                act(rest.strip())
            except (QueryError, StoreError) as error:
                _tell(str(error))
        else:
            _tell(f'"{word[:80]}" is no answer; h tells those that there are')
        _tell(*self.notebook.take_notices())
        return True

    def leave(self) -> None:
        """Keep what was read last, for the next time; whoever read nothing leaves no notebook."""
        if self._read:
            _tell(*self.notebook.leave(self._read, self.state.order))

    # -- going somewhere

    def _leave(self, choice: int = 0) -> None:
        """Remember where the reader is, to come back to: to the part with what was chosen."""
        part = (choice - 1) // AT_ONCE if choice and not self._told.page else self._part
        self._behind.append(_Place(self.state.spot(), self._make, part, choice))

    def _go(self, make: _Maker) -> None:
        self._leave()
        self._begin(make)

    def _choose(self, number: int) -> None:
        told = self._told
        if 0 < number <= told.choices:
            self._leave(number)
            told.choose(number - 1)
        elif told.page:
            _tell("nothing on this page has that number")
        else:
            last = told.choices
            _tell(f"there are numbers from 1 to {last:,}" if last else "there is nothing here")

    def _back(self) -> None:
        if not self._behind:
            _tell("this is the beginning")
            return
        spot, make, part, choice = self._behind.pop()
        self.state.return_to(spot)
        self._begin(make, part, choice)

    def _show(self, row: Row) -> None:
        self.state.show_record(row.n)
        self._begin(pane="page")

    def _follow(self, target: str) -> None:
        if row := self.state.dossier.row(target):
            self._show(row)
        elif target.startswith(TAG):
            self.state.show_tag(target.removeprefix(TAG))
            self._begin(pane="events")
        else:
            self._behind.pop()
            _tell(f"an address: {target}")

    def _return(self) -> None:
        """Go to what was read last, the time before."""
        place, dossier, state = self.notebook.place, self.state.dossier, self.state
        row = dossier.row(place.id) if place else None
        if place is None or row is None:
            _tell("nothing is known of a visit before")
            return
        self._leave()
        if place.facet in FACETS:
            state.facet, state.found = place.facet, None
            state.value = dossier.known_value(place.facet, place.value)
            state.list_events()
        self._show(row)

    def _find(self, query: str) -> None:
        state, terms = self.state, parse(query)
        own = kept(terms, state.dossier)
        home = state.found.home if state.found else state.spot()
        self._leave()
        if query:
            records = FoundRecords.of(state.dossier, terms, NO_LIMIT, False, own)
            state.find(Found(records, query, query, "best", home))
        elif state.found:
            state.return_to(state.found.home)
        self._begin(pane="events")

    def _turn(self) -> None:
        self._leave()
        self.state.turn_order()
        self._begin(pane="events")

    def _group(self, name: str) -> None:
        facet = next((facet for facet in FACETS if name and facet.startswith(name.lower())), "")
        if not facet:
            _tell(f"group by one of {', '.join(FACETS)}")
            return
        self._leave()
        self.state.group_by(facet)
        self._begin(pane="facets")

    def _step(self, way: int) -> None:
        events, current = self.state.shown.listing.events, self.state.current
        reading = self._told.page is not None
        at = events.index(current) + way * reading if current in events else 0
        if not 0 <= at < len(events):
            _tell("there is no further event in this list")
            return
        if not reading:
            self._leave()
        self.state.read(events[at])
        self._begin(pane="page")

    # -- telling

    def _begin(
        self, make: _Maker | None = None, part: int = 0, choice: int = 0, pane: str = ""
    ) -> None:
        """Begin to tell what `make` makes, else the list or page of `pane`, "" for the present."""
        self.state.pane = pane or self.state.pane
        self._make = make or self._tellings.here
        self._told = told = self._make()
        if told.page and self.state.dossier.row(told.page.id):
            self._read = self.state.facet, self.state.value, told.page.id
        self._part = min(part, len(told.starts) - 1)
        _tell(told.head)
        if choice:
            _tell(f"you chose {choice:,}")
        _tell(*told.part(self._part))

    def _more(self, way: int) -> None:
        """Tell the next part, or the one before."""
        if 0 <= self._part + way < len(self._told.starts):
            self._part += way
            _tell(*self._told.part(self._part))
        else:
            _tell("that is all" if way > 0 else "this is the first part")

    def _again(self, part: str) -> None:
        """Tell where the reader is and the same part again, or the one with this number."""
        parts = len(self._told.starts)
        if part and not (part.isascii() and part.isdigit() and 0 < int(part[:9]) <= parts):
            _tell(f"there are parts from 1 to {parts:,}")
            return
        trail = self.state.trail if self._told.page else self.state.trail[:2]
        _tell(f"in {', '.join(trail)}")
        self._begin(self._make, int(part[:9]) - 1 if part else self._part)

    # -- counts and the notebook

    def _meetings(self, words: str) -> None:
        """Tell who met whom; of an actor whose page is told, whom they met."""
        kinds = {label: kind for kind, label in KINDS.items()}
        label = next((label for label in kinds if label.startswith(words.lower())), "")
        if not label:
            _tell(f"w and one of {', '.join(kinds)}")
            return
        row = self.state.dossier.row(self._told.page.id) if self._told.page else None
        subject = row.id if row and row.kind == "actor" else ""
        self._go(lambda: self._tellings.meetings_of(subject, label, kinds[label]))

    def _cite(self, words: str) -> None:
        """Write citations as they are to be copied."""
        write(f"{self._tellings.citations(self._told.page, words.split())}\n")

    def _marks(self) -> None:
        if self.notebook.entries():
            self._go(self._tellings.marks)
        else:
            _tell("no marks and no notes yet")


def _tell(*lines: str) -> None:
    """Write lines; on a terminal none breaks within a word, as it is read line by line there."""
    shown = signs()
    width = get_terminal_size().columns if sys.stdout.isatty() else 0
    for line in lines:
        words = aloud(clean(line), shown)  # what was typed may stand in it
        if len(words) >= width > 0:
            words = "\n".join(
                row
                for part in words.split("\n")
                for row in wrap(part, max(1, width - 1), break_on_hyphens=False)
            )
        write(f"{words}\n")
