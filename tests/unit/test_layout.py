"""Pages set in lines: never wider than asked, hanging where they should, ASCII where they must."""

from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.dossier.dossier import Dossier
from tui.page import page_of
from tui.pages.model import (
    Block,
    Differ,
    Heading,
    Item,
    Items,
    Line,
    Note,
    Page,
    Paragraph,
    Quote,
    Span,
    Table,
    Trail,
)
from tui.text.glyphs import ASCII, UNICODE, Sign, Signs, signs_for
from tui.text.layout import brief, lay_out
from tui.text.wrapping import cells, fill, fit

words = st.text("ab de—é东京한👨\u200d🌾\u0301\n", max_size=40) | st.sampled_from(
    [
        "x" * 200,
        "東" * 90,
        "a b c",
        "",
        " ",
        "\n\n",
        "Łódź Əliyev",
        "👨‍👩‍👧 family",
        "no\u00a0break" * 9,
    ]
)
line = words.map(lambda value: " ".join(value.split("\n")))
when = st.sampled_from(["8 August 2025", "April 2025 (day not recorded)", "since 2024", ""])
spans = st.builds(
    Span,
    words,
    st.sampled_from(["", "title", "muted", "label"]),
    st.none() | st.just("somewhere"),
    st.lists(st.integers(1, 999), max_size=3).map(tuple),
)
prose = st.lists(spans, max_size=4).map(tuple)
steps = st.tuples(line, when, st.lists(st.integers(1, 99), max_size=2).map(tuple))
sides = st.tuples(prose, prose, st.integers(0, 9))
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, line),
    st.builds(Line, prose),
    st.builds(Paragraph, prose, st.none()),
    st.builds(Quote, prose, prose, st.none()),
    st.builds(Differ, line, st.lists(sides, min_size=2, max_size=3).map(tuple)),
    st.builds(Table, st.lists(st.tuples(prose, prose), min_size=1, max_size=3).map(tuple)),
    st.builds(
        Items,
        st.lists(
            st.builds(Item, when, st.sampled_from(["summit", "picnic", ""]), prose),
            min_size=1,
            max_size=3,
        ).map(tuple),
    ),
    st.builds(Trail, st.lists(steps, max_size=4).map(tuple), st.just("no later step recorded")),
)
notes = st.lists(st.builds(Note, st.integers(1, 1500), prose, st.none() | line), max_size=2)
pages = st.builds(
    Page,
    st.just("id"),
    st.just("event"),
    line,
    st.lists(blocks, max_size=4).map(tuple),
    notes.map(tuple),
)


@given(pages, st.integers(8, 120), st.sampled_from([UNICODE, ASCII]))
@settings(max_examples=150, deadline=None)
@example(Page("id", "event", "\u200d\u200d东a东东东", ()), 8, UNICODE)
def test_no_line_is_wider_than_asked(page: Page, width: int, signs: Signs) -> None:
    for line in lay_out(page, width, signs):
        assert cells(line.spans) <= width, line.plain
        assert "\n" not in line.plain


@given(pages, st.integers(8, 120))
@settings(max_examples=80, deadline=None)
def test_ascii_signs_give_only_ascii(page: Page, width: int) -> None:
    for line in lay_out(page, width, ASCII):
        assert line.plain.isascii(), line.plain


@given(prose, st.integers(4, 80))
@example((Span("ab"), Span("cd ef")), 4)
@settings(max_examples=150, deadline=None)
def test_filling_loses_no_letter(spans: tuple[Span, ...], width: int) -> None:
    def letters(text: str) -> str:
        # A space that may not break is a plain one once the line is filled.
        return text.translate(dict.fromkeys(map(ord, " \u00a0\n")))

    lines = list(fill(spans, width))
    assert letters("".join(span.text for line in lines for span in line)) == letters(
        "".join(span.text for span in spans)
    )


def test_the_shipped_and_the_small_pages_fit_every_width(small: Dossier, shipped: Dossier) -> None:
    for opened in (small, shipped):
        ids = [row[0] for row in opened.connection.execute("SELECT id FROM record WHERE n % 4 = 1")]
        for id_ in ids:
            page = page_of(opened, opened.resolve(id_))
            for width in (8, 13, 30, 55, 56, 57, 72, 120):
                assert all(cells(line.spans) <= width for line in lay_out(page, width))


ADDRESSES = (
    "https://caliber.az/en/post/pashinyan-targets-peace-deal-with-azerbaijan-before-elections",
    "https://example.org/?q=" + "a" * 120,
    "https://example.org/" + "/".join(["ab"] * 40),
)


@pytest.mark.parametrize("width", [20, 31, 42, 55, 72, 78])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_web_address_is_never_wrapped_by_a_few_letters(address: str, width: int) -> None:
    lines = [line[0].text for line in fill([Span(address)], width)]
    assert "".join(lines) == address
    assert all(8 <= len(line) <= width for line in lines)


