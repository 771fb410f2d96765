"""Visits as they stand: the list of an area, one with its people, what does not fit in it, its history, trips of a month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from jemput.domain.holidays import holiday
from jemput.domain.ids import area_text, mask, village_range
from jemput.domain.outreach import OPEN_VISITS
from jemput.domain.places import distance_km
from jemput.domain.problems import Problem
from jemput.domain.slots import expected_of
from jemput.domain.visit_findings import FAR_KM, Neighbour, Plan, findings
from jemput.domain.visits import team_members, team_names
from jemput.queries import people, places
from jemput.queries.office import Office, holidays, polling_day
from jemput.store import bulk, models

SUGGESTED = 8
"""Neighbours offered: a village of Musi Rawas touches five others in the mean (522 edges, 199 villages; data/musi-rawas)."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit; `expected` is people likely to come (said by the office, else 0.8 of those invited), `outcomes` how many are known."""

    id: int
    place_kind: str
    village: int
    settlement: int | None
    settlement_name: str
    place: str
    on: date | None
    starts: str
    ends: str
    team: str
    sets: int
    state: str
    reason: str
    requested_by: str
    request_note: str
    invited: int
    outcomes: int
    expected_said: int | None
    came: int | None
    recorded: int | None
    minutes: str
    closed_at: datetime | None
    closed_by: str
    made_at: datetime
    made_by: str

    @property
    def expected(self) -> int:
        """How many are likely to come."""
        return expected_of(self.invited) if self.expected_said is None else self.expected_said

    @property
    def place_name(self) -> str:
        """Where it is, as far as that has a name of its own."""
        return self.place or self.settlement_name

    @property
    def is_open(self) -> bool:
        """Whether it is still to be held."""
        return self.state in OPEN_VISITS


@dataclass(frozen=True, slots=True)
class Invited:
    """One person of a visit, NIK masked; `village` as the register has it now."""

    person: int
    name: str
    nik: str
    village: int
    dusun: str
    rt: str
    rw: str
    slot: str
    outcome: str
    note: str
    outcome_by: str


@dataclass(frozen=True, slots=True)
class Nearby:
    """A village near another: name, kilometres in a straight line (None: no point), whether it is this office's."""

    village: int
    name: str
    km: float | None
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a visit's history."""

    field: str
    old: str
    new: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation about a visit: its code and state, the other day the village named, when it was asked and answered."""

    code: str
    state: str
    day: str
    asked_at: datetime | None
    remind_at: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which visits: of an area, in states (none: every one), in a month of a year, with somebody on the list."""

    area: int | None = None
    states: Collection[str] = ()
    month: date | None = None
    person: int | None = None


def visits(wanted: Wanted, *, limit: int | None = None) -> list[Visit]:
    """Return visits by day, those without a day first; the newest of a day last."""
    found = _matching(wanted).order_by("on", "starts", "pk")
    undated = found.filter(on=None)
    dated = found.exclude(on=None)
    return [*_read(undated[:limit] if limit else undated), *_read(dated[:limit] if limit else dated)]


def as_guest(village: int) -> list[Visit]:
    """Return the visits elsewhere that a village was invited to, by day, those without a day last."""
    return _read(models.Visit.objects.filter(neighbours__village=village).order_by("on", "pk"))


def at_settlements(numbers: Collection[int]) -> list[Visit]:
    """Return the visits to any of these settlements, the newest first."""
    return _read(models.Visit.objects.filter(settlement__in=numbers).order_by("-on", "-pk"))


def requests(area: int | None) -> list[Visit]:
    """Return what villages wished for and nobody has answered, the oldest first."""
    return _read(_matching(Wanted(area, {"requested"})).order_by("made_at", "pk"))


def one(number: int, *, within: int | None = None) -> Visit | None:
    """Return a visit, None where there is none in the area."""
    return next(iter(_read(_matching(Wanted(within)).filter(pk=number))), None)


def invited(number: int) -> list[Invited]:
    """Return the people of a visit by slot, village, dusun and name."""
    rows = {row.person: row for row in models.VisitPerson.objects.filter(visit_id=number)}
    known = [
        Invited(
            one.id,
            one.name,
            mask(one.nik),
            one.village,
            one.dusun,
            one.rt,
            one.rw,
            rows[one.id].slot,
            rows[one.id].outcome,
            rows[one.id].note,
            rows[one.id].outcome_by,
        )
        for one in people.by_id(rows)
    ]
    return sorted(known, key=lambda one: one.slot)


def neighbours(visit: Visit, here: Office) -> list[Nearby]:
    """Return the villages a visit hosts, the nearest first."""
    numbers = models.VisitVillage.objects.filter(visit_id=visit.id).values_list("village", flat=True)
    return _near(visit.village, list(numbers), here)


def suggested(
    village: int, here: Office, *, within: int | None, but: Collection[int] = (), count: int = SUGGESTED
) -> list[Nearby]:
    """Return the villages of an area nearest to one, by their points, none farther than findings would allow."""
    ours = [one.number for one in places.villages(within, here.today)] if within else []
    near = _near(village, [number for number in ours if number != village and number not in but], here)
    return [one for one in near if one.km is not None and one.km <= FAR_KM][:count]


