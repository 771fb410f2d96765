"""Close the count of a 28th: its figures, the ledger place they were made at, and the rule, for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

import orjson
from django.db import transaction

from jemput.actions.taking import source_id
from jemput.domain import facts
from jemput.domain.coverage import FIGURES, Figures
from jemput.domain.cut_offs import CLOSING_DAY
from jemput.domain.facts import NewFact
from jemput.domain.ids import area_text
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries import coverage
from jemput.queries.coverage import Closing, View
from jemput.queries.office import Office
from jemput.store import bulk, chain, ledger
from jemput.store.chain import Origin

NOT_THE_28TH = ProblemKind(
    "not_the_28th",
    Text("Hitungan ditutup pada tanggal 28; {on} bukan.", "A count is closed on a 28th; {on} is none."),
    Text("Pakai `jemput count --on {on}` untuk hari lain.", "Use `jemput count --on {on}` for other days."),
)
IN_THE_FUTURE = ProblemKind(
    "closing_in_the_future",
    Text("{on} belum tiba; hari kantor {today}.", "{on} has not come yet; the office's day is {today}."),
    Text("Tutup hitungan pada hari itu atau sesudahnya.", "Close the count on that day or after it."),
)
CLOSED_ALREADY = ProblemKind(
    "closed_already",
    Text("Hitungan {on} sudah ditutup pada {known}.", "The count of {on} was already closed on {known}."),
    Text(
        "Hitungan tertutup tidak berubah; lihat yang diketahui sekarang dengan --as-known now.",
        "A closed count never changes; see what is known now with --as-known now.",
    ),
)
NOBODY = ProblemKind(
    "nobody_to_count",
    Text("Belum ada penduduk di daftar pada {on}.", "The register holds no resident on {on}."),
    Text("Impor daftar penduduk dahulu.", "Import a list of residents first."),
)


def close_count(on: date, *, office: Office, said_by: str = "") -> Closing:
    """Close the count of `on`; refuse a day that is no 28th, not come, already closed or empty."""
    if on.day != CLOSING_DAY:
        raise Refused(NOT_THE_28TH.at(on=on.isoformat()))
    if on > office.today:
        raise Refused(IN_THE_FUTURE.at(on=on.isoformat(), today=office.today.isoformat()))
    with transaction.atomic():
        ledger.lock()
        if held := coverage.closing_on(on):
            raise Refused(CLOSED_ALREADY.at(on=on.isoformat(), known=held.known_on.isoformat()))
        end = chain.head()
        by_village = coverage.summed(View(on, end.batch, office.today, office.rule), None)
        if not any(figures.population for figures in by_village.values()):
            raise Refused(NOBODY.at(on=on.isoformat()))
        digest = digest_of(by_village)
        rule = orjson.dumps(office.rule.as_json(), option=orjson.OPT_SORT_KEYS).decode()
        known_day = office.today.toordinal()
        columns = ("on_day", "batch", "place", "known_day", "rule", "digest")
        bulk.insert("closing", columns, [(on.toordinal(), end.batch, end.place, known_day, rule, digest)])
        bulk.insert(
            "closed_figures",
            ("on_day", "village", *FIGURES),
            [(on.toordinal(), village, *values(figures)) for village, figures in by_village.items()],
        )
        fact = _fact(on, end, by_village, office=office, digest=digest, said_by=said_by)
        origin = Origin("close", said_by=said_by)
        ledger.append([fact], today=office.today, now=office.now, origin=origin, rule=office.rule)
    return Closing(on, end.batch, end.place, office.today, office.rule, digest)


def values(figures: Figures) -> tuple[int, ...]:
    """Return figures in the order of FIGURES."""
    return tuple(getattr(figures, name) for name in FIGURES)


def digest_of(by_village: Mapping[int, Figures]) -> str:
    """Return the sha256 of the figures of every village, in a canonical form."""
    lines = [[area_text(village), *values(figures)] for village, figures in sorted(by_village.items())]
    return hashlib.sha256(orjson.dumps(lines)).hexdigest()


def _fact(
    on: date, end: chain.Head, by_village: Mapping[int, Figures], *, office: Office, digest: str, said_by: str
) -> NewFact:
    low, high = coverage.span(office.area)
    here = coverage.total({village: figures for village, figures in by_village.items() if low <= village <= high})
    said: dict[str, object] = {
        "area": area_text(office.area) if office.area else "",
        "figures": dict(zip(FIGURES, values(here), strict=True)),
        "place": end.place,
        "head": end.hash.hex(),
        "rule": office.rule.as_json(),
        "digest": digest,
    }
    return NewFact(source_id(facts.COUNT_CLOSED, on.isoformat()), facts.COUNT_CLOSED, on, None, said, said_by=said_by)
