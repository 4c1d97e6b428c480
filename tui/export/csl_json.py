"""CSL-JSON: an item for each source, as Zotero, Pandoc and citeproc read them.

A date gives only the parts that are recorded. What is approximate or uncertain is ``circa``; a span
that is open at one end is said in words, since ``date-parts`` cannot. ``custom.edtf`` has a date
as it stands wherever its parts do not say all of it.
"""

import json
from collections.abc import Iterator

from tui.dossier import dates
from tui.dossier.records import Source
from tui.dossier.safe_text import safe_url
from tui.export.sources import parts

_TYPES = {
    "article": "article",
    "news": "article-newspaper",
    "official": "document",
    "dataset": "dataset",
    "reference": "document",
}
_WITHOUT_MARKS = str.maketrans("", "", "~?%")


def references(sources: list[Source]) -> Iterator[str]:
    """One array."""
    for place, source in enumerate(sources):
        item = json.dumps(_item(source), ensure_ascii=False, indent=2)
        yield (",\n" if place else "[\n") + item
    yield "\n]\n"


def date(edtf: str) -> dict[str, object]:
    """A date variable of CSL with no part that nobody recorded."""
    bare = edtf.translate(_WITHOUT_MARKS)
    ends = bare.split("/")
    seasons = [len(end) == 7 and end[5] == "2" for end in ends]
    if len(ends) > 1 and (any(seasons) or "" in ends or ".." in ends):
        return {"literal": dates.show(dates.parse(edtf))}
    found: dict[str, object] = {"date-parts": [list(parts(end) or ()) for end in ends]}
    if seasons[0]:
        found["season"] = int(bare[5:]) - 20
    if bare != edtf:
        found["circa"] = True
    return found


def _item(source: Source) -> dict[str, object]:
    item: dict[str, object] = {
        "id": source.id,
        "type": _TYPES.get(source.type, "document"),
        "title": source.title,
        "issued": date(source.date),
        "language": source.language,
    }
    if source.author:
        item["author"] = [{"literal": source.author}]
    if source.publisher:
        item["container-title" if source.type == "news" else "publisher"] = source.publisher
    if source.country:
        item["publisher-place"] = source.country
    notes = [source.note] if source.note else []
    if source.url and safe_url(source.url):
        item["URL"] = source.url
    elif source.url:
        notes.append(f"Address as recorded: {source.url}")
    if source.accessed:
        item["accessed"] = date(source.accessed)
    if notes:
        item["note"] = "\n".join(notes)
    lossy = {
        name: edtf
        for name, edtf in (("issued", source.date), ("accessed", source.accessed))
        if edtf and not {"literal", "circa"}.isdisjoint(date(edtf))
    }
    if lossy:
        item["custom"] = {"edtf": lossy}
    return item
