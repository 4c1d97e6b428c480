"""Dossiers, rows and mappings with bytes and values changed, through all that reads them."""

import json
import random
import resource
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any
from unittest import mock

from tests.bench.hostile import Trials
from tests.importer import EVENT, HEAD
from tests.support import ROOT, SHIPPED, SMALL
from tui import importing
from tui.dossier.check import survey
from tui.dossier.dossier import Dossier
from tui.dossier.query import QueryError, parse
from tui.dossier.search import search
from tui.export import FORMATS, NothingToExport, Selection, render
from tui.files import StoreError
from tui.output.results import records_as_json
from tui.page import overview_page, page_of
from tui.text.layout import lay_out

#: No trial takes longer (seconds of the processor), and the process no more memory (bytes).
LONGEST, MOST = 1.0, 512 << 20
#: The whole of data.json, 50 times as large, is each so many trials.
_EVERY_WHOLE = 200
_ODD: list[Any] = [
    None, True, 0, -1, 2**64, 1e308, "", " ", "\x00", "\x1b[31m", "\ud800", "x" * 5000, [], {},
    [[]], "9999-12-31", "2025-13", "../..", "2025-02-30/..", "one-2025", "[[one-2025|x]]", "[[",
    "é" * 99, "\u202e", "-0001", "2025-08-08/2020", {"a": {"b": []}}, ["x"] * 50,
]  # fmt: skip
_SPLICES = [
    b"\x00", b"\xff", b'"', b"{", b"}", b"[", b"]", b",", b":", b"\n", b";", b"\t", b"1e999",
    b"9" * 5000, b"NaN", b"-", b"\xef\xbb\xbf", b"\xff\xfe", b"\\u0000", b"\\ud800", b"[" * 3000,
    b"2025-13-45", b"null", b"\r", b"'", b"{x}", b"\x1b[2J", b"\xc3",
]  # fmt: skip
ROWS = b"""id;title;date;who;note
1;Visit to \xc3\x85land;2025-08-08;Ann, Ben;"a ""b""
c"
2;Second;08.09.2025;Cy;x
3;"Third; of many";2025-10;;
"""
RECORDS = (
    b'{"a": {"list": [{"id": 1, "title": "One", "date": "2025-08-08"}, {"id": 2, "title": "Two",'
)
RECORDS += b' "date": {"y": 2025}, "tags": ["x", "y"]}]}}'


def spliced(draw: random.Random, data: bytes) -> bytes:
    """The bytes with up to four places changed, cut, doubled or exchanged."""
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(data) + 1)
        end = min(len(data), at + draw.choice([0, 0, 1, 1, 4, 40, 400]))
        middle = draw.choice([b"", bytes([draw.randrange(256)]), draw.choice(_SPLICES)])
        if draw.random() < 0.1:
            middle = data[at:end] * 2
        data = data[:at] + middle + data[end:]
    return data


def revalued(draw: random.Random, data: bytes) -> bytes:
    """JSON with up to three values or keys replaced."""
    value = json.loads(data)
    for _ in range(draw.randint(1, 3)):
        holder, key = value, None
        while isinstance(holder, dict | list) and holder:
            inside = list(holder) if isinstance(holder, dict) else range(len(holder))
            key = draw.choice(list(inside))
            if draw.random() < 0.25 or not (isinstance(holder[key], dict | list) and holder[key]):
                break
            holder = holder[key]
        if key is None:
            continue
        if isinstance(holder, dict) and draw.random() < 0.2:
            other = draw.choice(list(map(str, _ODD)))
            holder[other] = holder.pop(key)
        elif draw.random() < 0.15:
            del holder[key]
        else:
            holder[key] = deepcopy(draw.choice(_ODD))  # or the next would change it, too
    return json.dumps(value).encode(errors="replace")


