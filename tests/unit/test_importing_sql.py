"""Queries in the place of a file: DuckDB, SQLite, and PostgreSQL where a server is found."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, wait
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import psycopg
import pytest

from tests.importer import EVENT, HEAD
from tui import importing
from tui.files import StoreError
from tui.importing import sql_rows
from tui.importing.file_kinds import open_rows
from tui.importing.mapping import ReadPart
from tui.importing.sql_rows import SqlRows


def asked(connect: str, sql: str) -> SqlRows:
    return SqlRows(ReadPart(connect=connect, sql=sql))


def cells(rows: SqlRows) -> list[list[str]]:
    return [list(row.cells) for row in rows.read()]


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    """A folder of Parquet files, by year."""
    folder = tmp_path / "visits"
    duckdb.execute(
        "COPY (SELECT 2000 + i % 3 AS year, 'Visit ' || i AS title, DATE '2000-01-01' + i::INT AS "
        f"date FROM range(30) t(i)) TO '{folder}' (FORMAT parquet, PARTITION_BY (year))"
    )
    return folder


@pytest.fixture
def sqlite(tmp_path: Path) -> Path:
    path = tmp_path / "visits.sqlite"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE visits (title TEXT, date TEXT, guests INTEGER, note TEXT)")
        made.executemany(
            "INSERT INTO visits VALUES (?, ?, ?, ?)",
            [(f"Visit {n}", f"2020-01-{n:02}", n, None) for n in range(1, 6)],
        )
    made.close()
    return path


def test_a_query_to_a_parquet_folder_becomes_a_dossier(tmp_path: Path, parquet: Path) -> None:
    read = (
        f'[read]\nconnect = "duckdb:"\nsql = "SELECT title, date FROM \'{parquet}/**/*.parquet\' '
        'WHERE year = 2001 ORDER BY date"\n'
    )
    mapping = importing.parse_mapping(HEAD + read + EVENT, "map")
    told: list[tuple[int, int]] = []
    outcome = importing.write(
        "", mapping, str(tmp_path / "new.json"), progress=lambda *done: told.append(done)
    )
    assert (outcome.events, outcome.rejected) == (10, 0)
    assert '"2000-01-02"' in (tmp_path / "new.json").read_text()
    assert told[-1] == (0, 0), "how many rows there are is not known"
    preview = importing.preview("", mapping, 2)
    assert len(preview.ids) == 2


def test_a_query_to_csv_is_read_with_its_types(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("when,name,n\n2020-01-05 00:00:00,Ä,1.0\n2021-02-03 10:30:00,,2.5\n")
    rows = asked("duckdb:", f"SELECT * FROM '{path}'")
    assert rows.columns == ["when", "name", "n"]
    expected = [["2020-01-05", "Ä", "1"], ["2021-02-03 10:30:00", "", "2.5"]]
    assert cells(rows) == expected
    assert cells(rows) == expected, "a second time the query runs anew"
    assert rows.position() == 2
    assert rows.place_of(next(rows.read())) == "record 1"


def test_values_of_every_kind_are_cells() -> None:
    rows = asked(
        "duckdb:",
        "SELECT NULL, true, [1, 2], {'a': 1}, 'x'::BLOB, 1.50::DECIMAL(4, 2), 'nan'::FLOAT, "
        "7 AS a, 8 AS a",
    )
    assert cells(rows) == [["", "true", "1\x1f2", '{"a":1}', "x", "1.50", "", "7", "8"]]
    assert rows.columns[-2:] == ["a", "a_2"]
    assert "repeated" in rows.notes[0]


def test_a_database_file_is_read_by_its_address(sqlite: Path, tmp_path: Path) -> None:
    rows = asked(f"sqlite:///{sqlite}", "SELECT title, guests FROM visits WHERE guests > 3;\n")
    assert cells(rows) == [["Visit 4", "4"], ["Visit 5", "5"]]
    made = tmp_path / "visits.duckdb"
    with duckdb.connect(made) as connection:
        connection.execute("CREATE TABLE visits AS SELECT 'A' AS title")
    assert cells(asked(f"duckdb:///{made}", "FROM visits")) == [["A"]]


def test_a_file_of_a_database_is_read_and_proposed(parquet: Path, sqlite: Path) -> None:
    with sqlite3.connect(sqlite) as made:
        made.execute("CREATE TABLE zones (name TEXT)")
    made.close()
    proposed = importing.propose(str(sqlite))
    assert f'connect = "sqlite:///{sqlite}"' in proposed.toml
    assert r'sql = "SELECT * FROM \"visits\""' in proposed.toml
    assert "import --map THIS.toml" in proposed.toml, "no file is named beside a query"
    assert any("and not zones" in note for note in proposed.notes)
    assert 'title = "{title}"' in proposed.toml
    file = next(parquet.rglob("*.parquet"))
    assert f"FROM read_parquet('{file}')" in importing.propose(str(file)).toml
    rows = open_rows(file, ReadPart(sql=f"SELECT title FROM '{file}' LIMIT 1"))
    assert [len(row.cells) for row in rows.read()] == [1]


def test_a_query_wants_a_database(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    with pytest.raises(StoreError, match=r"no database, which read\.sql is for"):
        open_rows(tmp_path / "a.csv", ReadPart(sql="SELECT 1"))
    with pytest.raises(StoreError, match="write one SELECT"):
        asked("duckdb:", "")


def test_a_database_without_tables_is_said(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.sqlite") as made:
        made.execute("CREATE TABLE a (b)")
        made.execute("DROP TABLE a")
    made.close()
    with pytest.raises(StoreError, match="this is an SQLite database; "):
        open_rows(tmp_path / "a.sqlite", ReadPart())


# -- what may not be done


@pytest.mark.parametrize(
    "sql",
    ["", "DROP TABLE visits", "SELECT 1; DROP TABLE visits", "COPY (SELECT 1) TO 'x.csv'",
     "INSTALL httpfs", "ATTACH 'x.db'", "SET threads = 1", "/* SELECT */ DELETE FROM visits",
     "WITH a AS (SELECT 1) INSERT INTO visits SELECT * FROM a"],
)  # fmt: skip
def test_only_one_select_is_run(
    sql: str, sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = {path.name for path in tmp_path.iterdir()}, sqlite.read_bytes()
    for connect in ("duckdb:", f"sqlite:///{sqlite}"):
        with pytest.raises(StoreError):
            cells(asked(connect, sql))
    assert ({path.name for path in tmp_path.iterdir()}, sqlite.read_bytes()) == before


def test_duckdb_downloads_nothing_and_sees_nothing_of_the_program() -> None:
    secret_rows = duckdb.sql("SELECT 1 AS a")
    assert secret_rows
    with pytest.raises(StoreError, match="secret_rows does not exist"):
        asked("duckdb:", "SELECT * FROM secret_rows")
    with pytest.raises(StoreError, match=r"lacks httpfs, and nothing is downloaded unasked"):
        asked("duckdb:", "SELECT * FROM 'https://127.0.0.1:9/a.parquet'")


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    for kind in ("sqlite", "duckdb"):
        with pytest.raises(StoreError) as caught:
            asked(f"{kind}:///{tmp_path}/none.db", "SELECT 1")
        assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


# -- what is said


@pytest.mark.parametrize(
    ("connect", "said"),
    [
        ("nowhere", "no address of a database"),
        ("postgresql://h:port/d", "no address of a database"),
        ("trino://host/catalog", "has no trino yet"),
        ("mysql://host/d", "MySQLdb is missing: pip install MySQLdb"),
        ("sqlite:///$NOT_SET_HERE/a.db", r"\$NOT_SET_HERE is not set in the environment"),
    ],
)
def test_an_address_that_leads_nowhere_is_one_line(connect: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        asked(connect, "SELECT 1")


@pytest.mark.parametrize(
    ("module", "connect"), [("duckdb", "duckdb:"), ("sqlalchemy", "sqlite:///a.db")]
)
def test_an_engine_that_is_not_installed_is_said(
    module: str, connect: str, monkeypatch: pytest.MonkeyPatch, parquet: Path
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(StoreError, match=rf"{module} is missing: pip install 'summitry\[sql\]'"):
        asked(connect, "SELECT 1")
    if module == "duckdb":
        with pytest.raises(StoreError, match=r"this is a Parquet file; .*pip install"):
            open_rows(next(parquet.rglob("*.parquet")), ReadPart())


def test_a_fault_of_the_query_is_one_line(sqlite: Path) -> None:
    for connect in ("duckdb:", f"sqlite:///{sqlite}"):
        with pytest.raises(StoreError, match=r"(?s)\A(?!.*\n).*nothing_here"):
            asked(connect, "SELECT *\nFROM nothing_here")


def test_a_fault_in_the_middle_is_one_line() -> None:
    rows = asked(
        "duckdb:", "SELECT CASE WHEN i = 90000 THEN error('too far') END FROM range(99999) t(i)"
    )
    with pytest.raises(StoreError, match="too far"):
        cells(rows)


@pytest.mark.parametrize(
    ("connect", "sql"),
    [
        ("duckdb:", "SELECT count(*) FROM range(3000000000) a(i), range(99) WHERE hash(i) % 7 = 3"),
        ("sqlite:///{}", "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) "
                         "SELECT count(*) FROM c WHERE i < 0"),
    ],
)  # fmt: skip
def test_what_interrupts_the_waiting_ends_the_query(
    connect: str, sql: str, sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    presses = [True, True, False]  # once in the waiting, again in what follows, after a wait

    def interrupted(futures: list[Future[Any]], seconds: float) -> Any:
        done = wait(futures, seconds)
        if presses and not done.done and presses.pop():
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(sql_rows, "wait", interrupted)
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        cells(asked(connect.format(sqlite), sql))
    assert threading.active_count() == before, "the query is not left running"


# -- PostgreSQL


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a server of its own, without user and password; they are reader and s€cret."""
    programs = {name: shutil.which(name) for name in ("initdb", "postgres")}
    if not all(programs.values()):
        pytest.skip("no PostgreSQL server on this machine")
    user = "postgres" if os.getuid() == 0 else None  # it refuses to run as root
    # Another user must be able to reach it, and a folder for temporary files may be private.
    folder = Path(tempfile.mkdtemp(prefix="summitry-pg-", dir="/tmp" if user else None))
    (folder / "password").write_text("s€cret@:/")
    if user:
        try:
            for path in (folder, folder / "password"):
                shutil.chown(path, user)
        except LookupError:
            shutil.rmtree(folder)
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    subprocess.run(
        [programs["initdb"], "-D", folder / "data", "-U", "reader", "-A", "scram-sha-256", "-E",
         "UTF8", "--no-sync", "--pwfile", folder / "password"],
        check=True, capture_output=True, user=user, cwd=folder,
    )  # fmt: skip
    server = subprocess.Popen(
        [programs["postgres"], "-D", folder / "data", "-p", str(port), "-c", "fsync=off", "-c",
         "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
        user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 30
        while True:
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.05)
        yield f"127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # at once, whoever is connected
        server.wait()
        shutil.rmtree(folder)


def test_postgresql_streams_and_may_not_be_written(
    postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISITS_PASSWORD", "s€cret@:/")
    address = f"postgresql+psycopg://reader:$VISITS_PASSWORD@{postgres}"
    rows = asked(
        address,
        "SELECT i AS n, DATE '2020-01-01' + i AS date, '100%' AS share, ARRAY[i, 2] AS list "
        "FROM generate_series(0, 4999) t(i)",
    )
    assert rows.shown == f"postgresql+psycopg://{postgres.partition(':')[0]}/postgres"
    found = cells(rows)
    assert len(found) == 5000
    assert found[1] == ["1", "2020-01-02", "100%", "1\x1f2"]
    login = f"postgresql://reader:{quote('s€cret@:/', safe='')}@{postgres}"
    with psycopg.connect(login, autocommit=True) as connection:
        connection.execute("CREATE SEQUENCE numbers")
    with pytest.raises(StoreError, match="read-only"):
        cells(asked(address, "SELECT nextval('numbers')"))


def test_a_wrong_password_is_one_line_and_not_shown(
    postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISITS_PASSWORD", "qwertz/ü")
    for password in ("${VISITS_PASSWORD}", "qwertz%2F%C3%BC"):
        with pytest.raises(StoreError, match="password authentication failed") as caught:
            asked(f"postgresql+psycopg://reader:{password}@{postgres}", "SELECT 1")
        assert "\n" not in str(caught.value)
        assert "qwertz" not in str(caught.value)
