"""Files as offices send them, with synthetic people only: writers of .xls, .xlsx, .ods and CSV for tests."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

Cell = str | int | float | bool | date | None
Rows = Sequence[Sequence[Cell]]
Merged = Sequence[tuple[str, int, int, int, int]]
DATE_FORMAT = "dd/mm/yyyy"


def nik(born: str, serial: int = 9001, *, woman: bool = False, area: str = "160501") -> str:
    """Return a valid NIK of nobody (serials from 9000 up are reached by no office); `born` is ISO."""
    year, month, day = born.split("-")
    return f"{area}{int(day) + 40 * woman:02}{month}{year[2:]}{serial:04}"


def write_csv(path: Path, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Write a CSV."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def write_xls(path: Path, sheets: Mapping[str, Rows], *, merged: Merged = (), hidden: Sequence[str] = ()) -> Path:
    """Write an Excel 97 workbook; days become serial numbers with a date format, as Excel keeps them."""
    path.write_bytes(_compound(xls_stream(sheets, merged=merged, hidden=hidden), "Workbook"))
    return path


def xls_stream(sheets: Mapping[str, Rows], *, merged: Merged = (), hidden: Sequence[str] = ()) -> bytes:
    """Return the BIFF8 stream of an Excel 97 workbook."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str=DATE_FORMAT)
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        sheet.visibility = int(name in hidden)
        spans = {(top, left): (bottom, right) for at, top, left, bottom, right in merged if at == name}
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                style = [day] if isinstance(cell, date) else []
                if (row, column) in spans:
                    bottom, right = spans[row, column]
                    sheet.write_merge(row, bottom, column, right, cell, *style)
                elif cell is not None and cell != "":
                    sheet.write(row, column, cell, *style)
    return bytes(book.get_biff_data())


def locked_xls(path: Path) -> Path:
    """Write an Excel 97 workbook that says it is encrypted (record FILEPASS after the first BOF)."""
    stream = xls_stream({"A": [["NIK"]]})
    (length,) = struct.unpack_from("<H", stream, 2)
    at = 4 + length
    filepass = struct.pack("<HHHHHHHH", 0x002F, 12, 1, 1, 1, 0, 0, 0)
    path.write_bytes(_compound(stream[:at] + filepass + stream[at:], "Workbook"))
    return path


def locked_xlsx(path: Path) -> Path:
    """Write what Excel makes of a workbook with a password: a compound file that holds an EncryptedPackage."""
    path.write_bytes(_compound(b"\x00" * 5000, "EncryptedPackage"))
    return path


def write_xlsx(path: Path, sheets: Mapping[str, Rows], *, merged: Merged = (), hidden: Sequence[str] = ()) -> Path:
    """Write a workbook of today's Excel."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": DATE_FORMAT}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            spans = {(top, left): (bottom, right) for at, top, left, bottom, right in merged if at == name}
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if (row, column) in spans:
                        sheet.merge_range(row, column, *spans[row, column], cell)
                    elif isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif isinstance(cell, date):
                        sheet.write_datetime(row, column, cell)
                    elif cell is not None:
                        sheet.write(row, column, cell)
            if name in hidden:
                sheet.hide()
    return path


def write_ods(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write a small LibreOffice workbook."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    spaces = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"/>'
    if isinstance(cell, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{float(cell)!r}"/>'
    text = escape(cell)
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def _compound(stream: bytes, name: str) -> bytes:
    """Return a compound file (OLE2) with one stream, padded so that it needs no small sectors."""
    stream = stream.ljust(4096, b"\x00")
    count = -(-len(stream) // SECTOR)
    fats = 1
    while fats * 128 < count + 1 + fats:
        fats += 1
    chain = [FAT] * fats + [END] + [fats + 1 + at + 1 for at in range(count - 1)] + [END]
    table = b"".join(struct.pack("<I", one) for one in chain).ljust(fats * SECTOR, b"\xff")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        fats,
        fats,
        0,
        4096,
        END,
        0,
        END,
        0,
    ) + b"".join(struct.pack("<I", at if at < fats else FREE) for at in range(109))
    directory = b"".join(
        _entry(*entry) for entry in (("Root Entry", 5, 1, END, 0), (name, 2, FREE, fats + 1, len(stream)))
    ).ljust(SECTOR, b"\x00")
    buffer = io.BytesIO()
    buffer.write(header)
    buffer.write(table)
    buffer.write(directory)
    buffer.write(stream.ljust(count * SECTOR, b"\x00"))
    return buffer.getvalue()


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    """Return one entry of a compound file's directory."""
    encoded = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII16xI16xIII", encoded, len(encoded) + 2, kind, 1, FREE, FREE, child, 0, start, size, 0)
