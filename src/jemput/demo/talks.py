"""How the demo's office talked with villages about the visits to come: asked, answered in many spellings, or not answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from jemput.actions import conversations
from jemput.actions.incoming import take_text
from jemput.domain.messages import read_message
from jemput.queries.office import Office
from jemput.store.models import Contact, Conversation, Visit

BY = "demo"
ANSWERS = (
    "#JEMPUT#{code}#SIAP",
    "ass. #jemput #{lower} hari lain senin pak, kamis ado kalangan",
    "",
    "#JEMPUT#{code}#ROMPOK#TALANG BARU#15",
    "jemput {lower} siap pak camat, warga kami kumpulkan di balai",
    "",
    "#JEMPUT#{code}#TIDAK BISA, ada pemilihan BPD",
    "#JEMPUT#{code}#jam berapa mulai, dan bawa apa saja?",
    "#JEMPT#{code}#SIPA",
    "mungkin bisa, nanti kami kabari",
)
"""What villages answer, one visit after another; nothing where they are silent."""
STRAY = "Pak, warga kami di talang belum direkam, kapan ke sini?"
CALLED = "Ditelepon dua kali, diangkat sekdes: siap, minta surat."


def talk(here: Office) -> None:
    """Ask the villages of every visit that is planned, and take in what they answered."""
    for number, visit in enumerate(Visit.objects.filter(state="draft").order_by("on", "pk")):
        asked = replace(here, today=here.today - timedelta(days=4), now=here.now - timedelta(days=4))
        contact = Contact.objects.filter(area=visit.village, ended_on=None).order_by("pk").first()
        if contact is None:
            continue
        open_talk = conversations.open_conversation(
            village=visit.village, visit=visit.pk, contact=contact.pk, office=asked, by=BY
        )
        if contact.channel == "telephone":
            _call(open_talk, contact, asked)
        else:
            _write(open_talk, contact, ANSWERS[number % len(ANSWERS)], asked, here)
    take_text(STRAY, channel="whatsapp", address="+6281200009999", key="demo-stray", office=here, clock=here.now)


def _call(open_talk: Conversation, contact: Contact, asked: Office) -> None:
    conversations.log_call(
        open_talk,
        reading=read_message(f"{open_talk.code} siap"),
        note=CALLED,
        address=contact.phone,
        said_by="sekretaris desa",
        office=asked,
        by=BY,
    )


def _write(open_talk: Conversation, contact: Contact, answer: str, asked: Office, here: Office) -> None:
    sent = conversations.ask(open_talk, contact.channel, office=asked, clock=asked.now, by=BY)
    conversations.mark_sent(sent.pk, office=asked, by=BY)
    if answer:
        take_text(
            answer.format(code=open_talk.code, lower=open_talk.code.lower()),
            channel=contact.channel,
            address=contact.phone,
            key=f"demo-{open_talk.code}",
            at=here.now - timedelta(days=1),
            office=here,
            clock=here.now,
        )
