"""Orang: one person on the three axes, with the chain of the recording and the fact behind every field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from jemput.domain import biodata, facts
from jemput.domain.audit import Verb
from jemput.domain.axes import ALWAYS
from jemput.domain.coverage import FIGURE_TITLES, Figures
from jemput.domain.doubts import years_between
from jemput.domain.ids import area_number, mask_within
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.proposals import ANSWERS, ELSEWHERE, KINDS
from jemput.domain.roles import Right
from jemput.imports import cells
from jemput.office import entry_form
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.wanted import number_in
from jemput.queries.bridge import TITLES
from jemput.queries.dossier import Dossier, FactLine, belongs, dossier
from jemput.queries.fieldwork import fieldwork
from jemput.queries.office import setting
from jemput.store.models import Proposal

NUMBER_DIGITS = 18
"""A person's number and a ledger place have fewer digits; a longer one in an address is nobody's."""
SHORTEST_REASON = 5
"""Letters a reason has at least (our choice: "x" is none)."""
SAID_TITLES = biodata.FIELD_TITLES | {
    "status": Text("Status", "Status"),
    "status_on": Text("Tanggal status", "Day of the status"),
    "recorded_at": Text("Tempat rekam", "Recorded at"),
    "place": Text("Asal/tujuan/tempat", "From, to or at"),
    "note": Text("Keterangan", "Remark"),
    "document": Text("Surat", "Document"),
    "document_number": Text("Nomor surat", "Document number"),
    "merged_into": Text("Digabung ke NIK", "Merged into NIK"),
    "guest": Text("Warga luar", "Guest"),
    "elsewhere": Text("Direkam di tempat lain", "Recorded elsewhere"),
}
SOURCES = {
    "entry": Text("dicatat petugas", "entered by an officer"),
    "events": Text("berkas peristiwa", "file of events"),
    "konsolidasi": Text("hasil konsolidasi", "consolidation list"),
    "answer": Text("jawaban usulan", "answered proposal"),
    "undo": Text("impor dibatalkan", "import taken back"),
}
REPLACED = Text("diganti kata yang lebih baru", "replaced by a later word")
GONE_TITLE = Text("tidak lagi di daftar", "no longer on the list")
NO_REASON = ProblemKind(
    "full_nik_reason",
    Text("Alasan melihat NIK lengkap belum ditulis.", "The reason to see the full NIK is missing."),
    Text("Tulis untuk apa; alasannya masuk jejak audit.", "Write what for; it goes into the audit trail."),
)
DAY_UNREADABLE = ProblemKind(
    "view_day",
    Text("“{found}” bukan tanggal.", "“{found}” is no date."),
    Text("Tulis misalnya 28/03/2019 atau 28 Maret 2019.", "Write for instance 28/03/2019."),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as the list of facts shows it: what it says in words, numbers masked."""

    line: FactLine
    source: Text
    said: tuple[tuple[Text, Text], ...]


@page("orang/<int:person>/", "person", title=Text("Orang", "Person"), right=Right.PEOPLE)
def person(request: OfficeRequest, person: int) -> HttpResponseBase:
    """Show one person on a day (`pada`) as known with a batch (`kiriman`), by default as known now."""
    is_past = bool(request.GET.get("pada") or request.GET.get("kiriman"))
    return _shown(request, asked_for(request, person), is_past=is_past)


@page(
    "orang/<int:person>/nik/",
    "person-nik",
    title=Text("NIK lengkap", "Full NIK"),
    right=Right.FULL_NIK,
    posts=True,
)
def person_nik(request: OfficeRequest, person: int) -> HttpResponseBase:
    """Show a person's numbers whole, this once, with the reason in the audit trail."""
    if request.method != "POST":
        return redirect("person", person=person)
    one = found(request.seat, person)
    reason = cells.said(request.POST.get("reason", ""))
    if len(reason) < SHORTEST_REASON:
        return _shown(request, one, problems=(NO_REASON.at("reason"),), reason=reason)
    request.seat.note(Verb.FULL_NIK_SEEN, subject=f"person {person}", reason=reason)
    return _shown(request, one, is_revealed=True)


def asked_for(request: OfficeRequest, person: int) -> Dossier:
    """Return one person on the day and as known with the batch that an address names."""
    typed = cells.said(request.GET.get("pada", ""))
    on = cells.day_of(typed) if typed else None
    if typed and on is None:
        raise Refused(DAY_UNREADABLE.at("pada", found=typed[:40]))
    batch = request.GET.get("kiriman", "")
    known = number_in(batch)
    return found(request.seat, person, on=on, batch=known)


def found(seat: Seat, person: int, *, on: date | None = None, batch: int | None = None) -> Dossier:
    """Return one person of the seat's area; anybody else is not there."""
    if person >= 10**NUMBER_DIGITS or not belongs(person, seat.area, whole=seat.office.area):
        raise Http404
    polling_on = date.fromisoformat(said) if (said := setting("election_on")) else None
    known = ALWAYS if batch is None else batch
    one = dossier(person, on=on or seat.office.today, rule=seat.office.rule, batch=known, polling_on=polling_on)
    if one is None:
        raise Http404
    return one


