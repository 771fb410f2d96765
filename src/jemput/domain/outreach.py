"""The words of going out to people, each table once: what a village may say of a person, what came of a visit, states, places.

Codes are English, titles are the office's own terms; every channel, page and letter takes them from here.
"""

from __future__ import annotations

from jemput.domain import wording
from jemput.domain.problems import Text

WORDS = {
    "will_come": Text("akan hadir", "will come"),
    "at_rompok": Text("di rompok", "in a rompok"),
    "moved": Text("pindah", "moved away"),
    "died": Text("meninggal", "died"),
    "ill": Text("sakit", "ill"),
    "recorded_elsewhere": Text("sudah rekam di tempat lain", "recorded elsewhere"),
    "unknown": Text("tidak dikenal", "not known here"),
}
"""What a village may say of somebody on its list."""
SETTLING_WORDS = frozenset({"moved", "died", "recorded_elsewhere", "unknown"})
"""Words that speak of the record rather than of the person: they propose a fact."""

OUTCOMES = {
    "recorded": Text("direkam", "recorded"),
    "absent": Text("tidak datang", "did not come"),
    "not_found": Text("tidak ditemukan", "not found"),
    "refused": Text("menolak", "refused"),
    "home_visit": Text("perlu dikunjungi di rumah", "needs a home visit"),
    "at_rompok": WORDS["at_rompok"],
    "ill": WORDS["ill"],
    "moved": WORDS["moved"],
    "died": WORDS["died"],
    "recorded_elsewhere": WORDS["recorded_elsewhere"],
    "unknown": WORDS["unknown"],
}
"""What became of somebody a visit was for."""
MISSED = frozenset({"absent", "not_found"})
"""Outcomes of a person who was looked for and not met."""

PLACE_KINDS = {
    "village": Text("balai desa", "village hall"),
    "rompok": Text("rompok", "rompok"),
    "kalangan": Text("kalangan", "weekly market"),
    "school": Text("sekolah", "school"),
    "mosque": Text("masjid", "mosque"),
    "estate": Text("kantor kebun", "estate office"),
    "home": Text("rumah warga", "somebody's home"),
}
VISIT_STATES = {
    "requested": Text("diminta desa", "requested by the village"),
    "draft": Text("rencana", "planned"),
    "asked": Text("ditanyakan", "asked"),
    "confirmed": Text("disetujui desa", "confirmed by the village"),
    "refused": Text("ditolak desa", "refused by the village"),
    "done": Text("selesai", "done"),
    "cancelled": Text("dibatalkan", "cancelled"),
}
OPEN_VISITS = frozenset({"requested", "draft", "asked", "confirmed"})

TALK_STATES = {
    "new": Text("belum ditanyakan", "not asked yet"),
    "asked": Text("menunggu jawaban", "waiting for an answer"),
    "confirmed": Text("siap", "confirmed"),
    "other_day": Text("minta hari lain", "wants another day"),
    "refused": Text("menolak", "refused"),
    "silent": Text("tidak menjawab", "silent"),
    "closed": Text("selesai", "closed"),
}
CHANNELS = {
    "whatsapp": Text("WhatsApp", "WhatsApp"),
    "sms": Text("SMS", "SMS"),
    "telephone": Text("telepon", "telephone"),
    "letter": Text("surat", "letter"),
    "email": Text("surel", "e-mail"),
    "gateway": Text("gerbang SMS", "SMS gateway"),
    "page": Text("halaman desa", "village page"),
    "in_person": Text("langsung", "in person"),
}
"""Ways a word travels between office and village."""

SIGNALS = {
    "none": Text("tidak ada sinyal", "no signal"),
    "weak": Text("sinyal lemah", "weak signal"),
    "good": Text("sinyal baik", "good signal"),
}
"""As villages report it: 78 of the 199 villages of Musi Rawas reported no or weak signal (domain notes)."""
APARAT_ROLES = {
    "kades": Text("kepala desa", "head of village"),
    "lurah": Text("lurah", "head of kelurahan"),
    "sekdes": Text("sekretaris desa", "village secretary"),
    "kasi": Text("kasi pemerintahan", "village head of administration"),
    "kadus": Text("kepala dusun", "head of dusun"),
    "rt": Text("ketua RT", "head of RT"),
    "camat": Text("camat", "head of kecamatan"),
    "mandor": Text("mandor kebun", "estate foreman"),
    "other": Text("lainnya", "other"),
}
SURFACES = {
    "paved": Text("aspal", "paved"),
    "gravel": Text("batu", "gravel"),
    "earth": Text("tanah", "earth"),
    "river": Text("sungai", "river"),
    "path": Text("jalan setapak", "footpath"),
}
WET_SEASONS = {
    "passable": Text("bisa dilalui", "passable"),
    "hard": Text("sulit dilalui", "hard to pass"),
    "closed": Text("terputus", "cut off"),
}
"""What the rains make of a way."""
LETTERS = {
    "assignment": Text("surat tugas", "letter of assignment"),
    "notice_camat": Text("surat pemberitahuan kepada camat", "notice to the camat"),
    "notice_kades": Text("surat pemberitahuan kepada kepala desa", "notice to the head of village"),
    "invitation": Text("undangan", "invitation"),
    "attendance": Text("daftar hadir", "attendance list"),
    "minutes": Text("berita acara", "minutes of the visit"),
    "confirmation": Text("surat konfirmasi", "letter asking for the day"),
}
WEEKDAYS = {day.id.lower(): day for day in wording.WEEKDAYS}
"""The days by the code a message carries, Monday first as Python counts them."""

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What codes are made of: no I, O, 0 or 1, which a hand or a bad print confuses."""
CODE_LENGTH = 4
