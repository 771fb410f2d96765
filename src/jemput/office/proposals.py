"""Usulan: proposed facts beside the register's words, answered singly or in bulk, the effect shown before anything is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from jemput.actions import answer as answering
from jemput.actions.asking import LONGEST_QUESTION, ask_about
from jemput.domain import wording
from jemput.domain.audit import Verb
from jemput.domain.axes import STATES
from jemput.domain.coverage import FIGURE_TITLES, Figures
from jemput.domain.ids import area_text
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.proposals import (
    ACCEPT,
    ANSWERS,
    ELSEWHERE,
    ELSEWHERE_ANSWERS,
    GONE,
    GONE_ANSWERS,
    KINDS,
    REJECT,
    effect,
)
from jemput.domain.roles import Right
from jemput.letters.workbook import Cells, Column, Sheet
from jemput.office.download import excel
from jemput.office.pages import page
from jemput.office.people import area_choices
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.wanted import area_in, number_in
from jemput.queries import places
from jemput.queries.proposals import Proposed, Wanted, by_kind, matching, queue, shown, sources
from jemput.store.models import Proposal

SHOWN = 50
"""Proposals on one page (our choice)."""
TRIED = 2_000
"""Proposals up to which the figures they would change are worked out before saving; more take longer than a reader waits."""
NAMED = 10
"""People named on the page that asks for confirmation."""
TITLE = Text("Usulan", "Proposals")
VILLAGE_SAYS = Text("kata desa", "the village's word")
NOTHING_CHOSEN = ProblemKind(
    "nothing_chosen",
    Text("Belum ada usulan yang dipilih.", "No proposal was chosen."),
    Text("Centang barisnya, atau pilih “semua yang cocok”.", "Tick its row, or choose “all that match”."),
)
NO_ANSWER = ProblemKind(
    "no_answer",
    Text("Jawabannya belum dipilih.", "No answer was chosen."),
    Text("Pilih jawaban untuk usulan ini.", "Choose the answer to these proposals."),
)
BAD_DAY = ProblemKind(
    "answer_day_unreadable",
    Text("“{found}” bukan tanggal.", "“{found}” is not a day."),
    Text(
        "Pilih tanggalnya, atau kosongkan untuk hari menurut usulan.",
        "Choose the day, or leave it empty for the day proposed.",
    ),
)
NUMBER_CHANGED = ProblemKind(
    "number_changed",
    Text("Yang cocok sekarang {now} usulan, bukan {before}.", "{now} proposals match now, not {before}."),
    Text("Periksa lagi daftarnya sebelum menjawab semuanya.", "Look at the list again before answering all of it."),
)
COLUMNS = (
    Column(Text("No.", "No."), "number", 8),
    Column(Text("Jenis", "Kind"), "text", 22),
    Column(Text("NIK", "NIK"), "code", 20),
    Column(Text("Nama", "Name")),
    Column(Text("Keadaan", "State"), "text", 16),
    Column(Text("Kode desa", "Village code"), "code", 16),
    Column(Text("Desa", "Village")),
    Column(Text("Kata daftar kantor", "The register says"), "text", 40),
    Column(Text("Kata usulan", "The proposal says"), "text", 40),
    Column(Text("Per tanggal", "As at"), "day"),
    Column(Text("Dari", "From")),
    Column(Text("Kata siapa", "Who says so"), "text", 30),
    Column(Text("Keterangan", "Remark"), "text", 30),
    Column(Text("Ditanyakan", "Asked"), "text", 30),
    Column(Text("Menunggu (hari)", "Waiting (days)"), "number", 12),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answers: to which proposals, what, from which day, and who says so; kept as typed until it is right."""

    numbers: tuple[int, ...]
    is_all: bool
    answer: str
    on: str
    source: str
    question: str = ""

    @property
    def day(self) -> date | None:
        """The day typed, None for the day proposed; refuse what is no day."""
        if not self.on:
            return None
        try:
            return date.fromisoformat(self.on)
        except ValueError:
            raise Refused(BAD_DAY.at("on", found=self.on)) from None


@page("usulan/", "proposals", title=TITLE, right=Right.ANSWER, write=Right.ANSWER)
def proposals(request: OfficeRequest) -> HttpResponseBase:
    """Show the queue; show what an answer would do; save it once that was seen; or ask the village back."""
    if request.method != "POST":
        return _queue(request)
    wanted, said = _wanted(request.POST, request.seat), _said(request.POST)
    try:
        if request.POST.get("step") == "ask":
            return _ask(request, wanted, said)
        chosen = _chosen(wanted, said, request.POST.get("count", ""))
        if request.POST.get("step") == "save":
            return _save(request, wanted, said, chosen)
        return _review(request, wanted, said, chosen)
    except Refused as refused:
        return _queue(request, wanted, said, refused.problems)


# --- the queue -------------------------------------------------------------------------------------------------------


