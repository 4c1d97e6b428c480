"""What a reader does with a page: marks, notes, sources, taking away, opening an address."""

from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.reactive import var
from textual.screen import Screen

from tui.dossier.dossier import Dossier, Row
from tui.dossier.records import Event
from tui.dossier.text import safe_url
from tui.explorer.keeping import Keeper
from tui.explorer.page_pane import PagePane
from tui.output.marks import Signs

if TYPE_CHECKING:
    from tui.explorer.note_panel import NotePanel


class ReadingScreen(Screen[None]):
    """The half of the explorer's screen that works on the record being read."""

    current: var[int] = var(0, init=False)

    def __init__(self, dossier: Dossier, signs: Signs, classes: str) -> None:
        super().__init__(classes=classes)
        self.dossier = dossier
        self.signs = signs
        self.keeper = Keeper(dossier)

    @property
    def row(self) -> Row | None:
        """The record being read."""
        return next(iter(self.dossier.rows([self.current])), None)

    def show_record(self, n: int) -> None:
        """Show another record."""
        raise NotImplementedError

    def go(self, n: int) -> None:
        """Show another record, to come back from."""
        raise NotImplementedError

    # -- the notebook

    @work(thread=True, group="notebook")
    def _keep(self, change: object, done: str) -> None:
        """Write to the notebook off the screen's thread; say what was done, or what went wrong."""
        assert callable(change)
        trouble = self.keeper.write(change)
        notices = self.keeper.notices()
        self.app.call_from_thread(self._kept, trouble, done, notices)

    def _kept(self, trouble: str, done: str, notices: list[str]) -> None:
        for notice in notices:
            self.notify(notice, severity="warning", timeout=8, markup=False)
        if trouble:
            self.notify(trouble, severity="error", timeout=8, markup=False)
        elif done:
            self.notify(done, timeout=2, markup=False)
        self.show_remark()

    def show_remark(self) -> None:
        """Say at the foot of the page what the notebook has on it."""
        row = self.row
        self.query_one(PagePane).remark = self.keeper.remark(row.id) if row else ""

    def action_mark(self) -> None:
        if row := self.row:
            marked = self.keeper.notebook is not None and self.keeper.notebook.is_marked(row.id)
            done = f"{'unmarked' if marked else 'marked'}: {row.title}"
            self._keep(lambda notebook: notebook.mark(row.id), done)

    def action_marks(self) -> None:
        from tui.explorer.dialogs import ChoiceScreen

        notebook = self.keeper.notebook
        entries = notebook.notes() if notebook else []
        rows = [(entry, self.dossier.row(entry.id)) for entry in entries]
        known = [(entry, row) for entry, row in rows if row]
        if not known:
            self.notify(self.keeper.trouble or "no marks and no notes yet", markup=False)
            return
        choices = [(row.title, entry.note.partition("\n")[0] or "marked") for entry, row in known]

        def chosen(place: int | None) -> None:
            if place is not None:
                self.go(known[place][1].n)

        self.app.push_screen(ChoiceScreen("Marks and notes", choices, self.signs), chosen)

    async def action_note(self) -> None:
        row = self.row
        if row is None:
            return
        if self.keeper.notebook is None:
            self.notify(self.keeper.trouble, severity="error", markup=False)
            return
        from tui.explorer.note_panel import NotePanel

        if not self.query("#note"):
            await self.mount(NotePanel(), after="#panes")
        panel = self.query_one("#note", NotePanel)
        panel.begin(row.id, row.title, self.keeper.notebook.note(row.id))
        self.add_class("-noting")
        self.set_focus(panel)

    def on_note_panel_saved(self, message: "NotePanel.Saved") -> None:
        write = partial(_set_note, record=message.record, note=message.note)
        self._keep(write, "")
        if message.closing:
            self.remove_class("-noting")
            self.set_focus(self.query_one(PagePane))

    # -- taking away

    def action_take(self) -> None:
        from tui.explorer.dialogs import TakeScreen

        def taken(what: str | None) -> None:
            if what and (row := self.row):
                self._copy(what, row)

        self.app.push_screen(TakeScreen(self.signs), taken)

    def _copy(self, what: str, row: Row) -> None:
        """To the clipboard through the terminal, and into a file, as no terminal says it worked."""
        from tui.explorer.clipboard import leave_in_file, words_of

        words = words_of(self.dossier, row, what)
        if not words.strip():
            self.notify("nothing recorded to take", markup=False)
            return
        self.app.copy_to_clipboard(words)
        path, trouble = leave_in_file(words)
        where = f"also in {path}" if path else f"no file: {trouble}"
        self.notify(f"{TAKEN[what]} copied; {where}", timeout=4, markup=False)

    # -- sources

    def action_lens(self) -> None:
        from tui.explorer.dialogs import LensScreen

        row = self.row
        event = self.dossier.record(row) if row else None
        if not isinstance(event, Event) or not event.claims:
            self.notify("no claims on this page", timeout=2)
            return
        claim = self.query_one(PagePane).claim_in_view() or 0
        lens = LensScreen(self.dossier, event, claim, self.signs)
        self.app.push_screen(lens, self.open_address)

    def action_address(self) -> None:
        """The address of the source, or of the first source of the page that has one."""
        row = self.row
        if row is None:
            return
        from tui.output.citing import sources_cited

        addresses = [source.url for source, _ in sources_cited(self.dossier, row) if source.url]
        self.open_address(next((url for url in addresses if safe_url(url)), ""))

    def open_address(self, address: str | None) -> None:
        """Open a web address, once it was shown in full and the reader agreed."""
        if address is None:
            return
        if not safe_url(address):
            self.notify("no web address to open", markup=False)
            return
        from tui.explorer.dialogs import AskScreen

        def answered(yes: bool | None) -> None:
            if yes:
                self.app.open_url(address)

        self.app.push_screen(AskScreen(address, self.signs), answered)


TAKEN = {"t": "title", "s": "summary", "c": "citation", "b": "BibTeX", "m": "page", "i": "id"}


def _set_note(notebook: object, record: str, note: str) -> None:
    from tui.notebook import Notebook

    assert isinstance(notebook, Notebook)
    notebook.set_note(record, note)
