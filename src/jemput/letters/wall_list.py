"""The wall list: the names of a dusun as they are put up where people pass; never a NIK, a birth date or a reason.

A name on a wall is seen by everybody, so it goes up only where the village agreed, and nobody is on it whose record,
not whose person, is to be settled: the dead and those who moved are not waited for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import groupby

from jemput.domain import wording
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.sweep import NO_DUSUN, Left, district_of
from jemput.letters import typeset
from jemput.letters.letterhead import Letterhead

COLUMN_NAMES = 24
"""Names of a dusun from which they stand in two columns: what one column of a page holds with its head."""
OPENING = "Nama-nama berikut ditunggu untuk perekaman KTP-el. Bawa kartu keluarga (KK)."
CLOSING = "Sudah pindah atau sudah rekam? Beri tahu kepala dusun atau kantor desa. Daftar per {on}."
NO_CONSENT = ProblemKind(
    "wall_list_without_consent",
    Text(
        "Daftar tempel tidak dicetak: persetujuan {where} belum dicatat.",
        "No wall list is printed: the consent of {where} is not recorded.",
    ),
    Text(
        "Tanyakan kepada kepala desa, lalu catat siapa yang setuju dan kapan di halaman desanya.",
        "Ask the head of the village, then record who agreed and when on the page of the village.",
    ),
)
NOBODY = ProblemKind(
    "wall_list_of_nobody",
    Text("Tidak ada nama untuk ditempel di {where}.", "There is no name to put up in {where}."),
    Text("Pilih desa atau dusun yang masih punya sisa.", "Choose a village or dusun where somebody is left."),
)


def wall_people(people: Iterable[Left], consented: Iterable[int], *, where: Text) -> list[Left]:
    """Return whose names go up: those counted, in villages that agreed; refuse where none agreed or nobody is left."""
    allowed = set(consented)
    counted = [one for one in people if one.is_counted and one.chance is not None]
    if not counted:
        raise Refused(NOBODY.at(where=where.id))
    found = [one for one in counted if one.village in allowed]
    if not found:
        raise Refused(NO_CONSENT.at(where=where.id))
    return found


def set_pdf(
    people: Iterable[Left], names: Mapping[int, str], *, by_sheet: bool, head: Letterhead, on: date, made_at: datetime
) -> bytes:
    """Return the lists of some people's dusun as PDF/A, untagged so that it stays small.

    `by_sheet`: each dusun on a sheet of its own; else they are cut apart. `names`: of areas by number.
    """
    ordered = sorted(people, key=lambda one: (one.village, one.dusun, one.rt, one.name))
    villages = [
        {
            "name": _called(village, names),
            "dusun": [_dusun(*group) for group in groupby(held, key=lambda one: one.dusun)],
        }
        for village, held in groupby(ordered, key=lambda one: one.village)
    ]
    data = {
        "by_sheet": by_sheet,
        "paper": head.paper,
        "title": f"Daftar tempel, {wording.day(on, 'id')}",
        "office": head.office,
        "opening": OPENING,
        "closing": CLOSING.format(on=wording.day(on, "id")),
        "villages": villages,
    }
    return typeset.document("wall_list.typ", data, made_at=made_at, tagged=False)


def _dusun(name: str, held: Iterable[Left]) -> dict[str, object]:
    parts = [(f"RT {rt}" if rt else "", [one.name for one in group]) for rt, group in groupby(held, lambda one: one.rt)]
    return {
        "dusun": name or NO_DUSUN.id.capitalize(),
        "many": sum(len(called) + 1 for _, called in parts) > COLUMN_NAMES,
        "parts": parts,
    }


def _called(village: int, names: Mapping[int, str]) -> str:
    """Return a village with its kecamatan."""
    return ", ".join(names[number] for number in (village, district_of(village)) if number in names)
