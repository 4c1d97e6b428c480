"""Ids that depend on what they name alone: names of any script in Latin letters, dates, hashes."""

import base64
import os
import re
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b

from tui.dossier import folding

#: The longest id that a dossier allows, and what leaves room in it for a day, a hash and a number.
LONGEST = 80
_LONGEST_STEM = 58
#: Letters of a hash, five bits each: a thousand rows of one title and day clash 1 time in 2,000.
_HASH = 6
#: Stands for a letter that is not spoken, until the whole name is spelt.
_SILENT = "\0"
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)

# The parts of a Korean syllable, in the order of Unicode, by the Revised Romanization.
_INITIALS = "g kk n d tt r m b pp s ss  j jj ch k t p h"
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"
_FINALS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t"
_HANGUL = range(0xAC00, 0xD7A4)


def slug(name: str, otherwise: str) -> str:
    """Return `name` as an id: folded, in Latin letters, its words joined by hyphens.

    `otherwise` if none is left. At most 58 characters, cut between words where it can be.
    """
    return _slug(name)[0] or otherwise


def event_id(title: str, date: str, rest: Sequence[str]) -> str:
    """Return the id of an event: its title and the day it begins on, with a hash between them
    where these do not say all that the row holds: `rest` are its other cells.
    """
    stem, whole = _slug(title)
    days = _DAY.findall(date)  # only an open start, "/2020" or "../2020", has none
    if whole and days[:1] == [date] and not any(rest):
        return f"{stem}-{date}"
    told = "\x1e".join((title, date, *rest)).encode("utf-8", "replace")
    letters = base64.b32encode(blake2b(told, digest_size=5).digest()).decode().lower()[:_HASH]
    return "-".join([stem or "event", letters, *days[:1]])


def _slug(name: str) -> tuple[str, bool]:
    """The id of a name, "" if nothing is left of it, and whether nothing was left out."""
    made, whole = folding.fold(name), True
    if not made.isascii():
        letters = _letters()
        latin = [char if char.isascii() else letters.get(char) or _syllable(char) for char in made]
        whole = all(latin)
        made = "".join(latin).replace(_SILENT, "")
    made = _NOT_IN_IDS.sub("-", made).strip("-")
    if len(made) > _LONGEST_STEM:
        made, whole = made[: _LONGEST_STEM + 1].rpartition("-")[0] or made[:_LONGEST_STEM], False
    return made, whole and bool(made)


@cache
def _letters() -> dict[str, str]:
    """The letters of other scripts: ``transliteration.txt``."""
    path = os.path.join(os.path.dirname(__file__), "transliteration.txt")
    with open(path, encoding="utf-8") as file:
        lines = [line.split() for line in file if not line.startswith("#")]
    return {char: _SILENT if latin == "-" else latin for latin, chars in lines for char in chars}


def _syllable(char: str) -> str:
    """A Korean syllable in Latin letters; "" for any other character."""
    if ord(char) not in _HANGUL:
        return ""
    initials, vowels, finals = (parts.split(" ") for parts in (_INITIALS, _VOWELS, _FINALS))
    rest, final = divmod(ord(char) - _HANGUL.start, len(finals))
    initial, vowel = divmod(rest, len(vowels))
    return initials[initial] + vowels[vowel] + finals[final]
