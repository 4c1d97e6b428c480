"""The commands; each a few lines that call below. Imports nothing heavy until it must."""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from tui.dossier.files import StoreError, shipped

if TYPE_CHECKING:
    import argparse

    from tui.dossier.dossier import Dossier
    from tui.output.marks import Signs

FOUND, NOTHING, WRONG, INTERRUPTED = 0, 1, 2, 130


def run() -> NoReturn:
    """The entry point: run with the arguments of the process and leave with its status."""
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
        shown = " ".join(options.query)
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
    from tui.dossier.check import check

    status = FOUND
    found = []
    for file in options.file or [_store()]:
        problems = check(file)
        found += [(file, problem) for problem in problems]
        if any(not problem.is_note for problem in problems):
            status = NOTHING
    from tui.output.results import problems_as_json, problems_as_lines

    _write(problems_as_json(found) if options.json else problems_as_lines(found))
    return status


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


_RUN: dict[str, Callable[["argparse.Namespace"], int]] = {
    "open": _open,
    "find": _find,
    "show": _show,
    "check": _check,
    "completion": _completion,
    "__complete": _complete,
}


def _store(named: str | None = None) -> str:
    """The dossier to read: the one named, the environment's, or the shipped one."""
    return named or os.environ.get("SUMMITRY_STORE") or shipped()


def _dossier(options: "argparse.Namespace") -> "Dossier":
    from tui.dossier.dossier import Dossier

    return Dossier.open(_store(options.store), _progress())


# -- what is said, and where


def _signs() -> "Signs":
    from tui.output.marks import signs_for

    return signs_for(sys.stdout.encoding if sys.stdout else None, os.environ)


def _progress() -> Callable[[int, int], None] | None:
    """A line on stderr that counts, where someone is there to see it."""
    if not (sys.stderr and sys.stderr.isatty()):
        return None

    def show(done: int, total: int) -> None:
        if total < 5000:
            return
        end = "\r\x1b[K" if done == total else ""
        sys.stderr.write(f"\rindexing {done * 100 // total:3} %  (Ctrl+C cancels){end}")
        sys.stderr.flush()

    return show


def _write(text: str) -> None:
    sys.stdout.write(text)


def _say(text: str) -> None:
    from tui.dossier.text import clean_line

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
