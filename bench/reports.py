"""Reports at a whole regency: a closed month told and set in type, a day, a press card, and 300,000 rows to Excel."""

from __future__ import annotations

import resource
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from bench import ground
from jemput import settings
from jemput.domain.problems import Text
from jemput.letters import making
from jemput.letters.workbook import Column, Sheet, write_workbook
from jemput.queries import daily, monthly
from jemput.queries.office import office
from jemput.store.connect import ensure_tables, use_database

ON = date(2019, 3, 28)
ROWS = 300_000
KB_A_MB = 1024


def main() -> None:
    """Tell and set the reports of the full demo, then write a long list."""
    use_database(settings.database("", ground.built()))
    ensure_tables()
    here = office()
    area = here.area
    told = ground.median_ms(lambda: monthly.monthly(ON, area, here), times=3)
    ground.report("month between two closed counts, regency", told / 1000, "s", target="a few seconds")
    ready = making.prepare("monthly", ON, area, here=here)
    ground.report("the same set as PDF/A and Excel", ground.median_ms(lambda: ready.render("1"), times=5), "ms")
    ground.report("its PDF", len(ready.render("1").pdf) / 1000, "kB")
    day = ground.median_ms(lambda: daily.daily(here.today, area, here), times=5)
    ground.report("a day for the province, regency", day, "ms", target="<= 100")
    card = making.prepare("press", ON, area, here=here)
    ground.report("press card as PDF, PNG and SVG", ground.median_ms(lambda: card.render(""), times=5), "ms")
    _long_list()


def _long_list() -> None:
    columns = (Column(Text("NIK", "NIK"), "code"), Column(Text("Nama", "Name")), Column(Text("Hari", "Day"), "day"))
    name = Text("Sisa", "Left")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "list.xlsx"

        def write() -> None:
            rows = (("1605011705809001", f"ORANG {n}", ON) for n in range(ROWS))
            sheet = Sheet(name, name, (), columns, rows)
            write_workbook(target, [sheet], language="id", made_at=datetime(2019, 4, 2, tzinfo=UTC))

        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        taken = ground.median_ms(write, times=1)
        more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    ground.report(f"{ROWS:,} rows to Excel", taken / 1000, "s")
    ground.report("memory it takes beyond what was in use", more / KB_A_MB, "MB")
