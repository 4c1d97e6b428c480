"""Citations to take away: Chicago notes and BibTeX, for a record's sources."""

import re

from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row
from tui.dossier.records import Event, Source, cites_of

# Double quotes in a title: those at the beginning of a word open, the others close.
_OPENING = re.compile(r"„|(?<![^\s(\[–—])[“\"]")
_CLOSING = re.compile(r"[“”\"]")


def sources_cited(dossier: Dossier, row: Row) -> list[tuple[Source, str]]:
    """The sources of a record with the locator first cited, in the order they are cited."""
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
    """A note in Chicago style; what was not recorded is left out, precision is not added."""
    before = f"{source.author}, " if source.author else ""
    after = f"{source.publisher}, " if source.publisher else ""
    rest = [_when(source.date), at, source.url or ""]
    if source.accessed:
        rest.insert(2, f"accessed {_when(source.accessed)}")
    said = ", ".join(part for part in rest if part)
    return f"{before}{_quoted(source.title)} {after}{said}."


def _when(date: str) -> str:
    """A date in words without what was not recorded; an uncertain one as ``[August 2025?]``."""
    words = dates.show(dates.parse(date)).replace(" (uncertain)", "?")
    words = words.partition(" (")[0]
    return f"[{words}]" if "?" in words else words


def _quoted(title: str) -> str:
    """A title in double quotes with the comma inside; its own quotes become single ones."""
    inner = _CLOSING.sub("’", _OPENING.sub("‘", title))
    # The comma goes inside those as well, where the title ends in them.
    end = "’" if inner.endswith("’") and not title.endswith("’") else ""
    return f"“{inner.removesuffix(end)},{end}”"


def citations(dossier: Dossier, row: Row, style: str) -> str:
    """Everything a record rests on, in `style`: ``chicago``, a note a line, or ``bibtex``."""
    cited = sources_cited(dossier, row)
    if style == "bibtex":
        from tui.export.bibtex import entries

        return "".join(entries(source for source, _ in cited))
    return "".join(f"{chicago(source, at)}\n" for source, at in cited)
