"""What bibliographies say of a source alike: title, authors, publisher, date and notes."""

import re
from typing import NamedTuple

from tui.dossier import dates
from tui.dossier.folding import fold
from tui.dossier.records import Source
from tui.dossier.safe_text import safe_url

#: What parts the names of several authors.
_BETWEEN = re.compile(r"\s*[;,]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+")
# A name's words begin with a capital: Sevinç, O'Brien, J., al-Something, (Alexandra).
_WORD = re.compile(r"\(?(?:[a-z]{1,3}[-'’])?[^\W\d_a-zà-ÿ][^\W\d_]*(?:[.'’-][^\W\d_]*)*\)?")
_PARTICLES = frozenset("al da de del della den der di dos du el la le ten ter van von zu".split())  # noqa: SIM905
_OF_THE_FATHER = frozenset("bey ben bin ibn kyzy oglu ogly oğlu qızı".split())  # noqa: SIM905
_YOUNGER = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II"))
# Words of the names of organisations that look like a person's otherwise.
_ORGANISATION = re.compile(
    r"\b(?:academy|administration|agency|assembly|association|authority|bank|board|bureau|"
    r"cent(?:er|re)|commission|committee|company|contributors|corporation|correlates|council|court|data|"
    r"department|desk|editorial|editors|embassy|foundation|fund|government|group|house|institute|"
    r"international|journal|library|media|ministry|mission|nations|network|news|office|"
    r"organi[sz]ation|parliament|party|press|program(?:me)?|project|reporters?|republic|"
    r"secretariat|service|society|staff|state|states|team|times|union|university|world)\b",
    re.IGNORECASE,
)


class Name(NamedTuple):
    """The name of an author: of an organisation all is `family`, and `given` is None."""

    family: str
    given: str | None


def title_of(source: Source) -> str:
    """Give the title; one that is a description of ours stands in square brackets."""
    return f"[{source.title}]" if source.described else source.title


def names_of(source: Source) -> list[Name]:
    """Give the names of the authors.

    Where they do not all look like persons' names, the whole is the name of an organisation.
    """
    author = source.author or ""
    family, _, given = author.partition(", ")
    if family and given and " " not in family and _is_person(f"{given} {family}"):
        return [Name(family, given)]
    parts = _BETWEEN.split(author)
    if author and all(map(_is_person, parts)):
        return [_parted(part.split()) for part in parts]
    return [Name(author, None)] if author else []


def publisher_of(source: Source) -> str | None:
    """Give the publisher, but for a site that bears its author's own name: it is named once."""
    same = source.author and source.publisher and fold(source.author) == fold(source.publisher)
    return None if same else source.publisher


def date_parts(edtf: str) -> tuple[int, ...]:
    """Give year, month and day as far as recorded: of a season the year.

    Of a span it is what both ends have in common, and nothing where an end is open.
    """
    ends = []
    for end in edtf.replace("..", "").split("/"):
        numbers = tuple(int(part) for part in end.rstrip("~?%").split("-") if part)
        # A month above 12 is a season.
        ends.append(numbers[:1] if len(numbers) == 2 and numbers[1] > 12 else numbers)
    shared = 0
    while all(len(end) > shared and end[shared] == ends[0][shared] for end in ends):
        shared += 1
    return ends[0][:shared]


def address_of(source: Source) -> str | None:
    """Give the web address, if it may be opened."""
    return source.url if source.url and safe_url(source.url) else None


def notes_of(source: Source) -> list[str]:
    """Give the notes on a source: its own, how much of it was read, and an odd address."""
    notes = [source.note] if source.note else []
    if source.read == "excerpt":
        notes.append("Read in part.")
    if source.url and not address_of(source):
        notes.append(f"Address as recorded: {source.url}")
    return notes


def date_notes_of(source: Source) -> list[str]:
    """Give the notes on a source, and its date in words where `date_parts` do not say all of it."""
    exact = "-".join(f"{part:02}" for part in date_parts(source.date)).rjust(len(source.date), "0")
    said = dates.show(dates.parse(source.date))
    return notes_of(source) + ([] if exact == source.date else [f"Date as recorded: {said}"])


def ended(words: str) -> str:
    """End a sentence in one full stop, as after an abbreviation or a question, in no second one."""
    return words if words.endswith((".", "?", "!", ".”", "?”", "!”")) else f"{words}."


def _is_person(name: str) -> bool:
    words = name.split()
    small = _PARTICLES | _OF_THE_FATHER
    capital = [word for word in words if word not in small]
    return (
        2 <= len(words) <= 5
        and len(capital) >= 2
        and all(map(_WORD.fullmatch, capital))
        and words[-1] in capital
        and not any(len(word) > 2 and word.isupper() for word in capital)
        and not _ORGANISATION.search(name)
    )


def _parted(words: list[str]) -> Name:
    """Part the words of a person's name: the last is the family's, with the particles before it.

    What a son or grandson adds stays with the family's: King Jr.
    """
    at = len(words) - (2 if words[-1] in _YOUNGER and len(words) > 2 else 1)
    while at > 1 and words[at - 1] in _PARTICLES:
        at -= 1
    return Name(" ".join(words[at:]), " ".join(words[:at]))
