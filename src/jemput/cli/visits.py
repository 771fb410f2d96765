"""Visits and their letters from the command line: which there are, one as it stands, and a letter made as a file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter
from rich.table import Table

from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import Area, AsJson, area_of, machine
from jemput.cli.say import t
from jemput.domain.ids import area_text
from jemput.domain.outreach import OUTCOMES, PLACE_KINDS, VISIT_STATES
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.visits import NO_SUCH_VISIT
from jemput.letters import visit_making
from jemput.letters.visit_letters import KINDS
from jemput.queries import letters as made_letters
from jemput.queries import places, reports
from jemput.queries import visits as reading
from jemput.queries.office import Office, office
from jemput.queries.visits import Visit, Wanted

visits = App(name="visits", help=t("Kunjungan: daftar dan rinciannya.", "Visits: their list, and one of them."))
app.command(visits)

NO_SUCH_STATE = ProblemKind(
    "no_such_visit_state",
    Text("“{found}” bukan keadaan kunjungan.", "“{found}” is no state of a visit."),
    Text("Yang ada: {known}.", "There are: {known}."),
)
NO_SUCH_MONTH = ProblemKind(
    "no_such_month",
    Text("“{found}” bukan bulan.", "“{found}” is no month."),
    Text("Tulis tahun dan bulan, contoh 2019-04.", "Write year and month, such as 2019-04."),
)
NO_SUCH_LETTER_FILE = ProblemKind(
    "no_such_letter_file",
    Text("Surat tidak dapat ditulis sebagai .{found}.", "A letter cannot be written as .{found}."),
    Text("Yang ada: pdf, docx.", "There are: pdf, docx."),
)
FILES = ("pdf", "docx")


@visits.command(name="list", help=t("Kunjungan menurut hari.", "Visits by day."))
def list_visits(
    *,
    area: Area = "",
    state: Annotated[str, Parameter(name="--state", help=", ".join(VISIT_STATES))] = "",
    month: Annotated[str, Parameter(name="--month", help=t("Bulan (YYYY-MM).", "Month (YYYY-MM)."))] = "",
    as_json: AsJson = False,
) -> int:
    """List the visits of an area by day."""
    here = office()
    if state and state not in VISIT_STATES:
        raise Refused(NO_SUCH_STATE.at("--state", found=state, known=", ".join(VISIT_STATES)))
    found = reading.visits(Wanted(area_of(area, here), {state} if state else (), _month(month)))
    names = places.names_of({one.village for one in found}, here.today)
    if as_json:
        say.emit([_shown(one, names) for one in found])
        return 0
    table = Table(box=None, pad_edge=False)
    for title in (
        t("No.", "No."),
        t("Hari", "Day"),
        t("Tempat", "Place"),
        t("Keadaan", "State"),
        t("Tim", "Team"),
        t("Diundang", "Invited"),
        t("Datang", "Came"),
        t("Direkam", "Recorded"),
    ):
        table.add_column(title)
    for one in found:
        village = names.get(one.village, area_text(one.village))
        table.add_row(
            str(one.id),
            say.day(one.on) if one.on else "–",
            f"{one.place_name}, {village}" if one.place_name else village,
            VISIT_STATES[one.state].say(say.language()),
            one.team or "–",
            say.number(one.invited),
            "–" if one.came is None else say.number(one.came),
            "–" if one.recorded is None else say.number(one.recorded),
        )
    say.out.print(table)
    return 0


@visits.command(help=t("Satu kunjungan, NIK tersamar.", "One visit, NIKs masked."))
def show(number: int, *, as_json: AsJson = False) -> int:
    """Show one visit with its people, letters and what does not fit in it."""
    here = office()
    one = _of(number)
    names = places.names_of([one.village], here.today)
    findings = reading.findings_of(one, here)
    listed = reading.invited(number)
    made = made_letters.of_visit(number)
    if as_json:
        say.emit(
            _shown(one, names)
            | {
                "reason": one.reason,
                "minutes": one.minutes,
                "neighbours": [area_text(near.village) for near in reading.neighbours(one, here)],
                "findings": [{"code": found.kind.code, "reason": found.reason(say.language())} for found in findings],
                "letters": [{"kind": letter.kind, "number": letter.number} for letter in made],
                "people": [
                    {"nik": person.nik, "name": person.name, "slot": person.slot, "outcome": person.outcome}
                    for person in listed
                ],
            }
        )
        return 0
    kind, state = PLACE_KINDS[one.place_kind], VISIT_STATES[one.state]
    where = ", ".join(part for part in (one.place_name, names.get(one.village, "")) if part)
    say.out.print(f"{where} ({area_text(one.village)}), {kind.say(say.language())}", markup=False)
    day = say.day(one.on) if one.on else t("belum bertanggal", "no day yet")
    say.out.print(f"{day}, {one.starts or '–'}, {state.say(say.language())}", markup=False)
    said = t("Diundang {n}, perkiraan datang {m}.", "{n} invited, {m} expected.", n=one.invited, m=one.expected)
    say.out.print(said, markup=False)
    for found in findings:
        say.out.print(f"! {found.reason(say.language())} {found.todo(say.language())}", markup=False)
    for letter in made:
        say.out.print(letter.kind, letter.number, markup=False)
    for person in listed:
        outcome = OUTCOMES[person.outcome].say(say.language()) if person.outcome else ""
        say.out.print(person.slot or "–", person.nik, person.name, person.dusun, outcome, markup=False)
    return 0


@app.command(help=t("Buat surat sebuah kunjungan.", "Make a letter of a visit."))
def letter(
    visit: int,
    kind: Annotated[str, Parameter(help=", ".join(KINDS))],
    *,
    out: Annotated[
        Path | None,
        Parameter(
            name="--out",
            help=t("Berkas yang ditulis, .pdf atau .docx.", "The file to write, .pdf or .docx."),
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Make a letter of a visit, number and keep it; the same words are not made twice."""
    suffix = (out.suffix.lower().lstrip(".") or "pdf") if out else "pdf"
    if suffix not in FILES:
        raise Refused(NO_SUCH_LETTER_FILE.at("--out", found=suffix))
    here = office()
    made = visit_making.make(_of(visit), kind, here=here, actor=machine(), at=datetime.now(UTC))
    if out:
        out.write_bytes(reports.content(made.pdf if suffix == "pdf" else made.docx))
    if as_json:
        say.emit(
            {
                "letter": made.id,
                "visit": visit,
                "kind": made.kind,
                "number": made.number,
                "replaces": made.replaces,
                "pdf": made.pdf,
                "docx": made.docx,
                "file": str(out) if out else None,
            }
        )
        return 0
    if made.number:
        say.out.print(t("Nomor {number}.", "Number {number}.", number=made.number), markup=False)
    if out:
        say.out.print(str(out), markup=False)
    return 0


def _of(number: int) -> Visit:
    here: Office = office()
    found = reading.one(number, within=here.area)
    if found is None:
        raise Refused(NO_SUCH_VISIT.at("number", number=number))
    return found


def _month(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Refused(NO_SUCH_MONTH.at("--month", found=text)) from None


def _shown(one: Visit, names: dict[int, str]) -> dict[str, Any]:
    return {
        "visit": one.id,
        "on": one.on,
        "starts": one.starts,
        "ends": one.ends,
        "place_kind": one.place_kind,
        "place": one.place_name,
        "village": area_text(one.village),
        "village_name": names.get(one.village, ""),
        "team": one.team,
        "sets": one.sets,
        "state": one.state,
        "invited": one.invited,
        "expected": one.expected,
        "came": one.came,
        "recorded": one.recorded,
        "outcomes": one.outcomes,
        "requested_by": one.requested_by,
    }
