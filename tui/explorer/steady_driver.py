"""A driver for terminals that survives what Textual's own does not; POSIX only.

The parser and the table of keys are not Textual's to promise: where they are gone, importing this
raises ImportError, and Textual's own driver has to do.
"""

import os
import selectors
import signal
import threading
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any, ClassVar, TextIO

from rich.cells import cell_len
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key

from tui.dossier.folding import ascii_only
from tui.explorer.screen_writer import ScreenWriter
from tui.explorer.terminal_input import ESCAPE, PASTE_BEGINS, InputSplitter
from tui.text import LARGEST_WINDOW
from tui.text.glyphs import UNICODE

if TYPE_CHECKING:
    from textual.app import App

    from tui.explorer.first_picture import EarlyPicture

#: How often it is looked whether input has ended, in seconds.
_TICK = 0.1
#: How long after an Escape the rest of a key sequence may come, in seconds: terminals send one in
#: one piece. ncurses programs that set it (newsboat) take the same; ESCDELAY, in milliseconds,
#: says otherwise, as it does to them.
_ESCAPE_PAUSE = 0.025


class SteadyDriver(LinuxDriver):
    """Reads keys through bad bytes and a closed terminal, and stops without waiting."""

    #: Whether a character that comes together with Escape is that character with Alt.
    alt: ClassVar[bool] = False
    #: The picture that is on the screen before there is a driver.
    early: "EarlyPicture | None" = None
    #: The one that was made last.
    current: "ClassVar[SteadyDriver | None]" = None
    _wake: tuple[int, int] | None = None

    def __init__(self, app: "App[Any]", **options: Any) -> None:
        super().__init__(app, **options)
        SteadyDriver.current = self
        self._size = self._size or self._get_terminal_size()  # until the first report of a size
        self._output = _Output(self._file)
        self._file: Any = self._output
        self._stand_ins = _StandIns() if getattr(app, "signs", UNICODE).ascii else None

    def _get_terminal_size(self) -> tuple[int, int]:
        columns, rows = super()._get_terminal_size()
        return min(columns, LARGEST_WINDOW), min(rows, LARGEST_WINDOW)

    def start_application_mode(self) -> None:
        if self.early and self.early.shown:
            self._output.begin_with(self.early.text)
            self.early.shown = False  # the screen is put back when the application mode ends
        super().start_application_mode()  # type: ignore[no-untyped-call]
        told = signal.getsignal(signal.SIGWINCH)

        def resized(number: int, frame: FrameType | None) -> None:
            # Terminals move or drop what they show, and the old size may be back already.
            self._output.forget()
            self._loop.call_soon_threadsafe(self.write, "")
            if callable(told):
                told(number, frame)

        signal.signal(signal.SIGWINCH, resized)

    def picture(self, *, left: bool = False) -> str:
        """All that is shown or, with `left`, was shown when the screen was left.

        It is text with colours, "" where it is not known for certain.
        """
        return self._output.picture(left=left)

    def release_picture(self) -> None:
        """Have the first frames, which were held back, take the place of the early picture."""
        if self.early:
            self.early = None
            self._output.release()
            self.write("")

    def open_url(self, url: str, new_tab: bool = True) -> None:
        super().open_url(url, new_tab)
        self._output.forget()  # a browser may write to the terminal

    def write(self, data: str) -> None:
        if self._stand_ins is not None and not data.isascii():
            data = data.translate(self._stand_ins)
        super().write(data)

    def disable_input(self) -> None:
        if self._wake and not self.exit_event.is_set():
            os.write(self._wake[1], b"\0")  # or quitting waits for the next tick
        super().disable_input()

    def run_input_thread(self) -> None:
        # A byte that is no UTF-8 becomes a replacement character, which is bound to nothing.
        decode = getincrementaldecoder("utf-8")("replace").decode
        split = InputSplitter(ANSI_SEQUENCES_KEYS.__contains__, alt=self.alt)
        self._parser = XTermParser(self._debug)
        self._wake = os.pipe()
        pause = _escape_pause()
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._wake[0], selectors.EVENT_READ)
            # After a stop and a continue Textual starts another thread, and this one is left.
            mine = threading.current_thread()
            while not self.exit_event.is_set() and self._key_thread in (None, mine):
                ready = selector.select(pause if split.at_escape else _TICK)
                for key, _ in ready:
                    if key.fd != self.fileno:
                        continue
                    if not (data := self._read()):
                        # The terminal went away; asking again would only burn the processor.
                        # Not call_from_thread: it waits for a loop that may wait for this.
                        leave = partial(self._app.exit, return_code=129)
                        self._loop.call_soon_threadsafe(leave)
                        return
                    self._hand_on(split.feed(decode(data)))
                if not ready:
                    self._hand_on(split.rest())

    def _hand_on(self, pieces: Iterator[str]) -> None:
        """Hand on what was typed; what is no key of this program's is nothing."""
        for piece in pieces:
            if piece == ESCAPE:
                self.process_message(Key("escape", ESCAPE))
                continue
            try:
                events = list(self._parser.feed(piece))
            except Exception:  # noqa: BLE001 - whatever the parser stumbles over is no key
                events = []
            if not events and piece[0] == ESCAPE and piece != PASTE_BEGINS:
                self._parser = XTermParser(self._debug)  # it waits for more of what is nothing
            for event in events:
                self.process_message(event)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""


def _escape_pause() -> float:
    """How long to wait after an Escape, in seconds."""
    asked = os.environ.get("ESCDELAY", "")
    known = asked.isascii() and asked.isdecimal() and len(asked) < 5  # under ten seconds
    return int(asked) / 1000 if known else _ESCAPE_PAUSE


class _StandIns(dict[int, str]):
    """ASCII as wide as the character, for `str.translate`.

    A terminal of one byte a character takes half of the UTF-8 of a letter for a control.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if not char.isascii():
            width = cell_len(char)
            char = f"{ascii_only(char)[:width]:<{width}}"
        self[code] = char
        return char


class _Output:
    """A terminal to write to, which gets only the cells that changed, and may go away.

    An error would end the thread that writes, and leaving would wait for it without an end.
    """

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._writer = self._new_writer()
        self._busy = threading.Lock()

    def begin_with(self, picture: str) -> None:
        """Take the terminal to show a picture."""
        self._writer.begin_with(picture)

    def release(self) -> None:
        """Show what differs from that picture from now on."""
        self._writer.release()

    def picture(self, *, left: bool) -> str:
        """All that the terminal is to show, or was to when the screen was left."""
        with self._busy:
            return self._writer.last if left else self._writer.picture()

    def forget(self) -> None:
        """Send the whole screen anew with what is written next; it may have been written over."""
        self._writer.forget()

    def write(self, text: str) -> None:
        try:
            with self._busy:
                self._writer.feed(text)
        except Exception:  # noqa: BLE001 - whatever it stumbles over goes to the terminal as it is
            self._writer = self._new_writer()
            self._send(text)

    def flush(self) -> None:
        self._send(self._writer.take())

    def _send(self, text: str) -> None:
        if text:
            with suppress(OSError):
                self._terminal.write(text)
                self._terminal.flush()

    def _new_writer(self) -> ScreenWriter:
        # GNU screen alone gives cells that are erased the terminal's own ground.
        coloured = not os.environ.get("TERM", "").startswith("screen")
        return ScreenWriter(self._size, coloured=coloured)

    def _size(self) -> tuple[int, int]:
        try:
            columns, rows = os.get_terminal_size(self._terminal.fileno())
        except OSError:
            return 0, 0  # of which nothing is known
        return min(columns, LARGEST_WINDOW), min(rows, LARGEST_WINDOW)
