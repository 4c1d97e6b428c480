"""An import from end to end: ids and places that meet, memory, and the files beside the new one."""

import csv
import errno
import io
import json
import os
import tracemalloc
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support import Fields
from tui import cli, importing
from tui.commands.import_ import import_
from tui.dossier import store
from tui.export.csv_table import csv_line
from tui.files import StoreError

MAPPING = """
[dossier]
title = "A list"
[source]
id = "the-list"
title = "The list"
date = "2024"
[event]
title = "{title}"
date = "{date}"
"""


def imported(
    folder: Path, rows: str, mapping: str = "", name: str = "rows.csv", *, force: bool = False
) -> tuple[Fields, importing.Outcome]:
    """Import `rows` into ``new.json``; its tables, checked, and what was said."""
    (folder / name).write_text(rows, encoding="utf-8")
    target = folder / "new.json"
    made = importing.parse_mapping(MAPPING + mapping, "map")
    outcome = importing.write(str(folder / name), made, str(target), force=force)
    store.load(target)
    tables = json.loads(target.read_text(encoding="utf-8"))
    return {table: list(documents.values()) for table, documents in tables.items()}, outcome


def refused(folder: Path) -> list[list[str]]:
    text = (folder / "new.rejected.csv").read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


# -- ids and places


def test_part_of_follows_an_id_that_was_taken(tmp_path: Path) -> None:
    rows = "id,title,date,up,r\na,A,2020,baku,Baku\nbaku,B,2021,,Baku\nc,C,2022,baku,Baku\n"
    tables, outcome = imported(tmp_path, rows, 'id = "{id}"\npart_of = "{up}"\nregion = "{r}"\n')
    assert [event["id"] for event in tables["events"]] == ["a", "baku-2", "c"]
    assert [event.get("part_of") for event in tables["events"]] == ["baku-2", None, "baku-2"]
    assert any("1 ids of events" in note and "baku is baku-2" in note for note in outcome.notes)


def test_ids_that_nothing_takes_are_not_spoken_of(tmp_path: Path) -> None:
    _, outcome = imported(tmp_path, "title,date\nA,2020\nA,2020\n")
    assert not any("ids of events" in note for note in outcome.notes)


PLACES = 'place = "{city}"\n[place]\ncountry = "{cc}"\nlat = "{lat}"\nlon = "{lon}"\n'


def test_places_of_one_name_that_lie_apart_are_two(tmp_path: Path) -> None:
    rows = (
        "title,date,city,cc,lat,lon\n"
        "a,2020,London,GB,51.5,-0.1\nb,2020,London,CA,42.98,-81.2\nc,2020,london,GB,51.51,-0.12\n"
        "d,2020,London,US,37.1,-84.1\ne,2020,London,US,39.9,-83.4\nf,2020,London,,,\n"
        "g,2020,Taveuni,FJ,-16.8,179.9\nh,2020,Taveuni,FJ,-16.8,-179.9\n"
    )
    tables, outcome = imported(tmp_path, rows, PLACES)
    assert [event["place"] for event in tables["events"]] == [
        "london-gb", "london-ca", "london-gb", "london-us", "london-us-2", "london-gb",
        "taveuni-fj", "taveuni-fj",
    ]  # fmt: skip
    assert [place["lat"] for place in tables["places"]] == [51.5, 42.98, 37.1, 39.9, -16.8]
    assert any("3 places have the name of another one" in note for note in outcome.notes)


