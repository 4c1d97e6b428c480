"""The explorer in process, driven by Textual's Pilot."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from tests.explorer.seen import Seen
from tui.dossier.dossier import Dossier
from tui.explorer.app import SummitryApp
from tui.text.glyphs import UNICODE, Signs

Explore = Callable[..., AbstractAsyncContextManager[Seen]]


@pytest.fixture
def explore(small: Dossier, monkeypatch: pytest.MonkeyPatch) -> Explore:
    """Opens the explorer, on the small dossier unless told otherwise."""
    # The find bar is made once the first frame has had its time; a test is to have it at once.
    monkeypatch.setattr("tui.explorer.finding_screen.FIND_PAUSE", 0.01)

    @asynccontextmanager
    async def open_(
        columns: int = 120,
        rows: int = 40,
        *,
        dossier: Dossier = small,
        at: str = "",
        signs: Signs = UNICODE,
        keymap: Mapping[str, str] | None = None,
    ) -> AsyncIterator[Seen]:
        app = SummitryApp(dossier, at, signs, keymap)
        async with app.run_test(size=(columns, rows), notifications=True) as pilot:
            seen = Seen(app, pilot)
            await seen.begin()
            yield seen

    return open_
