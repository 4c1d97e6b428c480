"""A reader's way through the shipped dossier, by keyboard, in a real terminal."""

import shutil
from pathlib import Path

import pytest

from tests.support import SHIPPED, SMALL, dossier, event, python, write
from tests.terminal.conftest import Start
from tests.terminal.emulator import Terminal

SIZES = [(120, 40), (80, 24), (48, 20)]
NAMES = [f"{columns}x{rows}" for columns, rows in SIZES]


def pane_lines(terminal: Terminal) -> list[str]:
    """The lines of each pane on screen."""
    return terminal.text.replace("││", "\n").splitlines()


def chosen(terminal: Terminal) -> str:
    """What stands under the cursors of the lists on screen."""
    rows = [line.split("▌", 1)[1] for line in pane_lines(terminal) if "▌" in line]
    return " / ".join(" ".join(row.strip("│ ▁▂▃▄▅▆▇█").split()) for row in rows)


@pytest.mark.parametrize(("columns", "rows"), SIZES, ids=NAMES)
def test_region_summit_agreement_text_and_back(start: Start, columns: int, rows: int) -> None:
    terminal = start(columns=columns, rows=rows)
    terminal.until("United States")
    while "United States" not in chosen(terminal):
        step(terminal, "down")
    step(terminal, "right")
    assert "Washington Summit" in terminal.text
    while "Joint Declaration" not in chosen(terminal):
        step(terminal, "down")
    terminal.go("enter", "─ Agreement ─")
    terminal.until("● signed")
    assert "part of" in terminal.text
    assert "Sources differ on" in terminal.text
    read = terminal.text
    while not any(line.strip(" │▐") == "Sources" for line in pane_lines(terminal)):
        step(terminal, "pagedown")
        read += terminal.text
    assert "Nikol Pashinyan  signatory" in read
    terminal.go("g", "part of")
    terminal.go("left", lambda: "Joint Declaration" in chosen(terminal))
    assert "Washington Summit" in terminal.text
    terminal.go("h", lambda: "United States" in chosen(terminal))
    assert "South Caucasus" in terminal.text
    terminal.press("q")
    assert terminal.ended() == 0
    assert terminal.restored


def step(terminal: Terminal, key: str) -> None:
    """Press a key and wait until the screen has changed and come to rest."""
    before = terminal.text
    terminal.go(key, lambda: terminal.text != before)
    terminal.settle(0.1)


@pytest.mark.parametrize(("columns", "rows"), SIZES, ids=NAMES)
def test_it_opens_at_a_record(start: Start, columns: int, rows: int) -> None:
    terminal = start("open", SHIPPED, "--at", "joint-declaration-2025", columns=columns, rows=rows)
    terminal.until("│ declaration · 8 August 2025 · Washington")
    terminal.until("f follow")  # the keys are on the page
    if columns > 60:
        assert "✎ Joint" in chosen(terminal)  # what a first start says may cover the rest


def test_keys_typed_ahead_go_where_they_would_have_gone(start: Start) -> None:
    terminal = start("open", SMALL)
    terminal.press("\x1b[C\x1b[B\x1b[B")  # in one go, before anything is drawn: two events down
    terminal.until(lambda: "Treaty on the passes" in chosen(terminal))
    assert "All" in chosen(terminal)
    terminal.press("\x1b[D\x1b[Bq")
    assert terminal.ended() == 0


def test_resizing_keeps_the_place(explorer: Terminal) -> None:
    explorer.press("2", "G")
    explorer.settle()
    place = chosen(explorer)
    for columns, rows in ((48, 20), (20, 6), (8, 3), (200, 60), (120, 40)):
        explorer.resize(columns, rows)
        explorer.settle()
    explorer.until(lambda: chosen(explorer) == place)
    explorer.press("q")
    assert explorer.ended() == 0


def test_a_region_without_events_says_so(start: Start) -> None:
    terminal = start("open", SMALL)
    terminal.until("quit")
    terminal.go("G", "no events recorded")
    assert "Far Islands" in chosen(terminal)


@pytest.mark.parametrize("key", ["?", "f1"])
def test_help_opens_and_closes(explorer: Terminal, key: str) -> None:
    explorer.go(key, "Look something up")
    explorer.go("escape", lambda: "Look something up" not in explorer.text)


def test_on_a_plain_ascii_locale_nothing_else_is_drawn(start: Start) -> None:
    terminal = start(LC_ALL="C", LANG="C")
    terminal.until("United States")
    terminal.until("quit")
    terminal.settle()
    assert terminal.text.isascii()


