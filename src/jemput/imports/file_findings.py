"""What can be wrong with a file as a whole, so that nothing of it is read."""

from __future__ import annotations

from jemput.domain.problems import ProblemKind, Text

FILE_MISSING = ProblemKind(
    "file_missing",
    Text("Berkas {file} tidak ada atau tidak boleh dibaca.", "The file {file} does not exist or may not be read."),
    Text("Periksa nama dan letak berkasnya.", "Check the name and the place of the file."),
)
FILE_EMPTY = ProblemKind(
    "file_empty",
    Text("Berkas {file} kosong.", "The file {file} is empty."),
    Text("Minta berkasnya lagi dari pengirim.", "Ask the sender for the file again."),
)
NOT_A_TABLE = ProblemKind(
    "not_a_table",
    Text(
        "Isi berkas {file} bukan tabel melainkan {found}, apa pun akhiran namanya.",
        "What {file} holds is no table but {found}, whatever its name ends in.",
    ),
    Text(
        "Pakai buku kerja Excel atau LibreOffice (.xls, .xlsx, .ods) atau CSV.",
        "Use a workbook of Excel or LibreOffice (.xls, .xlsx, .ods) or a CSV.",
    ),
)
WEB_PAGE = ProblemKind(
    "web_page",
    Text(
        "Berkas {file} sebenarnya halaman web atau XML yang diberi nama lembar kerja.",
        "The file {file} is really a web page or XML that was given a spreadsheet's name.",
    ),
    Text(
        "Buka dengan Excel atau LibreOffice, lalu Simpan Sebagai .xlsx.",
        "Open it with Excel or LibreOffice and save it as .xlsx.",
    ),
)
WORKBOOK_BROKEN = ProblemKind(
    "workbook_broken",
    Text(
        "Buku kerja {file} rusak atau terpotong dan tidak terbaca.",
        "The workbook {file} is damaged or cut off and cannot be read.",
    ),
    Text(
        "Buka dengan Excel dan simpan ulang, atau salin lagi dari sumbernya.",
        "Open it with Excel and save it again, or copy it from its source once more.",
    ),
)
WORKBOOK_LOCKED = ProblemKind(
    "workbook_locked",
    Text("Buku kerja {file} dikunci dengan kata sandi.", "The workbook {file} is locked with a password."),
    Text(
        "Buka dengan kata sandinya, hapus kata sandi itu, lalu simpan.",
        "Open it with its password, take the password off and save it.",
    ),
)
WORKBOOK_TOO_LARGE = ProblemKind(
    "workbook_too_large",
    Text(
        "Lembar dalam {file} terbentang {cells} sel, lebih dari {limit}; biasanya ada isi tersasar di ujung lembar.",
        "A sheet in {file} spans {cells} cells, more than {limit}; there is usually something stray at its far end.",
    ),
    Text(
        "Hapus baris dan kolom di luar tabel, atau simpan tabelnya sebagai CSV.",
        "Delete the rows and columns outside the table, or save the table as CSV.",
    ),
)
QUOTE_OPEN = ProblemKind(
    "quote_open",
    Text(
        'Tanda petik (") di sekitar baris {row} berkas {file} tidak ditutup dengan benar, sehingga batas kolom hilang.',
        'A quotation mark (") near row {row} of {file} is not closed properly, so the columns cannot be told apart.',
    ),
    Text(
        "Perbaiki tanda petiknya di baris itu, atau simpan sebagai .xlsx.",
        "Mend the quotation mark in that row, or save as .xlsx.",
    ),
)
LAYOUT_UNKNOWN = ProblemKind(
    "layout_unknown",
    Text("Tidak ada tata letak bernama “{found}”.", "There is no layout named “{found}”."),
    Text("Pilih salah satu: {known}.", "Choose one of: {known}."),
)
NOT_RECOGNISED = ProblemKind(
    "not_recognised",
    Text(
        "Judul kolom berkas {file} tidak dikenal. Dicari: {looked_for}.",
        "The column headers of {file} are not known. Looked for: {looked_for}.",
    ),
    Text(
        "Pastikan baris judul kolom ada di antara {rows} baris pertama dan ditulis seperti salah satu tata letak itu.",
        "See that the row of column headers is among the first {rows} rows and written as one of those layouts has it.",
    ),
)
COLUMNS_MISSING = ProblemKind(
    "columns_missing",
    Text(
        "Berkas {file} paling mirip tata letak {layout}, tetapi kolom ini tidak ada: {missing}. Dicari: {looked_for}.",
        "The file {file} is nearest to the layout {layout}, but lacks these columns: {missing}. Looked for: {looked_for}.",
    ),
    Text(
        "Tambahkan kolom yang kurang, atau periksa ejaan judul kolomnya.",
        "Add the missing columns, or check how their headers are spelt.",
    ),
)
NO_ROWS = ProblemKind(
    "no_rows",
    Text(
        "Judul kolom berkas {file} dikenal ({layout}), tetapi di bawahnya tidak ada satu pun baris yang dapat dipakai.",
        "The headers of {file} are known ({layout}), but there is no usable row below them.",
    ),
    Text("Periksa apakah berkasnya sudah diisi.", "Check whether the file has been filled in."),
)
