"""`summitry cite`: sources as citations."""

from tui.commands import STORE, Argument, Options, command, open_dossier
from tui.commands.streams import FOUND, NOTHING, complain, write
from tui.output.citations import STYLES


@command(
    "cite",
    Argument(
        "id", nargs="+", metavar="ID", completes="id", help="a source, or a record that cites some"
    ),
    Argument("--style", choices=STYLES, default="note", metavar="STYLE", help=" · ".join(STYLES)),
    STORE,
)
def cite(options: Options) -> int:
    """Print sources, or the sources of records, as citations."""
    from tui.dossier.records import Source
    from tui.output.citations import cite as cited_in
    from tui.output.citations import sources_cited

    dossier = open_dossier(options)
    found: dict[str, tuple[Source, str]] = {}
    for id_ in options.id:
        for source, at in sources_cited(dossier, dossier.resolve(id_)):
            found.setdefault(source.id, (source, at))
    if not found:
        return complain(f"{' '.join(options.id)}: cites no source", NOTHING)
    write(cited_in(list(found.values()), options.style))
    return FOUND
