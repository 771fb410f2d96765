"""An office's database as the version of commit 7fcf7c1 made it: how it was made, and how it is read.

Made once by `python -m tests.data.old_office CHECKOUT` with a checkout of that commit, whose own program
imports the files below; everybody in it is made up.
"""

from __future__ import annotations

import gzip
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

DUMP = Path(__file__).with_name("office-7fcf7c1.sql.gz")
VILLAGES = ("16.05.01.2003", "16.05.01.2004", "16.05.02.1019")
PROGRAM = "from jemput.cli import main; main()"


def restored(target: Path) -> Path:
    """Write the old database to a new SQLite file."""
    with closing(sqlite3.connect(target)) as database:
        database.executescript(gzip.decompress(DUMP.read_bytes()).decode())
        database.execute("PRAGMA journal_mode=WAL")
    return target


def rows(source: Path) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Yield name, columns and rows of each table, those that others refer to first."""
    with closing(sqlite3.connect(source)) as database:
        names = [
            row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
        ]
        names = [name for name in names if not name.startswith("sqlite_")]
        for name in sorted(names, key=lambda name: name == "closed_figures"):
            found = database.execute(f"SELECT * FROM {name}")
            yield name, [column[0] for column in found.description], found.fetchall()


@cache
def columns() -> dict[str, list[str]]:
    """Return the columns of each table by its name."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(gzip.decompress(DUMP.read_bytes()).decode())
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [row[1] for row in database.execute(f"PRAGMA table_info({name})")] for name in names}


def _people(first: int, count: int) -> list[str]:
    lines = ["nik;no_kk;name;sex;born_on;village;marital;status;status_on"]
    for n in range(first, first + count):
        day, month, year = n % 28 + 1, n % 12 + 1, 1940 + n % 77
        status = ("PRR", "CARD_ISSUED", "BIO_CAPTURED", "", "DUPLICATE_RECORD")[n % 5]
        nik = f"160501{day:02}{month:02}{year % 100:02}{9000 + n:04}"
        kk = f"1605010101{n % 10}{n % 7}{9000 + n // 4:04}"
        born = f"{year}-{month:02}-{day:02}"
        lines.append(f"{nik};{kk};ORANG {n};L;{born};{VILLAGES[n % 3]};;{status};{'2018-06-01' if status else ''}")
    return lines


def _events() -> list[str]:
    made = ["event;on;nik;id;status"]
    for n, line in enumerate(_people(1, 240)[1::6]):
        kind = ("mati", "rekam", "rekam")[n % 3]
        made.append(f"{kind};2019-02-{n % 27 + 1:02};{line.split(';')[0]};E-{n};{'PRR' if kind == 'rekam' else ''}")
    return made


def make(checkout: Path) -> None:
    """Let the program of the checkout make the office, and keep its database as text."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        clean = {key: value for key, value in os.environ.items() if not key.startswith("JEMPUT")}
        environment = clean | {"PYTHONPATH": str(checkout / "src"), "JEMPUT_HOME": folder}

        def jemput(*words: str) -> None:
            subprocess.run([sys.executable, "-c", PROGRAM, *words], env=environment, check=True)

        for day, name, lines in (
            ("2019-01-02", "daftar.csv", _people(1, 240)),
            ("2019-03-01", "peristiwa.csv", _events()),
            ("2019-03-30", "daftar-baru.csv", _people(5, 245)),
        ):
            (home / name).write_text("\n".join(lines) + "\n", "utf-8")
            jemput("setting", "today", day)
            jemput("import", str(home / name), "--by", "petugas")
            if day.startswith("2019-01"):
                jemput("setting", "today", "2019-01-28")
                jemput("close", "--on", "2019-01-28")
        jemput("close", "--on", "2019-03-28", "--by", "kepala")
        jemput("verify")
        with closing(sqlite3.connect(home / "jemput.db")) as database:
            text = "\n".join(database.iterdump())
        DUMP.write_bytes(gzip.compress(text.encode(), mtime=0))
        sys.stdout.write(f"{DUMP.stat().st_size} bytes, {len(re.findall('INSERT', text))} rows\n")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
