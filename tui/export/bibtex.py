"""BibTeX: an entry for each source; the key is its id.

Years, months and days are given as far as they are recorded; that a date is approximate or
uncertain stands in ``note``. ``date`` has the EDTF, which biblatex reads; of a span ``year`` says
it in words. Authors and titles stand in double braces, so that nothing takes an organisation's name
apart.
"""

import re
from collections.abc import Iterator

from tui.dossier import dates
from tui.dossier.records import Source
from tui.dossier.safe_text import safe_url
from tui.export.sources import parts

# Not \{ and \}: BibTeX counts braces whether or not a backslash stands before them.
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "%": r"\%",
        "&": r"\&",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "\n": " ",
    }
)
# Between the two halves of -- '' `` << >> ,, ?` and !`, which LaTeX would make one sign.
_LIGATURE = re.compile(r"(?<=([-'`<>,]))(?=\1)|(?<=[?!])(?=`)")
_IN_ADDRESS = str.maketrans({c: f"%{ord(c):02X}" for c in '{}^"<>|`'})


def bibliography(sources: list[Source]) -> Iterator[str]:
    """The entries, an empty line between them."""
    for place, source in enumerate(sources):
        yield ("\n" if place else "") + _entry(source)


def escape(value: str) -> str:
    """Text that LaTeX sets as it is written, on one line."""
    return _LIGATURE.sub("{}", value.translate(_SPECIAL))


def _entry(source: Source) -> str:
    periodical = source.type in ("article", "news") and source.publisher
    lines = [f"@{'article' if periodical else 'misc'}{{{source.id},"]
    lines += [f"  {name} = {value}," for name, value in _fields(source, bool(periodical))]
    return "\n".join([*lines, "}"]) + "\n"


def _fields(source: Source, periodical: bool) -> Iterator[tuple[str, str]]:
    """The fields with their values in braces, months apart, which are BibTeX's own words."""
    if source.author:
        yield "author", f"{{{{{escape(source.author)}}}}}"
    yield "title", f"{{{{{escape(source.title)}}}}}"
    if source.publisher:
        yield "journal" if periodical else "howpublished", f"{{{escape(source.publisher)}}}"
    if source.country:
        yield "address", f"{{{escape(source.country)}}}"
    notes = [source.note] if source.note else []
    when = dates.show(dates.parse(source.date))
    known = parts(source.date.rstrip("~?%"))
    if known is None:
        yield "year", f"{{{escape(when)}}}"
    else:
        yield "year", f"{{{known[0]:04}}}"
        if len(known) > 1:
            yield "month", dates.MONTHS[known[1] - 1][:3].lower()
        if len(known) > 2:
            yield "day", f"{{{known[2]}}}"
        if not source.date[-1:].isdigit():
            notes.append(f"Date as recorded: {when}")
    # As it is, not escaped: biblatex reads it, LaTeX never sees it.
    yield "date", f"{{{source.date}}}"
    if source.url and safe_url(source.url):
        yield "url", f"{{{source.url.translate(_IN_ADDRESS)}}}"
    elif source.url:
        notes.append(f"Address as recorded: {source.url}")
    if source.accessed:
        yield "urldate", f"{{{source.accessed}}}"
    yield "language", f"{{{escape(source.language)}}}"
    yield "keywords", f"{{{escape(source.type)}}}"
    if notes:
        yield "note", f"{{{escape(' '.join(notes))}}}"
