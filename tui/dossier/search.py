"""Answers a query from the index: full text where there are words, dates and facets as filters."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tui.dossier import folding, safe_text
from tui.dossier.dossier import ALL, Dossier, Row
from tui.dossier.query import DATES, Query, Term, bounds, token

#: Weights of the columns of full text: title, aliases, summary, claims, names, tags, facts,
#: context, fields.
_WEIGHTS = "10, 8, 5, 3, 2, 1.5, 1, 0.5, 0"
#: Among what matches as well: an event before what is none, a summit before other events, a whole
#: before its parts, and the more the more parts it has.
_PROMINENCE = (
    "(CASE r.kind WHEN 'event' THEN (1 + 0.08 * min(r.last - r.n, 5)) / (1 + 0.3 * r.depth) "
    "* (CASE r.type WHEN 'summit' THEN 1.3 ELSE 1 END) ELSE 0.5 END)"
)
#: Beyond so many matches rank says little and costs much: they are shown by date.
_RANKED, _RANKED_TYPING = 2000, 300
_TEXT = "- fields : "
_NAMES = {
    "region": ("region", "{title aliases}"),
    "actor": ("actor", "{title aliases}"),
    "place": ("place", "{title aliases}"),
    "source": ("source", "{title names}"),
}


#: How much more it weighs that a title or alias has every word, than that some text has.
_TITLED = 2


class Answer(NamedTuple):
    """What was found: the best rows first, how many there are in all, and what was changed.

    `total` stops counting where ranking would cost too much, and `more` says so. `notes` are one
    line each;
    `words` are the folded words to mark.
    """

    rows: list[Row]
    total: int
    notes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    more: bool = False


class _Filter(NamedTuple):
    """Full text to match, and SQL that must hold, with its parameters."""

    match: str
    where: list[str]
    parameters: list[object]


def search(dossier: Dossier, query: Query, limit: int = 20, *, typing: bool = False) -> Answer:
    """The `limit` best records for a query; without words, every event in date order."""
    searcher = _Searcher(dossier, query, typing=typing)
    return searcher.answer(limit)


class _Searcher:
    """One search; collects what it had to change."""

    def __init__(self, dossier: Dossier, query: Query, *, typing: bool) -> None:
        self.dossier = dossier
        self.query = query
        self.typing = typing
        self.notes: list[str] = []
        self.words: list[str] = []
        self.titled: list[str] = []
        self.hopeless = False

    def answer(self, limit: int) -> Answer:
        found = self._filter()
        if self.hopeless:
            return Answer([], 0, tuple(self.notes), tuple(self.words))
        worded = any(not term.field and not term.negated for term in self.query.terms)
        most = _RANKED_TYPING if self.typing else _RANKED
        total = self._count(found, most + 1)
        more = total > most
        ranked = worded and not more
        numbers = self._numbers(found, limit, ranked=ranked)
        if ranked:
            numbers = self._named_first(found, numbers, limit)
        rows = self.dossier.rows(numbers)
        return Answer(rows, total, tuple(self.notes), tuple(self.words), more)

    # -- the parts of a query

    def _filter(self) -> _Filter:
        match: list[str] = []
        where: list[str] = []
        parameters: list[object] = []
        last = self._last_word()
        for term in self.query.terms:
            if term.field in DATES:
                self._date(term, where, parameters)
                continue
            if term.field == "id":
                start = safe_text.clean_line(term.value).lower()
                where.append(f"{'NOT ' * term.negated}(r.id >= ? AND r.id < ?)")
                parameters += [start, start + "\x7f"]
                continue
            if term.field:
                clause = self._field(term)
            else:
                clause = self._text(term, prefix=term is last and self.query.open_end)
            if term.negated and clause:
                where.append("r.n NOT IN (SELECT rowid FROM words WHERE words MATCH ?)")
                parameters.append(clause)
            elif clause:
                match.append(f"({clause})")
            elif not term.negated:
                self.hopeless = True
        if not self._asks_for_others():
            # A source is found by its id or type: among words its title would only be an echo.
            worded = any(not term.field and not term.negated for term in self.query.terms)
            where.append("r.kind <> 'source'" if worded else "r.kind = 'event'")
        return _Filter(" AND ".join(match), where, parameters)

    def _asks_for_others(self) -> bool:
        """Whether a field names what only records that are no events have."""
        return any(term.field in ("id", "type") and not term.negated for term in self.query.terms)

    def _last_word(self) -> Term | None:
        if not self.query.terms:
            return None
        last = self.query.terms[-1]
        return None if last.field or last.phrase or last.negated else last

    def _text(self, term: Term, *, prefix: bool) -> str:
        """Full text of a word or phrase, corrected where nothing has it; "" where nothing does."""
        if not term.words:
            self.notes.append(f'nothing to look for in "{term.value}"')
            return ""
        clause = _phrase(term.words, prefix=prefix)
        if term.negated:
            return _TEXT + clause
        if self._hits(clause):
            return self._looked_for(term.words, clause)
        if (
            not prefix
            and not term.phrase
            and self._hits(longer := _phrase(term.words, prefix=True))
        ):
            return self._looked_for(term.words, longer)
        corrected = tuple(self._corrected(word) for word in term.words)
        if corrected != term.words and self._hits(clause := _phrase(corrected, prefix=False)):
            shown = " ".join(corrected)
            self.notes.append(f'no "{term.value}"; showing "{shown}"')
            return self._looked_for(corrected, clause)
        self.notes.append(f'no "{term.value}"')
        return ""

    def _looked_for(self, words: tuple[str, ...], clause: str) -> str:
        """Remember what is looked for, to mark it and to tell where it stands in the title."""
        self.words += words
        self.titled.append(clause)
        return _TEXT + clause

    def _field(self, term: Term) -> str:
        """Full text for the values of a facet that a field's value means."""
        keys = list(self._keys(term))
        if not keys:
            self.notes.append(f'no {term.field} "{term.value}"{self._near(term)}')
            return ""
        listed = " OR ".join(f'"{term.field}={token(key)}"' for key in keys[:500])
        if term.field == "type":
            listed += " OR " + " OR ".join(f'"instrument={token(key)}"' for key in keys[:500])
        return f"fields : ({listed})"

    def _keys(self, term: Term) -> Iterator[str]:
        """The ids or words that a field's value may mean."""
        exact = safe_text.clean_line(term.value).lower()
        if term.field not in _NAMES:
            wanted = token(term.value)
            known = [key for key in self._known(term.field) if token(key).startswith(wanted)]
            yield from [key for key in known if token(key) == wanted] or known
            return
        kind, columns = _NAMES[term.field]
        row = self.dossier.row(exact)
        if row and row.kind == kind:
            yield exact
            return
        if self.dossier.value_position(kind, exact) is not None:
            yield exact  # used, though it has no record
            return
        if not term.words:
            return
        for match in (_phrase(term.words, prefix=True), " AND ".join(
            _phrase((word,), prefix=True) for word in term.words
        )):  # fmt: skip
            sql = (
                "SELECT r.id FROM words JOIN record r ON r.n = words.rowid "
                "WHERE words MATCH ? AND r.kind = ?"
            )
            found = [row[0] for row in self._all(sql, f"{columns} : ({match})", kind)]
            yield from found
            if found:
                return

    def _known(self, field: str) -> list[str]:
        if field == "type":
            from tui.dossier.vocabulary import ACTOR_TYPES, INSTRUMENTS, SOURCE_TYPES

            others = ("region", "place", "source", *ACTOR_TYPES, *SOURCE_TYPES, *INSTRUMENTS)
            return [*(value.key for value in self.dossier.values("type") if value.key), *others]
        return [value.key for value in self.dossier.values(field) if value.key != ALL]

    def _near(self, term: Term) -> str:
        """A hint at the values that a field could have meant."""
        from rapidfuzz import process

        facet = term.field
        labels = [value.label for value in self.dossier.values(facet)[1:]]
        folded = [folding.fold(label) for label in labels]
        found = process.extract(folding.fold(term.value), folded, limit=3, score_cutoff=60)
        near = ", ".join(labels[index] for _, _, index in found)
        if not near and len(labels) <= 12:
            near = ", ".join(labels)
        return f"; there is {near}" if near else ""

    def _date(self, term: Term, where: list[str], parameters: list[object]) -> None:
        if not term.value:
            return
        first, last = bounds(term)
        clause, values = {
            "on": ("r.lo <= ? AND r.hi >= ?", [last, first]),
            "after": ("r.hi > ?", [last]),
            "before": ("r.lo < ?", [first]),
        }[term.field]
        where.append(f"r.lo IS NOT NULL AND {'NOT ' * term.negated}({clause})")
        parameters += values

    # -- asking the index

    def _hits(self, clause: str) -> bool:
        sql = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
        return bool(self._all(sql, _TEXT + clause))

    def _corrected(self, word: str) -> str:
        """The nearest word of the dossier's own vocabulary, the commoner where two are as near."""
        if len(word) < 3 or self._hits(_phrase((word,), prefix=False)):
            return word
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        terms = self.dossier.vocabulary
        furthest = 1 if len(word) < 5 else 2 if len(word) < 9 else 3
        near = process.extract(
            word, list(terms), scorer=OSA.distance, score_cutoff=furthest, limit=20
        )
        if not near:
            return word
        return min(near, key=lambda found: (found[1], found[0][:1] != word[:1], -terms[found[0]]))[
            0
        ]

    def _sql(self, found: _Filter, columns: str) -> tuple[str, list[object]]:
        if found.match:
            sql = f"SELECT {columns} FROM words JOIN record r ON r.n = words.rowid "  # noqa: S608
            clauses = ["words MATCH ?", *found.where]
            return sql + f"WHERE {' AND '.join(clauses)}", [found.match, *found.parameters]
        sql = f"SELECT {columns} FROM record r "  # noqa: S608
        return sql + f"WHERE {' AND '.join(found.where) or '1'}", found.parameters

    def _count(self, found: _Filter, limit: int) -> int:
        sql, parameters = self._sql(found, "1")
        counted = f"SELECT count(*) FROM ({sql} LIMIT ?)"  # noqa: S608
        return int(self._all(counted, *parameters, limit)[0][0])

    def _numbers(self, found: _Filter, limit: int, *, ranked: bool) -> list[int]:
        if not ranked:
            sql, parameters = self._sql(found, "r.n")
            order = "words.rowid" if found.match else "r.n"
            return [
                row[0] for row in self._all(f"{sql} ORDER BY {order} LIMIT ?", *parameters, limit)
            ]
        titled = f"{{title aliases}} : ({' AND '.join(self.titled)})"
        in_title = "(r.n IN (SELECT rowid FROM words WHERE words MATCH ?))"
        score = f"bm25(words, {_WEIGHTS}) * {_PROMINENCE} * (1 + {_TITLED} * {in_title})"
        sql, parameters = self._sql(found, f"r.n, {score}")
        rows = self._all(f"{sql} ORDER BY 2, 1 LIMIT ?", titled, *parameters, limit)
        return [row[0] for row in rows]

    def _named_first(self, found: _Filter, numbers: list[int], limit: int) -> list[int]:
        """Put what bears exactly the name that was typed before what only mentions it."""
        typed = " ".join(self.words)
        sql = (
            "SELECT DISTINCT n FROM name WHERE folded = ?1 UNION "
            "SELECT name.n FROM name JOIN record r ON r.n = name.n WHERE name.n > ?2 "
            "AND r.type = 'person' AND (folded LIKE ?1 || ' %' OR folded LIKE '% ' || ?1) LIMIT 20"
        )
        events = self.dossier.total  # other records are numbered after them
        named = [row[0] for row in self._all(sql, typed, events)] if len(self.words) < 4 else []
        if not named:
            return numbers
        sql, parameters = self._sql(found, "r.n, r.kind")
        marks = ",".join("?" * len(named))
        order = {"event": 0, "actor": 1, "region": 2}
        rows = self._all(f"{sql} AND r.n IN ({marks})", *parameters, *named)
        first = sorted((order[kind], n) for n, kind in rows if kind in order)
        pinned = [n for _, n in first]
        return [*pinned, *(n for n in numbers if n not in pinned)][:limit]

    def _all(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        return self.dossier.connection.execute(sql, parameters).fetchall()


def _phrase(words: Sequence[str], *, prefix: bool) -> str:
    """Words in a row as FTS5 writes them; folded words hold no quotes."""
    return f'"{" ".join(words)}"{" *" if prefix else ""}'
