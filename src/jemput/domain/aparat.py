"""The aparat of a village and what the office knows of the village besides its code: roles, ways to ask, signal, market day.

Lists of aparat are typed by many hands: a role, a day or a signal is read as people write it, and refused in words
where it is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jemput.domain.outreach import APARAT_ROLES, CHANNELS, SIGNALS, SURFACES, WEEKDAYS, WET_SEASONS
from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.domain.settlements import LONGEST_WAY_MIN, WAY_TOO_LONG

NAME_CHARS = 80
CONTACT_NAMELESS = ProblemKind(
    "contact_nameless",
    Text("Kontak tanpa nama.", "The contact has no name."),
    Text("Isi nama orangnya.", "Fill in the person's name."),
)
NAME_LONG = ProblemKind(
    "contact_name_long",
    Text("Nama lebih dari {most} huruf.", "The name has more than {most} letters."),
    Text("Tulis nama saja; jabatan dan catatan ada kolomnya.", "Write the name only; role and note have their own."),
)
CHOICE_UNKNOWN = ProblemKind(
    "contact_choice_unknown",
    Text("“{found}” tidak dikenal sebagai {what_id}.", "“{found}” is not known as {what_en}."),
    Text("Pilih: {choices}.", "Choose one of: {choices}."),
)
EMAIL_UNREADABLE = ProblemKind(
    "email_unreadable",
    Text("“{found}” bukan alamat surel.", "“{found}” is no e-mail address."),
    Text("Tulis seperti nama@contoh.id, atau kosongkan.", "Write it as name@example.id, or leave it empty."),
)
NO_WAY_TO_ASK = ProblemKind(
    "contact_unreachable",
    Text("Untuk {channel_id} perlu {what_id}.", "{channel_en} needs {what_en}."),
    Text("Isi, atau pilih saluran lain.", "Fill it in, or choose another way."),
)
CONSENT_HALF = ProblemKind(
    "wall_consent_half",
    Text(
        "Persetujuan daftar dinding harus menyebut tanggal, siapa dan surat atau pesan mana.",
        "Consent to wall lists must name the day, who gave it and which letter or message holds it.",
    ),
    Text("Isi ketiganya, atau kosongkan ketiganya.", "Fill in all three, or none."),
)
WEEKDAY = Text("hari", "a weekday")
ROLE = Text("jabatan", "a role")
SIGNAL = Text("kelas sinyal", "a class of signal")
CHANNEL = Text("saluran", "a way to ask")
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[A-Za-z]{2,}")
_WORD = re.compile(r"[a-z]+|\d+")
_DAYS = {
    "senen": "senin",
    "jumaat": "jumat",
    "ahad": "minggu",
    "monday": "senin",
    "tuesday": "selasa",
    "wednesday": "rabu",
    "thursday": "kamis",
    "friday": "jumat",
    "saturday": "sabtu",
    "sunday": "minggu",
}
_ROLES = {
    "kepala desa": "kades",
    "pj kades": "kades",
    "pj kepala desa": "kades",
    "plt kades": "kades",
    "pjs kades": "kades",
    "village head": "kades",
    "pj lurah": "lurah",
    "sekretaris desa": "sekdes",
    "carik": "sekdes",
    "sekretaris lurah": "sekdes",
    "seklur": "sekdes",
    "kasi pemerintahan": "kasi",
    "kasi pem": "kasi",
    "kaur pem": "kasi",
    "kaur pemerintahan": "kasi",
    "kepala dusun": "kadus",
    "ketua rt": "rt",
    "pak rt": "rt",
    "pj camat": "camat",
    "plt camat": "camat",
    "mandor kebun": "mandor",
    "mandor besar": "mandor",
    "lain": "other",
    "lain lain": "other",
}
_SIGNALS = {
    "tidak ada": "none",
    "tidak": "none",
    "kosong": "none",
    "blank spot": "none",
    "blankspot": "none",
    "lemah": "weak",
    "jelek": "weak",
    "edge": "weak",
    "baik": "good",
    "bagus": "good",
    "kuat": "good",
    "ada": "good",
}
_CHANNELS = {"wa": "whatsapp", "telpon": "telephone", "telp": "telephone", "hp": "telephone", "email": "email"}
NEEDS = {
    "whatsapp": ("phone", Text("nomor telepon", "a telephone number")),
    "sms": ("phone", Text("nomor telepon", "a telephone number")),
    "telephone": ("phone", Text("nomor telepon", "a telephone number")),
    "gateway": ("phone", Text("nomor telepon", "a telephone number")),
    "email": ("email", Text("alamat surel", "an e-mail address")),
}
"""What a way to ask cannot do without."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One of the aparat as a row of a list says it, read into codes and one form of number; `row` as a spreadsheet counts."""

    sheet: str
    row: int
    area: int
    name: str
    role: str
    phone: str
    email: str
    channel: str
    dusun: str
    note: str


