"""Exports of generated dossiers with hostile text, read back by parsers that are not ours."""

import csv
import io
import json
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import icalendar
import pybtex.database
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from tests.support import Fields, dossier, event, overview, table
from tests.unit.test_export import Html
from tui.dossier import store
from tui.dossier.dossier import Dossier
from tui.dossier.folding import fold
from tui.dossier.index_builder import build
from tui.dossier.safe_text import clean, clean_line
from tui.export import FORMATS, Selection, render
from tui.export.csv_table import guard_formulas
from tui.files import stamp

HOSTILE = (
    "=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "'", '"', '";"',
    ";", "; ", "a;=1", ",", "\n", "\r\n", "\n\n", "\\", "\\n", "\\N", "\\,", "{", "}", "}}", "{{",
    "}\n}\n@misc{evil,", "@string{a={b}}", "\\input{/etc/passwd}", "\\write18{x}", "%", "&", "$x$",
    "#", "_", "~", "^", "--", "``", "''", "?`", "END:VEVENT", "\nEND:VEVENT\nBEGIN:VEVENT\n",
    "\r\nATTACH:file:///x", "BEGIN:VALARM", "X;VALUE=URI:y", "\x00", "\x1b[31m", "\x1b]52;c;x\x07",
    "\x7f", "\x85", "\u2028", "\u202e", "\u200b", "\ufeff", "שלום", "مرحبا",
    "Łódź", "🚢", "e\u0301",
    "x;=cmd|calc", "; \"-1", ";'@x", ": ", "\n-1", "a\n\nb",
    "<script>alert(1)</script>", "<img/src=x/onerror=y>", "</a>", "[x](javascript:y)",
    "![x](http://y)", "[^1]", "[^1]: x", "# head", "> quote", "- item", "1. item", "    code",
    "```", "~~~", "***", "===", "---", "| a | b |", "&lt;", "<!--", "[[one-2025]]", "[[nobody|x]]",
    "[[one-2025|a]b]]", "http://evil.example/", "<javascript:x>",
)  # fmt: skip
piece = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
)
words = st.lists(piece, max_size=5).map("".join)
# A name must not be empty, cleaned or not.
names = words.map(lambda value: value or "x")
facts = st.dictionaries(words, st.one_of(words, st.integers(-9, 9)), max_size=2)
dates = st.sampled_from(
    ["2025-08-08", "2025-04", "2020-23", "2019~", "2024/2026", "2025-01/..", "/2020"]
)
addresses = st.one_of(
    st.none(),
    words,
    st.sampled_from(["https://x.example/a_b%20{c}", "https://x.example/><img/src=x>"]),
)


@st.composite
def dossiers(draw: st.DrawFn) -> Fields:
    """One to three events that refer to each other and to everything else."""
    count = draw(st.integers(1, 3))
    ids = ["one-2025", "two-2025", "three-2025"][:count]
    cites = [{"source": "paper", "at": draw(words)}]
    events = [
        event(
            id_,
            title=draw(names),
            aliases=draw(st.lists(words, max_size=2)),
            related=[{"event": draw(st.sampled_from(ids)), "as": draw(words)}],
            facts=draw(facts),
            type=draw(names),
            date=draw(dates),
            summary=draw(words),
            regions=["here"],
            place="place",
            participants=[{"actor": "x", "role": draw(words)}, {"actor": "y", "role": draw(words)}],
            tags=draw(st.lists(words, max_size=3)),
            instrument=draw(st.none() | words),
            steps=[{"action": draw(words), "date": draw(dates), "cites": cites}],
            claims=[
                {
                    "kind": "fact",
                    "text": draw(words),
                    "cites": cites,
                    "about": draw(words),
                    "value": draw(words),
                },
                {"kind": "assessment", "text": draw(words), "by": "paper", "cites": cites * 2},
                {"kind": "statement", "text": draw(words), "by": "x", "value": 5},
            ],
            **{draw(words) + "!": draw(words)},
        )
        for id_ in ids
    ]
    source = {
        "id": "paper", "title": draw(names), "publisher": draw(names), "author": draw(names),
        "date": draw(dates), "language": "en", "type": draw(st.sampled_from(["news", "official"])),
        "url": draw(addresses), "note": draw(words),
    }  # fmt: skip
    return dossier(*events) | {
        "meta": table(overview(title=draw(names), summary=draw(words))),
        "regions": table({"id": "here", "name": draw(names)}),
        "actors": table(
            {"id": "x", "name": draw(names), "type": "person", "summary": draw(words)},
            {"id": "y", "name": draw(names), "type": "state"},
        ),
        "places": table({"id": "place", "name": draw(names), "country": "AZ", "lat": 1, "lon": 2}),
        "sources": table(source),
    }


