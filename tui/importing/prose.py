"""What a cell holds → plain text: HTML and link markup go, their words stay."""

import re
from html import unescape
from html.parser import HTMLParser

from tui.dossier import prose_links, safe_text

#: Stands between the values of a JSON list in one cell. No other cell has it.
PART = "\x1f"

_BREAKING = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "body", "caption", "center", "cite",
    "code", "col", "colgroup", "data", "del", "details", "dfn", "em", "embed", "font", "head",
    "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "link", "mark", "meta",
    "noscript", "object", "param", "picture", "q", "rp", "rt", "ruby", "s", "samp", "script",
    "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "time",
    "title", "tt", "u", "var", "video", "wbr",
})  # fmt: skip
_SILENT = frozenset({"script", "style"})
_TAGS = "|".join(sorted(_BREAKING | _INLINE))
# A tag is one of HTML's own and is closed; any other "<" is the writer's: "<john@example.org>".
_NO_TAG = re.compile(rf"<(?!/?(?:{_TAGS})(?:[\s/][^<>]*)?>)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPACES = re.compile(r"[ \xa0]+")
_AROUND_BREAK = re.compile(r" *\n *")
_BREAKS = re.compile(r"\n{3,}")


def line(value: str) -> str:
    """One line of plain, clean text with single spaces: for titles, names and labels."""
    if "<" in value or "&" in value:
        value = plain(value)
    if value.isascii() and value.isprintable():
        return " ".join(value.split()) if "  " in value else value.strip()
    if PART in value:
        value = listed(value)
    return " ".join(safe_text.clean_line(value).split())


def prose(value: str) -> str:
    """Plain, clean text that keeps its line breaks: for summaries and claims."""
    if "<" in value or "&" in value:
        value = plain(value)
    # No stranger's text makes links: the ids it would name are not the writer's.
    if "[[" in value:
        value = prose_links.plain(value, lambda id_: id_)
    if value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()
    if PART in value:
        value = listed(value)
    value = safe_text.clean(value)
    if "  " in value or "\xa0" in value:
        value = _SPACES.sub(" ", value)
    if "\n" in value:
        value = _BREAKS.sub("\n\n", _AROUND_BREAK.sub("\n", value))
    return value.strip()


def listed(value: str) -> str:
    """The values of a JSON list as one text, those that are empty left out."""
    return "; ".join(part.strip() for part in value.split(PART) if part.strip())


def plain(value: str) -> str:
    """`value` without its HTML: tags dropped, entities decoded, blocks on lines of their own."""
    if "<" in value:
        bare = _NO_TAG.sub("&lt;", _uncommented(value))
        if "<" in bare:
            reader = _Reader()
            # Entities are decoded after, so that &lt;b&gt; stays what its writer wrote.
            reader.feed(bare.replace("&", "&amp;"))
            reader.close()
            value = "".join(reader.parts)
            value = value.strip("\n")
        else:
            value = bare
    return _ENTITY.sub(lambda found: unescape(found[0]), value) if "&" in value else value


def _uncommented(value: str) -> str:
    end = value.rfind("-->")
    kept, at = [], 0
    while (start := value.find("<!--", at, max(end, at))) >= 0:
        kept.append(value[at:start])
        at = value.find("-->", start) + 3
    return "".join([*kept, value[at:]])


class _Reader(HTMLParser):
    """Gathers the words of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKING:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKING and tag != "br":
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)

    def _break(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")
