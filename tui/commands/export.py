"""`summitry export`: what matches, in another format."""

import sys
from typing import TYPE_CHECKING

from tui.commands import (
    FORCE,
    STORE,
    Argument,
    Options,
    command,
    open_dossier,
    query_words,
)
from tui.commands.streams import FOUND, NOTHING, complain, say, write_exactly
from tui.export import FORMATS

if TYPE_CHECKING:
    from tui.dossier.query import Query
    from tui.dossier.search import Answer


@command(
    "export",
    query_words("as in find; without one the whole dossier"),
    Argument("--to", required=True, choices=FORMATS, metavar="FORMAT", help=" · ".join(FORMATS)),
    Argument("-o", dest="output", metavar="FILE", help="a file instead of the terminal"),
    FORCE,
    STORE,
    free_words=True,
)
def export(options: Options) -> int:
    """Take events and sources away in another format."""
    from tui.dossier.query import join, parse
    from tui.dossier.search import search
    from tui.export import NothingToExport, Selection, render
    from tui.files import check_target, write_text

    if options.output == "":
        return complain("-o wants the name of a file; - is standard output")
    target = "" if options.output in (None, "-") else options.output
    query = parse(join(options.query))
    try:
        if target:
            check_target(target, replace=options.force)
        dossier = open_dossier(options)
        answer = search(dossier, query, sys.maxsize)
        if instead := _corrected(query, answer):
            return complain(instead, NOTHING)
        say(*answer.notes)
        rows = tuple(sorted(answer.rows, key=lambda row: row.n))
        selection = Selection(dossier, rows, everything=not query.terms)
        pieces = render(selection, options.to, say)
        if target:
            write_text(target, pieces, replace=options.force)
        else:
            write_exactly(pieces)
    except NothingToExport as error:
        return complain(str(error), NOTHING)
    return FOUND


def _corrected(query: "Query", answer: "Answer") -> str:
    """The words of a query that match only in another spelling, with that spelling; "" if none.

    Nothing is exported then: `find` shows what was corrected beside what it found, a file would
    hold what nobody asked for.
    """
    if not answer.rows or answer.words == query.words:
        return ""
    changed = [
        (word, near) for word, near in zip(query.words, answer.words, strict=True) if word != near
    ]
    asked, nearest = (" ".join(words) for words in zip(*changed, strict=True))
    return f"nothing matches {asked}; nearest: {nearest}"
