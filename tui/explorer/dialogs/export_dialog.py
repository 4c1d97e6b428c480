"""Export from the explorer: what is listed, into a file in the folder it was started in."""

import asyncio
import os
from collections.abc import Sequence

from tui.dossier.dossier import Dossier
from tui.explorer.dialogs.choices import ChoiceDialog
from tui.explorer.keyboard import KeyedApp
from tui.explorer.state import ExplorerState
from tui.export import FORMATS
from tui.files import Stamp, StoreError, reason_of, write_text

#: What an export is called, and how many of one format may lie in a folder.
_STEM = "summitry-export"
_MOST = 1000


class Unexported(Exception):
    """Nothing was written; the message is one line."""


def free_name(end: str) -> str:
    """A name that no file has here yet; none of it is taken from a dossier."""
    for number in range(1, _MOST):
        name = f"{_STEM}{f'-{number}' if number > 1 else ''}.{end}"
        if not os.path.lexists(name):
            return name
    raise Unexported(f"{_STEM}.{end} and {_MOST - 2} more are here; take some away")


def export(read: Stamp, numbers: Sequence[int] | None, format_: str, end: str) -> tuple[str, str]:
    """Write records of the dossier that was read to a new file; None stands for every event.

    Opens the dossier for itself, so it may run on any thread. Returns the path, and what is to be
    said of what was written. Raises Unexported or StoreError.
    """
    from tui.export import NothingToExport, Selection, render

    dossier = Dossier.open(read.path)
    said: list[str] = []
    try:
        if dossier.stamp != read:
            raise Unexported("the file has just changed; try again")
        every = dossier.listing("region", "").events if numbers is None else numbers
        rows = tuple(sorted(dossier.rows(every), key=lambda row: row.n))
        selection = Selection(dossier, rows, everything=numbers is None)
        path = os.path.abspath(free_name(end))
        write_text(path, render(selection, format_, said.append, to_file=True), replace=False)
    except NothingToExport as error:
        raise Unexported(str(error)) from None
    except OSError as error:  # the folder it was started in is gone
        raise Unexported(f"no file written: {reason_of(error)}") from None
    finally:
        dossier.close()
    return path, "; ".join(said)


async def choose_format(app: KeyedApp, state: ExplorerState) -> None:
    """Ask for a format, and write what is listed in it."""
    read, everything = state.dossier.stamp, state.selection is None
    numbers = None if everything else state.shown.listing.events
    if read is None or not state.shown.listing:
        app.say("nothing is listed to export")
        return

    formats = tuple(FORMATS.values())

    async def write(format_: str, end: str) -> None:
        try:
            path, said = await asyncio.to_thread(export, read, numbers, format_, end)
        except (Unexported, StoreError) as error:
            app.complain(str(error))
        else:
            app.say(f"{path}{f'; {said}' if said else ''}", timeout=6)

    def chosen(place: int | None) -> None:
        if place is not None:
            app.run_worker(write(formats[place].name, formats[place].ending), group="export")

    choices = [(format_.label, f".{format_.ending}") for format_ in formats]
    count = state.dossier.total if numbers is None else len(numbers)
    await app.open(ChoiceDialog(f"Export what is listed ({count:,})", choices, app.signs), chosen)
