"""The forms a registrar fills in, kind by kind: which fields, and how what was typed is read.

Nothing here decides whether a fact may be: that is `actions.entry`. A day is typed as on paper
(28/03/2019, 28 Maret 2019), a village by its name or its code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from jemput.actions.entry import LACKING
from jemput.domain import biodata, facts, ids, recording
from jemput.domain.place_names import place_key
from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.imports import cells
from jemput.queries import places

Widget = Literal["text", "day", "choice", "village", "area", "number", "long"]

DAY_MISSING = ProblemKind(
    "day_missing",
    Text("{what_id} kosong.", "{what_en} is empty."),
    Text("Isi tanggalnya, misalnya 28/03/2019 atau 28 Maret 2019.", "Fill in the day, such as 28/03/2019."),
)
DAY_UNREADABLE = ProblemKind(
    "day_unreadable",
    Text("“{found}” bukan tanggal yang dapat dibaca.", "“{found}” is not a date that can be read."),
    Text(
        "Tulis hari, bulan dan tahun empat angka: 28/03/2019 atau 28 Maret 2019.",
        "Write day, month and a year of four digits: 28/03/2019 or 28 March 2019.",
    ),
)
NOT_A_CHOICE = ProblemKind(
    "not_a_choice",
    Text("“{found}” bukan pilihan untuk {what_id}.", "“{found}” is no choice for {what_en}."),
    Text("Pilih dari daftar.", "Choose from the list."),
)
_CODE = re.compile(r"(?<!\d)(\d{2}(?:\.?\d{2}(?:\.?\d{2}(?:\.?\d{4})?)?)?)(?!\d)")
_VILLAGE_CODE = re.compile(r"(?<!\d)(\d{2}\.?\d{2}\.?\d{2}\.?\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: its name as a fact says it, what it is called, how it is typed, a hint below it."""

    name: str
    title: Text
    widget: Widget = "text"
    needed: bool = False
    hint: Text | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One form: how it is called in an address, the kind of fact, its heading, its fields, the papers it rests on."""

    slug: str
    kind: str
    heading: Text
    on: Field | None
    fields: tuple[Field, ...]
    documents: tuple[str, ...]
    is_new: bool = False


def _field(name: str, *, needed: bool = False, hint: Text | None = None) -> Field:
    """Return a field of the biodata with the widget its values ask for."""
    title = biodata.FIELD_TITLES[name]
    words = biodata.choices(name)
    if words:
        return Field(
            name, title, "choice", needed, hint, tuple((word, biodata.value_title(name, word)) for word in words)
        )
    widget: Widget = "number" if name in biodata.NUMBERS else "day" if name in biodata.DAYS else "text"
    return Field(name, title, "village" if name == "village" else widget, needed, hint)


_STATUS = Field(
    "status",
    Text("Status perekaman", "Recording status"),
    "choice",
    choices=tuple((one.code, one.label) for one in recording.STATUSES if one.order != recording.UNREGISTERED),
)
_RECORDED_AT = Field(
    "recorded_at",
    Text("Tempat rekam", "Place of recording"),
    "area",
    hint=Text(
        "Nama kecamatan, atau kode wilayah bila di luar kabupaten.", "District by name, or an area code if elsewhere."
    ),
)
_STATUS_ON = Field("status_on", Text("Tanggal status", "Day of the status"), "day")
_PLACE = {
    facts.MATI: Text("Tempat meninggal", "Place of death"),
    facts.PINDAH: Text("Tujuan pindah", "Destination"),
    facts.DATANG: Text("Asal", "Coming from"),
    facts.KAWIN: Text("Tempat kawin", "Place of the wedding"),
}


def _on(title: Text, hint: Text | None = None) -> Field:
    return Field("on", title, "day", needed=True, hint=hint)


_HOUSE = ("no_kk", "role", "address", "dusun", "rt", "rw")
_NEW_NIK = Text("Kosongkan bila belum diterbitkan.", "Leave empty where none has been issued.")
_SINCE = Text(
    "Salah catat sejak awal? Isi tanggal fakta yang salah itu. Berubah kemudian? Isi hari berubahnya.",
    "Wrong from the start? Use the day of the fact that is wrong. Changed later? Use the day it changed.",
)

FORMS = (
    Form(
        "mati",
        facts.MATI,
        Text("Catat kematian", "Enter a death"),
        _on(Text("Tanggal meninggal", "Day of death")),
        (Field("place", _PLACE[facts.MATI]),),
        ("akta kematian", "surat kematian dari desa", "surat kematian rumah sakit"),
    ),
    Form(
        "pindah",
        facts.PINDAH,
        Text("Catat pindah keluar", "Enter a move out"),
        _on(Text("Tanggal pindah", "Day of the move")),
        (Field("place", _PLACE[facts.PINDAH]),),
        ("SKPWNI", "F-1.03"),
    ),
    Form(
        "datang",
        facts.DATANG,
        Text("Catat kedatangan kembali", "Enter a return"),
        _on(Text("Tanggal datang", "Day of arrival")),
        (_field("village", needed=True), *map(_field, _HOUSE), Field("place", _PLACE[facts.DATANG])),
        ("SKPWNI", "F-1.03"),
    ),
    Form(
        "kawin",
        facts.KAWIN,
        Text("Catat perkawinan", "Enter a marriage"),
        _on(Text("Tanggal kawin", "Wedding day")),
        (Field("place", _PLACE[facts.KAWIN]),),
        ("buku nikah", "akta perkawinan"),
    ),
    Form(
        "pindah-dalam",
        facts.RESIDENCE_CHANGED,
        Text("Catat pindah dalam kabupaten", "Enter a move within the regency"),
        _on(Text("Tanggal pindah", "Day of the move")),
        (_field("village", needed=True), *map(_field, _HOUSE)),
        ("F-1.03", "surat pindah"),
    ),
    Form(
        "biodata",
        facts.BIODATA_CHANGED,
        Text("Perbaiki biodata", "Correct the biodata"),
        _on(Text("Berlaku sejak", "Holds from"), _SINCE),
        tuple(map(_field, (name for name in biodata.FIELD_TITLES if name != "village"))),
        ("F-1.06", "akta kelahiran", "KK", "putusan pengadilan"),
    ),
    Form(
        "rekam",
        facts.REKAM,
        Text("Catat status perekaman", "Enter a recording status"),
        _on(Text("Tanggal status", "Day of the status")),
        (
            Field(_STATUS.name, _STATUS.title, "choice", needed=True, choices=_STATUS.choices),
            _RECORDED_AT,
        ),
        ("daftar status SIAK", "buku harian perekaman"),
    ),
    Form(
        "blokir",
        facts.BLOCKED,
        Text("Catat pemblokiran", "Enter a block"),
        _on(Text("Tanggal diblokir", "Day of the block")),
        (),
        ("surat Ditjen Dukcapil",),
    ),
    Form(
        "aktif",
        facts.REACTIVATED,
        Text("Catat pengaktifan kembali", "Enter a reactivation"),
        _on(Text("Tanggal aktif kembali", "Day of the reactivation")),
        (),
        ("surat Ditjen Dukcapil",),
    ),
)
NEW_FORMS = (
    Form(
        "lahir",
        facts.LAHIR,
        Text("Catat kelahiran", "Enter a birth"),
        _on(Text("Tanggal lahir", "Date of birth")),
        (
            _field("name", needed=True),
            _field("sex", needed=True),
            _field("village", needed=True),
            _field("nik", hint=_NEW_NIK),
            *map(_field, ("born_at", "mother", "father", "mother_nik", "father_nik", *_HOUSE)),
            *map(_field, ("religion", "citizenship", "birth_certificate")),
        ),
        ("surat keterangan kelahiran", "akta kelahiran"),
        is_new=True,
    ),
    Form(
        "datang",
        facts.DATANG,
        Text("Catat kedatangan", "Enter an arrival"),
        _on(Text("Tanggal datang", "Day of arrival")),
        (
            _field("nik", hint=Text("Yang pernah tinggal di sini dikenali dari NIK-nya.", "Whoever lived here before is known by it.")),
            _field("name", needed=True),
            _field("sex", needed=True),
            _field("born_on", needed=True),
            _field("village", needed=True),
            Field("place", _PLACE[facts.DATANG]),
            *map(_field, ("born_at", "marital", *_HOUSE, "religion", "education", "occupation", "blood")),
            *map(_field, ("mother", "father", "citizenship", "birth_certificate")),
            _STATUS,
            _STATUS_ON,
            _RECORDED_AT,
        ),
        ("SKPWNI", "F-1.03"),
        is_new=True,
    ),
    Form(
        "tamu",
        facts.REKAM,
        Text("Catat perekaman warga luar", "Enter the recording of a guest"),
        _on(Text("Tanggal status", "Day of the status")),
        (
            _field("nik", needed=True),
            _field("name", needed=True),
            _field("sex", needed=True),
            _field("born_on", needed=True),
            Field(_STATUS.name, _STATUS.title, "choice", needed=True, choices=_STATUS.choices),
            Field(_RECORDED_AT.name, _RECORDED_AT.title, "area", needed=True, hint=_RECORDED_AT.hint),
        ),
        ("buku harian perekaman", "daftar status SIAK"),
        is_new=True,
    ),
)  # fmt: skip
REVERSAL = Form("batal", facts.REVERSED, Text("Batalkan fakta", "Take a fact back"), None, (), ("berita acara",))
BY_SLUG = {form.slug: form for form in FORMS}
NEW_BY_SLUG = {form.slug: form for form in NEW_FORMS}


def evidence_fields(form: Form) -> tuple[Field, ...]:
    """Return the fields a fact rests on."""
    is_reversal = form.kind == facts.REVERSED
    document = Field("document", Text("Surat", "Document"), suggestions=form.documents)
    note = Field("note", Text("Alasan", "Reason") if is_reversal else Text("Keterangan", "Remark"), "long", is_reversal)
    return (
        *((note,) if is_reversal else ()),
        document,
        Field("document_number", Text("Nomor surat", "Document number")),
        Field("reporter", Text("Pelapor", "Reported by"), hint=Text("Nama dan hubungannya.", "Name and relation.")),
        Field("reported_on", Text("Tanggal lapor", "Day of the report"), "day"),
        *(() if is_reversal else (note,)),
    )


def all_fields(form: Form) -> tuple[Field, ...]:
    """Return every field of a form in the order it is filled in."""
    return (*((form.on,) if form.on else ()), *form.fields, *evidence_fields(form))


def typed(form: Form, posted: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into a form's fields: one line each, nothing invisible."""
    return {field.name: cells.said(posted.get(field.name, "")) for field in all_fields(form)}


