"""What nothing must break: hostile dossiers, terminals and moments, by one command.

Each part is a function of a number of trials, a source of chance and a folder of its own, which
yields for each trial what went wrong, "" where nothing did.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

Trials = Iterator[str]
Run = Callable[[int, random.Random, Path], Trials]


class Part(NamedTuple):
    """A part of the long form, with the trials of the long form and of the short one."""

    run: Run
    long: int
    short: int
