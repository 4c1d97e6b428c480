"""`summitry timeline`: events on lanes, time across."""

import sys

from tui.commands import STORE, Argument, Options, command, kept, open_dossier, query_words
from tui.commands.streams import FOUND, NOTHING, say, signs, write
from tui.dossier.vocabulary import FACETS


@command(
    "timeline",
    query_words("as in find; without one all events"),
    Argument(
        "--by",
        choices=FACETS,
        metavar="FACET",
        default="region",
        help=f"what the lanes are: {' · '.join(FACETS)}",
    ),
    STORE,
    free_words=True,
)
def timeline(options: Options) -> int:
    """Draw when events were: on lanes, time across."""
    from tui.charts.timeline_plan import Chart
    from tui.dossier.query import join, parse
    from tui.dossier.search import search

    query = parse(join(options.query))
    dossier = open_dossier(options)
    only = None
    if query.terms:
        answer = search(dossier, query, sys.maxsize, kept=kept(query, dossier))
        say(*answer.notes)
        only = {n for n in answer.numbers if n <= dossier.total}
    chart = Chart(dossier, options.by, only)
    if not chart.lanes:
        say("no events found" if query.terms else "no events recorded")
        return NOTHING
    from tui.output.console import print_timeline, timeline_as_text

    if sys.stdout.isatty():
        print_timeline(chart, signs())
    else:
        write(timeline_as_text(chart, signs()))
    return FOUND