def test_on_a_terminal_of_one_byte_a_character_no_half_of_a_letter_is_written(
    start: Start, tmp_path: Path
) -> None:
    path = write(tmp_path / "odd.json", dossier(event(title="Łódź „ś31m” 首脳")))
    terminal = start("open", path, columns=80, rows=24, LC_ALL="C", LANG="C")
    terminal.until("quit")
    for keys in ("a", "ś „首脳”", "\x13", "/śś", "escape", "t", "escape", "?", "escape", "yt"):
        terminal.press(keys)
        terminal.settle()
    assert terminal.output.isascii()
    assert 'Lodz "s31m" ?' in terminal.text


# -- find


def test_find_narrows_goes_there_and_comes_back(start: Start) -> None:
    terminal = start("open", SHIPPED, columns=80, rows=24)
    terminal.until("quit")
    step(terminal, "down")
    before = terminal.text
    terminal.go("/", "words, ")
    for letter in "qebele":
        terminal.press(letter)
    terminal.until("─ qebele · ")
    terminal.until(lambda: "12th OTS summit" in chosen(terminal))  # the best is first
    terminal.settle()
    terminal.press("escape")
    terminal.until(lambda: terminal.text == before)
    terminal.press("/qebele\r")  # in one write, faster than anyone types
    terminal.until("6–7 October 2025")
    terminal.until("quit")
    terminal.settle()
    assert "12th OTS summit, Gabala" in terminal.text
    terminal.go("[", lambda: terminal.text == before)
    terminal.press("q")
    assert terminal.ended() == 0
    assert terminal.restored


def test_what_is_typed_ahead_after_a_slash_reaches_the_bar(start: Start) -> None:
    terminal = start("open", SMALL)
    terminal.press("/gab")  # before the program has even begun to draw
    terminal.until(lambda: any(line.strip() == "/ gab" for line in terminal.lines))
    terminal.until("Summit in Qəbələ")
    terminal.press("ala")
    terminal.until(lambda: any(line.strip() == "/ gabala" for line in terminal.lines))
    terminal.settle()
    terminal.go("down", lambda: "place" in chosen(terminal))


def test_what_was_not_found_is_said_with_what_is_near(start: Start) -> None:
    terminal = start("open", SMALL)
    terminal.until("quit")
    terminal.press("/lotz")
    terminal.until('no "lotz"; showing "lodz"')
    terminal.press("qqq")
    terminal.until('no "lotzqqq"')
    terminal.go("escape", "quit")


def test_letters_are_typed_in_any_script(start: Start) -> None:
    terminal = start("open", SMALL)
    terminal.until("quit")
    for word in ("Qəbələ", "Алиев", "გია"):
        terminal.press("/", word)
        terminal.until(lambda: any(word in line for line in terminal.lines[-3:]))  # noqa: B023
        terminal.until(f"─ {word} · ")
        terminal.press("escape")
        terminal.until("quit")
        terminal.settle()


# -- looks


def test_without_colour_the_cursor_can_still_be_seen(start: Start) -> None:
    terminal = start(NO_COLOR="1")
    terminal.until("United States")
    terminal.until("▌")


def test_python_m_tui_is_the_same_program() -> None:
    assert python("-m", "tui", "--version").stdout.startswith("summitry ")


def test_the_dossier_is_read_again_while_it_is_open(start: Start, tmp_path: Path) -> None:
    path = Path(shutil.copy(SMALL, tmp_path / "mine.json"))
    good = path.read_text("utf-8")
    terminal = start("open", path, "--at", "lodz-accord-2025")
    terminal.until("Łódź Accord on ferries")
    path.write_text(good.replace("Łódź Accord on ferries", "Łódź Accord on tolls"), "utf-8")
    terminal.until("Łódź Accord on tolls")
    path.write_text(good.replace('"title": "Łódź Accord on ferries"', '"title": 5'), "utf-8")
    terminal.until("lodz-accord-2025")
    terminal.until("good one is shown")
    assert "Łódź Accord on tolls" in terminal.text
    path.write_text(good, "utf-8")
    terminal.until("Łódź Accord on ferries")
    terminal.settle()
    assert "good one is shown" not in terminal.text
    terminal.press("q")
    assert terminal.ended() == 0


def test_a_config_file_that_is_wrong_is_one_line(start: Start, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[keys]\n"explorer.find" = "v"\n', "utf-8")
    terminal = start(columns=220, SUMMITRY_CONFIG=str(config))
    assert terminal.ended() == 2
    assert "explorer.find: explorer.group has that key" in " ".join(terminal.text.split())
    config.write_text('[keys]\n"app.quit" = "u"\n', "utf-8")
    terminal = start(SUMMITRY_CONFIG=str(config))
    terminal.until("u quit")
    terminal.press("u")
    assert terminal.ended() == 0
