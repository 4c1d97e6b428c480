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
        ("2025-08-08", "8 August 2025"),
        ("2025-08", "August 2025"),
        ("2025-08?", "[August 2025?]"),
        ("2019%", "[about 2019?]"),
        ("2019~", "about 2019"),
        ("2024?/2025", "[2024? – 2025]"),
    ],
)
def test_an_uncertain_date_is_not_stated_as_certain(date: str, shown: str) -> None:
    assert note(source(date=date)) == f"“Title,” {shown}."
    assert note(source(accessed=date)) == f"“Title,” 8 August 2025, accessed {shown}."


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ('Rejects "Zangezur Corridor" Label', "“Rejects ‘Zangezur Corridor’ Label,”"),
        ('Erdogan: "Highest level"', "“Erdogan: ‘Highest level,’”"),
        ('"Excellent" meeting', "“‘Excellent’ meeting,”"),
        ("The “Khizi-Absheron” plant", "“The ‘Khizi-Absheron’ plant,”"),
        ("Six documents of Putin's visit", "“Six documents of Putin's visit,”"),
        ("The ministers’", "“The ministers’,”"),
    ],
)
def test_quotes_in_a_title_become_single_ones(title: str, shown: str) -> None:
    assert note(source(title=title)) == f"{shown} 8 August 2025."


def test_a_description_is_not_quoted_as_a_title() -> None:
    given = source(title="The ministry on the harbour", described=True, publisher="Paper")
    assert note(given) == "The ministry on the harbour, Paper, 8 August 2025."


def test_what_is_recorded_stands_in_the_order_of_a_note() -> None:
    given = source(author="Ann", publisher="Paper", url="https://example.org/")
    assert note(given, "p. 2") == "Ann, “Title,” Paper, 8 August 2025, p. 2, https://example.org/."


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
        "Lee, Ann B., and Cem Oz. “What now?” Paper Inc., 8 August 2025. "
        "Accessed 1 October 2025. https://example.org/a."
    )
    described = source(title="The ministry on the harbour", described=True, author="Port Authority")
    assert entry(described) == "Port Authority. The ministry on the harbour. 8 August 2025."


def test_a_note_ends_in_one_full_stop() -> None:
    assert note(source(publisher="Paper Inc.", date="2025"), "ch. 2 ff.").endswith("ch. 2 ff.")
    assert not note(source(), "p. 2.").endswith("..")


def test_a_bibliography_is_in_order_of_its_first_words(small: Dossier) -> None:
    cited = sources_cited(small, small.resolve("lodz-accord-2025"))
    lines = cite(cited, "bibliography").splitlines()
    assert lines == sorted(lines, key=str.casefold)
    assert len(lines) == len(cited)
