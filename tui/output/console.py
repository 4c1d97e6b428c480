"""A page for `show`: set with Rich on a terminal, as plain text through a pipe."""

import shutil

from tui.pages.model import Page
from tui.text.glyphs import Signs
from tui.text.layout import MEASURE, lay_out

_PIPE_WIDTH = 80
_STYLES = {
    "title": "bold",
    "heading": "bold",
    "label": "dim",
    "muted": "dim",
    "note": "dim",
    "voice": "italic",
    "bar": "dim",
    "date": "dim",
    "done": "bold",
    "differ": "bold",
    "value": "bold",
    "url": "dim",
}


def as_text(page: Page, signs: Signs) -> str:
    """The page in lines of at most 80 columns, without escape codes."""
    lines = (line.plain.rstrip() for line in lay_out(page, _PIPE_WIDTH, signs))
    return "\n".join([*lines, ""])


def print_page(page: Page, signs: Signs, *, again: bool) -> None:
    """Print the page at a comfortable measure; `again` draws a rule before it."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    width = min(shutil.get_terminal_size().columns, MEASURE)
    if again:
        console.print(Text(signs.rule * width, "dim"))
    for line in lay_out(page, width, signs):
        shown = Text(no_wrap=True, overflow="ignore")
        for span in line.spans:
            style = _STYLES.get(span.role, "")
            shown.append(span.text, f"{style} cyan" if span.link and span.role != "note" else style)
        console.print(shown)
