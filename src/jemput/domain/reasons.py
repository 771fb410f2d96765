"""Why a place stands where it stands in a sweep, told in words.

How many, how long, who votes first, whom one would meet, rompok, the last visit and the next, what the deadline asks.
"""

from __future__ import annotations

from datetime import date

from jemput.domain import wording
from jemput.domain.outreach import OUTCOMES
from jemput.domain.problems import Text
from jemput.domain.sweep import DAYS_A_YEAR, TAG_TITLES, Calendar, Group, Place

DAYS_A_MONTH = 30
APART: dict[Group, Text] = {
    "blocked": TAG_TITLES["blocked"],
    "vulnerable": TAG_TITLES["vulnerable"],
    "not_found": TAG_TITLES["not_found"],
    "settle": Text("catatan yang perlu diselesaikan", "records to settle"),
}
"""Who of the people of a place is told of apart."""


def reasons(place: Place, days: Calendar) -> tuple[Text, ...]:
    """Return why a place stands where it stands, a short sentence each, what weighs most first."""
    told = (_how_many, _how_long, _first_time, _chance, _rompok, _last_visit, _planned, _deadline)
    return tuple(said for tell in told if (said := tell(place, days)))


def _how_many(place: Place, _: Calendar) -> Text | None:
    parts = [(place.groups[group], title) for group, title in APART.items() if place.groups[group]]
    if place.failed:
        parts.append((place.failed, Text("rekamannya gagal", "whose recording failed")))
    first = _both("{n} belum rekam", "{n} not recorded", n=place.left)
    if not parts:
        return first
    return Text(
        f"{first.id}, di antaranya " + ", ".join(f"{wording.number(n, 'id')} {title.id}" for n, title in parts),
        f"{first.en}, of them " + ", ".join(f"{wording.number(n, 'en')} {title.en}" for n, title in parts),
    )


def _how_long(place: Place, days: Calendar) -> Text | None:
    if place.half_since is None:
        return None
    since = age(place.half_since, days.today)
    return Text(f"separuhnya di daftar {since.id} atau lebih", f"half of them on the list for {since.en} or longer")


def _first_time(place: Place, days: Calendar) -> Text | None:
    if days.election is None or not place.voters:
        return None
    coming = place.groups["pemula"]
    said = _both("{n} pemilih pertama", "{n} first-time voters", n=place.voters)
    if not coming:
        return said
    return Text(
        f"{said.id}, {wording.number(coming, 'id')} di antaranya baru 17 tahun menjelang pemilu",
        f"{said.en}, {wording.number(coming, 'en')} of them turn 17 only by the election",
    )


def _chance(place: Place, _: Calendar) -> Text | None:
    of = place.left + place.groups["pemula"] - place.groups["settle"]
    if of <= 0:
        return None
    said = _both(
        "kira-kira {about} dari {of} dapat ditemui ({low}–{high})",
        "about {about} of {of} likely to be met ({low}–{high})",
        about=place.met.about,
        of=of,
        low=place.met.low,
        high=place.met.high,
    )
    if place.learnt:
        return said
    return Text(
        f"{said.id}; perkiraan awal, belum ada hasil kunjungan", f"{said.en}; assumed, no outcome of a visit yet"
    )


def _rompok(place: Place, _: Calendar) -> Text | None:
    around = place.around
    if not around.rompok:
        return None
    said = _both("{n} rompok", "{n} rompok", n=around.rompok)
    if not around.rompok_people:
        return said
    about = _both("kira-kira {n} orang", "about {n} people", n=around.rompok_people)
    return Text(f"{said.id}, {about.id}", f"{said.en}, {about.en}")


def _last_visit(place: Place, _: Calendar) -> Text | None:
    last = place.around.last
    if last is None:
        return Text("belum pernah dikunjungi menurut catatan", "never visited as far as is written down")
    on = _dated(last.on)
    ordered = sorted(last.outcomes.items(), key=lambda one: (-one[1], one[0]))
    if not ordered:
        return Text(f"kunjungan terakhir {on.id}", f"last visit {on.en}")
    return Text(
        f"kunjungan terakhir {on.id}: "
        + ", ".join(f"{wording.number(n, 'id')} {OUTCOMES[code].id}" for code, n in ordered),
        f"last visit {on.en}: " + ", ".join(f"{wording.number(n, 'en')} {OUTCOMES[code].en}" for code, n in ordered),
    )


def _planned(place: Place, _: Calendar) -> Text | None:
    if place.around.planned is None:
        return None
    on = place.around.planned[1]
    if on is None:
        return Text("kunjungan sudah disiapkan, harinya belum", "a visit is prepared, its day is not set")
    return Text(f"kunjungan direncanakan {_dated(on).id}", f"a visit is planned on {_dated(on).en}")


def _deadline(place: Place, days: Calendar) -> Text | None:
    end = days.election or days.cut_off
    left = place.left + (place.groups["pemula"] if days.election else 0)
    until = (end - days.today).days
    if until <= 0 or left <= 0:
        return None
    name = Text("pemilu", "the election") if days.election else Text("hitungan berikut", "the next count")
    a_day = -(-left // until)
    return _both(
        f"{name.id} {until} hari lagi: {{n}} orang sehari agar habis",
        f"{name.en} in {until} days: {{n}} a day to leave nobody",
        n=a_day,
    )


def age(since: date, today: date) -> Text:
    """Return how long ago a day was, in years from the first year on, else in months or days."""
    days = (today - since).days
    years = days // DAYS_A_YEAR
    if years:
        return Text(f"{years} tahun", f"{years} year" + ("s" if years > 1 else ""))
    months = days // DAYS_A_MONTH
    if months:
        return Text(f"{months} bulan", f"{months} month" + ("s" if months > 1 else ""))
    return Text(f"{max(days, 0)} hari", f"{max(days, 0)} day" + ("" if days == 1 else "s"))


def _dated(on: date) -> Text:
    return Text(wording.day(on, "id"), wording.day(on, "en"))


def _both(id: str, en: str, **numbers: int) -> Text:  # noqa: A002 - the two languages by their codes
    return Text(
        id.format_map({name: wording.number(value, "id") for name, value in numbers.items()}),
        en.format_map({name: wording.number(value, "en") for name, value in numbers.items()}),
    )
