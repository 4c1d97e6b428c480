"""The sources that what was chosen cites, for the two bibliographies."""

from tui.dossier import dates
from tui.dossier.records import Event, Source
from tui.export import Chosen


def cited(chosen: Chosen) -> list[Source]:
    """The sources that the events cite or quote, and those chosen themselves, each once.

    They stand in the order of first use.
    """
    ids: dict[str, None] = {}
    for row in chosen.rows:
        record = chosen.dossier.record(row)
        if isinstance(record, Event):
            ids |= dict.fromkeys(sources_of(record))
            ids |= dict.fromkeys(claim.by for claim in record.claims if claim.by)
        elif isinstance(record, Source):
            ids[record.id] = None
    found = (chosen.dossier.source(id_) for id_ in ids)
    return [source for source in found if source is not None]


def sources_of(event: Event) -> list[str]:
    """The ids of the sources an event's claims and steps are cited to, each once."""
    ids = [cite.source for claim in event.claims for cite in claim.cites]
    ids += [cite.source for step in event.steps for cite in step.cites]
    return list(dict.fromkeys(ids))


def parts(edtf: str) -> tuple[int, ...] | None:
    """Year, month and day of a single date as far as recorded; a season gives its year.

    None for a span, and for what is approximate or uncertain.
    """
    if "/" in edtf or edtf[-1:] in ("~", "?", "%"):
        return None
    numbers = tuple(int(part) for part in edtf.split("-"))
    return numbers[:1] if dates.precision(dates.parse(edtf)) == "season" else numbers
