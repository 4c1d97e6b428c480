"""Links in prose, the one kind of markup: ``[[id]]`` and ``[[id|shown words]]``."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# The words may not hold a bracket, so no two attempts read the same text: linear.
_LINK = r"\[\[([a-z0-9-]{1,80})(?:\|([^\[\]]++))?\]\]"


def parse_links(text: str) -> tuple[tuple[str, str | None], ...]:
    """Split prose at its links: ``(text, None)`` for plain text, ``(words, id)`` for a link.

    ``words`` is the id itself for ``[[id]]``: show the name of the record. Brackets that make no
    link are plain text. Empty text gives no segments, and no segment is empty.
    """
    if "[[" not in text:
        return ((text, None),) if text else ()
    import re

    segments: list[tuple[str, str | None]] = []
    at = 0
    for found in re.finditer(_LINK, text):
        if found.start() > at:
            segments.append((text[at : found.start()], None))
        shown = found[2] or ""
        segments.append((shown if shown.strip() else found[1], found[1]))
        at = found.end()
    if at < len(text):
        segments.append((text[at:], None))
    return tuple(segments)


def link_ids(text: str) -> tuple[str, ...]:
    """The ids that ``text`` links to, each once, in order of first mention."""
    return tuple(dict.fromkeys(link for _, link in parse_links(text) if link is not None))


def plain(text: str, name_of: Callable[[str], str]) -> str:
    """``text`` as it reads: links replaced by their words, or by ``name_of(id)`` without any."""
    if "[[" not in text:
        return text
    return "".join(
        name_of(link) if link and shown == link else shown for shown, link in parse_links(text)
    )
