"""Dusun, rompok and estate camps from the command line; none is ever deleted."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter
from rich.table import Table

from jemput.actions import settlements as keeping
from jemput.actions.paper_imports import Upload
from jemput.actions.take_settlements import take_settlements, undo_settlements
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import Area, AsJson, DryRun, EnteredBy, area_of, day_of
from jemput.cli.paper_imports import digest_of, show_tally, show_undone
from jemput.cli.say import t
from jemput.domain.ids import AREA_CODE, area_number, area_text
from jemput.domain.outreach import CHANNELS, SURFACES, WET_SEASONS
from jemput.domain.places import POINT_HALF, Point, read_point
from jemput.domain.problems import Problem, Refused
from jemput.domain.settlements import PEOPLE_NEGATIVE, SETTLEMENT_KINDS, WAY_UNKNOWN
from jemput.domain.typed import yes_or_no
from jemput.imports.settlements import read_settlements
from jemput.queries import settlements as reading
from jemput.queries.office import office
from jemput.queries.places import villages_by_name
from jemput.queries.spots import village_finder

settlements = App(name="settlements", help=t("Dusun, rompok, kamp kebun.", "Hamlets, rompok, estate camps."))
app.command(settlements)

Changeable = Literal[
    "kind",
    "name",
    "village",
    "point",
    "estimated_people",
    "description",
    "reported_by",
    "surface",
    "wet_season",
    "boat",
    "motorbike",
    "travel_min",
    "contact",
    "contact_phone",
]
NUMBERS = ("estimated_people", "travel_min")


@settlements.command(help=t("Catat dusun, rompok atau kamp.", "Enter a hamlet, rompok or camp."))
def add(
    name: str,
    *,
    village: Annotated[str, Parameter(help=t("Kode desa.", "Village code."))],
    kind: Annotated[str, Parameter(help=", ".join(SETTLEMENT_KINDS))] = "rompok",
    lat: float | None = None,
    lng: float | None = None,
    people: Annotated[int | None, Parameter(help=t("Perkiraan jumlah orang.", "Estimated people."))] = None,
    description: Annotated[str, Parameter(help=t("Keterangan.", "Description."))] = "",
    reported_by: Annotated[str, Parameter(help=t("Siapa yang melaporkan.", "Who reported it."))] = "",
    channel: Annotated[str, Parameter(help=", ".join(CHANNELS))] = "",
    surface: Annotated[str, Parameter(help=", ".join(SURFACES))] = "",
    wet_season: Annotated[str, Parameter(help=", ".join(WET_SEASONS))] = "",
    boat: Annotated[bool, Parameter(negative=(), help=t("Perlu perahu.", "Needs a boat."))] = False,
    motorbike: Annotated[bool, Parameter(negative=(), help=t("Perlu motor.", "Needs a motorbike."))] = False,
    minutes: Annotated[
        int | None, Parameter(help=t("Menit sekali jalan dari pusat desa.", "Minutes one way from the village."))
    ] = None,
    contact: Annotated[str, Parameter(help=t("Orang yang dapat dihubungi.", "Whom to ask there."))] = "",
    phone: Annotated[str, Parameter(help=t("Teleponnya.", "Their telephone."))] = "",
    said_by: EnteredBy = "",
    as_json: AsJson = False,
) -> int:
    """Add a settlement below a village."""
    if (lat is None) != (lng is None):
        raise Refused(POINT_HALF.at("lat/lng"))
    number = keeping.report_settlement(
        kind=kind,
        name=name,
        village=_village(village),
        point=None if lat is None or lng is None else Point(lat, lng),
        people=people,
        description=description,
        said_by=reported_by,
        channel=channel,
        surface=surface,
        wet_season=wet_season,
        boat=boat,
        motorbike=motorbike,
        travel_min=minutes,
        contact=contact,
        contact_phone=phone,
        office=office(),
        by=said_by,
    )
    if as_json:
        say.emit({"number": number})
    else:
        say.out.print(t("Tercatat dengan nomor {n}.", "Entered as number {n}.", n=number))
    return 0


@settlements.command(name="list", help=t("Daftar permukiman.", "List settlements."))
def list_settlements(*, area: Area = "", as_json: AsJson = False) -> int:
    """List settlements of a village, or all."""
    found = reading.settlements(area_of(area, office()) if area else None, standing_only=True)
    if as_json:
        say.emit(
            [
                {
                    "number": one.id,
                    "kind": one.kind,
                    "name": one.name,
                    "village": area_text(one.village),
                    "lat": one.lat,
                    "lng": one.lng,
                    "people": one.estimated_people,
                    "uninhabited_on": one.uninhabited_on,
                }
                for one in found
            ]
        )
        return 0
    table = Table(box=None, pad_edge=False)
    for title in (
        "#",
        t("Jenis", "Kind"),
        t("Nama", "Name"),
        t("Desa", "Village"),
        t("Titik", "Point"),
        t("Kosong sejak", "Empty since"),
    ):
        table.add_column(title)
    for one in found:
        point = f"{one.lat}, {one.lng}" if one.lat is not None else "–"
        empty = one.uninhabited_on.isoformat() if one.uninhabited_on else ""
        table.add_row(str(one.id), one.kind, one.name, area_text(one.village), point, empty)
    say.out.print(table)
    return 0


@settlements.command(
    help=t("Tandai permukiman kosong (atau dihuni lagi).", "Mark a settlement uninhabited (or inhabited again).")
)
def uninhabited(
    number: int,
    *,
    on: Annotated[str, Parameter(help=t("Sejak tanggal.", "Since the day."))] = "",
    again: Annotated[bool, Parameter(negative=(), help=t("Dihuni lagi.", "Inhabited again."))] = False,
    said_by: EnteredBy = "",
    as_json: AsJson = False,
) -> int:
    """Mark a settlement; it is never deleted."""
    here = office()
    since: date | None = None if again else day_of(on, here)
    keeping.change_settlement(number, {"uninhabited_on": since}, office=here, by=said_by)
    if as_json:
        say.emit({"number": number, "uninhabited_on": since})
    else:
        say.out.print(t("Dicatat.", "Done."))
    return 0


@settlements.command(
    help=t(
        "Ubah satu hal dari permukiman: nama, desa, titik; yang lama tetap tercatat.",
        "Change one thing of a settlement: name, village, point; what it was stays on record.",
    )
)
def change(
    number: int,
    field: Annotated[Changeable, Parameter(help=t("Yang diubah.", "What changes."))],
    value: Annotated[
        str,
        Parameter(
            allow_leading_hyphen=True,
            help=t('Nilai barunya; titik: "lintang, bujur".', 'Its new value; a point: "lat, lng".'),
        ),
    ],
    *,
    said_by: EnteredBy = "",
    as_json: AsJson = False,
) -> int:
    """Rename, move or otherwise change a settlement; an empty point or estimate takes it away."""
    keeping.change_settlement(number, {field: _value(field, value)}, office=office(), by=said_by)
    if as_json:
        say.emit({"number": number, "field": field, "value": value})
    else:
        say.out.print(t("Dicatat.", "Done."))
    return 0


@settlements.command(
    name="import",
    help=t(
        "Impor permukiman dari CSV, Excel, GPX atau GeoJSON titik; berkas yang sama dua kali tidak mengubah apa pun.",
        "Import settlements from CSV, Excel, GPX or GeoJSON points; the same file twice changes nothing.",
    ),
)
def import_settlements(
    file: Path,
    *,
    area: Area = "",
    dry_run: DryRun = False,
    said_by: EnteredBy = "",
    as_json: AsJson = False,
) -> int:
    """Import settlements. Exit code 1 where no row could be taken."""
    here = office()
    within = area_of(area, here)
    read = read_settlements(
        file, names=villages_by_name(within, here.today), village_at=village_finder(within, here.today)
    )
    upload = Upload("settlement", file.name, digest_of(file), said_by, tuple(read.refused))
    done = take_settlements(read.rows, upload, office=here, dry_run=dry_run)
    return show_tally(file.name, done, dry_run=dry_run, as_json=as_json)


@settlements.command(
    name="undo-import", help=t("Batalkan satu impor permukiman.", "Take an import of settlements back.")
)
def undo_import(number: int, *, said_by: EnteredBy = "", as_json: AsJson = False) -> int:
    """Withdraw what an import added and put back what it changed; what came after stays."""
    return show_undone(undo_settlements(number, office=office(), by=said_by), as_json=as_json)


@settlements.command(help=t("Permukiman yang mungkin sama.", "Settlements that may be one."))
def duplicates(*, area: Area = "", as_json: AsJson = False) -> int:
    """List pairs of a village whose names are alike or whose points are one spot."""
    within = area_of(area, office())
    known = {one.id: one for one in reading.settlements(within, standing_only=True)}
    pairs = reading.likely_doubles(known.values())
    if as_json:
        said = [{"kept": one.first, "merged": one.second, "why": one.why.say(say.language())} for one in pairs]
        say.emit(said)
        return 0
    for one in pairs:
        first, second = known[one.first], known[one.second]
        where = area_text(first.village)
        say.out.print(f"{first.id} {first.name} ~ {second.id} {second.name} ({where}): {one.why.say(say.language())}")
    if not pairs:
        say.out.print(t("Tidak ada yang mirip.", "None are alike."))
    return 0


@settlements.command(help=t("Gabungkan dua baris dari satu permukiman.", "Merge two rows of one settlement."))
def merge(kept: int, merged: int, *, said_by: EnteredBy = "", as_json: AsJson = False) -> int:
    """Put the second into the first, which takes over what it lacks; can be undone."""
    number = keeping.merge_settlements(kept, merged, office=office(), by=said_by)
    if as_json:
        say.emit({"merge": number})
    else:
        say.out.print(
            t(
                "Digabung; batalkan dengan `jemput settlements undo-merge {n}`.",
                "Merged; undo it with `jemput settlements undo-merge {n}`.",
                n=number,
            )
        )
    return 0


@settlements.command(name="undo-merge", help=t("Batalkan penggabungan.", "Undo a merge."))
def undo_merge(number: int, *, said_by: EnteredBy = "", as_json: AsJson = False) -> int:
    """Let the merged row stand on its own again."""
    apart = keeping.undo_merge(number, office=office(), by=said_by)
    if as_json:
        say.emit({"number": apart})
    else:
        say.out.print(t("Permukiman {n} berdiri sendiri lagi.", "Settlement {n} stands on its own again.", n=apart))
    return 0


@settlements.command(name="history", help=t("Riwayat satu permukiman.", "The history of a settlement."))
def show_history(number: int, *, as_json: AsJson = False) -> int:
    """Show who changed what of a settlement, oldest first."""
    found = reading.settlement_history(number)
    if not found:
        raise Refused(keeping.NO_SUCH_SETTLEMENT.at("number", number=number))
    if as_json:
        say.emit(
            [
                {"field": one.field, "old": one.old, "new": one.new, "at": one.changed_at, "by": one.changed_by}
                for one in found
            ]
        )
        return 0
    table = Table(box=None, pad_edge=False)
    for title in (t("Kapan", "When"), t("Apa", "What"), t("Semula", "Before"), t("Menjadi", "After"), t("Oleh", "By")):
        table.add_column(title)
    for one in found:
        table.add_row(f"{one.changed_at:%Y-%m-%d %H:%M} UTC", one.field, one.old, one.new, one.changed_by)
    say.out.print(table)
    return 0


def _village(kode: str) -> int:
    number = area_number(kode)
    if number is None:
        raise Refused(AREA_CODE.at("--village", found=kode))
    return number


def _value(field: Changeable, text: str) -> object:
    """Return what a field of a settlement is told to be; refuse text that cannot be it."""
    if field == "village":
        return _village(text)
    if field == "point" and text:
        point = read_point(text)
        if isinstance(point, Problem):
            raise Refused(point)
        return point
    if field in NUMBERS and text:
        if not (text.isascii() and text.isdigit()):
            raise Refused(PEOPLE_NEGATIVE.at(field, found=text))
        return int(text)
    if field in {"boat", "motorbike"}:
        try:
            return yes_or_no(text)
        except ValueError:
            raise Refused(WAY_UNKNOWN.at(field, found=text, what=field, choices="ya, tidak")) from None
    return None if field in {"point", *NUMBERS} else text
