"""Village workbooks of the demo, one of each layout that offices exchange; headers as met in the field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # 3.3 ships no type information

from jemput.demo.musi_rawas import Village
from jemput.demo.people import Person, Status
from jemput.domain import recording

WORKBOOKS = {
    "bip-ktpel": "16.05.08.2004",
    "siak": "16.05.13.2003",
    "opensid": "16.05.19.2004",
    "bip-2012": "16.05.21.2003",
    "bip-2016": "16.05.20.2005",
}
"""Layout → the village whose register arrives in it."""

KTPEL = (
    "NO|Nama Lengkap|NIK|Tempat Lahir|Tgl/Bln/Th|JK|Stat Kwn|Gol. Drh|SHDK|Agama|Pendidikan Terakhir|No Akta Lahir|"
    "Pekerjaan|Nama Ibu|Nama Ayah|Wjb KTP|KTP-eL|Status|Stat Rkm"
).split("|")
SIAK = (
    "Nomor KK|NIK|Nama Penduduk|Status|Tempat Lahir|Tanggal Lahir|Kelamin|NIK Ayah|Ayah|NIK Ibu|Ibu|Status Kawin|SHDK|"
    "Agama|Kecamatan|Desa/Kel|Alamat|RW|RT|Pendidikan|Pekerjaan|Deskripsi Pekerjaan|Gol. Darah|Cacat|Cetak KTP|"
    "Ganti KTP|KTP Berakhir|Nomor Paspor|Nomor Akta Lahir|Nomor Akta Kawin|Tanggal Kwn|Nomor Akta Cerai|Tgl Cerai|"
    "Petugas Registrasi|Tgl Ubah|Petugas Entri|Tgl Entri"
).split("|")
OPENSID = (
    "alamat dusun rw rt nama no_kk nik sex tempatlahir tanggallahir agama_id pendidikan_kk_id pendidikan_sedang_id "
    "pekerjaan_id status_kawin kk_level warganegara_id ayah_nik nama_ayah ibu_nik nama_ibu golongan_darah_id akta_lahir "
    "dokumen_pasport tanggal_akhir_paspor dokumen_kitas akta_perkawinan tanggalperkawinan akta_perceraian "
    "tanggalperceraian cacat_id cara_kb_id hamil ktp_el status_rekam alamat_sekarang status_dasar suku tag_id_card "
    "id_asuransi no_asuransi lat lng"
).split()
BIP_2012 = (
    "NO|NIK|NAMA|JK|TMPT LHR|TGL LHR|KTPEL|AGAMA|STATUS|HUB. KEL|PENDIDIKAN|PEKERJAAN|NAMA IBU|NAMA AYAH|NO.AKTE LAHIR"
).split("|")
BIP_2016 = (
    "No|Nama Lengkap|NIK|Tempat Lahir|Tgl/Bln/Th|JK|SHDK|Agama|Pendidikan Terakhir|Pekerjaan|Nama Ibu|Nama Ayah"
).split("|")

MARITAL_LETTERS = {"belum kawin": "BK", "kawin": "K", "cerai hidup": "CH", "cerai mati": "CM"}
MARITAL_NUMBERS = {"belum kawin": "1", "kawin": "2", "cerai hidup": "3", "cerai mati": "4"}
ROLE_NUMBERS = {"kepala keluarga": "1", "istri": "3", "anak": "4", "lainnya": "11"}
OPENSID_STATUS = {"CARD_PRINTED": "4", "PRINT_READY_RECORD": "5", "CARD_ISSUED": "8", "BIO_CAPTURED": "3"}
EXCEL_EPOCH = date(1899, 12, 30).toordinal()
NBSP = "\u00a0"


def carries(layout: str, status: Status) -> bool:
    """Whether a workbook of the layout can say this status."""
    order = recording.fold(status.raw)
    if layout == "opensid":
        return order is not None and order > 0 and recording.BY_ORDER[order].code in OPENSID_STATUS
    return layout in {"bip-ktpel", "bip-2012"}


def write_workbook(path: Path, layout: str, village: Village, people: Iterable[Person], known: date) -> None:
    """Write the register of one village as a workbook of a layout."""
    rows = {
        "bip-ktpel": _ktpel,
        "siak": _siak,
        "opensid": _opensid,
        "bip-2012": _bip_2012,
        "bip-2016": _bip_2016,
    }[layout](village, list(people), known)
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"created": datetime(known.year, known.month, known.day, tzinfo=UTC)})
    sheet = book.add_worksheet("Data")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell != "":
                sheet.write(number, column, cell)
    book.close()


Rows = Iterator[list[str | int]]


def _heading(village: Village) -> Rows:
    yield ["BUKU INDUK KEPENDUDUKAN"]
    yield ["PROVINSI", ":", "SUMATERA SELATAN"]
    yield ["KABUPATEN", ":", "MUSI RAWAS"]
    yield ["KECAMATAN", ":", village.district.upper()]
    yield ["DESA", ":", village.name.upper()]
    yield []


def _raw(one: Person, known: date) -> str:
    told = [status for status in one.statuses if status.known <= known]
    return told[-1].raw if told else ""


def _families(people: Iterable[Person]) -> Iterator[list[Person]]:
    families: dict[str, list[Person]] = {}
    for one in people:
        families.setdefault(one.no_kk, []).append(one)
    yield from families.values()


def _ktpel(village: Village, people: list[Person], known: date) -> Rows:
    yield from _heading(village)
    yield [*KTPEL]
    for number, one in enumerate(people, 1):
        wajib = one.adult_on <= known or one.marital != "belum kawin"
        raw = _raw(one, known)
        yield [
            number,
            one.name,
            one.nik,
            one.born_at,
            one.born.strftime("%d/%m/%Y"),
            "Lk" if one.sex == "L" else "Pr",
            MARITAL_LETTERS[one.marital],
            "-",
            one.role.upper(),
            "ISLAM",
            one.education,
            "-",
            one.occupation,
            one.mother,
            one.father or "-",
            "WAJIB" if wajib else "BELUM",
            "KTP-eL" if raw else "BELUM",
            "SDH DPT" if wajib else "BLM DPT",
            raw or "BELUM REKAM",
        ]


def _siak(village: Village, people: list[Person], known: date) -> Rows:  # noqa: ARG001 - SIAK's list says nothing of recording
    yield [*SIAK]
    for one in people:
        said = {
            "Nomor KK": one.no_kk,
            "NIK": one.nik,
            "Nama Penduduk": one.name,
            "Status": "Hidup",
            "Tempat Lahir": one.born_at,
            "Tanggal Lahir": one.born.strftime("%d-%m-%Y"),
            "Kelamin": "Laki-laki" if one.sex == "L" else "Perempuan",
            "Ayah": one.father or "-",
            "Ibu": one.mother,
            "Status Kawin": one.marital.title(),
            "SHDK": one.role.title(),
            "Agama": "Islam",
            "Kecamatan": village.district,
            "Desa/Kel": village.name,
            "RW": one.rw,
            "RT": one.rt,
            "Pendidikan": one.education,
            "Pekerjaan": one.occupation,
            "Gol. Darah": "-",
        }
        yield [said.get(title, "") for title in SIAK]


def _opensid(village: Village, people: list[Person], known: date) -> Rows:  # noqa: ARG001 - a village's own workbook names no village
    yield [*OPENSID]
    for one in people:
        raw = _raw(one, known)
        order = recording.fold(raw) if raw else None
        code = recording.BY_ORDER[order].code if order else ""
        said = {
            "dusun": one.dusun or "-",
            "rw": one.rw,
            "rt": one.rt,
            "nama": one.name,
            "no_kk": one.no_kk,
            "nik": one.nik,
            "sex": "1" if one.sex == "L" else "2",
            "tempatlahir": one.born_at,
            "tanggallahir": one.born.isoformat(),
            "agama_id": "1",
            "pekerjaan_id": one.occupation,
            "status_kawin": MARITAL_NUMBERS[one.marital],
            "kk_level": ROLE_NUMBERS[one.role],
            "warganegara_id": "1",
            "nama_ayah": one.father or "-",
            "nama_ibu": one.mother,
            "status_rekam": OPENSID_STATUS.get(code, "2"),
            "status_dasar": "1",
        }
        yield [said.get(title, "") for title in OPENSID]


def _bip_2012(village: Village, people: list[Person], known: date) -> Rows:
    yield from _heading(village)
    for family in _families(people):
        yield ["NO.KK", "", "", "NAMA.KK", "", "", "ALAMAT"]
        yield [family[0].no_kk, "", "", family[0].name, "", "", "-"]
        yield [*BIP_2012]
        for number, one in enumerate(family, 1):
            yield [
                number,
                one.nik,
                one.name,
                one.sex,
                one.born_at,
                one.born.toordinal() - EXCEL_EPOCH,
                _raw(one, known) or "NULL",
                "ISLAM",
                one.marital.upper(),
                one.role.upper(),
                one.education,
                one.occupation,
                one.mother,
                one.father or "-",
                "",
            ]


def _bip_2016(village: Village, people: list[Person], known: date) -> Rows:
    yield ["BUKU INDUK KEPENDUDUKAN"]
    yield ["PERIODE", ":", known.strftime("%d-%m-%Y")]
    yield ["PROVINSI", ":", "SUMATERA SELATAN"]
    yield ["KABUPATEN", ":", "MUSI RAWAS"]
    yield ["KECAMATAN", ":", village.district.upper()]
    yield ["DESA", ":", village.name.upper()]
    yield [*BIP_2016]
    yield [f"-{number}" for number in range(1, len(BIP_2016) + 1)]
    for family in _families(people):
        yield [f"No. KK : {family[0].no_kk} | Alamat : -, Nama {family[0].name}"]
        for number, one in enumerate(family, 1):
            yield [
                number,
                one.name,
                one.nik + NBSP,
                one.born_at,
                one.born.strftime("%d-%m-%Y"),
                one.sex,
                one.role.title(),
                "Islam",
                one.education,
                one.occupation,
                one.mother,
                one.father or "-",
            ]
