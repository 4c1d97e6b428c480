"""Taking away: words of the page that is read, to the clipboard and into a file."""

import os
from collections.abc import Sequence
from pathlib import Path

from tui.dossier.dossier import Dossier, Row
from tui.dossier.prose_links import plain
from tui.dossier.records import Source
from tui.explorer.dialogs.choices import ChoiceDialog, LetterDialog
from tui.explorer.keyboard import KeyedApp
from tui.files import reason_of
from tui.folders import beside_notebook
from tui.output.citations import cite, note, sources_cited
from tui.page import page_of
from tui.pages.model import Page

#: What can be taken away, by the letter typed after `y`: in a word, and for the dialog.
TAKEN = {
    "t": ("title", "title"),
    "s": ("summary", "summary"),
    "c": ("citation", "citation, a Chicago note of a source"),
    "b": ("BibTeX", "BibTeX of a source"),
    "m": ("page", "Markdown, the whole page"),
    "i": ("id", "id"),
}
#: The letters that stand for citations, with their styles.
_STYLES = {"c": "note", "b": "bibtex"}


async def ask(app: KeyedApp, dossier: Dossier, row: Row | None, page: Page | None) -> None:
    """Ask for a letter, and copy what it stands for; of several sources ask which."""

    async def taken(letter: str | None) -> None:
        if letter in _STYLES and row:
            await _cite(app, sources_cited(dossier, row), letter)
        elif letter:
            words = _words_of(dossier, row, letter) if row else _words_of_page(page, letter)
            copy(app, words, TAKEN[letter][0])

    rows = {letter: words for letter, (_, words) in TAKEN.items()}
    await app.open(LetterDialog("Take away", rows, app.signs), taken)


async def _cite(app: KeyedApp, cited: Sequence[tuple[Source, str]], letter: str) -> None:
    """Copy the citation of a source; of several ask which, or all of them."""
    name, style = TAKEN[letter][0], _STYLES[letter]
    if len(cited) < 2:
        copy(app, cite(cited, style), name)
        return

    def chosen(place: int | None) -> None:
        if place is not None:
            copy(app, cite(cited[place - 1 : place] if place else cited, style), name)

    rows = [
        (f"all {len(cited)}", ""),
        *((source.title, source.publisher or "") for source, _ in cited),
    ]
    await app.open(ChoiceDialog(f"The {name} of which source?", rows, app.signs), chosen)


def copy_source(app: KeyedApp, source: Source, at: str) -> None:
    """Copy the citation of one source, as a note."""
    copy(app, f"{note(source, at)}\n", TAKEN["c"][0])


def copy(app: KeyedApp, words: str, name: str) -> None:
    """Copy to the clipboard and into a file, as no terminal says that it copied."""
    if not words.strip():
        app.say("nothing recorded to take")
        return
    app.copy_to_clipboard(words)
    path, trouble = _leave_in_file(words)
    app.say(f"{name} copied; {f'also in {path}' if path else f'no file: {trouble}'}")


def _words_of(dossier: Dossier, row: Row, what: str) -> str:
    """The words to take of a record: t title, s summary, m Markdown, i id."""
    if what == "t":
        return row.title
    if what == "i":
        return row.id
    if what == "s":
        return plain(row.summary, dossier.label)
    from tui.export.markdown import as_markdown

    return as_markdown(page_of(dossier, row))


def _words_of_page(page: Page | None, what: str) -> str:
    """The words to take of a page that is no record's: t title, m Markdown, i id; else none."""
    if page is None:
        return ""
    if what == "m":
        from tui.export.markdown import as_markdown

        return as_markdown(page)
    return {"t": page.title, "i": page.id}.get(what, "")


def _leave_in_file(words: str) -> tuple[str, str]:
    """Write the words beside the notebook; returns the path, or "" and why there is none."""
    if not (beside := beside_notebook("clipboard.txt")):
        return "", "there is no home for it"
    path = Path(beside)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(words)
    except OSError as error:
        return "", reason_of(error)
    return str(path), ""