def _shown(
    request: OfficeRequest,
    one: Dossier,
    *,
    is_past: bool = False,
    is_revealed: bool = False,
    problems: Sequence[object] = (),
    reason: str = "",
) -> HttpResponseBase:
    seat = request.seat
    context = {
        "one": one,
        "is_past": is_past,
        "is_revealed": is_revealed,
        "problems": problems,
        "reason": reason,
        "age": years_between(one.born_on, one.on) if one.born_on and one.born_on <= one.on else None,
        "home": _home(one),
        "merged_into": one.merged_into if one.merged_into and is_seen(seat, one.merged_into.id) else None,
        "chain": [(step, one.area(number) if (number := area_number(step.place)) else "") for step in one.chain],
        "household": [
            (other, biodata.value_title("role", other.role))
            for other in one.household
            if is_seen(seat, other.person.id)
        ],
        "fields": [_field(one, field) for field in one.fields],
        "told": [_told(line) for line in reversed(one.facts)],
        "moved": [(move, TITLES[move.cause], one.area(move.village), counted(move.figures)) for move in one.moved],
        "runs": [(run, _counted_at(one, run.closed), _counted_at(one, run.now)) for run in one.runs()],
        "fieldwork": fieldwork(one.id),
        "proposals": [_proposed(proposal) for proposal in one.proposals],
        "seat_may_nik": seat.may(Right.FULL_NIK),
        "forms_allowed": seat.may(Right.FACTS) and not is_past,
        "forms": _forms(one) if seat.may(Right.FACTS) and not is_past else (),
    }
    return render(request, "office/person.html", context, status=422 if problems else 200)


def counted(figures: Figures) -> Text:
    """Return figures in words with their signs: wajib KTP +1, sudah rekam −1."""
    said = [(title, getattr(figures, name)) for name, title in FIGURE_TITLES.items() if getattr(figures, name)]
    signs = {1: "+1", -1: "−1"}
    return Text(
        ", ".join(f"{title.id} {signs.get(amount, amount)}" for title, amount in said) or "–",
        ", ".join(f"{title.en} {signs.get(amount, amount)}" for title, amount in said) or "–",
    )


def _counted_at(one: Dossier, at: tuple[tuple[int, Figures], ...]) -> list[tuple[str, list[Text]]]:
    """Return as what a closed 28th counted the person, village by village."""
    return [
        (one.area(village), [title for name, title in FIGURE_TITLES.items() if getattr(figures, name)])
        for village, figures in at
    ]


def is_seen(seat: Seat, person: int) -> bool:
    """Whether somebody may see a person."""
    return belongs(person, seat.area, whole=seat.office.area)


def _home(one: Dossier) -> str:
    return one.area(one.village) if one.axes.registry.lives_there_since else ""


def _field(
    one: Dossier, field: biodata.FieldHistory
) -> tuple[biodata.FieldHistory, Text, FactLine | None, list[object]]:
    """Return a field with its value in words, the fact behind it, and its earlier values with theirs."""
    lines = {line.place: line for line in one.facts}
    current = field.current
    value = _value(one, field.name, current.value) if current else Text("–", "–")
    earlier: list[object] = [(_value(one, field.name, old.value), old, lines.get(old.place)) for old in field.earlier]
    return field, value, lines.get(current.place) if current else None, earlier


def _value(one: Dossier, name: str, value: str) -> Text:
    if name == "village" and (number := area_number(value)):
        return Text(one.area(number), one.area(number))
    return biodata.value_title(name, value)


def _told(line: FactLine) -> Told:
    return Told(line, source_of(line), said_of(line))


def source_of(line: FactLine) -> Text:
    """Return what kind of source a fact came from."""
    return SOURCES.get(line.source, Text(line.source, line.source))


def said_of(line: FactLine) -> tuple[tuple[Text, Text], ...]:
    """Return what a fact says in words, numbers masked."""
    return tuple((SAID_TITLES.get(name, Text(name, name)), _word(name, value)) for name, value in line.said.items())


def _proposed(proposal: Proposal) -> tuple[Proposal, Text, list[tuple[Text, Text]], Text | None]:
    kind = facts.BY_CODE.get(proposal.kind)
    said_elsewhere = KINDS[ELSEWHERE] if proposal.kind == ELSEWHERE else GONE_TITLE
    said = [(SAID_TITLES.get(name, Text(name, name)), _word(name, value)) for name, value in proposal.said.items()]
    told = REPLACED if proposal.state == "replaced" else ANSWERS.get(proposal.answer)
    return proposal, kind.title if kind else said_elsewhere, said, told


def _word(name: str, value: object) -> Text:
    if value is True:
        return Text("ya", "yes")
    if name == "merged_into":
        name = "nik"
    title = biodata.value_title(name, str(value))
    return Text(mask_within(title.id), mask_within(title.en))


def _forms(one: Dossier) -> list[entry_form.Form]:
    """Return the forms that make sense now: who is here may leave, who left may come back; the dead stay."""
    state = one.axes.registry.state
    fitting = {
        "active": {"mati", "pindah", "pindah-dalam", "kawin", "biodata", "rekam", "blokir"},
        "blocked": {"mati", "pindah", "pindah-dalam", "kawin", "biodata", "rekam", "aktif"},
        "moved": {"mati", "datang", "biodata", "rekam"},
        "struck": {"mati", "datang", "biodata"},
        "dead": {"biodata"},
        "unknown": {"datang", "biodata"},
    }[state]
    return [form for form in entry_form.FORMS if form.slug in fitting]
