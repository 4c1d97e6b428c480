"""Read a sheet in a process of its own and write its rows as JSON, for `sheet_rows`.

A damaged or hostile file may crash the library or fill the memory: here that ends only this
process. It is started as a script, with the workbook on standard input, and imports nothing of
Summitry.
"""

import io
import json
import math
import sys
from collections.abc import Iterator
from typing import Any

import python_calamine

#: The exit status where a line on standard error says what is wrong.
REFUSED = 3


class NoSuchSheet(Exception):
    """The workbook has no sheet of the name or number wanted."""


def choose(workbook: python_calamine.CalamineWorkbook, wanted: str | int | None) -> Any:
    """Return the sheet of a name or number (from 1); without one the first that has rows.

    Raises NoSuchSheet.
    """
    names = workbook.sheet_names
    if wanted is None:
        visible = python_calamine.SheetVisibleEnum.Visible
        shown = [one.name for one in workbook.sheets_metadata if one.visible == visible] or names
        sheets = (workbook.get_sheet_by_name(name) for name in shown)
        return next((one for one in sheets if one.height > 1), workbook.get_sheet_by_name(shown[0]))
    folded = str(wanted).strip().casefold()
    alike = [name for name in names if name.strip().casefold() == folded]
    if isinstance(wanted, int):
        alike = names[wanted - 1 : wanted] if wanted > 0 else []
    if not alike:
        raise NoSuchSheet
    return workbook.get_sheet_by_name(wanted if wanted in alike else alike[0])


def rows_of(sheet: Any) -> Iterator[tuple[int, int, list[Any]]]:
    """Give each row that is not empty: its number (from 1), how many of its cells are merged over
    several columns, and its cells, without the empty ones at its end.

    Dates are as Python writes them. A cell that is merged downwards stands in each of its rows.
    """
    column = sheet.start[1] if sheet.start else 0
    merged = sorted(sheet.merged_cell_ranges or (), reverse=True)
    below: dict[int, tuple[int, object]] = {}
    for number, values in enumerate(sheet.iter_rows()):
        cells, wide = values, 0
        while merged and merged[-1][0][0] <= number:
            (top, left), (bottom, right) = merged.pop()
            if top == number and 0 <= left - column < len(cells):
                wide += right > left
                if bottom > top:
                    below[left - column] = bottom, cells[left - column]
        for place, (bottom, value) in list(below.items()):
            if number > bottom:
                del below[place]
            elif cells[place] == "":
                cells[place] = value
        while cells and cells[-1] in ("", None):
            cells.pop()
        if cells:
            yield number + 1, wide, [str(cell) if _is_not_finite(cell) else cell for cell in cells]


def _is_not_finite(cell: object) -> bool:
    """Whether a cell is a number that JSON has no word for."""
    return isinstance(cell, float) and not math.isfinite(cell)


def main(wanted: str | int | None, memory: int) -> int:
    """Write what sheets there are and which is read, then its rows, a line of JSON each."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, OSError, ValueError):  # Windows has none
        pass
    names: list[str] = []
    try:
        with python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read())) as workbook:
            names = workbook.sheet_names
            sheet = choose(workbook, wanted)
            sys.stdout.write(json.dumps({"sheets": names, "read": sheet.name}) + "\n")
            sys.stdout.writelines(json.dumps(row, default=str) + "\n" for row in rows_of(sheet))
    except python_calamine.PasswordError:
        sys.stderr.write("it is protected by a password; save a copy without one")
    except NoSuchSheet:
        sys.stderr.write(f"read.sheet: there is no such sheet; it has: {', '.join(names)[:600]}")
    except (python_calamine.CalamineError, LookupError) as error:
        sys.stderr.write(f"no workbook, or a damaged one; save it again ({str(error)[:120]})")
    else:
        return 0
    return REFUSED


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1]), int(sys.argv[2])))
