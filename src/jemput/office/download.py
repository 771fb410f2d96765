"""A table that leaves the page as a file."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence

from django.http import FileResponse

from jemput.letters.workbook import Sheet, write_workbook
from jemput.office.seat import Seat

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def excel(seat: Seat, sheets: Sequence[Sheet], *, name: str) -> FileResponse:
    """Return a workbook of sheets in the reader's language as `name`.xlsx, written to disk as its rows come."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_workbook(file, sheets, language=seat.language, made_at=seat.office.now)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
