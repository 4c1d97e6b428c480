"""What a screen of its own answers when it is left: the events to be shown in the panes."""

from typing import NamedTuple


class Chosen(NamedTuple):
    """Events chosen on another screen, by number; `heading` names them where there are several.

    `facet` and `value` are the list that a single one is to be shown in, where there is one.
    """

    events: tuple[int, ...]
    heading: str = ""
    facet: str = ""
    value: str = ""
