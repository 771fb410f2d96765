"""Put on a demo's shelves what an office has after some weeks: reports, a signed copy, work in hand, a backup."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import django

django.setup()

from jemput.actions import conversations, outbox
from jemput.actions.aparat import add_contact, change_card, change_contact
from jemput.actions.audit import Actor
from jemput.actions.backup import make_backup, make_key
from jemput.actions.incoming import take_text
from jemput.actions.jobs import enqueue
from jemput.actions.links import make_link, make_pin
from jemput.actions.reports import attach_signed
from jemput.actions.settings import set_settings
from jemput.actions.settlements import merge_settlements, report_settlement
from jemput.actions.village_forms import make_form
from jemput.actions.visits import make_visit, put_outcomes
from jemput.domain.places import Point
from jemput.jobs.clock import work
from jemput.letters import making, visit_making
from jemput.queries import aparat, places
from jemput.queries import visits as query
from jemput.queries.office import Office, office
from jemput.store import blobs, bulk, uploads

NOW = datetime(2019, 4, 2, 3, 0, tzinfo=UTC)
CLOSED = date(2019, 3, 28)
LIST = """nik;name;born_on;village;status
1605140101809101;ORANG BARU;1980-01-01;16.05.14.2001;PRR
991;SALAH;1980-01-01;16.05.14.2001;PRR
"""
"""One row that is taken and one that is refused."""
VISITED = 1605141017
"""A village in the kecamatan of the operator."""
VILLAGE = 1605142001
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
    talk_with_villages()
    _visit(here)
    _settle(here)
    work("furnish")
    set_settings({"public_address": "http://localhost:9"}, said_by="admin")  # nobody answers there
    _, link = make_link(village=village_in(1605_14), office=office(), by="kabid")
    make_pin(link.pk, office=office(), by="kabid")
    make_form(VISITED, office=here, by="operator")
    make_key(said_by="admin")
    make_backup(now=NOW, made_by="admin", progress=lambda *_: None)


def talk_with_villages() -> None:
    """Leave conversations in every state, texts that nobody could place, and messages that did not go."""
    today, week_ago = office(), replace(office(), now=office().now - timedelta(days=7))
    week_ago = replace(week_ago, today=today.today - timedelta(days=7))
    words = ("SIAP", "HARI LAIN#JUMAT", "TIDAK BISA", "ROMPOK#BLOK C#15", "APA PERLU BAWA KK?", "SIAP TAPI MUNGKIN", "")
    villages = sorted(places.names(today.today, within=1605_14).keys() - {1605_14})
    for at, said in enumerate(words):
        village = villages[at % len(villages)]
        contact = aparat.contacts_of(village)
        number = contact[0].id if contact else None
        on = today.today + timedelta(days=6 + at)
        visit = make_visit(place_kind="village", village=village, on=on, office=week_ago, by="kabid")
        talk = conversations.open_conversation(
            village=village, visit=visit, contact=number, office=week_ago, by="kabid"
        )
        phone = contact[0].phone if contact else ""
        asked = conversations.ask(
            talk, "whatsapp", address=phone or "+6281234567834", office=week_ago, clock=NOW, by="operator"
        )
        conversations.mark_sent(asked.pk, office=week_ago, by="operator")
        if said:
            text = f"#JEMPUT#{talk.code}#{said}"
            take_text(text, channel="whatsapp", address=asked.address, office=today, clock=NOW)
    failing = outbox.put_out(
        talk, channel="email", address="desa@contoh.id", body="#JEMPUT", now=NOW, clock=FAR, by="kabid", purpose="text"
    )
    claimed = outbox.claim(failing.pk)
    if claimed:
        outbox.unsure(claimed, outbox.DIED_SENDING.at())
    take_text("pak kapan ke desa kami?", channel="sms", address="+6281234567856", office=today, clock=NOW)


def village_in(district: int) -> int:
    """Return the first village of a district."""
    return min(places.names(office().today, within=district).keys() - {district})


def _visit(here: Office) -> None:
    """Plan a visit to come, and hold one that is not closed yet, where every role may look; make letters of both."""
    actor = Actor("kabid", "kabid")
    people = [row[0] for row in bulk.select(f"SELECT id FROM person WHERE village = {VISITED} AND dead_day IS NULL")]
    plan = {
        "place_kind": "village",
        "village": VISITED,
        "team": "Andi Wijaya, Rina Wati",
        "office": here,
        "by": "kabid",
    }
    near = [one.village for one in query.suggested(VISITED, here, within=here.area, count=2)]
    visits_to_make = (date(2019, 4, 11), people[:70], near), (date(2019, 4, 1), people[70:130], [])
    for on, persons, neighbours in visits_to_make:
        number = make_visit(on=on, starts="08.00", persons=persons, neighbours=neighbours, **plan)
        visit = query.one(number)
        assert visit is not None
        for kind in ("assignment", "invitation"):
            visit_making.make(visit, kind, here=here, actor=actor, at=NOW)
    put_outcomes(number, {people[70]: ("recorded", ""), people[71]: ("absent", "di kebun")}, office=here, by="operator")


def _settle(here: Office) -> None:
    """Put rompok and aparat into a village that every officer of the demo sees: two rows that may be one, one merged."""
    said = {"village": VILLAGE, "kind": "rompok", "office": here, "by": "registrar"}
    way = {"surface": "river", "wet_season": "closed", "boat": True, "travel_min": 90, "channel": "whatsapp"}
    where = Point(-2.9345, 103.1012)
    contact = {"contact": "Pak Darto", "contact_phone": "0812 3456 7834"}
    kept = report_settlement(name="Rompok Blok C", point=where, people=15, said_by="kadus II", **said, **way, **contact)
    report_settlement(name="Blok C", description="seberang jembatan gantung", people=20, **said)
    merged = report_settlement(name="Umbul Pak Raji", point=Point(-2.9346, 103.1012), **said)
    merge_settlements(kept, merged, office=here, by="registrar")
    number = add_contact(area=VILLAGE, name="Sutrisno", role="kades", phone="0813 1111 2222", office=here, by="kabid")
    change_contact(number, {"channel": "whatsapp"}, office=here, by="kabid")
    change_card(VILLAGE, {"signal": "weak", "kalangan": 2, "travel_min": 95}, office=here, by="kabid")


if __name__ == "__main__":
    furnish()
