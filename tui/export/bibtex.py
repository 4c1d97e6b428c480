"""BibTeX: an entry for each source, with its id as the key.

Year, month and day are given as far as they are recorded. ``date`` has the EDTF, which biblatex
reads and sets. Persons are "Family, Given" and joined by "and"; organisations and titles are in
double braces, so that no program parts them or changes their capitals. What has a web address is
``@online``. ``langid`` is the language for LaTeX; ``language`` would be set in words, "in en", and
stands only where LaTeX has no name for it. Notes on the source, and a date in words that year,
month and day do not say, stand in ``annotation``, which is not set: ``note`` would be, in each
footnote.
"""

import re
from collections.abc import Iterable, Iterator

from tui.dossier import dates
from tui.dossier.records import Source
from tui.export.source_fields import (
    Name,
    address_of,
    date_notes_of,
    date_parts,
    ended,
    names_of,
    publisher_of,
    title_of,
)

# Braces are written as words, as BibTeX counts them even after a backslash.
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\n": " ",
    }
    | {sign: f"\\{sign}" for sign in "%&$#_"}
)
# The place within -- '' `` << >> ,, ?` and !`, each of which LaTeX would set as one sign.
_LIGATURE = re.compile(r"(?<=([-'`<>,]))(?=\1)|(?<=[?!])(?=`)")
_IN_ADDRESS = str.maketrans({c: f"%{ord(c):02X}" for c in '{}^"<>|`'})


# The field of a publisher in each kind of entry.
_PUBLISHER = {"online": "organization", "article": "journal", "misc": "howpublished"}
# The names that LaTeX's babel and polyglossia have for languages.
_BABEL = {
    "ar": "arabic", "az": "azerbaijani", "be": "belarusian", "bg": "bulgarian", "cs": "czech",
    "da": "danish", "de": "ngerman", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "fa": "persian", "fi": "finnish", "fr": "french", "he": "hebrew",
    "hi": "hindi", "hr": "croatian", "hu": "magyar", "hy": "armenian", "it": "italian",
    "ja": "japanese", "ka": "georgian", "ko": "korean", "lt": "lithuanian", "lv": "latvian",
    "nl": "dutch", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sk": "slovak", "sl": "slovene", "sr": "serbian", "sv": "swedish", "tk": "turkmen",
    "tr": "turkish", "uk": "ukrainian", "ur": "urdu", "zh": "chinese",
}  # fmt: skip


def entries(sources: Iterable[Source]) -> Iterator[str]:
    """Give sources as entries, with an empty line between them."""
    for place, source in enumerate(sources):
        yield ("\n" if place else "") + _entry(source)


def escape(value: str) -> str:
    """Write text so that LaTeX sets it as it stands, on one line."""
    return _LIGATURE.sub("{}", value.translate(_SPECIAL))


def _entry(source: Source) -> str:
    # An @article needs an author.
    periodical = source.type in ("article", "news") and source.author and publisher_of(source)
    kind = "online" if address_of(source) else "article" if periodical else "misc"
    lines = [f"@{kind}{{{source.id},"]
    lines += [f"  {name} = {value}," for name, value in _fields(source, _PUBLISHER[kind])]
    return "\n".join([*lines, "}"]) + "\n"


def _author(name: Name) -> str:
    """Write a name: a person's parted, an organisation's in braces, so that no program parts it."""
    family = escape(name.family)
    return f"{{{family}}}" if name.given is None else f"{family}, {escape(name.given)}"


def _fields(source: Source, publisher: str) -> Iterator[tuple[str, str]]:
    """Give the fields and their values: in braces, but for months, which are words of BibTeX."""
    if names := names_of(source):
        yield "author", f"{{{' and '.join(map(_author, names))}}}"
    yield "title", f"{{{{{escape(title_of(source))}}}}}"
    if name := publisher_of(source):
        yield publisher, f"{{{escape(name)}}}"
    known = date_parts(source.date)
    if known:
        yield "year", f"{{{known[0]:04}}}"
    if len(known) > 1:
        yield "month", dates.MONTHS[known[1] - 1][:3].lower()
    if len(known) > 2:
        yield "day", f"{{{known[2]}}}"
    # Not escaped: biblatex reads it, LaTeX never sees it.
    yield "date", f"{{{source.date}}}"
    if url := address_of(source):
        yield "url", f"{{{url.translate(_IN_ADDRESS)}}}"
    if source.accessed:
        yield "urldate", f"{{{source.accessed}}}"
    if babel := _BABEL.get(source.language.partition("-")[0].lower()):
        yield "langid", f"{{{babel}}}"
    else:
        yield "language", f"{{{escape(source.language)}}}"
    yield "keywords", f"{{{escape(source.type)}}}"
    if notes := date_notes_of(source):
        yield "annotation", f"{{{escape(' '.join(map(ended, notes)))}}}"
