"""Every key binding, declared once: dispatch, footer, help, palette and key map read this table.

Bindings are listed by place: a part of the program that takes keys. Which places take a key, and
in what order, is for the screen on top to say (`KeyedScreen.places`).
"""

from typing import NamedTuple


class Binding(NamedTuple):
    """A command and its keys.

    `id` is what the reader's config calls it by, `keys` its keys as Textual names them, separated
    by commas ("" for a command of the palette alone), `action` the action that it runs, `name`
    what the footer and the palette call it, `help` its row of help ("" for none). `foot` is the
    pane in which the footer offers it: "any" for all, "" for none.
    """

    id: str
    keys: str
    action: str
    name: str = ""
    help: str = ""
    foot: str = ""


class FootKey(NamedTuple):
    """A key that the footer offers: as a reader writes it, what it does, as Textual names it."""

    shown: str
    name: str
    key: str


# fmt: off
BINDINGS: dict[str, tuple[Binding, ...]] = {
    "anywhere": (
        Binding("app.quit-anywhere", "ctrl+q", "quit"),
        Binding("app.copy", "ctrl+c", "copy", "copy", "Copy what is selected"),
    ),
    "app": (
        Binding("app.help", "question_mark,f1", "help", "help", "Every key, by place", foot="any"),
        Binding("app.quit", "q", "quit", "quit", "Leave Summitry", foot="any"),
        Binding("app.palette", "ctrl+p", "palette", "palette", "Find a command by its name"),
        Binding("app.theme", "", "theme", "theme", "Choose the colours"),
        Binding("app.screenshot", "", "picture", "screenshot",
                "Save a picture of the screen (SVG)"),
    ),
    "explorer": (
        Binding("page.hint", "f", "hint", "follow",
                "Put a letter on every link in view of the page; it follows the link", foot="page"),
        Binding("explorer.drill", "right,l,enter", "drill", "open",
                "Drill down: to the events, to the page", foot="any"),
        Binding("explorer.back", "left,h,escape", "back", "back",
                "Back out to the pane before", foot="any"),
        Binding("explorer.next-pane", "tab", "turn(1)", "next pane", "To the next pane"),
        Binding("explorer.previous-pane", "shift+tab", "turn(-1)", "previous pane",
                "To the previous pane"),
        Binding("explorer.pane-1", "1", "pane(0)", "first pane", "To the left pane"),
        Binding("explorer.pane-2", "2", "pane(1)", "second pane", "To the events"),
        Binding("explorer.pane-3", "3", "pane(2)", "third pane", "To the page"),
        Binding("explorer.zen", "z", "zen", "zen", "The page alone, and back"),
    ),
    "found": (
        Binding("explorer.end-query", "escape", "end", "clear",
                "Take the query or the filter away, and be where it was begun", foot="any"),
    ),
    "finder": (
        Binding("explorer.find", "slash", "find", "find", "Look something up", foot="any"),
    ),
    "facet filter": (Binding("explorer.filter", "ctrl+f", "filter", "filter",
                             "Narrow the left pane by part of a name", foot="facets"),),
    "selection": (
        Binding("explorer.next-match", "n", "match(1)", "next match", "The next of what was found"),
        Binding("explorer.previous-match", "N", "match(-1)", "previous match",
                "The one before of what was found"),
        Binding("explorer.group", "v", "group", "group by",
                "Group by region, type, year, actor, place, tag", foot="any"),
        Binding("explorer.sort", "s", "sort", "order",
                "The newest first, the oldest first; of what was found also the best",
                foot="events"),
        Binding("explorer.history-back", "left_square_bracket", "walk(-1)", "back in history",
                "Back to where a link was followed"),
        Binding("explorer.history-forward", "right_square_bracket", "walk(1)", "forward in history",
                "Forward again"),
        Binding("explorer.next-event", "J", "step(1)", "next event",
                "The next event, from wherever you are"),
        Binding("explorer.previous-event", "K", "step(-1)", "previous event",
                "The previous event, from wherever you are"),
        Binding("explorer.quarter-back", "less_than_sign", "quarter(-1)", "quarter back",
                "A quarter back in time"),
        Binding("explorer.quarter-on", "greater_than_sign", "quarter(1)", "quarter on",
                "A quarter on in time"),
    ),
    "actions": (
        Binding("explorer.timeline", "t", "chart('timeline')", "timeline",
                "When: events on lanes, time across", foot="any"),
        Binding("explorer.commitments", "T", "chart('commitments')", "commitments",
                "What an agreement carries out, and what became of it, over time"),
        Binding("explorer.meetings", "w", "chart('meetings')", "who met whom",
                "Who met whom, and how often in each year"),
        Binding("explorer.map", "M", "chart('map')", "where", "Where: events on a map"),
        Binding("explorer.lens", "c", "lens", "sources", "The sources of the claim in view",
                foot="page"),
        Binding("explorer.take", "y", "take", "take away",
                "Copy the title, summary, citation, page or id"),
        Binding("explorer.export", "e", "export", "export",
                "Write what is listed to a file, in one of several formats"),
        Binding("explorer.address", "o", "address", "open address",
                "Open the address of a source, after asking"),
        Binding("explorer.path", "p", "path", "path",
                "Open the breadcrumb: go up to any of its steps"),
    ),
    "notebook": (
        Binding("explorer.mark", "m", "mark", "mark", "Mark this record, or take the mark away"),
        Binding("explorer.seen", "x", "see", "seen",
                "Take what is new or changed since your last visit as seen"),
        Binding("explorer.marks", "apostrophe", "marks", "marks and notes",
                "List what is marked or noted"),
        Binding("explorer.note", "a", "note", "note",
                "Write a note beside the page; it saves as you type"),
    ),
    "list": (
        Binding("list.down", "j,down", "move(1)", "down", "One row down"),
        Binding("list.up", "k,up", "move(-1)", "up", "One row up"),
        Binding("list.first", "g,home", "edge(-1)", "first", "The first row"),
        Binding("list.last", "G,end", "edge(1)", "last", "The last row"),
        Binding("list.half-down", "ctrl+d", "page(0.5)", "half page down", "Half a page down"),
        Binding("list.half-up", "ctrl+u", "page(-0.5)", "half page up", "Half a page up"),
        Binding("list.page-down", "pagedown", "page(1)", "page down", "A page down"),
        Binding("list.page-up", "pageup", "page(-1)", "page up", "A page up"),
    ),
    "page": (
        Binding("page.down", "j", "scroll(1)", "down", "One line down"),
        Binding("page.up", "k", "scroll(-1)", "up", "One line up"),
        Binding("page.next-link", "down", "link(1)", "next link",
                "The next link, or a line down where none is in view"),
        Binding("page.previous-link", "up", "link(-1)", "previous link",
                "The previous link, or a line up"),
        Binding("page.follow", "enter,l,right", "follow", "chosen link", "Follow the chosen link"),
        Binding("page.first", "g,home", "edge(-1)", "top", "The beginning"),
        Binding("page.last", "G,end", "edge(1)", "end", "The end"),
        Binding("page.half-down", "ctrl+d", "page(0.5)", "half page down", "Half a page down"),
        Binding("page.half-up", "ctrl+u", "page(-0.5)", "half page up", "Half a page up"),
        Binding("page.page-down", "pagedown,space", "page(1)", "page down", "A page down"),
        Binding("page.page-up", "pageup,b", "page(-1)", "page up", "A page up"),
        Binding("page.wider", "plus,equals_sign", "measure(1)", "wider", "A wider measure"),
        Binding("page.narrower", "minus", "measure(-1)", "narrower", "A narrower measure"),
    ),
    "find": (
        Binding("find.down", "down", "move(1)", "", "The next of what was found"),
        Binding("find.up", "up", "up", "",
                "The one before; from the first on, the queries of before"),
        Binding("find.page-down", "pagedown", "move(10)", "", "Ten further"),
        Binding("find.page-up", "pageup", "move(-10)", "", "Ten back"),
        Binding("find.cancel", "escape", "cancel", "", "Back to where you were"),
        Binding("find.open", "enter", "open", "", "Open it"),
    ),
    "filter": (
        Binding("filter.down", "down", "move(1)", "", "The next value"),
        Binding("filter.up", "up", "move(-1)", "", "The value before"),
        Binding("filter.page-down", "pagedown", "move(10)", "", "Ten further"),
        Binding("filter.page-up", "pageup", "move(-10)", "", "Ten back"),
        Binding("filter.cancel", "escape", "cancel", "", "All values again"),
        Binding("filter.keep", "enter,tab", "keep", "", "Keep what is left of the values"),
    ),
    "note": (
        Binding("note.line", "enter", "type_line"),
        Binding("note.close", "escape", "close", "done", "Close the note; it is saved", foot="any"),
        Binding("note.editor", "ctrl+o", "edit", "editor", "Write it in your EDITOR", foot="any"),
        Binding("note.leave", "tab", "leave", "to the page",
                "To the page, with the note beside it", foot="any"),
    ),
    "timeline": (
        Binding("timeline.earlier", "left,h", "step(-1)", "earlier",
                "The event before", foot="any"),
        Binding("timeline.later", "right,l", "step(1)", "later", "The event after", foot="any"),
        Binding("timeline.up", "up,k", "lane(-1)", "lane up", "One lane up"),
        Binding("timeline.down", "down,j", "lane(1)", "lane", "One lane down", foot="any"),
        Binding("timeline.first", "home,g", "edge(-1)", "first", "The first event of the lane"),
        Binding("timeline.last", "end,G", "edge(1)", "last", "The last event of the lane"),
        Binding("timeline.page-up", "pageup", "lane(-8)", "", "8 lanes up"),
        Binding("timeline.page-down", "pagedown", "lane(8)", "", "8 lanes down"),
        Binding("timeline.open", "enter", "open", "open",
                "Show it in the panes; of a count, its list", foot="any"),
        Binding("timeline.commitments", "T", "commitments", "commitments",
                "What an agreement carries out, and what became of it"),
        Binding("timeline.closer", "plus,equals_sign", "zoom(1)", "closer",
                "Closer: decades, years, quarters, months", foot="any"),
        Binding("timeline.wider", "minus", "zoom(-1)", "wider", "Wider", foot="any"),
        Binding("timeline.fit", "0", "fit", "all", "All of time in view", foot="any"),
        Binding("timeline.group", "v", "group", "group by",
                "Lanes of regions, types, actors, places, tags"),
        Binding("timeline.close", "escape,t,q", "close", "back", "Back to the panes", foot="any"),
    ),
    "meetings": (
        Binding("meetings.open", "enter", "open", "open",
                "Of a name, whom they met; of a count, its encounters", foot="any"),
        Binding("meetings.right", "right,l", "column(1)", "year", "The next column", foot="any"),
        Binding("meetings.left", "left,h", "column(-1)", "", "The column before"),
        Binding("meetings.sort", "s", "sort", "sort", "Sort by this column", foot="any"),
        Binding("meetings.turn", "v", "turn", "people, states",
                "People, states, organisations, or all", foot="any"),
        Binding("meetings.down", "down,j", "move(1)", "", "The next row"),
        Binding("meetings.up", "up,k", "move(-1)", "", "The row before"),
        Binding("meetings.page-down", "pagedown,ctrl+d", "page(1)", "", "A page of rows down"),
        Binding("meetings.page-up", "pageup,ctrl+u", "page(-1)", "", "A page of rows up"),
        Binding("meetings.first", "g", "edge(-1)", "", "The first row"),
        Binding("meetings.last", "G", "edge(1)", "", "The last row"),
        Binding("meetings.first-column", "home", "column(-9999)", "", "The first column"),
        Binding("meetings.last-column", "end", "column(9999)", "", "The last column"),
        Binding("meetings.back", "escape", "back", "back",
                "Back to the table before, then to the panes", foot="any"),
        Binding("meetings.close", "q,w", "close", "panes", "Back to the panes", foot="any"),
    ),
    "map": (
        Binding("map.left", "left,h", "step(-1, 0)", "", "The next place to the west"),
        Binding("map.right", "right,l", "step(1, 0)", "next place",
                "The next place to the east", foot="any"),
        Binding("map.up", "up,k", "step(0, -1)", "", "The next place to the north"),
        Binding("map.down", "down,j", "step(0, 1)", "", "The next place to the south"),
        Binding("map.next", "n,tab", "next(1)", "by events",
                "The place with the next fewer events", foot="any"),
        Binding("map.previous", "N,shift+tab", "next(-1)", "",
                "The place with the next more events"),
        Binding("map.open", "enter", "open", "list", "List its events in the panes", foot="any"),
        Binding("map.closer", "plus,equals_sign", "zoom(1)", "closer", "Closer", foot="any"),
        Binding("map.wider", "minus", "zoom(-1)", "wider", "Wider", foot="any"),
        Binding("map.fit", "0", "fit", "all", "All places in view", foot="any"),
        Binding("map.close", "escape,M,q", "close", "back", "Back to the panes", foot="any"),
    ),
    "commitments": (
        Binding("commitments.down", "down,j", "move(1)", "next", "The next record", foot="any"),
        Binding("commitments.up", "up,k", "move(-1)", "previous", "The one before", foot="any"),
        Binding("commitments.first", "home,g", "edge(0)", "first", "The first"),
        Binding("commitments.last", "end,G", "edge(-1)", "last", "The last"),
        Binding("commitments.open", "enter,right,l", "open", "open",
                "Show it in the panes", foot="any"),
        Binding("commitments.close", "escape,T,left,h,q", "close", "back",
                "Back to where you were", foot="any"),
    ),
    "choice": (
        Binding("choice.choose", "enter,right,l", "choose"),
        Binding("choice.close", "escape,left,h,q", "close"),
    ),
    "ask": (
        Binding("ask.yes", "y,enter", "answer(True)"),
        Binding("ask.no", "n,escape,q", "answer(False)"),
    ),
    "lens": (
        Binding("lens.close", "escape,c,q,h,left", "close", "close"),
        Binding("lens.next", "j,down,n", "claim(1)", "next claim"),
        Binding("lens.previous", "k,up,N", "claim(-1)", "previous claim"),
        Binding("lens.page-down", "pagedown,space", "page(1)", "page down"),
        Binding("lens.page-up", "pageup,b", "page(-1)", "page up"),
        Binding("lens.next-source", "tab", "source(1)", "next source"),
        Binding("lens.previous-source", "shift+tab", "source(-1)", "previous source"),
        Binding("lens.take", "y", "take", "take the source"),
        Binding("lens.mark", "m", "mark", "mark the source"),
        Binding("lens.open", "o", "address", "open an address"),
    ),
    "help": (
        Binding("help.close", "escape,question_mark,f1,q", "close"),
        Binding("help.down", "j,down", "scroll(1)"),
        Binding("help.up", "k,up", "scroll(-1)"),
        Binding("help.page-down", "pagedown,space,ctrl+d", "page(1)"),
        Binding("help.page-up", "pageup,b,ctrl+u", "page(-1)"),
        Binding("help.first", "home,g", "edge(-1)"),
        Binding("help.last", "end,G", "edge(1)"),
    ),
    "palette": (
        Binding("palette.down", "down", "move(1)"),
        Binding("palette.up", "up", "move(-1)"),
        Binding("palette.page-down", "pagedown", "page(1)"),
        Binding("palette.page-up", "pageup", "page(-1)"),
        Binding("palette.open", "enter", "choose"),
        Binding("palette.close", "escape", "close"),
    ),
}
# fmt: on

#: Where text is typed: a character is no key there.
TYPING = ("find", "filter", "note", "palette")
_PANES = (
    *("anywhere", "app", "found", "explorer", "finder", "facet filter"),
    *("selection", "actions", "notebook"),
)
#: Places that take keys at the same time.
TOGETHER = (
    ("list", *_PANES),
    ("page", *_PANES),
    ("choice", "list", "anywhere"),
    *((place, "anywhere", "app") for place in ("find", "filter", "note")),
    *(
        (place, "finder", "anywhere", "app")
        for place in ("timeline", "meetings", "map", "commitments")
    ),
    *((place, "anywhere") for place in ("ask", "lens", "help", "palette")),
)
