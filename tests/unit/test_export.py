"""Exports of known dossiers: what stands where, dates without invention, sources, links."""

import csv
import io
import json
import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import icalendar
import jsonschema
import pybtex.database
import pytest
import rispy
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from tests.support import SHIPPED, SMALL, Fields, dossier, event, overview, table
from tui.dossier import store
from tui.dossier.dossier import Dossier
from tui.dossier.query import parse
from tui.dossier.search import search
from tui.export import FORMATS, NothingToExport, Selection, render
from tui.export.csl_json import csl_date
from tui.export.ics_calendar import days, fold
from tui.files import StoreError
from tui.output.results import starter
from tui.page import page_of
from tui.pages.model import Differ, Prose, Quote

Make = Callable[[Fields], Dossier]


def export(
    opened: Dossier, format_: str, query: str = "", say: Callable[[str], object] = str
) -> str:
    asked = parse(query)
    rows = sorted(search(opened, asked, 10**9).rows, key=lambda row: row.n)
    chosen = Selection(opened, tuple(rows), everything=not asked.terms)
    return "".join(render(chosen, format_, lambda line: (say(line), None)[1]))


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def bibtex_of(text: str) -> dict[str, Any]:
    return dict(pybtex.database.parse_string(text, "bibtex").entries)


def ris_of(text: str) -> list[dict[str, Any]]:
    return list(rispy.loads(text))


def entries_of(text: str) -> dict[str, Any]:
    return {str(found["UID"]): found for found in icalendar.Calendar.from_ical(text).walk("VEVENT")}


# -- CSV


def test_csv_has_one_row_an_event_in_date_order(shipped: Dossier) -> None:
    rows = rows_of(export(shipped, "csv"))
    assert len(rows) == shipped.total
    assert [row["id"] for row in rows] == [row.id for row in shipped.rows(range(1, len(rows) + 1))]


def test_csv_says_what_the_event_says(small: Dossier) -> None:
    (row,) = rows_of(export(small, "csv", "id:lodz-accord-2025"))
    assert (row["type"], row["instrument"], row["part_of"]) == (
        "agreement", "declaration", "lodz-summit-2025",
    )  # fmt: skip
    assert row["place"] == "Łódź"
    names, roles = row["participants"].split("; "), row["roles"].split("; ")
    assert dict(zip(names, roles, strict=True))["Rauf Əliyev"] == "signatory"
    assert row["steps"].split("; ")[-1].startswith("signed 2025-")
    assert "[[" not in row["summary"]


def several(cell: str) -> list[str]:
    """The values of a cell, by Python's own reader."""
    lines = io.StringIO(cell, newline="")
    found = list(csv.reader(lines, delimiter=";", skipinitialspace=True, strict=True))
    return found[0] if found and found[0] else [""]


def names_of(value: Fields) -> dict[str, str]:
    tables = ("regions", "actors", "places", "sources", "events")
    records = [record for name in tables for record in value[name].values()]
    return {record["id"]: record.get("title") or record["name"] for record in records}


def plain(prose: str, names: dict[str, str]) -> str:
    """Prose with its links as they read."""
    link = r"\[\[([a-z0-9-]+)(?:\|([^\]]+))?\]\]"
    return re.sub(link, lambda found: found[2] or names[found[1]], prose)


def cites(found: Fields) -> list[str]:
    return [f"{cite['source']} {cite['at']}".strip() for cite in found["cites"]] or [""]


def test_csv_of_the_shipped_dossier_holds_all_that_is_recorded(shipped: Dossier) -> None:
    value = json.loads(SHIPPED.read_text(encoding="utf-8"))
    names, rows = names_of(value), {row["id"]: row for row in rows_of(export(shipped, "csv"))}
    seen = set()
    for found in value["events"].values():
        row, claims, steps = rows[found["id"]], found["claims"], found.get("steps", [])
        expected = {
            "aliases": found.get("aliases"),
            "related": [f"{r['as']} {r['event']}" for r in found.get("related", [])],
            "facts": [f"{label}: {fact}" for label, fact in found.get("facts", {}).items()],
            "steps": [f"{step['action']} {step['date']}" for step in steps],
            "claim_kinds": [claim["kind"] for claim in claims],
            "claim_texts": [plain(claim["text"], names) for claim in claims],
            "claim_by": [names.get(claim.get("by"), "") for claim in claims],
            "claim_about": [claim.get("about", "") for claim in claims],
            "claim_values": [str(claim.get("value", "")) for claim in claims],
        }
        for name, wanted in expected.items():
            assert several(row[name].removeprefix("'")) == (wanted or [""]), found["id"]
            seen |= {name for word in wanted or () if word}
        assert row["claims"] == str(len(claims))
        for name, cited in (("claim_cites", claims), ("step_cites", steps)):
            assert [several(cell) for cell in several(row[name])] == (
                [cites(one) for one in cited] or [[""]]
            )
        titles = [names[id_] for id_ in several(row["sources"]) if id_]
        for title, citation in zip(titles, several(row["citations"]), strict=bool(titles)):
            assert title in citation
    assert seen == set(expected), "the shipped dossier has something in each"


