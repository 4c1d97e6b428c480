"""The query language: words, phrases, ``-not`` and fields, one parser for shell and explorer."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.dossier import dates, folding, safe_text
from tui.dossier.vocabulary import ACTIONS, SILENT, STATES

#: What may stand before a colon, and what is looked for there.
FIELDS = {
    "region": "a partner region, by name or id: region:china",
    "type": "summit, visit, agreement, treaty, person, source and so on: type:visit",
    "actor": "who took part, by name or id: actor:aliyev",
    "place": "where, by name or id: place:baku",
    "tag": "a tag: tag:energy",
    "source": "what it is cited to, by title, publisher or id: source:reuters",
    "id": "the beginning of an id: id:washington",
    "step": f"a step recorded of an agreement, {', '.join(ACTIONS)}: step:in-force",
    "on": "a date in EDTF that it falls on: on:2025-10",
    "after": "a date it begins or goes on after: after:2025-06-30",
    "before": "a date it begins before: before:2020",
    "is": f"one of {', '.join(STATES)}: is:disputed",
}
DATES = ("on", "after", "before")
#: The fields that have these values and no others.
CHOICES = {"step": ACTIONS, "is": STATES}
#: More terms, or longer ones, no reader types, and SQLite does not take without end.
_MOST_TERMS, _LONGEST = 256, 1000
_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»"}


class QueryError(ValueError):
    """A query that cannot be read; the message is one line that says what is allowed."""


class Term(NamedTuple):
    """Something to look for: `value` as it was typed, and its `words`, folded.

    `field` is "" for full text. `negated` says that it may not be there; the words of a `phrase`
    must stand in a row.
    """

    words: tuple[str, ...]
    value: str
    field: str = ""
    negated: bool = False
    phrase: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether it asks for what the reader marked or noted."""
        return self.field == "is" and self.value.lower() in ("marked", "noted", "new")

    @property
    def word(self) -> str:
        """The folded word that a term is; "" if it is more than that, or less."""
        bare = not (self.field or self.negated or self.phrase) and len(self.words) == 1
        return self.words[0] if bare else ""

    @property
    def year(self) -> str:
        """The year that a word of four digits is as well; "" for others."""
        digits = len(self.word) == 4 and self.word.isdecimal()
        return self.word if digits and "1800" <= self.word < "2200" else ""


class Query(NamedTuple):
    """A parsed query, of which all terms must hold; `open_end`: its last word may go on."""

    terms: tuple[Term, ...]
    open_end: bool = True

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words looked for in full text, for marking."""
        return tuple(
            word
            for term in self.terms
            if not term.field and not term.negated
            for word in term.words
        )


def join(arguments: Sequence[str]) -> str:
    """The words of a command line as one query; a field's value keeps its spaces.

    Not so where another field follows: then a whole query was quoted, not one value.
    """
    parts = []
    for argument in arguments:
        field, colon, value = argument.partition(":")
        others = value.split()[1:]
        one = others and not any(_field_at(word.lstrip("-"), 0) in FIELDS for word in others)
        if colon and one and field.lstrip("-") in FIELDS and value[:1] not in _QUOTES:
            argument = f'{field}:"{value}"'
        parts.append(argument)
    return " ".join(parts)


def parse(query: str, *, typing: bool = False) -> Query:
    """Parse a query; raises QueryError. While `typing`, what is not finished yet is let pass.

    Words that say nothing are left out, unless there are no others.
    """
    terms: list[Term] = []
    for count, term in enumerate(_terms(safe_text.clean_line(query), typing)):
        if count == _MOST_TERMS:
            raise QueryError(f"a query has at most {_MOST_TERMS} words and fields")
        if len(term.value) > _LONGEST:
            raise QueryError(f"{term.value[:20]}…: a word has at most {_LONGEST:,} letters")
        if _is_date(term):
            term = term._replace(field="on")
        wrong = _wrong_value(term)
        if wrong and not typing:
            raise QueryError(f"{term.field}: {wrong}")
        if not wrong:
            terms = [known for known in terms if known != term] + [term]
    spoken = [term for term in terms if term.word not in SILENT] or terms
    ended = typing and query[-1:].isspace()
    return Query(tuple(spoken), open_end=not ended and spoken[-1:] == terms[-1:])


def token(key: str) -> str:
    """A facet value as one word of full text."""
    return "-".join(folding.words(key)) or "-"


def _terms(query: str, typing: bool) -> Iterator[Term]:
    at, end = 0, len(query)
    while at < end:
        if query[at].isspace():
            at += 1
            continue
        negated = query[at] == "-" and at + 1 < end and not query[at + 1].isspace()
        at += negated
        field = ""
        if found := _field_at(query, at):
            field = found
            at += len(found) + 1
            if field not in FIELDS:
                if typing:
                    continue
                raise QueryError(f'unknown field "{field}:"; fields are {_listed(FIELDS)}')
        if at < end and query[at] in _QUOTES:
            value, at = _quoted(query, at, typing)
            phrase = True
        else:
            start = at
            while at < end and not query[at].isspace():
                at += 1
            value, phrase = query[start:at], False
        if field and not value and not typing:
            raise QueryError(f'"{field}:" wants a value: {FIELDS[field]}')
        if value:
            yield Term(tuple(folding.words(value)), value, field, negated, phrase)


def _field_at(query: str, at: int) -> str:
    """The field name that stands at `at` before a colon, or ""."""
    start = at
    while at < len(query) and query[at].isascii() and query[at].isalpha():
        at += 1
    return query[start:at].lower() if at > start and query[at : at + 1] == ":" else ""


def _quoted(query: str, at: int, typing: bool) -> tuple[str, int]:
    """The text between the quote at `at` and its partner, and where it ends."""
    closing = _QUOTES[query[at]]
    for end in range(at + 1, len(query)):
        if query[end] in closing:
            return query[at + 1 : end], end + 1
    if typing:
        return query[at + 1 :], len(query)
    raise QueryError(
        f"unbalanced quote at {query[at : at + 20]!r}; close the phrase with {closing[0]}"
    )


def _is_date(term: Term) -> bool:
    """Whether a word is a month or day, ``2025-10`` or ``2025-10-13``; a year is a word, too."""
    year, *rest = term.value.split("-")
    parts = [len(part) for part in rest if part.isdecimal()]
    plain = not (term.field or term.phrase) and len(year) == 4 and year.isdecimal()
    return plain and parts in ([2], [2, 2]) and not _wrong_value(term._replace(field="on"))


def _wrong_value(term: Term) -> str:
    """The message for a date, step or state that cannot be read; "" for whatever can."""
    choices = CHOICES.get(term.field)
    if choices and term.value.lower() not in choices:
        return f"{term.value!r} is not one of {', '.join(choices)}"
    try:
        if term.field in DATES:
            dates.parse(term.value)
    except dates.DateError as error:
        return str(error)
    return ""


def _listed(names: Sequence[str] | dict[str, str]) -> str:
    return " ".join(f"{name}:" for name in names)
