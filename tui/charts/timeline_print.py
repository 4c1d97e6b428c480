"""The timeline for the shell: plain lines, or set with Rich on a terminal."""

from tui.charts.timeline_lanes import Chart
from tui.charts.timeline_lines import Drawing, cut, legend
from tui.charts.timeline_plan import finest
from tui.dossier import dates
from tui.pages.model import Span
from tui.text.glyphs import Signs
from tui.text.layout import BLANK, Laid, brief

_PIPE_WIDTH = 80
_STYLES = {
    "title": "bold",
    "heading": "bold",
    "value": "bold",
    "muted": "dim",
    "count": "dim",
    "span": "dim",
    "behind": "dim",
    "faint": "dim",
    "faint-mark": "dim",
    "rule": "dim",
}


def picture(chart: Chart, columns: int, signs: Signs) -> list[Laid]:
    """All lanes of a chart in `columns` columns; what lies far before is said, not drawn."""
    plan = finest(chart, columns, None, signs, chart.near)
    start = plan.last + 1 - plan.shown
    drawing = Drawing(plan, start)
    overview = chart.dossier.overview
    as_of = brief(dates.show(dates.parse(overview.as_of)))
    dot = f" {signs.dot} "
    remark = f"{chart.total:,} event{'s' * (chart.total != 1)}{dot}by {plan.unit}{dot}as of {as_of}"
    lines = [
        Laid((Span(cut(signs.plain(overview.title), columns, signs), "title"),)),
        Laid((Span(cut(signs.plain(remark), columns, signs), "muted"),)),
        BLANK,
        *(line for line in drawing.axis() if line.plain.strip()),
    ]
    for lane in range(len(chart.lanes)):
        lines += drawing.lane(lane)
    lines += [BLANK, legend(plan, columns)]
    first = start * plan.size
    if earlier := sum(
        month < first for month in map(chart.moments.months.__getitem__, chart.shown)
    ):
        year = f"{first // 12:04}-{first % 12 + 1:02}"
        before = "<" if signs.ascii else "‹"
        said = f"{before} {earlier:,} earlier: summitry timeline before:{year}"
        lines.append(Laid((Span(cut(said, columns, signs), "muted"),)))
    return lines


def as_text(chart: Chart, signs: Signs) -> str:
    """The picture in 80 columns, without escape codes."""
    lines = picture(chart, _PIPE_WIDTH, signs)
    return "".join(f"{line.plain.rstrip()}\n" for line in lines)


def print_timeline(chart: Chart, signs: Signs) -> None:
    """Print the picture on the terminal, as wide as it is."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    for line in picture(chart, console.width, signs):
        shown = Text(no_wrap=True, overflow="crop")
        for span in line.spans:
            shown.append(span.text, _STYLES.get(span.role, ""))
        console.print(shown)