@contextmanager
def exporting(value: Fields) -> Iterator[Callable[[str], str]]:
    """Exports `value` in a format; its index lives in memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.json")
        path.write_text(json.dumps(value), encoding="utf-8")
        connection = sqlite3.connect(":memory:")
        try:
            build(connection, store.load(path), "")
            opened = Dossier(connection, stamp=stamp(path))
            rows = tuple(opened.rows(range(1, opened.total + 1)))
            chosen = Selection(opened, rows, everything=True)
            yield lambda format_: "".join(render(chosen, format_, lambda line: None))
        finally:
            connection.close()


def in_order(value: Fields, ids: list[str]) -> list[Fields]:
    by_id = {found["id"]: found for found in value["events"].values()}
    return [by_id[id_] for id_ in ids]


def linked(prose: str, value: Fields) -> str:
    """Prose as it reads: the links replaced, as the rule of the format has it."""
    titles = {found["id"]: clean_line(found["title"]) for found in value["events"].values()}

    def shown(found: re.Match[str]) -> str:
        return found[2] if found[2] and found[2].strip() else titles.get(found[1], found[1])

    return re.sub(r"\[\[([a-z0-9-]{1,80})(?:\|([^\[\]]+))?\]\]", shown, clean(prose))


SIGNS_OF_FORMULAS = "=+-@＝＋－＠"
GUARD = re.compile(
    rf"""(\A[ "]*)'(?='*[{re.escape(SIGNS_OF_FORMULAS)}\t\r\n])"""
    rf"""|([;\t\r\n][ "]*)'(?='*[{re.escape(SIGNS_OF_FORMULAS)}])"""
)


def unguarded(cell: str) -> str:
    """A cell with an apostrophe taken off wherever one may have been put."""
    return GUARD.sub(lambda found: found[1] or found[2] or "", cell)


@given(st.text(st.sampled_from("a=-@＝'\"; \t\r\n,"), max_size=12))
@settings(max_examples=1000)
def test_a_guard_can_be_taken_off_and_leaves_no_formula_wherever_a_cell_is_parted(
    cell: str,
) -> None:
    assert unguarded(guard_formulas(cell)) == cell
    pieces = re.split(r"[;\t\r\n]", guard_formulas(cell))
    assert [piece for piece in pieces if piece.lstrip(' "').startswith(tuple("=-@＝"))] == []
    assert guard_formulas(cell) == cell or set("=-@＝\t\r\n") & set(cell)


@settings(max_examples=40, deadline=None)
@given(dossiers())
def test_csv(value: Fields) -> None:
    with exporting(value) as export:
        written = export("csv")
    raw = list(csv.reader(io.StringIO(written, newline=""), strict=True))
    assert {len(cells) for cells in raw} == {28}
    assert len(raw) == len(value["events"]) + 1
    for delimiter in ",;\t":
        read = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter)
        cells = [cell.lstrip(' "') for row in read for cell in row]
        assert [cell for cell in cells if cell.startswith(tuple(SIGNS_OF_FORMULAS))] == []
    assert {line[:1] for line in written.splitlines()} & set(SIGNS_OF_FORMULAS) == set()
    rows = [dict(zip(raw[0], map(unguarded, cells), strict=True)) for cells in raw[1:]]
    for row, found in zip(rows, in_order(value, [row["id"] for row in rows]), strict=True):
        assert row["title"] == clean_line(found["title"])
        assert row["summary"] == linked(found["summary"], value)
        assert row["instrument"] == clean_line(found["instrument"] or "")
        assert_sides_match(row, found, value)


