"""The monthly report: a month between two closed counts as the parts of a letter, a workbook and a page.

Every balance stands with its opening, its lines and its closing, so that whoever reads it can add it up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from jemput.domain import facts, reports, wording
from jemput.domain.coverage import Figures, percent
from jemput.domain.ids import area_text
from jemput.domain.problems import LANGUAGES, Language, Text
from jemput.domain.reports import FormValue
from jemput.letters import typeset
from jemput.letters.letterhead import Letterhead
from jemput.letters.sections import Section
from jemput.letters.workbook import Cells, Column, Strong
from jemput.queries import places
from jemput.queries.bridge import TITLES
from jemput.queries.monthly import KONSOLIDASI, Balance, Flow, Heads, Monthly, Place
from jemput.queries.people import GROUPS

TITLE = Text("Laporan bulanan kependudukan dan KTP-el", "Monthly report of population and e-KTP")
LATE = Text("{title}, baru dilaporkan", "{title}, reported late")
UNNUMBERED = Text("Konsep, belum bernomor", "Draft, not numbered")
_MALE, _FEMALE, _UNSAID = Text("L", "M"), Text("P", "F"), Text("tidak disebut", "not said")
_TOTAL, _WNI, _WNA = Text("Jumlah", "Total"), Text("WNI", "Citizens"), Text("WNA", "Foreigners")
_LINE, _ALL = Text("Uraian", "Line"), Text("Jumlah", "Together")
_CODE, _DISTRICT, _VILLAGE = Text("Kode", "Code"), Text("Kecamatan", "District"), Text("Desa", "Village")
_OPENING_COLUMN, _CLOSING_COLUMN = Text("Awal", "Opening"), Text("Akhir", "Closing")
_AT_OPENING, _AT_CLOSING = Text("awal, {on}", "opening, {on}"), Text("akhir, {on}", "closing, {on}")
_CHANGE = Column(Text("Selisih", "Change"), "number")
_OTHER = Text("Lain", "Other")
_FLOW_COLUMNS: tuple[tuple[Text, frozenset[str]], ...] = (
    (Text("Lahir", "Births"), frozenset({facts.LAHIR})),
    (Text("Mati", "Deaths"), frozenset({facts.MATI})),
    (Text("Datang", "Arrivals"), frozenset({facts.DATANG})),
    (Text("Pindah", "Moved out"), frozenset({facts.PINDAH})),
    (Text("Antarwilayah", "Within"), frozenset({facts.RESIDENCE_CHANGED})),
    (Text("Konsolidasi", "Consolidation"), KONSOLIDASI),
)
"""Columns of the table by district: title, and the causes that make it."""
_IN_COLUMNS = frozenset[str]().union(*(causes for _, causes in _FLOW_COLUMNS))
_COUNTED = tuple(field for field in reports.FIELDS if field.kind == "number")
_BLANK = Text("", "")
_TRIP_ROWS = 5
"""Empty lines left for trips where none were filled in."""
_OPENING = Text(
    "Dari hitungan tertutup {start} sampai {end}. Pada {end} ada {wajib} wajib KTP, {recorded} di antaranya sudah"
    " rekam ({percent} persen) dan {left} belum ({more} dari hitungan sebelumnya).",
    "From the closed count of {start} to that of {end}. On {end} there are {wajib} people who must hold a card,"
    " {recorded} of them recorded ({percent} percent) and {left} not ({more} on the count before).",
)
_DKB = Text(
    "Menurut DKB {on} wajib KTP {frozen}; terhadap angka beku itu sudah rekam {share} persen.",
    "By the DKB of {on} wajib KTP is {frozen}; of that frozen figure {share} percent are recorded.",
)


def sections(month: Monthly, form: Mapping[str, FormValue], names: Mapping[int, str]) -> list[Section]:
    """Return the parts of the report in its order; `names` are areas by number, `form` what was filled in by hand."""
    parts = [_people(month), _households(month), _figures(month), _bridges(month)]
    if len(month.districts) > 1:
        parts += [
            _flows_by(month.districts, names, is_long=False),
            _coverage_by(month.districts_covered(), names, is_long=False),
        ]
    parts += [_pipeline(month), _late(month), *_by_hand(form)]
    if len(month.villages) > 1:
        parts += [
            _coverage_by(month.places, names, is_long=True),
            _flows_by(month.villages, names, is_long=True),
        ]
    return parts


def names_of(month: Monthly) -> dict[int, str]:
    """Return the names of areas as they held on the day of the closing."""
    return places.names(month.closing.on, within=month.closing.area)


def title_of(month: Monthly) -> Text:
    """Return what month the report is of, and of where."""
    on = month.closing.on
    said = {
        language: f"{wording.month(on.month, language)} {on.year}" + _where(month.closing.area_title)
        for language in LANGUAGES
    }
    return Text(said["id"], said["en"])


def set_pdf(
    month: Monthly,
    parts: list[Section],
    *,
    head: Letterhead,
    number: str,
    form: Mapping[str, FormValue],
    today: date,
    made_at: datetime,
) -> bytes:
    """Return the report as PDF/A in Indonesian, the language of the office's letters."""
    language: Language = "id"
    notes = str(form.get("notes", ""))
    data = {
        "title": TITLE.say(language),
        "subtitle": title_of(month).say(language),
        "number": number,
        "unnumbered": UNNUMBERED.say(language),
        "head": head.as_data(today),
        "tie": month.closing.say(language),
        "opening": [opening(month).say(language)],
        "parts": [part.as_data(language) for part in parts],
        "remarks": notes.splitlines(),
    }
    return typeset.document("report.typ", data, made_at=made_at)


