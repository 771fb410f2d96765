"""What a reader can find wrong with a row, which keeps that row out, and what is only worth a note, which keeps nothing out."""

from __future__ import annotations

from jemput.domain.problems import Problem, ProblemKind, Text


class Faulty(Exception):  # noqa: N818 - found in a row, caught by the reader of that row
    """One row cannot be taken; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.kind.code)
        self.problem = problem


# --- of one row --------------------------------------------------------------------------------

NAME_MISSING = ProblemKind(
    "name_missing",
    Text("Nama kosong.", "The name is empty."),
    Text("Isi nama seperti di KK.", "Fill in the name as on the family card."),
)
DATE_UNREADABLE = ProblemKind(
    "date_unreadable",
    Text("“{found}” bukan tanggal yang dapat dibaca.", "“{found}” is not a date that can be read."),
    Text(
        "Tulis sebagai hari-bulan-tahun dengan tahun empat angka, misalnya 28-03-2019.",
        "Write it as day-month-year with a year of four digits, such as 28-03-2019.",
    ),
)
BORN_LATER = ProblemKind(
    "born_later",
    Text("Tanggal lahir {found} sesudah hari ini.", "The birth date {found} lies after today."),
    Text("Periksa tahun lahirnya ke KK.", "Check the year of birth against the family card."),
)
ON_LATER = ProblemKind(
    "on_later",
    Text("Tanggal {found} sesudah hari ini.", "The date {found} lies after today."),
    Text("Catat peristiwa yang sudah terjadi saja.", "Record only what has happened."),
)
FIELD_MISSING = ProblemKind(
    "field_missing",
    Text(
        "Kolom {field} wajib diisi untuk “{event_id}” dan kosong.",
        "The column {field} is needed for “{event_en}” and is empty.",
    ),
    Text("Isi kolom itu dari surat sumbernya.", "Fill it in from the paper it comes from."),
)
WORD_UNKNOWN = ProblemKind(
    "word_unknown",
    Text("“{found}” tidak dikenal di kolom ini.", "“{found}” is not known in this column."),
    Text("Pilih salah satu: {known}.", "Choose one of: {known}."),
)
NAME_CLASH = ProblemKind(
    "name_clash",
    Text(
        "NIK {nik} sudah dipakai di baris {where} untuk “{first}”; baris ini menulis “{second}”.",
        "NIK {nik} is already used in row {where} for “{first}”; this row says “{second}”.",
    ),
    Text(
        "Periksa kedua orang itu ke KK; satu NIK hanya milik satu orang.",
        "Check both people against their family cards; a NIK belongs to one person only.",
    ),
)
PERSON_TWICE = ProblemKind(
    "person_twice",
    Text(
        "Orang yang sama (NIK {nik}) sudah ada di baris {where} dengan isi lain: {fields}.",
        "The same person (NIK {nik}) stands in row {where} with other contents: {fields}.",
    ),
    Text("Periksa mana yang benar dan hapus yang lain.", "Check which one is right and delete the other."),
)
ID_TWICE = ProblemKind(
    "id_twice",
    Text(
        "Nomor “{found}” sudah dipakai di baris {where} dengan isi lain.",
        "The id “{found}” is already used in row {where} with other contents.",
    ),
    Text(
        "Beri nomor sendiri, atau hapus baris yang salah.", "Give it an id of its own, or delete the row that is wrong."
    ),
)
VILLAGE_CODE = ProblemKind(
    "village_code",
    Text(
        "“{found}” bukan kode desa/kelurahan 10 angka (contoh 16.05.01.2003).",
        "“{found}” is not a village code of 10 digits (example 16.05.01.2003).",
    ),
    Text("Pakai kode Kemendagri dengan atau tanpa titik.", "Use the Kemendagri code, with or without dots."),
)
CELLS_SHIFTED = ProblemKind(
    "cells_shifted",
    Text(
        "Baris ini berisi {found} kolom sedangkan judulnya {expected}: ada pemisah di dalam isian tanpa tanda petik.",
        "This row has {found} columns while the header has {expected}: a separator stands inside a cell without quotes.",
    ),
    Text(
        "Apit isian yang memuat pemisah dengan tanda petik, atau simpan sebagai .xlsx.",
        "Put quotes around the cell that holds the separator, or save as .xlsx.",
    ),
)
REVERSES_MISSING = ProblemKind(
    "reverses_missing",
    Text(
        "Pembatalan tanpa nomor peristiwa yang dibatalkan.",
        "A reversal without the id of the event it takes back.",
    ),
    Text("Isi kolom batal dengan id peristiwa itu.", "Fill in the column with the id of that event."),
)
REVERSES_ELSEWHERE = ProblemKind(
    "reverses_elsewhere",
    Text(
        "Kolom ini terisi, tetapi peristiwanya “{event_id}” dan bukan pembatalan.",
        "This column is filled in, but the event is “{event_en}” and no reversal.",
    ),
    Text(
        "Kosongkan kolom itu, atau tulis peristiwa “batal”.",
        "Clear the column, or write “batal” (reversal) as the event.",
    ),
)
MERGED_INTO_ITSELF = ProblemKind(
    "merged_into_itself",
    Text("NIK ini digabung ke dirinya sendiri.", "This NIK is merged into itself."),
    Text("Isi dengan NIK lain milik orang yang sama.", "Fill in the other NIK of the same person."),
)
COUNT_UNREADABLE = ProblemKind(
    "count_unreadable",
    Text("“{found}” bukan bilangan bulat.", "“{found}” is not a whole number."),
    Text("Tulis dengan angka saja, misalnya 1.234.", "Write it in digits only, such as 1.234."),
)
FIGURES_CLASH = ProblemKind(
    "figures_clash",
    Text(
        "Angka desa {village} semester {semester} sudah ada di baris {where} dan berbeda.",
        "The figures of village {village} for semester {semester} stand in row {where} already and differ.",
    ),
    Text("Hapus baris yang salah.", "Delete the row that is wrong."),
)

# --- notes -------------------------------------------------------------------------------------

SAME_ROW_TWICE = ProblemKind(
    "same_row_twice",
    Text(
        "Baris yang sama sudah ada di baris {where}; yang ini dilewati.",
        "The same row stands in row {where}; this one is passed over.",
    ),
    Text("Tidak perlu berbuat apa-apa.", "Nothing needs to be done."),
)
PERSON_COMPLETED = ProblemKind(
    "person_completed",
    Text(
        "Orang yang sama sudah ada di baris {where}; yang belum tertulis di sana ditambahkan: {fields}.",
        "The same person stands in row {where}; what was not written there was added: {fields}.",
    ),
    Text("Hapus salah satu barisnya di sumber.", "Delete one of the rows at the source."),
)
CODE_UNKNOWN = ProblemKind(
    "code_unknown",
    Text(
        "Kode “{found}” tidak ada di daftar; disimpan seperti tertulis, tidak ditebak.",
        "The code “{found}” is not in the list; it is kept as written and not guessed.",
    ),
    Text("Tanyakan artinya kepada pengirim berkas.", "Ask the sender of the file what it means."),
)
SEX_UNKNOWN = ProblemKind(
    "sex_unknown",
    Text(
        "Jenis kelamin “{found}” tidak dikenal; dicatat apa adanya, tidak ditebak.",
        "The sex “{found}” is not known; it is noted as written and not guessed.",
    ),
    Text("Isi dengan L atau P.", "Fill in L (man) or P (woman)."),
)
BORN_MISSING = ProblemKind(
    "born_missing",
    Text(
        "Tanggal lahir kosong: orang ini tidak akan terhitung wajib KTP karena umur.",
        "No birth date: age will never make this person count among those who must hold a card.",
    ),
    Text("Isi tanggal lahir dari KK.", "Fill in the birth date from the family card."),
)
DAY_LATER = ProblemKind(
    "day_later",
    Text("Tanggal {found} sesudah hari ini.", "The date {found} lies after today."),
    Text("Periksa tanggalnya; barisnya tetap dibaca.", "Check the date; the row is read all the same."),
)
READ_AS_CP1252 = ProblemKind(
    "read_as_cp1252",
    Text(
        "Berkas tidak tersimpan sebagai UTF-8; dibaca sebagai Windows-1252. Huruf beraksen mungkin salah.",
        "The file is not stored as UTF-8; it was read as Windows-1252. Accented letters may be wrong.",
    ),
    Text("Lain kali simpan sebagai “CSV UTF-8”.", "Next time save it as “CSV UTF-8”."),
)
SHEET_HIDDEN = ProblemKind(
    "sheet_hidden",
    Text("Lembar ini tersembunyi dan tidak dibaca.", "This sheet is hidden and was not read."),
    Text("Tampilkan lembarnya bila memang harus dibaca.", "Unhide it if it is meant to be read."),
)
SHEET_NOT_READ = ProblemKind(
    "sheet_not_read",
    Text(
        "Lembar ini tidak dibaca: judul kolom {layout} tidak ditemukan.",
        "This sheet was not read: the column headers of {layout} were not found.",
    ),
    Text("Abaikan bila lembar ini bukan daftar.", "Pass over this if the sheet is no list."),
)
CODES_READ = ProblemKind(
    "codes_read",
    Text("Daftar kode di lembar ini dipakai: {fields}.", "The codes listed on this sheet were used: {fields}."),
    Text("Tidak perlu berbuat apa-apa.", "Nothing needs to be done."),
)
COLUMNS_NOT_READ = ProblemKind(
    "columns_not_read",
    Text(
        "Kolom ini tidak dikenal dan tidak dibaca: {columns}.",
        "These columns are not known and were not read: {columns}.",
    ),
    Text("Periksa ejaan judul bila kolomnya penting.", "Check the spelling of the header if the column matters."),
)
ROW_SKIPPED = ProblemKind(
    "row_skipped",
    Text(
        "Bukan baris data (jumlah atau tulisan lain); dilewati.",
        "Not a row of data (a total or other writing); passed over.",
    ),
    Text("Tidak perlu berbuat apa-apa.", "Nothing needs to be done."),
)
HEADING_LATER = ProblemKind(
    "heading_later",
    Text(
        "Tanggal {found} di kepala daftar sesudah hari ini dan tidak dipakai.",
        "The date {found} in the heading lies after today and is not used.",
    ),
    Text("Periksa tanggal daftarnya.", "Check the date of the list."),
)
MORE_LIKE_THIS = ProblemKind(
    "more_like_this",
    Text("Masih {count} catatan lain yang sama: {reason_id}", "There are {count} more notes of this kind: {reason_en}"),
    Text("Periksa kolom itu di sumbernya.", "Check that column at its source."),
)
