"""What a fact may not contradict, whichever way it comes in: by file or by hand.

An unknown NIK, another's name, a second death, an arrival of the dead, a village that is not the
office's, a reversal of what cannot be taken back: refused with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jemput.actions.taking import NO_VILLAGE, OUTSIDE, name_conflict
from jemput.domain import facts, ids
from jemput.domain.people import name_key
from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.queries.register import Known

NIK_UNKNOWN = ProblemKind(
    "nik_unknown",
    Text("NIK {nik} tidak ada di daftar kantor.", "NIK {nik} is not in the office's register."),
    Text(
        "Periksa NIK; orang baru masuk sebagai lahir atau datang.",
        "Check the NIK; a new person comes in as a birth or an arrival.",
    ),
)
ALREADY_DEAD = ProblemKind(
    "already_dead",
    Text("{name} sudah tercatat meninggal.", "{name} is already recorded as dead."),
    Text(
        "Bila kematian itu keliru, batalkan dahulu peristiwanya (batal).",
        "If that death is a mistake, reverse it first (batal).",
    ),
)
ALREADY_RESIDENT = ProblemKind(
    "already_resident",
    Text("NIK {nik} sudah terdaftar sebagai penduduk.", "NIK {nik} is already registered as a resident."),
    Text("Untuk pindah antardesa pakai pindah_dalam.", "For a move between villages use pindah_dalam."),
)
ALREADY_REVERSED = ProblemKind(
    "already_reversed",
    Text(
        "Peristiwa {id} sudah dibatalkan, atau ia sendiri pembatalan.",
        "Event {id} is already reversed, or is itself a reversal.",
    ),
    Text("Catat peristiwanya sebagai peristiwa baru.", "Enter the event as a new event."),
)
MERGED_INTO_UNKNOWN = ProblemKind(
    "merged_into_unknown",
    Text("NIK tujuan penggabungan {nik} tidak ada di daftar.", "The NIK merged into, {nik}, is not in the register."),
    Text("Periksa kolom gabung_ke.", "Check the column gabung_ke."),
)

BRINGS_PERSON = frozenset({facts.LAHIR, facts.DATANG, facts.REGISTERED, facts.KONSOLIDASI_ADDED})


def contradiction(
    kind: str, fields: Mapping[str, str], known: Known | None, *, area: int | None, is_known: Callable[[str], bool]
) -> Problem | None:
    """Return why a fact contradicts what is known, or None.

    `fields` say what the fact says, `known` is who holds its NIK, `is_known` tells whether somebody holds a NIK.
    """
    nik = fields.get("nik", "")
    if known is None:
        stranger = kind in BRINGS_PERSON or (kind == facts.REKAM and "name" in fields)
        if not stranger or (kind == facts.DATANG and "name" not in fields):
            return NIK_UNKNOWN.at("nik", nik=ids.mask(nik))
    else:
        if "name" in fields and kind != facts.BIODATA_CHANGED and name_key(fields["name"]) != known.name_key:
            return name_conflict(known, fields["name"])
        if known.dead and kind in BRINGS_PERSON | {facts.MATI}:
            return ALREADY_DEAD.at("nik", name=known.name)
        if kind in {facts.LAHIR, facts.REGISTERED}:
            return ALREADY_RESIDENT.at("nik", nik=ids.mask(nik))
    if kind == facts.KONSOLIDASI_MERGED and not is_known(fields["merged_into"]):
        return MERGED_INTO_UNKNOWN.at("gabung_ke", nik=ids.mask(fields["merged_into"]))
    if kind in facts.RESIDENCE_KINDS:
        return village_problem(fields, area)
    return None


def village_problem(fields: Mapping[str, str], area: int | None) -> Problem | None:
    """Return why a fact cannot put somebody into the village it names, or None."""
    village = ids.area_number(fields.get("village", ""))
    if village is None or len(str(village)) != ids.VILLAGE_DIGITS:
        return NO_VILLAGE.at("desa", found=fields.get("village", "-"))
    if area:
        low, high = ids.village_range(area)
        if not low <= village <= high:
            return OUTSIDE.at("desa", village=ids.area_text(village), area=ids.area_text(area))
    return None


def irreversible(kind: str, reversed_by: object, *, called: str) -> Problem | None:
    """Return why a fact cannot be taken back (it is already, or it is a reversal or a closed count), or None."""
    if reversed_by is not None or kind in {facts.REVERSED, facts.COUNT_CLOSED}:
        return ALREADY_REVERSED.at("batal", id=called)
    return None
