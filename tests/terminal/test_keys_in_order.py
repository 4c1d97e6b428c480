"""Keys act in the order they are typed, however fast: the same screen comes as one by one.

The long form, with as many sequences as one likes, is `tests/bench/keys_in_order.py`.
"""

import random
from pathlib import Path

import pytest

from tests.support import SHIPPED
from tests.terminal.key_sequences import PRESSED, Pair, drawn

SIZES = [(120, 40), (80, 24), (48, 20)]
NAMES = [f"{columns}x{rows}" for columns, rows in SIZES]
SEEDS = range(5)


@pytest.fixture(params=SIZES, ids=NAMES)
def pair(request: pytest.FixtureRequest, tmp_path: Path):  # type: ignore[no-untyped-def]
    columns, rows = request.param
    with Pair(tmp_path, "open", SHIPPED, columns=columns, rows=rows) as pair:
        yield pair


def test_random_sequences_in_one_write(pair: Pair) -> None:
    at_random = random.randrange(1 << 32)
    print(f"the random seed is {at_random}")
    for seed in (*SEEDS, at_random):
        keys = drawn(seed)
        pair.send(keys)
        assert not pair.differences(), f"seed {seed}: {keys}\n{pair.differences()}"


NAMED = {
    "down to a region and in": ["1", "g", "down", "down", "right"],
    "seven down and in": ["1", "g", *["down"] * 7, "right"],
    "a cell of who met whom": ["w", "v", "down", "right", "enter"],
    "find, choose, open, back": ["/", *"gas", "down", "enter", "left"],
    "find, keep, edit, take away": [
        "1",
        "/",
        *"gas",
        "enter",
        "h",
        "j",
        "/",
        *" eu",
        "enter",
        "n",
        "N",
        "left",
        "escape",
    ],
    "earlier queries": ["/", *"gas", "enter", "left", "escape", "/", "up", "up", "enter", "j"],
    "find over the timeline, and back to it": ["t", "/", *"gabala", "escape", "right", "escape"],
    "find over the map, a place as the list": [
        "M",
        "/",
        *"gabala",
        "escape",
        "right",
        "+",
        "enter",
        "j",
        "left",
        "escape",
    ],
    "find in zen": ["3", "z", "/", *"gabala", "down", "enter", "j", "z", "left", "escape"],
    "a region within what was found": ["/", *"gas", "enter", "1", "j", "j", "right", "j", "escape"],
    "the left pane's filter": ["1", "ctrl+f", *"ca", "down", "enter", "j", "right", "1", "escape"],
    "a filter that is left": ["v", "a", "1", "ctrl+f", *"ali", "escape", "j", "v", "r"],
    "the order, twice": ["2", "g", "s", "j", "j", "s", "j", "s", "s"],
    "the order of what was found": ["/", *"gas", "enter", "h", "s", "j", "s", "s", "escape"],
    "groups by letter and by arrows": [
        "v",
        "y",
        "j",
        "v",
        "down",
        "enter",
        "v",
        "escape",
        "v",
        "r",
    ],
    "events and the page": ["2", "j", "j", "j", "j", "3"],
    "letters on links": ["3", "g", "f", "down", "down", "enter"],
    "a letter on a link from the regions": ["1", "f", "a", "[", "]"],
    "a dialog that two keys reach": ["y", "k", "k"],
    "escape and a letter": ["t", "escape", "n", "escape", "[", "j"],
    "mark and unmark": ["m", "m", "m", "'", "enter"],
    "a note and on": ["a", *"two words", "escape", "j", "a", "tab", "tab", "escape"],
    "the end in zen, a wider measure, and out": ["3", "z", "end", "+", "shift+tab", "3"],
    "palette": ["ctrl+p", *"next ev", "enter", "ctrl+p", "down", "up", "escape"],
    "help over a chart": ["t", "?", "j", "q", "q", "w", "q"],
}


@pytest.mark.parametrize("part", range(4))
def test_sequences_that_went_wrong_once(tmp_path: Path, part: int) -> None:
    with Pair(tmp_path, "open", SHIPPED, columns=80, rows=24) as pair:
        for name, keys in list(NAMED.items())[part::4]:
            pair.send([*keys, "escape"])
            assert not pair.differences(), f"{name}: {keys}\n{pair.differences()}"


def test_two_down_and_in_is_the_second_region(tmp_path: Path) -> None:
    with Pair(tmp_path, "open", SHIPPED, columns=120, rows=40) as pair:
        pair.send(["1", "g", "down", "down", "right"])
        assert pair.burst.lines[-1].startswith(" Regions › Turkic World › ")


TYPED = [
    [*"gba", "backspace", "backspace", *"abala"],
    [*"gabala", "ctrl+u", *"tianjin"],
    [*"baku tianjin", "left", "left", "ctrl+w", *"xy", "home", *"on ", "end", "backspace"],
    ["paste", *"ala", "home", "paste", "delete", "ctrl+left", "ctrl+d", "paste"],
    [
        *"aliyev",
        "home",
        "right",
        "right",
        "backspace",
        "backspace",
        *"əl",
        "end",
        "ctrl+u",
        "paste",
    ],
]


@pytest.mark.parametrize("opened", [["/"], ["a"], ["ctrl+p"]], ids=["find", "note", "palette"])
def test_text_is_typed_and_edited_in_order(tmp_path: Path, opened: list[str]) -> None:
    with Pair(tmp_path, "open", SHIPPED, columns=80, rows=24) as pair:
        for keys in TYPED:
            pair.send([*opened, *keys])
            assert not pair.differences(), f"{keys}\n{pair.differences()}"
            if keys is TYPED[0]:
                assert "gabala" in pair.burst.text
            pair.send(["escape"])


@pytest.mark.parametrize("apart", [0.02, 0.05])
def test_keys_a_moment_apart(tmp_path: Path, apart: float) -> None:
    with Pair(tmp_path, "open", SHIPPED, columns=80, rows=24) as pair:
        for name in ("down to a region and in", "find, choose, open, back", "mark and unmark"):
            pair.send(NAMED[name], apart=apart)
            assert not pair.differences(), f"{name}\n{pair.differences()}"
        for seed in range(3):
            pair.send(drawn(seed), apart=apart)
            assert not pair.differences(), f"seed {seed}\n{pair.differences()}"


@pytest.mark.parametrize(
    "keys",
    [
        ["down", "down", "right", "down"],
        ["/", *"gba", "backspace", "backspace", *"abala", "enter"],
        ["2", "j", "enter", "left", "j"],
        ["t", "right", "enter", "j"],
    ],
    ids=" ".join,
)
def test_keys_before_the_first_frame_wait_for_it(tmp_path: Path, keys: list[str]) -> None:
    pair = Pair(tmp_path, "open", SHIPPED, columns=80, rows=24)
    pair.burst.process.send("".join(PRESSED.get(key, key) for key in keys))
    with pair:
        pair.send_single(keys)
        pair.rest()
        assert not pair.differences(), f"{keys}\n{pair.differences()}"
