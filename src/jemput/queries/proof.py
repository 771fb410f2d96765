"""A proof of a number: its figures, the ledger place and hash they were made at, and the rule.

Whoever holds the ledger can check it; whoever holds only the proof can show that it was not changed
since, because the chain's hash at that place commits to every fact before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import DatabaseError

from jemput.domain.coverage import RULE_VERSION, Figures, Rule
from jemput.domain.ids import area_number, area_text
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries import coverage
from jemput.queries.coverage import View
from jemput.queries.office import Office
from jemput.queries.tied import place_and_head
from jemput.store import bulk

FORMAT = "jemput-proof-1"
Count = Callable[[View, int | None], dict[int, Figures]]
NOT_A_PROOF = ProblemKind(
    "not_a_proof",
    Text("Berkas {file} tidak terbaca sebagai bukti.", "The file {file} cannot be read as a proof."),
    Text(
        "Pakai berkas yang diunduh di Rincian angka, atau dari `jemput count --proof`.",
        "Use a file downloaded from the bridge, or made by `jemput count --proof`.",
    ),
)
OTHER_RULE = ProblemKind(
    "proof_of_another_rule",
    Text(
        "Bukti ini dibuat dengan pengaturan hitung yang lain dari yang berlaku sekarang.",
        "This proof was made by other counting settings than those in force.",
    ),
    Text("Periksa dengan hitung ulang: jemput verify BERKAS.", "Check it by a recount: jemput verify FILE."),
)


def make(at: View, area: int | None, by_village: Mapping[int, Figures], here: Office) -> dict[str, Any]:
    """Return the proof of an area's figures in a view, as JSON values."""
    place, head = place_and_head(at)
    return {
        "format": FORMAT,
        "area": area_text(area) if area else "",
        "on": at.on.isoformat(),
        "as_known": at.known_on.isoformat(),
        "closed": at.closing is not None,
        "figures": asdict(coverage.total(by_village)),
        "villages": {area_text(village): asdict(figures) for village, figures in by_village.items()},
        "batch": at.batch,
        "place": place,
        "head": head,
        "rule": at.rule.as_json(),
        "made_on": here.today.isoformat(),
    }


def check(proof: Mapping[str, Any]) -> list[Text]:
    """Return what of a proof does not hold against this ledger, recounted from its facts; nothing where all of it does."""
    return _checked(proof, coverage.recount)


def compare(proof: Mapping[str, Any], here: Office) -> list[Text]:
    """Return the same against the figures the office keeps, which verification holds to a recount.

    A page has no time for a recount (15 s for 400,000 residents). Refuse a proof by another rule than the one in force.
    """

    def kept(at: View, area: int | None) -> dict[int, Figures]:
        if at.rule != here.rule:
            raise Refused(OTHER_RULE.at())
        return coverage.summed(at, area)

    return _checked(proof, kept)


def _checked(proof: Mapping[str, Any], count: Count) -> list[Text]:
    try:
        return _differences(proof, count)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, DatabaseError):
        return [Text("Berkas ini bukan bukti Jemput yang utuh.", "This file is not a whole proof of Jemput.")]


def _differences(proof: Mapping[str, Any], count: Count) -> list[Text]:
    if proof["format"] != FORMAT or proof["rule"]["version"] != RULE_VERSION:
        return [
            Text(
                "Bukti ini dibuat dengan aturan atau bentuk lain.",
                "This proof was made by another rule or in another form.",
            )
        ]
    found: list[Text] = []
    rows = bulk.select("SELECT hash FROM fact WHERE place = %s", [int(proof["place"])])
    if (bytes(rows[0][0]).hex() if rows else "") != proof["head"] or (not rows and int(proof["place"]) != 0):
        found.append(
            Text(
                f"Buku besar di tempat {proof['place']} bukan yang disebut bukti.",
                f"The ledger at place {proof['place']} is not the one the proof names.",
            )
        )
    area = area_number(proof["area"]) if proof["area"] else None
    if proof["area"] and area is None:
        raise ValueError(proof["area"])
    at = View(
        date.fromisoformat(proof["on"]),
        int(proof["batch"]),
        date.fromisoformat(proof["as_known"]),
        Rule.from_json(proof["rule"]),
    )
    counted = count(at, area)
    said = {area_number(kode): Figures(**figures) for kode, figures in proof["villages"].items()}
    if counted != said or asdict(coverage.total(counted)) != proof["figures"]:
        found.append(
            Text(
                "Angka di bukti bukan hasil hitung ulang dari buku besar.",
                "The figures of the proof are not what a recount of the ledger gives.",
            )
        )
    return found
