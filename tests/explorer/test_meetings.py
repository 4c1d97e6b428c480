"""Who met whom, by keys and by mouse."""

from pathlib import Path

import pytest
from textual.events import MouseScrollDown

from tests.explorer.conftest import Explore
from tests.explorer.test_snapshots import compare
from tests.support import Fields, dossier, event, overview, table
from tui.charts.meeting_counts import TOTAL, MeetingCounts, in_order
from tui.dossier.dossier import Dossier
from tui.explorer.screen import ExplorerScreen
from tui.explorer.state import Selection
from tui.explorer.views.meetings_screen import MeetingsScreen
from tui.text.glyphs import ASCII, UNICODE

PEOPLE = ("ann", "bob", "cem", "dag")


def met(year: int, number: int, *actors: str, **fields: str) -> Fields:
    """An event of a year that some actors took part in."""
    took_part = [{"actor": actor, "role": "guest"} for actor in actors]
    id_ = f"e-{year}-{number:02}"
    return event(id_, date=f"{year}-01-{number:02}", participants=took_part, **fields)


@pytest.fixture
def few(made):  # type: ignore[no-untyped-def]
    """A dossier in which Bob met Ann most often, and Cem met her most often in 2025."""
    actors = [{"id": id_, "name": id_.capitalize(), "type": "person"} for id_ in PEOPLE]
    actors += [
        {"id": "norland", "name": "Norland", "type": "state"},
        {"id": "union", "name": "Union", "type": "organisation"},
        {"id": "works", "name": "Works", "type": "company"},
    ]
    events = [met(2024, n, "ann", "bob", "norland") for n in range(1, 6)]
    events += [met(2025, n, "ann", "cem", "union", "works") for n in range(1, 4)]
    events += [met(2025, 4, "ann", "bob"), met(2026, 1, "bob", "dag")]
    process = met(2023, 1, "ann", "dag") | {"date": "2023/2026"}
    paper = met(2025, 9, "ann", "bob", type="agreement", part_of="e-2025-04")
    found = dossier(*events, process, paper, actors=table(*actors))
    return made(found | {"meta": table(overview(as_of="2026-06-01"))})


def rows(seen) -> list[str]:  # type: ignore[no-untyped-def]
    """What stands in each row of the table, a blank between the columns."""
    lines = seen.text.splitlines()
    begin = next(i for i, line in enumerate(lines) if "  all" in line)
    end = next(i for i, line in enumerate(lines) if line.strip().startswith("sorted by"))
    return [" ".join(line.split()) for line in lines[begin:end] if line.strip()]


async def test_whom_somebody_met_most_in_a_year(explore: Explore, shipped) -> None:  # type: ignore[no-untyped-def]
    counts = MeetingCounts(shipped)
    first = in_order(counts.rows("person"), TOTAL)[0]
    year = counts.years[1]
    most = in_order(counts.rows("person", first.key), year)[0]
    async with explore(80, 24, dossier=shipped) as seen:
        await seen.press("w", "enter", "right", "right", "s")
        assert f"Whom {first.name} met" in seen.text
        assert f"with {most.name} · {year} · {most.count(year)} encounters" in seen.text
        assert rows(seen)[1].startswith(f"▌{most.name} {most.count(TOTAL)} ")


async def test_all_and_then_whom_one_of_them_met(explore: Explore, few) -> None:  # type: ignore[no-untyped-def]
    async with explore(80, 24, dossier=few) as seen:
        await seen.press("w")
        assert rows(seen) == [
            "people (4) all 2026 2025 2024",
            "▌Ann 10 · 4 5", "Bob 7 1 1 5", "Cem 3 · 3 ·", "Dag 2 1 · ·",
        ]  # fmt: skip
        assert "Who met whom" in seen.text
        assert "11 of 12 events" in seen.text
        assert "sorted by all · 1 without a year" in seen.text
        await seen.press("enter")
        assert rows(seen) == ["people (3) all 2026 2025 2024",
                              "▌Bob 6 · 1 5", "Cem 3 · 3 ·", "Dag 1 · · ·"]  # fmt: skip
        assert "Whom Ann met" in seen.text
        assert "10 of 12 events" in seen.text
        assert "with Bob · 6 encounters" in seen.text


async def test_enter_on_a_count_lists_its_encounters(explore: Explore, few) -> None:  # type: ignore[no-untyped-def]
    async with explore(80, 24, dossier=few) as seen:
        await seen.press("w", "enter", "j", "right", "right", "enter")
        assert isinstance(seen.app.screen, ExplorerScreen)
        shown = seen.screen.state.shown
        assert "Ann with Cem · 2025" in shown.heading
        events = few.rows(shown.listing.events)
        assert {row.id for row in events} == {f"e-2025-{n:02}" for n in (1, 2, 3)}
        assert seen.focused == "events"


