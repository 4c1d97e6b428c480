"""The commands; each a few lines that call below. Imports nothing heavy until it must."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NoReturn

from tui.dossier.files import StoreError, shipped

if TYPE_CHECKING:
    import argparse

    from tui.dossier.dossier import Dossier
    from tui.importing.run import Preview
    from tui.notebook import Notebook
    from tui.output.marks import Signs

FOUND, NOTHING, WRONG, INTERRUPTED = 0, 1, 2, 130


def run() -> NoReturn:
    """The entry point: run with the arguments of the process and leave with its status."""
    if sys.stdout is None:  # closed by whoever called: what is written goes nowhere
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    status = main(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError as error:
        status = _lost_output(error)
    raise SystemExit(status)


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit status. Nothing that goes wrong is a traceback."""
    from tui.dossier.dossier import UnknownId
    from tui.dossier.query import QueryError

    try:
        if not arguments:
            return explore(_store(), "")
        from tui.arguments import UsageError, parse

        try:
            options = parse(arguments)
        except UsageError as error:
            return _complain(str(error))
        return _RUN[options.name](options)
    except (StoreError, QueryError, UnknownId) as error:
        return _complain(str(error), NOTHING if isinstance(error, UnknownId) else WRONG)
    except OSError as error:
        return _lost_output(error)
    except KeyboardInterrupt:
        return INTERRUPTED


# -- the commands


def _open(options: "argparse.Namespace") -> int:
    return explore(options.file or _store(), options.at)


