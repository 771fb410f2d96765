"""Letters of a visit: one of a page, and a daftar hadir and an invitation of 500 people, as PDF and as a copy to edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import count

from bench import ground
from jemput.letters.letterhead import Letterhead
from jemput.letters.official import Issued, Official, set_pdf
from jemput.letters.official_docx import write_docx
from jemput.letters.visit_letters import Setting, written
from jemput.queries.visits import Invited, Visit

PEOPLE = 500
VILLAGE = 1605142007
TODAY, DAY = date(2019, 4, 2), date(2019, 4, 11)
ISSUED = Issued("474/1/DUKCAPIL/IV/2019", "Surat.", datetime(2019, 4, 2, 3, 0, tzinfo=UTC))
DATED = "Muara Beliti, 2 April 2019"
HEAD = Letterhead(
    ("Pemerintah Kabupaten Musi Rawas",),
    "Dinas Kependudukan dan Pencatatan Sipil",
    ("Jalan Lintas Sumatera KM 12",),
    "Muara Beliti",
    "A4",
    "Kepala Dinas",
    "SITI AMINAH, S.H.",
    "Pembina",
    "197001011995032001",
)


def main() -> None:
    """Set a letter of one page and two of 500 people, and print what each takes and weighs.

    Every run names other people: the compiler remembers what it has set, and an office never sets the same again.
    """
    runs = count()
    for kind, label in (
        ("assignment", "surat tugas, one page"),
        ("attendance", "daftar hadir of 500 people"),
        ("invitation", "invitation of 500 people, a table a dusun"),
    ):
        fresh = partial(_fresh, kind, runs)
        ground.report(f"{label}, as PDF/A", ground.median_ms(partial(_timed, _pdf, fresh), times=7), "ms")
        ground.report(f"{label}, as .docx", ground.median_ms(partial(_timed, _docx, fresh), times=7), "ms")
        ground.report(f"{label}: PDF", len(_pdf(fresh())) / 1000, "kB")


def _fresh(kind: str, runs: Iterator[int]) -> Official:
    return written(kind, _setting(next(runs)))


def _timed(work: Callable[[Official], bytes], fresh: Callable[[], Official]) -> bytes:
    return work(fresh())


def _pdf(letter: Official) -> bytes:
    return set_pdf(letter, HEAD, ISSUED, dated=DATED)


def _docx(letter: Official) -> bytes:
    return write_docx(letter, HEAD, ISSUED, dated=DATED)


def _setting(run: int) -> Setting:
    people = [
        Invited(
            n,
            f"ORANG {run} {n:03}",
            "160514••••••9000",
            VILLAGE,
            f"Dusun {n % 5 + 1}",
            "001",
            "002",
            "08.30",
            "",
            "",
            "",
        )
        for n in range(PEOPLE)
    ]
    visit = Visit(
        id=1,
        place_kind="village",
        village=VILLAGE,
        settlement=None,
        settlement_name="",
        place="",
        on=DAY,
        starts="08.00",
        ends="15.00",
        team=f"Tim {run}: Andi, Rina",
        sets=3,
        state="confirmed",
        reason="",
        requested_by="",
        request_note="",
        invited=PEOPLE,
        outcomes=0,
        expected_said=None,
        came=None,
        recorded=None,
        minutes="",
        closed_at=None,
        closed_by="",
        made_at=ISSUED.made_at,
        made_by="kabid",
    )
    return Setting(visit, {VILLAGE: "Sadu", 160514: "BTS. Ulu"}, people, [], TODAY)


if __name__ == "__main__":
    main()
