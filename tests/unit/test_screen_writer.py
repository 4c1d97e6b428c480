"""What the writer sends makes the same screen as all that is written, in far fewer bytes."""

import re
from unicodedata import category

import pyte
import pyte.screens
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.cells import CellScreen
from tui.explorer.screen_writer import ScreenWriter

COLUMNS, ROWS = 24, 6
ODD = [
    "❤️", "👍🏽", "👩‍❤️‍👨", "🇦🇿", "1️⃣", "မြန်မာ", "हिन्दी", "e\u0301", "سلام", "ﷺ", "Ẓ\u0323", "🎉",
    "ក្រុង", "\u1112\u1161\u11ab", "\u304b\u3099", "\u00ad", "א", "⌚", "a\u200db", "தமிழ்",
]  # fmt: skip

pens = st.sampled_from([
    "", "1", "3", "4", "7", "9", "2", "1;4;31", "38;5;208", "48;5;17", "92;44",
    "38;2;224;224;224;48;2;18;18;18", "1;38;2;254;166;43;48;2;18;18;18", "0;32", "39;49", "7;35",
])  # fmt: skip
letters = st.sampled_from("ab Zé–│─╭▌ ●✎  ёə日本가▁…\u00a0 ")
texts = st.text(letters, max_size=14) | st.sampled_from([" " * 9, " " * 16, "─" * 12, ""])


@st.composite
def strips(draw: st.DrawFn) -> str:
    """Some styled text at a place, as Textual writes it; now and then wider than the screen."""
    y, x = draw(st.integers(1, ROWS)), draw(st.integers(1, COLUMNS))
    written, room = [f"\x1b[{y};{x}H"], COLUMNS - x + 1
    for _ in range(draw(st.integers(1, 5))):
        text, codes = draw(texts), draw(pens)
        while cell_len(text) > room:
            text = text[:-1]
        room -= cell_len(text)
        written.append(f"\x1b[{codes}m{text}\x1b[0m" if codes else text)
    if draw(st.integers(0, 9)) == 0 and y < ROWS:
        written.append("\n")
    return "".join(written)


@st.composite
def frames(draw: st.DrawFn) -> str:
    """A whole screen or parts of one, and the cursor's place after it."""
    if draw(st.integers(0, 4)) == 0:
        codes = draw(pens)
        parts = [f"\x1b[{y};1H\x1b[{codes}m{draw(texts).ljust(COLUMNS)[:COLUMNS // 2]}\x1b[0m"
                 for y in range(1, ROWS + 1)]  # fmt: skip
    else:
        parts = draw(st.lists(strips(), min_size=1, max_size=5))
    frame = "".join(parts) + f"\x1b[{draw(st.integers(1, ROWS))};{draw(st.integers(1, COLUMNS))}H"
    return f"\x1b[?2026h{frame}\x1b[?2026l" if draw(st.booleans()) else frame


# What Textual may write that changes no cell, and what is not understood.
others = st.sampled_from([
    "\x1b[?25h", "\x07", "\x1b[?1004h", "\x1b]22;pointer\x07", "\x1b[2J", "\x1b[1K", "\x1b[L",
    "\x1b[3;1HA\x1b[2B!", "\x1b[4;38;2;1mX\x1b[0m", "\x1b[2;22Htoo long a text for its row",
    "\x1b[6;1H\n", "\x1b[3;3Ha\tb", "\x1b7\x1b[5;5H\x1b8", "\x1b[31mred until told",
    "\x1b[99;3Hbelow", "\x1b[2;5r\x1b[r", "\x1b[4;2Hx\x1b[1m\u0301after\x1b[0m",
])  # fmt: skip


class Shown(CellScreen):
    """A screen behind a terminal's line discipline, which adds the return to a line feed."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, ROWS)
        self._stream = pyte.Stream(self)
        self.write("\x1b[?7l")

    @property
    def place(self) -> tuple[int, int]:
        """The cursor's row and column; behind the last column it is still in it."""
        return self.cursor.y, min(self.cursor.x, COLUMNS - 1)

    def write(self, text: str) -> None:
        text = re.sub(r"\x1b\[\?2026[hl]", "", text)
        self._stream.feed(text.replace("\n", "\r\n"))


def writer(size: tuple[int, int] = (COLUMNS, ROWS), *, coloured: bool = True) -> ScreenWriter:
    return ScreenWriter(lambda: size, coloured=coloured)


def sent(writer: ScreenWriter, text: str) -> str:
    writer.feed(text)
    return writer.take()


@settings(max_examples=150, deadline=None)
@given(st.lists(frames() | frames() | frames() | others, max_size=12), st.booleans(), st.data())
def test_the_screen_is_that_of_all_that_is_written(
    written: list[str], coloured: bool, data: st.DataObject
) -> None:
    whole, screen, write = Shown(), Shown(), writer(coloured=coloured)
    for text in written:
        whole.write(text)
        write.feed(text)
        if data.draw(st.booleans()):
            screen.write(write.take())
            assert screen.cells() == whole.cells()
            assert screen.place == whole.place
        if data.draw(st.integers(0, 9)) == 0:
            write.forget()
    screen.write(write.take())
    assert screen.cells() == whole.cells()


