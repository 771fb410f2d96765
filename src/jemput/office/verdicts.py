"""A printed statement beside a count: the verdict on itself, and where it differs from the view it is shown with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jemput.domain.claims import Claim, Finding, Verdict, against_count, check
from jemput.domain.coverage import Figures
from jemput.queries.coverage import View
from jemput.queries.office import Office
from jemput.queries.printed import printed


@dataclass(frozen=True, slots=True)
class Compared:
    """A statement with the verdict on itself and where it differs from the count shown."""

    claim: Claim
    verdict: Verdict
    differences: tuple[Finding, ...]

    @property
    def tone(self) -> Literal["good", "warn", "bad"]:
        """How the verdict is shown."""
        if self.verdict.verdict == "inconsistent":
            return "bad"
        return "warn" if self.differences or self.verdict.verdict != "consistent" else "good"


def compared(at: View, area: int | None, figures: Figures, here: Office) -> list[Compared]:
    """Return what was printed of an area on the day of a view, beside the figures of that view."""
    counted = {"wajib": figures.id_obligated, "recorded": figures.recorded, "remaining": figures.unrecorded}
    return [
        Compared(one.claim, check(one.claim), tuple(against_count(one.claim, **counted)))
        for one in printed(here)
        if one.on == at.on and one.area == (area or here.area)
    ]
