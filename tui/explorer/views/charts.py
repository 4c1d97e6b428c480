"""Opens the charts over the panes."""

from collections.abc import Callable

from tui.dossier.dossier import Dossier
from tui.explorer.keyboard import KeyedApp
from tui.explorer.state import ExplorerState
from tui.explorer.views.chart_screen import ChartScreen, EventSelection


async def open_chart(
    app: KeyedApp,
    state: ExplorerState,
    what: str,
    show: Callable[[EventSelection, Dossier], object],
) -> None:
    """Open the ``timeline``, the ``commitments`` of the record read, or the ``meetings``.

    `show` is called with what was chosen there, and with the dossier it was chosen from.
    """
    dossier, row = state.dossier, state.row
    chart: ChartScreen
    if what == "timeline":
        from tui.explorer.views.timeline_screen import TimelineScreen

        chart = TimelineScreen(dossier, app.signs, state.facet, state.value, state.current)
    elif what == "meetings":
        from tui.explorer.views.meetings_screen import MeetingsScreen

        actor = state.value if state.facet == "actor" else ""
        chart = MeetingsScreen(dossier, app.signs, row.id if row and row.kind == "actor" else actor)
    elif row is None or row.kind != "event":
        app.say("no event here to follow up")
        return
    else:
        from tui.explorer.views.commitments_screen import CommitmentsScreen

        chart = CommitmentsScreen(dossier, app.signs, row.n)

    def answered(chosen: EventSelection | None) -> None:
        if chosen:
            show(chosen, dossier)

    await app.open(chart, answered)
