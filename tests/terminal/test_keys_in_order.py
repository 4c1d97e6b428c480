"""Keys act in the order they are typed, however fast: the same screen comes as one by one.

The long form, with as many sequences as one likes, is `tests/bench/keys_in_order.py`.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from tests.support import SHIPPED
from tests.terminal.key_sequences import PRESSED, Pair, drawn

SIZES = [(120, 40), (80, 24), (48, 20)]
SEEDS = range(5)
Given = TypeVar("Given")


def pair_of(folder: Path, name: object, columns: int = 80, rows: int = 24) -> Pair:
    return Pair(folder / str(name), "open", SHIPPED, columns=columns, rows=rows)


def at_once(
    do: Callable[[Pair, Given], object], pairs: Sequence[Pair], given: Sequence[Given]
) -> None:
    """Do something with each pair and what it is given, at the same time: mostly they wait.

    The pairs are there already, as no process is to be begun beside a thread.
    """

    def do_and_leave(pair: Pair, given: Given) -> None:
        with pair:
            do(pair, given)

    with ThreadPoolExecutor(len(pairs)) as pool:
        for done in [pool.submit(do_and_leave, *both) for both in zip(pairs, given, strict=True)]:
            done.result()


def send(pair: Pair, name: object, keys: list[str], apart: float = 0) -> None:
    """Send keys; then both screens are the same."""
    pair.send(keys, apart=apart)
    size = f"{pair.burst.screen.columns}x{pair.burst.screen.lines}"
    assert not pair.differences(), f"{size}, {name}: {keys}\n{pair.differences()}"


def test_random_sequences_in_one_write(tmp_path: Path) -> None:
    at_random = random.randrange(1 << 32)
    print(f"the random seed is {at_random}")

    def send_all(pair: Pair, seeds: Iterable[int]) -> None:
        send(pair, "two down and in", ["1", "g", "down", "down", "right"])
        if pair.burst.screen.columns == 120:  # there is room to say where one is
            assert pair.burst.lines[-1].startswith(" Regions › Turkic World › ")
        for seed in seeds:
            send(pair, f"seed {seed}", drawn(seed))

    pairs = [pair_of(tmp_path, size, *size) for size in SIZES]
    at_once(send_all, pairs, [(*SEEDS, at_random)] * len(SIZES))


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


def test_sequences_that_went_wrong_once(tmp_path: Path) -> None:
    def send_all(pair: Pair, names: list[str]) -> None:
        for name in names:
            send(pair, name, [*NAMED[name], "escape"])

    parts = [list(NAMED)[first::4] for first in range(4)]
    at_once(send_all, [pair_of(tmp_path, part[0]) for part in parts], parts)


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


def test_text_is_typed_and_edited_in_order(tmp_path: Path) -> None:
    def send_all(pair: Pair, opens: str) -> None:
        for keys in TYPED:
            send(pair, opens, ["escape", opens, *keys])
            if keys is TYPED[0]:
                assert "gabala" in pair.burst.text

    find_note_palette = ["/", "a", "ctrl+p"]
    at_once(send_all, [pair_of(tmp_path, n) for n in range(3)], find_note_palette)


def test_keys_a_moment_apart(tmp_path: Path) -> None:
    def send_all(pair: Pair, apart: float) -> None:
        for name in ("down to a region and in", "find, choose, open, back", "mark and unmark"):
            send(pair, f"{name}, {apart} s apart", NAMED[name], apart)
        for seed in range(3):
            send(pair, f"seed {seed}, {apart} s apart", drawn(seed), apart)

    at_once(send_all, [pair_of(tmp_path, n) for n in range(2)], [0.02, 0.05])


def test_keys_before_the_first_frame_wait_for_it(tmp_path: Path) -> None:
    sequences = [
        ["down", "down", "right", "down"],
        ["/", *"gba", "backspace", "backspace", *"abala", "enter"],
        ["2", "j", "enter", "left", "j"],
        ["t", "right", "enter", "j"],
    ]
    pairs = []
    for number, keys in enumerate(sequences):
        pairs.append(pair_of(tmp_path, number))
        pairs[-1].burst.process.send("".join(PRESSED.get(key, key) for key in keys))

    def send_rest(pair: Pair, keys: list[str]) -> None:
        pair.send_single(keys)
        pair.rest()
        assert not pair.differences(), f"{keys}\n{pair.differences()}"

    at_once(send_rest, pairs, sequences)
