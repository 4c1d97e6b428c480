"""Commands that read: the explorer, look-ups, pages, the timeline, the rules."""

import os
import sys
from collections.abc import Callable
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
)
from tui.files import StoreError

if TYPE_CHECKING:
    import argparse


def explore(path: str, at: str) -> int:
    """Open the explorer on the dossier at `path`, at the record `at` if that is not ""."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return complain("the explorer wants a terminal; use `summitry find` or `summitry show`")
    if os.environ.get("TERM", "") in ("", "dumb") and sys.platform != "win32":
        return complain("this terminal (TERM=dumb) shows no explorer; use `summitry find`")
    from tui.dossier.dossier import Dossier

    dossier = Dossier.open(path, progress())
    at = dossier.resolve(at).id if at else ""
    import gc

    # Start-up makes many lasting objects, Textual's above all: collecting among them finds nothing
    # and takes a tenth of the time. The explorer turns it on again after the first frame.
    gc.disable()
    from tui.explorer.app import run as run_explorer
    from tui.files import config_path

    config = config_path()
    named = "SUMMITRY_CONFIG" in os.environ  # which then must be there
    return run_explorer(dossier, at, signs(), config if named or os.path.exists(config) else "")


def _open(options: "argparse.Namespace") -> int:
    return explore(options.file or store_path(), options.at)


def _find(options: "argparse.Namespace") -> int:
    from tui.dossier.query import join, parse
    from tui.dossier.search import search

    query = parse(join(options.query))
    dossier = open_dossier(options)
    limit = options.limit if options.limit is not None else (20 if query.terms else sys.maxsize)
    answer = search(dossier, query, limit)
    for note in answer.notes:
        say(note)
    if options.json:
        from tui.output.results import found_as_json

        write(found_as_json(dossier, answer))
    elif sys.stdout.isatty():
        from tui.output.console import print_found

        print_found(dossier, answer, signs())
    else:
        from tui.output.results import found_as_lines

        write(found_as_lines(dossier, answer, signs()))
    if not answer.rows and not answer.notes:
        shown = " ".join(word.strip() for word in options.query)
        say(f"nothing found for {shown}" if shown else "no events recorded")
    return FOUND if answer.rows else NOTHING


def _timeline(options: "argparse.Namespace") -> int:
    from tui.charts.timeline_plan import Chart
    from tui.dossier.query import join, parse
    from tui.dossier.search import search

    query = parse(join(options.query))
    dossier = open_dossier(options)
    only = None
    if query.terms:
        answer = search(dossier, query, sys.maxsize)
        for note in answer.notes:
            say(note)
        only = {row.n for row in answer.rows if row.kind == "event"}
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


def _show(options: "argparse.Namespace") -> int:
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
    elif sys.stdout.isatty():
        from tui.output.console import print_page

        for place, page in enumerate(pages):
            print_page(page, signs(), again=bool(place))
    else:
        from tui.output.console import page_as_text

        write("\n".join(page_as_text(page, signs()) for page in pages))
    return FOUND


def _check(options: "argparse.Namespace") -> int:
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
        found += [(file, problem) for problem in result.found]
        if not options.json:
            write(signs().plain(problems_as_lines(found)))
            found.clear()
        if result.errors:
            status = max(status, NOTHING)
        say(f"{file}: {result}")
    if options.json:
        write(problems_as_json(found))
    return status


def _schema(_: "argparse.Namespace") -> int:
    from tui.dossier.schema import as_json

    write(as_json())
    return FOUND


def _completion(options: "argparse.Namespace") -> int:
    from tui.completion import script

    write(script(options.shell))
    return FOUND


def _complete(options: "argparse.Namespace") -> int:
    from tui.arguments import COMMANDS
    from tui.completion import candidates

    try:
        words = candidates(options.words, store_path(), COMMANDS)
    except StoreError:
        return NOTHING  # the prompt is no place to complain
    write("".join(f"{word}\n" for word in words))
    return FOUND


#: What runs each command.
RUN: dict[str, Callable[["argparse.Namespace"], int]] = {
    "open": _open,
    "find": _find,
    "timeline": _timeline,
    "show": _show,
    "check": _check,
    "schema": _schema,
    "completion": _completion,
    "__complete": _complete,
}
