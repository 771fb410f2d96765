"""What a registrar should doubt before a fact is saved: it may be true, but it contradicts what is known or usual.

Doubts never refuse. Ages and days have their source in law; whoever enters the fact decides, with
the paper in hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from jemput.domain import facts, recording, wording
from jemput.domain.axes import ALWAYS, RECORDING_YEARS, STATES, state_of
from jemput.domain.biodata import ToldFact, entry_on
from jemput.domain.coverage import Rule, Standing, standing
from jemput.domain.facts import NewFact
from jemput.domain.ids import LENGTH, WOMEN_DAY_OFFSET, Nik, area_number, area_text, nik_sex
from jemput.domain.lampid import ELSEWHERE, STRUCK
from jemput.domain.legal_effect import LegalEffect
from jemput.domain.people import EVER_MARRIED, MARITAL, folded
from jemput.domain.problems import Problem, ProblemKind, Text

MARRIAGE_YEARS = 19
"""Least age of both at marriage; below it a court's dispensation is needed (UU 16/2019 art. 7)."""
OLDEST_YEARS = 110
"""An age above this is asked about (our choice: older residents are mostly deaths nobody reported)."""
REPORT_DAYS = {facts.LAHIR: 60, facts.MATI: 30, facts.KAWIN: 60}
"""Days within which a birth, a death and a marriage are to be reported (UU 24/2013 art. 27, 44, 34)."""

RECORDED_AFTER_DEATH = ProblemKind(
    "doubt_recorded_after_death",
    Text(
        "Ada perekaman ({status}) pada {on_id}, sesudah tanggal meninggal.",
        "A recording ({status}) of {on_en} lies after the death.",
    ),
    Text(
        "Periksa tanggal pada akta kematian; mungkin orang lain yang direkam atau yang meninggal.",
        "Check the date on the death certificate; somebody else may have been recorded, or have died.",
    ),
)
DEAD_THEN = ProblemKind(
    "doubt_dead_then",
    Text(
        "Orang ini tercatat meninggal pada {on_id}; fakta ini tidak menambah angka.",
        "This person is recorded as dead on {on_en}; the fact adds to no figure.",
    ),
    Text("Bila kematian itu keliru, batalkan dahulu.", "If that death is a mistake, reverse it first."),
)
MARRIED_YOUNG = ProblemKind(
    "doubt_married_young",
    Text(
        "Umurnya {age} tahun pada hari perkawinan; di bawah {least} tahun perlu dispensasi pengadilan (UU 16/2019).",
        "{age} years old on the wedding day; below {least} a court's dispensation is needed (UU 16/2019).",
    ),
    Text(
        "Sebut nomor penetapan dispensasinya sebagai dokumen.", "Name the number of the court's decision as document."
    ),
)
MARRIED_ALREADY = ProblemKind(
    "doubt_married_already",
    Text("Sudah tercatat kawin atau pernah kawin.", "Already recorded as married, now or before."),
    Text("Pastikan ini perkawinan berikutnya.", "Make sure that this is a further marriage."),
)
RECORDED_ELSEWHERE = ProblemKind(
    "doubt_lives_elsewhere",
    Text("Orang ini tercatat tinggal di luar kabupaten.", "This person is recorded as living outside the regency."),
    Text(
        "Bila sudah kembali, catat dahulu kedatangannya; bila tidak, perekaman dihitung di tempat rekam saja.",
        "If they are back, enter the arrival first; if not, the recording counts where it was made only.",
    ),
)
STATE_ALREADY = ProblemKind(
    "doubt_state_already",
    Text(
        "Pada hari itu keadaannya sudah demikian: {state_id}.",
        "On that day this is already how it stands: {state_en}.",
    ),
    Text("Periksa tanggalnya, atau jangan simpan.", "Check the day, or do not save."),
)
SAME_VILLAGE = ProblemKind(
    "doubt_same_village",
    Text("Desanya sama dengan yang sekarang: {village}.", "The village is the one they live in: {village}."),
    Text(
        "Pindah rumah di desa yang sama dicatat sebagai perubahan biodata (alamat, RT, RW).",
        "A move inside a village is a change of biodata (address, RT, RW).",
    ),
)
NOT_RESIDENT = ProblemKind(
    "doubt_not_resident",
    Text("Pada hari itu orang ini bukan penduduk di sini.", "On that day this person was no resident here."),
    Text("Yang kembali dari luar dicatat sebagai datang.", "Whoever comes back from outside is entered as an arrival."),
)
NIK_OTHER_BIRTH = ProblemKind(
    "doubt_nik_birth",
    Text(
        "Tanggal lahir di dalam NIK ({found}) lain dari {born_id}.",
        "The birth date inside the NIK ({found}) is not {born_en}.",
    ),
    Text(
        "Periksa ke KK; NIK tidak berubah walau tanggal lahir dikoreksi.",
        "Check the family card; a NIK stays although a birth date is corrected.",
    ),
)
NIK_OTHER_SEX = ProblemKind(
    "doubt_nik_sex",
    Text(
        "Menurut NIK ini {found}; isiannya {said} (perempuan: hari lahir + 40).",
        "By its NIK this is {found}; the form says {said} (women: day of birth + 40).",
    ),
    Text("Periksa ke KK.", "Check the family card."),
)
REPORTED_LATE = ProblemKind(
    "doubt_reported_late",
    Text(
        "Dilaporkan {days} hari sesudahnya, melewati {limit} hari.",
        "Reported {days} days later, past the {limit} days.",
    ),
    Text(
        "Tetap dicatat dengan tanggal kejadian; angka 28 yang sudah ditutup tidak berubah.",
        "It is entered with its own day all the same; closed 28ths do not change.",
    ),
)
TOO_OLD = ProblemKind(
    "doubt_too_old",
    Text("Umurnya menjadi {age} tahun.", "The age becomes {age} years."),
    Text("Periksa tahun lahirnya.", "Check the year of birth."),
)
TOO_YOUNG = ProblemKind(
    "doubt_recorded_young",
    Text(
        "Umurnya {age} tahun pada hari itu; perekaman boleh sejak {least} tahun.",
        "{age} years old on that day; recording is allowed from {least}.",
    ),
    Text("Periksa tanggal rekam dan orangnya.", "Check the day of the recording, and the person."),
)
STATUS_UNKNOWN = ProblemKind(
    "doubt_status_unknown",
    Text(
        "Kode status “{found}” tidak dikenal: disimpan, tidak dihitung.",
        "The status code “{found}” is not known: it is kept and does not count.",
    ),
    Text("Pilih dari daftar bila salah ketik.", "Choose one from the list if it is a slip."),
)
HEAD_LEAVES = ProblemKind(
    "doubt_head_leaves",
    Text("Orang ini kepala keluarga di KK-nya.", "This person is the head of the family on its card."),
    Text(
        "KK anggota yang tinggal perlu kepala keluarga baru (perubahan biodata).",
        "The card of those who stay needs a new head (change of biodata).",
    ),
)
LEAVES_REGISTER = ProblemKind(
    "doubt_leaves_register",
    Text(
        "Sesudah ini tidak ada fakta yang menempatkan orang ini di desa mana pun.",
        "After this no fact places the person in any village.",
    ),
    Text(
        "Catat pendaftaran, kelahiran atau kedatangan yang benar sesudahnya.",
        "Enter the right registration, birth or arrival afterwards.",
    ),
)
CHANGES_NOTHING = ProblemKind(
    "doubt_changes_nothing",
    Text(
        "Tidak mengubah apa pun hari ini: fakta lain yang lebih baru tetap berlaku, atau memang sudah begitu.",
        "It changes nothing today: a later fact goes on holding, or it already is so.",
    ),
    Text("Periksa tanggal berlakunya.", "Check the day it holds from."),
)


