"""How the panes share a window: their sizes, worked out from the window and the state alone."""

from typing import NamedTuple

from textual.geometry import Size

from tui.explorer.panes.page_pane import BESIDE
from tui.explorer.panes.pane_frame import Frame

#: From these widths on two panes show, and three; from this height on the strip shows.
TWO_PANES, THREE_PANES = 60, 100
_STRIP_FROM = 12
#: Columns of the left pane, and of the page in zen with the blank ones beside its text.
_FACETS, _ZEN = 24, 84
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
    window: Size, pane: str, *, zen: bool, noting: bool, other_rows: int
) -> Arrangement:
    """Share `window` among the panes, `pane` being the one that has the keys.

    `other_rows` are the rows that are neither a pane's nor the strip's.
    """
    width, zen = window.width, zen and pane == "page"
    strip = window.height >= _STRIP_FROM and width >= TWO_PANES and not zen
    height = max(1, window.height - other_rows - strip)
    facets = events = page = note = 0
    note_height = page_height = height
    stacked = noting and pane == "page" and width < TWO_PANES
    if stacked:
        note_height = min(height, _NOTE_ROWS, max(_NOTE_LEAST, height // 2))
        note, page, page_height = width, width, height - note_height
    elif (zen or noting) and pane == "page":
        note = max(_NOTE_COLUMNS, width * 2 // 5) if noting else 0
        page = min(_ZEN, width - note) if zen else width - note
    elif width >= THREE_PANES:
        facets = _FACETS
        events = (width - facets) * 11 // 23
        page = width - facets - events
        if noting:
            page, note = 0, page
    elif width < TWO_PANES:
        facets, events, page = (width * (pane == name) for name in ("facets", "events", "page"))
    elif pane == "page":
        events = width * 3 // 8
        page = width - events
    else:
        facets = _FACETS
        events = width - facets

    def size(columns: int, rows: int = height) -> Size | None:
        return Size(columns, rows) if columns and rows else None

    return Arrangement(
        size(facets),
        size(events),
        size(page, page_height),
        size(note, note_height),
        _ZEN_FRAME if zen else BESIDE,
        strip,
        stacked,
    )
