"""A page as Markdown: readable as it stands, links by id, sources as footnotes."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tui.dossier.safe_text import safe_url
from tui.pages.model import (
    TAG,
    Block,
    Differ,
    Heading,
    Items,
    Line,
    Note,
    Page,
    Paragraph,
    Prose,
    Quote,
    Span,
    Table,
    Trail,
)

# What would begin markup, HTML or a link of its own in the middle of words.
_SPECIAL = re.compile(r"([\\`*_\[\]{}<>#|~!$&^@])")
# What would begin a block where it opens a line.
_OPENING = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-+=:])")


class Style(NamedTuple):
    """How a page stands in its document.

    `label` gives the name of the footnote for a number on the page, `target` the anchor for the id
    of a record, or None where it has none, and `level` is that of the page's title, from 1.
    """

    label: Callable[[int], str]
    target: Callable[[str], str | None]
    level: int = 1


def as_markdown(page: Page) -> str:
    """The whole page. Footnotes are numbered within the page and named after its id."""
    style = Style(lambda number: f"{page.id}-{number}", _anchor)
    out = [f"# {escape(page.title)}", "", *body(page, style)]
    out += [footnote(style.label(note.number), note, style) for note in page.notes]
    return "\n".join(out).rstrip() + "\n"


def _anchor(target: str) -> str | None:
    """What a record is called in its own page's Markdown; a tag is no record."""
    return None if target.startswith(TAG) else target


def body(page: Page, style: Style) -> Iterator[str]:
    """The lines of a page without its title and footnotes; an empty one after each block."""
    for block in page.blocks:
        yield from _block(block, style)
        yield ""


def footnote(label: str, note: Note, style: Style) -> str:
    """The line that says what a footnote is."""
    return f"[^{label}]: {_prose(note.spans, style)}{_address(note.url)}"


def escape(value: str) -> str:
    """Text that Markdown shows as it is written."""
    value = _SPECIAL.sub(r"\\\1", value)
    return _OPENING.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}" if m[2] else f"{m[4]}\\{m[5]}", value)


def _address(url: str | None) -> str:
    """An address as a link where it may be opened, otherwise as plain words."""
    if not url:
        return ""
    if not safe_url(url):
        return f" {escape(url)}"
    return f" <{url.replace('<', '%3C').replace('>', '%3E')}>"


def _block(block: Block, style: Style) -> list[str]:
    match block:
        case Heading(shown):
            return [f"{'#' * (style.level + 1)} {escape(shown)}"]
        case Line(spans) | Paragraph(spans):
            # Four spaces at the start of a line would make it code.
            return [_prose(spans, style).lstrip()]
        case Quote(spans, voice):
            attributed = [">", f"> — {_prose(voice, style)}"] if voice else []
            return [f"> {_prose(spans, style).lstrip()}", *attributed]
        case Table(rows):
            return [
                f"- {_prose(label, style).lstrip()}: {_prose(value, style)}"
                for label, value in rows
            ]
        case Items(items):
            return [f"- {escape(item.date)}: {_prose(item.spans, style)}" for item in items]
        case Trail(steps, remark):
            done = [
                f"{escape(action)} {escape(when)}{_notes(notes, style)}"
                for action, when, notes in steps
            ]
            remarked = [f"*{escape(remark)}*"] if remark else []
            return [" → ".join([*done, *remarked]).lstrip()]
        case Differ(about, sides):
            lines = [f"**Sources differ: {escape(about)}**", ""]
            return lines + [
                f"- **{_prose(value, style)}**: {_prose(said, style)}" for value, said, _ in sides
            ]


def _prose(spans: Prose, style: Style) -> str:
    return "".join(_span(span, style) for span in spans)


def _span(span: Span, style: Style) -> str:
    if span.role == "url":
        return _address(span.text).lstrip()
    shown = escape(span.text.replace("\n", " "))
    target = style.target(span.link) if span.link else None
    if target and shown.strip():
        shown = f"[{shown}](#{target})"
    return shown + _notes(span.notes, style)


def _notes(numbers: tuple[int, ...], style: Style) -> str:
    return "".join(f"[^{style.label(number)}]" for number in numbers)
