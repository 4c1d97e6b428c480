"""What a reader does with a page: marks, notes, sources, taking away, opening an address."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.reactive import var
from textual.screen import Screen

from tui.dossier.dossier import Dossier, Row
from tui.dossier.records import Event
from tui.dossier.safe_text import safe_url
from tui.explorer.keeping import Keeper
from tui.explorer.page_pane import PagePane
from tui.text.glyphs import Signs

if TYPE_CHECKING:
    from tui.explorer.note_panel import NotePanel
    from tui.notebook import Notebook

T = TypeVar("T")
#: Said where a page is no record's.
NO_RECORD = "this page is a list, no record; open one of its events first"
#: A place as the notebook keeps it: facet, value, record, lines scrolled, pane.
Here = tuple[str, str, str, int, str]


class ReadingScreen(Screen[None]):
    """The half of the explorer's screen that works on the record being read."""

    current: var[int] = var(0, init=False)

    def __init__(self, dossier: Dossier, signs: Signs, classes: str) -> None:
        super().__init__(classes=classes)
        self.dossier = dossier
        self.signs = signs
        self.keeper = Keeper(dossier)
        self.kept_place: Here | None = None
        self._complained = False

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

    def go_to(self, id_: str) -> None:
        """Show the record with this id, to come back from; it may be gone since it was listed."""
        if row := self.dossier.row(id_):
            self.go(row.n)
        else:
            self.notify("that is no longer in the file", timeout=3)

    # -- the notebook

    async def keep(self, change: "Callable[[Notebook], T]", slot: str = "") -> T:
        """Write to the notebook, off the screen's thread; raises NotebookError."""
        try:
            return await self.keeper.keep(change, slot)
        finally:
            self._tell_notices()
            self.show_remark()

    def tell_troubles(self) -> None:
        """Say, once the first frame is there, what will not be kept."""
        if not self.dossier.kept:
            words = "index kept in memory: the cache folder cannot be written"
            self.notify(words, severity="warning", timeout=8, markup=False)
        if trouble := self.keeper.take_trouble():
            self.complain_once(trouble)
        self._tell_notices()

    def _tell_notices(self) -> None:
        for notice in self.keeper.notices():
            self.notify(notice, severity="warning", timeout=8, markup=False)

    def complain(self, trouble: str) -> None:
        """Say why something was not done that the reader asked for."""
        self._complained = True
        self.notify(trouble, severity="error", timeout=8, markup=False)

    def complain_once(self, trouble: str) -> None:
        """Say why what nobody asked for was not done; not again, as the explorer works on."""
        if not self._complained:
            self.complain(trouble)

    def here(self) -> Here | None:
        """Where the reader is."""
        raise NotImplementedError

    async def keep_place(self) -> None:
        """Write down where the reader is, if that is not where they were."""
        here = self.here()
        if here is None or here == self.kept_place:
            return
        from tui.notebook import NotebookError, Place

        self.kept_place = here
        place = Place(*here)
        try:
            await self.keep(lambda notebook: notebook.set_place(place), "place")
        except NotebookError as error:
            self.complain_once(str(error))

    @property
    def note_panel(self) -> "NotePanel | None":
        """The panel of the note, if there was one yet."""
        if not self.query("#note"):
            return None
        from tui.explorer.note_panel import NotePanel

        return self.query_one("#note", NotePanel)

    @property
    def unsaved_note(self) -> "NotePanel | None":
        """The panel of the note, if it has text that is not in the notebook."""
        panel = self.note_panel
        return panel if panel and panel.unsaved else None

    async def keep_all(self) -> None:
        """Have written what is still to be written, as the reader leaves."""
        saves: list[Awaitable[bool | None]] = [self.keep_place()]
        if panel := self.note_panel:
            saves.append(panel.save())
        await asyncio.gather(*saves)
        await self.keeper.rest()

    def show_remark(self) -> None:
        """Say at the foot of the page what the notebook has on it."""
        row = self.row
        panel = self.note_panel if self.has_class("-noting") else None
        if panel and not panel.unsaved and (row is None or panel.record != row.id):
            self.close_note()  # it is of another record than the page beside it
        remark = self.keeper.remark(row.id) if row else ""
        for page in self.query(PagePane):  # none once the screen is being left
            page.remark = remark
        if trouble := self.keeper.take_trouble():
            self.complain_once(trouble)

    @work(group="notebook")
    async def action_mark(self) -> None:
        from tui.notebook import NotebookError

        if row := self.row:
            # What the reader sees is what they want to change: a shell may have marked it since.
            marked = "marked" not in self.query_one(PagePane).remark.split(", ")
            try:
                await self.keep(lambda notebook: notebook.mark(row.id, on=marked))
            except NotebookError as error:
                self.complain(str(error))
            else:
                done = f"{'marked' if marked else 'unmarked'}: {row.title}"
                self.notify(done, timeout=2, markup=False)
        else:
            self.notify(NO_RECORD, timeout=3)

    def action_marks(self) -> None:
        from tui.explorer.dialogs import ChoiceScreen
        from tui.notebook import NotebookError

        try:
            entries = self.keeper.fresh().notes()
        except NotebookError as error:
            self.complain(str(error))
            return
        finally:
            self._tell_notices()
        rows = [(entry, self.dossier.row(entry.id)) for entry in entries]
        known = [(entry, row) for entry, row in rows if row]
        if not known:
            self.notify("no marks and no notes yet", markup=False)
            return
        choices = [(row.title, entry.note.partition("\n")[0] or "marked") for entry, row in known]

        def chosen(place: int | None) -> None:
            if place is not None:
                self.go_to(known[place][0].id)

        self.app.push_screen(ChoiceScreen("Marks and notes", choices, self.signs), chosen)

    async def action_note(self) -> None:
        """Edit the note of the record; not in a worker, as what is typed next goes into it."""
        row = self.row
        if row is None:
            self.notify(NO_RECORD, timeout=3)
            return
        from tui.explorer.note_panel import NotePanel
        from tui.notebook import NotebookError

        panel = self.note_panel
        if panel and not await panel.save():
            if panel.record != row.id:
                self.complain(f"the note on {panel.title_of_record} is not saved: {panel.trouble}")
            self._show_note(panel)
            return
        try:
            notebook = self.keeper.fresh()
        except NotebookError as error:
            self.complain(str(error))
            return
        finally:
            self._tell_notices()
        if panel is None:
            panel = NotePanel(self._keep_note, self.keeper.reason)
            await self.query_one("#panes").mount(panel)
        note, base = notebook.note(row.id), notebook.note(row.id, raw=True)
        panel.begin(row.id, row.title, note, base)
        self._show_note(panel)

    def now_at(self, pane: str) -> None:
        """Say which pane the reader is in."""
        raise NotImplementedError

    def _show_note(self, panel: "NotePanel") -> None:
        self.now_at("page")
        self.add_class("-noting")
        self.set_focus(panel)

    async def _keep_note(self, record: str, note: str, base: str) -> str:
        from tui.notebook import NotebookError

        try:
            return await self.keep(lambda notebook: notebook.set_note(record, note, base=base))
        except NotebookError as error:
            self.complain_once(str(error))
            raise

    def close_note(self) -> None:
        """Close the note's panel, once what it has is saved."""
        if panel := self.note_panel:
            panel.action_close()

    def on_note_panel_left(self) -> None:
        self.set_focus(self.query_one(PagePane))

    def on_note_panel_closed(self, message: "NotePanel.Closed") -> None:
        """Back to the page; a note that is not saved stays in view, and `a` returns to it."""
        if message.saved:
            self.remove_class("-noting")
        if self.focused and self.focused.id == "note":
            self.set_focus(self.query_one(PagePane))

    # -- taking away

    def action_take(self) -> None:
        from tui.explorer.dialogs import TakeScreen

        def taken(what: str | None) -> None:
            if what:
                self._copy(what)

        self.app.push_screen(TakeScreen(self.signs), taken)

    def _copy(self, what: str) -> None:
        """To the clipboard through the terminal, and into a file, as no terminal says it worked."""
        from tui.explorer.clipboard import leave_in_file, words_of, words_of_page

        page = self.query_one(PagePane).page
        if row := self.row:
            words = words_of(self.dossier, row, what)
        else:
            words = words_of_page(page, what) if page else ""
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
        page = self.query_one(PagePane)
        claim = page.claim_in_view()
        if claim is None:
            self.notify("no claim in view", timeout=2)
            return
        lens = LensScreen(self.dossier, event, page.claims, claim, self.signs)
        self.app.push_screen(lens, self.open_address)

    def action_address(self) -> None:
        """Open the address of what is in view or, where there is none, of the page's sources."""
        from tui.explorer.cited import in_view
        from tui.explorer.dialogs import pick_address

        row = self.row
        sources = in_view(self.dossier, row, self.query_one(PagePane)) if row else []
        pick_address(self, sources, self.signs, self.open_address)

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