def _queue(
    request: OfficeRequest, wanted: Wanted | None = None, said: Said | None = None, problems: tuple[Problem, ...] = ()
) -> HttpResponseBase:
    seat = request.seat
    wanted = wanted or _wanted(request.GET, seat)
    if request.GET.get("excel"):
        return _workbook(seat, wanted)
    kinds = by_kind(wanted)
    total = sum(count for kind, count in kinds if wanted.kind in {"", kind})
    pages = max(1, -(-total // SHOWN))
    number = min(number_in(request.GET.get("page", "")) or 1, pages)
    rows = queue(wanted, seat.office, start=(number - 1) * SHOWN, count=SHOWN)
    names = places.names(seat.office.today, within=seat.office.area)
    context = {
        "wanted": wanted,
        "said": said or Said((), False, "", "", ""),
        "problems": problems,
        "total": total,
        "everything": sum(count for _, count in kinds),
        "kinds": [
            (kind, KINDS.get(kind, Text(kind, kind)), count, _address(wanted, kind=kind)) for kind, count in kinds
        ],
        "all_kinds": _address(wanted, kind=""),
        "files": sources(seat.area),
        "areas": area_choices(seat),
        "rows": [_row(row, names) for row in rows],
        "answers": _answers(wanted.kind, {kind for kind, _ in kinds}),
        "number": number,
        "pages": pages,
        "before": _address(wanted, page=number - 1) if number > 1 else "",
        "after": _address(wanted, page=number + 1) if number < pages else "",
        "excel": _address(wanted, excel=1),
        "today": seat.office.today,
    }
    return render(request, "office/proposals.html", context, status=422 if problems else 200)


def _row(row: Proposed, names: dict[int, str]) -> tuple[Proposed, Text | None, str]:
    """Return a proposal with the state worth a mark and the name of its village."""
    told = STATES[row.state] if row.state not in {"active", "unknown"} else None
    return row, told, names.get(row.village, area_text(row.village))


def _answers(kind: str, open_kinds: set[str]) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """Return the answers that fit what is shown, by the kind of proposal they belong to."""
    shown_kinds = {kind} if kind else open_kinds
    groups = []
    if shown_kinds - {GONE, ELSEWHERE}:
        groups.append((Text("usulannya", "what is proposed"), [(word, ANSWERS[word]) for word in (ACCEPT, REJECT)]))
    for asked, words in ((GONE, GONE_ANSWERS), (ELSEWHERE, ELSEWHERE_ANSWERS)):
        if asked in shown_kinds:
            groups.append((KINDS[asked], [(word, ANSWERS[word]) for word in words]))
    return groups


def _workbook(seat: Seat, wanted: Wanted) -> HttpResponseBase:
    """Hand out everything that matches, NIKs masked."""
    name = f"usulan-{area_text(wanted.area) if wanted.area else 'semua'}"
    seat.note(Verb.LIST_EXPORTED, subject=name)
    names = places.names(seat.office.today, within=seat.office.area)
    rows = shown(list(matching(wanted)), seat.office)
    sheet = Sheet(TITLE, TITLE, (), COLUMNS, _cells(rows, names, seat))
    return excel(seat, [sheet], name=name)


def _cells(rows: Iterable[Proposed], names: dict[int, str], seat: Seat) -> Iterator[Cells]:
    language = seat.language
    for row in rows:
        said = [(one.title.say(language), one.before.say(language), one.after.say(language)) for one in row.differences]
        yield (
            row.number,
            row.title.say(language),
            row.nik,
            row.name,
            STATES[row.state].say(language),
            area_text(row.village),
            names.get(row.village, ""),
            "; ".join(f"{title}: {before or '–'}" for title, before, _ in said),
            "; ".join(f"{title}: {after}" for title, _, after in said) or (row.said.say(language) if row.said else ""),
            row.on,
            row.file or (VILLAGE_SAYS.say(language) if row.evidence else ""),
            f"{row.evidence.said_by}, {row.evidence.channel.say(language)}" if row.evidence else "",
            "; ".join(filter(None, (row.evidence.when, row.evidence.note))) if row.evidence else "",
            row.question,
            row.age_days,
        )


# --- answering -------------------------------------------------------------------------------------------------------


def _meant(wanted: Wanted, said: Said) -> list[Proposal]:
    """Return the open proposals somebody ticked, or all that match; refuse none."""
    if not said.is_all and not said.numbers:
        raise Refused(NOTHING_CHOSEN.at())
    chosen = list(matching(wanted) if said.is_all else matching(Wanted(wanted.area), said.numbers))
    if not chosen:
        raise Refused(NOTHING_CHOSEN.at())
    return chosen


def _ask(request: OfficeRequest, wanted: Wanted, said: Said) -> HttpResponseBase:
    """Ask the villages about what was ticked; the proposals stay open with the question."""
    seat = request.seat
    chosen = _meant(wanted, said)
    talks = ask_about(chosen, said.question, office=seat.office, by=seat.user.username)
    codes = ", ".join(one.code for one in talks)
    seat.note(Verb.VILLAGE_ASKED, subject=f"{len(chosen)} usulan: {codes}")
    done = Text(
        "{n} usulan ditanyakan; kirim pertanyaannya di Koordinasi: {codes}.",
        "{n} proposals asked about; send the question in Koordinasi: {codes}.",
    )
    messages.success(request, done.say(seat.language, {"n": len(chosen), "codes": codes}))
    return HttpResponseRedirect(f"{reverse('proposals')}?{_address(wanted)}")


def _chosen(wanted: Wanted, said: Said, expected: str) -> list[Proposal]:
    """Return the proposals an answer is for; refuse none, and a number that is no longer what was confirmed."""
    if (said.numbers or said.is_all) and not said.answer:
        raise Refused(NO_ANSWER.at("answer"))
    chosen = _meant(wanted, said)
    before = number_in(expected)
    if before is not None and before != len(chosen):
        raise Refused(NUMBER_CHANGED.at(now=len(chosen), before=before))
    return chosen


def _review(request: OfficeRequest, wanted: Wanted, said: Said, chosen: list[Proposal]) -> HttpResponseBase:
    """Show what an answer would do to people and figures; nothing is saved."""
    seat = request.seat
    tried = answering.trial(
        chosen[:TRIED], said.answer, on=said.day, source=said.source, office=seat.office, area=seat.area
    )
    counted = Counter(one.kind for one in chosen)
    context = {
        "wanted": wanted,
        "said": said,
        "count": len(chosen),
        "answer": ANSWERS[said.answer],
        "when": _when(said.day, [one.on for one in chosen]),
        "effects": [
            (KINDS.get(kind, Text(kind, kind)), count, effect(kind, said.answer)) for kind, count in counted.items()
        ],
        "facts": tried[0] if len(chosen) <= TRIED else None,
        "changes": _changes(*tried[1:]) if len(chosen) <= TRIED else [],
        "people": shown(chosen[:NAMED], seat.office),
        "more": max(len(chosen) - NAMED, 0),
        "back": _address(wanted),
    }
    return render(request, "office/proposals_review.html", context)


def _when(day: date | None, proposed: list[date]) -> Text:
    """Return the day an answer holds from, in words."""
    first, last = min(proposed), max(proposed)
    if day or first == last:
        on = day or first
        return Text(f"sejak {wording.day(on, 'id')}", f"from {wording.day(on, 'en')}")
    return Text(
        f"masing-masing sejak hari usulannya ({wording.day(first, 'id')} sampai {wording.day(last, 'id')})",
        f"each from the day proposed ({wording.day(first, 'en')} to {wording.day(last, 'en')})",
    )


def _changes(before: Figures, after: Figures) -> list[tuple[Text, int, int, int]]:
    """Return each figure an answer would change: what it is, before, after, the difference."""
    names = [*(one.name for one in fields(Figures)), "unrecorded"]
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in FIGURE_TITLES if name in names]
    return [(FIGURE_TITLES[name], old, new, new - old) for name, old, new in pairs if old != new]


def _save(request: OfficeRequest, wanted: Wanted, said: Said, chosen: list[Proposal]) -> HttpResponseBase:
    seat = request.seat
    written = answering.answer(
        chosen, said.answer, on=said.day, source=said.source, office=seat.office, said_by=seat.user.username
    )
    kinds = ", ".join(sorted({one.kind for one in chosen}))
    where = area_text(wanted.area) if wanted.area else "semua"
    seat.note(Verb.PROPOSALS_ANSWERED, subject=f"{len(chosen)} {kinds} {where}: {said.answer}", reason=said.source)
    done = Text("{n} usulan dijawab, {m} fakta dicatat.", "{n} proposals answered, {m} facts entered.")
    messages.success(request, done.say(seat.language, {"n": len(chosen), "m": written}))
    return HttpResponseRedirect(f"{reverse('proposals')}?{_address(wanted)}")


# --- what was asked --------------------------------------------------------------------------------------------------


def _wanted(said: Any, seat: Seat) -> Wanted:  # noqa: ANN401 - a query or a form
    """Return the part of the queue a query names; one outside the seat's area is not there."""
    area = area_in(said, seat)
    kind = said.get("kind", "")
    return Wanted(area, kind if kind in KINDS else "", said.get("file", "").replace("\x00", ""))


def _said(form: Any) -> Said:  # noqa: ANN401 - a form
    numbers = tuple(dict.fromkeys(number for text in form.getlist("pick") if (number := number_in(text))))
    answer = form.get("answer", "")
    source = " ".join(form.get("source", "").replace("\x00", " ").split())
    question = " ".join(form.get("question", "").replace("\x00", " ").split())[:LONGEST_QUESTION]
    known = answer if answer in ANSWERS else ""
    return Said(numbers, form.get("which") == "all", known, form.get("on", ""), source, question)


def _address(wanted: Wanted, **more: int | str) -> str:
    said: dict[str, int | str] = {"kind": wanted.kind, "file": wanted.file}
    said["area"] = area_text(wanted.area) if wanted.area else ""
    return urlencode({name: value for name, value in (said | more).items() if value})
