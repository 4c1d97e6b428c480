"""RIS: a record for each source, as Zotero, EndNote, Mendeley and library catalogues read them.

``PY`` and ``DA`` have a date as far as it is recorded; a note says what they cannot.
"""

from collections.abc import Iterable, Iterator

from tui.dossier.records import Source
from tui.export.source_fields import address_of, date_notes_of, date_parts, names_of, title_of

_TYPES = {"article": "MGZN", "news": "NEWS", "official": "GOVDOC", "dataset": "DATA"}


def entries(sources: Iterable[Source]) -> Iterator[str]:
    """Give sources as records, with an empty line between them."""
    for place, source in enumerate(sources):
        lines = (f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in _fields(source))
        yield ("\r\n" if place else "") + "".join(lines) + "ER  - \r\n"


def _fields(source: Source) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(source.type, "GEN")
    yield "ID", source.id
    for name in names_of(source):
        # Without a comma it is no person's; one of an organisation's own would part it.
        family = name.family if name.given is not None else name.family.replace(",", " ")
        yield "AU", f"{family}, {name.given}" if name.given is not None else family
    yield "TI", title_of(source)
    if source.publisher:
        yield "T2" if source.type in ("article", "news") else "PB", source.publisher
    if known := date_parts(source.date):
        yield "PY", f"{known[0]:04}"
        rest = [f"{part:02}" for part in known[1:]]
        yield "DA", "/".join([f"{known[0]:04}", *rest, *[""] * (3 - len(known))])
    yield "LA", source.language
    yield "KW", source.type
    if url := address_of(source):
        yield "UR", url
    if source.accessed:
        yield "Y2", source.accessed.replace("-", "/")
    for note in date_notes_of(source):
        yield "N1", note