async def test_the_total_lists_those_without_a_year_too(explore: Explore, few) -> None:  # type: ignore[no-untyped-def]
    async with explore(80, 24, dossier=few) as seen:
        await seen.press("w", "enter", "G", "enter")
        assert "Ann with Dag" in seen.screen.state.shown.heading
        assert [row.id for row in few.rows(seen.screen.state.shown.listing.events)] == ["e-2023-01"]


async def test_an_empty_count_opens_nothing(explore: Explore, few) -> None:  # type: ignore[no-untyped-def]
    async with explore(80, 24, dossier=few) as seen:
        await seen.press("w", "right", "right", "enter")
        assert "Ann · 2026 · 0 encounters" in seen.text


async def test_one_goes_back_step_by_step(explore: Explore, few) -> None:  # type: ignore[no-untyped-def]
    async with explore(80, 24, dossier=few) as seen:
        await seen.press("w", "j", "enter", "home", "enter")
        assert "Whom Ann met" in seen.text
        await seen.press("escape")
        assert "Whom Bob met" in seen.text
        await seen.press("escape")
        assert "Who met whom" in seen.text
        assert rows(seen)[2].startswith("▌Bob")
        await seen.press("escape")
        assert isinstance(seen.app.screen, ExplorerScreen)


@pytest.mark.parametrize("key", ["q", "w"])
async def test_one_key_goes_back_to_the_panes(explore: Explore, few, key: str) -> None:  # type: ignore[no-untyped-def]
    async with explore(80, 24, dossier=few) as seen:
        await seen.press("w", "j", "enter", "home", "enter", key)
        assert isinstance(seen.app.screen, ExplorerScreen)


async def test_people_states_organisations_and_all(explore: Explore, few) -> None:  # type: ignore[no-untyped-def]
    async with explore(80, 24, dossier=few) as seen:
        await seen.press("w", "enter", "v")
        assert rows(seen) == ["states (1) all 2026 2025 2024", "▌Norland 5 · · 5"]
        await seen.press("v")
        assert rows(seen) == ["organisations (1) all 2026 2025 2024", "▌Union 3 · 3 ·"]
        await seen.press("v")
        assert [row.split()[0] for row in rows(seen)] == [
            "all", "▌Bob", "Norland", "Cem", "Union", "Works", "Dag",
        ]  # fmt: skip
        await seen.press("v")
        assert rows(seen)[0].startswith("people (3)")


async def test_each_column_sorts(explore: Explore, few) -> None:  # type: ignore[no-untyped-def]
    async with explore(80, 24, dossier=few) as seen:
        await seen.press("w", "end", "left", "s")
        assert [row.split()[0] for row in rows(seen)[1:]] == ["▌Ann", "Cem", "Bob", "Dag"]
        assert "sorted by 2025" in seen.text
        await seen.press("left", "s")
        assert [row.split()[0] for row in rows(seen)[1:]] == ["▌Bob", "Dag", "Ann", "Cem"]
        await seen.press("G", "home", "s")
        assert [row.split()[0] for row in rows(seen)[1:]] == ["▌Ann", "Bob", "Cem", "Dag"]
        assert "sorted by name" in seen.text


async def test_the_place_is_kept(explore: Explore, few) -> None:  # type: ignore[no-untyped-def]
    async with explore(80, 24, dossier=few) as seen:
        await seen.press("w", "enter", "right", "right", "s", "left", "j")
        before = seen.text
        assert "Whom Ann met" in before
        await seen.press("w")
        assert isinstance(seen.app.screen, ExplorerScreen)
        await seen.press("w")
        assert seen.text == before
        await seen.press("right", "right", "enter")
        assert isinstance(seen.app.screen, ExplorerScreen)
        await seen.press("left", "escape", "w", "left", "left")
        assert seen.text == before


async def test_it_opens_at_the_actor_that_is_read(explore: Explore, few) -> None:  # type: ignore[no-untyped-def]
    async with explore(80, 24, dossier=few, at="cem") as seen:
        await seen.press("w")
        assert rows(seen)[3].startswith("▌Cem")
        await seen.press("enter")
        assert "Whom Cem met" in seen.text
        await seen.press("w", "w")  # the same actor: where one left
        assert "Whom Cem met" in seen.text


@pytest.mark.parametrize(
    ("at", "first"), [("norland", "states (1)"), ("union", "organisations (1)"), ("works", "all")]
)
async def test_it_lists_the_kind_of_the_actor_that_is_read(  # type: ignore[no-untyped-def]
    explore: Explore, few, at: str, first: str
) -> None:
    async with explore(80, 24, dossier=few, at=at) as seen:
        await seen.press("w")
        assert rows(seen)[0].startswith(first)
        assert any(row.startswith(f"▌{at.capitalize()}") for row in rows(seen))


