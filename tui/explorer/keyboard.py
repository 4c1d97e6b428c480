"""Keys in order: the one place that takes them, and what every screen tells it.

A key is done with before the next one is looked at. The app takes keys, pastes and clicks one
after the other. A key goes to the screen on top, which runs the action that is bound to it, here
and now: nothing on the way to a change of state is put into a queue. Only drawing comes later.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from inspect import isawaitable
from typing import ClassVar, Generic, NamedTuple, Protocol, TypeVar, cast

from textual.app import App, ComposeResult
from textual.binding import Binding as TextualBinding
from textual.binding import BindingType
from textual.driver import Driver
from textual.errors import NoWidget
from textual.events import Event, Key, MouseEvent, MouseMove, Paste, Resize
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from tui.explorer.bindings import Binding, FootKey
from tui.explorer.key_map import KeyTable, act
from tui.explorer.layouts import SAME_PLACE, name_of
from tui.explorer.panes.notice_box import Notice, NoticeBox
from tui.text.glyphs import Signs

Result = TypeVar("Result")

#: How long a complaint is shown, in seconds.
_COMPLAINT = 8.0
#: The smallest window that anything but a polite line is drawn in, in columns and rows.
LEAST = Size(20, 5)


class KeyPlace(NamedTuple):
    """A part of the program that takes keys: its name in the table of bindings, and who acts."""

    name: str
    target: object


class TextField(Protocol):
    """A widget that text is typed into, one of Textual's own inputs."""

    BINDINGS: ClassVar[list[BindingType]]

    def type_text(self, text: str) -> None:
        """Put text in the place of what is selected, or at the cursor."""


def is_too_small(size: Size) -> bool:
    """Whether there is no room for more than a line that says so."""
    return size.width < LEAST.width or size.height < LEAST.height


