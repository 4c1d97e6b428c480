"""Follows the file of the open dossier: read again when it changes, on a thread of its own."""

import os
import threading
from collections.abc import Callable

from tui.dossier.dossier import Dossier
from tui.dossier.safe_text import clean_line
from tui.explorer.explorer_parts import Explorer
from tui.explorer.navigation import Navigation
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


class Reloader:
    """Has the explorer show its dossier as the file is now.

    `trouble` says why the file cannot be read, "" where it can; `turned` is told of the dossier
    that is shown from now on.
    """

    def __init__(
        self,
        explorer: Explorer,
        navigation: Navigation,
        trouble: Callable[[str], object],
        turned: Callable[[Dossier], object],
    ) -> None:
        self._explorer, self._navigation = explorer, navigation
        self._trouble, self._turned = trouble, turned
        self._watcher: FileWatcher | None = None
        self._news: Dossier | str | None = None

    def watch(self, tell: Tell) -> None:
        """Watch the file of the dossier, if it has one; `tell` is called on another thread."""
        if read := self._explorer.state.dossier.stamp:
            self._watcher = FileWatcher(read, tell)
            self._watcher.start()

    def stop(self) -> None:
        """Watch the file no more."""
        if self._watcher:
            self._watcher.stop()

    def hear(self, news: Dossier | str) -> None:
        """Take the dossier as it is now, or why it cannot be read."""
        self._news = news
        self.take()

    def take(self) -> None:
        """Show what was heard, once the reader is in the middle of nothing else."""
        explorer, state = self._explorer, self._explorer.state
        if self._news is None or state.before_find or not explorer.is_current:
            return
        news, self._news = self._news, None
        if isinstance(news, str):
            self._trouble(f"{news}; the last good one is shown")
            explorer.show()
            return
        self._trouble("")
        there, stays = state.turn_to(news, self._navigation.spot)
        self._turned(news)
        self._navigation.return_to(there)
        gone = "" if stays else "; the record you were at is gone"
        explorer.shell.say(f"the file changed and was read again{gone}")
