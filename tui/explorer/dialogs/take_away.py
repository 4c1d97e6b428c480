"""Taking away: words of the page that is read, to the clipboard and into a file."""

from collections.abc import Sequence

from tui.dossier.dossier import Dossier, Row
from tui.dossier.prose_links import plain
from tui.dossier.records import Source
from tui.explorer.dialogs.choices import ChoiceDialog, LetterDialog
from tui.explorer.keyboard import KeyedApp
from tui.files import StoreError, write_own
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
            copy(app, _words_of(dossier, row, page, letter), TAKEN[letter][0])

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
    where = "no file: there is no home for it"
    if path := beside_notebook("clipboard.txt"):
        try:
            write_own(path, words)
            where = f"also in {path}"
        except StoreError as error:
            where = f"no file: {error}"
    app.say(f"{name} copied; {where}")


def _words_of(dossier: Dossier, row: Row | None, page: Page | None, what: str) -> str:
    """The words to take of a record, else of a page: t title, s summary, m Markdown, i id."""
    page = page_of(dossier, row) if row else page
    if what == "m" and page:
        from tui.export.markdown import as_markdown

        return as_markdown(page)
    if what == "s":
        return plain(row.summary, dossier.label) if row else ""
    return {"t": page.title, "i": page.id}.get(what, "") if page else ""
