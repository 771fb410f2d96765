"""What does not fit in a plan of a visit, or in what was reported of one: findings in words, never refusals.

The office decides; a finding names what it should know before it does, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jemput.domain import wording
from jemput.domain.outreach import OPEN_VISITS
from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.domain.slots import STARTS, capacity, ends_of
from jemput.domain.visits import PLACED

FAR_KM = 15.0
"""Straight line from a neighbour's point to the host's. Our choice: villages lie 25 km from the office in the median,
and a neighbour that has to travel more than half of that gains nothing by being hosted."""
LEAD_DAYS = 3
"""Our choice: letters go to the kades through the camat, and that takes days."""

NO_PLACE = ProblemKind(
    "visit_finding_no_place",
    Text("Tempatnya belum disebut.", "Its place is not named yet."),
    Text("Tulis nama tempatnya, atau pilih permukimannya.", "Write the name of the place, or choose the settlement."),
)
NO_DAY = ProblemKind(
    "visit_finding_no_day",
    Text("Tanggalnya belum ada.", "It has no day yet."),
    Text("Sepakati tanggalnya dengan desa.", "Agree on a day with the village."),
)
DAY_PAST = ProblemKind(
    "visit_finding_day_past",
    Text(
        "Harinya, {on}, sudah lewat dan kunjungannya belum ditutup.", "Its day, {on_en}, went by and it is not closed."
    ),
    Text(
        "Tutup dengan angka yang sebenarnya, pindahkan, atau batalkan.",
        "Close it with the real numbers, move or cancel it.",
    ),
)
SHORT_NOTICE = ProblemKind(
    "visit_finding_short_notice",
    Text("Tinggal {days} hari dan desa belum menyetujui.", "{days} days are left and the village has not agreed."),
    Text("Telepon kadesnya hari ini.", "Call the head of village today."),
)
HOLIDAY = ProblemKind(
    "visit_finding_holiday",
    Text("{on} adalah {name}.", "{on_en} is {name_en}."),
    Text(
        "Pastikan desa tetap menerima, atau pilih hari lain.",
        "Make sure the village still receives you, or choose another day.",
    ),
)
NO_TEAM = ProblemKind(
    "visit_finding_no_team",
    Text("Timnya belum ditentukan.", "It has no team yet."),
    Text("Isi timnya; surat tugas menyebutnya.", "Fill in the team; the letter of assignment names it."),
)
TEAM_TWICE = ProblemKind(
    "visit_finding_team_twice",
    Text(
        "{who} pada hari itu juga di kunjungan {other} ({place}).",
        "{who} is also at visit {other} ({place}) on that day.",
    ),
    Text("Ganti timnya atau harinya.", "Change the team or the day."),
)
INVITED_TWICE = ProblemKind(
    "visit_finding_invited_twice",
    Text(
        "{count} orang juga diundang ke kunjungan {others} yang masih terbuka.",
        "{count} people are also invited to the open visit {others}.",
    ),
    Text("Lepaskan mereka dari salah satunya.", "Take them off one of the two."),
)
NOBODY_INVITED = ProblemKind(
    "visit_finding_nobody",
    Text("Belum ada orang yang diundang.", "Nobody is invited yet."),
    Text("Pilih orangnya di Penyisiran, atau tambahkan di sini.", "Choose the people in the sweep, or add them here."),
)
NEIGHBOUR_FAR = ProblemKind(
    "visit_finding_far",
    Text(
        "{village} {km} km dari tempat kunjungan (garis lurus).",
        "{village} lies {km} km from the visit (straight line).",
    ),
    Text("Kunjungi sendiri, atau pastikan ada angkutannya.", "Visit it by itself, or make sure there is transport."),
)
NEIGHBOUR_OUTSIDE = ProblemKind(
    "visit_finding_outside",
    Text("{village} di luar wilayah kantor ini.", "{village} lies outside this office's area."),
    Text(
        "Orangnya direkam untuk kantor lain: sepakati dahulu dengan kantor itu.",
        "Its people are recorded for another office: agree with that office first.",
    ),
)
TOO_MANY = ProblemKind(
    "visit_finding_too_many",
    Text(
        "Diperkirakan datang {expected} orang; {sets} alat rekam melayani paling banyak {most} antara {starts} dan {ends}.",
        "{expected} people are likely to come; {sets} sets serve at most {most} between {starts} and {ends}.",
    ),
    Text(
        "Tambah alat, perpanjang jamnya, atau bagi menjadi dua hari.",
        "Bring more sets, stay longer, or make it two days.",
    ),
)
LATE_SLOTS = ProblemKind(
    "visit_finding_late_slots",
    Text(
        "Giliran terakhir selesai {last}, sesudah kunjungan berakhir ({ends}).",
        "The last slot ends at {last}, after the visit ({ends}).",
    ),
    Text(
        "Tambah alat atau perpanjang jamnya; surat undangan menyebut jam itu.",
        "Bring more sets or stay longer; the invitation prints these times.",
    ),
)
MORE_RECORDED = ProblemKind(
    "visit_finding_more_recorded",
    Text(
        "Direkam {recorded} orang, lebih dari yang datang ({came}).",
        "{recorded} were recorded, more than came ({came}).",
    ),
    Text("Periksa kedua angkanya dengan daftar hadir.", "Check both numbers with the attendance list."),
)
FEWER_OUTCOMES = ProblemKind(
    "visit_finding_fewer_outcomes",
    Text(
        "{left} dari {invited} orang yang diundang belum ada hasilnya.",
        "{left} of the {invited} people invited have no outcome yet.",
    ),
    Text("Isi hasil tiap orang; “tidak datang” juga hasil.", "Fill in the outcome of each; “did not come” is one too."),
)
OUTCOMES_SAY_MORE = ProblemKind(
    "visit_finding_outcomes_more",
    Text(
        "Hasil per orang menyebut {named} direkam, angka penutupnya {recorded}.",
        "The outcomes name {named} recorded, the closing number is {recorded}.",
    ),
    Text("Periksa hasil tiap orang atau angkanya.", "Check the outcomes or the number."),
)
NO_MINUTES = ProblemKind(
    "visit_finding_no_minutes",
    Text("Berita acaranya belum menyebut apa yang terjadi.", "The minutes do not say what happened."),
    Text("Tulis satu atau dua kalimat.", "Write a sentence or two."),
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A neighbouring village that is invited: its name, how far from the host in km (None: no point), whether it is ours."""

    name: str
    km: float | None
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a visit's findings are made of, already looked up.

    `clashes` are members of the team with the other visit of the day and its place; `doubles` is how many people are
    invited to which other open visit; `slots` are the beginnings of the slots given.
    """

    state: str
    place_kind: str
    has_place: bool
    on: date | None
    today: date
    starts: str
    ends: str
    sets: int
    team: str
    invited: int
    expected: int
    holiday: Text | None = None
    clashes: Sequence[tuple[str, int, str]] = ()
    doubles: Mapping[int, int] = field(default_factory=dict)
    neighbours: Sequence[Neighbour] = ()
    slots: Sequence[str] = ()
    came: int | None = None
    recorded: int | None = None
    outcomes: Mapping[str, int] = field(default_factory=dict)
    has_minutes: bool = False


def findings(plan: Plan) -> list[Problem]:
    """Return what the office should know of a visit as it stands: while it is open of the plan, once done of the result."""
    if plan.state == "done":
        return _of_result(plan)
    if plan.state not in OPEN_VISITS:
        return []
    found = [*_of_place(plan), *_of_day(plan), *_of_team(plan), *_of_people(plan)]
    return found + (_of_result(plan) if any(plan.outcomes.values()) and plan.came is not None else [])


def _of_place(plan: Plan) -> list[Problem]:
    found = []
    if not plan.has_place and (plan.place_kind in PLACED or plan.place_kind == "rompok"):
        found.append(NO_PLACE.at("place"))
    for one in plan.neighbours:
        if not one.is_ours:
            found.append(NEIGHBOUR_OUTSIDE.at("neighbours", village=one.name))
        elif one.km is not None and one.km > FAR_KM:
            found.append(NEIGHBOUR_FAR.at("neighbours", village=one.name, km=round(one.km)))
    return found


def _of_day(plan: Plan) -> list[Problem]:
    if plan.on is None:
        return [NO_DAY.at("on")]
    said = {"on": wording.day(plan.on, "id"), "on_en": wording.day(plan.on, "en")}
    if plan.on < plan.today:
        return [DAY_PAST.at("on", **said)]
    found = []
    if plan.holiday:
        found.append(HOLIDAY.at("on", name=plan.holiday.id, name_en=plan.holiday.en, **said))
    days = (plan.on - plan.today).days
    if days <= LEAD_DAYS and plan.state != "confirmed":
        found.append(SHORT_NOTICE.at("state", days=days))
    return found


def _of_team(plan: Plan) -> list[Problem]:
    if not plan.team.strip():
        return [NO_TEAM.at("team")]
    return [TEAM_TWICE.at("team", who=who, other=other, place=place) for who, other, place in plan.clashes]


def _of_people(plan: Plan) -> list[Problem]:
    if not plan.invited:
        return [NOBODY_INVITED.at("people")]
    found = [INVITED_TWICE.at("people", count=count, others=other) for other, count in sorted(plan.doubles.items())]
    if plan.ends:
        starts = plan.starts or STARTS
        most = capacity(starts=starts, ends=plan.ends, on=plan.on, sets=plan.sets)
        if plan.expected > most:
            found.append(
                TOO_MANY.at("people", expected=plan.expected, sets=plan.sets, most=most, starts=starts, ends=plan.ends)
            )
        last = ends_of(dict(enumerate(plan.slots)))
        if last > plan.ends:
            found.append(LATE_SLOTS.at("people", last=last, ends=plan.ends))
    return found


def _of_result(plan: Plan) -> list[Problem]:
    found = []
    came, recorded = plan.came, plan.recorded
    if came is not None and recorded is not None and recorded > came:
        found.append(MORE_RECORDED.at("recorded", recorded=recorded, came=came))
    known = sum(plan.outcomes.values())
    if known < plan.invited:
        found.append(FEWER_OUTCOMES.at("outcome", left=plan.invited - known, invited=plan.invited))
    named = plan.outcomes.get("recorded", 0)
    if recorded is not None and named > recorded:
        found.append(OUTCOMES_SAY_MORE.at("recorded", named=named, recorded=recorded))
    if not plan.has_minutes:
        found.append(NO_MINUTES.at("minutes"))
    return found
