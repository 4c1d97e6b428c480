"""Ids and tags that may be shortened: what they mean, and what to say where that is not clear."""

from collections.abc import Iterable, Sequence

from tui.dossier.folding import nearest
from tui.dossier.safe_text import clean_line


class UnknownId(Exception):
    """No record has that id; the message says what is near."""


def resolve_tag(tags: Sequence[str], tag: str) -> str:
    """Give that of `tags` which `tag`, in any case, possibly shortened, means.

    Raises:
        UnknownId: it means none or several.
    """
    wanted = tag.casefold()
    same = [found for found in tags if found.casefold() == wanted]
    begin = same or [found for found in tags if wanted and found.casefold().startswith(wanted)]
    if tag in tags or len(begin) == 1:
        return tag if tag in tags else begin[0]
    raise unknown("tag", tag, begin, tags, sign="tag:")


def unknown(
    what: str, name: str, begin: Sequence[str], known: Iterable[str], sign: str = ""
) -> UnknownId:
    """Make the error for a name that means no record or tag, or more than one, those in `begin`."""
    shown = sign + clean_line(name)[:80]
    if begin:
        names = ", ".join(begin[:5]) + ("…" if len(begin) > 5 else "")
        return UnknownId(f"{shown}: more than one {what} begins so: {names}")
    near = ", ".join(sign + found for found in nearest(name, known, alike=75))
    return UnknownId(f"{shown}: no such {what}" + (f"; nearest: {near}" if near else ""))
