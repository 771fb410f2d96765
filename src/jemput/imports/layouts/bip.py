"""The books of a village (buku induk penduduk) that the office prints: BIP KTP-el, BIP 2012, BIP 2016.

BIP KTP-el is the sweep list of 19 columns that goes to villages. BIP 2012 repeats a block for each
family: a row NO.KK / NAMA.KK / ALAMAT, its values, the members' header, the members. BIP 2016 has
two header rows, a row of column numbers, and one line of text above each family.
"""

from __future__ import annotations

from jemput.domain import people
from jemput.domain.problems import Text
from jemput.imports.layout import Column, Layout

_NO = Column("No", "", also=("No.", "No Urut"))

BIP_KTPEL = Layout(
    name="bip-ktpel",
    kind="list",
    title=Text("BIP KTP-el, 19 kolom", "BIP KTP-el, 19 columns"),
    columns=(
        Column("NIK", "nik", "nik"),
        Column("Nama Lengkap", "name", "text"),
        _NO,
        Column("Tempat Lahir", "born_at"),
        Column("Tgl/Bln/Th", "born_on", "birth", ("Tgl/Bln/Thn", "Tanggal Lahir", "Tgl Lahir")),
        Column("JK", "sex", "sex", table=people.SEXES),
        Column("Stat Kwn", "marital", "coded", table=people.MARITAL),
        Column("Gol. Drh", "blood", "coded", ("Gol Darah",), people.BLOODS),
        Column("SHDK", "role", "coded", table=people.ROLES),
        Column("Agama", "religion", "coded", table=people.RELIGIONS),
        Column("Pendidikan Terakhir", "education", "coded", table=people.EDUCATIONS),
        Column("No Akta Lahir", "birth_certificate", "text"),
        Column("Pekerjaan", "occupation"),
        Column("Nama Ibu", "mother", "text"),
        Column("Nama Ayah", "father", "text"),
        Column("Wjb KTP", "wajib_said"),
        Column("KTP-eL", "card_said"),
        Column("Status", "voter_said"),
        Column("Stat Rkm", "status"),
    ),
    needs=("Nama Lengkap", "NIK", "Wjb KTP", "Stat Rkm"),
)

BIP_2012 = Layout(
    name="bip-2012",
    kind="list",
    title=Text("BIP 2012, blok keluarga", "BIP 2012, blocks of families"),
    columns=(
        Column("NIK", "nik", "nik"),
        Column("NAMA", "name", "text"),
        _NO,
        Column("JK", "sex", "sex", table=people.SEXES),
        Column("TMPT LHR", "born_at", also=("TMP LHR", "TEMPAT LAHIR")),
        Column("TGL LHR", "born_on", "birth", ("TANGGAL LAHIR",)),
        Column("KTPEL", "status", also=("KTP-EL", "E-KTP")),
        Column("AGAMA", "religion", "coded", table=people.RELIGIONS),
        Column("STATUS", "marital", "coded", table=people.MARITAL),
        Column("HUB. KEL", "role", "coded", ("HUB KELUARGA", "SHDK"), people.ROLES),
        Column("PENDIDIKAN", "education", "coded", table=people.EDUCATIONS),
        Column("PEKERJAAN", "occupation"),
        Column("NAMA IBU", "mother", "text"),
        Column("NAMA AYAH", "father", "text"),
        Column("NO.AKTE LAHIR", "birth_certificate", "text", ("NO AKTA LAHIR",)),
    ),
    needs=("NIK", "NAMA", "TGL LHR", "KTPEL", "HUB. KEL"),
    families="rows",
)

BIP_2016 = Layout(
    name="bip-2016",
    kind="list",
    title=Text("BIP 2016, baris keluarga", "BIP 2016, lines of families"),
    columns=(
        Column("NIK", "nik", "nik"),
        Column("Nama Lengkap", "name", "text"),
        _NO,
        Column("Tempat Lahir", "born_at"),
        Column("Tgl/Bln/Th", "born_on", "birth", ("Tgl/Bln/Thn", "Tanggal Lahir", "Tgl Lahir")),
        Column("JK", "sex", "sex", table=people.SEXES),
        Column("SHDK", "role", "coded", table=people.ROLES),
        Column("Agama", "religion", "coded", table=people.RELIGIONS),
        Column("Pendidikan Terakhir", "education", "coded", table=people.EDUCATIONS),
        Column("Pekerjaan", "occupation"),
        Column("Nama Ibu", "mother", "text"),
        Column("Nama Ayah", "father", "text"),
    ),
    needs=("Nama Lengkap", "NIK", "Tgl/Bln/Th", "SHDK"),
    never=("Wjb KTP", "Stat Rkm", "Stat Kwn", "KTP-eL"),
    families="line",
)