def findings_of(visit: Visit, here: Office) -> list[Problem]:
    """Return what the office should know of a visit as it stands."""
    rows = models.VisitPerson.objects.filter(visit_id=visit.id)
    outcomes = Counter(rows.exclude(outcome="").values_list("outcome", flat=True))
    slots = [slot for slot in rows.values_list("slot", flat=True).distinct() if slot]
    near = [Neighbour(one.name, one.km, one.is_ours) for one in neighbours(visit, here)]
    plan = Plan(
        state=visit.state,
        place_kind=visit.place_kind,
        has_place=bool(visit.place_name),
        on=visit.on,
        today=here.today,
        starts=visit.starts,
        ends=visit.ends,
        sets=visit.sets,
        team=visit.team,
        invited=visit.invited,
        expected=visit.expected,
        holiday=holiday(visit.on, holidays(), polling_day()) if visit.on else None,
        clashes=_clashes(visit),
        doubles=_doubles(visit),
        neighbours=near,
        slots=slots,
        came=visit.came,
        recorded=visit.recorded,
        outcomes=outcomes,
        has_minutes=bool(visit.minutes),
    )
    return findings(plan)


def history(number: int) -> list[Change]:
    """Return what was changed of a visit, the newest first."""
    rows = models.PaperChange.objects.filter(paper="visit", number=number).order_by("-pk")
    return [Change(*row) for row in rows.values_list("field", "old", "new", "changed_at", "changed_by")]


def months(area: int | None) -> list[date]:
    """Return the first days of the months that have visits, the newest first."""
    return list(_matching(Wanted(area)).exclude(on=None).dates("on", "month", order="DESC"))


def talks(number: int) -> list[Talk]:
    """Return what is talked over with the village about a visit, the newest first."""
    rows = models.Conversation.objects.filter(visit_id=number).order_by("-pk")
    return [Talk(*row) for row in rows.values_list("code", "state", "day", "asked_at", "remind_at", "answered_at")]


def trips_made(after: date, until: date, area: int | None) -> list[Visit]:
    """Return the closed visits later than `after` and not later than `until`, by day: a month's line of the report."""
    return _read(_matching(Wanted(area, {"done"})).filter(on__gt=after, on__lte=until).order_by("on", "pk"))


def last_visits(villages: Iterable[int]) -> dict[int, Visit]:
    """Return the last closed visit each of these villages hosted."""
    found: dict[int, Visit] = {}
    for part in bulk.chunks(set(villages)):
        rows = models.Visit.objects.filter(village__in=part, state="done", on__isnull=False).order_by("on", "pk")
        found |= {visit.village: visit for visit in _read(rows)}
    return found


def _matching(wanted: Wanted) -> QuerySet[models.Visit]:
    found = models.Visit.objects.all()
    if wanted.area:
        found = found.filter(village__range=village_range(wanted.area))
    if wanted.states:
        found = found.filter(state__in=list(wanted.states))
    if wanted.month:
        found = found.filter(on__year=wanted.month.year, on__month=wanted.month.month)
    if wanted.person is not None:
        found = found.filter(pk__in=models.VisitPerson.objects.filter(person=wanted.person).values("visit_id"))
    return found


def _read(found: QuerySet[models.Visit]) -> list[Visit]:
    rows = found.select_related("settlement").annotate(
        invited=Count("people"), known=Count("people", filter=~Q(people__outcome=""))
    )
    return [
        Visit(
            id=row.pk,
            place_kind=row.place_kind,
            village=row.village,
            settlement=row.settlement_id,
            settlement_name=row.settlement.name if row.settlement else "",
            place=row.place,
            on=row.on,
            starts=row.starts,
            ends=row.ends,
            team=row.team,
            sets=row.sets,
            state=row.state,
            reason=row.reason,
            requested_by=row.requested_by,
            request_note=row.request_note,
            invited=row.invited,
            outcomes=row.known,
            expected_said=row.expected,
            came=row.came,
            recorded=row.recorded,
            minutes=row.minutes,
            closed_at=row.closed_at,
            closed_by=row.closed_by,
            made_at=row.made_at,
            made_by=row.made_by,
        )
        for row in rows
    ]


def _near(village: int, others: Sequence[int], here: Office) -> list[Nearby]:
    points = places.points(here.area)
    missing = [number for number in (village, *others) if number not in points]
    points |= places.points_of(missing) if missing else {}
    names = places.names_of(others, here.today)
    found = [
        Nearby(
            number,
            names.get(number, area_text(number)),
            distance_km(points[village], points[number]) if village in points and number in points else None,
            here.area is None or str(number).startswith(str(here.area)),
        )
        for number in others
    ]
    return sorted(found, key=lambda one: (one.km is None, one.km or 0.0, one.village))


def _clashes(visit: Visit) -> list[tuple[str, int, str]]:
    """Return which of a visit's team is at another open visit that day, with its number and place."""
    mine = team_members(visit.team)
    if visit.on is None or not mine:
        return []
    others = models.Visit.objects.filter(on=visit.on, state__in=OPEN_VISITS).exclude(pk=visit.id).order_by("pk")
    said = [(one, mine & team_members(one.team)) for one in others]
    names = places.names_of([one.village for one, _ in said], visit.on)
    return [
        (", ".join(sorted(_as_typed(visit.team, both))), one.pk, one.place or names.get(one.village, ""))
        for one, both in said
        if both
    ]


def _as_typed(team: str, members: Collection[str]) -> list[str]:
    title, names = team_names(team)
    return [word for word in (title, *names) if word.casefold() in members]


def _doubles(visit: Visit) -> dict[int, int]:
    mine = models.VisitPerson.objects.filter(visit_id=visit.id).values("person")
    rows = (
        models.VisitPerson.objects.filter(visit__state__in=OPEN_VISITS, person__in=mine, outcome="")
        .exclude(visit_id=visit.id)
        .values_list("visit_id")
        .annotate(Count("pk"))
    )
    return dict(rows)
