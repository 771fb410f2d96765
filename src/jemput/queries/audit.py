"""The audit trail as it is read: who did what, newest first, narrowed by person, kind, day and area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from jemput.domain.audit import Verb
from jemput.store.models import AuditLine


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; empty parts narrow nothing. `since` and `until` are days, both included."""

    actor: str = ""
    verb: Verb | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """One page of the trail and how many lines there are in all."""

    lines: list[AuditLine]
    total: int


def trail(wanted: Wanted, *, area: int | None, start: int = 0, length: int = 100) -> Trail:
    """Return lines newest first; `area` limits them to people who may see no more than that area."""
    found = _narrowed(wanted, area)
    return Trail(list(found.order_by("-id")[start : start + length]), found.count())


def actors() -> list[str]:
    """Return everybody the trail names."""
    return list(AuditLine.objects.order_by("actor").values_list("actor", flat=True).distinct())


def _narrowed(wanted: Wanted, area: int | None) -> QuerySet[AuditLine]:
    found = AuditLine.objects.all()
    if area is not None:
        found = found.filter(area__isnull=False).filter(_inside(area))
    if wanted.actor:
        found = found.filter(actor=wanted.actor)
    if wanted.verb:
        found = found.filter(verb=wanted.verb.value)
    if wanted.since:
        found = found.filter(at__gte=_midnight(wanted.since))
    if wanted.until and wanted.until < date.max:
        found = found.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.text:
        found = found.filter(Q(subject__icontains=wanted.text) | Q(reason__icontains=wanted.text))
    return found


def _inside(area: int) -> Q:
    digits = len(str(area))
    found = Q(area=area)
    for longer in (4, 6, 10):
        if longer > digits:
            scale = 10 ** (longer - digits)
            found |= Q(area__range=(area * scale, area * scale + scale - 1))
    return found


def _midnight(day: date) -> datetime:
    return make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware in the office's zone
