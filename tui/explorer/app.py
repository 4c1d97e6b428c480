"""The Textual app: a thin shell around the explorer's one screen."""

import asyncio
import gc
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.text import Text
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from tui.dossier.dossier import Dossier
from tui.dossier.safe_text import clean
from tui.explorer.reading import ReadingScreen
from tui.explorer.screen import ExplorerScreen
from tui.explorer.terminal import driver_class, restore_on_signals
from tui.text.glyphs import UNICODE, Signs

_PALETTE_WIDTH = 20
#: How long leaving waits for what is still to be written, in seconds.
LEAVE_WAIT = 2.0

#: Leaves at last, with what could not be kept, to be printed.
Leave = Callable[[Text | None], None]


class SummitryApp(App[None]):
    """Explores one dossier; `at` is the id of the record to open first."""

    TITLE = "Summitry"
    CSS_PATH = Path(__file__).with_name("explorer.tcss")
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [
        Binding("q", "quit", "quit", tooltip="Leave Summitry", id="app.quit"),
        Binding("ctrl+q", "quit", show=False, system=True, id="app.quit-anywhere", priority=True),
        Binding("question_mark,f1", "help", "help", id="app.help",
                tooltip="Every key, by place"),
    ]  # fmt: skip

    def __init__(
        self,
        dossier: Dossier,
        at: str = "",
        signs: Signs = UNICODE,
        keymap: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(driver_class=driver_class())
        self.keymap = dict(keymap or {})
        if self.keymap:
            self.set_keymap(self.keymap)
        self.dossier = dossier
        self.at = at
        self.signs = signs
        self._leaving = False
        self._warned = False

    def get_default_screen(self) -> Screen[Any]:
        return ExplorerScreen(self.dossier, self.at, self.signs, self.size)

    def on_mount(self) -> None:
        restore_on_signals(self)
        self.call_after_refresh(_collect_again)

    # -- leaving

    async def action_quit(self) -> None:
        # What was typed before is still on its way, through what has the keys and its screen.
        screen = self.screen
        if not (self.focused or screen).call_later(screen.call_later, self._quit):
            self.exit()

    def _quit(self) -> None:
        self._leave(lambda lost: super(SummitryApp, self).exit(message=lost), asked=True)

    def exit(
        self,
        result: None = None,
        return_code: int = 0,
        message: RenderableType | None = None,
    ) -> None:
        """Leave, once what is still to be written is, or could not be in `LEAVE_WAIT` seconds."""
        leave = partial(super().exit, result, return_code)
        self._leave(lambda lost: leave(lost or message), asked=False)

    def _leave(self, leave: Leave, *, asked: bool) -> None:
        reading = next((s for s in self.screen_stack if isinstance(s, ReadingScreen)), None)
        if reading is None or not reading.is_mounted:
            leave(None)
        elif not self._leaving:
            self._leaving = True
            self.run_worker(self._keep_and_leave(reading, leave, asked), group="leaving")

    async def _keep_and_leave(self, reading: ReadingScreen, leave: Leave, asked: bool) -> None:
        lost = None
        try:
            await asyncio.wait_for(reading.keep_all(), LEAVE_WAIT)
        except TimeoutError:
            waited = "another program is writing the notebook"
        else:
            waited = ""
        if panel := reading.unsaved_note:
            why = panel.trouble or waited
            if asked and not self._warned:
                self._warned, self._leaving = True, False
                reading.complain(f"the note is not saved: {why}. Leave again to lose it")
                return
            note = f"the note on {panel.title_of_record} was not saved: {why}\n{panel.text}"
            lost = Text(clean(note))
        leave(lost)

    # -- help

    def action_command_palette(self) -> None:
        if self.size.width >= _PALETTE_WIDTH:  # Textual's palette crashes in a few columns
            super().action_command_palette()

    def action_help(self) -> None:
        from tui.explorer.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen, self.signs, self.keymap, self.size.width))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every binding of the screen with a tooltip is a command of the palette, too."""
        yield from super().get_system_commands(screen)
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.tooltip and active.enabled:
                action = f"{binding.action}"
                namespace = active.node
                yield SystemCommand(
                    binding.description.capitalize(),
                    f"{binding.tooltip} ({self.get_key_display(binding)})",
                    lambda action=action, node=namespace: self.call_later(
                        self.run_action, action, node
                    ),
                )


def _collect_again() -> None:
    """Collect garbage again, but not among all that was made while starting: it lasts."""
    gc.freeze()
    gc.enable()


def run(dossier: Dossier, at: str, signs: Signs, config: str = "") -> int:
    """Run the explorer until it is left; returns the exit status.

    `config` is the path of the reader's config file, "" for none. Raises StoreError about it.
    """
    keymap: dict[str, str] = {}
    if config:
        from tui.explorer.keymap import read_keymap

        keymap = read_keymap(config)
    app = SummitryApp(dossier, at, signs, keymap)
    app.run()
    return app.return_code or 0
