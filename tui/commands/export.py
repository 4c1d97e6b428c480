"""`summitry export`: what matches, in another format."""

import sys
from typing import TYPE_CHECKING

from tui.commands import (
    FORCE,
    STORE,
    Argument,
    Options,
    command,
    kept,
    open_dossier,
    query_words,
    store_path,
)
from tui.commands.streams import FOUND, NOTHING, complain, say, write_exactly
from tui.export import FORMATS

if TYPE_CHECKING:
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
            check_target(target, replace=options.force, reading=(store_path(options.store),))
        dossier = open_dossier(options)
        answer = search(dossier, query, sys.maxsize, kept=kept(query, dossier))
        if instead := _hindrance(answer):
            return complain(instead, NOTHING)
        say(*answer.notes)
        rows = tuple(sorted(answer.rows, key=lambda row: row.n))
        selection = Selection(dossier, rows, everything=not query.terms)
        pieces = render(selection, options.to, say, to_file=bool(target))
        if target:
            write_text(target, pieces, replace=options.force)
        else:
            write_exactly(pieces)
    except NothingToExport as error:
        return complain(str(error), NOTHING)
    return FOUND


def _hindrance(answer: "Answer") -> str:
    """Why nothing is exported: what is in the way, or words that match only corrected; or "".

    `find` shows what was corrected beside what it found; a file would hold what nobody asked for.
    """
    if not answer.rows or not answer.changed:
        return "" if answer.rows else "; ".join(answer.notes)
    asked, nearest = (" ".join(words) for words in zip(*answer.changed, strict=True))
    return f"nothing matches {asked}; nearest: {nearest}"
