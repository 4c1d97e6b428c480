"""Citations of the sources of a record, as notes in Chicago style or as BibTeX."""

import re

from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row
from tui.dossier.records import Event, Source, cites_of

# Double quotation marks: those at the beginning of a word open, the others close.
_OPENING = re.compile(r"„|(?<![^\s(\[–—])[“\"]")
_CLOSING = re.compile(r"[“”\"]")


def sources_cited(dossier: Dossier, row: Row) -> list[tuple[Source, str]]:
    """Give the sources of a record, each once, with the locator it is first cited with.

    They stand in the order they are cited in. A source is its own source.
    """
    record = dossier.record(row)
    if isinstance(record, Source):
        return [(record, "")]
    if not isinstance(record, Event):
        return []
    found: dict[str, tuple[Source, str]] = {}
    for cite in cites_of(record):
        if cite.source not in found and (source := dossier.source(cite.source)):
            found[cite.source] = (source, cite.at)
    return list(found.values())


def chicago(source: Source, at: str = "") -> str:
    """Write a note in Chicago style: what is not recorded is left out, no date made more exact.

    A title in quotation marks is the document's own; a description has none.
    """
    before = f"{source.author}, " if source.author else ""
    after = f"{source.publisher}, " if source.publisher else ""
    rest = [_when(source.date), at, source.url or ""]
    if source.accessed:
        rest.insert(2, f"accessed {_when(source.accessed)}")
    said = ", ".join(part for part in rest if part)
    title = f"{source.title}," if source.described else _quoted(source.title)
    return f"{before}{title} {after}{said}."


def _when(date: str) -> str:
    """Say a date in words, without remarks; an uncertain one as ``[August 2025?]``."""
    words = dates.show(dates.parse(date)).replace(" (uncertain)", "?")
    words = words.partition(" (")[0]
    return f"[{words}]" if "?" in words else words


def _quoted(title: str) -> str:
    """Put a title in double quotation marks, a comma inside; its own become single ones."""
    inner = _CLOSING.sub("’", _OPENING.sub("‘", title))
    # Where the title itself ends in quotation marks, the comma goes inside of those, too.
    end = "’" if inner.endswith("’") and not title.endswith("’") else ""
    return f"“{inner.removesuffix(end)},{end}”"


def citations(dossier: Dossier, row: Row, style: str) -> str:
    """Cite the sources of a record in a `style`: ``chicago``, a note a line, or ``bibtex``."""
    cited = sources_cited(dossier, row)
    if style == "bibtex":
        from tui.export.bibtex import entries

        return "".join(entries(source for source, _ in cited))
    return "".join(f"{chicago(source, at)}\n" for source, at in cited)
