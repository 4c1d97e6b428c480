"""Citations to take away: certain only of what is certain, quotes within quotes."""

import pytest

from tests.support import Fields
from tui.dossier.dossier import Dossier
from tui.dossier.records import Source
from tui.output.citations import chicago, citations


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
    assert chicago(source(date=date)) == f"“Title,” {shown}."
    assert chicago(source(accessed=date)) == f"“Title,” 8 August 2025, accessed {shown}."


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
    assert chicago(source(title=title)) == f"{shown} 8 August 2025."


def test_a_description_is_not_quoted_as_a_title() -> None:
    given = source(title="The ministry on the harbour", described=True, publisher="Paper")
    assert chicago(given) == "The ministry on the harbour, Paper, 8 August 2025."


def test_what_is_recorded_stands_in_the_order_of_a_note() -> None:
    given = source(author="Ann", publisher="Paper", url="https://example.org/")
    assert (
        chicago(given, "p. 2") == "Ann, “Title,” Paper, 8 August 2025, p. 2, https://example.org/."
    )


def test_a_record_is_cited_with_each_source_once(small: Dossier) -> None:
    row = small.resolve("lodz-accord-2025")
    notes = citations(small, row, "chicago").splitlines()
    assert len(notes) == len(set(notes)) > 1
    assert citations(small, row, "bibtex").count("@") == len(notes)
