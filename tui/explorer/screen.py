"""The explorer's one screen: it owns the state, and has the panes show it."""

import asyncio
import importlib
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.errors import NoWidget
from textual.events import Key, MouseDown
from textual.geometry import Size
from textual.message import Message
from textual.timer import Timer

from tui.dossier import dates
from tui.dossier.dossier import ALL, Dossier
from tui.explorer import find, notebook_actions, page_actions
from tui.explorer.arrangement import TWO_PANES, arrange_panes
from tui.explorer.file_watcher import FileWatcher
from tui.explorer.keyboard import KeyedScreen, Place, TextField, is_too_small
from tui.explorer.notebook_writer import NotebookWriter
from tui.explorer.panes.events_pane import EventsPane
from tui.explorer.panes.facet_pane import FacetPane
from tui.explorer.panes.line_pane import LinePane
from tui.explorer.panes.page_pane import PagePane
from tui.explorer.panes.status_lines import FootLine, TitleLine, TroubleLines
from tui.explorer.panes.time_strip import TimeStrip
from tui.explorer.state import FACETS, PANES, ExplorerState, Spot, renumbered
from tui.page import page_of, page_of_value
from tui.pages.model import TAG, Page
from tui.text.glyphs import Signs
from tui.text.layout import brief

if TYPE_CHECKING:
    from tui.explorer.panes.find_bar import LineInput
    from tui.explorer.panes.note_panel import NotePanel
    from tui.explorer.views.chart_screen import EventSelection

#: How long the reader stays before the place is written down, in seconds.
PLACE_PAUSE = 0.8
#: How often the notebook is looked at for what others wrote, in seconds.
NOTEBOOK_INTERVAL = 1.0
#: How long a key waits for the screen to be laid out where what it opened needs that, in seconds.
_LAYOUT_WAIT = 1.0


class Panes(Horizontal):
    """Where the panes stand side by side."""

    BLANK = True  # nothing of its own is seen: the panes cover it