def test_a_file_of_csv_begins_with_the_mark_by_which_excel_reads_letters(small: Dossier) -> None:
    chosen = Selection(small, tuple(small.rows(range(1, 3))), everything=False)
    written = "".join(render(chosen, "csv", print, to_file=True))
    assert written == "\ufeff" + "".join(render(chosen, "csv", print))
    assert not "".join(render(chosen, "json", print, to_file=True)).startswith("\ufeff")


def test_every_cell_is_in_quotes_so_that_no_semicolon_parts_one(made: Make) -> None:
    written = export(made(dossier(event(title="x;=cmd|calc", summary="a\n\nb\n- c"))), "csv")
    assert '"x;\'=cmd|calc"' in written
    assert '"a\n\nb\n\'- c"' in written, "only what could run is guarded"
    cells = [cell for row in csv.reader(io.StringIO(written), delimiter=";") for cell in row]
    assert any(cell.startswith("'=cmd") for cell in cells)
    for line in written.split("\r\n")[:-1]:
        assert re.fullmatch(r'"(?:[^"]|"")*"(?:,"(?:[^"]|"")*")*', line)


@pytest.mark.parametrize(
    ("label", "cell"),
    [("Rounds", "Rounds: 2"), ("a: b", '"""a: b"": 2"'), ('"', f'"{8 * chr(34)}: 2"')],
)
def test_a_label_with_a_colon_of_its_own_is_told_from_the_value(
    made: Make, label: str, cell: str
) -> None:
    (row,) = rows_of(export(made(dossier(event(facts={label: 2}))), "csv"))
    assert row["facts"] == cell


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2025-08-08", ("2025-08-08", "2025-08-08")),
        ("2025-04", ("2025-04-01", "2025-04-30")),
        ("2020-23", ("2020-09-01", "2020-11-30")),
        ("2025-08-31/..", ("2025-08-31", "")),
        ("2024/", ("2024-01-01", "")),
        ("../2025-08", ("", "2025-08-31")),
        ("2019~", ("", "")),
        ("2019?/2020", ("", "2020-12-31")),
    ],
)
def test_csv_gives_days_only_where_they_are_recorded(
    made: Make, date: str, expected: tuple[str, str]
) -> None:
    (row,) = rows_of(export(made(dossier(event(date=date))), "csv"))
    assert (row["date"], row["earliest"], row["latest"]) == (date, *expected)


# -- iCalendar


@pytest.mark.parametrize(
    ("date", "first", "after", "said"),
    [
        ("2025-08-08", "20250808", "20250809", ""),
        ("2025-12-31", "20251231", "20260101", ""),
        ("2025-10-06/2025-10-07", "20251006", "20251008", ""),
        ("2025-04", "20250401", "20250501", "April 2025 (day not recorded)"),
        ("2020-23", "20200901", "20201201", "autumn 2020"),
        ("2019~", "20190101", "20200101", "about 2019"),
        ("2024/2026", "20240101", "20270101", "2024–2026"),
        ("2025-08-31/..", "20250831", "20250901", "since 31 August 2025"),
        ("2025-08-31/", "20250831", "20250901", "end not recorded"),
        ("../2025-08", "20250801", "20250901", "until August 2025"),
        ("0999-01-01", "09990101", "09990102", ""),
        ("9999-12-31", "99991231", None, ""),
    ],
)
def test_ics_covers_what_is_recorded_and_says_what_is_not(
    made: Make, date: str, first: str, after: str | None, said: str
) -> None:
    text = export(made(dossier(event(date=date))), "ics")
    found = entries_of(text)["one-2025@summitry"]
    assert f"DTSTART;VALUE=DATE:{first}\r\n" in text
    assert (f"DTEND;VALUE=DATE:{after}\r\n" in text) if after else ("DTEND" not in text)
    assert str(found["X-EDTF"]) == date
    title = str(found["SUMMARY"])
    assert title.startswith("Event one-2025")
    assert said in title
    assert (" – " in title) == bool(said)


def test_ics_of_the_shipped_dossier_holds_every_event_on_its_days(shipped: Dossier) -> None:
    text = export(shipped, "ics")
    entries = entries_of(text)
    rows = shipped.rows(range(1, shipped.total + 1))
    assert list(entries) == [f"{row.id}@summitry" for row in rows]
    for row in rows:
        first, last = days(row.date or "")
        found = entries[f"{row.id}@summitry"]
        assert f"{found['DTSTART'].dt:%Y%m%d}" == f"{first:08}"
        assert (found["DTEND"].dt - found["DTSTART"].dt).days >= 1
        assert f"{found['DTEND'].dt:%Y%m%d}" > f"{last:08}"


