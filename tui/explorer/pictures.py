"""The screens that show when and with whom: opened from the explorer, answered in its panes."""

from array import array
from functools import partial
from typing import TYPE_CHECKING

from tui.dossier.dossier import ALL, Dossier, Listing
from tui.explorer.chosen import Chosen
from tui.explorer.history import Shown
from tui.explorer.rereading import renumbered
from tui.page import NO_EVENTS

if TYPE_CHECKING:
    from tui.explorer.screen import ExplorerScreen


def see(screen: "ExplorerScreen", what: str) -> None:
    """Open the ``timeline``, the ``commitments`` of the present event, or the ``meetings``."""
    dossier, signs, n = screen.dossier, screen.signs, screen.current
    shown = partial(_shown, screen, dossier)
    if what == "timeline":
        from tui.explorer.timeline_screen import TimelineScreen

        timeline = TimelineScreen(dossier, signs, screen.facet, screen.value, n)
        screen.app.push_screen(timeline, shown)
        return
    row = screen.row
    if what == "meetings":
        from tui.explorer.meetings_screen import MeetingsScreen

        actor = screen.value if screen.facet == "actor" else ""
        actor = row.id if row and row.kind == "actor" else actor
        screen.app.push_screen(MeetingsScreen(dossier, signs, actor), shown)
        return
    if row is None or row.kind != "event":
        screen.notify("no event here to follow up", timeout=2)
        return
    from tui.explorer.commitments_screen import CommitmentsScreen

    screen.app.push_screen(CommitmentsScreen(dossier, signs, n), shown)


def _shown(screen: "ExplorerScreen", dossier: Dossier, chosen: Chosen | None) -> None:
    """Show what was chosen: several as a list of their own, one where it stands.

    It was chosen from `dossier`, which the screen may have read again since.
    """
    if chosen is None:
        return
    events = renumbered(chosen.events, dossier, screen.dossier)
    if not events:
        screen.notify("that is no longer in the file", timeout=3)
        return
    screen.history.leave(screen.spot)
    n = events[0]
    if chosen.heading:
        heading = screen.signs.plain(f"{chosen.heading} {screen.signs.dot} {len(events):,}")
        listing = Listing(array("i", events), bytes(len(events)))
        screen.show_list(Shown(listing, heading, NO_EVENTS, flat=True))
        screen.current = n
        screen.action_pane(1)
        return
    screen.words = ()
    if chosen.facet and chosen.value != ALL:
        screen.current = n
        screen.facet = chosen.facet
        screen.value = chosen.value
    screen.show_record(n)
    screen.action_pane(2)
