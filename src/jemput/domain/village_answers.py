"""What a village answers on its page: the kinds, and what somebody typed read into them, in words where it cannot be.

Free text keeps no NIK: a number of sixteen digits is masked before anything is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jemput.domain import ids, wording
from jemput.domain.outreach import WEEKDAYS, WORDS
from jemput.domain.places import Point, read_point
from jemput.domain.problems import Language, Problem, ProblemKind, Text

KINDS = {
    "confirm": Text("setuju dengan hari kunjungan", "agreed to the day of the visit"),
    "other_day": Text("minta hari lain", "asked for another day"),
    "refuse": Text("belum bisa menerima kunjungan", "cannot take the visit"),
    "request": Text("minta kunjungan", "asked for a visit"),
    "rompok": Text("lapor rompok", "reported a rompok"),
    "word": Text("keterangan orang", "word about a person"),
}
VISIT_ANSWERS = ("confirm", "other_day", "refuse")
LONGEST_NOTE = 300
"""Characters of one sentence or two; a letter goes by the channels for letters."""
LONGEST_NAME = 80
MOST_NAMES = 200
"""Names one request may list: a concentrated day of a team (domain notes: up to 200)."""
MOST_PEOPLE = 5_000
"""People one rompok may be said to hold; the largest estate camps are below."""

NO_DAY = ProblemKind(
    "village_no_day",
    Text("Hari yang diminta belum dipilih.", "No day was chosen."),
    Text("Pilih nama hari, atau isi tanggalnya.", "Choose a weekday, or fill in the date."),
)
PAST_DAY = ProblemKind(
    "village_day_past",
    Text("Tanggal itu sudah lewat.", "That day is past."),
    Text("Pilih tanggal sesudah hari ini.", "Choose a day after today."),
)
BAD_DAY = ProblemKind(
    "village_day_unreadable",
    Text("“{found}” bukan tanggal.", "“{found}” is no date."),
    Text(
        "Tulis tanggalnya seperti 28-03-2019, atau pilih nama hari.", "Write it like 28-03-2019, or choose a weekday."
    ),
)
NO_REASON = ProblemKind(
    "village_no_reason",
    Text("Alasannya belum ditulis.", "No reason was given."),
    Text(
        "Tulis satu kalimat, supaya kantor tahu kapan bertanya lagi.",
        "Write a sentence, so that the office knows when to ask again.",
    ),
)
NO_PEOPLE = ProblemKind(
    "village_no_people",
    Text("Belum ada orang yang disiapkan.", "Nobody was prepared yet."),
    Text(
        "Tulis nama warga, satu nama satu baris, atau centang dari daftar.",
        "Write the names, one a line, or tick them in the list.",
    ),
)
NO_NAME = ProblemKind(
    "village_rompok_nameless",
    Text("Nama rompok belum diisi.", "The rompok has no name."),
    Text("Isi nama yang dipakai orang di sana, misalnya Blok C.", "Fill in the name people there use, such as Blok C."),
)
BAD_NUMBER = ProblemKind(
    "village_number_unreadable",
    Text("“{found}” bukan jumlah orang.", "“{found}” is no number of people."),
    Text("Isi angka 0 sampai {most}, atau kosongkan.", "Fill in 0 to {most}, or leave it empty."),
)


@dataclass(frozen=True, slots=True)
class Read:
    """A form as read: what is sent to the office, and what was wrong with it."""

    content: dict[str, Any]
    problems: tuple[Problem, ...] = ()


def line(text: str, longest: int = LONGEST_NOTE) -> str:
    """Return free text as kept: one line, NIK and KK masked, cut to its length."""
    return ids.mask_within(" ".join(text.split()))[:longest]


def visit_answer(kind: str, said: Mapping[str, str], today: date) -> Read:
    """Read the answer to a visit: agreed, another day (a weekday or a date to come), or refused with a reason."""
    content: dict[str, Any] = {"said_by": line(said.get("said_by", ""), LONGEST_NAME)}
    note = line(said.get("note", ""))
    if kind == "other_day":
        day, problem = day_wanted(said, today)
        return Read(content | {"day": day, "note": note}, (problem or NO_DAY.at("day"),) if not day else ())
    if kind == "refuse":
        reason = line(said.get("reason", ""))
        return Read(content | {"reason": reason}, () if reason else (NO_REASON.at("reason"),))
    return Read(content | {"note": note})


def day_wanted(said: Mapping[str, str], today: date) -> tuple[str, Problem | None]:
    """Return the day somebody asks for: an ISO date, or a weekday's code; empty where none was said, with what is wrong."""
    written = said.get("date", "").strip()
    if written:
        on = read_day(written)
        if on is None:
            return "", BAD_DAY.at("date", found=written[:20])
        return (on.isoformat(), None) if on > today else ("", PAST_DAY.at("date"))
    weekday = said.get("weekday", "")
    return (weekday, None) if weekday in WEEKDAYS else ("", None)