def test_ics_of_the_shipped_dossier_says_all_that_is_recorded(shipped: Dossier) -> None:
    value = json.loads(SHIPPED.read_text(encoding="utf-8"))
    names, entries = names_of(value), {}
    for query in ("before:2022", *(f"after:{y} before:{y + 2}" for y in range(2021, 2027))):
        said = []
        entries |= entries_of(export(shipped, "ics", query, said.append))
        assert said == [], "it is small enough to be given whole"
    for found in value["events"].values():
        said = str(entries[f"{found['id']}@summitry"]["DESCRIPTION"])
        lines = said.split("\n")
        assert plain(found.get("summary", ""), names) in said
        for claim in found["claims"]:
            (line,) = {line for line in lines if line.startswith(plain(claim["text"], names))}
            assert ("stated by " in line) == (claim["kind"] == "statement")
            assert ("as read by " in line) == (claim["kind"] == "assessment")
            assert f": {claim['value']})" in line if "value" in claim else "about" not in claim
            for cite, number in zip(claim["cites"], re.findall(r" \[(\d+)\]", line), strict=True):
                (note,) = [line for line in lines if line.startswith(f"[{number}] ")]
                assert names[cite["source"]] in note
                assert cite["at"] in note
        for taking in found.get("participants", []):
            assert f"– {names[taking['actor']]} ({taking['role']})" in lines
        assert {f"{label}: {fact}" for label, fact in found.get("facts", {}).items()} <= set(lines)
        for relation in found.get("related", []):
            assert f"{relation['as'].replace('-', ' ')}: {names[relation['event']]}" in lines
        for other in (*found.get("aliases", ()), *(names[id_] for id_ in found.get("regions", ()))):
            assert other in said
        if "part_of" in found:
            assert f"part of: {names[found['part_of']]}" in lines
        assert said.index("[1] ") < len(said)


def test_a_calendar_stays_under_the_size_that_calendars_take(shipped: Dossier) -> None:
    said: list[str] = []
    text = export(shipped, "ics", say=said.append)
    assert len(text.encode()) <= 1_000_000
    assert len(said) == 1
    assert said[0].startswith("without sources, to stay under the 1 MB")
    entries = entries_of(text)
    assert len(entries) == shipped.total
    for row in shipped.rows(range(1, 50)):
        for claim in json.loads(shipped.body(row))["claims"]:
            first = claim["text"].partition("[[")[0]
            assert first in str(entries[f"{row.id}@summitry"]["DESCRIPTION"])


@pytest.mark.parametrize(("count", "length"), [(2000, 400), (6000, 400)])
def test_a_calendar_gives_up_no_more_than_it_must(made: Make, count: int, length: int) -> None:
    claims = [{"kind": "fact", "text": "x" * length, "cites": [{"source": "s"}]}]
    opened = made(dossier(*(event(f"e{n}-2025", claims=claims) for n in range(count))))
    said: list[str] = []
    text = export(opened, "ics", say=said.append)
    has_claims = "x" * 60 in text
    if count == 2000:
        assert (has_claims, said[0].partition(",")[0]) == (False, "without sources and claims")
    else:  # nothing would make it small enough
        assert (has_claims, said[0].partition(",")[0]) == (True, "over 1 MB")


def test_a_later_state_of_a_dossier_takes_the_place_of_an_earlier_one(made: Make) -> None:
    numbers = []
    for as_of in ("2025-12-01", "2026-01-15"):
        value = dossier(event()) | {"meta": table(overview(as_of=as_of))}
        (entry,) = entries_of(export(made(value), "ics")).values()
        numbers.append(int(entry["SEQUENCE"]))
    assert 0 < numbers[0] < numbers[1] < 1 << 31


def test_a_voice_in_a_calendar_is_in_the_words_of_the_page(shipped: Dossier) -> None:
    def spoken(spans: Prose) -> str:
        return "".join(span.text for span in spans if span.role == "voice")

    entries = entries_of(export(shipped, "ics"))
    voices = 0
    for row in shipped.rows(range(1, shipped.total + 1)):
        spoken_of = set()
        for block in page_of(shipped, row).blocks:
            match block:
                case Quote():
                    spoken_of.add(spoken(block.voice))
                case Differ():
                    sides = (spoken(said) for _, said, _ in block.sides)
                    spoken_of |= {said.removeprefix(" (").removesuffix(")") for said in sides}
        said = str(entries[f"{row.id}@summitry"]["DESCRIPTION"])
        assert [one for one in spoken_of - {""} if f"({one})" not in said] == []
        voices += len(spoken_of - {""})
    assert voices > 50


