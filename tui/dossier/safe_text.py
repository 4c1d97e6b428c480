"""Text from strangers made safe to show: strings cleaned, and web addresses judged.

`clean` and `clean_line` run once, at load, on every string of a dossier. Both take time linear in
the text. ``re`` and ``unicodedata`` are imported on first need: a look-up of plain words needs
neither.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

REPLACEMENT = "\ufffd"  # \N{…} would import unicodedata to compile this file
"""What an unsafe character is shown as."""

MARKS_IN_A_ROW = 4
"""How many combining marks may follow each other; a letter of any living language needs fewer."""

URL_LENGTH = 2048
"""The longest address that may be opened, in characters."""

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
_IN_NO_URL = frozenset(f" \\{REPLACEMENT}")
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


def safe_url(url: str) -> bool:
    """Whether ``url`` may be opened, once shown in full: ``http`` or ``https``, with a plain host.

    Refused: more than `URL_LENGTH` characters, control or invisible characters, spaces,
    backslashes, a user name or password, an odd host or port. Never raises.
    """
    if len(url) > URL_LENGTH or not url.isprintable() or not _IN_NO_URL.isdisjoint(url):
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
