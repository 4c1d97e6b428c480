"""Markdown: a page, or a document of many, with the sources as footnotes."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tui.dossier import dates
from tui.dossier.dossier import shown_date
from tui.dossier.prose_links import plain
from tui.dossier.safe_text import safe_url
from tui.export import Say, Selection
from tui.page import page_of
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

# What begins markup, HTML or a link of its own within words.
_SPECIAL = re.compile(r"([\\`*_\[\]{}<>#|~!$&^@])")
# What begins a block at the start of a line.
_OPENING = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-+=:])")


class MarkdownStyle(NamedTuple):
    """How a page is written within a document.

    `label` gives the name of a footnote for its number on the page, `target` the anchor of a record
    for its id, None where it has none. `level` is that of the page's title, from 1 on.
    """

    label: Callable[[int], str]
    target: Callable[[str], str | None]
    level: int = 1


def as_markdown(page: Page) -> str:
    """Write one page; its footnotes are named after its id."""
    style = MarkdownStyle(lambda number: f"{page.id}-{number}", _anchor)
    out = [f"# {escape(page.title)}", "", *body(page, style)]
    out += [footnote(style.label(note.number), note, style) for note in page.notes]
    return "\n".join(out).rstrip() + "\n"


def _anchor(target: str) -> str | None:
    """Give the anchor of a record on a page by itself: its id. A tag has none."""
    return None if target.startswith(TAG) else target


def body(page: Page, style: MarkdownStyle) -> Iterator[str]:
    """Give the lines of a page without title and footnotes; an empty one after each block."""
    for block in page.blocks:
        yield from _block(block, style)
        yield ""


def footnote(label: str, note: Note, style: MarkdownStyle) -> str:
    """Give the line of a footnote."""
    return f"[^{label}]: {_prose(note.spans, style)}{_address(note.url)}"


def escape(value: str) -> str:
    """Write text so that Markdown shows it as it stands."""
    value = _SPECIAL.sub(r"\\\1", value)
    return _OPENING.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}" if m[2] else f"{m[4]}\\{m[5]}", value)


def render(selection: Selection, _: Say) -> Iterator[str]:
    """Give one document: title, contents if there are several records, pages, sources.

    A link leads to the section of its record; where that is not in the document it is plain words.
    A citation has one number throughout.
    """
    dossier, overview = selection.dossier, selection.dossier.overview
    notes = _Footnotes({row.id for row in selection.rows})
    yield f"# {escape(overview.title)}\n\n"
    if overview.summary:
        summary = plain(overview.summary, dossier.label).replace("\n", " ")
        yield f"{escape(summary).lstrip()}\n\n"
    as_of = dates.show(dates.parse(overview.as_of))
    licence = f" · {escape(overview.licence)}" if overview.licence else ""
    yield f"*As of {escape(as_of)}*{licence}\n\n"
    if len(selection.rows) > 1:
        for row in selection.rows:
            when = f"{escape(shown_date(row))}: " if row.date else f"{escape(row.type)}: "
            yield f"- {when}[{escape(row.title)}](#{_record_anchor(row.id)})\n"
        yield "\n"
    for row in selection.rows:
        page = page_of(dossier, row)
        yield f'<a id="{_record_anchor(row.id)}"></a>\n\n## {escape(page.title)}\n\n'
        yield from (f"{line}\n" for line in body(page, notes.style(page)))
    yield from (f"{line}\n" for line in notes.lines())


class _Footnotes:
    """The footnotes of a whole document, numbered by first use."""

    def __init__(self, anchors: set[str]) -> None:
        self.anchors = anchors
        self.numbers: dict[Note, int] = {}

    def style(self, page: Page) -> MarkdownStyle:
        """Give the style of a page within the document."""
        notes = {note.number: note._replace(number=0) for note in page.notes}

        def label(number: int) -> str:
            return str(self.numbers.setdefault(notes[number], len(self.numbers) + 1))

        return MarkdownStyle(label, self.target, level=2)

    def target(self, id_: str) -> str | None:
        """Give the anchor of a record, None if it is not in the document."""
        return _record_anchor(id_) if id_ in self.anchors else None

    def lines(self) -> Iterator[str]:
        """Give the footnotes in the order of their numbers."""
        style = MarkdownStyle(str, self.target)
        for note, number in self.numbers.items():
            yield footnote(str(number), note, style)


def _record_anchor(id_: str) -> str:
    # With a colon, so that it is no anchor that a heading or a footnote has by itself.
    return f"record:{id_}"


def _address(url: str | None) -> str:
    """Write an address as a link where it may be opened, otherwise as plain words."""
    if not url:
        return ""
    if not safe_url(url):
        return f" {escape(url)}"
    return f" <{url.replace('<', '%3C').replace('>', '%3E')}>"


def _block(block: Block, style: MarkdownStyle) -> list[str]:
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


def _prose(spans: Prose, style: MarkdownStyle) -> str:
    return "".join(_span(span, style) for span in spans)


def _span(span: Span, style: MarkdownStyle) -> str:
    if span.role == "url":
        return _address(span.text).lstrip()
    shown = escape(span.text.replace("\n", " "))
    target = style.target(span.link) if span.link else None
    if target and shown.strip():
        shown = f"[{shown}](#{target})"
    return shown + _notes(span.notes, style)


def _notes(numbers: tuple[int, ...], style: MarkdownStyle) -> str:
    return "".join(f"[^{style.label(number)}]" for number in numbers)