def opening(month: Monthly) -> Text:
    """Return the sentence the report begins with: the two counts and the one number."""
    end = month.end
    said = {}
    for language in LANGUAGES:
        values = {
            "start": wording.day(month.opening.on, language),
            "end": wording.day(month.closing.on, language),
            "wajib": wording.number(end.id_obligated, language),
            "recorded": wording.number(end.recorded, language),
            "percent": wording.decimal(percent(end.recorded, end.id_obligated), language),
            "left": wording.number(end.unrecorded, language),
            "more": wording.signed(end.unrecorded - month.start.unrecorded, language),
        }
        said[language] = _OPENING.say(language, values)
    return Text(said["id"], said["en"])


# --- the parts -------------------------------------------------------------------------------------------------------


def _people(month: Monthly) -> Section:
    balance = month.balance
    told = [balance.opening, balance.closing, *(flow.heads for flow in balance.flows)]
    unsaid = any(heads.unsaid for heads in told)
    titles = [_MALE, _FEMALE, *([_UNSAID] if unsaid else []), _TOTAL, _WNI, _WNA]

    def row(title: Text, heads: Heads) -> Cells:
        sexes = (heads.male, heads.female, *((heads.unsaid,) if unsaid else ()))
        return (title, *sexes, heads.total, heads.citizens, heads.foreign)

    return Section(
        Text("Penduduk", "Population"),
        Text("Penduduk dari awal sampai akhir", "Population from opening to closing"),
        (Column(_LINE), *(Column(title, "number") for title in titles)),
        (
            Strong(row(_opened(month), balance.opening)),
            *(row(flow_title(flow), flow.heads) for flow in balance.flows),
            Strong(row(_closed(month), balance.closing)),
        ),
    )


def flow_title(flow: Flow) -> Text:
    """Return what a line of the population is called, and that it was reported late."""
    return late_title(flow.title) if flow.late else flow.title


def late_title(title: Text) -> Text:
    """Return a line's name as one of what was reported late."""
    return Text(LATE.say("id", {"title": title.id}), LATE.say("en", {"title": title.en}))


def _households(month: Monthly) -> Section:
    cards = month.households
    return Section(
        Text("KK", "Family cards"),
        Text("Kartu keluarga", "Family cards"),
        (Column(_LINE), Column(_TOTAL, "number")),
        (
            Strong((_opened(month), cards.opening)),
            (Text("kartu keluarga baru", "new family cards"), cards.new),
            (Text("kartu keluarga yang tidak lagi berpenghuni", "family cards with nobody left"), -cards.gone),
            Strong((_closed(month), cards.closing)),
        ),
        note=Text(
            f"Penduduk tanpa nomor KK: {wording.number(cards.without, 'id')}.",
            f"Residents with no family card number: {wording.number(cards.without, 'en')}.",
        ),
    )


