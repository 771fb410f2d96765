"""What the office writes to a village: short, with the code and how to answer, never a resident's name or number.

In Indonesian, whoever reads the page; the English beside it is for an officer who reads English.
"""

from __future__ import annotations

import math
from datetime import date

from jemput.domain import wording
from jemput.domain.outreach import WEEKDAYS
from jemput.domain.problems import LANGUAGES, Text

ANSWERS = ("SIAP", "HARI LAIN#SENIN", "TIDAK BISA")
"""What a village is told that it may answer, as `domain.messages` reads it back."""

ASK = Text(
    "Disdukcapil ke {village} merekam KTP-el, {day}. Siap? Balas {ready} atau {other} atau {refuse}",
    "The office comes to {village} to record e-KTP, {day}. Ready? Answer {ready} or {other} or {refuse}",
)
ASK_NO_DAY = Text(
    "Disdukcapil akan merekam KTP-el di {village}. Hari apa bisa? Balas misalnya {other} atau {refuse}",
    "The office will record e-KTP in {village}. Which day suits? Answer for example {other} or {refuse}",
)
ASK_SUBJECT = Text(
    "Disdukcapil kepada {village}: {subject} Balas dengan kode {code}, misalnya {ready}",
    "The office to {village}: {subject} Answer with the code {code}, for example {ready}",
)
REMIND = Text(
    "Mengingatkan: rekam KTP-el di {village}, {day}. Mohon balas {ready} atau {other} atau {refuse}",
    "A reminder: recording e-KTP in {village}, {day}. Please answer {ready} or {other} or {refuse}",
)
REMIND_NO_DAY = Text(
    "Mengingatkan: hari apa KTP-el dapat direkam di {village}? Mohon balas misalnya {other} atau {refuse}",
    "A reminder: on which day can e-KTP be recorded in {village}? Please answer for example {other} or {refuse}",
)
AGREED = Text(
    "Disdukcapil akan datang merekam KTP-el di {village}, {day}. Terima kasih. Bila berubah, balas {other}",
    "The office comes to record e-KTP in {village}, {day}. Thank you. Should it change, answer {other}",
)
ECHOES = {
    "ready": Text(
        "Kami catat {code}: SIAP untuk {day}. Bila keliru, balas {other} atau {refuse}",
        "We noted {code}: READY for {day}. If that is wrong, answer {other} or {refuse}",
    ),
    "other_day": Text(
        "Kami catat {code}: minta HARI LAIN, {day}. Betul? Bila keliru, balas {ready} atau {other}",
        "We noted {code}: ANOTHER DAY, {day}. Right? If not, answer {ready} or {other}",
    ),
    "refuse": Text(
        "Kami catat {code}: TIDAK BISA. Bila keliru, balas {ready} atau {other}",
        "We noted {code}: CANNOT. If that is wrong, answer {ready} or {other}",
    ),
    "rompok": Text(
        "Kami catat {code}: rompok {place}, sekitar {people} orang. Terima kasih. Bila keliru, kirim lagi.",
        "We noted {code}: rompok {place}, about {people} people. Thank you. If that is wrong, send it again.",
    ),
    "question": Text(
        "Pertanyaan Anda ({code}) kami teruskan ke petugas; segera dijawab.",
        "Your question ({code}) goes to an officer, who answers soon.",
    ),
}
"""What the office says back, by what it understood, so that a misreading is seen at once."""
ECHO_HELD = Text(
    "Pesan {code} kami terima; petugas akan memastikannya lewat telepon.",
    "We received {code}; an officer will make sure by telephone.",
)
"""From another number than the contact's: nothing is said of what was understood, and nothing is done yet."""
ASK_BACK = Text(
    "Maaf, pesan belum kami pahami. Tulis {ready} atau {other} atau {refuse} (kode ada di surat atau SMS kami).",
    "Sorry, we did not understand. Write {ready} or {other} or {refuse} (the code is in our letter or SMS).",
)
NO_DAY = Text("hari yang akan kami kabarkan", "a day we shall name")
SOME = Text("beberapa", "some")

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€\f")
"""Letters of the alphabet of SMS, and those that count for two (3GPP TS 23.038, tables of 6.2.1)."""
ONE_GSM, MANY_GSM, ONE_WIDE, MANY_WIDE = 160, 153, 70, 67
"""Letters in an SMS alone and in each part of a longer one, in that alphabet and in any other (3GPP TS 23.040, 9.2.3.24.1)."""


def sms_parts(text: str) -> int:
    """Return how many SMS a text costs."""
    if all(letter in _GSM or letter in _GSM_TWICE for letter in text):
        length = sum(2 if letter in _GSM_TWICE else 1 for letter in text)
        one, many = ONE_GSM, MANY_GSM
    else:
        length = len(text.encode("utf-16-le")) // 2
        one, many = ONE_WIDE, MANY_WIDE
    return 1 if length <= one else math.ceil(length / many)


def day_words(on: date) -> Text:
    """Return a day with its weekday: Selasa 9 April 2019."""
    said = {language: f"{wording.weekday(on, language)} {wording.day(on, language)}" for language in LANGUAGES}
    return Text(said["id"], said["en"])


def answer_of(code: str, answer: str) -> str:
    """Return an answer as it is typed: #JEMPUT#K7Q2#SIAP."""
    return f"#JEMPUT#{code}#{answer}"


def asking(code: str, village: str, on: date | None, *, subject: str = "", again: bool = False) -> Text:
    """Return the question for a day, or another matter, as it is sent; `again` is a reminder."""
    if subject:
        return _said(ASK_SUBJECT, code, village=village, subject=subject)
    if again:
        return _said(REMIND if on else REMIND_NO_DAY, code, village=village, day=on)
    return _said(ASK if on else ASK_NO_DAY, code, village=village, day=on)


def agreed(code: str, village: str, on: date) -> Text:
    """Return the office's yes to a day."""
    return _said(AGREED, code, village=village, day=on)


def echo(code: str, intent: str, *, day: date | str | None, place: str = "", people: int | None = None) -> Text:
    """Return what is said back to a message that was understood; `day` is a date, or a weekday as it was said."""
    return _said(ECHOES[intent], code, day=day, place=place, people=str(people) if people is not None else SOME)


def asking_back(code: str) -> Text:
    """Return the question back to a message that was not understood; `code` where its conversation is known."""
    return _said(ASK_BACK, code or "KODE")


def held(code: str) -> Text:
    """Return what is said back to another number than the contact's."""
    return _said(ECHO_HELD, code)


def _said(text: Text, code: str, **values: date | str | Text | None) -> Text:
    ready, other, refuse = (answer_of(code, answer) for answer in ANSWERS)
    answers = {"ready": ready, "other": other, "refuse": refuse, "code": code}
    written = {name: _words(value) for name, value in values.items()}
    return Text(
        text.id.format_map(answers | {name: word.id for name, word in written.items()}),
        text.en.format_map(answers | {name: word.en for name, word in written.items()}),
    )


def _words(value: date | str | Text | None) -> Text:
    match value:
        case Text():
            return value
        case None:
            return NO_DAY
        case str():
            return WEEKDAYS.get(value, Text(value, value))
        case _:
            return day_words(value)
