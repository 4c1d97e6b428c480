"""The rows that a query gives: of DuckDB, or of any database that SQLAlchemy reaches.

The engine reads its millions of rows, and only the rows of the answer come here, so many at a time.
Only what reads is run, and what was asked for: one SELECT, in DuckDB no download of an extension,
elsewhere no commit, and PostgreSQL and SQLite are told that nothing may be written.
"""

import os
import re
import tempfile
import threading
import urllib.parse
import weakref
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from tui.dossier.safe_text import clean_line
from tui.files import StoreError
from tui.importing.columns import unique_names
from tui.importing.json_rows import as_cell
from tui.importing.mapping import ReadPart
from tui.importing.rows import FileRow, Rows

_Result = TypeVar("_Result")
#: Rows taken from the engine at once.
_BATCH = 2000
#: How long a driver may take to end a query before it is left behind (seconds).
_PATIENCE = 2
_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|([A-Za-z_]\w*))")
_SELECT = re.compile(
    r"(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/|\()*(?:SELECT|WITH|FROM|VALUES)\b", re.S | re.I
)
_NOT_SELECT = "read.sql: write one SELECT; nothing else is run"
_EXTENSION = re.compile(r"required extension '(\w+)")


class SqlRows(Rows):
    """The rows of ``[read] sql`` from the database at ``[read] connect``."""

    unit = "record"

    def __init__(self, how: ReadPart) -> None:
        """Run the query and name its columns; raises StoreError."""
        super().__init__("read.connect", how.missing)
        if not _SELECT.match(how.sql):
            raise StoreError(_NOT_SELECT)
        address, self._secrets = _filled_in(how.connect)
        self._sql, self._count, self._is_fresh = how.sql.strip().rstrip("; \n"), 0, True
        with self._faults_told():
            self._engine: _DuckDb | _SqlAlchemy
            if address.startswith("duckdb:"):
                self._engine = _DuckDb(address.removeprefix("duckdb:"))
            else:
                self._engine = _SqlAlchemy(address)
            weakref.finalize(self, self._engine.close).atexit = False
            self.shown = clean_line(self._engine.shown)
            names = self._waited(lambda: self._engine.execute(self._sql))
        self.columns, made = unique_names(names)
        for note in made:
            self.note(note)

    def read(self) -> Iterator[FileRow]:
        """Read every row of the answer; the query runs anew if it was read before."""
        self._count = 0
        with self._faults_told():
            if not self._is_fresh:
                self._waited(lambda: self._engine.execute(self._sql))
            self._is_fresh = False
            while rows := self._waited(self._engine.fetch):
                for row in rows:
                    self._count += 1
                    cells = [value if type(value) is str else as_cell(value) for value in row]
                    yield FileRow(self._count, self._count, cells)

    def position(self) -> int:
        """Return how many rows have been read; how many there are is not known before."""
        return self._count

    def _waited(self, call: Callable[[], _Result]) -> _Result:
        """Return what `call` returns, in a thread of its own: a driver may not hear of Ctrl+C.

        What ends the waiting ends the query.
        """
        future: Future[_Result] = Future()

        def run() -> None:
            try:
                future.set_result(call())
            except BaseException as error:  # noqa: BLE001 - raised again below
                future.set_exception(error)

        threading.Thread(target=run, daemon=True).start()
        try:
            while not wait([future], 0.2).done:  # without an end Windows would not hear of Ctrl+C
                pass
        except BaseException:
            with suppress(Exception):
                self._engine.interrupt()
            for _ in range(_PATIENCE):  # pressed again, it ends nothing sooner
                with suppress(KeyboardInterrupt, SystemExit):
                    if wait([future], 1).done:
                        break
            raise
        return future.result()

    @contextmanager
    def _faults_told(self) -> Iterator[None]:
        """Raise StoreError in the place of what a driver raises, without what is secret."""
        try:
            yield
        except StoreError:
            raise
        except ModuleNotFoundError as error:
            ours = error.name in ("duckdb", "sqlalchemy")
            package = "'summitry[sql]'" if ours else error.name
            what = f"{error.name} is missing: pip install {package}"
            raise StoreError(f"read.connect: {what}") from None
        except Exception as error:  # noqa: BLE001 - drivers raise what they like
            said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
            for secret in self._secrets:
                said = said.replace(secret, "…")
            if found := _EXTENSION.search(said):
                said = (
                    f"lacks {found[1]}, and nothing is downloaded unasked: INSTALL {found[1]} in it"
                )
            raise self.error(clean_line(said.partition("\n")[0])[:300]) from None


