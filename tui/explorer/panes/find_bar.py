"""Find: the line that a query is typed in, and what it finds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rich.cells import cell_len
from textual.geometry import Offset, Size
from textual.reactive import Reactive
from textual.widgets import Input

from tui.dossier.conditions import Kept
from tui.dossier.dossier import Dossier
from tui.dossier.folding import fold
from tui.dossier.query import QueryError, parse
from tui.dossier.safe_text import clean_line
from tui.dossier.selection import NO_LIMIT, FoundRecords

#: Characters of one paste that a line takes: no query needs more.
_LONGEST = 1000
#: Said in the line before anything is typed.
PLACEHOLDER = 'words, "a phrase", -not, region: type: actor: on:2025-10'
#: So many records are looked up before the typing pauses: no more than a screen shows.
_MOST_TYPING = 60


def find(dossier: Dossier, query: str, *, typing: bool, kept: Callable[[], Kept]) -> FoundRecords:
    """Look up `query`; a query that cannot be read is said, not raised.

    While it is being typed, fewer records are looked up and common words are not ranked. `kept` is
    asked for what is marked and noted; records whose notes have all the words come last.
    """
    try:
        parsed = parse(query, typing=typing)
    except QueryError as error:
        found = FoundRecords(dossier, ())
        found.notes = (str(error),)
        return found
    most, own = _MOST_TYPING if typing else NO_LIMIT, kept()
    found = FoundRecords.of(dossier, parsed, most, typing, own)
    if not any(term.field or term.negated for term in parsed.terms) and not typing:
        found.add(_noted(dossier, parsed.words, own.get("noted", {})))
    return found


def _noted(dossier: Dossier, words: Sequence[str], notes: Iterable[str]) -> Iterator[int]:
    """The numbers of the records whose notes have all of some folded words.

    `notes` is a mapping of the notes by the ids of records.
    """
    for id_, note in notes.items() if isinstance(notes, Mapping) else ():
        folded = fold(str(note))
        if words and all(word in folded for word in words) and (row := dossier.row(id_)):
            yield row.n


class LineInput(Input):
    """A line that text is typed into."""

    # Textual's own lays out the whole screen at each letter.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    def __init__(self, placeholder: str, *, id: str, compact: bool = True) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, id=id, compact=compact, select_on_focus=False)
        self.cursor_blink = False

    def begin(self, placeholder: str, text: str) -> None:
        """Show `text`, the cursor behind it; where there is none, `placeholder`."""
        self.placeholder = placeholder
        self.clear()
        self.type_text(text)

    def type_text(self, text: str) -> None:
        """Put the first line of `text` in the place of what is selected, or at the cursor."""
        line = clean_line(next(filter(None, text.splitlines()), ""))[:_LONGEST]
        if self.selection.is_empty:
            self.insert_text_at_cursor(line)
        else:
            self.replace(line, *self.selection)
        self.show_cursor()

    def scroll_to_region(self, *_arguments: object, **_options: object) -> Offset:
        """Do nothing: Textual scrolls later, by steps that are no longer right then."""
        return Offset()

    def show_cursor(self) -> None:
        """Scroll sideways so that the cursor can be seen."""
        at, width = cell_len(self.value[: self.cursor_position]), self.size.width
        first = int(self.scroll_x)
        first = at - width + 1 if at >= first + width else min(first, at)
        self.scroll_to(first, animate=False, force=True, immediate=True)
