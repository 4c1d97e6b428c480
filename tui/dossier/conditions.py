"""What a query asks of a record, as full text and SQL: words, facets, dates and states."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tui.dossier.dates import bounds
from tui.dossier.dossier import Dossier
from tui.dossier.folding import fold, nearest, nearest_word
from tui.dossier.query import CHOICES, DATES, Query, Term, token
from tui.dossier.safe_text import clean_line
from tui.dossier.vocabulary import EVENT_TYPES, INSTRUMENTS, OTHER_TYPES
from tui.dossier.word_forms import forms_of

#: The ids that a state of the reader's own means: ``{"marked": [...]}``.
Kept = Mapping[str, Iterable[str]]
#: The columns in which words are looked for: all but the one that fields are answered from.
_TEXT = "- fields : "
#: The fields whose values are names of records, and the columns that hold those names.
_NAMES = dict.fromkeys(("region", "actor", "place"), "{title aliases}")
_NAMES["source"] = "{title names}"
#: The fields that may be taken for one another.
_HINTED = ("region", "actor", "place", "tag", "type")
#: A field may mean many values ("actor:a"): so many are looked for at most.
_MOST_VALUES = 500
#: Of a word that nothing has so many letters stay, and so many go, to find it with another ending.
_SHORTEST_STEM, _LONGEST_ENDING = 5, 3


class Conditions:
    """The conditions of one query, all of which must hold, and notes of what was changed for it.

    `match` are clauses of full text, `where` conditions in SQL with their `parameters`; `nothing`
    says that a term is found nowhere. For ranking, `titled` are the clauses of words, `begins` that
    of the last one beginning a text, `types` those of the types that words name, `spans`
    the days asked for. `words` are the folded words to mark, `name` those that were typed as a name
    would be, `changed` those that stand only in another spelling, each with that spelling.

    `way` is "" for words as they are typed; "endings" and they may have other ones, "sources" and
    they may stand in a source alone.
    """

    def __init__(self, dossier: Dossier, query: Query, kept: Kept, way: str = "") -> None:
        self.dossier, self.query, self.kept, self.loose = dossier, query, kept, way == "endings"
        self.notes: list[str] = []
        self.words: list[str] = []
        self.name: list[str] = []
        self.changed: list[tuple[str, str]] = []
        self.titled: list[str] = []
        self.begins = ""
        self.types: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.match: list[str] = []
        self.where: list[str] = []
        self.parameters: list[object] = []
        self.nothing = False
        of_sources = (term for term in query.terms if term.is_kept or term.field in ("id", "type"))
        #: Among words a source's title would only be an echo.
        self.sources = way == "sources" or not all(term.negated for term in of_sources)
        without = [clause for term in query.terms if (clause := self._add(term))]
        if without:
            self.where.append("r.ord NOT IN (SELECT rowid FROM words WHERE words MATCH ?)")
            self.parameters.append(" OR ".join(without))
        if not self.sources:
            self.where.append("r.kind <> 'source'" if query.words else "r.kind = 'event'")

    @property
    def row(self) -> str:
        """Full text of all words in a row."""
        return f'"{" ".join(self.name)}" *'

    def sql(self, columns: str) -> tuple[str, list[object]]:
        """A query for `columns` of all that matches, and its parameters."""
        if self.match:
            sql = f"SELECT {columns} FROM words JOIN record r ON r.ord = words.rowid "  # noqa: S608
            where = " AND ".join(["words MATCH ?", *self.where])
            return f"{sql}WHERE {where}", [" AND ".join(self.match), *self.parameters]
        sql = f"SELECT {columns} FROM record r "  # noqa: S608
        return sql + f"WHERE {' AND '.join(self.where) or '1'}", self.parameters

    def count(self, limit: int) -> int:
        """How many records match, counted up to `limit`."""
        if self.nothing:
            return 0
        sql, parameters = self.sql("1")
        counted = f"SELECT count(*) FROM ({sql} LIMIT ?)"  # noqa: S608
        return int(self.all(counted, *parameters, limit)[0][0])

    def all(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """The rows that a query of the index gives."""
        return self.dossier.connection.execute(sql, parameters).fetchall()

    def _add(self, term: Term) -> str:
        """Add the condition of a term; returns the full text that may not be there, if any."""
        if term.field in DATES:
            self._add_date(term)
        elif term.field == "id":
            start = clean_line(term.value).lower()
            self._add_condition(term, "(r.id >= ? AND r.id < ?)", start, start + "\x7f")
        elif term.field == "is" and term.value.lower() not in ("disputed", "single-source"):
            self._add_state(term)
        else:
            clause = self._field(term) if term.field else self._text(term)
            if term.negated:
                return clause and f"({clause})"
            self.match += [f"({clause})"] if clause else []
            self.nothing = self.nothing or not clause
        return ""

    def _add_date(self, term: Term) -> None:
        if not term.value:
            return
        first, last = bounds(term.value)
        if term.field == "on":
            self._add_condition(term, "(r.lo <= ? AND r.hi >= ?)", last, first)
            self.spans += [] if term.negated else [(first, last)]
        elif term.field == "after":
            self._add_condition(term, "(r.hi > ?)", last)
        else:
            self._add_condition(term, "(r.lo < ?)", first)

    def _add_state(self, term: Term) -> None:
        """What is planned after the day of the dossier, or kept in the reader's notebook."""
        if (state := term.value.lower()) == "planned":
            self._add_condition(term, "(r.lo > ?)", self.dossier.last_day)
        else:
            import json  # loaded only where it is asked for

            # One parameter, as SQLite takes no more of them than some ten thousands.
            ids = json.dumps(list(self.kept.get(state, ())))
            self._add_condition(term, "(r.id IN (SELECT value FROM json_each(?)))", ids)

    def _add_condition(self, term: Term, sql: str, *parameters: object) -> None:
        self.where.append(f"NOT {sql}" if term.negated else sql)
        self.parameters += parameters

    # -- words

    def _text(self, term: Term) -> str:
        """Full text of a word or phrase, corrected where nothing has it; "" where nothing does."""
        if not term.words:
            self.notes.append(f'nothing to look for in "{_brief(term)}"')
            return ""
        forms = [term.words]
        if len(term.words) == 1 and not term.phrase:
            forms = [tuple(form.split()) for form in forms_of(term.words[0])]
        if term.negated:
            return _TEXT + _any(forms)
        if term.year:
            self.spans.append(bounds(term.year))
        if self.loose and (ended := self._instead(term, _stems(term)[-1:], "…")):
            return ended
        unfinished = self.query.open_end and term is self.query.terms[-1]
        # Whole words first, unless the last one is still being typed; a phrase stands as it is.
        for prefix in [False] if term.phrase else [True] if unfinished else [False, True]:
            if self._stands(clause := _any(forms, prefix=prefix)):
                return self._looked_for(term, forms, clause)
        corrected = tuple(map(self._corrected, term.words))
        others = [corrected] if corrected != term.words else []
        if clause := self._instead(term, others) or self._instead(term, _stems(term), "…"):
            return clause
        near = nearest(term.value, self.dossier.vocabulary, most=1, alike=80, whole=True)
        self.notes.append(f'no "{_brief(term)}"' + "".join(f'; nearest: "{one}"' for one in near))
        return ""

    def _instead(self, term: Term, others: Iterable[tuple[str, ...]], end: str = "") -> str:
        """Full text of the first of other spellings that stands, with a note of it, or ""."""
        for words in others:
            if self._stands(clause := _any([words], prefix=bool(end))):
                shown = " ".join(words) + end
                typed = f'"{_brief(term)}"'
                no = f"no record has all words with {typed}" if self.loose else f"no {typed}"
                self.notes.append(f'{no}; showing "{shown}"')
                self.changed.append((" ".join(term.words), shown))
                return self._looked_for(term, [words], clause)
        return ""

    def _looked_for(self, term: Term, forms: Sequence[tuple[str, ...]], clause: str) -> str:
        """Remember what is looked for: to mark it, and to rank what has it in the title."""
        self.words += [word for form in forms for word in form]
        self.name += forms[0]
        if not term.year:
            named = [*forms, *self._namesakes(" ".join(forms[0]))]
            self.titled.append(f"({clause} OR {_any(named)})")
            self.begins = " OR ".join(f'^ "{" ".join(form)}" *' for form in named)
            if len(named) > len(forms):  # the other names count, but alone they are no match
                clause = f"({clause} AND {self.titled[-1]})"
        for word in map(" ".join, forms):
            self.types += [f'"type={word}"'] if word in EVENT_TYPES else []
            self.types += [f'"instrument={word}"'] if word in INSTRUMENTS else []
        return _TEXT + clause

    def _namesakes(self, word: str) -> list[tuple[str, ...]]:
        """What a place, state or organisation of this name is called in titles."""
        sql = (
            "SELECT r.title, (SELECT folded FROM name WHERE n = r.n AND folded NOT GLOB ? "
            "ORDER BY length(folded), rowid) FROM name JOIN record r ON r.n = name.n "
            "WHERE folded = ? AND r.n > ? AND r.type <> 'person' LIMIT 3"
        )
        found = self.all(sql, "*[^a-z ]*", word, self.dossier.total)
        names = dict.fromkeys(fold(name) for both in found for name in both if name)
        return [tuple(name.split()) for name in names if name != word]

    def _stands(self, clause: str) -> bool:
        """Whether any text has this, of the records that can be found."""
        match = f"({_TEXT}{clause})" + ' NOT fields : "kind=source"' * (not self.sources)
        return bool(self.all("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", match))

    def _corrected(self, word: str) -> str:
        """A word as the dossier spells it, where it has none that is spelt so."""
        if len(word) < 3 or word.isdecimal() or self._stands(_any([(word,)])):
            return word
        return nearest_word(word, self.dossier.vocabulary)

    # -- fields

    def _field(self, term: Term) -> str:
        """Full text for the values that a field's value may mean; "" where it means none."""
        if term.field in CHOICES:
            return f'fields : "{term.field}={term.value.lower()}"'
        keys = [token(key) for key in self._keys(term)][:_MOST_VALUES]
        if not keys:
            self.notes.append(f'no {term.field} "{_brief(term)}"{self._near(term)}')
            return ""
        fields = ("type", "instrument", "kind") if term.field == "type" else (term.field,)
        listed = " OR ".join(f'"{field}={key}"' for field in fields for key in keys)
        return f"fields : ({listed})"

    def _keys(self, term: Term) -> Iterator[str]:
        """The ids or words that a field's value may mean."""
        if term.field not in _NAMES:
            wanted = tuple(forms_of(token(term.value)))
            known = {key: token(key) for key in self._known(term.field)}
            exact = [key for key, own in known.items() if own in wanted]
            # A word may be unfinished as it was typed; its other forms are whole words.
            whole = tuple(f"{form}-" for form in wanted)
            begun = (key for key, own in known.items() if own.startswith((wanted[0], *whole)))
            yield from exact or begun
            return
        id_ = clean_line(term.value).lower()
        row = self.dossier.row(id_)
        # A value may be used though it has no record.
        if (row and row.kind == term.field) or self.dossier.value_position(term.field, id_):
            yield id_
        elif term.words:
            each = " AND ".join(_any([(word,)], prefix=True) for word in term.words)
            for match in (_any([term.words], prefix=True), each):
                sql = (
                    "SELECT r.id FROM words JOIN record r ON r.ord = words.rowid "
                    "WHERE words MATCH ? AND r.kind = ?"
                )
                found = self.all(sql, f"{_NAMES[term.field]} : ({match})", term.field)
                yield from (id_ for (id_,) in found)
                if found:
                    return

    def _known(self, field: str) -> list[str]:
        known = [value.key for value in self.dossier.values(field)[1:]]
        return [*known, *OTHER_TYPES] if field == "type" else known

    def _near(self, term: Term) -> str:
        """A hint at the field that has this value, or else at the values that could be meant."""
        others = (field for field in _HINTED if field != term.field)
        if having := [f for f in others if any(self._keys(term._replace(field=f)))]:
            value = f'"{_brief(term)}"' if term.phrase else _brief(term)
            return f"; there is {', '.join(f'{field}:{value}' for field in having)}"
        if term.field == "source":  # a title like the name of a publisher says nothing
            return ""
        labels = {fold(value.label): value.label for value in self.dossier.values(term.field)[1:]}
        near = [labels[found] for found in nearest(fold(term.value), labels)]
        if not near and len(labels) <= 12:
            near = list(labels.values())
        return f"; there is {', '.join(near)}" if near else ""


def _brief(term: Term) -> str:
    """What was typed, for a line that speaks of it."""
    return term.value if len(term.value) <= 60 else term.value[:59] + "…"


def _stems(term: Term) -> list[tuple[str, ...]]:
    """A word with ever less of its ending: "apology" stands as "apologised"."""
    word = term.words[0]
    if term.phrase or term.year or len(term.words) > 1:
        return []
    shortest = max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING)
    return [(word[:length],) for length in range(len(word) - 1, shortest - 1, -1)]


def _any(forms: Sequence[tuple[str, ...]], *, prefix: bool = False) -> str:
    """Full text of any of these words in a row; folded words hold no quotes."""
    listed = [f'"{" ".join(form)}"' for form in forms]
    # The whole word counts beside the beginning, and so for more.
    listed += [f"{listed[0]} *"] if prefix else []
    return f"({' OR '.join(listed)})"
