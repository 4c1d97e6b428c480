"""CSL-JSON: an item for each source, as Zotero, Pandoc and citeproc read them.

A date has only the parts that are recorded. ``circa`` stands for approximate and for uncertain; a
span that is open at one end is given in words, as ``date-parts`` cannot hold it. ``custom.edtf``
has the date itself wherever its parts do not say all of it.
"""

import json
from collections.abc import Iterable, Iterator

from tui.dossier import dates
from tui.dossier.records import Source
from tui.export.source_fields import address_of, date_parts, names_of, notes_of, title_of

_TYPES = {
    "article": "article-magazine",
    "news": "article-newspaper",
    "official": "document",
    "dataset": "dataset",
    "reference": "document",
}
_WITHOUT_MARKS = str.maketrans("", "", "~?%")


def entries(sources: Iterable[Source]) -> Iterator[str]:
    """Give sources as one array."""
    place = -1
    for place, source in enumerate(sources):
        item = json.dumps(_item(source), ensure_ascii=False, indent=2)
        yield (",\n" if place else "[\n") + item
    yield "\n]\n" if place >= 0 else "[]\n"


def csl_date(edtf: str) -> dict[str, object]:
    """Write an EDTF date as a date variable of CSL, with no part that is not recorded."""
    bare = edtf.translate(_WITHOUT_MARKS)
    ends = bare.split("/")
    seasons = [len(end) == 7 and end[5] == "2" for end in ends]
    if len(ends) > 1 and (any(seasons) or "" in ends or ".." in ends):
        return {"literal": dates.show(dates.parse(edtf))}
    found: dict[str, object] = {"date-parts": [list(date_parts(end)) for end in ends]}
    if seasons[0]:
        found["season"] = int(bare[5:]) - 20
    if bare != edtf:
        found["circa"] = True
    return found


def _item(source: Source) -> dict[str, object]:
    item: dict[str, object] = {
        "id": source.id,
        "type": _TYPES.get(source.type, "document"),
        "title": title_of(source),
        "issued": csl_date(source.date),
        "language": source.language,
    }
    if names := names_of(source):
        item["author"] = [
            {"literal": name.family} if name.given is None else name._asdict() for name in names
        ]
    if source.publisher:
        in_periodical = source.type in ("article", "news")
        item["container-title" if in_periodical else "publisher"] = source.publisher
    notes = notes_of(source)
    if url := address_of(source):
        item["URL"] = url
    if source.accessed:
        item["accessed"] = csl_date(source.accessed)
    if notes:
        item["note"] = "\n".join(notes)
    lossy = {
        name: edtf
        for name, edtf in (("issued", source.date), ("accessed", source.accessed))
        if edtf and not {"literal", "circa"}.isdisjoint(csl_date(edtf))
    }
    if lossy:
        item["custom"] = {"edtf": lossy}
    return item
