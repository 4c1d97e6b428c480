"""The header of a table: where it is, what its columns are called, and whether it is one at all."""

import re
from collections.abc import Iterable, Sequence

from tui.dossier import folding, safe_text
from tui.importing.rows import language_data, without_invisible

#: The header is looked for in so many rows.
_MOST_ABOVE = 20
#: Names of columns stand in braces in a mapping.
_BRACES = str.maketrans("{}", "()")

_FULL_DATE = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})(?:[T ].*)?$", re.ASCII)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*$", re.ASCII)
_KINDS = (_FULL_DATE, re.compile(r"https?://", re.IGNORECASE), _NUMBER)
_NUMBERED = re.compile(r"_\d+$", re.ASCII)
_INNER_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# What query services put after a name: eventLabel.value is the event.
_AFTER = re.compile(r"(?<=.) (?:value|label)$")


def header_place(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows of a table is its header; the rows above it are titles.

    It is the first row that is not empty, unless at most half of the columns have a name in it,
    and one of the next rows names them all with words, above a row that has a number or a date.
    """
    filled = [[cell.strip() for cell in row] for row in rows[:_MOST_ABOVE]]
    counts = [sum(map(bool, row)) for row in filled]
    most = max(counts, default=0)
    first = next((place for place, count in enumerate(counts) if count), 0)
    if most < 2 or counts[first] * 2 > most:
        return first
    for place in range(first + 1, len(filled) - 1):
        names = list(filter(None, filled[place]))
        if len(names) * 2 > most:
            below = next((row for row in filled[place + 1 :] if any(row)), [])
            is_header = len(names) == most and len(set(names)) == most
            is_header = is_header and not any(map(_is_figures, names))
            return place if is_header and any(map(_is_figures, below)) else first
    return first


def _is_figures(cell: str) -> bool:
    return any(kind.match(cell) for kind in _KINDS)


def unique_names(header: list[str]) -> tuple[list[str], list[str]]:
    """Return the names of the columns, blank ones by their place and repeated ones numbered, and
    what to tell of those.
    """
    wanted = [
        " ".join(safe_text.clean_line(without_invisible(cell)).translate(_BRACES).split())
        for cell in header
    ]
    given = frozenset(wanted)
    made: dict[str, None] = {}
    blank: list[str] = []
    repeated: list[str] = []
    for position, name in enumerate(wanted, 1):
        first = unique = name or f"column_{position}"
        number = 2
        while unique in made or (unique != name and unique in given):
            unique, number = f"{first}_{number}", number + 1
        made[unique] = None
        if unique != name:
            (repeated if name else blank).append(unique)
    return list(made), [
        f"{what}: {', '.join(names[:8])}{'…' if names[8:] else ''}"
        for what, names in (
            ("headers that are repeated have a number now", repeated),
            ("columns without a header are called", blank),
        )
        if names
    ]


def looks_like_data(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first row of a table is one like those below it, and not their header."""
    told = numbers = 0
    below = [row for row in rows if list(row) != list(header)]  # a header may come again
    for place, name in enumerate(header):
        cells = [cell for row in below if (cell := row[place].strip())]
        if not cells or name == f"column_{place + 1}":
            continue
        # Headers that are repeated have a number by now.
        plain = _NUMBERED.sub("", name)
        name = plain if plain in header else name
        kinds = [kind for kind in _KINDS if all(map(kind.match, cells))]
        if kinds and not kinds[0].match(name):
            return False  # a word over dates, addresses or numbers
        numbers += kinds == [_NUMBER]
        told += name in cells or bool(kinds and kinds[0] is not _NUMBER)
    return bool(told) and (told > 1 or numbers > 1 or len(header) < 4)


# -- what columns are called, by languages.toml


def folded_name(column: str) -> str:
    """Return a column's name as languages.toml has it: ``eventLabel.value`` → ``event``."""
    folded = folding.fold(_INNER_CAPITAL.sub(" ", column))
    return _AFTER.sub("", _AFTER.sub("", folded))


def named(columns: Iterable[str], role: str) -> list[str]:
    """Return the columns named for a role, best first; then those whose last words are.

    Words such as `land`, which begin or end other names, count only as the whole of one.
    """
    folded = {column: folded_name(column) for column in columns}
    data = language_data()
    names, alone = data["columns"][role], frozenset(data["alone"])
    joined = {column: name.replace(" ", "") for column, name in folded.items()}
    exact = [
        column for name in names for column in folded if joined[column] == name.replace(" ", "")
    ]
    ending = [
        column
        for name in names
        if name not in alone
        for column in folded
        if folded[column].endswith(f" {name}")
    ]
    return list(dict.fromkeys(exact + ending))
