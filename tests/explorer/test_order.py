"""The order of lists: the newest first, what is planned apart, parts beneath their whole."""

from collections.abc import Callable

import pytest
from textual.widgets import Input

from tests.explorer.conftest import Explore
from tests.explorer.finding import events_of, find, listed
from tests.explorer.seen import until
from tests.support import Fields, dossier, event, overview, table
from tui.dossier.dossier import Dossier
from tui.notebook import Notebook, key_of

WHOLE = dossier(
    event("process-2020", title="The process", date="2020-01-01/2026-12-31", type="chairmanship"),
    event("first-2020", title="First talks", date="2020-01-20", part_of="process-2020"),
    event("later-2023", title="Later talks", date="2023-05-05", part_of="process-2020"),
    event("sign-2023", title="Signing", date="2023-05-06", part_of="later-2023"),
    event("next-2027", title="A visit to come", date="2027-01"),
    event("soon-2026", title="A summit to come", date="2026-03-01"),
    meta=table(overview(as_of="2026-02-01")),
)


async def test_what_is_planned_stands_apart_and_one_opens_on_what_has_happened(
    explore: Explore, made: Callable[[Fields], Dossier]
) -> None:
    async with explore(120, 24, dossier=made(WHOLE)) as seen:
        assert seen.current == "later-2023"
        listing = seen.screen.state.shown.listing
        assert [listing.heading(row) or seen.screen.state.dossier.row_at(listing.rows[row]).id
                for row in range(len(listing))] == [
            "planned", "next-2027", "soon-2026", "2023", "later-2023", "sign-2023",
            "2020", "process-2020", "first-2020",
        ]  # fmt: skip
        middle = [line.split("││")[1].rstrip() for line in seen.text.splitlines() if "││" in line]
        assert middle[0].strip() == "planned"
        assert "Later talks · The process" in middle[4], "the far whole is named behind it"
        assert "└" in middle[5]
        assert "The process" not in middle[5] + middle[8].replace("First", "")
        await seen.press("s")
        assert seen.said == ["oldest first"]
        assert seen.current == "later-2023", "the record stays"
        assert events_of(seen) == [
            "process-2020", "first-2020", "later-2023", "sign-2023", "soon-2026", "next-2027",
        ]  # fmt: skip
        await seen.press("2", "G")
        assert seen.current == "next-2027"
        await seen.press("1", "v", "y")
        years = seen.screen.state.values
        assert [years.at(i).label for i in range(1, len(years))] == ["2027", "2026", "2023", "2020"]


async def test_a_query_without_words_opens_on_what_has_happened(
    explore: Explore, made: Callable[[Fields], Dossier]
) -> None:
    async with explore(120, 24, dossier=made(WHOLE)) as seen:
        await find(seen, "after:2020-06")
        assert listed(seen)[:2] == ["next-2027", "soon-2026"]
        assert seen.current == "sign-2023"
        await seen.press("escape")
        await find(seen, "is:planned")
        assert seen.current == "next-2027"


async def test_the_name_of_a_far_whole_is_muted(
    explore: Explore, made: Callable[[Fields], Dossier]
) -> None:
    async with explore(160, 24, dossier=made(WHOLE)) as seen:
        styles = {
            segment.text.strip(): segment.style
            for segment in seen.pane("events").render_line(4)
            if segment.text.strip()
        }
        title, whole = styles["Later talks"], styles["· The process"]
        assert title
        assert whole
        assert title.color != whole.color


async def test_s_turns_what_was_found_best_newest_oldest(explore: Explore) -> None:
    async with explore() as seen:
        await find(seen, "ferries")
        await seen.press("enter")
        best, order = listed(seen), []
        for words in ("newest first", "oldest first", "best first"):
            await seen.press("s")
            assert seen.said[-1] == words
            order.append(events_of(seen))
        assert (order[0][0], order[0][-1]) == ("toll-decision-2025", "amber-route-2025")
        assert (order[1][0], order[1][-1]) == ("lodz-summit-2025", "toll-decision-2025")
        assert listed(seen) == best
        assert set(order[0]) == set(order[1]) == set(order[2])
        assert seen.screen.state.order == "newest", "the order of the lists is another"


async def test_by_date_one_begins_at_the_newest_event_not_at_what_is_no_event(
    explore: Explore,
) -> None:
    async with explore() as seen:
        await find(seen, "aliyev")
        await seen.press("enter")
        assert seen.current == "rauf-aliyev"
        await seen.press("s")
        assert seen.current == events_of(seen)[0]
        assert listed(seen)[-1] == "rauf-aliyev"
        await seen.press("J")
        event = seen.current
        await seen.press("s")
        assert seen.current == event, "an event stays"


# -- kept for the next time


async def test_the_order_and_the_queries_are_kept(
    explore: Explore, small: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def book() -> Notebook:
        return Notebook.open(key_of(small))

    monkeypatch.setattr("tui.explorer.visits.PLACE_PAUSE", 0.05)
    async with explore() as seen:
        for query in ("ferries", "treaty", "ferries", "toll"):
            await seen.press("slash", *query, "enter", "left", "escape")
        await seen.press("s")
        assert seen.said[-1] == "oldest first"
        await until(seen, lambda: book().place() and book().place().order == "oldest")
        assert book().place().queries == ("toll", "ferries", "treaty")
    async with explore() as seen:
        assert seen.screen.state.order == "oldest"
        assert seen.screen.state.found is None, "a query is taken up again on request"
        await seen.press("2", "g")
        assert seen.current == "passes-dispute-1990"
        await seen.press("slash", "up", "up", "up", "up")
        assert seen.screen.query_one("#find", Input).value == "treaty"
        await seen.press("enter", "left", "escape", "s")
        await until(seen, lambda: book().place().order == "newest")
        assert book().place().queries == ("treaty", "toll", "ferries")
