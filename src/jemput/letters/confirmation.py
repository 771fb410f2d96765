"""The letter that asks a village for the day: its code to scan or type, and boxes for whoever answers on paper.

It names the village, the day and the office; no resident.
"""

from __future__ import annotations

import io
from urllib.parse import quote

import segno

from jemput.domain.conversations import MATTERS
from jemput.domain.message_texts import ANSWERS, answer_of, day_words
from jemput.domain.outreach import LETTERS
from jemput.domain.phones import show_phone
from jemput.letters import typeset
from jemput.letters.letterhead import letterhead
from jemput.letters.visit_letters import village_word
from jemput.queries import places
from jemput.queries.conversations import Talk
from jemput.queries.office import Office, setting

TITLE = "Konfirmasi hari perekaman KTP-el"
MEANINGS = ("siap pada hari itu", "minta hari lain, sebut harinya", "tidak bisa")


def confirmation_letter(talk: Talk, here: Office) -> bytes:
    """Return the letter of a conversation as PDF/A."""
    head = letterhead(here)
    names = places.names_of([talk.village, talk.village // 10**4], here.today)
    name, district = names.get(talk.village, talk.name), names.get(talk.village // 10**4, "")
    word = village_word(talk.village)
    day = day_words(talk.visit_on).id if talk.visit_on else ""
    phone = setting("office_phone")
    data = {
        "head": head.as_data(here.today),
        "title": TITLE,
        "tie": f"{LETTERS['confirmation'].id.capitalize()} {talk.code}",
        "code": talk.code,
        "to": f"{'Lurah' if word == 'Kelurahan' else 'Kepala Desa'} {name}",
        "place": f"Kecamatan {district}" if district else "",
        "paragraphs": _paragraphs(talk, f"{word} {name}", day),
        "day": day or "hari: ____________________",
        "ways": _ways(phone),
        "answers": [[answer_of(talk.code, answer), meaning] for answer, meaning in zip(ANSWERS, MEANINGS, strict=True)],
        "qr": qr(talk.code, phone),
        "scan": "Pindai, lalu kirim" if phone else f"Kode {talk.code}",
    }
    return typeset.document("confirmation.typ", data, made_at=here.now)


def qr(code: str, phone: str) -> str:
    """Return the QR as SVG: it opens a chat with the office, the answer filled in; without a number it holds the answer."""
    answer = answer_of(code, ANSWERS[0])
    held = f"https://wa.me/{phone.lstrip('+')}?text={quote(answer, safe='')}" if phone else answer
    drawn = io.BytesIO()
    segno.make(held, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False, svgns=True)
    return drawn.getvalue().decode()


def _paragraphs(talk: Talk, name: str, day: str) -> list[str]:
    if talk.subject and talk.subject not in MATTERS:
        return [f"Dengan hormat, {talk.subject}", "Mohon jawaban Bapak/Ibu dengan salah satu cara di bawah ini."]
    when = f" pada {day}" if day else ""
    return [
        f"Dengan hormat, petugas kami merencanakan perekaman KTP-el bagi warga {name} yang belum direkam{when}. "
        "Petugas datang bila harinya sudah disepakati dengan pemerintah desa.",
        "Mohon jawaban Bapak/Ibu dengan salah satu cara di bawah ini, dan mohon warga diberi tahu sebelum harinya.",
    ]


def _ways(phone: str) -> list[str]:
    to = f" ke {show_phone(phone)}" if phone else ""
    return [f"Kirim SMS atau WhatsApp{to}, huruf besar atau kecil sama saja:"]
