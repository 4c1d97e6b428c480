"""Which encoding a file is in: named, told by its first bytes, or guessed from its letters."""

import codecs
import re
from collections.abc import Callable, Iterator

from tui.dossier import safe_text
from tui.files import StoreError

#: Reads so many bytes of a file, none at its end; raises StoreError.
Read = Callable[[int], bytes]

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
_CHUNK, _SAMPLE = 1 << 20, 1 << 17
#: Bytes that could not be decoded, as KEEP_ODD leaves them.
ODD = re.compile("[\udc80-\udcff]")
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
#: An encoding, and the letters beyond ASCII that a language writes in it, in lower case.
_LATIN = (
    ("cp1252", "àâæçéèêëîïôœùûüÿ"),  # French
    ("cp1252", "äöüßé"),  # German
    ("cp1252", "áéíñóúü¿¡ºª"),  # Spanish
    ("cp1252", "àáâãçéêíóôõúüºª"),  # Portuguese
    ("cp1252", "àèéìíòóùú"),  # Italian
    ("cp1252", "åäæéöø"),  # Scandinavian
    ("cp1252", "äõöüšž"),  # Estonian
    ("cp1254", "çğıöşüâîû"),  # Turkish
    ("cp1252", "áéíóúýþæðö"),  # Icelandic
    ("cp1250", "ąćęłńóśźż"),  # Polish
    ("iso8859-2", "ąćęłńóśźż"),
    ("cp1250", "áčďéěíňóřšťúůýž"),  # Czech
    ("iso8859-2", "áčďéěíňóřšťúůýž"),
    ("cp1250", "áäčďéíĺľňóôŕšťúýž"),  # Slovak
    ("iso8859-2", "áäčďéíĺľňóôŕšťúýž"),
    ("cp1250", "áéíóöőúüű"),  # Hungarian
    ("cp1250", "ćčđšž"),  # Croatian, Slovene
    ("iso8859-2", "ćčđšž"),
    ("cp1250", "ăâîşţ"),  # Romanian
    ("cp1257", "ąčęėįšųūž"),  # Lithuanian
    ("cp1257", "āčēģīķļņšūž"),  # Latvian
)
_WESTERN = frozenset("àâáäãåæçéèêëîïíìñôöóòõøœùûüúßÿ¿¡ºª")
#: Languages that a single letter is proof of; of the others more have to be seen.
_COMMON = 7


def named_encoding(head: bytes, named: str | None, shown: str) -> str:
    """The encoding that was named, or that the first bytes tell; "" where they do not."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if named is None:
        if head[1:2] == b"\x00" and head[3:4] == b"\x00":
            return "utf-16-le"
        if head[:1] == b"\x00" and head[2:3] == b"\x00" and head[1:2] != b"\x00":
            return "utf-16-be"
        return ""
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


def first_odd(read: Read, encoding: str) -> int:
    """The line of the first byte that cannot be decoded; 0 where there is none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, chunk = 1, b""
    try:
        for chunk in _chunks(read):
            decoder.decode(chunk)
            line += chunk.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return line + chunk.count(b"\n", 0, error.start) if chunk else line
    return 0


def _kept(error: UnicodeError) -> tuple[str, int]:
    """As "surrogateescape", and it raises for no byte whatever."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    odd = error.object[error.start : error.end]
    return "".join([chr(byte if byte < 0x80 else 0xDC00 + byte) for byte in odd]), error.end


#: What to do with bytes that cannot be decoded, for `open`: ODD finds what they become.
KEEP_ODD = "summitry-keep-odd"
codecs.register_error(KEEP_ODD, _kept)


def guess(read: Read) -> str:
    """UTF-8 if most of what is not ASCII is that, else the likeliest of the older encodings."""
    decoder = codecs.getincrementaldecoder("utf-8")(KEEP_ODD)
    good = odd = 0
    sample = b""
    for chunk in _chunks(read):
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


def _chunks(read: Read) -> Iterator[bytes]:
    while chunk := read(_CHUNK):
        yield chunk


def _likeliest(sample: bytes) -> str:
    """charset-normalizer tells scripts apart well; languages in Latin letters it does not."""
    likely, encoding = max(_scores(sample), key=lambda score: score[0])
    alone, runs = len(_ALONE.findall(sample)), len(_RUN.findall(sample))
    if likely >= 0.8 and alone * 2 >= runs:
        return encoding
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_exclusion=["utf_16", "utf_16_le", "utf_16_be"]).best()
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
    decoded = {
        encoding: sample.decode(encoding, "replace").lower()
        for encoding in dict.fromkeys(encoding for encoding, _ in _LATIN)
    }
    beyond = {
        encoding: [char for char in value if not char.isascii() and char not in _NEUTRAL]
        for encoding, value in decoded.items()
    }
    for place, (encoding, letters) in enumerate(_LATIN):
        signs = beyond[encoding]
        more = 0 if place < _COMMON else 1
        yield sum(char in letters for char in signs) / (len(signs) + more or 1), encoding
    signs = beyond["cp1252"]
    # Several Western languages in one file, as in a list of names.
    yield 0.85 * sum(char in _WESTERN for char in signs) / (len(signs) or 1), "cp1252"


def _is_latin(decoded: str) -> bool:
    beyond = [char for char in decoded if not char.isascii() and char.isalpha()]
    return sum(char < "\u0370" for char in beyond) * 2 >= len(beyond)
