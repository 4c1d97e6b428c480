"""Sheets of Excel and OpenDocument as rows: .xlsx, .xlsm, .xlsb, .xls and .ods."""

import json
import os
import subprocess
import sys
import weakref
import zipfile
from collections.abc import Iterator
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import msgspec

from tui.files import size_limit
from tui.importing.columns import unique_names
from tui.importing.json_rows import as_cell
from tui.importing.mapping import ReadPart
from tui.importing.rows import FileRow, Rows

_WORKER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sheet_worker.py")
#: Rows looked at for the header; it has at least this part of the cells of the widest of them, as
#: a title above it has one cell or two.
_SAMPLE, _HEADER_PART = 50, 0.75
#: Memory for reading a sheet, as a multiple of the largest file: 200,000 rows of 9 cells took four
#: times their XML.
_MEMORY = 8
_MEMORY_AT_REST = 1 << 29
_DECODER = msgspec.json.Decoder(tuple[int, int, list[Any]])
_BEYOND = "cells beyond the last column with a header (first: row {}); they are left out"


class SheetRows(Rows):
    """A sheet, read whole into a file of rows at once, as the library cannot read it in parts."""

    unit = "row"

    def __init__(self, path: str | os.PathLike[str], how: ReadPart, workbook: BinaryIO) -> None:
        """Read a sheet of `workbook` and find its header; raises StoreError."""
        super().__init__(path, how.missing)
        self._spool: BinaryIO = TemporaryFile()  # noqa: SIM115 - read again until the end
        weakref.finalize(self, self._spool.close)
        with workbook:
            self._check_size(workbook)
            self._read_into_spool(workbook, how.sheet)
        self.size = os.fstat(self._spool.fileno()).st_size
        self._spool.seek(0)
        about = json.loads(self._spool.readline())
        self._start = self._spool.tell()
        if how.sheet is None:
            self.guessed = {"sheet": about["read"]}
            if others := [f'"{name}"' for name in about["sheets"] if name != about["read"]]:
                listed = ", ".join(others[:8]) + ("…" if others[8:] else "")
                self.note(
                    f'the sheet "{about["read"]}" is read, and not {listed}; '
                    "sheet under [read] names another"
                )
        first = [self._decode(line) for line in islice(self._spool, how.skip + _SAMPLE)]
        first = [row for row in first if row[0] > how.skip]
        if not first:
            raise self.error(f'no rows in the sheet "{about["read"]}"; sheet under [read] names it')
        header = list(how.columns)
        self._above = how.skip
        if not header:
            told = [sum(bool(cell.strip()) for cell in cells) - wide for _, wide, cells in first]
            enough = 0 if how.skip else max(2, max(told) * _HEADER_PART)
            at = next((at for at, count in enumerate(told) if count >= enough), 0)
            self._above, _, header = first[at]
            if not how.skip and at:
                self.guessed["skip"] = self._above - 1
                self.note(
                    f"the header is taken to be row {self._above}, under titles; if that is wrong, "
                    "set skip under [read]"
                )
        width = len(how.columns) or max(len(cells) for at, _, cells in first if at >= self._above)
        self.columns, made = unique_names(header + [""] * (width - len(header)))
        for note in made:
            self.note(note)

    def read(self) -> Iterator[FileRow]:
        """Read every row under the header but the empty ones."""
        width, number, beyond, first = len(self.columns), 0, 0, 0
        self._spool.seek(self._start)
        for line in self._spool:
            at, _, cells = self._decode(line)
            if at <= self._above:
                continue
            number += 1
            if len(cells) > width:
                beyond, first = beyond + 1, first or at
            yield FileRow(number, at, (cells + [""] * (width - len(cells)))[:width])
        if beyond:
            self.note(
                f"{beyond:,} row{' has' if beyond == 1 else 's have'} {_BEYOND.format(first)}"
            )

    def position(self) -> int:
        """Return how many bytes of the rows have been read."""
        return self._spool.tell()

    def _decode(self, line: bytes) -> tuple[int, int, list[str]]:
        at, wide, values = _DECODER.decode(line)
        return at, wide, [as_cell(value) for value in values]

    def _check_size(self, workbook: BinaryIO) -> None:
        """Raise StoreError for a workbook that is small only as long as it is packed."""
        limit = size_limit()
        try:
            with zipfile.ZipFile(workbook) as packed:
                size = sum(part.file_size for part in packed.infolist())
        except zipfile.BadZipFile:  # .xls is not packed
            size = 0
        if size > limit:
            over = f"{size >> 20:,} MiB unpacked, over the limit of {limit >> 20} MiB"
            raise self.error(f"{over}; set SUMMITRY_MAX_MIB to allow it, or save it as CSV")
        os.lseek(workbook.fileno(), 0, os.SEEK_SET)  # of the file itself, which the worker reads

    def _read_into_spool(self, workbook: BinaryIO, sheet: str | int | None) -> None:
        memory = size_limit() * _MEMORY + _MEMORY_AT_REST
        command = [sys.executable, "-P", _WORKER, json.dumps(sheet), str(memory)]
        done = subprocess.run(  # noqa: S603 - nothing of it comes from the file
            command, stdin=workbook, stdout=self._spool, stderr=subprocess.PIPE, check=False
        )
        if done.returncode == 3:
            raise self.error(done.stderr.decode(errors="replace"))
        if done.returncode:
            raise self.error("this sheet cannot be read, or needs too much memory; save it as CSV")
