"""Citations to take away: certain only of what is certain, quotes within quotes."""

import pytest

from tests.support import Fields
from tui.dossier.dossier import Dossier
from tui.dossier.records import Source
from tui.output.citations import cite, entry, note, sources_cited


def source(**fields: str | bool) -> Source:
    given: Fields = {"id": "s", "title": "Title", "date": "2025-08-08", "language": "en"}
    return Source(**given | {"type": "news"} | fields)


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2025-08-08", "August 8, 2025"),
        ("2025-08", "August 2025"),
        ("2020-23", "Autumn 2020"),
        ("0987", "987"),
        ("2025-08?", "[August 2025?]"),
        ("2019%", "[ca. 2019?]"),
        ("2019~", "[ca. 2019]"),
        ("2024?/2025", "[2024?–2025]"),
        ("2023-09?/2023-11~", "[September?–ca. November 2023]"),
        ("2025-10-06/2025-10-07", "October 6–7, 2025"),
        ("2023-09-28/2023-10-02", "September 28–October 2, 2023"),
        ("2023-12-28/2024-01-02", "December 28, 2023–January 2, 2024"),
        ("2024/2026", "2024–2026"),
        ("2025-08-31/..", "August 31, 2025–"),
        ("/2025", "–2025"),
    ],
)
def test_a_date_is_said_as_chicago_does_and_no_more_exactly_than_recorded(
    date: str, shown: str
) -> None:
    assert note(source(date=date)) == f"“Title,” {shown}."
    assert note(source(accessed=date)) == f"“Title,” August 8, 2025, accessed {shown}."


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ('Rejects "Zangezur Corridor" Label', "“Rejects ‘Zangezur Corridor’ Label,”"),
        ('Erdogan: "Highest level"', "“Erdogan: ‘Highest level,’”"),
        ('"Excellent" meeting', "“‘Excellent’ meeting,”"),
        ("The “Khizi-Absheron” plant", "“The ‘Khizi-Absheron’ plant,”"),
        ("Six documents of Putin's visit", "“Six documents of Putin’s visit,”"),
        ("They declare a 'truce'", "“They declare a ‘truce,’”"),
        ("Songs of the '90s: 'Ay'", "“Songs of the ’90s: ‘Ay,’”"),
        ("The ministers’", "“The ministers’,”"),
        ("The ministers'", "“The ministers’,”"),
        ("Who pays?", "“Who pays?,”"),
    ],
)
def test_quotes_in_a_title_are_single_and_curled_and_a_comma_follows(
    title: str, shown: str
) -> None:
    assert note(source(title=title)) == f"{shown} August 8, 2025."


def test_a_description_is_not_quoted_as_a_title() -> None:
    given = source(title="The ministry on the harbour", described=True, publisher="Paper")
    assert note(given) == "The ministry on the harbour, Paper, August 8, 2025."
    quoting = source(title='The ministry\'s "harbour" days', described=True)
    assert note(quoting) == "The ministry’s “harbour” days, August 8, 2025."
    assert entry(quoting) == "The ministry’s “harbour” days. August 8, 2025."


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("paragraph 4", "para. 4"),
        ("paragraphs 1 to 3", "paras. 1–3"),
        ("paras 1 and 2", "paras. 1 and 2"),
        ("Introduction, para. 2", "Introduction, para. 2"),
        ("opening paragraphs", "opening paragraphs"),
        ("last paragraph read", ""),
        ("quotation on the harbour; last paragraphs read", "quotation on the harbour"),
        ("last sentence read; point 2", "point 2"),
    ],
)
def test_a_locator_is_shortened_and_how_much_was_read_is_none(at: str, shown: str) -> None:
    where = f", {shown}" if shown else ""
    assert note(source(), at) == f"“Title,” August 8, 2025{where}."


def test_a_site_of_its_author_is_named_once() -> None:
    given = source(author="Ann Lee", publisher="Ann Lee", url="https://example.org/")
    assert note(given) == "Ann Lee, “Title,” August 8, 2025, https://example.org/."
    assert entry(given) == "Lee, Ann. “Title.” August 8, 2025. https://example.org/."
    assert cite([(given, "")], "bibtex").count("Lee") == 1
    # A periodical without a title would have its article set as a book is.
    assert '"container-title": "Ann Lee"' in cite([(given, "")], "csl-json")


def test_what_is_recorded_stands_in_the_order_of_a_note() -> None:
    given = source(author="Ann", publisher="Paper", url="https://example.org/")
    assert note(given, "p. 2") == "Ann, “Title,” Paper, August 8, 2025, p. 2, https://example.org/."


def test_a_record_is_cited_with_each_source_once(small: Dossier) -> None:
    row = small.resolve("lodz-accord-2025")
    cited = sources_cited(small, row)
    notes = cite(cited, "note").splitlines()
    assert len(notes) == len(set(notes)) > 1
    for style, begins in (("bibtex", "@"), ("ris", "TY  - "), ("csl-json", '"id": ')):
        assert cite(cited, style).count(begins) == len(notes), style


def test_an_entry_begins_with_the_family_name_and_ends_each_part_in_one_stop() -> None:
    given = source(
        title="What now?", author="Ann B. Lee and Cem Oz", publisher="Paper Inc.",
        url="https://example.org/a", accessed="2025-10-01",
    )  # fmt: skip
    assert entry(given) == (
        "Lee, Ann B., and Cem Oz. “What now?” Paper Inc., August 8, 2025. "
        "Accessed October 1, 2025. https://example.org/a."
    )
    described = source(title="The ministry on the harbour", described=True, author="Port Authority")
    assert entry(described) == "Port Authority. The ministry on the harbour. August 8, 2025."


def test_a_note_ends_in_one_full_stop() -> None:
    assert note(source(publisher="Paper Inc.", date="2025"), "ch. 2 ff.").endswith("ch. 2 ff.")
    assert not note(source(), "p. 2.").endswith("..")


def test_a_bibliography_is_in_order_of_its_first_words(small: Dossier) -> None:
    cited = sources_cited(small, small.resolve("lodz-accord-2025"))
    lines = cite(cited, "bibliography").splitlines()
    assert lines == sorted(lines, key=str.casefold)
    assert len(lines) == len(cited)
    titles = ["The harbour", "A gate", "“The” ferry", "Andes, a survey", "An island"]
    lines = cite([(source(title=title), "") for title in titles], "bibliography").splitlines()
    assert [line.partition(".")[0] for line in lines] == [
        "“Andes, a survey", "“A gate", "“The harbour", "“An island", "“‘The’ ferry",
    ]  # fmt: skip
