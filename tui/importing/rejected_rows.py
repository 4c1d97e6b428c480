"""The file of rejected rows, ``NEW.rejected.csv``: each with its line and why it was not used."""

import os

from tui.dossier.safe_text import clean_line
from tui.export.csv_table import csv_line
from tui.files import AtomicFile, StoreError, open_regular
from tui.importing.rows import FileRow, Rows

#: How such a file begins, which tells it from another's; Excel needs the mark.
_BEGINNING = b"\xef\xbb\xbfline,reason,"


class RejectedRows:
    """Writes rejected rows to a file, which is made only when there is a first one."""

    def __init__(self, rows: Rows, made: AtomicFile) -> None:
        self._rows, self._made, self.count = rows, made, 0

    def add(self, row: FileRow, reason: str) -> None:
        """Write one row: its line, the reason, and its cells."""
        if not self.count:
            names = self._rows.rejected_columns or self._rows.columns
            self._made.file.write(_BEGINNING + csv_line(names))
        self.count += 1
        cells = [str(row.line), reason, *self._rows.rejected(row)]
        self._made.file.write(csv_line(cells))


def is_of_rejected_rows(path: str) -> bool:
    """Whether there is a file of rejected rows at `path`; raises StoreError if it is another."""
    if not os.path.lexists(path):
        return False
    with open_regular(path, "a file of refused rows") as file:
        if file.read(len(_BEGINNING)) == _BEGINNING:
            return True
    raise StoreError(
        f"{clean_line(path)}: in the way, and no file of refused rows; move it, or name another -o"
    )


def remove(path: str) -> str:
    """Remove the rejected rows of an earlier import; returns what to say of that."""
    try:
        os.unlink(path)
    except OSError as error:
        raise StoreError(f"{clean_line(path)}: not removed: {error.strerror}") from None
    return f"{path}: removed; it was of an earlier import"