def test_ics_is_stamped_with_the_day_the_dossier_stands_at(small: Dossier) -> None:
    stamps = {
        found["DTSTAMP"].dt.isoformat() for found in entries_of(export(small, "ics")).values()
    }
    assert stamps == {"2025-12-01T00:00:00+00:00"}


def test_ics_names_the_whole_only_where_it_is_there_too(small: Dossier) -> None:
    entries = entries_of(export(small, "ics"))
    assert str(entries["lodz-accord-2025@summitry"]["RELATED-TO"]) == "lodz-summit-2025@summitry"
    alone = entries_of(export(small, "ics", "id:lodz-accord-2025"))
    assert "RELATED-TO" not in alone["lodz-accord-2025@summitry"]


def test_what_is_missing_from_a_dossier_is_said_in_the_calendar(made: Make) -> None:
    opened = made(
        dossier(
            event(
                place="atlantis",
                claims=[
                    {"kind": "statement", "text": "So.", "cites": [{"source": "x", "at": "3"}]}
                ],
                steps=[{"action": "signed", "date": "2025-08-08", "cites": [{"source": "x"}]}],
            )
        )
    )
    (entry,) = entries_of(export(opened, "ics")).values()
    assert str(entry["LOCATION"]) == "atlantis"
    assert "GEO" not in entry
    said = str(entry["DESCRIPTION"])
    assert "So. (said by: not recorded) [2]" in said
    assert "[1] x (no such source)\n[2] x (no such source), 3" in said


def test_lines_are_folded_by_octets_and_never_within_a_character() -> None:
    line = "SUMMARY:" + "Łódź—🚢" * 40
    folded = fold(line)
    pieces = folded.split("\r\n")
    assert max(len(piece.encode()) for piece in pieces) <= 75
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert len(pieces[0].encode()) > 70


# -- bibliographies


def test_the_bibliographies_hold_what_the_events_cite(shipped: Dossier) -> None:
    query = "type:agreement on:2025-08"
    cited = set()
    for row in search(shipped, parse(query), 10**9).rows:
        body = json.loads(shipped.body(row))
        cited |= {c["source"] for part in ("claims", "steps") for x in body[part]
                  for c in x["cites"]} | {claim.get("by") for claim in body["claims"]}  # fmt: skip
    wanted = {id_ for id_ in cited if id_ and shipped.source(id_)}
    assert len(wanted) > 1
    assert set(bibtex_of(export(shipped, "bibtex", query))) == wanted
    assert {item["id"] for item in json.loads(export(shipped, "csl-json", query))} == wanted


def with_source(**fields: Any) -> Fields:
    source = {"id": "paper", "title": "T", "date": "2025", "language": "en", "type": "news"}
    cites = [{"source": "paper", "at": "1"}]
    claims = [{"kind": "fact", "text": "x", "cites": cites}]
    return dossier(event(claims=claims), sources=table(source | fields))


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2025-08-08", {"year": "2025", "month": "August", "day": "8"}),
        ("2025-08", {"year": "2025", "month": "August"}),
        ("2025", {"year": "2025"}),
        ("2020-23", {"year": "2020"}),
        ("2019~", {"year": "2019"}),
        ("2025-09?", {"year": "2025", "month": "September"}),
        ("2025-08-31/..", {}),
        ("2025-10-06/2025-10-07", {"year": "2025", "month": "October"}),
        ("2024/2026", {}),
    ],
)
def test_bibtex_gives_the_parts_of_a_date_that_are_known(
    made: Make, date: str, expected: Fields
) -> None:
    text = export(made(with_source(date=date, accessed="2025-09-01")), "bibtex")
    fields = bibtex_of(text)["paper"].fields
    assert {k: fields[k] for k in ("year", "month", "day") if k in fields} == expected
    assert (fields["date"], fields["urldate"], fields["langid"]) == (date, "2025-09-01", "english")


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2025-09?", "Read. Date as recorded: September 2025 (uncertain)."),
        ("2019~", "Read. Date as recorded: about 2019."),
        ("2024/2026", "Read. Date as recorded: 2024–2026."),
        ("2020-23", "Read. Date as recorded: autumn 2020."),
        ("2025-09", "Read."),
        ("2025", "“Read.”"),
        ("0987", "Read."),
    ],
)
def test_bibtex_notes_what_is_not_certain_about_a_date(
    made: Make, date: str, expected: str
) -> None:
    note = "“Read.”" if "”" in expected else "Read"
    text = export(made(with_source(date=date, note=note)), "bibtex")
    fields = bibtex_of(text)["paper"].fields
    assert fields["annotation"] == expected
    assert "note" not in fields, "LaTeX would set it in each footnote"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2025-08-08", {"date-parts": [[2025, 8, 8]]}),
        ("2025-08", {"date-parts": [[2025, 8]]}),
        ("2020-23", {"date-parts": [[2020]], "season": 3}),
        ("2019~", {"date-parts": [[2019]], "circa": True}),
        ("2025-10-06/2025-10-07", {"date-parts": [[2025, 10, 6], [2025, 10, 7]]}),
        ("2024?/2026", {"date-parts": [[2024], [2026]], "circa": True}),
        ("2025-08-31/..", {"literal": "since 31 August 2025"}),
        ("/2025", {"literal": "until 2025, start not recorded"}),
        ("2020-23/2021", {"literal": "autumn 2020 – 2021"}),
    ],
)
def test_csl_gives_the_parts_of_a_date_that_are_known(date: str, expected: Fields) -> None:
    assert csl_date(date) == expected


