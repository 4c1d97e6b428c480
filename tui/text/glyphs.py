"""The signs that Summitry draws with, as Unicode and as plain ASCII.

Each is one column wide. `heights`, `places` and `corners` are several: from low to high, from few
events to many, and from the top left to the bottom right.
"""

from collections.abc import Callable, Iterator, Mapping

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
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


class Sign:
    """A sign as Unicode and as ASCII; read from a set of signs it is the one of that set."""

    def __init__(self, unicode: str, ascii_: str) -> None:
        self.pair = (unicode, ascii_)

    def __set_name__(self, owner: object, name: str) -> None:
        self._name = name

    def __get__(self, signs: "Signs", owner: object) -> str:
        # Kept in the set itself, where it is found without a call from now on.
        sign = signs.__dict__[self._name] = self.pair[signs.ascii]
        return sign


class Signs:
    """One set of signs; `other` marks an event whose type has no sign of its own."""

    other = Sign("·", ".")
    bar = Sign("┃", "|")
    branch = Sign("├", "|")
    last_branch = Sign("└", "`")
    through = Sign("│", "|")
    done = Sign("●", "*")
    undone = Sign("○", "o")
    rule = Sign("─", "-")
    column = Sign("│", "|")
    corners = Sign("╭╮╰╯", "++++")
    cursor = Sign("▌", ">")
    ellipsis = Sign("…", "~")  # as editors show that a line goes on
    none = Sign("–", "-")
    step = Sign("›", ">")
    dot = Sign("·", "-")
    thumb = Sign("▐", "#")
    heights = Sign("▁▂▃▄▅▆▇█", ".:-=+*%#")
    line = Sign("━", "=")
    thin_line = Sign("─", "-")
    dotted = Sign("┄", ".")
    year_rule = Sign("┊", ":")
    new = Sign("+", "+")
    marked = Sign("♦", "m")
    noted = Sign("¶", "n")
    places = Sign("∙•●", ".oO")
    begun = Sign("◂", "<")
    goes_on = Sign("▸", ">")
    earlier = Sign("‹", "<")
    later = Sign("›", ">")

    def __init__(self, *, ascii: bool) -> None:  # noqa: A002
        self.ascii = ascii
        self.types = {type_: pair[ascii] for type_, pair in _TYPES.items()}
        #: Writes words in the characters of this set; ASCII stands in for what it does not have.
        self.plain: Callable[[str], str] = _as_ascii if ascii else str

    def type(self, type_: str) -> str:
        """The sign of an event type."""
        return self.types.get(type_, self.other)

    def meanings(self) -> Iterator[tuple[str, str]]:
        """The signs in lists, on pages and on the timeline, each with what it means."""
        for type_, sign in self.types.items():
            yield sign, type_
        yield self.other, "another type"
        yield self.none, "no event"
        yield self.new, "new or changed"
        yield self.marked, "marked by you"
        yield self.noted, "with a note of yours"
        yield self.last_branch, "part of the one above"
        yield self.undone, "planned, or not recorded"
        yield self.done, "a step taken"
        yield self.bar, "not fact, but said by someone"
        yield self.begun, "began before"
        yield self.goes_on, "goes on"
        yield self.earlier, "more before"
        yield self.later, "more after"
        yield self.notes((1,)), "source 1"

    def notes(self, numbers: tuple[int, ...]) -> str:
        """Write citation numbers as they stand after a word: ``¹ ²`` or ``[1][2]``."""
        if self.ascii:
            return "".join(f"[{number}]" for number in numbers)
        return " ".join(str(number).translate(_SUPERSCRIPTS) for number in numbers)


def _as_ascii(value: str) -> str:
    if value.isascii():
        return value
    from tui.dossier.folding import ascii_only

    return ascii_only(value)


UNICODE = Signs(ascii=False)
ASCII = Signs(ascii=True)


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
