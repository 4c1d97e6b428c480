"""The command line: which commands there are, and what each may be given."""

import argparse
import os
from collections.abc import Callable
from typing import NoReturn

from tui import __version__
from tui.dossier.safe_text import clean_line


class UsageError(Exception):
    """Not a command line of ours; the message is one line that says what is."""


def parse(arguments: list[str]) -> argparse.Namespace:
    """Parse a command line; `name` is the command. Raises UsageError; SystemExit for --help."""
    first = arguments[0]
    if not first.startswith("-") and first not in _COMMANDS:
        raise UsageError(_no_command(first))
    return _parser(first if first in _COMMANDS else "").parse_args(_shielded(arguments))


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{clean_line(message)[:300]}; see `{self.prog} --help`")


def _parser(wanted: str) -> argparse.ArgumentParser:
    """The command line; only the options of the wanted command, as making the rest takes time."""
    parser = _Parser(
        prog="summitry",
        description="Explore a country's diplomacy in the terminal: who agreed what with whom, "
        "when, and who says so. Without a command: the explorer.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"summitry {__version__}")
    commands = parser.add_subparsers(title="commands", dest="name", metavar="COMMAND")
    for name, (help_, add) in _COMMANDS.items():
        if wanted not in ("", name) or not (help_ or wanted):
            continue
        sub = commands.add_parser(name, help=help_, description=help_, allow_abbrev=False)
        add(sub)
    return parser


def _open_arguments(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("file", nargs="?", metavar="FILE", help="a dossier; the shipped one if none")
    sub.add_argument("--at", metavar="ID", default="", help="the record to open")


def _find_arguments(sub: argparse.ArgumentParser) -> None:
    _store_argument(sub)
    sub.add_argument(
        "query", nargs="*", metavar="QUERY", help='words, "a phrase", -not, field:value'
    )
    sub.add_argument("--limit", type=_whole, metavar="N", help="at most N (20)")
    sub.add_argument("--json", action="store_true", help="one JSON array")


def _timeline_arguments(sub: argparse.ArgumentParser) -> None:
    from tui.dossier.vocabulary import FACETS

    _store_argument(sub)
    sub.add_argument("query", nargs="*", metavar="QUERY", help="as in find; without one all events")
    sub.add_argument(
        "--by", choices=FACETS, metavar="FACET", default="region",
        help=f"what the lanes are: {' · '.join(FACETS)}",
    )  # fmt: skip


def _show_arguments(sub: argparse.ArgumentParser) -> None:
    _store_argument(sub)
    sub.add_argument(
        "id", nargs="+", metavar="ID", help="an id, or tag:NAME; may be shortened while unique"
    )
    form = sub.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the record with its links")
    form.add_argument("--markdown", action="store_true", help="a Markdown page")


def _check_arguments(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("file", nargs="*", metavar="FILE", help="dossiers; the shipped one if none")
    sub.add_argument("--json", action="store_true", help="one JSON array")
    sub.add_argument("--words", metavar="FILE", help="a list of loaded words, not the shipped one")


def _schema_arguments(sub: argparse.ArgumentParser) -> None:
    """It takes none."""


def _note_arguments(sub: argparse.ArgumentParser) -> None:
    _store_argument(sub)
    sub.add_argument("id", metavar="ID", help="an id; may be shortened while unique")
    sub.add_argument(
        "text", nargs="*", default=[], metavar="TEXT", help="the note; - reads standard input"
    )
    sub.add_argument("--delete", action="store_true", help="remove the note")


def _notes_arguments(sub: argparse.ArgumentParser) -> None:
    _store_argument(sub)
    sub.add_argument("--json", action="store_true", help="one JSON array")


def _mark_arguments(sub: argparse.ArgumentParser) -> None:
    _store_argument(sub)
    sub.add_argument("id", metavar="ID", help="an id; may be shortened while unique")


def _export_arguments(sub: argparse.ArgumentParser) -> None:
    from tui.export import FORMATS

    _store_argument(sub)
    sub.add_argument(
        "query", nargs="*", metavar="QUERY", help="as in find; without one the whole dossier"
    )
    sub.add_argument(
        "--to", required=True, choices=FORMATS, metavar="FORMAT", help=" · ".join(FORMATS)
    )
    _output_argument(sub)


def _new_arguments(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("file", metavar="FILE", help="where to write it")
    _force_argument(sub)


def _output_argument(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("-o", dest="output", metavar="FILE", help="a file instead of the terminal")
    _force_argument(sub)


def _force_argument(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--force", action="store_true", help="write over a file that is there")


def _completion_arguments(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("shell", choices=("bash", "zsh", "fish"))


def _complete_arguments(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("words", nargs="*")


def _store_argument(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--store", metavar="FILE", help="the dossier (or SUMMITRY_STORE)")


def _import_arguments(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("file", metavar="FILE", help="a CSV, TSV or JSON file")
    sub.add_argument("--map", metavar="MAP", help="the mapping (TOML); without it one is proposed")
    sub.add_argument("-o", dest="output", metavar="NEW", help="the dossier to write")
    sub.add_argument("--preview", type=_whole, metavar="N", help="show N events, write nothing")
    sub.add_argument("--force", action="store_true", help="write over NEW if it exists")


_COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "open": ("explore a dossier", _open_arguments),
    "find": ("look something up, best first; without words, all events", _find_arguments),
    "timeline": ("see when: events on lanes, time across", _timeline_arguments),
    "show": ("read records as pages", _show_arguments),
    "check": ("every problem in a dossier, one a line", _check_arguments),
    "schema": ("print the JSON Schema of a dossier", _schema_arguments),
    "export": ("take events and sources away in another format", _export_arguments),
    "new": ("write a small dossier to start from", _new_arguments),
    "note": ("read, write or remove the note of a record", _note_arguments),
    "notes": ("what you marked and noted", _notes_arguments),
    "mark": ("mark a record, or unmark it", _mark_arguments),
    "import": ("turn a CSV, TSV or JSON file into a dossier, by a mapping", _import_arguments),
    "completion": ("print the completion of a shell", _completion_arguments),
    "__complete": ("", _complete_arguments),
}


def _no_command(word: str) -> str:
    if os.path.exists(word):
        return f"{word} is no command; to explore it: summitry open {word}"
    return f'no command "{clean_line(word)[:80]}"; there is {" ".join(COMMANDS)}'


#: Commands whose words may begin with a dash and stand between options.
_WORDED = ("find", "export", "note", "timeline")
_WITH_VALUE = ("--store", "--limit", "--to", "-o", "--by")


def _shielded(arguments: list[str]) -> list[str]:
    """Keep ``-word`` from being taken for an option, and put the options after the words."""
    if arguments[:1] == ["__complete"]:
        return ["__complete", *(f" {word}" for word in arguments[1:])]
    if arguments[:1] and arguments[0] in _WORDED:
        return _options_last(arguments)
    return arguments


def _options_last(arguments: list[str]) -> list[str]:
    """Put the options after the words; a word that begins with a dash gets a space before it."""
    command, *rest = arguments
    options: list[str] = []
    words: list[str] = []
    while rest:
        argument = rest.pop(0)
        if argument == "--":
            words, rest = words + rest, []
        elif argument in _WITH_VALUE:
            options += [argument, *rest[:1]]
            rest = rest[1:]
        elif argument.startswith("--") or argument == "-h":
            options.append(argument)
        else:
            words.append(argument)
    shielded = [f" {word}" if word[:1] == "-" and word != "-" else word for word in words]
    return [command, *shielded, *options]


def plain_words(words: list[str]) -> str:
    """The words of a note as they were typed, with a space between them."""
    return " ".join(word[1:] if word.startswith(" -") else word for word in words)


def _whole(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value[:9]) > 0 and len(value) < 10):
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number above 0")
    return int(value)


#: The commands a person types.
COMMANDS = tuple(name for name in _COMMANDS if not name.startswith("_"))
