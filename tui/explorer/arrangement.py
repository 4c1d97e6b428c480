"""How the panes share a window: their sizes, worked out from the window and the state alone."""

from typing import NamedTuple

from textual.geometry import Size

from tui.explorer.panes.page_pane import BESIDE
from tui.explorer.panes.pane_frame import Frame
from tui.explorer.state import ExplorerState

#: From these widths on two panes show, and three; from this height on the strip shows.
TWO_PANES, THREE_PANES = 60, 100
_STRIP_FROM = 12
#: Columns of the page in zen with the blank ones beside its text, and of other panes that are not
#: text: the frame, the scroll thumb, and what stands before a row or after a line.
_ZEN, _AROUND = 84, 5
#: The left pane takes so many columns at least, so many at most, and no more than this part of the
#: window: the names of some facets are long.
_FACETS_LEAST, _FACETS_MOST, _FACETS_PART = 16, 30, 0.3
#: The least part of the room beside the left pane that the events have: a title needs it.
_EVENTS_PART = 11 / 23
_ZEN_FRAME = Frame(border=False, above=1, left=4, right=3)
#: Columns that a note has at least beside the page; rows below it, and those it has at least.
_NOTE_COLUMNS, _NOTE_ROWS, _NOTE_LEAST = 30, 8, 3


class Arrangement(NamedTuple):
    """The size of each pane, None where it is not shown; `stacked` puts the note below the page."""

    facets: Size | None
    events: Size | None
    page: Size | None
    note: Size | None
    page_frame: Frame
    strip: bool
    stacked: bool


def arrange_panes(
    window: Size, state: ExplorerState, facets_need: int, page_needs: int, other_rows: int
) -> Arrangement:
    """Share `window` among the panes that show where the reader is, as `state` says.

    `facets_need` are the columns of the longest row of the left pane, `page_needs` those of a line
    of the page; the events have what is left. `other_rows` are the rows that are neither a pane's
    nor the strip's.
    """
    pane, noting = state.pane, state.noting
    width, zen = window.width, state.zen and state.pane == "page"
    strip = window.height >= _STRIP_FROM and width >= TWO_PANES and not zen
    height = max(1, window.height - other_rows - strip)
    events = page = note = facets = 0
    most = min(_FACETS_MOST, int(width * _FACETS_PART))
    narrow = min(max(_FACETS_LEAST, facets_need + _AROUND), most)
    note_height = page_height = height
    stacked = noting and pane == "page" and width < TWO_PANES
    if stacked:
        note_height = min(height, _NOTE_ROWS, max(_NOTE_LEAST, height // 2))
        note, page, page_height = width, width, height - note_height
    elif (zen or noting) and pane == "page":
        note = max(_NOTE_COLUMNS, width * 2 // 5) if noting else 0
        page = min(_ZEN, width - note) if zen else width - note
    elif width >= THREE_PANES:
        facets = narrow
        beside = width - facets
        page = min(page_needs + _AROUND, beside - int(beside * _EVENTS_PART))
        events = beside - page
        if noting:
            page, note = 0, page
    elif width < TWO_PANES:
        facets, events, page = (width * (pane == name) for name in ("facets", "events", "page"))
    elif pane == "page":
        events = width * 3 // 8
        page = width - events
    else:
        facets = narrow
        events = width - facets

    return Arrangement(
        _size(facets, height),
        _size(events, height),
        _size(page, page_height),
        _size(note, note_height),
        _ZEN_FRAME if zen else BESIDE,
        strip,
        stacked,
    )


def _size(columns: int, rows: int) -> Size | None:
    return Size(columns, rows) if columns and rows else None
