"""Lists on a page: events in date order, and who took part in most of them."""

from collections.abc import Iterable, Iterator

from tui.dossier import dates
from tui.dossier.dossier import Dossier, Row, shown_date
from tui.pages.model import Block, Heading, Item, Items, Line, Prose, Span, Table

NO_EVENTS = "no events recorded"
_COMPANIONS = 12


def listed(heading: str, rows: Iterable[Row]) -> Iterator[Block]:
    """Records in date order below a heading; nothing where there are none."""
    items = tuple(
        Item(shown_date(row), row.type, (Span(row.title, "", row.id),))
        for row in sorted(rows, key=_order)
    )
    if items:
        yield Heading(heading)
        yield Items(items)


def events_with(dossier: Dossier, rows: list[Row], most: str, own: str = "") -> Iterator[Block]:
    """Events in order, below who took part in most of them, but for the record `own` itself."""
    if not rows:
        yield Line((Span(NO_EVENTS, "muted"),))
        return
    if met := tuple(_companions(dossier, rows, own)):
        yield Heading(most)
        yield Table(met)
    yield from listed("Events", rows)


def counted(events: int) -> str:
    """How many events, in words."""
    return f"{events:,} event{'s' * (events != 1)}"


def _order(row: Row) -> tuple[int, int]:
    """By date; on one date a whole before its parts; what has no date last."""
    # The lists of a dossier put parts after their whole, whatever their dates: a page that shows
    # no branches would be out of order.
    return dates.parse(row.date).sort_int if row.date else 1 << 63, row.n


def _companions(dossier: Dossier, rows: list[Row], own: str) -> Iterator[tuple[Prose, Prose]]:
    counts = dossier.taking_part([row.n for row in rows])
    counts.pop(own, None)
    # Those with fewer events than the last one shown need no label to be sorted by.
    fewest = sorted(counts.values(), reverse=True)[:_COMPANIONS]
    ranked = sorted(
        (-count, dossier.label(actor), actor)
        for actor, count in counts.items()
        if count >= fewest[-1]
    )
    for count, label, actor in ranked[:_COMPANIONS]:
        known = dossier.row(actor)
        who = Span(label, "", actor) if known else Span(label, "muted")
        yield (who,), (Span(counted(-count), "muted"),)
