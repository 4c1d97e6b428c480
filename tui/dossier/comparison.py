"""What changed between two dossiers: records added and removed, and which fields of the others."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from tui.dossier.records import TABLES, Overview, title_of
from tui.dossier.store import LoadedDossier, StoredRecord

#: A dossier that is not there: all of the other was added, or removed.
ABSENT = LoadedDossier(Overview(1, *[""] * 6), b"{}", {table: [] for table in TABLES})


class Change(NamedTuple):
    """What happened to a record: "added", "removed" or "changed", then with its fields.

    `fields` has, by the name of a field, what it was and what it is now; None where it was or is
    not there. A claim is told by its text: ``claims: TEXT`` is a field of its own.
    """

    what: str
    kind: str
    id: str
    title: str
    fields: Mapping[str, tuple[Any, Any]]


def changes(old: LoadedDossier, new: LoadedDossier) -> Iterator[Change]:
    """Give the changes from one dossier to another, table by table; the overview comes first."""
    bodies = [msgspec.json.decode(side.overview_body) for side in (old, new)]
    if fields := _differing(*bodies):
        title = new.overview.title or old.overview.title
        yield Change("changed", "meta", "meta", title, fields)
    for table in TABLES:
        before, after = ({e.record.id: e for e in side.tables[table]} for side in (old, new))
        kind = table.removesuffix("s")
        for id_, entry in before.items():
            if id_ not in after:
                yield Change("removed", kind, id_, title_of(entry.record), {})
        for id_, entry in after.items():
            title = title_of(entry.record)
            if id_ not in before:
                yield Change("added", kind, id_, title, {})
            elif fields := _differing(_fields_of(before[id_]), _fields_of(entry)):
                yield Change("changed", kind, id_, title, fields)


def _fields_of(entry: StoredRecord) -> dict[str, Any]:
    """The fields of a record as in the file, each claim a field of its own by its text."""
    fields: dict[str, Any] = msgspec.json.decode(entry.raw or entry.body)
    told: Counter[str] = Counter()
    for claim in fields.pop("claims", None) or ():
        name = text = f"claims: {claim.get('text', '')}"
        while name in fields:
            told[text] += 1
            name = f"{text} ({told[text] + 1})"
        fields[name] = {key: value for key, value in claim.items() if key != "text"}
    return fields


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = dict.fromkeys([*old, *new])
    pairs = {name: (old.get(name), new.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
