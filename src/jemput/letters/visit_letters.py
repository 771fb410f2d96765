"""What each letter of a visit says: surat tugas, the notices, the invitation with its slots, daftar hadir, berita acara.

Letters go to the kades through the camat. A list of names holds name, RT and time, never a NIK or a birth date:
it hangs where everybody reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from jemput.domain import wording
from jemput.domain.legal_bases import legal_bases
from jemput.domain.outreach import OUTCOMES, PLACE_KINDS
from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.domain.slots import STARTS, slot_text
from jemput.domain.visits import team_names
from jemput.letters.official import Break, Facts, Grid, Official, Para, Part, Points, Signers
from jemput.queries.visits import Invited, Nearby, Visit

NUMBERED = frozenset({"assignment", "notice_camat", "notice_kades", "invitation", "minutes"})
"""Letters that take a number; a daftar hadir is a paper of the visit and takes none."""
OUTCOME_ORDER = tuple(OUTCOMES)
SUBJECT = "Pelayanan jemput bola perekaman KTP-el"
NOTICE = "kami beritahukan bahwa kami akan melaksanakan pelayanan jemput bola perekaman KTP-el"
EMPTY = "…………………………"
EMPTY_ROWS = 15
"""Lines left on a daftar hadir for whoever comes uninvited (our choice: half a page)."""
_DUSUN_WORDS = frozenset({"dusun", "rompok", "kamp", "talang", "blok"})
VULNERABLE_PLACES = frozenset({"home", "rompok"})

LETTER_NO_DAY = ProblemKind(
    "letter_no_day",
    Text(
        "Surat ini menyebut tanggal, dan kunjungannya belum bertanggal.",
        "This letter names a day, and the visit has none.",
    ),
    Text("Isi tanggal kunjungan dahulu.", "Fill in the day of the visit first."),
)
LETTER_NO_TEAM = ProblemKind(
    "letter_no_team",
    Text(
        "Surat tugas menyebut timnya, dan kunjungannya belum punya tim.",
        "The letter of assignment names the team, and there is none.",
    ),
    Text("Isi tim kunjungan dahulu, nama dipisah dengan koma.", "Fill in the team first, names apart by commas."),
)
LETTER_NOBODY = ProblemKind(
    "letter_nobody",
    Text("Belum ada orang yang diundang.", "Nobody is invited yet."),
    Text("Tambahkan orangnya ke kunjungan dahulu.", "Add people to the visit first."),
)
LETTER_NOT_DONE = ProblemKind(
    "letter_not_done",
    Text("Berita acara dibuat sesudah kunjungan ditutup.", "The minutes are made once the visit is closed."),
    Text("Tutup kunjungan dengan angka yang sebenarnya dahulu.", "Close the visit with its real numbers first."),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A visit with the names around it: villages and districts by number, its people, whom it hosts, the letter's day."""

    visit: Visit
    names: Mapping[int, str]
    people: Sequence[Invited]
    neighbours: Sequence[Nearby]
    today: date

    @property
    def village(self) -> str:
        """The host in full: Desa Tegal Rejo."""
        return self.village_of(self.visit.village)

    def village_of(self, number: int) -> str:
        """Return a village in full."""
        return f"{village_word(number)} {self.names.get(number, '')}".strip()

    def head_of(self, number: int) -> str:
        """Return the title of the head of a village."""
        title = "Lurah" if village_word(number) == "Kelurahan" else "Kepala Desa"
        return f"{title} {self.names.get(number, '')}".strip()

    @property
    def district(self) -> str:
        """The host's kecamatan by name."""
        return self.names.get(self.visit.village // 10**4, "")

    @property
    def place(self) -> str:
        """Where it is held, in words."""
        kind = PLACE_KINDS[self.visit.place_kind].id
        named = self.visit.place_name
        if not named:
            return (
                f"{kind.capitalize()}, {self.village}"
                if self.visit.place_kind != "village"
                else f"Balai {self.village}"
            )
        own = named if kind.split()[0] in named.lower() or self.visit.place else f"{kind.capitalize()} {named}"
        return f"{own}, {self.village}"

    @property
    def when(self) -> tuple[tuple[str, str], ...]:
        """The lines that say when and where."""
        on = self.visit.on
        day = f"{wording.weekday(on, 'id')}, {wording.day(on, 'id')}" if on else EMPTY
        return (
            ("Hari, tanggal", day),
            ("Pukul", self.hours),
            ("Tempat", f"{self.place}, Kecamatan {self.district}"),
        )

    @property
    def hours(self) -> str:
        """From when to when."""
        ends = f"{self.visit.ends} WIB" if self.visit.ends else "selesai"
        return f"{self.visit.starts or STARTS} WIB sampai {ends}"

    @property
    def bases(self) -> tuple[str, ...]:
        """The rules cited."""
        return tuple(legal_bases(self.today, vulnerable=self.visit.place_kind in VULNERABLE_PLACES))


def problem_of(kind: str, visit: Visit) -> Problem | None:
    """Return why a letter cannot be made of a visit as it stands, None where it can."""
    if kind == "minutes" and visit.state != "done":
        return LETTER_NOT_DONE.at("state")
    if visit.on is None:
        return LETTER_NO_DAY.at("on")
    if kind == "assignment" and not visit.team.strip():
        return LETTER_NO_TEAM.at("team")
    if kind in {"invitation", "attendance"} and not visit.invited:
        return LETTER_NOBODY.at("people")
    return None


def written(kind: str, at: Setting) -> Official:
    """Return what a letter of a visit says."""
    return _KINDS[kind](at)


def _assignment(at: Setting) -> Official:
    title, members = team_names(at.visit.team)
    rows = tuple((str(number), name, "") for number, name in enumerate(members, start=1))
    duties = (
        f"Melaksanakan pelayanan jemput bola perekaman KTP-el di {at.place}, Kecamatan {at.district}, pada hari"
        f" {at.when[0][1]}, pukul {at.hours}.",
        f"Membawa {at.visit.sets} set alat perekaman KTP-el dan kelengkapannya.",
        "Melaporkan hasil pelaksanaan tugas kepada Kepala Dinas dengan berita acara.",
    )
    return Official(
        "order",
        "Surat Tugas",
        (
            Points("Dasar", at.bases),
            Para("MENUGASKAN", strong=True, centred=True),
            Points("Kepada", (f"{title}:" if title else "Nama-nama di bawah ini:",)),
            Grid("", (("No.", False), ("Nama", True), ("Jabatan/NIP", True)), rows),
            Points("Untuk", duties),
            Para("Demikian surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab."),
        ),
        copies=(f"Camat {at.district}", at.head_of(at.visit.village)),
    )


def _notice_camat(at: Setting) -> Official:
    others = _other_districts(at)
    return Official(
        "letter",
        "Pemberitahuan kepada Camat",
        (
            *_opening(at, NOTICE),
            Facts(_outline(at)),
            Para(
                f"Sehubungan dengan itu, kami mohon bantuan Saudara untuk meneruskan pemberitahuan ini kepada"
                f" {_heads(at)} dan memantau pelaksanaannya."
            ),
            Para("Demikian kami sampaikan. Atas perhatian dan kerja sama Saudara kami ucapkan terima kasih."),
        ),
        subject="Pemberitahuan pelayanan jemput bola perekaman KTP-el",
        to=(f"Camat {at.district}",),
        copies=tuple(f"Camat {name}" for name in others),
    )


def _notice_kades(at: Setting) -> Official:
    heads = (at.head_of(at.visit.village), *(at.head_of(one.village) for one in at.neighbours))
    asked = (
        "mengumumkan pelayanan ini kepada warga yang belum melakukan perekaman KTP-el;",
        "menyiapkan tempat, meja dan kursi, serta aliran listrik;",
        "meminta warga membawa fotokopi Kartu Keluarga dan datang sesuai giliran pada undangan;",
        "menugaskan perangkat desa mendampingi tim, dan menyampaikan kepada kami bila ada warga yang sudah pindah,"
        " meninggal, sakit, atau sudah merekam di tempat lain.",
    )
    return Official(
        "letter",
        "Pemberitahuan kepada Kepala Desa",
        (
            *_opening(at, NOTICE),
            Facts(_outline(at)),
            Para("Untuk kelancaran pelayanan tersebut, kami mohon bantuan Saudara:"),
            Points("", asked),
            Para("Pelayanan ini tidak dipungut biaya. Atas bantuan dan kerja sama Saudara kami ucapkan terima kasih."),
        ),
        subject="Pemberitahuan pelayanan jemput bola perekaman KTP-el",
        to=heads,
        copies=(f"Camat {at.district}", *(f"Camat {name}" for name in _other_districts(at))),
    )


def _invitation(at: Setting) -> Official:
    return Official(
        "letter",
        "Undangan",
        (
            *_opening(at, "kami mengundang Bapak/Ibu/Saudara untuk melakukan perekaman KTP-el"),
            Facts((*at.when[:1], ("Pukul", "sesuai giliran pada lampiran"), *at.when[2:])),
            Para(
                "Mohon datang sendiri, karena perekaman tidak dapat diwakilkan, dan membawa fotokopi Kartu Keluarga."
                " Satu perekaman memerlukan waktu sekitar lima menit. Bagi yang sakit, lanjut usia, atau tidak dapat"
                " datang, mohon memberi tahu perangkat desa agar dapat dikunjungi. Pelayanan ini tidak dipungut biaya."
            ),
            Para("Demikian undangan ini kami sampaikan. Atas kehadirannya kami ucapkan terima kasih."),
        ),
        subject="Undangan perekaman KTP-el",
        attachments="1 (satu) berkas",
        to=(f"Bapak/Ibu/Saudara yang namanya tercantum dalam lampiran, {at.village}",),
        attached=(
            Break("Lampiran undangan perekaman KTP-el"),
            Para("Giliran perekaman KTP-el", strong=True, centred=True),
            Facts((at.when[0], at.when[2])),
            *_by_dusun(at),
        ),
        copies=(at.head_of(at.visit.village), *(at.head_of(one.village) for one in at.neighbours)),
    )


def _attendance(at: Setting) -> Official:
    ordered = sorted(at.people, key=lambda one: (one.village, one.dusun, one.name))
    rows = [(str(number), one.name, _rt(one), _home(one, at)) for number, one in enumerate(ordered, start=1)]
    rows += [(str(len(rows) + number), "", "", "") for number in range(1, EMPTY_ROWS + 1)]
    columns = (("No.", False), ("Nama", True), ("RT", False), ("Dusun", False))
    return Official(
        "order",
        "Daftar Hadir",
        (
            Para(SUBJECT, centred=True),
            Facts(at.when),
            Grid("", columns, tuple(rows), signed=True),
            Signers((at.head_of(at.visit.village), ""), ("Petugas", "")),
        ),
        is_signed=False,
    )


def _minutes(at: Setting) -> Official:
    visit = at.visit
    on = visit.on or at.today
    spelled = (
        f"tanggal {wording.spelled(on.day)} bulan {wording.month(on.month, 'id')} tahun {wording.spelled(on.year)}"
    )
    known = Counter(one.outcome for one in at.people if one.outcome)
    result = [
        ("Diundang", visit.invited),
        ("Hadir", visit.came or 0),
        ("Direkam", visit.recorded or 0),
        *(
            (OUTCOMES[code].id.capitalize(), known[code])
            for code in OUTCOME_ORDER
            if code != "recorded" and known[code]
        ),
    ]
    rows = tuple((str(at_), title, _people(count)) for at_, (title, count) in enumerate(result, start=1))
    told = [Para(line) for line in visit.minutes.splitlines() if line.strip()]
    return Official(
        "order",
        "Berita Acara Pelayanan Jemput Bola Perekaman KTP-el",
        (
            Para(
                f"Pada hari ini, {wording.weekday(on, 'id')}, {spelled} ({on:%d-%m-%Y}), bertempat di {at.place},"
                f" Kecamatan {at.district}, tim {visit.team or EMPTY} telah melaksanakan pelayanan jemput bola"
                f" perekaman KTP-el, pukul {at.hours}, dengan hasil sebagai berikut:"
            ),
            Grid("", (("No.", False), ("Uraian", True), ("Jumlah", False)), rows),
            *([Para("Hal-hal yang terjadi:", strong=True), *told] if told else []),
            Para("Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."),
            Signers(("Tim pelaksana", ""), (at.head_of(visit.village), ""), seen=True),
        ),
        is_signed=False,
    )


_KINDS: dict[str, Callable[[Setting], Official]] = {
    "assignment": _assignment,
    "notice_camat": _notice_camat,
    "notice_kades": _notice_kades,
    "invitation": _invitation,
    "attendance": _attendance,
    "minutes": _minutes,
}
KINDS = tuple(_KINDS)


def _opening(at: Setting, what: str) -> tuple[Part, ...]:
    return (
        Para("Dengan hormat,"),
        Para(f"Berdasarkan {_and(at.bases)}, dengan ini {what} pada:"),
    )


def _outline(at: Setting) -> tuple[tuple[str, str], ...]:
    visit = at.visit
    lines = [*at.when, ("Desa", ", ".join([at.village, *(at.village_of(one.village) for one in at.neighbours)]))]
    if visit.invited:
        lines.append(("Sasaran", f"{_people(visit.invited)} yang belum merekam KTP-el"))
    if visit.team:
        lines.append(("Tim", f"{visit.team} ({visit.sets} set alat perekaman)"))
    return tuple(lines)


def _by_dusun(at: Setting) -> list[Part]:
    """Return the slots, a table a dusun: number, name, RT, time."""
    ordered = sorted(at.people, key=lambda one: (one.village, one.dusun, one.slot, one.name))
    parts: list[Part] = []
    many = len({one.village for one in ordered}) > 1
    for (village, dusun), rows in groupby(ordered, key=lambda one: (one.village, one.dusun)):
        where = _dusun(dusun)
        heading = f"{at.village_of(village)}, {where}" if many else where
        table = tuple(
            (str(number), one.name, _rt(one), slot_text(one.slot)) for number, one in enumerate(rows, start=1)
        )
        parts.append(Grid(heading, (("No.", False), ("Nama", True), ("RT", False), ("Pukul (WIB)", False)), table))
    return parts


def _dusun(name: str) -> str:
    """Return a dusun as a heading names it; lists write its word before it or not."""
    if not name.strip():
        return "Dusun tidak disebut"
    return name if name.split(maxsplit=1)[0].lower() in _DUSUN_WORDS else f"Dusun {name}"


def _home(one: Invited, at: Setting) -> str:
    return one.dusun if one.village == at.visit.village else f"{one.dusun} {at.names.get(one.village, '')}".strip()


def _rt(one: Invited) -> str:
    return "/".join(part for part in (one.rt, one.rw) if part)


def _heads(at: Setting) -> str:
    return _and([at.head_of(at.visit.village), *(at.head_of(one.village) for one in at.neighbours)])


def _other_districts(at: Setting) -> list[str]:
    numbers = {one.village // 10**4 for one in at.neighbours} - {at.visit.village // 10**4}
    return [at.names.get(number, "") for number in sorted(numbers)]


def village_word(number: int) -> str:
    """Return desa or kelurahan: the last four digits of a kelurahan's code begin with 1, a desa's with 2 (Permendagri 72/2019)."""
    return "Kelurahan" if number // 1000 % 10 == 1 else "Desa"


def _people(count: int) -> str:
    return f"{wording.number(count, 'id')} orang"


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} dan {words[-1]}"
