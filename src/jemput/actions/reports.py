"""Make a report and number it, and take its signed copy back untouched.

What sets the type stands a floor above and is handed in as a function of the number, so that a number
is given only where a document came of it: numbers have no gap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from jemput.actions.numbering import next_serial
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.reports import NUMBERED, FormValue, Kind, numbered, signed_findings
from jemput.queries import reports
from jemput.queries.coverage import Closing
from jemput.queries.office import Office, setting
from jemput.queries.tied import Tie
from jemput.store import blobs, ledger
from jemput.store.models import Report, ReportFile, SignedCopy

LARGEST_SIGNED = 25_000_000
"""Bytes: what common mail takes, and ten times our longest report; a signature adds less than 100 kB."""

NO_SUCH_REPORT = ProblemKind(
    "no_such_report",
    Text("Laporan {id} tidak ada.", "There is no report {id}."),
    Text("Lihat daftarnya di halaman Laporan.", "See the list on the page Laporan."),
)
NOT_A_PDF = ProblemKind(
    "signed_not_a_pdf",
    Text("Berkas {name} bukan PDF.", "The file {name} is no PDF."),
    Text(
        "Unggah berkas PDF yang kembali dari penandatanganan.", "Upload the PDF file that came back from the signing."
    ),
)
TOO_LARGE = ProblemKind(
    "signed_too_large",
    Text("Berkas {name} lebih besar dari {most} MB.", "The file {name} is larger than {most} MB."),
    Text("Unggah berkas PDF yang ditandatangani, bukan hasil pindaian.", "Upload the PDF that was signed, not a scan."),
)
BELONGS_NOWHERE = ProblemKind(
    "signed_belongs_nowhere",
    Text(
        "Berkas {name} tidak dimulai dengan laporan mana pun yang dibuat di sini.",
        "The file {name} begins with no report made here.",
    ),
    Text(
        "Buka laporannya dan unggah di sana; temuannya akan disebut.",
        "Open the report and upload it there; what was found will be said.",
    ),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a report is of, before it is made; `closing` is the closed count it is tied to, where it is."""

    kind: Kind
    on: date
    tie: Tie
    closing: Closing | None = None
    form: Mapping[str, FormValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A report set in type: the document, and files beside it by suffix ("xlsx", "png")."""

    pdf: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)


def make(
    draft: Draft, render: Callable[[str], Rendered], *, office: Office, said_by: str = "", key: str | None = None
) -> Report:
    """Make a report: give it the next number of the year, set it, keep its files; return it.

    `key` names what was asked for: sent twice, it is the report made first.
    """
    with transaction.atomic():
        ledger.lock()
        if key and (held := Report.objects.filter(key=key).first()):
            return held
        serial = (
            next_serial(Report.objects.all(), office.today.year, "report_first") if draft.kind in NUMBERED else None
        )
        number = numbered(setting("report_number"), serial, office.today) if serial else ""
        rendered = render(number)
        made = Report.objects.create(
            key=key or None,
            kind=draft.kind,
            area=draft.tie.area,
            on=draft.on,
            closed_on=draft.closing.on if draft.closing else None,
            digest=draft.closing.digest if draft.closing else "",
            place=draft.tie.place,
            head=draft.tie.head,
            rule_version=draft.tie.rule_version,
            year=office.today.year,
            serial=serial,
            number=number,
            form=dict(draft.form),
            sha256=blobs.keep(rendered.pdf),
            size=len(rendered.pdf),
            made_at=office.now,
            made_by=said_by,
        )
        for suffix, content in rendered.files.items():
            ReportFile.objects.create(report=made, suffix=suffix, sha256=blobs.keep(content), size=len(content))
    return made


def attach_signed(
    content: bytes, *, name: str, office: Office, report: int | None = None, said_by: str = ""
) -> SignedCopy:
    """Keep a signed file byte for byte with the report it belongs to, and what was seen in it.

    Without `report` it goes to the report it begins with. Refuse what is no PDF, too large, or begins with
    no report; the same file twice is kept once.
    """
    if len(content) > LARGEST_SIGNED:
        raise Refused(TOO_LARGE.at(name=name, most=LARGEST_SIGNED // 1_000_000))
    if not content.startswith(b"%PDF-"):
        raise Refused(NOT_A_PDF.at(name=name))
    number = report if report is not None else reports.belongs_to(content)
    if number is None:
        raise Refused(BELONGS_NOWHERE.at(name=name))
    with transaction.atomic():
        ledger.lock()
        owner = Report.objects.filter(pk=number).first()
        if owner is None:
            raise Refused(NO_SUCH_REPORT.at(id=number))
        findings = signed_findings(reports.content(owner.sha256), content)
        copy, _ = SignedCopy.objects.get_or_create(
            report=owner,
            sha256=blobs.keep(content),
            defaults={
                "size": len(content),
                "name": name,
                "findings": findings,
                "received_at": office.now,
                "received_by": said_by,
            },
        )
    return copy
