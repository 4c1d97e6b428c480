"""The explorer in process, driven by Textual's Pilot."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from tests.explorer.seen import Seen
from tui.dossier.dossier import Dossier
from tui.explorer.app import SummitryApp
from tui.explorer.key_map import Keymap
from tui.text.glyphs import UNICODE, Signs


def _recorded(app: SummitryApp) -> list[str]:
    """A list of what the app says from now on, also of what is taken away by a later key."""
    said: list[str] = []
    say, complain = app.say, app.complain

    def saying(words: str, *, timeout: float = 3, passing: bool = False) -> None:
        if words:
            said.append(words)
            say(words, timeout=timeout, passing=passing)

    def complaining(trouble: str) -> None:
        said.append(trouble)
        complain(trouble)

    app.say, app.complain = saying, complaining  # type: ignore[method-assign]
    return said


Explore = Callable[..., AbstractAsyncContextManager[Seen]]


@pytest.fixture
def explore(small: Dossier, monkeypatch: pytest.MonkeyPatch) -> Explore:
    """Opens the explorer, on the small dossier unless told otherwise."""
    # The find bar is made once the first frame has had its time, and what is found is ranked and
    # read once the typing pauses; a test is to have them at once.
    monkeypatch.setattr("tui.explorer.screen.BAR_PAUSE", 0.001)
    # Every test begins in a home of its own, where nobody was before.
    monkeypatch.setattr("tui.explorer.visits.WELCOME", "")
    monkeypatch.setattr("tui.explorer.finder.PAUSE", 0.02)
    monkeypatch.setattr("tui.explorer.screen.PAGE_PAUSE", 0.02)
    # Nobody watches: a frame need not wait for its sixtieth of a second.
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.002)
    # Textual's pilot waits until the processor is idle; `Seen` waits for what is to happen.
    monkeypatch.setattr("textual.pilot.wait_for_idle", lambda *_: asyncio.sleep(0))

    @asynccontextmanager
    async def open_(
        columns: int = 120,
        rows: int = 40,
        *,
        dossier: Dossier = small,
        at: str = "",
        signs: Signs = UNICODE,
        keymap: Keymap = Keymap({}),  # noqa: B008
        tour: bool = False,
    ) -> AsyncIterator[Seen]:
        app = SummitryApp(dossier, at, signs, keymap, tour=tour)
        said = _recorded(app)
        async with app.run_test(size=(columns, rows), notifications=True) as pilot:
            seen = Seen(app, pilot, said)
            await seen.begin()
            yield seen

    return open_
