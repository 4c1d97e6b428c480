"""Which encoding the text of a file is in: marked, named under ``[read]``, or guessed."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from tui.dossier import safe_text
from tui.files import StoreError
from tui.importing.rows import ODD, language_data

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
#: Python can decode these, but they are for names of hosts, for mail and for source code.
_NOT_OF_FILES = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
#: Bytes read at once, and bytes of lines beyond ASCII that are enough to guess from.
_CHUNK, _SAMPLE = 1 << 20, 1 << 17


def encoding_of(file: BinaryIO, head: bytes, named: str | None, shown: str) -> tuple[str, bool]:
    """Return the encoding of an open file, and whether some of its bytes are not of it.

    Raises StoreError where the whole file is in another than the one it is said to be in.
    """
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")
    encoding = marked or (_checked(named, shown) if named is not None else _without_mark(head))
    line = _first_odd(file, encoding or "utf-8")
    if line and not encoding:
        encoding = _guessed(file)
        line = _first_odd(file, encoding)
    elif line:
        known = encoding.lower().replace("_", "-").removesuffix("-sig")
        # In UTF-8 a few rows may be broken; in UTF-16 all that follows would be.
        if known.startswith(("utf-16", "utf-32")) or (
            known in ("utf-8", "utf8") and _guessed(file) != "utf-8"
        ):
            raise StoreError(
                f"{shown}: line {line}: not valid {known.upper()}; name its encoding under "
                '[read], for instance encoding = "cp1252"'
            )
    return encoding or "utf-8", bool(line)


def _without_mark(head: bytes) -> str:
    """UTF-16 without a mark: each second byte of text in Latin letters is 0. "" for the rest."""
    if head[1:2] == b"\x00" and head[3:4] == b"\x00":
        return "utf-16-le"
    if head[:1] == b"\x00" and head[2:3] == b"\x00" and head[1:2] != b"\x00":
        return "utf-16-be"
    return ""


def _checked(named: str, shown: str) -> str:
    """The encoding named under ``[read]``; raises StoreError if no file is in it."""
    try:
        found = codecs.lookup(named).name.replace("_", "-")
        "".encode(named)
        b"".decode(named)
    except (LookupError, ValueError):
        found = ""
    if not found or found in _NOT_OF_FILES:
        raise StoreError(
            f"{shown}: read.encoding: {safe_text.clean_line(named)[:40]!r} is no encoding of "
            "files; try utf-8, cp1252 or utf-16"
        )
    return named


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def _first_odd(file: BinaryIO, encoding: str) -> int:
    """The line of the first byte that cannot be decoded; 0 where there is none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, chunk = 1, b""
    try:
        for chunk in _chunks(file):
            decoder.decode(chunk)
            line += chunk.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return line + chunk.count(b"\n", 0, error.start) if chunk else line
    return 0


def _keep_odd(error: UnicodeError) -> tuple[str, int]:
    """Keep bytes that cannot be decoded as lone surrogates, which `ODD` finds.

    As "surrogateescape" does, which refuses the ASCII bytes that UTF-16 may end with.
    """
    assert isinstance(error, UnicodeDecodeError)
    odd = error.object[error.start : error.end]
    return "".join([chr(byte if byte < 0x80 else 0xDC00 + byte) for byte in odd]), error.end


#: The error handler under which bytes that cannot be decoded are kept.
KEEP_ODD = "summitry-keep-odd"
codecs.register_error(KEEP_ODD, _keep_odd)


# -- the encoding guessed

_BEYOND_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")
# What "É’" and "ß“" of an older encoding make as UTF-8: signs that hardly any file has.
_UNLIKELY = re.compile("[\u0250-\u02ff\u0700-\u07ff]")
# Latin letters beyond ASCII stand alone or two together in a word; other scripts make runs.
_RUN = re.compile(rb"[\x80-\xff]+")
_ALONE = re.compile(
    rb"(?<=[A-Za-z])[\x80-\xff]{1,2}(?![\x80-\xff])"
    rb"|(?<![\x80-\xff])[\x80-\xff]{1,2}(?=[A-Za-z])"
)
# Signs that say nothing of the language.
_NEUTRAL = frozenset("“”„‘’‚–—…«»‹›°§©®™€•·´¨\xa0\xad")
#: So many languages are those of most files; of the others one letter more has to be seen.
_COMMON = 7
_WESTERN = frozenset("àâáäãåæçéèêëîïíìñôöóòõøœùûüúßÿ¿¡ºª")
#: Letters of any Western language, as in a list of names, count less than those of one language:
#: of the samples in the tests, at 0.95 some in Czech and Hungarian were taken for Western, from 0.6
#: to 0.9 none. Below the least likelihood charset-normalizer is asked; there 0.6 to 0.9 do as well.
_MIXED_WEIGHT, _LEAST_LIKELY = 0.85, 0.8


def _guessed(file: BinaryIO) -> str:
    """UTF-8 if most of what is not ASCII is that, else the likeliest of the older encodings."""
    decoder = codecs.getincrementaldecoder("utf-8")(KEEP_ODD)
    good = odd = 0
    sample = b""
    for chunk in _chunks(file):
        if chunk.isascii():
            continue
        if len(sample) < _SAMPLE:
            lines = [line for line in chunk.split(b"\n") if not line.isascii()]
            sample += b"\n".join(lines)[:_SAMPLE] + b"\n"
        decoded = decoder.decode(chunk)
        strange = len(ODD.findall(decoded))
        if strange or not good:
            good += len(_BEYOND_ASCII.findall(decoded)) - len(_UNLIKELY.findall(decoded))
        odd += strange
    odd += len(ODD.findall(decoder.decode(b"", final=True)))
    return "utf-8" if odd <= good else _likeliest(sample)


#: UTF-16 is known by its zeros; and old Macintoshes' letters are taken for Arabic ones of Windows.
_NOT_GUESSED = ["utf_16", "utf_16_le", "utf_16_be", "mac_cyrillic", "mac_greek"]


def _likeliest(sample: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8.

    charset-normalizer tells scripts apart well; languages in Latin letters it does not.
    """
    likely, encoding = max(_scores(sample), key=lambda score: score[0])
    if likely >= _LEAST_LIKELY and len(_ALONE.findall(sample)) * 2 >= len(_RUN.findall(sample)):
        return encoding
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_exclusion=_NOT_GUESSED).best()
    if found is not None and not _is_latin(str(found)):
        return found.encoding
    if likely > 0:
        return encoding
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        return found.encoding if found else "latin-1"
    return "cp1252"


def _scores(sample: bytes) -> Iterator[tuple[float, str]]:
    """How much of what is not ASCII is of one language, for each there is, the likelier first."""
    languages = language_data()["letters"]
    signs = {
        encoding: [
            char
            for char in sample.decode(encoding, "replace").lower()
            if not char.isascii() and char not in _NEUTRAL
        ]
        for encoding in dict(languages)
    }
    for place, (encoding, letters) in enumerate(languages):
        of_it = sum(char in letters for char in signs[encoding])
        yield of_it / (len(signs[encoding]) + (place >= _COMMON) or 1), encoding
    western = signs["cp1252"]
    yield _MIXED_WEIGHT * sum(map(_WESTERN.__contains__, western)) / (len(western) or 1), "cp1252"


def _is_latin(decoded: str) -> bool:
    beyond = [char for char in decoded if not char.isascii() and char.isalpha()]
    return sum(char < "\u0370" for char in beyond) * 2 >= len(beyond)