class KeyedApp(App[None]):
    """Takes keys, pastes and the mouse in order, and hands them to the screen on top."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False  # the page has a selection of its own

    def __init__(
        self, signs: Signs, keymap: Mapping[str, str], driver_class: type[Driver] | None
    ) -> None:
        super().__init__(driver_class=driver_class)
        self.signs = signs
        self.keys = KeyTable(keymap)
        #: Set once the first screen is there: keys that came before have waited.
        self.ready = asyncio.Event()
        self.leaving = False
        self._at_key = False  # whether what is said now answers a key
        self._notices: list[Notice] = []

    async def on_event(self, event: Event) -> None:
        """Take what comes from the terminal; each is done with before the next is looked at."""
        if event.is_forwarded or not isinstance(event, (Key, Paste, MouseEvent, Resize)):
            await super().on_event(event)
        elif isinstance(event, (Key, Paste)):
            await self._take(event)
        elif isinstance(event, Resize):
            await super().on_event(event)
            self._fit(event.size)
        else:
            target = self.mouse_captured or self._under(event)
            await super().on_event(event)
            if target and not isinstance(event, MouseMove):
                await _handled(target)

    async def _take(self, event: Key | Paste) -> None:
        """Hand a key or a paste to the screen on top."""
        await self.ready.wait()
        screen = self.screen
        if self.leaving or not isinstance(screen, KeyedScreen):
            return
        self.app_focus = True
        if answers := [notice for notice in self._notices if notice.answer]:
            self._take_away(answers)  # they answered the key before
        self._at_key = True
        try:
            if isinstance(event, Key):
                await screen.take_key(self._at_same_place(event, screen))
            else:
                screen.take_paste(event.text)
        finally:
            self._at_key = False
        for shown in self.screen_stack:
            if isinstance(shown, KeyedScreen) and (shown is screen or screen is not self.screen):
                shown.after_key()

    def _at_same_place(self, key: Key, screen: "KeyedScreen") -> Key:
        """A key as its place on the keyboard means it, where its letter is bound to nothing."""
        other = SAME_PLACE.get(key.character or "")
        places = (*(place for place, _ in screen.places()), "anywhere")
        if not other or screen.text_field() or any(self.keys.find(p, key) for p in places):
            return key
        return Key(name_of(other), other)

    def _under(self, event: MouseEvent) -> Widget | None:
        with suppress(NoWidget):
            return self.get_widget_at(event.x, event.y)[0]
        return None

    def _fit(self, size: Size) -> None:
        """Fit every screen into a window of this size."""
        for screen in self.screen_stack:
            if isinstance(screen, KeyedScreen):
                screen.fit_window(size)
        self.show_notices()

    # -- what screens ask

    def say(self, words: str, *, timeout: float = 3, passing: bool = False) -> None:
        """Say something for some seconds; what is `passing` or answers a key goes with the next."""
        self._notice(Notice(words, answer=passing or self._at_key), timeout)

    def complain(self, trouble: str) -> None:
        """Say why something was not, or will not be done."""
        self._notice(Notice(trouble, answer=False, trouble=True), _COMPLAINT)

    def _notice(self, notice: Notice, timeout: float) -> None:
        self._notices.append(notice)
        self.show_notices()
        self.set_timer(timeout, lambda: self._take_away([notice]))

    def _take_away(self, notices: Sequence[Notice]) -> None:
        self._notices = [n for n in self._notices if not any(n is gone for gone in notices)]
        self.show_notices()

    def show_notices(self) -> None:
        """Show on the screen on top what is said now."""
        for screen in self.screen_stack:
            if isinstance(screen, KeyedScreen):
                shown = self._notices if screen is self.screen else ()
                screen.show_said(() if is_too_small(self.size) else shown)

    async def open(
        self, dialog: "Overlay[Result]", answered: Callable[[Result], Awaitable[object] | object]
    ) -> None:
        """Open a screen over this one; `answered` is called with what it is closed with."""
        dialog.answered = answered
        dialog.fit_window(self.size)
        await self.push_screen(dialog)
        self._fit(self.size)


class KeyedScreen(Screen[None]):
    """A screen that keys are handed to."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = "KeyedScreen { layers: default notices; overflow: hidden; }"

    def __init__(self, signs: Signs) -> None:
        super().__init__(classes="-ascii" if signs.ascii else "")
        self.signs = signs
        self.notices = NoticeBox(signs)

    def compose(self) -> ComposeResult:
        yield from self.parts()
        yield self.notices

    @property
    def shell(self) -> KeyedApp:
        """The app, as what it is."""
        return cast(KeyedApp, self.app)

    def show_said(self, said: Sequence[Notice]) -> None:
        """Show what is said now."""
        self.notices.show(said, self.app.size, self.rows_below)

    # -- what subclasses say

    def parts(self) -> ComposeResult:
        """What is on the screen."""
        raise NotImplementedError

    @property
    def rows_below(self) -> int:
        """The rows at the foot of the screen that notices leave free."""
        return 1

    def places(self) -> Sequence[KeyPlace]:
        """The places that take keys now, the first one first."""
        raise NotImplementedError

    def text_field(self) -> TextField | None:
        """Where letters are typed now, if anywhere."""
        return None

    def fit_window(self, size: Size) -> None:
        """Fit what is on the screen into a window of this size."""
        raise NotImplementedError

    def after_key(self) -> None:
        """Show what a key, a paste or a change from elsewhere did to the state."""

    # -- keys

    async def take_key(self, key: Key) -> None:
        """Do what a key does here; a character that is bound to nothing is typed."""
        field = self.text_field()
        for place, target in self.places():
            # Where text is typed, a character is one, whatever it is bound to outside.
            if field and key.is_printable:
                continue
            binding = self.shell.keys.find(place, key)
            if binding and await act(binding.action, target):
                return
        if field:
            await self._edit(field, key)

    async def _edit(self, field: TextField, key: Key) -> None:
        """Type a character, or edit by the keys that Textual declares for its own inputs."""
        if key.is_printable and key.character:
            field.type_text(key.character)
        elif action := _editing_keys(type(field)).get(key.key):
            await act(action, field)

    def take_paste(self, text: str) -> None:
        """Type what was pasted; where nothing is typed it does nothing."""
        if field := self.text_field():
            field.type_text(text)

    def foot_keys(self, pane: str = "any") -> tuple[FootKey, ...]:
        """The keys that the footer offers."""
        places = self.places()
        checks = [target.check_action for _, target in places if hasattr(target, "check_action")]

        def enabled(binding: Binding) -> bool:
            return all(check(binding.action.partition("(")[0], ()) for check in checks)

        names, typing = [name for name, _ in places], self.text_field() is not None
        return self.shell.keys.foot(names, pane, enabled, self.signs, typing=typing)


class Overlay(KeyedScreen, Generic[Result]):
    """A screen over another one, which is told what it is closed with."""

    answered: Callable[[Result], Awaitable[object] | object]

    async def close(self, answer: Result) -> None:
        """Leave, and hand on what was chosen. From here on keys go to the screen below."""
        if self.shell.screen is self:
            self.shell.pop_screen()
            self.shell.show_notices()
            done = self.answered(answer)
            if isawaitable(done):
                await done


class Dialog(Overlay[Result], ModalScreen[None]):
    """A screen through which the one below can be seen."""


async def _handled(widget: Widget) -> None:
    """Wait until a widget, and what it stands on, has handled what was sent to it before."""
    for node in (widget, *widget.ancestors):
        done = asyncio.Event()
        if isinstance(node, Widget) and node.call_later(done.set):
            with suppress(TimeoutError):  # it was taken away meanwhile
                await asyncio.wait_for(done.wait(), 1)


@cache
def _editing_keys(field: type[TextField]) -> dict[str, str]:
    """The actions of an input by key, as its class and those that it is made of declare them."""
    return {
        key.strip(): binding.action
        for owner in reversed(field.__mro__)
        for binding in vars(owner).get("BINDINGS", ())
        if isinstance(binding, TextualBinding)
        for key in binding.key.split(",")
    }
