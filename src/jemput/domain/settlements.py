"""Settlements: dusun, rompok and estate camps below a village. A rompok has no code and never gets one here."""

from __future__ import annotations

from jemput.domain.places import POINT_HALF, point_problem
from jemput.domain.problems import Problem, ProblemKind, Text

SETTLEMENT_KINDS = {
    "dusun": Text("dusun", "hamlet"),
    "rompok": Text("rompok", "huts in a plantation"),
    "camp": Text("kamp kebun", "estate camp"),
}

KIND_UNKNOWN = ProblemKind(
    "settlement_kind_unknown",
    Text("“{found}” bukan jenis permukiman.", "“{found}” is no kind of settlement."),
    Text("Pilih: {kinds}.", "Choose one of: {kinds}."),
)
SETTLEMENT_NAMELESS = ProblemKind(
    "settlement_nameless",
    Text("Permukiman tanpa nama.", "The settlement has no name."),
    Text("Isi nama yang dipakai orang di sana.", "Fill in the name people there use."),
)
PEOPLE_NEGATIVE = ProblemKind(
    "people_negative",
    Text("Perkiraan {found} orang tidak mungkin.", "An estimate of {found} people cannot be."),
    Text("Isi nol atau lebih, atau kosongkan.", "Fill in zero or more, or leave it empty."),
)


def settlement_problems(
    *, kind: str, name: str, lat: float | None, lng: float | None, estimated_people: int | None
) -> list[Problem]:
    """Return everything that keeps a settlement out."""
    found = []
    if kind not in SETTLEMENT_KINDS:
        found.append(KIND_UNKNOWN.at("kind", found=kind, kinds=", ".join(SETTLEMENT_KINDS)))
    if not any(map(str.isalnum, name)):
        found.append(SETTLEMENT_NAMELESS.at("name"))
    if lat is not None and lng is not None:
        found += [problem] if (problem := point_problem(lat, lng)) else []
    elif lat is not None or lng is not None:
        found.append(POINT_HALF.at("lat/lng"))
    if estimated_people is not None and estimated_people < 0:
        found.append(PEOPLE_NEGATIVE.at("estimated_people", found=estimated_people))
    return found
