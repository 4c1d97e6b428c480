"""Workbooks for the tests, made of rows: the least that Excel and LibreOffice would open."""

import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

Sheets = dict[str, list[list[object]]]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def write_xlsx(
    path: Path, sheets: Sheets, *, merged: tuple[str, ...] = (), hidden: tuple[str, ...] = ()
) -> Path:
    """Write a workbook whose first sheet has the cells of `merged` ("A1:C1") merged."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        listed, related = "", ""
        for number, (name, rows) in enumerate(sheets.items(), 1):
            state = ' state="hidden"' if name in hidden else ""
            listed += f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"{state}/>'
            related += (
                f'<Relationship Id="r{number}" Type="{_RELATIONS}/worksheet" '
                f'Target="worksheets/sheet{number}.xml"/>'
            )
            spans = "".join(f'<mergeCell ref="{span}"/>' for span in merged if number == 1)
            data = "".join(_xlsx_row(at, cells) for at, cells in enumerate(rows, 1))
            packed.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData>'
                f"{f'<mergeCells>{spans}</mergeCells>' if spans else ''}</worksheet>",
            )
        related += f'<Relationship Id="s" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
            f"<sheets>{listed}</sheets></workbook>",
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}">{related}</Relationships>',
        )
        packed.writestr(  # style 1 is a day, as Excel has it
            "xl/styles.xml",
            f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        )
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Target="xl/workbook.xml" '
            f'Type="{_RELATIONS}/officeDocument"/></Relationships>',
        )
        packed.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
    return path


def _xlsx_row(at: int, cells: list[object]) -> str:
    made = ""
    for column, value in zip("ABCDEFGHIJ", cells, strict=False):
        if isinstance(value, date):
            serial = value.toordinal() - date(1899, 12, 30).toordinal()
            made += f'<c r="{column}{at}" s="1"><v>{serial}</v></c>'
        elif isinstance(value, int | float):
            made += f'<c r="{column}{at}"><v>{value}</v></c>'
        elif value:
            made += f'<c r="{column}{at}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
    return f'<row r="{at}">{made}</row>'


def write_ods(path: Path, sheets: Sheets) -> Path:
    """Write an OpenDocument spreadsheet."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    tables = ""
    for name, rows in sheets.items():
        lines = "".join(f"<table:table-row>{_ods_cells(cells)}</table:table-row>" for cells in rows)
        tables += f"<table:table table:name={quoteattr(name)}>{lines}</table:table>"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}'
            f'table:1.0" xmlns:text="{space}text:1.0"><office:body><office:spreadsheet>{tables}'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def _ods_cells(cells: list[object]) -> str:
    made = ""
    for value in cells:
        if isinstance(value, date):
            made += (
                f'<table:table-cell office:value-type="date" office:date-value="{value}">'
                f"<text:p>{value:%d/%m/%y}</text:p></table:table-cell>"
            )
        else:
            made += (
                '<table:table-cell office:value-type="string">'
                f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
            )
    return made
