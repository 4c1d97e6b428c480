"""What a reader does with the notebook: mark, annotate, list marks, come back to a place."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from tui.explorer.explorer_parts import Explorer
from tui.explorer.keyboard import KeyedApp
from tui.explorer.navigation import Navigation
from tui.explorer.notebook_writer import NotebookWriter
from tui.explorer.visits import Visits

if TYPE_CHECKING:
    from tui.dossier.listings import Row
    from tui.explorer.panes.note_panel import NotePanel
    from tui.notebook import Notebook

T = TypeVar("T")
#: How long a key waits for what it writes, in seconds: as long as writing takes where no other
#: program is in the way.
_KEY_WAIT = 0.4
#: While nothing is marked, and while nothing is noted.
_NONE: Mapping[str, object] = {}
#: Said where another program is writing.
BUSY = "another program is writing the notebook"
#: Said where a page is no record's.
NO_RECORD = "this page is a list, no record; open one of its events first"


class NotebookActions:
    """Works on the record that is read, and shows at the foot of the page what is kept of it."""

    def __init__(self, explorer: Explorer, navigation: Navigation) -> None:
        self._explorer, self._navigation = explorer, navigation
        self._state = explorer.state
        self.writer = NotebookWriter(explorer.state.dossier)
        self._complained = False
        #: What is marked, noted and new, and the signs of that by the ids of records.
        self._signed: tuple[object, object, object, Mapping[str, str]] = (_NONE, _NONE, _NONE, {})
        #: Marks that are being written, by the ids of records: on or off.
        self._marking: dict[str, bool] = {}
        self._writes: set[asyncio.Task[Any]] = set()
        self.visits = Visits(explorer, self.writer, self._keep, self._complain_once)
        #: The panel of the note, once there was one.
        self.panel: NotePanel | None = None

    @property
    def _app(self) -> KeyedApp:
        return self._explorer.shell

    # -- what is said

    def tell_troubles(self) -> None:
        """Say, once the first frame is there, what will not be kept."""
        if not self._state.dossier.kept:
            self._app.complain("index kept in memory: the cache folder cannot be written")
        if trouble := self.writer.take_trouble():
            self._complain_once(trouble)
        self._tell_notices()
        if self.visits.tell_news():
            self.show_remark()

    def _tell_notices(self) -> None:
        for notice in self.writer.notices():
            self._app.complain(notice)

    def _complain(self, trouble: str) -> None:
        self._complained = True
        self._app.complain(trouble)

    def _complain_once(self, trouble: str) -> None:
        """Say why what nobody asked for was not done; not again, as the explorer works on."""
        if not self._complained:
            self._complain(trouble)

    def show_remark(self) -> None:
        """Say at the foot of the page what the notebook has on it."""
        row = self._state.row
        self._explorer.page.set_remark(", ".join(self._remark(row)) if row else "")
        self._explorer.events.show_signs(self._signs_in_lists())
        if trouble := self.writer.take_trouble():
            self._complain_once(trouble)

    def _remark(self, row: "Row") -> list[str]:
        """What the notebook has on a record, in words; with a mark that is being written."""
        remark = self.writer.remark(row)
        if row.id in self._marking:
            remark = [word for word in remark if word != "marked"]
            remark = ["marked", *remark] if self._marking[row.id] else remark
        return remark

    def _signs_in_lists(self) -> Mapping[str, str]:
        """The signs that the records which are marked or noted have in lists, by their ids."""
        kept = self.writer.kept()
        marked, noted, new = (kept.get(what, _NONE) for what in ("marked", "noted", "new"))
        before = self._signed
        if before[0] is not marked or before[1] is not noted or before[2] is not new:
            signs = self._app.signs
            of = dict.fromkeys(new, signs.new)
            of |= {id_: of.get(id_, "") + signs.marked for id_ in marked}
            of |= {id_: of.get(id_, "") + signs.noted for id_ in noted}
            self._signed = marked, noted, new, of
        return self._signed[3]

    async def _keep(self, change: "Callable[[Notebook], T]", slot: str = "") -> T:
        """Write to the notebook, off the screen's thread; raises NotebookError."""
        try:
            return await self.writer.keep(change, slot)
        finally:
            self._tell_notices()
            self.show_remark()

    # -- marks

    async def action_see(self) -> None:
        """Take what is new or changed as seen."""
        await self._soon(self.visits.see_all())
        self.show_remark()

    async def action_mark(self) -> None:
        """Mark the record that is read, or take its mark away."""
        if row := self._state.row:
            # What the reader sees is to change: a shell may have marked it since.
            await self.mark(row, on="marked" not in self._explorer.page.remark.split(", "))
        else:
            self._app.say(NO_RECORD)

    async def mark(self, row: "Row", on: bool | None = None) -> None:
        """Mark a record or take its mark away, as `on` says, else the other of what it is."""
        from tui.notebook import NotebookError

        if on is None:
            on = row.id not in self.writer.kept().get("marked", _NONE)
        self._marking[row.id] = on
        self.show_remark()

        async def mark() -> None:
            try:
                await self._keep(lambda notebook: notebook.mark(row.id, on=on, row=row))
            except NotebookError as error:
                self._complain(str(error))
            else:
                self._app.say(f"{'marked' if on else 'unmarked'}: {row.title}")
            finally:
                self._marking.pop(row.id, None)
                self.show_remark()

        await self._soon(mark())

    async def _soon(self, write: Coroutine[Any, Any, T]) -> T | None:
        """Wait for a write as long as a key may; None where it goes on after that."""
        task = asyncio.create_task(write)
        self._writes.add(task)
        task.add_done_callback(self._writes.discard)
        done, _ = await asyncio.wait({task}, timeout=_KEY_WAIT)
        return task.result() if done else None

    async def action_marks(self) -> None:
        """List what is marked or noted, to go there."""
        from tui.explorer.dialogs.choices import ChoiceDialog
        from tui.notebook import NotebookError

        await self._soon(self.writer.rest())
        try:
            entries = self.writer.fresh().notes()
        except NotebookError as error:
            self._complain(str(error))
            return
        finally:
            self._tell_notices()
        rows = [(entry, self._state.dossier.row(entry.id)) for entry in entries]
        known = [(entry, row) for entry, row in rows if row]
        if not known:
            self._app.say("no marks and no notes yet")
            return
        choices = [(row.title, entry.note.partition("\n")[0] or "marked") for entry, row in known]

        def chosen(place: int | None) -> None:
            if place is not None:
                self._navigation.go_to(known[place][0].id)

        await self._app.open(ChoiceDialog("Marks and notes", choices, self._app.signs), chosen)

    # -- the note

    @property
    def unsaved(self) -> "NotePanel | None":
        """The panel of the note, if it has text that is not in the notebook."""
        return self.panel if self.panel and self.panel.unsaved else None

    async def action_note(self) -> None:
        """Edit the note of the record that is read, beside its page."""
        row = self._state.row
        if row is None:
            self._app.say(NO_RECORD)
            return
        from tui.explorer.panes.note_panel import NotePanel
        from tui.notebook import NotebookError

        panel = self.panel
        if panel and not await self._soon(panel.save()):
            if panel.record != row.id:
                why = panel.trouble or BUSY
                self._complain(f"the note on {panel.title_of_record} is not saved: {why}")
            self._show()
            return
        try:
            notebook = self.writer.fresh()
        except NotebookError as error:
            self._complain(str(error))
            return
        finally:
            self._tell_notices()
        if panel is None:
            panel = self.panel = NotePanel(self._keep_note, self.writer.reason, self._app.signs)
            await self._explorer.mount_part(panel)
        panel.begin(row.id, row.title, notebook.note(row.id), notebook.note(row.id, raw=True))
        self._show()
        self._explorer.show()
        await self._explorer.laid_out()

    def action_type_line(self) -> None:
        """Type the end of a line."""
        if self.panel:
            self.panel.type_text("\n")

    def action_edit(self) -> None:
        """Write the note in the reader's own editor."""
        from tui.explorer.text_editor import edit
        from tui.files import StoreError

        if self.panel:
            try:
                self.panel.set_text(edit(self._app, self.panel.text))
            except StoreError as error:
                self._complain(str(error))

    def _show(self) -> None:
        self._state.pane = "page"
        self._state.noting = self._state.in_note = True

    async def _keep_note(self, record: str, note: str, base: str) -> str:
        from tui.notebook import NotebookError

        try:
            row = self._state.dossier.row(record)
            return await self._keep(
                lambda notebook: notebook.set_note(record, note, base=base, row=row)
            )
        except NotebookError as error:
            self._complain_once(str(error))
            raise

    def action_leave(self) -> None:
        """Give the keys to the page; the note stays beside it."""
        self._state.in_note = False
        if self.unsaved:
            self.unsaved.save_soon()

    async def action_close(self) -> None:
        """Close the note once it is saved; if it cannot be, it stays, with what was typed."""
        self._state.in_note = False
        if self.panel is None or await self._soon(self.panel.save()) is not False:
            self._state.noting = False

    def close_other(self) -> None:
        """Close the note where it is of another record than the page; it is saved all the same.

        One that could not be saved stays as long as it has the keys.
        """
        state, panel, row = self._state, self.panel, self._state.row
        if not state.noting or panel is None or (state.in_note and panel.trouble):
            return
        if row is None or panel.record != row.id:
            self.action_leave()
            state.noting = False

    async def keep_all(self) -> None:
        """Have written what is still to be written, as the reader leaves."""
        self._explorer.forget_later()  # a place that is written later would take this one's turn
        saves: list[Awaitable[bool | None]] = [self.visits.leave()]
        if self.panel:
            saves.append(self.panel.save())
        done = await asyncio.gather(*saves, return_exceptions=True)  # each to its end
        await self.writer.rest()
        for error in done:
            if isinstance(error, BaseException):
                raise error
