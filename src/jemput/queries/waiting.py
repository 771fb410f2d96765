"""What waits for somebody: each kind with its count and the page where it is worked off; nothing that is done.

A status waits from the age at which it is older than any recording was seen to take: capture to print-ready takes
a day to six months (field notes of Banyumas and Madiun, 2017). A failure waits from its first day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from jemput.domain import recording
from jemput.domain.claims import against_count
from jemput.domain.ids import area_text
from jemput.domain.outreach import OPEN_VISITS
from jemput.domain.problems import Text
from jemput.queries import backups, coverage, deadlines, jobs
from jemput.queries.office import Office
from jemput.queries.printed import Printed, printed
from jemput.store import bulk
from jemput.store.models import Conversation, Message, Proposal, Visit

SLOW_DAYS = 183
"""Six months."""
LATELY_DAYS = 28
"""Days for which a file with refused rows is called to mind: one month of reporting (our choice)."""
UNDER_WAY = tuple(one.order for one in recording.STATUSES if one.counts == "local")
FAILED = tuple(one.order for one in recording.STATUSES if one.counts in {"re-record", "re-send", "check", "duplicate"})
UNSETTLED = f"status IN ({', '.join(map(str, sorted(UNDER_WAY + FAILED)))})"
"""The condition of the index of migration 0007, word for word: SQLite takes a partial index for no other."""

PROPOSALS = Text("usulan belum dijawab", "proposals not answered")
UNCLOSED = Text("hitungan tanggal 28 belum ditutup", "counts of a 28th not closed")
PRINTED = Text("angka terbit berbeda dari hitungan", "printed figures differ from the count")
NO_BACKUP = Text("cadangan harian belum dibuat", "the daily backup is missing")
UNSOUND = Text("temuan pemeriksaan buku besar", "findings of the check of the ledger")
REFUSED = Text("berkas 28 hari terakhir dengan baris ditolak", "files of the last 28 days with refused rows")
SLOW = Text("perekaman lebih dari 6 bulan belum sampai siap cetak", "recordings on their way for more than 6 months")
ANSWERS = Text("jawaban desa belum dibaca", "answers of villages not read")
UNPLACED = Text("pesan yang belum jelas dari desa mana", "messages that belong to no conversation yet")
UNSENT = Text("pesan gagal terkirim", "messages that could not be sent")
REMIND = Text("desa yang perlu diingatkan", "villages to be reminded")
REQUESTED = Text("permintaan kunjungan dari desa", "visits asked for by villages")
UNREPORTED = Text("kunjungan yang lewat tanpa berita acara", "visits gone by without minutes")
BROKEN = Text("perekaman gagal, ganda, atau minta diperiksa", "recordings failed, double, or to be checked")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of work that waits: what it is, how many, and the name of the page where it is done."""

    code: str
    title: Text
    count: int
    page: str
    query: Mapping[str, str] = field(default_factory=dict)


def waiting(area: int | None, here: Office, *, clock: datetime) -> list[Waiting]:
    """Return what waits in an area, the most pressing first; kinds of which nothing waits are left out.

    `clock` is the true time: jobs and backups live by it where a demo's office lives on another day.
    """
    missing = deadlines.unclosed(here.today)
    slow, broken = _statuses(area, here)
    within = {"area": area_text(area)} if area else {}
    found = [
        Waiting("unclosed", UNCLOSED, len(missing), "close-count", {"on": missing[0].isoformat()} if missing else {}),
        Waiting("backup", NO_BACKUP, _backups_missing(area, here, clock), "backups"),
        Waiting("unsound", UNSOUND, jobs.unsound() if area == here.area else 0, "backups"),
        Waiting("refused", REFUSED, _with_refusals(area, clock), "imports"),
        *_talks(area, here),
        *_visits(area, here),
        Waiting("proposals", PROPOSALS, _proposals(area), "proposals", within),
        Waiting("printed", PRINTED, len(_differing(area, here)), "printed"),
        Waiting("failed", BROKEN, broken, "statuses", within | {"status": "failed"}),
        Waiting("slow", SLOW, slow, "statuses", within | {"status": "slow"}),
    ]
    return [one for one in found if one.count]


