"""The list SIAK exports, 37 columns: everybody in the register, with the names of district and village in each row."""

from __future__ import annotations

from jemput.domain import people
from jemput.domain.problems import Text
from jemput.imports.layout import Column, Layout

_NOT_READ = (
    "Deskripsi Pekerjaan",
    "Cacat",
    "Cetak KTP",
    "Ganti KTP",
    "KTP Berakhir",
    "Nomor Paspor",
    "Nomor Akta Kawin",
    "Tanggal Kwn",
    "Nomor Akta Cerai",
    "Tgl Cerai",
    "Petugas Registrasi",
    "Tgl Ubah",
    "Petugas Entri",
    "Tgl Entri",
    "No",
)

SIAK = Layout(
    name="siak",
    kind="list",
    title=Text("daftar SIAK, 37 kolom", "SIAK list, 37 columns"),
    columns=(
        Column("NIK", "nik", "nik"),
        Column("Nama Penduduk", "name", "text"),
        Column("Nomor KK", "no_kk", "kk", ("No KK",)),
        Column("Status", "register_status"),
        Column("Tempat Lahir", "born_at"),
        Column("Tanggal Lahir", "born_on", "birth"),
        Column("Kelamin", "sex", "sex", ("Jenis Kelamin",), people.SEXES),
        Column("NIK Ayah", "father_nik", "nik_other"),
        Column("Ayah", "father", "text"),
        Column("NIK Ibu", "mother_nik", "nik_other"),
        Column("Ibu", "mother", "text"),
        Column("Status Kawin", "marital", "coded", table=people.MARITAL),
        Column("SHDK", "role", "coded", table=people.ROLES),
        Column("Agama", "religion", "coded", table=people.RELIGIONS),
        Column("Kecamatan", "district_name"),
        Column("Desa/Kel", "village_name", also=("Desa/Kelurahan", "Kelurahan/Desa")),
        Column("Alamat", "address", "text"),
        Column("RW", "rw"),
        Column("RT", "rt"),
        Column("Pendidikan", "education", "coded", table=people.EDUCATIONS),
        Column("Pekerjaan", "occupation"),
        Column("Gol. Darah", "blood", "coded", table=people.BLOODS),
        Column("Nomor Akta Lahir", "birth_certificate", "text"),
        *(Column(header, "") for header in _NOT_READ),
    ),
    needs=("NIK", "Nama Penduduk", "Nomor KK", "Tanggal Lahir", "Desa/Kel"),
)
