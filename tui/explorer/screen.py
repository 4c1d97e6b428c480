"""The explorer's one screen: it owns the state, and has the panes show it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.errors import NoWidget
from textual.events import Key, MouseDown
from textual.geometry import Size
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from tui.dossier.dossier import Dossier
from tui.explorer.arrangement import TWO_PANES, arrange_panes
from tui.explorer.facet_filter import FacetFilter
from tui.explorer.file_watcher import Reloader
from tui.explorer.finder import BAR_PAUSE, PAGE_PAUSE, Finder
from tui.explorer.key_map import character_of
from tui.explorer.keyboard import KeyedScreen, KeyPlace, TextField, is_too_small
from tui.explorer.navigation import Navigation
from tui.explorer.notebook_actions import NotebookActions
from tui.explorer.page_actions import PageActions
from tui.explorer.pane_actions import PaneActions
from tui.explorer.panes.events_pane import EventsPane
from tui.explorer.panes.facet_pane import FacetPane
from tui.explorer.panes.line_pane import LinePane
from tui.explorer.panes.page_pane import PagePane
from tui.explorer.panes.status_lines import FootLine, TitleLine, TroubleLines
from tui.explorer.panes.time_strip import TimeStrip
from tui.explorer.state import PANES, ExplorerState
from tui.page import page_of, page_of_value
from tui.pages.model import Page
from tui.text.glyphs import Signs

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

    def __init__(self, dossier: Dossier, at: str, signs: Signs, *, tour: bool) -> None:
        super().__init__(signs)
        self.state = ExplorerState(dossier, signs)
        self._at, self._tour = at, tour
        self.title_line = TitleLine(signs)
        self.navigation = Navigation(self)
        self.notes = NotebookActions(self, self.navigation)
        self.pane_actions = PaneActions(self, self.notes)
        drill = self.pane_actions.action_drill
        self.facets = FacetPane(signs, self.navigation.choose_value, opened=drill)
        self.events = EventsPane(dossier, signs, self.navigation.read, opened=drill)
        self.page = PagePane(
            signs,
            followed=self._follow,
            selected=self._selected,
            moved=self.notes.visits.stay,
            said=lambda words: self.shell.say(words),  # noqa: PLW0108 - there is no app yet
        )
        self.trouble = TroubleLines(signs)
        self.strip = TimeStrip(dossier, signs, self.navigation.read)
        self._beside = Panes(self.facets, self.events, self.page, id="panes")
        self._finding = Horizontal(Static("/"), id="finding")
        self.finder = Finder(self, self.navigation, self.notes)
        self.filter = FacetFilter(self, self.navigation, self.finder)
        parts = self.navigation, self.pane_actions, self.finder, self.notes
        self.actions = PageActions(self, *parts)
        self.foot = FootLine(signs, clicked=self._foot_clicked)
        self._timers_by_name: dict[str, Timer] = {}
        self.reloader = Reloader(self, self.navigation, self.trouble.say, self._turned)

    def parts(self) -> ComposeResult:
        yield self.title_line
        yield self._beside
        yield self.trouble
        yield self._finding
        yield self.strip
        yield self.foot

    def on_mount(self) -> None:
        self.title_line.name_dossier(*self.state.title_words)
        self.navigation.begin(self._at, None if self._at else self.notes.writer.last_place())
        self.notes.visits.begin()
        self.shell.ready.set()
        self.call_after_refresh(self._ready)

    def _ready(self) -> None:
        """Begin what the first frame does not need to wait for."""
        self.notes.tell_troubles()
        self.notes.visits.welcome(again=self._tour)
        self.set_timer(BAR_PAUSE, self.finder.prepare)
        # What another program writes meanwhile is shown; it costs a stat while nothing changed.
        self.set_interval(NOTEBOOK_INTERVAL, self.notes.show_remark)
        self.reloader.watch(lambda news: self.post_message(self.FileChanged(news)))

    async def mount_part(self, part: Widget) -> None:
        await (self._finding if part.id == "find" else self._beside).mount(part)

    def on_unmount(self) -> None:
        self.reloader.stop()

    # -- showing the state

    def show(self) -> None:
        """Have every part of the screen show what the state says."""
        state = self.state
        self.notes.close_other()
        self.facets.show(state.values, state.value)
        self.events.show(state.dossier, state.shown, state.current)
        self.strip.show(state.dossier, state.shown.listing, state.current)
        if state.before_find:  # while a query is typed the list comes first
            self.later("page", PAGE_PAUSE, self._show_page)
        else:
            self._show_page()
        for pane in (self.facets, self.events, self.page):
            pane.set_active(pane.id == state.pane and not state.in_note)
        field = self.text_field()
        self.set_focus(field if isinstance(field, Widget) else None)
        self.fit_window(self.app.size)
        self.foot.show_keys(self.actions.letter_keys or self.foot_keys(state.pane))
        self.notes.visits.stay()

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
        where = state.dossier, state.facet, state.selection_name, state.current
        wide = size.width >= TWO_PANES
        for line in (self.title_line, self.foot):
            line.show_trail(where, lambda: state.trail, wide=wide)
        trouble = self.trouble.take_room(size.width)
        panes = arrange_panes(size, state, self.facets.longest, self.page.widest, 2 + trouble)
        sizes = ((self.facets, panes.facets), (self.events, panes.events), (self.page, panes.page))
        for pane, room in sizes:
            pane.display = room is not None and not too_small
            if room:
                pane.take_room(*room, panes.page_frame if pane is self.page else None)
        self._beside.set_class(panes.stacked, "-stacked")
        if note := self.notes.panel:
            note.display = panes.note is not None and not too_small
            if panes.note:
                note.styles.width, note.styles.height = panes.note
        finding = state.before_find is not None or state.filtering
        self._finding.display = finding and not too_small
        self.foot.display = not finding and not too_small
        self.title_line.say_too_small(too_small)
        self.trouble.display = bool(trouble) and not too_small
        self.strip.take_room(size.width - 2)
        self.strip.display = panes.strip and not too_small

    @property
    def rows_below(self) -> int:
        return 1 + self.strip.display

    def later(self, what: str, delay: float, do: Callable[[], None]) -> None:
        if timer := self._timers_by_name.get(what):
            timer.stop()
        self._timers_by_name[what] = self.set_timer(delay, do)

    def forget_later(self) -> None:
        for timer in self._timers_by_name.values():
            timer.stop()
        self._timers_by_name.clear()

    async def laid_out(self) -> None:
        done = asyncio.Event()
        self.call_after_refresh(done.set)
        with suppress(TimeoutError):  # a screen that is being left is laid out no more
            await asyncio.wait_for(done.wait(), _LAYOUT_WAIT)

    # -- keys

    def places(self) -> list[KeyPlace]:
        state = self.state
        beyond = [KeyPlace("anywhere", self.app), KeyPlace("app", self.app)]
        if state.before_find:
            return [KeyPlace("find", self.finder), *beyond]
        if state.filtering:
            return [KeyPlace("filter", self.filter), *beyond]
        if state.in_note:
            return [KeyPlace("note", self.notes), *beyond]
        pane = self._panes[state.pane]
        return [
            KeyPlace("page" if pane is self.page else "list", pane),
            KeyPlace("found", self.navigation),
            KeyPlace("explorer", self.pane_actions),
            KeyPlace("finder", self.finder),
            KeyPlace("facet filter", self.filter),
            KeyPlace("selection", self.navigation),
            KeyPlace("actions", self.actions),
            KeyPlace("notebook", self.notes),
            *beyond,
        ]

    def text_field(self) -> TextField | None:
        if self.state.before_find or self.state.filtering:
            return self.finder.bar
        return self.notes.panel if self.state.in_note else None

    async def take_key(self, key: Key) -> None:
        if self.page.hints and not self.shell.keys.find("anywhere", key):
            await self.page.type_hint(key.character)
        else:
            await super().take_key(key)
        self.finder.take_text()
        self.filter.take_text()
        self.reloader.take()

    def take_paste(self, text: str) -> None:
        super().take_paste(text)
        self.finder.take_text()
        self.filter.take_text()

    # -- panes

    @property
    def _panes(self) -> dict[str, LinePane]:
        return {"facets": self.facets, "events": self.events, "page": self.page}

    async def _foot_clicked(self, key: str) -> None:
        """Do what a key in the footer does; "" stands for the breadcrumb."""
        if key:
            await self.take_key(Key(key, character_of(key)))
        else:
            await self.actions.action_path()

    def on_mouse_down(self, event: MouseDown) -> None:
        """Give the keys to the pane that is clicked."""
        with suppress(NoWidget):
            widget, _ = self.get_widget_at(event.screen_x, event.screen_y)
            self.page.end_hints()
            if self.state.before_find and widget not in (self.finder.bar, self.events):
                self.finder.leave()
            if widget.id in PANES and not self.state.before_find:
                self.state.pane, self.state.in_note = widget.id, False
            elif widget is self.notes.panel:
                self.state.pane, self.state.in_note = "page", True
            self.show()

    def on_click(self) -> None:
        """Show what the part that was clicked did to the state."""
        self.show()

    # -- what the parts ask

    async def _follow(self, target: str) -> None:
        """Follow a link to a record, a tag or a web address."""
        if not self.navigation.follow(target):
            await self.actions.open_address(target)

    def _selected(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self.shell.say("copied")

    @on(FileChanged)
    def _file_changed(self, message: FileChanged) -> None:
        self.reloader.hear(message.news)

    def on_screen_resume(self) -> None:
        self.reloader.take()

    def _turned(self, dossier: Dossier) -> None:
        """Name another dossier, and keep the notebook for it."""
        self.notes.writer.turn_to(dossier)
        self.title_line.name_dossier(*self.state.title_words)