def read(
    form: Form, words: Mapping[str, str], *, area: int | None, today: date, held: Mapping[str, object]
) -> tuple[dict[str, str], list[Problem]]:
    """Return what the words of a form say (days as ISO, areas as codes, numbers as digits), and what cannot be read.

    `held` is the biodata of now: a word that is kept there unfolded may stay.
    """
    said: dict[str, str] = {}
    problems: list[Problem] = []
    readers: dict[Widget, Callable[[Field, str], str | Problem]] = {
        "day": _day,
        "choice": _choice,
        "number": _number,
        "village": partial(_village, area=area, today=today),
        "area": partial(_area, area=area, today=today),
    }
    for field in all_fields(form):
        word = words.get(field.name, "")
        if not word:
            if field.needed:
                problems.append(_missing(field, form))
            continue
        reader = readers.get(field.widget) if word != held.get(field.name) else None
        value = reader(field, word) if reader else word
        if isinstance(value, Problem):
            problems.append(Problem(value.kind, field.name, value.values))
        else:
            said[field.name] = value
    return said, problems


def _missing(field: Field, form: Form) -> Problem:
    """Return that a needed field is empty; a day tells how it is written."""
    said = {"what_id": field.title.id, "what_en": field.title.en}
    if field.widget == "day":
        return DAY_MISSING.at(field.name, **said)
    kind = facts.BY_CODE[form.kind].title
    return LACKING.at(field.name, field_id=field.title.id, field_en=field.title.en, kind_id=kind.id, kind_en=kind.en)


