"""The legal effect of each fact, once, in integers that every engine compares alike.

Days are proleptic ordinals (`date.toordinal`), villages are area numbers, the seventeenth birthday
is computed here and nowhere else. Who must hold a card: a living resident citizen, or foreigner
with ITAP, who is 17 or is or was married (UU 24/2013 art. 63).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from jemput.domain import facts, recording
from jemput.domain.facts import Said
from jemput.domain.ids import area_number, village_range
from jemput.domain.people import CITIZENSHIPS, EVER_MARRIED, ITAP, MARITAL, WNI, folded, seventeenth_birthday

ELSEWHERE = 1
"""`home` of somebody known here who lives outside the regency (moved out, or recorded as a guest)."""
STRUCK = 2
"""`home` of a record the centre removed or merged into another."""

CITIZEN_CODES = {WNI: 1, ITAP: 2}
FOREIGNER = 0


class Effects(NamedTuple):
    """What a fact changes from its day on; None leaves the state as it was.

    home: village number, ELSEWHERE or STRUCK · adult_on: ordinal of the 17th birthday ·
    citizen: 0 foreigner, 1 WNI, 2 ITAP · married: ever married 0/1 · dead: 1 · blocked: 0/1 ·
    status: order of the recording status (0 unknown) · recorded_at: where the recording was
    made, as ten digits (a district's office is its code followed by 0000), or ELSEWHERE where only that is known.
    """

    home: int | None = None
    adult_on: int | None = None
    citizen: int | None = None
    married: int | None = None
    dead: int | None = None
    blocked: int | None = None
    status: int | None = None
    recorded_at: int | None = None


NONE = Effects()
_FIXED = {
    facts.MATI: Effects(dead=1),
    facts.PINDAH: Effects(home=ELSEWHERE),
    facts.BLOCKED: Effects(blocked=1),
    facts.REACTIVATED: Effects(blocked=0),
    facts.KONSOLIDASI_REMOVED: Effects(home=STRUCK),
    facts.KONSOLIDASI_MERGED: Effects(home=STRUCK),
}


def effects(kind: str, said: Said) -> Effects:
    """Return the legal effect of a fact of `kind` that says `said`."""
    if fixed := _FIXED.get(kind):
        return fixed
    if kind == facts.REKAM:
        return _recording(said)
    if kind == facts.KAWIN:
        return Effects(married=1)
    if kind in facts.RESIDENCE_KINDS:
        return _biodata(said, home=area_number(str(said["village"])))
    if kind == facts.BIODATA_CHANGED:
        return _biodata(said, home=None)
    return NONE


def _biodata(said: Said, *, home: int | None) -> Effects:
    """Return what biodata changes. A person of whose citizenship no fact speaks is counted as WNI by the fold."""
    born_on = said.get("born_on")
    citizenship = said.get("citizenship")
    marital = said.get("marital")
    return Effects(
        home=home,
        adult_on=seventeenth_birthday(date.fromisoformat(str(born_on))).toordinal() if born_on else None,
        citizen=_citizen(str(citizenship)) if citizenship else None,
        married=_ever_married(str(marital)) if marital else None,
    )


@lru_cache(maxsize=1024)
def _citizen(citizenship: str) -> int:
    """Return the code of a citizenship; a foreigner counts only where the paper says ITAP."""
    return CITIZEN_CODES.get(folded(CITIZENSHIPS, citizenship), FOREIGNER)


@lru_cache(maxsize=1024)
def _ever_married(marital: str) -> int | None:
    """Return 1 or 0 for a marital status, None for one the table does not hold."""
    status = folded(MARITAL, marital)
    if status in EVER_MARRIED:
        return 1
    return 0 if status in MARITAL.values() else None


def _recording(said: Said) -> Effects:
    """Return the effect of a recording status; a guest lives elsewhere until a fact says otherwise."""
    place = area_number(str(said.get("recorded_at", "")))
    guest = _biodata(said, home=ELSEWHERE) if said.get("guest") else NONE
    away = ELSEWHERE if said.get("elsewhere") else None
    return guest._replace(
        status=recording.fold(str(said["status"])),
        recorded_at=village_range(place)[0] if place else away,
    )