def doubts(
    known: Sequence[ToldFact], new: Sequence[NewFact], effect: LegalEffect, *, today: date, rule: Rule
) -> tuple[Problem, ...]:
    """Return what is doubtful about the new facts of one person, in the light of what is known."""
    found: list[Problem] = []
    for fact in new:
        day = fact.on.toordinal()
        person = standing(known, on_day=day, batch=ALWAYS, rule=rule)
        biodata = entry_on(known, on_day=max(day, today.toordinal())).biodata | dict(fact.said)
        born = _born(biodata)
        found += _of_state(fact, person, known)
        found += _of_age(fact, born, today)
        found += _of_nik(fact, biodata, born)
        found += _of_house(fact, biodata)
        limit = REPORT_DAYS.get(fact.kind)
        late = ((fact.reported_on or today) - fact.on).days
        if limit and late > limit:
            found.append(REPORTED_LATE.at(days=late, limit=limit))
    if any(fact.kind == facts.REVERSED for fact in new) and effect.after.registry.state == "unknown":
        found.append(LEAVES_REGISTER.at())
    if effect.changes_nothing:
        found.append(CHANGES_NOTHING.at())
    return tuple(found)


def _of_state(fact: NewFact, person: Standing, known: Sequence[ToldFact]) -> Iterator[Problem]:
    dead_day = entry_on(known, on_day=fact.on.toordinal()).dead_day
    if dead_day and fact.kind not in {facts.REVERSED, facts.MATI}:
        yield DEAD_THEN.at("", **_day(date.fromordinal(dead_day)))
    if fact.kind == facts.MATI:
        yield from _recordings_after(fact, known)
    if fact.kind == facts.REKAM:
        yield from _of_recording(fact, person)
    if fact.kind == facts.KAWIN and person.married:
        yield MARRIED_ALREADY.at()
    if fact.kind == facts.RESIDENCE_CHANGED:
        yield from _of_move(fact, person)
    if fact.kind == facts.PINDAH and not person.home:
        yield NOT_RESIDENT.at()
    already = _already(fact.kind, person)
    if already:
        yield STATE_ALREADY.at(state_id=already.id, state_en=already.en)


