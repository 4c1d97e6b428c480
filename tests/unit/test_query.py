"""The query language: one parser for shell and explorer."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.dossier.query import CHOICES, DATES, FIELDS, QueryError, Term, join, parse, token


def only(query: str, *, typing: bool = False) -> Term:
    """The one term of a query."""
    (term,) = parse(query, typing=typing).terms
    return term


@pytest.mark.parametrize("query", ["", " ", "\t \n", '""', '"" ""'])
def test_nothing_typed_is_no_term(query: str) -> None:
    assert parse(query).terms == ()


def test_words_are_folded_and_kept_as_typed() -> None:
    assert parse("Qəbələ  sammiti").terms == (
        Term(("qebele",), "Qəbələ"),
        Term(("sammiti",), "sammiti"),
    )
    assert only("Xi'an").words == ("xian",)
    assert only("North-South").words == ("north", "south")
    assert only("10:30").words == ("10", "30")


@pytest.mark.parametrize(
    "query", ['"joint  Pact"', "“joint Pact”", "„joint Pact“", "„joint Pact”", "«joint Pact»"]
)
def test_a_phrase_stands_in_quotes_of_any_country(query: str) -> None:
    term = only(query)
    assert (term.words, term.phrase) == (("joint", "pact"), True)


def test_what_follows_a_phrase_is_a_term_of_its_own() -> None:
    assert [term.words for term in parse('"a b"c "d"').terms] == [("a", "b"), ("c",), ("d",)]


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("-russia", Term(("russia",), "russia", negated=True)),
        ('-"joint declaration"', Term(("joint", "declaration"), "joint declaration", negated=True,
                                      phrase=True)),
        ("-region:russia", Term(("russia",), "russia", "region", negated=True)),
        ("-on:2025", Term(("2025",), "2025", "on", negated=True)),
    ],
)  # fmt: skip
def test_a_dash_leaves_out(query: str, term: Term) -> None:
    assert only(query) == term


def test_a_dash_that_stands_alone_or_inside_leaves_nothing_out() -> None:
    assert not any(term.negated for term in parse("- north-south").terms)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_takes_a_value_a_phrase_and_a_dash(field: str) -> None:
    value = "2025-10" if field in DATES else CHOICES.get(field, ("gabala",))[0]
    for query in (f"{field}:{value}", f"{field.upper()}:{value}", f'{field}:"{value}"'):
        assert (only(query).field, only(query).value, only(query).negated) == (field, value, False)
    assert only(f"-{field}:{value}").negated


def test_a_field_value_may_hold_colons_and_spaces_in_quotes() -> None:
    assert only("tag:a:b").value == "a:b"
    assert only('region:"united states"').words == ("united", "states")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("foo:bar", 'unknown field "foo:"; fields are region: type: actor:'),
        ("-foo:bar", 'unknown field "foo:"'),
        ("http://example.org", 'unknown field "http:"'),
        ("region:", '"region:" wants a value: a partner region'),
        ("on:", '"on:" wants a value: a date in EDTF'),
        ('place:""', '"place:" wants a value'),
        ('"open', "unbalanced quote at '\"open'; close the phrase with \""),
        ("«open", "close the phrase with »"),
        ('x "', "unbalanced quote"),
        ('region:"open', "unbalanced quote"),
        ("on:soon", "on: 'soon' is not a date: write YYYY"),
        ("after:2025-13", "after: '2025-13' is not a date: there is no month 13"),
        ("before:2025-02-30", "before: '2025-02-30' is not a date"),
        ("-on:..", "on: '..' is not a date"),
        ("is:old", "is: 'old' is not one of planned, disputed, single-source, marked, noted, new"),
        ("step:begun", "step: 'begun' is not one of announced, initialled, signed, ratified, "),
        ("is:", '"is:" wants a value: one of planned'),
        ("-zz " * 1100, "a query has at most 256 words and fields"),
        (" ".join(map(str, range(257))), "a query has at most 256 words and fields"),
        ("x" * 1001, "xxxxxxxxxxxxxxxxxxxx…: a word has at most 1,000 letters"),
        ('"' + "x " * 501 + '"', "a word has at most 1,000 letters"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(query: str, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    message = str(caught.value)
    assert words in message
    assert "\n" not in message
    assert len(message) < 250


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ('"open phr', (Term(("open", "phr"), "open phr", phrase=True),)),
        ('gabala "', (Term(("gabala",), "gabala"),)),
        ("gabala region:", (Term(("gabala",), "gabala"),)),
        ("gabala on:", (Term(("gabala",), "gabala"),)),
        ("gabala on:2", (Term(("gabala",), "gabala"),)),
        ("gabala on:2025-1", (Term(("gabala",), "gabala"),)),
        ("gabala is:pl", (Term(("gabala",), "gabala"),)),
        ("regio:gabala", (Term(("gabala",), "gabala"),)),
        ("-", (Term((), "-"),)),
    ],
)
def test_while_typing_what_is_not_finished_is_let_pass(query: str, terms: tuple[Term, ...]) -> None:
    assert parse(query, typing=True).terms == terms


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("agreements with russia", ["agreements", "russia"]),
        ("the who", ["the", "who"]),
        ("who of the", ["who", "of", "the"]),
        ('with "the" gas', ["the", "gas"]),
        ("gas -the", ["gas", "the"]),
        ("US WHO", ["US"]),
        ("visits to ", ["visits"]),
        ("gas port gas", ["port", "gas"]),
    ],
)
def test_words_that_say_nothing_are_left_out_beside_others(query: str, words: list[str]) -> None:
    assert [term.value for term in parse(query).terms] == words


def test_a_word_before_one_that_says_nothing_is_whole() -> None:
    assert parse("visits t").open_end
    assert not parse("visits to").open_end
    assert not parse("visits to ", typing=True).open_end
    assert parse("the").open_end


@pytest.mark.parametrize(
    ("query", "year"),
    [("2025", "2025"), ("1800", "1800"), ("2199", "2199"), ("1799", ""), ("2200", ""), ("202", ""),
     ("20255", ""), ('"2025"', ""), ("-2025", ""), ("id:2025", ""), ("2024-2025", "")],
)  # fmt: skip
def test_a_bare_word_of_four_digits_is_a_year(query: str, year: str) -> None:
    assert only(query).year == year


@pytest.mark.parametrize(
    ("query", "field"),
    [("2025-10", "on"), ("2025-10-13", "on"), ("-2025-10", "on"), ("2025", ""), ("2025-13", ""),
     ("2025-1", ""), ("2025-10-", ""), ('"2025-10"', ""), ("2025-02-30", ""), ("10-2025", ""),
     ("2025-10-13-14", ""), ("2025-ab", "")],
)  # fmt: skip
def test_a_bare_month_or_day_is_a_date(query: str, field: str) -> None:
    assert only(query).field == field


def test_while_typing_a_space_ends_the_last_word() -> None:
    assert parse("gab", typing=True).open_end
    assert not parse("gab ", typing=True).open_end
    assert parse("gab ").open_end, "in a shell the last word may always go on"


def test_the_words_to_mark_are_those_of_full_text_that_must_be_there() -> None:
    query = parse('Şuşa -moskva region:russia "joint declaration"')
    assert query.words == ("susa", "joint", "declaration")


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        (["gabala", "summit"], "gabala summit"),
        (["region:united states"], 'region:"united states"'),
        (["-place:new york", "x"], '-place:"new york" x'),
        (['region:"united states"'], 'region:"united states"'),
        (["joint declaration"], "joint declaration"),
        (["on:2025-08-08 type:agreement"], "on:2025-08-08 type:agreement"),
        (["region:china gas -type:visit"], "region:china gas -type:visit"),
        (["place:"], "place:"),
        (["note:a b"], "note:a b"),
        ([" -russia"], " -russia"),
    ],
)
def test_a_value_with_spaces_that_the_shell_quoted_stays_one_value(
    arguments: list[str], query: str
) -> None:
    assert join(arguments) == query


def test_a_key_is_one_token_of_full_text() -> None:
    assert token("Güney Kafkasya") == "guney-kafkasya"
    assert token("!!!") == "-"


@given(st.text(max_size=60) | st.lists(
    st.sampled_from(['"', "«", "-", ":", " ", "on:", "region:", "a", "ə", "2025", "\x1b", "”"]),
    max_size=12).map("".join))  # fmt: skip
@example('-"')
@example("-on:")
@example("region:-x")
def test_anything_typed_is_read_or_refused_in_one_line(text: str) -> None:
    assert all(term.value for term in parse(text, typing=True).terms)
    assert str(refusal(text)).isprintable()


def refusal(text: str) -> QueryError | None:
    """Why a query is refused, if it is."""
    try:
        parse(text)
    except QueryError as error:
        return error
    return None
