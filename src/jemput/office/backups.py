"""Cadangan: how old the last copy of everything is, one click for a new one, and the way back explained."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect, render

from jemput.actions import jobs
from jemput.actions.backup import NO_KEY
from jemput.domain.audit import Verb
from jemput.domain.problems import Refused, Text
from jemput.domain.roles import Right
from jemput.domain.schedule import Keep
from jemput.office import links
from jemput.office.intake_shown import STATES
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest
from jemput.queries import backups as copies
from jemput.queries import jobs as standing

KINDS = ("backup", "verify")
STAGES = {
    "copy": Text("Menyalin basis data", "Copying the database"),
    "write": Text("Mengenkripsi", "Encrypting"),
    "read": Text("Membaca ulang", "Reading it back"),
    "chain": Text("Memeriksa rantai", "Checking the chain"),
    "verify": Text("Memeriksa", "Checking"),
}


@page(
    "cadangan/",
    "backups",
    title=Text("Cadangan", "Backups"),
    right=Right.BACKUP,
    write=Right.BACKUP,
)
def backups(request: OfficeRequest) -> HttpResponseBase:
    """Show the backups and how the office stands with them; ask for a backup, or for a check of the ledger."""
    seat = request.seat
    stands = copies.standing(seat.clock)
    recent = standing.recent(kinds=KINDS, limit=10)
    if request.method == "POST":
        kind = "verify" if request.POST.get("do") == "verify" else "backup"
        if kind == "backup" and not stands.key:
            raise Refused(NO_KEY.at())
        if not any(one.kind == kind and not one.is_over and one.due_at <= seat.clock for one in recent):
            jobs.enqueue(kind, {"said_by": seat.user.username}, now=seat.clock, asked_by=seat.user.username)
            if kind == "backup":
                seat.note(Verb.BACKUP_MADE)
        return redirect("backups")
    verified = next((one for one in recent if one.kind == "verify" and one.state == "done"), None)
    running = [one for one in recent if not one.is_over and one.due_at <= seat.clock]
    context = {
        "stands": stands,
        "keep": Keep.parse(stands.keep),
        "made": copies.made(),
        "verified": verified,
        "findings": [Text(one["id"], one["en"]) for one in verified.result.get("findings", [])] if verified else [],
        "running": [(one, STAGES.get(one.stage)) for one in running],
        "failed": next((one for one in recent if one.is_over), None),
        "states": STATES,
        "settings": links.to(seat, "settings"),
    }
    return render(request, "office/backups.html", context)


@page("cadangan/<int:number>/", "backup-file", title=Text("Berkas cadangan", "File of a backup"), right=Right.BACKUP)
def backup_file(request: OfficeRequest, number: int) -> HttpResponseBase:
    """Hand out the encrypted file of a backup; whoever takes it still needs the key on paper."""
    one = copies.one(number)
    if one is None or not one.is_there:
        raise Http404
    request.seat.note(Verb.BACKUP_TAKEN, subject=one.name)
    return FileResponse(
        Path(one.path).open("rb"), as_attachment=True, filename=one.name, content_type="application/octet-stream"
    )
