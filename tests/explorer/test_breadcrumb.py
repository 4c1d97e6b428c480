"""The breadcrumb: the way to where one is, beside the keys or above one pane."""

from collections.abc import Callable

import pytest
from rich.cells import cell_len

from tests.explorer.conftest import Explore
from tests.explorer.seen import until
from tests.support import Fields, dossier, event, table
from tui.dossier.dossier import Dossier
from tui.explorer.panes.status_lines import shortened
from tui.text.glyphs import ASCII, UNICODE, Signs

Make = Callable[[Fields], Dossier]


WASHINGTON = ("Regions", "United States", "Washington Summit", "Joint Declaration")


def washington(made: Make) -> Dossier:
    """The way of four steps that is the design's example."""
    summit = event("summit-2025", title=WASHINGTON[2], regions=["usa"])
    declaration = event("declaration-2025", title=WASHINGTON[3], part_of="summit-2025")
    return made(dossier(summit, declaration, regions=table({"id": "usa", "name": WASHINGTON[1]})))


@pytest.mark.parametrize(
    ("size", "way"),
    [
        ((120, 40), "Regions › United States › Washington Summit › Joint Declaration "),
        ((100, 30), "Regions › United Sta… › Washington… › Joint Declaration "),
        ((80, 24), "… › Joint Declaration "),
        ((60, 20), "… › Joint Declaration "),
    ],
    ids=str,
)
async def test_the_breadcrumb_tells_the_way_beside_the_keys(
    explore: Explore, made: Make, size: tuple[int, int], way: str
) -> None:
    async with explore(*size, dossier=washington(made), at="declaration-2025") as seen:
        await seen.press("3")
        foot = seen.text.splitlines()[-1]
        assert foot.startswith(f" {way}")
        assert foot.endswith("? help  q quit")
        assert " f follow " in foot


async def test_the_breadcrumb_above_one_pane_tells_the_steps_above(
    explore: Explore, made: Make
) -> None:
    async with explore(48, 20, dossier=washington(made), at="declaration-2025") as seen:
        assert seen.text.splitlines()[0] == " … › United S… › Washingto… › Joint Declaration"


async def test_the_keys_take_what_a_short_way_leaves(explore: Explore) -> None:
    async with explore() as seen:
        foot = seen.text.splitlines()[-1]
        assert foot.startswith(" Regions › All › ")
        assert all(name in foot for name in seen.keys)


async def test_help_and_quit_stay_beside_the_longest_way(explore: Explore, made: Make) -> None:
    long = "A title that goes on and on, " * 8
    events = [
        event(f"e-{n}-2025", title=f"{n}: {long}", **({"part_of": f"e-{n - 1}-2025"} if n else {}))
        for n in range(6)
    ]
    async with explore(dossier=made(dossier(*events)), at="e-5-2025") as seen:
        for columns in range(60, 124, 7):
            await seen.resize(columns, 24)
            await until(seen, lambda: seen.text.splitlines()[-1].endswith("? help  q quit"))
            foot = seen.text.splitlines()[-1]
            assert foot.startswith(" … › ")
            assert "5: A" in foot


@pytest.mark.parametrize("signs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize(
    "way",
    [
        WASHINGTON,
        ("Regions", "All", "Karabakh conflict"),
        ("Years", "2025"),
        ("Places", "Xankəndi", "a" * 90, "b" * 90, "c" * 90, "首脳会談首脳会談首脳会談首脳会談"),
        (),
    ],
    ids=lambda way: str(len(way)),
)
def test_a_way_is_cut_before_steps_are_left_out_which_is_said(
    way: tuple[str, ...], signs: Signs
) -> None:
    separator = f" {signs.step} "
    for width in range(1, 130):
        shown = shortened(way, width, signs)
        line = separator.join(shown)
        assert cell_len(line) <= width
        whole = cell_len(separator.join(map(signs.plain, way))) <= width
        assert (shown == list(map(signs.plain, way))) == whole, "it is cut only where it must be"
        if width < 16 or not way:
            continue
        left_out = len(way) - len(shown)
        if shown[0] == signs.ellipsis:
            steps, left_out = shown[1:], left_out + 1
        else:
            steps = shown
            assert left_out == 0, "steps do not vanish without a sign"
        for step, said in zip(way[left_out:], steps, strict=True):
            assert signs.plain(step).startswith(said.removesuffix(signs.ellipsis))
            assert cell_len(said) >= min(4, cell_len(step))
        cut = [said for said in steps if said.endswith(signs.ellipsis)]
        assert cell_len(steps[-1]) >= max(map(cell_len, steps)) - 8 or steps[-1] not in cut
