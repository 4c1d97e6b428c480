"""The reader's own keys, from the config file: each binding has an id, and may be given others.

::

    [keys]
    "explorer.find" = "ctrl+g"
    "page.hint" = ["f", "F2"]
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import isawaitable
from typing import NamedTuple

from textual.actions import parse
from textual.events import Key
from textual.keys import Keys

from tui.dossier.safe_text import clean_line
from tui.explorer.bindings import BINDINGS, TOGETHER, TYPING, Binding, FootKey
from tui.files import StoreError, read_bytes
from tui.text.glyphs import Signs

#: Keys as a reader writes them, by Textual's names for them.
_WRITTEN = {
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "apostrophe": "'",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "equals_sign": "=",
    "plus": "+",
    "minus": "-",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
}
#: The ids of what one needs next in each pane, the first first: a short footer has no room for all.
FOOT_ORDER = {
    "facets": ("explorer.end-query", "explorer.drill", "explorer.find", "explorer.group"),
    "events": (
        *("explorer.end-query", "explorer.drill", "explorer.find"),
        *("explorer.back", "explorer.sort"),
    ),
    "page": ("page.hint", "explorer.back", "explorer.find", "explorer.lens"),
}
_ARROWS = {"left": "←", "right": "→", "up": "↑", "down": "↓"}
_MODIFIERS = ("ctrl", "shift", "alt", "super", "hyper", "meta")
_NAMES = frozenset(key.value for key in Keys)


class KeyTable:
    """The bindings by place and key, with the reader's own keys where there are any.

    `keymap` has those by the ids of bindings, several joined by commas.
    """

    def __init__(self, keymap: Mapping[str, str]) -> None:
        self._keymap = keymap
        self._places = {
            place: {key: binding for binding in bindings for key in self.keys_of(binding)}
            for place, bindings in BINDINGS.items()
        }

    def keys_of(self, binding: Binding) -> list[str]:
        """The keys of a binding, as Textual names them or as characters."""
        return [key for key in self._keymap.get(binding.id, binding.keys).split(",") if key]

    def name_of(self, id_: str, signs: Signs) -> str:
        """The first key of the binding with this id, as a reader writes it."""
        binding = next(b for bindings in BINDINGS.values() for b in bindings if b.id == id_)
        return key_name(self.keys_of(binding)[0], signs)

    def find(self, place: str, key: Key) -> Binding | None:
        """The binding of a key in a place."""
        bound = self._places[place]
        found = bound.get(key.key) or bound.get(key.character or "")
        # Enter typed before the program runs comes as a line feed, which the terminal made of it.
        return found or (bound.get("enter") if key.key == "ctrl+j" else None)

    def foot(
        self,
        places: Iterable[str],
        pane: str,
        enabled: Callable[[Binding], bool],
        signs: Signs,
        *,
        typing: bool,
    ) -> tuple[FootKey, ...]:
        """The keys for the footer, those needed most first; not those that a place before took.

        While text is typed, characters are no keys.
        """
        shown: list[tuple[str, FootKey]] = []
        taken: set[str] = set()
        for place in places:
            for binding in BINDINGS[place]:
                if binding.foot not in ("any", pane):
                    continue
                keys = (k for k in self.keys_of(binding) if not (typing and character_of(k)))
                key = next(keys, "")
                if key and key not in taken and enabled(binding):
                    shown.append((binding.id, FootKey(key_name(key, signs), binding.name, key)))
            taken |= self._places[place].keys()
        order = FOOT_ORDER.get(pane, ())
        shown.sort(key=lambda one: order.index(one[0]) if one[0] in order else len(order))
        return tuple(key for _, key in shown)

    def rows(self, place: str, signs: Signs) -> Iterator[tuple[str, str, str]]:
        """For help: the keys of each binding as a reader writes them, its help and its id.

        A command without a key is left to the palette.
        """
        for binding in BINDINGS[place]:
            names = "  ".join(key_name(key, signs) for key in self.keys_of(binding))
            if binding.help and names:
                yield names, binding.help, binding.id


class Keymap(NamedTuple):
    """The reader's own keys by the ids of bindings, several joined by commas; and what is odd.

    `picture` says whether the last picture is kept, to be shown first at the next start.
    """

    keys: dict[str, str]
    warnings: tuple[str, ...] = ()
    picture: bool = True


def read_keymap(path: str) -> Keymap:
    """The keys in the config file at `path`.

    An id that there is not is a warning: another version of Summitry may have it.
    Raises StoreError, one line that says what to mend.
    """
    import tomllib  # few have such a file

    shown = clean_line(path)
    try:
        config = tomllib.loads(read_bytes(path, "a config file (TOML)").decode())
    except (ValueError, RecursionError) as error:
        raise StoreError(f"{shown}: not TOML: {clean_line(str(error))}") from None
    picture = config.pop("picture", True)
    if not isinstance(picture, bool):
        raise StoreError(f"{shown}: picture: true or false")
    for name in config:
        if name != "keys":
            raise StoreError(f"{shown}: {clean_line(name)}: no such table; there is [keys]")
    keys = config.get("keys", {})
    if not isinstance(keys, Mapping):
        raise StoreError(f"{shown}: keys: a table of ids and keys, [keys]")
    declared = dict(declared_keys())
    chosen: dict[str, str] = {}
    warnings = []
    for id_, wanted in keys.items():
        where = f"{shown}: keys: {clean_line(id_)}"
        if id_ not in declared:
            warnings.append(f"{where}: no such id{_near(id_, declared)}")
            continue
        names = [wanted] if isinstance(wanted, str) else wanted
        if not isinstance(names, list) or not names or not all(_is_key(name) for name in names):
            raise StoreError(f'{where}: name a key, such as "ctrl+f", or a list of them')
        chosen[id_] = ",".join(_canonical(name) for name in names)
    places = {binding.id: place for place, bindings in BINDINGS.items() for binding in bindings}
    for id_, wanted in chosen.items():
        if places[id_] in TYPING and any(map(character_of, wanted.split(","))):
            raise StoreError(
                f"{shown}: keys: {id_}: a character is typed there; give it another key"
            )
        if other := _clash(id_, declared[id_], declared | chosen, places):
            raise StoreError(f"{shown}: keys: {id_}: {other} has that key; give it another, too")
    return Keymap(chosen, tuple(warnings), picture)


def declared_keys() -> Iterator[tuple[str, str]]:
    """The id and the keys of every binding there is."""
    for bindings in BINDINGS.values():
        for binding in bindings:
            yield binding.id, binding.keys


def _is_key(name: object) -> bool:
    """Whether a terminal can send a key of this name, as far as can be told."""
    if not isinstance(name, str) or not name:
        return False
    *modifiers, key = name.split("+") if name != "+" else ["+"]
    if not all(modifier in _MODIFIERS for modifier in modifiers):
        return False
    return (len(key) == 1 and key.isprintable()) or key.lower() in _NAMES or bool(character_of(key))


def character_of(name: str) -> str:
    """The character that a key of this name types, such as question_mark; "" if it types none."""
    if len(name) == 1 and name.isprintable():
        return name
    if len(written := _WRITTEN.get(name, "")) == 1:  # Textual's plus and minus are not Unicode's
        return written
    try:
        found = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return ""
    return found if found.isprintable() else ""  # Escape and Tab have names, too


def _canonical(name: str) -> str:
    """A key as Textual names it, as far as it does not do so itself."""
    if name == ",":
        return "comma"
    return name.lower() if name.lower() in _NAMES else name


def _clash(id_: str, before: str, keys: Mapping[str, str], places: Mapping[str, str]) -> str:
    """Another binding that works in the same place by a key that `id_` did not have before.

    `places` has the place of each binding by its id.
    """
    mine = set(map(_plain, keys[id_].split(","))) - set(map(_plain, before.split(",")))
    beside = {place for group in TOGETHER if places[id_] in group for place in group}
    clashing = [
        other
        for other, theirs in keys.items()
        if other != id_ and places[other] in beside and mine & set(map(_plain, theirs.split(",")))
    ]
    # What is called alike is named first: of the page, rather than of the lists.
    alike = [other for other in clashing if other.partition(".")[0] == id_.partition(".")[0]]
    return next(iter(alike or clashing), "")


def _plain(key: str) -> str:
    """A key by its character, so that ? and question_mark are one."""
    return character_of(key) or key


def _near(id_: str, declared: Mapping[str, str]) -> str:
    from tui.dossier.folding import nearest

    found = nearest(id_, declared)
    return f"; nearest: {', '.join(found)}" if found else ""


async def act(action: str, target: object) -> bool:
    """Run an action such as ``move(1)`` on what has a method for it; returns whether it has."""
    _, name, arguments = parse(action)
    method = getattr(target, f"action_{name}", None)
    if method is None or not may_act(name, target):
        return False
    done = method(*arguments)
    if isawaitable(done):
        await done
    return True


def may_act(name: str, target: object) -> bool:
    """Whether an action can be run now, as far as its target says so."""
    check = getattr(target, "check_action", None)
    return check is None or bool(check(name, ()))


def key_name(key: str, signs: Signs) -> str:
    """A key as a reader would write it: ``Ctrl+D``, ``→``, ``G``."""
    key = key.split(",")[0].strip()
    if key in _ARROWS:
        return key.capitalize() if signs.ascii else _ARROWS[key]
    if "+" in key:
        return "+".join(part.capitalize() for part in key.split("+"))
    return _WRITTEN.get(key, key.upper() if key[:1] == "f" and key[1:].isdigit() else key)
