"""Texts: unreadable links, words that judge, names without a link, characters nobody sees."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from tui.dossier import prose_links, safe_text
from tui.dossier.check.problem import Problem, field_path, quoted, walk
from tui.dossier.records import Actor, Event, Record, Source, names_of, prose_of
from tui.files import StoreError, read_bytes

#: The list of loaded words that ships with Summitry; it says itself how it is written.
SHIPPED = Path(__file__).with_name("loaded_words.txt")
_WORD = re.compile(r"\w+")
#: A name is looked for in texts if it has so many letters, and no more than so many words.
_LETTERS, _MOST_WORDS = 5, 12


class LoadedWords:
    """A list of words that judge, as :data:`SHIPPED` describes it."""

    def __init__(self, lines: Iterable[str], names: Iterable[str] = ()) -> None:
        """Take the list, and the dossier's own `names`, in which any word may stand."""
        words: list[str] = []
        allowed: list[str] = []
        for line in lines:
            entry = line.partition("#")[0].strip()
            (allowed if entry.startswith("!") else words).append(entry.removeprefix("!"))
        self._words = _either(words)
        self._allowed = _either([*allowed, *(name for name in names if self._words.search(name))])

    def found_in(self, prose: str) -> list[str]:
        """The loaded words of `prose`, each once, in order."""
        if not self._words.search(prose):  # nearly always
            return []
        prose = self._allowed.sub(" · ", prose)
        return list(dict.fromkeys(found[0].lower() for found in self._words.finditer(prose)))


def read_words(path: str | os.PathLike[str] | None) -> list[str]:
    """The lines of a list of loaded words, the shipped one if None; raises StoreError."""
    try:
        data = read_bytes(path or SHIPPED, "a list of loaded words")
        return data.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        shown = safe_text.clean_line(os.fspath(path or SHIPPED))
        raise StoreError(f"{shown}: not valid UTF-8; save the list as UTF-8") from None


def _either(entries: Iterable[str]) -> re.Pattern[str]:
    """A pattern for whole words out of `entries`, in any case; ``*`` stands for any ending.

    Grouped by first letter, so that most words of a text are passed over at once.
    """
    groups: dict[str, list[str]] = {}
    for entry in sorted(set(filter(None, entries)), key=len, reverse=True):
        stem = entry.removesuffix("*")
        pattern = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", stem)))
        if stem:
            ending = r"\w*" if stem != entry else r"(?!\w)" if _WORD.match(stem[-1]) else ""
            groups.setdefault(stem[0].lower(), []).append(pattern + ending)
    either = "|".join(
        f"(?={re.escape(letter)})(?:{'|'.join(patterns)})" for letter, patterns in groups.items()
    )
    return re.compile(rf"(?<!\w)(?:{either or '(?!)'})", re.IGNORECASE)


class RecordNames:
    """The names of records, found in a text in one walk over its words."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._names: dict[str, tuple[str, list[str]]] = {}
        self._lengths: dict[tuple[str, str], set[int]] = {}
        for record in records:
            if isinstance(record, Source):
                continue
            name, *aliases = names_of(record)
            least = 1 if isinstance(record, Actor) and record.type == "person" else _LETTERS
            self._add(name, record.id, least)
            for alias in aliases:
                self._add(alias, record.id, _LETTERS)

    def _add(self, name: str, id_: str, least: int) -> None:
        words = _WORD.findall(name)
        # Lower-case names are ordinary words; one word alone says too little.
        if not 2 <= len(words) <= _MOST_WORDS or name[:1].islower():
            return
        if sum(map(len, words)) >= least:
            self._names.setdefault(" ".join(words), (name, []))[1].append(id_)
            self._lengths.setdefault((words[0], words[1]), set()).add(len(words))

    def found_in(self, prose: str) -> Iterator[tuple[str, list[str]]]:
        """Each name that stands outside a link, the longest there is, with whose it is."""
        for shown, link in prose_links.parse_links(prose):
            if link is not None:
                continue
            words = _WORD.findall(shown)
            at = 0
            while at < len(words) - 1:
                found = None
                for length in self._lengths.get((words[at], words[at + 1]), ()):
                    key = " ".join(words[at : at + length])
                    if key in self._names and (found is None or length > found[0]):
                        found = length, self._names[key]
                at += found[0] if found else 1
                if found:
                    yield found[1]


def hidden_character_problems(where: str, raw: bytes | msgspec.Raw) -> Iterator[Problem]:
    """A note for each text in a record's JSON with characters that are not shown as they are."""
    for steps, value in walk(msgspec.json.decode(raw)):
        texts = value if isinstance(value, dict) else [value] if isinstance(value, str) else []
        for hidden in filter(None, map(_hidden, texts)):
            what = f"{hidden}: shown as {safe_text.REPLACEMENT}"
            yield Problem(where, field_path(steps) or "record", what, "take it out", is_note=True)


def _hidden(value: str) -> str:
    """The part of a text that is not shown as it is: ``the character U+001B``; "" if none."""
    mark = safe_text.REPLACEMENT
    if safe_text.clean(value).count(mark) <= value.count(mark):
        return ""
    found = next((char for char in value if char != mark and safe_text.clean(char) == mark), None)
    return f"the character U+{ord(found):04X}" if found else "too many marks in a row"


def prose_problems(record: Record, names: RecordNames, loaded: LoadedWords) -> Iterator[Problem]:
    """Names without a link, unreadable links, and loaded words where nobody is said to judge."""
    if isinstance(record, Event):
        yield from _unlinked(record, names)
    for field, prose, is_neutral in _texts(record):
        yield from text_problems(record.id, field, prose, loaded if is_neutral else None)


def text_problems(
    where: str, field: str, prose: str, loaded: LoadedWords | None
) -> Iterator[Problem]:
    """Links that cannot be read, and loaded words if `loaded` is given."""
    rest = prose_links.plain(prose, lambda _: "")
    if "[[" in rest or "]]" in rest:
        what = "brackets that make no link"
        yield Problem(where, field, what, "write [[id]] or [[id|shown words]]")
    for word in loaded.found_in(prose_links.plain(prose, lambda _: "·")) if loaded else ():
        what = f"{quoted(word)} judges, and nobody is said to"
        mend = "say it plainly, or make it a statement or an assessment of someone"
        yield Problem(where, field, what, mend)


def _texts(record: Record) -> Iterator[tuple[str, str, bool]]:
    """Field, text, and whether it must not judge."""
    if summary := getattr(record, "summary", ""):
        yield "summary", summary, True
    if isinstance(record, Event):
        for label, value in record.facts.items():
            if isinstance(value, str):
                yield f"facts.{label[:60]}", value, True
        for n, claim in enumerate(record.claims):
            yield f"claims[{n}].text", claim.text, claim.kind == "fact"


def _unlinked(event: Event, names: RecordNames) -> Iterator[Problem]:
    noted = {event.id, event.place}
    for field, prose in prose_of(event):
        linked = set(prose_links.link_ids(prose))
        for name, ids in names.found_in(prose):
            if noted.isdisjoint(ids) and linked.isdisjoint(ids):
                noted.update(ids)
                what = f"names {quoted(name)} without a link"
                mend = f"write [[{ids[0]}|{name[:80]}]]"
                yield Problem(event.id, field, what, mend, is_note=True)
