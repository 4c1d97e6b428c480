"""The spelling that search compares: case, accents and letters of other alphabets folded away.

`fold` and `words` give that spelling, `mark_spans` finds it in the text as written, `nearest` and
`nearest_word` find what was probably meant, and `ascii_only` is for terminals that show nothing
else. ``re``, ``unicodedata`` and ``rapidfuzz`` are imported on first need: a look-up of plain
words needs none of them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Apostrophes and their like join: Xi'an is Xian, Oʻzbekiston is Ozbekiston, ʿAli is Ali. So do the
# Armenian signs that stand inside a word.
_JOINING = frozenset("'`´‘’‛′‵＇՚՛՜՞׳Ꞌꞌʹʺʻʼʽʾʿˈˊˋˮ")

# Latin letters by the word that names them in Unicode, where that word is not the letter itself.
_NAMED = {
    "ALPHA": "a",
    "ENG": "n",
    "ESH": "s",
    "ETH": "d",
    "EZH": "z",
    "GAMMA": "g",
    "IOTA": "i",
    "KRA": "k",
    "OI": "g",  # ƣ, the gh of the older Turkic alphabets; Unicode misnames it
    "SCHWA": "e",
    "THORN": "th",
    "UPSILON": "u",
    "WYNN": "w",
}
_SPECIAL = {"ё": "е", "ɯ": "i"}

_LOWER = bytes(
    code + 32 if 65 <= code <= 90 else code if 97 <= code <= 122 or 48 <= code <= 57 else 32
    for code in range(256)
)
_TABLE_SIZE = 16_384


class _Table(dict[int, str]):
    """Code point → folded text, worked out when first met: "" joins, " " parts words."""

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        if len(self) < _TABLE_SIZE:
            self[code] = folded
        return folded


_table = _Table()


def fold(value: str) -> str:
    """The spelling that search compares: words in lower case, one space between; may be empty.

    Accents go and Latin letters become plain ones (ə ı ş ł ø → e i s l o, ß æ þ → ss ae th);
    apostrophes go (``Xi'an`` → ``xian``); hyphens and all other punctuation part words. Other
    scripts keep their letters, with ё as е. Expects cleaned text; folding twice changes nothing.
    """
    if not value.isascii():
        value = _fold_letters(value)
        if not value.isascii():
            return " ".join(value.split())
    return b" ".join(value.encode().translate(_LOWER, b"'`").split()).decode()


def words(value: str) -> list[str]:
    """The words of `fold`."""
    return fold(value).split()


def mark_spans(text: str, folded_terms: Iterable[str]) -> list[tuple[int, int]]:
    """Find the words of ``text`` that begin with one of the terms (each one `fold`-ed word).

    Returns ``(start, end)`` offsets of whole words in ``text`` itself, in order, never overlapping.
    """
    terms = tuple(term for term in folded_terms if term)
    spans: list[tuple[int, int]] = []
    haystack = f" {fold(text)}"  # cheap, and most texts hold no match
    if not any(f" {term}" in haystack for term in terms):
        return spans
    word = ""
    start = end = 0
    for at, char in enumerate(text):
        folded = _table[ord(char)]
        if not folded:
            # A mark belongs to the word it ends; a quotation mark does not.
            if char not in _JOINING and end == at:
                end = at + 1
            continue
        pieces = folded.split(" ")
        for number, piece in enumerate(pieces):
            if number and word:
                _add_span(spans, word, terms, start, end)
                word = ""
            if piece:
                if not word:
                    start = at
                word += piece
                end = at + 1
    if word:
        _add_span(spans, word, terms, start, end)
    return spans


def _add_span(
    spans: list[tuple[int, int]], word: str, terms: tuple[str, ...], start: int, end: int
) -> None:
    if not word.isascii():
        from unicodedata import normalize

        word = normalize("NFC", word)  # as fold does, once the word is whole
    if not word.startswith(terms):
        return
    if spans and start < spans[-1][1]:  # two words out of one character, such as ½
        start = spans.pop()[0]
    spans.append((start, end))


def _fold_letters(value: str) -> str:
    """Fold what is not ASCII, and perhaps what is."""
    if len(value) > 200:
        # Prose in Latin script has few different accented letters: replacing each throughout is
        # several times faster than translating every character.
        import re

        find = re.compile(r"[^\x00-\x7f]").search
        at = 0
        for _ in range(40):
            found = find(value, at)
            if found is None:
                return value
            char = found[0]
            folded = _table[ord(char)]
            if not folded.isascii() or "\u0300" <= char <= "\u036f":
                break
            value = value.replace(char, folded)
            at = found.start()
    from unicodedata import normalize

    # Composed first, so that the mark of й is part of it; and last, for letters made of parts.
    return normalize("NFC", normalize("NFC", value).translate(_table))


def _fold_char(char: str) -> str:
    from unicodedata import category, normalize

    if char in _JOINING:
        return ""
    parts = normalize("NFKD", char)
    if parts[0] < "\u0400":  # Latin, Greek, digits and signs lose their marks; й and ї do not
        parts = "".join(part for part in parts if category(part) != "Mn")
    else:
        parts = normalize("NFKC", char)
    return "".join(map(_fold_part, normalize("NFKC", parts.casefold())))


def _fold_part(char: str) -> str:
    from unicodedata import category, name

    if char in _SPECIAL:
        return _SPECIAL[char]
    kind = category(char)
    if char in _JOINING or kind == "Cf" or _is_accent(char):
        return ""
    if kind[0] not in "LMN":
        return " "
    if char > "\x7f" and kind[0] == "L":
        # LATIN SMALL LETTER L WITH STROKE, LATIN LETTER SMALL CAPITAL I, LATIN SMALL LETTER U BAR …
        spoken = name(char, "").partition(" WITH ")[0]
        script, *rest = spoken.removesuffix(" BAR").removesuffix(" DIGRAPH").split(" ")
        if script == "LATIN" and rest:
            return _NAMED.get(rest[-1]) or (rest[-1].lower() if len(rest[-1]) < 3 else char)
    return char


def _is_accent(char: str) -> bool:
    """Whether a mark belongs to no script of its own: diacritics and variation selectors."""
    return (
        "\u0300" <= char <= "\u036f"
        or "\u1ab0" <= char <= "\u1aff"
        or "\u1dc0" <= char <= "\u1dff"
        or "\u20d0" <= char <= "\u20ff"
        or "\ufe00" <= char <= "\ufe0f"
        or "\ufe20" <= char <= "\ufe2f"
    )


# Comparing spellings takes time in proportion to their length; no id or field is longer.
_LONGEST = 80


def nearest(
    name: str, among: Iterable[str], *, most: int = 3, alike: int = 60, whole: bool = False
) -> list[str]:
    """The spellings in `among` that are most like `name`, the best first, `most` at most.

    `alike`, 0 to 100, is how much so they must be, by RapidFuzz's ``WRatio``, which takes a part
    for the whole; with `whole` by its ``ratio``, which does not.
    """
    from rapidfuzz import fuzz, process

    scorer = fuzz.ratio if whole else fuzz.WRatio
    found = process.extract(
        name[:_LONGEST], list(among), scorer=scorer, limit=most, score_cutoff=alike
    )
    return [spelling for spelling, _, _ in found]


def nearest_word(word: str, known: Mapping[str, int]) -> str:
    """The known word that is fewest slips away from `word`; `word` itself where none is near.

    `known` says how often each word is used: of two as near, and with the same first letter, the
    commoner is meant. A short word allows one slip, one of nine letters or more three.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    slips = 1 if len(word) < 5 else 2 if len(word) < 9 else 3
    near = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=slips, limit=20)
    if not near:
        return word
    return min(near, key=lambda found: (found[1], found[0][:1] != word[:1], -known[found[0]]))[0]


_STAND_INS = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‚": "'", "‹": "'", "›": "'",
    "−": "-", "·": "-", "•": "*", "×": "x", "→": "->", "←": "<-", "↔": "<->", "€": "EUR",
}  # fmt: skip


def ascii_only(value: str) -> str:
    """``value`` for a terminal without Unicode: plain letters, ``-`` and ``"``; else ``?``."""
    if value.isascii():
        return value
    from unicodedata import normalize

    return "".join(c if c.isascii() else _ascii(c) for c in normalize("NFC", value))


def _ascii(char: str) -> str:
    from unicodedata import category, normalize

    if char in _STAND_INS:
        return _STAND_INS[char]
    if char in _JOINING:
        return "'"
    parts = normalize("NFKD", char).replace("\u2044", "/")
    bare = "".join(part for part in parts if not _is_accent(part))
    if bare.isascii():  # accents, forms such as № and …, spaces
        return bare
    folded = _table[ord(char)]
    if folded.isascii() and folded != " ":
        return folded.capitalize() if char.isupper() else folded
    return "-" if category(char) == "Pd" else "?"
