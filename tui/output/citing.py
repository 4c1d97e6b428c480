"""Citations to take away: Chicago notes and BibTeX, for a record's sources."""

from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row
from tui.dossier.records import Event, Source


def sources_cited(dossier: Dossier, row: Row) -> list[tuple[Source, str]]:
    """The sources of a record with the locator first cited, in the order they are cited."""
    record = dossier.record(row)
    if isinstance(record, Source):
        return [(record, "")]
    if not isinstance(record, Event):
        return []
    cites = [cite for claim in record.claims for cite in claim.cites]
    cites += [cite for step in record.steps for cite in step.cites]
    found: dict[str, tuple[Source, str]] = {}
    for cite in cites:
        if cite.source not in found and (source := dossier.source(cite.source)):
            found[cite.source] = (source, cite.at)
    return list(found.values())


def chicago(source: Source, at: str = "") -> str:
    """A note in Chicago style; what was not recorded is left out, precision is not added."""
    parts = [source.author or "", f"“{source.title},”", source.publisher or ""]
    words = " ".join(part if part.endswith("”") else f"{part}," for part in parts if part)
    when = dates.show(dates.parse(source.date)).partition(" (")[0]
    rest = [when, at, source.url or ""]
    if source.accessed:
        rest.insert(2, f"accessed {dates.show(dates.parse(source.accessed)).partition(' (')[0]}")
    return f"{words} {', '.join(part for part in rest if part)}."


def citations(dossier: Dossier, row: Row, style: str) -> str:
    """Everything a record rests on, in `style`: ``chicago``, a note a line, or ``bibtex``."""
    cited = sources_cited(dossier, row)
    if style == "bibtex":
        from tui.output.exporting.bibtex import bibliography

        return "".join(bibliography([source for source, _ in cited]))
    return "".join(f"{chicago(source, at)}\n" for source, at in cited)
