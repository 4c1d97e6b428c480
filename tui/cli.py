"""The entry point: one command line, one command, one exit status, never a traceback."""

import os
import sys
from typing import TYPE_CHECKING, NoReturn

from tui.commands.common import INTERRUPTED, NOTHING, WRONG, complain, lost_output, store_path
from tui.files import StoreError

if TYPE_CHECKING:
    import argparse


def run() -> NoReturn:
    """The entry point: run with the arguments of the process and leave with its status."""
    if sys.stdout is None:  # closed by whoever called: what is written goes nowhere
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    try:
        status = main(sys.argv[1:])
    except SystemExit as leaving:  # argparse, after --help or --version
        status = leaving.code if isinstance(leaving.code, int) else 0
    except KeyboardInterrupt:  # while modules are loaded, which is before `main` can catch it
        status = INTERRUPTED
    try:
        sys.stdout.flush()
    except OSError as error:
        status = lost_output(error)
    raise SystemExit(status)


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit status. Nothing that goes wrong is a traceback."""
    from tui.dossier.dossier import UnknownId
    from tui.dossier.query import QueryError

    try:
        if not arguments:
            from tui.commands.reading import explore

            return explore(store_path(), "")
        from tui.arguments import UsageError, parse

        try:
            options = parse(arguments)
        except UsageError as error:
            return complain(str(error))
        return _run(options)
    except (StoreError, QueryError, UnknownId) as error:
        return complain(str(error), NOTHING if isinstance(error, UnknownId) else WRONG)
    except OSError as error:
        return lost_output(error)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(options: "argparse.Namespace") -> int:
    """Run the command that was asked for; the others are not even imported."""
    if options.name in ("note", "notes", "mark"):
        from tui.commands.keeping import RUN
    elif options.name in ("export", "new", "import"):
        from tui.commands.moving import RUN
    else:
        from tui.commands.reading import RUN
    return RUN[options.name](options)
