"""What the events of an import share: words, ids, regions, actors, places, and their wholes."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any, BinaryIO, TypeVar

import msgspec

from tui.dossier import folding
from tui.importing.rows import RowError, as_line

Fields = dict[str, Any]
_Value = TypeVar("_Value")

#: The longest cell that a Memo keeps, in characters.
_LONGEST_CELL = 1000
#: Kinds whose ids are the name alone. Others have the kind before it: a state or an organisation
#: may be called as a region is, and which of them comes first in a file must not matter.
_PLAIN = frozenset({"region", "person"})
#: The longest id that a dossier allows, and what leaves room in it for a day, a hash and a number.
LONGEST = 80
_LONGEST_STEM = 58
#: Letters of a hash, four bits each: a thousand rows of one title and day clash 1 time in 500.
_HASH = 7
#: Stands for a letter that is not spoken, until the whole name is spelt.
_SILENT = "\0"
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")

# The parts of a Korean syllable, in the order of Unicode, by the Revised Romanization.
_INITIALS = "g kk n d tt r m b pp s ss  j jj ch k t p h"
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"
_FINALS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t"
_HANGUL = range(0xAC00, 0xD7A4)


class Memo(dict[str, _Value]):
    """Remembers what a function makes of a cell, up to `size` cells; read it as a dict."""

    def __init__(self, make: Callable[[str], _Value], size: int = 20_000) -> None:
        self._make, self._size = make, size

    def __missing__(self, cell: str) -> _Value:
        if len(self) >= self._size:
            self.clear()
        made = self._make(cell)
        if len(cell) <= _LONGEST_CELL:
            self[cell] = made
        return made


class WordMap(Memo[str]):
    """A table of the mapping, such as ``[types]``, from the file's words to the dossier's.

    Case and accents do not matter, and words of the dossier itself need no entry: "*" is for
    the rest. Read it as a
    dict; raises RowError for a word that it does not know.
    """

    def __init__(self, table: dict[str, str], known: Iterable[str], name: str, empty: str) -> None:
        """`name` is the table's in messages; `empty` is what an empty cell becomes."""
        super().__init__(self._look_up)
        self._table = {folding.fold(key) or key: value for key, value in table.items()}
        self._known, self._name = frozenset(known), name
        self._else = table.get("*", "")
        self._empty = self._else or empty
        self.update({word: value for word, value in table.items() if word})

    def _look_up(self, word: str) -> str:
        if not word:
            return self._empty
        folded = folding.fold(as_line(word))
        if found := self._table.get(folded):
            return found
        if (known := folded.replace(" ", "-")) in self._known:
            return known
        if not self._else:
            shown = as_line(word)[:60]
            raise RowError(f'"{shown}" is not in [{self._name}]; add it there, or "*"')
        return self._else


def country_code(code: str) -> str:
    """Return a country code of two letters, or "" for anything else."""
    code = code.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


class Registry:
    """The regions, actors and places of a dossier, each made at its first mention, and all ids."""

    def __init__(self, meta: Fields, source: Fields) -> None:
        self._ids = {source["id"]}
        self._next: dict[str, int] = {}
        self._alike = 0
        #: The id that the mapping gives an event, where it was taken → the one it has instead.
        self.moved: dict[str, str] = {}
        #: The documents by table, in the order of a dossier, without the events.
        self.tables: dict[str, list[Fields]] = {
            "meta": [meta], "regions": [], "actors": [], "places": [], "sources": [source],
        }  # fmt: skip
        # The ids by name, as written and folded.
        self._regions: dict[str, str] = {}
        self._actors: dict[str, str] = {}

    def new_id(self, wanted: str) -> str:
        """Return the id `wanted`, numbered where another record has it."""
        made = wanted
        while made in self._ids:
            number = self._next[wanted] = self._next.get(wanted, 1) + 1
            tail = f"-{number}"
            made = wanted[: LONGEST - len(tail)].rstrip("-") + tail
        self._ids.add(made)
        return made

    def event_id(self, wanted: str, *, given: bool) -> str:
        """Return the id of an event, numbered where another record has it.

        It is `given` by the mapping, or else made of the row: then one that is taken is that of
        a row in which all is the same.
        """
        made = self.new_id(wanted)
        if made != wanted and given:
            self.moved[wanted] = made
        self._alike += made != wanted and not given
        return made

    def region(self, name: str) -> str:
        """Return the id of the region with this (cleaned) name."""
        if known := self._regions.get(name):
            return known
        return self._named(self._regions, "regions", name, "region", {})

    def actor(self, name: str, kind: str, country: str) -> str:
        """Return the id of the actor with this (cleaned) name; the first mention says the rest."""
        if known := self._actors.get(name):
            return known
        fields = {"type": kind, "country": country} if country else {"type": kind}
        return self._named(self._actors, "actors", name, kind, fields)

    def notes(self) -> Iterator[str]:
        """Return what to tell of ids that were taken."""
        if self._alike:
            rows = "1 row is" if self._alike == 1 else f"{self._alike:,} rows are"
            yield f"{rows} the same as one above in all that is read; their ids are numbered"
        for wanted, made in list(self.moved.items())[:1]:
            yield (
                f"{len(self.moved)} ids of events are taken by something else and have a number "
                f"now (first: {wanted} is {made})"
            )

    def _named(self, known: dict[str, str], table: str, name: str, kind: str, more: Fields) -> str:
        folded = folding.fold(name) or name
        id_ = known.get(folded)
        if id_ is None:
            id_ = self.new_id(slug(name if kind in _PLAIN else f"{kind} {name}", kind))
            self.tables[table].append({"id": id_, "name": name, **more})
        known[folded] = known[name] = id_
        return id_


