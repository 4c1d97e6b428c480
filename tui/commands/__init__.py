"""The commands, one module each: their help, arguments and completion are declared where they run.

This is what they are declared with, and how they find the dossier to read.
"""

import os
from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.dossier.vocabulary import SORTS
from tui.folders import shipped

if TYPE_CHECKING:
    from tui.dossier.conditions import Kept
    from tui.dossier.dossier import Dossier
    from tui.dossier.query import Query

#: The values of a command's arguments, by their names.
Options = SimpleNamespace


class Argument:
    """An argument of a command: its names, and the `options` of argparse's ``add_argument``.

    `completes` is what a shell offers for it beside its choices: "id", "query" or nothing.
    Of the arguments with the same `group` only one may be given.
    """

    def __init__(self, *names: str, completes: str = "", group: str = "", **options: Any) -> None:
        self.names, self.completes, self.group, self.options = names, completes, group, options
        self.is_option = names[0].startswith("-")
        self.takes_value = self.is_option and "action" not in options


class Command(NamedTuple):
    """A command: one line of help, its arguments, and the function that runs it.

    A command with a query tells at the end of its help what its fields are.

    With `free_words` its words may begin with a dash and stand between options.
    """

    help: str
    arguments: tuple[Argument, ...]
    free_words: bool
    run: Callable[[Options], int]


#: The commands whose modules have been imported, by name.
DECLARED: dict[str, Command] = {}


def command(
    name: str, *arguments: Argument, free_words: bool = False
) -> Callable[[Callable[[Options], int]], Callable[[Options], int]]:
    """Declare the function below as a command: it takes the options, and returns the status.

    The first line of its docstring is the help.
    """

    def declare(run: Callable[[Options], int]) -> Callable[[Options], int]:
        help_ = (run.__doc__ or name).partition("\n")[0].removesuffix(".")
        DECLARED[name] = Command(help_[0].lower() + help_[1:], arguments, free_words, run)
        return run

    return declare


def flag(name: str, help_: str, group: str = "") -> Argument:
    """Declare an option without a value."""
    return Argument(name, group=group, action="store_true", help=help_)


def number(name: str, metavar: str, help_: str) -> Argument:
    """Declare an option whose value is a whole number above 0."""
    return Argument(name, type=_positive, metavar=metavar, help=help_)


def query_words(help_: str) -> Argument:
    """Declare the words of a query."""
    return Argument("query", nargs="*", metavar="QUERY", completes="query", help=help_)


def _positive(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value[:9]) > 0 and len(value) < 10):
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"{value!r} is not a whole number above 0")
    return int(value)


# Arguments of several commands.
FILE = Argument("file", nargs="?", metavar="FILE", help="a dossier; the shipped one if none")
STORE = Argument("--store", metavar="FILE", help="the dossier (or SUMMITRY_STORE)")
ONE_ID = Argument("id", metavar="ID", completes="id", help="an id; may be shortened while unique")
JSON = flag("--json", "one JSON array")
SORT = Argument("--sort", choices=SORTS, metavar="ORDER", default="best", help=" · ".join(SORTS))
FORCE = flag("--force", "write over a file that is there")


def store_path(named: str | None = None) -> str:
    """The path of the dossier to read: the one named, the environment's, or the shipped one."""
    return named if named is not None else os.environ.get("SUMMITRY_STORE") or shipped()


def open_dossier(options: Options) -> "Dossier":
    """Open the dossier that the command line names; raises StoreError."""
    from tui.commands.streams import progress, say
    from tui.dossier.dossier import Dossier
    from tui.folders import cache_folder

    dossier = Dossier.open(store_path(options.store), progress())
    if not (dossier.kept or os.path.isabs(cache_folder())):
        say("index kept in memory: there is no home folder to keep it in")
    return dossier


def kept(query: "Query", dossier: "Dossier") -> "Kept":
    """The ids that ``is:marked noted new`` mean; empty where `query` asks for none of them."""
    if not any(term.is_kept for term in query.terms):
        return {}
    from tui.commands.streams import say
    from tui.notebook import Notebook, key_of

    notebook = Notebook.open(key_of(dossier))
    say(*notebook.take_notices())
    return {**notebook.kept(), "new": notebook.news(dossier).ids}
