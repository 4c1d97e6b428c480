"""The Textual app: a thin shell around the explorer's one screen."""

import asyncio
import gc
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.text import Text
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerFailed

from tui.dossier.dossier import Dossier
from tui.dossier.index_file import is_damage
from tui.dossier.safe_text import clean
from tui.explorer.bindings import BINDINGS, Binding
from tui.explorer.first_picture import EarlyPicture
from tui.explorer.key_map import Keymap, act, key_name, may_act, read_keymap
from tui.explorer.keyboard import KeyedApp, KeyedScreen, KeyPlace
from tui.explorer.notebook_actions import BUSY
from tui.explorer.page_actions import NO_FILES
from tui.explorer.picture_keeper import PICTURE_INTERVAL, PictureKeeper
from tui.explorer.screen import ExplorerScreen
from tui.explorer.terminal import driver_class, restore_on_signals, steady_driver
from tui.explorer.themes import THEMES, begin_with_kept_theme, keep_theme
from tui.files import StoreError, reason_of
from tui.folders import is_served
from tui.text.glyphs import UNICODE, Signs

#: The places whose commands the palette lists first; moving about comes last.
SOUGHT = ("found", "finder", "actions", "selection", "notebook", "facet filter", "app", "explorer")
#: How long the early picture stays when the first frame is drawn, in seconds: longer than the
#: frames that follow it at once, in which the last parts come.
PICTURE_HOLD = 0.05
#: How long leaving waits for what is still to be written, in seconds.
LEAVE_WAIT = 2.0


