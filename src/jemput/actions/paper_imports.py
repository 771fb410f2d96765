"""Files of working papers: taken once, told what they did to which rows, taken back once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from django.db import transaction

from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.rows import RowProblem
from jemput.queries.office import Office
from jemput.store.models import PaperImport

OTHER_AREA = ProblemKind(
    "import_other_area",
    Text("Desa ini di luar wilayah Anda.", "This village lies outside your area."),
    Text("Minta petugas wilayah itu mengimpornya.", "Ask an officer of that area to import it."),
)
NO_SUCH_IMPORT = ProblemKind(
    "no_such_paper_import",
    Text("Impor nomor {number} tidak ada atau sudah dibatalkan.", "Import {number} is not there or was taken back."),
    Text("Muat ulang halamannya.", "Load the page again."),
)


@dataclass(slots=True)
class Tally:
    """What a file does: rows it adds, fields it changes as [row, field, before, after], rows it leaves or cannot be taken.

    `number` is the import it was kept as, None for a trial or where nothing was new.
    """

    added: list[int] = field(default_factory=list)
    changed: list[tuple[int, str, object, object]] = field(default_factory=list)
    unchanged: int = 0
    refused: list[RowProblem] = field(default_factory=list)
    number: int | None = None

    @property
    def rows_changed(self) -> int:
        """How many rows it changes."""
        return len({row for row, *_ in self.changed})

    @property
    def does_nothing(self) -> bool:
        """Whether there is nothing to keep of it."""
        return not self.added and not self.changed


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: which table it is for, its sender's name of it, the sha256 of its bytes, and who brings it.

    `refused` are the rows its reading left out.
    """

    paper: str
    name: str
    digest: str
    by: str
    refused: Sequence[RowProblem] = ()


class Placed(Protocol):
    """A row of a file: where it stands in it."""

    @property
    def sheet(self) -> str:
        """Its sheet."""

    @property
    def row(self) -> int:
        """Its number as a spreadsheet counts."""


Row = TypeVar("Row", bound=Placed)


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking an import back did: rows withdrawn, fields put back, and those left because something came after."""

    withdrawn: int
    put_back: int
    left: int


def take(
    upload: Upload,
    rows: Sequence[Row],
    take_row: Callable[[Row, Tally], None],
    *,
    office: Office,
    dry_run: bool,
    may_see: Callable[[Row], bool],
) -> Tally:
    """Take the rows of a file one by one and say what that did; a row that is refused stays out, a trial keeps nothing.

    A file of bytes that were taken in whole before, and stand, changes nothing, whatever was changed by hand since.
    """
    tally = Tally(refused=list(upload.refused))
    whole = PaperImport.objects.filter(paper=upload.paper, digest=upload.digest, undone_at=None, refused=0)
    if whole.exists():
        tally.unchanged = len(rows)
        return tally
    with transaction.atomic():
        for row in rows:
            try:
                if not may_see(row):
                    raise Refused(OTHER_AREA.at("desa"))
                take_row(row, tally)
            except Refused as found:
                tally.refused += [RowProblem(row.sheet, row.row, problem) for problem in found.problems]
        tally.refused.sort(key=lambda one: (one.sheet, one.row))
        if dry_run:
            transaction.set_rollback(True)
        elif not tally.does_nothing:
            made = PaperImport.objects.create(
                paper=upload.paper,
                name=upload.name,
                digest=upload.digest,
                added=tally.added,
                changed=[list(one) for one in tally.changed],
                refused=len(tally.refused),
                taken_at=office.now,
                taken_by=upload.by,
            )
            tally.number = made.pk
    return tally


def close(paper: str, number: int, *, office: Office, by: str) -> PaperImport:
    """Mark an import as taken back and return it; refuse one that is not there or was taken back."""
    standing = PaperImport.objects.filter(pk=number, paper=paper, undone_at=None)
    if not standing.update(undone_at=office.now, undone_by=by):
        raise Refused(NO_SUCH_IMPORT.at("number", number=number))
    return PaperImport.objects.get(pk=number)