# What the published schema of CSL-JSON asks of the variables used here.
_DATE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "date-parts": {
            "type": "array", "minItems": 1, "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        },
        "season": {"type": "integer", "minimum": 1, "maximum": 4},
        "circa": {"type": "boolean"},
        "literal": {"type": "string"},
    },
}  # fmt: skip
_WORDS = (
    "id title language publisher container-title URL note".split()  # noqa: SIM905
)
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "type": {"enum": ["article-magazine", "article-newspaper", "document", "dataset"]},
            "author": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        name: {"type": "string"} for name in ("literal", "family", "given")
                    },
                    "additionalProperties": False,
                },
            },
            "issued": _DATE,
            "accessed": _DATE,
            "custom": {"type": "object"},
        }
        | {name: {"type": "string"} for name in _WORDS},
    },
}


def test_csl_of_the_shipped_dossier_has_the_shape_of_csl(shipped: Dossier) -> None:
    items = json.loads(export(shipped, "csl-json"))
    jsonschema.validate(items, CSL)
    assert len({item["id"] for item in items}) == len(items) > 100


def test_a_source_that_is_selected_itself_is_in_the_bibliographies(small: Dossier) -> None:
    assert set(bibtex_of(export(small, "bibtex", "id:atlas-2020"))) == {"atlas-2020"}
    (item,) = json.loads(export(small, "csl-json", "id:atlas-2020"))
    assert item["id"] == "atlas-2020"


def test_bibliographies_say_that_a_title_is_a_description_and_was_read_in_part(made: Make) -> None:
    opened = made(with_source(described=True, read="excerpt"))
    (item,) = json.loads(export(opened, "csl-json"))
    assert (item["title"], item["note"]) == ("[T]", "Read in part.")
    fields = bibtex_of(export(opened, "bibtex"))["paper"].fields
    assert (fields["title"], fields["annotation"]) == ("{[T]}", "Read in part.")
    (record,) = ris_of(export(opened, "ris"))
    assert (record["title"], record["notes"]) == ("[T]", ["Read in part."])
    for format_ in ("bibtex", "csl-json", "ris"):
        assert "Read in" not in export(made(with_source(read="whole")), format_)


@pytest.mark.parametrize(
    ("author", "persons", "organisation"),
    [
        ("Farid Shafiyev and Vasif Huseynov", ["Shafiyev, Farid", "Huseynov, Vasif"], ""),
        ("A. J. P. Taylor", ["Taylor, A. J. P."], ""),
        ("Sevinç İrem Balcı", ["Balcı, Sevinç İrem"], ""),
        ("Ludwig van Beethoven", ["van Beethoven, Ludwig"], ""),
        ("Muhammad bin Salman", ["Salman, Muhammad bin"], ""),
        ("Martin Luther King Jr.", ["King Jr., Martin Luther"], ""),
        ("Aliyev, Ilham", ["Aliyev, Ilham"], ""),
        ("Xandie (Alexandra) Kuenning; Sean O'Brien", ["Kuenning, Xandie (Alexandra)",
                                                       "O'Brien, Sean"], ""),
        ("301 Editorial Board", [], "301 Editorial Board"),
        ("Ministry of Trade and Industry", [], "Ministry of Trade and Industry"),
        ("Meltem Bulut and OC Media", [], "Meltem Bulut and OC Media"),
        ("AZERTAC", [], "AZERTAC"),
    ],
)  # fmt: skip
def test_persons_are_told_from_organisations(
    made: Make, author: str, persons: list[str], organisation: str
) -> None:
    opened = made(with_source(author=author))
    text = export(opened, "bibtex")
    if organisation:
        assert f"author = {{{{{organisation}}}}}," in text
    else:
        assert f"author = {{{' and '.join(persons)}}}," in text
    parsed = bibtex_of(text)["paper"].persons["author"]
    assert len(parsed) == (len(persons) or 1)
    (item,) = json.loads(export(opened, "csl-json"))
    assert item["author"] == (
        [dict(zip(("family", "given"), name.split(", "), strict=True)) for name in persons]
        or [{"literal": organisation}]
    )
    (record,) = ris_of(export(opened, "ris"))
    assert record["authors"] == (persons or [organisation])


