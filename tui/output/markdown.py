"""A page as Markdown: readable as it stands, links by id, sources as footnotes."""

import re

from tui.page import (
    Block,
    Differ,
    Heading,
    Items,
    Line,
    Page,
    Paragraph,
    Prose,
    Quote,
    Span,
    Table,
    Trail,
)

# What would begin markup, HTML or a link of its own in the middle of words.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~!$&])")
# What would begin a block where it opens a line.
_OPENING = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-+=:])")


def as_markdown(page: Page) -> str:
    """The whole page. Footnotes are numbered within the page and named after its id."""
    out = [f"# {escape(page.title)}", ""]
    for block in page.blocks:
        out += [*_block(block, page.id), ""]
    for note in page.notes:
        url = f" <{note.url}>" if note.url else ""
        out.append(f"[^{page.id}-{note.number}]: {_prose(note.spans, page.id)}{url}")
    return "\n".join(out).rstrip() + "\n"


def escape(value: str) -> str:
    """Text that Markdown shows as it is written."""
    value = _SPECIAL.sub(r"\\\1", value)
    return _OPENING.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}" if m[2] else f"{m[4]}\\{m[5]}", value)


def _block(block: Block, id_: str) -> list[str]:
    match block:
        case Heading(shown):
            return [f"## {escape(shown)}"]
        case Line(spans) | Paragraph(spans):
            return [_prose(spans, id_)]
        case Quote(spans, voice):
            attributed = [">", f"> — {_prose(voice, id_)}"] if voice else []
            return [f"> {_prose(spans, id_)}", *attributed]
        case Table(rows):
            return [f"- {_prose(label, id_)}: {_prose(value, id_)}" for label, value in rows]
        case Items(items):
            return [f"- {escape(item.date)}: {_prose(item.spans, id_)}" for item in items]
        case Trail(steps, remark):
            done = [
                f"{escape(action)} {escape(when)}{_notes(notes, id_)}"
                for action, when, notes in steps
            ]
            return [" → ".join([*done, *([f"*{escape(remark)}*"] if remark else [])])]
        case Differ(about, sides):
            lines = [f"**Sources differ: {escape(about)}**", ""]
            return lines + [
                f"- **{_prose(value, id_)}**: {_prose(said, id_)}" for value, said, _ in sides
            ]


def _prose(spans: Prose, id_: str) -> str:
    return "".join(_span(span, id_) for span in spans)


def _span(span: Span, id_: str) -> str:
    shown = escape(span.text.replace("\n", " "))
    if span.link and shown.strip():
        shown = f"[{shown}](#{span.link})"
    return shown + _notes(span.notes, id_)


def _notes(numbers: tuple[int, ...], id_: str) -> str:
    return "".join(f"[^{id_}-{number}]" for number in numbers)
