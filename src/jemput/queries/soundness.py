"""Whether the ledger and everything derived from it are sound: chain, effects, balances, derived = rebuilt.

Every check is a pass that reads and returns findings; nothing is mended.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import orjson

from jemput.domain.coverage import FIGURES
from jemput.domain.ids import area_text
from jemput.domain.lampid import Effects, effects
from jemput.domain.problems import Text
from jemput.queries import bridge, coverage, reports
from jemput.queries.coverage import View
from jemput.queries.office import Office
from jemput.store import bulk, chain, views
from jemput.store.counting.rule import MOVEMENT_COLUMNS, Scope, movements_sql
from jemput.store.name_words import NAME_WORD_COLUMNS

Progress = Callable[[str, int, int], None]
SHOWN = 20
"""Findings of one kind that are spelled out; more are counted."""

QUICK = 4
"""So many of the checks need no rebuild."""


def findings(here: Office, progress: Progress, *, quick: bool = False) -> list[Text]:
    """Return everything that does not hold; nothing where all is sound.

    `quick` leaves out whether what is derived equals a rebuild: it checks the chain, the closed counts, the balances
    and the files of reports.
    """
    checks: tuple[Callable[[], Iterator[Text]], ...] = (
        lambda: _chain(progress),
        lambda: _closings(here),
        lambda: _balances(here),
        _reports,
        lambda: _movements(here),
        _register,
    )
    checks = checks[:QUICK] if quick else checks
    found: list[Text] = []
    for step, check in enumerate(checks):
        progress("verify", step, len(checks))
        found.extend(check())
    progress("verify", len(checks), len(checks))
    return found


def figures_digest(rows: list[tuple[Any, ...]]) -> str:
    """Return the digest of village rows (village, *FIGURES) as a closing stores it."""
    return hashlib.sha256(orjson.dumps([[area_text(row[0]), *map(int, row[1:])] for row in sorted(rows)])).hexdigest()


def _reports() -> Iterator[Text]:
    """Check that every report, and every signed copy that came back, is on the disk as it was kept."""
    for sha256 in reports.damaged():
        yield Text(
            f"Berkas laporan {sha256[:16]} hilang atau rusak; pulihkan dari cadangan.",
            f"The file of a report {sha256[:16]} is gone or damaged; restore it from a backup.",
        )


def _chain(progress: Progress) -> Iterator[Text]:
    """Check that each fact follows the one before, and that its counted columns are what it says."""
    told = bulk.select("SELECT batch, known_day, known_at, last_place, head, source, name, digest, said_by FROM batch")
    batches = {row[0]: (*row[1:5], chain.Origin(*row[5:])) for row in told}
    total = bulk.select("SELECT count(*) FROM fact")[0][0]
    previous, expected, wrong, running = chain.GENESIS, 1, 0, 0
    effect_columns = ", ".join(Effects._fields)
    sql = (
        "SELECT place, batch, id, kind, person, on_day, reported_day, reverses, said, said_by, hash, known_day,"
        f" {effect_columns} FROM fact WHERE place > %s ORDER BY place LIMIT 50000"
    )
    place = 0
    while rows := bulk.select(sql, [place]):
        for place, batch, identity, kind, person, on, reported, reverses, said, by, digest, known, *legal in rows:
            day, known_at, last, head, origin = batches.get(batch, (None, "", None, b"", chain.Origin("")))
            if batch != running:
                previous, running = chain.link(previous, chain.batch_line(batch, known_at, origin)), batch
            line = chain.fact_line(place, batch, identity, kind, person, on, known_at, reported, reverses, said, by)
            whole = place == expected and chain.link(previous, line) == bytes(digest) and known == day
            whole = whole and (place != last or bytes(head) == bytes(digest))
            whole = whole and Effects(*legal) == effects(kind, orjson.loads(said))
            if not whole:
                wrong += 1
                if wrong <= SHOWN:
                    yield Text(
                        f"Rantai putus di tempat {place}: fakta itu bukan yang dicatat.",
                        f"The chain breaks at place {place}: that fact is not the one that was written.",
                    )
            previous, expected = bytes(digest), place + 1
        progress("chain", place, total)
    if wrong > SHOWN:
        rest = wrong - SHOWN
        yield Text(f"Rantai putus di {rest} tempat lain lagi.", f"The chain breaks at {rest} more places.")
    if batches and expected - 1 != max(row[2] for row in batches.values()):
        yield Text("Fakta terakhir hilang dari buku besar.", "The last facts are missing from the ledger.")


def _closings(here: Office) -> Iterator[Text]:
    """Check that each closed count is untouched and what the movements add up to, or a recount by its own rule.

    The movements themselves are held to the facts by `_movements`.
    """
    columns = ", ".join(FIGURES)
    closed = {closing.on: closing for closing in coverage.closings()}
    for on_day, known_day, text in bulk.select(
        "SELECT on_day, known_day, said FROM fact WHERE kind = 'count_closed' AND person IS NULL ORDER BY place"
    ):
        on, said = date.fromordinal(on_day), orjson.loads(text)
        kept = closed.get(on)
        told = (said.get("place"), said.get("digest"), said.get("rule"), known_day)
        if "digest" in said and (
            kept is None or told != (kept.place, kept.digest, kept.rule.as_json(), kept.known_on.toordinal())
        ):
            yield Text(
                f"Hitungan tertutup {on} tidak seperti waktu ditutup.",
                f"The closed count of {on} is not as it was when it was closed.",
            )
    for closing in closed.values():
        rows = bulk.select(f"SELECT village, {columns} FROM closed_figures WHERE on_day = %s", [closing.on.toordinal()])
        at = View(closing.on, closing.batch, closing.known_on, closing.rule)
        again = coverage.summed(at, None) if at.rule == here.rule else coverage.recount(at, None)
        stored = {row[0]: tuple(map(int, row[1:])) for row in rows}
        counted = {village: tuple(getattr(figures, name) for name in FIGURES) for village, figures in again.items()}
        if figures_digest(rows) != closing.digest or stored != counted:
            yield Text(
                f"Hitungan tertutup {closing.on} bukan hasil hitung ulang.",
                f"The closed count of {closing.on} is not what a recount gives.",
            )


def _balances(here: Office) -> Iterator[Text]:
    """Check that every balance from one closed count to the next foots without a remainder."""
    closed = coverage.closings()
    views_at = [View(one.on, one.batch, one.known_on, one.rule, one) for one in closed]
    for start, end in pairwise(views_at):
        for figure in ("id_obligated", "recorded"):
            one = bridge.bridge(start, end, None, figure=figure, rule=here.rule)
            if not one.foots:
                yield Text(
                    f"Neraca {figure} {start.on}–{end.on} tidak seimbang.",
                    f"The balance of {figure} {start.on}–{end.on} does not foot.",
                )


def _movements(here: Office) -> Iterator[Text]:
    """Check movements and their sums against what the rule makes of the facts now."""
    names = ", ".join(MOVEMENT_COLUMNS)
    figures = ", ".join(FIGURES)
    sums = ", ".join(f"sum({figure}) AS {figure}" for figure in FIGURES)
    nonzero = " OR ".join(f"sum({figure}) <> 0" for figure in FIGURES)
    by_tally = "SELECT on_day, batch, village"
    kept_and_made = (
        ("movement", f"SELECT {names} FROM movement", movements_sql(here.rule, Scope.everyone())),
        (
            "tally",
            f"{by_tally}, {figures} FROM tally",
            f"{by_tally}, {sums} FROM movement GROUP BY on_day, batch, village HAVING {nonzero}",
        ),
    )
    for table, kept, made in kept_and_made:
        bulk.execute(f"CREATE TEMPORARY TABLE made AS {made}")
        differing = _differing(kept, "SELECT * FROM made") + _differing("SELECT * FROM made", kept)
        bulk.execute("DROP TABLE made")
        if differing:
            yield Text(
                f"{differing} baris {table} bukan hasil bangun ulang.",
                f"{differing} rows of {table} are not what a rebuild makes.",
            )


def _differing(these: str, those: str) -> int:
    number: int = bulk.select(f"SELECT count(*) FROM ({these} EXCEPT {those}) AS differing")[0][0]
    return number


def _register() -> Iterator[Text]:
    """Check each register entry, and the words its name is found by, against the fold of the person's facts."""
    wrong = wrong_words = 0
    for span in views.spans():
        more, more_words = _register_of(span)
        wrong, wrong_words = wrong + more, wrong_words + more_words
    if wrong:
        yield Text(
            f"{wrong} orang di daftar bukan hasil bangun ulang.",
            f"{wrong} register entries are not what a rebuild makes.",
        )
    if wrong_words:
        yield Text(
            f"{wrong_words} kata nama di pencarian bukan hasil bangun ulang.",
            f"{wrong_words} words of names in the search are not what a rebuild makes.",
        )


def _register_of(span: tuple[int, int]) -> tuple[int, int]:
    """Return how many entries, and how many words of names, of a span of persons are wrong."""
    entries = bulk.select(f"SELECT {', '.join(views.PERSON_COLUMNS)} FROM person WHERE id BETWEEN %s AND %s", span)
    kept = {row[0]: row for row in entries}
    words = set(
        bulk.select(f"SELECT {', '.join(NAME_WORD_COLUMNS)} FROM name_word WHERE person BETWEEN %s AND %s", span)
    )
    wrong = wrong_words = 0
    for person, now in views.register_from_facts(span):
        wrong += kept.pop(person, None) != views.person_row(person, now)
        for row in views.name_rows(person, now):
            wrong_words += row not in words
            words.discard(row)
    return wrong + len(kept), wrong_words + len(words)
