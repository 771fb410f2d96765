"""A proof of a number: its figures, the ledger place and hash they were made at, and the rule.

Whoever holds the ledger can check it; whoever holds only the proof can show that it was not changed
since, because the chain's hash at that place commits to every fact before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import DatabaseError

from jemput.domain.coverage import RULE_VERSION, Figures, Rule
from jemput.domain.ids import area_number, area_text
from jemput.domain.problems import Text
from jemput.queries import coverage
from jemput.queries.coverage import View
from jemput.queries.office import Office
from jemput.queries.tied import place_and_head
from jemput.store import bulk

FORMAT = "jemput-proof-1"


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
    """Return what of a proof does not hold against this ledger; nothing where all of it does."""
    try:
        return _differences(proof)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, DatabaseError):
        return [Text("Berkas ini bukan bukti Jemput yang utuh.", "This file is not a whole proof of Jemput.")]


def _differences(proof: Mapping[str, Any]) -> list[Text]:
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
    counted = coverage.recount(at, area)
    said = {area_number(kode): Figures(**figures) for kode, figures in proof["villages"].items()}
    if counted != said or asdict(coverage.total(counted)) != proof["figures"]:
        found.append(
            Text(
                "Angka di bukti bukan hasil hitung ulang dari buku besar.",
                "The figures of the proof are not what a recount of the ledger gives.",
            )
        )
    return found
