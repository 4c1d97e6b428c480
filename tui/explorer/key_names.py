"""Keys as a reader would write them: Ctrl+D, PgDn, an arrow."""

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


def key_name(key: str, signs: Signs) -> str:
    """A key as a reader would write it: ``Ctrl+D``, ``→``, ``G``."""
    key = key.split(",")[0].strip()
    if key in _ARROWS:
        return key.capitalize() if signs.ascii else _ARROWS[key]
    if "+" in key:
        return "+".join(part.capitalize() for part in key.split("+"))
    return _NAMES.get(key, key.upper() if key[:1] == "f" and key[1:].isdigit() else key)
