"""Between the panes: drilling down and backing out, zen, and letters on links."""

from tui.explorer.explorer_parts import Explorer
from tui.explorer.notebook_actions import NotebookActions
from tui.explorer.state import PANES


class PaneActions:
    """Gives the keys to one pane or another."""

    def __init__(self, explorer: Explorer, notes: NotebookActions) -> None:
        self._explorer, self._notes = explorer, notes
        self._state = explorer.state

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Whether there is a pane to back out to, or to drill into."""
        at = PANES.index(self._state.pane)
        if action == "back":
            return at > 0
        if action == "drill":
            return at < len(PANES) - 1
        return True

    async def go_to_pane(self, index: int) -> None:
        """Give the keys to a pane; zen ends, and with the page a note beside it."""
        state, pane = self._state, PANES[index]
        state.zen = False
        if pane != "page" and state.noting:
            await self._notes.action_close()
        state.pane = pane

    async def action_pane(self, index: int) -> None:
        await self.go_to_pane(index)

    async def action_drill(self) -> None:
        await self.go_to_pane(min(len(PANES) - 1, PANES.index(self._state.pane) + 1))

    async def action_back(self) -> None:
        if self._state.noting:
            await self._notes.action_close()
        elif self._state.zen:
            self._state.zen = False
        else:
            await self.go_to_pane(max(0, PANES.index(self._state.pane) - 1))

    async def action_turn(self, way: int) -> None:
        if self._state.noting:  # only the page and the note beside it are there
            self._state.pane, self._state.in_note = "page", True
        else:
            await self.go_to_pane((PANES.index(self._state.pane) + way) % len(PANES))

    def action_zen(self) -> None:
        self._state.zen = not self._state.zen
        self._state.pane = "page"

    def action_hint(self) -> None:
        self._state.pane = "page"
        # The page may be shown only now, and which links are in view depends on its size.
        self._explorer.show()
        if not self._explorer.page.show_hints():
            self._explorer.shell.say("no link in view")
