"""`summitry show`: records as pages."""

from tui.commands import STORE, Argument, Options, command, flag, open_dossier
from tui.commands.streams import FOUND, complain, write, write_pages


@command(
    "show",
    Argument(
        "id",
        nargs="+",
        metavar="ID",
        completes="id",
        help="an id, or tag:NAME; may be shortened while unique",
    ),
    flag("--json", "the record with its links", group="form"),
    flag("--markdown", "a Markdown page", group="form"),
    STORE,
)
def show(options: Options) -> int:
    """Print records as pages."""
    dossier = open_dossier(options)
    if options.json:
        if tag := next((id_ for id_ in options.id if id_.startswith("tag:")), None):
            return complain(f"{tag}: a tag is no record; `summitry find {tag} --json` lists events")
        rows = [dossier.resolve(id_) for id_ in options.id]
        from tui.output.results import records_as_json

        write(records_as_json(dossier, rows))
        return FOUND
    from tui.page import page_for

    pages = [page_for(dossier, id_) for id_ in options.id]
    if options.markdown:
        from tui.export.markdown import as_markdown

        write("\n".join(as_markdown(page) for page in pages))
    else:
        write_pages(pages)
    return FOUND
