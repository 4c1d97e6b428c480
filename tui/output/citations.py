"""Citations of sources: notes and a bibliography in Chicago style, or for other programs."""

import re
from collections.abc import Sequence
from importlib import import_module

from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row
from tui.dossier.folding import fold
from tui.dossier.records import Event, Source, cites_of
from tui.export import FORMATS
from tui.export.source_fields import ended, names_of, publisher_of

#: The styles of citations: those in words, and the formats of exports that hold sources.
STYLES = ("note", "bibliography", *(f.name for f in FORMATS.values() if f.holds == "sources"))

# Quotation marks: those at the beginning of a word open, the others close. An apostrophe is as a
# single one that closes, also before a decade: '90s.
_MARK = re.compile(r"(?P<opens>„|(?<![^\s(\[–—„“\"'])[“\"'](?!\d\ds\b|[\s.,;:?!)\]]|$))|[“”\"']")
# Locators as Chicago shortens them; those that tell how much of a source was read are none.
_SHORTENED = (
    (re.compile(r"(?:^|; )[^;]*\bread(?=;|$)"), ""),
    (re.compile(r"^; "), ""),
    (re.compile(r"\bpara(?:graph)?\.? (?=\d)"), "para. "),
    (re.compile(r"\bpara(?:graph)?s\.? (?=\d)"), "paras. "),
    (re.compile(r"(?<=\d) to (?=\d)"), "–"),
)
_ARTICLE = re.compile(r"^[“‘]*(?:the|an?) ", re.IGNORECASE)


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
    before = f"{_curled(source.author)}, " if source.author else ""
    accessed = f"accessed {_when(source.accessed)}" if source.accessed else ""
    parts = (_published_by(source), _when(source.date), _where(at), accessed, source.url)
    title = f"{_curled(source.title)}," if source.described else _quoted(source.title, ",")
    return ended(f"{before}{title} {', '.join(part for part in parts if part)}")


def entry(source: Source) -> str:
    """Write an entry of a bibliography in Chicago style: the first author's family name first."""
    names = names_of(source)
    others = [f"{name.given or ''} {name.family}".strip() for name in names[1:]]
    first = [", ".join(filter(None, names[0]))] if names else []
    authors = _curled(", ".join([*first, *others[:-1], *(f"and {name}" for name in others[-1:])]))
    title = ended(_curled(source.title)) if source.described else _quoted(source.title, ".")
    issued = ", ".join(filter(None, (_published_by(source), _when(source.date))))
    accessed = f"Accessed {_when(source.accessed)}" if source.accessed else ""
    parts = (authors, title, issued, accessed, source.url or "")
    return " ".join(ended(part) if part is not title else part for part in parts if part)


def _when(edtf: str) -> str:
    """Say a date as Chicago does, no more exactly than it is recorded.

    ``August 8, 2025`` · ``October 6–7, 2025`` · ``Autumn 2020`` · ``2024–`` · ``[August 2025?]`` ·
    ``[ca. 2019]``.
    """
    ends = edtf.split("/")
    first, last = (end.rstrip("~?%").split("-") for end in (ends[0], ends[-1]))
    if len(ends) == 1:
        words = _point(edtf)
    else:
        same_year = len(first) > 1 and len(last) > 1 and first[0] == last[0]
        same_month = same_year and len(first) == len(last) == 3 and first[1] == last[1]
        words = f"{_point(ends[0], year=not same_year)}–{_point(ends[1], month=not same_month)}"
    return f"[{words}]" if words.startswith("ca. ") or "?" in words or "–ca." in words else words


def _point(edtf: str, *, month: bool = True, year: bool = True) -> str:
    """Say a day, month, season or year; an end that is open or not recorded is left blank."""
    if edtf in ("", ".."):
        return ""
    numbers = [int(part) for part in edtf.rstrip("~?%").split("-")]
    words = f"{numbers[0]}" if year or len(numbers) == 1 else ""
    if len(numbers) > 1:
        season = dates.SEASONS[numbers[1] - 21].title() if numbers[1] > 12 else ""
        name = season or dates.MONTHS[numbers[1] - 1]
        day = f" {numbers[2]}" if len(numbers) > 2 else ""
        before = f"{name}{day}" if month else day.strip()
        words = (f"{before}, {words}" if day else f"{before} {words}") if words else before
    about, uncertain = edtf[-1] in "~%", edtf[-1] in "?%"
    return f"{'ca. ' if about else ''}{words}{'?' if uncertain else ''}"


def _published_by(source: Source) -> str:
    return _curled(publisher_of(source) or "")


def _where(at: str) -> str:
    """Shorten a locator as Chicago does."""
    for pattern, shorter in _SHORTENED:
        at = pattern.sub(shorter, at)
    return _curled(at)


def _curled(words: str, opening: str = "“", closing: str = "”") -> str:
    """Write quotation marks and apostrophes as printers do, the double ones as given."""

    def mark(found: re.Match[str]) -> str:
        if found[0] == "'":
            return "‘" if found["opens"] else "’"
        return opening if found["opens"] else closing

    return _MARK.sub(mark, words)


def _quoted(title: str, stop: str) -> str:
    """Put a title in double quotation marks, a stop inside; its own become single ones.

    After a question or exclamation mark a comma stands, a full stop does not.
    """
    inner = _curled(title, "‘", "’")
    # Where the title itself ends in quotation marks, the stop goes inside of those, too.
    end = "’" if inner.endswith("’") and "‘" in inner else ""
    inner = inner.removesuffix(end)
    stop = "" if stop == "." and inner.endswith((".", "?", "!")) else stop
    return f"“{inner}{stop}{end}”"


def cite(cited: Sequence[tuple[Source, str]], style: str) -> str:
    """Cite sources, each with its locator, in one of STYLES."""
    sources = [source for source, _ in cited]
    if style == "note":
        return "".join(f"{note(source, at)}\n" for source, at in cited)
    if style == "bibliography":
        lines = sorted(map(entry, sources), key=lambda line: fold(_ARTICLE.sub("", line)))
        return "".join(f"{line}\n" for line in lines)
    module = import_module(f"tui.export.{FORMATS[style].module}")
    return "".join(module.entries(sources))
