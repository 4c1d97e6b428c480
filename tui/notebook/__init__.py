"""The reader's own file: marks, notes and the last place, of every dossier that was read."""

from tui.notebook.file import NotebookError, notebook_path
from tui.notebook.notebook import LONGEST, Entry, Notebook, Place, key_of

__all__ = ["LONGEST", "Entry", "Notebook", "NotebookError", "Place", "key_of", "notebook_path"]
