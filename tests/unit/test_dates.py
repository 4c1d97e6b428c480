"""EDTF: what is accepted, what days it covers, its order, and how it reads."""

import re
from datetime import date as civil
from itertools import pairwise
from operator import attrgetter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.dossier.dates import (
    FIRST,
    LAST,
    Date,
    DateError,
    bounds,
    parse,
    precision,
    short,
    show,
    year,
)

# --- generated dates ----------------------------------------------------------------------------

years = st.integers(1, 9999) | st.integers(2018, 2028)
months = st.builds("{:04}-{:02}".format, years, st.integers(1, 12))
seasons = st.builds("{:04}-{}".format, years, st.integers(21, 24))
days = (st.dates() | st.dates(civil(2018, 1, 1), civil(2028, 1, 1))).map(civil.isoformat)
bare = years.map("{:04}".format) | months | seasons | days
marks = st.sampled_from(["", "", "", "~", "?", "%"])
points = st.builds("{}{}".format, bare, marks)


def _ordered(pair: tuple[str, str]) -> str:
    return "/".join(sorted(pair, key=lambda text: parse(text).lo))


spans = st.one_of(
    st.tuples(points, points).map(_ordered),
    st.builds("{}/{}".format, points, st.sampled_from(["", ".."])),
    st.builds("{}/{}".format, st.sampled_from(["", ".."]), points),
)
edtf = points | spans
dates = edtf.map(parse)


# --- what is accepted ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("2025", 20250101, 20251231),
        ("2025-04", 20250401, 20250430),
        ("2024-02", 20240201, 20240229),
        ("1900-02", 19000201, 19000228),
        ("2000-02", 20000201, 20000229),
        ("2025-08-08", 20250808, 20250808),
        ("2024-02-29", 20240229, 20240229),
        ("0001-01-01", 10101, 10101),
        ("9999", 99990101, LAST),
        ("2020-21", 20200301, 20200531),
        ("2020-22", 20200601, 20200831),
        ("2020-23", 20200901, 20201130),
        ("2020-24", 20201201, 20210228),
        ("2023-24", 20231201, 20240229),
        ("9999-24", 99991201, LAST),
        ("2025~", 20250101, 20251231),
        ("2025-04?", 20250401, 20250430),
        ("2025-04-01%", 20250401, 20250401),
        ("2025-10-06/2025-10-07", 20251006, 20251007),
        ("2025-10-06/2025-10-06", 20251006, 20251006),
        ("2024/2026", 20240101, 20261231),
        ("2025-06/2025", 20250601, 20251231),
        ("2019~/2021-03?", 20190101, 20210331),
        ("2025-08-31/..", 20250831, LAST),
        ("2025-08-31/", 20250831, LAST),
        ("../2025", FIRST, 20251231),
        ("/2025-04", FIRST, 20250430),
    ],
)
def test_accepts(text: str, lo: int, hi: int) -> None:
    date = parse(text)
    assert (date.text, date.lo, date.hi) == (text, lo, hi)
    assert bounds(text) == (lo, hi)