def explore(path: str, at: str) -> int:
    """Open the explorer on the dossier at `path`, at the record `at` if that is not ""."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return _complain("the explorer wants a terminal; use `summitry find` or `summitry show`")
    if os.environ.get("TERM", "") in ("", "dumb") and sys.platform != "win32":
        return _complain("this terminal (TERM=dumb) shows no explorer; use `summitry find`")
    from tui.dossier.dossier import Dossier

    dossier = Dossier.open(path, _progress())
    at = dossier.resolve(at).id if at else ""
    import gc

    # Start-up makes many lasting objects, Textual's above all: collecting among them finds nothing
    # and takes a tenth of the time. The explorer turns it on again after the first frame.
    gc.disable()
    from tui.explorer.app import run as run_explorer

    return run_explorer(dossier, at, _signs())


def _find(options: "argparse.Namespace") -> int:
    from tui.dossier.query import join, parse
    from tui.dossier.search import search

    query = parse(join(options.query))
    dossier = _dossier(options)
    limit = options.limit if options.limit is not None else (20 if query.terms else sys.maxsize)
    answer = search(dossier, query, limit)
    for note in answer.notes:
        _say(note)
    if options.json:
        from tui.output.results import as_json

        _write(as_json(dossier, answer))
    elif sys.stdout.isatty():
        from tui.output.results import print_table

        print_table(dossier, answer, _signs())
    else:
        from tui.output.results import as_lines

        _write(as_lines(dossier, answer, _signs()))
    if not answer.rows and not answer.notes:
        shown = " ".join(word.strip() for word in options.query)
        _say(f"nothing found for {shown}" if shown else "no events recorded")
    return FOUND if answer.rows else NOTHING


def _show(options: "argparse.Namespace") -> int:
    dossier = _dossier(options)
    rows = [dossier.resolve(id_) for id_ in options.id]
    if options.json:
        from tui.output.results import records_as_json

        _write(records_as_json(dossier, rows))
        return FOUND
    from tui.page import page_of

    pages = [page_of(dossier, row) for row in rows]
    if options.markdown:
        from tui.output.markdown import as_markdown

        _write("\n".join(as_markdown(page) for page in pages))
    elif sys.stdout.isatty():
        from tui.output.terminal import print_page

        for place, page in enumerate(pages):
            print_page(page, _signs(), again=bool(place))
    else:
        from tui.output.terminal import as_text

        _write("\n".join(as_text(page, _signs()) for page in pages))
    return FOUND


def _check(options: "argparse.Namespace") -> int:
    from tui.dossier.check import survey
    from tui.output.results import problems_as_json, problems_as_lines

    status = FOUND
    found = []
    for file in options.file or [_store()]:
        try:
            result = survey(file, options.words)
        except StoreError as error:
            status = _complain(str(error))
            continue
        found += [(file, problem) for problem in result.found]
        if not options.json:
            _write(_signs().plain(problems_as_lines(found)))
            found.clear()
        if result.errors:
            status = max(status, NOTHING)
        _say(f"{file}: {result}")
    if options.json:
        _write(problems_as_json(found))
    return status


def _schema(_: "argparse.Namespace") -> int:
    from tui.dossier.schema import as_json

    _write(as_json())
    return FOUND


def _in_notebook(
    work: Callable[["argparse.Namespace", "Dossier", "Notebook"], int],
) -> Callable[["argparse.Namespace"], int]:
    """A command that works in the notebook of a dossier; what is wrong with it is said."""

    def run(options: "argparse.Namespace") -> int:
        from tui.notebook import Notebook, NotebookError, key_of

        dossier = _dossier(options)
        try:
            notebook = Notebook.open(key_of(dossier))
            try:
                return work(options, dossier, notebook)
            finally:
                for notice in notebook.take_notices():
                    _say(notice)
        except NotebookError as error:
            return _complain(str(error))

    return run


@_in_notebook
def _note(options: "argparse.Namespace", dossier: "Dossier", notebook: "Notebook") -> int:
    id_ = _noted_id(options.id, dossier, notebook)
    if options.delete or not options.text:
        if options.delete and options.text:
            return _complain("note: give a text or --delete, not both")
        if not (note := notebook.note(id_)):
            _say(f"{id_}: no note; `summitry note {id_} TEXT` writes one")
            return NOTHING
        if options.delete:
            notebook.set_note(id_, "")
        _write(f"deleted the note of {id_}\n" if options.delete else f"{_signs().plain(note)}\n")
        return FOUND
    if options.text == ["-"]:
        from tui.notebook import LONGEST

        try:
            data = sys.stdin.buffer.read(4 * LONGEST + 1) if sys.stdin else b""
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return _complain("standard input is not UTF-8, or too long for a note")
    else:
        from tui.arguments import plain_words

        text = plain_words(options.text)
    if not text.strip():
        return _complain("the note is empty, so nothing was changed; --delete removes a note")
    notebook.set_note(id_, text)
    _write(f"noted {id_}\n")
    return FOUND


@_in_notebook
def _notes(options: "argparse.Namespace", dossier: "Dossier", notebook: "Notebook") -> int:
    from tui.output import notes

    entries = notebook.notes(raw=options.json)
    if options.json:
        _write(notes.as_json(entries))
    elif sys.stdout.isatty():
        titles = {entry.id: dossier.row(entry.id) for entry in entries}
        notes.print_notes(entries, {id_: row.title for id_, row in titles.items() if row}, _signs())
    else:
        _write(notes.as_lines(entries, _signs()))
    if not entries:
        others = "; ".join(f"{count} of {key}" for key, count in notebook.others().items())
        _say(
            f"no marks or notes of {dossier.overview.title}"
            + (f"; the notebook has {others}" if others else "")
        )
    return FOUND if entries else NOTHING


@_in_notebook
def _mark(options: "argparse.Namespace", dossier: "Dossier", notebook: "Notebook") -> int:
    id_ = _noted_id(options.id, dossier, notebook)
    _write(f"{'marked' if notebook.mark(id_) else 'unmarked'} {id_}\n")
    return FOUND


def _noted_id(id_: str, dossier: "Dossier", notebook: "Notebook") -> str:
    """The id meant: also one that has a note, but is no longer in the dossier."""
    if any(entry.id == id_ for entry in notebook.notes()):
        return id_
    return dossier.resolve(id_).id


def _export(options: "argparse.Namespace") -> int:
    from tui.dossier.query import join, parse
    from tui.dossier.search import search
    from tui.output.exporting import Chosen, NothingToExport, render
    from tui.output.exporting.writing import CannotWrite, refuse, write_file

    target = "" if options.output in (None, "-") else options.output
    query = parse(join(options.query))
    try:
        if target:
            refuse(target, force=options.force)
        dossier = _dossier(options)
        answer = search(dossier, query, sys.maxsize)
        for note in answer.notes:
            _say(note)
        rows = tuple(sorted(answer.rows, key=lambda row: row.n))
        chosen = Chosen(dossier, _store(options.store), rows, everything=not query.terms)
        pieces = render(chosen, options.to, _say)
        if target:
            write_file(target, pieces, force=options.force)
        else:
            _write_exactly(pieces)
    except NothingToExport as error:
        return _complain(str(error), NOTHING)
    except CannotWrite as error:
        return _complain(str(error))
    return FOUND


def _new(options: "argparse.Namespace") -> int:
    from tui.output.exporting.writing import CannotWrite, write_file
    from tui.output.starter import starter

    try:
        write_file(options.file, [starter()], force=options.force)
    except CannotWrite as error:
        return _complain(str(error))
    return FOUND


def _completion(options: "argparse.Namespace") -> int:
    from tui.completion import script

    _write(script(options.shell))
    return FOUND


def _complete(options: "argparse.Namespace") -> int:
    from tui.arguments import COMMANDS
    from tui.completion import candidates

    try:
        words = candidates(options.words, _store(), COMMANDS)
    except StoreError:
        return NOTHING  # the prompt is no place to complain
    _write("".join(f"{word}\n" for word in words))
    return FOUND


def _import(options: "argparse.Namespace") -> int:
    from tui.importing import run as importing

    if options.map is None and importing.is_dossier(options.file):
        if options.output is None:
            return _complain(f"{options.file}: a dossier already: summitry open {options.file}")
        count = importing.copy(options.file, options.output, force=options.force)
        _say(f"{options.output}: {count:,} events")
        return FOUND
    if options.map is None and options.output is not None:
        return _complain("-o wants --map MAP.toml; without it a mapping is proposed, to be edited")
    if options.map is None:
        proposed = importing.propose(options.file)
        if options.preview is None:
            _write(proposed.toml)
            return _told(proposed.notes)
        mapping = importing.parse_mapping(proposed.toml, "the proposed mapping")
    else:
        mapping = importing.load_mapping(options.map)
    if options.preview is not None:
        return _preview(importing.preview(options.file, mapping, options.preview))
    if options.output is None:
        return _complain("name the new dossier with -o NEW.json, or look first with --preview 3")
    _end_in_order()
    outcome = importing.write(
        options.file,
        mapping,
        options.output,
        force=options.force,
        reading=(options.map,),
        progress=_progress("reading", 1 << 20),
    )
    _told(outcome.notes)
    _say(f"{options.output}: {outcome}")
    return NOTHING if outcome.rejected else FOUND


def _preview(preview: "Preview") -> int:
    from tui.importing.run import opened
    from tui.output.terminal import as_text, print_page
    from tui.page import page_of

    _told(preview.notes)
    for refused in preview.refused:
        _say(refused)
    dossier = opened(preview)
    pages = [page_of(dossier, dossier.resolve(id_)) for id_ in preview.ids]
    if sys.stdout.isatty():
        for place, page in enumerate(pages):
            print_page(page, _signs(), again=bool(place))
    else:
        _write("\n".join(as_text(page, _signs()) for page in pages))
    return NOTHING if preview.refused or not pages else FOUND


def _told(notes: Iterable[str]) -> int:
    for note in notes:
        _say(note)
    return FOUND


def _end_in_order() -> None:
    """Let a signal that ends the process clear away what is half written."""
    import signal

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, end)


_RUN: dict[str, Callable[["argparse.Namespace"], int]] = {
    "open": _open,
    "find": _find,
    "show": _show,
    "check": _check,
    "schema": _schema,
    "export": _export,
    "new": _new,
    "note": _note,
    "notes": _notes,
    "mark": _mark,
    "import": _import,
    "completion": _completion,
    "__complete": _complete,
}


def _store(named: str | None = None) -> str:
    """The dossier to read: the one named, the environment's, or the shipped one."""
    if named is not None:
        return named
    return os.environ.get("SUMMITRY_STORE") or shipped()