class SummitryApp(KeyedApp):
    """Explores one dossier from the record `at` on; with a `tour` it says what it is."""

    TITLE = "Summitry"
    CSS_PATH = Path(__file__).with_name("explorer.tcss")

    def __init__(
        self,
        dossier: Dossier,
        at: str = "",
        signs: Signs = UNICODE,
        keymap: Keymap = Keymap({}),  # noqa: B008
        *,
        tour: bool = False,
        early: EarlyPicture | None = None,
    ) -> None:
        alt = any("alt+" in keys for keys in keymap.keys.values())
        super().__init__(signs, keymap.keys, driver_class(alt=alt, early=early))
        self._warnings = keymap.warnings
        self.pictures = PictureKeeper(self) if keymap.picture else None
        self._early = early
        self.dossier = dossier
        self.at, self.tour = at, tour
        self._warned = False  # that leaving loses a note
        #: The statuses of endings from outside, though they come while it is left already.
        self.endings: list[int] = []
        self.damage: Exception | None = None  # of the index, while it was read
        self._waited = ""  # what the notebook waited for in vain
        begin_with_kept_theme(self)

    def get_default_screen(self) -> Screen[Any]:
        screen = ExplorerScreen(self.dossier, self.at, self.signs, tour=self.tour)
        if self._early:
            screen.navigation.tops = self._early.tops
        return screen

    def on_load(self) -> None:
        self.endings = restore_on_signals(self)

    def on_mount(self) -> None:
        self.call_after_refresh(_collect_again)
        if self._early:
            self.call_after_refresh(self.set_timer, PICTURE_HOLD, _release_picture)
        if self.pictures and steady_driver():
            self.set_interval(PICTURE_INTERVAL, self.pictures.look)
        for warning in self._warnings:
            self.call_after_refresh(self.complain, warning)

    # -- leaving

    async def action_quit(self) -> None:
        """Leave; with a note that cannot be saved only when asked again."""
        why = await self._keep_all()
        if why and not self._warned:
            self._warned = True
            self.complain(f"the note is not saved: {why}. Leave again to lose it")
        else:
            self.leaving = True
            super().exit(message=self._lost())

    def exit(
        self,
        result: None = None,
        return_code: int = 0,
        message: RenderableType | None = None,
    ) -> None:
        """Leave, once what is still to be written is, or could not be in `LEAVE_WAIT` seconds."""
        leave = partial(super().exit, result, return_code)

        async def keep_and_leave() -> None:
            await self._keep_all()
            leave(self._lost() or message)

        if not self.leaving:
            self.leaving = True
            self.run_worker(keep_and_leave(), group="leaving")

    def _handle_exception(self, error: Exception) -> None:
        """Leave where the index is damaged, in good order: whoever called may make it again."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if not is_damage(cause if isinstance(cause, Exception) else error):
            super()._handle_exception(error)
        elif not self.leaving:
            self.damage = error
            self.exit()

    @property
    def _explorer(self) -> ExplorerScreen | None:
        screens = (screen for screen in self.screen_stack if isinstance(screen, ExplorerScreen))
        return next((screen for screen in screens if screen.is_mounted), None)

    async def _keep_all(self) -> str:
        """Have written what is still to be written; returns why a note could not be saved."""
        with suppress(TimeoutError):  # no part can be mounted once Textual has begun to leave
            await asyncio.wait_for(self._whole(), LEAVE_WAIT)
        if (explorer := self._explorer) is None:
            return ""
        try:
            await asyncio.wait_for(explorer.notes.keep_all(), LEAVE_WAIT)
        except TimeoutError:
            self._waited = BUSY
        except Exception as error:
            if not is_damage(error):  # of what is damaged nothing more can be kept
                raise
        if panel := explorer.notes.unsaved:
            return panel.trouble or self._waited
        self._warned = False
        if self.pictures:
            await self.pictures.finish()
        return ""

    async def _whole(self) -> None:
        """Wait until the first screen and all its parts are there."""
        await self.ready.wait()
        while not all(part.is_mounted for part in self.screen.walk_children(Widget)):
            await asyncio.sleep(0.005)

    def _lost(self) -> Text | None:
        """The note that is lost by leaving now, to be printed."""
        panel = self._explorer.notes.unsaved if self._explorer else None
        if panel is None:
            return None
        why = f"was not saved: {panel.trouble or self._waited}"
        return Text(clean(f"the note on {panel.title_of_record} {why}\n{panel.text}"))

    # -- commands that work anywhere

    async def action_help(self) -> None:
        from tui.explorer.views.chart_screen import ChartScreen
        from tui.explorer.views.help_screen import HelpScreen

        chart = self.screen.NAME if isinstance(self.screen, ChartScreen) else ""
        await self.open(HelpScreen(self.keys, chart, self.signs), lambda _: None)

    def action_copy(self) -> None:
        """Copy what is selected; where nothing is, say which key leaves."""
        screen = self.screen
        field = screen.text_field() if isinstance(screen, KeyedScreen) else None
        text = getattr(field, "selected_text", "")
        if not text and isinstance(screen, ExplorerScreen):
            text = screen.page.selected_text
        if text:
            self.copy_to_clipboard(text)
            self.say("copied")
        else:
            # In a view the key of the panes goes back to them, and where one types it is a letter.
            panes = isinstance(screen, ExplorerScreen) and field is None
            places = BINDINGS["app" if panes else "anywhere"]
            binding = next(binding for binding in places if binding.action == "quit")
            key = key_name(self.keys.keys_of(binding)[0], self.signs)
            self.say(f"{key} leaves Summitry")

    async def action_palette(self) -> None:
        from tui.explorer.dialogs.choices import PaletteDialog

        screen = self.screen
        assert isinstance(screen, KeyedScreen)
        commands: list[tuple[Binding, KeyPlace]] = [
            (binding, place)
            for place in sorted(screen.places(), key=_sought)
            for binding in BINDINGS[place.name]
            if binding.help
            and binding.name
            and binding.action != "palette"
            and may_act(binding.action.partition("(")[0], place.target)
        ]
        rows = [
            (binding.name.capitalize(), f"{binding.help}{self._keys_in_words(binding)}")
            for binding, _ in commands
        ]

        explorer = self._explorer

        async def chosen(what: int | str | None) -> None:
            if isinstance(what, str) and explorer:
                while self.screen is not explorer:  # a view that it was opened over
                    self.pop_screen()
                explorer.navigation.go_to(what)
                explorer.show()
            elif isinstance(what, int):
                binding, (_, target) = commands[what]
                await act(binding.action, target)

        look_up = explorer.navigation.named if explorer else lambda _: ()
        await self.open(PaletteDialog(rows, look_up, self.signs), chosen)

    def _keys_in_words(self, binding: Binding) -> str:
        keys = [key_name(key, self.signs) for key in self.keys.keys_of(binding)]
        return f" ({' '.join(keys)})" if keys else ""

    def action_picture(self) -> None:
        """Save a picture of the screen where the program was started."""
        if is_served():
            self.say(NO_FILES)
            return
        try:
            self.say(f"saved: {self.save_screenshot(path='.')}")
        except OSError as error:
            self.complain(f"no picture saved: {reason_of(error)}")

    async def action_theme(self) -> None:
        from tui.explorer.dialogs.choices import ChoiceDialog

        own = [theme.name for theme in THEMES]
        names = [*own, *sorted(self.available_themes.keys() - set(own))]

        def chosen(place: int | None) -> None:
            if place is not None:
                self.theme = names[place]
                try:
                    keep_theme(self.theme)
                except StoreError as error:
                    self.complain(f"the theme is not kept: {error}")

        rows = [(name, "now" if name == self.theme else "") for name in names]
        themes = ChoiceDialog("Theme", rows, self.signs)
        themes.list.set_cursor(names.index(self.theme))
        await self.open(themes, chosen)


def _sought(place: KeyPlace) -> int:
    """Put the places of commands that a reader looks for before those of moving about."""
    return SOUGHT.index(place.name) if place.name in SOUGHT else len(SOUGHT)


def _collect_again() -> None:
    """Collect garbage again, but not among all that was made while starting: it lasts."""
    gc.freeze()
    gc.enable()


def _release_picture() -> None:
    if driver := steady_driver():
        driver.release_picture()


def run(
    dossier: Dossier,
    at: str,
    signs: Signs,
    config: str = "",
    *,
    tour: bool = False,
    early: EarlyPicture | None = None,
) -> int:
    """Run the explorer until it is left; returns the exit status.

    With a `tour` it says what it is, as at the first start. `config` is the path of the reader's
    config file or "", `early` the picture of the first frame where it is on the screen already.
    Raises StoreError about the config, and what an index that is damaged led to.
    """
    keymap = read_keymap(config) if config else Keymap({})
    app = SummitryApp(dossier, at, signs, keymap, tour=tour, early=early)
    app.run()
    if app.pictures:
        app.pictures.keep_last()
    if app.damage and not app.endings:
        raise app.damage
    return next(iter(app.endings), app.return_code or 0)
