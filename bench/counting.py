"""A closed 28th, live, and any day as known on any day, against a recount from the ledger."""

from __future__ import annotations

from datetime import date

from bench import ground
from jemput import settings
from jemput.queries import coverage
from jemput.queries.office import office
from jemput.store.connect import use_database


def main() -> None:
    """Time each way to the number on the full demo, side by side."""
    use_database(settings.database("", ground.built()))
    here = office()
    closed = coverage.view(date(2019, 3, 28), as_known=None, rule=here.rule)
    live = coverage.view(here.today, as_known="now", rule=here.rule)
    any_day = coverage.view(date(2018, 9, 13), as_known=date(2019, 1, 20), rule=here.rule)
    recount = ground.median_ms(lambda: coverage.recount(live, here.area), times=3)
    ground.report("recount from the ledger, regency", recount, "ms")
    for label, at, most, factor in (
        ("closed 28th", closed, 50, 1000),
        ("live", live, 50, 1000),
        ("any day as known on any other", any_day, 250, 20),
    ):
        taken = ground.median_ms(
            lambda at=at: coverage.total(coverage.villages(at, here.area, rule_in_force=here.rule)),  # type: ignore[misc]  # bound now
            times=21,
        )
        ground.report(label, taken, "ms", target=f"<= {most} ms")
        ground.report(f"recount / {label}", recount / taken, "x", target=f">= {factor:,} x")
