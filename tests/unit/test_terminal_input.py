"""What a terminal sends, split into key sequences: nothing is lost, nothing waits for ever."""

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from tui.explorer.terminal_input import InputSplitter


def split(*chunks: str, alt: bool = False, ticks: int = 1) -> list[str]:
    """The pieces that some chunks of input, and ticks without any, give."""
    splitter = InputSplitter(ANSI_SEQUENCES_KEYS.__contains__, alt=alt)
    pieces = [piece for chunk in chunks for piece in splitter.feed(chunk)]
    return pieces + [piece for _ in range(ticks) for piece in splitter.rest()]


@pytest.mark.parametrize(
    ("chunks", "pieces"),
    [
        (["\x1b"], ["\x1b"]),
        (["\x1b\x1b[A"], ["\x1b", "\x1b[A"]),
        (["\x1b", "[A"], ["\x1b[A"]),
        (["\x1bNm<"], ["\x1b", "Nm<"]),
        (["\x1b[nj"], ["\x1b", "[nj"]),
        (["1\x1b[3tj"], ["1", "\x1b", "[3tj"]),
        (["\x1b[>jj"], ["\x1b", "[>jj"]),
        (["\x1b[2\x1b[D"], ["\x1b", "[2", "\x1b[D"]),
        (["\x1b[[A"], ["\x1b[[A"]),
        (["\x1b[7$"], ["\x1b[7$"]),
        (["\x1bOP"], ["\x1bOP"]),
        (["\x1b[<0;3;4M"], ["\x1b[<0;3;4M"]),
        (["\x1b[?1;2cj"], ["\x1b[?1;2c", "j"]),
        (["\x1b[1114112uj"], ["\x1b[1114112u", "j"]),
        (["\x1b[48;24;80;0;0tj"], ["j"]),
        (["\x1b[48;9000;80;1;1tj"], ["j"]),
        (["\x1b[200~a\x1bb\x1b[20", "1~x"], ["\x1b[200~", "a", "b", "\x1b[201~", "x"]),
        (["\x1b[" + "1;" * 50 + "mj"], ["j"]),
        (["\x1b]11;rgb:aaaa/cccc/eeee\x1b\\j"], ["j"]),
        (["\x1b]11;rgb:aaaa/c", "ccc/eeee\x07j"], ["j"]),
        (["\x1b]4;1;rgb:0/0/0\x1b", "\\j"], ["j"]),
        (["\x1bP>|xterm(390)\x1b\\j"], ["j"]),
        (["\x1b_Gi=31;OK\x1b\\j"], ["j"]),
        (["\x1bP", "1+r5463=1\x1b\\j"], ["j"]),
        (["\x1b]jj"], ["\x1b", "]jj"]),
        (["\x1b]"], ["\x1b", "]"]),
        (["\x1b\x7f"], ["\x1b\x7f"]),
        (["x\x1b\x7f"], ["x", "\x1b", "\x7f"]),
    ],
    ids=repr,
)
def test_sequences_are_whole_and_escape_is_a_key(chunks: list[str], pieces: list[str]) -> None:
    assert split(*chunks) == pieces


def test_with_alt_escape_and_a_character_are_one() -> None:
    assert split("j\x1bx", alt=True) == ["j", "\x1bx"]
    for pressed in ("\x1bP", "\x1b]", "\x1b_"):
        assert split(pressed, alt=True) == [pressed]
        assert split(f"{pressed}1", alt=True)[0] == pressed  # and a key right after it


def test_only_an_escape_alone_is_waited_for_less_long() -> None:
    splitter = InputSplitter(ANSI_SEQUENCES_KEYS.__contains__, alt=False)
    for chunk, alone in [("j", False), ("\x1b", True), ("[<35;10", False), (";10M", False)]:
        list(splitter.feed(chunk))
        assert splitter.at_escape == alone


def test_a_paste_whose_end_was_lost_ends() -> None:
    assert split("\x1b[200~abc", ticks=1) == ["\x1b[200~", "abc"]
    assert split("\x1b[200~abc", ticks=12) == ["\x1b[200~", "abc", "\x1b[201~"]
