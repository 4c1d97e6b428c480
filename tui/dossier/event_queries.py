"""Questions about all events at once, answered from the index: what the charts are made of."""

from array import array
from collections.abc import Iterator, Sequence

from tui.dossier.dossier import Dossier, Row
from tui.dossier.index_schema import LASTING


def event_types(dossier: Dossier) -> tuple["array[int]", list[str]]:
    """Give by the number of each event the place of its type in a list, and that list.

    The first number is that of event 1; at 0 stands a 0.
    """
    import msgspec

    places, names = dossier.connection.execute("SELECT places, names FROM types").fetchone()
    return array("i", places), msgspec.json.decode(names, type=list[str])


def lasting_dates(dossier: Dossier) -> Iterator[tuple[int, str]]:
    """Give the number and the EDTF date of each event whose date is not simply one day."""
    sql = f"SELECT n, date FROM record WHERE kind = 'event' AND {LASTING} ORDER BY n"  # noqa: S608
    yield from dossier.connection.execute(sql)


def encounters(dossier: Dossier) -> Iterator[tuple[int, int, int, str]]:
    """Give the number, the first and the last day of each encounter, and the ids of its actors.

    They come in order of their numbers; the ids stand in one text, parted by blanks.
    """
    sql = (
        "SELECT n, lo, hi, actors FROM record WHERE kind = 'event' "
        "AND type IN ('summit', 'visit', 'meeting') ORDER BY n"
    )
    yield from dossier.connection.execute(sql)


def taking_part(dossier: Dossier, events: Sequence[int]) -> dict[str, int]:
    """Give in how many of these events each actor took part; those who did in none are left out."""
    counts: dict[str, int] = {}
    for actors, *_ in dossier.select("SELECT actors FROM record ", events):
        for actor in actors.split():
            counts[actor] = counts.get(actor, 0) + 1
    return counts


def coordinates(dossier: Dossier, place: str) -> tuple[float, float] | None:
    """Give the latitude and longitude of a place in degrees, None where there is no such record."""
    from tui.dossier.records import Place

    row = dossier.row(place)
    found = dossier.record(row) if row and row.kind == "place" else None
    return (found.lat, found.lon) if isinstance(found, Place) else None


def digests(dossier: Dossier) -> dict[str, int]:
    """Give a checksum of what each record says by its id; sources are left out."""
    sql = "SELECT id, digest FROM record JOIN body USING(n) WHERE kind <> 'source'"
    return dict(dossier.connection.execute(sql))


def wholes(dossier: Dossier) -> list[tuple[int, int]]:
    """Give the number of each part with that of the event it is part of, in order of the parts.

    A whole has a lower number than its parts.
    """
    sql = "SELECT n, parent FROM record WHERE parent IS NOT NULL ORDER BY n"
    return dossier.connection.execute(sql).fetchall()


def actor_names(dossier: Dossier) -> dict[str, tuple[str, str]]:
    """Give the name and the type of each actor by its id."""
    sql = "SELECT id, title, type FROM record WHERE n > ? AND kind = 'actor'"
    found = dossier.connection.execute(sql, (dossier.total,))  # numbered after the events
    return {id_: (name, type_) for id_, name, type_ in found}


def linked_events(dossier: Dossier, row: Row) -> list[tuple[Row, str, bool]]:
    """Give the events that a record links to or that link to it, in prose or by relation.

    With each stands the kind of link, such as ``implements``, and whether the record itself has
    the link (True) or the other event has it.
    """
    sql = (
        "SELECT target, how, 1 FROM link WHERE source = ?1 "
        "UNION ALL SELECT source, how, 0 FROM link WHERE target = ?1"
    )
    links = dossier.connection.execute(sql, (row.n,)).fetchall()
    rows = {found.n: found for found in dossier.rows(n for n, _, _ in links)}
    return [(rows[n], how, bool(own)) for n, how, own in links if rows[n].kind == "event"]
