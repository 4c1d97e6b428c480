"""Text from strangers: made safe to show, folded for search, and the links and addresses in it.

- `clean` and `clean_line` run once, at load, on every string of a dossier.
- `fold` and `words` give the spelling that search compares; `mark_spans` finds it in the text.
- `ascii_only` is for terminals that show nothing else.
- `parse_links`, `link_ids` and `plain` read the one markup, ``[[id]]`` and ``[[id|words]]``.
- `safe_url` says which addresses may be opened.

Everything here is pure and takes time linear in the text. ``re`` and ``unicodedata`` are imported
on first need: a look-up of plain words needs neither.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

REPLACEMENT = "\ufffd"  # \N{…} would import unicodedata to compile this file
"""What an unsafe character is shown as."""

MARKS_IN_A_ROW = 4
"""How many combining marks may follow each other; a letter of any living language needs fewer."""

URL_LENGTH = 2048
"""The longest address that may be opened, in characters."""

# --- making text safe ---------------------------------------------------------------------------

# Never shown as they are (regular expression class contents): C0 except \n, DEL and C1; invisible
# and reordering format characters; line and paragraph separators; blank letters; surrogates;
# noncharacters; and planes 4 to 14, where only tags and variation selectors live. Few ranges
# beyond the BMP, since the engine tries those one after another.
_UNSAFE = (
    r"\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    r"\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0"
    r"\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U0001fffe\U0001ffff"
    r"\U0002fffe\U0002ffff\U0003fffe-\U000effff\U000ffffe\U000fffff\U0010fffe\U0010ffff"
)

# Every combining mark and the two joiners, with some letters between them: whole blocks keep this
# short, and true of Unicode versions to come. What it catches is looked at character by character.
_MARKISH = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0700-\u109f\u135d-\u135f\u1700-\u1c8f\u1cd0-\u1cff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff"
    r"\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\ua67d\ua69e\ua69f\ua6f0"
    r"\ua6f1\ua800-\uabff\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f\U00010000-\U0001efff"
)

# Whatever else in the BMP normalisation may change, again by the block.
_UNSETTLED = (
    r"\u0374\u037e\u0387\u1100-\u11ff\u1f71-\u1ffd\u2000\u2001\u2126\u212a\u212b\u2329\u232a\u2adc"
    r"\uf900-\ufb4f"
)

# Text without any of these is clean. One class, which the engine scans for without trying
# alternatives, and one range beyond the BMP: that keeps the scan ten times faster.
_BMP = "".join(part.partition(r"\U")[0] for part in (_UNSAFE, _MARKISH, _UNSETTLED))
_SUSPECT = f"[{_BMP}\\U00010000-\\U0010ffff]"
_REPLACED = f"[{_UNSAFE}]"
_RUN = f"[{_MARKISH}]{{{MARKS_IN_A_ROW + 1},}}"

_compiled: dict[str, re.Pattern[str]] = {}


def _pattern(source: str) -> re.Pattern[str]:
    """A regular expression, compiled when first needed."""
    pattern = _compiled.get(source)
    if pattern is None:
        import re

        pattern = _compiled[source] = re.compile(source)
    return pattern


def clean(value: str) -> str:
    """``value`` in NFC with every unsafe character made visible; cleaning twice changes nothing.

    A TAB becomes a space, ``\\r\\n`` and ``\\r`` a newline; newlines and the two joiners stay.
    Every other control, invisible or reordering character becomes `REPLACEMENT`, and so does
    what exceeds `MARKS_IN_A_ROW`. Never raises.
    """
    if value.isascii() and value.isprintable():
        return value
    if not _pattern(_SUSPECT).search(value):
        return value
    from unicodedata import is_normalized, normalize

    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    run = _pattern(_RUN)
    value = run.sub(_cap, _pattern(_REPLACED).sub(REPLACEMENT, value))
    # Only now, since normalising a long run of marks takes quadratic time; and again, since it
    # may split one mark into two.
    if not is_normalized("NFC", value):
        value = run.sub(_cap, normalize("NFC", value))
    return value


def clean_line(value: str) -> str:
    """`clean`, with a space for each newline: for titles, names and labels."""
    return clean(value).replace("\n", " ")


def _cap(run: re.Match[str]) -> str:
    from unicodedata import category, combining

    kept = []
    count = 0
    for char in run[0]:
        # The joiners count: else one between every four marks would lift the limit.
        if category(char) in ("Mn", "Me") or combining(char) or char in "\u200c\u200d":
            count += 1
            if count > MARKS_IN_A_ROW:
                if count == MARKS_IN_A_ROW + 1:
                    kept.append(REPLACEMENT)
                continue
        else:
            count = 0
        kept.append(char)
    return "".join(kept)


# --- folding for search -------------------------------------------------------------------------

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
    """Where the words of ``text`` stand that begin with one of the terms (each one `fold`-ed word).

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
        find = _pattern(r"[^\x00-\x7f]").search
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


# --- plain ASCII --------------------------------------------------------------------------------

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


# --- links in prose -----------------------------------------------------------------------------

# The words may not hold a bracket, so no two attempts read the same text: linear.
_LINK = r"\[\[([a-z0-9-]{1,80})(?:\|([^\[\]]++))?\]\]"


def parse_links(text: str) -> tuple[tuple[str, str | None], ...]:
    """Split prose at its links: ``(text, None)`` for plain text, ``(words, id)`` for a link.

    ``words`` is the id itself for ``[[id]]``: show the name of the record. Brackets that make no
    link are plain text. Empty text gives no segments, and no segment is empty.
    """
    if "[[" not in text:
        return ((text, None),) if text else ()
    segments: list[tuple[str, str | None]] = []
    at = 0
    for found in _pattern(_LINK).finditer(text):
        if found.start() > at:
            segments.append((text[at : found.start()], None))
        shown = found[2] or ""
        segments.append((shown if shown.strip() else found[1], found[1]))
        at = found.end()
    if at < len(text):
        segments.append((text[at:], None))
    return tuple(segments)


def link_ids(text: str) -> tuple[str, ...]:
    """The ids that ``text`` links to, each once, in order of first mention."""
    return tuple(dict.fromkeys(link for _, link in parse_links(text) if link is not None))


def plain(text: str, name_of: Callable[[str], str]) -> str:
    """``text`` as it reads: links replaced by their words, or by ``name_of(id)`` without any."""
    if "[[" not in text:
        return text
    return "".join(
        name_of(link) if link and shown == link else shown for shown, link in parse_links(text)
    )


# --- addresses ----------------------------------------------------------------------------------


def safe_url(url: str) -> bool:
    """Whether ``url`` may be opened, once shown in full: ``http`` or ``https``, with a plain host.

    Refused: more than `URL_LENGTH` characters, control or invisible characters, spaces,
    backslashes, a user name or password, an odd host or port. Never raises.
    """
    if len(url) > URL_LENGTH or not url.isprintable() or any(c in url for c in " \\" + REPLACEMENT):
        return False
    from unicodedata import normalize
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or port == 0:
        return False
    if parts.netloc.startswith("["):  # urlsplit has checked the brackets, not what is in them
        return ":" in host and all(c in "0123456789abcdef:." for c in host)
    if normalize("NFKC", host) != host:
        return False  # a browser would read another host than the one shown
    labels = host.removesuffix(".").split(".")
    return all(label and label.replace("-", "").replace("_", "").isalnum() for label in labels)
