"""Other forms of a folded word under which it is looked for as well: number, synonym, nation."""

from collections.abc import Iterator

from tui.dossier.vocabulary import SILENT, SYNONYMS

#: The endings of English plurals, and of their singulars; the first pair that fits is taken.
_ENDINGS = (
    ("ays", "ay"), ("eys", "ey"), ("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"),
    ("xes", "x"), ("s", ""),
)  # fmt: skip
#: A shorter word keeps its ending; an adjective of a nation is longer than others in -an and -i.
_SHORTEST, _SHORTEST_NATION = 3, 6


def forms_of(word: str) -> list[str]:
    """A word and its other forms, itself first; what is no word of any text does no harm."""
    forms = [word, *_numbers(word), *_nations(word)]
    forms += [SYNONYMS[form] for form in forms if form in SYNONYMS]
    letters = word.rstrip("0123456789")  # JF17 is JF-17
    return forms + [f"{letters} {word[len(letters) :]}"] * bool(letters and letters != word)


def spoken(folded: str) -> str:
    """A folded name without the words that say nothing, as it is compared with what is typed."""
    return " ".join([word for word in folded.split() if word not in SILENT]) or folded


def _numbers(word: str) -> Iterator[str]:
    """The singular of an English plural, or else the plural."""
    if word.isascii() and word.isalpha() and len(word) >= _SHORTEST:
        for many, one in _ENDINGS:
            if word.endswith(many) and not word.endswith("ss"):
                yield word.removesuffix(many) + one
                return
        yield next(word.removesuffix(one) + many for many, one in _ENDINGS if word.endswith(one))


def _nations(word: str) -> Iterator[str]:
    """What may be the country of an English adjective, or the adjective of what may be one."""
    if len(word) >= _SHORTEST_NATION:
        if word.endswith("an"):
            yield from (word[:-1], word[:-2], word[:-3])  # Armenian, European, Iranian
        elif word.endswith("i"):
            yield word[:-1]
        elif word.endswith("ia"):
            yield word + "n"
