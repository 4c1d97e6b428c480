"""Markdown: a page, or a document of many, with the sources as footnotes."""

import re
from collections.abc import Callable, Iterator, Mapping

from tui.dossier import dates
from tui.dossier.dossier import shown_date
from tui.dossier.prose_links import plain
from tui.dossier.safe_text import safe_url
from tui.export import Say, Selection
from tui.pages import model

#: The names of footnotes by their numbers on a page.
Labels = Mapping[int, object]
# What begins markup, HTML or a link of its own within words.
_SPECIAL = re.compile(r"([\\`*_\[\]{}<>#|~!$&^@])")
# What begins a block at the start of a line.
_OPENING = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-+=:])")


def as_markdown(page: model.Page) -> str:
    """Write one page; its footnotes are named after its id, and a tag cannot be linked to."""
    writer = _PageWriter(lambda id_: None if id_.startswith(model.TAG) else id_, level=1)
    labels = {note.number: f"{page.id}-{note.number}" for note in page.notes}
    out = [f"# {escape(page.title)}", "", *writer.body(page, labels)]
    out += [writer.footnote(labels[note.number], note) for note in page.notes]
    return "\n".join(out).rstrip() + "\n"


def render(selection: Selection, _: Say) -> Iterator[str]:
    """Give one document: title, contents if there are several records, pages, sources.

    A link leads to the section of its record; where that is not in the document it is plain words.
    A citation has one number throughout.
    """
    dossier, overview = selection.dossier, selection.dossier.overview
    # With a colon, so that it is no anchor that a heading or a footnote has by itself.
    anchors = {row.id: f"record:{row.id}" for row in selection.rows}
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
            yield f"- {when}[{escape(row.title)}](#{anchors[row.id]})\n"
        yield "\n"
    writer = _PageWriter(anchors.get, level=2)
    numbers: dict[model.Note, int] = {}
    for row, page, labels in selection.pages(numbers):
        yield f'<a id="{anchors[row.id]}"></a>\n\n## {escape(page.title)}\n\n'
        yield from (f"{line}\n" for line in writer.body(page, labels))
    yield from (f"{writer.footnote(number, note)}\n" for note, number in numbers.items())


def escape(value: str) -> str:
    """Write text so that Markdown shows it as it stands."""
    value = _SPECIAL.sub(r"\\\1", value)
    return _OPENING.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}" if m[2] else f"{m[4]}\\{m[5]}", value)


class _PageWriter:
    """Writes pages whose titles have the given level, from 1 on.

    `anchor` gives the anchor of a record for its id, None where it has none.
    """

    def __init__(self, anchor: Callable[[str], str | None], *, level: int) -> None:
        self._anchor = anchor
        self._level = level
        self._labels: Labels = {}

    def body(self, page: model.Page, labels: Labels) -> Iterator[str]:
        """Give the lines of a page without title and footnotes; an empty one after each block.

        `labels` are the names of its footnotes by their numbers.
        """
        self._labels = labels
        for block in page.blocks:
            yield from self._block(block)
            yield ""

    def footnote(self, label: object, note: model.Note) -> str:
        """Give the line of a footnote."""
        return f"[^{label}]: {self._prose(note.spans)}{_address(note.url)}"

    def _block(self, block: model.Block) -> list[str]:
        prose = self._prose
        match block:
            case model.Heading(shown):
                return [f"{'#' * (self._level + 1)} {escape(shown)}"]
            case model.Line(spans) | model.Paragraph(spans):
                # Four spaces at the start of a line would make it code.
                return [prose(spans).lstrip()]
            case model.Quote(spans, voice):
                attributed = [">", f"> — {prose(voice)}"] if voice else []
                return [f"> {prose(spans).lstrip()}", *attributed]
            case model.Table(rows):
                return [f"- {prose(label).lstrip()}: {prose(value)}" for label, value in rows]
            case model.Items(items):
                parts = ((escape(item.lead), prose(item.spans)) for item in items)
                return [f"- {': '.join(filter(None, both))}" for both in parts]
            case model.Trail(steps, remark):
                done = [
                    f"{escape(action)} {escape(when)}{self._notes(notes)}"
                    for action, when, notes in steps
                ]
                remarked = [f"*{escape(remark)}*"] if remark else []
                return [" → ".join([*done, *remarked]).lstrip()]
            case model.Differ(about, sides):
                lines = [f"**Sources differ: {escape(about)}**", ""]
                return lines + [f"- **{prose(value)}**: {prose(said)}" for value, said, _ in sides]

    def _prose(self, spans: model.Prose) -> str:
        return "".join(map(self._span, spans))

    def _span(self, span: model.Span) -> str:
        if span.role == "url":
            return _address(span.text).lstrip()
        shown = escape(span.text.replace("\n", " "))
        anchor = self._anchor(span.link) if span.link else None
        if anchor and shown.strip():
            shown = f"[{shown}](#{anchor})"
        return shown + self._notes(span.notes)

    def _notes(self, numbers: tuple[int, ...]) -> str:
        return "".join(f"[^{self._labels[number]}]" for number in numbers)


def _address(url: str | None) -> str:
    """Write an address as a link where it may be opened, otherwise as plain words."""
    if not url:
        return ""
    if not safe_url(url):
        return f" {escape(url)}"
    return f" <{url.replace('<', '%3C').replace('>', '%3E')}>"
