"""Note in the audit trail who did what, when, from where, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jemput.domain import ids
from jemput.domain.audit import Verb
from jemput.store.models import AuditLine

LONGEST = 500
"""Characters kept of a reason or a subject: a sentence, not a file."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the name they signed in with, their role, the address they came from, the area they may see."""

    name: str
    role: str
    address: str = ""
    area: int | None = None


def note(actor: Actor, verb: Verb, *, at: datetime, subject: str = "", reason: str = "") -> None:
    """Write one line of the audit trail; a NIK typed anywhere is masked before it is kept."""
    AuditLine.objects.create(
        at=at,
        actor=ids.mask_within(actor.name)[:LONGEST],
        role=actor.role,
        address=actor.address,
        verb=verb.value,
        subject=ids.mask_within(subject)[:LONGEST],
        reason=ids.mask_within(reason)[:LONGEST],
        area=actor.area,
    )
