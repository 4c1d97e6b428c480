"""What a reader does with a page: see its sources, open an address, take it away, go up."""

from collections.abc import Callable

from tui.dossier.records import Event
from tui.dossier.safe_text import safe_url
from tui.explorer.keyboard import KeyedApp
from tui.explorer.panes.page_pane import PagePane
from tui.explorer.state import ExplorerState

#: What can be taken away, by the letter typed after `y`: in a word, and for the dialog.
TAKEN = {
    "t": ("title", "title"),
    "s": ("summary", "summary"),
    "c": ("citation", "citation, a Chicago note a source"),
    "b": ("BibTeX", "BibTeX of the sources"),
    "m": ("page", "Markdown, the whole page"),
    "i": ("id", "id"),
}
#: The first steps of the breadcrumb: the facet and its value, which are lists.
_LISTS = 2


async def take_away(app: KeyedApp, state: ExplorerState, page: PagePane) -> None:
    """Ask for a letter, and copy what it stands for."""
    from tui.explorer.dialogs.choices import LetterDialog

    def taken(letter: str | None) -> None:
        if letter:
            _copy(app, state, page, letter)

    rows = {letter: words for letter, (_, words) in TAKEN.items()}
    await app.open(LetterDialog("Take away", rows, app.signs), taken)


def _copy(app: KeyedApp, state: ExplorerState, page: PagePane, letter: str) -> None:
    """Copy to the clipboard through the terminal, and into a file: no terminal says it worked."""
    from tui.explorer.dialogs.clipboard import leave_in_file, words_of, words_of_page

    if row := state.row:
        words = words_of(state.dossier, row, letter)
    else:
        words = words_of_page(page.page, letter) if page.page else ""
    if not words.strip():
        app.say("nothing recorded to take")
        return
    app.copy_to_clipboard(words)
    path, trouble = leave_in_file(words)
    app.say(f"{TAKEN[letter][0]} copied; {f'also in {path}' if path else f'no file: {trouble}'}")


async def show_sources(app: KeyedApp, state: ExplorerState, page: PagePane) -> None:
    """Show who says the claim in view."""
    from tui.explorer.dialogs.claim_sources import ClaimSourcesDialog

    row = state.row
    event = state.dossier.record(row) if row else None
    if not isinstance(event, Event) or not event.claims:
        app.say("no claims on this page")
        return
    claim = page.claim_in_view()
    if claim is None:
        app.say("no claim in view")
        return

    async def left(address: str | None) -> None:
        if address is not None:
            await open_address(app, address)

    claims = ClaimSourcesDialog(state.dossier, event, page.claims, claim, app.signs)
    await app.open(claims, left)


async def open_source(app: KeyedApp, state: ExplorerState, page: PagePane) -> None:
    """Open the address of what is in view or, where there is none, of the page's sources."""
    from tui.explorer.dialogs.claim_sources import pick_address, sources_in_view

    sources = sources_in_view(state.dossier, state.row, page) if state.row else []

    async def picked(address: str) -> None:
        await open_address(app, address)

    await pick_address(app, sources, picked)


async def open_address(app: KeyedApp, address: str) -> None:
    """Open a web address, once it was shown in full and the reader agreed."""
    if not safe_url(address):
        app.say("no web address to open")
        return
    from tui.explorer.dialogs.choices import QuestionDialog

    def answered(yes: bool) -> None:
        if yes:
            app.open_url(address)

    await app.open(QuestionDialog("Open in the browser?", address, app.signs), answered)


async def go_up(
    app: KeyedApp,
    state: ExplorerState,
    go_to_pane: Callable[[int], object],
    go_to: Callable[[str], object],
) -> None:
    """Let the reader go up to any step of the breadcrumb."""
    from tui.explorer.dialogs.choices import ChoiceDialog

    steps = state.dossier.path(state.row)
    facet, value = state.trail[:_LISTS]
    choices = [(facet, "group"), (value, "list"), *((step.title, step.type) for step in steps)]

    def chosen(place: int | None) -> object:
        if place is None:
            return None
        return go_to_pane(place) if place < _LISTS else go_to(steps[place - _LISTS].id)

    await app.open(ChoiceDialog("Where you are", choices, app.signs), chosen)
