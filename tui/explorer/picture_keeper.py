"""Keeps the picture of the place that a next start will come back to."""

import asyncio
from contextlib import suppress
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.dossier.dossier import Dossier
from tui.explorer.first_picture import Picture, keep_picture, key_of, state_at_start
from tui.explorer.screen import NOTEBOOK_INTERVAL, ExplorerScreen
from tui.explorer.terminal import steady_driver
from tui.explorer.themes import theme_to_begin_with
from tui.files import StoreError, stamp
from tui.text.layout import MEASURE

if TYPE_CHECKING:
    from tui.explorer.keyboard import KeyedApp

#: How often the screen is looked at, in seconds: what others write is on it by the second look.
PICTURE_INTERVAL = NOTEBOOK_INTERVAL + 0.1
#: How long leaving waits for the last keys to be drawn, in seconds.
DRAW_WAIT = 0.2
#: Of the state, what a start restores, and what is not seen.
_RESTORED = {"facet", "value", "current", "pane", "order", "queries"}
_UNSEEN = {"dossier", "signs", "shown", "history", "_values"}


class PictureKeeper:
    """Keeps a picture when nothing has changed between two looks at it, and on leaving."""

    def __init__(self, app: "KeyedApp") -> None:
        self._app = app
        self._state_at_start = state_at_start()
        self._seen: _Seen | None = None
        self._kept: _Seen | None = None
        self._last: _Seen | None = None

    def look(self) -> None:
        """Keep the picture if it is what a start would show, and was so at the last look."""
        if self._app.leaving:
            return
        explorer = self._app.screen
        seen, self._seen = self._seen, None
        if not isinstance(explorer, ExplorerScreen) or not self._is_as_begun(explorer):
            return
        self._seen = now = _Seen.of(explorer)
        driver = steady_driver()
        if driver and now == seen and now != self._kept and (text := driver.picture()):
            self._kept = now
            self._app.run_worker(partial(_keep, now, text), thread=True, group="picture")

    async def finish(self) -> None:
        """Have the last keys drawn, and look at what is then shown: it may be kept.

        Not if others write in the meantime: what they wrote may not be seen.
        """
        explorer, self._last = self._app.screen, None
        if not isinstance(explorer, ExplorerScreen):
            return
        before = _Seen.of(explorer)
        explorer.notes.show_remark()  # what others wrote until now
        if self._is_as_begun(explorer):
            drawn = asyncio.Event()
            explorer.call_after_refresh(drawn.set)
            with suppress(TimeoutError):
                await asyncio.wait_for(drawn.wait(), DRAW_WAIT)
                now = _Seen.of(explorer)
                self._last = now if now.key == before.key else None

    def _is_as_begun(self, explorer: ExplorerScreen) -> bool:
        """Whether the screen is as a start at the last place would make it now."""
        return (
            _is_at_last_place(explorer)
            and self._app.theme == theme_to_begin_with(self._app.available_themes)
            and self._state_at_start == state_at_start()
        )

    def keep_last(self) -> None:
        """Keep what was shown when the screen was left, if it was looked at just before."""
        driver = steady_driver()
        last = self._last if self._last != self._kept else None
        if driver and last and (text := driver.picture(left=True)):
            _keep(last, text)


class _Seen(NamedTuple):
    """What is shown, as far as it tells whether anything has changed."""

    path: str
    key: str
    here: Any
    tops: tuple[int, int]

    @classmethod
    def of(cls, explorer: ExplorerScreen) -> "_Seen":
        """What the explorer shows now."""
        path = explorer.state.dossier.stamp.path if explorer.state.dossier.stamp else ""
        tops = explorer.facets.top, explorer.events.top
        return cls(path, key_of(path), explorer.notes.visits.here(), tops)


def _is_at_last_place(explorer: ExplorerScreen) -> bool:
    """Whether the screen shows the last place, and nothing else that a start would not show."""
    state, page = explorer.state, explorer.page
    place = explorer.notes.writer.last_place()
    return (
        place is not None
        and tuple(place) == explorer.notes.visits.here()
        and all(
            getattr(state, field.name) == field.default
            for field in fields(state)
            if field.name not in _RESTORED | _UNSEEN
        )
        and not (page.hints or page.chosen or page.selected_text or page.widest != MEASURE)
        and not (explorer.trouble.words or explorer.notices.display)
        and _is_read(state.dossier)
    )


def _is_read(dossier: Dossier) -> bool:
    """Whether the dossier is as its file is now."""
    try:
        return dossier.stamp is not None and stamp(dossier.stamp.path) == dossier.stamp
    except StoreError:
        return False


def _keep(seen: _Seen, text: str) -> None:
    with suppress(StoreError):  # the next start then has none
        keep_picture(seen.path, Picture(seen.key, seen.tops, text))
