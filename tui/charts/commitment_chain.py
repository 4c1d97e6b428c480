"""What an agreement came out of, what it carries out or replaces, and what became of it."""

from collections import deque
from typing import NamedTuple

from tui.dossier.dossier import Dossier, Row
from tui.dossier.records import Event, Step

#: Links that say no more than that there is one.
_LOOSE = ("relates-to", "related", "mention", "voice")
_MOST = 40


class Commitment(NamedTuple):
    """One record of a chain. `how` and `other` say what leads to it: "implements", that record.

    `backward` is set where the link is the other's: that one implements, or is part of, this.
    """

    row: Row
    steps: tuple[Step, ...]
    instrument: str
    how: str = ""
    other: Row | None = None
    backward: bool = False


class Chain(NamedTuple):
    """The records of a chain in order of date; `more` is how many were left out."""

    records: tuple[Commitment, ...]
    more: int = 0


def chain_of(dossier: Dossier, row: Row) -> Chain:
    """All that hangs together with an event by what it follows, implements or replaces.

    What it is part of, and its own parts, stand with it. Loose relations do not count, and of what
    only follows, beyond the first step, nothing but agreements: the rest is the course of events.
    """
    found = {row.n: _commitment(dossier, row)}
    todo = deque([row])
    left_out: set[int] = set()
    while todo:
        here = todo.popleft()
        focus = here.n == row.n
        for other, how, backward in _around(dossier, here, parts=focus):
            if how == "follows" and not focus and other.type != "agreement":
                continue
            if other.n in found:
                continue
            if len(found) >= _MOST:
                left_out.add(other.n)
                continue
            found[other.n] = _commitment(dossier, other, how, here, backward=backward)
            if how != "part of":
                todo.append(other)
    ordered = sorted(found.values(), key=lambda one: (one.row.lo or 0, one.row.n))
    return Chain(tuple(ordered), len(left_out))


def _around(dossier: Dossier, row: Row, *, parts: bool) -> list[tuple[Row, str, bool]]:
    """The records next to one, how they hang together, and whether the link is this one's own."""
    sql = "SELECT target, how, 1 FROM link WHERE source = ?1 UNION ALL SELECT source, how, 0 "
    links = [
        (n, how.replace("-", " "), bool(own))
        for n, how, own in dossier.connection.execute(sql + "FROM link WHERE target = ?1", (row.n,))
        if how not in _LOOSE
    ]
    rows = {found.n: found for found in dossier.rows(n for n, _, _ in links)}
    around = [(rows[n], how, own) for n, how, own in links if rows[n].kind == "event"]
    if whole := dossier.whole(row):
        around.append((whole, "part of", True))
    if parts:
        around += [(part, "part of", False) for part in dossier.parts(row)]
    return around


def _commitment(
    dossier: Dossier, row: Row, how: str = "", other: Row | None = None, *, backward: bool = False
) -> Commitment:
    event = dossier.record(row)
    assert isinstance(event, Event)
    return Commitment(row, event.steps, event.instrument or "", how, other, backward)
