"""The daily report to the province: one day's recordings and LAMPID, coverage live and official, who is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from jemput.domain import wording
from jemput.domain.coverage import Figures, percent
from jemput.domain.ids import area_text
from jemput.domain.problems import LANGUAGES, Language, Text
from jemput.letters import typeset
from jemput.letters.letterhead import Letterhead
from jemput.letters.monthly import UNNUMBERED
from jemput.letters.sections import Section
from jemput.letters.workbook import Cells, Column, Strong
from jemput.queries import places
from jemput.queries.daily import Daily

TITLE = Text("Laporan harian perekaman KTP-el", "Daily report of e-KTP recording")
_LINE, _ALL, _MANY = Text("Uraian", "Line"), Text("jumlah", "together"), Text("Jumlah", "Number")
_OPENING = Text(
    "Pada {on} direkam {today} orang; {earlier} perekaman hari-hari sebelumnya baru dilaporkan. Wajib KTP {wajib},"
    " sudah rekam {recorded} ({percent} persen), belum rekam {left}.",
    "On {on} {today} people were recorded; {earlier} recordings of earlier days were told only now. Wajib KTP {wajib},"
    " recorded {recorded} ({percent} percent), not recorded {left}.",
)
_OFFICIAL = Text(
    "Angka resmi: hitungan tertutup {on}, buku besar tempat {place}.",
    "The official figures: the closed count of {on}, ledger place {place}.",
)


def sections(day: Daily, names: Mapping[int, str]) -> list[Section]:
    """Return the parts of the report in its order; `names` are areas by number."""
    parts = [_coverage(day), _recorded(day), _events(day)]
    if day.statuses:
        parts.append(_statuses(day))
    if len(day.districts) > 1:
        parts.append(_districts(day, names))
    return parts


def names_of(day: Daily) -> dict[int, str]:
    """Return the names of areas as they held on the day."""
    return places.names(day.tie.on, within=day.tie.area)


def title_of(day: Daily) -> Text:
    """Return what day the report is of, and of where."""
    where = f", {day.tie.area_title}" if day.tie.area_title else ""
    return Text(wording.day(day.tie.on, "id") + where, wording.day(day.tie.on, "en") + where)


def opening(day: Daily) -> Text:
    """Return the sentence the report begins with."""
    said = {}
    for language in LANGUAGES:
        values = {
            "on": wording.day(day.tie.on, language),
            "today": wording.number(day.recorded.today, language),
            "earlier": wording.number(day.recorded.earlier, language),
            "wajib": wording.number(day.figures.id_obligated, language),
            "recorded": wording.number(day.figures.recorded, language),
            "percent": wording.decimal(percent(day.figures.recorded, day.figures.id_obligated), language),
            "left": wording.number(day.figures.unrecorded, language),
        }
        said[language] = _OPENING.say(language, values)
    return Text(said["id"], said["en"])


def set_pdf(
    day: Daily, parts: list[Section], *, head: Letterhead, number: str, today: date, made_at: datetime
) -> bytes:
    """Return the report as PDF/A in Indonesian."""
    language: Language = "id"
    data = {
        "title": TITLE.say(language),
        "subtitle": title_of(day).say(language),
        "number": number,
        "unnumbered": UNNUMBERED.say(language),
        "head": head.as_data(today),
        "tie": day.tie.say(language),
        "opening": [opening(day).say(language)],
        "parts": [part.as_data(language) for part in parts],
        "remarks": [],
    }
    return typeset.document("report.typ", data, made_at=made_at)


def _coverage(day: Daily) -> Section:
    columns = [Column(_LINE, width=36), Column(Text("Hari sebelumnya", "Day before"), "number", width=16)]
    columns.append(Column(Text("Hari ini", "This day"), "number", width=16))
    held = [day.day_before, day.figures]
    note = None
    if day.official:
        tie, figures = day.official
        held.append(figures)
        columns.append(Column(Text("Resmi", "Official"), "number", width=16))
        values = {
            language: {"on": wording.day(tie.on, language), "place": wording.number(tie.place, language)}
            for language in LANGUAGES
        }
        note = Text(_OFFICIAL.say("id", values["id"]), _OFFICIAL.say("en", values["en"]))

    def row(title: Text, name: str) -> Cells:
        return (title, *(getattr(one, name) for one in held))

    return Section(
        Text("Cakupan", "Coverage"),
        Text("Cakupan", "Coverage"),
        tuple(columns),
        (
            row(Text("penduduk", "residents"), "population"),
            row(Text("wajib KTP", "wajib KTP"), "id_obligated"),
            row(Text("sudah rekam", "recorded"), "recorded"),
            (Text("persen", "percent"), *(_share(one) for one in held)),
            Strong(row(Text("belum rekam", "not recorded"), "unrecorded")),
            row(Text("di antaranya diblokir", "of them blocked"), "blocked"),
            row(Text("pemula, rekam sebelum wajib", "pemula, recorded before the duty"), "pemula"),
        ),
        note=note,
    )


def _share(figures: Figures) -> Decimal | None:
    return percent(figures.recorded, figures.id_obligated)


def _recorded(day: Daily) -> Section:
    return Section(
        Text("Perekaman", "Recordings"),
        Text("Perekaman hari ini", "Recordings of the day"),
        (Column(_LINE, width=52), Column(_MANY, "number")),
        (
            (Text("penduduk yang direkam hari ini", "residents recorded that day"), day.recorded.today),
            (
                Text("direkam lebih awal, baru dilaporkan hari ini", "recorded earlier, told that day"),
                day.recorded.earlier,
            ),
            (
                Text(
                    "direkam di sini hari ini, termasuk warga wilayah lain", "recorded here that day, guests among them"
                ),
                day.recorded.here,
            ),
        ),
    )


def _events(day: Daily) -> Section:
    return Section(
        Text("LAMPID", "LAMPID"),
        Text("LAMPID yang dilaporkan hari ini", "LAMPID told that day"),
        (
            Column(Text("Peristiwa", "Event")),
            Column(_MANY, "number"),
            Column(Text("Terjadi sebelumnya", "Held before"), "number", width=16),
        ),
        tuple((event.title, event.learnt, event.late) for event in day.events),
    )


def _statuses(day: Daily) -> Section:
    return Section(
        Text("Status", "Status"),
        Text("Status perekaman yang dilaporkan hari ini", "Recording statuses told that day"),
        (Column(Text("Status", "Status"), width=44), Column(_MANY, "number")),
        tuple(day.statuses),
    )


def _districts(day: Daily, names: Mapping[int, str]) -> Section:
    rows: list[Cells | Strong] = [
        (area_text(one.area), names.get(one.area, ""), *_covered(one.figures), one.recorded.today, one.recorded.earlier)
        for one in day.districts
    ]
    rows.append(Strong(("", _ALL, *_covered(day.figures), day.recorded.today, day.recorded.earlier)))
    return Section(
        Text("Kecamatan", "Districts"),
        Text("Menurut kecamatan", "By district"),
        (
            Column(Text("Kode", "Code"), "code"),
            Column(Text("Kecamatan", "District")),
            Column(Text("Wajib KTP", "Wajib KTP"), "number"),
            Column(Text("Rekam", "Recorded"), "number"),
            Column(Text("Persen", "Percent"), "percent"),
            Column(Text("Belum", "Not recorded"), "number"),
            Column(Text("Hari ini", "That day"), "number"),
            Column(Text("Baru dilaporkan", "Told late"), "number", width=16),
        ),
        tuple(rows),
    )


def _covered(figures: Figures) -> Cells:
    return (figures.id_obligated, figures.recorded, _share(figures), figures.unrecorded)
