"""The Textual app: a thin shell around the explorer's one screen."""

import gc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from tui.dossier.dossier import Dossier
from tui.explorer.screen import ExplorerScreen
from tui.explorer.terminal import driver_class, restore_on_signals
from tui.output.marks import UNICODE, Signs

_PALETTE_WIDTH = 20


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

    def __init__(self, dossier: Dossier, at: str = "", signs: Signs = UNICODE) -> None:
        super().__init__(driver_class=driver_class())
        self.dossier = dossier
        self.at = at
        self.signs = signs

    def get_default_screen(self) -> Screen[Any]:
        return ExplorerScreen(self.dossier, self.at, self.signs, self.size)

    def on_mount(self) -> None:
        restore_on_signals(self)
        self.call_after_refresh(_collect_again)

    def action_command_palette(self) -> None:
        if self.size.width >= _PALETTE_WIDTH:  # Textual's palette crashes in a few columns
            super().action_command_palette()

    def action_help(self) -> None:
        from tui.explorer.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.signs))

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


def run(dossier: Dossier, at: str, signs: Signs) -> int:
    """Run the explorer until it is left; returns the exit status."""
    app = SummitryApp(dossier, at, signs)
    app.run()
    return app.return_code or 0
