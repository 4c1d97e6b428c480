"""The breadcrumb, opened: any of its steps can be gone up to."""

from typing import TYPE_CHECKING

from tui.explorer.dialogs import ChoiceScreen

if TYPE_CHECKING:
    from tui.explorer.screen import ExplorerScreen

#: The first steps: the facet and its value, which are lists.
_LISTS = 2


def choose(screen: "ExplorerScreen") -> None:
    """Let the reader go up to any step of the screen's breadcrumb."""
    steps = screen.dossier.path(screen.row)
    facet, value = screen.trail[:_LISTS]
    choices = [(facet, "group"), (value, "list"), *((step.title, step.type) for step in steps)]

    def chosen(place: int | None) -> None:
        if place is None:
            return
        if place < _LISTS:
            screen.action_pane(place)
        else:
            screen.go_to(steps[place - _LISTS].id)

    screen.app.push_screen(ChoiceScreen("Where you are", choices, screen.signs), chosen)
