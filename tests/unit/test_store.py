"""Reading a dossier: read-only, cleaned, validated; every failure one clear line."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from tests.support import SMALL, Fields, dossier, event, overview, table, write
from tui.dossier import store
from tui.dossier.dossier import Dossier
from tui.files import StoreError


def refusal(path: Path) -> str:
    """The message with which `path` is refused: one line with no control characters."""
    with pytest.raises(StoreError) as caught:
        store.load(path)
    message = str(caught.value)
    assert message.isprintable()
    assert len(message) < 800
    return message


def refusal_of(tmp_path: Path, value: Any) -> str:
    return refusal(write(tmp_path / "bad.json", value))


def test_every_table_is_read_in_file_order() -> None:
    tables = store.load(SMALL).tables
    assert {name: len(entries) for name, entries in tables.items()} == {
        "regions": 3, "actors": 8, "places": 4, "sources": 4, "events": 14,
    }  # fmt: skip
    assert [entry.record.id for entry in tables["regions"]][-1] == "far-islands"


def test_reading_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "read-only.json"
    path.write_bytes(SMALL.read_bytes())
    path.chmod(0o444)
    before = path.stat()
    store.load(path)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.read_bytes() == SMALL.read_bytes()
    assert os.listdir(tmp_path) == ["read-only.json"]


def test_a_mistyped_path_is_refused_and_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "typo.json"
    assert "typo.json: no such file" in refusal(missing)
    assert not missing.exists()


def test_what_tinydb_writes_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "tiny.json"
    with TinyDB(path) as database:
        database.table("meta").insert(overview())
        database.table("events").insert(event("written-2025"))
    (entry,) = store.load(path).tables["events"]
    assert entry.record.id == "written-2025"


def test_the_storage_refuses_to_write() -> None:
    with pytest.raises(StoreError, match="read-only"):
        store.DossierStorage(b"{}").write({})


# -- cleaning


HOSTILE = "[/x] [@click=app.quit]q[/] \x1b[31mred\x1b[0m \x07\x9b2J \u202egnp.exe \u2066x"


def test_control_characters_are_made_visible_and_markup_is_left(tmp_path: Path) -> None:
    found = event(title=HOSTILE, tags=["a\x1bb"], facts={"k\x1by": "v\x00w"}, summary="a\tb\nc")
    path = write(tmp_path / "hostile.json", dossier(found))
    record: Any = store.load(path).tables["events"][0].record
    assert record.title.isprintable()
    assert "[/x] [@click=app.quit]q[/]" in record.title
    assert record.tags == ("a\ufffdb",)
    assert record.facts == {"k\ufffdy": "v\ufffdw"}
    assert record.summary == "a b\nc"


def test_titles_lose_line_breaks_and_prose_keeps_them(tmp_path: Path) -> None:
    claim = {"kind": "fact", "text": "one\ntwo"}
    path = write(tmp_path / "lines.json", dossier(event(title="one\ntwo", claims=[claim])))
    record: Any = store.load(path).tables["events"][0].record
    assert "\n" not in record.title
    assert record.claims[0].text == "one\ntwo"


def test_the_raw_record_is_kept_beside_the_cleaned_one(made: Callable[[Fields], Dossier]) -> None:
    opened = made(dossier(event(title="a\x1bb")))
    row = opened.resolve("one-2025")
    assert json.loads(opened.body(row, raw=True))["title"] == "a\x1bb"
    assert json.loads(opened.body(row))["title"] == "a\ufffdb"


def test_lone_surrogates_and_escaped_controls_are_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "escaped.json"
    text = json.dumps(dossier(event(title="TITLE")))
    path.write_text(text.replace("TITLE", r"a\u001bb\u202ec"))
    assert store.load(path).tables["events"][0].record.title == "a\ufffdb\ufffdc"  # type: ignore[union-attr]


def test_unknown_fields_are_kept(made: Callable[[Fields], Dossier]) -> None:
    opened = made(dossier(event(weather={"sky": "clear"})))
    assert json.loads(opened.body(opened.resolve("one-2025")))["weather"] == {"sky": "clear"}


def test_unknown_vocabulary_is_passed_on(made: Callable[[Fields], Dossier]) -> None:
    opened = made(dossier(event(type="picnic")))
    assert opened.resolve("one-2025").type == "picnic"


# -- files that are no dossier


def test_a_fifo_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "fifo"
    os.mkfifo(path)
    assert "not a regular file" in refusal(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero here")
def test_a_device_is_refused() -> None:
    assert "not a regular file" in refusal(Path("/dev/zero"))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "not a regular file" in refusal(tmp_path)


def test_a_path_with_a_nul_is_refused() -> None:
    assert "null" in refusal(Path("a\0b"))


def test_escape_codes_in_a_path_do_not_reach_the_message(tmp_path: Path) -> None:
    assert "\ufffd[31m" in refusal(tmp_path / "\x1b[31m.json")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"hello", "not a dossier"),
        (b"[]", "not a dossier"),
        (b"null", "not a dossier"),
        (b"42", "not a dossier"),
        (b'{"meta": 3}', "not a dossier"),
        (b'{"meta": {"1": ', "not a dossier"),
        (b"\xff\xfe{}", "not a dossier"),
        (b'{"meta\xff": {}}', "not a dossier"),
        ('{"meta": {}}'.encode("utf-16"), "not a dossier"),
        (b"{}", "no table `meta`"),
        (b'{"_default": {"1": {"x": 1}}}', "no table `meta`"),
        (b"[" * 100_000, "not a dossier|nested too deeply"),
        (b'{"a":' * 100_000, "not a dossier|nested too deeply"),
        (b"9" * 100_000, "not a dossier"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_what_is_no_dossier_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(data)
    message = refusal(path)
    assert message.startswith(f"{path}: ")
    assert any(words in message for words in said.split("|"))


def test_a_truncated_dossier_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.json"
    data = SMALL.read_bytes()
    for size in (len(data) // 3, len(data) // 2, len(data) - 3):
        path.write_bytes(data[:size])
        assert "not a dossier" in refusal(path)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "bom.json"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.read_bytes())
    assert len(store.load(path).tables["events"]) == 14


@pytest.mark.parametrize("escape", ["", "\\u0041"], ids=["plain", "escaped"])
@pytest.mark.parametrize(
    "value",
    ["[" * 100_000 + "]" * 100_000, '{"a":' * 50_000 + "1" + "}" * 50_000, "9" * 20_000],
    ids=["lists", "objects", "integer"],
)
def test_an_extreme_unknown_field_is_kept_or_refused(
    tmp_path: Path, value: str, escape: str
) -> None:
    path = tmp_path / "deep.json"
    text = json.dumps(dossier(event(unknown="VALUE", title="TITLE")))
    path.write_text(text.replace('"VALUE"', value).replace("TITLE", f"t{escape}"))
    with suppress(StoreError):
        store.load(path)


@pytest.mark.parametrize("number", ["1e999", "-1E+400", "9" * 5000, "[" + "9" * 400 + ".5]"])
@pytest.mark.parametrize("fields", [{"odd": "N"}, {"facts": {"x": "y"}, "odd": {"deep": ["N"]}}])
def test_a_number_that_no_reader_of_json_takes_is_refused(
    tmp_path: Path, number: str, fields: Fields
) -> None:
    for value in (dossier(event(**fields)), {**dossier(), "meta": table(overview(**fields))}):
        path = tmp_path / "odd.json"
        path.write_text(json.dumps(value).replace('"N"', number))
        assert "out of range" in refusal(path)
    path.write_text(json.dumps(dossier(event(**fields))).replace('"N"', "1e30"))
    store.load(path)


def test_a_huge_integer_where_a_number_belongs_is_refused(tmp_path: Path) -> None:
    place = {"id": "x", "name": "X", "country": "AZ", "lat": 10**4000, "lon": 1}
    assert "places 1" in refusal_of(tmp_path, dossier(places=table(place)))


def test_the_size_limit_is_the_users_to_raise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "large.json", dossier(event(summary="x" * (1 << 20))))
    store.load(path)
    monkeypatch.setenv("SUMMITRY_MAX_MIB", "1")
    assert "SUMMITRY_MAX_MIB" in refusal(path)
    monkeypatch.setenv("SUMMITRY_MAX_MIB", "2")
    store.load(path)
    monkeypatch.setenv("SUMMITRY_MAX_MIB", "much")
    assert "whole number" in refusal(path)


# -- records that are wrong


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": 3}, "title: Expected `str`"),
        ({"title": ""}, "title: Expected `str` of length >= 1"),
        ({"date": 2025}, "date: Expected `str`"),
        ({"date": "8 August 2025"}, "date: '8 August 2025' is not a date"),
        ({"date": "2025-02-30"}, "date: '2025-02-30' is not a date"),
        ({"regions": "europe"}, "regions: Expected `array`"),
        ({"regions": ["Not An Id"]}, "regions"),
        ({"participants": [{"role": "guest"}]}, "participants[0]: Object missing required field"),
        ({"participants": [{"actor": None}]}, "participants[0].actor: Expected `str`"),
        ({"steps": [{"action": "signed", "date": "soon"}]}, "steps[0].date: 'soon' is not a date"),
        ({"claims": [{"kind": "fact", "text": "x", "cites": [{"source": 1}]}]}, "cites"),
        ({"facts": {"a": []}}, "facts"),
        ({"claims": {}}, "claims: Expected `array`"),
        ({"type": None}, "type: Expected `str`"),
        ({"id": "Not Valid"}, "id: Expected `str` matching regex"),
        ({"id": "x" * 81}, "id: Expected `str` matching regex"),
        ({"id": "one-2025\n"}, "id: Expected `str` matching regex"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_wrong_field_is_named_with_its_record(tmp_path: Path, fields: Fields, said: str) -> None:
    message = refusal_of(tmp_path, dossier(event("fine-2025"), event() | fields))
    assert "events 2" in message
    assert said in message
    if "id" not in fields:
        assert "(one-2025)" in message


@pytest.mark.parametrize("document", [None, 3, "text", [], {}])
def test_a_document_that_is_no_record_is_refused(tmp_path: Path, document: object) -> None:
    value = dossier() | {"events": {"7": document}}
    assert "events 7" in refusal_of(tmp_path, value)


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    found = event()
    del found["date"]
    assert "missing required field `date`" in refusal_of(tmp_path, dossier(found))


def test_ids_are_unique_over_all_tables(tmp_path: Path) -> None:
    region = {"id": "one-2025", "name": "A region"}
    message = refusal_of(tmp_path, dossier(event(), regions=table(region)))
    assert "'one-2025' is already the id of regions 1" in message


@pytest.mark.parametrize("key", ["", "x", "-1", "1.5", "\u0661", "\x1b[2J"])
def test_document_ids_are_numbers(tmp_path: Path, key: str) -> None:
    value = dossier() | {"events": {key: event()}}
    assert "document ids are whole numbers" in refusal_of(tmp_path, value)


@pytest.mark.parametrize("key", ["\u202e", "\x1b[2J", "a\nb", "9" * 5000])
def test_a_refused_overview_is_named_in_one_printable_line(tmp_path: Path, key: str) -> None:
    for wrong in ({"format": 0}, {"title": None}, {"as_of": "now"}):
        message = refusal_of(tmp_path, dossier() | {"meta": {key: overview(**wrong)}})
        assert message.isprintable()
        assert len(message) < 600  # the path of the file among it


def test_a_later_format_is_refused_politely(tmp_path: Path) -> None:
    message = refusal_of(tmp_path, dossier() | {"meta": table(overview(format=2, extra=1))})
    assert "format 2" in message
    assert "newer" in message


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"format": "1"}, "format"),
        ({"format": True}, "format"),
        ({"format": 0}, "format"),
        ({"format": 10**30}, "format"),
        ({"title": None}, "title"),
        ({"subject": "Azerbaijan"}, "subject"),
        ({"as_of": "now"}, "as_of: 'now' is not a date"),
    ],
    ids=str,
)
def test_a_wrong_overview_is_refused(tmp_path: Path, fields: Fields, said: str) -> None:
    message = refusal_of(tmp_path, dossier() | {"meta": table(overview(**fields))})
    assert "meta" in message or "format" in message
    assert said in message


def test_two_overviews_are_refused(tmp_path: Path) -> None:
    value = dossier() | {"meta": table(overview(), overview())}
    assert "holds one document, not 2" in refusal_of(tmp_path, value)


def test_every_problem_is_reported_where_they_are_asked_for(tmp_path: Path) -> None:
    found: list[store.Refused] = []
    value = dossier(event("a-2025", date="soon"), event("b-2025"), event("c-2025", title=1))
    contents = store.load_bytes(json.dumps(value).encode(), "bad.json", found.append)
    assert [entry.record.id for entry in contents.tables["events"]] == ["b-2025"]
    assert [(problem.record, problem.field) for problem in found] == [
        ("a-2025", "date"),
        ("c-2025", "title"),
    ]
