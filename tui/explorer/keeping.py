"""The notebook as the explorer uses it: written in the background, troubles said once."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.dossier.dossier import Dossier
from tui.dossier.files import notebook_path

if TYPE_CHECKING:
    from tui.notebook import Notebook, Place


class Keeper:
    """Marks, notes and the last place of one dossier; `trouble` says why they cannot be kept."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._notebook: Notebook | None = None
        self.opened = False
        self.trouble = ""

    @property
    def notebook(self) -> "Notebook | None":
        """The notebook, opened when first asked for; None where it cannot be read."""
        if not self.opened:
            self.opened = True
            from tui.notebook import Notebook, NotebookError, key_of

            try:
                self._notebook = Notebook.open(key_of(self._dossier))
            except NotebookError as error:
                self.trouble = str(error)
        return self._notebook

    def last_place(self) -> "Place | None":
        """Where the reader was; does not even look for a notebook that nobody wrote."""
        if not os.path.exists(notebook_path()):
            return None
        return self.notebook.place() if self.notebook else None

    def write(self, change: "Callable[[Notebook], object]") -> str:
        """Make a change; returns what went wrong, "" if nothing did. May wait: call in a thread."""
        from tui.notebook import NotebookError

        if self.notebook is None:
            return self.trouble
        try:
            change(self.notebook)
        except NotebookError as error:
            return str(error)
        return ""

    def notices(self) -> list[str]:
        """What the reader is to be told, each once."""
        return self._notebook.take_notices() if self._notebook else []

    def remark(self, id_: str) -> str:
        """What the notebook has on a record, in a word or two."""
        if self.notebook is None:
            return ""
        marked = "marked" if self.notebook.is_marked(id_) else ""
        noted = "noted" if self.notebook.note(id_) else ""
        return ", ".join(word for word in (marked, noted) if word)
