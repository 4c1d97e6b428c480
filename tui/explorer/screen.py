"""The explorer's one screen: it holds the state; the panes are given it and answer in messages."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.events import Resize
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget

from tui.dossier import dates
from tui.dossier.dossier import ALL, EMPTY, Dossier, Listing
from tui.explorer.events import EventsPane
from tui.explorer.facets import FACETS, FacetPane
from tui.explorer.keys import key_name
from tui.explorer.page_pane import PagePane
from tui.explorer.status import FootLine, TitleLine
from tui.output.layout import brief
from tui.output.marks import Signs
from tui.page import Page, page_of

#: Narrower than this, one pane shows at a time.
ONE_PANE = 60
_PANES = ("facets", "events", "page")


class ExplorerScreen(Screen[None]):
    """Three panes that follow each other: a facet's values, their events, a page."""

    BINDINGS = [
        Binding("l,right,enter", "drill", "open", id="explorer.drill", key_display="→",
                tooltip="Drill down: to the events, to the page"),
        Binding("h,left,escape", "back", "back", id="explorer.back", key_display="←",
                tooltip="Back out to the pane before"),
        Binding("tab", "turn(1)", "next pane", show=False, id="explorer.next-pane",
                tooltip="To the next pane"),
        Binding("shift+tab", "turn(-1)", "previous pane", show=False, id="explorer.previous-pane",
                tooltip="To the previous pane"),
        Binding("1", "pane(0)", "first pane", show=False, id="explorer.pane-1",
                tooltip="To the left pane"),
        Binding("2", "pane(1)", "second pane", show=False, id="explorer.pane-2",
                tooltip="To the events"),
        Binding("3", "pane(2)", "third pane", show=False, id="explorer.pane-3",
                tooltip="To the page"),
        Binding("J", "step(1)", "next event", show=False, id="explorer.next-event",
                tooltip="The next event, from wherever you are"),
        Binding("K", "step(-1)", "previous event", show=False, id="explorer.previous-event",
                tooltip="The previous event, from wherever you are"),
    ]  # fmt: skip
    AUTO_FOCUS = "#facets"
    HORIZONTAL_BREAKPOINTS = [
        (0, "-too-narrow"),
        (20, "-one-pane"),
        (ONE_PANE, "-two-panes"),
        (100, "-three-panes"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (5, "-high-enough")]

    facet: var[str] = var("region", init=False)
    value: var[str] = var(ALL, init=False)
    listing: var[Listing] = var(EMPTY, init=False)
    heading: var[str] = var("", init=False)
    current: var[int] = var(0, init=False)
    page: var[Page | None] = var(None, init=False)
    trail: var[tuple[str, ...]] = var((), init=False)
    wide: var[bool] = var(True, init=False)

    def __init__(self, dossier: Dossier, at: str, signs: Signs) -> None:
        super().__init__(classes="-at-facets -ascii" if signs.ascii else "-at-facets")
        self.dossier = dossier
        self.at = at
        self.signs = signs

    def compose(self) -> ComposeResult:
        dossier, signs = self.dossier, self.signs
        title = TitleLine(*self._title(), signs, id="title")
        yield title.data_bind(ExplorerScreen.trail, ExplorerScreen.wide)
        with Horizontal(id="panes"):
            facets = FacetPane(dossier, signs, id="facets")
            yield facets.data_bind(ExplorerScreen.facet, ExplorerScreen.value)
            events = EventsPane(dossier, signs, id="events")
            yield events.data_bind(
                ExplorerScreen.listing, ExplorerScreen.current, ExplorerScreen.heading
            )
            yield PagePane(signs, id="page").data_bind(ExplorerScreen.page)
        yield FootLine(signs, id="foot").data_bind(ExplorerScreen.trail, ExplorerScreen.wide)

    def on_mount(self) -> None:
        self.watch_value()
        start = "events" if self.at else ""
        if self.at and (row := self.dossier.row(self.at)):
            if row.kind == "event":
                self.value = row.regions[0] if row.regions else ALL
                self.current = row.n
            else:
                self.page = page_of(self.dossier, row)
                start = "page"
        if start:
            self.query_one(f"#{start}").focus()

    def on_resize(self, event: Resize) -> None:
        self.wide = event.size.width >= ONE_PANE

    # -- state

    def watch_facet(self) -> None:
        self.value = ALL

    def watch_value(self) -> None:
        position = self.dossier.value_position(self.facet, self.value)
        (chosen,) = self.dossier.values(self.facet, position or 0, (position or 0) + 1)
        self.heading = f"{chosen.label} {self.signs.dot} {chosen.total:,}"
        self.listing = listing = self.dossier.listing(self.facet, self.value)
        if self.current not in listing.rows:
            self.current = next((n for n in listing.rows if n > 0), 0)
        if not self.current:
            self._show_empty()
        self._locate()

    def watch_current(self) -> None:
        if rows := self.dossier.rows([self.current]):
            self.page = page_of(self.dossier, rows[0])
        self._locate()

    def _show_empty(self) -> None:
        """A value without events shows its own page, which says so."""
        row = self.dossier.row(self.value) if self.value else None
        self.page = page_of(self.dossier, row) if row else None

    def _locate(self) -> None:
        """Say where the reader is."""
        trail = [FACETS[self.facet]]
        position = self.dossier.value_position(self.facet, self.value) or 0
        trail += [value.label for value in self.dossier.values(self.facet, position, position + 1)]
        above: list[str] = []
        row = next(iter(self.dossier.rows([self.current])), None)
        while row and len(above) < 8:
            above.append(row.title)
            row = self.dossier.whole(row)
        self.trail = (*trail, *reversed(above))

    def _title(self) -> tuple[str, str]:
        overview, total = self.dossier.overview, self.dossier.total
        as_of = brief(dates.show(dates.parse(overview.as_of)))
        return overview.title, f"{total:,} event{'s' * (total != 1)} {self.signs.dot} as of {as_of}"

    # -- messages of the panes

    @on(FacetPane.Chosen)
    def _facet_chosen(self, message: FacetPane.Chosen) -> None:
        self.value = message.value

    @on(EventsPane.Chosen)
    def _event_chosen(self, message: EventsPane.Chosen) -> None:
        self.current = message.n

    @on(FacetPane.Opened)
    @on(EventsPane.Opened)
    def _opened(self) -> None:
        self.action_drill()

    # -- panes

    def watch_focused(self, focused: Widget | None) -> None:
        at = focused.id if focused else None
        if at in _PANES:
            for pane in _PANES:
                self.set_class(pane == at, f"-at-{pane}")
        self.call_later(self._show_keys)

    def _show_keys(self) -> None:
        shown: dict[str, str] = {}
        for active in self.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.description:
                key = binding.key_display or key_name(binding.key, self.signs)
                shown.setdefault(binding.description, key)
        last = [name for name in ("help", "quit") if name in shown]
        names = [name for name in shown if name not in last] + last
        self.query_one(FootLine).keys = tuple((shown[name], name) for name in names)

    def _focused_pane(self) -> int:
        at = self.focused.id if self.focused else None
        return _PANES.index(at) if at in _PANES else 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return self._focused_pane() > 0
        if action == "drill":
            return self._focused_pane() < 2
        return True

    def action_drill(self) -> None:
        self.action_pane(min(2, self._focused_pane() + 1))

    def action_back(self) -> None:
        self.action_pane(max(0, self._focused_pane() - 1))

    def action_turn(self, way: int) -> None:
        self.action_pane((self._focused_pane() + way) % len(_PANES))

    def action_pane(self, index: int) -> None:
        self.query_one(f"#{_PANES[index]}").focus()

    def action_step(self, way: int) -> None:
        self.query_one(EventsPane).step(way)
