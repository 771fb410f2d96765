"""The workbook villages exchange with OpenSID, 43 columns, most of them coded.

The codes are SIAK's; where the workbook carries a sheet of codes of its own, that sheet rules. An
unknown RT, RW or dusun is "-", an empty cell never overwrites. It names no village.
"""

from __future__ import annotations

from jemput.domain import people
from jemput.domain.problems import Text
from jemput.imports.layout import Column, Layout

RECORDING_CODES = {
    "1": "BELUM WAJIB",
    "2": "BELUM REKAM",
    "3": "SUDAH REKAM",
    "4": "CARD PRINTED",
    "5": "PRINT READY RECORD",
    "6": "CARD SHIPPED",
    "7": "SENT FOR CARD PRINTING",
    "8": "CARD ISSUED",
}
"""status_rekam 1-8."""
REGISTER_CODES = {"1": "hidup", "2": "mati", "3": "pindah", "4": "hilang", "6": "pergi", "9": "tidak valid"}
"""status_dasar; there is no 5, 7 or 8."""

_NOT_READ = (
    "pendidikan_sedang_id",
    "dokumen_pasport",
    "tanggal_akhir_paspor",
    "dokumen_kitas",
    "akta_perkawinan",
    "tanggalperkawinan",
    "akta_perceraian",
    "tanggalperceraian",
    "cacat_id",
    "cara_kb_id",
    "hamil",
    "alamat_sekarang",
    "suku",
    "tag_id_card",
    "id_asuransi",
    "no_asuransi",
    "lat",
    "lng",
    "no",
)


def _coded(header: str, field: str, table: dict[str, str], *also: str) -> Column:
    """Return a coded column, whose words are as good as its codes."""
    words = {word.lower(): word for word in table.values() if word}
    return Column(header, field, "coded", also, words | table)


OPENSID = Layout(
    name="opensid",
    kind="list",
    title=Text("buku kerja OpenSID, 43 kolom", "OpenSID workbook, 43 columns"),
    columns=(
        Column("nik", "nik", "nik"),
        Column("nama", "name", "text"),
        Column("no_kk", "no_kk", "kk"),
        Column("alamat", "address", "text"),
        Column("dusun", "dusun"),
        Column("rw", "rw"),
        Column("rt", "rt"),
        Column("sex", "sex", "sex", ("jenis_kelamin",), people.SEXES),
        Column("tempatlahir", "born_at"),
        Column("tanggallahir", "born_on", "birth"),
        _coded("agama_id", "religion", people.RELIGIONS, "agama"),
        _coded("pendidikan_kk_id", "education", people.EDUCATIONS, "pendidikan_kk", "pendidikan"),
        _coded("pekerjaan_id", "occupation", {}, "pekerjaan"),
        _coded("status_kawin", "marital", people.MARITAL, "status_perkawinan"),
        _coded("kk_level", "role", people.ROLES, "shdk", "hubungan_keluarga"),
        _coded("warganegara_id", "citizenship", people.CITIZENSHIPS, "warganegara"),
        Column("ayah_nik", "father_nik", "nik_other"),
        Column("nama_ayah", "father", "text"),
        Column("ibu_nik", "mother_nik", "nik_other"),
        Column("nama_ibu", "mother", "text"),
        _coded("golongan_darah_id", "blood", people.BLOODS, "golongan_darah"),
        Column("akta_lahir", "birth_certificate", "text"),
        Column("ktp_el", "card_said"),
        _coded("status_rekam", "status", RECORDING_CODES),
        _coded("status_dasar", "register_status", REGISTER_CODES),
        *(Column(header, "") for header in _NOT_READ),
    ),
    needs=("nik", "nama", "no_kk", "sex", "tanggallahir", "kk_level"),
    code_sheet=True,
)