def _already(kind: str, person: Standing) -> Text | None:
    """Return the state a fact would bring about where it is there already."""
    if kind == facts.PINDAH and person.home == ELSEWHERE:
        return STATES["moved"]
    if kind == facts.DATANG and person.is_resident:
        return Text("penduduk di sini", "resident here")
    if kind == facts.BLOCKED and person.blocked:
        return STATES["blocked"]
    if kind == facts.REACTIVATED and not person.blocked:
        return STATES["active"]
    return None


def _of_recording(fact: NewFact, person: Standing) -> Iterator[Problem]:
    if state_of(person) in {"moved", "struck"} and not fact.said.get("guest"):
        yield RECORDED_ELSEWHERE.at()
    if recording.fold(str(fact.said["status"])) == recording.UNKNOWN:
        yield STATUS_UNKNOWN.at(found=str(fact.said["status"])[:40])


def _of_move(fact: NewFact, person: Standing) -> Iterator[Problem]:
    village = area_number(str(fact.said["village"]))
    if village == person.home:
        yield SAME_VILLAGE.at(village=area_text(person.home))
    elif person.home in {0, ELSEWHERE, STRUCK}:
        yield NOT_RESIDENT.at()


def _recordings_after(fact: NewFact, known: Sequence[ToldFact]) -> Iterator[Problem]:
    gone = {one.reverses for one in known}
    later = [
        one
        for one in known
        if one.kind == facts.REKAM
        and one.place not in gone
        and one.on_day > fact.on.toordinal()
        and one.effects.status != recording.UNREGISTERED
    ]
    if later:
        last = max(later, key=lambda one: one.on_day)
        yield RECORDED_AFTER_DEATH.at("", status=str(last.said["status"]), **_day(date.fromordinal(last.on_day)))


def _of_age(fact: NewFact, born: date | None, today: date) -> Iterator[Problem]:
    if born is None or born > fact.on:
        return
    age = years_between(born, fact.on)
    marries = fact.kind == facts.KAWIN or (
        fact.kind == facts.BIODATA_CHANGED and folded(MARITAL, str(fact.said.get("marital", ""))) in EVER_MARRIED
    )
    if marries and age < MARRIAGE_YEARS:
        yield MARRIED_YOUNG.at(age=age, least=MARRIAGE_YEARS)
    if fact.kind == facts.REKAM and age < RECORDING_YEARS:
        yield TOO_YOUNG.at(age=age, least=RECORDING_YEARS)
    if "born_on" in fact.said and years_between(born, today) > OLDEST_YEARS:
        yield TOO_OLD.at(age=years_between(born, today))


def _of_nik(fact: NewFact, biodata: dict[str, object], born: date | None) -> Iterator[Problem]:
    nik = str(biodata.get("nik", ""))
    if not {"nik", "born_on", "sex"} & set(fact.said) or len(nik) != LENGTH or not nik.isdigit():
        return
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    day -= WOMEN_DAY_OFFSET if day > WOMEN_DAY_OFFSET else 0
    if born and (day, month, year) != (born.day, born.month, born.year % 100):
        found = f"{day:02}-{month:02}-{year:02}"
        yield NIK_OTHER_BIRTH.at(found=found, born_id=wording.day(born, "id"), born_en=wording.day(born, "en"))
    sex = str(biodata.get("sex", ""))
    if sex in {"L", "P"} and nik_sex(Nik(nik)) != sex:
        yield NIK_OTHER_SEX.at(found=nik_sex(Nik(nik)), said=sex)


def _of_house(fact: NewFact, biodata: dict[str, object]) -> Iterator[Problem]:
    if fact.kind in {facts.MATI, facts.PINDAH} and biodata.get("role") == "kepala keluarga" and biodata.get("no_kk"):
        yield HEAD_LEAVES.at()


def _born(biodata: dict[str, object]) -> date | None:
    said = biodata.get("born_on")
    return date.fromisoformat(str(said)) if said else None


def years_between(born: date, on: date) -> int:
    """Return the completed years from a birth to a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _day(on: date) -> dict[str, object]:
    return {"on_id": wording.day(on, "id"), "on_en": wording.day(on, "en")}