def test_a_web_address_is_broken_where_it_has_a_joint() -> None:
    lines = [line[0].text for line in fill([Span(ADDRESSES[0])], 46)]
    assert lines == [
        "https://caliber.az/en/post/pashinyan-targets-",
        "peace-deal-with-azerbaijan-before-elections",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("width", "signs", "shown"),
    [
        (21, UNICODE, "Visit to Łódź, Poland"),
        (20, UNICODE, "Visit to Łódź, Pola…"),
        (15, UNICODE, "Visit to Łódź…"),
        (20, ASCII, "Visit to Lodz, Pola~"),
        (1, UNICODE, "V"),
        (0, UNICODE, ""),
    ],
)
def test_a_title_is_cut_at_a_letter_and_shows_it(width: int, signs: Signs, shown: str) -> None:
    assert fit("Visit to Łódź, Poland", width, signs) == shown


class Set(NamedTuple):
    """Sets a page of the small dossier."""

    dossier: Dossier

    def __call__(self, id_: str, width: int = 72, signs: Signs = UNICODE) -> list[str]:
        page = page_of(self.dossier, self.dossier.resolve(id_))
        return [line.plain.rstrip() for line in lay_out(page, width, signs)]


@pytest.fixture
def set_(small: Dossier) -> Set:
    return Set(small)


def test_a_page_reads_as_designed(set_: Set) -> None:
    assert set_("lodz-accord-2025")[:30] == [
        "Łódź Accord on ferries",
        "declaration · 8 August 2025 · Łódź",
        "part of Summit in Łódź",
        "signed, no later step as of October 2025",
        "Sources differ on number of ferries:",
        "40: Council of the Shores · 45: Harbour Review",
        "",
        "A declaration on ferries between the two shores.",
        "",
        "● initialled ─── ● signed ─────── ○ no later step recorded",
        "  7 Aug 2025¹      8 Aug 2025²",
        "",
        "Who took part",
        "Rauf Əliyev   signatory",
        "Anna Łukasik  signatory",
        "",
        "Sources differ: number of ferries",
        "40                                 │ 45",
        "By the communiqué, forty ferries   │ By the review, forty-five ferries",
        "are meant.³                        │ are meant.⁴",
        "",
        "Who says what",
        "┃ The review finds the accord too cautious.⁵",
        "┃",
        "┃ It calls the rules on harbours clear.⁵",
        "┃ as read by Harbour Review, October 2025 (day not recorded)",
        "",
        "Parts",
        "since 31 Aug 2025  ⇄ Amber Route",
        "",
    ]


def test_narrow_disagreements_and_trails_stand_one_below_the_other(set_: Set) -> None:
    lines = set_("lodz-accord-2025", 30)
    assert lines.index("│ 40") < lines.index("│ 45")
    steps = [line for line in lines if "initialled" in line or "step recorded" in line]
    assert [line[:1] for line in steps] == ["●", "○"]


def test_what_runs_on_hangs_under_its_own_beginning(set_: Set) -> None:
    lines = set_("lodz-summit-2025", 34)
    start = next(i for i, line in enumerate(lines) if line.endswith("Breakfast of the two"))
    assert lines[start].index("Breakfast") == len(lines[start + 1]) - len(lines[start + 1].lstrip())
    note = next(i for i, line in enumerate(lines) if line.startswith("1 Council"))
    assert lines[note + 1].startswith("  ")
    assert all(line.startswith("┃") for line in lines if "turning" in line or "read by" in line)


def test_columns_of_a_table_are_aligned(set_: Set) -> None:
    lines = set_("lodz-summit-2025")
    roles = [line for line in lines if line.endswith((" host", " guest", " observer"))]
    assert len({line.rindex(" ") for line in roles}) == 1
    assert len(roles) == 3


def test_ascii_signs_spell_names_and_citations_out(set_: Set) -> None:
    lines = set_("lodz-accord-2025", signs=ASCII)
    assert all(line.isascii() for line in lines)
    assert lines[0] == "Lodz Accord on ferries"
    assert any("forty ferries" in line for line in lines)
    assert any("[3]" in line for line in lines)
    assert any(line.startswith("* initialled") for line in lines)


def test_lines_remember_their_claim(small: Dossier) -> None:
    page = page_of(small, small.resolve("lodz-summit-2025"))
    found = {claim: line.plain for line in lay_out(page, 72) for claim in line.claims}
    assert "signed the accord" in found[1]
    assert "islands" in found[2] or "stated by" in found[2]


def test_both_sides_of_a_dispute_are_on_its_lines_and_a_note_on_the_line_it_begins(
    small: Dossier,
) -> None:
    page = page_of(small, small.resolve("lodz-accord-2025"))
    lines = lay_out(page, 72)
    assert [line.claims for line in lines if line.claims] == [(0, 1)] * 6 + [(2,), (3,), (3,)]
    assert [line.note for line in lines if line.note] == [1, 2, 3, 4, 5]
    assert {line.claims for line in lay_out(page, 30)} >= {(0,), (1,)}
    cited = [span for line in lines for span in line.spans if (span.link or "").startswith("note:")]
    assert {(span.text, span.link) for span in cited} >= {("³", "note:3"), ("⁴", "note:4")}


