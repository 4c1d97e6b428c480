"""The explorer's one screen: it holds the state; the panes are given it and answer in messages."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer
from textual.widget import Widget

from tui.dossier import dates
from tui.dossier.dossier import ALL, EMPTY, Dossier
from tui.explorer.commands import BINDINGS
from tui.explorer.events import EventsPane
from tui.explorer.facets import FACETS, FacetPane, label_of
from tui.explorer.finding_screen import PAGE_PAUSE, FindingScreen
from tui.explorer.history import Shown, Spot
from tui.explorer.keys import shown_keys
from tui.explorer.page_pane import PagePane
from tui.explorer.reading import Here
from tui.explorer.rereading import Rereading
from tui.explorer.status import FootLine, TitleLine
from tui.explorer.strip import TimeStrip
from tui.page import NO_EVENTS, page_of, page_of_value
from tui.pages.model import TAG, Page
from tui.text.glyphs import Signs
from tui.text.layout import brief

#: Narrower than this, one pane shows at a time.
ONE_PANE = 60
_PANES = ("facets", "events", "page")
#: How long the reader stays before the place is written down, in seconds.
PLACE_PAUSE = 0.8
#: How often the notebook is looked at for what others wrote, in seconds.
NOTEBOOK_INTERVAL = 1.0


class Panes(Horizontal):
    """Where the panes stand side by side."""

    BLANK = True  # nothing of its own is seen: the panes cover it


class ExplorerScreen(FindingScreen):
    """Three panes that follow each other: a facet's values, their events, a page."""

    BLANK = True  # the same, of what stands on it
    BINDINGS = BINDINGS
    AUTO_FOCUS = "#facets"
    HORIZONTAL_BREAKPOINTS = [
        (0, "-too-narrow"),
        (20, "-one-pane"),
        (ONE_PANE, "-two-panes"),
        (100, "-three-panes"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (5, "-high-enough"), (12, "-tall")]

    facet: var[str] = var("region", init=False)
    value: var[str] = var(ALL, init=False)
    heading: var[str] = var("", init=False)
    empty: var[str] = var(NO_EVENTS, init=False)
    flat: var[bool] = var(False, init=False)
    words: var[tuple[str, ...]] = var((), init=False)
    page_words: var[tuple[str, ...]] = var((), init=False)
    page: var[Page | None] = var(None, init=False)
    trail: var[tuple[str, ...]] = var((), init=False)
    wide: var[bool] = var(True, init=False)

    class FileChanged(Message):
        """The dossier's file changed: what it is now, or why it cannot be read."""

        def __init__(self, news: Dossier | str) -> None:
            super().__init__()
            self.news = news

    def __init__(self, dossier: Dossier, at: str, signs: Signs, size: Size) -> None:
        # Textual adds those of the size after the first layout, which then is made again.
        wide = max((at, name) for at, name in self.HORIZONTAL_BREAKPOINTS if at <= size.width)
        high = max((at, name) for at, name in self.VERTICAL_BREAKPOINTS if at <= size.height)
        classes = f"-at-facets {wide[1]} {high[1]} {'-ascii' if signs.ascii else ''}"
        super().__init__(dossier, signs, classes)
        self.at = at
        self._timers_by_name: dict[str, Timer] = {}
        self._moved = False
        self._page_waits = False
        self._rereading = Rereading(self)

    def compose(self) -> ComposeResult:
        dossier, signs, screen = self.dossier, self.signs, ExplorerScreen
        title = TitleLine(*self.title_words(), signs, id="title")
        yield title.data_bind(screen.trail, screen.wide)
        with Panes(id="panes"):
            facets = FacetPane(dossier, signs, id="facets")
            yield facets.data_bind(screen.facet, screen.value)
            events = EventsPane(dossier, signs, id="events")
            yield events.data_bind(
                screen.flat, screen.words, screen.empty, screen.heading, screen.listing,
                screen.current,
            )  # fmt: skip
            page = PagePane(signs, id="page")
            yield page.data_bind(screen.page, words=screen.page_words)
        yield TimeStrip(dossier, signs, id="strip").data_bind(screen.listing, screen.current)
        yield FootLine(signs, id="foot").data_bind(screen.trail, screen.wide)

    def on_mount(self) -> None:
        self._begin()
        self.forget_later()
        self.kept_place = self.here()
        self.watch(self.query_one(PagePane), "scroll_y", self._stay, init=False)
        self.call_after_refresh(self._ready)

    def _ready(self) -> None:
        """After the first frame: from here on a move is the reader's."""
        self._moved = True
        if "place" not in self._timers_by_name:
            self.kept_place = self.here()
        self.tell_troubles()
        # What another program writes meanwhile is shown; it costs a stat while nothing changed.
        self.set_interval(NOTEBOOK_INTERVAL, self.show_remark)
        self._rereading.begin(lambda news: self.post_message(self.FileChanged(news)))

    def on_unmount(self) -> None:
        self._rereading.stop()

    def on_resize(self, event: Resize) -> None:
        self.wide = event.size.width >= ONE_PANE
        if self._moved:
            self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """A window that was too small hid the panes, and with them took the focus."""
        self.query_one(TitleLine).refresh()
        if not self.focused:
            pane = next((name for name in _PANES if self.has_class(f"-at-{name}")), _PANES[0])
            self.set_focus(self.query_one(f"#{pane}"))

    # -- state

    def watch_facet(self) -> None:
        """Group anew, by the value that the present record stands under."""
        values = self.dossier.values_of(self.facet, self.current)
        if (row := self.row) and row.kind == self.facet:  # an actor is a value itself
            values = [row.id]
        self.set_reactive(ExplorerScreen.value, ALL)
        known = [key for key in values if self.dossier.value_position(self.facet, key) is not None]
        self.value = known[0] if known else ALL
        self.list_events()

    def watch_value(self) -> None:
        self.list_events()

    def list_events(self) -> None:
        """List the events of the chosen value, the present one kept if it is among them."""
        shown = self.shown_under(self.facet, self.value)
        self.show_list(shown._replace(words=self.words))
        listing = shown.listing
        reading_on = self.row is not None and self.row.kind != "event"
        if self.current not in listing.rows and not reading_on:
            self.current = next((n for n in listing.rows if n > 0), 0)
        if not self.current:  # a value without events has a page that says so
            self.show_page()
        self._locate()

    def shown_under(self, facet: str, value: str) -> Shown:
        """The events of a value of a facet, to be listed."""
        position = self.dossier.value_position(facet, value) or 0
        (chosen,) = self.dossier.values(facet, position, position + 1)
        heading = f"{label_of(facet, chosen)} {self.signs.dot} {chosen.total:,}"
        return Shown(self.dossier.listing(facet, value), heading, NO_EVENTS)

    def show_list(self, shown: Shown) -> None:
        """Fill the middle pane."""
        self.flat, self.words, self.empty = shown.flat, shown.words, shown.empty
        self.heading, self.listing = shown.heading, shown.listing

    def watch_current(self) -> None:
        if self.before_find:  # while typing the list comes first; the page follows in the pause
            self.later("page", PAGE_PAUSE, self.show_page)
        else:
            self.show_page()

    def show_page(self) -> None:
        self.page_words = self.words
        if self._page_waits:
            return
        if row := self.row:
            self.page = page_of(self.dossier, row)
        elif not self.current:
            self.page = page_of_value(self.dossier, self.facet, self.value)
        self.show_remark()
        self._locate()

    def _stay(self) -> None:
        """Write down where the reader is once they stay there; the first frame is no move."""
        if self._moved:
            self.later("place", PLACE_PAUSE, self._keep_place)

    def _keep_place(self) -> None:
        self.run_worker(self.keep_place(), group="notebook")

    def here(self) -> Here | None:
        """Where the reader is, to come back to the next time."""
        if not (row := self.row):
            return None
        pane = next((name for name in _PANES if self.has_class(f"-at-{name}")), _PANES[0])
        return self.facet, self.value, row.id, self.query_one(PagePane).top, pane

    def _begin(self) -> None:
        """At the record asked for, or where the reader was last time as far as it is still there.

        The record comes first: its page is made once, and the lists that follow keep it.
        """
        place = None if self.at else self.keeper.last_place()
        if place and (place.facet not in FACETS or not self.dossier.row(place.id)):
            place = None
        row = self.dossier.row(place.id if place else self.at)
        if row:
            self.current = row.n
        if place:
            self.facet = place.facet
            if self.dossier.value_position(place.facet, place.value) is not None:
                self.value = place.value
            self.call_after_refresh(self.query_one(PagePane).set_top, place.scroll)
        elif row:
            self.value = next(iter(self.dossier.values_of(self.facet, row.n)), ALL)
        if self.listing is EMPTY:
            self.list_events()
        if row:
            asked = "events" if row.kind == "event" else "page"
            pane = place.pane if place and place.pane in _PANES else asked
            self.now_at(pane)
            self.query_one(f"#{pane}").focus()

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

    def end_find(self) -> None:
        super().end_find()
        self.call_later(self._rereading.take)

    def show_record(self, n: int) -> None:
        """Show an event in its list, anything else as a page beside the present list."""
        if self.flat and n not in self.listing.rows:
            self.list_events()
        self.current = n
        if n not in self.listing.rows and (found := self.dossier.values_of(self.facet, n)):
            self.value = found[0]

    def go(self, n: int) -> None:
        self.history.leave(self.spot)
        self.show_record(n)
        self.set_focus(self.query_one("#page"))

    def _go_to_tag(self, tag: str) -> None:
        """Show a tag: its events in the list and, no event being chosen, its page."""
        self.history.leave(self.spot)
        self.facet, self.value = "tag", tag
        if self.flat:  # a list of what was found
            self.list_events()
        self.current = 0
        self.query_one(EventsPane).start_over()
        self.set_focus(self.query_one("#page"))

    def _locate(self) -> None:
        """Say where the reader is."""
        self.later("place", PLACE_PAUSE, self._keep_place)
        position = self.dossier.value_position(self.facet, self.value) or 0
        (value,) = self.dossier.values(self.facet, position, position + 1)
        steps = (step.title for step in self.dossier.path(self.row))
        self.trail = (FACETS[self.facet], label_of(self.facet, value), *steps)

    def title_words(self) -> tuple[str, str]:
        """What the dossier is called, and how much it holds as of when."""
        overview, total = self.dossier.overview, self.dossier.total
        as_of = brief(dates.show(dates.parse(overview.as_of)))
        return overview.title, f"{total:,} event{'s' * (total != 1)} {self.signs.dot} as of {as_of}"

    @property
    def spot(self) -> Spot:
        """Where the reader is, to come back to."""
        pane = _PANES[self._focused_pane()]
        shown = Shown(self.listing, self.heading, self.empty, self.words, self.flat)
        tops = self.query_one(EventsPane).top, self.query_one(PagePane).top
        return Spot(self.facet, self.value, self.current, pane, shown, *tops)

    def return_to(self, spot: Spot) -> None:
        """Put everything back as it was at a spot."""
        self.show_spot(spot)
        self.set_focus(self.query_one(f"#{spot.pane}"))

    def show_spot(self, spot: Spot) -> None:
        """Show what was shown at a spot; the keys stay where they are."""
        self._page_waits = True  # it is made once, when all else is there
        try:
            self.current = spot.current
            self.facet = spot.facet
            self.value = spot.value
            self.show_list(spot.shown)
            self.current = spot.current
        finally:
            self._page_waits = False
        self.show_page()
        self.query_one(EventsPane).set_top(spot.events_top)
        self.query_one(PagePane).set_top(spot.page_top)

    # -- the dossier's file

    @on(FileChanged)
    def _file_changed(self, message: FileChanged) -> None:
        self._rereading.heard(message.news)

    def on_screen_resume(self) -> None:
        self._rereading.take()

    # -- messages of the panes

    @on(FacetPane.Chosen)
    def _facet_chosen(self, message: FacetPane.Chosen) -> None:
        self.value = message.value
        if self.row is None or self.row.kind != "event":
            self.current = next((n for n in self.listing.rows if n > 0), 0)

    @on(EventsPane.Chosen)
    def _event_chosen(self, message: EventsPane.Chosen) -> None:
        self.current = message.n

    @on(FacetPane.Opened)
    @on(EventsPane.Opened)
    def _opened(self) -> None:
        self.action_drill()

    @on(PagePane.Followed)
    def _followed(self, message: PagePane.Followed) -> None:
        if message.target.startswith(TAG):
            self._go_to_tag(message.target.removeprefix(TAG))
        elif row := self.dossier.row(message.target):
            self.go(row.n)
        else:
            self.open_address(message.target)

    # -- panes

    def watch_focused(self, focused: Widget | None) -> None:
        if focused and focused.id in _PANES:
            self.now_at(focused.id)
            self._stay()
            if focused.id == "facets" and self.flat and not self.before_find:
                self.list_events()  # a list of its own is left by backing out of it
        self._show_keys()

    def now_at(self, pane: str) -> None:
        """Say which pane the reader is in; styles are worked out once, and only for another."""
        if not self.has_class(f"-at-{pane}"):
            self.remove_class(*(f"-at-{name}" for name in _PANES), update=False)
            self.add_class(f"-at-{pane}", update=self._moved)  # the first frame is styled later

    def _show_keys(self) -> None:
        self.query_one(FootLine).keys = shown_keys(
            self.active_bindings.values(), BINDINGS, self.signs
        )

    def _focused_pane(self) -> int:
        at = self.focused.id if self.focused else None
        return _PANES.index(at) if at in _PANES else 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.before_find or (self.focused and self.focused.id == "note"):
            return False  # what is typed is text
        if self.query_one(PagePane).hinting:
            return False  # what is typed is the letter of a link
        if action in ("back", "drill"):
            return self._focused_pane() > 0 if action == "back" else self._focused_pane() < 2
        if action == "match":
            return bool(self.matches)
        return True

    def action_drill(self) -> None:
        self.action_pane(min(2, self._focused_pane() + 1))

    def action_back(self) -> None:
        if self.has_class("-noting"):
            self.close_note()
        elif self.has_class("-zen"):
            self.action_zen()
        else:
            self.action_pane(max(0, self._focused_pane() - 1))

    def action_turn(self, way: int) -> None:
        if self.has_class("-noting"):  # only the page and the note beside it are there
            self.set_focus(self.query_one("#note"))
        else:
            self.action_pane((self._focused_pane() + way) % len(_PANES))

    def action_pane(self, index: int) -> None:
        self._zen(on=False)
        if self.has_class("-noting") and _PANES[index] != "page":
            self.close_note()
        self.set_focus(self.query_one(f"#{_PANES[index]}"))

    def action_step(self, way: int) -> None:
        self.query_one(EventsPane).action_move(way)

    def action_group(self) -> None:
        facets = list(FACETS)
        self.facet = facets[(facets.index(self.facet) + 1) % len(facets)]

    def action_walk(self, way: int) -> None:
        spot = self.history.back(self.spot) if way < 0 else self.history.forward(self.spot)
        if spot:
            self.return_to(spot)
        else:
            self.notify(f"nothing further {'back' if way < 0 else 'forward'}", timeout=2)

    def action_see(self, what: str) -> None:
        from tui.explorer.pictures import see

        see(self, what)

    @on(TimeStrip.Chosen)
    def _time_chosen(self, message: TimeStrip.Chosen) -> None:
        self.current = message.n

    def action_quarter(self, way: int) -> None:
        if n := self.query_one(TimeStrip).step(way):
            self.current = n

    def action_zen(self) -> None:
        self._zen(on=not self.has_class("-zen"))
        self.set_focus(self.query_one("#page"))

    def _zen(self, *, on: bool) -> None:
        if on != self.has_class("-zen"):
            self.set_class(on, "-zen")
            # The pane may stay as wide as it was and only its margins change: nobody tells it.
            self.call_after_refresh(self.query_one(PagePane).fit)

    def action_export(self) -> None:
        from tui.explorer.exporting import choose

        choose(self)

    def action_path(self) -> None:
        from tui.explorer.breadcrumb import choose

        choose(self)
