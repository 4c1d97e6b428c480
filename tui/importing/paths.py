"""Dotted paths into a decoded JSON value, and what stands at them as the text of a cell."""

from collections.abc import Iterator
from typing import Any

import msgspec

from tui.dossier import safe_text
from tui.importing.prose import PART

Path = tuple[str, ...]


def leaves(value: object, path: str = "", depth: int = 5) -> Iterator[str]:
    """The dotted paths of a record's values; lists count as values."""
    if isinstance(value, dict) and depth:
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else name, depth - 1)
    elif path:
        yield safe_text.clean_line(path)


def value_at(value: Any, path: Path) -> Any:
    """What stands at a path; None where nothing does, a list of several below a list."""
    for position, step in enumerate(path):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            if step.isdigit():
                value = value[int(step[:9])] if int(step[:9]) < len(value) else None
            else:
                return [value_at(one, path[position:]) for one in value]
        else:
            return None
    return value


def has(value: Any, path: Path) -> bool:
    """Whether a value has a path, be it null."""
    for position, step in enumerate(path):
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdigit() and int(step[:9]) < len(value):
            value = value[int(step[:9])]
        elif isinstance(value, list) and not step.isdigit():
            return any(has(one, path[position:]) for one in value)
        else:
            return False
    return True


def spoken(value: Any) -> str:
    """A JSON value as the text of a cell; in a list PART stands between its values.

    Empty values keep their place, and a list of one ends with PART: nobody cuts it again.
    """
    if isinstance(value, str):
        return value.replace(PART, " ") if PART in value else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        parts = list(_parts(value))
        if not any(parts):
            return ""
        return PART.join(parts) if parts[1:] else parts[0] + PART
    if isinstance(value, dict):
        return msgspec.json.encode(value).decode()
    return str(value)


def _parts(value: list[Any]) -> Iterator[str]:
    for one in value:
        if isinstance(one, list):
            yield from _parts(one)
        else:
            yield spoken(one)
