"""The explorer in a real terminal."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

import pytest

from tests.support import SHIPPED
from tests.terminal.emulator import Terminal

Start = Callable[..., Terminal]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts `summitry` with some arguments in a terminal of some size."""
    with ExitStack() as stack:

        def start_(
            *arguments: object,
            columns: int = 120,
            rows: int = 40,
            program: Sequence[str] = ("-m", "tui"),
            **env: str,
        ) -> Terminal:
            terminal = Terminal(*program, *arguments, columns=columns, rows=rows, env=env)
            return stack.enter_context(terminal)

        yield start_


@pytest.fixture
def explorer(start: Start) -> Terminal:
    """The explorer on the shipped dossier, ready for keys."""
    terminal = start("open", SHIPPED)
    terminal.until("United States")
    terminal.until("quit")
    return terminal