def assert_sides_match(row: dict[str, str], found: Fields, value: Fields) -> None:
    """The cells that hold several values say what the event says."""
    actors = [clean_line(actor["name"]) for actor in value["actors"].values()]
    source = value["sources"]["1"]
    steps, claims = found["steps"], found["claims"]
    expected = {
        "participants": actors,
        "roles": [clean_line(taking["role"]) for taking in found["participants"]],
        # A cell without a value and one with an empty value are the same.
        "tags": [clean_line(tag) for tag in found["tags"]] or [""],
        "aliases": [clean_line(alias) for alias in found["aliases"]] or [""],
        "steps": [f"{clean_line(step['action'])} {step['date']}" for step in steps],
        "claim_kinds": [claim["kind"] for claim in claims],
        "claim_texts": [linked(claim["text"], value) for claim in claims],
        "claim_by": ["", clean_line(source["title"]), actors[0]],
        "claim_about": [clean_line(claims[0]["about"]), "", ""],
        "claim_values": [clean_line(claims[0]["value"]), "", "5"],
        "sources": ["paper"],
    }
    assert {name: several(row[name]) for name in expected} == expected
    assert row["claims"] == "3"
    cite = f"paper {at}" if (at := clean_line(steps[0]["cites"][0]["at"])) else "paper"
    assert [several(cites) for cites in several(row["step_cites"])] == [[cite]]
    cites = [several(cites) for cites in several(row["claim_cites"])]
    assert cites == [[cite], [cite, cite], [""]]
    assert clean_line(source["title"]) in several(row["citations"])[0]
    related = [cell.rpartition(" ") for cell in several(row["related"])]
    assert [(event, how) for how, _, event in related] == [
        (relation["event"], clean_line(relation["as"])) for relation in found["related"]
    ]
    recorded = {clean_line(label): cleaned(fact) for label, fact in found["facts"].items()}
    assert dict(map(fact_of, several(row["facts"]) if row["facts"] else [])) == recorded


def cleaned(fact: object) -> str:
    return clean_line(fact) if isinstance(fact, str) else str(fact)


def fact_of(cell: str) -> tuple[str, str]:
    """Label and value of a fact."""
    if quoted := re.match(r'"((?:[^"]|"")*)": ', cell):
        return quoted[1].replace('""', '"'), cell[quoted.end() :]
    label, _, value = cell.partition(": ")
    return label, value


def several(cell: str) -> list[str]:
    """The values of a cell, by Python's own reader."""
    lines = io.StringIO(cell, newline="")
    found = list(csv.reader(lines, delimiter=";", skipinitialspace=True, strict=True))
    return found[0] if found and found[0] else [""]


@settings(max_examples=40, deadline=None)
@given(dossiers())
def test_ics(value: Fields) -> None:
    with exporting(value) as export:
        written = export("ics")
    lines = written.split("\r\n")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", "".join(lines))
    assert max(len(line.encode()) for line in lines) <= 75
    calendar = icalendar.Calendar.from_ical(written)
    entries = calendar.walk("VEVENT")
    assert [part.name for part in calendar.walk()] == ["VCALENDAR"] + ["VEVENT"] * len(entries)
    ids = [str(entry["UID"]).removesuffix("@summitry") for entry in entries]
    assert sorted(ids) == sorted(found["id"] for found in value["events"].values())
    names = {
        "UID", "DTSTAMP", "DTSTART", "DTEND", "X-EDTF", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO",
        "CATEGORIES", "TRANSP", "SEQUENCE",
    }  # fmt: skip
    for entry, found in zip(entries, in_order(value, ids), strict=True):
        assert set(entry) == names
        assert entry.errors == []
        assert str(entry["SUMMARY"]).startswith(clean_line(found["title"]))
        assert str(entry["X-EDTF"]) == found["date"]
        assert str(entry["LOCATION"]) == clean_line(value["places"]["1"]["name"])
        said = str(entry["DESCRIPTION"])
        assert linked(found["summary"], value) in said
        for claim in found["claims"]:
            assert linked(claim["text"], value) in said
            assert clean_line(str(claim.get("value", ""))) in said
        for label, fact in found["facts"].items():
            assert f"{clean_line(label)}: {cleaned(fact)}" in said
        lines = said.split("\n")
        for taking, actor in zip(found["participants"], value["actors"].values(), strict=True):
            role = f" ({cleaned(taking['role'])})" if taking["role"] else ""
            assert f"– {clean_line(actor['name'])}{role}" in lines
        for recorded in (*found["aliases"], found["instrument"] or "", found["steps"][0]["action"]):
            assert clean_line(recorded).replace("-", " ") in said.replace("-", " ")
        assert f"stated by {clean_line(value['actors']['1']['name'])}" in said
        assert f"as read by {clean_line(value['sources']['1']['publisher'])}" in said
        assert clean_line(value["sources"]["1"]["title"]) in said.partition("\n[1] ")[2]
        assert clean_line(found["steps"][0]["cites"][0]["at"]) in said.partition("\n[1] ")[2]
        kinds = [clean_line(word) for word in (found["type"], *found["tags"])]
        assert [str(word) for word in entry["CATEGORIES"].cats] == kinds


