"""What `y` takes away, and the file it is left in for terminals without a clipboard."""

import os
from pathlib import Path

from tui.dossier.dossier import Dossier, Row
from tui.dossier.prose_links import plain
from tui.files import notebook_path
from tui.page import page_of
from tui.pages.model import Page


def words_of(dossier: Dossier, row: Row, what: str) -> str:
    """The words to take of a record: t title, s summary, c Chicago, b BibTeX, m Markdown, i id."""
    if what == "t":
        return row.title
    if what == "i":
        return row.id
    if what == "s":
        return plain(row.summary, dossier.label)
    if what == "m":
        from tui.export.markdown import as_markdown

        return as_markdown(page_of(dossier, row))
    from tui.output.citations import citations

    return citations(dossier, row, "bibtex" if what == "b" else "chicago")


def words_of_page(page: Page, what: str) -> str:
    """The words to take of a page that is no record's: t title, m Markdown, i id; else none."""
    if what == "m":
        from tui.export.markdown import as_markdown

        return as_markdown(page)
    return {"t": page.title, "i": page.id}.get(what, "")


def leave_in_file(words: str) -> tuple[str, str]:
    """Write the words beside the notebook; returns the path, or "" and why there is none."""
    path = Path(notebook_path()).with_name("clipboard.txt")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(words)
    except OSError as error:
        return "", (error.strerror or str(error)).lower()
    return str(path), ""
