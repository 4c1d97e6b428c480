"""Charts: the months of events, lanes, the timeline drawn, commitments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import dossier, event, overview, summitry, table
from tui.charts.commitment_chain import chain_of
from tui.charts.event_months import NEVER, When, set_strip, when
from tui.charts.timeline_lines import Drawing, cell_in_words, stop_lines
from tui.charts.timeline_plan import UNITS, Chart, Plan, finest_plan
from tui.output.console import timeline_as_text
from tui.text.glyphs import ASCII, UNICODE


def month(year: int, number: int) -> int:
    return year * 12 + number - 1


JAN, MAR, AUG, DEC = (month(2025, number) for number in (1, 3, 8, 12))


# -- months


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2025-08-08", When(AUG, AUG, AUG, AUG)),
        ("2025-08", When(AUG, AUG, AUG, AUG)),
        ("2025-08~", When(AUG, AUG, AUG + 1, AUG)),
        ("2025-08-08?", When(AUG, AUG, AUG + 1, AUG)),
        ("2025", When(JAN, DEC, DEC + 1, DEC)),
        ("2025-22", When(month(2025, 6), AUG, AUG + 1, AUG)),
        ("2025-01-30/2025-08-02", When(JAN, AUG, JAN, AUG)),
        ("2025-03/2025", When(MAR, DEC, MAR, JAN - 1)),
        ("2024/2025-08", When(month(2024, 1), AUG, JAN, AUG)),
        ("2025-03/..", When(MAR, NEVER, MAR, NEVER)),
        ("2025~/..", When(JAN, NEVER, DEC + 1, NEVER)),
        ("2025-03/", When(MAR, MAR, MAR + 1, MAR)),
        ("../2025-08", When(AUG, AUG, AUG, AUG, open_start=True)),
    ],
)
def test_a_date_says_which_months_it_covers_and_which_of_them_surely(
    date: str, expected: When
) -> None:
    assert when(date) == expected


@given(
    st.dates().map(str),
    st.dates().map(str),
    st.sampled_from(["", "~", "?", "%"]),
    st.sampled_from([4, 7, 10]),
)
def test_no_month_is_sure_that_is_not_covered(a: str, b: str, mark: str, size: int) -> None:
    first, second = sorted((a, b))
    for date in (f"{first[:size]}{mark}", f"{first}/{second}{mark}", f"{first[:size]}{mark}/.."):
        found = when(date)
        assert found.first <= found.last
        if found.sure_first <= found.sure_last:
            assert found.first <= found.sure_first
            assert found.sure_last <= found.last


# -- lanes


def test_every_event_is_on_a_lane_also_one_without_a_region(made) -> None:  # type: ignore[no-untyped-def]
    found = made(
        dossier(event("a", regions=["r"]), event("b"), regions=table({"id": "r", "name": "R"}))
    )
    chart = Chart(found, "region")
    assert [(lane.label, len(lane.events)) for lane in chart.lanes] == [
        ("R", 1), ("no region recorded", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("facet", ["region", "type", "actor", "place", "tag"])
def test_the_lanes_hold_what_the_facet_lists(shipped, facet: str) -> None:  # type: ignore[no-untyped-def]
    chart = Chart(shipped, facet)
    listed = {value.label: value.total for value in shipped.values(facet)[1:] if value.total}
    lanes = {lane.label: len(lane.events) for lane in chart.lanes if lane.key is not None}
    assert lanes == listed
    assert {n for lane in chart.lanes for n in lane.events} == set(range(1, shipped.total + 1))


# -- the picture


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("columns", "rows"), [(78, 17), (118, 30), (158, 42), (30, 5), (8, 1)])
def test_every_event_of_a_lane_is_under_one_stop(  # type: ignore[no-untyped-def]
    shipped, unit: str, columns: int, rows: int
) -> None:
    chart = Chart(shipped, "region")
    plan = Plan(chart, unit, columns, rows, UNICODE)
    for i, lane in enumerate(chart.lanes):
        stops = [stop for cell in range(plan.first, plan.last + 1) for stop in plan.stops(i, cell)]
        assert sorted(n for stop in stops for n in stop.events) == sorted(lane.events)
        marks = [stop for stop in stops if not stop.bar]
        places = [(stop.cell, stop.row, stop.column) for stop in marks]
        assert len(set(places)) == len(places), "one on top of another"
        assert all(stop.row < plan.mark_rows(i) for stop in marks)
        assert all(stop.column < plan.cell_width for stop in marks)


@pytest.mark.parametrize("signs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("columns", [8, 30, 78, 118, 158])
def test_no_line_is_wider_than_there_is_room(shipped, columns: int, signs) -> None:  # type: ignore[no-untyped-def]
    from rich.cells import cell_len

    chart = Chart(shipped, "region")
    for unit in UNITS:
        plan = Plan(chart, unit, columns, 20, signs)
        drawing = Drawing(plan, plan.first)
        lines = [
            *drawing.axis(),
            *(line for i in range(len(chart.lanes)) for line in drawing.lane(i)),
        ]
        assert max(cell_len(line.plain) for line in lines) <= max(columns, 10)
        assert not signs.ascii or all(line.plain.isascii() for line in lines)


def small_chart(made, *events, as_of: str = "2025-12-01"):  # type: ignore[no-untyped-def]
    found = dossier(*events, meta=table(overview(as_of=as_of)),
                    regions=table({"id": "r", "name": "R"}))  # fmt: skip
    return Chart(made(found), "region")


def lane_text(chart, unit: str, columns: int = 60) -> str:  # type: ignore[no-untyped-def]
    plan = Plan(chart, unit, columns, 3, UNICODE)
    return "\n".join(line.plain for line in Drawing(plan, plan.first).lane(0))


def test_a_span_is_a_bar_with_an_arrow_where_it_is_open(made) -> None:  # type: ignore[no-untyped-def]
    chart = small_chart(
        made,
        event("a", date="2021-03-01/..", type="chairmanship", regions=["r"], title="Chair of all"),
        event("b", date="2024-06-01", regions=["r"]),
    )
    text = lane_text(chart, "quarter")
    assert "⚑ Chair of all ━━" in text
    assert text.rstrip().endswith("▸")


def test_what_is_not_sure_is_dotted_and_what_is_planned_is_hollow(made) -> None:  # type: ignore[no-untyped-def]
    chart = small_chart(
        made,
        event("a", date="2021/2023-06", regions=["r"]),
        event("b", date="2026-06-01", regions=["r"]),
    )
    text = lane_text(chart, "quarter")
    assert text.index("┄") < text.index("━"), "the year it began in is all that is recorded"
    assert text.count("○") == 1
    assert "○" in text.splitlines()[0]


def test_every_date_that_is_not_a_day_is_a_span_however_long_its_text(made) -> None:  # type: ignore[no-untyped-def]
    dates = ("2021~/2023", "2021-04/..", "2021-04-05", "2021-04-05?", "2021", "../2021-04")
    chart = small_chart(made, *(event(f"e{i}", date=date) for i, date in enumerate(dates)))
    spans = {chart.dossier.rows([n])[0].date for n in chart.event_months.spans}
    assert spans == set(dates) - {"2021-04-05"}


def test_a_crowded_cell_shows_a_count_and_holds_its_events(made) -> None:  # type: ignore[no-untyped-def]
    chart = small_chart(made, *(event(f"e-{n}", regions=["r"]) for n in range(12)))
    plan = Plan(chart, "month", 40, 4, UNICODE)
    (stop,) = plan.stops(0, plan.first)
    assert stop.crowded
    assert len(stop.events) == 12
    assert "12" in lane_text(chart, "month", 40)
    first, second = stop_lines(plan, 0, stop, 60)
    assert first.plain == "August 2025 · 12 events"
    assert second.plain == "R · meeting 12"


@pytest.mark.parametrize(
    ("unit", "cell", "words"),
    [("decade", 202, "2020s"), ("year", 2025, "2025"), ("quarter", 8102, "Third quarter of 2025"),
     ("month", AUG, "August 2025")],
)  # fmt: skip
def test_a_cell_is_said_in_words(unit: str, cell: int, words: str) -> None:
    assert cell_in_words(unit, cell) == words


def test_fit_shows_everything(shipped) -> None:  # type: ignore[no-untyped-def]
    chart = Chart(shipped, "region")
    plan = finest_plan(chart, 78, 17, UNICODE, chart.first)
    assert plan.shown == plan.last - plan.first + 1
    assert plan.unit != "month"


# -- the strip


def test_the_strip_shows_months_where_they_fit_then_quarters_then_years() -> None:
    counts = {month(year, number): 1 for year in range(2000, 2030) for number in (1, 2, 12)}
    three = {found: 1 for found in counts if found // 12 < 2003}
    assert set_strip(three, 60, month(2001, 1)).step == 1
    quarters = set_strip(three, 40, month(2001, 1))
    assert (quarters.step, [bar.total for bar in quarters.bars]) == (3, [2, 1] * 3)
    assert [name for _, name in quarters.names] == ["2000", "2001", "2002"]
    years = set_strip(counts, 78, month(2015, 1))
    assert (years.step, len(years.bars)) == (12, 30)


def test_the_strip_begins_where_events_are_dense_and_counts_those_before() -> None:
    dense = {month(year, number): 2 for year in range(2020, 2026) for number in range(1, 13)}
    early = {month(1990, 5): 1, month(2013, 1): 4}
    strip = set_strip(early | dense, 80, month(2025, 1))
    assert strip.remark == "5 earlier  "
    assert [name for _, name in strip.names] == [f"{year}" for year in range(2020, 2026)]
    assert sum(bar.total for bar in strip.bars) == sum(dense.values())
    assert min(column for column, _ in strip.names) == len(strip.remark)
    assert set_strip(dense, 80, -1).remark == ""


@pytest.mark.parametrize("width", [58, 78, 118, 198])
def test_the_strip_of_eighty_dense_years_shows_them_all(width: int) -> None:
    counts = {month(year, number): 104 for year in range(1945, 2025) for number in range(1, 13)}
    for here in (month(1945, 1), month(2024, 12), -1):
        strip = set_strip(counts, width, here)
        assert sum(bar.total for bar in strip.bars) == sum(counts.values())
        assert len(strip.bars) >= 8
        assert strip.remark == ""


@given(
    st.dictionaries(st.integers(0, 9999 * 12), st.integers(1, 99), max_size=40),
    st.integers(0, 200),
)
def test_the_strip_never_runs_over_and_holds_the_present_event(
    counts: dict[int, int], width: int
) -> None:
    for here in [*counts, -1]:
        strip = set_strip(counts, width, here)
        if width >= 16:
            assert all(bar.column < width for bar in strip.bars)
            shown = [bar.month // strip.step for bar in strip.bars]
            assert here < strip.first or here // strip.step in shown
            assert bool(strip.remark) == any(found < strip.first for found in counts)


# -- commitments


def test_a_chain_holds_what_it_carries_out_and_what_replaced_it(made) -> None:  # type: ignore[no-untyped-def]
    def agreement(id_: str, *related: tuple[str, str], **fields):  # type: ignore[no-untyped-def]
        links = [{"event": to, "as": how} for to, how in related]
        return event(id_, type="agreement", related=links, **fields)

    found = made(
        dossier(
            agreement("old", date="2020-01-01"),
            agreement("new", ("old", "replaces"), date="2022-01-01"),
            agreement("plan", ("new", "implements"), date="2023-01-01", part_of="summit"),
            agreement("aside", ("new", "relates-to"), date="2023-02-01"),
            event("summit", type="summit", date="2023-01-01"),
        )
    )
    row = found.row("old")
    assert row
    chain = {
        one.row.id: (one.how, one.other and one.other.id) for one in chain_of(found, row).records
    }
    assert chain == {
        "old": ("", None), "new": ("replaces", "old"), "plan": ("implements", "new"),
        "summit": ("part of", "plan"),
    }  # fmt: skip


def test_a_loop_of_relations_ends(made) -> None:  # type: ignore[no-untyped-def]
    def link(to: str) -> list[dict[str, str]]:
        return [{"event": to, "as": "implements"}]

    found = made(dossier(event("a", related=link("b")), event("b", related=link("a"))))
    row = found.row("a")
    assert row
    assert len(chain_of(found, row).records) == 2


# -- the shell


def test_the_shell_prints_the_picture_in_80_columns_without_codes() -> None:
    done = summitry("timeline")
    assert done.returncode == 0, done.stderr
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "\x1b" not in done.stdout
    assert "South Caucasus" in done.stdout
    assert "2025" in done.stdout


def test_the_shell_asks_find_and_takes_another_facet() -> None:
    done = summitry("timeline", "region:china", "-summit", "--by", "type")
    assert done.returncode == 0, done.stderr
    assert " Visit" in done.stdout
    assert "summit" not in done.stdout
    nothing = summitry("timeline", "on:1890")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    wrong = summitry("timeline", "--by", "colour")
    assert wrong.returncode == 2
    assert wrong.stderr.count("\n") == 1


def test_the_picture_is_ascii_where_it_must_be(shipped) -> None:  # type: ignore[no-untyped-def]
    assert timeline_as_text(Chart(shipped, "region"), ASCII).isascii()
