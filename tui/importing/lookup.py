"""What cells mean, worked out once for those that come again and again."""

from collections.abc import Callable
from typing import TypeVar

from tui.dossier import folding
from tui.importing.prose import line

_Value = TypeVar("_Value")

_ELSE = "*"
_REMEMBERED, _LONGEST = 20_000, 1000


class RowError(ValueError):
    """A row that cannot be used; the message is why."""


class Memo(dict[str, _Value]):
    """What a function makes of a cell; read it as a dict."""

    def __init__(self, make: Callable[[str], _Value]) -> None:
        self._make = make

    def __missing__(self, cell: str) -> _Value:
        if len(self) >= _REMEMBERED:
            self.clear()
        made = self._make(cell)
        if len(cell) <= _LONGEST:
            self[cell] = made
        return made


class Words:
    """A table of the mapping that turns the file's words into the dossier's."""

    def __init__(
        self, table: dict[str, str], known: tuple[str, ...], name: str, otherwise: str
    ) -> None:
        self._folded = {folding.fold(key) or key: value for key, value in table.items()}
        self._exact = Memo(self._look_up)
        self._exact.update(table)
        self._known, self._name = known, name
        self._otherwise = table.get(_ELSE, otherwise)
        self._else = table.get(_ELSE)

    def find(self, word: str) -> str:
        """The dossier's word for `word`; raises RowError where the table has none."""
        return self._exact[word] if word else self._otherwise

    def _look_up(self, word: str) -> str:
        folded = folding.fold(line(word))
        same = folded.replace(" ", "-")
        found = self._folded.get(folded) or self._else or (same if same in self._known else None)
        if found is None:
            raise RowError(f'"{line(word)[:60]}" is not in [{self._name}]; add it there, or "*"')
        return found
