"""The last picture is on the screen before Textual is loaded, and only where it still holds."""

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import SHIPPED, SMALL, summitry
from tests.terminal.conftest import Start
from tests.terminal.emulator import Terminal
from tests.terminal.key_sequences import PRESSED, drawn
from tui.dossier.dossier import Dossier
from tui.explorer.first_picture import is_harmless
from tui.explorer.key_map import read_keymap
from tui.files import StoreError
from tui.notebook import Notebook, key_of

#: What Textual writes first: all before it is the picture.
BEGINS = b"\x1b[?1000h"
LOCALE = {"LC_ALL": "C.UTF-8"}
#: The explorer, which writes down the place and looks whether something happens more often.
QUICK = """
from tui.explorer import screen, visits
screen.NOTEBOOK_INTERVAL = visits.PLACE_PAUSE = 0.1
from tui.cli import run
run()
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "summitry"


def pictures(cache: Path) -> list[Path]:
    return list(cache.glob("*.picture"))


def leave_with_a_picture(start: Start, cache: Path) -> Path:
    """Go somewhere and leave at once; it is not the first visit."""
    dossier = Dossier.open(SMALL)
    Notebook.open(key_of(dossier)).set_visit(dossier)
    dossier.close()
    visit(start, "down")
    return pictures(cache)[0]


def visit(start: Start, *keys: str) -> None:
    leave(start("open", SMALL, **LOCALE), *keys)


def leave(terminal: Terminal, *keys: str) -> None:
    """Press keys once it is there, and leave at once."""
    terminal.until("quit")
    terminal.press(*(PRESSED.get(key, key) for key in (*keys, "q")))
    assert terminal.ended() == 0


def begun(terminal: Terminal) -> bytes:
    """What was written before Textual wrote."""
    terminal.until(lambda: BEGINS in terminal.output)
    return terminal.output.partition(BEGINS)[0]


def test_the_picture_is_there_first_and_the_first_frame_changes_nothing(
    start: Start, own_cache: Path
) -> None:
    leave_with_a_picture(start, own_cache)
    for keys in (
        ("2", "down"),
        ("3",),
        ("1", "v", "down", "enter"),
        ("/", *"toll", "enter", "left", "escape", "down"),
        (),
    ):
        terminal = start("open", SMALL, **LOCALE)
        assert "─ " in begun(terminal).decode(), f"before {keys}"
        early = terminal.screen.cells()
        terminal.settle(0.6 if keys else 1.5)  # longer than any pause; once than any look
        assert terminal.screen.cells() == early, f"before {keys}:\n{terminal.text}"
        after = terminal.output.partition(BEGINS)[2].decode()
        assert "─" not in after
        leave(terminal, *keys)
        assert terminal.restored


def test_it_is_kept_while_nothing_happens(start: Start, own_cache: Path) -> None:
    leave_with_a_picture(start, own_cache).unlink()
    terminal = start("open", SMALL, program=("-c", QUICK), **LOCALE)
    terminal.until("quit")
    terminal.press("down")
    end = time.monotonic() + 20
    while not pictures(own_cache):
        assert time.monotonic() < end, "no picture was kept"
        terminal.read()
    terminal.settle(0.5)
    early = terminal.screen.cells()
    terminal.kill(signal.SIGKILL)
    terminal.ended()
    terminal = start("open", SMALL, **LOCALE)
    assert "─ " in begun(terminal).decode()
    assert terminal.screen.cells() == early


def test_random_sessions_come_back_to_their_picture(start: Start, own_cache: Path) -> None:
    seed = random.randrange(1 << 32)
    print(f"the random seed is {seed}")
    shown = 0
    for number in range(4):
        terminal = start("open", SHIPPED, **LOCALE)
        if "─ " in begun(terminal).decode("utf-8", "replace"):
            shown += 1
            early = terminal.screen.cells()
            terminal.settle(0.6)
            assert terminal.screen.cells() == early, terminal.text
        terminal.until("quit")
        keys = [*drawn(f"{seed} {number}"), "escape", "escape", "escape", "q", "\x11", "\x11"]
        terminal.press(*(PRESSED.get(key, key) for key in keys))
        assert terminal.ended() == 0
    print(f"{shown} pictures were shown")


def test_keys_typed_before_textual_is_there_act_and_are_not_echoed(
    start: Start, own_cache: Path
) -> None:
    leave_with_a_picture(start, own_cache)
    terminal = start("open", SMALL, **LOCALE)
    terminal.until("─ ")
    assert BEGINS not in terminal.output
    terminal.press("/gab")
    terminal.until(lambda: any(line.strip() == "/ gab" for line in terminal.lines))
    assert b"/gab" not in terminal.output.partition(BEGINS)[0]


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", "utf-8")
    return path


CHANGES: dict[str, Callable[[Path], object]] = {
    "the notebook": lambda home: summitry("mark", "lodz-accord-2025", "--store", SMALL),
    "the config": lambda home: touch(home / "config" / "summitry" / "config.toml"),
    "the theme": lambda home: touch(home / "state" / "summitry" / "theme"),
}


def test_nothing_is_shown_early_once_something_changed(
    start: Start, own_cache: Path, home: Path
) -> None:
    leave_with_a_picture(start, own_cache)
    for name, change in CHANGES.items():
        assert shown_early(start), f"before {name}"
        change(home)
        assert not shown_early(start, "g", "down"), name
    assert shown_early(start), "before the index"
    (index,) = own_cache.glob("*.sqlite")
    os.utime(index)
    assert not shown_early(start), "the index"


def shown_early(start: Start, *keys: str) -> bool:
    """Whether the next start shows a picture; keys are pressed, and it is left."""
    terminal = start("open", SMALL, **LOCALE)
    early = "─" in begun(terminal).decode()
    leave(terminal, *keys)
    return early


def test_settings_changed_while_it_is_open_are_not_shown_as_they_were(
    start: Start, own_cache: Path, home: Path
) -> None:
    leave_with_a_picture(start, own_cache)
    terminal = start("open", SMALL, **LOCALE)
    for name, text, key in (
        ("config/summitry/config.toml", '[keys]\n"app.help" = "f5"\n', "k"),
        ("state/summitry/theme", "light", "j"),
    ):
        terminal.until("quit")
        terminal.settle(1)  # the picture has all words before anything is read
        touch(home / name).write_text(text, "utf-8")
        leave(terminal, key)
        terminal = start("open", SMALL, **LOCALE)
        assert "─" not in begun(terminal).decode(), name


def test_of_two_that_are_left_at_once_the_last_place_is_shown(
    start: Start, own_cache: Path
) -> None:
    leave_with_a_picture(start, own_cache)
    for _ in range(3):
        one, two = start("open", SMALL, **LOCALE), start("open", SMALL, **LOCALE)
        one.until("quit")
        two.until("quit")
        one.press("2", "j")
        two.press("1", "j")
        one.settle()
        two.settle()
        one.press("q")
        two.press("q")
        assert (one.ended(), two.ended()) == (0, 0)
        terminal = start("open", SMALL, **LOCALE)
        if "─ " in begun(terminal).decode():
            early = terminal.screen.cells()
            terminal.settle(0.6)
            assert terminal.screen.cells() == early
        terminal.press("q")
        assert terminal.ended() == 0


def test_nothing_is_shown_early_where_it_would_look_different(
    start: Start, own_cache: Path
) -> None:
    kept = leave_with_a_picture(start, own_cache)
    picture = kept.read_bytes()

    def early(*arguments: str, columns: int = 120, **env: str) -> bool:
        kept.write_bytes(picture)  # leaving keeps another, of how it looked then
        terminal = start("open", SMALL, *arguments, columns=columns, **LOCALE | env)
        found = "─" in begun(terminal).decode()
        terminal.press("q")
        assert terminal.ended() == 0
        return found

    for env in ({"NO_COLOR": "1"}, {"TERM": "xterm"}, {"COLORTERM": ""}, {"LC_ALL": "C"}):
        assert not early(**env), env
    assert not early(columns=110)
    assert not early("--at", "lodz-accord-2025")
    assert early()


def spoil(kept: Path, text: str) -> None:
    head = "\n".join(kept.read_text("utf-8").split("\n")[:2])
    kept.write_text(f"{head}\n{text}", "utf-8")


SPOILT: dict[str, Callable[[Path], object]] = {
    "others may write to it": lambda kept: kept.chmod(0o666),
    "it is cut": lambda kept: kept.write_bytes(kept.read_bytes()[:300]),
    "it is no text": lambda kept: kept.write_bytes(b"\xff" * 1000),
    "it is a pipe": lambda kept: (kept.unlink(), os.mkfifo(kept)),
    "it is a folder": lambda kept: (kept.unlink(), kept.mkdir()),
    "a sequence of its own": lambda kept: spoil(kept, "\x1b]52;c;aGVsbG8=\x07─"),
    "a mode": lambda kept: spoil(kept, "\x1b[?1003h─"),
    "a bidi override": lambda kept: spoil(kept, "─ \u202e"),
    "it is large": lambda kept: spoil(kept, "─" * (1 << 20)),
}


def test_a_picture_that_is_not_ours_is_not_shown(start: Start, own_cache: Path) -> None:
    kept = leave_with_a_picture(start, own_cache)
    picture = kept.read_bytes()

    def whole() -> None:
        """Have the picture as it was kept."""
        if kept.is_dir():
            kept.rmdir()
        kept.unlink(missing_ok=True)
        kept.write_bytes(picture)
        kept.chmod(0o600)

    for how, spoil in SPOILT.items():
        whole()
        spoil(kept)
        assert not shown_early(start), how
    whole()
    assert shown_early(start), "it would have been"


def test_an_ending_while_the_picture_is_alone_restores_the_terminal(
    start: Start, own_cache: Path
) -> None:
    leave_with_a_picture(start, own_cache)
    for number in (signal.SIGTERM, signal.SIGINT):
        terminal = start("open", SMALL, **LOCALE)
        terminal.until(lambda terminal=terminal: b"\x1b[?1049h" in terminal.output)
        terminal.kill(number)
        terminal.ended()
        assert terminal.restored
        assert b"Traceback" not in terminal.output


def test_the_config_turns_it_off(start: Start, own_cache: Path, home: Path) -> None:
    config = touch(home / "config" / "summitry" / "config.toml")
    config.write_text("picture = false\n", "utf-8")
    terminal = start("open", SMALL, program=("-c", QUICK), **LOCALE)
    terminal.until("quit")
    terminal.press("j")
    terminal.settle(1.5)
    terminal.press("q")
    assert terminal.ended() == 0
    assert not pictures(own_cache)


@pytest.mark.parametrize(
    "text", ["", "a\x1b[2Jb", "a\nb", "a\x07", "\x9b1m", "a\u200bb", "\x1b[1;1Ha\x1b[?25h", "\x1b"]
)
def test_a_picture_is_text_places_and_colours(text: str) -> None:
    assert not is_harmless(text)
    assert is_harmless("\x1b[3;7Hone\x1b[1;38;2;9;9;9mtwo\x1b[m")


def test_the_switch_is_true_or_false(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('picture = "no"\n', "utf-8")
    with pytest.raises(StoreError, match="picture: true or false"):
        read_keymap(str(config))