class _DuckDb:
    """DuckDB. It and the others have in common how a query is executed, fetched and ended."""

    def __init__(self, place: str) -> None:
        """Open the database file at ``///path``, or none where `place` is empty."""
        import duckdb

        path = place.removeprefix("//").removeprefix("/")
        settings: dict[str, str | bool | int | float | list[str]] = {
            # Nothing is downloaded, and no variable of this program is a table.
            "autoinstall_known_extensions": "false",
            "allow_community_extensions": "false",
            "python_enable_replacements": "false",
            "temp_directory": os.path.join(tempfile.gettempdir(), f"summitry-{os.getpid()}"),
        }
        self.shown = f"duckdb:///{path}" if path else "DuckDB"
        self._select = duckdb.StatementType.SELECT
        self._connection = duckdb.connect(path or ":memory:", bool(path), settings)
        # Its bar of progress would stand in what is printed; nothing of a query may set all this.
        self._connection.execute("SET enable_progress_bar = false; SET lock_configuration = true")
        self.interrupt, self.close = self._connection.interrupt, self._connection.close

    def execute(self, sql: str) -> list[str]:
        """Run a query and return the names of its columns."""
        statements = self._connection.extract_statements(sql)
        if [statement.type for statement in statements] != [self._select]:
            raise StoreError(_NOT_SELECT)
        return [column[0] for column in self._connection.execute(statements[0]).description]

    def fetch(self) -> Sequence[Sequence[Any]]:
        """Return the next rows, none at the end."""
        return self._connection.fetchmany(_BATCH)


class _SqlAlchemy:
    """Any database that SQLAlchemy has a dialect for."""

    def __init__(self, address: str) -> None:
        """Open the database at an address of SQLAlchemy's; raises StoreError for none."""
        import sqlalchemy

        try:
            url = sqlalchemy.make_url(address)
            self.shown = f"{url.drivername}://{url.host or ''}/{url.database or ''}"
            if url.get_backend_name() == "sqlite" and url.database:
                file = f"file:{urllib.parse.quote(url.database)}"
                url = url.set(database=file, query={"mode": "ro", "uri": "true"})
            self._engine = sqlalchemy.create_engine(url)
        except sqlalchemy.exc.NoSuchModuleError:
            name = url.drivername
            what = f"SQLAlchemy has no {name} yet; install its dialect for {name}"
            raise StoreError(f"read.connect: {what}") from None
        except (sqlalchemy.exc.ArgumentError, ValueError):
            what = "no address of a database; for instance duckdb: or sqlite:///a.db"
            raise StoreError(f"read.connect: {what}") from None
        self._connection: Any = None

    def execute(self, sql: str) -> list[str]:
        self.close()
        options: dict[str, Any] = {"stream_results": True, "no_parameters": True}
        if self._engine.dialect.name == "postgresql":
            options["postgresql_readonly"] = True
        self._connection = self._engine.connect().execution_options(
            max_row_buffer=_BATCH, **options
        )
        self._answer = self._connection.exec_driver_sql(sql)
        return list(self._answer.keys())

    def fetch(self) -> Sequence[Sequence[Any]]:
        rows: Sequence[Sequence[Any]] = self._answer.fetchmany(_BATCH)
        return rows

    def interrupt(self) -> None:
        driver = self._connection.connection.driver_connection
        for name in ("interrupt", "cancel"):  # of sqlite3, of psycopg and others
            if end := getattr(driver, name, None):
                end()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()


def _filled_in(address: str) -> tuple[str, list[str]]:
    """Return an address with each ``$NAME`` from the environment, and the secrets in it.

    Raises StoreError for a name that is not set.
    """
    secrets: list[str] = []
    before_host = address.rfind("@")

    def value_of(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if not (value := os.environ.get(name, "")):
            raise StoreError(f"read.connect: ${name} is not set in the environment")
        secrets.append(value)
        return urllib.parse.quote(value, safe="") if found.start() < before_host else value

    filled = _VARIABLE.sub(value_of, address)
    if password := re.match(r"[\w+.-]+://[^:/@]*:(.*)@", filled):
        secrets += [password[1], urllib.parse.unquote(password[1])]
    return filled, sorted(filter(None, secrets), key=len, reverse=True)
