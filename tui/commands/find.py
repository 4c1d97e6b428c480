"""`summitry find`: look something up, in a list."""

import sys

from tui.commands import (
    JSON,
    SORT,
    STORE,
    Options,
    command,
    kept,
    number,
    open_dossier,
    query_words,
)
from tui.commands.streams import FOUND, NOTHING, say, signs, write

#: How many records are listed unless another number is asked for.
LIMIT = 20


@command(
    "find",
    query_words('words, "a phrase", -not, field:value'),
    number("--limit", "N", f"at most N ({LIMIT})"),
    SORT,
    JSON,
    STORE,
    free_words=True,
)
def find(options: Options) -> int:
    """Look something up, best first; without words, list all events, newest first."""
    from tui.dossier.query import join, parse
    from tui.dossier.search import search
    from tui.output.results import found_as_json, found_as_lines

    query = parse(join(options.query))
    dossier = open_dossier(options)
    limit = options.limit if options.limit is not None else LIMIT if query.terms else sys.maxsize
    answer = search(dossier, query, limit, sort=options.sort, kept=kept(query, dossier))
    say(*answer.notes)
    if sys.stdout.isatty() and not options.json:
        from tui.output.console import print_found

        print_found(dossier, answer, signs())
    elif options.json:
        write(found_as_json(dossier, answer))
        # Whoever filters it would take the best for all. A list may go to a program that draws on
        # the terminal, and a script has no eyes.
        if answer.rest and options.limit is None and sys.stderr and sys.stderr.isatty():
            say(answer.rest)
    else:
        write(found_as_lines(dossier, answer, signs()))
    if not answer.rows and not answer.notes:
        shown = " ".join(word.strip() for word in options.query)
        say(f"nothing found for {shown}" if shown else "no events recorded")
    return FOUND if answer.rows else NOTHING