def test_a_bibliography_names_the_language_and_what_a_source_appeared_in(made: Make) -> None:
    for type_, variable, tag in (
        ("news", "container-title", "T2"),
        ("official", "publisher", "PB"),
    ):
        opened = made(with_source(type=type_, publisher="The Paper", language="de-AT"))
        fields = bibtex_of(export(opened, "bibtex"))["paper"].fields
        assert fields["langid"] == "ngerman"
        assert "language" not in fields, "LaTeX would set it in words"
        (item,) = json.loads(export(opened, "csl-json"))
        assert item[variable] == "The Paper"
        assert f"{tag}  - The Paper\r\n" in export(opened, "ris")
    unknown = bibtex_of(export(made(with_source(language="tlh")), "bibtex"))["paper"].fields
    assert "langid" not in unknown
    assert unknown["language"] == "tlh"


def test_no_format_takes_the_country_of_a_publisher_for_the_place_of_publication(
    made: Make,
) -> None:
    opened = made(with_source(publisher="The Paper", country="LV"))
    for format_ in ("bibtex", "csl-json", "ris"):
        assert "LV" not in export(opened, format_)


def test_bibtex_takes_a_newspaper_without_author_or_address_for_no_article(made: Make) -> None:
    for author, kind in ((None, "misc"), ("Ann Lee", "article")):
        text = export(made(with_source(publisher="The Paper", author=author)), "bibtex")
        assert bibtex_of(text)["paper"].type == kind


@pytest.mark.parametrize(
    ("date", "year", "day", "noted"),
    [
        ("2025-08-08", "2025", "2025/08/08", ""),
        ("2025-08", "2025", "2025/08/", ""),
        ("2025", "2025", "2025//", ""),
        ("2020-23", "2020", "2020//", "autumn 2020"),
        ("2019~", "2019", "2019//", "about 2019"),
        ("2024/2026", None, None, "2024–2026"),
        ("2025-10-06/2025-10-07", "2025", "2025/10/", "6–7 October 2025"),
    ],
)
def test_ris_gives_the_parts_of_a_date_that_are_known(
    made: Make, date: str, year: str | None, day: str | None, noted: str
) -> None:
    opened = made(with_source(date=date, accessed="2025-09-01", url="https://example.org/a"))
    (record,) = ris_of(export(opened, "ris"))
    assert (record.get("year"), record.get("date")) == (year, day)
    assert record.get("notes", []) == ([f"Date as recorded: {noted}"] if noted else [])
    assert record["access_date"] == "2025/09/01"
    assert record["urls"] == ["https://example.org/a"]


def test_ris_of_the_shipped_dossier_holds_what_bibtex_holds(shipped: Dossier) -> None:
    records = ris_of(export(shipped, "ris"))
    entries = bibtex_of(export(shipped, "bibtex"))
    assert [record["id"] for record in records] == list(entries)
    for record in records:
        persons = entries[record["id"]].persons.get("author", [])
        assert len(record.get("authors", [])) == len(persons)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://user:x@example.org/", "file:///"])
def test_an_address_that_must_not_be_opened_is_kept_as_words(made: Make, url: str) -> None:
    opened = made(with_source(url=url, note="Read."))
    (item,) = json.loads(export(opened, "csl-json"))
    assert "URL" not in item
    assert item["note"] == f"Read.\nAddress as recorded: {url}"
    fields = bibtex_of(export(opened, "bibtex"))["paper"].fields
    assert "url" not in fields
    assert url in fields["annotation"]
    assert url not in Html(export(opened, "html")).links
    written = export(opened, "markdown")
    assert f"<{url}" not in written
    html = MarkdownIt().use(footnote_plugin).render(written)
    assert "alert(1)" not in re.findall(r'href="([^"]*)"', html)
    assert not re.search(r'href="(?!#|https://example\.org/)', html.replace("user:x@", ""))


# -- Markdown


def links(text: str) -> tuple[set[str], list[str]]:
    """The anchors of a document, and what its links within it lead to."""
    anchors = set(re.findall(r'^<a id="([^"]+)"></a>$', text, re.MULTILINE))
    html = MarkdownIt().use(footnote_plugin).render(text)
    return anchors, re.findall(r'<a href="#(record[^"]*)"', html)