def _proposals(area: int | None) -> int:
    return Proposal.objects.filter(state="open", village__range=coverage.span(area)).count()


def _talks(area: int | None, here: Office) -> list[Waiting]:
    """Return what waits in the conversations with villages."""
    within = {"area": area_text(area)} if area else {}
    mine = Conversation.objects.filter(village__range=coverage.span(area), closed_at__isnull=True)
    unplaced = Message.objects.filter(direction="in", conversation__isnull=True, state="received")
    whose = Q(conversation__village__range=coverage.span(area))
    whose = whose | Q(conversation=None) if area == here.area else whose
    unsent = Message.objects.filter(whose, direction="out", state__in=("failed", "unsure"))
    still = Q(visit=None) | Q(visit__state__in=OPEN_VISITS)
    due = mine.filter(still, state="asked", remind_at__lte=here.now)
    return [
        Waiting("answers", ANSWERS, mine.filter(unread=True).count(), "talks", within),
        Waiting("unplaced", UNPLACED, unplaced.count() if area == here.area else 0, "talks"),
        Waiting("unsent", UNSENT, unsent.count(), "talks", within),
        Waiting("remind", REMIND, due.count(), "talks", within),
    ]


def _visits(area: int | None, here: Office) -> list[Waiting]:
    """Return what waits among the visits: wishes of villages, and days gone by whose outcome nobody wrote down."""
    within = {"area": area_text(area)} if area else {}
    mine = Visit.objects.filter(village__range=coverage.span(area))
    gone = mine.filter(state="confirmed", on__lt=here.today)
    return [
        Waiting("requested", REQUESTED, mine.filter(state="requested").count(), "visits", within),
        Waiting("unreported", UNREPORTED, gone.count(), "visits", within),
    ]


def _with_refusals(area: int | None, clock: datetime) -> int:
    """Return how many files were imported lately with rows refused."""
    return jobs.with_refusals(area, since=clock - timedelta(days=LATELY_DAYS))


def _backups_missing(area: int | None, here: Office, clock: datetime) -> int:
    """Return 1 where the daily backup is missing; it is the whole office's."""
    return int(area == here.area and backups.standing(clock).is_overdue)


def _statuses(area: int | None, here: Office) -> tuple[int, int]:
    """Return how many residents have a recording on its way for too long, and how many one that failed."""
    low, high = coverage.span(area)
    old = (here.today - timedelta(days=SLOW_DAYS)).toordinal()
    under_way = ", ".join(map(str, UNDER_WAY))
    rows = bulk.select(
        f"SELECT coalesce(sum(CASE WHEN status IN ({under_way}) THEN CASE WHEN status_day < %s THEN 1 ELSE 0 END END), 0),"
        f" coalesce(sum(CASE WHEN status IN ({under_way}) THEN 0 ELSE 1 END), 0)"
        f" FROM person WHERE {UNSETTLED} AND dead_day IS NULL AND village BETWEEN %s AND %s",
        [old, low, high],
    )
    slow, failed = rows[0]
    return int(slow), int(failed)


def _differing(area: int | None, here: Office) -> list[Printed]:
    """Return the statements about an area whose figures are not those of the count of their day."""
    found = []
    for one in printed(here):
        if one.area != (area or here.area):
            continue
        at = coverage.view(one.on, as_known=None, rule=here.rule)
        figures = coverage.total(coverage.villages(at, one.area, rule_in_force=here.rule))
        counted = {"wajib": figures.id_obligated, "recorded": figures.recorded, "remaining": figures.unrecorded}
        if against_count(one.claim, **counted):
            found.append(one)
    return found
