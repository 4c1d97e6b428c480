"""Whatever is typed, clicked, pasted and resized, the explorer lives and gives the terminal back.

The long form is `tests/bench/random_input.py`.
"""

import random
from pathlib import Path

import pytest

from tests.support import SHIPPED
from tests.terminal.random_input import survive, written


@pytest.mark.parametrize("name", ["shipped", "one", "none"])
def test_random_input_is_survived(tmp_path: Path, name: str) -> None:
    path = SHIPPED if name == "shipped" else written(tmp_path, name)
    at_random = random.randrange(1 << 32)
    print(f"the random seed is {at_random}")
    for seed in (1, at_random):
        assert survive(tmp_path, path, seed, 250) == ""
