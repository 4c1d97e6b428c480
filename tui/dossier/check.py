"""The rules a good dossier keeps, each problem with the record, the field and how to mend it."""

from typing import NamedTuple

from tui.dossier import store


class Found(NamedTuple):
    """One problem; a note is worth knowing and no fault."""

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
        return {
            "record": self.record,
            "field": self.field,
            "what": self.what,
            "mend": self.mend,
            "level": "note" if self.is_note else "error",
        }


def check(path: str) -> list[Found]:
    """Every problem of the dossier at `path`; raises StoreError if it is none at all."""
    found: list[Found] = []

    def report(problem: store.Problem) -> None:
        where = problem.record or f"{problem.table} {problem.key}"
        found.append(Found(where, problem.field or "record", problem.what, "mend it in the file"))

    store.load(path, report)
    return found
