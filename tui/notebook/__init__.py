"""The reader's own file: marks, notes and the last place, of every dossier that was read."""

from tui.notebook.notebook import LONGEST, Notebook, key_of
from tui.notebook.notebook_file import NotebookError
from tui.notebook.notebook_state import Entry, ReadingPlace

__all__ = ["LONGEST", "Entry", "Notebook", "NotebookError", "ReadingPlace", "key_of"]
