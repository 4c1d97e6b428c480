"""A visit: where the reader is, kept to come back to, and what is new since the one before."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from tui.explorer.explorer_parts import Explorer
from tui.explorer.notebook_writer import NotebookWriter
from tui.folders import is_served

if TYPE_CHECKING:
    from tui.notebook import Notebook

#: How long the reader stays before the place is written down, in seconds.
PLACE_PAUSE = 0.8
#: How long it is told what is new, and what Summitry is, in seconds.
_NEWS, _WELCOME = 8, 30
#: Said at the first start, and by ``summitry open --tour``: what this is, and the keys that matter.
WELCOME = (
    "A dossier to read: regions on the left, their events, and a page of each with who says what. "
    "{drill} opens, {back} backs out, {find} finds, {help} tells every key, {quit} leaves."
)

_FIVE = {
    "drill": "explorer.drill",
    "back": "explorer.back",
    "find": "explorer.find",
    "help": "app.help",
    "quit": "app.quit",
}

#: Writes a change to the notebook; one of a slot takes the place of the one that waits there.
Keep = Callable[["Callable[[Notebook], object]", str], Awaitable[object]]


class Visits:
    """Keeps where the reader is by `keep`; `complain` is told why that could not be done."""

    def __init__(
        self,
        explorer: Explorer,
        writer: NotebookWriter,
        keep: Keep,
        complain: Callable[[str], object],
    ) -> None:
        self._explorer, self._writer = explorer, writer
        self._keep, self._complain = keep, complain
        self._kept: tuple[Any, ...] | None = None

    # -- the place

    def here(self) -> tuple[Any, ...] | None:
        """Where the reader is, to come back to the next time: the fields of a ReadingPlace."""
        state = self._explorer.state
        if not (row := state.row):
            return None
        top, queries = self._explorer.page.top, tuple(state.queries)
        return state.facet, state.value, row.id, top, state.pane, state.order, queries

    def begin(self) -> None:
        """Take where the reader is now as kept: they have not moved yet."""
        self._kept = self.here()

    def stay(self) -> None:
        """Write down where the reader is once they stay there; the first frame is no move."""
        if self._explorer.shell.ready.is_set():
            self._explorer.later("place", PLACE_PAUSE, self._write_place)

    def _write_place(self) -> None:
        self._explorer.shell.run_worker(self.keep_place(), group="notebook")

    async def keep_place(self) -> None:
        """Write down where the reader is, if that is not where they were."""
        here = self.here()
        if here is None or here == self._kept:
            return
        from tui.notebook import NotebookError, ReadingPlace

        self._kept = here
        place = ReadingPlace(*here)
        try:
            await self._keep(lambda notebook: notebook.set_place(place), "place")
        except NotebookError as error:
            self._complain(str(error))

    # -- what is new

    def welcome(self, *, again: bool) -> None:
        """Say what this is to who was never here, or wants to hear it `again`.

        Who typed ahead and has moved by now is not told: it would have gone with their keys.
        """
        moved = self.here() != self._kept or not self._explorer.is_current
        if not moved and (again or not (self._writer.is_there or is_served())):
            shell = self._explorer.shell
            keys = {name: shell.keys.name_of(id_, shell.signs) for name, id_ in _FIVE.items()}
            shell.say(WELCOME.format(**keys), timeout=_WELCOME, passing=True)

    def tell_news(self) -> bool:
        """Say what is new or changed since the last visit; returns whether anything is."""
        news = self._writer.look_for_news()
        if news:
            told = f"{news}; is:new finds them, x takes them as seen"
            self._explorer.shell.say(told, timeout=_NEWS)
        return bool(news)

    async def see_all(self) -> None:
        """Take what is new or changed as seen."""
        if await self._see():
            self._explorer.shell.say("everything is seen")

    async def leave(self) -> None:
        """Keep where the reader is as they leave, and take everything as seen.

        Who never moved has seen nothing, and leaves no notebook behind.
        """
        await self.keep_place()
        if self._writer.is_there:
            await self._see()

    async def _see(self) -> bool:
        from tui.notebook import NotebookError

        try:
            await self._keep(self._writer.see_all, "visit")
        except NotebookError as error:
            self._complain(str(error))
            return False
        return True
