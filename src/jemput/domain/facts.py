"""Every kind of fact the ledger can hold: what it says, who may rely on it, and what it must carry.

Facts are what can change a published number. They are never edited: a correction is a new fact,
a mistake is reversed by a fact. FACTS.md is this table in prose; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jemput.domain.problems import Text

Said = Mapping[str, object]
"""What a fact says: field name → text, number or truth value; JSON and nothing else."""


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of fact; `needs` are the fields it cannot be without, `source` the rule behind it."""

    code: str
    title: Text
    meaning: Text
    source: str
    needs: tuple[str, ...] = ()
    of_person: bool = True


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact before it has a place in the ledger.

    `id` is made where the fact was made, so that sending it twice counts once; `on` is the day it
    holds from; `reported_on` the day somebody says it was reported (kept as said, never used as
    `known_at`); `reverses` the ledger place of the fact it takes back.
    """

    id: str
    kind: str
    on: date
    person: int | None = None
    said: Said = field(default_factory=dict)
    reported_on: date | None = None
    said_by: str = ""
    reverses: int | None = None


REGISTERED = "registered"
LAHIR = "lahir"
MATI = "mati"
PINDAH = "pindah"
DATANG = "datang"
KAWIN = "kawin"
RESIDENCE_CHANGED = "residence_changed"
BIODATA_CHANGED = "biodata_changed"
BLOCKED = "blocked"
REACTIVATED = "reactivated"
REKAM = "rekam"
KONSOLIDASI_REMOVED = "konsolidasi_removed"
KONSOLIDASI_MERGED = "konsolidasi_merged"
KONSOLIDASI_ADDED = "konsolidasi_added"
KONSOLIDASI_TOTAL = "konsolidasi_total"
REVERSED = "reversed"
COUNT_CLOSED = "count_closed"
FIGURE_CLAIMED = "figure_claimed"

KINDS = (
    FactKind(
        REGISTERED,
        Text("terdaftar", "registered"),
        Text(
            "Orang ini ada di daftar kantor dan tinggal di desa itu sejak tanggal daftar.",
            "The person stands in the office's register and lives in that village from the day of the list.",
        ),
        "UU 24/2013 art. 58, 63",
        ("name", "village"),
    ),
    FactKind(
        LAHIR,
        Text("lahir", "birth"),
        Text("Lahir pada tanggal itu dan tinggal di desa itu.", "Born on that day and living in that village."),
        "UU 24/2013 art. 27",
        ("name", "village", "born_on"),
    ),
    FactKind(
        MATI,
        Text("mati", "death"),
        Text(
            "Meninggal pada tanggal itu. Kematian tetap berlaku sampai dibatalkan.",
            "Died on that day. A death stands until it is reversed, whatever is reported after it.",
        ),
        "UU 24/2013 art. 44",
    ),
    FactKind(
        PINDAH,
        Text("pindah", "moved out"),
        Text("Pindah keluar kabupaten pada tanggal itu.", "Moved out of the regency on that day."),
        "UU 24/2013 art. 15; Permendagri 109/2019 F-1.03",
    ),
    FactKind(
        DATANG,
        Text("datang", "arrival"),
        Text(
            "Datang dari luar kabupaten dan tinggal di desa itu.",
            "Arrived from outside the regency to live in that village.",
        ),
        "UU 24/2013 art. 15; Permendagri 109/2019 F-1.03",
        ("village",),
    ),
    FactKind(
        KAWIN,
        Text("kawin", "marriage"),
        Text(
            "Kawin pada tanggal itu: wajib KTP sejak hari itu, juga sebelum 17 tahun, dan tetap bila bercerai.",
            "Married on that day: must hold a card from that day, also before 17, and still after a divorce.",
        ),
        "UU 24/2013 art. 63 (1)",
    ),
    FactKind(
        RESIDENCE_CHANGED,
        Text("pindah dalam kabupaten", "moved within the regency"),
        Text(
            "Tinggal di desa lain di kabupaten ini sejak tanggal itu.",
            "Lives in another village of this regency from that day.",
        ),
        "UU 24/2013 art. 15; Permendagri 109/2019 F-1.03",
        ("village",),
    ),
    FactKind(
        BIODATA_CHANGED,
        Text("perubahan biodata", "change of biodata"),
        Text("Biodata berbunyi begini sejak tanggal itu.", "The biodata read like this from that day."),
        "Permendagri 109/2019 F-1.06",
    ),
    FactKind(
        BLOCKED,
        Text("diblokir", "blocked"),
        Text(
            "Data dinonaktifkan pusat. Orangnya tetap wajib KTP dan belum rekam: undang-undang tidak membebaskannya.",
            "The centre deactivated the record. The person stays obliged and unrecorded: the law has not released them.",
        ),
        "Ditjen Dukcapil, deactivation of adults of 23+ not recorded on 31 December 2018",
    ),
    FactKind(
        REACTIVATED,
        Text("diaktifkan kembali", "reactivated"),
        Text("Data diaktifkan kembali.", "The record was made active again."),
        "Ditjen Dukcapil, deactivation of 31 December 2018",
    ),
    FactKind(
        REKAM,
        Text("rekam", "recording status"),
        Text(
            "Perekaman orang ini berstatus demikian sejak tanggal itu; kodenya disimpan seperti tertulis.",
            "This person's recording has this status from that day; the code is kept as it was written.",
        ),
        "Perpres 96/2018; status codes of SIAK",
        ("status",),
    ),
    FactKind(
        KONSOLIDASI_REMOVED,
        Text("dihapus konsolidasi", "removed by the centre"),
        Text("Dihapus pusat dari data konsolidasi bersih.", "Struck from the centre's consolidated data."),
        "Permendagri 74/2015, data konsolidasi bersih",
    ),
    FactKind(
        KONSOLIDASI_MERGED,
        Text("digabung konsolidasi", "merged by the centre"),
        Text(
            "NIK ini digabung pusat ke NIK lain milik orang yang sama.",
            "This NIK was merged by the centre into another of the same person.",
        ),
        "Permendagri 74/2015, data konsolidasi bersih",
        ("merged_into",),
    ),
    FactKind(
        KONSOLIDASI_ADDED,
        Text("ditambah konsolidasi", "added by the centre"),
        Text(
            "Ditambahkan pusat ke data konsolidasi bersih di desa itu.",
            "Added by the centre to its consolidated data in that village.",
        ),
        "Permendagri 74/2015, data konsolidasi bersih",
        ("name", "village"),
    ),
    FactKind(
        KONSOLIDASI_TOTAL,
        Text("angka DKB desa", "village total of the DKB"),
        Text(
            "Angka beku desa dalam DKB semester itu. Yang tak dijelaskan daftar orang hanya sebuah baris, bukan orang.",
            "The village's frozen figures in that semester's DKB. What the list does not explain is a line, never people.",
        ),
        "Permendagri 74/2015, data konsolidasi bersih",
        ("village", "id_obligated"),
        of_person=False,
    ),
    FactKind(
        REVERSED,
        Text("pembatalan", "reversal"),
        Text(
            "Fakta yang disebut dianggap tidak pernah ada, sejak kantor mengetahuinya.",
            "The fact named is taken as never having been, from when the office learnt so.",
        ),
        "UU 24/2013 art. 71-72",
    ),
    FactKind(
        COUNT_CLOSED,
        Text("hitungan ditutup", "count closed"),
        Text(
            "Hitungan tanggal 28 ditutup dengan tempat buku besarnya; tidak berubah lagi.",
            "The count of the 28th was closed with its ledger place; it never changes again.",
        ),
        "practice of the office: the count is made on the 28th",
        of_person=False,
    ),
    FactKind(
        FIGURE_CLAIMED,
        Text("angka terbit", "figure claimed"),
        Text(
            "Angka yang pernah terbit, disimpan seperti dicetak dan dibandingkan.",
            "A figure that was published, kept as printed and compared.",
        ),
        "UU 14/2008 on public information",
        of_person=False,
    ),
)
BY_CODE = {kind.code: kind for kind in KINDS}

RESIDENCE_KINDS = frozenset({REGISTERED, LAHIR, DATANG, RESIDENCE_CHANGED, KONSOLIDASI_ADDED})
"""Kinds that put a person into a village."""