def read_role(text: str) -> str | Problem:
    """Return the code of a role as lists write it ("Kepala Desa", "Kadus II"), or why it is none."""
    words = _words(text)
    plain = " ".join(word for word in words if not word.isdigit() and set(word) - set("ivx"))
    for form in (" ".join(words), plain, *words[:1]):
        if (found := _chosen(form, APARAT_ROLES, _ROLES)) is not None:
            return found
    return _unknown("role", text, ROLE, APARAT_ROLES)


def read_signal(text: str) -> str | Problem:
    """Return the code of a class of signal, empty for nothing, or why it is none."""
    return _read("signal", text, SIGNAL, SIGNALS, _SIGNALS)


def read_channel(text: str) -> str | Problem:
    """Return the code of a way to ask, empty for nothing, or why it is none."""
    return _read("channel", text, CHANNEL, CHANNELS, _CHANNELS)


def read_weekday(text: str) -> int | Problem | None:
    """Return the number of a weekday, 0 for Monday, None for nothing, or why it is none."""
    plain = "".join(_WORD.findall(text.lower().replace("'", "").replace("’", ""))).removeprefix("hari")
    if not plain:
        return None
    code = _DAYS.get(plain, plain)
    if code in WEEKDAYS:
        return list(WEEKDAYS).index(code)
    return _unknown("kalangan", text, WEEKDAY, WEEKDAYS)


def contact_problems(*, name: str, role: str, phone: str, email: str, channel: str) -> list[Problem]:
    """Return what keeps a contact out; `phone` as E.164 or empty, role and channel as codes."""
    found = []
    if not any(map(str.isalpha, name)):
        found.append(CONTACT_NAMELESS.at("name"))
    if len(name) > NAME_CHARS:
        found.append(NAME_LONG.at("name", most=NAME_CHARS))
    if role not in APARAT_ROLES:
        found.append(_unknown("role", role, ROLE, APARAT_ROLES))
    if email and not _EMAIL.fullmatch(email):
        found.append(EMAIL_UNREADABLE.at("email", found=email[:NAME_CHARS]))
    if channel and channel not in CHANNELS:
        found.append(_unknown("channel", channel, CHANNEL, CHANNELS))
    if channel in NEEDS and not {"phone": phone, "email": email}[NEEDS[channel][0]]:
        title, what = CHANNELS[channel], NEEDS[channel][1]
        found.append(
            NO_WAY_TO_ASK.at(
                NEEDS[channel][0], channel_id=title.id, channel_en=title.en, what_id=what.id, what_en=what.en
            )
        )
    return found


def card_problems(
    *, signal: str, kalangan: int | None, road: str, wet_season: str, travel_min: int | None, consent: tuple[bool, ...]
) -> list[Problem]:
    """Return what keeps a village's card out; `consent` says whether its day, giver and paper are given."""
    found = []
    for column, value, what, known in (
        ("signal", signal, SIGNAL, SIGNALS),
        ("road", road, Text("permukaan jalan", "a surface"), SURFACES),
        ("wet_season", wet_season, Text("keadaan musim hujan", "a state in the rains"), WET_SEASONS),
    ):
        if value and value not in known:
            found.append(_unknown(column, value, what, known))
    if kalangan is not None and not 0 <= kalangan < len(WEEKDAYS):
        found.append(_unknown("kalangan", str(kalangan), WEEKDAY, WEEKDAYS))
    if travel_min is not None and not 0 <= travel_min <= LONGEST_WAY_MIN:
        found.append(WAY_TOO_LONG.at("travel_min", found=travel_min, most=LONGEST_WAY_MIN))
    if any(consent) and not all(consent):
        found.append(CONSENT_HALF.at("wall_consent"))
    return found


def _read(column: str, text: str, what: Text, known: Mapping[str, Text], others: Mapping[str, str]) -> str | Problem:
    if not text.strip():
        return ""
    found = _chosen(" ".join(_words(text)), known, others)
    return _unknown(column, text, what, known) if found is None else found


def _chosen(plain: str, known: Mapping[str, Text], others: Mapping[str, str]) -> str | None:
    """Return the code a text names: the code itself, its title in either language, or another word for it."""
    if plain in known:
        return plain
    titles = {title.lower(): code for code, text in known.items() for title in (text.id, text.en)}
    return others.get(plain) or titles.get(plain)


def _unknown(column: str, text: str, what: Text, known: Mapping[str, Text]) -> Problem:
    found = text.strip()[:NAME_CHARS]
    choices = ", ".join(title.id for title in known.values())
    return CHOICE_UNKNOWN.at(column, found=found, what_id=what.id, what_en=what.en, choices=choices)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
