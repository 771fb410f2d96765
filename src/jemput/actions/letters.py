"""Make a letter of a visit: numbered without a gap, kept with its editable copy; the same words are not made twice.

What sets the type stands a floor above and is handed in as a function of the number, as for reports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jemput.actions.audit import Actor, note
from jemput.actions.numbering import next_serial
from jemput.domain.audit import Verb
from jemput.domain.reports import numbered
from jemput.queries.office import Office, setting
from jemput.store import blobs, ledger
from jemput.store.models import Letter


@dataclass(frozen=True, slots=True)
class Copies:
    """A letter set in type: its PDF, and the copy the office can edit."""

    pdf: bytes
    docx: bytes


Render = Callable[[str, Letter | None], Copies]
"""Sets a letter under its number (empty: it has none), saying which earlier one it replaces."""


def make_letter(
    visit: int,
    kind: str,
    digest: str,
    render: Render,
    *,
    is_numbered: bool,
    office: Office,
    actor: Actor,
    at: datetime,
) -> Letter:
    """Make a letter of a visit and return it; where the last of its kind says the same (`digest`), that one is returned.

    A letter that says otherwise than the last of its kind replaces it, and says so. Each letter made is audited `at` the true time.
    """
    with transaction.atomic():
        ledger.lock()
        last = Letter.objects.filter(visit_id=visit, kind=kind).order_by("-pk").first()
        if last is not None and last.digest == digest and blobs.is_whole(last.pdf) and blobs.is_whole(last.docx):
            return last
        year = office.today.year
        serial = next_serial(Letter.objects.all(), year, "letter_first") if is_numbered else None
        number = numbered(setting("letter_number"), serial, office.today) if serial else ""
        copies = render(number, last)
        made = Letter.objects.create(
            visit_id=visit,
            kind=kind,
            number=number,
            serial=serial,
            year=year,
            pdf=blobs.keep(copies.pdf),
            docx=blobs.keep(copies.docx),
            digest=digest,
            replaces=last,
            made_at=office.now,
            made_by=actor.name,
        )
        note(actor, Verb.LETTER_MADE, at=at, subject=f"{kind} {number} visit {visit}".replace("  ", " "))
    return made
