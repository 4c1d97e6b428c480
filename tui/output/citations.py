"""Citations of sources: notes and a bibliography in Chicago style, or for other programs."""

import re
from collections.abc import Sequence
from importlib import import_module

from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row
from tui.dossier.folding import fold
from tui.dossier.records import Event, Source, cites_of
from tui.export import FORMATS
from tui.export.source_fields import names_of

#: The styles of citations: those in words, and the formats of exports that hold sources.
STYLES = ("note", "bibliography", *(f.name for f in FORMATS.values() if f.holds == "sources"))

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


def note(source: Source, at: str = "") -> str:
    """Write a note in Chicago style: what is not recorded is left out, no date made more exact.

    A title in quotation marks is the document's own; a description has none.
    """
    before = f"{source.author}, " if source.author else ""
    after = f"{source.publisher}, " if source.publisher else ""
    rest = [_when(source.date), at, source.url or ""]
    if source.accessed:
        rest.insert(2, f"accessed {_when(source.accessed)}")
    title = f"{source.title}," if source.described else _quoted(source.title, ",")
    return _ended(f"{before}{title} {after}{', '.join(part for part in rest if part)}")


def entry(source: Source) -> str:
    """Write an entry of a bibliography in Chicago style: the first author's family name first."""
    names = names_of(source)
    others = [f"{name.given or ''} {name.family}".strip() for name in names[1:]]
    first = [", ".join(filter(None, names[0]))] if names else []
    authors = ", ".join([*first, *others[:-1], *(f"and {name}" for name in others[-1:])])
    title = _ended(source.title) if source.described else _quoted(source.title, ".")
    issued = ", ".join(part for part in (source.publisher, _when(source.date)) if part)
    accessed = f"Accessed {_when(source.accessed)}" if source.accessed else ""
    parts = (authors, title, issued, accessed, source.url or "")
    return " ".join(_ended(part) if part is not title else part for part in parts if part)


def _ended(words: str) -> str:
    """End a sentence in one full stop, as after an abbreviation or a question, in no second one."""
    return words if words.endswith((".", "?", "!", ".”", "?”", "!”")) else f"{words}."


def _when(date: str) -> str:
    """Say a date in words, without remarks; an uncertain one as ``[August 2025?]``."""
    words = dates.show(dates.parse(date)).replace(" (uncertain)", "?")
    words = words.partition(" (")[0]
    return f"[{words}]" if "?" in words else words


def _quoted(title: str, stop: str) -> str:
    """Put a title in double quotation marks, a stop inside; its own become single ones."""
    inner = _CLOSING.sub("’", _OPENING.sub("‘", title))
    # Where the title itself ends in quotation marks, the stop goes inside of those, too.
    end = "’" if inner.endswith("’") and not title.endswith("’") else ""
    inner = inner.removesuffix(end)
    stop = "" if inner.endswith(("?", "!")) or (stop == "." and inner.endswith(".")) else stop
    return f"“{inner}{stop}{end}”"


def cite(cited: Sequence[tuple[Source, str]], style: str) -> str:
    """Cite sources, each with its locator, in one of STYLES."""
    sources = [source for source, _ in cited]
    if style == "note":
        return "".join(f"{note(source, at)}\n" for source, at in cited)
    if style == "bibliography":
        return "".join(f"{line}\n" for line in sorted(map(entry, sources), key=fold))
    module = import_module(f"tui.export.{FORMATS[style].module}")
    return "".join(module.entries(sources))