class ExplorerScreen(KeyedScreen):
    """Three panes that follow each other: a facet's values, their events, a page."""

    BLANK = True  # the same, of what stands on it

    class FileChanged(Message):
        """The dossier's file changed: `news` is what it is now, or why it cannot be read."""

        def __init__(self, news: Dossier | str) -> None:
            super().__init__()
            self.news = news

    def __init__(self, dossier: Dossier, at: str, signs: Signs) -> None:
        super().__init__(signs)
        self.state = state = ExplorerState(dossier, signs)
        self.writer = NotebookWriter(dossier)
        self._at = at
        self.title_line = TitleLine(signs)
        self.facets = FacetPane(dossier, signs, self._choose_value, self.action_drill)
        self.events = EventsPane(dossier, signs, self.read, self.action_drill)
        self.page = PagePane(
            signs, followed=self._follow, selected=self._selected, moved=self._stay, said=self._say
        )
        self.trouble = TroubleLines(signs)
        self.strip = TimeStrip(dossier, signs, self.read)
        self.foot = FootLine(signs, clicked=lambda: self.app.call_later(self.action_path))
        self.bar: LineInput | None = None
        self.finder = find.Finder(state, self.later, self.show)
        self.notes = notebook_actions.NotebookActions(
            state, self.writer, self.page, self.go_to, self._mount_note
        )
        self._bar_lock = asyncio.Lock()
        self._timers_by_name: dict[str, Timer] = {}
        self._watcher: FileWatcher | None = None
        self._news: Dossier | str | None = None
        self._left: Dossier | None = None  # the dossier before, which a chart may still hold
        self._kept_place: notebook_actions.Here | None = None

    def parts(self) -> ComposeResult:
        yield self.title_line
        with Panes(id="panes"):
            yield self.facets
            yield self.events
            yield self.page
        yield self.trouble
        yield self.strip
        yield self.foot

    def on_mount(self) -> None:
        self.title_line.name_dossier(*self._title_words())
        self._begin()
        self.show()
        self._kept_place = self.here()
        self.shell.ready.set()
        self.call_after_refresh(self._ready)

    def _ready(self) -> None:
        """Begin what the first frame does not need to wait for."""
        self.notes.tell_troubles()
        self.set_timer(find.BAR_PAUSE, self._prepare_bar)
        # What another program writes meanwhile is shown; it costs a stat while nothing changed.
        self.set_interval(NOTEBOOK_INTERVAL, self.notes.show_remark)
        if read := self.state.dossier.stamp:
            self._watcher = FileWatcher(
                read, lambda news: self.post_message(self.FileChanged(news))
            )
            self._watcher.start()

    async def _mount_note(self, panel: "NotePanel") -> None:
        await self.query_one(Panes).mount(panel)

    def on_unmount(self) -> None:
        if self._watcher:
            self._watcher.stop()
        if self._left:
            self._left.close()

    def _begin(self) -> None:
        """Go to the record asked for, or to where the reader was, if that is still there."""
        state, dossier = self.state, self.state.dossier
        place = None if self._at else self.writer.last_place()
        if place and (place.facet not in FACETS or not dossier.row(place.id)):
            place = None
        if row := dossier.row(place.id if place else self._at):
            state.current = row.n
            state.pane = place.pane if place and place.pane in PANES else "page"
        if place:
            state.facet = place.facet
            known = dossier.value_position(place.facet, place.value) is not None
            state.value = place.value if known else ALL
        elif row:
            state.value = next(iter(dossier.values_of(state.facet, row.n)), ALL)
        state.list_events()
        if place:
            self.show()
            self.page.set_top(place.scroll)

    # -- showing the state

    def show(self) -> None:
        """Have every part of the screen show what the state says."""
        state = self.state
        self.notes.close_other()
        self.facets.show(state.dossier, state.facet, state.value)
        self.events.show(state.dossier, state.shown, state.current)
        self.strip.show(state.dossier, state.shown.listing, state.current)
        if state.before_find:  # while a query is typed the list comes first
            self.later("page", find.PAGE_PAUSE, self._show_page)
        else:
            self._show_page()
        where = state.dossier, state.facet, state.value, state.current
        wide = self.app.size.width >= TWO_PANES
        for line in (self.title_line, self.foot):
            line.show_trail(where, lambda: state.trail, wide=wide)
        for pane in (self.facets, self.events, self.page):
            pane.set_active(pane.id == state.pane and not state.in_note)
        self.set_focus(self.text_widget())
        self.fit_window(self.app.size)
        self.foot.show_keys(self.foot_keys(state.pane))
        self._stay()

    after_key = show

    def _show_page(self) -> None:
        state = self.state
        dossier, row = state.dossier, state.row
        facet, value = ("", "") if row else (state.facet, state.value)

        def make() -> Page | None:
            return page_of(dossier, row) if row else page_of_value(dossier, facet, value)

        self.page.show((dossier, state.current, facet, value), make, state.shown.words)
        self.notes.show_remark()

    def fit_window(self, size: Size) -> None:
        state, too_small = self.state, is_too_small(size)
        self.title_line.say_too_small(too_small)
        finding, trouble = state.before_find is not None, self.trouble.take_room(size.width)
        panes = arrange_panes(
            size,
            state.pane,
            zen=state.zen,
            noting=state.noting,
            other_rows=2 + trouble,
        )
        sizes = ((self.facets, panes.facets), (self.events, panes.events), (self.page, panes.page))
        for pane, room in sizes:
            pane.display = room is not None and not too_small
            if room:
                pane.take_room(*room, panes.page_frame if pane is self.page else None)
        if note := self.notes.panel:
            note.display = panes.note is not None and not too_small
            if panes.note:
                note.styles.width, note.styles.height = panes.note
        if self.bar and self.bar.parent:
            self.bar.parent.display = finding and not too_small
        self.trouble.display = bool(trouble) and not too_small
        self.strip.take_room(size.width - 2)
        self.strip.display = panes.strip and not too_small
        self.foot.display = not finding and not too_small

    def _title_words(self) -> tuple[str, str]:
        """What the dossier is called, and how much it holds as of when."""
        overview, total = self.state.dossier.overview, self.state.dossier.total
        as_of = brief(dates.show(dates.parse(overview.as_of)))
        return overview.title, f"{total:,} event{'s' * (total != 1)} {self.signs.dot} as of {as_of}"

    @property
    def rows_below(self) -> int:
        return 1 + self.strip.display

    # -- keys

    def places(self) -> list[Place]:
        state = self.state
        beyond = [Place("anywhere", self.app), Place("app", self.app)]
        if state.before_find:
            return [Place("find", self), *beyond]
        if state.in_note:
            return [Place("note", self), *beyond]
        pane = self._pane
        kind = "page" if pane is self.page else "list"
        return [Place(kind, pane), Place("explorer", self), *beyond]

    def text_field(self) -> TextField | None:
        if self.state.before_find:
            return self.bar
        return self.notes.panel if self.state.in_note else None

    def text_widget(self) -> "LineInput | NotePanel | None":
        """The widget that text is typed into now."""
        return (
            self.bar if self.state.before_find else self.notes.panel if self.state.in_note else None
        )

    async def take_key(self, key: Key) -> None:
        if self.page.hints and not self.shell.keys.find("anywhere", key):
            await self.page.type_hint(key.character)
        else:
            await super().take_key(key)
        if self.state.before_find and self.bar:
            self.finder.type(self.bar.value)

    def take_paste(self, text: str) -> None:
        super().take_paste(text)
        if self.state.before_find and self.bar:
            self.finder.type(self.bar.value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        at = PANES.index(self.state.pane)
        if action == "back":
            return at > 0
        if action == "drill":
            return at < len(PANES) - 1
        return action != "match" or bool(self.state.matches)

    # -- panes

    @property
    def _pane(self) -> LinePane:
        """The pane that has the keys."""
        return {"facets": self.facets, "events": self.events, "page": self.page}[self.state.pane]

    async def go_to_pane(self, pane: str) -> None:
        """Give the keys to a pane; zen and a note beside the page end with the page."""
        if pane != "page":
            self.state.zen = False
            if self.state.noting:
                await self.notes.close_note()
        if pane == "facets" and self.state.shown.flat:
            self.state.list_events()  # a list of its own is left by backing out of it
        self.state.pane = pane

    async def action_pane(self, index: int) -> None:
        self.state.zen = False
        await self.go_to_pane(PANES[index])

    async def action_drill(self) -> None:
        await self.action_pane(min(len(PANES) - 1, PANES.index(self.state.pane) + 1))

    async def action_back(self) -> None:
        if self.state.noting:
            await self.notes.close_note()
        elif self.state.zen:
            self.state.zen = False
        else:
            await self.action_pane(max(0, PANES.index(self.state.pane) - 1))

    async def action_turn(self, way: int) -> None:
        if self.state.noting:  # only the page and the note beside it are there
            self.state.in_note = True
        else:
            await self.action_pane((PANES.index(self.state.pane) + way) % len(PANES))

    def action_zen(self) -> None:
        self.state.zen = not self.state.zen
        self.state.pane = "page"

    async def action_hint(self) -> None:
        self.state.pane = "page"
        self.show()  # the page may be shown only now: which links are in view depends on its size
        if not self.page.show_hints():
            self.shell.say("no link in view")

    def on_mouse_down(self, event: MouseDown) -> None:
        """Give the keys to the pane that is clicked."""
        with suppress(NoWidget):
            widget, _ = self.get_widget_at(event.screen_x, event.screen_y)
            if widget.id in PANES and not self.state.before_find:
                self.state.pane, self.state.in_note = widget.id, False
                self.show()
            elif widget is self.notes.panel:
                self.state.in_note = True
                self.show()

    # -- going somewhere

    @property
    def spot(self) -> Spot:
        """Where the reader is, to come back to."""
        s = self.state
        return Spot(s.facet, s.value, s.current, s.pane, s.shown, self.events.top, self.page.top)

    def return_to(self, spot: Spot) -> None:
        """Put everything back as it was at a spot."""
        self.state.return_to(spot)
        self.show()
        self.events.set_top(spot.events_top)
        self.page.set_top(spot.page_top)

    def _choose_value(self, value: str) -> None:
        self.state.choose_value(value)
        self.show()

    def read(self, n: int) -> None:
        """Read another record of those listed."""
        self.state.current = n
        self.show()

    def go(self, n: int) -> None:
        """Show another record, to come back from."""
        self.state.history.leave(self.spot)
        self.state.show_record(n)
        self.state.pane = "page"
        self.show()

    def go_to(self, id_: str) -> None:
        """Show the record with this id, to come back from; it may be gone since it was listed."""
        if row := self.state.dossier.row(id_):
            self.go(row.n)
        else:
            self.shell.say("that is no longer in the file")

    async def _follow(self, target: str) -> None:
        """Follow a link to a record, a tag or a web address."""
        if target.startswith(TAG):
            self.state.history.leave(self.spot)
            self.state.show_tag(target.removeprefix(TAG))
            self.state.pane = "page"
            self.show()
            self.events.start_over()
        elif row := self.state.dossier.row(target):
            self.go(row.n)
        else:
            await page_actions.open_address(self.shell, target)

    def _say(self, words: str) -> None:
        self.shell.say(words)

    def _selected(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self.shell.say("copied")

    def action_group(self) -> None:
        facets = list(FACETS)
        self.state.group_by(facets[(facets.index(self.state.facet) + 1) % len(facets)])

    def action_step(self, way: int) -> None:
        self.events.action_move(way)

    def action_match(self, way: int) -> None:
        matches, current = self.state.matches, self.state.current
        outside = 0 if way > 0 else len(matches) - 1
        place = matches.index(current) + way if current in matches else outside
        if 0 <= place < len(matches):
            self.state.show_record(matches[place])
        else:
            self.shell.say(f"no {'later' if way > 0 else 'earlier'} match")

    def action_quarter(self, way: int) -> None:
        if n := self.strip.step(way):
            self.read(n)

    def action_walk(self, way: int) -> None:
        history = self.state.history
        spot = history.back(self.spot) if way < 0 else history.forward(self.spot)
        if spot:
            self.state.zen = False
            self.return_to(spot)
        else:
            self.shell.say(f"nothing further {'back' if way < 0 else 'forward'}")

    # -- find

    async def _prepare_bar(self) -> None:
        """Make the line that a query is typed in, after the first frame or when it is needed."""
        async with self._bar_lock:
            if self.bar:
                return
            from textual.widgets import Static

            from tui.explorer.panes.find_bar import PLACEHOLDER, LineInput

            bar = LineInput(PLACEHOLDER, id="find")
            line = Horizontal(Static("/"), bar, id="finding")
            line.display = False
            await self.mount(line, after=self.strip)
            self.bar = bar
        # What corrects spellings takes its time to load, and should not take that of a key.
        self.run_worker(asyncio.to_thread(importlib.import_module, "rapidfuzz.process"))

    async def action_find(self) -> None:
        await self._prepare_bar()
        assert self.bar is not None
        self.bar.clear()
        self.finder.begin(self.spot)
        self.show()
        await self._laid_out()

    def action_found_row(self, step: int) -> None:
        self.finder.rank()
        self.show()
        self.events.action_move(step)

    def action_cancel_find(self) -> None:
        spot, self.state.before_find = self.state.before_find, None
        self.forget_later()
        if spot:
            self.return_to(spot)
        self._take_news()

    def action_open_found(self) -> None:
        if self.finder.open():
            self.forget_later()
            self._take_news()

    async def _laid_out(self) -> None:
        """Wait until the screen is laid out, where what is typed next depends on its sizes."""
        done = asyncio.Event()
        self.call_after_refresh(done.set)
        with suppress(TimeoutError):  # a screen that is being left is laid out no more
            await asyncio.wait_for(done.wait(), _LAYOUT_WAIT)

    # -- the notebook and the page

    async def action_mark(self) -> None:
        await self.notes.mark()

    async def action_marks(self) -> None:
        await self.notes.list_marks()

    async def action_note(self) -> None:
        await self.notes.open_note()
        self.show()
        await self._laid_out()

    async def action_close_note(self) -> None:
        await self.notes.close_note()

    def action_leave_note(self) -> None:
        self.notes.leave_note()

    def action_type_line(self) -> None:
        if self.notes.panel:
            self.notes.panel.type_text("\n")

    async def action_take(self) -> None:
        await page_actions.take_away(self.shell, self.state, self.page)

    async def action_lens(self) -> None:
        await page_actions.show_sources(self.shell, self.state, self.page)

    async def action_address(self) -> None:
        await page_actions.open_source(self.shell, self.state, self.page)

    async def action_path(self) -> None:
        await page_actions.go_up(self.shell, self.state, self.action_pane, self.go_to)

    async def action_export(self) -> None:
        from tui.explorer.dialogs.export_dialog import choose_format

        await choose_format(self.shell, self.state)

    async def action_see(self, what: str) -> None:
        from tui.explorer.views.charts import open_chart

        await open_chart(self.shell, self.state, what, self._show_selection)

    def _show_selection(self, chosen: "EventSelection", dossier: Dossier) -> None:
        """Show what was chosen in a chart of `dossier`, which may have been read again since."""
        state = self.state
        events = renumbered(chosen.events, dossier, state.dossier)
        if not events:
            self.shell.say("that is no longer in the file")
            return
        state.history.leave(self.spot)
        state.zen = False
        if chosen.heading:
            state.list_found(events, chosen.heading)
            state.pane = "events"
        else:
            state.show_under(chosen.facet, chosen.value, events[0])
            state.pane = "page"
        self.show()

    # -- the place that is come back to

    def later(self, what: str, delay: float, do: Callable[[], None]) -> None:
        """Do something after a pause, unless it is put off again before."""
        if timer := self._timers_by_name.get(what):
            timer.stop()
        self._timers_by_name[what] = self.set_timer(delay, do)

    def forget_later(self) -> None:
        """Do nothing of what was to be done later."""
        for timer in self._timers_by_name.values():
            timer.stop()
        self._timers_by_name.clear()

    def here(self) -> notebook_actions.Here | None:
        """Where the reader is, to come back to the next time."""
        state = self.state
        if not (row := state.row):
            return None
        return state.facet, state.value, row.id, self.page.top, state.pane

    def _stay(self) -> None:
        """Write down where the reader is once they stay there."""
        if self.shell.ready.is_set():
            self.later("place", PLACE_PAUSE, self._keep_place)

    def _keep_place(self) -> None:
        here = self.here()
        if here and here != self._kept_place:
            self._kept_place = here
            self.run_worker(self.notes.keep_place(here), group="notebook")

    async def keep_all(self) -> None:
        """Have written what is still to be written, as the reader leaves."""
        here = self.here()
        await self.notes.keep_all(here if here != self._kept_place else None)

    # -- the dossier's file

    @on(FileChanged)
    def _file_changed(self, message: FileChanged) -> None:
        self._news = message.news
        self._take_news()

    def on_screen_resume(self) -> None:
        self._take_news()

    def _take_news(self) -> None:
        """Show the dossier as it is now, once the reader is in the middle of nothing else."""
        if self._news is None or self.state.before_find or not self.is_current:
            return
        news, self._news = self._news, None
        if isinstance(news, str):
            self.trouble.say(f"{news}; the last good one is shown")
            self.fit_window(self.app.size)
            return
        self.trouble.say("")
        if self._left:
            self._left.close()
        self._left = self.state.dossier
        there, stays = self.state.turn_to(news, self.spot)
        self.writer.turn_to(news)
        self.title_line.name_dossier(*self._title_words())
        self.return_to(there)
        gone = "" if stays else "; the record you were at is gone"
        self.shell.say(f"the file changed and was read again{gone}")
