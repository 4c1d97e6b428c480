"""TinyDB on the notebook's file; apart, as importing TinyDB takes time that reading need not."""

from typing import Any

from tinydb.storages import Storage

from tui.notebook.file import Held


class NotebookStorage(Storage):
    """What TinyDB reads and writes while the lock is held: ``TinyDB(held, storage=…)``."""

    def __init__(self, held: Held) -> None:
        self._held = held

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables, None where there are none."""
        return self._held.base.tables or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Write every table at once; raises NotebookError, and then nothing has changed."""
        self._held.write(data)
