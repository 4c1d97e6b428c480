"""Answers a query from the index: what fulfils its conditions, the best or the newest first."""

from functools import cached_property

from tui.dossier.conditions import Conditions, Kept
from tui.dossier.dossier import Dossier, Row
from tui.dossier.query import Query

# The weights are set by hand; what they must bring about is the table FIRST in
# tests/unit/test_search.py: look-ups, and what a reader means by each. Only their ratios count.

#: What a match weighs by its column of full text (title, aliases, summary, claims, names, tags,
#: facts, context, fields), and what it weighs besides where it is in a title or an alias.
_WEIGHTS, _TITLES = "10, 8, 5, 3, 2, 1.5, 1, 0.5, 0", "10, 8, 0, 0, 0, 0, 0, 0, 0"
#: The columns that say what a record is called, that say so in words, and what it is about.
_CALLED, _SAID = "{title aliases}", "{title aliases summary}"
_ABOUT = "{title aliases names tags facts}"
#: How much more it weighs that all words stand in the first of these columns; in the last; that
#: they stand in a row in the second, or begin the title; that the record is of a type that a word
#: names.
_MORE = (2, 1, 0.2, 0.5)
#: Beyond so many matches rank says little and costs much: they are shown by date.
_RANKED, _RANKED_TYPING = 2000, 300
#: The kinds of records that a name typed in full brings first, in this order.
_NAMED_FIRST = {"event": 0, "actor": 1, "region": 2}
#: A word that nothing has.
_NONE = '"-"'
#: So many of the spans of days that were asked for are told apart in order.
_SPANS = 8


class Answer:
    """What was found: the numbers of records in order, and how many there are in all.

    `total` stops counting where ranking would cost too much, and `more` says so. `notes`, a
    line each, say what was changed; `words` are the folded words to mark. `changed` are the words
    that stand only in another spelling, each with that spelling.
    """

    def __init__(self, asked: Conditions, numbers: list[int], total: int, *, more: bool) -> None:
        self.numbers, self.total, self.more = numbers, total, more
        self.notes = tuple(dict.fromkeys(asked.notes))
        self.words = tuple(dict.fromkeys(asked.words))
        self.changed = tuple(asked.changed)
        self._dossier = asked.dossier

    @property
    def rest(self) -> str:
        """How many were found beyond those listed, and how to see them; "" where none were."""
        if (left := self.total - len(self.numbers)) <= 0:
            return ""
        return f"{left:,}{'+' if self.more else ''} more; --limit shows them"

    @cached_property
    def rows(self) -> list[Row]:
        """The records found."""
        return self._dossier.rows(self.numbers)


def search(
    dossier: Dossier,
    query: Query,
    limit: int = 20,
    *,
    typing: bool = False,
    sort: str = "best",
    kept: Kept | None = None,
) -> Answer:
    """Find the first `limit` records for a query, in the order `sort` (one of SORTS).

    A `limit` below zero stands for all of them. The best are those that match best; without words
    the newest, after what began on the days asked for. `kept` are the ids that ``is:marked`` and
    ``is:noted`` mean. While a query is being `typing` fewer matches are ranked, and none of its
    words is said to be in the way.
    """
    kept = kept or {}
    most = _RANKED_TYPING if typing else _RANKED
    asked = Conditions(dossier, query, kept)
    total = asked.count(most + 1)
    if not (total or typing):
        for way in ["endings"] * (not asked.nothing) + ["sources"] * bool(query.words):
            other = Conditions(dossier, query, kept, way)
            if total := other.count(most + 1):
                asked = other
                break
        else:
            asked.notes += [] if asked.nothing else _in_the_way(dossier, query, kept)
    if asked.titled and sort == "best" and total <= most:
        numbers = _named_first(asked, _ranked(asked, limit), limit) if total else []
    else:
        numbers = _by_date(asked, limit, sort) if total else []
    if sort == "oldest":  # on the same day a whole before its parts
        numbers.sort(key=dossier.arranger.by_date)
    return Answer(asked, numbers, total, more=total > most)