def _dossier(options: "argparse.Namespace") -> "Dossier":
    from tui.dossier.dossier import Dossier

    return Dossier.open(_store(options.store), _progress())


# -- what is said, and where


def _signs() -> "Signs":
    from tui.output.marks import signs_for

    return signs_for(sys.stdout.encoding if sys.stdout else None, os.environ)


def _progress(doing: str = "indexing", least: int = 5000) -> Callable[[int, int], None] | None:
    """A line on stderr that counts, where someone is there to see it."""
    if not (sys.stderr and sys.stderr.isatty()):
        return None

    def show(done: int, total: int) -> None:
        if total < least:
            return
        end = "\r\x1b[K" if done == total else ""
        sys.stderr.write(f"\r{doing} {done * 100 // total:3} %  (Ctrl+C cancels){end}")
        sys.stderr.flush()

    return show


def _write(text: str) -> None:
    sys.stdout.write(text)


def _write_exactly(pieces: Iterable[str]) -> None:
    """Write to stdout in UTF-8 with the line ends as they are, whatever the locale."""
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode())
    sys.stdout.buffer.flush()


def _say(text: str) -> None:
    from tui.dossier.text import clean_line

    if sys.stderr:  # closed, print would take standard output instead
        print(f"summitry: {clean_line(text)}", file=sys.stderr)


def _complain(message: str, status: int = WRONG) -> int:
    _say(message)
    return status


def _lost_output(error: OSError) -> int:
    """What cannot be written any more: a closed pipe ends quietly, anything else is said."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)  # what is still buffered goes nowhere when the interpreter ends
    if isinstance(error, BrokenPipeError):
        return FOUND
    return _complain(f"cannot write: {(error.strerror or str(error)).lower()}")