@pytest.mark.parametrize("query", ["", "id:lodz-summit-2025", "lodz"])
def test_every_link_of_the_document_leads_to_something_in_it(small: Dossier, query: str) -> None:
    text = export(small, "markdown", query)
    anchors, targets = links(text)
    assert set(targets) <= anchors
    found = search(small, parse(query), 10**9).rows
    assert anchors == {f"record:{row.id}" for row in found}
    titles = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert len(titles) == len(found)


def test_what_is_not_in_the_document_is_plain_words(small: Dossier) -> None:
    text = export(small, "markdown", "id:lodz-accord-2025")
    assert "part of  Summit in Łódź" in text
    assert "](#" not in text


def test_footnotes_are_numbered_once_through_the_whole_document(shipped: Dossier) -> None:
    text = export(shipped, "markdown", "region:china")
    defined = re.findall(r"^\[\^(\d+)\]: (.*)$", text, re.MULTILINE)
    assert [int(number) for number, _ in defined] == list(range(1, len(defined) + 1))
    assert len({words for _, words in defined}) == len(defined) > 20
    used = [int(number) for number in re.findall(r"\[\^(\d+)\](?!:)", text)]
    assert list(dict.fromkeys(used)) == list(range(1, len(defined) + 1))


# -- HTML


class Html(HTMLParser):
    """Collects the elements of a page, their ids and links, and its text; refuses bad nesting."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append(tag)
        self.ids += [id_] if (id_ := given.pop("id", None)) else []
        self.links += [href] if (href := given.pop("href", None)) else []
        assert set(given) <= {"class", "scope", "lang", "charset", "name", "content", "http-equiv"}
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] != ["style"]:
            self.text += data


@pytest.mark.parametrize("query", ["", "id:lodz-summit-2025", "lodz", "id:shore-gazette-2025"])
def test_every_link_of_the_page_leads_to_something_on_it(small: Dossier, query: str) -> None:
    page = Html(export(small, "html", query))
    found = search(small, parse(query), 10**9).rows
    assert [id_ for id_ in page.ids if id_.startswith("record-")] == [
        f"record-{row.id}" for row in sorted(found, key=lambda row: row.n)
    ]
    assert len(set(page.ids)) == len(page.ids)
    within = {link[1:] for link in page.links if link.startswith("#")}
    assert within <= set(page.ids)
    assert {id_ for id_ in page.ids if id_.startswith("source-")} <= within
    assert all(link.startswith(("#", "https://")) for link in page.links)
    assert page.elements.count("article") == page.elements.count("h2") - (len(found) > 1) - (
        "Sources" in page.text
    )


def test_the_page_says_what_markdown_says_and_asks_for_nothing(shipped: Dossier) -> None:
    written = export(shipped, "html", "region:china")
    page = Html(written)
    markdown = export(shipped, "markdown", "region:china")
    notes = re.findall(r"^\[\^(\d+)\]: ", markdown, re.MULTILINE)
    assert [id_ for id_ in page.ids if id_.startswith("source-")] == [f"source-{n}" for n in notes]
    assert len(notes) > 20
    assert {"article", "blockquote", "table", "ul", "sup", "nav", "main"} <= set(page.elements)
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(page.elements)
    assert "prefers-color-scheme: dark" in written
    assert "url(" not in written
    assert "@import" not in written


def test_steps_and_disagreements_stand_on_the_page(small: Dossier) -> None:
    page = Html(export(small, "html", "id:lodz-accord-2025"))
    assert "Sources differ: " in page.text
    assert page.elements.count("article") == 1
    assert "nav" not in page.elements
    none = Html(export(small, "html", "id:atlas-2020"))
    assert "section" not in none.elements, "it cites nothing"


# -- JSON


@pytest.mark.parametrize("path", [SHIPPED, SMALL], ids=lambda path: path.name)
def test_the_whole_dossier_comes_out_as_it_went_in(
    opened: Callable[[Path], Dossier], path: Path
) -> None:
    text = export(opened(path), "json")
    assert json.loads(text) == json.loads(path.read_text(encoding="utf-8"))
    assert text.isascii()


@pytest.mark.parametrize("query", ["", "id:ferry-protocol-2025", "gabala", "actor:aliyev"])
def test_an_excerpt_is_a_dossier_and_comes_out_of_itself_unchanged(
    opened: Callable[[Path], Dossier], small: Dossier, tmp_path: Path, query: str
) -> None:
    text = export(small, "json", query)
    copy = tmp_path / "copy.json"
    copy.write_text(text, encoding="ascii")
    store.load(copy)
    assert export(opened(copy), "json") == text


def chain() -> Fields:
    """Four events, each linking the next in prose, one of them in a whole; and two to leave out."""
    return dossier(
        event("a-2025", summary="To [[b-2025]].", regions=["here"]),
        event("b-2025", claims=[{"kind": "statement", "by": "x", "text": "[[c-2025|on]]"}]),
        event("c-2025", part_of="d-2025", place="p"),
        event("d-2025", related=[{"event": "gone-2025", "as": "follows"}]),
        event("left-2025", related=[{"event": "a-2025", "as": "follows"}], place="q"),
        regions=table({"id": "here", "name": "Here"}, {"id": "there", "name": "There"}),
        actors=table({"id": "x", "name": "X", "type": "person", "summary": "See [[y]]."},
                     {"id": "y", "name": "Y", "type": "person"}),
        places=table({"id": "p", "name": "P", "country": "AZ", "lat": 1, "lon": 2},
                     {"id": "q", "name": "Q", "country": "AZ", "lat": 1, "lon": 2}),
    )  # fmt: skip


def test_an_excerpt_holds_all_that_it_refers_to_and_nothing_else(
    made: Make,
) -> None:
    found = json.loads(export(made(chain()), "json", "id:a-2025"))
    ids = {record["id"] for name in found if name != "meta" for record in found[name].values()}
    assert ids == {"a-2025", "b-2025", "c-2025", "d-2025", "here", "x", "y", "p"}
    assert found["events"]["4"]["id"] == "d-2025", "document ids are kept"


def test_raw_text_unknown_fields_and_the_spelling_of_numbers_are_kept(
    opened: Callable[[Path], Dossier], tmp_path: Path
) -> None:
    value = dossier(event(title="T\u0000\u001b[31m\u202e", extra={"ə": [1]}))
    value |= {"meta": table(overview(mine="\u0007")), "notes": {"1": {"any": "thing"}}}
    path = tmp_path / "raw.json"
    written = json.dumps(value, ensure_ascii=False).replace("[1]", "[1.50, 1234567890123456789012]")
    path.write_text(written, encoding="utf-8")
    text = export(opened(path), "json")
    assert "1.50,\n" in text
    assert "1234567890123456789012\n" in text
    assert json.loads(text) == json.loads(written)
    assert not re.search(r"[^\n -~]", text), "no control character stands as it is"


def test_an_excerpt_is_told_of_only_where_more_records_come_along(made: Make) -> None:
    opened = made(dossier(event("a-2025"), event("b-2025", part_of="a-2025")))
    for query, more in (("id:a-2025", []), ("id:b-2025", ["1 found; 1 more records"])):
        said: list[str] = []
        selection = Selection(opened, (opened.resolve(query[3:]),), everything=False)
        assert "".join(render(selection, "json", said.append)).startswith("{")
        assert [line.partition(",")[0] for line in said] == more


def test_letters_beyond_the_first_plane_are_written_as_two_escapes(made: Make) -> None:
    text = export(made(dossier(event(title="A 🚢 and \u007f"))), "json")
    assert "A \\ud83d\\udea2 and \\u007f" in text


@pytest.mark.parametrize("same_stamp", [True, False])
def test_a_dossier_that_changes_while_it_is_exported_is_refused(
    made: Make, tmp_path: Path, same_stamp: bool
) -> None:
    opened = made(dossier(event()))
    path = tmp_path / "made.json"
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    path.write_bytes(path.read_bytes().replace(b"{", b"[" if same_stamp else b" {"))
    if same_stamp:
        os.utime(path, ns=times)
    with pytest.raises(StoreError, match="changed while it was exported; try again"):
        export(opened, "json")


# -- all of them


def test_what_has_no_event_or_no_source_is_said(made: Make) -> None:
    opened = made(dossier(event()) | {"actors": table({"id": "x", "name": "X", "type": "state"})})
    for format_, query in [("csv", "id:x"), ("ics", "id:x"), ("bibtex", ""), ("csl-json", "")]:
        with pytest.raises(NothingToExport, match=r"no event|no source"):
            export(opened, format_, query)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_dossier_gives_the_same_bytes(
    opened: Callable[[Path], Dossier], format_: str
) -> None:
    assert export(opened(SMALL), format_) == export(opened(SMALL), format_)


def test_the_dossier_to_start_from_shows_every_field(tmp_path: Path) -> None:
    from tui.dossier.check import check
    from tui.dossier.records import TABLES

    path = tmp_path / "new.json"
    path.write_text(starter(), encoding="utf-8")
    contents = store.load(path)
    assert [str(found) for found in check(str(path)) if not found.is_note] == []
    raw = json.loads(starter())
    for name, kind in TABLES.items():
        shown = {field for record in raw[name].values() for field in record}
        assert shown == set(kind.__struct_fields__), name
    assert {claim.kind for entry in contents.tables["events"] for claim in entry.record.claims} == {
        "fact", "statement", "assessment",
    }  # fmt: skip