def read_dossier(path: Path, everything: bool) -> None:
    """Do with a dossier what any command does."""
    survey(str(path))
    dossier = Dossier.open(path)
    try:
        rows = dossier.rows(dossier.listing("region", "").events)
        some = rows if everything else rows[:20]
        for row in some:
            lay_out(page_of(dossier, row), 60)
        lay_out(overview_page(dossier), 40)
        records_as_json(dossier, list(some))
        for query in ("summit", "on:2025 -x", "lodz accord"):
            with suppress(QueryError):
                search(dossier, parse(query), 20)
        for format_ in FORMATS:
            selection = Selection(dossier, tuple(sorted(rows, key=lambda r: r.n)), everything=True)
            with suppress(NothingToExport):
                "".join(render(selection, format_, lambda *_: None)).encode()
    finally:
        dossier.close()


def read_rows(path: Path, mapping: bytes) -> None:
    """Do with rows what `import` does: propose a mapping, and import with one."""
    with suppress(StoreError):
        importing.propose(str(path))
    target = path.with_name("new.json")
    told = importing.parse_mapping(mapping.decode(errors="replace"), "map")
    try:
        importing.write(str(path), told, str(target))
        with suppress(StoreError):
            Dossier.open(target).close()
    finally:
        for made in path.parent.glob("new*"):
            made.unlink()


def trials(count: int, draw: random.Random, folder: Path) -> Trials:
    with mock.patch("os.fsync"):  # which takes nine tenths of the time
        yield from _trials(count, draw, folder)


def _trials(count: int, draw: random.Random, folder: Path) -> Trials:
    small, whole = SMALL.read_bytes(), SHIPPED.read_bytes()
    sheet = (ROOT / "tests" / "sheets" / "visits.xls").read_bytes()
    mapping = (HEAD + EVENT).encode()
    kinds: list[tuple[str, bytes]] = [
        ("rows.csv", ROWS), ("rows.json", RECORDS), ("rows.jsonl", RECORDS.replace(b"\n", b"") * 2),
        ("rows.tsv", ROWS.replace(b";", b"\t")),
    ]  # fmt: skip
    for number in range(count):
        kind, work = draw.random(), None
        if number % _EVERY_WHOLE == 1:
            path = folder / "whole.json"
            path.write_bytes(draw.choice([spliced, revalued])(draw, whole))
            work = lambda path=path: read_dossier(path, False)  # noqa: E731
        elif kind < 0.6:
            path = folder / "dossier.json"
            path.write_bytes(draw.choice([spliced, revalued])(draw, small))
            work = lambda path=path: read_dossier(path, True)  # noqa: E731
        elif kind < 0.95:
            name, data = draw.choice(kinds)
            path, mutated = folder / name, draw.random()
            path.write_bytes(spliced(draw, data) if mutated < 0.8 else data)
            told = spliced(draw, mapping) if mutated > 0.6 else mapping
            work = lambda path=path, told=told: read_rows(path, told)  # noqa: E731
        else:
            path = folder / "rows.xls"
            path.write_bytes(spliced(draw, sheet))
            work = lambda path=path: read_rows(path, mapping)  # noqa: E731
        yield _tried(work, path, number, 10 if path.name == "whole.json" else 1)


def _tried(work: Callable[[], None], path: Path, number: int, longer: int) -> str:
    """Do the work; returns what went wrong, and keeps the file that did it."""
    start, fault = time.process_time(), ""
    try:
        work()
    except StoreError as error:
        if not str(error).isprintable():
            fault = f"not one printable line: {error!r}"
    except Exception as error:  # noqa: BLE001 - any of them is a fault
        last = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{error!r:.200} at {last.filename}:{last.lineno}"
    took = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    if took > LONGEST * longer:
        fault = fault or f"it took {took:.1f} s"
    if peak > MOST:
        fault = fault or f"{peak >> 20} MiB were used"
    if fault:
        kept = Path.cwd() / f"hostile-{number}-{path.name}"
        kept.write_bytes(path.read_bytes())
        fault = f"{fault} (kept as {kept.name})"
    return fault
