"""Files of every layout as an office sends them, filled with synthetic people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from jemput.domain.rows import Row, RowProblem
from jemput.imports.read import read_file
from jemput.imports.rows import Parsed
from tests.imports.xls import Cell, nik

TODAY = date(2019, 4, 2)
WOMAN = nik("1990-01-02", woman=True)
MAN = nik("1985-12-31", 9002)
CHILD = nik("2003-05-17", 9003)
KK = "1605010102189001"
OTHER_KK = "1605010503179002"


def titles(separator: str, text: str) -> list[str]:
    """Return the titles of a header."""
    return text.strip().split(separator)


KTPEL = titles(
    "|",
    "NO|Nama Lengkap|NIK|Tempat Lahir|Tgl/Bln/Th|JK|Stat Kwn|Gol. Drh|SHDK|Agama|Pendidikan Terakhir|No Akta Lahir|"
    "Pekerjaan|Nama Ibu|Nama Ayah|Wjb KTP|KTP-eL|Status|Stat Rkm",
)
SIAK = titles(
    "|",
    "Nomor KK|NIK|Nama Penduduk|Status|Tempat Lahir|Tanggal Lahir|Kelamin|NIK Ayah|Ayah|NIK Ibu|Ibu|Status Kawin|SHDK|Agama|"
    "Kecamatan|Desa/Kel|Alamat|RW|RT|Pendidikan|Pekerjaan|Deskripsi Pekerjaan|Gol. Darah|Cacat|Cetak KTP|Ganti KTP|"
    "KTP Berakhir|Nomor Paspor|Nomor Akta Lahir|Nomor Akta Kawin|Tanggal Kwn|Nomor Akta Cerai|Tgl Cerai|"
    "Petugas Registrasi|Tgl Ubah|Petugas Entri|Tgl Entri",
)
OPENSID = titles(
    " ",
    "alamat dusun rw rt nama no_kk nik sex tempatlahir tanggallahir agama_id pendidikan_kk_id pendidikan_sedang_id "
    "pekerjaan_id status_kawin kk_level warganegara_id ayah_nik nama_ayah ibu_nik nama_ibu golongan_darah_id akta_lahir "
    "dokumen_pasport tanggal_akhir_paspor dokumen_kitas akta_perkawinan tanggalperkawinan akta_perceraian "
    "tanggalperceraian cacat_id cara_kb_id hamil ktp_el status_rekam alamat_sekarang status_dasar suku tag_id_card "
    "id_asuransi no_asuransi lat lng",
)
BIP_2012 = titles(
    "|",
    "NO|NIK|NAMA|JK|TMPT LHR|TGL LHR|KTPEL|AGAMA|STATUS|HUB. KEL|PENDIDIKAN|PEKERJAAN|NAMA IBU|NAMA AYAH|NO.AKTE LAHIR",
)
BIP_2016 = titles(
    "|", "No|Nama Lengkap|NIK|Tempat Lahir|Tgl/Bln/Th|JK|SHDK|Agama|Pendidikan Terakhir|Pekerjaan|Nama Ibu|Nama Ayah"
)
OFFICE = titles(
    ",",
    "nik,no_kk,nama,jk,tempat_lahir,tgl_lahir,status_kawin,shdk,agama,pendidikan,pekerjaan,gol_darah,ibu,ayah,nik_ibu,"
    "nik_ayah,kewarganegaraan,alamat,dusun,rt,rw,desa,akta_lahir,status_rekam,tgl_rekam,tempat_rekam",
)


def record(header: list[str], **cells: Cell) -> list[Cell]:
    """Return a row under a header, the rest empty; keys are headers with _ for what an identifier cannot hold."""
    plain = {"".join(c for c in name.lower() if c.isalnum()): cell for name, cell in cells.items()}
    row = [plain.pop("".join(c for c in title.lower() if c.isalnum()), "") for title in header]
    assert not plain, f"no such column: {list(plain)}"
    return row


def read(path: Path, **options: Any) -> Parsed:
    """Read a file on the day of the tests."""
    return read_file(path, today=TODAY, **options)


def codes(problems: list[RowProblem]) -> list[tuple[int, str]]:
    """Return row and code of each problem."""
    return [(one.row, one.problem.kind.code) for one in problems]


def fields(row: Row) -> dict[str, str]:
    """Return what a row says."""
    return dict(row.fields)


def ktpel_row(number: int = 1, **cells: Cell) -> list[Cell]:
    """Return a row of BIP KTP-el."""
    usual: dict[str, Cell] = {
        "no": number,
        "nama_lengkap": "SITI AMINAH",
        "nik": WOMAN,
        "tempat_lahir": "MUARA BELITI",
        "tglblnth": "02/01/1990",
        "jk": "Pr",
        "stat_kwn": "BK",
        "gol_drh": "-",
        "shdk": "ANAK",
        "agama": "ISLAM",
        "pendidikan_terakhir": "SLTA/SEDERAJAT",
        "pekerjaan": "PETANI/PEKEBUN",
        "nama_ibu": "FATIMAH",
        "nama_ayah": "-",
        "wjb_ktp": "WAJIB",
        "ktpel": "BELUM",
        "status": "SDH DPT",
        "stat_rkm": "BELUM REKAM",
    }
    return record(KTPEL, **(usual | cells))


KTPEL_HEADING: list[list[Cell]] = [
    ["BUKU INDUK PENDUDUK WAJIB KTP"],
    ["PROVINSI", "", ":", "SUMATERA SELATAN"],
    ["KABUPATEN/KOTA", "", ":", "MUSI RAWAS"],
    ["KECAMATAN", "", ":", "MUARA BELITI"],
    ["DESA/KELURAHAN", "", ":", "SUKA MAKMUR"],
    [],
]


def siak_row(**cells: Cell) -> list[Cell]:
    """Return a row of the SIAK list."""
    usual: dict[str, Cell] = {
        "nomor_kk": KK,
        "nik": WOMAN,
        "nama_penduduk": "SITI AMINAH",
        "status": "Hidup",
        "tempat_lahir": "MUARA BELITI",
        "tanggal_lahir": date(1990, 1, 2),
        "kelamin": "Perempuan",
        "nik_ayah": "0",
        "ayah": "-",
        "ibu": "FATIMAH",
        "status_kawin": "Belum Kawin",
        "shdk": "Kepala Keluarga",
        "agama": "Islam",
        "kecamatan": "MUARA BELITI",
        "desakel": "SUKA MAKMUR",
        "alamat": "JL. LINTAS NO. 1",
        "rw": "002",
        "rt": "001",
        "pendidikan": "SLTA / Sederajat",
        "pekerjaan": "Petani/Pekebun",
        "gol_darah": "Tidak Tahu",
    }
    return record(SIAK, **(usual | cells))


def opensid_row(**cells: Cell) -> list[Cell]:
    """Return a row of the OpenSID workbook."""
    usual: dict[str, Cell] = {
        "alamat": "JL. LINTAS",
        "dusun": "II",
        "rw": "-",
        "rt": 1,
        "nama": "SITI AMINAH",
        "no_kk": KK,
        "nik": WOMAN,
        "sex": 2,
        "tempatlahir": "MUARA BELITI",
        "tanggallahir": "1990-01-02",
        "agama_id": 1,
        "pendidikan_kk_id": 5,
        "pekerjaan_id": "PETANI/PEKEBUN",
        "status_kawin": 1,
        "kk_level": 1,
        "warganegara_id": 1,
        "golongan_darah_id": 13,
        "ktp_el": 1,
        "status_rekam": 2,
        "status_dasar": 1,
        "tag_id_card": "E004",
    }
    return record(OPENSID, **(usual | cells))


def bip_2012_family(kk: Cell, head: str, address: str, members: list[list[Cell]]) -> list[list[Cell]]:
    """Return a family's block of BIP 2012: titles, values, header, members."""
    gap = [""] * 2
    return [
        ["NO.KK", *gap, "NAMA.KK", *gap, "ALAMAT"],
        [kk, *gap, head, *gap, address],
        [*BIP_2012],
        *members,
    ]