def _in_the_way(dossier: Dossier, query: Query, kept: Kept) -> list[str]:
    """Say which word or field, left out, would leave the most to be found."""
    found = {}
    for at, term in enumerate(query.terms[:_SPANS]):
        others = query.terms[:at] + query.terms[at + 1 :]
        if others and (left := Conditions(dossier, query._replace(terms=others), kept).count(1000)):
            found[f"{'-' * term.negated}{term.field}{':' * bool(term.field)}{term.value}"] = left
    if not found:
        return []
    word = max(found, key=lambda word: found[word])
    return [f'nothing found: no record has "{word}" together with the rest']


def _by_date(asked: Conditions, limit: int, sort: str) -> list[int]:
    """The numbers of what matches: events by date, then other records; by id where one is asked."""
    sql, parameters = asked.sql("r.n")
    order = "words.rowid" if asked.match else "r.ord"
    if sort == "best" and any(term.field == "id" for term in asked.query.terms):
        order = "r.id"
    elif sort == "oldest":
        order = f"{order} > {asked.dossier.total}, {order} DESC"
    elif sort == "best" and asked.spans:
        # What is planned on those days comes after what has happened.
        order = f"{_apart(asked)} + ifnull(r.lo > {asked.dossier.last_day}, 0), {order}"
    return [n for (n,) in asked.all(f"{sql} ORDER BY {order} LIMIT ?", *parameters, limit)]


def _apart(asked: Conditions) -> str:
    """In SQL, how far from the days asked for: 0 began then, 1 was going on, 2 neither."""
    return " + ".join(
        f"(CASE WHEN r.lo BETWEEN {first} AND {last} THEN 0 "
        f"WHEN r.lo <= {last} AND r.hi >= {first} THEN 1 ELSE 2 END)"
        for first, last in asked.spans[:_SPANS]
    )


def _ranked(asked: Conditions, limit: int) -> list[int]:
    """The numbers of what matches best."""
    each = " AND ".join(asked.titled)
    first = f"title : ({asked.begins})" if len(asked.titled) == 1 else f"{_SAID} : {asked.row}"
    types = f"fields : ({' OR '.join(asked.types) or _NONE})"
    clauses = (f"{_CALLED} : ({each})", f"{_ABOUT} : ({each})", first, types)
    has = "(r.ord IN (SELECT rowid FROM words WHERE words MATCH ?))"
    more = " * ".join(f"(1 + {weight} * {has})" for weight in _MORE)
    score = f"(bm25(words, {_WEIGHTS}) + bm25(words, {_TITLES})) * r.weight * {more}"
    sql, parameters = asked.sql(f"r.n, {_apart(asked) or 0}, {score}")
    rows = asked.all(f"{sql} ORDER BY 2, 3, r.ord LIMIT ?", *clauses, *parameters, limit)
    return [n for n, *_ in rows]


def _named_first(asked: Conditions, numbers: list[int], limit: int) -> list[int]:
    """Put what bears exactly the name that was typed before what only mentions it.

    A person also by a first or last name alone, or by both in another order.
    """
    sql, parameters = asked.sql("r.kind, -r.weight, r.n")
    sql += (
        " AND (r.n IN (SELECT n FROM name WHERE folded = ?) OR r.type = 'person' "
        "AND r.ord IN (SELECT rowid FROM words WHERE words MATCH ?))"
    )
    every = " AND ".join(f'"{word}"' for word in asked.name)
    named = asked.all(sql, *parameters, " ".join(asked.name), f"{_CALLED} : ({every})")
    first = sorted((_NAMED_FIRST[kind], *rest) for kind, *rest in named if kind in _NAMED_FIRST)
    pinned = [n for *_, n in first]
    found = [*pinned, *(n for n in numbers if n not in pinned)]
    return found if limit < 0 else found[:limit]
