"""The tables of docs/registrar.md, made from the code: layouts, events, statuses, refusals.

A test holds the document to them. After a change of a layout or a sentence write them anew with
`python -m tests.docs.tables`.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jemput.settings")
django.setup()

from jemput.domain import facts, recording
from jemput.domain.problems import ProblemKind, Text
from jemput.imports.layout import Column, Layout
from jemput.imports.layouts import LAYOUTS
from jemput.imports.layouts.office import EVENT_WORDS, EVENTS, KONSOLIDASI, OFFICE, RESULT_WORDS
from jemput.queries.office import SETTINGS
from tests.docs.source import ROOT, modules

REGISTRAR = ROOT / "docs" / "registrar.md"

FIELDS = {
    "nik": "NIK",
    "no_kk": "nomor KK",
    "name": "nama",
    "sex": "jenis kelamin",
    "born_at": "tempat lahir",
    "born_on": "tanggal lahir",
    "marital": "status kawin",
    "role": "hubungan dalam keluarga",
    "religion": "agama",
    "education": "pendidikan",
    "occupation": "pekerjaan",
    "blood": "golongan darah",
    "mother": "nama ibu",
    "father": "nama ayah",
    "mother_nik": "NIK ibu",
    "father_nik": "NIK ayah",
    "citizenship": "kewarganegaraan",
    "address": "alamat",
    "dusun": "dusun",
    "rt": "RT",
    "rw": "RW",
    "village": "kode desa",
    "village_name": "nama desa",
    "district_name": "nama kecamatan",
    "birth_certificate": "nomor akta lahir",
    "status": "status perekaman, disimpan seperti tertulis",
    "status_on": "tanggal status itu",
    "recorded_at": "kode wilayah tempat direkam",
    "register_status": "hidup, pindah, mati …; yang bukan hidup atau aktif ditolak",
    "wajib_said": "kata daftar itu tentang wajib KTP; tidak dipakai menghitung",
    "card_said": "kata daftar itu tentang KTP-el; tidak dipakai menghitung",
    "voter_said": "kata daftar itu tentang pemilih; tidak dipakai menghitung",
    "event": "jenis peristiwa",
    "on": "tanggal berlakunya",
    "reported_on": "tanggal dilaporkan, disimpan seperti tertulis",
    "id": "nomor peristiwa dari sumbernya",
    "reverses": "nomor peristiwa yang dibatalkan",
    "place": "asal atau tujuan",
    "note": "keterangan",
    "said_by": "siapa yang melaporkan",
    "merged_into": "NIK yang tetap dipakai",
    "semester": "semester DKB",
    "id_obligated": "wajib KTP menurut DKB",
    "population": "penduduk menurut DKB",
    "households": "jumlah KK menurut DKB",
}
"""What each field of a row is, in a registrar's words."""

COUNTS = {
    "yes": "ya",
    "local": "ya (masih di daerah)",
    "no": "tidak",
    "check": "tidak: periksa",
    "re-send": "tidak: kirim ulang",
    "re-record": "tidak: rekam ulang",
    "duplicate": "tidak: rekaman ganda",
}

NOTES = frozenset(
    {
        "born_missing",
        "code_unknown",
        "codes_read",
        "columns_not_read",
        "day_later",
        "heading_later",
        "more_like_this",
        "partial_list",
        "person_completed",
        "read_as_cp1252",
        "row_skipped",
        "same_row_twice",
        "sex_unknown",
        "sheet_hidden",
        "sheet_not_read",
    }
)
"""Problems that keep no row out."""

SHARED = frozenset(id(column) for column in OFFICE.columns)
"""Columns of the office's own list that its other files share."""
ROW_PROBLEMS = re.compile(
    r"jemput\.(domain\.ids|imports\.findings|actions\.(taking|take_(list|events)|contradictions))"
)
FILE_PROBLEMS = re.compile(r"jemput\.imports\.(file_findings|run)")
OTHER_FILE_PROBLEMS = re.compile(
    r"jemput\.(domain\.(place|area|settlement|phone)\w*|solve\.\w+|actions\.(places|settlements|take_settlements|paper_imports)|imports\.(areas|boundaries|claims|plain|settlements))"
)


def problem_kinds() -> list[tuple[str, ProblemKind]]:
    """Return every kind of problem as written, with the module that defines it."""
    found: list[tuple[str, ProblemKind]] = []
    for module in modules():
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(func=ast.Name(id="ProblemKind"), args=[ast.Constant(value=str(code)), reason, todo]):
                    found.append((module.name, ProblemKind(code, _text(reason), _text(todo))))
                case _:
                    pass
    return found


