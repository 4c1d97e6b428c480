"""The commands, one module each: their help, arguments and completion are declared where they run.

This is what they are declared with, and how they find the dossier to read.
"""

import os
from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.files import shipped

if TYPE_CHECKING:
    from tui.dossier.dossier import Dossier

#: The exit status of a command.
FOUND, NOTHING, WRONG, INTERRUPTED = 0, 1, 2, 130

#: The values of a command's arguments, by their names.
Options = SimpleNamespace


class Argument(NamedTuple):
    """An argument of a command: its names, and what argparse is told of it.

    `completes` is what a shell offers for it beside its choices: "id", "query" or nothing.
    Of the arguments with the same `group` only one may be given.
    """

    names: tuple[str, ...]
    completes: str
    group: str
    options: dict[str, Any]

    @property
    def is_option(self) -> bool:
        """Whether it is given by a name that begins with a dash."""
        return self.names[0].startswith("-")

    @property
    def takes_value(self) -> bool:
        """Whether it is an option that a value follows."""
        return self.is_option and "action" not in self.options


class Command(NamedTuple):
    """A command: one line of help, its arguments, and the function that runs it.

    With `free_words` its words may begin with a dash and stand between options.
    """

    help: str
    arguments: tuple[Argument, ...]
    free_words: bool
    run: Callable[[Options], int]


#: The commands whose modules have been imported, by name.
DECLARED: dict[str, Command] = {}


def command(
    name: str, help_: str, *arguments: Argument, free_words: bool = False
) -> Callable[[Callable[[Options], int]], Callable[[Options], int]]:
    """Declare the function below as a command: it takes the options, and returns the status."""

    def declare(run: Callable[[Options], int]) -> Callable[[Options], int]:
        DECLARED[name] = Command(help_, arguments, free_words, run)
        return run

    return declare


def argument(*names: str, completes: str = "", group: str = "", **options: Any) -> Argument:
    """Declare an argument; `options` are those of argparse's ``add_argument``."""
    return Argument(names, completes, group, options)


def flag(name: str, help_: str, group: str = "") -> Argument:
    """Declare an option without a value."""
    return argument(name, group=group, action="store_true", help=help_)


def query_words(help_: str) -> Argument:
    """Declare the words of a query."""
    return argument("query", nargs="*", metavar="QUERY", completes="query", help=help_)


def positive(value: str) -> int:
    """Read a whole number above 0: the `type` of an argument."""
    if not (value.isascii() and value.isdigit() and int(value[:9]) > 0 and len(value) < 10):
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"{value!r} is not a whole number above 0")
    return int(value)


# Arguments of several commands.
STORE = argument("--store", metavar="FILE", help="the dossier (or SUMMITRY_STORE)")
ONE_ID = argument("id", metavar="ID", completes="id", help="an id; may be shortened while unique")
JSON = flag("--json", "one JSON array")
FORCE = flag("--force", "write over a file that is there")


def store_path(named: str | None = None) -> str:
    """The path of the dossier to read: the one named, the environment's, or the shipped one."""
    if named is not None:
        return named
    return os.environ.get("SUMMITRY_STORE") or shipped()


def open_dossier(options: Options) -> "Dossier":
    """Open the dossier that the command line names; raises StoreError."""
    from tui.commands.streams import progress
    from tui.dossier.dossier import Dossier

    return Dossier.open(store_path(options.store), progress())
