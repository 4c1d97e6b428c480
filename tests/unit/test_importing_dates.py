"""Dates as files write them: spelt out, since 1970, before the year 1, in columns of their own."""

import json
from pathlib import Path

import pytest

from tests.importer import EVENT, imported, only, refusals
from tui.dossier import dates
from tui.files import StoreError
from tui.importing.written_dates import DateReader


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("8 Aug 2025", "2025-08-08"),
        ("5th of June 2019", "2019-06-05"),
        ("14-Mar-2023", "2023-03-14"),
        ("March 14, 2023", "2023-03-14"),
        ("Tuesday, 14 March 2023 9:30 PM", "2023-03-14"),
        ("Sept. 3, 2021", "2021-09-03"),
        ("June 2020", "2020-06"),
        ("Spring 2020", "2020-21"),
        ("c. 1920", "1920~"),
        ("ca 1920", "1920~"),
        ("circa June 1920", "1920-06~"),
        ("1920s", "1920/1929"),
        ("1914–1918", "1914/1918"),
        ("1914-1918", "1914/1918"),
        ("5-7 June 2019", "2019-06-05/2019-06-07"),
        ("June 5–7, 2019", "2019-06-05/2019-06-07"),
        ("30 June – 2 July 2019", "2019-06-30/2019-07-02"),
        ("March to April 2020", "2020-03/2020-04"),
        ("June 30, 2019 - July 2, 2019", "2019-06-30/2019-07-02"),
        ("2019-06-05 – 2019-06-07", "2019-06-05/2019-06-07"),
    ],
)
def test_what_is_spelt_out_needs_no_format(value: str, wanted: str) -> None:
    assert DateReader().read(value) == wanted


@pytest.mark.parametrize(
    "value",
    [
        "3/4/2023", "1900s", "c. 1920s", "c. 1914–1918", "1914–18", "2020–21", "Q3 2020", "May",
        "5 spring 2020", "5 – June 2019", "mid June 2020", "31 June 2019", "1918–1914",
        "30 Dec – 2 Jan 2020", "14 Maz 2020", "Mon 2020", "5 10:00 June 2019",
        f"Tuesday, 5 June 2019 {'at noon ' * 8}",
    ],
)  # fmt: skip
def test_what_may_mean_two_things_is_refused(value: str) -> None:
    with pytest.raises(dates.DateError, match="is not a date"):
        DateReader().read(value)


@pytest.mark.parametrize(
    "value", ["-200", "–200", "−200", "-0480-09-01T00:00:00Z", "44 BC", "9 B.C.E."]
)
def test_a_year_before_the_first_says_so(value: str) -> None:
    with pytest.raises(dates.DateError, match="years before the year 1 cannot be kept"):
        DateReader().read(value)


@pytest.mark.parametrize(
    "template", ["{s.year}-{s.month}-{s.day}", "{s.month} {s.year}", "{s.year}/{e.year}"]
)
def test_a_year_before_the_first_never_becomes_another(tmp_path: Path, template: str) -> None:
    rows = [{"title": "a", "s": {"year": year}} for year in (-200, "-3000", "–200")]
    rows += [{"title": "b", "s": {"year": 200, "month": "", "day": ""}, "e": {"year": ""}}]
    mapping = EVENT.replace("{date}", template)
    tables, outcome = imported(tmp_path, json.dumps(rows), mapping, "rows.json")
    assert [event["date"] for event in tables["events"]] == ["0200"]
    assert outcome.rejected == 3
    assert refusals(tmp_path).count("years before the year 1") == 3


def test_signs_of_a_cell_stay_where_others_are_empty(tmp_path: Path) -> None:
    mapping = EVENT + '[event.facts]\nWhere = "{lat}, {lon}"\nNote = "{lat} ({lon})"'
    event = only(tmp_path, "title,date,lat,lon\na,2020,,-77.04\n", mapping)
    assert event["facts"] == {"Where": "-77.04", "Note": "(-77.04)"}


@pytest.mark.parametrize(
    ("form", "value", "wanted"),
    [
        ("epoch", "1680000000", "2023-03-28"),
        ("epoch", "-1", "1969-12-31"),
        ("epoch", "1680000000.5", "2023-03-28"),
        ("epoch-ms", "1680000000000", "2023-03-28"),
    ],
)
def test_seconds_since_1970(form: str, value: str, wanted: str) -> None:
    assert DateReader((form,)).read(value) == wanted


@pytest.mark.parametrize("value", ["99999999999999999", "soon", "1e9"])
def test_what_is_no_second_since_1970_is_refused(value: str) -> None:
    with pytest.raises(dates.DateError, match="is not a date"):
        DateReader(("epoch",)).read(value)


def test_a_week_of_no_day_is_no_day() -> None:
    assert DateReader(("%U %Y",)).read("12 2019") == "2019"


def test_a_time_with_its_zone_is_a_day() -> None:
    assert DateReader(("%d.%m.%Y %H:%M:%S.%f %z",)).read("5.6.2019 9:30:00.5 +0400") == "2019-06-05"


def test_the_way_to_say_seconds_is_told() -> None:
    with pytest.raises(StoreError, match='for seconds since 1970 write "epoch"'):
        DateReader(("%s",))


@pytest.mark.parametrize("form", ["(%Y", "[%d.%m.%Y]", "%Y%%"])
def test_other_characters_of_a_format_stand_for_themselves(form: str) -> None:
    value = form.replace("%d.%m.", "01.02.").replace("%Y", "2020").replace("%%", "%")
    assert DateReader((form,)).read(value).startswith("2020")


@pytest.mark.parametrize("form", ["%Y-%Q", "%Y %", "%-d.%m.%Y", "%Y %Y"])
def test_a_format_of_no_meaning_is_refused_in_a_line(form: str) -> None:
    with pytest.raises(StoreError, match="is no format") as caught:
        DateReader((form,))
    assert str(caught.value).isprintable()


def test_a_reason_shows_the_text_itself(tmp_path: Path) -> None:
    imported(tmp_path, "title,date\na,весной\nb,1914–\x1b[2J\n")
    assert "'весной' is not a date" in refusals(tmp_path)
    assert "'1914–\ufffd[2J' is not a date" in refusals(tmp_path)
