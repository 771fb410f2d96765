"""A sheet's rows, one after the other: read, judged, kept, refused, or seen to be no row of data.

The way of a clean row is short, because a regency's register has 400,000 of them; only a row in
which something is wrong is looked at twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice, pairwise

from jemput.domain.problems import Problem
from jemput.domain.rows import Row, RowProblem
from jemput.imports import findings
from jemput.imports.cells import header_key, said
from jemput.imports.codes import Codes, ruled_by
from jemput.imports.columns import Clean, Memo, Reading, memo_for
from jemput.imports.families import Families, FamilyLine, FamilyRows
from jemput.imports.findings import Faulty
from jemput.imports.heading import Heading, read_heading
from jemput.imports.judges import Judge
from jemput.imports.recognise import Header, again, is_header
from jemput.imports.rows import Fields
from jemput.imports.sheets import Cells, Sheet

NOTES_KEPT = 50
"""So many notes of one kind in one column of a sheet are kept one by one; the rest are counted."""
SEXES = frozenset({"L", "P"})
_TOTALS = frozenset({"jumlah", "total", "jumlahtotal", "jumlahseluruhnya", "grandtotal", "keterangan", "catatan"})
_FEW_FILLED = 1
_NARROW = 5
"""A table of fewer columns may hold a person in a single cell; in a wider one a lone cell is writing below the table."""
_NUMBERED = 3
"""So many cells counting 1, 2, 3 (or -1, -2, -3) make a row of column numbers."""


@dataclass(slots=True)
class Found:
    """What a file yielded so far."""

    rows: list[Row] = field(default_factory=list)
    refused: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    person_rows: int = 0
    _alike: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _last: dict[tuple[str, str, str], Problem] = field(default_factory=dict)

    def note(self, sheet: str, row: int, problem: Problem) -> None:
        """Keep a note, or only count it where there are many of its kind."""
        key = (sheet, problem.kind.code, problem.column)
        self._alike[key] += 1
        if self._alike[key] <= NOTES_KEPT:
            self.notes.append(RowProblem(sheet, row, problem))
        else:
            self._last[key] = problem

    def count_the_rest(self) -> None:
        """Say of each kind of note how many were not kept one by one."""
        for (sheet, code, column), problem in self._last.items():
            count = self._alike[sheet, code, column] - NOTES_KEPT
            values = {"count": count, "reason_id": problem.reason("id"), "reason_en": problem.reason("en")}
            self.notes.append(RowProblem(sheet, 0, findings.MORE_LIKE_THIS.at(column, **values)))


def families_of(header: Header) -> Families | None:
    """Return what reads the rows above a family's members, or None for a layout without them."""
    match header.layout.families:
        case "rows":
            return FamilyRows()
        case "line":
            return FamilyLine()
        case _:
            return None


