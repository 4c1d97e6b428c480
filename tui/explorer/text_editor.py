"""The reader's own editor, for a text that is longer than a panel is high."""

import os
import shlex
import subprocess
import tempfile

from textual.app import App, SuspendNotSupported

from tui.files import StoreError, reason_of
from tui.notebook import LONGEST


def edit(app: App[None], text: str) -> str:
    """Have a text edited in the program that VISUAL or EDITOR names; returns what it is then.

    The explorer waits meanwhile. Raises StoreError, one line, where there is no such program.
    """
    editor = (os.environ.get("VISUAL") or os.environ.get("EDITOR") or "").strip()
    if not editor:
        raise StoreError("set EDITOR to the program that you write with")
    try:
        with tempfile.TemporaryDirectory(prefix="summitry-") as folder:  # for its owner alone
            path = os.path.join(folder, "note.md")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            _run(app, [*shlex.split(editor), path])
            with open(path, encoding="utf-8", errors="replace") as file:
                edited = file.read(LONGEST + 1)
    except SuspendNotSupported:
        raise StoreError("this terminal has no room for another program") from None
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise StoreError(f"{editor}: {reason_of(error)}; the note is as it was") from None
    if len(edited) > LONGEST:
        raise StoreError(f"a note has at most {LONGEST:,} characters; it is as it was")
    return edited


def _run(app: App[None], command: list[str]) -> None:
    """Run a command on the terminal; raises what subprocess does."""
    trouble: Exception | None = None
    with app.suspend():
        try:
            subprocess.run(command, check=True)  # noqa: S603 - theirs
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            trouble = error  # raised in here, it would leave the explorer suspended for good
    if trouble:
        raise trouble
