"""Keys act in the order they are typed, however fast: the same screen comes as one by one.

The long form, with as many sequences as one likes, is `tests/bench/keys_in_order.py`.
"""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.support import SHIPPED
from tests.terminal.key_sequences import PRESSED, Pair, drawn

SIZES = [(120, 40), (80, 24), (48, 20)]
SEEDS = range(5)


def pair_of(folder: Path, name: object, columns: int = 80, rows: int = 24) -> Pair:
    return Pair(folder / str(name), "open", SHIPPED, columns=columns, rows=rows)


def at_once(*works: tuple[Pair, Callable[[Pair], object]]) -> None:
    """Do something with each of several pairs at the same time: mostly they wait.

    The pairs are there already, as no process is to be begun beside a thread.
    """

    def do_and_leave(pair: Pair, do: Callable[[Pair], object]) -> None:
        with pair:
            do(pair)

    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(do_and_leave, *work) for work in works]:
            done.result()


def send(pair: Pair, name: object, keys: list[str], apart: float = 0) -> None:
    """Send keys; then both screens are the same."""
    pair.send(keys, apart=apart)
    size = f"{pair.burst.screen.columns}x{pair.burst.screen.lines}"
    assert not pair.differences(), f"{size}, {name}: {keys}\n{pair.differences()}"


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


def test_sequences_in_one_write(tmp_path: Path) -> None:
    """Random ones at each size, and some that went wrong once."""
    at_random = random.randrange(1 << 32)
    print(f"the random seed is {at_random}")

    def send_random(pair: Pair) -> None:
        send(pair, "two down and in", ["1", "g", "down", "down", "right"])
        if pair.burst.screen.columns == 120:  # there is room to say where one is
            assert pair.burst.lines[-1].startswith(" Regions › Turkic World › ")
        for seed in (*SEEDS, at_random):
            send(pair, f"seed {seed}", drawn(seed))

    def send_named(names: list[str], pair: Pair) -> None:
        for name in names:
            send(pair, name, [*NAMED[name], "escape"])

    parts = [list(NAMED)[first::4] for first in range(4)]
    at_once(
        *((pair_of(tmp_path, size, *size), send_random) for size in SIZES),
        *((pair_of(tmp_path, part[0]), partial(send_named, part)) for part in parts),
    )


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


def test_text_is_typed_and_edited_and_keys_act_a_moment_apart(tmp_path: Path) -> None:
    def type_text(opens: str, pair: Pair) -> None:
        for keys in TYPED:
            send(pair, opens, ["escape", opens, *keys])
            if keys is TYPED[0]:
                assert "gabala" in pair.burst.text

    def send_apart(apart: float, pair: Pair) -> None:
        for name in ("down to a region and in", "find, choose, open, back", "mark and unmark"):
            send(pair, f"{name}, {apart} s apart", NAMED[name], apart)
        for seed in range(3):
            send(pair, f"seed {seed}, {apart} s apart", drawn(seed), apart)

    opens = (("find", "/"), ("note", "a"), ("palette", "ctrl+p"))
    at_once(
        *((pair_of(tmp_path, place), partial(type_text, key)) for place, key in opens),
        *((pair_of(tmp_path, apart), partial(send_apart, apart)) for apart in (0.02, 0.05)),
    )


def test_keys_before_the_first_frame_wait_for_it(tmp_path: Path) -> None:
    sequences = [
        ["down", "down", "right", "down"],
        ["/", *"gba", "backspace", "backspace", *"abala", "enter"],
        ["2", "j", "enter", "left", "j"],
        ["t", "right", "enter", "j"],
    ]

    def send_rest(keys: list[str], pair: Pair) -> None:
        pair.send_single(keys)
        pair.rest()
        assert not pair.differences(), f"{keys}\n{pair.differences()}"

    works = []
    for number, keys in enumerate(sequences):
        pair = pair_of(tmp_path, number)
        pair.burst.process.send("".join(PRESSED.get(key, key) for key in keys))
        works.append((pair, partial(send_rest, keys)))
    at_once(*works)
