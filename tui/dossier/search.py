"""Answers a query from the index: full text for words, facets and dates for fields."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tui.dossier.dates import bounds
from tui.dossier.dossier import Dossier, Row
from tui.dossier.folding import fold, nearest, nearest_word
from tui.dossier.query import DATES, Query, Term, token
from tui.dossier.safe_text import clean_line

# The weights are set by hand; what they must bring about is the table FIRST in
# tests/unit/test_search.py: look-ups, and what a reader means by each. Only their ratios count.

#: What a match weighs by its column of full text: title, aliases, summary, claims, names, tags,
#: facts, context, fields.
_WEIGHTS = "10, 8, 5, 3, 2, 1.5, 1, 0.5, 0"
#: What a record weighs, its match aside: an event before what is none, a summit before other
#: events, a whole before its parts, and the more the more parts it has.
_PROMINENCE = (
    "(CASE r.kind WHEN 'event' THEN (1 + 0.08 * min(r.last - r.n, 5)) / (1 + 0.3 * r.depth) "
    "* (CASE r.type WHEN 'summit' THEN 1.3 ELSE 1 END) ELSE 0.5 END)"
)
#: How much more it weighs that a title or alias has every word than that some text has.
_TITLED = 2
#: Beyond so many matches rank says little and costs much: they are shown by date.
_RANKED, _RANKED_TYPING = 2000, 300
#: The columns in which words are looked for: all but the one that fields are answered from.
_TEXT = "- fields : "
#: The fields whose values are names of records, and the columns that hold those names.
_NAMES = {
    "region": "{title aliases}",
    "actor": "{title aliases}",
    "place": "{title aliases}",
    "source": "{title names}",
}
#: A field may mean many values ("actor:a"): so many are looked for at most.
_MOST_VALUES = 500
#: The kinds of records that a name typed in full brings first, in this order.
_NAMED_FIRST = {"event": 0, "actor": 1, "region": 2}


class Answer(NamedTuple):
    """The records found, the best first, with how many there are in all.

    `total` stops counting where ranking would cost too much, and `more` says so. `notes`, a
    line each, say what was changed; `words` are the folded words to mark.
    """

    rows: list[Row]
    total: int
    notes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    more: bool = False


def search(dossier: Dossier, query: Query, limit: int = 20, *, typing: bool = False) -> Answer:
    """The `limit` best records for a query; without words, every event in date order."""
    return _Search(dossier, query).answer(limit, _RANKED_TYPING if typing else _RANKED)


class _Search:
    """One search: its conditions, and notes of what had to be changed for it.

    `match` are clauses of full text and `where` conditions in SQL with their `parameters`; all of
    them must hold. `nothing` says that a term is found nowhere. `titled` are the clauses that
    weigh more where a title has them.
    """

    def __init__(self, dossier: Dossier, query: Query) -> None:
        self.dossier = dossier
        self.query = query
        self.notes: list[str] = []
        self.words: list[str] = []
        self.titled: list[str] = []
        self.match: list[str] = []
        self.where: list[str] = []
        self.parameters: list[object] = []
        self.nothing = False

    def answer(self, limit: int, most: int) -> Answer:
        """The first `limit` records; if there are more than `most`, by date instead of rank."""
        for term in self.query.terms:
            self._add(term)
        if self.nothing:
            return Answer([], 0, tuple(self.notes), tuple(self.words))
        if not any(term.field in ("id", "type") and not term.negated for term in self.query.terms):
            # A source is found by its id or type: among words its title would only be an echo.
            self.where.append("r.kind <> 'source'" if self.query.words else "r.kind = 'event'")
        total = self._count(most + 1)
        if self.query.words and total <= most:
            numbers = self._named_first(self._ranked(limit), limit)
        else:
            numbers = self._by_date(limit)
        rows = self.dossier.rows(numbers)
        return Answer(rows, total, tuple(self.notes), tuple(self.words), total > most)

    # -- the terms of a query

    def _add(self, term: Term) -> None:
        if term.field in DATES:
            self._add_date(term)
        elif term.field == "id":
            start = clean_line(term.value).lower()
            self._add_condition(term, "(r.id >= ? AND r.id < ?)", start, start + "\x7f")
        else:
            clause = self._field(term) if term.field else self._text(term)
            if clause and term.negated:
                self.where.append("r.n NOT IN (SELECT rowid FROM words WHERE words MATCH ?)")
                self.parameters.append(clause)
            elif clause:
                self.match.append(f"({clause})")
            elif not term.negated:
                self.nothing = True

    def _add_date(self, term: Term) -> None:
        if not term.value:
            return
        first, last = bounds(term.value)
        self.where.append("r.lo IS NOT NULL")
        if term.field == "on":
            self._add_condition(term, "(r.lo <= ? AND r.hi >= ?)", last, first)
        elif term.field == "after":
            self._add_condition(term, "(r.hi > ?)", last)
        else:
            self._add_condition(term, "(r.lo < ?)", first)

    def _add_condition(self, term: Term, sql: str, *parameters: object) -> None:
        self.where.append(f"NOT {sql}" if term.negated else sql)
        self.parameters += parameters

    def _text(self, term: Term) -> str:
        """Full text of a word or phrase, corrected where nothing has it; "" where nothing does."""
        if not term.words:
            self.notes.append(f'nothing to look for in "{term.value}"')
            return ""
        if term.negated:
            return _TEXT + _phrase(term.words)
        unfinished = self.query.open_end and term is self.query.terms[-1]
        # Whole words first, unless the last one is still being typed; a phrase stands as it is.
        for prefix in [False] if term.phrase else [True] if unfinished else [False, True]:
            if self._stands(clause := _phrase(term.words, prefix=prefix)):
                return self._looked_for(term.words, clause)
        corrected = tuple(map(self._corrected, term.words))
        if corrected != term.words and self._stands(clause := _phrase(corrected)):
            self.notes.append(f'no "{term.value}"; showing "{" ".join(corrected)}"')
            return self._looked_for(corrected, clause)
        self.notes.append(f'no "{term.value}"')
        return ""

    def _looked_for(self, words: tuple[str, ...], clause: str) -> str:
        """Remember what is looked for, to mark it and to tell where it stands in the title."""
        self.words += words
        self.titled.append(clause)
        return _TEXT + clause

    def _stands(self, clause: str) -> bool:
        """Whether any text has this."""
        return bool(self._all("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", _TEXT + clause))

    def _corrected(self, word: str) -> str:
        """A word as the dossier spells it, where it has none that is spelt so."""
        if len(word) < 3 or self._stands(_phrase((word,))):
            return word
        return nearest_word(word, self.dossier.vocabulary)

    def _field(self, term: Term) -> str:
        """Full text for the values that a field's value may mean; "" where it means none."""
        keys = [token(key) for key in self._keys(term)][:_MOST_VALUES]
        if not keys:
            self.notes.append(f'no {term.field} "{term.value}"{self._near(term)}')
            return ""
        fields = ("type", "instrument") if term.field == "type" else (term.field,)
        listed = " OR ".join(f'"{field}={key}"' for field in fields for key in keys)
        return f"fields : ({listed})"

    def _keys(self, term: Term) -> Iterator[str]:
        """The ids or words that a field's value may mean."""
        if term.field not in _NAMES:
            wanted = token(term.value)
            known = [key for key in self._known(term.field) if token(key).startswith(wanted)]
            yield from [key for key in known if token(key) == wanted] or known
            return
        exact = clean_line(term.value).lower()
        row = self.dossier.row(exact)
        # A value may be used though it has no record.
        if (row and row.kind == term.field) or self.dossier.value_position(term.field, exact):
            yield exact
        elif term.words:
            each = " AND ".join(_phrase((word,), prefix=True) for word in term.words)
            for match in (_phrase(term.words, prefix=True), each):
                sql = (
                    "SELECT r.id FROM words JOIN record r ON r.n = words.rowid "
                    "WHERE words MATCH ? AND r.kind = ?"
                )
                found = self._all(sql, f"{_NAMES[term.field]} : ({match})", term.field)
                yield from (id_ for (id_,) in found)
                if found:
                    return

    def _known(self, field: str) -> list[str]:
        known = [value.key for value in self.dossier.values(field)[1:]]
        if field == "type":
            from tui.dossier.vocabulary import ACTOR_TYPES, INSTRUMENTS, SOURCE_TYPES

            known += ("region", "place", "source", *ACTOR_TYPES, *SOURCE_TYPES, *INSTRUMENTS)
        return known

    def _near(self, term: Term) -> str:
        """A hint at the values that a field could have meant."""
        labels = {fold(value.label): value.label for value in self.dossier.values(term.field)[1:]}
        near = [labels[found] for found in nearest(fold(term.value), labels)]
        if not near and len(labels) <= 12:
            near = list(labels.values())
        return f"; there is {', '.join(near)}" if near else ""

    # -- asking the index

    def _sql(self, columns: str) -> tuple[str, list[object]]:
        """A query for `columns` of all that matches, and its parameters."""
        if self.match:
            sql = f"SELECT {columns} FROM words JOIN record r ON r.n = words.rowid "  # noqa: S608
            where = " AND ".join(["words MATCH ?", *self.where])
            return f"{sql}WHERE {where}", [" AND ".join(self.match), *self.parameters]
        sql = f"SELECT {columns} FROM record r "  # noqa: S608
        return sql + f"WHERE {' AND '.join(self.where) or '1'}", self.parameters

    def _count(self, limit: int) -> int:
        sql, parameters = self._sql("1")
        counted = f"SELECT count(*) FROM ({sql} LIMIT ?)"  # noqa: S608
        return int(self._all(counted, *parameters, limit)[0][0])

    def _by_date(self, limit: int) -> list[int]:
        sql, parameters = self._sql("r.n")
        order = "words.rowid" if self.match else "r.n"
        return [n for (n,) in self._all(f"{sql} ORDER BY {order} LIMIT ?", *parameters, limit)]

    def _ranked(self, limit: int) -> list[int]:
        titled = f"{{title aliases}} : ({' AND '.join(self.titled)})"
        in_title = "(r.n IN (SELECT rowid FROM words WHERE words MATCH ?))"
        score = f"bm25(words, {_WEIGHTS}) * {_PROMINENCE} * (1 + {_TITLED} * {in_title})"
        sql, parameters = self._sql(f"r.n, {score}")
        rows = self._all(f"{sql} ORDER BY 2, 1 LIMIT ?", titled, *parameters, limit)
        return [n for n, _ in rows]

    def _named_first(self, numbers: list[int], limit: int) -> list[int]:
        """Put what bears exactly the name that was typed before what only mentions it.

        A person also by a first or last name alone.
        """
        if len(self.words) > 3:
            return numbers
        sql = (
            "SELECT DISTINCT n FROM name WHERE folded = ?1 UNION "
            "SELECT name.n FROM name JOIN record r ON r.n = name.n WHERE name.n > ?2 "
            "AND r.type = 'person' AND (folded LIKE ?1 || ' %' OR folded LIKE '% ' || ?1) LIMIT 20"
        )
        events = self.dossier.total  # other records are numbered after them
        named = [n for (n,) in self._all(sql, " ".join(self.words), events)]
        if not named:
            return numbers
        sql, parameters = self._sql("r.n, r.kind")
        marks = ",".join("?" * len(named))
        rows = self._all(f"{sql} AND r.n IN ({marks})", *parameters, *named)
        first = sorted((_NAMED_FIRST[kind], n) for n, kind in rows if kind in _NAMED_FIRST)
        pinned = [n for _, n in first]
        return [*pinned, *(n for n in numbers if n not in pinned)][:limit]

    def _all(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        return self.dossier.connection.execute(sql, parameters).fetchall()


def _phrase(words: Sequence[str], *, prefix: bool = False) -> str:
    """Words in a row as FTS5 writes them; folded words hold no quotes."""
    return f'"{" ".join(words)}"{" *" if prefix else ""}'
