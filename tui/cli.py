"""The command line: the table of commands, one exit status, never a traceback."""

import os
import signal
import sys
from functools import partial
from importlib import import_module
from types import FrameType
from typing import TYPE_CHECKING, NoReturn, cast

from tui.commands import DECLARED, Command, Options, store_path
from tui.commands.streams import (
    INTERRUPTED,
    NOTHING,
    WRONG,
    complain,
    discard,
    lost_output,
    spell_out,
)
from tui.files import StoreError

if TYPE_CHECKING:
    from argparse import ArgumentParser, _ActionsContainer

#: The commands, each with the module of `tui.commands` that declares it; only that is imported.
COMMANDS = {
    "open": "open",
    "read": "read",
    "serve": "serve",
    "find": "find",
    "timeline": "timeline",
    "show": "show",
    "cite": "cite",
    "diff": "diff",
    "check": "authoring",
    "schema": "authoring",
    "export": "export",
    "new": "authoring",
    "note": "notes",
    "notes": "notes",
    "mark": "notes",
    "import": "import_",
    "completion": "completion",
}
#: What Textual may be told of the colours of a terminal.
_COLOUR_SYSTEMS = ("auto", "standard", "256", "truecolor")
#: After so many seconds a signal is given again, to whatever handler it has by then: one that came
#: in the middle of an import, and one whose exception something took, such as a `__del__`.
_AGAIN_SOON, _AGAIN_LATER = 0.001, 1.0
#: The column in which help says what a field is, behind its example.
_HANG = 22


class UsageError(Exception):
    """A command line that cannot be parsed; the message is one line that says what is wrong."""


def run() -> NoReturn:
    """Run with the arguments of the process, and leave with the exit status."""
    if sys.stdout is None:  # closed by whoever called: what is written goes nowhere
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    try:
        _drop_odd_looks()
        _end_on_signals()
        spell_out(sys.stdout, sys.stderr)
        status = main(sys.argv[1:])
    except (SystemExit, KeyboardInterrupt, RuntimeError) as error:
        status = _status_of(error)
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, 0)
    if status > 128:  # whoever reads may have stopped: nothing more is written
        discard(1)
    try:
        sys.stdout.flush()
    except OSError as error:
        status = lost_output(error)
    raise SystemExit(status)


def _drop_odd_looks() -> None:
    """Have no size or colours of a terminal in the environment that Rich and Textual break on.

    They stumble over COLUMNS=² and fill however many columns they are told.
    """
    for name in ("COLUMNS", "LINES"):
        size = os.environ.get(name, "")
        if not (size.isascii() and size.isdigit() and len(size) < 5):
            os.environ.pop(name, None)
    if os.environ.get("TEXTUAL_COLOR_SYSTEM") not in _COLOUR_SYSTEMS:
        os.environ.pop("TEXTUAL_COLOR_SYSTEM", None)


def _end_on_signals() -> None:
    """Have what ends the process from outside leave in good order; where ignored, it stays so."""
    if sys.platform == "win32":
        return

    def end(number: int, frame: FrameType | None) -> None:
        def again(_: int, frame: FrameType | None) -> None:
            if callable(handler := signal.getsignal(number)):
                handler(number, frame)

        signal.signal(signal.SIGALRM, again)
        if frame and frame.f_code.co_filename.startswith("<frozen importlib"):
            # Here an exception may be lost, or leave the lock of all imports behind it.
            signal.setitimer(signal.ITIMER_REAL, _AGAIN_SOON)
            return
        signal.setitimer(signal.ITIMER_REAL, _AGAIN_LATER)
        raise SystemExit(128 + number)

    # SIGINT, too: asyncio would make of Python's own handler one that a task may swallow.
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT):
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, end)