def read_day(text: str) -> date | None:
    """Return a day as a telephone's calendar (2019-03-28) or a person (28-03-2019, 28/3/2019) writes it."""
    parts = text.replace("/", "-").replace(".", "-").replace(" ", "-").split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):  # noqa: PLR2004 - day, month, year
        return None
    first, month, last = map(int, parts)
    year, day = (first, last) if first > 31 else (last, first)  # noqa: PLR2004 - no month has more days
    try:
        return date(year, month, day)
    except ValueError:
        return None


def request(said: Mapping[str, str], handles: list[str], today: date) -> Read:
    """Read a request for a visit: a day or none, the people prepared by name or ticked, and how to be reached."""
    day, problem = day_wanted(said, today)
    names = [name for part in said.get("names", "").splitlines() if (name := line(part, LONGEST_NAME))][:MOST_NAMES]
    content = {
        "said_by": line(said.get("said_by", ""), LONGEST_NAME),
        "day": day,
        "names": names,
        "handles": handles[:MOST_NAMES],
        "note": line(said.get("note", "")),
    }
    problems = [problem] if problem else []
    if not names and not handles:
        problems.append(NO_PEOPLE.at("names"))
    return Read(content, tuple(problems))


def rompok(said: Mapping[str, str]) -> Read:
    """Read the report of a rompok: its name, how many, how to get there, and where; words where no point is found."""
    name = line(said.get("name", ""), LONGEST_NAME)
    people, problem = _people(said.get("people", ""))
    where = " ".join(said.get("where", "").split())[:LONGEST_NOTE]
    point = _point(said.get("gps", "")) or _point(where)
    content: dict[str, Any] = {
        "said_by": line(said.get("said_by", ""), LONGEST_NAME),
        "name": name,
        "people": people,
        "way": line(said.get("way", "")),
        "where": line(where),
        "point": [point.lat, point.lng] if point else None,
    }
    problems = [problem] if problem else []
    if not any(map(str.isalnum, name)):
        problems.insert(0, NO_NAME.at("name"))
    return Read(content, tuple(problems))


def word(code: str, note: str) -> dict[str, str] | None:
    """Return what is said of one person; None where nothing was chosen."""
    return {"word": code, "note": line(note)} if code in WORDS else None


def told(kind: str, content: Mapping[str, Any], language: Language) -> list[tuple[str, str]]:
    """Return what was recorded, title and words, for whoever sent it."""
    rows: list[tuple[Text, str]] = [(Text("Isi", "What"), KINDS[kind].say(language))]
    if day := content.get("day"):
        rows.append((Text("Hari", "Day"), day_said(str(day), language)))
    if kind == "rompok":
        rows.append((Text("Rompok", "Rompok"), str(content["name"])))
        if content.get("people") is not None:
            rows.append((Text("Jumlah orang", "People"), wording.number(int(content["people"]), language)))
        if point := content.get("point"):
            rows.append((Text("Titik", "Point"), f"{point[0]}, {point[1]}"))
        elif content.get("where"):
            rows.append((Text("Letak", "Where"), str(content["where"])))
        rows.append((Text("Jalan ke sana", "The way there"), str(content.get("way", ""))))
    if kind == "request":
        prepared = len(content.get("names", ())) + len(content.get("handles", ()))
        rows.append((Text("Warga disiapkan", "People prepared"), wording.number(prepared, language)))
        rows.append((Text("Nama", "Names"), ", ".join(content.get("names", ()))))
    rows += [
        (Text("Alasan", "Reason"), str(content.get("reason", ""))),
        (Text("Catatan", "Note"), str(content.get("note", ""))),
        (Text("Dari", "From"), str(content.get("said_by", ""))),
    ]
    return [(title.say(language), text) for title, text in rows if text]


def day_said(day: str, language: Language) -> str:
    """Return a day asked for in words: a weekday, or a date."""
    if day in WEEKDAYS:
        return WEEKDAYS[day].say(language)
    on = read_day(day)
    return wording.day(on, language) if on else day


def text_for(kind: str, code: str, *, day: str = "", place: str = "", people: int | None = None) -> str:
    """Return the answer as a text message under a conversation's code: `#JEMPUT#K7Q2#SIAP`; nobody counted is no number."""
    head = f"#JEMPUT#{code}#"
    if kind == "confirm":
        return f"{head}SIAP"
    if kind == "other_day":
        return f"{head}HARI LAIN#{day.upper()}"
    if kind == "rompok":
        return f"{head}ROMPOK#{place.upper()}" + (f"#{people}" if people else "")
    return f"{head}BATAL"


def _people(text: str) -> tuple[int | None, Problem | None]:
    typed = text.strip()
    if not typed:
        return None, None
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_PEOPLE)) else -1
    if 0 <= number <= MOST_PEOPLE:
        return number, None
    return None, BAD_NUMBER.at("people", found=typed[:20], most=MOST_PEOPLE)


def _point(text: str) -> Point | None:
    found = read_point(text) if text else None
    return found if isinstance(found, Point) else None
