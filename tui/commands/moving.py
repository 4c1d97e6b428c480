"""Commands that bring events in and take them out."""

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tui.commands.common import (
    FOUND,
    NOTHING,
    complain,
    open_dossier,
    progress,
    say,
    signs,
    store_path,
    write,
    write_exactly,
)

if TYPE_CHECKING:
    import argparse

    from tui.dossier.query import Query
    from tui.dossier.search import Answer
    from tui.importing.run import Preview


def _export(options: "argparse.Namespace") -> int:
    from tui.dossier.query import join, parse
    from tui.dossier.search import search
    from tui.export import Chosen, NothingToExport, render
    from tui.export.writing import CannotWrite, refuse, write_file

    if options.output == "":
        return complain("-o wants the name of a file; - is standard output")
    target = "" if options.output in (None, "-") else options.output
    query = parse(join(options.query))
    try:
        if target:
            refuse(target, force=options.force)
        dossier = open_dossier(options)
        answer = search(dossier, query, sys.maxsize)
        if instead := _corrected(query, answer):
            return complain(instead, NOTHING)
        for note in answer.notes:
            say(note)
        rows = tuple(sorted(answer.rows, key=lambda row: row.n))
        chosen = Chosen(dossier, store_path(options.store), rows, everything=not query.terms)
        pieces = render(chosen, options.to, say)
        if target:
            write_file(target, pieces, force=options.force)
        else:
            write_exactly(pieces)
    except NothingToExport as error:
        return complain(str(error), NOTHING)
    except CannotWrite as error:
        return complain(str(error))
    return FOUND


def _corrected(query: "Query", answer: "Answer") -> str:
    """What to say where only another spelling than the one asked for was found; else "".

    A reader sees the note and what was found together; a file would hold what nobody asked for.
    """
    if not answer.rows or answer.words == query.words:
        return ""
    changed = [
        (word, near) for word, near in zip(query.words, answer.words, strict=True) if word != near
    ]
    asked, nearest = (" ".join(words) for words in zip(*changed, strict=True))
    return f"nothing matches {asked}; nearest: {nearest}"


def _new(options: "argparse.Namespace") -> int:
    from tui.export.writing import CannotWrite, write_file
    from tui.output.results import starter

    try:
        write_file(options.file, [starter()], force=options.force)
    except CannotWrite as error:
        return complain(str(error))
    return FOUND


def _import(options: "argparse.Namespace") -> int:
    from tui.importing import run as importing

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
            return _told(proposed.notes)
        mapping = importing.parse_mapping(proposed.toml, "the proposed mapping")
    else:
        mapping = importing.load_mapping(options.map)
    if options.preview is not None:
        return _preview(importing.preview(options.file, mapping, options.preview))
    if options.output is None:
        return complain("name the new dossier with -o NEW.json, or look first with --preview 3")
    _end_in_order()
    outcome = importing.write(
        options.file,
        mapping,
        options.output,
        force=options.force,
        reading=(options.map,),
        progress=progress("reading", 1 << 20),
    )
    _told(outcome.notes)
    say(f"{options.output}: {outcome}")
    return NOTHING if outcome.rejected else FOUND


def _preview(preview: "Preview") -> int:
    from tui.importing.run import opened
    from tui.output.console import page_as_text, print_page
    from tui.page import page_of

    _told(preview.notes)
    for refused in preview.refused:
        say(refused)
    dossier = opened(preview)
    pages = [page_of(dossier, dossier.resolve(id_)) for id_ in preview.ids]
    if sys.stdout.isatty():
        for place, page in enumerate(pages):
            print_page(page, signs(), again=bool(place))
    else:
        write("\n".join(page_as_text(page, signs()) for page in pages))
    return NOTHING if preview.refused or not pages else FOUND


def _told(notes: Iterable[str]) -> int:
    for note in notes:
        say(note)
    return FOUND


def _end_in_order() -> None:
    """Let a signal that ends the process clear away what is half written."""
    import signal

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
        if number := getattr(signal, name, None):
            signal.signal(number, end)


#: What runs each command.
RUN: dict[str, Callable[["argparse.Namespace"], int]] = {
    "export": _export,
    "new": _new,
    "import": _import,
}
