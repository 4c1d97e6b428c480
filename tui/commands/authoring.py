"""`summitry new`, `schema` and `check`: for the author of a dossier."""

from tui.commands import FORCE, JSON, Argument, Options, command, store_path
from tui.commands.streams import FOUND, NOTHING, complain, say, signs, write
from tui.files import StoreError


@command("new", Argument("file", metavar="FILE", help="where to write it"), FORCE)
def new(options: Options) -> int:
    """Write a small dossier to start from."""
    from tui.files import write_text
    from tui.output.results import starter

    write_text(options.file, [starter()], replace=options.force)
    return FOUND


@command("schema")
def schema(_: Options) -> int:
    """Print the JSON Schema of a dossier."""
    from tui.dossier.schema import as_json

    write(as_json())
    return FOUND


@command(
    "check",
    Argument("file", nargs="*", metavar="FILE", help="dossiers; the shipped one if none"),
    JSON,
    Argument("--words", metavar="FILE", help="a list of loaded words, not the shipped one"),
)
def check(options: Options) -> int:
    """Print every problem in a dossier, one a line."""
    from tui.dossier.check import survey, unreadable_file
    from tui.output.results import problems_as_json, problems_as_lines

    status = FOUND
    found = []
    for file in options.file or [store_path()]:
        try:
            result = survey(file, options.words)
        except StoreError as error:
            status = complain(str(error))
            if options.json:
                found.append((file, unreadable_file(file, str(error))))
            continue
        found += [(file, problem) for problem in result.problems]
        if not options.json:
            write(signs().plain(problems_as_lines(found)))
            found.clear()
        if result.errors:
            status = max(status, NOTHING)
        say(f"{file}: {result}")
    if options.json:
        write(problems_as_json(found))
    return status
