"""Names and ids: the id a name gets, and the numbers that keep ids apart."""

import re

from tui.dossier import folding

_LONGEST = 80
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(name: str, otherwise: str) -> str:
    """`name` as an id: folded, its words joined by hyphens; `otherwise` where nothing is left.

    At most 72 characters, cut between words where it can be, so that a year or a number fits.
    """
    made = folding.fold(name)
    made = made.replace(" ", "-") if made.isascii() else _OTHER.sub("-", made).strip("-")
    if len(made) > 72:
        made = made[:73].rpartition("-")[0] or made[:72]
    return made or otherwise


class Ids:
    """The ids of a dossier, each given once."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self._next: dict[tuple[str, str], int] = {}

    def make(self, stem: str, year: str = "") -> str:
        """`stem`, with `-year` after it if there is one, numbered where that is taken."""
        end = f"-{year}" if year else ""
        made = stem + end
        if made in self.taken:
            number = self._next.get((stem, year), 2)
            while (made := self._numbered(stem, number, end)) in self.taken:
                number += 1
            self._next[stem, year] = number + 1
        self.taken.add(made)
        return made

    @staticmethod
    def _numbered(stem: str, number: int, end: str) -> str:
        tail = f"-{number}{end}"
        return stem[: _LONGEST - len(tail)].rstrip("-") + tail