# LaTeX's own names for the signs it gives a meaning to.
SIGNS = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", "{}": "",
    r"\%": "%", r"\&": "&", r"\$": "$", r"\#": "#", r"\_": "_",
}  # fmt: skip
SIGN = re.compile("|".join(re.escape(sign) for sign in SIGNS))


def typeset(field: str) -> str:
    """What LaTeX would print for a field, and that it would do nothing else."""
    bare = SIGN.sub("·", field)
    assert not re.search(r"[\\{}%&$#_~^]|--|``|''|[?!]`", bare.removeprefix("{").removesuffix("}"))
    assert bare.count("{") == bare.count("}")
    printed = SIGN.sub(lambda found: SIGNS[found[0]], field)
    return printed[1:-1] if field.startswith("{") and not field.startswith("{}") else printed


def spaced(value: str) -> str:
    """Text with its white space as BibTeX reads it."""
    return re.sub(r"\s+", " ", value).strip()


def words_of(names: str) -> list[str]:
    """The words of one or more names, in whatever order a format has them."""
    return sorted(set(re.split(r"[\s,;]+|\band\b|&", clean_line(names))) - {""})


@settings(max_examples=40, deadline=None)
@given(dossiers())
def test_ris(value: Fields) -> None:
    with exporting(value) as export:
        written = export("ris")
    (record,) = rispy.loads(written)
    source = value["sources"]["1"]
    lines = written.split("\r\n")
    assert [line for line in lines if line and not re.match(r"[A-Z][A-Z0-9]  - ", line)] == []
    assert [line[:2] for line in lines].count("TY") == 1
    assert words_of(" ".join(record["authors"])) == words_of(source["author"])
    assert spaced(record["title"]) == spaced(clean_line(source["title"]))


@settings(max_examples=40, deadline=None)
@given(dossiers())
def test_bibtex(value: Fields) -> None:
    with exporting(value) as export:
        written = export("bibtex")
    parsed = pybtex.database.parse_string(written, "bibtex")
    assert list(parsed.entries) == ["paper"]
    assert parsed.preamble == ""
    entry, source = parsed.entries["paper"], value["sources"]["1"]
    assert spaced(typeset(entry.fields["title"])) == spaced(clean_line(source["title"]))
    fields = {"online": "organization", "article": "journal", "misc": "howpublished"}
    assert (entry.type == "online") == ("url" in entry.fields)
    publisher = clean_line(source["publisher"])
    if fold(publisher) != fold(clean_line(source["author"])):
        assert spaced(typeset(entry.fields[fields[entry.type]])) == spaced(publisher)
    assert spaced(clean(source["note"])) in spaced(typeset(entry.fields.get("annotation", "")))
    authors = " ".join(typeset(str(author)) for author in entry.persons["author"])
    assert words_of(authors) == words_of(source["author"])
    assert entry.fields["date"] == source["date"]
    if address := entry.fields.get("url"):
        assert re.fullmatch(r"https?://[^\s{}\\\"<>]+", address)