def _text(node: ast.expr) -> Text:
    """Return a sentence written as `Text("…", "…")`."""
    match node:
        case ast.Call(func=ast.Name(id="Text"), args=[ast.Constant(value=str(one)), ast.Constant(value=str(other))]):
            return Text(one, other)
        case _:
            raise AssertionError(f"not a sentence in two languages: {ast.unparse(node)}")


def layouts() -> str:
    """Return one table a layout: header, what it holds, other headers it may stand under."""
    return "\n\n".join(_layout(layout) for layout in LAYOUTS.values())


def _layout(layout: Layout) -> str:
    shared = SHARED if layout.name in {EVENTS.name, KONSOLIDASI.name} else frozenset()
    read = [column for column in layout.columns if column.field and id(column) not in shared]
    passed = [f"`{column.header}`" for column in layout.columns if not column.field]
    rows = [(f"`{one.header}`{_star(layout, one)}", FIELDS[one.field], _also(one)) for one in read]
    text = f"### `{layout.name}` — {layout.title.id}\n\n{_table(('kolom', 'isi', 'juga dikenal sebagai'), rows)}"
    if shared:
        text += "\n\nDitambah kolom orang seperti di `office-csv`."
    return f"{text}\n\nDikenal tetapi tidak dibaca: {', '.join(passed)}." if passed else text


def _star(layout: Layout, column: Column) -> str:
    return " \\*" if column.header in layout.needs else ""


def _also(column: Column) -> str:
    return ", ".join(f"`{name}`" for name in column.also)


def events() -> str:
    """Return the words an event may be called, and what it must carry."""
    spoken: dict[str, list[str]] = {}
    for word, code in (EVENT_WORDS | RESULT_WORDS).items():
        spoken.setdefault(code, []).append(f"`{word}`")
    rows = []
    for code, words in spoken.items():
        kind = facts.BY_CODE[code]
        needs = ["NIK" if code != facts.REVERSED else FIELDS["reverses"], *(FIELDS[name] for name in kind.needs)]
        rows.append((kind.title.id, ", ".join(words), ", ".join(needs)))
    return _table(("peristiwa", "ditulis", "harus ada (selain tanggal)"), rows)


def statuses() -> str:
    """Return the recording statuses and whether they count."""
    rows = [(f"`{one.code}`", one.label.id, COUNTS[one.counts]) for one in recording.STATUSES]
    return _table(("kode", "arti", "dihitung sudah rekam"), rows)


def rows_refused() -> str:
    """Return what keeps a row out."""
    return _problems(lambda module, kind: bool(ROW_PROBLEMS.fullmatch(module)) and kind.code not in NOTES)


def files_refused() -> str:
    """Return what keeps a whole file out."""
    return _problems(lambda module, _: bool(FILE_PROBLEMS.fullmatch(module)))


def other_files() -> str:
    """Return what is wrong with files of areas, settlements and published figures."""
    return _problems(lambda module, _: bool(OTHER_FILE_PROBLEMS.fullmatch(module)))


def notes() -> str:
    """Return what is only worth a note."""
    return _problems(lambda _, kind: kind.code in NOTES)


def commands_refused() -> str:
    """Return why a command is refused, imports aside."""

    def wanted(module: str, kind: ProblemKind) -> bool:
        elsewhere = (ROW_PROBLEMS, FILE_PROBLEMS, OTHER_FILE_PROBLEMS)
        return kind.code not in NOTES and not any(pattern.fullmatch(module) for pattern in elsewhere)

    return _problems(wanted)


def settings() -> str:
    """Return the settings of the office."""
    return _table(("pengaturan", "arti"), [(f"`{kind.name}`", kind.meaning.id) for kind in SETTINGS])


def _problems(wanted: Callable[[str, ProblemKind], bool]) -> str:
    rows = [
        (f"`{kind.code}`", _blank(kind.reason.id), _blank(kind.todo.id))
        for module, kind in problem_kinds()
        if wanted(module, kind)
    ]
    return _table(("kode", "alasan", "yang harus dilakukan"), rows)


def _blank(sentence: str) -> str:
    """Return a sentence with its values left open."""
    return re.sub(r"\{\w+\}", "…", sentence)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


TABLES: dict[str, Callable[[], str]] = {
    one.__name__: one
    for one in (layouts, events, statuses, rows_refused, files_refused, other_files, notes, commands_refused, settings)
}


def filled(text: str) -> str:
    """Return a document with the table between each pair of marks made anew."""
    for name, made in TABLES.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        if begin in text:
            before, rest = text.split(begin, 1)
            _, after = rest.split(end, 1)
            text = f"{before}{begin}\n{made()}\n{end}{after}"
    return text


def write(path: Path = REGISTRAR) -> None:
    """Write the tables of a document anew."""
    path.write_text(filled(path.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
