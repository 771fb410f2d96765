"""The three axes of one person on a day, kept apart: legal duty, state in the register, state of the recording.

Each says what is so, why and since when; all three are read off the same fold that counts
(`domain.coverage`), so that a person's page and a published number cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jemput.domain import recording, wording
from jemput.domain.coverage import KnownFact, Rule, Standing, standing
from jemput.domain.lampid import ELSEWHERE, STRUCK
from jemput.domain.people import ADULT_YEARS
from jemput.domain.problems import Text

RECORDING_YEARS = 16
"""Age from which a recording is allowed; the card comes at 17 or on marriage (Perpres 96/2018; domain guide)."""
ITAP_CODE = 2
NO_VOTE_WORDS = ("TNI", "TENTARA NASIONAL", "POLRI", "KEPOLISIAN")
"""Occupations whose holders do not vote (UU 7/2017 art. 200), as the register writes them."""
ALWAYS = 10**9
"""A batch and a place after all that the ledger can hold: as known now."""

State = Literal["active", "blocked", "dead", "moved", "struck", "unknown"]
STATES: dict[State, Text] = {
    "active": Text("aktif", "active"),
    "blocked": Text("diblokir", "blocked"),
    "dead": Text("meninggal", "dead"),
    "moved": Text("tinggal di luar kabupaten", "lives outside the regency"),
    "struck": Text("dihapus konsolidasi", "struck by the centre"),
    "unknown": Text("tidak ada di daftar", "not in the register"),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """The first axis: whether the law asks a card of the person as a resident here, why, and since when."""

    is_obliged: bool
    why: Text
    since: date | None
    adult_on: date | None
    may_record_from: date | None

    @property
    def verdict(self) -> Text:
        """The first words of the reason: obliged, not yet, not at all, not counted."""
        return Text(self.why.id.split(": ")[0].rstrip("."), self.why.en.split(": ")[0].rstrip("."))

    @property
    def because(self) -> Text:
        """The reason without its verdict."""
        return Text(self.why.id.split(": ")[-1], self.why.en.split(": ")[-1])


@dataclass(frozen=True, slots=True)
class Registry:
    """The second axis: what the register does with the person; `village` as in `Effects.home`."""

    state: State
    since: date | None
    village: int
    lives_there_since: date | None

    @property
    def title(self) -> Text:
        """The state in words."""
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class Recorded:
    """The third axis: the latest status (order as in `domain.recording`, None for none), and whether it counts."""

    status: int | None
    since: date | None
    counts: bool
    is_pemula: bool
    accepted: bool
    recorded_at: int | None

    @property
    def title(self) -> Text:
        """The status in words."""
        return status_title(self.status)


@dataclass(frozen=True, slots=True)
class Axes:
    """Where one person stands on a day."""

    on: date
    duty: Duty
    registry: Registry
    recorded: Recorded


def status_title(status: int | None) -> Text:
    """Return a folded status in words; none is not recorded, a code nobody knows says so."""
    if status is None:
        return recording.BY_ORDER[recording.UNREGISTERED].label
    if status == recording.UNKNOWN:
        return Text("kode tidak dikenal", "unknown code")
    return recording.BY_ORDER[status].label


def axes(known: Sequence[KnownFact], *, on: date, rule: Rule, batch: int = ALWAYS) -> Axes:
    """Return where a person stands on a day as known with a batch."""
    person = standing(known, on_day=on.toordinal(), batch=batch, rule=rule)
    since = _Since(known, person, on, batch, rule)
    return Axes(on, _duty(person, on, since), _registry(person, since), _recorded(person, on, rule, since))


class _Since:
    """Answers since when something has been so, walking back over the days on which anything changed."""

    def __init__(self, known: Sequence[KnownFact], now: Standing, on: date, batch: int, rule: Rule) -> None:
        today = on.toordinal()
        days = {fact.on_day for fact in known if fact.batch <= batch}
        days |= {fact.effects.adult_on for fact in known if fact.effects.adult_on is not None and fact.batch <= batch}
        earlier = sorted((day for day in days if day <= today), reverse=True)
        self._stages = [(day, standing(known, on_day=day, batch=batch, rule=rule)) for day in earlier]
        self._now = now
        self._today = today

    def when(self, what: Callable[[Standing, int], object]) -> date | None:
        """Return the first day of the present run of a value, None where no fact began it."""
        value = what(self._now, self._today)
        first = None
        for day, stage in self._stages:
            if what(stage, day) != value:
                break
            first = day
        return date.fromordinal(first) if first else None


def _duty(person: Standing, on: date, since: _Since) -> Duty:
    obliged = person.is_resident and person.owes(on.toordinal())
    adult_on = date.fromordinal(person.adult_on) if person.adult_on else None
    may_record = _years_before(adult_on, ADULT_YEARS - RECORDING_YEARS) if adult_on and person.citizen >= 1 else None
    began = None
    if obliged:
        married_on = since.when(lambda one, _: one.married) if person.married else None
        starts = [day for day in (adult_on, married_on) if day and day <= on]
        began = min(starts) if starts and person.citizen != ITAP_CODE else since.when(lambda one, day: one.owes(day))
    return Duty(obliged, _why(person, on, adult_on, began), began, adult_on, may_record)


def _why(person: Standing, on: date, adult_on: date | None, began: date | None) -> Text:
    """Return the reason of the duty, or of its absence, as a sentence."""
    if person.dead:
        return Text("Tidak wajib KTP: sudah meninggal.", "No duty: the person is dead.")
    if person.home == STRUCK:
        return Text("Tidak dihitung: datanya dihapus pusat.", "Not counted: the centre struck the record.")
    if person.home <= ELSEWHERE:
        return Text(
            "Bukan penduduk di sini: kewajibannya di tempat tinggalnya.",
            "No resident here: the duty is where the person lives.",
        )
    if person.citizen == 0:
        return Text("Tidak wajib KTP: orang asing tanpa ITAP.", "No duty: a foreigner without ITAP.")
    if person.owes(on.toordinal()):
        return _why_obliged(person, on, adult_on, began)
    if adult_on is None:
        return Text(
            "Belum dapat ditentukan: tanggal lahir tidak diketahui.", "Not to be told: the birth date is not known."
        )
    return Text(
        f"Belum wajib KTP: genap 17 tahun pada {wording.day(adult_on, 'id')}.",
        f"No duty yet: turns 17 on {wording.day(adult_on, 'en')}.",
    )


def _why_obliged(person: Standing, on: date, adult_on: date | None, began: date | None) -> Text:
    itap = person.citizen == ITAP_CODE
    who = Text(", orang asing pemegang ITAP", ", a foreigner with ITAP") if itap else Text("", "")
    if adult_on and person.is_adult(on.toordinal()) and not (person.married and began and began < adult_on):
        return Text(
            f"Wajib KTP: genap 17 tahun pada {wording.day(adult_on, 'id')}{who.id}.",
            f"Must hold a card: turned 17 on {wording.day(adult_on, 'en')}{who.en}.",
        )
    if began:
        return Text(
            f"Wajib KTP: kawin atau pernah kawin sejak {wording.day(began, 'id')}, sebelum 17 tahun{who.id}.",
            f"Must hold a card: is or was married since {wording.day(began, 'en')}, before 17{who.en}.",
        )
    return Text(f"Wajib KTP: kawin atau pernah kawin{who.id}.", f"Must hold a card: is or was married{who.en}.")


def _registry(person: Standing, since: _Since) -> Registry:
    return Registry(
        state_of(person),
        since.when(lambda one, _: state_of(one)),
        person.home,
        since.when(lambda one, _: one.home) if person.home > STRUCK else None,
    )


def state_of(person: Standing) -> State:
    """Return what the register does with a person."""
    return state(home=person.home, dead=bool(person.dead), blocked=bool(person.blocked))


def state(*, home: int, dead: bool, blocked: bool) -> State:
    """Return the state of whoever lives in `home` (as `Effects.home`); a death goes before all else, a block last."""
    if dead:
        return "dead"
    if home == STRUCK:
        return "struck"
    if home == ELSEWHERE:
        return "moved"
    if not home:
        return "unknown"
    return "blocked" if blocked else "active"


def _recorded(person: Standing, on: date, rule: Rule, since: _Since) -> Recorded:
    done = person.is_recorded(rule)
    return Recorded(
        person.status,
        since.when(lambda one, _: one.status) if person.status is not None else None,
        done,
        done and person.citizen >= 1 and not person.owes(on.toordinal()),
        person.accepted,
        person.recorded_at,
    )


@dataclass(frozen=True, slots=True)
class Vote:
    """Whether a person votes on a polling day by what is known, and why."""

    on: date
    may: bool
    why: Text


def vote(known: Sequence[KnownFact], *, polling_on: date, occupation: str, rule: Rule, batch: int = ALWAYS) -> Vote:
    """Return whether a person is a voter on a polling day (UU 7/2017 art. 198 and 200).

    A living citizen resident here, 17 on that day or ever married, neither in the army nor in the
    police; a foreigner with ITAP holds a card and is no voter.
    """
    person = standing(known, on_day=polling_on.toordinal(), batch=batch, rule=rule)
    no = _no_vote(person, polling_on, occupation)
    if no:
        return Vote(polling_on, False, no)
    if person.is_adult(polling_on.toordinal()):
        return Vote(polling_on, True, Text("17 tahun pada hari pemungutan suara", "17 on polling day"))
    return Vote(polling_on, True, Text("kawin atau pernah kawin", "is or was married"))


def _no_vote(person: Standing, polling_on: date, occupation: str) -> Text | None:
    if not person.is_resident:
        return Text("bukan penduduk pada hari itu", "no resident on that day")
    if person.citizen != 1:
        return Text("bukan warga negara Indonesia", "no Indonesian citizen")
    if any(word in occupation.upper() for word in NO_VOTE_WORDS):
        return Text("anggota TNI atau Polri", "in the army or the police")
    if not person.owes(polling_on.toordinal()):
        return Text("belum 17 tahun dan belum kawin pada hari itu", "neither 17 nor married on that day")
    return None


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)