def _figures(month: Monthly) -> Section:
    start, end = month.start, month.end
    rows: list[Cells | Strong] = [
        _compared(Text("penduduk", "residents"), start.population, end.population),
        _compared(Text("wajib KTP", "wajib KTP"), start.id_obligated, end.id_obligated),
        _compared(Text("sudah rekam", "recorded"), start.recorded, end.recorded),
        (
            Text("persen sudah rekam dari wajib KTP", "percent recorded of wajib KTP"),
            *_shares(start, end),
        ),
        Strong(_compared(Text("belum rekam", "not recorded"), start.unrecorded, end.unrecorded)),
        _compared(Text("di antaranya diblokir", "of them blocked"), start.blocked, end.blocked),
        _compared(Text("pemula, rekam sebelum wajib", "pemula, recorded before the duty"), start.pemula, end.pemula),
        _compared(Text("orang asing ITAP wajib KTP", "foreigners with ITAP among wajib KTP"), start.itap, end.itap),
        _compared(
            Text("direkam di sini, di mana pun tinggalnya", "recorded here, wherever they live"),
            start.recorded_here,
            end.recorded_here,
        ),
    ]
    note = None
    if month.dkb:
        on, frozen = month.dkb
        share = percent(end.recorded, frozen)
        values = {
            language: {
                "on": wording.day(on, language),
                "frozen": wording.number(frozen, language),
                "share": wording.decimal(share, language),
            }
            for language in LANGUAGES
        }
        note = Text(_DKB.say("id", values["id"]), _DKB.say("en", values["en"]))
    return Section(
        Text("Perekaman", "Recording"),
        Text("Wajib KTP dan perekaman", "Wajib KTP and recording"),
        (Column(_LINE, width=44), Column(_OPENING_COLUMN, "number"), Column(_CLOSING_COLUMN, "number"), _CHANGE),
        tuple(rows),
        note=note,
    )


def _compared(title: Text, start: int, end: int) -> Cells:
    return (title, start, end, end - start)


def _shares(start: Figures, end: Figures) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    was, now = percent(start.recorded, start.id_obligated), percent(end.recorded, end.id_obligated)
    return was, now, now - was if was is not None and now is not None else None


def _bridges(month: Monthly) -> Section:
    lines: dict[tuple[bool, str], tuple[Text, dict[str, int]]] = {}
    for one in month.bridges:
        for line in one.lines:
            title = one.title(line)
            _, amounts = lines.setdefault((line.late, title.id), (late_title(title) if line.late else title, {}))
            amounts[one.figure] = amounts.get(one.figure, 0) + line.amount
    figures = [one.figure for one in month.bridges]
    bridged: list[Cells] = [
        (title, *(amounts.get(figure, 0) for figure in figures)) for _, (title, amounts) in sorted(lines.items())
    ]
    return Section(
        Text("Jembatan", "Bridge"),
        Text("Dari angka awal ke angka akhir", "From the opening figures to the closing ones"),
        (Column(_LINE, width=44), *(Column(GROUPS[figure], "number") for figure in figures)),
        (
            Strong((_opened(month), *(one.opening for one in month.bridges))),
            *bridged,
            Strong((_closed(month), *(one.closing for one in month.bridges))),
        ),
        note=Text(
            "Satu orang berdiri di satu baris saja pada tiap kolom; tiap kolom habis terjumlah.",
            "A person stands in one line of a column; every column adds up.",
        ),
    )


def _flows_by(balances: Sequence[Balance], names: Mapping[int, str], *, is_long: bool) -> Section:
    place = (Column(_CODE, "code"), Column(_VILLAGE if is_long else _DISTRICT))
    titles = (_OPENING_COLUMN, *(title for title, _ in _FLOW_COLUMNS), _OTHER, _CLOSING_COLUMN)
    rows: list[Cells | Strong] = []
    for one in balances:
        parts = [one.of(causes) for _, causes in _FLOW_COLUMNS]
        other = one.of({flow.cause for flow in one.flows} - _IN_COLUMNS)
        area = one.area or 0
        rows.append((area_text(area), names.get(area, ""), one.opening.total, *parts, other, one.closing.total))
    rows.append(_summed(rows, 2))
    return Section(
        Text("Penduduk desa", "Population by desa")
        if is_long
        else Text("Penduduk kecamatan", "Population by kecamatan"),
        Text("Penduduk menurut desa", "Population by village")
        if is_long
        else Text("Penduduk menurut kecamatan", "Population by district"),
        (*place, *(Column(title, "number", width=11) for title in titles)),
        tuple(rows),
        note=Text(
            "Termasuk yang baru dilaporkan. Antarwilayah: pindah di dalam kabupaten. Lain: pendaftaran dan pembetulan.",
            "What was reported late among it. Within: moves inside the regency. Other: registrations and corrections.",
        ),
        is_long=is_long,
    )


def _coverage_by(held: Sequence[Place], names: Mapping[int, str], *, is_long: bool) -> Section:
    rows: list[Cells | Strong] = [
        (area_text(one.area), names.get(one.area, ""), *_covered(one.start, one.end)) for one in held
    ]
    start, end = (sum((getattr(one, which) for one in held), Figures()) for which in ("start", "end"))
    rows.append(Strong(("", _ALL, *_covered(start, end))))
    return Section(
        Text("Belum rekam desa", "Not recorded by desa")
        if is_long
        else Text("Belum rekam kecamatan", "Not recorded by kecamatan"),
        Text("Belum rekam menurut desa", "Not recorded by village")
        if is_long
        else Text("Belum rekam menurut kecamatan", "Not recorded by district"),
        (
            Column(_CODE, "code"),
            Column(_VILLAGE if is_long else _DISTRICT),
            Column(Text("Penduduk", "Residents"), "number"),
            Column(Text("Wajib KTP", "Wajib KTP"), "number"),
            Column(Text("Rekam", "Recorded"), "number"),
            Column(Text("Persen", "Percent"), "percent"),
            Column(Text("Belum", "Not recorded"), "number"),
            _CHANGE,
        ),
        tuple(rows),
        is_long=is_long,
    )