def _day(_: Field, word: str) -> str | Problem:
    on = cells.day_of(word)
    return on.isoformat() if on else DAY_UNREADABLE.at(found=word[:40])


def _choice(field: Field, word: str) -> str | Problem:
    if word in {value for value, _ in field.choices}:
        return word
    return NOT_A_CHOICE.at(found=word[:40], what_id=field.title.id.lower(), what_en=field.title.en.lower())


def _number(field: Field, word: str) -> str | Problem:
    if field.name == "no_kk":
        return ids.number_problem(word, "Nomor KK", field.name) or ids.digits_of(word)
    return ids.nik_problem(word, field.name) or ids.digits_of(word)


def _village(_: Field, word: str, *, area: int | None, today: date) -> str | Problem:
    if match := _VILLAGE_CODE.search(word):
        return ids.area_text(int(match[1].replace(".", "")))
    name, district = [*word.split(","), ""][:2]
    found = places.villages_by_name(area, today).find(name.strip(), district.strip())
    return ids.area_text(found) if isinstance(found, int) else found


def _area(field: Field, word: str, *, area: int | None, today: date) -> str | Problem:
    if (match := _CODE.search(word)) and ids.area_number(match[1]):
        return ids.area_text(int(match[1].replace(".", "")))
    districts = places.children(area, today) if area and len(str(area)) == len("1605") else []
    fits = [one.number for one in districts if place_key(one.name) == place_key(word)]
    return ids.area_text(fits[0]) if len(fits) == 1 else _village(field, word, area=area, today=today)
