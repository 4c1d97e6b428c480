"""What a reader does with what is read: see sources, open addresses, take it away, chart it."""

from tui.dossier.dossier import Dossier
from tui.dossier.records import Event
from tui.dossier.safe_text import safe_url
from tui.explorer.bindings import FootKey
from tui.explorer.explorer_parts import Explorer
from tui.explorer.finder import Finder
from tui.explorer.keyboard import KeyedApp
from tui.explorer.navigation import Navigation
from tui.explorer.notebook_actions import NotebookActions
from tui.explorer.pane_actions import PaneActions
from tui.explorer.state import renumbered
from tui.explorer.views.chart_screen import FIND, ChartScreen, EventSelection
from tui.folders import is_served

#: What the footer says while letters stand on links, and while one is to say what is taken away.
LETTER_KEYS = (FootKey("a-z", "type a letter", ""), FootKey("Esc", "no letters", "escape"))
TAKE_KEYS = (FootKey("a-z", "type a letter", ""), FootKey("Esc", "closes", "escape"))
#: Said where a file is asked for and the explorer is shown to a browser.
NO_FILES = "a browser's session writes no file"
#: The first steps of the breadcrumb: the facet and its value, which are lists.
_LISTS = 2


class PageActions:
    """Acts on the record that is read and on the events listed."""

    def __init__(
        self,
        explorer: Explorer,
        navigation: Navigation,
        panes: PaneActions,
        finder: Finder,
        notes: NotebookActions,
    ) -> None:
        self._explorer, self._navigation, self._panes = explorer, navigation, panes
        self._finder, self._notes = finder, notes
        self._state = explorer.state

    @property
    def _app(self) -> KeyedApp:
        return self._explorer.shell

    @property
    def letter_keys(self) -> tuple[FootKey, ...]:
        """What the footer says while a letter is waited for; otherwise nothing."""
        if self._explorer.page.hints:
            return LETTER_KEYS
        return TAKE_KEYS if getattr(self._app.screen, "takes_letter", False) else ()

    # -- taking away

    async def action_take(self) -> None:
        """Ask for a letter, and copy what it stands for."""
        from tui.explorer.dialogs.take_away import ask

        await ask(self._app, self._state.dossier, self._state.row, self._explorer.page.page)

    async def action_export(self) -> None:
        """Write what is listed to a file, in a format to be chosen."""
        if is_served():
            self._app.say(NO_FILES)
            return
        from tui.explorer.dialogs.export_dialog import choose_format

        await choose_format(self._app, self._state)

    # -- sources

    async def action_lens(self) -> None:
        """Show who says the claim in view."""
        from tui.explorer.dialogs.claim_sources import ClaimSourcesDialog

        state, page = self._state, self._explorer.page
        event = state.dossier.record(state.row) if state.row else None
        if not isinstance(event, Event) or not event.claims:
            self._app.say("no claims on this page")
            return
        claim = page.claim_in_view()
        if claim is None:
            self._app.say("no claim in view")
            return

        async def left(address: str | None) -> None:
            if address is not None:
                await self.open_address(address)

        claims, signs, mark = page.claims, self._app.signs, self._notes.mark
        dialog = ClaimSourcesDialog(state.dossier, event, claims, claim, signs, mark)
        await self._app.open(dialog, left)

    async def action_address(self) -> None:
        """Open the address of what is in view or, where there is none, of the page's sources."""
        from tui.explorer.dialogs.claim_sources import pick_address, sources_in_view

        state = self._state
        cited = sources_in_view(state.dossier, state.row, self._explorer.page) if state.row else []
        await pick_address(self._app, cited, self.open_address)

    async def open_address(self, address: str) -> None:
        """Open a web address, once it was shown in full and the reader agreed."""
        if not safe_url(address):
            self._app.say("no web address to open")
            return
        if is_served():
            self._app.say(f"from a browser open it yourself: {address}", timeout=10)
            return
        from tui.explorer.dialogs.choices import QuestionDialog

        def answered(yes: bool) -> None:
            if yes:
                self._app.open_url(address)

        await self._app.open(
            QuestionDialog("Open in the browser?", address, self._app.signs), answered
        )

    # -- seeing where, when and with whom

    async def action_path(self) -> None:
        """Let the reader go up to any step of the breadcrumb."""
        from tui.explorer.dialogs.choices import ChoiceDialog

        state = self._state
        steps = state.dossier.path(state.row)
        facet, value = state.trail[:_LISTS]
        choices = [(facet, "group"), (value, "list"), *((step.title, step.type) for step in steps)]

        async def chosen(place: int | None) -> None:
            if place is not None and place < _LISTS:
                await self._panes.go_to_pane(place)
            elif place is not None:
                self._navigation.go_to(steps[place - _LISTS].id)

        await self._app.open(ChoiceDialog("Where you are", choices, self._app.signs), chosen)

    async def action_chart(self, what: str) -> None:
        """Open the ``timeline``, ``meetings`` or ``map``, or ``commitments`` of the record read."""
        dossier = self._state.dossier
        if chart := self._chart(what):

            async def answered(chosen: EventSelection | None) -> None:
                if chosen is FIND:
                    await self._finder.begin(lambda: self.action_chart(what))
                elif chosen:
                    self._show_selection(chosen, dossier)

            await self._app.open(chart, answered)

    def _chart(self, what: str) -> ChartScreen | None:
        state, signs = self._state, self._app.signs
        dossier, row, listed = state.dossier, state.row, state.selection
        if what == "timeline":
            from tui.explorer.views.timeline_screen import TimelineScreen

            return TimelineScreen(dossier, signs, state.facet, state.value, state.current, listed)
        if what == "meetings":
            from tui.explorer.views.meetings_screen import MeetingsScreen

            actor = state.value if state.facet == "actor" else ""
            actor = row.id if row and row.kind == "actor" else actor
            return MeetingsScreen(dossier, signs, actor, listed)
        if what == "map":
            from tui.explorer.views.map_screen import MapScreen

            place = row.place if row and state.is_event else row.id if row else ""
            return MapScreen(dossier, signs, place or "", listed)
        if row is None or not state.is_event:
            self._app.say("no event here to follow up")
            return None
        from tui.explorer.views.commitments_screen import CommitmentsScreen

        return CommitmentsScreen(dossier, signs, row.n, listed)

    def _show_selection(self, chosen: EventSelection, dossier: Dossier) -> None:
        """Show what was chosen in a chart of `dossier`, which may have been read again since."""
        state = self._state
        events = renumbered(chosen.events, dossier, state.dossier)
        if not events:
            self._app.say("that is no longer in the file")
            return
        if chosen.heading:
            self._navigation.list_found(events, chosen.heading)
        else:
            state.history.leave(self._navigation.spot)
            state.zen = False
            state.show_under(chosen.facet, chosen.value, events[0])
            state.pane = "page"