def test_what_is_forgotten_moves_no_cursor_whose_place_is_unknown() -> None:
    whole, screen, write = Shown(), Shown(), writer()
    for text in ("\x1b[1;1Hfirst\x1b[1;12H", "\x1b[31mred until told", "\x1b[?25h"):
        whole.write(text)
        write.feed(text)
        write.forget()
    screen.write(write.take())
    assert screen.place == whole.place
    for each in ("\x1b[2;1Hmore", "\x1b[1;1Hagain\x1b[0m\x1b[3;1H"):
        whole.write(each)
        screen.write(sent(write, each))
    assert screen.cells() == whole.cells()


def row(y: int, parts: list[str]) -> str:
    return f"\x1b[{y};1H" + "".join(
        f"\x1b[38;5;{7 + n % 2}m{part}\x1b[0m" for n, part in enumerate(parts)
    )


plain = st.text(st.sampled_from("ab│─ Zə日"), min_size=1, max_size=5)
rows = st.lists(plain | st.sampled_from(ODD), min_size=1, max_size=6).filter(
    lambda parts: sum(map(cell_len, parts)) <= COLUMNS
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(1, ROWS), rows), min_size=1, max_size=12), st.data())
def test_whatever_width_a_terminal_gives_a_letter_nothing_beside_it_shifts(
    written: list[tuple[int, list[str]]], data: st.DataObject
) -> None:
    letters_ = sorted({letter for text in ODD for letter in text if not letter.isascii()})
    draw = data.draw(st.randoms(use_true_random=False))
    believed = {
        odd: draw.choice([1, 2, 0] if category(odd)[0] in "MC" else [1, 2]) for odd in letters_
    }
    known = pyte.screens.wcwidth
    screen, write = Shown(), writer()
    now: dict[int, list[str]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pyte.screens, "wcwidth", lambda letter: believed.get(letter, known(letter)))
        for y, parts in written:
            now[y] = [*parts, " " * (COLUMNS - sum(map(cell_len, parts)))]
            screen.write(sent(write, row(y, now[y]) + "\x1b[1;1H"))
    for y, parts in now.items():
        x = 0
        for part in parts:
            cells = [screen.buffer[y - 1][column].data for column in range(x, x + cell_len(part))]
            if part not in ODD:
                assert "".join(cells) == part
            x += cell_len(part)


@pytest.mark.parametrize("text", ODD)
def test_behind_a_letter_of_doubtful_width_stands_an_absolute_move(text: str) -> None:
    found = sent(writer((40, 2)), f"\x1b[1;1H│ {text}│ x\x1b[2;1H")
    behind = found[found.rindex(text) + len(text) :]
    assert re.match(r"(?:\x1b\[[\d;]*m)*(?:\x1b\[[\d;]*[HG]|\r)", behind)


def test_what_is_on_the_screen_is_not_sent_again() -> None:
    write = writer()
    screen = "".join(row(y, ["│", "one " * 5, "│"]) for y in range(1, ROWS + 1)) + "\x1b[1;1H"
    assert sent(write, screen)
    assert sent(write, screen) == ""
    assert sent(write, f"\x1b[?2026h{screen}\x1b[?2026l") == ""
    assert sent(write, screen.replace("one", "two", 1)) == "\x1b[?2026h\x1b[Ctwo\r\x1b[?2026l"


def test_the_pen_is_put_down_before_the_screen_is_left() -> None:
    write = writer()
    sent(write, "\x1b[?1049h\x1b[1;1H\x1b[31mred\x1b[0m\x1b[1;1H")
    assert re.match(r"\x1b\[0?m", sent(write, "\x1b[?1049l"))
    assert sent(write, "\x1b[?25h") == "\x1b[?25h"


def test_when_the_screen_is_back_it_is_sent_as_it_was_to_be() -> None:
    write = writer()
    sent(write, "\x1b[?1049h\x1b[2;3Hone\x1b[1;1H")
    sent(write, "\x1b[?1049l")
    assert sent(write, "\x1b[2;3Htwo\x1b[1;1H") == ""
    assert sent(write, "\x1b[?1049h").endswith("\x1b[?1049h\x1b[0m\x1b[2;3Htwo\x1b[H")


def test_a_frame_waits_for_its_end_and_is_sent_as_one() -> None:
    write = writer()
    assert sent(write, "\x1b[?2026h\x1b[1;1Hone") == ""
    found = sent(write, "\x1b[2;1Htwo\x1b[1;1H\x1b[?2026l")
    assert found.startswith("\x1b[?2026h")
    assert found.endswith("\x1b[?2026l")
    assert found.count("2026") == 2


def test_of_frames_that_overtake_each_other_the_last_is_sent() -> None:
    write = writer()
    for word in ("one", "two", "six"):
        write.feed(f"\x1b[1;1H{word}\x1b[1;1H")
    assert "six" in (found := write.take())
    assert "one" not in found


def test_the_clipboard_and_questions_pass_as_they_are() -> None:
    asked = "\x1b]52;c;b25l\x07\x1b[?2026$p\x1b[>1u\x1b[?1003h"
    write = writer()
    sent(write, "\x1b[1;1Hone\x1b[1;1H")
    assert sent(write, asked) == asked
    assert sent(write, "\x1b[1;1Hone\x1b[1;1H") == ""


def test_a_size_of_which_nothing_is_known_lets_all_pass() -> None:
    text = row(1, ["│ one", "│"]) + "\x1b[1;1H"
    assert sent(writer((0, 0)), text) == text