REFUSED = [
    "", " ", "/", "..", "../..", "../", "/..", "//", "2025//2026", "2024/2025/2026", "~",
    "2025~/..~", "2025-13", "2025-00", "2025-20", "2025-25", "2025-4", "2025-4-1", "2025-04-1",
    "25-04-01", "202", "20250401", "2025-02-29", "2025-02-30", "1900-02-29", "2025-04-31",
    "2025-04-00", "2025-23-01", "2025-04-01-01", "0000", "0000-01-01", "-0500", "+2025", "Y12025",
    "2025-XX", "202X", "{2025}", "[2025..2026]", "2025?-04", "~2025", "2025~~", "2025?~", "2025 ",
    " 2025", "2025\n", "\n2025", "2025-04\n", "2025\x00", "2025-\u200b04", "2025\u201304", "²0²5",
    "٢٠٢٥", "２０２５", "2025-0४", "2025/10/06", "06.10.2025", "10/06/2025", "8 August 2025", "TBD",
    "None", "1e10", "0x7E9", "2_25", "2026/2025", "2025-05/2025-04", "2025-10-07/2025-10-06",
    "2025-04-01/2025-03", "2025--04", "2025-", "9" * 10_000, "2025/" * 10_000, "\x1b[31m2025",
    "\u202e5202", "\ud800", "😀" * 50, "\\" * 60, "'\"" * 30,
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_refuses_in_one_safe_line(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(text)
    message = str(caught.value)
    assert message.replace("…", "").isascii()
    assert message.isprintable()
    assert len(message) < 260
    assert " is not a date: " in message


@given(st.text(max_size=30) | st.text("0123456789-/.~?%T:XZ+", max_size=30))
def test_anything_is_read_or_refused(text: str) -> None:
    try:
        date = parse(text)
    except DateError:
        return
    assert date.text == text


@pytest.mark.parametrize("text", ["2025-08-08T10:00:00Z", "2025-08-08 10:00", "2025-08-08T10"])
def test_a_time_of_day_is_refused_kindly(text: str) -> None:
    with pytest.raises(DateError, match="give the day only"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2025-13", "no month 13"),
        ("2025-02-30", "February 2025 has days 01 to 28"),
        ("2025-4", "two digits"),
        ("0000", "0001 to 9999"),
        ("2026/2025", "ends before it starts"),
        ("../..", "one side at least"),
        ("soon", "write YYYY, YYYY-MM, YYYY-MM-DD"),
    ],
)
def test_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(DateError, match=re.escape(says)) as caught:
        parse(text)
    assert repr(text) in str(caught.value)


def test_a_long_input_is_cut() -> None:
    with pytest.raises(DateError) as caught:
        parse("9" * 10_000)
    assert "9" * 30 in str(caught.value)
    assert "9" * 41 not in str(caught.value)


@given(edtf)
def test_keeps_the_text_and_covers_something(text: str) -> None:
    date = parse(text)
    assert date.text == str(date) == text
    assert FIRST <= date.lo <= date.hi <= LAST
    assert date.at > FIRST


@given(st.dates())
def test_every_day_of_the_calendar(day: civil) -> None:
    number = day.year * 10_000 + day.month * 100 + day.day
    assert bounds(day.isoformat()) == (number, number)
    lo, hi = bounds(day.isoformat()[:7])
    assert lo <= number <= hi
    assert lo % 100 == 1
    assert civil(hi // 10_000, hi // 100 % 100, hi % 100).month == day.month


# --- the value ----------------------------------------------------------------------------------


def test_is_a_value() -> None:
    date = parse("2025-04")
    assert date == parse("2025-04")
    assert date != parse("2025-04~")
    assert date != "2025-04"
    assert len({date, parse("2025-04"), parse("2025")}) == 2
    assert repr(date) == "Date('2025-04')"


@pytest.mark.parametrize("name", ["text", "lo", "hi", "at", "anything"])
def test_cannot_be_changed(name: str) -> None:
    date = parse("2025-04")
    with pytest.raises(AttributeError, match="cannot be changed"):
        setattr(date, name, 1)
    with pytest.raises(AttributeError, match="cannot be changed"):
        delattr(date, name)
    assert not hasattr(date, "__dict__")


def test_not_every_date_ever_read_is_remembered() -> None:
    first = parse("0001")
    assert parse("0001") is first, "read twice"
    for number in range(1, 10_000):
        parse(f"{number:04}")
    assert parse("0001") is not first, "kept"


# --- order --------------------------------------------------------------------------------------


sort_key = attrgetter("sort_key")


def test_order_by_example() -> None:
    ordered = [
        "2024", "2025", "2025-21", "2025-03", "2025-03-31", "2025-04-01/..", "2025-04-01/2025-05",
        "2025-04", "2025-04-01/2025-04-02", "2025-04-01", "2025-04-30", "2025-05-01", "../2025-06",
        "2025-06-01", "/2026", "2026", "2026-01-01",
    ]  # fmt: skip
    dates = [parse(text) for text in ordered]
    dates.reverse()
    assert [date.text for date in sorted(dates, key=sort_key)] == ordered


@given(dates, dates)
def test_order_is_total(a: Date, b: Date) -> None:
    assert (a.sort_key == b.sort_key) == (a == b)


@given(st.lists(dates, max_size=20))
def test_order_is_that_of_two_columns(some: list[Date]) -> None:
    by_columns = sorted(some, key=lambda d: (d.at, -d.hi, d.text))
    assert sorted(some, key=sort_key) == by_columns
    assert by_columns == sorted(some, key=lambda d: (d.sort_int, d.text))
    assert all(0 < d.sort_int < 2**63 for d in some)


@given(months, days)
def test_a_month_stands_between_its_neighbours(month: str, day: str) -> None:
    if day[:7] < month:
        assert parse(day).sort_key < parse(month).sort_key
    else:
        assert parse(month).sort_key < parse(day).sort_key


# --- reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "long", "brief", "kind", "heading"),
    [
        ("2025-08-08", "8 August 2025", " 8 Aug", "day", 2025),
        ("2025-08-18", "18 August 2025", "18 Aug", "day", 2025),
        ("2025-04", "April 2025 (day not recorded)", "   Apr", "month", 2025),
        ("2020-23", "autumn 2020", "autumn", "season", 2020),
        ("2020-24", "winter 2020", "winter", "season", 2020),
        ("2026", "2026 (month not recorded)", "  2026", "year", 2026),
        ("0005-04", "April 0005 (day not recorded)", "   Apr", "month", 5),
        ("2025-10-06/2025-10-07", "6–7 October 2025", " 6 Oct", "interval", 2025),
        ("2025-08-31/2025-09-01", "31 August – 1 September 2025", "31 Aug", "interval", 2025),
        ("2024-12-30/2025-01-02", "30 December 2024 – 2 January 2025", "30 Dec", "interval", 2024),
        ("2024/2026", "2024–2026", "  2024", "interval", 2024),
        ("2025-04/2025-06", "April–June 2025", "   Apr", "interval", 2025),
        ("2024-12/2025-03", "December 2024 – March 2025", "   Dec", "interval", 2024),
        ("2025-21/2025-23", "spring–autumn 2025", "spring", "interval", 2025),
        ("2024-23/2025-21", "autumn 2024 – spring 2025", "autumn", "interval", 2024),
        ("2025-04/2025-06-07", "April – 7 June 2025", "   Apr", "interval", 2025),
        ("2025-06-07/2025-08", "7 June – August 2025", " 7 Jun", "interval", 2025),
        ("2025/2026-03", "2025 – March 2026", "  2025", "interval", 2025),
        ("2025-04/2025", "April 2025 – 2025", "   Apr", "interval", 2025),
        ("2025-04/2025-04", "April 2025", "   Apr", "interval", 2025),
        ("2025-08-31/..", "since 31 August 2025", "31 Aug", "interval", 2025),
        ("2024-12/..", "since December 2024", "   Dec", "interval", 2024),
        ("../2025", "until 2025", " –2025", "interval", 2025),
        ("../2025-08-10", "until 10 August 2025", "–10 Aug", "interval", 2025),
        ("../2025-08-10~", "until about 10 August 2025", " –~Aug", "interval", 2025),
        ("../2025-23%", "until about autumn 2025 (uncertain)", "–~2025?", "interval", 2025),
        ("2024/", "from 2024, end not recorded", "  2024", "interval", 2024),
        ("/2024", "until 2024, start not recorded", " –2024", "interval", 2024),
        ("2019~", "about 2019", " ~2019", "year", 2019),
        ("2025-04~", "about April 2025", "  ~Apr", "month", 2025),
        ("2025-08-10~", "about 10 August 2025", "~10 Aug", "day", 2025),
        ("2019?", "2019 (uncertain)", "  2019?", "year", 2019),
        ("2025-08-08?", "8 August 2025 (uncertain)", " 8 Aug?", "day", 2025),
        ("2019%", "about 2019 (uncertain)", " ~2019?", "year", 2019),
        ("2025-08-10%", "about 10 August 2025 (uncertain)", "10 Aug?", "day", 2025),
        ("2020-23%", "about autumn 2020 (uncertain)", "autumn?", "season", 2020),
        ("2019~/2021?", "about 2019 – 2021 (uncertain)", " ~2019", "interval", 2019),
        ("2025-10-06~/2025-11", "about 6 October 2025 – November 2025", "~6 Oct", "interval", 2025),
    ],
)
def test_reads(text: str, long: str, brief: str, kind: str, heading: int) -> None:
    date = parse(text)
    assert show(date) == long
    assert short(date) == brief
    assert precision(date) == kind
    assert year(date) == heading


DAY_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


@given(dates)
def test_no_day_is_invented(date: Date) -> None:
    recorded = any(part.count("-") == 2 for part in date.text.split("/"))
    assert bool(DAY_NUMBER.search(show(date))) == recorded
    if not recorded:
        assert not DAY_NUMBER.search(short(date))


@given(dates)
def test_no_month_is_invented(date: Date) -> None:
    names = re.findall(r"[A-Z][a-z]{2}", show(date) + short(date))
    assert bool(names) == bool(re.search(r"-(0\d|1[012])", date.text))


@given(dates)
def test_reads_in_one_printable_line(date: Date) -> None:
    assert show(date).isprintable()
    assert show(date) == show(date).strip()
    assert 6 <= len(short(date)) <= 7
    assert short(date).isprintable()


@given(dates)
def test_doubt_is_always_shown(date: Date) -> None:
    assert show(date).count("about ") in {len(re.findall("[~%]", date.text)), 1}
    assert ("about " in show(date)) == bool(re.search("[~%]", date.text))
    assert ("(uncertain)" in show(date)) == bool(re.search("[?%]", date.text))


@given(dates, dates)
def test_distinct_dates_read_distinctly(a: Date, b: Date) -> None:
    assume(a != b)
    for date in (a, b):  # a span from a date to itself is that date, said once
        start, _, end = date.text.partition("/")
        assume(start != end)
    assert show(a) != show(b)


@given(days)
def test_each_precision_reads_distinctly(day: str) -> None:
    texts = [day, day[:7], day[:4], day[:4] + "-21", day[:4] + "-24"]
    texts += [text + mark for text in texts for mark in "~?%"]
    texts += [f"{text}/.." for text in texts] + [f"/{text}" for text in texts]
    shown = sorted(show(parse(text)) for text in texts)
    assert all(one != other for one, other in pairwise(shown))


@given(years, st.integers(1, 12), st.integers(1, 28))
def test_precision_tells(number: int, month: int, day: int) -> None:
    text = f"{number:04}-{month:02}-{day:02}"
    assert [precision(parse(t)) for t in (text, text[:7], text[:4])] == ["day", "month", "year"]
    assert precision(parse(f"{text[:4]}-22~")) == "season"
    assert precision(parse(f"{text}/..")) == "interval"