@dataclass(slots=True)
class Table:
    """One sheet under way."""

    sheet: Sheet
    header: Header
    reading: Reading
    judge: Judge
    codes: Codes
    found: Found
    heading: Heading = field(default_factory=Heading)

    def read(self) -> None:
        """Read every row below the header into `found`."""
        families = families_of(self.header)
        head = list(islice(self.sheet.rows(), self.header.first - 1))
        self.heading = read_heading(head)
        base = dict(self.heading.below)
        if families:
            for number, cells in enumerate(head, start=1):
                self._take_family(families, cells, number)
            base |= families.fields
        if self.header.unread:
            columns = ", ".join(self.header.unread)
            self.found.note(self.sheet.name, self.header.first, findings.COLUMNS_NOT_READ.at(columns=columns))
        self._read_rows(base, families)

    def _read_rows(self, base: Fields, families: Families | None) -> None:  # noqa: C901, PLR0912 - one loop, walked 400,000 times
        """Walk the rows below the header."""
        name, found, pending, judge = self.sheet.name, self.found, self.reading.pending, self.judge
        rows, title, keep = found.rows, self.header.title_of, judge.keep
        (direct, memos), width, last = self._readers(), self.header.width, self.header.last
        for number, cells in enumerate(islice(self.sheet.rows(), last, None), start=last + 1):
            if families and self._take_family(families, cells, number):
                base = self.heading.below | families.fields
                continue
            row = cells if len(cells) == width else cells + [""] * (width - len(cells))
            fields = base.copy()
            try:
                if len(row) != width and self.sheet.exact:
                    self._refuse_shifted(row)
                for at, field_name, clean in direct:
                    if text := clean(row[at]):
                        fields[field_name] = text
                for at, field_name, memo in memos:
                    if text := memo[row[at]]:
                        fields[field_name] = text
                if fields.get("sex", "L") not in SEXES:
                    fields["sex_said"] = fields.pop("sex")
                kept = keep(fields, title, f"{name}!{number}" if name else str(number))
            except Faulty as fault:
                if self._is_header_again(row, number):
                    (direct, memos), width, title = self._readers(), self.header.width, self.header.title_of
                else:
                    self._refuse(row, number, fault.problem)
                continue
            found.person_rows += 1
            if kept:
                rows.append(Row(name, number, fields))
            if pending:
                self._flush(number)

    def _readers(self) -> tuple[list[tuple[int, str, Clean]], list[tuple[int, str, Memo]]]:
        """Return position, field and reader of each column: those in which hardly a cell comes twice, and the others.

        Columns stand in the layout's order in both, so that those which decide about a row come first.
        """
        order = {column.field: at for at, column in enumerate(self.header.layout.columns)}
        columns = sorted((one for one in self.header.columns if one[1].field), key=lambda one: order[one[1].field])
        memos = [
            (at, one.field, memo_for(ruled_by(one, self.codes), title, self.reading)) for at, one, title in columns
        ]
        direct = [(at, name, memo.clean) for at, name, memo in memos if not memo.limit]
        return direct, [one for one in memos if one[2].limit]

    def _take_family(self, families: Families, cells: Cells, number: int) -> bool:
        """Take a row if it speaks of a family, noting a KK number that is wrong."""
        taken = families.take(cells)
        if families.problem:
            self.found.note(self.sheet.name, number, families.problem)
        return taken

    def _refuse_shifted(self, row: Cells) -> None:
        """Refuse a row of a CSV that has more cells than the header, unless those beyond are empty."""
        if any(said(cell) for cell in row[self.header.width :]):
            raise Faulty(findings.CELLS_SHIFTED.at(found=len(row), expected=self.header.width))

    def _is_header_again(self, row: Cells, number: int) -> bool:
        """Whether a row repeats the header; where its columns stand elsewhere, they are read there from now on."""
        if any(cell[:1].isdigit() for cell in row) or not is_header(self.header, row):
            return False
        self.header = again(self.header, row, number)
        self._flush(number)
        return True

    def _refuse(self, row: Cells, number: int, problem: Problem) -> None:
        """Refuse a row, unless it is no row of data at all."""
        self._flush(number)
        filled = [text for cell in row if (text := said(cell))]
        if not filled or _counts_columns(filled):
            return
        if self._is_writing(row, filled):
            self.found.note(self.sheet.name, number, findings.ROW_SKIPPED.at())
            return
        self.found.person_rows += 1
        self.found.refused.append(RowProblem(self.sheet.name, number, problem))

    def _is_writing(self, row: Cells, filled: list[str]) -> bool:
        """Whether a row that cannot be read is a total, a signature or a remark, and nobody's row."""
        if header_key(filled[0].partition(":")[0]) in _TOTALS:
            return True
        if self.header.layout.kind == "list":
            spoken = {
                column.field
                for at, column, _ in self.header.columns
                if column.field in {"nik", "name"} and at < len(row) and said(row[at])
            }
            if not spoken:
                return True
            if spoken == {"nik"} and not any(cell.isdigit() for cell in filled[0]):
                return len(filled) <= _FEW_FILLED
        return len(filled) <= _FEW_FILLED and len(self.header.columns) >= _NARROW and not filled[0].isdigit()

    def _flush(self, number: int) -> None:
        """Turn what was noticed while reading a row into notes of that row."""
        for problem in self.reading.pending:
            self.found.note(self.sheet.name, number, problem)
        self.reading.pending.clear()


def _counts_columns(filled: list[str]) -> bool:
    """Whether a row only numbers the columns."""
    numbers = [text.strip("()").removeprefix("-") for text in filled]
    if len(numbers) < _NUMBERED or not all(text.isascii() and text.isdigit() for text in numbers):
        return False
    values = [int(text[:4]) for text in numbers]
    return all(after == before + 1 for before, after in pairwise(values))