def bip_2012_row(number: int, nik_cell: Cell, name: str, **cells: Cell) -> list[Cell]:
    """Return a member in BIP 2012."""
    usual: dict[str, Cell] = {
        "no": number,
        "nik": nik_cell,
        "nama": name,
        "jk": "P",
        "tmpt_lhr": "MUARA BELITI",
        "tgl_lhr": 32875,
        "ktpel": "SENT_FOR_CARD_PRINTING",
        "agama": "ISLAM",
        "status": "KAWIN",
        "hub_kel": "ISTRI",
        "pendidikan": "SLTA/SEDERAJAT",
        "pekerjaan": "PETANI/PEKEBUN",
        "nama_ibu": "FATIMAH",
        "nama_ayah": "-",
        "noaktelahir": "",
    }
    return record(BIP_2012, **(usual | cells))


def bip_2016_row(number: int, nik_cell: Cell, name: str, **cells: Cell) -> list[Cell]:
    """Return a member in BIP 2016."""
    usual: dict[str, Cell] = {
        "no": number,
        "nama_lengkap": name,
        "nik": nik_cell,
        "tempat_lahir": "MUARA BELITI",
        "tglblnth": "02-01-1990",
        "jk": "P",
        "shdk": "Istri",
        "agama": "Islam",
        "pendidikan_terakhir": "SLTA/Sederajat",
        "pekerjaan": "Petani/Pekebun",
        "nama_ibu": "FATIMAH",
        "nama_ayah": "-",
    }
    return record(BIP_2016, **(usual | cells))


def office_row(**cells: Cell) -> list[Cell]:
    """Return a row of the office's own list."""
    usual: dict[str, Cell] = {
        "nik": WOMAN,
        "no_kk": KK,
        "nama": "SITI AMINAH",
        "jk": "P",
        "tgl_lahir": "1990-01-02",
        "status_kawin": "belum kawin",
        "desa": "16.05.01.2003",
        "status_rekam": "BELUM REKAM",
    }
    return record(OFFICE, **(usual | cells))
