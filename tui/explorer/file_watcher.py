"""Follows the file of the open dossier: read again when it changes, on a thread of its own."""

import os
import threading
from collections.abc import Callable

from tui.dossier.dossier import Dossier
from tui.dossier.safe_text import clean_line
from tui.files import Stamp, StoreError, stamp

#: How often the file is looked at, in seconds. A change is read once it stayed for so long: an
#: editor may write in pieces, or take the file away for a moment.
INTERVAL = 0.5

#: Told what became of the file, on the follower's thread: the dossier read again, or in one line
#: why it could not be.
Tell = Callable[[Dossier | str], object]


class FileWatcher:
    """Looks at a dossier's file until stopped, and tells what it became."""

    def __init__(self, read: Stamp, tell: Tell) -> None:
        self._path = read.path
        self._read: Stamp | None = read
        self._seen: Stamp | None = read
        self._tell = tell
        self._stopped = threading.Event()

    def start(self) -> None:
        """Begin to look; a daemon, as nothing is lost where leaving cuts it short."""
        threading.Thread(target=self._follow, name="follower", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def _follow(self) -> None:
        while not self._stopped.wait(INTERVAL):
            if (news := self.look()) is not None and not self._stopped.is_set():
                self._tell(news)

    def look(self) -> Dossier | str | None:
        """Look once; None where nothing changed, or is still changing."""
        now = self._stamp()
        if now == self._read or now != self._seen:
            self._seen = now
            return None
        self._read = now
        try:
            return Dossier.open(self._path)
        except StoreError as error:
            folder = clean_line(os.path.join(os.path.dirname(self._path), ""))
            return str(error).removeprefix(folder)

    def _stamp(self) -> Stamp | None:
        try:
            return stamp(self._path)
        except StoreError:
            return None
