"""The left pane's own filter: words typed below that narrow a long list of values."""

from tui.explorer.explorer_parts import Explorer
from tui.explorer.finder import Finder
from tui.explorer.navigation import Navigation
from tui.explorer.spots import Spot

#: Said in the line before anything is typed.
_PLACEHOLDER = "part of a name"


class FacetFilter:
    """Narrows the values of the left pane while words are typed in the line of `finder`."""

    def __init__(self, explorer: Explorer, navigation: Navigation, finder: Finder) -> None:
        self._explorer, self._navigation, self._finder = explorer, navigation, finder
        self._state = explorer.state
        self._before: Spot | None = None

    async def action_filter(self) -> None:
        """Begin to type words, or go on with those that narrow the values already."""
        bar = await self._finder.prepare()
        bar.begin(_PLACEHOLDER, self._state.value_words)
        self._before = self._navigation.spot
        self._state.pane, self._state.zen, self._state.filtering = "facets", False, True
        self._explorer.show()
        await self._explorer.laid_out()

    def take_text(self) -> None:
        """Narrow the values by what is typed now, and choose the first of them."""
        state, bar = self._state, self._finder.bar
        if not state.filtering or bar is None:
            return
        bar.show_cursor()
        if bar.value == state.value_words:
            return
        state.value_words = bar.value
        values = state.values
        if bar.value.strip() and not values.position(state.value):
            # The first is All, which is no match.
            state.choose_value(values.at(min(1, len(values) - 1)).key)

    def action_move(self, step: int) -> None:
        """Move in the list of values."""
        self._explorer.show()
        self._explorer.facets.action_move(step)

    def action_cancel(self) -> None:
        """Show all values again, and be where the filter was begun."""
        self._state.filtering, self._state.value_words = False, ""
        if self._before:
            self._navigation.return_to(self._before._replace(value_words=""))

    def action_keep(self) -> None:
        """Keep the values as they are narrowed."""
        self._state.filtering = False
