"""HTML: one page for a browser that needs nothing else, with the sources at its end.

It has no script and asks the network for nothing; a content policy within it forbids both. It is
light or dark as the reader's system is. Only addresses that may be opened become links.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from tui.dossier import dates
from tui.dossier.dossier import shown_date
from tui.dossier.prose_links import plain
from tui.dossier.safe_text import safe_url
from tui.export import Say, Selection
from tui.pages import model

# 40rem is about 72 letters: a comfortable line.
_HEAD = """<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
:root { color-scheme: light dark; --quiet: #5b6068; --rule: #d5d8dd; --link: #0b57a4 }
@media (prefers-color-scheme: dark) { :root { --quiet: #a3a9b3; --rule: #41454d; --link: #8ab8f0 } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem;
  overflow-wrap: break-word }
a { color: var(--link) }
article { border-top: 1px solid var(--rule); margin-top: 2.5rem }
blockquote { border-left: 3px solid var(--rule); margin-left: 0; padding-left: 1rem }
th { font-weight: normal; text-align: left; vertical-align: top; padding-right: 1.5rem }
footer, .label, .muted, sup { color: var(--quiet) }
p { white-space: pre-line }
:target { outline: 2px solid var(--link); outline-offset: 4px }
</style>
"""


def render(selection: Selection, _: Say) -> Iterator[str]:
    """Give the page: title, contents if there are several records, an article each, sources.

    A link leads to the article of its record; where that is not on the page it is plain words.
    """
    dossier, overview = selection.dossier, selection.dossier.overview
    anchors = {row.id: f"record-{row.id}" for row in selection.rows}
    title = escape(overview.title)
    yield f'<!doctype html>\n<html lang="{escape(overview.language)}">\n<head>\n{_HEAD}'
    yield f"<title>{title}</title>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
    if overview.summary:
        yield f"<p>{escape(plain(overview.summary, dossier.label))}</p>\n"
    as_of = " · ".join(filter(None, (dates.show(dates.parse(overview.as_of)), overview.licence)))
    yield f'<p class="muted">As of {escape(as_of)}</p>\n</header>\n'
    writer = _ArticleWriter(anchors, {})
    if len(selection.rows) > 1:
        items = tuple(
            model.Item(shown_date(row), row.type, (model.Span(row.title, "", row.id),))
            for row in selection.rows
        )
        yield f"<nav>\n<h2>Contents</h2>\n{writer.block(model.Items(items))}\n</nav>\n"
    numbers: dict[model.Note, int] = {}
    yield "<main>\n"
    for row, page, given in selection.pages(numbers):
        blocks = "\n".join(map(_ArticleWriter(anchors, given).block, page.blocks))
        title = escape(page.title)
        yield f'<article id="{anchors[row.id]}">\n<h2>{title}</h2>\n{blocks}\n</article>\n'
    yield "</main>\n"
    if numbers:
        yield "<section>\n<h2>Sources</h2>\n<ol>\n"
        for note, number in numbers.items():
            said = f"{writer.prose(note.spans)} {_address(note.url or '')}"
            yield f'<li id="source-{number}">{said.rstrip()}</li>\n'
        yield "</ol>\n</section>\n"
    yield "</body>\n</html>\n"


class _ArticleWriter:
    """Writes the blocks of a page; `anchors` are those of records, `numbers` those of notes."""

    def __init__(self, anchors: Mapping[str, str], numbers: Mapping[int, int]) -> None:
        self._anchors = anchors
        self._numbers = numbers

    def block(self, block: model.Block) -> str:
        """Write one block as an element."""
        prose = self.prose
        match block:
            case model.Heading(text):
                return f"<h3>{escape(text)}</h3>"
            case model.Line(spans) | model.Paragraph(spans):
                return f"<p>{prose(spans)}</p>"
            case model.Quote(spans, voice):
                said = f"<footer>— {prose(voice)}</footer>" if voice else ""
                return f"<blockquote><p>{prose(spans)}</p>{said}</blockquote>"
            case model.Table(rows):
                cells = (f'<th scope="row">{prose(a)}</th><td>{prose(b)}</td>' for a, b in rows)
                return _element("table", "tr", cells)
            case model.Items(items):
                parts = ((escape(item.lead), prose(item.spans)) for item in items)
                return _element("ul", "li", (": ".join(filter(None, both)) for both in parts))
            case model.Trail(steps, remark):
                done = [f"{escape(f'{a} {when}')}{self._cited(notes)}" for a, when, notes in steps]
                return _element("ol", "li", done) + (f"<p>{escape(remark)}</p>" if remark else "")
            case model.Differ(about, sides):
                values = (f"<strong>{prose(a)}</strong>: {prose(said)}" for a, said, _ in sides)
                return f"<h3>Sources differ: {escape(about)}</h3>{_element('ul', 'li', values)}"

    def prose(self, spans: model.Prose) -> str:
        """Write running text with its links and citations."""
        return "".join(map(self._span, spans))

    def _span(self, span: model.Span) -> str:
        shown = _address(span.text) if span.role == "url" else escape(span.text)
        if anchor := self._anchors.get(span.link or ""):
            shown = f'<a href="#{anchor}">{shown}</a>'
        if span.role in ("label", "muted"):
            shown = f'<span class="{span.role}">{shown}</span>'
        return shown + self._cited(span.notes)

    def _cited(self, notes: tuple[int, ...]) -> str:
        numbers = map(self._numbers.__getitem__, notes)
        links = " ".join(f'<a href="#source-{number}">{number}</a>' for number in numbers)
        return f"<sup>{links}</sup>" if notes else ""


def _element(name: str, inner: str, contents: Iterable[str]) -> str:
    inside = "".join(f"<{inner}>{one}</{inner}>" for one in contents)
    return f"<{name}>{inside}</{name}>" if inside else ""


def _address(url: str) -> str:
    """Write an address as a link where it may be opened, otherwise as plain words."""
    return f'<a href="{escape(url)}">{escape(url)}</a>' if safe_url(url) else escape(url)
