"""Keys as a reader would write them, and what each does, from the bindings themselves."""

from collections.abc import Iterable, Iterator, Mapping

from textual.binding import ActiveBinding, Binding, BindingType

from tui.text.glyphs import Signs

_NAMES = {
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
_ARROWS = {"left": "←", "right": "→", "up": "↑", "down": "↓"}


def rows(
    bindings: Iterable[BindingType], signs: Signs, keymap: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """The keys of each binding that has a tooltip as a reader would write them, both, and its id.

    `keymap` has the reader's own keys, by the ids of bindings.
    """
    for binding in bindings:
        if isinstance(binding, Binding) and binding.tooltip:
            keys = keymap.get(binding.id or "", binding.key)
            shown = "  ".join(key_name(key, signs) for key in keys.split(","))
            yield shown, binding.tooltip, binding.id or ""


def key_name(key: str, signs: Signs) -> str:
    """A key as a reader would write it: ``Ctrl+D``, ``→``, ``G``."""
    key = key.split(",")[0].strip()
    if key in _ARROWS:
        return key.capitalize() if signs.ascii else _ARROWS[key]
    if "+" in key:
        return "+".join(part.capitalize() for part in key.split("+"))
    return _NAMES.get(key, key.upper() if key[:1] == "f" and key[1:].isdigit() else key)


def shown_keys(
    active: Iterable[ActiveBinding], declared: Iterable[BindingType], signs: Signs
) -> tuple[tuple[str, str, str], ...]:
    """Each binding to be shown: its key as written, its description, its key as Textual names it.

    What the pane itself adds comes first, then the screen's in the order declared, then help, quit.
    """
    order = [binding.description for binding in declared if isinstance(binding, Binding)]
    shown: dict[str, tuple[str, str]] = {}
    for _, binding, enabled, _ in active:
        if binding.show and enabled and binding.description:
            key = binding.key.split(",")[0]
            shown.setdefault(binding.description, (key_name(key, signs), key))
    order += ["help", "quit"]
    names = sorted(shown, key=lambda name: order.index(name) if name in order else -1)
    return tuple((shown[name][0], name, shown[name][1]) for name in names)
