"""Commands on the notebook: notes and marks."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.commands.common import FOUND, NOTHING, complain, open_dossier, say, signs, write

if TYPE_CHECKING:
    import argparse

    from tui.dossier.dossier import Dossier
    from tui.notebook import Notebook


def _in_notebook(
    work: Callable[["argparse.Namespace", "Dossier", "Notebook"], int],
) -> Callable[["argparse.Namespace"], int]:
    """A command that works in the notebook of a dossier; what is wrong with it is said."""

    def run(options: "argparse.Namespace") -> int:
        from tui.notebook import Notebook, NotebookError, key_of

        dossier = open_dossier(options)
        try:
            notebook = Notebook.open(key_of(dossier))
            try:
                return work(options, dossier, notebook)
            finally:
                for notice in notebook.take_notices():
                    say(notice)
        except NotebookError as error:
            return complain(str(error))

    return run


@_in_notebook
def _note(options: "argparse.Namespace", dossier: "Dossier", notebook: "Notebook") -> int:
    id_ = _noted_id(options.id, dossier, notebook)
    if options.delete or not options.text:
        if options.delete and options.text:
            return complain("note: give a text or --delete, not both")
        if not (note := notebook.note(id_)):
            say(f"{id_}: no note; `summitry note {id_} TEXT` writes one")
            return NOTHING
        if options.delete:
            notebook.set_note(id_, "")
        write(f"deleted the note of {id_}\n" if options.delete else f"{signs().plain(note)}\n")
        return FOUND
    if options.text == ["-"]:
        from tui.notebook import LONGEST

        try:
            data = sys.stdin.buffer.read(4 * LONGEST + 1) if sys.stdin else b""
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return complain("standard input is not UTF-8, or too long for a note")
    else:
        from tui.arguments import plain_words

        text = plain_words(options.text)
    if not text.strip():
        return complain("the note is empty, so nothing was changed; --delete removes a note")
    notebook.set_note(id_, text)
    write(f"noted {id_}\n")
    return FOUND


@_in_notebook
def _notes(options: "argparse.Namespace", dossier: "Dossier", notebook: "Notebook") -> int:
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


@_in_notebook
def _mark(options: "argparse.Namespace", dossier: "Dossier", notebook: "Notebook") -> int:
    id_ = _noted_id(options.id, dossier, notebook)
    write(f"{'marked' if notebook.mark(id_) else 'unmarked'} {id_}\n")
    return FOUND


def _noted_id(id_: str, dossier: "Dossier", notebook: "Notebook") -> str:
    """The id meant: also one that has a note, but is no longer in the dossier."""
    if any(entry.id == id_ for entry in notebook.notes()):
        return id_
    return dossier.resolve(id_).id


#: What runs each command.
RUN: dict[str, Callable[["argparse.Namespace"], int]] = {
    "note": _note,
    "notes": _notes,
    "mark": _mark,
}
