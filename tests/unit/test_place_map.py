"""The map: where the events of a selection are."""

import pytest

from tui.charts.place_map import MapLines, Mark, View, coastline, fitting, marks_of, nearest
from tui.dossier.dossier import Dossier
from tui.text.glyphs import ASCII, UNICODE, Signs

SIZES = [(118, 36), (78, 20), (46, 16), (158, 46), (8, 1)]


def test_every_event_with_a_place_is_on_the_map_once(shipped: Dossier) -> None:
    marks = marks_of(shipped)
    rows = shipped.rows(range(1, shipped.total + 1))
    placed = {row.n for row in rows if row.place}
    assert sorted(n for mark in marks for n in mark.events) == sorted(placed)
    counts = [len(mark.events) for mark in marks]
    assert counts == sorted(counts, reverse=True)


def test_of_a_selection_only_its_events_count(shipped: Dossier) -> None:
    china = set(shipped.listing("region", "china").events)
    marks = marks_of(shipped, china)
    assert {n for mark in marks for n in mark.events} <= china
    placed = {row.n for row in shipped.rows(china) if row.place}
    assert sum(len(mark.events) for mark in marks) == len(placed) > 0
    assert marks_of(shipped, set()) == []


@pytest.mark.parametrize(("columns", "rows"), SIZES)
@pytest.mark.parametrize("signs", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_it_fills_its_room_and_no_more(
    shipped: Dossier, columns: int, rows: int, signs: Signs
) -> None:
    marks = marks_of(shipped)
    drawn = MapLines(marks, fitting(marks, columns, rows, outliers=0), columns, rows, signs)
    lines = drawn.lines(marks[0])
    assert len(lines) == rows
    assert all(len(line.plain) <= columns for line in lines)
    if signs.ascii:
        assert all(line.plain.isascii() for line in lines)
    shown = [mark for cell in drawn.shown.values() for mark in cell]
    assert len(shown) == len(marks), "with all in view none is lost"


def test_a_coast_is_where_it_is() -> None:
    # Cape Town is the end of land: sea to the south, a coast at the cell, land to the north.
    view = View(-34, 18.5, 0.5)
    drawn = MapLines([Mark("x", "Cape", -33.9, 18.4, (1,))], view, 40, 20, UNICODE)
    lines = [line.plain for line in drawn.lines(None)]
    assert all(not line.strip() for line in lines[14:])
    assert any("\u2800" < char < "\u2900" for line in lines[6:13] for char in line)
    assert len(coastline()) > 100


def test_arrows_go_that_way_and_reach_every_place(shipped: Dossier) -> None:
    marks = marks_of(shipped)
    view = fitting(marks, 118, 36)
    reached, todo = {marks[0].key}, [marks[0]]
    while todo:
        here = todo.pop()
        for right, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            there = nearest(marks, here, view, right, down)
            if there is None:
                continue
            (x, y), (to_x, to_y) = (view.dot(m.lat, m.lon) for m in (here, there))
            assert (to_x - x) * right > 0 or (to_y - y) * down > 0
            if there.key not in reached:
                reached.add(there.key)
                todo.append(there)
    assert reached == {mark.key for mark in marks}


def test_across_the_180th_meridian_the_near_way_is_taken() -> None:
    fiji, samoa = Mark("f", "Fiji", -18, 178, (1,)), Mark("s", "Samoa", -14, -172, (2,))
    view = View(-16, 179, 0.1)
    assert nearest([fiji, samoa], fiji, view, 1, 0) is samoa
    assert nearest([fiji, samoa], fiji, view, -1, 0) is None
