"""How the demo's office went out before today: whom it knows in the villages, rompok it heard of, visits it held.

Everything enters by the actions that pages and commands use, and nothing of it changes a published figure: what
villages and visits said of people waits for an answer.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from jemput.actions import aparat, settlements, visits
from jemput.actions.words import take_words
from jemput.demo import musi_rawas
from jemput.demo.musi_rawas import TODAY
from jemput.demo.names import name_of
from jemput.demo.talks import talk
from jemput.domain.ids import area_number
from jemput.domain.places import Point
from jemput.domain.words import SaidWord
from jemput.queries import coverage, people
from jemput.queries.office import Office, office
from jemput.queries.people import Person
from jemput.store.models import Contact, Visit

SEED = 28
BY = "demo"
NO_SIGNAL, WEAK_SIGNAL = 26, 52
"""78 of 199 villages reported no or a weak signal (domain notes); a third of them none (our choice)."""
CONSENTING = 0.25
"""Share of villages that agreed to a list on the wall (our choice)."""
ROMPOK_SHARE = 0.12
"""Share of the rompok people live in that anybody has reported so far (our choice)."""
SHOW_UP = 0.8
"""Of those told of a visit, so many come (domain notes)."""
MISSED = {
    "absent": 0.46,
    "not_found": 0.2,
    "at_rompok": 0.14,
    "moved": 0.09,
    "died": 0.05,
    "ill": 0.03,
    "refused": 0.03,
}
"""What became of those who did not come (our choice)."""
WORDS_SAID = {
    "will_come": 0.36,
    "at_rompok": 0.22,
    "moved": 0.16,
    "died": 0.12,
    "recorded_elsewhere": 0.06,
    "unknown": 0.05,
    "ill": 0.03,
}
"""What heads of villages say of people left: in Kota Magelang 16 percent lived elsewhere (domain notes); the rest is our choice."""
NOTES = {
    "moved": ("ke Lubuklinggau", "ikut anak ke Palembang", "ke Jambi", ""),
    "recorded_elsewhere": ("di Bandung, waktu bekerja", "di Palembang"),
    "at_rompok": ("pulang tiap kalangan", "sebulan sekali pulang", ""),
    "ill": ("stroke, tidak dapat berjalan",),
}
FIRST_VISIT = date(2019, 1, 14)
SATURDAY = 5
WORKING_DAYS = tuple(date(2019, 4, day) for day in (5, 8, 9, 10, 11, 12, 15, 16))
"""What is left of them until polling day, 17 April."""
VILLAGES_A_DISTRICT = 10_000
METRES_A_DEGREE = 111_320
SURFACES = ("earth", "gravel", "path", "river")
TEAMS = ("Tim A: Dedi, Yuni", "Tim B: Rudi, Sari", "Tim C: Agus, Lina")
MINUTES = (
    "Perangkat desa membantu memanggil warga. Listrik padam satu jam, dilanjutkan dengan genset.",
    "Warga dari talang datang naik sepeda motor. Sidik jari dua orang lanjut usia sulit terbaca.",
    "Hujan sejak pagi, jalan ke rompok tidak dapat dilalui. Sebagian warga dijadwalkan ulang.",
)


def go_out(*, small: bool) -> None:
    """Put contacts, rompok and visits into the demo, once."""
    if Contact.objects.exists():
        return
    _Outreach(office(), random.Random(SEED), small=small).tell()  # noqa: S311 - the same on every run


class _Outreach:
    """One office's winter of going out."""

    def __init__(self, here: Office, rng: random.Random, *, small: bool) -> None:
        self.here = here
        self.rng = rng
        self.small = small
        self.villages = {number: one for one in musi_rawas.villages() if (number := area_number(one.code))}
        self.points = {area_number(code): (float(lat), float(lng)) for code, lat, lng in musi_rawas.points()}

    def tell(self) -> None:
        """Tell it in order: first whom one knows, then where people live, then the visits."""
        live = coverage.view(TODAY, as_known="now", rule=self.here.rule)
        left = people.people(live, self.here.area, "unrecorded", rule_in_force=self.here.rule)
        recorded = people.people(live, self.here.area, "recorded", rule_in_force=self.here.rule)
        self._aparat()
        self._rompok(left)
        self._visits_held(left, recorded)
        self._visits_to_come(left)
        self._words(left)
        talk(self.here)

    # --- whom one knows ----------------------------------------------------------------------------------------------

    def _aparat(self) -> None:
        """Add the head and often the secretary of each village, and its card."""
        poor = self.rng.sample(sorted(self.villages), NO_SIGNAL + WEAK_SIGNAL)
        none, weak = set(poor[:NO_SIGNAL]), set(poor[NO_SIGNAL:])
        for serial, (number, village) in enumerate(self.villages.items(), start=1):
            signal = "none" if number in none else "weak" if number in weak else "good"
            roles = ("lurah" if village.kind == "kelurahan" else "kades", "sekdes")
            for second, role in enumerate(roles if self.rng.random() < 0.6 else roles[:1]):
                aparat.add_contact(
                    area=number,
                    name=name_of("L" if self.rng.random() < 0.85 else "P", self.rng).title(),
                    role=role,
                    phone=self._phone(serial * 2 + second),
                    channel="telephone" if signal == "none" else "sms" if signal == "weak" else "whatsapp",
                    office=self.here,
                    by=BY,
                )
            self._card(number, signal, village.km_to_office)

    def _card(self, number: int, signal: str, km: float) -> None:
        card: dict[aparat.CardField, object] = {"signal": signal, "travel_min": round(15 + km * 2.2)}
        if self.rng.random() < 0.6:
            card["kalangan"] = self.rng.randrange(7)
        if self.rng.random() < CONSENTING:
            on = TODAY - timedelta(days=self.rng.randint(20, 200))
            card |= {"wall_consent_on": on, "wall_consent_by": "kepala desa"}
            card |= {"wall_consent_source": f"surat 470/{self.rng.randint(2, 90)}/{on.year}"}
        aparat.change_card(number, card, office=self.here, by=BY)

    def _phone(self, serial: int) -> str:
        """Return a number out of a block of zeros, which nobody is likely to have."""
        return f"0812 0000 {serial:04}"

    # --- where people live -------------------------------------------------------------------------------------------

    def _rompok(self, left: Sequence[Person]) -> None:
        """Report some of the rompok that people's addresses name, a few of them twice."""
        lived_in = Counter((one.village, one.dusun) for one in left if one.dusun.startswith("Rompok "))
        known = sorted(lived_in.items(), key=lambda item: (-item[1], item[0]))[
            : max(6, round(len(lived_in) * ROMPOK_SHARE))
        ]
        for serial, ((village, dusun), count) in enumerate(known):
            name = dusun.removeprefix("Rompok ")
            point = self._near(village) if self.rng.random() < 0.8 else None
            self._report(village, name, point, count + self.rng.randint(0, 6), serial)
            if serial % 12 == 5 and point:
                twin = Point(round(point.lat + 0.002, 5), round(point.lng - 0.001, 5))
                self._report(village, f"Rmpk {name}", twin, count + 3, 1000 + serial)

    def _report(self, village: int, name: str, point: Point | None, count: int, serial: int) -> None:
        river = self.rng.random() < 0.12
        settlements.report_settlement(
            village=village,
            kind="camp" if name.startswith(("Blok", "SP")) else "rompok",
            name=name,
            point=point,
            description="" if point else f"lewat jembatan gantung, {self.rng.randint(2, 9)} km sesudah balai desa",
            people=count,
            said_by=self.rng.choice(("kadus", "kepala desa", "mandor kebun", "petugas")),
            channel=self.rng.choice(("whatsapp", "sms", "telephone", "in_person")),
            key=f"demo-rompok-{serial}",
            office=self.here,
            by=BY,
            surface="river" if river else self.rng.choice(SURFACES[:3]),
            boat=river,
            motorbike=not river,
            travel_min=self.rng.randint(15, 150),
        )

    def _near(self, village: int) -> Point:
        lat, lng = self.points[village]
        reach = 4_000 / METRES_A_DEGREE
        return Point(round(lat + self.rng.uniform(-reach, reach), 5), round(lng + self.rng.uniform(-reach, reach), 5))

    # --- visits ------------------------------------------------------------------------------------------------------

    def _visits_held(self, left: Sequence[Person], recorded: Sequence[Person]) -> None:
        """Hold visits on the days on which most of a kecamatan were recorded: those came; some of those left were told."""
        days: dict[tuple[int, date], list[Person]] = {}
        for one in recorded:
            if one.status_on and one.status_on >= FIRST_VISIT and one.status_on.weekday() < SATURDAY:
                days.setdefault((one.village // VILLAGES_A_DISTRICT, one.status_on), []).append(one)
        most = sorted(days.items(), key=lambda item: (-len(item[1]), item[0]))
        for number, ((_, on), came) in enumerate(most[: 4 if self.small else 36]):
            host = Counter(one.village for one in came).most_common(1)[0][0]
            hosted = {one.village for one in came}
            near = [one for one in left if one.village in hosted]
            away = self.rng.sample(near, min(len(near), max(2, round(len(came) / SHOW_UP * (1 - SHOW_UP)))))
            self._hold(number, host, on, came, away)

    def _hold(self, number: int, host: int, on: date, came: Sequence[Person], away: Sequence[Person]) -> None:
        visit = visits.make_visit(
            place_kind=self.rng.choice(("village", "village", "kalangan", "school", "estate")),
            village=host,
            on=on,
            starts="09.00",
            ends="15.00",
            team=TEAMS[number % len(TEAMS)],
            persons=[one.id for one in (*came, *away)],
            neighbours={one.village for one in (*came, *away)} - {host},
            office=self.here,
            by=BY,
        )
        said = {one.id: ("recorded", "") for one in came}
        said |= {one.id: (self._missed(), "") for one in away}
        visits.confirm_visit(visit, "kepala desa, telepon", office=self.here, by=BY)
        visits.put_outcomes(visit, said, office=self.here, by=BY)
        visits.close_visit(
            visit, came=len(came), recorded=len(came), minutes=self.rng.choice(MINUTES), office=self.here, by=BY
        )

    def _missed(self) -> str:
        return self.rng.choices(list(MISSED), weights=list(MISSED.values()))[0]

    def _visits_to_come(self, left: Sequence[Person]) -> None:
        """Plan visits for the days before the election where most are left; two villages asked for one themselves."""
        most = [village for village, _ in Counter(one.village for one in left).most_common(7 if self.small else 14)]
        held = set(Visit.objects.values_list("village", flat=True))
        for number, village in enumerate(most):
            persons = [one.id for one in left if one.village == village][:80]
            if number % 6 == 2:
                visits.request_visit(
                    village=village,
                    on=TODAY + timedelta(days=7),
                    persons=persons[:25],
                    note="Warga sudah kami data, mohon dibawa alatnya.",
                    said_by="kepala desa",
                    key=f"demo-request-{village}",
                    office=self.here,
                )
                continue
            visits.make_visit(
                place_kind="kalangan" if village in held else "village",
                place=f"Pasar {self.villages[village].name}" if village in held else "",
                village=village,
                on=WORKING_DAYS[number % len(WORKING_DAYS)],
                starts="08.30",
                team=TEAMS[sum(divmod(number, len(WORKING_DAYS))) % len(TEAMS)],
                persons=persons,
                office=self.here,
                by=BY,
            )

    def _words(self, left: Sequence[Person]) -> None:
        """Let heads of a few villages say of some people on their lists what they know."""
        said: list[SaidWord] = []
        most = [village for village, _ in Counter(one.village for one in left).most_common(2 if self.small else 9)]
        for village in most:
            them = [one for one in left if one.village == village]
            for one in self.rng.sample(them, min(len(them), max(4, len(them) // 6))):
                word = self.rng.choices(list(WORDS_SAID), weights=list(WORDS_SAID.values()))[0]
                when = str(self.rng.randint(2014, 2018)) if word in {"died", "moved"} else ""
                said.append(
                    SaidWord(
                        key=f"demo-word-{one.id}",
                        person=one.id,
                        word=word,
                        channel=self.rng.choice(("page", "whatsapp", "letter")),
                        said_by="kepala desa",
                        said_at=self.here.now,
                        village=village,
                        when=when,
                        note=self.rng.choice(NOTES.get(word, ("",))),
                    )
                )
        take_words(said, office=self.here)
