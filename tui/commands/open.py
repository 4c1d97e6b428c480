"""`summitry open`: the explorer."""

import os
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from tui.commands import FILE, Argument, Options, command, flag, store_path
from tui.commands.streams import complain, progress, signs
from tui.folders import is_served

if TYPE_CHECKING:
    from tui.explorer.first_picture import EarlyPicture


def explore(path: str, at: str, *, tour: bool = False) -> int:
    """Open the explorer on the dossier at `path`, at the record `at` if that is not "".

    With a `tour` it says what it is, as at the first start.
    Returns the exit status; raises StoreError, UnknownId.
    """
    if is_served():  # a browser is the terminal
        return _explore(path, at, tour=tour)
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return complain("the explorer wants a terminal; use `summitry read`, `find` or `show`")
    if os.environ.get("TERM", "") in ("", "dumb") and sys.platform != "win32":
        return complain("this terminal (TERM=dumb) shows no explorer; use `summitry read`")
    from tui.explorer.first_picture import shown_early
    from tui.explorer.key_hold import keys_held

    early = nullcontext() if at or tour else shown_early(path)
    with keys_held(), early as picture:
        return _explore(path, at, tour=tour, early=picture)


def _explore(
    path: str,
    at: str,
    *,
    tour: bool,
    early: "EarlyPicture | None" = None,
    again: bool = False,
) -> int:
    from tui.dossier.dossier import Dossier

    show = early.leaving_before(progress()) if early else progress()
    dossier = Dossier.open(path, show)
    at = dossier.resolve(at).id if at else ""
    import gc

    # Start-up makes many lasting objects, Textual's above all: collecting among them finds nothing
    # and takes a tenth of the time. The explorer turns it on again after the first frame.
    gc.disable()
    from tui.explorer.app import run as run_explorer
    from tui.folders import config_path

    config = config_path()
    named = "SUMMITRY_CONFIG" in os.environ  # which then must be there
    config = config if named or os.path.exists(config) else ""
    try:
        return run_explorer(dossier, at, signs(), config, tour=tour, early=early)
    except Exception as error:
        from tui.dossier.index_file import throw_away

        if again or not throw_away(error):
            raise
    return _explore(path, "", tour=False, again=True)  # where the reader was, as is kept


@command(
    "open",
    FILE,
    Argument("--at", metavar="ID", default="", completes="id", help="the record to open"),
    flag("--tour", "say what this is, as at the first start"),
)
def open_(options: Options) -> int:
    """Explore a dossier."""
    return explore(options.file or store_path(), options.at, tour=options.tour)
