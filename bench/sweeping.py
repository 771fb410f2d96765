"""The sweep of a whole regency: the list by name and address, the list for the wall, the workbook; beside the slow way."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import date

from bench import ground
from jemput import settings
from jemput.domain.problems import Text
from jemput.domain.sweep import LEVELS
from jemput.letters import sweep_list, wall_list
from jemput.letters.letterhead import letterhead
from jemput.letters.workbook import Sheet, write_workbook
from jemput.queries import coverage, people, places
from jemput.queries.coverage import View
from jemput.queries.office import Office, office
from jemput.queries.sweep import Sweep, sweep
from jemput.store.connect import use_database

CLOSED = date(2019, 3, 28)
TIMES = 11


def main() -> None:
    """Time each view's list, then what is made of the closed one; refuse to report where it is not the count's people."""
    use_database(settings.database("", ground.built()))
    here = office()
    closed = coverage.view(CLOSED, as_known=None, rule=here.rule)
    live = coverage.view(here.today, as_known="now", rule=here.rule)
    earlier = coverage.view(date(2019, 3, 20), as_known=date(2019, 3, 25), rule=here.rule)
    for label, at in (("live", live), ("closed 28th", closed), ("20 March as known on 25 March", earlier)):
        _list(label, at, here)
    _files(sweep(here.area, closed, here, levels=()), here)


def _list(label: str, at: View, here: Office) -> None:
    found = sweep(here.area, at, here)
    left = [one.person for one in found.people if one.is_counted]
    slow = [one.id for one in people.people(at, here.area, "unrecorded", rule_in_force=here.rule)]
    assert left == slow, label
    taken = _processor_ms(lambda: sweep(here.area, at, here))
    by_clock = ground.median_ms(lambda: sweep(here.area, at, here), times=TIMES)
    summed = _processor_ms(lambda: people.people(at, here.area, "unrecorded", rule_in_force=here.rule), times=3)
    every = _processor_ms(lambda: sweep(here.area, at, here, levels=LEVELS))
    ground.report(f"sweep list, {label}, {len(left):,} people", taken, "ms", target="<= 200 ms")
    ground.report("  by the clock", by_clock, "ms")
    ground.report("  with every dusun ranked too", every, "ms")
    ground.report("  the same people by the sum of all movements / this", summed / taken, "x")


def _processor_ms(work: Callable[[], object], *, times: int = TIMES) -> float:
    """Return the processor time of some work: another program on the same cores must not be measured."""
    return ground.median_ms(work, times=times, clock=time.process_time)


def _files(found: Sweep, here: Office) -> None:
    names = places.names(here.today, within=here.area)
    head = letterhead(here)
    counted = [one for one in found.people if one.is_counted]
    made: dict[bool, bytes] = {}

    def wall(*, by_sheet: bool) -> None:
        # a new day each time: what is set twice alike, Typst remembers
        day = date.fromordinal(here.today.toordinal() + len(made) + next(turn))
        made[by_sheet] = wall_list.set_pdf(counted, names, by_sheet=by_sheet, head=head, on=day, made_at=here.now)

    turn = iter(range(1000))
    for by_sheet, label in ((False, "to be cut apart"), (True, "a sheet for each dusun")):
        taken = _processor_ms(lambda by_sheet=by_sheet: wall(by_sheet=by_sheet), times=3)  # type: ignore[misc]  # bound now
        ground.report(f"wall list of {len(counted):,} people, {label}", taken / 1000, "s", target="<= 6 s")
        ground.report("  its PDF", len(made[by_sheet]) / 1e6, "MB", target="<= 1 MB" if not by_sheet else "")

    def officers() -> bytes:
        about = str(next(turn))
        return sweep_list.set_pdf(counted, names, about=about, head=head, on=here.today, made_at=here.now)

    ground.report("list for officers as PDF", _processor_ms(officers, times=3) / 1000, "s")
    ground.report("  its size", len(officers()) / 1e6, "MB")

    def book() -> None:
        title = Text("Daftar sisir", "Sweep list")
        rows = sweep_list.list_cells(counted, names, "id")
        sheet = Sheet(title, title, (), sweep_list.COLUMNS, rows)
        write_workbook(io.BytesIO(), [sheet], language="id", made_at=here.now)

    ground.report("Excel of the same list", _processor_ms(book, times=5) / 1000, "s", target="<= 1 s")
