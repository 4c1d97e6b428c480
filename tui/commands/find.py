"""`summitry find`: look something up, in a list."""

import sys

from tui.commands import JSON, STORE, Options, command, number, open_dossier, query_words
from tui.commands.streams import FOUND, NOTHING, say, signs, write

#: How many records are listed unless another number is asked for.
LIMIT = 20


@command(
    "find",
    query_words('words, "a phrase", -not, field:value'),
    number("--limit", "N", f"at most N ({LIMIT})"),
    JSON,
    STORE,
    free_words=True,
)
def find(options: Options) -> int:
    """Look something up, best first; without words, list all events."""
    from tui.dossier.query import join, parse
    from tui.dossier.search import search
    from tui.output.results import found_as_json, found_as_lines

    query = parse(join(options.query))
    dossier = open_dossier(options)
    limit = options.limit if options.limit is not None else LIMIT if query.terms else sys.maxsize
    answer = search(dossier, query, limit)
    say(*answer.notes)
    if options.json:
        write(found_as_json(dossier, answer))
    elif sys.stdout.isatty():
        from tui.output.console import print_found

        print_found(dossier, answer, signs())
    else:
        write(found_as_lines(dossier, answer, signs()))
    if not answer.rows and not answer.notes:
        shown = " ".join(word.strip() for word in options.query)
        say(f"nothing found for {shown}" if shown else "no events recorded")
    return FOUND if answer.rows else NOTHING
