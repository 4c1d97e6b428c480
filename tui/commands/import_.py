"""`summitry import`: a table into a dossier."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tui.commands import FORCE, Argument, Options, command, number
from tui.commands.streams import FOUND, NOTHING, complain, progress, say, write_exactly, write_pages
from tui.files import StoreError, size_limit

if TYPE_CHECKING:
    from tui.importing import Preview


@command(
    "import",
    Argument(
        "file", metavar="FILE", nargs="?",
        help="a CSV, TSV, JSON or Excel file; - is standard input; none where MAP has a query",
    ),
    Argument(
        "--map", metavar="MAP",
        help="the mapping (TOML) or the name of a ready one; without it one is proposed",
    ),
    Argument("-o", dest="output", metavar="NEW", help="the dossier to write"),
    number("--preview", "N", "show N events, write nothing"),
    FORCE,
)  # fmt: skip
def import_(options: Options) -> int:
    """Turn a table (CSV, TSV, JSON, Excel, SQL) into a dossier, by a mapping."""
    if options.output == "-":
        return complain("-o: a dossier is written to a file; name it, for instance -o NEW.json")
    if options.file != "-":
        return _import(options.file, options)
    with _standard_input() as path:
        return _import(path, options)


def _import(file: str | None, options: Options) -> int:
    from tui import importing

    if options.map is None and file is None:
        return complain("name a FILE with rows, or --map MAP.toml")
    if options.map is None and file is not None and importing.is_dossier(file):
        return _copy(file, options)
    if options.map is None and options.output is not None:
        return complain("-o wants --map MAP.toml; without it a mapping is proposed, to be edited")
    reading: tuple[str, ...] = ()
    if options.map is None:
        proposed = importing.propose(file or "")
        if options.preview is None:
            write_exactly([proposed.toml])
            say(*proposed.notes)
            return FOUND
        mapping = importing.parse_mapping(proposed.toml, "the proposed mapping")
    else:
        path = importing.find_mapping(options.map)
        mapping, reading = importing.load_mapping(path), (path,)
        if file is None and not mapping.read.connect:
            if path == options.map:
                return complain(f"name the FILE whose rows {options.map} maps")
            with open(path, encoding="utf-8") as ready:
                write_exactly(ready)
            return FOUND
        if file is not None and mapping.read.connect:
            return complain(f"{options.map} reads from read.connect: leave {options.file} out")
    if options.preview is not None:
        return _preview(importing.preview(file or "", mapping, options.preview))
    if options.output is None:
        return complain("name the new dossier with -o NEW.json, or look first with --preview 3")
    gc.disable()  # many objects are made, none of them garbage: looking takes a tenth of the time
    outcome = importing.write(
        file or "",
        mapping,
        options.output,
        force=options.force,
        reading=reading,
        progress=progress("reading", 1 << 20),
        warn=say,
    )
    say(*outcome.notes, f"{options.output}: {outcome}")
    return NOTHING if outcome.rejected else FOUND


def _copy(dossier: str, options: Options) -> int:
    """Write what is a dossier already to the file that is named for it."""
    from tui import importing

    if options.output is None:
        what = "a dossier already"
        if options.file == "-":
            return complain(f"standard input: {what}; -o NEW.json writes it to a file")
        return complain(f"{dossier}: {what}: summitry open {dossier}")
    count = importing.copy(dossier, options.output, force=options.force)
    say(f"{options.output}: {count:,} events")
    return FOUND


def _preview(preview: "Preview") -> int:
    from tui.page import page_of

    say(*preview.notes, *preview.refused)
    dossier = preview.open()
    pages = [page_of(dossier, dossier.resolve(id_)) for id_ in preview.ids]
    write_pages(pages)
    return NOTHING if preview.refused or not pages else FOUND


@contextmanager
def _standard_input() -> Iterator[str]:
    """Keep standard input in a file, as import looks at its beginning first; raises StoreError."""
    from tempfile import TemporaryDirectory

    from tui.importing.rows import Piped

    if not sys.stdin or sys.stdin.isatty():
        raise StoreError(
            "-: nothing is piped in; for instance zcat rows.csv.gz | summitry import -"
        )
    with TemporaryDirectory(prefix="summitry-") as folder:
        path, size, limit = Piped(os.path.join(folder, "events")), 0, size_limit()
        with open(path, "wb") as file:
            while chunk := sys.stdin.buffer.read(1 << 20):
                size += file.write(chunk)
                if size > limit:
                    over = f"over the limit of {limit >> 20} MiB"
                    raise StoreError(f"standard input: {over}; set SUMMITRY_MAX_MIB to allow it")
        yield path