def test_parts_are_settled_without_keeping_the_events(tmp_path: Path) -> None:
    long = "text " * 400
    rows = "".join(f"{n},Title {n},2020,{n // 7},{long}\n" for n in range(8000))
    (tmp_path / "rows.csv").write_text("id,title,date,up,text\n" + rows)
    mapping = 'id = "n-{id}"\npart_of = "n-{up}"\ntext = "{text}"\n'
    made = importing.parse_mapping(MAPPING + mapping, "map")
    tracemalloc.start()
    outcome = importing.write(str(tmp_path / "rows.csv"), made, str(tmp_path / "new.json"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 << 20  # of 16 MiB of text alone
    assert outcome.events == 8000
    events = json.loads((tmp_path / "new.json").read_text())["events"].values()
    assert [event.get("part_of") for event in events][6:9] == ["n-0", "n-1", "n-1"]


# -- what is refused


def test_a_record_of_json_is_named_by_its_number(tmp_path: Path) -> None:
    data = '[{"title": "A", "date": "2020"}, {"title": "B", "date": null}, {"title": ""}]'
    _, outcome = imported(tmp_path, data, name="rows.json")
    assert outcome.rejected == 2
    assert refused(tmp_path) == [
        ["line", "reason", "record", "json"],
        ["1", "no date", "2", '{"title": "B", "date": null}'],
        ["1", "no title", "3", '{"title": ""}'],
    ]
    preview = importing.preview(
        str(tmp_path / "rows.json"), importing.parse_mapping(MAPPING, "map"), 3
    )
    assert preview.refused == ["record 2: no date", "record 3: no title"]


def test_a_refused_record_by_key_says_its_key(tmp_path: Path) -> None:
    data = '{"x": {"title": "A", "date": "2020"}, "y": {"title": "B", "date": ""}}'
    imported(tmp_path, data, name="rows.json")
    assert refused(tmp_path)[1][-1] == '"y": {"title": "B", "date": ""}'


def test_a_row_with_a_bad_byte_goes_to_the_refused(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes("title,date\ncafé,2024\n".encode() + b"caf\xe9,2023\n")
    made = importing.parse_mapping(MAPPING, "map")
    outcome = importing.write(str(tmp_path / "rows.csv"), made, str(tmp_path / "new.json"))
    assert (outcome.events, outcome.rejected) == (1, 1)
    assert refused(tmp_path)[1] == [
        "3", "the byte E9 is not valid UTF-8; mend it", r"caf\xe9", "2023",
    ]  # fmt: skip


def test_empty_rows_are_no_problem(tmp_path: Path) -> None:
    _, outcome = imported(tmp_path, "title;date\n;\nA;2020\n;\n")
    assert (outcome.events, outcome.rejected) == (1, 0)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("plain", "plain"),
        ("a;b", '"a;b"'),
        ("a\tb", '"a\tb"'),
        ('a "b"', '"a ""b"""'),
        ("a\nb", '"a\nb"'),
        (" a", '" a"'),
        ("=1+1;x", '"\'=1+1;x"'),
        ("'=1+1", "''=1+1"),
        ("＝1", "'＝1"),
        ("\n=1", "\"'\n'=1\""),
        ("a;=1", '"a;\'=1"'),
    ],
)
def test_refused_cells_stay_in_their_cells(cell: str, wanted: str) -> None:
    assert csv_line(["1", "why", cell]) == f"1,why,{wanted}\r\n".encode()
    assert next(csv.reader([wanted], strict=True), None) or "\n" in wanted


# -- the files beside


def test_a_file_that_is_not_of_refused_rows_stays(tmp_path: Path) -> None:
    (tmp_path / "new.rejected.csv").write_text("mine")
    with pytest.raises(StoreError, match=r"new\.rejected\.csv: in the way.*move it"):
        imported(tmp_path, "title,date\nA,2020\n", force=True)
    assert (tmp_path / "new.rejected.csv").read_text() == "mine"
    assert not (tmp_path / "new.json").exists()


def test_refused_rows_of_an_earlier_import_go_and_it_is_said(tmp_path: Path) -> None:
    imported(tmp_path, "title,date\nA,2020\n,\n,2021\n")
    _, outcome = imported(tmp_path, "title,date\nA,2020\n", force=True)
    assert not (tmp_path / "new.rejected.csv").exists()
    assert any("new.rejected.csv: removed" in note for note in outcome.notes)


def test_refused_rows_that_cannot_be_removed_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(tmp_path, "title,date\n,2020\n")
    remove = os.unlink

    def refuse(path: str, **other: Any) -> None:
        if os.fspath(path).endswith(".rejected.csv"):
            raise PermissionError(errno.EPERM, "Operation not permitted")
        remove(path, **other)

    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(StoreError, match=r"new\.rejected\.csv: not removed: Operation not"):
        imported(tmp_path, "title,date\nA,2020\n", force=True)


@pytest.mark.parametrize("name", ["rows.csv", "rows.json"])
def test_how_far_an_import_is_can_be_seen(tmp_path: Path, name: str) -> None:
    rows = [{"title": f"Talks {n}", "date": "2020"} for n in range(5000)]
    data = json.dumps(rows)
    if name == "rows.csv":
        data = "title,date\n" + "".join(f"{row['title']},2020\n" for row in rows)
    (tmp_path / name).write_text(data)
    seen: list[tuple[int, int]] = []
    importing.write(
        str(tmp_path / name),
        importing.parse_mapping(MAPPING, "map"),
        str(tmp_path / "new.json"),
        progress=lambda done, size: seen.append((done, size)),
    )
    assert [size for _, size in seen] == [len(data)] * 3
    assert 0 < seen[0][0] < seen[1][0] < len(data)
    assert seen[2][0] == len(data)


# -- the command


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ('{"meta": {"1": {"format": 1}}}', True),
        ('\ufeff {"meta": {"1": {"format": 1}}}', True),
        ('{"meta": {"1": {"title": "x"}}}', False),
        ('{"meta": 3}', False),
        ('{"meta": ', False),
        ("meta,format", False),
    ],
)
def test_a_dossier_is_known_by_its_format(tmp_path: Path, data: str, wanted: bool) -> None:
    (tmp_path / "file").write_text(data, encoding="utf-8")
    assert importing.is_dossier(str(tmp_path / "file")) is wanted


def test_a_dossier_is_not_written_to_a_file_named_for_stdout(
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = SimpleNamespace(file="rows.csv", map="map.toml", output="-", preview=None)
    assert import_(options) == 2
    assert "-o NEW.json" in capsys.readouterr().err


def test_a_proposal_is_utf_8_whatever_the_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rows.csv").write_text("title,şəhər\nA,Bakı\n", encoding="utf-8")
    out = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(out, "ascii"))
    options = SimpleNamespace(
        file=str(tmp_path / "rows.csv"), map=None, output=None, preview=None, force=False
    )
    assert import_(options) == 0
    assert "{şəhər}" in out.getvalue().decode()


def test_an_interrupt_before_the_command_runs_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupted)
    with pytest.raises(SystemExit) as leaving:
        cli.run()
    assert leaving.value.code == 130
