"""The model of a page: blocks of spans, pure data without a word of how they are shown."""

from typing import NamedTuple

#: What the target of a link begins with where it is not a record; no id has a colon.
TAG, NOTE = "tag:", "note:"


class Span(NamedTuple):
    """A run of text: `role` says what it is, `link` where it leads to, `notes` its citations.

    A link is the id of a record, a tag's id (TAG and its name) or, once set, a note (NOTE and its
    number) or a web address.

    Roles: "" (running text), title, kind, label, muted, voice, url, done (a step taken).
    """

    text: str
    role: str = ""
    link: str | None = None
    notes: tuple[int, ...] = ()


Prose = tuple[Span, ...]


class Heading(NamedTuple):
    """The label of a section."""

    text: str


class Line(NamedTuple):
    """A line under the title, or a few; `claims` are the positions of those that it sums up."""

    spans: Prose
    claims: tuple[int, ...] = ()


class Paragraph(NamedTuple):
    """A claim of fact, or the summary; `claim` is its position in the record, for its sources."""

    spans: Prose
    claim: int | None = None


class Quote(NamedTuple):
    """A statement or assessment, set apart: what is said, and who says it.

    `voice` is empty where the next quote has the same one: it is said once, after the last.
    """

    spans: Prose
    voice: Prose
    claim: int | None = None


class Differ(NamedTuple):
    """Claims about one thing with different values, side by side."""

    about: str
    sides: tuple[tuple[Prose, Prose, int], ...]  # value, claim with voice and notes, claim position


class Table(NamedTuple):
    """Rows of a label and what it says."""

    rows: tuple[tuple[Prose, Prose], ...]


class Item(NamedTuple):
    """A record in a list: its date in words, if any, and its title with where it leads."""

    date: str
    type: str
    spans: Prose

    @property
    def lead(self) -> str:
        """What stands before the title: the date, or else the type, or nothing."""
        return self.date or self.type


class Items(NamedTuple):
    """A list of events."""

    items: tuple[Item, ...]


class Trail(NamedTuple):
    """An agreement's steps in order: action, date in words, notes; then what is not recorded."""

    steps: tuple[tuple[str, str, tuple[int, ...]], ...]
    remark: str


class Note(NamedTuple):
    """The note that a superscript stands for: the source, where in it, and both as recorded."""

    number: int
    spans: Prose
    url: str | None = None
    source: str = ""
    at: str = ""


Block = Heading | Line | Paragraph | Quote | Differ | Table | Items | Trail


class Page(NamedTuple):
    """A record for reading. `notes` resolve the numbers in the blocks."""

    id: str
    kind: str
    title: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
