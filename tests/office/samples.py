"""One real address for every page of the table: what stands in an address is taken from the demo, by the parameter's name."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from django.urls import reverse

from jemput.domain.roles import Role, may
from jemput.office import urls  # noqa: F401 - registers the pages
from jemput.office.pages import PAGES, Page

SEEN_BY_ALL = "village / 10000 = 160514"
"""The operator of the demo sees one kecamatan: what every role that sees people may open lies there."""
PERSON = f"SELECT id FROM person WHERE {SEEN_BY_ALL} AND dead_day IS NULL ORDER BY id LIMIT 1"
SETTLEMENT = "SELECT id FROM settlement WHERE village = 1605142001 AND merged_into_id IS NULL ORDER BY id LIMIT 1"
TRIAL = "SELECT id FROM job WHERE kind = 'import' LIMIT 1"
SAMPLES = {
    "account": "SELECT id FROM office_user WHERE username = 'operator'",
    "key": "SELECT 1",
    "enter.kind": "SELECT 'mati'",
    "enter-new.kind": "SELECT 'lahir'",
    "person": PERSON,
    "settlement.number": SETTLEMENT,
    "settlement-merge.number": SETTLEMENT,
    "settlement-merge.other": f"SELECT id FROM settlement WHERE id <> ({SETTLEMENT}) AND village = 1605142001 LIMIT 1",
    "village.number": "SELECT '16.05.14.2001'",
    "report": "SELECT id FROM report WHERE kind = 'monthly' ORDER BY id LIMIT 1",
    "suffix": "SELECT 'pdf'",
    "copy": "SELECT id FROM signed_copy LIMIT 1",
    "backup-file.number": "SELECT id FROM backup LIMIT 1",
    "import-job.number": TRIAL,
    "import-take.number": TRIAL,
    "import-refused.number": TRIAL,
    "import-batch.number": "SELECT max(batch) FROM batch WHERE source IN ('events', 'register')",
    "report-wait.number": "SELECT id FROM job WHERE kind = 'report' LIMIT 1",
    "form": f"SELECT max(id) FROM village_form WHERE {SEEN_BY_ALL}",
    "link": "SELECT max(id) FROM village_link",
    "visit.number": f"SELECT max(id) FROM visit WHERE {SEEN_BY_ALL}",
    "letter": f"SELECT max(letter.id) FROM letter JOIN visit ON visit.id = visit_id WHERE {SEEN_BY_ALL}",
    "talk.code": "SELECT code FROM conversation WHERE village / 10000 = 160514 ORDER BY id LIMIT 1",
    "talk-letter.code": "SELECT code FROM conversation WHERE village / 10000 = 160514 ORDER BY id LIMIT 1",
    "place": f"SELECT max(place) FROM fact WHERE person = ({PERSON})",
}
"""Parameter of an address, or page and parameter where one name means two things: the SQL that finds a real value."""
MOST_FIRST = (Role.REGISTRAR, Role.KABID, Role.KEPALA_DINAS, Role.ADMINISTRATOR)
"""Together these hold every right; the first that may open a page and write on it sees all of it."""
QUERIES = {
    "bridge-people": "from_on=2019-02-28&on=2019-03-28&figure=unrecorded&cause=rekam&sign=minus",
    "new-visit": "village=16.05.14.2007",
    "report-preview": "kind=monthly&on=2019-03-28",
}
"""Page: what is asked of it besides its address; without it there is nothing to see."""


def parameters(page: Page) -> list[str]:
    """Return the names of what stands in a page's address."""
    return re.findall(r"<(?:\w+:)?(\w+)>", page.route)


def values_of(page: Page, home: Path) -> dict[str, object]:
    """Return what stands in a page's address, by parameter, as found in the database of a demo's home."""
    found: dict[str, object] = {}
    with closing(sqlite3.connect(f"file:{home / 'jemput.db'}?mode=ro", uri=True)) as database:
        for name in parameters(page):
            sql = SAMPLES.get(f"{page.name}.{name}") or SAMPLES.get(name)
            assert sql, f"{page.route}: say in SAMPLES where a real {name} is found"
            row = database.execute(sql).fetchone()
            assert row, f"{page.route}: the demo has no {name}"
            found[name] = row[0]
    return found


def address(page: Page, home: Path) -> str:
    """Return a page's address with real values in it."""
    query = QUERIES.get(page.name, "")
    return reverse(page.name, kwargs=values_of(page, home)) + (f"?{query}" if query else "")


def all_addresses(home: Path) -> dict[str, str]:
    """Return the address of every page by the page's name."""
    return {name: address(page, home) for name, page in PAGES.items()}


def readers(page: Page) -> list[Role]:
    """Return whom a page is measured for."""
    able = [role for role in MOST_FIRST if all(right is None or may(role, right) for right in (page.right, page.write))]
    figures_only = [Role.INSPECTORATE] if page.right is None or may(Role.INSPECTORATE, page.right) else []
    return [*able[:1], *figures_only]
