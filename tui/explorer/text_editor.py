"""The reader's own editor, for a text that is longer than a panel is high."""

import os
import shlex
import subprocess
import tempfile

from textual.app import App, SuspendNotSupported

from tui.files import StoreError, reason_of


def edit(app: App[None], text: str) -> str:
    """Have a text edited in the program that VISUAL or EDITOR names; returns what it is then.

    The explorer waits meanwhile. Raises StoreError, one line, where there is no such program.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise StoreError("set EDITOR to the program that you write with")
    with tempfile.TemporaryDirectory(prefix="summitry-") as folder:  # for its owner alone
        path = os.path.join(folder, "note.md")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        try:
            with app.suspend():
                subprocess.run([*shlex.split(editor), path], check=True)  # noqa: S603 - theirs
            with open(path, encoding="utf-8", errors="replace") as file:
                return file.read()
        except SuspendNotSupported:
            raise StoreError("this terminal has no room for another program") from None
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            raise StoreError(f"{editor}: {reason_of(error)}; the note is as it was") from None
