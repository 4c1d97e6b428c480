"""Reading as it is done: along links and back, with marks, sources and what is taken away."""

import base64
import re
from pathlib import Path

import pytest

from tests.support import SHIPPED
from tests.terminal.conftest import Start
from tests.terminal.emulator import Terminal

DECLARATION = "Joint Declaration"


def reading(start: Start, columns: int = 120, rows: int = 40, **env: str) -> Terminal:
    """The page of the Joint Declaration, with the keys on it."""
    arguments = ("open", SHIPPED, "--at", "joint-declaration-2025")
    terminal = start(*arguments, columns=columns, rows=rows, **env)
    terminal.until("quit")
    terminal.go("3", "f follow")
    terminal.until("● signed")
    terminal.settle(0.1)
    return terminal


def step(terminal: Terminal, key: str) -> str:
    """Press a key and wait until what it does has been drawn; returns what is shown then."""

    def look() -> tuple[str, str]:
        return terminal.text, chosen(terminal)

    before = look()
    terminal.go(key, lambda: look() != before)
    terminal.settle(0.1)
    return terminal.text


def letter_on(terminal: Terminal, name: str) -> str:
    """The letter shown in the place of the first one of `name`, told by its look."""
    for y, line in enumerate(terminal.screen.display):
        x = line.find(name[1:]) - 1
        if x >= 0 and terminal.screen.buffer[y][x].reverse:
            return terminal.screen.buffer[y][x].data
    raise AssertionError(f"no letter on {name!r}:\n{terminal.text}")


def chosen(terminal: Terminal) -> str:
    """The words of the link that is chosen, told by their look."""
    cells = [terminal.screen.buffer[y][x] for y in range(terminal.screen.lines)
             for x in range(terminal.screen.columns)]  # fmt: skip
    return "".join(cell.data for cell in cells if cell.bold and cell.underscore)


def boxed(terminal: Terminal) -> list[str]:
    """What the rows of the dialog in the middle of 120 columns say, once all of it is there."""
    display = terminal.screen.display
    edges = [y for y, line in enumerate(display) if line[22] in "╭╰"]
    if len(edges) != 2:
        return []
    rows = [line[23:97].strip(" ▌") for line in display[edges[0] + 1 : edges[1]]]
    return [row for row in rows if row]


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (48, 20)], ids=["120x40", "48x20"])
def test_from_the_declaration_to_pashinyan_to_prague_and_back(
    start: Start, columns: int, rows: int
) -> None:
    terminal = reading(start, columns, rows)
    step(terminal, "j")
    declaration = step(terminal, "j")
    assert "part of Washington Summit" in declaration
    assert "declaration · 8 August 2025" not in declaration, "it is scrolled"
    while "Nikol Pashinyan  signatory" not in declaration:
        declaration = step(terminal, "j")
    step(terminal, "f")
    terminal.go(letter_on(terminal, "Nikol Pashinyan"), "Prime Minister of Armenia")
    while "Prague quadrilateral" not in terminal.text:
        step(terminal, "pagedown")
    for _ in range(40):
        if chosen(terminal).startswith("Prague quadrilateral"):
            break
        step(terminal, "down")
    pashinyan = terminal.text
    assert "Prime Minister of Armenia" not in pashinyan or columns > 100, "it is scrolled"
    terminal.go("enter", "─ Meeting ─")
    terminal.settle(0.1)
    prague = terminal.text
    assert "Prague quadrilater" in prague.splitlines()[-1 if columns > 60 else 0]
    assert "6 October 2022" in prague
    terminal.go("[", lambda: terminal.text == pashinyan)
    terminal.go("[", lambda: terminal.text == declaration)
    terminal.go("]", lambda: terminal.text == pashinyan)
    terminal.go("]", lambda: terminal.text == prague)
    terminal.press("q")
    assert terminal.ended() == 0


def test_marking_looking_up_and_taking_away(start: Start, home: Path) -> None:
    opened = home / "opened"
    browser = home / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{opened}"\n', "utf-8")
    browser.chmod(0o755)
    terminal = reading(start, BROWSER=f"{browser} %s")

    terminal.go("m", "marked: Joint Declaration")
    terminal.go("J", lambda: DECLARATION not in terminal.lines[-1])
    terminal.go("'", "Marks and notes")
    terminal.until(lambda: [row.split()[0::6] for row in boxed(terminal)] == [["Joint", "marked"]])
    terminal.go("enter", lambda: DECLARATION in terminal.lines[-1])

    terminal.go("c", "Claim 1 of ")
    terminal.until("publisher")
    terminal.go("j", "Claim 2 of ")
    terminal.go("escape", lambda: "Claim 2 of " not in terminal.text)

    terminal.go("y", "Take away")
    terminal.go("c", "of which source?")
    terminal.until("▌all ")
    terminal.go("enter", "citation copied")
    terminal.settle(0.1)
    (copied,) = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", terminal.output)
    words = base64.b64decode(copied).decode()
    assert "“How Azerbaijan reshaped South Caucasus geopolitics,” News.Az" in words
    assert "https://news.az/news/how-azerbaijan-reshaped-south-caucasus-geopolitics" in words
    (file,) = home.rglob("clipboard.txt")
    assert file.read_text("utf-8") == words
    assert file.name in terminal.text, "the file is named"

    def asked() -> bool:
        address = "".join(boxed(terminal))
        return "Open in the browser?" in terminal.text and address in words and "://" in address

    terminal.go("o", asked)
    terminal.go("escape", lambda: "Open in the browser?" not in terminal.text)
    terminal.read(0.2)
    assert not opened.exists(), "Esc leaves it"
    terminal.go("o", asked)
    address = "".join(boxed(terminal))
    terminal.press("y")
    terminal.until(lambda: opened.exists() and opened.read_text("utf-8") == address)

    terminal.go("p", "Where you are")
    steps = ["Regions", "South", "Washington", "Joint"]
    terminal.until(lambda: [row.split()[0] for row in boxed(terminal)] == steps)
    terminal.press("escape")
    terminal.until(lambda: "Where you are" not in terminal.text)

    terminal.go("z", lambda: "─ Regions ─" not in terminal.text)
    assert DECLARATION in terminal.text
    terminal.go("z", "─ Regions ─")


def test_links_can_be_told_without_colour(start: Start) -> None:
    looks = {}
    for plain in (False, True):
        terminal = reading(start, **({"NO_COLOR": "1"} if plain else {}))
        y, line = next((y, line) for y, line in enumerate(terminal.lines) if "signatory" in line)
        row, x = terminal.screen.buffer[y], line.index("Ilham Aliyev")
        looks[plain] = row[x].underscore, row[line.index("signatory")].underscore
        if plain:
            shades = {row[column].fg for column in (x, line.index("signatory"))}
            assert all(len({shade[i : i + 2] for i in (0, 2, 4)}) == 1 for shade in shades)
    assert looks == {False: (False, False), True: (True, False)}