async def test_it_counts_within_the_events_given(explore: Explore, few) -> None:  # type: ignore[no-untyped-def]
    events = [few.row(f"e-2025-{n:02}").n for n in (1, 4, 9)]
    async with explore(80, 24, dossier=few) as seen:
        await seen.app.open(
            MeetingsScreen(few, UNICODE, "", Selection("some", frozenset(events))),
            lambda chosen: None,
        )
        await seen.settle()
        assert rows(seen) == ["people (3) all 2025", "▌Ann 2 2", "Bob 1 1", "Cem 1 1"]
        assert "2 of 3 events" in seen.text
        assert "Who met whom · some" in seen.text
        await seen.press("w")
        await seen.app.open(
            MeetingsScreen(few, UNICODE, "bob", Selection("none", frozenset())), lambda chosen: None
        )
        await seen.press("enter", "right", "G", "s", "v")
        assert "nobody is recorded here" in seen.text
        assert "0 of 0 events" in seen.text


async def test_keys_in_one_write_do_the_same(explore: Explore, few) -> None:  # type: ignore[no-untyped-def]
    keys = ("w", "j", "enter", "right", "v", "v", "v", "s", "end", "G", "left", "k", "s", "home")
    async with explore(80, 24, dossier=few, at="bob") as seen:
        for key in keys:
            await seen.press(key)
        one_by_one = seen.text
    assert "Whom Cem met" in one_by_one
    async with explore(80, 24, dossier=Dossier.open(few.stamp.path), at="bob") as seen:
        await seen.press(*keys)
        assert seen.text == one_by_one


async def test_the_mouse_moves_and_opens(explore: Explore, few) -> None:  # type: ignore[no-untyped-def]
    async with explore(80, 24, dossier=few) as seen:
        await seen.press("w")
        x, y = seen.place_of("2025")
        await seen.pilot.click(offset=(x + 2, y + 2))
        await seen.settle()
        assert "Bob · 2025 · 1 encounter" in seen.text
        await seen.pilot.click(offset=(3, y + 3), times=2)
        await seen.settle()
        assert "Whom Cem met" in seen.text
        x, y = seen.place_of("2025")
        await seen.pilot.click(offset=(x + 2, y + 1), times=2)
        await seen.settle()
        assert "Cem with Ann · 2025" in seen.screen.state.shown.heading


async def test_what_does_not_fit_scrolls(explore: Explore, made) -> None:  # type: ignore[no-untyped-def]
    names = [f"p{n:02}" for n in range(40)]
    actors = [{"id": id_, "name": f"Person {id_}", "type": "person"} for id_ in names]
    events = [met(1990 + n % 30, n // 30 + 1, names[n % 40], names[-1]) for n in range(120)]
    many = made(dossier(*events, actors=table(*actors)))
    async with explore(80, 24, dossier=many) as seen:
        await seen.press("w")
        assert rows(seen)[0].endswith("2019 2018 2017 2016 2015 2014 2013 2012 2011▸")
        await seen.press("end")
        assert rows(seen)[0].endswith("◂ 1998 1997 1996 1995 1994 1993 1992 1991 1990")
        assert "Person p39 · 1990 · " in seen.text
        await seen.press(*["left"] * 9)
        assert rows(seen)[0].endswith("◂ 1999 1998 1997 1996 1995 1994 1993 1992 1991▸")
        await seen.resize(120, 24)
        assert "1990" in rows(seen)[0]
        await seen.press("home")
        assert "2019" in rows(seen)[0]
        top = rows(seen)[1]
        await seen.pilot._post_mouse_events([MouseScrollDown], offset=(10, 12))
        await seen.settle()
        assert rows(seen)[1] != top
        await seen.press("G")
        assert rows(seen)[-1].startswith("▌")


async def test_without_events_it_says_so(explore: Explore, made) -> None:  # type: ignore[no-untyped-def]
    async with explore(dossier=made(dossier())) as seen:
        await seen.press("w", "down", "right", "v", "enter", "G", "end", "s")
        assert "nobody is recorded here" in seen.text


async def test_it_survives_every_size(explore: Explore, few) -> None:  # type: ignore[no-untyped-def]
    async with explore(dossier=few) as seen:
        await seen.press("w", "enter")
        for size in [(1, 1), (200, 2), (3, 60), (20, 5), (80, 24), (7, 5), (48, 20), (200, 60)]:
            await seen.resize(*size)
            await seen.press("right", "down", "up", "end", "s", "home")
        assert "Whom Ann met" in seen.text


@pytest.mark.parametrize("signs", [UNICODE, ASCII], ids=["unicode", "ascii"])
async def test_the_picture(explore: Explore, signs, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    async with explore(80, 24, at="lodz-accord-2025", signs=signs) as seen:
        await seen.press("w", "right", "right")
        assert not signs.ascii or seen.text.isascii()
        words = "ascii" if signs.ascii else "unicode"
        compare(f"meetings-80x24-{words}", seen.app.export_screenshot(), tmp_path)


async def test_the_picture_by_day(explore: Explore, tmp_path: Path) -> None:
    async with explore(120, 40) as seen:
        seen.app.theme = "textual-light"
        await seen.press("w", "enter", "right", "right", "s")
        compare("meetings-120x40-light", seen.app.export_screenshot(), tmp_path)
