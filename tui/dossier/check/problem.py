"""One problem of a dossier, and how words and places of the dossier are named in it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from tui.dossier.folding import nearest
from tui.dossier.safe_text import clean_line

_LONGEST = 80


class Problem(NamedTuple):
    """One problem; a note is worth knowing and no fault.

    ``record`` is the record's id, ``table docid`` where it has none, ``meta`` or ``dossier``;
    ``field`` the path in it, such as ``claims[2].by``. Both are "" where no file could be read.
    """

    record: str
    field: str
    what: str
    mend: str
    is_note: bool = False

    def __str__(self) -> str:
        level = "note: " if self.is_note else ""
        return f"{level}{self.record}: {self.field}: {self.what}; {self.mend}"

    def as_dict(self) -> dict[str, object]:
        """The problem for JSON."""
        fields = self._asdict()
        del fields["is_note"]
        return fields | {"level": "note" if self.is_note else "error"}


def unreadable_file(file: str, error: str) -> Problem:
    """The message of a StoreError about `file` as a problem."""
    what, _, mend = error.removeprefix(f"{clean_line(file)}: ").partition("; ")
    return Problem("", "", what, mend or "mend the file, or name another")


def quoted(value: str) -> str:
    """A piece of the dossier inside a message: one safe line, not too long."""
    shown = clean_line(value[: _LONGEST + 1])
    return f'"{shown[:_LONGEST]}…"' if len(shown) > _LONGEST else f'"{shown}"'


def place(table: str, key: str) -> str:
    """How a record without a readable id is named: ``events 3``; ``meta`` holds only one."""
    return table if table == "meta" else f"{clean_line(table[:40])} {clean_line(key[:40])}"


def walk(top: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value inside decoded JSON in the order of the file, with the steps that lead to it."""
    todo: list[tuple[tuple[str | int, ...], Any]] = [((), top)]
    while todo:
        steps, value = todo.pop()
        yield steps, value
        if isinstance(value, dict):
            todo += [((*steps, key), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            todo += reversed([((*steps, n), inner) for n, inner in enumerate(value)])


def field_path(steps: Sequence[str | int]) -> str:
    """Steps into a record as a field is named: ``claims[2].by``."""
    path = "".join(f".{step}" if isinstance(step, str) else f"[{step}]" for step in steps)
    return clean_line(path.removeprefix(".")[:120])


def likely(word: str, allowed: Iterable[str]) -> str | None:
    """The one of `allowed` that `word` was probably meant to be."""
    return next(iter(nearest(word, allowed, most=1, alike=70, whole=True)), None)