def _status_of(error: BaseException) -> int:
    """The status of what ends the process: an interruption, a signal or argparse after --help."""
    if isinstance(error, RuntimeError):  # in the middle of the making of a class
        if not isinstance(error.__cause__, SystemExit | KeyboardInterrupt):
            raise error
        error = error.__cause__
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 0
    return INTERRUPTED


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit status. Nothing that goes wrong is a traceback."""
    from tui.dossier.dossier import UnknownId
    from tui.dossier.index_file import is_damage, throw_away
    from tui.dossier.query import QueryError

    try:
        try:
            return _run(arguments)
        except Exception as error:
            if not throw_away(error):
                raise
        try:
            return _run(arguments)
        except Exception as error:
            if not is_damage(error):
                raise
            from tui.folders import cache_folder

            again = f"the index was made anew and is damaged again ({error})"
            return complain(f"{again}; see whether the disk of {cache_folder()} is in order")
    except (UsageError, StoreError, QueryError, UnknownId) as error:
        return complain(str(error), NOTHING if isinstance(error, UnknownId) else WRONG)
    except OSError as error:
        return lost_output(error)
    except MemoryError:
        return complain("there is not enough memory for this")
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: list[str]) -> int:
    """Run the command that `arguments` begin with; without one, the explorer."""
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    if not arguments:
        from tui.commands.open import explore

        return explore(store_path(), "")
    name, *words = arguments
    if name in COMMANDS:
        command = declaration(name)
        return command.run(_parse(name, command, words))
    if name == "__complete":  # asked by the completion of a shell
        from tui.commands.completion import complete

        return complete(words, tuple(COMMANDS), declaration)
    if name.startswith("-"):
        _help_or_version(name)
    from tui.dossier.safe_text import clean_line

    if os.path.exists(name):
        raise UsageError(f"{name} is no command; to explore it: summitry open {name}")
    raise UsageError(f'no command "{clean_line(name)[:80]}"; there is {" ".join(COMMANDS)}')


def declaration(name: str) -> Command:
    """The declaration of a command in the table."""
    import_module(f"tui.commands.{COMMANDS[name]}")
    return DECLARED[name]


def _parse(name: str, command: Command, words: list[str]) -> Options:
    """Parse the `words` after the name of a command; raises UsageError, SystemExit for --help."""
    parser = _parser(f"summitry {name}", command.help)
    groups: dict[str, _ActionsContainer] = {"": parser}
    for argument in command.arguments:
        if argument.group not in groups:
            groups[argument.group] = parser.add_mutually_exclusive_group()
        groups[argument.group].add_argument(*argument.names, **argument.options)
    if any(argument.completes == "query" for argument in command.arguments):
        from tui.dossier.query import FIELDS

        told = (what.rpartition(": ") for what in FIELDS.values())
        rows = [f"{'  ' + example:<{_HANG}}{what}" for what, _, example in told]
        parser.epilog = "\n".join(["fields:", *rows])
    if command.free_words:
        words = _options_first(command, words)
    return parser.parse_args(words, Options())


def _options_first(command: Command, words: list[str]) -> list[str]:
    """Put the options before the words, and ``--`` between them: words may begin with a dash."""
    # -o of export is refused elsewhere, not taken for a word that is not wanted.
    with_value = {"-o"}.union(*(a.names for a in command.arguments if a.takes_value))
    options: list[str] = []
    free: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            free += left
        elif word in with_value:
            options += [word, *([value] if (value := next(left, None)) is not None else [])]
        elif word.startswith("--") or word == "-h":
            options.append(word)
        else:
            free.append(word)
    return [*options, "--", *free] if free else options


def _help_or_version(option: str) -> None:
    """Answer ``summitry --help`` and ``--version``; raises UsageError for any other option."""
    from tui import __version__

    parser = _parser(
        "summitry",
        "Explore a country's diplomacy in the terminal: who agreed what with whom, "
        "when, and who says so. Without a command: the explorer.",
    )
    parser.add_argument("--version", action="version", version=f"summitry {__version__}")
    table = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name in COMMANDS:
        table.add_parser(name, help=declaration(name).help)
    parser.parse_args([option])


def _parser(prog: str, description: str) -> "ArgumentParser":
    """A parser that raises UsageError; made here, as the explorer does without argparse."""
    import argparse

    class Parser(argparse.ArgumentParser):
        def error(self, message: str) -> NoReturn:
            from tui.dossier.safe_text import clean_line

            raise UsageError(f"{clean_line(message)[:300]}; see `{self.prog} --help`")

        def format_help(self) -> str:
            self.formatter_class = Formatter
            return super().format_help()

        def _print_message(self, message: str, file: object = None) -> None:
            sys.stdout.write(message)  # argparse is silent where this fails

    class Formatter(argparse.HelpFormatter):
        def _fill_text(self, text: str, width: int, indent: str) -> str:
            from textwrap import TextWrapper

            wrapper, lines = TextWrapper(width, break_on_hyphens=False), []
            for line in text.splitlines():  # one that is indented goes on below its second column
                wrapper.subsequent_indent = " " * _HANG * line.startswith(" ")
                lines.append(wrapper.fill(line))
            return "\n".join(lines)

    # Each argument is checked by a formatter, which loads much to learn how wide the terminal is.
    narrow = cast("type[Formatter]", partial(Formatter, width=80))
    return Parser(prog=prog, description=description, allow_abbrev=False, formatter_class=narrow)