def test_dates_are_shortened_for_columns() -> None:
    assert brief("April 2025 (day not recorded)") == "Apr 2025"
    assert brief("30 September – 2 October 2025") == "30 Sep – 2 Oct 2025"
    assert brief("May 2025") == "May 2025"


def items(*given: tuple[str, str]) -> Page:
    """A page that is one list of events."""
    listed = (Item(when, "meeting", (Span(title, "", "id"),)) for when, title in given)
    return Page("id", "tag", "List", (Items(tuple(listed)),))


def plain(page: Page, width: int) -> list[str]:
    return [line.plain.rstrip() for line in lay_out(page, width)]


def test_one_long_date_does_not_take_the_column_from_the_others() -> None:
    page = items(
        ("31 October 2022", "Sochi trilateral, October 2022"),
        ("about August 2025 – about September 2025", "Meetings in Tianjin"),
        ("May 2025", "EPC host"),
    )
    assert plain(page, 46)[2:] == [
        "31 Oct 2022  ◇ Sochi trilateral, October 2022",
        "about Aug 2025 – about Sep 2025",
        "             ◇ Meetings in Tianjin",
        "May 2025     ◇ EPC host",
    ]


def test_dates_stand_above_the_titles_where_there_is_no_room_for_a_column() -> None:
    page = items(("31 October 2022", "Sochi trilateral, October 2022"), ("May 2025", "EPC host"))
    assert plain(page, 28)[2:] == [
        "31 Oct 2022",
        "◇ Sochi trilateral, October",
        "  2022",
        "May 2025",
        "◇ EPC host",
    ]


def test_dates_and_titles_are_never_on_one_line_unless_in_columns(shipped: Dossier) -> None:
    page = page_of(shipped, shipped.resolve("nikol-pashinyan"))
    for width in range(20, 121):
        lines = lay_out(page, width)
        dated = [line.spans for line in lines if any(span.role == "date" for span in line.spans)]
        columns = {len(spans[0].text) for spans in dated if len(spans) > 1}
        assert bool(columns) == (width >= 34)
        assert all(spans[0].role == "date" for spans in dated)
        assert all(column <= max(16, width // 4 + 2) for column in columns)


def test_what_a_table_says_stands_below_its_label_rather_than_be_torn(set_: Set) -> None:
    lines = set_("lodz-accord-2025", 20)
    start = lines.index("Who took part")
    assert lines[start + 1 : start + 5] == [
        "Rauf Əliyev", "  signatory", "Anna Łukasik", "  signatory",
    ]  # fmt: skip
    assert "Rauf Əliyev   signatory" in set_("lodz-accord-2025", 30)


def test_what_has_no_date_is_told_by_its_kind_and_has_no_sign() -> None:
    assert plain(items(("", "Suva"), ("", "Fiji")), 40)[2:] == [
        "meeting    Suva", "meeting    Fiji",
    ]  # fmt: skip
    dated = plain(items(("5 May 2025", "Talks"), ("", "Fiji")), 40)[2:]
    assert dated == ["5 May 2025  ◇ Talks", "meeting       Fiji"]


def test_a_dot_between_words_ends_a_line_and_never_begins_one(shipped: Dossier) -> None:
    for id_ in ("nikol-pashinyan", "europe"):
        page = page_of(shipped, shipped.resolve(id_))
        for width in range(20, 73):
            assert not any(line.lstrip().startswith("· ") for line in plain(page, width))


def test_the_second_side_of_a_dispute_is_set_apart(set_: Set) -> None:
    lines = set_("lodz-accord-2025", 42)
    second = lines.index("│ 45")
    assert lines[second - 1] == ""
    assert lines[second - 2].startswith("│ ")
    assert "40                   │ 45" in set_("lodz-accord-2025", 43)


@pytest.mark.parametrize("signs", [UNICODE, ASCII])
def test_every_sign_is_one_column_wide(signs: Signs) -> None:
    several = {signs.heights, signs.corners, signs.places}
    values = {getattr(signs, name) for name, sign in vars(Signs).items() if isinstance(sign, Sign)}
    assert len(values) > len(several)
    assert all(len(value) == 1 for value in values - several)
    single = [sign for value in values for sign in value]
    assert {cell_len(sign) for sign in [*single, *signs.types.values()]} == {1}
    assert len(set(signs.types.values())) == len(signs.types)


def test_the_signs_follow_the_encoding_and_the_locale() -> None:
    assert signs_for("utf-8", {}) is signs_for("UTF8", {"LANG": "az_AZ.UTF-8"}) is UNICODE
    assert signs_for("latin-1", {}) is signs_for("ascii", {}) is signs_for(None, {}) is ASCII
    assert signs_for("utf-8", {"LC_ALL": "C"}) is ASCII
    assert signs_for("utf-8", {"LC_ALL": "C.UTF-8", "LANG": "C"}) is UNICODE
