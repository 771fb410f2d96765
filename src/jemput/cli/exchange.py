"""The exchange with the village's pages: now, or by files on a stick; keys shown and trusted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from jemput import settings
from jemput.actions import exchange as exchanging
from jemput.actions.audit import note
from jemput.actions.restore import NO_SUCH_FILE
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import AsJson, machine
from jemput.cli.public import tell_key
from jemput.cli.say import t
from jemput.domain.audit import Verb
from jemput.domain.batches import fingerprint
from jemput.domain.problems import Refused
from jemput.domain.village_answers import KINDS
from jemput.jobs.exchange import exchange_batches
from jemput.queries.office import office

exchange = App(
    name="exchange",
    help=t("Tukar kiriman dengan halaman desa.", "Exchange batches with the village's pages."),
)
app.command(exchange)


@exchange.default
def run(
    *,
    out: Annotated[
        Path | None, Parameter(name="--out", help=t("Tulis kiriman ke berkas.", "Write a batch to a file."))
    ] = None,
    into: Annotated[
        Path | None, Parameter(name="--in", help=t("Ambil kiriman dari berkas.", "Take a batch from a file."))
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Exchange now with the pages at `public_address`; with --in and --out by files instead."""
    if into is None and out is None:
        return _tell(exchange_batches({}, lambda *_: None), as_json=as_json)
    if into is not None:
        if not into.is_file():
            raise Refused(NO_SUCH_FILE.at(file=into))
        took = exchanging.take_batch(settings.PUBLIC_HOME, into.read_bytes(), office=office(), clock=datetime.now(UTC))
        problems = [
            {language: f"{one.reason(language)} {one.todo(language)}" for language in ("id", "en")}
            for one in took.problems
        ]
        _tell(
            {
                "reached": True,
                "number": took.number,
                "new": took.is_new,
                "answers": dict(took.by_kind),
                "problems": problems,
            },
            as_json=as_json,
        )
    if out is not None:
        out.write_bytes(exchanging.make_batch(settings.PUBLIC_HOME, office=office(), clock=datetime.now(UTC)))
        say.err.print(t("Ditulis ke {file}.", "Written to {file}.", file=out))
    return 0


@exchange.command(
    help=t("Cetak kunci kantor dan kunci yang dipercaya.", "Print the office's key and the one it trusts.")
)
def key(*, as_json: AsJson = False) -> int:
    """Print the office's public key, for `jemput public trust`, and the fingerprint of the pages it trusts."""
    tell_key(exchanging.keys().text, as_json=as_json)
    if as_json:
        return 0
    try:
        trusted = exchanging.pages_key(settings.PUBLIC_HOME)
    except Refused as refused:
        say.refuse(refused.problems, as_json=False)
    else:
        say.out.print(t("Halaman desa yang dipercaya: {f}", "Village pages trusted: {f}", f=fingerprint(trusted)))
    return 0


@exchange.command(help=t("Percayai halaman desa dengan kunci ini.", "Trust the village's pages of this key."))
def trust(public_key: str, *, as_json: AsJson = False) -> int:
    """Trust the pages whose key `jemput public key` printed, in the place of any other."""
    trusted = exchanging.trust_pages(public_key, by=machine().name)
    note(machine(), Verb.PUBLIC_KEY_TRUSTED, at=datetime.now(UTC), subject=fingerprint(trusted))
    tell_key(trusted, as_json=as_json)
    return 0


def _tell(result: Mapping[str, Any], *, as_json: bool) -> int:
    """Say what an exchange brought; 1 where nobody answered or something could not be used."""
    problems = result.get("problems") or []
    found = 0 if result["reached"] and not problems else 1
    if as_json:
        say.emit(result)
        return found
    if not result["reached"]:
        say.out.print(
            t(
                "Halaman desa tidak terhubung ({why}).",
                "The village's pages were not reached ({why}).",
                why=result["why"],
            )
        )
        return found
    answers = result["answers"]
    came = ", ".join(f"{KINDS[kind].say(say.language())} {count}" for kind, count in answers.items() if kind in KINDS)
    say.out.print(t("Bertukar. Jawaban: {came}.", "Exchanged. Answers: {came}.", came=came or "–"))
    for one in problems:
        say.out.print(f"  {one[say.language()]}")
    return found
