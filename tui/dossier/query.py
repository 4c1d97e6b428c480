"""The query language: words, phrases, ``-not`` and fields, one parser for shell and explorer."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.dossier import dates, folding, safe_text

#: What may stand before a colon, and what is looked for there.
FIELDS = {
    "region": "a partner region, by name or id",
    "type": "summit, visit, meeting, agreement…; also treaty, declaration, person…",
    "actor": "who took part, by name or id",
    "place": "where, by name or id",
    "tag": "a tag",
    "source": "what it is cited to, by title, publisher or id",
    "id": "the beginning of an id",
    "on": "a date in EDTF that it falls on: 2025-10",
    "after": "a date it is later than",
    "before": "a date it is earlier than",
}
DATES = ("on", "after", "before")
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
    """The words of a command line as one query; a field's value keeps its spaces."""
    parts = []
    for argument in arguments:
        field, colon, value = argument.partition(":")
        spaced = any(char.isspace() for char in value)
        if colon and spaced and field.lstrip("-") in FIELDS and value[:1] not in _QUOTES:
            argument = f'{field}:"{value}"'
        parts.append(argument)
    return " ".join(parts)


def parse(query: str, *, typing: bool = False) -> Query:
    """Parse a query; raises QueryError. While `typing`, what is not finished yet is let pass."""
    terms = []
    for term in _terms(safe_text.clean_line(query), typing):
        wrong = _wrong_date(term.value) if term.field in DATES else ""
        if wrong and not typing:
            raise QueryError(f"{term.field}: {wrong}")
        if not wrong:
            terms.append(term)
    return Query(tuple(terms), open_end=not query[-1:].isspace() if typing else True)


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


def _wrong_date(value: str) -> str:
    """The message for a date that cannot be read; "" for one that can."""
    try:
        dates.parse(value)
    except dates.DateError as error:
        return str(error)
    return ""


def _listed(names: Sequence[str] | dict[str, str]) -> str:
    return " ".join(f"{name}:" for name in names)
