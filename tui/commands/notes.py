"""`summitry note`, `notes` and `mark`: the notebook from a shell."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.commands import (
    FOUND,
    JSON,
    NOTHING,
    ONE_ID,
    STORE,
    Options,
    argument,
    command,
    flag,
    open_dossier,
)
from tui.commands.streams import complain, say, signs, write

if TYPE_CHECKING:
    from tui.dossier.dossier import Dossier
    from tui.notebook import Notebook


def _in_notebook(
    work: Callable[[Options, "Dossier", "Notebook"], int],
) -> Callable[[Options], int]:
    """Make a command of a function that works on the notebook of a dossier."""

    def run(options: Options) -> int:
        from tui.notebook import Notebook, NotebookError, key_of

        dossier = open_dossier(options)
        try:
            notebook = Notebook.open(key_of(dossier))
            try:
                return work(options, dossier, notebook)
            finally:
                say(*notebook.take_notices())
        except NotebookError as error:
            return complain(str(error))

    return run


@command(
    "note",
    "read, write or remove the note of a record",
    ONE_ID,
    argument(
        "text", nargs="*", default=[], metavar="TEXT", help="the note; - reads standard input"
    ),
    flag("--delete", "remove the note"),
    STORE,
    free_words=True,
)
@_in_notebook
def note(options: Options, dossier: "Dossier", notebook: "Notebook") -> int:
    """Print, write or delete the note of a record."""
    id_ = _noted_id(options.id, dossier, notebook)
    if options.delete and options.text:
        return complain("note: give a text or --delete, not both")
    if options.text:
        return _write_note(id_, options.text, notebook)
    if not (text := notebook.note(id_)):
        say(f"{id_}: no note; `summitry note {id_} TEXT` writes one")
        return NOTHING
    if options.delete:
        notebook.set_note(id_, "")
    write(f"deleted the note of {id_}\n" if options.delete else f"{signs().plain(text)}\n")
    return FOUND


def _write_note(id_: str, words: list[str], notebook: "Notebook") -> int:
    """Note the words, or standard input where they are a single dash; returns the status."""
    if words == ["-"]:
        from tui.notebook import LONGEST

        try:
            # UTF-8 takes at most four bytes for a character.
            data = sys.stdin.buffer.read(4 * LONGEST + 1) if sys.stdin else b""
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return complain("standard input is not UTF-8, or too long for a note")
    else:
        text = " ".join(words)
    if not text.strip():
        return complain("the note is empty, so nothing was changed; --delete removes a note")
    notebook.set_note(id_, text)
    write(f"noted {id_}\n")
    return FOUND


@command("notes", "what you marked and noted", JSON, STORE)
@_in_notebook
def notes(options: Options, dossier: "Dossier", notebook: "Notebook") -> int:
    """Print every mark and note of a dossier."""
    entries = notebook.notes(raw=options.json)
    if options.json:
        from tui.output.results import notes_as_json

        write(notes_as_json(entries))
    elif sys.stdout.isatty():
        from tui.output.console import print_notes

        titles = {entry.id: dossier.row(entry.id) for entry in entries}
        print_notes(entries, {id_: row.title for id_, row in titles.items() if row}, signs())
    else:
        from tui.output.results import notes_as_lines

        write(notes_as_lines(entries, signs()))
    if not entries:
        others = "; ".join(f"{count} of {key}" for key, count in notebook.others().items())
        say(
            f"no marks or notes of {dossier.overview.title}"
            + (f"; the notebook has {others}" if others else "")
        )
    return FOUND if entries else NOTHING


@command("mark", "mark a record, or unmark it", ONE_ID, STORE)
@_in_notebook
def mark(options: Options, dossier: "Dossier", notebook: "Notebook") -> int:
    """Mark a record, or unmark it."""
    id_ = _noted_id(options.id, dossier, notebook)
    write(f"{'marked' if notebook.mark(id_) else 'unmarked'} {id_}\n")
    return FOUND


def _noted_id(id_: str, dossier: "Dossier", notebook: "Notebook") -> str:
    """Complete a shortened id; one with a mark or a note need not be in the dossier any more."""
    if any(entry.id == id_ for entry in notebook.notes()):
        return id_
    return dossier.resolve(id_).id
