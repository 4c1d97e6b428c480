"""Keyboards with other letters: the Latin letter or sign that a key has at the same place."""

import unicodedata

#: The places of a keyboard's keys as the United States' has them, row by row.
_PLACES = "qwertyuiop[]asdfghjkl;'zxcvbnm,./"
#: What other keyboards have there. Their signs for ``/`` and ``?`` are the dot and the comma.
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю."
_AZERBAIJANI = "qüertyuiopöğasdfghjklıəzxcvbnmçş."
_AZERBAIJANI_CYRILLIC = "јүукенгшһзхҹфывапролджəҝчсмитғбю."
_SHIFTED = str.maketrans("[];',./", '{}:"<>?')


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for letters in (_RUSSIAN, _AZERBAIJANI, _AZERBAIJANI_CYRILLIC):
        for place, letter in zip(_PLACES, letters, strict=True):
            if letter != place:
                table.setdefault(letter, place)
                table.setdefault(letter.upper(), place.upper().translate(_SHIFTED))
    return {**table, ".": "/", ",": "?"}


#: By a letter of another keyboard, what stands at its place.
SAME_PLACE = _table()


def name_of(character: str) -> str:
    """What Textual calls the key that types a character: its own name, unless it is a letter."""
    if character.isalnum():
        return character
    name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    return "slash" if name == "solidus" else name
