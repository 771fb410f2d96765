"""Reports that were made: which, with which number, tied to which count, and the signed copies that came back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from jemput.domain.ids import village_range
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.reports import FormValue, Kind, SignedFinding
from jemput.store import blobs, models

FILE_DAMAGED = ProblemKind(
    "report_file_damaged",
    Text(
        "Berkas {sha256} hilang atau rusak di tempat penyimpanan.",
        "The file {sha256} is gone or damaged where it was kept.",
    ),
    Text("Pulihkan dari cadangan.", "Restore it from a backup."),
)


@dataclass(frozen=True, slots=True)
class Signed:
    """One signed copy as it came back."""

    id: int
    name: str
    size: int
    sha256: str
    findings: tuple[SignedFinding, ...]
    received_at: datetime
    received_by: str


@dataclass(frozen=True, slots=True)
class Made:
    """One report as it was made; `files` are its files by suffix ("pdf", "xlsx", …) with their sha256."""

    id: int
    kind: Kind
    area: int | None
    on: date
    closed_on: date | None
    place: int
    head: str
    number: str
    form: dict[str, FormValue]
    made_at: datetime
    made_by: str
    files: dict[str, str]
    signed: tuple[Signed, ...]


def made(*, within: int | None = None, limit: int | None = None) -> list[Made]:
    """Return the reports of an area and what lies in it, the newest first."""
    found = models.Report.objects.order_by("-id")
    if within:
        found = _within(found, within)
    rows = found.prefetch_related("files", "signed")
    return [_made(row) for row in (rows[:limit] if limit else rows)]


def one(number: int, *, within: int | None = None) -> Made | None:
    """Return a report, None where there is none in the area."""
    found = models.Report.objects.filter(pk=number)
    if within:
        found = _within(found, within)
    row = found.prefetch_related("files", "signed").first()
    return _made(row) if row else None


def content(sha256: str) -> bytes:
    """Return the bytes of a file of a report, or of a signed copy, as they were kept; refuse where the disk lost them."""
    try:
        return blobs.read(sha256)
    except blobs.Damaged:
        raise Refused(FILE_DAMAGED.at(sha256=sha256[:16])) from None


def damaged() -> list[str]:
    """Return the sha256 of every file of a report or a letter, and of every signed copy, that is gone or changed on the disk."""
    tables = (models.Report, models.ReportFile, models.SignedCopy)
    kept = {sha256 for table in tables for sha256 in table.objects.values_list("sha256", flat=True)}
    kept |= {sha256 for pair in models.Letter.objects.values_list("pdf", "docx") for sha256 in pair if sha256}
    return sorted(sha256 for sha256 in kept if not blobs.is_whole(sha256))


def belongs_to(signed: bytes) -> int | None:
    """Return the report a signed file begins with byte for byte, None where it begins with none."""
    digests: dict[int, str] = {}
    running = hashlib.sha256()
    read = 0
    for size in models.Report.objects.filter(size__lte=len(signed)).order_by("size").values_list("size", flat=True):
        if size not in digests:
            running.update(signed[read:size])
            digests[size] = running.hexdigest()
            read = size
    candidates = models.Report.objects.filter(sha256__in=digests.values()).order_by("-size", "-id")
    return next((row.pk for row in candidates if digests.get(row.size) == row.sha256), None)


def _within(found: QuerySet[models.Report], area: int) -> QuerySet[models.Report]:
    """Keep the reports of an area and of what lies in it; one of the whole office lies in none."""
    low, high = village_range(area)
    inside = [one for one in found.values_list("area", flat=True).distinct() if one and _lies(one, low, high)]
    return found.filter(area__in=inside)


def _lies(area: int, low: int, high: int) -> bool:
    first, last = village_range(area)
    return low <= first and last <= high


def _made(row: models.Report) -> Made:
    return Made(
        id=row.pk,
        kind=row.kind,  # type: ignore[arg-type]  # written from a Kind
        area=row.area,
        on=row.on,
        closed_on=row.closed_on,
        place=row.place,
        head=row.head,
        number=row.number,
        form=row.form,
        made_at=row.made_at,
        made_by=row.made_by,
        files={"pdf": row.sha256} | {file.suffix: file.sha256 for file in row.files.all()},
        signed=tuple(
            Signed(copy.pk, copy.name, copy.size, copy.sha256, tuple(copy.findings), copy.received_at, copy.received_by)
            for copy in sorted(row.signed.all(), key=lambda copy: copy.pk)
        ),
    )
