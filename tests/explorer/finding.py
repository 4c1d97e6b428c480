"""Typing a query, what it lists, and all that has to come back when it goes."""

from tests.explorer.seen import Seen
from tui.dossier.dossier import Dossier
from tui.dossier.query import parse
from tui.dossier.search import search

#: Longer than the pause after which what was found is ranked in a test, in seconds.
PAUSE = 0.06


async def find(seen: Seen, query: str) -> None:
    """Type a query and wait until all follows."""
    await seen.press("slash", *query)
    await seen.pilot.pause(PAUSE)
    await seen.settle()


def found(source: Dossier, query: str) -> list[str]:
    """The ids of the events that a query finds, as the command `find` says."""
    rows = search(source, parse(query), 10_000).rows
    return [row.id for row in rows if row.kind == "event"]


def listed(seen: Seen) -> list[str]:
    """The ids of what the middle pane lists, headings left out."""
    state = seen.screen.state
    return [row.id for row in state.dossier.rows(state.shown.listing.events)]


def events_of(seen: Seen) -> list[str]:
    """The ids of the events among them, in order."""
    state = seen.screen.state
    return [row.id for row in state.dossier.rows(state.shown.listing.events) if row.lo]


def everything(seen: Seen) -> tuple[object, ...]:
    """All that has to be put back, with every cell of the screen."""
    now, events = seen.screen.state, seen.pane("events")
    return (
        now.facet, now.value, now.current, now.pane, now.zen, now.found, now.order,
        seen.pane("facets").cursor, events.cursor, events.top, seen.page.top, seen.focused,
        now.shown.heading, list(now.shown.listing.rows), now.shown.words, seen.text,
    )  # fmt: skip
