"""`summitry note`, `notes` and `mark`: the notebook from a shell."""

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tui.commands import JSON, ONE_ID, STORE, Argument, Options, command, flag, open_dossier
from tui.commands.streams import FOUND, NOTHING, complain, say, signs, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.dossier.dossier import Dossier
    from tui.dossier.listings import Row
    from tui.notebook import Notebook


@contextmanager
def _opened(options: Options) -> "Iterator[tuple[Dossier, Notebook]]":
    """Open a dossier and its notebook, and say at last what the notebook has to tell."""
    from tui.notebook import Notebook, key_of

    dossier = open_dossier(options)
    notebook = Notebook.open(key_of(dossier))
    try:
        yield dossier, notebook
    finally:
        say(*notebook.take_notices())


@command(
    "note",
    ONE_ID,
    Argument(
        "text", nargs="*", default=[], metavar="TEXT", help="the note; - reads standard input"
    ),
    flag("--delete", "remove the note"),
    STORE,
    free_words=True,
)
def note(options: Options) -> int:
    """Print, write or remove the note of a record."""
    with _opened(options) as (dossier, notebook):
        id_ = _noted_id(options.id, dossier, notebook)
        if options.delete and options.text:
            return complain("note: give a text or --delete, not both")
        if options.text:
            return _write_note(id_, options.text, notebook, dossier.row(id_))
        if not (text := notebook.note(id_)):
            say(f"{id_}: no note; `summitry note {id_} TEXT` writes one")
            return NOTHING
        if options.delete:
            notebook.set_note(id_, "")
        write(f"deleted the note of {id_}\n" if options.delete else f"{signs().plain(text)}\n")
        return FOUND


def _write_note(id_: str, words: list[str], notebook: "Notebook", row: "Row | None") -> int:
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
    notebook.set_note(id_, text, row=row)
    write(f"noted {id_}\n")
    return FOUND


@command("notes", JSON, STORE)
def notes(options: Options) -> int:
    """List what you marked and noted."""
    from tui.output.results import notes_as_json, notes_as_lines

    with _opened(options) as (dossier, notebook):
        entries = notebook.notes(raw=options.json)
        if options.json:
            write(notes_as_json(entries))
        elif sys.stdout.isatty():
            from tui.output.console import print_notes

            rows = [row for entry in entries if (row := dossier.row(entry.id))]
            print_notes(entries, {row.id: row.title for row in rows}, signs())
        else:
            write(notes_as_lines(entries, signs()))
        for entry in entries:
            row = dossier.row(entry.id)
            if was := notebook.misfit(entry.id, row):
                now = (
                    f'is "{row.title}"{f" of {row.date}" if row.date else ""}' if row else "is gone"
                )
                say(f"{entry.id} was {was} when you kept it, and now {now}")
        if not entries:
            others = "; ".join(f"{count} of {key}" for key, count in notebook.others().items())
            elsewhere = f"; the notebook has {others}" if others else ""
            say(f"no marks or notes of {dossier.overview.title}{elsewhere}")
        return FOUND if entries else NOTHING


@command(
    "mark",
    Argument("id", nargs="+", metavar="ID", completes="id", help=ONE_ID.options["help"]),
    flag("--on", "mark, and leave what is marked", group="way"),
    flag("--off", "unmark, and leave what is not marked", group="way"),
    STORE,
)
def mark(options: Options) -> int:
    """Mark records, or unmark those that are marked."""
    on = True if options.on else False if options.off else None
    with _opened(options) as (dossier, notebook):
        ids = dict.fromkeys(_noted_id(id_, dossier, notebook) for id_ in options.id)
        for id_ in ids:
            marked = notebook.mark(id_, on=on, row=dossier.row(id_))
            write(f"{'marked' if marked else 'unmarked'} {id_}\n")
        return FOUND


def _noted_id(id_: str, dossier: "Dossier", notebook: "Notebook") -> str:
    """Complete a shortened id; one with a mark or a note need not be in the dossier any more."""
    if any(entry.id == id_ for entry in notebook.notes()):
        return id_
    return dossier.resolve(id_).id
