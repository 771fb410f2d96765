"""The exchange over the line and by files: what is taken once, what is refused, and that nothing is lost when a process is killed."""

from __future__ import annotations

from jemput.store.models import Message, Visit
from tests.public.running import Pages, Village, exchange
from tests.public.visitor import Visitor


def test_what_the_village_answers_arrives_in_the_office_once(pages: Pages, village: Village):
    kades = Visitor(pages.address)
    assert kades.open(village.url).status_code == 200
    thanks = kades.send(0, said_by="Pak Kades")
    assert "Terima kasih" in thanks.text
    assert exchange()["answers"] == {"confirm": 1}
    assert exchange()["answers"] == {}
    assert Visit.objects.get(pk=village.visit).state == "confirmed"
    assert Message.objects.filter(key__startswith="page:").count() == 1
    assert "diterima" in kades.open(str(thanks.url)).text