class PartOf:
    """What each event is part of: named by id or title as rows come, found once all are known.

    Only ids and titles are kept, not the events.
    """

    def __init__(self, moved: dict[str, str]) -> None:
        """`moved` is the registry's: the ids that were taken, and what they became."""
        self._moved = moved
        self._ids: set[str] = set()
        self._titles: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._found: dict[str, str] = {}
        self._lost = 0

    def add(self, event: Fields) -> None:
        """Remember one event, and what it says it is part of."""
        self._ids.add(event["id"])
        self._titles.setdefault(folding.fold(event["title"]), event["id"])
        if named := event.get("part_of"):
            self._named[event["id"]] = named

    def find(self) -> None:
        """Find what each event is part of; no event may end up a part of itself."""
        above: dict[str, str] = {}

        def top(id_: str) -> str:
            while id_ in above:
                above[id_] = above.get(above[id_], above[id_])  # shortens the next way up
                id_ = above[id_]
            return id_

        for id_, named in self._named.items():
            wanted = slug(named, "")
            whole = self._moved.get(wanted, wanted)
            if whole not in self._ids:
                whole = self._titles.get(folding.fold(named), "")
            if whole and top(whole) != id_:
                self._found[id_] = above[id_] = whole
            else:
                self._lost += 1

    def settled(self, events: Iterable[Fields], spool: BinaryIO) -> Iterator[Fields]:
        """The events once it is known what they are part of, which may come after them.

        Until all have come they are kept in the file `spool`.
        """
        for event in events:
            self.add(event)
            spool.write(msgspec.json.encode(event) + b"\n")
        self.find()
        spool.seek(0)
        for line in spool:
            event = msgspec.json.decode(line)
            self.apply(event)
            yield event

    def apply(self, event: Fields) -> None:
        """Put the id found into an event, or else keep the name as the fact "Part of"."""
        if "part_of" not in event:
            return
        if whole := self._found.get(event["id"]):
            event["part_of"] = whole
        else:
            event["facts"] = {"Part of": event.pop("part_of"), **event.get("facts", {})}

    def notes(self) -> Iterator[str]:
        """Return what to tell of events that are part of nothing."""
        if self._lost:
            are = " is" if self._lost == 1 else "s are"
            yield (
                f"{self._lost} event{are} part of one that is not there, or of themselves; what "
                'they name is kept as the fact "Part of"'
            )


# -- ids, which depend on what they name alone


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
    start, _, end = date.partition("/")
    day = (start if start[:1].isdigit() else end).rstrip("~?%")  # of an open start, the end
    if whole and day == date and not any(rest):
        return f"{stem}-{date}"
    told = "\x1e".join((title, date, *rest)).encode("utf-8", "replace")
    digest = blake2b(told, digest_size=4).hexdigest()[:_HASH]
    return f"{stem or 'event'}-{digest}-{day}"


def _slug(name: str) -> tuple[str, bool]:
    """The id of a name, "" if nothing is left of it, and whether nothing was left out."""
    made, whole = folding.fold(name), True
    if not made.isascii():
        letters = _letters()
        latin = [char if char.isascii() else letters.get(char) or _syllable(char) for char in made]
        whole = all(latin)
        made = "".join(latin).replace(_SILENT, "")
        made = _NOT_IN_IDS.sub("-", made).strip("-")
    else:
        made = made.replace(" ", "-")
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