@settings(max_examples=40, deadline=None)
@given(dossiers())
def test_csl(value: Fields) -> None:
    with exporting(value) as export:
        (item,) = json.loads(export("csl-json"))
    source = value["sources"]["1"]
    assert item["title"] == clean_line(source["title"])
    authors = " ".join(part for name in item["author"] for part in name.values())
    assert words_of(authors) == words_of(source["author"])
    assert clean(source["note"]) in item.get("note", "")
    assert clean_line(source["url"] or "") in item.get("URL", "") + item.get("note", "")


@settings(max_examples=40, deadline=None)
@given(dossiers())
def test_markdown(value: Fields) -> None:
    with exporting(value) as export:
        written = export("markdown")
    tokens = list(
        walk(MarkdownIt("commonmark").enable("table").use(footnote_plugin).parse(written))
    )
    ids = [event["id"] for event in value["events"].values()]
    html = [token.content.strip() for token in tokens if token.type.startswith("html")]
    anchors = re.findall(r'<a id="record:([^"]+)">', "".join(html))
    assert sorted(anchors) == sorted(ids)
    assert set(html) == {f'<a id="record:{id_}">' for id_ in ids} | {"</a>"}
    assert {token.type for token in tokens} <= {
        "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text",
        "html_inline", "html_block", "em_open", "em_close", "strong_open", "strong_close",
        "link_open", "link_close", "bullet_list_open", "bullet_list_close", "list_item_open",
        "list_item_close", "blockquote_open", "blockquote_close", "softbreak", "text_special",
        "footnote_ref", "footnote_block_open", "footnote_block_close", "footnote_open",
        "footnote_close", "footnote_anchor",
    }  # fmt: skip
    targets = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    known = {f"#record:{id_}" for id_ in ids}
    assert [t for t in targets if t not in known and not str(t).startswith("http")] == []
    assert not any("<" in str(t) for t in targets)
    text = "".join(t.content for t in tokens if t.type in ("text", "text_special"))
    for found in value["events"].values():
        assert packed(clean_line(found["title"])) in packed(text)
        assert packed(linked(found["summary"], value)) in packed(text)
        for claim in found["claims"]:
            assert packed(linked(claim["text"], value)) in packed(text)


@settings(max_examples=40, deadline=None)
@given(dossiers())
def test_html(value: Fields) -> None:
    with exporting(value) as export:
        page = Html(export("html"))
    ids = [event["id"] for event in value["events"].values()]
    assert sorted(id_ for id_ in page.ids if id_.startswith("record-")) == sorted(
        f"record-{id_}" for id_ in ids
    )
    assert set(page.elements) <= {
        "html", "head", "meta", "style", "title", "body", "header", "h1", "h2", "h3", "p", "nav",
        "main", "article", "section", "ul", "ol", "li", "table", "tr", "th", "td", "blockquote",
        "footer", "span", "strong", "sup", "a",
    }  # fmt: skip
    within = {link[1:] for link in page.links if link.startswith("#")}
    assert within <= set(page.ids)
    outside = [link for link in page.links if not link.startswith("#")]
    assert [link for link in outside if not re.match(r"https?://[^\s/]", link)] == []
    for found in value["events"].values():
        assert packed(clean_line(found["title"])) in packed(page.text)
        assert packed(linked(found["summary"], value)) in packed(page.text)
        for claim in found["claims"]:
            assert packed(linked(claim["text"], value)) in packed(page.text)


def walk(tokens: list[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from walk(token.children or [])


def packed(value: str) -> str:
    return re.sub(r"\s+", "", value)


@settings(max_examples=40, deadline=None)
@given(dossiers())
def test_json(value: Fields) -> None:
    with exporting(value) as export:
        written = export("json")
    assert json.loads(written) == value
    assert re.fullmatch(r"[\n -~]*", written)
    with exporting(json.loads(written)) as export:
        assert export("json") == written


@settings(max_examples=20, deadline=None)
@given(dossiers())
def test_nothing_that_a_terminal_obeys_is_written(value: Fields) -> None:
    with exporting(value) as export:
        written = "".join(export(format_) for format_ in FORMATS)
    assert not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u202a-\u202e\ufeff]", written
    )
