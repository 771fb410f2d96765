"""Published statements from a file: a CSV or a workbook with one printed statement per row.

Columns that begin with "my_" are somebody's own answers and are never read; unknown columns are
left alone. A row with a cell that cannot be read is refused in words, the other rows go on.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from jemput.domain.claims import Claim, typography
from jemput.domain.claims.statement import FigureName, Name, PartsOf
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.imports import cells
from jemput.imports.sheets import open_book

COLUMNS = {
    "id": "id",
    "area": "area",
    "level": "level",
    "asof": "as_of",
    "published": "published",
    "wajibktp": "wajib_ktp",
    "wajib": "wajib_ktp",
    "recorded": "recorded",
    "remaining": "remaining",
    "population": "population",
    "pctrecordedprinted": "pct_recorded",
    "pctrecorded": "pct_recorded",
    "pctremainingprinted": "pct_remaining",
    "pctremaining": "pct_remaining",
    "parts": "parts",
    "partscomplete": "parts_complete",
    "partsof": "parts_of",
    "note": "note",
    "source": "source",
}
FIGURES: tuple[FigureName, ...] = ("wajib_ktp", "recorded", "remaining", "population")
_NEEDED = frozenset({*FIGURES, "pct_recorded", "pct_remaining"})
_YES = frozenset({"yes", "y", "ya", "true", "1", "lengkap", "complete"})
_NO = frozenset({"no", "n", "tidak", "false", "0", "incomplete"})
_PARTS_OF: dict[str, PartsOf] = {
    "remaining": "remaining",
    "belum": "remaining",
    "belumrekam": "remaining",
    "recorded": "recorded",
    "sudahrekam": "recorded",
    "rekam": "recorded",
    "wajibktp": "wajib_ktp",
    "wajib": "wajib_ktp",
}
_OWN = "my_"

NO_COLUMNS = ProblemKind(
    "claims_no_columns",
    Text("Berkas {file} tidak memuat kolom angka terbit.", "The file {file} has no column of published figures."),
    Text(
        "Baris pertama harus berisi nama kolom, di antaranya wajib_ktp, recorded atau remaining.",
        "The first row must name the columns, among them wajib_ktp, recorded or remaining.",
    ),
)
NOT_A_FIGURE = ProblemKind(
    "claims_not_a_figure",
    Text("“{found}” bukan jumlah orang.", "“{found}” is not a number of people."),
    Text("Tulis angkanya saja, misalnya 293578 atau 293.578.", "Write the figure alone, such as 293578 or 293.578."),
)
NOT_A_PERCENTAGE = ProblemKind(
    "claims_not_a_percentage",
    Text("“{found}” bukan persentase.", "“{found}” is not a percentage."),
    Text("Tulis seperti tercetak, misalnya 96,65.", "Write it as printed, such as 96.65."),
)
NOT_A_CHOICE = ProblemKind(
    "claims_not_a_choice",
    Text("“{found}” tidak dikenal di kolom ini.", "“{found}” is not known in this column."),
    Text("Pilih salah satu: {choices}.", "Choose one of: {choices}."),
)


def read_file(path: Path) -> tuple[list[Claim], list[tuple[int, str, Problem]]]:
    """Return the statements of a file and the refused cells as (row as Excel numbers it, column, problem).

    Refused as a whole: a file that is missing, is no table, or has no column of figures.
    """
    book = open_book(path, known=frozenset(COLUMNS))
    claims: list[Claim] = []
    refused: list[tuple[int, str, Problem]] = []
    is_known = False
    for sheet in book.sheets:
        columns: dict[int, tuple[str, str]] = {}
        for number, row in enumerate(sheet.rows(), start=1):
            if not columns:
                columns = _header(row)
                is_known = is_known or bool(columns)
            elif any(cells.said(row[index]) for index in columns if index < len(row)):
                reader = _Row(number, columns, row)
                claim = reader.claim()
                refused.extend(reader.refused)
                claims.extend([] if reader.refused else [claim])
    if not is_known:
        raise Refused(NO_COLUMNS.at(file=path.name))
    return claims, refused


def _header(row: list[str]) -> dict[int, tuple[str, str]]:
    """Return the known columns of a header row as place → (field, name in the file); empty if it names no figure."""
    columns: dict[int, tuple[str, str]] = {}
    taken: set[str] = set()
    for index, name in enumerate(row):
        field = COLUMNS.get(cells.header_key(name))
        if field and field not in taken and not name.strip().casefold().startswith(_OWN):
            columns[index] = (field, name.strip())
            taken.add(field)
    return columns if taken & _NEEDED else {}


class _Row:
    """One row under way: its cells by field, and what was refused in it."""

    def __init__(self, number: int, columns: dict[int, tuple[str, str]], row: list[str]) -> None:
        self.number = number
        self.names = dict(columns.values())
        self.cells = {field: cells.said(row[index]) for index, (field, _) in columns.items() if index < len(row)}
        self.refused: list[tuple[int, str, Problem]] = []
        self.said_round: set[Name] = set()
        self.steps: list[tuple[FigureName, int]] = []

    def claim(self) -> Claim:
        """Return the row as a statement; of no use where `refused` is not empty afterwards."""
        figures = {name: self._figure(name) for name in FIGURES}
        shares = {name: self._percentage(name) for name in ("pct_recorded", "pct_remaining")}
        parts, complete, parts_of = self._parts(), self._complete(), self._parts_of()
        return Claim(
            id=self._text("id") or f"row-{self.number}",
            area=self._text("area"),
            level=self._text("level"),
            as_of=self._text("as_of"),
            published=self._text("published"),
            wajib_ktp=figures["wajib_ktp"],
            recorded=figures["recorded"],
            remaining=figures["remaining"],
            population=figures["population"],
            pct_recorded=shares["pct_recorded"],
            pct_remaining=shares["pct_remaining"],
            parts=parts,
            parts_complete=complete,
            parts_of=parts_of,
            said_round=frozenset(self.said_round),
            steps=tuple(self.steps),
            note=self._text("note"),
            source=self._text("source"),
        )

    def _text(self, field: str) -> str:
        return self.cells.get(field, "")

    def _refuse(self, field: str, kind: ProblemKind, **values: object) -> None:
        column = self.names[field]
        self.refused.append((self.number, column, kind.at(column, **values)))

    def _figure(self, field: FigureName) -> int | None:
        text = self._text(field)
        if not text:
            return None
        printed = typography.cell(text)
        if printed is None:
            self._refuse(field, NOT_A_FIGURE, found=text)
            return None
        if printed.is_round:
            self.said_round.add(field)
        if printed.step > 1:
            self.steps.append((field, printed.step))
        return printed.value

    def _percentage(self, field: str) -> Decimal | None:
        text = self._text(field)
        share = typography.percentage(text) if text else None
        if text and share is None:
            self._refuse(field, NOT_A_PERCENTAGE, found=text)
        return share

    def _parts(self) -> tuple[int, ...]:
        parts = []
        for text in filter(None, (cells.said(piece) for piece in self._text("parts").split(";"))):
            printed = typography.cell(text)
            if printed is None:
                self._refuse("parts", NOT_A_FIGURE, found=text)
            else:
                parts.append(printed.value)
        return tuple(parts)

    def _complete(self) -> bool | None:
        text = self._text("parts_complete").casefold()
        if text and text not in _YES | _NO:
            self._refuse("parts_complete", NOT_A_CHOICE, found=text, choices="yes, no")
        return None if not text else text in _YES

    def _parts_of(self) -> PartsOf:
        text = self._text("parts_of")
        found = _PARTS_OF.get(cells.header_key(text)) if text else "remaining"
        if found is None:
            self._refuse("parts_of", NOT_A_CHOICE, found=text, choices="remaining, recorded, wajib_ktp")
        return found or "remaining"