def _covered(start: Figures, end: Figures) -> Cells:
    share = percent(end.recorded, end.id_obligated)
    change = end.unrecorded - start.unrecorded
    return (end.population, end.id_obligated, end.recorded, share, end.unrecorded, change)


def _pipeline(month: Monthly) -> Section:
    return Section(
        Text("Status", "Status"),
        Text("Status perekaman penduduk", "Recording status of residents"),
        (
            Column(Text("Status", "Status"), width=44),
            Column(_OPENING_COLUMN, "number"),
            Column(_CLOSING_COLUMN, "number"),
            _CHANGE,
        ),
        (
            *(_compared(one.title, one.start, one.end) for one in month.pipeline),
            Strong(_compared(_ALL, month.start.population, month.end.population)),
        ),
        note=Text(
            "Status terakhir tiap penduduk; anak-anak umumnya tanpa status.",
            "The latest status of each resident; children mostly have none.",
        ),
    )


def _late(month: Monthly) -> Section:
    return Section(
        Text("Terlambat", "Late"),
        Text("LAMPID menurut saat dilaporkan", "LAMPID by when it was reported"),
        (
            Column(Text("Peristiwa", "Event")),
            Column(Text("Terjadi dalam masa ini", "Happened in this period"), "number", width=16),
            Column(Text("Terjadi sebelumnya", "Happened before it"), "number", width=16),
            Column(Text("Paling lama (hari)", "Longest delay (days)"), "number", width=16),
        ),
        tuple(
            (TITLES[one.cause], one.in_month, one.late, one.longest_days if one.late else None) for one in month.late
        ),
    )


def _by_hand(form: Mapping[str, FormValue]) -> list[Section]:
    parts = [list(group) for _, group in groupby(_COUNTED, key=attrgetter("section"))]
    counted: list[Cells] = [
        (field.section if at == 0 else _BLANK, field.label, _number(form.get(field.name)))
        for part in parts
        for at, field in enumerate(part)
    ]
    given = form.get("trips")
    trips = [tuple(row) for row in given] if isinstance(given, list) else [("",) * reports.TRIP_CELLS] * _TRIP_ROWS
    return [
        Section(
            Text("Diisi kantor", "By hand"),
            Text("Diisi kantor", "Filled in by the office"),
            (Column(Text("Bagian", "Part"), width=36), Column(_LINE, width=36), Column(_TOTAL, "number")),
            tuple(counted),
            note=Text(
                "Bagian ini tidak berasal dari buku besar; diisi oleh kantor.",
                "This part does not come from the ledger; the office fills it in.",
            ),
            by_hand=True,
        ),
        Section(
            Text("Keliling", "Trips"),
            Text("Pelayanan keliling", "Trips made"),
            (
                Column(Text("Tempat", "Place")),
                Column(Text("Tanggal", "Day")),
                Column(Text("Tim", "Team")),
                Column(Text("Hadir", "Present"), "number"),
                Column(Text("Rekam", "Recorded"), "number"),
            ),
            tuple((*row[:3], *map(_number, row[3:])) for row in trips),
            by_hand=True,
        ),
    ]


def _number(value: object) -> int | None:
    """Return a number that was filled in, None where nothing was."""
    text = str(value if value is not None else "")
    return int(text) if text.isdigit() else None


def _summed(rows: Sequence[Cells | Strong], words: int) -> Strong:
    """Return the sum of rows whose first cells are words."""
    cells = [row.cells if isinstance(row, Strong) else row for row in rows]
    sums = [sum(cell for cell in column if isinstance(cell, int)) for column in list(zip(*cells, strict=True))[words:]]
    return Strong(("", _ALL, *sums))


def _opened(month: Monthly) -> Text:
    return _at(_AT_OPENING, month.opening.on)


def _closed(month: Monthly) -> Text:
    return _at(_AT_CLOSING, month.closing.on)


def _at(sentence: Text, on: date) -> Text:
    return Text(sentence.say("id", {"on": wording.day(on, "id")}), sentence.say("en", {"on": wording.day(on, "en")}))


def _where(title: str) -> str:
    return f", {title}" if title else ""
