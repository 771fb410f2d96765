"""Put on a demo's shelves what an office has after some weeks: reports, a signed copy, work in hand, a backup."""

from __future__ import annotations

from datetime import UTC, date, datetime

import django

django.setup()

from jemput.actions.backup import make_backup, make_key
from jemput.actions.jobs import enqueue
from jemput.actions.links import make_link, make_pin
from jemput.actions.reports import attach_signed
from jemput.actions.settings import set_settings
from jemput.jobs.clock import work
from jemput.letters import making
from jemput.queries import places
from jemput.queries.office import office
from jemput.store import blobs, uploads

NOW = datetime(2019, 4, 2, 3, 0, tzinfo=UTC)
CLOSED = date(2019, 3, 28)
LIST = """nik;name;born_on;village;status
1605140101809101;ORANG BARU;1980-01-01;16.05.14.2001;PRR
991;SALAH;1980-01-01;16.05.14.2001;PRR
"""
"""One row that is taken and one that is refused."""
FAR = datetime(2100, 1, 1, tzinfo=UTC)


def furnish() -> None:
    """Fill the demo this process works on."""
    here = office()
    monthly = making.make("monthly", CLOSED, here.area, here=here, said_by="registrar")
    making.make("press", CLOSED, here.area, here=here, said_by="kepala")
    signed = b"".join((blobs.read(monthly.sha256), b"\n% signed elsewhere\n"))
    attach_signed(signed, name="bulanan-ttd.pdf", office=here, report=monthly.pk, said_by="kepala")
    asked = {"kind": "daily", "on": "2019-04-02", "area": here.area, "key": "still-to-be-made-01"}
    enqueue("report", asked, now=NOW, asked_by="registrar", area=here.area, due_at=FAR)
    upload = uploads.keep([LIST.encode()])
    asked = {"path": str(upload), "name": "daftar.csv", "area": None, "within": None, "layout": None, "as_at": None}
    asked |= {"dry_run": True, "said_by": "registrar", "language": "id", "refused_to": f"{upload}-refused.xlsx"}
    enqueue("import", asked, now=NOW, asked_by="registrar", area=here.area)
    work("furnish")
    set_settings({"public_address": "http://localhost:9"}, said_by="admin")  # nobody answers there
    _, link = make_link(village=village_in(1605_14), office=office(), by="kabid")
    make_pin(link.pk, office=office(), by="kabid")
    make_key(said_by="admin")
    make_backup(now=NOW, made_by="admin", progress=lambda *_: None)


def village_in(district: int) -> int:
    """Return the first village of a district."""
    return min(places.names(office().today, within=district).keys() - {district})


if __name__ == "__main__":
    furnish()
