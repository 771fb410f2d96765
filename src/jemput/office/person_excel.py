"""One person as a workbook: facts, chain, household, movements; the same words as the page, numbers masked."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponseBase

from jemput.domain import wording
from jemput.domain.audit import Verb
from jemput.domain.biodata import value_title
from jemput.domain.ids import area_number, mask
from jemput.domain.problems import Language, Text
from jemput.domain.roles import Right
from jemput.letters.workbook import Cells, Column, Sheet
from jemput.office.download import excel
from jemput.office.pages import page
from jemput.office.person import asked_for, counted, is_seen, said_of, source_of
from jemput.office.seat import OfficeRequest
from jemput.queries.bridge import TITLES
from jemput.queries.dossier import Dossier

DAY, LEARNT = Column(Text("Tanggal", "Day"), "day"), Column(Text("Diketahui", "Learnt"), "day")
PLACE = Column(Text("No. buku besar", "Ledger no."), "number", 14)
FROM, WHO = Column(Text("Dari", "From")), Column(Text("Kata siapa", "Says who"))
REVERSED = Column(Text("Dibatalkan", "Taken back"), "day")


@page("orang/<int:person>/unduh/", "person-excel", title=Text("Unduh orang", "Download a person"), right=Right.PEOPLE)
def person_excel(request: OfficeRequest, person: int) -> HttpResponseBase:
    """Download one person as the page shows them, on the same day and as known with the same batch."""
    seat = request.seat
    one = asked_for(request, person)
    day = wording.day(one.on, seat.language)
    name = Text(f"{one.name}, NIK {mask(one.nik)}, pada {day}", f"{one.name}, NIK {mask(one.nik)}, on {day}")
    about = (name.say(seat.language),)
    household = [other for other in one.household if is_seen(seat, other.person.id)]
    sheets = [
        Sheet(
            Text("Fakta", "Facts"),
            Text("Semua fakta", "All facts"),
            about,
            (
                PLACE,
                Column(Text("Fakta", "Fact")),
                DAY,
                LEARNT,
                Column(Text("Isinya", "What it says"), "text", 60),
                FROM,
                WHO,
                REVERSED,
                Column(Text("Alasan pembatalan", "Reason of the reversal")),
            ),
            _facts(one, seat.language),
        ),
        Sheet(
            Text("Perekaman", "Recording"),
            Text("Rantai perekaman", "Chain of the recording"),
            about,
            (
                DAY,
                Column(Text("Status", "Status")),
                Column(Text("Kode", "Code")),
                Column(Text("Tempat", "Place")),
                Column(Text("Hari sesudah status sebelumnya", "Days after the status before"), "number"),
                LEARNT,
                WHO,
                REVERSED,
            ),
            _chain(one, seat.language),
        ),
        Sheet(
            Text("Satu KK", "Same KK"),
            Text("Satu KK", "Same KK"),
            about,
            (
                Column(Text("Nama", "Name")),
                Column(Text("NIK", "NIK"), "code"),
                Column(Text("Hubungan", "Role")),
                Column(Text("Lahir", "Born"), "day"),
                Column(Text("Di daftar", "In the register")),
                Column(Text("Kewajiban", "Duty"), "text", 44),
                Column(Text("Perekaman", "Recording")),
            ),
            (
                (
                    other.person.name,
                    mask(other.person.nik),
                    value_title("role", other.role).say(seat.language),
                    other.born_on,
                    other.axes.registry.title.say(seat.language),
                    other.axes.duty.why.say(seat.language),
                    other.axes.recorded.title.say(seat.language),
                )
                for other in household
            ),
        ),
        Sheet(
            Text("Gerak", "Movements"),
            Text("Gerak orang ini dalam angka", "What this person moved in the figures"),
            about,
            (DAY, Column(Text("Sebab", "Cause")), Column(Text("Wilayah", "Area")), Column(Text("Angka", "Figures")), LEARNT),
            (
                (
                    move.on,
                    TITLES[move.cause].say(seat.language),
                    one.area(move.village),
                    counted(move.figures).say(seat.language),
                    move.known_on,
                )
                for move in one.moved
            ),
        ),
    ]  # fmt: skip
    seat.note(Verb.LIST_EXPORTED, subject=f"person {person}")
    return excel(seat, sheets, name=f"orang-{person}-{one.on.isoformat()}")


def _facts(one: Dossier, language: Language) -> Iterator[Cells]:
    for line in one.facts:
        said = "; ".join(f"{name.say(language)}: {value.say(language)}" for name, value in said_of(line))
        back = line.reversed_by
        source = f"{source_of(line).say(language)} {line.file}".strip()
        yield (
            line.place,
            line.title.say(language),
            line.on,
            line.known_on,
            said,
            source,
            line.said_by or line.taken_by,
            back.known_on if back else None,
            back.reason if back else "",
        )


def _chain(one: Dossier, language: Language) -> Iterator[Cells]:
    for step in one.chain:
        number = area_number(step.place)
        back = step.fact.reversed_by
        yield (
            step.fact.on,
            step.title.say(language),
            step.raw,
            one.area(number) if number else "",
            step.waited_days,
            step.fact.known_on,
            step.fact.said_by or step.fact.taken_by,
            back.known_on if back else None,
        )
