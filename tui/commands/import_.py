"""`summitry import`: a table into a dossier."""

from typing import TYPE_CHECKING

from tui.commands import FORCE, Argument, Options, command, number
from tui.commands.streams import FOUND, NOTHING, complain, progress, say, write_exactly, write_pages

if TYPE_CHECKING:
    from tui.importing import Preview


@command(
    "import",
    Argument("file", metavar="FILE", help="a CSV, TSV, JSON or Excel file"),
    Argument("--map", metavar="MAP", help="the mapping (TOML); without it one is proposed"),
    Argument("-o", dest="output", metavar="NEW", help="the dossier to write"),
    number("--preview", "N", "show N events, write nothing"),
    FORCE,
)
def import_(options: Options) -> int:
    """Turn a table (CSV, TSV, JSON, Excel) into a dossier, by a mapping."""
    from tui import importing

    if options.output == "-":
        return complain("-o: a dossier is written to a file; name it, for instance -o NEW.json")
    if options.map is None and importing.is_dossier(options.file):
        if options.output is None:
            return complain(f"{options.file}: a dossier already: summitry open {options.file}")
        count = importing.copy(options.file, options.output, force=options.force)
        say(f"{options.output}: {count:,} events")
        return FOUND
    if options.map is None and options.output is not None:
        return complain("-o wants --map MAP.toml; without it a mapping is proposed, to be edited")
    if options.map is None:
        proposed = importing.propose(options.file)
        if options.preview is None:
            write_exactly([proposed.toml])
            say(*proposed.notes)
            return FOUND
        mapping = importing.parse_mapping(proposed.toml, "the proposed mapping")
    else:
        mapping = importing.load_mapping(options.map)
    if options.preview is not None:
        return _preview(importing.preview(options.file, mapping, options.preview))
    if options.output is None:
        return complain("name the new dossier with -o NEW.json, or look first with --preview 3")
    _exit_on_signals()
    outcome = importing.write(
        options.file,
        mapping,
        options.output,
        force=options.force,
        reading=(options.map,),
        progress=progress("reading", 1 << 20),
    )
    say(*outcome.notes, f"{options.output}: {outcome}")
    return NOTHING if outcome.rejected else FOUND


def _preview(preview: "Preview") -> int:
    from tui.page import page_of

    say(*preview.notes, *preview.refused)
    dossier = preview.open()
    pages = [page_of(dossier, dossier.resolve(id_)) for id_ in preview.ids]
    write_pages(pages)
    return NOTHING if preview.refused or not pages else FOUND


def _exit_on_signals() -> None:
    """Turn a signal that ends the process into SystemExit, so that temporary files are removed."""
    import signal

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
        if number := getattr(signal, name, None):
            signal.signal(number, end)
