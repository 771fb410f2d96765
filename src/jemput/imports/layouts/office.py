"""The office's own files: its register as CSV, LAMPID events, the centre's list of a konsolidasi, DKB totals.

Headers are Indonesian with the canonical English field names as synonyms; capitals, spaces and
underscores do not matter. The same headers in a workbook are the same layout.
"""

from __future__ import annotations

from jemput.domain import facts, people
from jemput.domain.problems import Text
from jemput.imports.layout import Column, Layout

PERSON = (
    Column("no_kk", "no_kk", "kk", ("nomor_kk", "nkk", "kk_number", "family_card")),
    Column("jk", "sex", "sex", ("sex", "jenis_kelamin", "gender"), people.SEXES),
    Column("tempat_lahir", "born_at", "word", ("born_at", "birth_place")),
    Column("tgl_lahir", "born_on", "birth", ("born_on", "tanggal_lahir", "birth_date")),
    Column("status_kawin", "marital", "coded", ("marital", "status_perkawinan", "marital_status"), people.MARITAL),
    Column("shdk", "role", "coded", ("role", "hubungan_keluarga"), people.ROLES),
    Column("agama", "religion", "coded", ("religion",), people.RELIGIONS),
    Column("pendidikan", "education", "coded", ("education",), people.EDUCATIONS),
    Column("pekerjaan", "occupation", "word", ("occupation",)),
    Column("gol_darah", "blood", "coded", ("blood", "golongan_darah", "blood_type"), people.BLOODS),
    Column("ibu", "mother", "text", ("mother", "nama_ibu")),
    Column("ayah", "father", "text", ("father", "nama_ayah")),
    Column("nik_ibu", "mother_nik", "nik_other", ("mother_nik",)),
    Column("nik_ayah", "father_nik", "nik_other", ("father_nik",)),
    Column("kewarganegaraan", "citizenship", "coded", ("citizenship", "warganegara"), people.CITIZENSHIPS),
    Column("alamat", "address", "text", ("address",)),
    Column("dusun", "dusun", "word", ("hamlet",)),
    Column("rt", "rt"),
    Column("rw", "rw"),
    Column("akta_lahir", "birth_certificate", "text", ("birth_certificate", "no_akta_lahir")),
    Column("tgl_rekam", "status_on", "day", ("status_on", "tanggal_rekam", "recorded_on")),
)
NAME = Column("nama", "name", "text", ("name",))
VILLAGE = Column("desa", "village", "village", ("village", "kode_desa", "village_code"))
STATUS = Column("status_rekam", "status", "word", ("status", "recording_status"))
RECORDED_AT = Column("tempat_rekam", "recorded_at", "area", ("recorded_at",))
ON = Column("on", "on", "on", ("tanggal", "tgl", "date", "tgl_peristiwa", "tanggal_peristiwa"))
NOTE = Column("keterangan", "note", "text", ("note", "remark"))

OFFICE = Layout(
    name="office-csv",
    kind="list",
    title=Text("daftar kantor", "the office's own list"),
    columns=(
        Column("nik", "nik", "nik"),
        NAME,
        VILLAGE,
        *PERSON,
        STATUS,
        RECORDED_AT,
        Column("status_penduduk", "register_status", "word", ("register_status",)),
        Column("no", "", also=("nomor", "no_urut")),
    ),
    needs=("nik", "nama"),
    never=("peristiwa", "event", "hasil", "result"),
    mostly=True,
)

EVENT_WORDS = {
    "lahir": facts.LAHIR,
    "birth": facts.LAHIR,
    "kelahiran": facts.LAHIR,
    "mati": facts.MATI,
    "death": facts.MATI,
    "kematian": facts.MATI,
    "meninggal": facts.MATI,
    "pindah": facts.PINDAH,
    "move out": facts.PINDAH,
    "moved out": facts.PINDAH,
    "pindah keluar": facts.PINDAH,
    "datang": facts.DATANG,
    "arrival": facts.DATANG,
    "kedatangan": facts.DATANG,
    "kawin": facts.KAWIN,
    "marriage": facts.KAWIN,
    "perkawinan": facts.KAWIN,
    "pindah dalam": facts.RESIDENCE_CHANGED,
    "residence": facts.RESIDENCE_CHANGED,
    "residence changed": facts.RESIDENCE_CHANGED,
    "biodata": facts.BIODATA_CHANGED,
    "biodata changed": facts.BIODATA_CHANGED,
    "blokir": facts.BLOCKED,
    "blocked": facts.BLOCKED,
    "aktif": facts.REACTIVATED,
    "reactivated": facts.REACTIVATED,
    "rekam": facts.REKAM,
    "recording": facts.REKAM,
    "batal": facts.REVERSED,
    "reversal": facts.REVERSED,
    "reversed": facts.REVERSED,
}

EVENTS = Layout(
    name="events",
    kind="events",
    title=Text("peristiwa LAMPID", "LAMPID events"),
    columns=(
        Column("peristiwa", "event", "one_of", ("event",), EVENT_WORDS),
        ON,
        Column("nik", "nik", "nik_said"),
        NAME,
        VILLAGE,
        Column("id", "id", "text", ("no_peristiwa", "event_id")),
        Column("reported_on", "reported_on", "day_said", ("tgl_lapor", "tanggal_lapor", "reported")),
        Column("batal", "reverses", "text", ("reverses", "membatalkan")),
        *PERSON,
        STATUS,
        RECORDED_AT,
        Column("asal_tujuan", "place", "text", ("place", "from_to", "asal", "tujuan")),
        NOTE,
        Column("sumber", "said_by", "word", ("said_by", "source")),
        Column("no", "", also=("nomor", "no_urut")),
    ),
    needs=("peristiwa", "on"),
)

RESULT_WORDS = {
    "dihapus": facts.KONSOLIDASI_REMOVED,
    "removed": facts.KONSOLIDASI_REMOVED,
    "konsolidasi removed": facts.KONSOLIDASI_REMOVED,
    "digabung": facts.KONSOLIDASI_MERGED,
    "merged": facts.KONSOLIDASI_MERGED,
    "konsolidasi merged": facts.KONSOLIDASI_MERGED,
    "ditambah": facts.KONSOLIDASI_ADDED,
    "added": facts.KONSOLIDASI_ADDED,
    "konsolidasi added": facts.KONSOLIDASI_ADDED,
}

KONSOLIDASI = Layout(
    name="konsolidasi",
    kind="konsolidasi",
    title=Text("daftar hasil konsolidasi pusat", "the centre's list of a konsolidasi"),
    columns=(
        Column("hasil", "event", "one_of", ("result",), RESULT_WORDS),
        ON,
        Column("nik", "nik", "nik"),
        Column("gabung_ke", "merged_into", "nik_said", ("merged_into",)),
        NAME,
        VILLAGE,
        *PERSON,
        STATUS,
        RECORDED_AT,
        NOTE,
        Column("id", "id", "text"),
        Column("no", "", also=("nomor", "no_urut")),
    ),
    needs=("hasil", "on", "nik"),
)

DKB = Layout(
    name="dkb",
    kind="dkb",
    title=Text("angka DKB per desa", "DKB totals by village"),
    columns=(
        VILLAGE,
        Column("semester", "semester", "word"),
        ON,
        Column("wajib_ktp", "id_obligated", "count", ("id_obligated", "wajib_e_ktp")),
        Column("penduduk", "population", "count", ("population", "jumlah_penduduk")),
        Column("kk", "households", "count", ("households", "jumlah_kk")),
        Column("no", "", also=("nomor", "no_urut")),
    ),
    needs=("semester", "on", "desa", "wajib_ktp"),
)
