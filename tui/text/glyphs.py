"""The signs that Summitry draws with, as Unicode and as plain ASCII.

Each is one column wide, but for the ASCII ellipsis, which takes two.
"""

from collections.abc import Mapping
from typing import NamedTuple

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Signs(NamedTuple):
    """One set of signs; `types` has the sign of each event type, `other` that of any other."""

    types: dict[str, str]
    other: str
    bar: str
    branch: str
    last_branch: str
    through: str
    done: str
    undone: str
    rule: str
    column: str
    corners: str
    cursor: str
    ellipsis: str
    none: str
    step: str
    dot: str
    thumb: str
    heights: str
    line: str
    thin_line: str
    dotted: str
    year_rule: str
    begun: str
    goes_on: str
    earlier: str
    later: str
    ascii: bool

    def type(self, type_: str) -> str:
        """The sign of an event type."""
        return self.types.get(type_, self.other)

    def notes(self, numbers: tuple[int, ...]) -> str:
        """Write citation numbers as they stand after a word: ``¹ ²`` or ``[1][2]``."""
        if self.ascii:
            return "".join(f"[{number}]" for number in numbers)
        return " ".join(str(number).translate(_SUPERSCRIPTS) for number in numbers)

    def plain(self, value: str) -> str:
        """Write words in the characters of this set; ASCII stands in for what it does not have."""
        if not self.ascii or value.isascii():
            return value
        from tui.dossier.folding import ascii_only

        return ascii_only(value)


_TYPES = {
    "summit": ("◆", "S"),
    "visit": ("→", "V"),
    "meeting": ("◇", "M"),
    "agreement": ("✎", "A"),
    "initiative": ("⇄", "I"),
    "chairmanship": ("⚑", "C"),
    "decision": ("■", "D"),
    "conflict": ("✕", "X"),
    "milestone": ("★", "*"),
}
# Each sign by its name in `Signs`, as Unicode and as ASCII.
_SIGNS = {
    "other": ("·", "."),
    "bar": ("┃", "|"),
    "branch": ("├", "|"),
    "last_branch": ("└", "`"),
    "through": ("│", "|"),
    "done": ("●", "*"),
    "undone": ("○", "o"),
    "rule": ("─", "-"),
    "column": ("│", "|"),
    "corners": ("╭╮╰╯", "++++"),
    "cursor": ("▌", ">"),
    "ellipsis": ("…", ".."),  # one dot would be read as the end of a sentence
    "none": ("–", "-"),
    "step": ("›", ">"),
    "dot": ("·", "-"),
    "thumb": ("▐", "#"),
    "heights": ("▁▂▃▄▅▆▇█", ".:-=+*%#"),
    "line": ("━", "="),
    "thin_line": ("─", "-"),
    "dotted": ("┄", "."),
    "year_rule": ("┊", ":"),
    "begun": ("◂", "<"),
    "goes_on": ("▸", ">"),
    "earlier": ("‹", "<"),
    "later": ("›", ">"),
}


def _set(at: int, *, ascii_: bool) -> Signs:
    types = {type_: signs[at] for type_, signs in _TYPES.items()}
    return Signs(types, **{name: signs[at] for name, signs in _SIGNS.items()}, ascii=ascii_)


UNICODE = _set(0, ascii_=False)
ASCII = _set(1, ascii_=True)


def signs_for(encoding: str | None, environment: Mapping[str, str]) -> Signs:
    """Choose the signs for a stream of this encoding and the locale of `environment`.

    Python writes UTF-8 even in the locale C, so the locale is looked at as well.
    """
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        if locale := environment.get(name):
            if "utf" not in locale.lower():
                return ASCII
            break
    return UNICODE if "utf" in (encoding or "").lower() else ASCII
