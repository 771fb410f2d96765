"""The rules a letter about going out cites. No Permendagri is about jemput bola alone, so the duty to go to people is cited.

A letter cites what was in force on its day: one of April 2019 does not name a rule of that December.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

VULNERABLE = "vulnerable"


@dataclass(frozen=True, slots=True)
class CitedRule:
    """A rule as letters cite it, the first day it is cited, and what it is cited for where that is not always."""

    title: str
    since: date
    only_for: str = ""


LEGAL_BASES = (
    CitedRule(
        "Undang-Undang Nomor 23 Tahun 2006 tentang Administrasi Kependudukan sebagaimana telah diubah dengan"
        " Undang-Undang Nomor 24 Tahun 2013 (stelsel aktif: petugas mendatangi penduduk)",
        date(2013, 12, 24),
    ),
    CitedRule(
        "Peraturan Presiden Nomor 96 Tahun 2018 tentang Persyaratan dan Tata Cara Pendaftaran Penduduk dan"
        " Pencatatan Sipil",
        date(2018, 10, 18),
    ),
    CitedRule(
        "Peraturan Menteri Dalam Negeri Nomor 96 Tahun 2019 tentang Pendataan dan Penerbitan Dokumen Kependudukan"
        " bagi Penduduk Rentan Administrasi Kependudukan",
        date(2020, 1, 1),
        VULNERABLE,
    ),
    CitedRule(
        "Peraturan Menteri Dalam Negeri Nomor 109 Tahun 2019 tentang Formulir dan Buku yang Digunakan dalam"
        " Administrasi Kependudukan",
        date(2020, 1, 1),
    ),
)
"""Both Permendagri are of the end of 2019; the day each began to hold is not in our sources, so they are cited from
the following year (our choice)."""


def legal_bases(on: date, *, vulnerable: bool) -> list[str]:
    """Return the rules a letter of a day cites; `vulnerable` where it is about going to people at home or in a rompok."""
    return [
        one.title
        for one in LEGAL_BASES
        if one.since <= on and (not one.only_for or (one.only_for == VULNERABLE and vulnerable))
    ]
